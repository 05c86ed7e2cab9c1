/**
 * Inlining: calls of functions of this module become their bodies.
 *
 * `always_inline` is obeyed at every level (helpers of headers must vanish for the loader). From -O1 on, static
 * functions with one call, of any size, and small ones follow; with legacy maps every static function does, because the
 * loader that reads them knows no calls between sections. Callees are done before their callers, so that what is copied
 * is done. A call that closes a recursion stays a call, with a warning, since the kernel takes no cycle; it is an error
 * where it had to vanish.
 *
 * Slots of the callee are born anew at each call: a `lifestart` says that their content is undefined then, also in a
 * loop. Weak functions may be replaced at link time and are never copied.
 */
import type { Call, CallOrder } from "../ir/call-graph.ts";
import { calledFunction, calleesFirst, callsOf } from "../ir/call-graph.ts";
import type { AnyValue, Block, Function, Module } from "../ir/module.ts";
import {
  addIncoming, createValue, remove, removeUnreachable, replaceTerminator, replaceUses, terminate, terminator,
} from "../ir/module.ts";
import { cloneBlocks } from "../ir/clone.ts";
import { cyclicBlocks } from "../ir/cycles.ts";
import { splitAfter } from "../ir/split.ts";
import { reversePostorder } from "../ir/dominators.ts";
import type { CodeOptions } from "../source/options.ts";
import type { PassContext } from "./pass.ts";
import { prefersSize } from "./pass.ts";

export function inline(context: PassContext): boolean {
  const { module } = context;
  const found = calleesFirst(module.functions);
  for (const { call, cycle } of found.recursive) reportRecursion(call, cycle, context);
  if (context.diagnostics.hasErrors) return false;
  const references = countReferences(module);
  const callers = loneCalls(module.functions, references);
  return inlineCalls(found, (_, callee) => wants(callee, references.get(callee) ?? 0, context), callers, context);
}

/** As `inline`, for the calls that `wanted` names, apart from those that close a recursion. */
export function inlineWhere(wanted: (caller: Function, callee: Function) => boolean, context: PassContext): boolean {
  const allowed = (caller: Function, callee: Function): boolean =>
    callee.inlining !== "never" && callee.linkage !== "weak" && !callee.naked && wanted(caller, callee);
  return inlineCalls(calleesFirst(context.module.functions), allowed, new Map(), context);
}

/**
 * Bodies with one call alone, those of `callers`, move to it when its caller is done, and then those that they call:
 * each is copied once, however long the chain. All others are copied callees first.
 */
function inlineCalls(
  { order, recursive }: CallOrder, wanted: (caller: Function, callee: Function) => boolean, callers: LoneCalls,
  context: PassContext,
): boolean {
  const { module } = context;
  const closing = new Set(recursive.map(({ call }) => call));
  const references = countReferences(module);
  const fits = (fn: Function, call: Call, callee: Function): boolean =>
    !closing.has(call) && wanted(fn, callee) && accepts(call, callee);
  const isFree = (callee: Function): boolean => callee.inlining === "always" || context.spend();
  const moving = new Set<Function>();
  const gone = new Set<Function>();
  let changed = false;
  for (const fn of order) {
    const lone = callers.get(fn);
    if (lone !== undefined && fits(lone.caller, lone.call, fn) && isFree(fn)) moving.add(fn);
    let size = sizeOf(fn);
    const work = callsOf(fn).reverse();
    for (let call = work.pop(); call !== undefined; call = work.pop()) {
      const callee = calledFunction(call);
      if (callee === undefined) continue;
      const moves = moving.has(callee);
      if (moves && moving.has(fn)) continue;
      if (!moves && !fits(fn, call, callee)) {
        if (callee.inlining === "always" && !closing.has(call) && !accepts(call, callee)) {
          const what = `call of '${callee.name}' does not fit its definition`;
          context.diagnostics.error(call.loc, `${what} and cannot be inlined`);
        }
        continue;
      }
      if (!moves && !isFree(callee)) continue;
      size += sizeOf(callee);
      if (size > largestFunction) {
        context.diagnostics.error(call.loc, `'${fn.name}' grows too large when '${callee.name}' is inlined`);
        return changed;
      }
      const copies = inlineCall(fn, call, callee);
      changed = true;
      // What has no other use makes room.
      if (isLocal(callee) && references.get(callee) === 1) {
        callee.blocks = [];
        gone.add(callee);
      }
      for (const inner of copies.reverse()) {
        const next = calledFunction(inner);
        if (next !== undefined && moving.has(next)) work.push(inner);
      }
    }
    if (changed) removeUnreachable(fn);
  }
  if (gone.size > 0) {
    const kept = module.functions.filter((fn) => !gone.has(fn));
    module.functions.length = 0;
    for (const fn of kept) module.functions.push(fn);
  }
  return changed;
}

