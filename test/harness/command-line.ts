/**
 * The command lines of the laboratory's commands: `--help` prints the usage and ends with status 0, what a command does
 * not know ends with the reason, the usage and status 2.
 */
import { parseArgs, type ParseArgsConfig } from "node:util";

/** The options and arguments of this process. */
export function readCommandLine<T extends ParseArgsConfig>(usage: string, config: T): ReturnType<typeof parseArgs<T>> {
  const { argv } = process;
  const end = argv.indexOf("--");
  if (argv.slice(2, end < 0 ? undefined : end).includes("--help")) {
    process.stdout.write(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    return refuse(usage, error instanceof Error ? error.message : String(error));
  }
}

/** An option's value as a number from 0 on. */
export function wholeNumber(usage: string, option: string, text: string): number {
  const number = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : refuse(usage, `--${option} takes a number, not '${text}'`);
}

/** Ends the process for a mistake in its command line. */
export function refuse(usage: string, reason: string): never {
  process.stderr.write(`${reason}\n${usage}`);
  process.exit(2);
}
