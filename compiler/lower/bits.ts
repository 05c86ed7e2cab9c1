/**
 * Bit builtins as arithmetic: BPF has no instructions for them, and none of these forms branches, so that a loop over
 * packets does not become a tree of paths for the verifier.
 *
 * Population count adds neighbouring fields of 1, 2, 4 bits and sums the bytes by a multiplication; leading zeros smear
 * the top bit downwards and count what is left; trailing zeros count the bits below the lowest set one.
 */
import type { AnyValue } from "../ir/module.ts";
import type { Type } from "../ir/ops.ts";
import { binary, emit, extend, int } from "./context.ts";
import type { FunctionContext } from "./context.ts";

type Width = 32 | 64;

function typeOf(width: Width): Type {
  return width === 32 ? "i32" : "i64";
}

/** A byte repeated over the width. */
function bytes(f: FunctionContext, width: Width, byte: bigint): AnyValue {
  let value = 0n;
  for (let i = 0; i < width; i += 8) value |= byte << BigInt(i);
  return int(f, typeOf(width), value);
}

function complement(f: FunctionContext, value: AnyValue): AnyValue {
  return binary(f, "xor", value, int(f, value.type, -1n));
}

/** Number of set bits, in the width's type. */
export function popcount(f: FunctionContext, x: AnyValue, width: Width): AnyValue {
  const n = (count: number): AnyValue => int(f, typeOf(width), count);
  const pairs = binary(f, "sub", x, binary(f, "and", binary(f, "lshr", x, n(1)), bytes(f, width, 0x55n)));
  const low = binary(f, "and", pairs, bytes(f, width, 0x33n));
  const high = binary(f, "and", binary(f, "lshr", pairs, n(2)), bytes(f, width, 0x33n));
  const fours = binary(f, "add", low, high);
  const eights = binary(f, "and", binary(f, "add", fours, binary(f, "lshr", fours, n(4))), bytes(f, width, 0x0fn));
  return binary(f, "lshr", binary(f, "mul", eights, bytes(f, width, 1n)), n(width - 8));
}

/** Leading zeros; the width for 0 (C leaves 0 undefined). */
export function countLeadingZeros(f: FunctionContext, x: AnyValue, width: Width): AnyValue {
  let smeared = x;
  for (let shift = 1; shift < width; shift *= 2) {
    smeared = binary(f, "or", smeared, binary(f, "lshr", smeared, int(f, x.type, shift)));
  }
  return popcount(f, complement(f, smeared), width);
}

/** Trailing zeros; the width for 0. */
export function countTrailingZeros(f: FunctionContext, x: AnyValue, width: Width): AnyValue {
  const below = binary(f, "and", complement(f, x), binary(f, "sub", x, int(f, x.type, 1)));
  return popcount(f, below, width);
}

/** One more than the index of the lowest set bit, 0 for 0: trailing zeros plus one, cleared by "x is 0" as a mask. */
export function findFirstSet(f: FunctionContext, x: AnyValue, width: Width): AnyValue {
  const sign = int(f, x.type, width - 1);
  const nonzero = binary(f, "ashr", binary(f, "or", x, emit(f, "neg", x.type, [x], undefined)), sign);
  const count = binary(f, "add", countTrailingZeros(f, x, width), int(f, x.type, 1));
  return binary(f, "and", count, nonzero);
}

export function parity(f: FunctionContext, x: AnyValue, width: Width): AnyValue {
  let folded = x;
  for (let shift = width / 2; shift >= 1; shift /= 2) {
    folded = binary(f, "xor", folded, binary(f, "lshr", folded, int(f, x.type, shift)));
  }
  return binary(f, "and", folded, int(f, x.type, 1));
}

/** Redundant sign bits: leading bits equal to the sign, less the sign itself. */
export function countRedundantSignBits(f: FunctionContext, x: AnyValue, width: Width): AnyValue {
  const sign = binary(f, "ashr", x, int(f, x.type, width - 1));
  const leading = countLeadingZeros(f, binary(f, "xor", x, sign), width);
  return binary(f, "sub", leading, int(f, x.type, 1));
}

/** |x| without a branch: flip all bits and add one when negative. */
export function absolute(f: FunctionContext, x: AnyValue): AnyValue {
  const sign = binary(f, "ashr", x, int(f, x.type, x.type === "i32" ? 31 : 63));
  return binary(f, "sub", binary(f, "xor", x, sign), sign);
}

/** Reverses the low `bits` bits; the rest of the result is zero. */
export function bitReverse(f: FunctionContext, x: AnyValue, bits: 8 | 16 | 32 | 64): AnyValue {
  const width: Width = x.type === "i32" ? 32 : 64;
  let value = bits === 8 ? x : emit(f, "bswap", x.type, [x], bits);
  for (const [shift, mask] of [[4, 0x0fn], [2, 0x33n], [1, 0x55n]] as const) {
    const count = int(f, x.type, shift);
    const keep = bytes(f, width, mask);
    const up = binary(f, "shl", binary(f, "and", value, keep), count);
    value = binary(f, "or", up, binary(f, "and", binary(f, "lshr", value, count), keep));
  }
  return bits === 8 ? extend(f, value, 8, false, x.type) : value;
}

/** Rotates the low `bits` bits of a value that is zero above them. */
export function rotate(f: FunctionContext, x: AnyValue, count: AnyValue, bits: 8 | 16 | 32 | 64, left: boolean): AnyValue {
  const mask = int(f, x.type, bits - 1);
  const forth = binary(f, "and", count, mask);
  const back = binary(f, "and", emit(f, "neg", x.type, [count], undefined), mask);
  const joined = binary(f, "or", binary(f, left ? "shl" : "lshr", x, forth), binary(f, left ? "lshr" : "shl", x, back));
  return bits === 8 || bits === 16 ? extend(f, joined, bits, false, x.type) : joined;
}
