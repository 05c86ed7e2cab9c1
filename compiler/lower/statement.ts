/**
 * Statements to control flow.
 *
 * Scopes: `f.scope` lists what is to be done when control leaves (cleanup functions, ends of slots' lives). Falling out
 * of a block, `break`, `continue` and `return` do it down to their depth. A `goto` knows its label's scope only when
 * the label has been seen, so it jumps through a block of its own, which `resolveGotos` fills at the end of the
 * function.
 */
import { unreachable } from "../source/unreachable.ts";
import type { Expression, Label, LoopHints, Statement, SwitchCase, SwitchStatement, Variable } from "../ast/program.ts";
import { isRecord, isVoid } from "../types/basic.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { createSlot, createValue, isTerminated, phis, signedValue, terminate, undef } from "../ir/module.ts";
import type { AnyValue, Block } from "../ir/module.ts";
import { asmStatement } from "./asm.ts";
import { branch, emit, enter, jump, live, newBlock, retarget } from "./context.ts";
import type { FunctionContext, ScopeEntry } from "./context.ts";
import { expression } from "./expression.ts";
import { functionSymbol } from "./globals.ts";
import { fillLocal, initializeLocal } from "./initializer.ts";
import { computedGoto, jumpToLabel } from "./labels.ts";
import { copyRecord, recordPlace } from "./lvalue.ts";
import { lowerCondition } from "./condition.ts";
import { isWide } from "./values.ts";
import { wide } from "./wide-expression.ts";
import { compareWide, isSignedWide, storeWide, wideConstant } from "./wide.ts";

/** A block's statements in a scope of their own; the value of a statement expression is evaluated inside it. */
export function block(f: FunctionContext, statements: readonly Statement[], value?: Expression): AnyValue | undefined {
  const depth = f.scope.length;
  const lives = !statements.some(holdsLabel);
  for (const statement of statements) {
    if (statement.kind === "declare") declare(f, statement.variable, lives);
  }
  for (const s of statements) statement(f, s);
  let result: AnyValue | undefined;
  if (value !== undefined) {
    result = expression(f, value);
    if (isRecord(value.type) && f.scope.length > depth) {
      // The object may die with the scope: its value is copied out.
      const align = alignOf(value.type);
      const out = createSlot(f.fn, { name: ".record", size: sizeOf(value.type), align, temporary: true }, value.loc);
      copyRecord(f, { address: out, align, volatile: false }, { address: result, align, volatile: false }, value.type);
      result = out;
    }
  }
  leave(f, depth);
  f.scope.length = depth;
  return result;
}

/** Could control enter the middle of this statement from outside it? */
function holdsLabel(s: Statement): boolean {
  switch (s.kind) {
    case "labeled": case "case": case "default": return true;
    case "block": return s.statements.some(holdsLabel);
    case "if": return holdsLabel(s.then) || (s.else !== undefined && holdsLabel(s.else));
    case "while": case "do": case "for": return holdsLabel(s.body);
    case "switch": return holdsGotoLabel(s.body);
    case "expression": case "declare": case "goto": case "computedGoto": case "break": case "continue": case "return": case "asm":
    case "empty": return false;
    default: return unreachable(s);
  }
}

/** As holdsLabel, below a switch: its own cases are entered through it. */
function holdsGotoLabel(s: Statement): boolean {
  switch (s.kind) {
    case "labeled": return true;
    case "case": case "default": {
      let body: Statement = s;
      while (body.kind === "case" || body.kind === "default") body = body.body;
      return holdsGotoLabel(body);
    }
    case "block": return s.statements.some(holdsGotoLabel);
    case "if": return holdsGotoLabel(s.then) || (s.else !== undefined && holdsGotoLabel(s.else));
    case "while": case "do": case "for": case "switch": return holdsGotoLabel(s.body);
    default: return false;
  }
}

function declare(f: FunctionContext, v: Variable, lives: boolean): void {
  if (v.storage === "static" || f.variables.has(v)) return;
  const align = Math.max(alignOf(v.type), v.attributes.align);
  const slot = createSlot(f.fn, { name: v.name, size: sizeOf(v.type), align, temporary: false }, v.loc);
  f.variables.set(v, slot);
  if (!lives) return;
  f.loc = v.loc;
  emit(f, "lifestart", "void", [slot], undefined);
  f.scope.push({ kind: "life", slot });
}

/** Does what leaving every scope above a depth asks for; the entries stay for other ways out. */
function leave(f: FunctionContext, depth: number): void {
  runScope(f, f.scope.slice(depth));
}

function runScope(f: FunctionContext, entries: readonly ScopeEntry[]): void {
  if (isTerminated(f.block)) return;
  for (const entry of [...entries].reverse()) {
    if (entry.kind === "life") {
      emit(f, "lifeend", "void", [entry.slot], undefined);
      continue;
    }
    const address = f.variables.get(entry.variable);
    if (address === undefined) throw new Error(`${entry.variable.name} has no slot`);
    f.loc = entry.loc;
    emit(f, "call", "void", [address], { callee: { kind: "function", function: functionSymbol(f.m, entry.function) } });
  }
}

