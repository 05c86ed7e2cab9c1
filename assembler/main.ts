/**
 * The command `tbas`: an assembly file in, an object file out; of a classic program, any of its forms.
 *
 * Exit status: 0; 1 after errors of the user's, and then there is no output file; 70 after a fault of the assembler's
 * own.
 */
import { basename, extname, join } from "node:path";
import type { AssembleProblem } from "./assemble.ts";
import { assemble } from "./assemble.ts";
import { placeOf, render, Sources } from "./assembly/sources.ts";
import { encodeClassic, readClassicFile } from "./classic/decode.ts";
import { printBytecode, printInitializer } from "./classic/print.ts";
import { locateFaults, problemsOf } from "./classic/reading.ts";
import { type ClassicForm, parseTbasCommand, type TbasSettings } from "./command/tbas.ts";
import { readInput, runCommand, writeOutput, writeStandardOutput } from "./host.ts";
import { migrate, type SourceLine } from "./migrate.ts";
import { writeElf } from "./object/elf-write.ts";

const toolVersion = "0.1.0";

async function run(): Promise<number> {
  const { settings, errors } = parseTbasCommand(process.argv.slice(2));
  if (settings.help) {
    const { helpText } = await import("./command/tbas-help.ts");
    return print(`${await helpText(Math.min(process.stdout.columns ?? 100, 120))}\n`);
  }
  if (settings.version) return print(`tbas version ${toolVersion}\n`);
  if (errors.length > 0) return fail(errors);
  if (settings.input === undefined) return fail(["no input file"]);
  if (settings.classic !== undefined) return assembleClassic(settings.input, settings.classic, settings);
  return assembleFile(settings.input, settings);
}

function print(text: string): number {
  writeStandardOutput(text);
  return 0;
}

function fail(messages: readonly string[]): number {
  for (const message of messages) process.stderr.write(`tbas: error: ${message}\n`);
  return 1;
}

function assembleFile(input: string, settings: TbasSettings): number {
  const bytes = readInput(input);
  if (typeof bytes === "string") return fail([`${input}: ${bytes}`]);
  const { object, problems, remarks, sources } = assemble(Buffer.from(bytes).toString("utf8"), settings.endian, {
    name: input === "-" ? "<stdin>" : input, dialect: settings.dialect, cpu: settings.cpu, definitions: settings.definitions,
    directory: process.cwd(), readFile: (name) => findFile(name, settings.includes),
  });
  for (const { kind, position, message } of remarks) {
    if (kind === "print") writeStandardOutput(`${message}\n`);
    else process.stderr.write(render(sources, position, message, "warning"));
  }
  if (problems.length > 0) return tell(problems, sources);
  const output = settings.output ?? outputName(input);
  const failure = writeOutput(output, writeElf(object));
  return failure === undefined ? 0 : fail([`${output}: ${failure}`]);
}

function assembleClassic(input: string, form: ClassicForm, settings: TbasSettings): number {
  const bytes = readInput(input);
  if (typeof bytes === "string") return fail([`${input}: ${bytes}`]);
  const reading = readClassicFile(bytes);
  const sources = new Sources();
  sources.add(input === "-" ? "<stdin>" : input, reading.text, "file", undefined);
  const problems = problemsOf(reading);
  if (problems.length > 0) return tell(problems, sources);
  const { program } = reading;
  const { endian, section, cpu } = settings;
  let content: Uint8Array;
  switch (form) {
    case "bytecode": content = Buffer.from(printBytecode(program)); break;
    case "c": content = Buffer.from(printInitializer(program)); break;
    case "raw": content = encodeClassic(program, endian); break;
    case "ebpf": {
      const lineOf = (index: number): SourceLine => {
        const { name, ...place } = placeOf(sources, reading.places[index]?.code ?? 0);
        return { ...place, file: name };
      };
      const { object, faults } = migrate(program, { endian, section, name: functionName(input), cpu, lineOf });
      if (faults.length > 0) return tell(locateFaults(reading, faults), sources);
      content = writeElf(object);
      break;
    }
  }
  const output = settings.output ?? (form === "ebpf" ? outputName(input) : "-");
  const failure = writeOutput(output, content);
  return failure === undefined ? 0 : fail([`${output}: ${failure}`]);
}

/** The name of a file as that of a function. */
function functionName(input: string): string {
  const name = input === "-" ? "filter" : basename(input, extname(input)).replace(/[^A-Za-z0-9_]/g, "_");
  return /^\d/.test(name) ? `_${name}` : name;
}

/** A file that the text names: in the current directory, then in those of -I. */
function findFile(name: string, directories: readonly string[]): Uint8Array | undefined {
  for (const path of [name, ...directories.map((directory) => join(directory, name))]) {
    const bytes = readInput(path);
    if (typeof bytes !== "string") return bytes;
  }
  return undefined;
}

function outputName(input: string): string {
  return input === "-" ? "-" : `${basename(input, extname(input))}.o`;
}

/** Errors beyond this number are only counted. */
const mostErrors = 20;

function tell(problems: readonly Pick<AssembleProblem, "position" | "message">[], sources: Sources): number {
  for (const problem of problems.slice(0, mostErrors)) process.stderr.write(render(sources, problem.position, problem.message));
  const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
  process.stderr.write(`${count} generated.\n`);
  return 1;
}

void runCommand("tbas", run);
