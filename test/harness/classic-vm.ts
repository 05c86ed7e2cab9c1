/**
 * A machine for classic programs, written from their definition (Documentation/networking/filter.rst): the oracle that
 * says what a program returns. It takes programs that the kernel takes.
 */
import type {
  ClassicAlu, ClassicCondition, ClassicProgram, ExtensionName,
} from "../../assembler/classic/instruction.ts";
import { extensionOf, operationOf } from "../../assembler/classic/instruction.ts";

export interface ClassicPacket {
  readonly bytes: Uint8Array;
  /** Offset of the network header and of the link header in the bytes; undefined where the packet has none. */
  readonly network: number | undefined;
  readonly link: number | undefined;
  /** What an extension says; "end": the program ends with A. What is not there is 0. */
  readonly extensions: { readonly [name in ExtensionName]?: number | "end" };
}

const netOffset = -0x100000, linkOffset = -0x200000;

/** What a program returns for a packet. */
export function runClassic(program: ClassicProgram, packet: ClassicPacket): number {
  let a = 0, x = 0;
  const words = new Uint32Array(16);
  for (let pc = 0; ; pc++) {
    const instruction = program[pc];
    const operation = instruction === undefined ? undefined : operationOf(instruction.code);
    if (instruction === undefined || operation === undefined) throw new Error(`there is no instruction at ${pc}`);
    const { jt, jf, k } = instruction;
    switch (operation.op) {
      case "load": {
        const extension = extensionOf(instruction);
        const value = extension === undefined ? read(packet, (operation.indirect ? x : 0) + k | 0, operation.size)
          : extend(packet, extension, a, x);
        if (value === "end") return a;
        if (value === undefined) return 0;
        a = value;
        break;
      }
      case "header": {
        const value = read(packet, k | 0, 1);
        if (value === undefined) return 0;
        x = 4 * (value & 15);
        break;
      }
      case "immediate": if (operation.to === "a") a = k; else x = k; break;
      case "recall": if (operation.to === "a") a = words[k]; else x = words[k]; break;
      case "store": words[k] = operation.from === "a" ? a : x; break;
      case "length": if (operation.to === "a") a = packet.bytes.length; else x = packet.bytes.length; break;
      case "copy": if (operation.to === "a") a = x; else x = a; break;
      case "neg": a = -a >>> 0; break;
      case "alu": {
        const value = compute(operation.alu, a, operation.source === "x" ? x : k);
        if (value === undefined) return 0;
        a = value;
        break;
      }
      case "jump": pc += k; break;
      case "branch": pc += holds(operation.condition, a, operation.source === "x" ? x : k) ? jt : jf; break;
      case "return": return operation.value === "k" ? k : operation.value === "a" ? a : x;
    }
  }
}

function read({ bytes, network, link }: ClassicPacket, offset: number, size: number): number | undefined {
  const base = offset >= 0 ? 0 : offset >= netOffset ? network : offset >= linkOffset ? link : undefined;
  if (base === undefined) return undefined;
  const at = base + offset - (offset >= 0 ? 0 : offset >= netOffset ? netOffset : linkOffset);
  if (at < 0 || at + size > bytes.length) return undefined;
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + bytes[at + i];
  return value;
}

function extend(packet: ClassicPacket, name: ExtensionName, a: number, x: number): number | "end" {
  switch (name) {
    case "xor_x": return (a ^ x) >>> 0;
    case "nla": return findAttribute(packet.bytes, a, packet.bytes.length, x);
    case "nlan": {
      const outer = attributeAt(packet.bytes, a, packet.bytes.length);
      return outer === undefined ? 0 : findAttribute(packet.bytes, a + 4, a + outer.length, x);
    }
    default: return packet.extensions[name] ?? 0;
  }
}

/** A netlink attribute: length (its header of 4 bytes included) and type, two bytes each in the host's order. */
function attributeAt(bytes: Uint8Array, at: number, end: number): { length: number; type: number } | undefined {
  if (at + 4 > end || end > bytes.length) return undefined;
  const length = bytes[at] | bytes[at + 1] << 8, type = bytes[at + 2] | bytes[at + 3] << 8;
  return length < 4 || at + length > end ? undefined : { length, type: type & 0x3fff };
}

/** Where the first attribute of a type begins; 0 if there is none. */
function findAttribute(bytes: Uint8Array, start: number, end: number, type: number): number {
  for (let at = start; ;) {
    const attribute = attributeAt(bytes, at, end);
    if (attribute === undefined) return 0;
    if (attribute.type === type) return at;
    at += attribute.length + 3 & ~3;
  }
}

/** Undefined where X is 0 and divides. */
function compute(alu: ClassicAlu, a: number, b: number): number | undefined {
  switch (alu) {
    case "add": return a + b >>> 0;
    case "sub": return a - b >>> 0;
    case "mul": return Math.imul(a, b) >>> 0;
    case "div": return b === 0 ? undefined : Math.floor(a / b);
    case "mod": return b === 0 ? undefined : a % b;
    case "and": return (a & b) >>> 0;
    case "or": return (a | b) >>> 0;
    case "xor": return (a ^ b) >>> 0;
    // A count of 32 and more counts modulo 32, as in eBPF.
    case "lsh": return a << (b & 31) >>> 0;
    case "rsh": return a >>> (b & 31);
  }
}

function holds(condition: ClassicCondition, a: number, b: number): boolean {
  switch (condition) {
    case "jeq": return a === b;
    case "jgt": return a > b;
    case "jge": return a >= b;
    case "jset": return (a & b) !== 0;
  }
}
