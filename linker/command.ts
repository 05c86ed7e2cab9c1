/**
 * The command line of `tbld`: words -> what is to be done.
 */

import yargs from "yargs";

export interface LinkSettings {
  readonly output: string;
  readonly inputs: readonly string[];
  readonly gc: boolean;
}

/** What to do, a text to print, or what is wrong with the words. */
export type Command =
  | { readonly kind: "link"; readonly settings: LinkSettings }
  | { readonly kind: "print"; readonly text: string }
  | { readonly kind: "error"; readonly message: string };

/** Reads the words behind the command's name. `columns` is the width of the help. */
export async function readCommand(words: readonly string[], version: string, columns: number): Promise<Command> {
  let problem: string | undefined;
  const parser = yargs([...words])
    .scriptName("tbld")
    .usage("$0 -o OUTPUT INPUT...\n\nLinks BPF objects into one, by the rules of `bpftool gen object`.")
    .option("output", { alias: "o", type: "string", requiresArg: true, describe: "Write the linked object to this file" })
    .option("gc", { type: "boolean", default: false, describe: "Leave out static subprograms that nothing refers to" })
    .example("$0 -o all.o main.o maps.o", "link two objects")
    .epilogue("Exit status: 0; 1 after errors, without output; 70 after a fault of tbld's own.")
    .parserConfiguration({ "boolean-negation": false, "parse-positional-numbers": false, "duplicate-arguments-array": false })
    .strictOptions()
    .help(false).version(false)
    .option("help", { alias: "h", type: "boolean", describe: "Show this help" })
    .option("version", { type: "boolean", describe: "Show the version" })
    .wrap(columns)
    .exitProcess(false)
    .fail((message, error) => void (problem ??= message ?? error?.message ?? "the command line is not understood"));
  const parsed = await parser.parseAsync();
  if (parsed.help === true) return { kind: "print", text: `${await parser.getHelp()}\n` };
  if (parsed.version === true) return { kind: "print", text: `tbld version ${version}\n` };
  if (problem !== undefined) return { kind: "error", message: problem };
  const inputs = parsed._.map(String);
  if (inputs.length === 0) return { kind: "error", message: "no input files" };
  if (parsed.output === undefined) return { kind: "error", message: "no output file: name it with -o" };
  return { kind: "link", settings: { output: parsed.output, inputs, gc: parsed.gc } };
}
