/**
 * The BPF instruction as everyone here thinks of it: one logical operation with its operands.
 *
 * An `Instruction` is a plain immutable record, told apart by `op`. What the encoding hides in offset or immediate
 * tricks (signed division, sign-extending moves, atomics, the 64-bit immediate that takes two slots) is an operation
 * of its own; encode.ts and decode.ts know the tricks, nobody else. What the encoding does not distinguish is not
 * distinguished here: a 32-bit load zero-extends, so `w0 = *(u32 *)(r1 + 0)` and `r0 = *(u32 *)(r1 + 0)` are one.
 *
 * Instructions know neither sections nor ELF nor C. A jump goes to a label or a displacement; an operand that only a
 * loader or linker knows is a `reference`; where an instruction comes from is an opaque number, `loc`.
 *
 * Canonical numbers: immediates are signed 32-bit, offsets signed 16-bit, 64-bit immediates signed bigints.
 * validate.ts says whether the fields of a record are legal.
 *
 * Source of the facts: Documentation/bpf/standardization/instruction-set.rst (RFC 9669), include/uapi/linux/bpf.h.
 */

/** r0 to r10, and r11, which only the stack-argument convention of newer compilers knows. r10 is the frame pointer. */
export type Register = number;

export const framePointer: Register = 10;

/** Width of an operation: 64 for r registers; 32 for w registers, whose result is zero-extended to 64 bits. */
export type Width = 32 | 64;

/** Bytes of a memory access. */
export type MemorySize = 1 | 2 | 4 | 8;

export interface RegisterOperand { readonly kind: "reg"; readonly reg: Register }

/** A signed 32-bit immediate, sign-extended to the width of the operation. */
export interface ImmediateOperand {
  readonly kind: "imm";
  readonly value: number;
  /** Name of a constant that is added to `value` before the instruction can be encoded. */
  readonly symbol?: string;
}

export type Operand = RegisterOperand | ImmediateOperand;

/**
 * Where a jump goes: a number is a displacement in slots of 8 bytes from the next instruction, as encoded; a string is
 * a label, which must be resolved (see code.ts) before the instruction can be encoded.
 */
export type Target = number | string;

/**
 * A symbol whose address is part of the instruction. The kind of relocation follows from the operation: R_BPF_64_64 on
 * `ld_imm64`, R_BPF_64_32 on `call`.
 */
export interface Reference {
  readonly symbol: string;
  /** Bytes added to the symbol's address. */
  readonly addend: number;
}

/** The two-operand operations, `dst op= src`; `mov` is `dst = src`. sdiv and smod are of v4. */
export type AluOp =
  | "add" | "sub" | "mul" | "div" | "sdiv" | "mod" | "smod" | "or" | "and" | "xor" | "lsh" | "rsh" | "arsh" | "mov";

/** Conditions of a branch, `dst cond src`: s... are signed, the others unsigned, `set` is `dst & src`. */
export type Condition =
  | "eq" | "ne" | "gt" | "ge" | "lt" | "le" | "sgt" | "sge" | "slt" | "sle" | "set";

/** Atomic read-modify-write operations. cmpxchg compares with r0 and leaves the old value in it. */
export type AtomicOp = "add" | "or" | "and" | "xor" | "xchg" | "cmpxchg";

/** Whose number a call holds: a helper's id, the distance of a function in slots, the BTF id of a kernel function. */
export type CallKind = "helper" | "local" | "kfunc";

/**
 * What the `src` field of a 64-bit immediate says that the value is (BPF_PSEUDO_...): 0 a plain number, 1 a map's file
 * descriptor, 2 a value inside such a map, 3 a BTF id of a variable, 4 a function, 5 and 6 as 1 and 2 with an index.
 */
export type Pseudo = number;

interface Common {
  /** The source location; opaque to the assembler. */
  readonly loc?: number;
  /** A mark of whoever makes the code: code.ts says where the marked instructions came to lie. */
  readonly note?: number;
}

/** `dst op= src` */
export interface Alu extends Common {
  readonly op: "alu"; readonly alu: AluOp; readonly width: Width; readonly dst: Register; readonly src: Operand;
}

