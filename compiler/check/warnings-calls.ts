/**
 * Warnings about arguments that a function's attributes give: formats, -Wnonnull, -Wsentinel; and
 * about those of the functions for absolute values.
 */
import type { Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { integerOf, isArray, isFloat, isFunction, isPointer } from "../types/basic.ts";
import type { FunctionType } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { isNullConstant } from "./build.ts";
import { evaluate } from "./constants.ts";
import { type Checker, warn, warnAtRunTime } from "./context.ts";
import { type RuledCall, warnFormats } from "./warnings-format.ts";

export function warnCall(c: Checker, call: RuledCall, type: FunctionType): void {
  warnFormats(c, call);
  warnNull(c, call);
  warnSentinel(c, call, type);
}

/** -Wnonnull: a constant null pointer for what must not be one. */
function warnNull(c: Checker, { syntax, rules, passed }: RuledCall): void {
  for (const [i, value] of passed.entries()) {
    const isNamed = rules.nonnull.has(i);
    if (!isNamed && !(rules.nonnullAll && isPointer(value.type))) continue;
    const known = evaluate(c, value);
    if (known === undefined || known.kind === "address" || Number(known.value) !== 0) continue;
    const loc = isNamed ? syntax.arguments[i]?.loc ?? syntax.end : syntax.end;
    warnAtRunTime(c, "nonnull", loc, "null passed to a callee that requires a non-null argument", [], value.loc);
  }
}

/** -Wsentinel: the list of variable arguments does not end in a null pointer. */
function warnSentinel(c: Checker, { syntax, rules, written }: RuledCall, type: FunctionType): void {
  const { sentinel } = rules;
  if (sentinel === undefined) return;
  const notes = [{ place: sentinel.loc, message: "function has been explicitly marked sentinel here" }];
  if (written.length < type.parameters.length - sentinel.inParameters + sentinel.behind + 1) {
    const name = syntax.callee.kind === "identifier" ? ` in '${syntax.callee.name}' declaration` : "";
    warn(c, "sentinel", syntax.open, `not enough variable arguments${name} to fit a sentinel`, notes);
    return;
  }
  const at = written.length - sentinel.behind - 1;
  const value = written[at];
  const argument = syntax.arguments[at];
  if (value === undefined || argument === undefined || isNullPointer(value)) return;
  warn(c, "sentinel", sentinel.behind === 0 ? syntax.end : behind(c, argument), "missing sentinel in function call", notes);
}

/** Behind a name; of another expression, where it begins. */
function behind(c: Checker, e: Syntax.Expression): Loc {
  if (e.kind !== "identifier") return startOf(e);
  const name = new TextEncoder().encode(e.name);
  return c.diagnostics.sources.within(e.loc, name.length, name);
}

/** A null pointer constant of pointer type, whatever it was cast to. */
function isNullPointer(value: Expression): boolean {
  if (!isPointer(value.type)) return false;
  let inner = value;
  while (inner.kind === "cast") inner = inner.operand;
  return isNullConstant(inner) || (inner.kind === "integer" && inner.value === 0n);
}

// ---- Absolute values --------------------------------------------------------------------------------------------------

const absolutes: ReadonlySet<string> = new Set(["abs", "labs", "llabs", "fabs", "fabsf", "fabsl"]);

/** -Wabsolute-value: of what is never negative, or by a function for other numbers. The argument is converted already. */
export function warnAbsolute(c: Checker, name: string, e: Syntax.CallExpr, values: readonly Expression[]): void {
  const [converted] = values;
  if (converted === undefined || !absolutes.has(name.replace("__builtin_", ""))) return;
  const argument = beforeConversion(converted);
  const { type } = argument;
  const say = (message: string): void => {
    warn(c, "absolute-value", startOf(e.callee), message);
  };
  const info = integerOf(type);
  if (info?.signed === false) {
    say(`taking the absolute value of unsigned type ${quoteType(type)} has no effect`);
  } else if (isPointer(type)) {
    const written = argument.kind === "decay" ? argument.lvalue.type : type;
    const what = isFunction(written) ? "function" : isArray(written) ? "array" : "pointer";
    say(`taking the absolute value of ${what} type ${quoteType(written)} is suspicious`);
  } else if (isFloat(type) !== isFloat(converted.type)) {
    const [used, given] = isFloat(type) ? ["integer", "floating point"] : ["floating point", "integer"];
    say(`using ${used} absolute value function '${name}' when argument is of ${given} type`);
  } else if (sizeOf(type) > sizeOf(converted.type)) {
    say(`absolute value function '${name}' given an argument of type ${quoteType(type)} but has parameter of type ` +
      `${quoteType(converted.type)} which may cause truncation of value`);
  }
}

function beforeConversion(e: Expression): Expression {
  let inner = e;
  while (inner.kind === "cast" && inner.implicit) inner = inner.operand;
  return inner;
}