export function statement(f: FunctionContext, s: Statement): void {
  f.loc = s.loc;
  switch (s.kind) {
    case "expression":
      expression(f, s.expression);
      return;
    case "declare": {
      const { variable } = s;
      declare(f, variable, false);
      const address = f.variables.get(variable);
      if (address === undefined) return;
      if (s.initializer !== undefined) {
        const align = Math.max(alignOf(variable.type), variable.attributes.align);
        initializeLocal(f, address, variable.type, align, s.initializer);
      } else if (f.m.options.fill !== undefined) fillLocal(f, address, variable, f.m.options.fill);
      if (s.cleanup !== undefined) f.scope.push({ kind: "cleanup", function: s.cleanup, variable, loc: s.loc });
      return;
    }
    case "block":
      block(f, s.statements);
      return;
    case "if":
      ifStatement(f, s.condition, s.then, s.else);
      return;
    case "while": {
      const head = newBlock(f);
      const body = newBlock(f);
      const end = newBlock(f);
      enter(f, head);
      head.unroll = s.loop.unroll;
      lowerCondition(f, s.condition, body, end);
      loopBody(f, s.body, body, head, end);
      jump(f, head);
      f.block = end;
      return;
    }
    case "do": {
      const body = newBlock(f);
      const test = newBlock(f);
      const end = newBlock(f);
      enter(f, body);
      body.unroll = s.loop.unroll;
      loopBody(f, s.body, body, test, end);
      enter(f, test);
      lowerCondition(f, s.condition, body, end);
      f.block = end;
      return;
    }
    case "for":
      forStatement(f, s.initial, s.condition, s.step, s.body, s.loop);
      return;
    case "switch":
      switchStatement(f, s);
      return;
    case "case": case "default": {
      // Labels of cases in a row are walked: generated code has long ones.
      let body: Statement = s;
      for (; body.kind === "case" || body.kind === "default"; body = body.body) {
        const target = body.kind === "case" ? caseBlock(f, body.case) : f.defaults[f.defaults.length - 1];
        if (target === undefined) throw new Error("default outside a switch");
        enter(f, target);
      }
      statement(f, body);
      return;
    }
    case "labeled": {
      const entry = labelEntry(f, s.label);
      enter(f, entry.block);
      entry.scope = [...f.scope];
      statement(f, s.body);
      return;
    }
    case "goto": {
      enter(f, newBlock(f));
      jumpToLabel(f, s.label, [...f.scope], s.loc);
      return;
    }
    case "computedGoto":
      computedGoto(f, s);
      return;
    case "break":
      leaveTo(f, f.breaks[f.breaks.length - 1]);
      return;
    case "continue":
      leaveTo(f, f.continues[f.continues.length - 1]);
      return;
    case "return":
      returnStatement(f, s.value);
      return;
    case "asm":
      asmStatement(f, s);
      return;
    case "empty":
      return;
    default:
      return unreachable(s);
  }
}

function leaveTo(f: FunctionContext, target: { readonly block: Block; readonly depth: number } | undefined): void {
  if (target === undefined) throw new Error("break or continue outside a loop");
  leave(f, target.depth);
  jump(f, target.block);
}

function ifStatement(f: FunctionContext, condition: Expression, then: Statement, otherwise: Statement | undefined): void {
  const end = newBlock(f);
  // An else-if chain is walked: generated code has long ones.
  let test: Expression = condition;
  let yes: Statement = then;
  let no: Statement | undefined = otherwise;
  for (;;) {
    const thenBlock = newBlock(f);
    const elseBlock = no === undefined ? end : newBlock(f);
    lowerCondition(f, test, thenBlock, elseBlock);
    f.block = thenBlock;
    statement(f, yes);
    jump(f, end);
    if (no === undefined) break;
    f.block = elseBlock;
    if (no.kind !== "if") {
      statement(f, no);
      jump(f, end);
      break;
    }
    f.loc = no.loc;
    test = no.condition;
    yes = no.then;
    no = no.else;
  }
  f.block = end;
}

function loopBody(f: FunctionContext, body: Statement, start: Block, next: Block, end: Block): void {
  f.block = start;
  f.breaks.push({ block: end, depth: f.scope.length });
  f.continues.push({ block: next, depth: f.scope.length });
  statement(f, body);
  f.breaks.pop();
  f.continues.pop();
}

function forStatement(
  f: FunctionContext, initial: readonly Statement[], condition: Expression | undefined, step: Expression | undefined,
  body: Statement, loop: LoopHints,
): void {
  const depth = f.scope.length;
  const lives = !holdsLabel(body);
  for (const s of initial) {
    if (s.kind === "declare") declare(f, s.variable, lives);
  }
  for (const s of initial) statement(f, s);
  const head = newBlock(f);
  const start = newBlock(f);
  const next = newBlock(f);
  const end = newBlock(f);
  enter(f, head);
  head.unroll = loop.unroll;
  if (condition === undefined) jump(f, start);
  else lowerCondition(f, condition, start, end);
  loopBody(f, body, start, next, end);
  enter(f, next);
  if (step !== undefined) expression(f, step);
  jump(f, head);
  f.block = end;
  leave(f, depth);
  f.scope.length = depth;
}

