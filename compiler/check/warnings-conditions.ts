/**
 * Warnings about values that are taken for true or false: addresses, which are never null, the results of `<<`,
 * enumerators, choices between numbers. Each takes the syntax of the operand, which tells what was written, and the
 * checked operand.
 */
import type { Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Note } from "../source/diagnostic.ts";
import type { Loc } from "../source/source-map.ts";
import { functionOf, isArray, isBool, isFunction, isInteger, isPointer, isSigned } from "../types/basic.ts";
import { isNullConstant } from "./build.ts";
import { type Checker, warn } from "./context.ts";
import { expressionText } from "./expression-text.ts";
import { parseNumber } from "./literals.ts";
import { withoutParentheses } from "./warnings-logic.ts";

/** A condition, or an operand of `!`, `&&`, `||`. C23 has a type for truth, and no word on what becomes of it. */
export function warnTruthOf(c: Checker, syntax: Syntax.Expression, value: Expression): void {
  if (c.unevaluated > 0 || c.options.dialect === "c23") return;
  warnAddress(c, syntax, value);
  const s = withoutParentheses(syntax);
  if (s.kind === "binary" && s.operator === "<<" && isInteger(value.type)) warnShiftAsTruth(c, s, value);
  else if (s.kind === "conditional") warnChoiceAsTruth(c, s);
}

// ---- Addresses --------------------------------------------------------------------------------------------------------

interface NamedAddress {
  readonly what: "address of" | "function" | "array";
  readonly text: string;
  readonly loc: Loc;
  readonly value: Expression;
}

/** The address of something that has a name, which no null pointer is; a weak symbol may be missing. */
function namedAddress(c: Checker, syntax: Syntax.Expression, value: Expression): NamedAddress | undefined {
  if (value.kind !== "addressOf" && value.kind !== "decay") return undefined;
  const outer = withoutParentheses(syntax);
  if (outer.kind === "unary" && outer.operator !== "&") return undefined;
  const s = outer.kind === "unary" ? outer.operand : syntax;
  const object = value.lvalue;
  if (outer.kind === "unary" && isFunction(object.type)) return undefined;
  const named = withoutParentheses(s);
  if ((outer.kind === "unary" ? s : named).kind !== named.kind) return undefined;
  if (named.kind === "identifier") {
    const symbol = object.kind === "variable" ? object.variable : object.kind === "functionName" ? object.function : undefined;
    if (symbol === undefined || symbol.attributes.weak || symbol.attributes.weakref) return undefined;
  } else if (named.kind !== "member" || object.kind !== "member") {
    return undefined;
  }
  const what = outer.kind === "unary" ? "address of"
    : isFunction(object.type) ? "function" : isArray(object.type) ? "array" : undefined;
  const text = expressionText(c, named);
  return what === undefined || text === undefined ? undefined : { what, text, loc: named.loc, value: object };
}

function warnAddress(c: Checker, syntax: Syntax.Expression, value: Expression): void {
  const address = namedAddress(c, syntax, value);
  if (address === undefined || c.diagnostics.sources.isMacro(startOf(syntax))) return;
  const { what, text, loc } = address;
  const name = what === "address of" ? what : `address of ${what}`;
  warn(c, "pointer-bool-conversion", loc, `${name} '${text}' will always evaluate to 'true'`, functionNotes(address, isBool));
}

/** How it would be said that a function's address, or its result, is meant. */
function functionNotes({ what, loc, value }: NamedAddress, callFits: (returns: Expression["type"]) => boolean): Note[] {
  if (what !== "function") return [];
  const notes: Note[] = [{ place: loc, message: "prefix with the address-of operator to silence this warning" }];
  const type = functionOf(value.type);
  if (type !== undefined && type.parameters.length === 0 && !type.variadic && callFits(type.returns)) {
    notes.push({ place: loc, message: "suffix with parentheses to turn this into a function call" });
  }
  return notes;
}

