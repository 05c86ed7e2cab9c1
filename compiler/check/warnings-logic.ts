/**
 * Warnings about `&&`, `||`, `&` and `|` between comparisons: the ranges of two comparisons of one value leave
 * nothing out or nothing in, a value stands beside its negation, a bitwise operator joins truth values that have to
 * be computed. Each takes the syntax, which tells what was written, and the checked operands, which tell types and
 * values.
 */
import { type Pending, pushExpressionParts } from "../ast/parts.ts";
import type { CompareExpr, Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import { integerOf, isBool, isInteger, isVolatile } from "../types/basic.ts";
import { type CType, canonical } from "../types/ctype.ts";
import { compareValues } from "./build.ts";
import { type Checker, warn } from "./context.ts";
import { bitFieldWidth } from "./ranges.ts";

export function withoutParentheses(e: Syntax.Expression): Syntax.Expression {
  let inner = e;
  while (inner.kind === "paren") inner = inner.inner;
  return inner;
}

/** Is part of the expression spelled in a macro? */
export function hasMacro(c: Checker, e: Syntax.Expression): boolean {
  if (c.diagnostics.sources.isMacro(e.loc)) return true;
  switch (e.kind) {
    case "paren":
      return hasMacro(c, e.inner);
    case "unary":
      return hasMacro(c, e.operand);
    case "binary":
      return hasMacro(c, e.left) || hasMacro(c, e.right);
    case "subscript":
      return hasMacro(c, e.base) || hasMacro(c, e.index);
    case "member":
      return hasMacro(c, e.base);
    default:
      return false;
  }
}

/** Do both read one object, by the same names? */
function sameOperand(c: Checker, left: Syntax.Expression, right: Syntax.Expression): boolean {
  const a = withoutParentheses(left);
  const b = withoutParentheses(right);
  if (a.kind === "identifier" && b.kind === "identifier") {
    return a.name === b.name && c.scope.find(a.name)?.kind === "variable";
  }
  if (a.kind === "subscript" && b.kind === "subscript") {
    if (!sameOperand(c, a.base, b.base)) return false;
    const i = withoutParentheses(a.index);
    const j = withoutParentheses(b.index);
    return i.kind === "number" && j.kind === "number" ? i.text === j.text : sameOperand(c, i, j);
  }
  if (a.kind !== "member" || b.kind !== "member" || a.name !== b.name || a.arrow !== b.arrow) return false;
  const p = withoutParentheses(a.base);
  return (p.kind === "member" || p.kind === "identifier") && sameOperand(c, p, b.base);
}

// ---- Ranges that overlap, and negation --------------------------------------------------------------------------------

interface Bound {
  readonly operand: Syntax.Expression;
  readonly type: CType;
  readonly operator: CompareExpr["operator"];
  readonly value: bigint;
  /** The enumeration whose constant the bound is. */
  readonly enumeration: CType | undefined;
}

const flipped: Readonly<Record<CompareExpr["operator"], CompareExpr["operator"]>> = {
  "==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=",
};

/** A comparison with a literal, which may have a minus, or with an enumerator. */
function boundOf(c: Checker, syntax: Syntax.Expression, e: Expression): Bound | undefined {
  const s = withoutParentheses(syntax);
  if (s.kind !== "binary" || e.kind !== "compare") return undefined;
  const isRight = isPlainConstant(c, s.right);
  const constant = isRight ? s.right : s.left;
  if (!isRight && !isPlainConstant(c, constant)) return undefined;
  const [number, value] = isRight ? [e.right, e.left] : [e.left, e.right];
  if (number.kind !== "integer" || !isInteger(number.type)) return undefined;
  const name = withoutParentheses(constant);
  const binding = name.kind === "identifier" ? c.scope.find(name.name) : undefined;
  return {
    operand: isRight ? s.left : s.right, type: value.type, operator: isRight ? e.operator : flipped[e.operator],
    value: number.value, enumeration: binding?.kind === "enumConstant" ? binding.enum : undefined,
  };
}

function isPlainConstant(c: Checker, syntax: Syntax.Expression): boolean {
  const s = withoutParentheses(syntax);
  if (s.kind === "number") return true;
  if (s.kind === "unary") return s.operator === "-" && s.operand.kind === "number";
  return s.kind === "identifier" && c.scope.find(s.name)?.kind === "enumConstant";
}

/** -Wtautological-overlap-compare, -Wtautological-negation-compare. The operands are promoted. */
export function warnDecidedLogic(c: Checker, e: Syntax.BinaryExpr, left: Expression, right: Expression): void {
  if (c.unevaluated > 0 || c.function === undefined) return;
  const isAnd = e.operator === "&&";
  if (isNegation(c, e.left, left, e.right) || isNegation(c, e.right, right, e.left)) {
    if (hasMacro(c, e)) return;
    warn(c, "tautological-negation-compare", e.loc,
      `'${e.operator}' of a value and its negation always evaluates to ${isAnd ? "false" : "true"}`);
    return;
  }
  const a = boundOf(c, e.left, left);
  const b = boundOf(c, e.right, right);
  if (a === undefined || b === undefined || a.enumeration !== b.enumeration) return;
  if (canonical(a.type) !== canonical(b.type) || !sameOperand(c, a.operand, b.operand)) return;
  const always = decide(a, b, isAnd);
  if (always === undefined || hasMacro(c, e)) return;
  warn(c, "tautological-overlap-compare", e.loc, `overlapping comparisons always evaluate to ${always}`);
}

/** What two comparisons of one value always give together, when neither is decided alone. */
function decide(a: Bound, b: Bound, isAnd: boolean): boolean | undefined {
  const info = integerOf(a.type);
  if (info === undefined) return undefined;
  const low = info.signed ? -(1n << BigInt(info.width - 1)) : 0n;
  const high = (1n << BigInt(info.signed ? info.width - 1 : info.width)) - 1n;
  const between = (a.value < b.value ? a.value : b.value) + 1n;
  const samples = [low, a.value, between > high ? low : between, b.value, high];
  const lefts = samples.map((x) => compareValues(a.operator, x, a.value));
  const rights = samples.map((x) => compareValues(b.operator, x, b.value));
  const both = lefts.map((x, i) => (isAnd ? x && rights[i] === true : x || rights[i] === true));
  const isConstant = (list: readonly boolean[]): boolean => new Set(list).size === 1;
  return isConstant(both) && !isConstant(lefts) && !isConstant(rights) ? both[0] : undefined;
}

/** Is `other` a negation of what `operand` reads? A value that the operator promotes is taken for another one than `!` has. */
function isNegation(c: Checker, operand: Syntax.Expression, value: Expression, other: Syntax.Expression): boolean {
  const negation = withoutParentheses(other);
  if (negation.kind !== "unary" || negation.operator !== "!" || value.kind !== "load") return false;
  const info = integerOf(value.type);
  if (info !== undefined && (info.width < 32 || isBool(value.type) || bitFieldWidth(value) !== undefined)) return false;
  return sameOperand(c, operand, negation.operand);
}

// ---- Comparisons in a row, bitwise operators --------------------------------------------------------------------------

const relations: ReadonlySet<string> = new Set(["<", ">", "<=", ">="]);

/** -Wparentheses: `a < b < c`. */
export function warnConsecutive(c: Checker, e: Syntax.BinaryExpr): void {
  if (!relations.has(e.operator) || e.left.kind !== "binary" || !relations.has(e.left.operator)) return;
  warn(c, "parentheses", e.loc, "comparisons like 'X<=Y<=Z' don't have their mathematical meaning");
}

/** -Wbitwise-instead-of-logical: both sides are truth values that have effects. */
export function warnBitwiseTruth(c: Checker, e: Syntax.BinaryExpr, left: Expression, right: Expression): void {
  if ((e.operator !== "&" && e.operator !== "|") || c.unevaluated > 0) return;
  if (c.diagnostics.sources.isMacroBody(e.loc) || !isTruth(e.left, left) || !isTruth(e.right, right)) return;
  if (!hasEffects(right) || !hasEffects(left)) return;
  const place = startOf(e.left);
  warn(c, "bitwise-instead-of-logical", place, `use of bitwise '${e.operator}' with boolean operands`,
    [{ place, message: "cast one or both operands to int to silence this warning" }]);
}

/** Is the value 0 or 1, by its type or by how it is made? A cast to `int` is how one says that it is a number. */
export function isTruth(syntax: Syntax.Expression, e: Expression): boolean {
  return withoutParentheses(syntax).kind === "cast" ? isBool(e.type) : isTruthValue(e);
}

/** More parts than people write: of larger expressions nothing is said. */
const mostParts = 500;

function isTruthValue(value: Expression): boolean {
  const parts = [value];
  for (let seen = 0, e = parts.pop(); e !== undefined; seen++, e = parts.pop()) {
    if (seen > mostParts) return false;
    if (isBool(e.type)) continue;
    switch (e.kind) {
      case "integer":
        if (!isInteger(e.type) || (e.value !== 0n && e.value !== 1n)) return false;
        break;
      case "compare":
      case "logical":
        break;
      case "unary":
        if (e.operator !== "logicalNot") return false;
        break;
      case "cast":
        if (!e.implicit) return false;
        parts.push(e.operand);
        break;
      case "binary":
        if (e.operator !== "and" && e.operator !== "or" && e.operator !== "xor") return false;
        parts.push(e.left, e.right);
        break;
      case "assign":
        parts.push(e.value);
        break;
      case "comma":
        parts.push(e.right);
        break;
      case "conditional":
        if (e.then === undefined) return false;
        parts.push(e.then, e.else);
        break;
      case "load":
        if (integerOf(e.type)?.signed !== false || bitFieldWidth(e) !== 1) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

/** Does anything happen, or may it, when the value is computed? */
function hasEffects(value: Expression): boolean {
  const pending: Pending = { statements: [], expressions: [value] };
  for (let e = pending.expressions.pop(); e !== undefined; e = pending.expressions.pop()) {
    switch (e.kind) {
      case "assign":
      case "compoundAssign":
      case "increment":
      case "statement":
      case "compoundLiteral":
      case "recordValue":
        return true;
      case "load":
        if (isVolatile(e.lvalue.type)) return true;
        break;
      case "call":
        if (e.callee.kind !== "functionName" || !e.callee.function.pure) return true;
        break;
      case "builtin":
        if (!pureBuiltins.has(e.name)) return true;
        break;
      default:
        break;
    }
    pushExpressionParts(e, pending);
  }
  return false;
}

const pureBuiltins: ReadonlySet<string> = new Set([
  "expect", "bswap16", "bswap32", "bswap64", "clz32", "clz64", "ctz32", "ctz64", "popcount32", "popcount64", "parity32",
  "parity64", "ffs32", "ffs64", "constantP", "objectSize", "abs", "fabs", "isnan", "isinf", "isfinite", "isnormal", "signbit", "floatCompare",
]);
