/**
 * Runs test/cases/pp: npx vitest run test/pp.test.ts
 *
 * A case is preprocessed with the -D, -U, -std=, -dD and -C flags of its first line; the text, as -E writes it, must be that of
 * the file beside it that ends in .i. BLESS=1 writes that file. Where clang-19 is there, its text must be the same
 * too.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { expect, test } from "vitest";
import { type CaseFile, caseFiles } from "./harness/cases.ts";
import { itWith, need } from "./harness/oracles.ts";
import { dialectOf, preprocessText } from "./harness/preprocess.ts";

function preprocessCase({ path, text, flags }: CaseFile): string {
  const standard = flags.find((flag) => flag.startsWith("-std="));
  const macros = flags.filter((flag) => /^-[DU]/.test(flag)).map((flag) => ({
    kind: flag.startsWith("-D") ? "define" as const : "undefine" as const,
    text: flag.slice(2),
  }));
  const shown = { definitions: flags.includes("-dD"), includes: false, comments: flags.includes("-C") };
  const dialect = standard === undefined ? {} : dialectOf(standard);
  return preprocessText(text, { name: basename(path), markers: true, options: { macros, shown, ...dialect } }).text;
}

for (const file of caseFiles("pp")) {
  const golden = file.path.replace(/\.c$/, ".i");

  test(file.name, () => {
    const text = preprocessCase(file);
    if (process.env.BLESS === "1" || !existsSync(golden)) writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, "utf8"));
  });

  itWith(["clang-19"], `${file.name} as clang`, () => {
    const args = ["-target", "bpf", "-mcpu=v3", "-E", ...file.flags, basename(file.path)];
    const run = spawnSync(need("clang-19"), args, { cwd: dirname(file.path), encoding: "utf8" });
    const begin = `# 1 "${basename(file.path)}" 2\n`;
    expect(preprocessCase(file)).toBe(run.stdout.slice(run.stdout.indexOf(begin) + begin.length));
  });
}
