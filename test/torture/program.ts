/**
 * One torture test: a program that exits with 0 when it was compiled right, and calls abort() when it was not.
 *
 * clang says whether the test asks something that can be: a program is *eligible* when what clang-19 -O2 makes of it,
 * for one of two instruction sets, runs right in the virtual machine without the verifier's limits. Then tbcc has to
 * make it right at every level, with the same flags. Both compilers see the same headers, and their objects the same
 * library.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Machine } from "../../assembler/vm/machine.ts";
import { readElf } from "../../assembler/object/elf-read.ts";
import type { ObjectFile } from "../../assembler/object/object.ts";
import { projectDirectory } from "../harness/project.ts";
import { oracle } from "../harness/probe.ts";
import { compileSource } from "../harness/tbcc.ts";
import { Ended, libraryFunctions } from "./library.ts";

/** undefined: right. Else what it was: refused with this error, stopped by the machine, the wrong end. */
export type Cause = string | undefined;

export interface Judged {
  /** Whether clang makes it right, and with which flags; else what became of it at clang's hands. */
  readonly eligible: boolean;
  readonly clang: Cause;
  readonly flags: readonly string[];
  /** By level of tbcc. */
  readonly tbcc: readonly Cause[];
  /** What a program asks that BPF has not, as far as its text tells. */
  readonly needs: "nothing" | "floating point" | "a library" | "other files";
}

/** Errors by default that are warnings of gcc 12, for which the tests were written. */
const permissive = [
  "implicit-int", "implicit-function-declaration", "int-conversion", "incompatible-function-pointer-types", "return-mismatch",
].map((name) => `-Wno-${name}`);

/** What is tried, until clang makes it right: C17 as gcc 12 has it, with and without v4's instructions, then C89. */
const attempts: readonly (readonly string[])[] = [
  ["-std=gnu17", ...permissive, "-mcpu=v3"], ["-std=gnu17", ...permissive, "-mcpu=v4"], ["-std=gnu89", "-mcpu=v3"],
];

const headers = [join("test", "torture", "include"), join("include", "freestanding"), "include"]
  .flatMap((name) => ["-isystem", join(projectDirectory, name)]);
const common = ["-w", "-mllvm", "-bpf-stack-size=1000000"];

/** Flags that a test may ask for (dg-options) and that mean something to the machine's C. */
const ownFlag = /^-(std=.*|fwrapv|fgnu89-inline|fno-builtin-\w+|funsigned-char|fsigned-char|finput-charset=.*)$/;

/** Compiles and runs the program at `path`, by clang and at the levels of tbcc. */
export function judge(path: string, levels: readonly string[]): Judged {
  const text = readFileSync(path, "latin1");
  const own = [...text.matchAll(/dg-(?:additional-)?options\s+\{?\s*"([^"]*)"\s*\}?\s*\}/g)]
    .flatMap((match) => (match[1] ?? "").split(/\s+/)).filter((flag) => ownFlag.test(flag));
  let clang: Cause = "";
  let flags: readonly string[] = [];
  for (const attempt of attempts) {
    flags = [...attempt, ...own];
    const cause = byClang(path, flags);
    // Of several the first says most: the later ones are other dialects.
    clang = cause === undefined || clang === "" ? cause : clang;
    if (cause === undefined) break;
  }
  const eligible = clang === undefined;
  const judge = (level: string, tried: readonly string[]): Cause => byTbcc(path, [...tried, level]);
  const tbcc = levels.map((level) => {
    if (eligible) return judge(level, flags);
    const cause = judge(level, [...attempts[1] ?? [], ...own]);
    return cause === undefined ? undefined : judge(level, [...attempts[2] ?? [], ...own]) === undefined ? undefined : cause;
  });
  return { eligible, clang, flags, tbcc, needs: needsOf(text) };
}

function byClang(path: string, flags: readonly string[]): Cause {
  const clang = oracle("clang-19");
  if (clang === undefined) throw new Error("clang-19 is not there: test/oracles/install.sh installs it");
  const directory = mkdtempSync(join(tmpdir(), "tbcc-torture-"));
  try {
    const file = join(directory, "object.o");
    const args = ["-target", "bpf", "-nostdinc", ...common, ...headers, ...flags, "-O2", "-c", "-o", file, path];
    const run = spawnSync(clang, args, { encoding: "utf8", timeout: 60_000 });
    if (run.status !== 0) return `refused: ${firstError(run.stderr)}`;
    return execute(readElf(new Uint8Array(readFileSync(file))));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function byTbcc(path: string, flags: readonly string[]): Cause {
  let compiled;
  try {
    compiled = compileSource(path, [...common, ...headers, ...flags]);
  } catch (error) {
    return `internal error: ${brief(error)}`;
  }
  if (compiled.object === undefined) return `refused: ${firstError(compiled.messages)}`;
  return execute(compiled.object);
}

/**
 * Runs a program. Some read a variable that they have not written, which the machine stops: they run again on a stack
 * of zeros, as a process of Linux has it when it starts.
 */
function execute(object: ObjectFile): Cause {
  const strict = executeOn(object, undefined);
  if (strict === undefined || !/never written|not initialized/.test(strict)) return strict;
  return executeOn(object, 0);
}

function executeOn(object: ObjectFile, fill: number | undefined): Cause {
  try {
    const machine = new Machine(object, {
      stack: 1 << 19, frames: 2048, steps: 1 << 26, kernelFunctions: libraryFunctions(),
      ...(fill === undefined ? {} : { fill }),
    });
    // argc is 1, argv NULL.
    const status = Number(machine.call("main", [1, 0]) & 0xffn);
    return status === 0 ? undefined : `wrong: main returns ${status}`;
  } catch (error) {
    if (error instanceof Ended) {
      if (error.status === 0) return undefined;
      return error.status === "aborted" ? "wrong: aborted" : `wrong: exit ${error.status}`;
    }
    return `stopped: ${brief(error)}`;
  }
}

/** The message of the first error in a compiler's output. */
function firstError(messages: string): string {
  const lines = messages.split("\n");
  const line = lines.find((one) => /\berror: /.test(one)) ?? lines[0] ?? "";
  return line.replace(/^.*?error: /, "");
}

function brief(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 2).join(" ").slice(0, 200);
}

/** A program that includes a header that is not here, or formats text into memory, wants a C library. */
const here = "std(?:arg|def|bool|int|lib|io|align|noreturn)|limits|string|assert|float|inttypes";
const hosted = new RegExp(`#\\s*include\\s*<(?!(?:${here})\\.h)`);
const libraryCall = /\b(?:sprintf|snprintf|v\w*printf|setjmp|longjmp|signal|mmap|fopen|tmpnam)\s*\(/;

function needsOf(text: string): Judged["needs"] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, " ");
  if (/\b(?:float|double|_Complex|__complex__|_Float\d+|_Decimal\d+)\b/.test(code)) return "floating point";
  if (!/\bmain\b/.test(code)) return "other files";
  return hosted.test(code) || libraryCall.test(code) ? "a library" : "nothing";
}
