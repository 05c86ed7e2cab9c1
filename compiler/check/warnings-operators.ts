/**
 * Warnings about what is written in one expression or statement and is most likely meant otherwise: precedence, comparisons that are
 * decided, assignments to oneself, bodies that are empty. Each takes the syntax or the checked operands at hand, and is given
 * under clang's name at clang's place.
 */
import type { Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { integerOf, isBool, isInteger, isPointer, isVolatile } from "../types/basic.ts";
import type { CType, Member } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { isNullConstant } from "./build.ts";
import { type Checker, warn, warnAtRunTime } from "./context.ts";

const comparisons: ReadonlySet<string> = new Set(["==", "!=", "<", ">", "<=", ">="]);
const bitwise: ReadonlySet<string> = new Set(["&", "^", "|"]);
const arithmetic: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "<<", ">>", ...bitwise]);

function isBinaryOf(e: Syntax.Expression, operators: ReadonlySet<string>): e is Syntax.BinaryExpr {
  return e.kind === "binary" && operators.has(e.operator);
}

/** Operators whose precedence is often misremembered, where no parentheses say what is meant. */
export function warnPrecedence(c: Checker, e: Syntax.BinaryExpr): void {
  const { operator, left, right } = e;
  if (bitwise.has(operator)) {
    warnBitwise(c, e);
  } else if (operator === "||") {
    for (const side of [left, right]) {
      // `a && "why" || b` explains itself.
      if (side.kind !== "binary" || side.operator !== "&&" || side.right.kind === "string" || side.left.kind === "string") continue;
      warn(c, "logical-op-parentheses", side.loc, "'&&' within '||'", [
        { place: side.loc, message: "place parentheses around the '&&' expression to silence this warning" },
      ]);
    }
  } else if (operator === "<<" || operator === ">>") {
    for (const side of [left, right]) {
      if (side.kind !== "binary" || (side.operator !== "+" && side.operator !== "-")) continue;
      const message = `operator '${operator}' has lower precedence than '${side.operator}'; '${side.operator}' will be evaluated first`;
      warn(c, "shift-op-parentheses", side.loc, message, [
        { place: side.loc, message: `place parentheses around the '${side.operator}' expression to silence this warning` },
      ]);
    }
  } else if (comparisons.has(operator)) {
    warnNegatedOperand(c, e);
  }
}

function warnBitwise(c: Checker, e: Syntax.BinaryExpr): void {
  const { operator, left, right } = e;
  if (operator === "|" || operator === "^") {
    for (const side of [left, right]) {
      if (side.kind !== "binary" || (side.operator !== "&" && side.operator !== "^") || side.operator === operator) continue;
      const { operator: inner, loc } = side;
      warn(c, "bitwise-op-parentheses", loc, `'${inner}' within '${operator}'`, [
        { place: loc, message: `place parentheses around the '${inner}' expression to silence this warning` },
      ]);
    }
  }
  const one = isBinaryOf(left, comparisons) ? left : undefined;
  const other = isBinaryOf(right, comparisons) ? right : undefined;
  // A comparison on both sides, or bits on the other one, is a logical operation without short cut.
  if ((one === undefined) === (other === undefined) || isBinaryOf(left, bitwise) || isBinaryOf(right, bitwise)) return;
  const inner = (one ?? other)?.operator ?? "";
  warn(c, "parentheses", e.loc, `${operator} has lower precedence than ${inner}; ${inner} will be evaluated first`, [
    { place: e.loc, message: `place parentheses around the '${inner}' expression to silence this warning` },
    { place: e.loc, message: `place parentheses around the ${operator} expression to evaluate it first` },
  ]);
}

/** `x + (a == b) ? 1 : 2`: all of the sum is the condition. `test` is the checked condition. */
export function warnConditionPrecedence(c: Checker, e: Syntax.ConditionalExpr, test: Expression): void {
  const { condition } = e;
  // `^` is a logical operation, too.
  if (condition.kind !== "binary" || !arithmetic.has(condition.operator) || condition.operator === "^") return;
  const right = test.kind === "binary" ? test.right : test.kind === "pointerAdd" ? test.index : undefined;
  if (!isTruthValue(condition.right) && (right === undefined || !isTruthType(right))) return;
  const { operator, loc } = condition;
  const name = bitwise.has(operator) ? "bitwise-conditional-parentheses" : "parentheses";
  warn(c, name, e.loc, `operator '?:' has lower precedence than '${operator}'; '${operator}' will be evaluated first`, [
    { place: loc, message: `place parentheses around the '${operator}' expression to silence this warning` },
    { place: loc, message: "place parentheses around the '?:' expression to evaluate it first" },
  ]);
}

/** Is it, before its promotion, a truth value or a pointer? */
function isTruthType(operand: Expression): boolean {
  let e = operand;
  while (e.kind === "cast" && e.implicit) e = e.operand;
  return isBool(e.type) || isPointer(e.type);
}

