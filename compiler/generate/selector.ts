/**
 * The state of instruction selection for one function, and what all its parts share: registers of values, constants and
 * addresses in registers, emission.
 *
 * Selection walks blocks and values backwards, so every use is met before the value itself: a value without a register
 * when its turn comes has been folded into all its users (or has none), and costs nothing. Each value gives a chunk of
 * instructions; a block is its chunks in reverse.
 *
 * Constants, symbol and frame addresses get one register a block, made just before its first use there: whether the
 * register lives on across calls or the constant is made again is the allocator's choice.
 */
import type { Instruction, Operand, Width } from "../../assembler/isa/instruction.ts";
import { imm, loadAddress, loadImmediate64, mov, reg } from "../../assembler/isa/instruction.ts";
import type { AnyValue, Block, Function, Symbol, Value } from "../ir/module.ts";
import type { Diagnostics } from "../source/diagnostic.ts";
import type { Target } from "../source/options.ts";
import { hasAlu32 } from "../source/options.ts";
import type { Loc } from "../source/source-map.ts";
import type { MachineBlock, MachineFunction, MachineInstruction, Reg } from "./machine.ts";
import { newRegister, slotBase } from "./machine.ts";

/** A register of the block's constants: how it is made, and before which chunk. */
interface Pooled {
  readonly reg: Reg;
  readonly make: readonly MachineInstruction[];
  chunk: number;
}

export interface Selector {
  readonly source: Function;
  readonly fn: MachineFunction;
  readonly target: Target;
  readonly diagnostics: Diagnostics;
  /** Register of each value by id; 0 for none yet. */
  readonly registers: Int32Array;
  /** By value id: are the upper 32 bits of the value's register known to be zero? */
  readonly upperZero: Uint8Array;
  /** Of these, the values that must be zero-extended for the verifier's eyes: see narrow.ts. */
  readonly unseenZero: ReadonlySet<AnyValue>;
  readonly blocks: ReadonlyMap<Block, MachineBlock>;
  /** Slot number of each `slot` value. */
  readonly slots: ReadonlyMap<AnyValue, number>;
  chunks: MachineInstruction[][];
  chunk: MachineInstruction[];
  pool: Map<string, Pooled>;
  loc: Loc;
}

/** Where a memory access goes: a register or slot base, and an offset that fits its field. */
export interface Address { readonly base: Reg; readonly offset: number }

// ---- Emission ------------------------------------------------------------------------------------------------------

/** An ISA instruction without its location, which `emit` adds. */
export function emit(s: Selector, i: Instruction): void {
  s.chunk.push({ ...i, loc: s.loc });
}

export function emitPseudo(s: Selector, i: MachineInstruction): void {
  s.chunk.push(i);
}

/** Ends the chunk of a value: what is emitted from now on comes before it in the code. */
export function endChunk(s: Selector): void {
  if (s.chunk.length === 0) return;
  s.chunks.push(s.chunk);
  s.chunk = [];
}

/** The block's code in order, with its constants; the selector is ready for the next block. */
export function finishBlock(s: Selector): MachineInstruction[] {
  endChunk(s);
  const before = new Map<number, MachineInstruction[]>();
  for (const { chunk, make } of s.pool.values()) {
    const list = before.get(chunk);
    if (list === undefined) before.set(chunk, [...make]);
    else for (const i of make) list.push(i);
  }
  const code: MachineInstruction[] = [];
  for (let index = s.chunks.length; index >= 0; index--) {
    for (const i of before.get(index) ?? []) code.push(i);
    for (const i of s.chunks[index] ?? []) code.push(i);
  }
  s.chunks = [];
  s.pool = new Map();
  return code;
}

export function copy(s: Selector, dst: Reg, src: Reg): void {
  if (dst !== src) emitPseudo(s, { op: "copies", moves: [{ dst, src }], loc: s.loc });
}

// ---- Values in registers -------------------------------------------------------------------------------------------

