/**
 * The command `tbld`: command line and files on one side, the linker on the other.
 *
 * The only file of the linker that touches the file system or the process. Output goes to a temporary file beside its
 * destination and is renamed, so that a failed link leaves nothing, and a reader never sees half an object.
 * Exit status: 0; 1 after errors of the user's; 70 after a fault of the linker's own.
 */
import { readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readElf } from "../assembler/object/elf-read.ts";
import { writeElf } from "../assembler/object/elf-write.ts";
import { ObjectError } from "../assembler/object/object.ts";
import { readCommand } from "./command.ts";
import type { LinkSettings } from "./command.ts";
import { link } from "./link.ts";
import type { LinkInput } from "./unit.ts";

const toolVersion = "0.1.0";

async function run(): Promise<number> {
  const command = await readCommand(process.argv.slice(2), toolVersion, Math.min(process.stdout.columns ?? 100, 120));
  switch (command.kind) {
    case "print":
      process.stdout.write(command.text);
      return 0;
    case "error":
      return fail([command.message]);
    case "link":
      return linkFiles(command.settings);
  }
}

function fail(messages: readonly string[]): number {
  for (const message of messages) process.stderr.write(`tbld: error: ${message}\n`);
  return 1;
}

function linkFiles({ inputs, output, gc }: LinkSettings): number {
  const objects: LinkInput[] = [];
  const errors: string[] = [];
  for (const name of inputs) {
    try {
      objects.push({ name, object: readElf(readFileSync(name)) });
    } catch (error) {
      if (!(error instanceof Error) || !(error instanceof ObjectError || "code" in error)) throw error;
      errors.push(error instanceof ObjectError ? `${name}: ${error.message}` : `cannot read '${name}': ${error.message}`);
    }
  }
  if (errors.length > 0) return fail(errors);
  const result = link(objects, { dropUnreferenced: gc });
  if ("errors" in result) return fail(result.errors);
  try {
    return write(output, writeElf(result.object));
  } catch (error) {
    if (!(error instanceof ObjectError)) throw error;
    return fail([error.message]);
  }
}

/** Writes an output file whole or not at all. */
function write(path: string, content: Uint8Array): number {
  const present = statSync(path, { throwIfNoEntry: false });
  // A device or pipe is written as it is: it cannot be replaced.
  const direct = present !== undefined && !present.isFile() && !present.isDirectory();
  const temporary = direct ? path : join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, content);
    if (!direct) renameSync(temporary, path);
    return 0;
  } catch (error) {
    if (!direct) removeQuietly(temporary);
    return fail([`unable to write '${path}': ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never made: the failed write is what the user hears of.
  }
}

async function main(): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    process.stderr.write(`tbld: internal error: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.TBCC_DEBUG !== undefined && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
    process.exitCode = 70;
  }
}

void main();