/** `dst = -dst` */
export interface Neg extends Common { readonly op: "neg"; readonly width: Width; readonly dst: Register }

/** `dst = (sN)src` (v4); 32 bits only into a 64-bit register. */
export interface MoveSigned extends Common {
  readonly op: "movsx"; readonly width: Width; readonly bits: 8 | 16 | 32; readonly dst: Register;
  readonly src: Register;
}

/**
 * `dst = beN dst` or `leN`: between host order and big or little endian, cutting to N bits. `dst = bswapN dst` (v4)
 * swaps always.
 */
export interface ByteSwap extends Common {
  readonly op: "swap"; readonly order: "le" | "be" | "bswap"; readonly bits: 16 | 32 | 64; readonly dst: Register;
}

/** `dst = addr_space_cast(src, to, from)`: between kernel (0) and arena (1) addresses. */
export interface AddressSpaceCast extends Common {
  readonly op: "addr_space_cast"; readonly dst: Register; readonly src: Register; readonly to: number;
  readonly from: number;
}

/** `dst = value ll`, two slots. With a `reference`, `value` is 0 and the addend stands in the reference. */
export interface LoadImmediate64 extends Common {
  readonly op: "ld_imm64"; readonly dst: Register; readonly value: bigint; readonly pseudo: Pseudo;
  readonly reference?: Reference;
}

/** `dst = *(uN *)(base + offset)`; signed (v4) for 1, 2 and 4 bytes. The result fills 64 bits. */
export interface Load extends Common {
  readonly op: "load"; readonly size: MemorySize; readonly signed: boolean; readonly dst: Register;
  readonly base: Register; readonly offset: number;
}

/** `*(uN *)(base + offset) = src` */
export interface Store extends Common {
  readonly op: "store"; readonly size: MemorySize; readonly base: Register; readonly offset: number;
  readonly src: Operand;
}

/** `lock *(uN *)(base + offset) op= src`; with `fetch` (v3) src receives the old value, r0 with cmpxchg. */
export interface Atomic extends Common {
  readonly op: "atomic"; readonly atomic: AtomicOp; readonly fetch: boolean; readonly size: 4 | 8;
  readonly base: Register; readonly offset: number; readonly src: Register;
}

/** `dst = load_acquire((uN *)(base + offset))` (v4) */
export interface LoadAcquire extends Common {
  readonly op: "load_acquire"; readonly size: MemorySize; readonly dst: Register; readonly base: Register;
  readonly offset: number;
}

/** `store_release((uN *)(base + offset), src)` (v4) */
export interface StoreRelease extends Common {
  readonly op: "store_release"; readonly size: MemorySize; readonly base: Register; readonly offset: number;
  readonly src: Register;
}

/** `r0 = *(uN *)skb[index]`: packet bytes in network order, the packet's context in r6. */
export interface LoadAbsolute extends Common {
  readonly op: "ld_abs"; readonly size: 1 | 2 | 4; readonly index: number;
}

/** `r0 = *(uN *)skb[src + index]` */
export interface LoadIndirect extends Common {
  readonly op: "ld_ind"; readonly size: 1 | 2 | 4; readonly src: Register; readonly index: number;
}

/** `goto target`; `long` (v4) is gotol with a 32-bit displacement. */
export interface Jump extends Common { readonly op: "jump"; readonly long: boolean; readonly target: Target }

/** `if dst cond src goto target`; width 32 is of v3. */
export interface Branch extends Common {
  readonly op: "branch"; readonly cond: Condition; readonly width: Width; readonly dst: Register;
  readonly src: Operand; readonly target: Target;
}

/** `may_goto target`: leaves a loop when the kernel's budget for it is spent. */
export interface MayGoto extends Common { readonly op: "may_goto"; readonly target: Target }

/** `call value`. With a `reference`, kind is `local`, `value` -1 and the addend stands in the reference. */
export interface Call extends Common {
  readonly op: "call"; readonly call: CallKind; readonly value: number; readonly reference?: Reference;
}

