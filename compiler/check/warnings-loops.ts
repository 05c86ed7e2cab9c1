/**
 * -Wfor-loop-analysis: a `for` whose condition reads only variables that nothing in the loop changes, and one that
 * steps twice. The head is judged as it is written, the body by what its names are used for.
 */
import { type Pending, pushExpressionParts, pushStatementParts } from "../ast/parts.ts";
import type { Expression, Statement, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { leftSpine } from "../ast/syntax.ts";
import { isVolatile } from "../types/basic.ts";
import { type Checker, warn } from "./context.ts";
import { continues } from "./warnings.ts";

type ForStatement = Extract<Statement, { kind: "for" }>;

/** Within the scope of the loop's head. */
export function warnForLoop(c: Checker, syntax: Syntax.ForStatement, loop: ForStatement): void {
  if (c.diagnostics.enabled("for-loop-analysis", loop.loc)) {
    warnUnchanging(c, syntax, loop);
    warnSecondStep(c, syntax, loop);
  }
}

function warnUnchanging(c: Checker, syntax: Syntax.ForStatement, loop: ForStatement): void {
  if (syntax.condition === undefined || loop.condition === undefined) return;
  const names: Syntax.IdentifierExpr[] = [];
  if (!collectNames(syntax.condition, names)) return;
  const variables = new Set<Variable>();
  for (const { name } of names) {
    const binding = c.scope.find(name);
    if (binding?.kind !== "variable" || binding.variable.storage === "static" || isVolatile(binding.variable.type)) return;
    variables.add(binding.variable);
  }
  const [first] = names;
  if (first === undefined || changes(loop, variables)) return;
  const quoted = [...variables].map(({ name }) => `'${name}'`);
  warn(c, "for-loop-analysis", first.loc, `variable${listed(quoted)} used in loop condition not modified in loop body`);
}

function listed(names: readonly string[]): string {
  if (names.length === 1) return ` ${names[0]}`;
  if (names.length === 2) return `s ${names.join(" and ")}`;
  return names.length > 4 ? "s" : `s ${names.slice(0, -1).join(", ")}, and ${names.at(-1)}`;
}

/** The names in a condition of constants, names and operators; false for any other. */
function collectNames(e: Syntax.Expression, names: Syntax.IdentifierExpr[]): boolean {
  switch (e.kind) {
    case "identifier":
      names.push(e);
      return true;
    case "number":
    case "character":
    case "constant":
    case "size":
    case "offsetof":
      return true;
    case "paren":
      return collectNames(e.inner, names);
    case "unary":
      return e.operator !== "*" && collectNames(e.operand, names);
    case "update":
    case "cast":
      return collectNames(e.operand, names);
    case "binary": {
      const spine = leftSpine(e);
      const innermost = spine[0];
      return innermost !== undefined && collectNames(innermost.left, names) &&
        spine.every(({ right }) => collectNames(right, names));
    }
    case "assign":
      return collectNames(e.left, names) && collectNames(e.right, names);
    case "conditional":
      return [e.condition, e.then, e.else].every((part) => part === undefined || collectNames(part, names));
    default:
      return false;
  }
}

/** Is one of the variables named but for its value, or is the loop left from within? */
function changes(loop: ForStatement, variables: ReadonlySet<Variable>): boolean {
  const pending: Pending = { statements: [loop.body], expressions: [] };
  if (loop.condition !== undefined) pending.expressions.push(loop.condition);
  if (loop.step !== undefined) pending.expressions.push(loop.step);
  for (;;) {
    const e = pending.expressions.pop();
    if (e !== undefined) {
      if (e.kind === "variable" && variables.has(e.variable)) return true;
      if (e.kind !== "load" || e.lvalue.kind !== "variable") pushExpressionParts(e, pending);
      continue;
    }
    const s = pending.statements.pop();
    if (s === undefined) return false;
    if (s.kind === "return" || s.kind === "break" || s.kind === "goto") return true;
    pushStatementParts(s, pending);
  }
}

interface Step {
  readonly variable: Variable;
  readonly name: Syntax.IdentifierExpr;
  readonly word: "incremented" | "decremented";
}

function stepOf(syntax: Syntax.Expression | undefined, e: Expression | undefined): Step | undefined {
  if (syntax?.kind !== "update" || syntax.operand.kind !== "identifier" || e?.kind !== "increment") return undefined;
  if (e.lvalue.kind !== "variable") return undefined;
  return { variable: e.lvalue.variable, name: syntax.operand, word: e.decrement ? "decremented" : "incremented" };
}

/** `for (...; i++) { ...; i++; }`, where no `continue` tells that this is meant. */
function warnSecondStep(c: Checker, syntax: Syntax.ForStatement, loop: ForStatement): void {
  const { body } = loop;
  if (body.kind !== "block" || syntax.body.kind !== "compound") return;
  const lastSyntax = syntax.body.items.at(-1);
  const last = body.statements.at(-1);
  if (lastSyntax?.kind !== "expressionStatement" || last?.kind !== "expression") return;
  const head = stepOf(syntax.step, loop.step);
  const second = stepOf(lastSyntax.expression, last.expression);
  if (head === undefined || second === undefined || head.word !== second.word || head.variable !== second.variable) return;
  if (continues(body)) return;
  warn(c, "for-loop-analysis", second.name.loc,
    `variable '${second.name.name}' is ${second.word} both in the loop header and in the loop body`,
    [{ place: head.name.loc, message: `${head.word} here` }]);
}
