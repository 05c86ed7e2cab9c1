/**
 * Warnings about comparisons that are decided before they are made: of a value with itself, of a value with a constant
 * that its type, or its being a truth value, puts out of reach, of masked bits with a number that has others. The syntax
 * tells truth values from numbers; where there is none (an operation that the checker makes) only types speak.
 */
import type { CompareExpr, Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { integerOf, isArray, isBool, isFloat, isFunction, isInteger, pointee } from "../types/basic.ts";
import { wrapInteger } from "../types/convert.ts";
import type { CType } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { type Checker, warn, warnAtRunTime } from "./context.ts";
import { parseNumber } from "./literals.ts";
import { hasMacro, isTruth, withoutParentheses } from "./warnings-logic.ts";
import { sameValue } from "./warnings-operators.ts";

/**
 * What one operand compares with when both have been converted to `type`. True when the result is known: then nothing
 * else is to be said of it.
 */
export function warnDecidedComparison(
  c: Checker, operator: CompareExpr["operator"], left: Expression, right: Expression, type: CType, loc: Loc,
  syntax: Syntax.BinaryExpr | undefined,
): boolean {
  if (!isFloat(left.type) && warnSelfComparison(c, operator, left, right, loc)) return true;
  if (!isInteger(type)) return false;
  if (syntax !== undefined) warnBitwiseComparison(c, syntax, type);
  const isRight = right.kind === "integer";
  if (isRight === (left.kind === "integer")) return false;
  const [constant, value] = isRight ? [right, left] : [left, right];
  if (constant.kind !== "integer") return false;
  let other = value;
  while (other.kind === "cast" && other.implicit && isInteger(other.operand.type)) other = other.operand;
  const [constantSyntax, otherSyntax] = isRight ? [syntax?.right, syntax?.left] : [syntax?.left, syntax?.right];
  const isTruthValue = otherSyntax === undefined ? isBool(other.type) : isTruth(otherSyntax, value);
  const range = promotedRange(isTruthValue ? { width: 1, signed: false } : integerOf(other.type), type);
  if (range === undefined) return false;
  const bound = wrapInteger(constant.value, type);
  const place = placeIn(range, bound);
  const result = resultOf(isRight ? operator : flipped[operator], place);
  if (result === undefined) return false;
  if (place === "below" || place === "above" || place === "hole") {
    sayConstant(c, "tautological-constant-out-of-range-compare", loc, bound, other.type, isTruthValue, result);
  } else if (isTruthValue && !isNamedConstant(c, constantSyntax)) {
    sayConstant(c, "tautological-constant-compare", loc, bound, other.type, isTruthValue, result);
  }
  return true;
}

/** A value beside itself. */
function warnSelfComparison(
  c: Checker, operator: CompareExpr["operator"], left: Expression, right: Expression, loc: Loc,
): boolean {
  // `*p` is left alone, unlike `p[i]` and `p->m`.
  const isPointed = left.kind === "load" && left.lvalue.kind === "dereference" && left.lvalue.pointer.kind !== "pointerAdd";
  if (isPointed || !sameValue(left, right) || hasMacroIn(c, left, right, loc)) return false;
  const result = operator === "==" || operator === "<=" || operator === ">=";
  warnAtRunTime(c, "tautological-compare", loc, `self-comparison always evaluates to ${result}`);
  return true;
}

function hasMacroIn(c: Checker, left: Expression, right: Expression, loc: Loc): boolean {
  const { sources } = c.diagnostics;
  return sources.isMacro(loc) || sources.isMacro(left.loc) || sources.isMacro(right.loc);
}

/** Pointers that are one, arrays that are two, functions that have no order. */
export function warnPointerComparison(
  c: Checker, operator: CompareExpr["operator"], left: Expression, right: Expression, loc: Loc,
): void {
  const isEquality = operator === "==" || operator === "!=";
  if (!warnSelfComparison(c, operator, left, right, loc) && isArrayVariable(left) && isArrayVariable(right) &&
      !hasMacroIn(c, left, right, loc)) {
    warnAtRunTime(c, "tautological-compare", loc,
      `array comparison always evaluates to ${isEquality ? operator === "!=" : "a constant"}`);
  }
  if (!isEquality && isFunction(pointee(left.type)) && isFunction(pointee(right.type))) {
    warn(c, "ordered-compare-function-pointers", loc,
      `ordered comparison of function pointers (${quoteType(left.type)} and ${quoteType(right.type)})`);
  }
}

function isArrayVariable(e: Expression): boolean {
  return e.kind === "decay" && e.lvalue.kind === "variable" && isArray(e.lvalue.type) && !e.lvalue.variable.attributes.weak;
}

function sayConstant(
  c: Checker, name: string, loc: Loc, bound: bigint, type: CType, isTruthValue: boolean, result: boolean,
): void {
  const what = isTruthValue && !isBool(type) ? "boolean expression" : `expression of type ${quoteType(type)}`;
  warnAtRunTime(c, name, loc, `result of comparison of constant ${bound} with ${what} is always ${result}`);
}

/** Is the constant one that may have another value elsewhere: an enumerator, or what a macro stands for? */
function isNamedConstant(c: Checker, e: Syntax.Expression | undefined): boolean {
  if (e === undefined || c.diagnostics.sources.isMacro(startOf(e))) return true;
  const s = withoutParentheses(e);
  return s.kind === "identifier";
}

// ---- Ranges -----------------------------------------------------------------------------------------------------------

/** The values from `low` up to `high` in the type of the comparison; with a hole between them when `high` is less than `low`. */
interface PromotedRange {
  readonly low: bigint;
  readonly high: bigint;
  readonly least: bigint;
  readonly greatest: bigint;
}

function promotedRange(
  from: { readonly width: number; readonly signed: boolean } | undefined, type: CType,
): PromotedRange | undefined {
  const to = integerOf(type);
  if (from === undefined || to === undefined) return undefined;
  const [least, greatest] = limits(to.width, to.signed);
  if (from.width >= to.width && to.signed) return { low: least, high: greatest, least, greatest };
  const [low, high] = limits(from.width, from.signed);
  return { low: wrapInteger(low, type), high: wrapInteger(high, type), least, greatest };
}

function limits(width: number, signed: boolean): [bigint, bigint] {
  return signed ? [-(1n << BigInt(width - 1)), (1n << BigInt(width - 1)) - 1n] : [0n, (1n << BigInt(width)) - 1n];
}

/** Where a constant lies, seen from a range. */
type Place = "below" | "lowest" | "inside" | "highest" | "above" | "hole";

function placeIn({ low, high, least, greatest }: PromotedRange, value: bigint): Place {
  if (high < low) {
    if (value === least) return "lowest";
    if (value === greatest) return "highest";
    return value >= low || value <= high ? "inside" : "hole";
  }
  if (value < low) return "below";
  if (value > high) return "above";
  return value === low ? "lowest" : value === high ? "highest" : "inside";
}

const flipped: Readonly<Record<CompareExpr["operator"], CompareExpr["operator"]>> = {
  "==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=",
};

/** What `x operator constant` gives for all x of the range, if that is one thing. */
function resultOf(operator: CompareExpr["operator"], place: Place): boolean | undefined {
  const isOutside = place === "below" || place === "above" || place === "hole";
  switch (operator) {
    case "==":
      return isOutside ? false : undefined;
    case "!=":
      return isOutside ? true : undefined;
    case "<":
      return place === "above" ? true : place === "below" || place === "lowest" ? false : undefined;
    case ">=":
      return place === "above" ? false : place === "below" || place === "lowest" ? true : undefined;
    case ">":
      return place === "below" ? true : place === "above" || place === "highest" ? false : undefined;
    case "<=":
      return place === "below" ? false : place === "above" || place === "highest" ? true : undefined;
  }
}

// ---- Bits -------------------------------------------------------------------------------------------------------------

/** The value of a literal that has the type of the operation, so that no conversion stands before it. */
function literalOf(c: Checker, e: Syntax.Expression, type: CType): bigint | undefined {
  const s = withoutParentheses(e);
  if (s.kind !== "number") return undefined;
  const number = parseNumber(c, s);
  return number?.kind === "integer" && number.type === type ? number.value : undefined;
}

/** -Wtautological-bitwise-compare: `(x & 7) == 8`, `(x | 8) == 7`. */
function warnBitwiseComparison(c: Checker, e: Syntax.BinaryExpr, type: CType): void {
  if ((e.operator !== "==" && e.operator !== "!=") || c.function === undefined) return;
  const onLeft = literalOf(c, e.left, type);
  const number = onLeft ?? literalOf(c, e.right, type);
  const bits = withoutParentheses(onLeft === undefined ? e.left : e.right);
  if (number === undefined || bits.kind !== "binary" || (bits.operator !== "&" && bits.operator !== "|")) return;
  const mask = literalOf(c, bits.left, type) ?? literalOf(c, bits.right, type);
  if (mask === undefined || (bits.operator === "&" ? mask & number : mask | number) === number) return;
  if (c.unevaluated > 0 || hasMacro(c, e)) return;
  warn(c, "tautological-bitwise-compare", e.loc, `bitwise comparison always evaluates to ${e.operator === "!="}`);
}
