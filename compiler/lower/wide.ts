/**
 * Integers of 65 to 128 bits (`__int128`, wide `_BitInt`) as pairs of 64-bit values.
 *
 * The IR has no 128-bit type: a wide value is its low and its high half, and an operation on it is a few on the halves.
 * Carries, borrows and long shifts are computed and not branched on, so that a sum does not double the paths that the
 * verifier walks. In memory the halves stand in the target's byte order. A value of fewer than 128 bits is kept
 * extended by its type's signedness, as narrow ones are (values.ts). Expressions of wide type are wide-expression.ts's,
 * division wide-divide.ts's.
 */
import type { BitField, CType } from "../types/ctype.ts";
import { integerOf, isFloat, isPointer, longType, unsignedLongType } from "../types/basic.ts";
import type { AnyValue } from "../ir/module.ts";
import type { Predicate } from "../ir/ops.ts";
import { loadBitField, storeBitField } from "./bitfield.ts";
import {
  binary, branch, compare, emit, enter, int, jump, load, newBlock, offset, phi, store, temporary,
} from "./context.ts";
import type { FunctionContext } from "./context.ts";
import type { Lvalue } from "./lvalue.ts";
import { accessible, convert, scalar } from "./values.ts";
import type { Scalar } from "./values.ts";

/** A value of up to 128 bits; both halves are i64. */
export interface Wide {
  readonly lo: AnyValue;
  readonly hi: AnyValue;
}

export function wideConstant(f: FunctionContext, value: bigint): Wide {
  return { lo: int(f, "i64", value), hi: int(f, "i64", value >> 64n) };
}

// ---- Memory --------------------------------------------------------------------------------------------------------

/** The halves in the order of memory, which is that of argument registers too. */
export function inOrder(f: FunctionContext, { lo, hi }: Wide): readonly [AnyValue, AnyValue] {
  return f.m.options.target.endian === "big" ? [hi, lo] : [lo, hi];
}

export function loadWide(f: FunctionContext, address: AnyValue, align: number, volatile: boolean): Wide {
  const access = { bytes: 8, align: Math.min(align, 8), volatile, signed: false } as const;
  const first = load(f, "i64", address, access);
  const second = load(f, "i64", offset(f, address, 8), access);
  return f.m.options.target.endian === "big" ? { lo: second, hi: first } : { lo: first, hi: second };
}

export function storeWide(f: FunctionContext, address: AnyValue, value: Wide, align: number, volatile: boolean): void {
  const access = { bytes: 8, align: Math.min(align, 8), volatile } as const;
  const [first, second] = inOrder(f, value);
  store(f, address, first, access);
  store(f, offset(f, address, 8), second, access);
}

/** The address of an object of its own that holds the value, for code that moves values about and knows no halves. */
export function boxed(f: FunctionContext, value: Wide): AnyValue {
  const slot = temporary(f, ".wide", 16, 16);
  storeWide(f, slot, value, 16, false);
  return slot;
}

/** Reads an object or bit-field of wide type. */
export function readWide(f: FunctionContext, place: Lvalue): Wide {
  const type = place.type;
  const signed = isSignedWide(type);
  const address = accessible(f, place.address, type);
  if (place.bitField === undefined) return normalizeWide(f, loadWide(f, address, place.align, place.volatile), type);
  const { place: field, recordSize } = place.bitField;
  const read = (part: BitField, s: Scalar): AnyValue => (
    loadBitField(f, address, place.align, { place: part, recordSize }, s, place.volatile)
  );
  if (field.width <= 64) {
    const lo = read(field, halfScalar(signed));
    return { lo, hi: signed ? signOf(f, lo) : int(f, "i64", 0) };
  }
  const { low, high } = halvesOfField(f, field);
  return { lo: read(low, halfScalar(false)), hi: read(high, halfScalar(signed)) };
}

/** Writes an object or bit-field of wide type. */
export function writeWide(f: FunctionContext, place: Lvalue, value: Wide): void {
  const address = accessible(f, place.address, place.type);
  if (place.bitField === undefined) {
    storeWide(f, address, value, place.align, place.volatile);
    return;
  }
  const { place: field, recordSize } = place.bitField;
  storeWideField(f, address, place.align, field, recordSize, value, place.volatile);
}

