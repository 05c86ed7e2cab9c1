/**
 * Labels as values (GNU C): `&&label`, `goto *value`, tables of labels in static data.
 *
 * BPF cannot jump to a computed address. The labels of a function whose addresses are taken are numbered from 1, the
 * number is what `&&label` gives, at run time and in static data alike, and a computed goto is a switch over the
 * numbers. Differences of labels and their sums with a label come out right; a number means something in its own
 * function only, as C has it for the address.
 */
import type { AddressConstant, Label, Program, Statement } from "../ast/program.ts";
import type { Loc } from "../source/source-map.ts";
import { addIncoming, append, createBlock, createValue, terminate } from "../ir/module.ts";
import type { AnyValue } from "../ir/module.ts";
import type { Type } from "../ir/ops.ts";
import { emit, int, jump, live, newBlock } from "./context.ts";
import type { Dispatch, FunctionContext, ModuleContext, ScopeEntry } from "./context.ts";
import { expression } from "./expression.ts";
import { labelEntry } from "./statement.ts";

/** Numbers the labels whose addresses a program takes. */
export function numberLabels(program: Program): Map<Label, number> {
  const numbers = new Map<Label, number>();
  for (const { body } of program.functions) {
    let count = 0;
    for (const label of body?.labels ?? []) if (label.addressTaken) numbers.set(label, ++count);
  }
  return numbers;
}

export function labelNumber(m: ModuleContext, label: Label): number {
  const number = m.labelNumbers.get(label);
  if (number === undefined) throw new Error(`label ${label.name} has no number`);
  return number;
}

/** What a label's address in static data, less another label's where one is taken off, comes to. */
export function labelConstant(m: ModuleContext, label: Label, { addend, minus }: AddressConstant): bigint {
  return BigInt(labelNumber(m, label) - (minus === undefined ? 0 : labelNumber(m, minus))) + addend;
}

/** `&&label`. */
export function labelAddress(f: FunctionContext, label: Label): AnyValue {
  return int(f, "ptr", labelNumber(f.m, label));
}

/**
 * Ends the current block, which must be empty, with a jump to a label: resolveGotos does what leaving the scopes
 * between asks for.
 */
export function jumpToLabel(f: FunctionContext, label: Label, scope: readonly ScopeEntry[], loc: Loc): void {
  f.gotos.push({ from: f.block, label, scope, loc });
  jump(f, labelEntry(f, label).block);
}

/**
 * `goto *value`: any other value than a label's is undefined.
 *
 * All of a function's share one switch, as far as leaving their scopes asks for the same: ends of slots' lives come
 * before it (no label lies within the life of a slot), cleanups after it, since which of them run is the label's to
 * say.
 */
export function computedGoto(f: FunctionContext, s: Extract<Statement, { kind: "computedGoto" }>): void {
  const target = expression(f, s.target);
  f.loc = s.loc;
  const value = target.type === "ptr" ? emit(f, "ptrtoint", "i64", [target], undefined) : target;
  let depth = f.scope.length;
  for (; depth > 0; depth--) {
    const entry = f.scope[depth - 1];
    if (entry.kind !== "life") break;
    emit(f, "lifeend", "void", [entry.slot], undefined);
  }
  const scope = f.scope.slice(0, depth);
  const dispatch = f.dispatches.get(scope.at(-1)) ?? makeDispatch(f, value.type, scope);
  const from = live(f);
  jump(f, dispatch.block);
  addIncoming(dispatch.value, from, value);
}

/** The switch over the numbers of a function's labels, for gotos that have this scope. */
function makeDispatch(f: FunctionContext, type: Type, scope: readonly ScopeEntry[]): Dispatch {
  const from = live(f);
  const block = newBlock(f);
  f.block = block;
  const value = createValue(f.fn, "phi", type, [], { blocks: [] }, f.loc);
  append(block, value);
  const labels = (f.decl.body?.labels ?? []).filter((label) => label.addressTaken);
  const cases = labels.map((label) => {
    const number = BigInt(labelNumber(f.m, label));
    f.block = newBlock(f);
    const target = f.block;
    jumpToLabel(f, label, scope, f.loc);
    return { low: number, high: number, target };
  });
  const nowhere = createBlock(f.fn);
  terminate(nowhere, createValue(f.fn, "unreachable", "void", [], undefined, f.loc));
  terminate(block, createValue(f.fn, "switch", "void", [value], { cases, default: nowhere }, f.loc));
  f.block = from;
  const dispatch = { block, value };
  f.dispatches.set(scope.at(-1), dispatch);
  return dispatch;
}
