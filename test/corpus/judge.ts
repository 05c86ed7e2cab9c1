/**
 * One source of the corpus -> what both compilers make of it, and what the kernel says of both.
 */
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { readElf } from "../../assembler/object/elf-read.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
import { type ObjectFile, SHF } from "../../assembler/object/object.ts";
import { need } from "../harness/probe.ts";
import { compileSource } from "../harness/tbcc.ts";
import { type Expected, compareExpected } from "./expected.ts";
import type { Source } from "./sources.ts";
import { type Comparison, compareRuns } from "./run.ts";
import { expectationsOf } from "./tags.ts";
import { reasonOf, verdictsOf } from "./veristat.ts";

export interface Task {
  readonly source: Source;
  readonly cpu: string;
  readonly load: boolean;
  /** The packets to run programs over; undefined where they are only loaded. */
  readonly packets: string | undefined;
  /** Where the objects go; clang's stays from run to run. */
  readonly clang: string;
  readonly tbcc: string;
}

/** How one compiler's program fares. */
export interface Program {
  readonly accepted: boolean;
  readonly verified: number;
}

export interface Judged {
  readonly compiled: { readonly clang: boolean; readonly tbcc: boolean };
  /** tbcc's first error. */
  readonly why: string | undefined;
  /** Instruction slots in all program sections of the object. */
  readonly slots?: { readonly clang: number; readonly tbcc: number };
  /** Programs of clang's object; `why` is there where the kernel takes clang's alone. */
  readonly programs: readonly {
    readonly program: string; readonly clang: Program; readonly tbcc: Program | undefined; readonly why: string | undefined;
  }[];
  /** Programs whose author says how they come out. */
  readonly expected: readonly Expected[];
  /** Of the programs that the kernel takes from both and can run, how the runs compare. */
  readonly runs: readonly Comparison[];
}

/** read: the bytes of a file. */
export function judge({ source, cpu, load, packets, clang, tbcc }: Task, read: (path: string) => Uint8Array): Judged {
  const byClang = buildByClang(source, cpu, clang);
  const { object, why } = build(source, cpu);
  const compiled = { clang: byClang, tbcc: object !== undefined };
  if (object !== undefined) writeFileSync(tbcc, writeElf(object));
  if (!byClang || object === undefined) return { compiled, why, programs: [], expected: [], runs: [] };
  const reference = readElf(read(clang));
  const slots = { clang: slotsOf(reference), tbcc: slotsOf(object) };
  if (!load) return { compiled, why, slots, programs: [], expected: [], runs: [] };
  const ours = new Map(verdictsOf(tbcc).map((verdict) => [verdict.program, verdict]));
  const programs = verdictsOf(clang).map(({ program, accepted, verified }) => {
    const own = ours.get(program);
    const isLost = accepted && own?.accepted !== true;
    return { program, clang: { accepted, verified }, tbcc: own, why: isLost ? reasonOf(tbcc, program) : undefined };
  });
  const taken = programs.filter(({ clang, tbcc }) => clang.accepted && tbcc?.accepted === true).map(({ program }) => program);
  const runs = packets === undefined ? [] : compareRuns(clang, tbcc, taken, packets);
  const expected = compareExpected(expectationsOf(reference), clang, tbcc);
  return { compiled, why, slots, programs, expected, runs };
}

function buildByClang({ path, flags }: Source, cpu: string, object: string): boolean {
  if (existsSync(object)) return true;
  const run = spawnSync(need("clang-19"), ["-target", "bpf", "-O2", `-mcpu=${cpu}`, ...flags, "-c", "-o", object, path]);
  return run.status === 0;
}

function build({ path, flags }: Source, cpu: string): { readonly object: ObjectFile | undefined; readonly why: string | undefined } {
  try {
    const { object, messages } = compileSource(path, ["-O2", `-mcpu=${cpu}`, ...flags]);
    return { object, why: object === undefined ? messages.split("\n").find((line) => line.includes("error:")) : undefined };
  } catch (error) {
    return { object: undefined, why: `internal error: ${String(error).split("\n").slice(0, 2).join(" ").slice(0, 200)}` };
  }
}

const executable = SHF.EXECINSTR;

/** Instructions in the sections of programs, in slots of 8 bytes. */
function slotsOf(object: ObjectFile): number {
  let bytes = 0;
  for (const section of object.sections) {
    if ((section.flags & executable) !== 0 && section.name !== "") bytes += section.data?.length ?? 0;
  }
  return bytes / 8;
}
