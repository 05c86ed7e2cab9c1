/**
 * The command `tbld`: command line and files on one side, the linker on the other.
 *
 * Exit status: 0; 1 after errors of the user's, and then there is no output file; 70 after a fault of the linker's own.
 */
import { readInput, runCommand, writeOutput, writeStandardOutput } from "../assembler/host.ts";
import { writeElf } from "../assembler/object/elf-write.ts";
import { ObjectError } from "../assembler/object/object.ts";
import { readCommand } from "./command.ts";
import type { LinkSettings } from "./command.ts";
import { link } from "./link.ts";
import { readObject } from "./read.ts";
import type { LinkInput } from "./unit.ts";

const toolVersion = "0.1.0";

async function run(): Promise<number> {
  const command = await readCommand(process.argv.slice(2), toolVersion, Math.min(process.stdout.columns ?? 100, 120));
  switch (command.kind) {
    case "print":
      writeStandardOutput(command.text);
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
    const bytes = readInput(name);
    const object = typeof bytes === "string" ? bytes : readObject(name, bytes);
    if (typeof object === "string") errors.push(`${name}: ${object}`);
    else objects.push(object);
  }
  if (errors.length > 0) return fail(errors);
  const result = link(objects, { dropUnreferenced: gc });
  if ("errors" in result) return fail(result.errors);
  try {
    const failure = writeOutput(output, writeElf(result.object));
    return failure === undefined ? 0 : fail([`${output}: ${failure}`]);
  } catch (error) {
    if (!(error instanceof ObjectError)) throw error;
    return fail([error.message]);
  }
}

void runCommand("tbld", run);
