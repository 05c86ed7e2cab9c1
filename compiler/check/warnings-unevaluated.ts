/**
 * Warnings about operands that are looked at for their type alone: what they would do is not done, and an array that has become
 * a pointer has a pointer's size.
 */
import { type Pending, pushExpressionParts, pushStatementParts } from "../ast/parts.ts";
import type { Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { isArray } from "../types/basic.ts";
import { quoteType } from "../types/print.ts";
import { type Checker, warn } from "./context.ts";
import { isVariableLength } from "./variable-length.ts";
import { withoutParentheses } from "./warnings-logic.ts";

/** -Wunevaluated-expression: the operand of `sizeof`, `_Alignof` or `_Generic` changes something. */
export function warnUnevaluated(c: Checker, syntax: Syntax.Expression, value: Expression): void {
  const loc = syntax.kind === "paren" ? syntax.loc : value.loc;
  if (c.diagnostics.sources.isMacro(loc) || isVariableLength(value.type) || !hasEffects(c, value)) return;
  warn(c, "unevaluated-expression", loc,
    "expression with side effects has no effect in an unevaluated context");
}

/** Does it change something for certain? Calls, and reads of volatile objects, may; a macro is not looked into. */
function hasEffects(c: Checker, value: Expression): boolean {
  const pending: Pending = { statements: [], expressions: [value] };
  for (;;) {
    const e = pending.expressions.pop();
    if (e !== undefined) {
      if (c.diagnostics.sources.isMacro(e.loc)) continue;
      if (e.kind === "assign" || e.kind === "compoundAssign" || e.kind === "increment") return true;
      pushExpressionParts(e, pending);
      continue;
    }
    const s = pending.statements.pop();
    if (s === undefined) return false;
    pushStatementParts(s, pending);
  }
}

/** -Wsizeof-array-decay: `sizeof(array + 1)`, `sizeof(0, array)`. */
export function warnDecayedSize(c: Checker, syntax: Syntax.Expression, value: Expression): void {
  if (withoutParentheses(syntax).kind !== "binary") return;
  const operand = value.kind === "pointerAdd" ? value.pointer : value.kind === "comma" ? value.right : undefined;
  if (operand?.kind !== "decay" || !isArray(operand.lvalue.type)) return;
  warn(c, "sizeof-array-decay", value.loc,
    `sizeof on pointer operation will return size of ${quoteType(operand.type)} instead of ${quoteType(operand.lvalue.type)}`);
}
