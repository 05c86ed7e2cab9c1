/**
 * `__builtin_add_overflow` and its kind: the exact result, cut to the result's type, and whether cutting changed it.
 *
 * Where operands and result are 32 bits or less the exact result fits 64 bits, and the test is whether extension of the
 * cut value gives it back. Full-width operations of one signedness use the carry and sign rules: unsigned sum below an
 * operand, difference of a smaller minuend, signs of operands against the sign of the result; a product is checked by
 * its high half. Mixed widths and signs with 64 bits among them take the exact result in two halves.
 */
import type { CType } from "../types/ctype.ts";
import type { AnyValue } from "../ir/module.ts";
import { binary, compare, emit, extend, int } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { convert, normalize, scalar } from "./values.ts";
import type { Scalar } from "./values.ts";
import { fullProduct } from "./wide.ts";

export type OverflowOperator = "add" | "sub" | "mul";

export interface Checked {
  /** In the invariant form of the result's type. */
  readonly value: AnyValue;
  /** i32 0 or 1. */
  readonly overflow: AnyValue;
}

export function checked(
  f: FunctionContext, operator: OverflowOperator, left: AnyValue, leftType: CType, right: AnyValue, rightType: CType,
  resultType: CType,
): Checked {
  const l = scalar(f, leftType);
  const r = scalar(f, rightType);
  const result = scalar(f, resultType);
  if (l.bits <= 32 && r.bits <= 32 && result.bits <= 32) return narrow(f, operator, left, l, right, r, result);
  if (l.signed !== result.signed || r.signed !== result.signed || result.bits !== 64) {
    return mixed(f, operator, widened(f, left, l), l.signed, widened(f, right, r), r.signed, result);
  }
  const a = convert(f, left, leftType, resultType);
  const b = convert(f, right, rightType, resultType);
  return result.signed ? wideSigned(f, operator, a, b) : wideUnsigned(f, operator, a, b);
}

function narrow(
  f: FunctionContext, operator: OverflowOperator, left: AnyValue, l: Scalar, right: AnyValue, r: Scalar, result: Scalar,
): Checked {
  const a = extend(f, left, 32, l.signed, "i64");
  const b = extend(f, right, 32, r.signed, "i64");
  const exact = binary(f, operator, a, b);
  const value = normalize(f, emit(f, "truncate", "i32", [exact], undefined), result);
  // A product of two unsigned 32-bit values needs all 64 bits: it counts as unsigned, all else as signed.
  if (operator === "mul" && !l.signed && !r.signed) {
    const most = (1n << BigInt(result.signed ? result.bits - 1 : result.bits)) - 1n;
    return { value, overflow: compare(f, "ugt", exact, int(f, "i64", most)) };
  }
  return { value, overflow: compare(f, "ne", exact, extend(f, value, 32, result.signed, "i64")) };
}

function wideUnsigned(f: FunctionContext, operator: OverflowOperator, a: AnyValue, b: AnyValue): Checked {
  const value = binary(f, operator, a, b);
  switch (operator) {
    case "add": return { value, overflow: compare(f, "ult", value, a) };
    case "sub": return { value, overflow: compare(f, "ult", a, b) };
    case "mul": return { value, overflow: compare(f, "ne", fullProduct(f, a, b).hi, int(f, "i64", 0)) };
  }
}

function wideSigned(f: FunctionContext, operator: OverflowOperator, a: AnyValue, b: AnyValue): Checked {
  const value = binary(f, operator, a, b);
  const zero = int(f, "i64", 0);
  switch (operator) {
    case "add": {
      const signs = binary(f, "and", binary(f, "xor", a, value), binary(f, "xor", b, value));
      return { value, overflow: compare(f, "slt", signs, zero) };
    }
    case "sub": {
      const signs = binary(f, "and", binary(f, "xor", a, b), binary(f, "xor", a, value));
      return { value, overflow: compare(f, "slt", signs, zero) };
    }
    case "mul": {
      // The signed high half is the unsigned one less each operand where the other is negative.
      const count = int(f, "i64", 63);
      const fixA = binary(f, "and", binary(f, "ashr", a, count), b);
      const fixB = binary(f, "and", binary(f, "ashr", b, count), a);
      const high = binary(f, "sub", binary(f, "sub", fullProduct(f, a, b).hi, fixA), fixB);
      return { value, overflow: compare(f, "ne", high, binary(f, "ashr", value, count)) };
    }
  }
}

function widened(f: FunctionContext, value: AnyValue, s: Scalar): AnyValue {
  return s.type === "i64" ? value : extend(f, value, 32, s.signed, "i64");
}

/** The exact result as two halves, against the result's value extended to as many bits. */
function mixed(
  f: FunctionContext, operator: OverflowOperator, a: AnyValue, aSigned: boolean, b: AnyValue, bSigned: boolean, result: Scalar,
): Checked {
  const zero = int(f, "i64", 0);
  const sign = (x: AnyValue): AnyValue => binary(f, "ashr", x, int(f, "i64", 63));
  const aHigh = aSigned ? sign(a) : zero;
  const bHigh = bSigned ? sign(b) : zero;
  const low = binary(f, operator, a, b);
  let high: AnyValue;
  if (operator === "mul") {
    const fix = binary(f, "add", binary(f, "and", aHigh, b), binary(f, "and", bHigh, a));
    high = binary(f, "sub", fullProduct(f, a, b).hi, fix);
  } else {
    const carry = extend(f, operator === "add" ? compare(f, "ult", low, a) : compare(f, "ult", a, b), 32, false, "i64");
    high = binary(f, operator, binary(f, operator, aHigh, bHigh), carry);
  }
  const cut = result.type === "i32" ? emit(f, "truncate", "i32", [low], undefined) : low;
  const value = normalize(f, cut, result);
  const back = widened(f, value, result);
  const lost = binary(f, "or", binary(f, "xor", low, back), binary(f, "xor", high, result.signed ? sign(back) : zero));
  return { value, overflow: compare(f, "ne", lost, zero) };
}