function switchStatement(f: FunctionContext, s: SwitchStatement): void {
  const end = newBlock(f);
  const otherwise = s.hasDefault ? newBlock(f) : end;
  if (isWide(s.value.type)) wideDispatch(f, s, otherwise);
  else dispatch(f, s, otherwise);
  f.breaks.push({ block: end, depth: f.scope.length });
  f.defaults.push(otherwise);
  statement(f, s.body);
  f.defaults.pop();
  f.breaks.pop();
  jump(f, end);
  f.block = end;
}

/** A switch over a wide value: the IR's works on 64 bits, so the cases are tried one after the other. */
function wideDispatch(f: FunctionContext, s: SwitchStatement, otherwise: Block): void {
  const value = wide(f, s.value);
  f.loc = s.loc;
  const [atLeast, atMost] = isSignedWide(s.value.type) ? ["sge", "sle"] as const : ["uge", "ule"] as const;
  for (const c of s.cases) {
    const target = caseBlock(f, c);
    const next = newBlock(f);
    if (c.low === c.high) {
      branch(f, compareWide(f, "eq", value, wideConstant(f, c.low)), target, next);
    } else {
      const inside = newBlock(f);
      branch(f, compareWide(f, atLeast, value, wideConstant(f, c.low)), inside, next);
      f.block = inside;
      branch(f, compareWide(f, atMost, value, wideConstant(f, c.high)), target, next);
    }
    f.block = next;
  }
  jump(f, otherwise);
}

/** A switch over a scalar. */
function dispatch(f: FunctionContext, s: SwitchStatement, otherwise: Block): void {
  const value = expression(f, s.value);
  f.loc = s.loc;
  const mask = value.type === "i32" ? 32 : 64;
  const cases = s.cases.flatMap((c) => {
    const target = caseBlock(f, c);
    const low = BigInt.asIntN(mask, c.low);
    const high = BigInt.asIntN(mask, c.high);
    if (low <= high) return [{ low, high, target }];
    // A range of unsigned values over the sign bit is two in the IR's signed order.
    const top = 1n << BigInt(mask - 1);
    return [{ low, high: top - 1n, target }, { low: -top, high, target }];
  });
  live(f);
  if (value.op === "const") {
    const known = signedValue(value);
    jump(f, cases.find(({ low, high }) => low <= known && known <= high)?.target ?? otherwise);
  } else terminate(f.block, createValue(f.fn, "switch", "void", [value], { cases, default: otherwise }, s.loc));
}

function caseBlock(f: FunctionContext, c: SwitchCase): Block {
  let target = f.cases.get(c);
  if (target === undefined) {
    target = newBlock(f);
    f.cases.set(c, target);
  }
  return target;
}

/** A label's block, made when the label or a jump to it is first met. */
export function labelEntry(
  f: FunctionContext, label: Label,
): { readonly block: Block; scope: readonly ScopeEntry[] | undefined } {
  let entry = f.labels.get(label);
  if (entry === undefined) {
    entry = { block: newBlock(f), scope: undefined };
    f.labels.set(label, entry);
  }
  return entry;
}

/** Ends the function: a goto leaves every scope that its label is not in. */
export function resolveGotos(f: FunctionContext): void {
  for (const goto of f.gotos) {
    const entry = labelEntry(f, goto.label);
    const inside = entry.scope ?? [];
    const left = goto.scope.filter((s) => !inside.includes(s));
    if (left.length === 0) continue;
    const work = newBlock(f);
    retarget(goto.from, work, goto.loc);
    if (phis(entry.block).length > 0) throw new Error("a label's block has phis before promotion");
    f.block = work;
    runScope(f, left);
    f.loc = goto.loc;
    jump(f, entry.block);
  }
}

export function returnStatement(f: FunctionContext, e: Expression | undefined): void {
  const loc = f.loc;
  let value: AnyValue | undefined;
  if (e !== undefined) {
    if (isRecord(e.type)) {
      if (f.result === undefined) throw new Error("a record is returned from a function without a record result");
      copyRecord(f, { address: f.result, align: alignOf(e.type), volatile: false }, recordPlace(f, e), e.type);
    } else if (isWide(e.type)) {
      if (f.result === undefined) throw new Error("a wide value is returned from a function without a result in memory");
      storeWide(f, f.result, wide(f, e), alignOf(e.type), false);
    } else {
      const result = expression(f, e);
      if (!isVoid(e.type)) value = result;
    }
  }
  leave(f, 0);
  f.loc = loc;
  // `return;` where a value is due gives any value (C11 6.9.1p12).
  const args = f.fn.returns === "void" ? [] : [value ?? undef(f.fn, f.fn.returns)];
  terminate(live(f), createValue(f.fn, "return", "void", args, undefined, loc));
}
