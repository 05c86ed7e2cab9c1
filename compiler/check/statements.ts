/**
 * Statements (C11 6.8) with GNU's labels as values, local labels, case ranges and statement expressions. Labels, cases and
 * jumps are bound to their targets here.
 */
import type { Expression, Label, LoopHints, Statement, SwitchCase } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Note } from "../source/diagnostic.ts";
import type { Loc } from "../source/source-map.ts";
import {
  constOf, integerOf, isBool, isError, isInteger, isPointer, isVoid, pointerTo, unqualified, voidType,
} from "../types/basic.ts";
import { wrapInteger } from "../types/convert.ts";
import { quoteType } from "../types/print.ts";
import { checkStatementAttributes } from "./attribute-rules.ts";
import { readAttributes } from "./attributes.ts";
import { checkAsm } from "./asm.ts";
import { errorExpression, toVoid } from "./build.ts";
import {
  type Checker, error, type FunctionState, inScope, type LabelState, type ModifiedScope, type OpenSwitch, warn,
} from "./context.ts";
import { condition, convertTo, promoted, rvalue } from "./conversions.ts";
import { checkBlockDeclaration, checkBroken, checkDeclaration } from "./declarations.ts";
import { checkExpression, checkValue, requireConstant, requireTypedConstant } from "./expressions.ts";
import { discard } from "./operators.ts";
import { warnTruthOf } from "./warnings-conditions.ts";
import { warnReturnedAddress } from "./warnings-pointers.ts";
import { warnForLoop } from "./warnings-loops.ts";
import { warnDanglingElse, warnEmptyBody, warnParenthesizedEquality } from "./warnings-operators.ts";
import { warnCondition, warnFallthrough, warnSwitch } from "./warnings.ts";
import { warnUnusedValue } from "./warnings-values.ts";

function stateOf(c: Checker): FunctionState {
  if (c.function === undefined) throw new Error("check: a statement outside of a function");
  return c.function;
}

/** The items of a block, in the scope that the caller opened. */
export function checkBlockItems(c: Checker, items: readonly Syntax.BlockItem[]): Statement[] {
  const out: Statement[] = [];
  for (const [i, item] of items.entries()) {
    checkItem(c, item, out);
    warnEmptyBody(c, item, items[i + 1]);
  }
  return out;
}

function checkItem(c: Checker, item: Syntax.BlockItem, out: Statement[]): void {
  switch (item.kind) {
    case "declaration":
    case "staticAssert":
    case "pragma":
    case "attributeDeclaration":
      checkBlockDeclaration(c, item, out);
      break;
    case "localLabels":
      for (const { name, loc } of item.names) {
        const label: Label = { kind: "label", name, loc, addressTaken: false };
        if (!c.scope.declareLabel(name, label)) error(c, loc, `redefinition of label '${name}'`);
        else stateOf(c).labels.set(localKey(label), newLabel(label));
      }
      break;
    case "broken":
      checkBroken(c, item, out);
      break;
    case "labeled":
      checkLabeled(c, item, out);
      break;
    default:
      out.push(checkStatement(c, item));
  }
}

/** The key under which a `__label__` stands among the function's labels: no identifier has a space. */
function localKey(label: Label): string {
  return `${label.name} ${label.loc}`;
}

function newLabel(label: Label): LabelState {
  return { label, defined: false, used: false, firstUse: label.loc, path: [], modified: undefined, place: label.loc, quiet: false };
}

/** A statement that is a scope of its own: a loop's or an if's body. */
function checkScoped(c: Checker, s: Syntax.Statement): Statement {
  return inScope(c, "statement", () => checkStatement(c, s));
}

