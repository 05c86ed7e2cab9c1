/**
 * -Wunused-value and its kin: expressions that are evaluated for nothing.
 *
 * The part of the syntax whose value is lost is looked for first: the right side of a comma, the last statement of a statement
 * expression, a branch where both do nothing. The checked expression goes along as far as it has the same form, for its types.
 */
import type { Expression, FunctionDecl } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { isError, isPointer, isVoid, isVolatile, pointee } from "../types/basic.ts";
import { builtinNamed } from "./builtins.ts";
import { type Checker, warn, warnAtRunTime } from "./context.ts";

interface Unused {
  readonly syntax: Syntax.Expression;
  readonly loc: Loc;
}

/** Is it read from a volatile object? */
function readsVolatile(e: Expression | undefined): boolean {
  let inner = e;
  while (inner?.kind === "cast" && inner.implicit) inner = inner.operand;
  if (inner?.kind === "load") inner = inner.lvalue;
  switch (inner?.kind) {
    case "variable":
    case "dereference":
    case "compoundLiteral":
      return isVolatile(inner.type);
    case "member":
      return isVolatile(inner.type) || isVolatile(inner.base.type);
    default:
      return false;
  }
}

/** Operators that name an object. */
const readingOperators: ReadonlySet<string> = new Set(["*", "__real__", "__imag__"]);

/** The part whose value is lost; undefined where something is done with it, or besides. */
function unusedPart(c: Checker, s: Syntax.Expression, e: Expression | undefined): Unused | undefined {
  switch (s.kind) {
    case "paren":
      return unusedPart(c, s.inner, e);
    case "generic":
    case "choose":
    case "vaArg":
    case "assign":
    case "update":
    case "errorExpression":
      return undefined;
    case "unary":
      if (s.operator === "__extension__") return unusedPart(c, s.operand, e);
      return readingOperators.has(s.operator) && readsVolatile(e) ? undefined : { syntax: s, loc: s.loc };
    case "binary":
      return unusedBinary(c, s, e);
    case "conditional":
      return unusedBranch(c, s, e);
    case "subscript":
      return readsVolatile(e) ? undefined : { syntax: s, loc: s.end };
    case "call":
      return withoutEffect(c, s) === undefined ? undefined : { syntax: s, loc: startOf(s.callee) };
    case "statementExpression":
      return unusedLast(c, s, e);
    case "cast":
      if (e !== undefined && isVoid(e.type)) return undefined;
      if (c.diagnostics.sources.isMacro(s.loc)) return unusedPart(c, s.operand, e?.kind === "cast" ? e.operand : undefined);
      return { syntax: s, loc: s.loc };
    default:
      return readsVolatile(e) || (e !== undefined && isVoid(e.type)) ? undefined : { syntax: s, loc: s.loc };
  }
}

function unusedBinary(c: Checker, s: Syntax.BinaryExpr, e: Expression | undefined): Unused | undefined {
  if (s.operator === ",") {
    // `(x = y, 0)` hides a result.
    let right = s.right;
    while (right.kind === "paren") right = right.inner;
    if (right.kind === "number" && /^0[xXbB]?0*[uUlL]*$/.test(right.text)) return undefined;
    return unusedPart(c, s.right, e?.kind === "comma" ? e.right : undefined);
  }
  if (s.operator === "&&" || s.operator === "||") {
    const [left, right] = e?.kind === "logical" ? [e.left, e.right] : [undefined, undefined];
    if (unusedPart(c, s.left, left) === undefined || unusedPart(c, s.right, right) === undefined) return undefined;
  }
  return { syntax: s, loc: s.loc };
}

/** Where only one branch does nothing, the other is what is meant. */
function unusedBranch(c: Checker, s: Syntax.ConditionalExpr, e: Expression | undefined): Unused | undefined {
  const [left, right] = e?.kind === "conditional" ? [e.then, e.else] : [undefined, undefined];
  if (s.then !== undefined && unusedPart(c, s.then, left) === undefined) return undefined;
  return unusedPart(c, s.else, right);
}

function unusedLast(c: Checker, s: Syntax.StatementExpr, e: Expression | undefined): Unused | undefined {
  let last = s.body.items.at(-1);
  while (last?.kind === "labeled") last = last.body;
  const value = e?.kind === "statement" ? e.value : undefined;
  if (last?.kind === "expressionStatement") return unusedPart(c, last.expression, value);
  return e === undefined || isVoid(e.type) ? undefined : { syntax: s, loc: s.loc };
}

/** Why a call is made for its result alone. */
function withoutEffect(c: Checker, s: Syntax.CallExpr): "pure" | "const" | "used" | undefined {
  let { callee } = s;
  while (callee.kind === "paren") callee = callee.inner;
  if (callee.kind !== "identifier") return undefined;
  const binding = c.scope.find(callee.name);
  if (binding === undefined) {
    const builtin = builtinNamed(callee.name);
    const { fold, special } = builtin ?? {};
    return fold !== undefined || special === "expect" || special === "constantP" ? "const" : undefined;
  }
  return binding.kind === "function" ? effectOf(c, binding.function) : undefined;
}

function effectOf(c: Checker, decl: FunctionDecl): "pure" | "const" | "used" | undefined {
  return c.mustUse.has(decl) ? "used" : c.withoutEffect.get(decl);
}

const comparisons: Readonly<Record<string, string>> = {
  "==": "equality", "!=": "inequality", "<": "relational", ">": "relational", "<=": "relational", ">=": "relational",
};

/** An expression whose value is dropped, as a statement or on the left of a comma. */
export function warnUnusedValue(c: Checker, e: Expression, syntax: Syntax.Expression, isLeft: boolean): void {
  if (c.unevaluated > 0 || isError(e.type)) return;
  const unused = unusedPart(c, syntax, e);
  if (unused === undefined) return;
  const { sources } = c.diagnostics;
  let whole = syntax;
  while (whole.kind === "paren") whole = whole.inner;
  const isSilent = sources.isMacroBody(whole.kind === "subscript" ? whole.end : whole.loc);
  if (syntax.kind === "statementExpression" && sources.isMacro(unused.loc)) return;
  const comparison = syntax.kind === "binary" ? comparisons[syntax.operator] : undefined;
  if (comparison !== undefined) {
    if (!sources.isMacroBody(unused.loc)) warn(c, "unused-comparison", unused.loc, `${comparison} comparison result unused`);
    return;
  }
  if (unused.syntax.kind === "call") {
    const effect = withoutEffect(c, unused.syntax);
    if (isVoid(e.type)) return;
    if (effect === "used") {
      warn(c, "unused-result", unused.loc, "ignoring return value of function declared with 'warn_unused_result' attribute");
    } else if (!isSilent) {
      warn(c, "unused-value", unused.loc, `ignoring return value of function declared with ${effect ?? ""} attribute`);
    }
    return;
  }
  if (isSilent) return;
  const message = isLeft ? "left operand of comma operator has no effect"
    : unused.syntax.kind === "cast" && isPlainVoidPointer(e) && unused.syntax === whole
      ? "expression result unused; should this cast be to 'void'?" : "expression result unused";
  warnAtRunTime(c, "unused-value", unused.loc, message, [], e.loc);
}

function isPlainVoidPointer(e: Expression): boolean {
  return isPointer(e.type) && e.type.kind === "pointer" && pointee(e.type).kind === "void";
}