/** Writes a bit-field of wide type. */
export function storeWideField(
  f: FunctionContext, record: AnyValue, align: number, field: BitField, recordSize: number, value: Wide, volatile: boolean,
): void {
  const write = (part: BitField, bits: AnyValue): void => (
    storeBitField(f, record, align, { place: part, recordSize }, halfScalar(false), bits, volatile)
  );
  if (field.width <= 64) {
    write(field, value.lo);
    return;
  }
  const { low, high } = halvesOfField(f, field);
  write(low, value.lo);
  write(high, value.hi);
}

/** A bit-field of over 64 bits as two: its 64 least significant ones and the rest. */
function halvesOfField(f: FunctionContext, { bitOffset, width }: BitField): { readonly low: BitField; readonly high: BitField } {
  const big = f.m.options.target.endian === "big";
  return {
    low: { bitOffset: big ? bitOffset + width - 64 : bitOffset, width: 64 },
    high: { bitOffset: big ? bitOffset : bitOffset + 64, width: width - 64 },
  };
}

function halfScalar(signed: boolean): Scalar {
  return { type: "i64", bits: 64, bool: false, signed, bytes: 8 };
}

// ---- Conversions ---------------------------------------------------------------------------------------------------

export function isSignedWide(type: CType): boolean {
  return integerOf(type)?.signed ?? false;
}

/** Brings a value to the invariant form of its type: the bits above the width are copies of the sign, or zero. */
export function normalizeWide(f: FunctionContext, value: Wide, type: CType): Wide {
  return cutWide(f, value, integerOf(type)?.width ?? 128, isSignedWide(type));
}

/** The low `width` bits, 1 to 128, extended. */
export function cutWide(f: FunctionContext, { lo, hi }: Wide, width: number, signed: boolean): Wide {
  if (width >= 128) return { lo, hi };
  const extended = (half: AnyValue, bits: number): AnyValue => {
    if (bits === 64) return half;
    const count = int(f, "i64", 64 - bits);
    return binary(f, signed ? "ashr" : "lshr", binary(f, "shl", half, count), count);
  };
  if (width > 64) return { lo, hi: extended(hi, width - 64) };
  const low = extended(lo, width);
  return { lo: low, hi: signed ? signOf(f, low) : int(f, "i64", 0) };
}

/** All bits are the value's sign bit. */
function signOf(f: FunctionContext, value: AnyValue): AnyValue {
  return binary(f, "ashr", value, int(f, "i64", 63));
}

/** A scalar value as a wide one (C11 6.3.1.3). */
export function toWide(f: FunctionContext, value: AnyValue, fromType: CType, toType: CType): Wide {
  const from = scalar(f, fromType);
  if (isFloat(fromType)) {
    const part = (shift: 0 | 64): AnyValue => emit(f, "toint", "i64", [value], { bits: 64, signed: false, shift });
    return normalizeWide(f, { lo: part(0), hi: part(64) }, toType);
  }
  if (value.op === "const") {
    const exact = from.signed ? BigInt.asIntN(from.bits, value.aux) : BigInt.asUintN(from.bits, value.aux);
    const { width } = integerOf(toType) ?? { width: 128 };
    return wideConstant(f, isSignedWide(toType) ? BigInt.asIntN(width, exact) : BigInt.asUintN(width, exact));
  }
  const lo = convert(f, value, fromType, from.signed ? longType : unsignedLongType);
  const exact: Wide = { lo, hi: from.signed ? signOf(f, lo) : int(f, "i64", 0) };
  return from.signed && !isSignedWide(toType) ? normalizeWide(f, exact, toType) : exact;
}

/** A wide value as a scalar one. */
export function fromWide(f: FunctionContext, value: Wide, fromType: CType, toType: CType): AnyValue {
  if (isFloat(toType)) {
    const signed = isSignedWide(fromType);
    return emit(f, "fromint", scalar(f, toType).type, [value.lo, value.hi], { signed });
  }
  if (!isPointer(toType) && scalar(f, toType).bool) return isNonzero(f, value);
  return convert(f, value.lo, unsignedLongType, toType);
}

// ---- Arithmetic ----------------------------------------------------------------------------------------------------

export function bitwise(f: FunctionContext, op: "and" | "or" | "xor", a: Wide, b: Wide): Wide {
  return { lo: binary(f, op, a.lo, b.lo), hi: binary(f, op, a.hi, b.hi) };
}

export function complementWide(f: FunctionContext, a: Wide): Wide {
  return bitwise(f, "xor", a, wideConstant(f, -1n));
}

function complement(f: FunctionContext, a: AnyValue): AnyValue {
  return binary(f, "xor", a, int(f, "i64", -1n));
}

