/**
 * Simplifies the control-flow graph: settles branches whose outcome is known, threads jumps through blocks that only
 * decide, merges straight lines, drops what cannot be reached. Changes a function in place; breaks dominators.
 *
 * Rules that bear on it (verifier-rules.md): a branch goes only when its condition is a constant here or was tested on
 * the way here in the same form (2); blocks are never merged so that accesses meet (5, 6); no back edge appears that
 * the source has not (12): threading never goes through a loop header.
 */
import type { AnyValue, Block, Function, Terminator, Value } from "../ir/module.ts";
import {
  addIncoming, constant, createValue, phis, prepend, redirect, removeIncoming, removeUnreachable, removeWhere,
  replaceTerminator, replaceUses, setArg, successors, targets, terminator,
} from "../ir/module.ts";
import type { Dominators } from "../ir/dominators.ts";
import { dominates, dominators, loopHeaders } from "../ir/dominators.ts";
import { comparePredicate, bitsOf, inversePredicate } from "../ir/evaluate.ts";
import { locate } from "../ir/address.ts";
import type { Predicate } from "../ir/ops.ts";
import { ops } from "../ir/ops.ts";
import { choose } from "./choose.ts";
import { replaceDecided } from "./decided.ts";
import { followJumps } from "./follow.ts";
import { dropImplied } from "./imply.ts";
import type { PassContext } from "./pass.ts";

export function foldBranches(fn: Function, context: PassContext): boolean {
  const dom = context.dominators(fn);
  const headers = loopHeaders(dom);
  let changed = replaceDecided(fn, dom, context);
  if (settleByDominators(fn, dom, context)) changed = true;
  for (let again = true; again; ) {
    again = followJumps(fn, context);
    // Few need them. What changes in a round leaves what dominates what: edges go, or lead past a block that does
    // nothing.
    let known: Dominators | undefined;
    const current = (): Dominators => known ??= dominators(fn);
    for (const block of fn.blocks) {
      if (block !== fn.blocks[0] && block.preds.length === 0) continue;
      if (settle(block, context) || dropImplied(block, context) || choose(block, context) ||
        (!headers.has(block) && threadKnown(block, fn, context, current)) ||
        bypass(block, fn, context) || merge(block, fn, context)) {
        again = true;
      }
    }
    fn.blocks = fn.blocks.filter((block) => block.values.length > 0);
    if (removeUnreachable(fn)) again = true;
    changed ||= again;
  }
  return changed;
}

function jumpTo(block: Block, target: Block): void {
  const old = terminator(block);
  replaceTerminator(block, createValue(block.function, "jump", "void", [], { target }, old.loc));
}

/** Where a terminator goes when its operand is this constant. */
export function outcome(end: Value<"branch"> | Value<"switch">, value: bigint, bits: number): Block {
  if (end.op === "branch") return value !== 0n ? end.aux.then : end.aux.else;
  const found = end.aux.cases.find((c) => BigInt.asUintN(bits, value - c.low) <= BigInt.asUintN(bits, c.high - c.low));
  return found === undefined ? end.aux.default : found.target;
}

/** A branch on a constant, or one whose ways are all the same, or return the same at once. */
function settle(block: Block, context: PassContext): boolean {
  const end = terminator(block);
  if (end.op !== "branch" && end.op !== "switch") return false;
  const [condition] = end.args;
  const ways = successors(block);
  let target: Block | undefined;
  if (ways.every((way) => way === ways[0] || returnsAlike(way, ways[0]))) target = ways[0];
  else if (condition.op === "const") target = outcome(end, condition.aux, bitsOf(condition.type));
  else if (condition.op === "undef") target = ways[0];
  else {
    const live = ways.filter((way) => !isNeverEntered(way, context));
    if (live.length === 1) target = live[0];
  }
  if (target === undefined || !context.spend()) return false;
  jumpTo(block, target);
  return true;
}

/** Do both blocks nothing but return, and the same? */
function returnsAlike(a: Block, b: Block): boolean {
  const [x] = a.values;
  const [y] = b.values;
  return x.op === "return" && y.op === "return" && x.args[0] === y.args[0];
}

