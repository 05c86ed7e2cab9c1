/**
 * Random classic programs that the kernel takes, and programs that show 32 bits of a result through a packet's length.
 */
import type {
  ClassicInstruction, ClassicProgram, ExtensionName, Operation,
} from "../../assembler/classic/instruction.ts";
import { allOperations, codeOf, extensionOffset, operationOf } from "../../assembler/classic/instruction.ts";
import type { Random } from "./mutate.ts";

const words = [0, 1, 2, 3, 4, 7, 8, 14, 15, 20, 31, 32, 64, 0xff, 0x100, 0x800, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** `return` of X is no kernel's. */
const operations = allOperations().filter((o) => o.op !== "return" || o.value !== "x");

/** Kinds of operations, more often than they are many. */
const weights: Readonly<Record<Operation["op"], number>> = {
  load: 8, immediate: 3, recall: 3, store: 3, length: 1, header: 1, alu: 8, neg: 1, jump: 1, branch: 6, return: 1, copy: 3,
};

const kinds = (Object.keys(weights) as readonly Operation["op"][]).flatMap((kind) => Array.from({ length: weights[kind] }, () => kind));

/** @param extensions those that may be asked for */
export function randomClassic(random: Random, extensions: readonly ExtensionName[]): ClassicProgram {
  const length = 2 + (random(12) === 0 ? random(600) : random(40));
  const all = 0xffff;
  const masks = new Array<number>(length + 1).fill(all);
  let written = 0;
  const pick = <T>(list: readonly T[]): T => list[random(list.length)];
  const number = (): number => random(3) === 0 ? random(2 ** 32) : pick(words);
  const program: ClassicInstruction[] = [];
  for (let index = 0; index < length; index++) {
    written &= masks[index];
    const rest = length - index - 2;
    const last = index === length - 1;
    let kind: Operation["op"] = last ? "return" : pick(kinds);
    if (kind === "return" && !last && random(4) !== 0) kind = "alu";
    if (kind === "recall" && written === 0) kind = "store";
    const operation = pick(operations.filter((o) => o.op === kind));
    let jt = 0, jf = 0, k = number();
    switch (operation.op) {
      case "load":
        if (operation.indirect) k = pick([random(40), random(8), 0, 0xffffffff - random(16), number()]);
        else if (extensions.length > 0 && random(4) === 0) k = extensionOffset(pick(extensions));
        else k = random(8) === 0 ? pick([0xffe00000, 0xfff00000, 0x1000, 0]) + random(40) : random(60);
        break;
      case "header": k = random(60); break;
      case "recall": {
        const known = Array.from({ length: 16 }, (_, word) => word).filter((word) => (written & 1 << word) !== 0);
        k = pick(known);
        break;
      }
      case "store":
        k = random(16);
        written |= 1 << k;
        break;
      case "alu":
        if (operation.source === "k" && (operation.alu === "div" || operation.alu === "mod")) k ||= 1;
        if (operation.source === "k" && (operation.alu === "lsh" || operation.alu === "rsh")) k = random(32);
        break;
      case "jump":
        k = random(Math.min(rest, 8) + 1);
        masks[index + 1 + k] &= written;
        written = all;
        break;
      case "branch":
        jt = random(Math.min(rest, random(10) === 0 ? 255 : 6) + 1);
        jf = random(3) === 0 ? random(Math.min(rest, 6) + 1) : 0;
        masks[index + 1 + jt] &= written;
        masks[index + 1 + jf] &= written;
        written = all;
        break;
      default:
        break;
    }
    program.push({ code: codeOf(operation), jt, jf, k });
  }
  return program;
}

/**
 * The same program, but it returns one byte of its result (0 the lowest), plus 1: 0 is left for a program that was
 * ended.
 */
export function showByte(program: ClassicProgram, byte: number): ClassicProgram {
  const shown = program.map((instruction, index): ClassicInstruction => {
    const operation = operationOf(instruction.code);
    if (operation?.op !== "return") return instruction;
    if (operation.value === "k") return { ...instruction, k: (instruction.k >>> 8 * byte & 0xff) + 1 };
    return { code: codeOf({ op: "jump" }), jt: 0, jf: 0, k: program.length - index - 1 };
  });
  const alu = (name: "rsh" | "and" | "add", k: number): ClassicInstruction => (
    { code: codeOf({ op: "alu", alu: name, source: "k" }), jt: 0, jf: 0, k }
  );
  return [
    ...shown, alu("rsh", 8 * byte), alu("and", 0xff), alu("add", 1), { code: codeOf({ op: "return", value: "a" }), jt: 0, jf: 0, k: 0 },
  ];
}

/**
 * Frames of many lengths; the first two are long enough to show any byte. The kernel runs nothing over a bare link
 * header.
 */
export function randomFrames(random: Random, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => {
    const frame = Uint8Array.from({ length: i < 2 ? 260 + random(200) : 15 + random(80) }, () => random(256));
    // IPv4, IPv6, ARP, or whatever comes. The kernel runs nothing over an IP packet without a whole header.
    const type = frame.length < 54 ? 0x0806 : [0x0800, 0x86dd, 0x0806, undefined][random(4)];
    if (type !== undefined) frame.set([type >> 8, type & 0xff], 12);
    if (frame.length > 14 && random(2) === 0) frame[14] = 0x45;
    return frame;
  });
}