function checkStatement(c: Checker, s: Syntax.Statement): Statement {
  switch (s.kind) {
    case "compound":
      return inScope(c, "block", () => ({
        kind: "block", statements: checkBlockItems(c, s.items), loc: s.loc, end: s.end,
      }));
    case "expressionStatement":
      return { kind: "expression", expression: checkDiscarded(c, s.expression), loc: s.loc };
    case "emptyStatement":
      return { kind: "empty", loc: s.loc };
    case "if":
      return checkIf(c, s);
    case "switch":
      return checkSwitch(c, s);
    case "while": {
      const test = checkCondition(c, s.condition, s.loc);
      return { kind: "while", condition: test, body: checkLoopBody(c, s.body), loop: loopHints(c, s.hints), loc: s.loc };
    }
    case "do": {
      const body = checkLoopBody(c, s.body);
      return { kind: "do", body, condition: checkCondition(c, s.condition, s.condition.loc), loop: loopHints(c, s.hints), loc: s.loc };
    }
    case "for":
      // In C89 what the head declares belongs to the block around the loop.
      return c.options.dialect === "c89" ? checkFor(c, s) : inScope(c, "statement", () => checkFor(c, s));
    case "labeled": {
      const statements: Statement[] = [];
      checkLabeled(c, s, statements);
      const only = statements[0];
      return statements.length === 1 && only !== undefined ? only : { kind: "block", statements, loc: s.loc, end: s.loc };
    }
    case "attributed":
      return checkAttributed(c, s);
    case "goto": {
      const state = stateOf(c);
      const label = findLabelState(c, s.label.name, s.label.loc);
      label.used = true;
      state.gotos.push({ label, path: state.expressionPath, modified: state.modified, loc: s.loc, isAsm: false });
      return { kind: "goto", label: label.label, loc: s.loc };
    }
    case "computedGoto": {
      const value = checkValue(c, s.target);
      stateOf(c).computedGotos.push({ modified: stateOf(c).modified, loc: s.loc });
      const target = isPointer(value.type) ? value
        : convertTo(c, value, pointerTo(constOf(voidType)), "pass", s.target.loc);
      return { kind: "computedGoto", target, loc: s.loc };
    }
    case "break":
      if (stateOf(c).breakable === 0) error(c, s.loc, "'break' statement not in loop or switch statement");
      return { kind: "break", loc: s.loc };
    case "continue":
      if (stateOf(c).loops === 0) error(c, s.loc, "'continue' statement not in loop statement");
      return { kind: "continue", loc: s.loc };
    case "return":
      return checkReturn(c, s);
    case "asm":
      return checkAsm(c, s);
    case "broken": {
      const statements: Statement[] = [];
      checkBroken(c, s, statements);
      return { kind: "block", statements, loc: s.loc, end: s.loc };
    }
  }
}

/** An expression whose value is not used. */
function checkDiscarded(c: Checker, syntax: Syntax.Expression): Expression {
  const e = checkExpression(c, syntax);
  warnUnusedValue(c, e, syntax, false);
  return discard(c, e);
}

/** `loc` is that of the statement. */
function checkCondition(c: Checker, syntax: Syntax.Expression, loc: Loc): Expression {
  warnCondition(c, syntax);
  warnParenthesizedEquality(c, syntax);
  const test = condition(c, checkExpression(c, syntax), loc);
  warnTruthOf(c, syntax, test);
  c.function?.written?.set(test, syntax);
  return test;
}

// ---- Selection --------------------------------------------------------------------------------------------------------

function checkIf(c: Checker, s: Syntax.IfStatement): Statement {
  const arms = s.arms.map((arm) => ({
    condition: checkCondition(c, arm.condition, arm.loc), then: checkScoped(c, arm.then), loc: arm.loc,
  }));
  for (const arm of s.arms) warnDanglingElse(c, arm.then);
  let rest = s.else === undefined ? undefined : checkScoped(c, s.else);
  for (let i = arms.length - 1; i >= 0; i--) {
    const arm = arms[i];
    if (arm !== undefined) rest = { kind: "if", condition: arm.condition, then: arm.then, else: rest, loc: arm.loc };
  }
  return rest ?? { kind: "empty", loc: s.loc };
}

function checkSwitch(c: Checker, s: Syntax.SwitchStatement): Statement {
  const state = stateOf(c);
  const raw = checkValue(c, s.value);
  let value = raw;
  if (!isError(raw.type) && !isInteger(raw.type)) {
    error(c, s.loc, `statement requires expression of integer type (${quoteType(raw.type)} invalid)`);
    value = errorExpression(raw.loc);
  } else {
    value = promoted(raw);
  }
  const open: OpenSwitch = {
    type: value.type, written: raw.type, path: state.expressionPath, modified: state.modified, cases: [], hasDefault: false,
  };
  state.switches.push(open);
  state.breakable++;
  const body = checkScoped(c, s.body);
  state.breakable--;
  state.switches.pop();
  checkDuplicateCases(c, open.cases);
  if (!state.broken) {
    if (!isError(raw.type)) warnSwitch(c, s, raw, open.cases, open.hasDefault);
    warnFallthrough(c, body);
  }
  return { kind: "switch", value, cases: open.cases, hasDefault: open.hasDefault, body, loc: s.loc };
}

