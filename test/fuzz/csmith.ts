/**
 * Programs of csmith's as tests of the compiler: what they compute natively is what they must compute here.
 *
 * A seed gives a program, always the same; the native compilers, unoptimised, give the values of its global variables
 * at the end of main (csmith.h says how they are reported). `judge` compiles it for each configuration, runs it in the
 * virtual machine and compares. Programs that run too long are no tests; nor are those on which two native compilers
 * differ.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Machine, VmError } from "../../assembler/vm/machine.ts";
import type { ObjectFile } from "../../assembler/object/object.ts";
import { passNames } from "../../compiler/compile.ts";
import { projectDirectory } from "../harness/project.ts";
import { oracle } from "../harness/probe.ts";
import { compileSource } from "../harness/tbcc.ts";

/** Where csmith.h is. */
export const headerDirectory = join(projectDirectory, "test", "fuzz");

/** Six configurations that differ in kind, and every one there is. */
export const fewConfigurations: readonly string[] = [
  "-O0 -mcpu=v3", "-O1 -mcpu=v2", "-O2 -mcpu=v1", "-O2 -mcpu=v3", "-O3 -mcpu=v4", "-Os -mcpu=v3",
];
export const allConfigurations: readonly string[] = ["-O0", "-O1", "-O2", "-O3", "-Os"].flatMap((level) =>
  ["v1", "v2", "v3", "v4"].map((cpu) => `${level} -mcpu=${cpu}`));

/**
 * What csmith is asked for, taken in turn, so that a few seeds see all kinds. Many programs of a few functions find
 * more in the same time than few large ones; each fourth seed may grow as csmith likes.
 */
const flavours: readonly (readonly string[])[] = [
  ["--no-packed-struct", "--max-funcs", "4"],
  // A pointer into a packed record may be misaligned, which C does not define: packed records come without pointers.
  ["--packed-struct", "--no-pointers", "--max-funcs", "3", "--max-array-len-per-dim", "6"],
  ["--no-packed-struct", "--max-funcs", "3", "--max-expr-complexity", "20", "--max-block-depth", "3"],
  ["--no-packed-struct", "--no-volatiles", "--inline-function", "--bitfields", "--max-array-dim", "2"],
];

export interface Finding {
  readonly configuration: string;
  /** Other values; other variables; stopped by the machine; an error for a right program; the compiler's own error. */
  readonly kind: "wrong" | "missing" | "fault" | "refused" | "internal";
  readonly detail: string;
}

/** Machine instructions in one run; a program that needs more is no test. */
const stepLimit = 1 << 24;

const nativeLimit = { timeout: 5_000, maxBuffer: 1 << 26, encoding: "utf8" } as const;

/** The program of a seed; undefined where csmith fails, which it does on some. Throws where there is no csmith. */
export function generate(seed: number): string | undefined {
  const csmith = oracle("csmith");
  if (csmith === undefined) throw new Error("csmith is not there: test/oracles/install.sh installs it");
  return inScratch((directory) => {
    const common = ["--seed", String(seed), "--no-argc", "--concise"];
    // csmith leaves a file about the platform where it runs.
    const flags = [...common, ...flavours[seed % flavours.length] ?? []];
    const run = spawnSync(csmith, flags, { ...nativeLimit, cwd: directory });
    return run.status === 0 ? run.stdout : undefined;
  });
}

const nativeCompilers: readonly string[] = ["gcc", "clang-19"];

/** Name and value of each variable at the end, by the native compilers; undefined for a program that is no test. */
export function expectedValues(text: string, compilers = nativeCompilers): readonly string[] | undefined {
  return inScratch((directory) => {
    const source = join(directory, "program.c");
    const program = join(directory, "program");
    writeFileSync(source, text);
    let values: string | undefined;
    for (const compiler of compilers) {
      const flags = ["-w", "-O0", "-I", headerDirectory, "-o", program, source];
      const built = spawnSync(compiler, flags, { ...nativeLimit, timeout: 60_000 });
      if (built.error !== undefined) continue;
      const run = spawnSync(program, [], nativeLimit);
      if (built.status !== 0 || run.status !== 0 || (values !== undefined && values !== run.stdout)) return undefined;
      values = run.stdout;
    }
    if (values === undefined) {
      if (compilers !== nativeCompilers) return expectedValues(text);
      throw new Error("neither gcc nor clang-19 is there");
    }
    // A program without global variables shows nothing; one that prints anything else is none of csmith's.
    const lines = values.trimEnd().split("\n");
    return lines.every((line) => /^\S+ [0-9a-f]+$/.test(line)) ? lines : undefined;
  });
}