/**
 * Does the block end in `unreachable`, or read or write through a null pointer, before it does anything else? C leaves
 * that undefined (C11 6.5.3.2p4) and the kernel loads no program that does it, so no way leads there.
 */
function isNeverEntered(block: Block, { options }: PassContext): boolean {
  for (const value of block.values) {
    if (value.op === "unreachable") return true;
    if ((value.op === "load" || value.op === "store") && !value.aux.volatile && !options.nullIsAddress) {
      const { root } = locate(value.args[0]);
      if (root.op === "const" && root.aux === 0n) return true;
      if (value.op === "store") return false;
    } else if (ops[value.op].pure !== true) return false;
  }
  return false;
}

/** The last test of a chain of dominators decides the same test below it. */
function settleByDominators(fn: Function, dom: Dominators, context: PassContext): boolean {
  let changed = false;
  for (const block of dom.order) {
    const end = terminator(block);
    if (end.op !== "branch") continue;
    const target = knownWay(block, end, dom);
    if (target === undefined || !context.spend()) continue;
    jumpTo(block, target);
    changed = true;
  }
  // Stale dominators from here on: the caller drops them.
  if (changed) removeUnreachable(fn);
  return changed;
}

const dominatorLimit = 64;

function knownWay(block: Block, end: Value<"branch">, dom: Dominators): Block | undefined {
  let at = dom.index.get(block) ?? 0;
  for (let steps = 0; at !== 0 && steps < dominatorLimit; steps++) {
    const below = dom.order[at];
    at = dom.idom[at];
    const above = dom.order[at];
    const test = terminator(above);
    if (test.op !== "branch" || test.aux.then === test.aux.else) continue;
    // The edge taken: `below` hangs on one side, entered from nowhere else.
    const [only] = below.preds;
    if (below.preds.length !== 1 || only !== above || !dominates(dom, below, block)) continue;
    const known = implied(test.args[0], test.aux.then === below, end.args[0]);
    if (known !== undefined) return known ? end.aux.then : end.aux.else;
  }
  return undefined;
}

/** Given that `fact` is (not) zero: is `question` not zero? */
function implied(fact: AnyValue, holds: boolean, question: AnyValue): boolean | undefined {
  return fact === question ? holds : impliedTest(fact, holds, testOf(question));
}

function impliedTest(fact: AnyValue, holds: boolean, question: Test): boolean | undefined {
  const test = testOf(fact);
  if (test.x !== question.x) return undefined;
  const known: Predicate = holds ? test.predicate : inversePredicate(test.predicate);
  if (test.y === question.y) {
    if (known === question.predicate) return true;
    if (known === inversePredicate(question.predicate)) return false;
  }
  if (known !== "eq" || test.y.op !== "const" || question.y.op !== "const") return undefined;
  return comparePredicate(question.predicate, bitsOf(test.y.type), test.y.aux, question.y.aux);
}

/**
 * A block that holds phis, perhaps a comparison of one with a constant, and a branch on it: predecessors for which the
 * outcome is known, because they bring a constant or have tested what they bring, jump on directly. Phis that live on
 * below the block get phis in the targets.
 */
function threadKnown(block: Block, fn: Function, context: PassContext, dom: () => Dominators): boolean {
  const end = terminator(block);
  if ((end.op !== "branch" && end.op !== "switch") || block === fn.blocks[0]) return false;
  const own = phis(block);
  if (own.length === 0 || !computesLittle(block, own, end)) return false;
  const ways = new Set(successors(block));
  let changed = false;
  for (const pred of [...block.preds]) {
    if (pred === block || ways.has(pred)) continue;
    const target = wayFrom(end, block, pred);
    if (target === undefined || target === block) continue;
    if (!livesBelowTargets(block, own, dom)) return changed;
    // A second edge to the target from here must bring the same values.
    const already = successors(pred).includes(target);
    const arriving = phis(target).map((phi) => arrivingFrom(phi, block, pred));
    if (already && phis(target).some((phi, i) => phi.args[phi.aux.blocks.indexOf(pred)] !== arriving[i])) continue;
    if (!context.spend()) return changed;
    renewBelow(target, block, own, dom);
    const values = phis(target).map((phi) => arrivingFrom(phi, block, pred));
    redirect(pred, block, target);
    if (!already) phis(target).forEach((phi, i) => addIncoming(phi, pred, values[i]));
    changed = true;
  }
  return changed;
}