function checkDuplicateCases(c: Checker, cases: readonly SwitchCase[]): void {
  const sorted = [...cases].sort((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0));
  let last: SwitchCase | undefined;
  for (const current of sorted) {
    if (last !== undefined && current.low <= last.high) {
      const [first, second] = cases.indexOf(last) < cases.indexOf(current) ? [last, current] : [current, last];
      error(c, second.loc, `duplicate case value '${current.low}'`,
        [{ place: first.loc, message: "previous case defined here" }]);
    }
    if (last === undefined || current.high > last.high) last = current;
  }
}

/** The value of a case in the type of the condition; -Wswitch tells when the condition, as it was written, never has it. */
function caseValue(c: Checker, open: OpenSwitch, syntax: Syntax.Expression): bigint | undefined {
  const constant = requireTypedConstant(c, syntax);
  if (constant === undefined || isError(open.type)) return undefined;
  const { value, type } = constant;
  if ((integerOf(open.written)?.width ?? 64) < (integerOf(type)?.width ?? 64)) {
    const kept = isBool(open.written) ? value & 1n : wrapInteger(value, open.written);
    const converted = wrapInteger(kept, type);
    if (converted !== value) {
      warn(c, "switch", startOf(syntax), `overflow converting case value to switch condition type (${value} to ${converted})`);
    }
  }
  return wrapInteger(value, open.type);
}

// ---- Loops ------------------------------------------------------------------------------------------------------------

function checkLoopBody(c: Checker, body: Syntax.Statement): Statement {
  const state = stateOf(c);
  state.loops++;
  state.breakable++;
  const result = checkScoped(c, body);
  state.loops--;
  state.breakable--;
  return result;
}

function checkFor(c: Checker, s: Syntax.ForStatement): Statement {
  const initial: Statement[] = [];
  if (s.initial !== undefined) {
    if (s.initial.kind === "declaration") {
      if (c.options.dialect === "c89") {
        c.diagnostics.warningByDefault("gcc-compat", s.initial.loc,
          "GCC does not allow variable declarations in for loop initializers before C99");
      }
      checkDeclaration(c, s.initial, initial);
    }
    else if (s.initial.kind === "broken") checkBroken(c, s.initial, initial);
    else initial.push({ kind: "expression", expression: checkDiscarded(c, s.initial), loc: s.initial.loc });
  }
  const test = s.condition === undefined ? undefined : checkCondition(c, s.condition, s.loc);
  const step = s.step === undefined ? undefined : checkDiscarded(c, s.step);
  const body = checkLoopBody(c, s.body);
  const loop = { kind: "for", initial, condition: test, step, body, loop: loopHints(c, s.hints), loc: s.loc } as const;
  warnForLoop(c, s, loop);
  return loop;
}

function loopHints(c: Checker, hints: readonly Syntax.LoopHint[]): LoopHints {
  let unroll: LoopHints["unroll"];
  for (const hint of hints) {
    if (typeof hint.unroll === "string") {
      unroll = hint.unroll;
      continue;
    }
    const count = requireConstant(c, hint.unroll);
    if (count === undefined) continue;
    if (count < 0n || (count === 0n && hint.mayBeZero !== true) || count > 0x7fffffffn) {
      error(c, hint.loc, `invalid value '${count}'; must be positive`);
    } else {
      unroll = count <= 1n ? "disable" : Number(count);
    }
  }
  return { unroll };
}

// ---- Labels -----------------------------------------------------------------------------------------------------------

function findLabelState(c: Checker, name: string, loc: Loc): LabelState {
  const { labels, allLabels } = stateOf(c);
  const local = c.scope.findLocalLabel(name);
  const known = labels.get(local === undefined ? name : localKey(local));
  if (known !== undefined) return known;
  const label: Label = { kind: "label", name, loc, addressTaken: false };
  const made = newLabel(label);
  labels.set(name, made);
  allLabels.push(label);
  return made;
}

/** The label of a name, as a goto, an asm goto or `&&` uses it. */
export function findLabel(c: Checker, name: string, loc: Loc): Label {
  const label = findLabelState(c, name, loc);
  label.used = true;
  return label.label;
}

/** As findLabel, for what jumps there: an asm goto. */
export function findTarget(c: Checker, name: string, loc: Loc, from: Loc): Label {
  const label = findLabelState(c, name, loc);
  const state = stateOf(c);
  label.used = true;
  state.gotos.push({ label, path: state.expressionPath, modified: state.modified, loc: from, isAsm: true });
  return label.label;
}

