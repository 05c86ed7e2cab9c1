/**
 * The kernel's verifier accepts what the optimiser makes: each program of test/cases/verifier is safe as it is written, on a
 * pattern by which optimised code is refused, and must load at every level. Run over packets in the kernel, it must also do
 * what the object made without optimisation does in the machine of assembler/vm.
 *
 * The first line of a case is `// verifier TYPE [-On...] [load]`: the type of program ("xdp", "tc", ...), the levels if not all,
 * and `load` where it cannot be run, or what it sees is not the same in the kernel and in the machine. -O0 is tried at v3
 * only: before, a variable in memory is compared as 32 bits and used as 64 in different registers. Cases that name -O1 and
 * above need the optimiser for loading: what is read twice is not one register before it has run.
 */
import { describe, expect } from "vitest";
import { writeElf } from "../assembler/object/elf-write.ts";
import type { ObjectFile } from "../assembler/object/object.ts";
import { Machine } from "../assembler/vm/machine.ts";
import { type CaseFile, caseFiles } from "./harness/cases.ts";
import { type BatchRun, BatchRunner } from "./harness/kernel-batch.ts";
import { itWith } from "./harness/oracles.ts";
import { compileSource } from "./harness/tbcc.ts";
import { packets } from "./harness/verifier-packets.ts";

/** The versions at each level: all at that which is used most. */
const versions: Readonly<Record<string, readonly string[]>> = {
  "-O0": ["v3"], "-O1": ["v1", "v3"], "-O2": ["v1", "v2", "v3", "v4"], "-Os": ["v2", "v4"],
};

function configurations({ flags }: CaseFile): string[][] {
  const named = flags.filter((flag) => flag in versions);
  const levels = named.length > 0 ? named : Object.keys(versions);
  return levels.flatMap((level) => (versions[level] ?? []).map((cpu) => [level, `-mcpu=${cpu}`]));
}

function compile({ path, text }: CaseFile, options: readonly string[]): ObjectFile {
  const { object, messages } = compileSource(path, ["-g", ...options], text);
  if (object === undefined) throw new Error(messages);
  return object;
}

/** What the machine makes of the packets, one after the other. */
function simulate(object: ObjectFile, program: string, type: string | undefined): BatchRun[] {
  const machine = new Machine(object);
  return packets.map((packet) => {
    const { result, packet: out } = machine.run(program, type === "xdp" ? { kind: "xdp", packet } : { packet });
    return { result, packet: out };
  });
}

/** The function that the section of programs holds. */
function programOf({ text, name }: CaseFile): string {
  const found = /^SEC\("[^"]*"\)\nint (\w+)\(/m.exec(text)?.[1];
  if (found === undefined) throw new Error(`${name} has no program`);
  return found;
}

const readable = (runs: readonly BatchRun[]): string[] => (
  runs.map(({ result, packet }) => `${result} ${Buffer.from(packet).toString("hex")}`)
);

describe("the verifier accepts", () => {
  for (const one of caseFiles("verifier")) {
    itWith(["root", "kernel bpf", "bpftool"], one.name, () => {
      const [type] = one.flags;
      const program = one.flags.includes("load") ? undefined : programOf(one);
      const expected = program === undefined ? []
        : readable(simulate(compile(one, ["-O0", "-mcpu=v3"]), program, type));
      const runner = new BatchRunner(packets);
      try {
        for (const options of configurations(one)) {
          const { refusal, runs } = runner.run(writeElf(compile(one, options)), program);
          expect(refusal?.slice(-3000), options.join(" ")).toBeUndefined();
          expect(readable(runs), options.join(" ")).toEqual(expected);
        }
      } finally {
        runner.close();
      }
    }, 60_000);
  }
});
