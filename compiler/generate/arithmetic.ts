/**
 * Selection of the operations that compute: integer arithmetic, extensions, byte order, pointer sums.
 *
 * Most are rows of a table: `dst = left; dst op= right`, the second operand an immediate where it fits. For the
 * commutative ones the operand that is not needed any more comes first, so that its register can be the result's.
 * Without v4, sign extension is two shifts.
 */
import type { AluOp, Width } from "../../assembler/isa/instruction.ts";
import { alu, byteSwap, imm, moveSigned, mov, reg } from "../../assembler/isa/instruction.ts";
import type { AnyValue, Value } from "../ir/module.ts";
import { successors } from "../ir/module.ts";
import { hasAlu32, hasV4 } from "../source/options.ts";
import type { Reg } from "./machine.ts";
import { mayBeStack } from "./pointers.ts";
import type { Selector } from "./selector.ts";
import { copy, emit, emitPseudo, immediate, isDemanded, noteOf, operand, register, slotNumber, splitPointer, widthOf }
  from "./selector.ts";

type BinaryOp =
  | "add" | "sub" | "mul" | "udiv" | "urem" | "sdiv" | "srem" | "and" | "or" | "xor" | "shl" | "lshr" | "ashr";

const table: Readonly<Record<BinaryOp, { readonly alu: AluOp; readonly commutative: boolean }>> = {
  add: { alu: "add", commutative: true },
  sub: { alu: "sub", commutative: false },
  mul: { alu: "mul", commutative: true },
  udiv: { alu: "div", commutative: false },
  urem: { alu: "mod", commutative: false },
  sdiv: { alu: "sdiv", commutative: false },
  srem: { alu: "smod", commutative: false },
  and: { alu: "and", commutative: true },
  or: { alu: "or", commutative: true },
  xor: { alu: "xor", commutative: true },
  shl: { alu: "lsh", commutative: false },
  lshr: { alu: "rsh", commutative: false },
  ashr: { alu: "arsh", commutative: false },
};

/** `dst = left op right` of a two-operand operation. */
export function selectBinary(s: Selector, value: Value<BinaryOp>, dst: Reg): void {
  const [first, second] = value.args as [AnyValue, AnyValue];
  const width = widthOf(s, value);
  if ((value.op === "sdiv" || value.op === "srem") && !hasV4(s.target)) {
    throw new Error(`${s.source.name}: v${value.id} (${value.op}) must be expanded before code generation`);
  }
  const row = table[value.op];
  let [left, right] = [first, second];
  if (row.commutative && isBetterLeft(s, value, right, left)) [left, right] = [right, left];
  const constant = immediate(right, width);
  if (value.op === "and" && right.op === "const" && width === 64 && maskByExtension(s, right.aux, left, dst)) return;
  if (value.op === "sub" && constant !== undefined && constant !== -0x80000000) {
    copy(s, dst, register(s, left));
    emit(s, alu("add", width, dst, imm(-constant)));
    return;
  }
  const small = immediate(left, width);
  const division = row.alu === "div" || row.alu === "mod" || row.alu === "sdiv" || row.alu === "smod";
  const shift = row.alu === "lsh" || row.alu === "rsh" || row.alu === "arsh";
  const from = right;
  // The encoding has no immediate division by 0 and no shift by the width or more.
  const bad = constant !== undefined && ((division && constant === 0) || (shift && (constant < 0 || constant >= width)));
  if (small !== undefined) emit(s, mov(width, dst, imm(small)));
  else copy(s, dst, register(s, left));
  emit(s, alu(row.alu, width, dst, bad ? reg(register(s, from)) : operand(s, from, width)));
  if (s.unseenZero.has(value)) emit(s, mov(32, dst, reg(dst)));
}

/**
 * Is it better to have `candidate` as the first operand? A constant never; what goes around a loop with the result; a
 * register that dies here rather than not.
 */
function isBetterLeft(s: Selector, value: AnyValue, candidate: AnyValue, current: AnyValue): boolean {
  if (candidate.op === "const") return false;
  if (current.op === "const") return true;
  if (meets(candidate, value) !== meets(current, value)) return meets(candidate, value);
  return isDemanded(s, current) && !isDemanded(s, candidate);
}

/** Does the operand take the result when control comes here again, and is not wanted before that? */
function meets(operand: AnyValue, value: AnyValue): boolean {
  if (operand.op !== "phi" || value.block === undefined) return false;
  const { block } = value;
  const returns = successors(block).every((next) => next === operand.block);
  return operand.uses.every((user) => user === value || (returns && user.block !== block)) && operand.args.some((arg) => (
    arg === value || (arg.op === "phi" && arg !== operand && arg.args.includes(value))
  ));
}