/** The value whose register this one shares, because no instruction is needed between them. */
export function origin(s: Selector, value: AnyValue): AnyValue {
  for (let v = value; ; v = v.args[0]) {
    switch (v.op) {
      case "truncate": case "ptrtoint": case "inttoptr": case "opaque": break;
      case "extend":
        if (v.aux.from === 32 && !v.aux.signed && s.upperZero[v.args[0].id] === 1) break;
        if (v.aux.from === 32 && v.type === "i32") break;
        return v;
      default: return v;
    }
  }
}

/** Has anything that comes later asked for the value in a register? */
export function isDemanded(s: Selector, value: AnyValue): boolean {
  return s.registers[origin(s, value).id] !== 0;
}

/** The register that holds the value, 64 bits wide; for an i32 the upper half is unknown unless `upperZero` says so. */
export function register(s: Selector, value: AnyValue): Reg {
  const v = origin(s, value);
  switch (v.op) {
    case "const": return constantRegister(s, registerBits(s, v.aux, v.type === "i32"));
    case "undef": return constantRegister(s, 0n);
    case "symbol": return symbolRegister(s, v.aux, 0);
    case "slot": return frameRegister(s, slotNumber(s, v), 0);
    case "core": return coreRegister(s, v);
    default: {
      const known = s.registers[v.id] as number;
      if (known !== 0) return known;
      const made = newRegister(s.fn);
      s.registers[v.id] = made;
      return made;
    }
  }
}

/** The register that the value's own instruction has to write. */
export function resultRegister(s: Selector, value: AnyValue): Reg {
  const known = s.registers[value.id] as number;
  if (known !== 0) return known;
  const made = newRegister(s.fn);
  s.registers[value.id] = made;
  return made;
}

/** Number of the slot of a `slot` value. */
export function slotNumber(s: Selector, value: AnyValue): number {
  const slot = s.slots.get(value);
  if (slot === undefined) throw new Error(`${s.source.name}: v${value.id} is no slot of the function`);
  return slot;
}

// ---- Constants -----------------------------------------------------------------------------------------------------

const int32Min = -0x80000000n;
const int32Max = 0x7fffffffn;

/** The content of a register that holds a constant: signed 64 bits. An i32 is zero-extended where w registers are. */
export function registerBits(s: Selector, value: bigint, narrow: boolean): bigint {
  if (!narrow) return BigInt.asIntN(64, value);
  return hasAlu32(s.target) ? BigInt.asUintN(32, value) : BigInt.asIntN(32, value);
}

/** The constant of a value as an immediate of an operation of that width; undefined when it is none or does not fit. */
export function immediate(value: AnyValue, width: Width): number | undefined {
  if (value.op !== "const") return undefined;
  const signed = width === 32 ? BigInt.asIntN(32, value.aux) : BigInt.asIntN(64, value.aux);
  return signed >= int32Min && signed <= int32Max ? Number(signed) : undefined;
}

/** The value as second operand: an immediate where it fits, else its register. */
export function operand(s: Selector, value: AnyValue, width: Width): Operand {
  const small = immediate(value, width);
  return small === undefined ? reg(register(s, value)) : imm(small);
}

/** `dst` = the 64 bits, in one slot where a 32-bit immediate gives them by sign or zero extension, else in two. */
export function makeConstant(s: Selector, dst: Reg, bits: bigint): Instruction {
  const signed = BigInt.asIntN(64, bits);
  if (signed >= int32Min && signed <= int32Max) {
    return mov(hasAlu32(s.target) && signed >= 0n ? 32 : 64, dst, imm(Number(signed)));
  }
  if (hasAlu32(s.target) && signed > 0n && signed <= 0xffffffffn) {
    return mov(32, dst, imm(Number(BigInt.asIntN(32, signed))));
  }
  return loadImmediate64(dst, signed);
}

function pooled(s: Selector, key: string, make: (dst: Reg) => MachineInstruction): Reg {
  const chunk = s.chunks.length;
  const found = s.pool.get(key);
  if (found !== undefined) {
    found.chunk = chunk;
    return found.reg;
  }
  const dst = newRegister(s.fn);
  s.pool.set(key, { reg: dst, make: [make(dst)], chunk });
  return dst;
}