/** Of several labels in a row all but the last stand before empty statements: there may be thousands. */
function checkLabeled(c: Checker, s: Syntax.LabeledStatement, out: Statement[]): void {
  let wrap: ((body: Statement) => Statement) | undefined;
  for (const label of s.labels) {
    const next = checkLabel(c, label);
    if (next === undefined) continue;
    if (wrap !== undefined) out.push(wrap({ kind: "empty", loc: label.loc }));
    wrap = next;
  }
  const body = checkStatement(c, s.body);
  out.push(wrap === undefined ? body : wrap(body));
}

function checkLabel(c: Checker, label: Syntax.StatementLabel): ((body: Statement) => Statement) | undefined {
  const state = stateOf(c);
  const loc = label.loc;
  if (label.kind === "label") {
    const found = findLabelState(c, label.name, loc);
    if (found.defined) {
      error(c, loc, `redefinition of label '${label.name}'`, [{ place: found.label.loc, message: "previous definition is here" }]);
      return undefined;
    }
    found.defined = true;
    found.path = state.expressionPath;
    found.modified = state.modified;
    found.place = loc;
    found.quiet = label.attributes.length > 0 && readAttributes(c, [label.attributes], { kind: "label" }).unused;
    if (!state.allLabels.includes(found.label)) state.allLabels.push(found.label);
    return (body) => ({ kind: "labeled", label: found.label, body, loc });
  }
  const open = state.switches.at(-1);
  if (open === undefined) {
    error(c, loc, `'${label.kind}' statement not in switch statement`);
    return undefined;
  }
  if (open.path.length !== state.expressionPath.length) {
    error(c, loc, "cannot jump from switch statement to this case label",
      [{ place: loc, message: "jump enters a statement expression" }]);
    return undefined;
  }
  if (state.modified !== undefined && state.modified !== open.modified) {
    error(c, loc, "cannot jump from switch statement to this case label", [bypassNote(state.modified)]);
    return undefined;
  }
  if (label.kind === "default") {
    if (open.hasDefault) {
      error(c, loc, "multiple default labels in one switch");
      return undefined;
    }
    open.hasDefault = true;
    return (body) => ({ kind: "default", body, loc });
  }
  const low = caseValue(c, open, label.low);
  const high = label.high === undefined ? low : caseValue(c, open, label.high);
  if (low === undefined || high === undefined) return undefined;
  if (high < low) {
    warn(c, "", loc, "empty case range specified");
    return undefined;
  }
  const bound: SwitchCase = { low, high, loc: startOf(label.low), highLoc: startOf(label.high ?? label.low) };
  open.cases.push(bound);
  return (body) => ({ kind: "case", case: bound, body, loc });
}

/** What can be said of labels only at the function's end. */
export function finishLabels(c: Checker, state: FunctionState): void {
  if (state.broken) return;
  for (const label of state.labels.values()) {
    const { name, loc } = label.label;
    if (!label.defined) {
      error(c, label.firstUse, `use of undeclared label '${name}'`);
    } else if (!label.used && !label.quiet) {
      warn(c, "unused-label", loc, `unused label '${name}'`);
    }
  }
  const targets = [...state.labels.values()].filter(({ label }) => label.addressTaken);
  for (const { modified, loc } of state.computedGotos) {
    if (targets.length === 0) {
      error(c, loc, "indirect goto in function with no address-of-label expressions");
      break;
    }
    const bypassed = targets.find((label) => label.defined && entersScope(modified, label.modified));
    if (bypassed?.modified === undefined) continue;
    error(c, loc, "cannot jump from this indirect goto statement to one of its possible targets",
      [{ place: bypassed.place, message: "possible target of indirect goto statement" }, bypassNote(bypassed.modified)]);
  }
  for (const { label, path, modified, loc, isAsm } of state.gotos) {
    if (!label.defined) continue;
    const message = isAsm ? "cannot jump from this asm goto statement to one of its possible targets"
      : "cannot jump from this goto statement to its label";
    if (!label.path.every((id, i) => path[i] === id)) {
      error(c, loc, message, [{ place: label.label.loc, message: "jump enters a statement expression" }]);
    } else if (label.modified !== undefined && entersScope(modified, label.modified)) {
      error(c, loc, message, [bypassNote(label.modified)]);
    }
  }
}

/** Does a jump enter the scope of a variably modified name that it is not in? */
function entersScope(from: ModifiedScope | undefined, to: ModifiedScope | undefined): boolean {
  if (to === undefined) return false;
  for (let at = from; at !== undefined; at = at.outer) if (at === to) return false;
  return true;
}

