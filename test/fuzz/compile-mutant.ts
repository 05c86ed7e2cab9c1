/**
 * Compiles one mutant in this process and tells what no source may bring about. Errors in the source are what is
 * expected of it.
 */
import { InternalError } from "../../compiler/compile.ts";
import { compileSource } from "../harness/tbcc.ts";
import type { Mutant } from "./mutations.ts";

export interface Failure {
  readonly what: string;
  /** Equal for failures of one cause, as far as can be told. */
  readonly key: string;
}

/**
 * The command lines for a seed: both ends of optimisation, with an instruction set that the seed chooses, and further
 * flags.
 */
export function commandLines(seed: number, flags: readonly string[] = []): readonly (readonly string[])[] {
  // Errors in each of a million expansions take time to tell, with clang as well: a thousand are enough to go on behind the first.
  const common = [`-mcpu=v${1 + (seed & 3)}`, "-ferror-limit=1000", "-Wall", ...flags, ...systemHeaders];
  if (seed % 3 === 0) common.push("-g");
  if (seed % 7 === 0) common.push("-mbig-endian");
  return ["-O0", "-O2"].map((level) => [level, ...common]);
}

/** Behind the project's own, as the command finds them. */
const systemHeaders = ["-idirafter", "/usr/include", "-idirafter", "/usr/include/x86_64-linux-gnu"];

export function compileMutant({ path, text }: Mutant, flags: readonly string[]): Failure | undefined {
  try {
    compileSource(path, flags, text);
    return undefined;
  } catch (error) {
    return describeFailure(error);
  }
}

function describeFailure(error: unknown): Failure {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  if (!(cause instanceof Error)) return { what: String(cause), key: String(cause) };
  const stage = error instanceof InternalError ? error.stage : "?";
  const frames = (cause.stack ?? "").split("\n").filter((line) => line.startsWith("    at ")).map((line) => line.trim());
  const [summary = ""] = cause.message.split("\n");
  return {
    what: [`${stage}: ${cause.message.slice(0, 300)}`, ...frames.slice(0, 8)].join("\n    "),
    key: `${stage} ${summary.replace(/\d+/g, "N").slice(0, 80)} ${frames[0]?.replace(/:\d+:\d+\)?$/, "") ?? ""}`,
  };
}
