/**
 * One round of judging: random classic programs over random frames, by the machine of the definition, by the kernel as
 * classic filters, and as eBPF by the kernel and by our machine.
 */
import type { ClassicInstruction, ClassicProgram, ExtensionName } from "../../assembler/classic/instruction.ts";
import { checkClassic } from "../../assembler/classic/check.ts";
import { printBytecode } from "../../assembler/classic/print.ts";
import { migrate } from "../../assembler/migrate.ts";
import { findSection } from "../../assembler/object/object.ts";
import type { SkbFields } from "../../assembler/vm/context.ts";
import { Machine } from "../../assembler/vm/machine.ts";
import { askKernel } from "./classic-kernel.ts";
import { randomClassic, randomFrames, showByte } from "./classic-random.ts";
import { runClassic } from "./classic-vm.ts";
import type { ClassicPacket } from "./classic-vm.ts";
import type { Random } from "./mutate.ts";

/** Extensions that eBPF can say and whose values are known before. */
const portable: readonly ExtensionName[] = [
  "proto", "type", "ifidx", "mark", "queue", "rxhash", "xor_x", "vlan_tci", "vlan_avail", "vlan_tpid",
];

/** A packet as a datagram socket has it: nothing but its bytes. */
function datagram(bytes: Uint8Array): ClassicPacket {
  return { bytes, network: undefined, link: undefined, extensions: { ifidx: "end", hatype: "end" } };
}

/** A packet as a classifier has it. */
function classified(bytes: Uint8Array, skb: SkbFields): ClassicPacket {
  const swapped = (n: number): number => (n & 0xff) << 8 | n >>> 8;
  return {
    bytes, network: 14, link: 0,
    extensions: {
      proto: swapped(skb.protocol), type: skb.pkt_type, ifidx: skb.ifindex, mark: skb.mark, queue: skb.queue_mapping, rxhash: skb.hash,
      vlan_tci: skb.vlan_tci, vlan_avail: skb.vlan_present, vlan_tpid: swapped(skb.vlan_proto),
    },
  };
}

/** Only a packet of the network has a network header: elsewhere its offset is what was left in memory. */
function loadsFromNetwork({ k }: ClassicInstruction): boolean {
  return k >= 0xfff00000 && k < 0xfff00100;
}

export interface Judged {
  /** What does not agree. */
  readonly differences: readonly string[];
  /** Results that were compared. */
  readonly compared: number;
  /** Results by how they came about: the program's end with a value other than 0. */
  readonly nonzero: number;
}

/** Judges programs over frames. @param kernel without it, only our two machines are compared */
export function judge(random: Random, count: number, kernel: boolean): Judged {
  const frames = randomFrames(random, 4);
  const programs = Array.from({ length: count }, () => (
    randomClassic(random, random(2) === 0 ? [] : random(2) === 0 ? portable : [...portable, "nla", "nlan", "hatype"])
  ));
  const differences: string[] = [];
  let compared = 0, nonzero = 0;
  const check = (program: ClassicProgram, who: string, frame: number, expected: number, actual: number): void => {
    compared++;
    if (expected !== 0) nonzero++;
    if (expected !== actual) differences.push(`${who}: ${actual}, not ${expected}, for frame ${frame}: ${printBytecode(program)}`);
  };
  const questions = programs.map((program) => {
    for (const { index, message } of checkClassic(program)) differences.push(`refused at ${index}: ${message}: ${printBytecode(program)}`);
    const { object, faults } = migrate(program, { endian: "little", section: "classifier", name: "filter" });
    const code = faults.length > 0 ? undefined : findSection(object, "classifier")?.data;
    const filters = program.some(loadsFromNetwork) ? [] : [program, ...[0, 1, 2, 3].map((byte) => showByte(program, byte))];
    return { program, object: code === undefined ? undefined : object, code, filters };
  });
  const answers = kernel ? askKernel(frames, questions) : [];
  questions.forEach(({ program, object, filters }, index) => {
    const answer = answers[index];
    filters.forEach((filter, which) => {
      const lengths = answer?.filters[which];
      if (typeof lengths === "number") differences.push(`classic refused with ${lengths}: ${printBytecode(filter)}`);
      else lengths?.forEach((length, i) => {
        check(filter, "classic", i, Math.min(runClassic(filter, datagram(frames[i])), frames[i].length), length);
      });
    });
    if (object === undefined) return;
    const machine = new Machine(object);
    const results = answer?.code;
    if (typeof results === "string") differences.push(`${results}: ${printBytecode(program)}`);
    frames.forEach((packet, i) => {
      const { result, context } = machine.run("classifier", { packet });
      if (context === undefined || !("mark" in context)) throw new Error("a classifier has no context");
      const expected = runClassic(program, classified(packet, context));
      check(program, "machine", i, expected, result);
      if (typeof results === "object" && results !== null) check(program, "kernel", i, expected, results[i]);
    });
  });
  return { differences, compared, nonzero };
}