function bypassNote({ loc }: ModifiedScope): Note {
  return { place: loc, message: "jump bypasses initialization of variable length array" };
}

function checkAttributed(c: Checker, s: Syntax.AttributedStatement): Statement {
  const loc = checkStatementAttributes(c, s.attributes, s.body);
  return loc === undefined ? checkStatement(c, s.body) : { kind: "empty", loc, fallthrough: true };
}

// ---- Return, statement expressions ------------------------------------------------------------------------------------

function checkReturn(c: Checker, s: Syntax.ReturnStatement): Statement {
  const { decl, returns } = stateOf(c);
  if (s.value === undefined) {
    if (!isVoid(returns) && !isError(returns)) {
      warn(c, "return-mismatch", s.loc, `non-void function '${decl.name}' should return a value`);
    }
    return { kind: "return", value: undefined, loc: s.loc };
  }
  const value = checkValue(c, s.value);
  if (decl.noreturn) warn(c, "invalid-noreturn", s.loc, `function '${decl.name}' declared 'noreturn' should not return`);
  if (isError(value.type) || isError(returns)) return { kind: "return", value: undefined, loc: s.loc };
  if (isVoid(returns)) {
    if (!isVoid(value.type)) {
      warn(c, "return-mismatch", s.loc, `void function '${decl.name}' should not return a value`);
    }
    const expression = isVoid(value.type) ? value : toVoid(value, voidType, value.loc);
    const statements: Statement[] = [
      { kind: "expression", expression, loc: s.loc }, { kind: "return", value: undefined, loc: s.loc },
    ];
    return { kind: "block", statements, loc: s.loc, end: s.loc };
  }
  const converted = convertTo(c, value, returns, "return", startOf(s.value));
  if (isBool(returns) && isPointer(value.type)) warnTruthOf(c, s.value, value);
  warnReturnedAddress(c, converted);
  return { kind: "return", value: isError(converted.type) ? undefined : converted, loc: s.loc };
}

/** GNU `({ ... })`: its value is that of the last expression statement. */
export function checkStatementExpression(c: Checker, e: Syntax.StatementExpr): Expression {
  const state = c.function;
  if (state === undefined) {
    error(c, e.loc, "statement expression not allowed at file scope");
    return errorExpression(e.loc);
  }
  const path = state.expressionPath;
  state.expressionPath = [...path, ++c.statementExpressions];
  try {
    return inScope(c, "block", () => checkStatementExpressionBody(c, e));
  } finally {
    state.expressionPath = path;
  }
}

function checkStatementExpressionBody(c: Checker, e: Syntax.StatementExpr): Expression {
  // Empty statements behind the value do not hide it.
  const items = e.body.items.slice(0, e.body.items.findLastIndex(({ kind }) => kind !== "emptyStatement") + 1);
  const last = items.at(-1);
  const statements = checkBlockItems(c, last === undefined ? [] : items.slice(0, -1));
  if (last === undefined) return { kind: "statement", statements, value: undefined, type: voidType, loc: e.loc };
  if (last.kind === "broken") {
    checkItem(c, last, statements);
    return errorExpression(e.loc);
  }
  const valueSyntax = lastExpression(last);
  if (valueSyntax === undefined) {
    checkItem(c, last, statements);
    return { kind: "statement", statements, value: undefined, type: voidType, loc: e.loc };
  }
  // Labels before the value stand before an empty statement.
  if (last.kind === "labeled") {
    checkLabeled(c, { ...last, body: { kind: "emptyStatement", loc: last.loc } }, statements);
  }
  const value = rvalue(c, checkExpression(c, valueSyntax));
  if (isError(value.type)) return errorExpression(e.loc);
  if (isVoid(value.type)) {
    statements.push({ kind: "expression", expression: value, loc: value.loc });
    return { kind: "statement", statements, value: undefined, type: voidType, loc: e.loc };
  }
  if (statements.length === 0 && value.kind === "integer") return { ...value, loc: e.loc };
  return { kind: "statement", statements, value, type: unqualified(value.type), loc: e.loc };
}

function lastExpression(item: Syntax.BlockItem): Syntax.Expression | undefined {
  let s = item;
  for (;;) {
    if (s.kind === "expressionStatement") return s.expression;
    if (s.kind !== "labeled" && s.kind !== "attributed") return undefined;
    if (s.kind === "labeled" && s.body.kind === "labeled") return undefined;
    s = s.body;
  }
}