/** The functions that nothing but one call names. */
type LoneCalls = ReadonlyMap<Function, { readonly caller: Function; readonly call: Call }>;

function loneCalls(functions: readonly Function[], references: ReadonlyMap<Function, number>): LoneCalls {
  const found = new Map<Function, { caller: Function; call: Call }>();
  for (const caller of functions) {
    for (const call of callsOf(caller)) {
      const callee = calledFunction(call);
      if (callee !== undefined && isLocal(callee) && references.get(callee) === 1) found.set(callee, { caller, call });
    }
  }
  return found;
}

function reportRecursion(call: Call, cycle: readonly Function[], { diagnostics, options }: PassContext): void {
  const [callee] = cycle;
  const message = `recursive call of '${callee.name}': BPF programs cannot recurse`;
  const names = cycle.map((f) => `'${f.name}'`);
  const notes = cycle.length > 2 ? [{ place: callee.loc, message: `the cycle is ${names.join(" -> ")}` }] : [];
  if (cycle.every((fn) => mustVanish(fn, options))) diagnostics.error(call.loc, message, notes);
  else diagnostics.warning("bpf", call.loc, message, notes);
}

/** How often a function is named: as a callee, or by its address, in data too (which counts twice: it must stay). */
function countReferences({ functions, variables }: Module): Map<Function, number> {
  const counts = new Map<Function, number>();
  const add = (fn: Function, by: number): void => {
    counts.set(fn, (counts.get(fn) ?? 0) + by);
  };
  for (const { initializer } of variables) {
    for (const { symbol } of initializer?.relocations ?? []) if (symbol.kind === "function") add(symbol, 2);
  }
  for (const fn of functions) {
    for (const block of fn.blocks) {
      for (const value of block.values) {
        if (value.op === "call" && value.aux.callee.kind === "function") add(value.aux.callee.function, 1);
        for (const arg of value.args) if (arg.op === "symbol" && arg.aux.kind === "function") add(arg.aux, 2);
      }
    }
  }
  return counts;
}

/** A call of a function this small costs about what it does. */
const smallSize = 12;
const mediumSize = 60;
/** A call of a function that the verifier walks alone may be refused for what it does not know of its arguments. */
const checkedSize = 120;
/**
 * Values of a function, far beyond what the kernel's verifier walks through; functions that call twice double at each
 * level.
 */
const largestFunction = 250_000;

function sizeOf(fn: Function): number {
  return fn.blocks.reduce((sum, block) => sum + block.values.length, 0);
}

/** Must calls of this function become its body? tc's own loader relocates no calls: noinline is not obeyed then. */
function mustVanish(callee: Function, options: CodeOptions): boolean {
  return callee.inlining === "always" || (isLocal(callee) && options.maps === "legacy");
}

function isLocal(callee: Function): boolean {
  return callee.linkage === "local" && !callee.used;
}

function wants(callee: Function, references: number, context: PassContext): boolean {
  const { options } = context;
  if (mustVanish(callee, options)) return true;
  if (callee.inlining === "never" || callee.linkage === "weak" || callee.naked || options.level === "0") return false;
  const size = sizeOf(callee);
  if (isLocal(callee) && references === 1) return true;
  if (prefersSize(options)) return size <= smallSize;
  if (isCheckedAlone(callee)) return size <= checkedSize;
  return size <= (callee.inlining === "hint" ? mediumSize : smallSize * (options.level === "1" ? 1 : 3));
}