/** `&x == NULL`. */
export function warnNullComparison(c: Checker, e: Syntax.BinaryExpr, left: Expression, right: Expression): void {
  if ((e.operator !== "==" && e.operator !== "!=") || isNullConstant(left) === isNullConstant(right)) return;
  const [syntax, value, null_, nullSyntax] = isNullConstant(right) ? [e.left, left, right, e.right]
    : [e.right, right, left, e.left];
  const { sources } = c.diagnostics;
  const start = startOf(syntax);
  if (sources.isMacroBody(start) || (sources.isMacro(start) && sources.isMacroBody(startOf(nullSyntax)))) return;
  const address = namedAddress(c, syntax, value);
  if (address === undefined) return;
  const isEqual = e.operator === "==";
  const notes = functionNotes(address, (returns) => isPointer(returns) || (isInteger(returns) && isInteger(null_.type)));
  warn(c, "tautological-pointer-compare", address.loc, `comparison of ${address.what} '${address.text}' ` +
    `${isEqual ? "" : "not "}equal to a null pointer is always ${!isEqual}`, notes);
}

// ---- Numbers ----------------------------------------------------------------------------------------------------------

/** The value of an integer literal, whatever sign stands before it. */
function literalValue(c: Checker, e: Syntax.Expression): bigint | undefined {
  const s = e.kind === "unary" && (e.operator === "-" || e.operator === "+") ? e.operand : e;
  if (s.kind !== "number") return undefined;
  const number = parseNumber(c, s);
  return number?.kind === "integer" ? number.value : undefined;
}

function warnShiftAsTruth(c: Checker, s: Syntax.BinaryExpr, value: Expression): void {
  const left = literalValue(c, s.left);
  const isConstant = left !== undefined && literalValue(c, s.right) !== undefined;
  // A shift of a constant by a negative one has no value.
  if (isConstant && left !== 0n && value.kind !== "integer") return;
  const always = left === 0n ? false : isConstant && value.kind === "integer" ? value.value !== 0n : undefined;
  if (always !== undefined) {
    warn(c, "tautological-constant-compare", s.loc, `converting the result of '<<' to a boolean always evaluates to ${always}`);
    return;
  }
  const text = isSigned(value.type) ? expressionText(c, s) : undefined;
  if (text === undefined) return;
  warn(c, "int-in-bool-context", s.loc, `converting the result of '<<' to a boolean; did you mean '(${text}) != 0'?`);
}

function warnChoiceAsTruth(c: Checker, s: Syntax.ConditionalExpr): void {
  if (s.then === undefined) return;
  const [then, other] = [literalValue(c, s.then), literalValue(c, s.else)];
  if (then === undefined || other === undefined || then === 0n || other === 0n || (then === 1n && other === 1n)) return;
  warn(c, "tautological-constant-compare", startOf(s),
    "converting the result of '?:' with integer constants to a boolean always evaluates to 'true'");
}

/** `x && flag`: an enumerator as an operand. `x && 4`: bits were meant? */
export function warnLogicalConstant(c: Checker, e: Syntax.BinaryExpr, left: Expression, right: Expression): void {
  if (isManyValued(c, e.left, left) || isManyValued(c, e.right, right)) {
    warn(c, "int-in-bool-context", e.loc, "converting the enum constant to a boolean");
    return;
  }
  if (right.kind !== "integer" || right.value === 0n || right.value === 1n || left.kind === "integer") return;
  if (!isInteger(left.type) || isBool(left.type) || isBool(right.type)) return;
  if (c.diagnostics.sources.isMacro(startOf(e.right)) || c.unevaluated > 0) return;
  const isAnd = e.operator === "&&";
  const notes: Note[] = [{ place: e.loc, message: `use '${isAnd ? "&" : "|"}' for a bitwise operation` }];
  if (isAnd) notes.push({ place: e.loc, message: "remove constant to silence this warning" });
  warn(c, "constant-logical-operand", e.loc, `use of logical '${e.operator}' with constant operand`, notes);
}

function isManyValued(c: Checker, syntax: Syntax.Expression, value: Expression): boolean {
  return syntax.kind === "identifier" && c.scope.find(syntax.name)?.kind === "enumConstant" && value.kind === "integer" &&
    value.value !== 0n && value.value !== 1n;
}
