/**
 * What a function's body names: every function, static variable and static initialiser that its code may need.
 */
import { type Pending, pushExpressionParts, pushStatementParts } from "./parts.ts";
import type { FunctionBody, FunctionDecl, StaticInitializer, Variable } from "./program.ts";

export type Entity = FunctionDecl | Variable;

/** Calls `visit` for each naming of a function or of a variable with static storage in a body. */
export function forEachReference(body: FunctionBody, visit: (entity: Entity) => void): void {
  const pending: Pending = { statements: [...body.statements], expressions: [] };
  for (;;) {
    const e = pending.expressions.pop();
    if (e !== undefined) {
      if ((e.kind === "variable" || e.kind === "compoundLiteral") && e.variable.storage === "static") visit(e.variable);
      else if (e.kind === "functionName") visit(e.function);
      pushExpressionParts(e, pending);
      continue;
    }
    const s = pending.statements.pop();
    if (s === undefined) return;
    if (s.kind === "declare" && s.cleanup !== undefined) visit(s.cleanup);
    pushStatementParts(s, pending);
  }
}

/** The functions and variables whose addresses stand in a static initialiser. */
export function initializerReferences(initializer: StaticInitializer | undefined): readonly Entity[] {
  const found: Entity[] = [];
  for (const { address } of initializer?.addresses ?? []) {
    if (address.base.kind === "function" || address.base.kind === "variable") found.push(address.base);
  }
  return found;
}
