/**
 * `__builtin_add_overflow` and its kind where an operand or the result has more than 64 bits.
 *
 * Operands of any sign and width are taken as a sign and a magnitude of 128 bits, which holds each of them exactly; the
 * result is one again, with a note of what went past 128 bits. It fits when nothing did and the magnitude is within
 * what the result's type has on that side of 0. Nothing here branches.
 */
import type { BuiltinExpr, Expression } from "../ast/program.ts";
import { int128Type, integerOf, pointee, unsignedInt128Type } from "../types/basic.ts";
import type { CType } from "../types/ctype.ts";
import { alignOf } from "../types/layout.ts";
import type { AnyValue } from "../ir/module.ts";
import { binary, emit, int, store } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { expression } from "./expression.ts";
import type { OverflowOperator } from "./overflow.ts";
import { accessible, accessOf, isWide, scalar } from "./values.ts";
import { convertToWide } from "./wide-expression.ts";
import {
  addCarry, addWide, bitwise, complementWide, fromWide, fullProduct, isSignedWide, negateWhere, normalizeWide, signMask,
  storeWide, subtractBorrow, wideConstant,
} from "./wide.ts";
import type { Wide } from "./wide.ts";

interface Signed {
  /** All ones in both halves when negative, else 0. */
  readonly sign: Wide;
  readonly magnitude: Wide;
}

/** The checked operation of (left, right, pointer to result): stores the result, gives i32 1 when it was cut. */
export function wideOverflow(f: FunctionContext, e: BuiltinExpr, operator: OverflowOperator): AnyValue {
  const [left, right, result] = e.arguments;
  const a = signedOf(f, left);
  const b = signedOf(f, right);
  const type = pointee(result.type);
  const pointer = accessible(f, expression(f, result), type);
  f.loc = e.loc;
  const { sign, magnitude, lost } = operator === "mul" ? product(f, a, b)
    : sum(f, a, operator === "sub" ? { sign: complementWide(f, b.sign), magnitude: b.magnitude } : b);
  const value = negateWhere(f, magnitude, sign);
  if (isWide(type)) storeWide(f, pointer, normalizeWide(f, value, type), alignOf(type), false);
  else store(f, pointer, fromWide(f, value, int128Type, type), accessOf(scalar(f, type), alignOf(type), false));
  const past = binary(f, "or", lost, above(f, magnitude, limit(f, sign, type)));
  return emit(f, "truncate", "i32", [past], undefined);
}

function signedOf(f: FunctionContext, e: Expression): Signed {
  const signed = isSignedWide(e.type);
  const value = convertToWide(f, e, signed ? int128Type : unsignedInt128Type);
  if (!signed) return { sign: wideConstant(f, 0n), magnitude: value };
  const sign = signMask(f, value);
  return { sign, magnitude: negateWhere(f, value, sign) };
}

/** The greatest magnitude that the type has on the sign's side of 0. */
function limit(f: FunctionContext, sign: Wide, type: CType): Wide {
  const { width, signed } = integerOf(type) ?? { width: 128, signed: true };
  const most = wideConstant(f, (1n << BigInt(signed ? width - 1 : width)) - 1n);
  if (!signed) return bitwise(f, "and", most, complementWide(f, sign));
  return addWide(f, most, bitwise(f, "and", sign, wideConstant(f, 1n)));
}

/** i64 1 when a is above b, unsigned. */
function above(f: FunctionContext, a: Wide, b: Wide): AnyValue {
  return subtractBorrow(f, b, a).out;
}

interface Exact extends Signed {
  /** i64 1 when the magnitude has lost bits. */
  readonly lost: AnyValue;
}

/** Equal signs add up; else the lesser magnitude is taken from the greater one, whose sign wins. */
function sum(f: FunctionContext, a: Signed, b: Signed): Exact {
  const differ = bitwise(f, "xor", a.sign, b.sign);
  const added = addCarry(f, a.magnitude, b.magnitude);
  const taken = subtractBorrow(f, a.magnitude, b.magnitude);
  const turn = emit(f, "neg", "i64", [taken.out], undefined);
  const turned = { lo: turn, hi: turn };
  const difference = negateWhere(f, taken.value, turned);
  const magnitude = bitwise(f, "or", bitwise(f, "and", difference, differ),
    bitwise(f, "and", added.value, complementWide(f, differ)));
  const sign = bitwise(f, "xor", a.sign, bitwise(f, "and", differ, turned));
  const lost = binary(f, "and", added.out, complementWide(f, differ).lo);
  return { sign, magnitude, lost };
}

/** The product of halves: what a high half multiplies must stay within the upper 64 bits. */
function product(f: FunctionContext, a: Signed, b: Signed): Exact {
  const low = fullProduct(f, a.magnitude.lo, b.magnitude.lo);
  const crossA = fullProduct(f, a.magnitude.hi, b.magnitude.lo);
  const crossB = fullProduct(f, a.magnitude.lo, b.magnitude.hi);
  const zero = int(f, "i64", 0);
  const first = addCarry(f, low, { lo: zero, hi: crossA.lo });
  const second = addCarry(f, first.value, { lo: zero, hi: crossB.lo });
  const bothHigh = binary(f, "and", nonzero(f, a.magnitude.hi), nonzero(f, b.magnitude.hi));
  const past = binary(f, "or", nonzero(f, crossA.hi), nonzero(f, crossB.hi));
  const lost = binary(f, "or", binary(f, "or", bothHigh, past), binary(f, "or", first.out, second.out));
  return { sign: bitwise(f, "xor", a.sign, b.sign), magnitude: second.value, lost };
}

/** i64 1 when the value is not 0: the sign bit of "it or its negation". */
function nonzero(f: FunctionContext, value: AnyValue): AnyValue {
  const either = binary(f, "or", value, emit(f, "neg", "i64", [value], undefined));
  return binary(f, "lshr", either, int(f, "i64", 63));
}
