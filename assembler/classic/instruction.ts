/**
 * Classic BPF: an instruction as the kernel takes it, and what it means.
 *
 * A program is an array of four numbers each (`struct sock_filter`): a code, two jump offsets, and a number k. Its
 * machine has an accumulator A, a register X, both of 32 bits, and 16 words of memory M[]; a packet is read in network
 * order. What a code stands for is an `Operation`: everything else here (text, check, migration) asks for it and knows
 * no bits. Linux reads facts about a packet by loads from offsets that no packet has: `extensions` names them.
 *
 * Source of the facts: include/uapi/linux/filter.h and bpf_common.h, chk_code_allowed of net/core/filter.c,
 * Documentation/networking/filter.rst.
 */

export interface ClassicInstruction {
  /** 16 bits. */
  readonly code: number;
  /** Instructions to skip, 0 to 255, when a condition holds, */
  readonly jt: number;
  /** and when it does not. */
  readonly jf: number;
  /** 32 bits, unsigned. */
  readonly k: number;
}

export type ClassicProgram = readonly ClassicInstruction[];

/** The most instructions of a program (BPF_MAXINSNS). */
export const maxInstructions = 4096;

/** Words of M[] (BPF_MEMWORDS). */
export const memoryWords = 16;

export type ClassicRegister = "a" | "x";

/** The second operand: the number k or the register X. */
export type ClassicSource = "k" | "x";

export type ClassicAlu = "add" | "sub" | "mul" | "div" | "mod" | "and" | "or" | "xor" | "lsh" | "rsh";

/** A = k, A > k, A >= k, A & k; unsigned. */
export type ClassicCondition = "jeq" | "jgt" | "jge" | "jset";

/** What a code stands for. */
export type Operation =
  /** A = bytes of the packet at k, or at X + k when indirect. Outside of the packet the program ends with 0. */
  | { readonly op: "load"; readonly size: 1 | 2 | 4; readonly indirect: boolean }
  /** register = k */
  | { readonly op: "immediate"; readonly to: ClassicRegister }
  /** register = M[k] */
  | { readonly op: "recall"; readonly to: ClassicRegister }
  /** M[k] = register */
  | { readonly op: "store"; readonly from: ClassicRegister }
  /** register = length of the packet */
  | { readonly op: "length"; readonly to: ClassicRegister }
  /** X = 4 * (the byte at k & 15): the length of an IPv4 header */
  | { readonly op: "header" }
  /** A = A op source; the program ends with 0 when X divides and is 0. */
  | { readonly op: "alu"; readonly alu: ClassicAlu; readonly source: ClassicSource }
  /** A = -A */
  | { readonly op: "neg" }
  /** skip k */
  | { readonly op: "jump" }
  /** skip jt or jf */
  | { readonly op: "branch"; readonly condition: ClassicCondition; readonly source: ClassicSource }
  /** The end. */
  | { readonly op: "return"; readonly value: "k" | ClassicRegister }
  /** X = A, or A = X */
  | { readonly op: "copy"; readonly to: ClassicRegister };

/** Sizes of a load in the code's bits (BPF_W, BPF_H, BPF_B), and the letter behind "ld". */
export const loadSizes = [
  { size: 4, bits: 0x00, suffix: "" }, { size: 2, bits: 0x08, suffix: "h" }, { size: 1, bits: 0x10, suffix: "b" },
] as const;

const aluBits: Readonly<Record<ClassicAlu, number>> = {
  add: 0x00, sub: 0x10, mul: 0x20, div: 0x30, or: 0x40, and: 0x50, lsh: 0x60, rsh: 0x70, mod: 0x90, xor: 0xa0,
};

const conditionBits: Readonly<Record<ClassicCondition, number>> = { jeq: 0x10, jgt: 0x20, jge: 0x30, jset: 0x40 };

/** The arithmetic operations by name. */
export const aluNames = Object.keys(aluBits) as readonly ClassicAlu[];

