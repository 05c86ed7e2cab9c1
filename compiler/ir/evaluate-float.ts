/**
 * The value of a floating operation on constants, bit for bit as IEC 60559 has it: rounded once, to nearest, ties to
 * even.
 *
 * A binary64 is computed by JavaScript's numbers, which are that. A binary32 sum, product or quotient is computed in
 * binary64 and rounded again, which is right since 53 >= 2 * 24 + 2 bits. NaN operands are handed on quiet, the first
 * one first.
 */
import { unreachable } from "../source/unreachable.ts";
import {
  bitsOfFloat, floatOfBits, floatOfInteger, infinityBits, integerOfFloat, isNanBits, quietBit,
} from "../types/float.ts";
import type { FloatWidth } from "../types/float.ts";
import type { Value } from "./module.ts";
import type { Outcomes, Type } from "./ops.ts";

export type FloatOp = "fadd" | "fsub" | "fmul" | "fdiv" | "fcompare" | "fresize" | "fromint" | "toint";

/** The sets of outcomes that C's comparisons ask for. */
export const outcomes = { less: 1, equal: 2, greater: 4, unordered: 8, all: 15 } as const;

/** The format that an IR type holds. */
export function floatWidth(type: Type): FloatWidth {
  return type === "i32" ? 32 : 64;
}

export function isFloatOp(op: string): op is FloatOp {
  switch (op) {
    case "fadd": case "fsub": case "fmul": case "fdiv": case "fcompare": case "fresize": case "fromint": case "toint":
      return true;
    default:
      return false;
  }
}

/** Operands and results are unsigned residues, as `const` keeps them. */
export function evaluateFloat(value: { [O in FloatOp]: Value<O> }[FloatOp], args: readonly bigint[]): bigint {
  const [x = 0n, y = 0n] = args;
  const width = floatWidth(value.type);
  switch (value.op) {
    case "fadd": case "fsub": case "fmul": case "fdiv": return arithmetic(value.op, x, y, width);
    case "fcompare": return (value.aux & compareFloats(x, y, floatWidth(value.args[0].type))) !== 0 ? 1n : 0n;
    case "fresize": return resize(x, floatWidth(value.args[0].type), width);
    case "fromint": {
      const bits = value.args.length === 2 ? 128 : floatWidth(value.args[0].type);
      const joined = value.args.length === 2 ? (y << 64n) | x : x;
      return bitsOfFloat(floatOfInteger(value.aux.signed ? BigInt.asIntN(bits, joined) : joined, width), width);
    }
    case "toint": {
      const from = floatWidth(value.args[0].type);
      const part = (isNanBits(x, from) ? 0n : integerOfFloat(floatOfBits(x, from))) >> BigInt(value.aux.shift);
      const wrapped = value.aux.signed ? BigInt.asIntN(value.aux.bits, part) : BigInt.asUintN(value.aux.bits, part);
      return BigInt.asUintN(width, wrapped);
    }
    default: return unreachable(value);
  }
}

function arithmetic(op: "fadd" | "fsub" | "fmul" | "fdiv", x: bigint, y: bigint, width: FloatWidth): bigint {
  if (isNanBits(x, width)) return x | quietBit(width);
  if (isNanBits(y, width)) return y | quietBit(width);
  const a = floatOfBits(x, width);
  const b = floatOfBits(y, width);
  switch (op) {
    case "fadd": return bitsOfFloat(a + b, width);
    case "fsub": return bitsOfFloat(a - b, width);
    case "fmul": return bitsOfFloat(a * b, width);
    case "fdiv": return bitsOfFloat(a / b, width);
    default: return unreachable(op);
  }
}

/** The one outcome of comparing two values. */
export function compareFloats(x: bigint, y: bigint, width: FloatWidth): Outcomes {
  const a = floatOfBits(x, width);
  const b = floatOfBits(y, width);
  return a < b ? outcomes.less : a > b ? outcomes.greater : a === b ? outcomes.equal : outcomes.unordered;
}

/** The outcomes as they are when the operands are exchanged. */
export function swappedOutcomes(set: Outcomes): Outcomes {
  return (set & (outcomes.equal | outcomes.unordered)) | ((set & outcomes.less) !== 0 ? outcomes.greater : 0) |
    ((set & outcomes.greater) !== 0 ? outcomes.less : 0);
}

function resize(x: bigint, from: FloatWidth, to: FloatWidth): bigint {
  if (from === to) return x;
  if (!isNanBits(x, from)) return bitsOfFloat(floatOfBits(x, from), to);
  const sign = (x >> BigInt(from - 1)) << BigInt(to - 1);
  const fraction = to === 64 ? (x & 0x7fffffn) << 29n : (x >> 29n) & 0x7fffffn;
  return sign | infinityBits(to) | quietBit(to) | fraction;
}
