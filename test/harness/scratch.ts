/** A directory for a test file's temporary files. It goes when the tests of the file are done. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

let directory: string | undefined;
let files = 0;

/** The path of a new temporary file or directory, which is not made. suffix ends its name: ".o", say. */
export function scratchPath(suffix: string): string {
  directory ??= mkdtempSync(join(tmpdir(), "tbcc-test-"));
  return join(directory, `${files++}${suffix}`);
}

afterAll(() => {
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  directory = undefined;
});