/** The code of an operation. */
export function codeOf(operation: Operation): number {
  switch (operation.op) {
    case "load": return (operation.indirect ? 0x40 : 0x20) | (loadSizes.find((l) => l.size === operation.size)?.bits ?? 0);
    case "immediate": return operation.to === "a" ? 0x00 : 0x01;
    case "recall": return operation.to === "a" ? 0x60 : 0x61;
    case "store": return operation.from === "a" ? 0x02 : 0x03;
    case "length": return operation.to === "a" ? 0x80 : 0x81;
    case "header": return 0xb1;
    case "alu": return 0x04 | aluBits[operation.alu] | (operation.source === "x" ? 0x08 : 0);
    case "neg": return 0x84;
    case "jump": return 0x05;
    case "branch": return 0x05 | conditionBits[operation.condition] | (operation.source === "x" ? 0x08 : 0);
    case "return": return 0x06 | { k: 0x00, x: 0x08, a: 0x10 }[operation.value];
    case "copy": return operation.to === "x" ? 0x07 : 0x87;
  }
}

function everyOperation(): Operation[] {
  const registers = ["a", "x"] as const, sources = ["k", "x"] as const;
  const conditions = Object.keys(conditionBits) as readonly ClassicCondition[];
  return [
    ...loadSizes.flatMap(({ size }) => [false, true].map((indirect): Operation => ({ op: "load", size, indirect }))),
    ...registers.flatMap((r): Operation[] => [
      { op: "immediate", to: r }, { op: "recall", to: r }, { op: "store", from: r }, { op: "length", to: r },
      { op: "copy", to: r }, { op: "return", value: r },
    ]),
    ...sources.flatMap((source): Operation[] => [
      ...aluNames.map((alu): Operation => ({ op: "alu", alu, source })),
      ...conditions.map((condition): Operation => ({ op: "branch", condition, source })),
    ]),
    { op: "return", value: "k" }, { op: "header" }, { op: "neg" }, { op: "jump" },
  ];
}

const byCode: ReadonlyMap<number, Operation> = new Map(everyOperation().map((o) => [codeOf(o), o]));

/**
 * What a code stands for; undefined for one that means nothing. `return` of X is bpf_asm's and no kernel's: check.ts
 * refuses it.
 */
export function operationOf(code: number): Operation | undefined {
  return byCode.get(code);
}

/** The same operations by their codes, for whoever wants to see each. */
export function allOperations(): readonly Operation[] {
  return [...byCode.values()];
}

// Extensions

export type ExtensionName =
  | "proto" | "type" | "ifidx" | "nla" | "nlan" | "mark" | "queue" | "hatype" | "rxhash" | "cpu" | "xor_x" | "vlan_tci"
  | "vlan_avail" | "poff" | "rand" | "vlan_tpid";

/** Loads from this k on (SKF_AD_OFF) ask for an extension. */
export const extensionBase = 0xfffff000;

/** By their distance from `extensionBase` (SKF_AD_...). bpf_asm has no word for xor_x, which is A = A ^ X. */
const extensionNumbers: Readonly<Record<ExtensionName, number>> = {
  proto: 0, type: 4, ifidx: 8, nla: 12, nlan: 16, mark: 20, queue: 24, hatype: 28, rxhash: 32, cpu: 36, xor_x: 40, vlan_tci: 44,
  vlan_avail: 48, poff: 52, rand: 56, vlan_tpid: 60,
};

export const extensionNames = Object.keys(extensionNumbers) as readonly ExtensionName[];

const extensionByNumber: ReadonlyMap<number, ExtensionName> =
  new Map(extensionNames.map((name) => [extensionNumbers[name], name]));

/** The k that asks for an extension. */
export function extensionOffset(name: ExtensionName): number {
  return extensionBase + extensionNumbers[name];
}

/** The extension that a load asks for; undefined for what loads from the packet and for what is no load at k. */
export function extensionOf(instruction: ClassicInstruction): ExtensionName | undefined {
  const operation = operationOf(instruction.code);
  if (operation?.op !== "load" || operation.indirect) return undefined;
  return extensionByNumber.get(instruction.k - extensionBase);
}

// Where control goes

/** The instructions that may follow one, by index: none behind a return, two behind a branch. */
export function successors(instruction: ClassicInstruction, index: number): readonly number[] {
  const operation = operationOf(instruction.code);
  switch (operation?.op) {
    case "return": return [];
    case "jump": return [index + 1 + instruction.k];
    case "branch": return [index + 1 + instruction.jt, index + 1 + instruction.jf];
    default: return [index + 1];
  }
}

/** Which instructions control can reach; jumps only lead forward. */
export function reachable(program: ClassicProgram): readonly boolean[] {
  const reached = program.map((_, index) => index === 0);
  program.forEach((instruction, index) => {
    if (reached[index] !== true) return;
    for (const next of successors(instruction, index)) {
      if (next < reached.length) reached[next] = true;
    }
  });
  return reached;
}