/** `callx reg`: call of the function whose address is in reg. */
export interface CallIndirect extends Common { readonly op: "callx"; readonly reg: Register }

/** `gotox reg`: jump to the address in reg, through a jump table. */
export interface JumpIndirect extends Common { readonly op: "gotox"; readonly reg: Register }

export interface Exit extends Common { readonly op: "exit" }

export type Instruction =
  | Alu | Neg | MoveSigned | ByteSwap | AddressSpaceCast | LoadImmediate64
  | Load | Store | Atomic | LoadAcquire | StoreRelease | LoadAbsolute | LoadIndirect
  | Jump | Branch | MayGoto | Call | CallIndirect | JumpIndirect | Exit;

export type Opcode = Instruction["op"];

// Questions

/** Slots of 8 bytes that the encoding takes: 2 for a 64-bit immediate, else 1. */
export function slots(instruction: Instruction): 1 | 2 {
  return instruction.op === "ld_imm64" ? 2 : 1;
}

/** Where a jump of any kind goes when taken; undefined for what does not jump or jumps through a register. */
export function jumpTarget(instruction: Instruction): Target | undefined {
  switch (instruction.op) {
    case "jump":
    case "branch":
    case "may_goto":
      return instruction.target;
    default:
      return undefined;
  }
}

/** The same jump to another target; other instructions are returned as they are. */
export function withTarget(instruction: Instruction, target: Target): Instruction {
  switch (instruction.op) {
    case "jump":
    case "branch":
    case "may_goto":
      return { ...instruction, target };
    default:
      return instruction;
  }
}

/** The symbol that a loader or linker must fill in. */
export function referenceOf(instruction: Instruction): Reference | undefined {
  return instruction.op === "ld_imm64" || instruction.op === "call" ? instruction.reference : undefined;
}

/** Can control reach the next instruction in memory? */
export function fallsThrough(instruction: Instruction): boolean {
  return instruction.op !== "exit" && instruction.op !== "jump" && instruction.op !== "gotox";
}

/** The condition that holds exactly when `cond` does not; undefined for `set`, which has no opposite. */
export function opposite(cond: Condition): Condition | undefined {
  return opposites[cond];
}

const opposites: Readonly<Record<Condition, Condition | undefined>> = {
  eq: "ne", ne: "eq", gt: "le", le: "gt", ge: "lt", lt: "ge", sgt: "sle", sle: "sgt", sge: "slt", slt: "sge",
  set: undefined,
};

// Constructors. Each takes its operands in the order of the assembly text, left to right.

const registerOperands: readonly RegisterOperand[] =
  Array.from({ length: 12 }, (_, reg): RegisterOperand => ({ kind: "reg", reg }));

/** A register as an operand. */
export function reg(n: Register): RegisterOperand {
  return registerOperands[n] ?? { kind: "reg", reg: n };
}

/** A signed 32-bit immediate as an operand. */
export function imm(value: number): ImmediateOperand {
  return { kind: "imm", value };
}

/** `dst op= src` */
export function alu(op: AluOp, width: Width, dst: Register, src: Operand): Alu {
  return { op: "alu", alu: op, width, dst, src };
}

/** `dst = src` */
export function mov(width: Width, dst: Register, src: Operand): Alu {
  return alu("mov", width, dst, src);
}

/** `dst = -dst` */
export function neg(width: Width, dst: Register): Neg {
  return { op: "neg", width, dst };
}

/** `dst = (sN)src` */
export function moveSigned(width: Width, dst: Register, bits: 8 | 16 | 32, src: Register): MoveSigned {
  return { op: "movsx", width, bits, dst, src };
}

/** `dst = beN dst`, `leN`, `bswapN` */
export function byteSwap(order: ByteSwap["order"], bits: ByteSwap["bits"], dst: Register): ByteSwap {
  return { op: "swap", order, bits, dst };
}

/** `dst = addr_space_cast(src, to, from)` */
export function addressSpaceCast(dst: Register, src: Register, to: number, from: number): AddressSpaceCast {
  return { op: "addr_space_cast", dst, src, to, from };
}

