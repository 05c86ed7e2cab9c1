/**
 * Builtins on floating values. All but comparisons are told by the bits (IEC 60559: sign, exponent, fraction), so that
 * they work at run time too: without its sign, a value's pattern grows with its size, infinity next, NaNs last.
 */
import { unreachable } from "../source/unreachable.ts";
import type { BuiltinExpr, BuiltinName } from "../ast/program.ts";
import type { AnyValue } from "../ir/module.ts";
import { floatWidth } from "../ir/evaluate-float.ts";
import { infinityBits, quietBit } from "../types/float.ts";
import { binary, compare, emit, int } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { expression } from "./expression.ts";

export type FloatBuiltinName = Extract<
  BuiltinName, "fabs" | "copysign" | "isnan" | "isinf" | "isfinite" | "isnormal" | "signbit" | "floatCompare"
>;

export function floatBuiltin(f: FunctionContext, e: BuiltinExpr, name: FloatBuiltinName): AnyValue {
  const [x, y] = e.arguments.map((argument) => expression(f, argument));
  f.loc = e.loc;
  const { type } = x;
  const width = floatWidth(type);
  const sign = 1n << BigInt(width - 1);
  const size = (value: AnyValue): AnyValue => binary(f, "and", value, int(f, type, sign - 1n));
  const infinity = int(f, type, infinityBits(width));
  switch (name) {
    case "fabs": return size(x);
    case "copysign": return binary(f, "or", size(x), binary(f, "and", y, int(f, type, sign)));
    case "isnan": return compare(f, "ugt", size(x), infinity);
    case "isinf": return compare(f, "eq", size(x), infinity);
    case "isfinite": return compare(f, "ult", size(x), infinity);
    case "isnormal": {
      // From the smallest normal value on: its exponent is 1, the bit above the fraction.
      const smallest = quietBit(width) << 1n;
      return compare(f, "ult", binary(f, "sub", size(x), int(f, type, smallest)), int(f, type, infinityBits(width) - smallest));
    }
    case "signbit":
      return compare(f, "ne", binary(f, "and", x, int(f, type, sign)), int(f, type, 0));
    case "floatCompare": return emit(f, "fcompare", "i32", [x, y], Number(e.constants[0]));
    default: return unreachable(name);
  }
}
