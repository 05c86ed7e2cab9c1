/**
 * Classic programs in the running kernel: attached to a socket as they are, and as eBPF by BPF_PROG_TEST_RUN. Node has
 * neither of these calls; classic-kernel.py makes them, for any number of programs in one process.
 *
 * Needs the oracles "python3", "root" and "kernel bpf".
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { ClassicProgram } from "../../assembler/classic/instruction.ts";
import { need } from "./probe.ts";

export interface ClassicQuestion {
  readonly filters: readonly ClassicProgram[];
  /** eBPF instructions; undefined: there are none. */
  readonly code: Uint8Array | undefined;
}

export interface ClassicAnswer {
  /**
   * For each filter the bytes of each packet that it let pass, or the number of the error that its attachment failed
   * with.
   */
  readonly filters: readonly (readonly number[] | number)[];
  /** The result for each packet, or what the kernel said; null if there was no code. */
  readonly code: readonly number[] | string | null;
}

/** Runs programs over packets. @throws Error when the helper fails */
export function askKernel(packets: readonly Uint8Array[], questions: readonly ClassicQuestion[]): readonly ClassicAnswer[] {
  const input = JSON.stringify({
    packets: packets.map(hex),
    programs: questions.map(({ filters, code }) => ({
      filters: filters.map((program) => program.map((i) => [i.code, i.jt, i.jf, i.k])), code: code === undefined ? null : hex(code),
    })),
  });
  const helper = join(import.meta.dirname, "classic-kernel.py");
  const { status, stdout, stderr } = spawnSync(need("python3"), [helper], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