/**
 * The program against native compilers: undefined when it is no test. Where the first says the same as we do, nobody
 * else is asked.
 */
export function judgeByNative(
  text: string, configurations: readonly string[],
): { readonly expected: readonly string[]; readonly findings: readonly Finding[] } | undefined {
  const expected = expectedValues(text, nativeCompilers.slice(0, 1));
  if (expected === undefined) return undefined;
  const findings = judge(text, expected, configurations);
  return findings.length > 0 && expectedValues(text) === undefined ? undefined : { expected, findings };
}

/** What is wrong with the program in these configurations. */
export function judge(text: string, expected: readonly string[], configurations: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  for (const configuration of configurations) {
    const finding = judgeOne(text, expected, configuration);
    if (finding !== undefined) findings.push({ configuration, ...finding });
  }
  return findings;
}

/** The passes without which the configuration is right. */
export function suspects(text: string, expected: readonly string[], configuration: string): string[] {
  return passNames.filter((name) => judgeOne(text, expected, `${configuration} --disable=${name}`) === undefined);
}

/**
 * The rewrite that brings the fault about: with fuel for all before it the program is right, with one more it is wrong.
 * undefined where the fault does not hang on the optimiser's fuel.
 */
export function guiltyRewrite(text: string, expected: readonly string[], configuration: string): string | undefined {
  const isWrong = (fuel: number): boolean => judgeOne(text, expected, `${configuration} --fuel=${fuel}`) !== undefined;
  if (isWrong(0)) return undefined;
  let wrong = 1;
  while (!isWrong(wrong)) {
    if (wrong > 1 << 24) return undefined;
    wrong *= 2;
  }
  let right = wrong >> 1;
  while (wrong - right > 1) {
    const middle = (wrong + right) >> 1;
    if (isWrong(middle)) wrong = middle;
    else right = middle;
  }
  const { printed } = compileSource("program.c", flagsOf(`${configuration} --fuel=${wrong}`), text);
  return `--fuel=${wrong}, ${printed.trim()}`;
}

function flagsOf(configuration: string): string[] {
  return ["-w", "-I", headerDirectory, "-mllvm", "-bpf-stack-size=1000000", ...configuration.split(" ")];
}

type Fault = Omit<Finding, "configuration">;

function judgeOne(text: string, expected: readonly string[], configuration: string): Fault | undefined {
  let object: ObjectFile | undefined;
  try {
    const compiled = compileSource("program.c", flagsOf(configuration), text);
    if (compiled.object === undefined) return { kind: "refused", detail: compiled.messages.split("\n", 1)[0] ?? "" };
    object = compiled.object;
  } catch (error) {
    return { kind: "internal", detail: firstLines(error) };
  }
  const values: string[] = [];
  try {
    const machine = new Machine(object, {
      stack: 1 << 20, frames: 64, steps: stepLimit,
      kernelFunctions: new Map([["csmith_value", (runtime): undefined => {
        values.push(runtime.cpu.u64(1).toString(16));
        return undefined;
      }]]),
    });
    machine.call("main");
  } catch (error) {
    if (error instanceof VmError && /^more than \d+ steps/.test(error.reason)) return undefined;
    return { kind: "fault", detail: firstLines(error) };
  }
  const names = expected.map((line) => line.slice(0, line.lastIndexOf(" ")));
  const wanted = expected.map((line) => line.slice(line.lastIndexOf(" ") + 1));
  const at = wanted.findIndex((value, i) => values[i] !== value);
  if (at < 0 && values.length === wanted.length) return undefined;
  if (values.length !== wanted.length) return { kind: "missing", detail: `${values.length} values, not ${wanted.length}` };
  const detail = `${names[at] ?? "the end"} is ${values[at] ?? "missing"}, not ${wanted[at] ?? "there"}`;
  return { kind: "wrong", detail };
}

function firstLines(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 3).join(" ").slice(0, 300);
}

function inScratch<T>(work: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "tbcc-fuzz-"));
  try {
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
