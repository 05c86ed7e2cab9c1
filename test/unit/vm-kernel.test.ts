/**
 * The machine against the kernel: the objects that clang makes of test/cases/vm/*.c run in both over the same packets,
 * and must give the same result, packet and context, and leave the same in their maps.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { readElf } from "../../assembler/object/elf-read.ts";
import { Machine } from "../../assembler/vm/machine.ts";
import type { Outcome } from "../../assembler/vm/machine.ts";
import { loadInKernel } from "../harness/kernel-run.ts";
import type { KernelOutcome } from "../harness/kernel-run.ts";
import { itWith, need } from "../harness/oracles.ts";

const root = new URL("../..", import.meta.url).pathname;
const cases = join(root, "test/cases/vm");

/** An Ethernet frame with an IPv4 header that says UDP, and bytes that are all different. */
function frame(length: number): Uint8Array {
  const header = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0x08, 0x00, 0x45];
  return Uint8Array.from({ length }, (_, i) => header[i] ?? (i === 23 ? 17 : i * 37 & 0xff));
}

const packets = [frame(42), frame(61), frame(120), new Uint8Array(64), new Uint8Array(100).fill(0xff)];

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** What the two have in common: XDP metadata comes out in front of the packet. */
function summary(outcome: Outcome | KernelOutcome): unknown {
  const fields = outcome.context !== undefined && "mark" in outcome.context ? outcome.context : undefined;
  return {
    result: outcome.result,
    packet: ("meta" in outcome ? hex(outcome.meta) : "") + hex(outcome.packet),
    fields: fields && [fields.mark, fields.priority, fields.ingress_ifindex, fields.ifindex, fields.cb, fields.tstamp],
  };
}

describe("the machine and the kernel agree", () => {
  for (const name of readdirSync(cases).filter((file) => file.endsWith(".c"))) {
    for (const level of ["v1", "v2", "v3", "v4"]) {
      itWith(["clang-19", "bpftool", "root", "kernel bpf"], `${name} -mcpu=${level}`, () => compare(name, level));
    }
  }
});

function compare(name: string, level: string): void {
  const scratch = mkdtempSync(join(tmpdir(), "vm-kernel-"));
  const file = join(scratch, "object.o");
  const built = spawnSync(need("clang-19"), [
    "-O2", "-g", "--target=bpf", `-mcpu=${level}`, "-isystem", join(root, "include", "freestanding"), "-isystem", join(root, "include"), "-w", "-c", join(cases, name),
    "-o", file,
  ], { encoding: "utf8" });
  expect(built.stderr).toBe("");
  const bytes = readFileSync(file);
  rmSync(scratch, { recursive: true });
  const count = cpus().length;
  const machine = new Machine(readElf(bytes), { cpus: count });
  const kernel = loadInKernel(bytes);
  try {
    for (const [entry, section] of machine.program.sectionOfFunction) {
      if (section === ".text") continue;
      const fields = section.startsWith("xdp") ? undefined : { mark: 5, priority: 9, cb: [1, 2, 3, 4, 5] };
      for (const packet of packets) {
        const ours = machine.run(entry, fields === undefined ? { kind: "xdp", packet } : { packet, context: fields });
        const theirs = kernel.run(entry, packet, fields);
        expect(summary(ours), `${entry} over ${packet.length} bytes`).toEqual(summary(theirs));
        for (const [mapName, map] of machine.maps) {
          // Sections are maps of another name in the kernel; queues, stacks and programs cannot be listed.
          if (mapName.startsWith(".") || ["queue", "stack", "prog_array"].includes(map.definition.type)) continue;
          const left = [...map.entries()].map(({ key, values }) => [hex(key), total(values, map.perCpu)]).sort();
          const right = kernel.map(mapName).map(({ key, values }) => [hex(key), total(values, map.perCpu)]).sort();
          expect(left, `map ${mapName} after ${entry}`).toEqual(right);
        }
      }
    }
  } finally {
    kernel.close();
  }
}

/** A value as text; the parts of the cpus are added up, for which cpu runs a program is the kernel's choice. */
function total(values: readonly Uint8Array[], perCpu: boolean): string {
  if (!perCpu) return values.map(hex).join(" ");
  return `${values.reduce((sum, value) => sum + new DataView(value.slice().buffer).getUint32(0, true), 0)}`;
}