/** What a phi of a successor of `block` gets when control comes from `pred` through the block. */
function arrivingFrom(phi: Value<"phi">, block: Block, pred: Block): AnyValue {
  const value = phi.args[phi.aux.blocks.indexOf(block)];
  return value.op === "phi" && value.block === block ? value.args[value.aux.blocks.indexOf(pred)] : value;
}

/** Beside its phis the block holds only what its decision takes. */
function computesLittle(block: Block, own: readonly AnyValue[], end: Terminator): boolean {
  return block.values.every((value) => {
    if (value === end || own.includes(value)) return true;
    if (value.op !== "compare" && value.op !== "extend" && value.op !== "truncate") return false;
    return value.uses.every((user) => user.block === block && user.op !== "phi");
  });
}

/** Every use of the block's phis is in it, on its edges, or below a target that only it leads to. */
function livesBelowTargets(block: Block, own: readonly AnyValue[], dom: () => Dominators): boolean {
  const lone = successors(block).filter((target) => target.preds.length === 1 && target !== block);
  const isBelow = (at: Block): boolean => lone.some((target) => dominates(dom(), target, at));
  return own.every((phi) => phi.uses.every((user) => {
    if (user.op !== "phi") return user.block === block || (user.block !== undefined && isBelow(user.block));
    if (user.block === block) return false;
    return user.args.every((arg, i) => arg !== phi || user.aux.blocks[i] === block || isBelow(user.aux.blocks[i]));
  }));
}

/**
 * The target is about to get a second predecessor: what it and the blocks below use of the block's phis becomes phis of
 * its own.
 */
function renewBelow(target: Block, block: Block, own: readonly AnyValue[], dom: () => Dominators): void {
  if (target.preds.length !== 1) return;
  for (const phi of own) {
    const users = [...new Set(phi.uses)].filter((user) => user.block !== block);
    let renewed: Value<"phi"> | undefined;
    for (const user of users) {
      user.args.forEach((arg, i) => {
        if (arg !== phi || user.block === undefined) return;
        const at = user.op === "phi" ? user.aux.blocks[i] : user.block;
        if (at === block || !dominates(dom(), target, at)) return;
        if (renewed === undefined) {
          renewed = createValue(block.function, "phi", phi.type, [], { blocks: [] }, phi.loc);
          addIncoming(renewed, block, phi);
          prepend(target, renewed);
        }
        setArg(user, i, renewed);
      });
    }
  }
}

/** Where the block goes when entered from `pred`; undefined when that is not known. */
export function wayFrom(end: Value<"branch"> | Value<"switch">, block: Block, pred: Block): Block | undefined {
  const condition = end.args[0];
  const known = valueFrom(condition, block, pred);
  if (known !== undefined) return outcome(end, known, bitsOf(condition.type));
  if (end.op !== "branch") return undefined;
  // A value that pred brings was tested on the way to it.
  const test = questionFrom(condition, block, pred);
  if (test === undefined) return undefined;
  let at = block;
  let above: Block | undefined = pred;
  for (let steps = 0; above !== undefined && steps < dominatorLimit; steps++) {
    const fact = terminator(above);
    if (fact.op === "branch" && fact.aux.then !== fact.aux.else) {
      const settled = impliedTest(fact.args[0], fact.aux.then === at, test);
      if (settled !== undefined) return settled ? end.aux.then : end.aux.else;
    }
    at = above;
    above = above.preds.length === 1 ? above.preds[0] : undefined;
  }
  return undefined;
}

interface Test { readonly predicate: Predicate; readonly x: AnyValue; readonly y: AnyValue }

/** The block's condition with what `pred` brings in place of the block's phis. */
function questionFrom(condition: AnyValue, block: Block, pred: Block): Test | undefined {
  const bring = (value: AnyValue): AnyValue =>
    value.op === "phi" && value.block === block ? value.args[value.aux.blocks.indexOf(pred)] : value;
  if (condition.op === "compare" && condition.block === block) {
    const [x, y] = condition.args.map(bring);
    return x.block === block || y.block === block ? undefined : { predicate: condition.aux, x, y };
  }
  const brought = bring(condition);
  return brought.block === block ? undefined : testOf(brought);
}