/** `dst = value ll`; the value is wrapped to 64 bits. */
export function loadImmediate64(dst: Register, value: bigint, pseudo: Pseudo = 0): LoadImmediate64 {
  return { op: "ld_imm64", dst, value: BigInt.asIntN(64, value), pseudo };
}

/** `dst = symbol + addend ll` */
export function loadAddress(dst: Register, symbol: string, addend = 0): LoadImmediate64 {
  return { op: "ld_imm64", dst, value: 0n, pseudo: 0, reference: { symbol, addend } };
}

/** `dst = *(uN *)(base + offset)` */
export function load(size: MemorySize, dst: Register, base: Register, offset: number): Load {
  return { op: "load", size, signed: false, dst, base, offset };
}

/** `dst = *(sN *)(base + offset)` */
export function loadSigned(size: 1 | 2 | 4, dst: Register, base: Register, offset: number): Load {
  return { op: "load", size, signed: true, dst, base, offset };
}

/** `*(uN *)(base + offset) = src` */
export function store(size: MemorySize, base: Register, offset: number, src: Operand): Store {
  return { op: "store", size, base, offset, src };
}

/** `lock *(uN *)(base + offset) op= src` */
export function atomic(op: "add" | "or" | "and" | "xor", size: 4 | 8, base: Register, offset: number,
                       src: Register): Atomic {
  return { op: "atomic", atomic: op, fetch: false, size, base, offset, src };
}

/** `src = atomic_fetch_op((uN *)(base + offset), src)`, `xchg`, and `r0 = cmpxchg(base + offset, r0, src)` */
export function atomicFetch(op: AtomicOp, size: 4 | 8, base: Register, offset: number, src: Register): Atomic {
  return { op: "atomic", atomic: op, fetch: true, size, base, offset, src };
}

/** `dst = load_acquire((uN *)(base + offset))` */
export function loadAcquire(size: MemorySize, dst: Register, base: Register, offset: number): LoadAcquire {
  return { op: "load_acquire", size, dst, base, offset };
}

/** `store_release((uN *)(base + offset), src)` */
export function storeRelease(size: MemorySize, base: Register, offset: number, src: Register): StoreRelease {
  return { op: "store_release", size, base, offset, src };
}

/** `r0 = *(uN *)skb[index]` */
export function loadAbsolute(size: 1 | 2 | 4, index: number): LoadAbsolute {
  return { op: "ld_abs", size, index };
}

/** `r0 = *(uN *)skb[src + index]` */
export function loadIndirect(size: 1 | 2 | 4, src: Register, index = 0): LoadIndirect {
  return { op: "ld_ind", size, src, index };
}

/** `goto target` */
export function jump(target: Target): Jump {
  return { op: "jump", long: false, target };
}

/** `gotol target` */
export function jumpLong(target: Target): Jump {
  return { op: "jump", long: true, target };
}

/** `if dst cond src goto target` */
export function branch(cond: Condition, width: Width, dst: Register, src: Operand, target: Target): Branch {
  return { op: "branch", cond, width, dst, src, target };
}

/** `may_goto target` */
export function mayGoto(target: Target): MayGoto {
  return { op: "may_goto", target };
}

/** `call id` of a helper */
export function callHelper(id: number): Call {
  return { op: "call", call: "helper", value: id };
}

/** `call symbol`: a function of this or another object, or a kernel function */
export function callSymbol(symbol: string, addend = 0): Call {
  return { op: "call", call: "local", value: -1, reference: { symbol, addend } };
}

/** `callx reg` */
export function callIndirect(r: Register): CallIndirect {
  return { op: "callx", reg: r };
}

/** `gotox reg` */
export function jumpIndirect(r: Register): JumpIndirect {
  return { op: "gotox", reg: r };
}

/** `exit` */
export function exit(): Exit {
  return { op: "exit" };
}

/** The same instruction, known to come from `loc`. */
export function at<I extends Instruction>(instruction: I, loc: number): I {
  return { ...instruction, loc };
}
