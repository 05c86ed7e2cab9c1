/**
 * Warnings that look at more than one node: what is never used, what does not return, what a switch leaves out. Each is given
 * under clang's name; the diagnostics decide whether it is wanted.
 */
import type { Expression, FunctionBody, FunctionDecl, Statement, SwitchCase, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { isConst, isError, isVoid, isVolatile } from "../types/basic.ts";
import type { CType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { truth } from "./build.ts";
import { type Checker, type FunctionState, warn } from "./context.ts";
import { noteAdvised } from "./advice.ts";
import { isSetOfFlags } from "./enums.ts";
import { coversEnum, flowOf, neverReturns, reachedBlocks } from "./flow.ts";
import { isTruth } from "./warnings-logic.ts";
import { isTruthValue } from "./warnings-operators.ts";

/** A name was used: it is not unused, and may be deprecated. */
export function noteUse(c: Checker, entity: FunctionDecl | Variable | CType, name: string, loc: Loc): void {
  if (entity.kind === "variable" || (entity.kind === "function" && "linkage" in entity)) c.noted.add(entity);
  noteAdvised(c, entity, name, loc);
}

// ---- Unused -----------------------------------------------------------------------------------------------------------

export function warnUnusedLocals(c: Checker, state: FunctionState): void {
  if (c.diagnostics.hasErrors) return;
  for (const { variable, isParameter, quiet } of state.locals) {
    if (quiet || c.quiet.has(variable) || variable.name === "") continue;
    if (c.noted.has(variable)) {
      const uses = c.uses.get(variable);
      if (uses === undefined || uses.unevaluated || uses.named !== uses.written || isVolatile(variable.type)) continue;
      const what = isParameter ? "parameter" : "variable";
      warn(c, `unused-but-set-${what}`, variable.loc, `${what} '${variable.name}' set but not used`);
      continue;
    }
    if (isParameter && variable.name === "_") continue;
    if (isParameter) warn(c, "unused-parameter", variable.loc, `unused parameter '${variable.name}'`);
    else warn(c, "unused-variable", variable.loc, `unused variable '${variable.name}'`);
  }
}

/** Static functions and variables of the main file that nothing names. */
export function warnUnusedGlobals(c: Checker): void {
  if (c.diagnostics.hasErrors) return;
  const { sources } = c.diagnostics;
  const inMainFile = (loc: Loc): boolean => sources.includeStack(loc).length === 0;
  for (const decl of c.functions) {
    if (decl.linkage !== "internal" || c.quiet.has(decl) || c.noted.has(decl)) continue;
    if (decl.body === undefined || decl.attributes.used || !inMainFile(decl.loc)) continue;
    warn(c, "unused-function", decl.loc, `unused function '${decl.name}'`);
  }
  for (const variable of c.variables) {
    if (variable.linkage !== "internal" || variable.owner !== undefined || c.quiet.has(variable)) continue;
    if (c.noted.has(variable) || variable.attributes.used || variable.name.startsWith(".") || !inMainFile(variable.loc)) continue;
    const name = isConst(variable.type) ? "unused-const-variable" : "unused-variable";
    warn(c, name, variable.loc, `unused variable '${variable.name}'`);
  }
}

/** -Wundefined-internal, -Wundefined-inline: functions that are used here, and that no other object can define. */
export function warnUndefined(c: Checker): void {
  if (c.diagnostics.hasErrors) return;
  for (const decl of c.functions) {
    if (decl.body !== undefined || decl.attributes.alias !== undefined || !c.usedFunctions.has(decl)) continue;
    const inline = c.inlines.get(decl);
    if (decl.linkage === "internal") {
      warn(c, "undefined-internal", decl.loc, `function '${decl.name}' has internal linkage but is not defined`);
    } else if (inline !== undefined && !inline.gnu && (inline.plainInline || inline.externInline)) {
      warn(c, "undefined-inline", decl.loc, `inline function '${decl.name}' is not defined`);
    }
  }
}

/** `if (a = b)`: meant as a comparison? */
export function warnCondition(c: Checker, syntax: Syntax.Expression): void {
  if (syntax.kind !== "assign" || (syntax.operator !== "=" && syntax.operator !== "|=")) return;
  const instead = syntax.operator === "=" ? "use '==' to turn this assignment into an equality comparison"
    : "use '!=' to turn this compound assignment into an inequality comparison";
  warn(c, "parentheses", syntax.loc, "using the result of an assignment as a condition without parentheses", [
    { place: syntax.loc, message: "place parentheses around the assignment to silence this warning" },
    { place: syntax.loc, message: instead },
  ]);
}

// ---- Switch -----------------------------------------------------------------------------------------------------------

/** What one sees of a switch when its body is whole: `value` is as it was written, before its promotion. */
export function warnSwitch(
  c: Checker, s: Syntax.SwitchStatement, value: Expression, cases: readonly SwitchCase[], hasDefault: boolean,
): void {
  if (isTruthValue(s.value) || (value.kind !== "integer" && isTruth(s.value, value))) {
    warn(c, "switch-bool", s.loc, "switch condition has boolean value");
  }
  if (value.kind === "integer" && !hasDefault) {
    if (cases.some(({ low, high }) => low <= value.value && value.value <= high)) return;
    const place = s.value.kind === "binary" ? s.value.loc : startOf(s.value);
    warn(c, "", place, `no case matching constant switch condition '${value.value}'`);
    return;
  }
  let written = value;
  while (written.kind === "cast" && written.implicit) written = written.operand;
  warnSwitchOverEnum(c, written.type, cases, hasDefault, startOf(s.value));
}

/** -Wswitch: enumerators that no case names, and cases that are no enumerators. */
function warnSwitchOverEnum(c: Checker, type: CType, cases: readonly SwitchCase[], hasDefault: boolean, loc: Loc): void {
  const t = canonical(type);
  if (t.kind !== "enum" || t.decl.constants === undefined || t.decl.constants.length === 0) return;
  const missing: string[] = [];
  const seen = new Set<bigint>();
  for (const { name, value } of [...t.decl.constants].sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (!cases.some((one) => value >= one.low && value <= one.high)) missing.push(`'${name}'`);
  }
  if (missing.length > 0 && !hasDefault) warn(c, "switch", loc, missingText(missing));
  if (t.decl.isOpen === true) return;
  const isExpected = (value: bigint): boolean => (t.decl.isFlags === true ? isSetOfFlags(t.decl, value) : seen.has(value));
  for (const one of cases) {
    const ends = one.low === one.high ? [{ value: one.low, loc: one.loc }]
      : [{ value: one.low, loc: one.loc }, { value: one.high, loc: one.highLoc }];
    for (const end of ends) {
      if (!isExpected(end.value)) warn(c, "switch", end.loc, `case value not in enumerated type ${quoteType(type)}`);
    }
  }
}

function missingText(names: readonly string[]): string {
  const [first, second, third] = names;
  const what = "not handled in switch";
  if (names.length === 1) return `enumeration value ${first} ${what}`;
  if (names.length === 2) return `enumeration values ${first} and ${second} ${what}`;
  if (names.length === 3) return `enumeration values ${first}, ${second}, and ${third} ${what}`;
  return `${names.length} enumeration values ${what}: ${first}, ${second}, ${third}...`;
}

/** -Wimplicit-fallthrough: a case that is reached from the statements before it. */
export function warnFallthrough(c: Checker, body: Statement): void {
  if (body.kind !== "block" || !c.diagnostics.enabled("implicit-fallthrough", body.loc)) return;
  let before: Statement | undefined;
  for (const statement of body.statements) {
    const isCase = statement.kind === "case" || statement.kind === "default";
    if (isCase && before !== undefined && !isBareLabel(before) && !isMarked(before) && completes(before)) {
      warn(c, "implicit-fallthrough", statement.loc, "unannotated fall-through between switch labels");
    }
    before = statement;
  }
}

/** A label in a row with the next one. */
function isBareLabel(statement: Statement): boolean {
  const isLabel = statement.kind === "case" || statement.kind === "default" || statement.kind === "labeled";
  return isLabel && statement.body.kind === "empty";
}

function isMarked(statement: Statement): boolean {
  let s: Statement | undefined = statement;
  while (s !== undefined) {
    if (s.kind === "empty") return s.fallthrough === true;
    if (s.kind === "case" || s.kind === "default" || s.kind === "labeled") s = s.body;
    else if (s.kind === "block") s = s.statements.at(-1);
    else return false;
  }
  return false;
}

// ---- Missing return ---------------------------------------------------------------------------------------------------

/** -Wreturn-type: a function with a result whose end can be reached. */
export function warnMissingReturn(c: Checker, decl: FunctionDecl, body: FunctionBody): void {
  const { returns } = decl.type;
  if (c.diagnostics.hasErrors || decl.naked || body.statements.at(-1)?.kind === "return") return;
  if (!decl.noreturn && (isVoid(returns) || isError(returns) || decl.name === "main")) return;
  const graph = flowOf(decl, body, new Map());
  const reached = reachedBlocks(graph);
  if (!reached.has(graph.end)) return;
  if (decl.noreturn) {
    warn(c, "invalid-noreturn", body.end, `function declared 'noreturn' should not return`);
    return;
  }
  const leaves = graph.exit.predecessors.some((block) => block !== graph.end && reached.has(block));
  warn(c, "return-type", body.end, leaves
    ? "non-void function does not return a value in all control paths"
    : "non-void function does not return a value");
}

/** Can control reach the end of the list? Labels are taken as reachable. */
function completesList(statements: readonly Statement[]): boolean {
  let open = true;
  for (const s of statements) {
    if (!open && !hasLabel(s)) continue;
    open = completes(s);
  }
  return open;
}

/** Can control reach what follows the statement, given that it is reached itself? */
function completes(s: Statement): boolean {
  switch (s.kind) {
    case "return":
    case "goto":
    case "computedGoto":
    case "break":
    case "continue":
      return false;
    case "expression":
      return !doesNotComplete(s.expression);
    case "block":
      return completesList(s.statements);
    case "if": {
      let at: Statement = s;
      while (at.kind === "if") {
        const known = truth(at.condition);
        if ((known !== false || hasLabel(at.then)) && completes(at.then)) return true;
        if (known === true) return false;
        if (at.else === undefined) return true;
        at = at.else;
      }
      return completes(at);
    }
    case "while":
      return truth(s.condition) !== true || breaksOut(s.body);
    case "for":
      return (s.condition !== undefined && truth(s.condition) !== true) || breaksOut(s.body);
    case "do":
      return breaksOut(s.body) || (truth(s.condition) !== true && (completes(s.body) || continues(s.body)));
    case "switch":
      return !(s.hasDefault || coversEnum(s)) || completes(s.body) || breaksOut(s.body);
    case "case":
    case "default":
    case "labeled":
      return completes(s.body);
    case "asm":
      return true;
    default:
      return true;
  }
}

function doesNotComplete(e: Expression): boolean {
  switch (e.kind) {
    case "call":
      return e.callee.kind === "functionName" && neverReturns(e.callee.function);
    case "builtin":
      return e.name === "unreachable" || e.name === "trap";
    case "cast":
      return doesNotComplete(e.operand);
    case "comma":
      return doesNotComplete(e.right);
    case "statement":
      return !completesList(e.statements);
    case "conditional":
      return e.then !== undefined && doesNotComplete(e.then) && doesNotComplete(e.else);
    default:
      return false;
  }
}

/** Visits statements inside `s` that are not inside a loop or switch of their own, when `stop` says so. */
function some(s: Statement, test: (s: Statement) => boolean, enter: (s: Statement) => boolean): boolean {
  if (test(s)) return true;
  if (!enter(s)) return false;
  switch (s.kind) {
    case "block":
      return s.statements.some((inner) => some(inner, test, enter));
    case "if": {
      let at: Statement = s;
      while (at.kind === "if") {
        if (some(at.then, test, enter)) return true;
        if (at.else === undefined) return false;
        at = at.else;
      }
      return some(at, test, enter);
    }
    case "while":
    case "do":
    case "for":
    case "switch":
    case "case":
    case "default":
    case "labeled":
      return some(s.body, test, enter);
    default:
      return false;
  }
}

const isLoop = (s: Statement): boolean => s.kind === "while" || s.kind === "do" || s.kind === "for";

function breaksOut(body: Statement): boolean {
  return some(body, (s) => s.kind === "break", (s) => !isLoop(s) && s.kind !== "switch");
}

/** Is there a `continue` for the loop with this body? */
export function continues(body: Statement): boolean {
  return some(body, (s) => s.kind === "continue", (s) => !isLoop(s));
}

function hasLabel(statement: Statement): boolean {
  return some(statement, (s) => s.kind === "labeled" || s.kind === "case" || s.kind === "default", () => true);
}