/** `!a == b`: the `!` belongs to `a` alone. */
function warnNegatedOperand(c: Checker, e: Syntax.BinaryExpr): void {
  const { left, right } = e;
  if (left.kind !== "unary" || left.operator !== "!" || isTruthValue(left.operand) || isTruthValue(right)) return;
  warn(c, "logical-not-parentheses", left.loc, "logical not is only applied to the left hand side of this comparison", [
    { place: left.loc, message: "add parentheses after the '!' to evaluate the comparison first" },
    { place: left.loc, message: "add parentheses around left hand side expression to silence this warning" },
  ]);
}

/** `if ((a == b))`: the second parentheses are how an assignment would be written. */
export function warnParenthesizedEquality(c: Checker, condition: Syntax.Expression): void {
  if (condition.kind !== "paren") return;
  let e: Syntax.Expression = condition;
  while (e.kind === "paren") e = e.inner;
  if (e.kind !== "binary" || e.operator !== "==" || c.diagnostics.sources.isMacro(e.loc)) return;
  // Only what could be assigned to.
  let target = e.left;
  while (target.kind === "paren") target = target.inner;
  const isObject = target.kind === "identifier" || target.kind === "member" || target.kind === "subscript" ||
    (target.kind === "unary" && target.operator === "*");
  if (!isObject) return;
  if (c.diagnostics.sources.isMacro(condition.loc) || c.unevaluated > 0) return;
  warn(c, "parentheses-equality", e.loc, "equality comparison with extraneous parentheses", [
    { place: e.loc, message: "remove extraneous parentheses around the comparison to silence this warning" },
    { place: e.loc, message: "use '=' to turn this equality comparison into an assignment" },
  ]);
}

/** A string literal has an address that nothing is said of. */
export function warnStringComparison(c: Checker, left: Expression, right: Expression, loc: Loc): void {
  const isString = (e: Expression): boolean => e.kind === "decay" && e.lvalue.kind === "string";
  if (c.unevaluated > 0 || (!isString(left) && !isString(right)) || isNullConstant(left) || isNullConstant(right)) return;
  warnAtRunTime(c, "string-compare", loc,
    "result of comparison against a string literal is unspecified (use an explicit string comparison function instead)");
}

/** Is this 0 or 1 by its form? */
export function isTruthValue(e: Syntax.Expression): boolean {
  let s = e;
  while (s.kind === "paren") s = s.inner;
  if (s.kind === "unary") return s.operator === "!";
  return s.kind === "binary" && (comparisons.has(s.operator) || s.operator === "&&" || s.operator === "||");
}

/** `"text" + i` does not append a digit. */
export function warnStringPlusInteger(
  c: Checker, e: Syntax.BinaryExpr, leftSyntax: Syntax.Expression, left: Expression, right: Expression,
): void {
  const other = leftSyntax.kind === "string" ? right : e.right.kind === "string" ? left : undefined;
  if (other === undefined || !isInteger(other.type)) return;
  warn(c, "string-plus-int", e.loc, `adding ${quoteType(other.type)} to a string does not append to the string`,
    [{ place: e.loc, message: "use array indexing to silence this warning" }]);
}

/** Do two lvalues name one object, by a variable, members and equal pointers? */
export function sameObject(a: Expression, b: Expression): boolean {
  if (a.kind === "variable" && b.kind === "variable") return a.variable === b.variable;
  if (a.kind === "functionName" && b.kind === "functionName") return a.function === b.function;
  if (a.kind === "member" && b.kind === "member") return a.member === b.member && sameObject(a.base, b.base);
  if (a.kind === "dereference" && b.kind === "dereference") return samePlace(a.pointer, b.pointer);
  return false;
}

function samePlace(a: Expression, b: Expression): boolean {
  if (a.kind !== "pointerAdd" || b.kind !== "pointerAdd") return sameValue(a, b);
  return a.subtract === b.subtract && sameValue(a.pointer, b.pointer) && sameIndex(withoutCasts(a.index), withoutCasts(b.index));
}

const sameIndex = (a: Expression, b: Expression): boolean =>
  a.kind === "integer" && b.kind === "integer" ? a.value === b.value : sameValue(a, b);

function withoutCasts(e: Expression): Expression {
  let inner = e;
  while (inner.kind === "cast" && inner.implicit) inner = inner.operand;
  return inner;
}

/** Are both what one object holds, or its address? */
export function sameValue(a: Expression, b: Expression): boolean {
  if (a.kind === "load" && b.kind === "load") return sameObject(a.lvalue, b.lvalue);
  return a.kind === "decay" && b.kind === "decay" && sameObject(a.lvalue, b.lvalue);
}

