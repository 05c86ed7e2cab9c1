/**
 * A program of kernel-program.ts before the kernel, from both compilers: does it take from tbcc what it takes from clang-19,
 * and do both do the same over the same packets?
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { writeElf } from "../../assembler/object/elf-write.ts";
import type { Batch, BatchRunner } from "../harness/kernel-batch.ts";
import { ownHeaders, projectDirectory } from "../harness/project.ts";
import { need } from "../harness/probe.ts";
import { compileSource } from "../harness/tbcc.ts";

/** Where case.h is. */
const caseDirectory = join(projectDirectory, "test", "cases", "verifier");
const processors = ["v1", "v2", "v3", "v4"] as const;
const levels = ["-O1", "-O2", "-Os"] as const;

export interface KernelFinding {
  readonly configuration: string;
  /**
   * The kernel refuses what it takes from clang; it gives up after a million instructions, as it does not on clang's;
   * another result; an error for a right program; the compiler's own error.
   */
  readonly kind: "lost" | "long" | "wrong" | "refused" | "internal";
  readonly detail: string;
}

export interface KernelVerdict {
  /** The kernel takes clang's object. */
  readonly clang: boolean;
  /** What it took from tbcc only. */
  readonly won: readonly string[];
  readonly findings: readonly KernelFinding[];
}

/** Judges a program at one -mcpu, which goes with the seed, and all levels; undefined where clang fails. */
export function judgeInKernel(runner: BatchRunner, text: string, seed: number): KernelVerdict | undefined {
  const cpu = `-mcpu=${processors[seed % processors.length] ?? "v3"}`;
  const object = compiledByClang(text, ["-O2", cpu]);
  if (object === undefined) return undefined;
  const theirs = runner.run(object, "run");
  const won: string[] = [];
  const findings: KernelFinding[] = [];
  // What the verifier gives up on takes it longest: of a program that clang has lost, one level tells enough.
  for (const level of theirs.refusal === undefined ? levels : ["-O2"]) {
    const configuration = `${level} ${cpu}`;
    const ours = judgeOne(runner, text, configuration, theirs);
    if (ours === "won") won.push(configuration);
    else if (ours !== undefined) findings.push({ configuration, ...ours });
  }
  return { clang: theirs.refusal === undefined, won, findings };
}

function judgeOne(
  runner: BatchRunner, text: string, configuration: string, theirs: Batch,
): Omit<KernelFinding, "configuration"> | "won" | undefined {
  let bytes: Uint8Array;
  try {
    const { object, messages } = compileSource("program.c", ["-w", "-g", "-I", caseDirectory, ...configuration.split(" ")], text);
    if (object === undefined) return { kind: "refused", detail: messages.split("\n", 1)[0] ?? "" };
    bytes = writeElf(object);
  } catch (error) {
    return { kind: "internal", detail: error instanceof Error ? error.message.slice(0, 300) : String(error) };
  }
  const { refusal, runs } = runner.run(bytes, "run");
  if (refusal !== undefined) {
    if (theirs.refusal !== undefined) return undefined;
    return { kind: refusal.includes("BPF program is too large") ? "long" : "lost", detail: lastWords(refusal) };
  }
  if (theirs.refusal !== undefined) return "won";
  const at = runs.findIndex(({ result, packet }, i) => {
    const other = theirs.runs[i];
    return other === undefined || result !== other.result || Buffer.compare(packet, other.packet) !== 0;
  });
  if (at < 0) return undefined;
  return { kind: "wrong", detail: `packet ${at}: ${runs[at]?.result}, from clang ${theirs.runs[at]?.result}` };
}

/** Why the verifier refused a program: the last lines of its log but the statistics. */
function lastWords(refusal: string): string {
  const lines = refusal.split("\n").map((line) => line.trim());
  const end = lines.findIndex((line) => line.startsWith("processed "));
  return lines.slice(Math.max(0, end - 3), Math.max(0, end)).join(" | ") || refusal.slice(-200);
}

function compiledByClang(text: string, flags: readonly string[]): Uint8Array | undefined {
  const args = ["-target", "bpf", ...ownHeaders, "-I", caseDirectory, "-w", "-g", ...flags, "-c", "-o", "-", "-x", "c", "-"];
  const { status, stdout } = spawnSync(need("clang-19"), args, { input: text, maxBuffer: 1 << 26 });
  return status === 0 ? new Uint8Array(stdout) : undefined;
}