/** A mask of the low 32 bits is a move between w registers; without those, two shifts: no immediate says it. */
function maskByExtension(s: Selector, mask: bigint, value: AnyValue, dst: Reg): boolean {
  if (BigInt.asUintN(64, mask) !== 0xffffffffn) return false;
  zeroExtend(s, dst, register(s, value));
  return true;
}

function zeroExtend(s: Selector, dst: Reg, src: Reg): void {
  if (hasAlu32(s.target)) emit(s, mov(32, dst, reg(src)));
  else shiftPair(s, 64, dst, src, 32, "rsh");
}

function shiftPair(s: Selector, width: Width, dst: Reg, src: Reg, count: number, back: "rsh" | "arsh"): void {
  copy(s, dst, src);
  emit(s, alu("lsh", width, dst, imm(count)));
  emit(s, alu(back, width, dst, imm(count)));
}

/** `dst` = the low `from` bits of the value, extended. */
export function selectExtend(s: Selector, value: Value<"extend">, dst: Reg): void {
  const { from, signed } = value.aux;
  extendRegister(s, dst, register(s, value.args[0]), from, signed, widthOf(s, value));
}

/** Extends the low bits of `src` to a register of the width. */
export function extendRegister(
  s: Selector, dst: Reg, src: Reg, from: 8 | 16 | 32, signed: boolean, width: Width,
): void {
  if (!signed) {
    if (from === 32) zeroExtend(s, dst, src);
    else {
      copy(s, dst, src);
      emit(s, alu("and", hasAlu32(s.target) ? 32 : 64, dst, imm(from === 8 ? 0xff : 0xffff)));
    }
  } else if (from === width) copy(s, dst, src);
  else if (hasV4(s.target)) emit(s, moveSigned(width, dst, from, src));
  else shiftPair(s, width, dst, src, width - from, "arsh");
}

export function selectNegate(s: Selector, value: Value<"neg">, dst: Reg): void {
  copy(s, dst, register(s, value.args[0]));
  emit(s, { op: "neg", width: widthOf(s, value), dst });
  if (s.unseenZero.has(value)) emit(s, mov(32, dst, reg(dst)));
}

/** Reversed bytes: v4 has an instruction for it; before, the one that converts to the order the machine has not. */
export function selectByteSwap(s: Selector, value: Value<"bswap">, dst: Reg): void {
  copy(s, dst, register(s, value.args[0]));
  emit(s, byteSwap(hasV4(s.target) ? "bswap" : s.target.endian === "little" ? "be" : "le", value.aux, dst));
}

/**
 * pointer + bytes. All constant steps are one; from a slot or symbol they are part of its address. What is negated and
 * added is subtracted: of a negated number the verifier knows nothing before Linux 6.17.
 */
export function selectPointerAdd(s: Selector, value: Value<"ptradd">, dst: Reg): void {
  const { base, offset } = splitPointer(value);
  if (base.op === "slot") {
    emitPseudo(s, { op: "frame", dst, slot: slotNumber(s, base), offset, loc: s.loc });
  } else if (base.op === "symbol" && offset > 0) {
    emit(s, { op: "ld_imm64", dst, value: 0n, pseudo: 0, reference: { symbol: base.aux.name, addend: offset } });
  } else if (offset !== 0 && value.args[1].op === "const") {
    copy(s, dst, register(s, base));
    emit(s, alu("add", 64, dst, imm(offset)));
  } else {
    const [pointer, bytes] = value.args as [AnyValue, AnyValue];
    if (bytes.op === "core") {
      copy(s, dst, register(s, pointer));
      emit(s, { ...alu("add", 64, dst, imm(Number(bytes.aux.value))), note: noteOf(s, bytes) });
      return;
    }
    if (bytes.op === "neg" && !mayBeStack(pointer)) {
      copy(s, dst, register(s, pointer));
      emit(s, alu("sub", 64, dst, reg(register(s, bytes.args[0]))));
      return;
    }
    const scaled = bytes.op === "const" ? operand(s, bytes, 64) : undefined;
    if (scaled === undefined && isDemanded(s, pointer) && !isDemanded(s, bytes)) {
      // The sum takes the register of the index, which ends here; the pointer is needed on.
      copy(s, dst, register(s, bytes));
      emit(s, alu("add", 64, dst, reg(register(s, pointer))));
    } else {
      copy(s, dst, register(s, pointer));
      emit(s, alu("add", 64, dst, scaled ?? reg(register(s, bytes))));
    }
  }
}

export function selectPointerDifference(s: Selector, value: Value<"ptrdiff">, dst: Reg): void {
  copy(s, dst, register(s, value.args[0]));
  emit(s, alu("sub", 64, dst, reg(register(s, value.args[1]))));
}