/** Shifts by a constant that is out of range, and constants that lose bits. */
export function warnShift(c: Checker, isLeft: boolean, left: Expression, right: Expression, loc: Loc): void {
  const info = integerOf(left.type);
  if (right.kind !== "integer" || info === undefined || c.unevaluated > 0) return;
  const { width, signed } = info;
  if (right.value < 0n) {
    warnAtRunTime(c, "shift-count-negative", loc, "shift count is negative");
  } else if (right.value >= BigInt(width)) {
    warnAtRunTime(c, "shift-count-overflow", loc, "shift count >= width of type");
  } else if (isLeft && signed && left.kind === "integer") {
    if (left.value < 0n) {
      warnAtRunTime(c, "shift-negative-value", loc, "shifting a negative signed value is undefined");
      return;
    }
    const result = left.value << right.value;
    const needed = result.toString(2).length + 1;
    if (result === 0n || needed <= width) return;
    const hex = `0x${result.toString(16).toUpperCase()}`;
    if (needed === width + 1) {
      warn(c, "shift-sign-overflow", loc, `signed shift result (${hex}) sets the sign bit of the shift expression's type ` +
        `(${quoteType(left.type)}) and becomes negative`);
    } else {
      warn(c, "shift-overflow", loc, `signed shift result (${hex}) requires ${needed} bits to represent, but ` +
        `${quoteType(left.type)} only has ${width} bits`);
    }
  }
}

/** `x = x`; a member that is assigned to itself is read and written on purpose, as clang has it. */
export function warnSelfAssignment(c: Checker, lvalue: Expression, value: Expression, loc: Loc): void {
  if (c.unevaluated > 0 || c.diagnostics.sources.isMacro(loc) || value.kind !== "load" || isVolatile(lvalue.type)) return;
  if (!sameObject(lvalue, value.lvalue)) return;
  if (lvalue.kind === "variable") {
    warn(c, "self-assign", loc, `explicitly assigning value of variable of type ${quoteType(lvalue.type)} to itself`);
  }
}

/** `{ 0 }` is how all of an object is set to zero. */
function isZeroList(list: Syntax.InitializerList): boolean {
  const only = list.items[0];
  return list.items.length === 1 && only?.value.kind === "number" && /^0[xX]?0*[uUlL]*$/.test(only.value.text);
}

/** The first of the members that a list without designators leaves out. */
export function warnMissingMember(c: Checker, list: Syntax.InitializerList, rest: readonly Member[]): void {
  const missing = rest.find(({ name, bitField, type }) => (name !== undefined || bitField === undefined) && !isOpenArray(type));
  if (missing === undefined || isZeroList(list)) return;
  const name = missing.name === undefined ? quoteType(missing.type) : `'${missing.name}'`;
  warn(c, "missing-field-initializers", list.end, `missing field ${name} initializer`);
}

function isOpenArray(type: CType): boolean {
  const t = canonical(type);
  return t.kind === "array" && t.length === "incomplete";
}

/** An aggregate whose elements stand in the list around it. */
export function warnMissingBraces(c: Checker, list: Syntax.InitializerList, start: Loc): void {
  if (!isZeroList(list)) warn(c, "missing-braces", start, "suggest braces around initialization of subobject");
}

// ---- Statements -------------------------------------------------------------------------------------------------------

/** A lone `;` behind the head of a statement, on its line. `next` is what follows the statement in its block. */
export function warnEmptyBody(c: Checker, s: Syntax.BlockItem, next: Syntax.BlockItem | undefined): void {
  const { sources } = c.diagnostics;
  if (s.kind === "labeled" || s.kind === "attributed") {
    warnEmptyBody(c, s.body, next);
    return;
  }
  if (s.kind !== "if" && s.kind !== "while" && s.kind !== "for") return;
  const arm = s.kind === "if" ? s.arms.at(-1) : undefined;
  const body = s.kind === "if" ? s.else ?? arm?.then : s.body;
  if (body?.kind !== "emptyStatement" || sources.isMacro(body.loc) || sources.isMacro(s.loc)) return;
  const head = s.kind === "if" ? (s.else === undefined ? arm?.condition.loc : undefined)
    : s.kind === "while" ? s.condition.loc : s.step?.loc ?? s.condition?.loc ?? s.loc;
  const at = sources.position(body.loc);
  const from = head === undefined ? undefined : sources.position(head);
  if (at === undefined || from === undefined || at.line !== from.line) return;
  if (s.kind !== "if") {
    // Loops that do all in their heads are common: only what looks as if it were the body makes this one suspicious.
    const start = sources.position(s.loc);
    const behind = next === undefined ? undefined : sources.position(startOfItem(next));
    if (behind === undefined || start === undefined) return;
    if (next?.kind !== "compound" && behind.column <= start.column) return;
  }
  const what = s.kind === "if" ? "if statement" : `${s.kind} loop`;
  warn(c, "empty-body", body.loc, `${what} has empty body`, [
    { place: body.loc, message: "put the semicolon on a separate line to silence this warning" },
  ]);
}

function startOfItem(item: Syntax.BlockItem): Loc {
  return item.kind === "expressionStatement" ? startOf(item.expression) : item.loc;
}

/** `if (a) if (b) x; else y;`: the `else` belongs to the inner `if`. */
export function warnDanglingElse(c: Checker, then: Syntax.Statement): void {
  let s = then;
  while (s.kind === "while" || s.kind === "for" || s.kind === "labeled") s = s.body;
  if (s.kind !== "if") return;
  if (s.elseLoc !== undefined) warn(c, "dangling-else", s.elseLoc, "add explicit braces to avoid dangling else");
}