/** The carry of a 64-bit sum: the top bit of "both had it, or one had it and the sum has not". */
function carry(f: FunctionContext, a: AnyValue, b: AnyValue, sum: AnyValue): AnyValue {
  const lost = binary(f, "and", binary(f, "or", a, b), complement(f, sum));
  return binary(f, "lshr", binary(f, "or", binary(f, "and", a, b), lost), int(f, "i64", 63));
}

/** The borrow of a 64-bit difference a - b. */
function borrow(f: FunctionContext, a: AnyValue, b: AnyValue, difference: AnyValue): AnyValue {
  const not = complement(f, a);
  const kept = binary(f, "and", binary(f, "or", not, b), difference);
  return binary(f, "lshr", binary(f, "or", binary(f, "and", not, b), kept), int(f, "i64", 63));
}

/** The sum modulo 2^128, and the carry out of it (i64 0 or 1). */
export function addCarry(f: FunctionContext, a: Wide, b: Wide): { readonly value: Wide; readonly out: AnyValue } {
  const lo = binary(f, "add", a.lo, b.lo);
  const high = binary(f, "add", a.hi, b.hi);
  const inner = carry(f, a.lo, b.lo, lo);
  const hi = binary(f, "add", high, inner);
  // At most one of the two steps carries: a high half of all ones left by the first one takes no carry with it.
  const out = binary(f, "or", carry(f, a.hi, b.hi, high), carry(f, high, inner, hi));
  return { value: { lo, hi }, out };
}

/** The difference modulo 2^128, and whether b is above a (i64 0 or 1). */
export function subtractBorrow(f: FunctionContext, a: Wide, b: Wide): { readonly value: Wide; readonly out: AnyValue } {
  const lo = binary(f, "sub", a.lo, b.lo);
  const high = binary(f, "sub", a.hi, b.hi);
  const inner = borrow(f, a.lo, b.lo, lo);
  const hi = binary(f, "sub", high, inner);
  const out = binary(f, "or", borrow(f, a.hi, b.hi, high), borrow(f, high, inner, hi));
  return { value: { lo, hi }, out };
}

export function addWide(f: FunctionContext, a: Wide, b: Wide): Wide {
  const lo = binary(f, "add", a.lo, b.lo);
  return { lo, hi: binary(f, "add", binary(f, "add", a.hi, b.hi), carry(f, a.lo, b.lo, lo)) };
}

export function subtractWide(f: FunctionContext, a: Wide, b: Wide): Wide {
  const lo = binary(f, "sub", a.lo, b.lo);
  return { lo, hi: binary(f, "sub", binary(f, "sub", a.hi, b.hi), borrow(f, a.lo, b.lo, lo)) };
}

export function negateWide(f: FunctionContext, a: Wide): Wide {
  return subtractWide(f, wideConstant(f, 0n), a);
}

/** All ones when the sign is set, else 0, in both halves. */
export function signMask(f: FunctionContext, a: Wide): Wide {
  const sign = signOf(f, a.hi);
  return { lo: sign, hi: sign };
}

/** The negated value where the mask is all ones, the value where it is 0. */
export function negateWhere(f: FunctionContext, a: Wide, mask: Wide): Wide {
  return subtractWide(f, bitwise(f, "xor", a, mask), mask);
}

export function multiplyWide(f: FunctionContext, a: Wide, b: Wide): Wide {
  const { lo, hi } = fullProduct(f, a.lo, b.lo);
  const cross = binary(f, "add", binary(f, "mul", a.lo, b.hi), binary(f, "mul", a.hi, b.lo));
  return { lo, hi: binary(f, "add", hi, cross) };
}

/** The 128-bit product of two unsigned 64-bit values, from four products of halves. */
export function fullProduct(f: FunctionContext, a: AnyValue, b: AnyValue): Wide {
  const half = int(f, "i64", 32);
  const low = (x: AnyValue): AnyValue => binary(f, "and", x, int(f, "i64", 0xffffffffn));
  const high = (x: AnyValue): AnyValue => binary(f, "lshr", x, half);
  const lowLow = binary(f, "mul", low(a), low(b));
  const cross = binary(f, "add", binary(f, "mul", high(a), low(b)), high(lowLow));
  const middle = binary(f, "add", binary(f, "mul", low(a), high(b)), low(cross));
  const hi = binary(f, "add", binary(f, "add", binary(f, "mul", high(a), high(b)), high(cross)), high(middle));
  return { lo: binary(f, "mul", a, b), hi };
}

export type WideShift = "shl" | "lshr" | "ashr";

