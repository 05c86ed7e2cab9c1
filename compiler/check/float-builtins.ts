/**
 * Builtins of any floating type: what kind of value it is (`__builtin_isnan` ...), and the comparisons that raise no exception for
 * a NaN (`__builtin_isless` ...). What has constant arguments is folded.
 */
import type { BuiltinName, Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { intType, isArithmetic, isError, isFloat } from "../types/basic.ts";
import { usualArithmetic } from "../types/convert.ts";
import { quoteType } from "../types/print.ts";
import { cast, errorExpression, integer } from "./build.ts";
import { builtin, countArguments } from "./builtin-calls.ts";
import { type Checker, error } from "./context.ts";
import { promoted } from "./conversions.ts";
import { checkValue } from "./expressions.ts";

type ClassName = Extract<BuiltinName, "isnan" | "isinf" | "isfinite" | "isnormal" | "signbit">;

const classes: Readonly<Record<ClassName, (value: number) => boolean>> = {
  isnan: Number.isNaN,
  isinf: (value) => !Number.isNaN(value) && !Number.isFinite(value),
  isfinite: Number.isFinite,
  isnormal: (value) => Number.isFinite(value) && Math.abs(value) >= 2 ** -1022,
  signbit: (value) => value < 0 || Object.is(value, -0),
};

/** `__builtin_isnan(x)` and its kin, also those with a suffix for the type: `__builtin_isinff`. */
export function checkFloatClass(c: Checker, name: string, e: Syntax.CallExpr): Expression {
  const [argument] = e.arguments;
  if (!countArguments(c, e, 1) || argument === undefined) return errorExpression(e.loc);
  const value = checkValue(c, argument);
  if (isError(value.type)) return errorExpression(e.loc);
  if (!isFloat(value.type)) {
    error(c, value.loc, `floating point classification requires argument of floating point type (passed in ${quoteType(value.type)})`);
    return errorExpression(e.loc);
  }
  const asked = name.slice("__builtin_".length).replace(/^finite/, "isfinite");
  const kind = asked in classes ? asked : asked.slice(0, -1);
  if (!isClass(kind)) throw new Error(`check: no class of floating values '${name}'`);
  // A float is subnormal where the double of its value is not; a NaN's sign is in its bits.
  const known = value.kind === "float" && !(kind === "isnormal" && value.value !== 0) && !Number.isNaN(value.value);
  if (known || (value.kind === "float" && kind !== "signbit" && kind !== "isnormal")) {
    return integer(classes[kind](value.kind === "float" ? value.value : 0) ? 1n : 0n, intType, e.loc);
  }
  return builtin(kind, [value], intType, e.loc);
}

function isClass(name: string): name is ClassName {
  return name in classes;
}

/** Outcomes as ir/ops.ts has them: 1 less, 2 equal, 4 greater, 8 unordered. */
const comparisons: Readonly<Record<string, number | undefined>> = {
  isless: 1, islessequal: 3, isgreater: 4, isgreaterequal: 6, islessgreater: 5, isunordered: 8,
};

export function checkFloatComparison(c: Checker, name: string, e: Syntax.CallExpr): Expression {
  if (!countArguments(c, e, 2)) return errorExpression(e.loc);
  const values = e.arguments.map((argument) => promoted(checkValue(c, argument)));
  const [left, right] = values;
  const outcomes = comparisons[name.slice("__builtin_".length)];
  if (outcomes === undefined) throw new Error(`check: no comparison '${name}'`);
  if (left === undefined || right === undefined || isError(left.type) || isError(right.type)) return errorExpression(e.loc);
  const type = isArithmetic(left.type) && isArithmetic(right.type) ? usualArithmetic(left.type, right.type) : undefined;
  if (type === undefined || !isFloat(type)) {
    error(c, left.loc, "ordered compare requires two args of floating point type " +
      `(${quoteType(left.type)} and ${quoteType(right.type)})`);
    return errorExpression(e.loc);
  }
  const x = cast(left, type, left.loc);
  const y = cast(right, type, right.loc);
  if (x.kind === "float" && y.kind === "float") {
    const found = x.value < y.value ? 1 : x.value > y.value ? 4 : x.value === y.value ? 2 : 8;
    return integer((found & outcomes) !== 0 ? 1n : 0n, intType, e.loc);
  }
  return builtin("floatCompare", [x, y], intType, e.loc, [BigInt(outcomes)]);
}