/**
 * Does the verifier walk the function without its callers, so that it knows nothing of the memory that they hand it?
 */
function isCheckedAlone(callee: Function): boolean {
  return callee.linkage === "global" && callee.section === undefined && callee.params.some((param) => param.type === "ptr");
}

function accepts(call: Call, callee: Function): boolean {
  return !callee.naked && call.args.length === callee.params.length && call.type === callee.returns &&
    call.args.every((arg, i) => arg.type === callee.params[i].type);
}

/** Puts the body of `callee` in place of the call; returns the calls that came with it. */
export function inlineCall(fn: Function, call: Call, callee: Function): Call[] {
  const block = call.block;
  if (block === undefined) throw new Error(`v${call.id} stands in no block`);
  const rest = splitAfter(call as AnyValue);
  const values = new Map<AnyValue, AnyValue>();
  callee.params.forEach((param, i) => values.set(param, call.args[i]));
  const body = reversePostorder(callee);
  const { blocks } = cloneBlocks(body, fn, values);
  const entry = blocks.get(body[0]);
  if (entry === undefined) throw new Error(`${callee.name} has no entry`);
  terminate(block, createValue(fn, "jump", "void", [], { target: entry }, call.loc));
  startLives(callee, entry, values);
  endLives(callee, values);
  // Returns jump on; their values meet in a phi.
  const results: { from: Block; value: AnyValue | undefined }[] = [];
  for (const copy of blocks.values()) {
    const end = terminator(copy);
    if (end.op !== "return") continue;
    results.push({ from: copy, value: end.args[0] });
    replaceTerminator(copy, createValue(fn, "jump", "void", [], { target: rest }, end.loc));
  }
  replaceResult(fn, call, rest, results);
  // Layout: the body between the call's block and the rest.
  const copies = new Set(blocks.values());
  const others = fn.blocks.filter((b) => !copies.has(b) && b !== rest);
  fn.blocks = others.flatMap((b) => b === block ? [b, ...copies, rest] : b);
  const calls: Call[] = [];
  for (const copy of copies) for (const value of copy.values) if (value.op === "call") calls.push(value);
  return calls;
}

function replaceResult(
  fn: Function, call: Call, rest: Block, results: readonly { from: Block; value: AnyValue | undefined }[],
): void {
  if (call.type !== "void" && call.uses.length > 0) {
    const phi = createValue(fn, "phi", call.type, [], { blocks: [] }, call.loc);
    phi.block = rest;
    rest.values.unshift(phi);
    for (const { from, value } of results) if (value !== undefined) addIncoming(phi, from, value);
    replaceUses(call as AnyValue, phi);
    if (results.length === 1) {
      const [only] = phi.args;
      replaceUses(phi, only);
      remove(phi);
    }
  }
  remove(call as AnyValue);
}

/** The callee's slots are new objects at each call. */
function startLives(callee: Function, entry: Block, values: ReadonlyMap<AnyValue, AnyValue>): void {
  for (const slot of callee.slots) {
    const copy = values.get(slot);
    if (copy === undefined || slot.uses.some((user) => user.op === "lifestart")) continue;
    const mark = createValue(entry.function, "lifestart", "void", [copy], undefined, slot.loc);
    mark.block = entry;
    entry.values.unshift(mark as AnyValue);
  }
}

/**
 * The memory of a call of `alloca` lives as long as its function: what runs once a call may lie in one place at each
 * call.
 */
function endLives(callee: Function, values: ReadonlyMap<AnyValue, AnyValue>): void {
  let cyclic: ReturnType<typeof cyclicBlocks> | undefined;
  for (const block of callee.blocks) {
    for (const value of block.values) {
      if (value.op !== "alloca" || value.aux.reusable || (cyclic ??= cyclicBlocks(callee)).has(block)) continue;
      const copy = values.get(value);
      if (copy?.op === "alloca") copy.aux = { ...copy.aux, reusable: true };
    }
  }
}
