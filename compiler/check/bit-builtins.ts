/**
 * `__builtin_clzg`, `ctzg` and `popcountg`: counts of bits by the width of the argument, which may be any unsigned
 * integer. Those of 128 bits are made of the counts of their halves.
 */
import type { BuiltinName, Expression, Statement } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { integerOf, intType, isError, unsignedIntType, unsignedLongType } from "../types/basic.ts";
import { compatible } from "../types/compatible.ts";
import type { CType, IntegerType } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { binary, cast, errorExpression, integer } from "./build.ts";
import { builtin, countArguments } from "./builtin-calls.ts";
import { evaluateInteger } from "./constants.ts";
import { type Checker, error } from "./context.ts";
import { promoted } from "./conversions.ts";
import { checkValue } from "./expressions.ts";
import { stored } from "./vectors.ts";

type BitCount = "clz" | "ctz" | "popcount";

const names: { readonly [C in BitCount]: readonly [BuiltinName, BuiltinName] } = {
  clz: ["clz32", "clz64"], ctz: ["ctz32", "ctz64"], popcount: ["popcount32", "popcount64"],
};

function isCount(name: string): name is BitCount {
  return Object.hasOwn(names, name);
}

export function checkBitCount(c: Checker, name: string, e: Syntax.CallExpr): Expression {
  const count = name.slice("__builtin_".length, -1);
  if (!isCount(count)) throw new Error(`check: no count of bits '${name}'`);
  if (!countArguments(c, e, 1, count === "popcount" ? 1 : 2)) return errorExpression(e.loc);
  const [value, fallback] = e.arguments.map((argument) => checkValue(c, argument));
  if (value === undefined || isError(value.type)) return errorExpression(e.loc);
  const type = integerOf(value.type);
  if (type === undefined || type.signed) {
    error(c, value.loc, `1st argument must be an unsigned integer (was ${quoteType(value.type)})`);
    return errorExpression(e.loc);
  }
  const other = fallback === undefined || isError(fallback.type) ? undefined : promoted(fallback);
  if (other !== undefined && !compatible(other.type, intType)) {
    error(c, other.loc, `2nd argument must be an 'int' (was ${quoteType(other.type)})`);
    return errorExpression(e.loc);
  }
  const known = evaluateInteger(c, value);
  if (known !== undefined && (known !== 0n || count === "popcount")) {
    return integer(countBits(count, known, type), intType, e.loc);
  }
  if (known !== undefined && other !== undefined) return other;
  const statements: Statement[] = [];
  // It is read more than once.
  const held = stored(statements, value);
  const read: Expression = { kind: "load", lvalue: held, type: value.type, loc: value.loc };
  const result = countOf(count, read, type, e);
  return {
    kind: "statement", statements, type: intType, loc: e.loc,
    value: other === undefined ? result : choose(read, result, other, intType, e),
  };
}

/** Of a constant that is not 0 when zeros are counted. */
function countBits(count: BitCount, value: bigint, type: IntegerType): bigint {
  const digits = value.toString(2);
  switch (count) {
    case "clz": return BigInt(type.width - digits.length);
    case "ctz": return BigInt(digits.length - 1 - digits.lastIndexOf("1"));
    case "popcount": return BigInt(digits.replaceAll("0", "").length);
  }
}

function countOf(count: BitCount, value: Expression, type: IntegerType, e: Syntax.CallExpr): Expression {
  const [narrow, wide] = names[count];
  const unused = (room: number): Expression => integer(BigInt(room - type.width), intType, e.loc);
  const within = (room: number, result: Expression): Expression =>
    count === "clz" && room > type.width ? binary("subtract", result, unused(room), intType, e.loc) : result;
  if (type.width <= 32) return within(32, builtin(narrow, [cast(value, unsignedIntType, e.loc)], intType, e.loc));
  if (type.width <= 64) return within(64, builtin(wide, [cast(value, unsignedLongType, e.loc)], intType, e.loc));
  const half = integer(64n, intType, e.loc);
  const low = cast(value, unsignedLongType, e.loc);
  const high = cast(binary("shiftRight", value, half, value.type, e.loc), unsignedLongType, e.loc);
  const ofLow = builtin(wide, [low], intType, e.loc);
  const ofHigh = builtin(wide, [high], intType, e.loc);
  const behind = (result: Expression): Expression => binary("add", result, half, intType, e.loc);
  switch (count) {
    case "clz": return within(128, choose(high, ofHigh, behind(ofLow), intType, e));
    case "ctz": return choose(low, ofLow, behind(ofHigh), intType, e);
    case "popcount": return binary("add", ofLow, ofHigh, intType, e.loc);
  }
}

function choose(condition: Expression, then: Expression, other: Expression, type: CType, e: Syntax.CallExpr): Expression {
  return { kind: "conditional", condition, then, else: other, type, loc: e.loc };
}