export function constantRegister(s: Selector, bits: bigint): Reg {
  return pooled(s, `${bits}`, (dst) => ({ ...makeConstant(s, dst, bits), loc: s.loc }));
}

export function symbolRegister(s: Selector, symbol: Symbol, addend: number): Reg {
  return pooled(s, `@${symbol.name}+${addend}`, (dst) => ({ ...loadAddress(dst, symbol.name, addend), loc: s.loc }));
}

export function frameRegister(s: Selector, slot: number, offset: number): Reg {
  return pooled(s, `slot${slot}+${offset}`, (dst) => ({ op: "frame", dst, slot, offset, loc: s.loc }));
}

// ---- CO-RE ---------------------------------------------------------------------------------------------------------

/** The number by which an instruction says that the loader writes the answer to the query into it. */
export function noteOf(s: Selector, value: Value<"core">): number {
  const known = s.fn.queries.indexOf(value.aux);
  return known >= 0 ? known : s.fn.queries.push(value.aux) - 1;
}

/**
 * `dst` = the answer. Ids and enumerators may take 64 bits, all others are immediates of 32: the forms that libbpf's
 * bpf_core_patch_insn knows (tools/lib/bpf/relo_core.c).
 */
export function makeCore(s: Selector, dst: Reg, value: Value<"core">): MachineInstruction {
  const note = noteOf(s, value);
  switch (value.aux.kind) {
    case "enumval_exists": case "enumval_value": case "local_type_id": case "target_type_id":
      return { ...loadImmediate64(dst, value.aux.value), note, loc: s.loc };
    default:
      return { ...mov(64, dst, imm(Number(value.aux.value))), note, loc: s.loc };
  }
}

function coreRegister(s: Selector, value: Value<"core">): Reg {
  return pooled(s, `core${noteOf(s, value)}`, (dst) => makeCore(s, dst, value));
}

// ---- Addresses -----------------------------------------------------------------------------------------------------

/** A pointer taken apart: what it starts from, and the constant bytes added to that. */
export function splitPointer(pointer: AnyValue): { base: AnyValue; offset: number } {
  let base = pointer;
  let offset = 0n;
  while (base.op === "ptradd") {
    const step = base.args[1];
    if (step.op !== "const") break;
    const sum = offset + BigInt.asIntN(64, step.aux);
    if (sum < int32Min || sum > int32Max) break;
    offset = sum;
    base = base.args[0];
  }
  return { base, offset: Number(offset) };
}

/**
 * The address of an access of up to `bytes` bytes: constant offsets go into the instruction as far as its 16 bits
 * reach.
 */
export function address(s: Selector, pointer: AnyValue, bytes: number): Address {
  const { base, offset } = splitPointer(pointer);
  const fits = offset >= -0x8000 && offset + bytes - 1 <= 0x7fff;
  if (base.op === "slot") return { base: slotBase(slotNumber(s, base)), offset };
  if (fits) return { base: register(s, base), offset };
  return { base: register(s, pointer), offset: 0 };
}

/** The address of a memory instruction: a relocated offset from a register goes into it, with its note. */
export function relocatedAddress(s: Selector, pointer: AnyValue, bytes: number): Address & { readonly note?: number } {
  if (pointer.op !== "ptradd" || pointer.args[1].op !== "core") return address(s, pointer, bytes);
  const offset = Number(pointer.args[1].aux.value);
  if (offset < 0 || offset + bytes - 1 > 0x7fff) return address(s, pointer, bytes);
  return { base: register(s, pointer.args[0]), offset, note: noteOf(s, pointer.args[1]) };
}

/** Width of operations on values of the type: w registers hold i32 where they exist. */
export function widthOf(s: Selector, value: AnyValue): Width {
  return value.type === "i32" && hasAlu32(s.target) ? 32 : 64;
}