/** A shift by 0 to 127 bits; `count` is i64. */
export function shiftWide(f: FunctionContext, op: WideShift, value: Wide, count: AnyValue): Wide {
  return count.op === "const" ? shiftByConstant(f, op, value, Number(count.aux & 127n)) : shiftByVariable(f, op, value, count);
}

function shiftByConstant(f: FunctionContext, op: WideShift, { lo, hi }: Wide, count: number): Wide {
  if (count === 0) return { lo, hi };
  const n = (bits: number): AnyValue => int(f, "i64", bits);
  const by = (x: AnyValue, shift: WideShift, bits: number): AnyValue => bits === 0 ? x : binary(f, shift, x, n(bits));
  if (op === "shl") {
    if (count >= 64) return { lo: n(0), hi: by(lo, "shl", count - 64) };
    return { lo: by(lo, "shl", count), hi: binary(f, "or", by(hi, "shl", count), by(lo, "lshr", 64 - count)) };
  }
  if (count >= 64) return { lo: by(hi, op, count - 64), hi: op === "ashr" ? signOf(f, hi) : n(0) };
  return { lo: binary(f, "or", by(lo, "lshr", count), by(hi, "shl", 64 - count)), hi: by(hi, op, count) };
}

/**
 * Both the near shift and the move by a whole half are computed; a mask made of the count's bit 6 takes one of them.
 */
function shiftByVariable(f: FunctionContext, op: WideShift, { lo, hi }: Wide, count: AnyValue): Wide {
  const one = int(f, "i64", 1);
  const near = binary(f, "and", count, int(f, "i64", 63));
  // 63 - near, after a shift by one: together 64 - near, and right for near = 0.
  const back = binary(f, "xor", near, int(f, "i64", 63));
  const bit = binary(f, "and", binary(f, "lshr", count, int(f, "i64", 6)), one);
  const far = emit(f, "neg", "i64", [bit], undefined);
  const notFar = complement(f, far);
  const keep = (x: AnyValue): AnyValue => binary(f, "and", x, notFar);
  const take = (x: AnyValue): AnyValue => binary(f, "and", x, far);
  if (op === "shl") {
    const low = binary(f, "shl", lo, near);
    const over = binary(f, "lshr", binary(f, "lshr", lo, one), back);
    const high = binary(f, "or", binary(f, "shl", hi, near), over);
    return { lo: keep(low), hi: binary(f, "or", keep(high), take(low)) };
  }
  const high = binary(f, op, hi, near);
  const over = binary(f, "shl", binary(f, "shl", hi, one), back);
  const low = binary(f, "or", binary(f, "lshr", lo, near), over);
  const kept = keep(high);
  return {
    lo: binary(f, "or", keep(low), take(high)),
    hi: op === "ashr" ? binary(f, "or", kept, take(signOf(f, hi))) : kept,
  };
}

// ---- Comparison ----------------------------------------------------------------------------------------------------

/** i32 1 when the value is not 0. */
export function isNonzero(f: FunctionContext, { lo, hi }: Wide): AnyValue {
  return compare(f, "ne", binary(f, "or", lo, hi), int(f, "i64", 0));
}

/**
 * Compares as two full values: the high halves decide by the predicate, or, when equal, the low ones by its unsigned
 * kin.
 */
export function compareWide(f: FunctionContext, predicate: Predicate, a: Wide, b: Wide): AnyValue {
  if (predicate === "eq" || predicate === "ne") {
    const { lo, hi } = bitwise(f, "xor", a, b);
    return compare(f, predicate, binary(f, "or", lo, hi), int(f, "i64", 0));
  }
  const zero = b.lo.op === "const" && b.lo.aux === 0n && b.hi.op === "const" && b.hi.aux === 0n;
  if (zero && (predicate === "slt" || predicate === "sge")) return compare(f, predicate, a.hi, b.hi);
  const low = newBlock(f);
  const high = newBlock(f);
  const end = newBlock(f);
  branch(f, compare(f, "eq", a.hi, b.hi), low, high);
  f.block = low;
  const byLow = compare(f, unsignedKin[predicate], a.lo, b.lo);
  jump(f, end);
  f.block = high;
  const byHigh = compare(f, predicate, a.hi, b.hi);
  enter(f, end);
  return phi(f, "i32", [[low, byLow], [high, byHigh]]);
}

const unsignedKin: { readonly [P in Predicate]: Predicate } = {
  eq: "eq", ne: "ne", ult: "ult", ule: "ule", ugt: "ugt", uge: "uge", slt: "ult", sle: "ule", sgt: "ugt", sge: "uge",
};