/** A value as a test for not being zero. */
function testOf(value: AnyValue): Test {
  if (value.op === "compare") return { predicate: value.aux, x: value.args[0], y: value.args[1] };
  const fn = value.block?.function;
  return { predicate: "ne", x: value, y: fn === undefined ? value : constant(fn, value.type, 0n) };
}

/** The constant that a deciding value has when control comes from `pred`. */
function valueFrom(value: AnyValue, block: Block, pred: Block): bigint | undefined {
  if (value.op === "const") return value.aux;
  if (value.block !== block) return undefined;
  if (value.op === "phi") {
    const arg = value.args[value.aux.blocks.indexOf(pred)];
    return arg.op === "const" ? arg.aux : undefined;
  }
  const x = valueFrom(value.args[0], block, pred);
  if (x === undefined) return undefined;
  if (value.op === "compare") {
    const y = valueFrom(value.args[1], block, pred);
    return y === undefined ? undefined : comparePredicate(value.aux, bitsOf(value.args[0].type), x, y) ? 1n : 0n;
  }
  if (value.op === "truncate") return BigInt.asUintN(32, x);
  if (value.op !== "extend") return undefined;
  const { from, signed } = value.aux;
  return BigInt.asUintN(bitsOf(value.type), signed ? BigInt.asIntN(from, x) : BigInt.asUintN(from, x));
}

/**
 * A block that only jumps on, perhaps with phis that only feed the target's: its predecessors go to the target, if the
 * target's phis can tell them apart.
 */
export function bypass(block: Block, fn: Function, context: PassContext): boolean {
  const end = terminator(block);
  if (end.op !== "jump" || block === fn.blocks[0]) return false;
  const { target } = end.aux;
  if (target === block || block.unroll !== undefined) return false;
  const own = phis(block);
  const joins = phis(target);
  if (block.values.length !== own.length + 1) return false;
  const feedsOnly = (phi: AnyValue): boolean => phi.uses.every((user) =>
    user.op === "phi" && user.block === target && user.args.every((arg, i) => arg !== phi || user.aux.blocks[i] === block));
  if (!own.every(feedsOnly)) return false;
  let changed = false;
  for (const pred of [...block.preds]) {
    if (pred === block) continue;
    const arriving = joins.map((phi) => arrivingFrom(phi, block, pred));
    const already = target.preds.includes(pred);
    // The edge exists: every phi must bring the same value over both.
    if (already && !joins.every((phi, i) => phi.args[phi.aux.blocks.indexOf(pred)] === arriving[i])) continue;
    if (!context.spend()) return changed;
    redirect(pred, block, target);
    if (!already) joins.forEach((phi, i) => addIncoming(phi, pred, arriving[i]));
    changed = true;
  }
  // Nothing comes here any more: an edge from here would be carried along through all the blocks that follow.
  if (block.preds.length === 0) replaceTerminator(block, createValue(fn, "unreachable", "void", [], undefined, end.loc));
  return changed;
}

/** A block and its only successor, when that has no other predecessor, become one; the other is left empty. */
function merge(block: Block, fn: Function, context: PassContext): boolean {
  const end = terminator(block);
  if (end.op !== "jump") return false;
  const { target } = end.aux;
  if (target === block || target.preds.length !== 1 || target === fn.blocks[0] || !context.spend()) return false;
  for (const phi of phis(target)) {
    const [value] = phi.args;
    removeIncoming(phi, block);
    replaceUses(phi, value);
  }
  removeWhere([target], (value) => value.op === "phi");
  const last = terminator(target);
  block.values.pop();
  end.block = undefined;
  target.preds.length = 0;
  for (const value of target.values) value.block = block;
  for (const value of target.values) block.values.push(value);
  target.values = [];
  for (const way of new Set(targets(last))) {
    way.preds[way.preds.indexOf(target)] = block;
    for (const phi of phis(way)) phi.aux.blocks[phi.aux.blocks.indexOf(target)] = block;
  }
  if (target.unroll !== undefined && block.unroll === undefined) block.unroll = target.unroll;
  return true;
}
