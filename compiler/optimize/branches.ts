/**
 * Simplifies the control-flow graph: settles branches whose outcome is known, threads jumps through blocks that only
 * decide, merges straight lines, drops what cannot be reached. Changes a function in place; breaks dominators.
 *
 * Rules that bear on it (DESIGN section 5): a branch goes only when its condition is a constant here or was tested on the
 * way here in the same form (2); blocks are never merged so that accesses meet (5, 6); no back edge appears that the
 * source has not (12): threading never goes through a loop header.
 */
import type { AnyValue, Block, Function, Terminator, Value } from "../ir/module.ts";
import {
  addIncoming, createValue, phis, redirect, removeIncoming, removeUnreachable, removeWhere, replaceTerminator, replaceUses,
  successors, targets, terminator,
} from "../ir/module.ts";
import type { Dominators } from "../ir/dominators.ts";
import { dominates, findLoops } from "../ir/dominators.ts";
import { comparePredicate, bitsOf, inversePredicate } from "../ir/evaluate.ts";
import type { Predicate } from "../ir/ops.ts";
import type { PassContext } from "./pass.ts";

export function foldBranches(fn: Function, context: PassContext): boolean {
  const dom = context.dominators(fn);
  const headers = new Set(findLoops(dom).all.map((loop) => loop.header));
  let changed = settleByDominators(fn, dom, context);
  for (let again = true; again; ) {
    again = false;
    for (const block of [...fn.blocks]) {
      if (block !== fn.blocks[0] && block.preds.length === 0) continue;
      if (settle(block, context) || (!headers.has(block) && threadConstants(block, context)) || bypass(block, fn, context) || merge(block, fn, context)) {
        again = true;
      }
    }
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
function outcome(end: Value<"branch"> | Value<"switch">, value: bigint, bits: number): Block {
  if (end.op === "branch") return value !== 0n ? end.aux.then : end.aux.else;
  const found = end.aux.cases.find((c) => BigInt.asUintN(bits, value - c.low) <= BigInt.asUintN(bits, c.high - c.low));
  return found === undefined ? end.aux.default : found.target;
}

/** A branch on a constant, or one whose ways are all the same. */
function settle(block: Block, context: PassContext): boolean {
  const end = terminator(block);
  if (end.op !== "branch" && end.op !== "switch") return false;
  const [condition] = end.args;
  const ways = successors(block);
  let target: Block | undefined;
  if (ways.length === 1) target = ways[0];
  else if (condition.op === "const") target = outcome(end, condition.aux, bitsOf(condition.type));
  else if (condition.op === "undef") target = ways[0];
  else {
    // A way that ends in `unreachable` at once is not taken.
    const live = ways.filter((way) => way.values[0]?.op !== "unreachable");
    if (live.length === 1) target = live[0];
  }
  if (target === undefined || !context.spend()) return false;
  jumpTo(block, target);
  return true;
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

/** Given that `fact` is (not) zero: is `question` zero? */
function implied(fact: AnyValue, holds: boolean, question: AnyValue): boolean | undefined {
  if (fact === question) return holds;
  if (fact.op !== "compare" || question.op !== "compare") return undefined;
  if (fact.args[0] !== question.args[0]) return undefined;
  const known: Predicate = holds ? fact.aux : inversePredicate(fact.aux);
  if (fact.args[1] === question.args[1]) {
    if (known === question.aux) return true;
    if (known === inversePredicate(question.aux)) return false;
  }
  const x = fact.args[1];
  const y = question.args[1];
  if (known !== "eq" || x.op !== "const" || y.op !== "const") return undefined;
  return comparePredicate(question.aux, bitsOf(x.type), x.aux, y.aux);
}

/**
 * A block that holds phis, perhaps a comparison of one with a constant, and a branch on it: predecessors that bring a
 * constant jump on directly. What the block computes must be used only in it and by phis on its edges.
 */
function threadConstants(block: Block, context: PassContext): boolean {
  const end = terminator(block);
  if ((end.op !== "branch" && end.op !== "switch") || block === block.function.blocks[0]) return false;
  const own = phis(block);
  if (own.length === 0 || !decidesOnly(block, own, end)) return false;
  let changed = false;
  for (const pred of [...block.preds]) {
    if (pred === block || successors(block).includes(pred)) continue;
    const known = valueFrom(end.args[0], block, pred);
    if (known === undefined) continue;
    const target = outcome(end, known, bitsOf(end.args[0].type));
    if (target === block || pred.preds.length === 0 && pred !== block.function.blocks[0]) continue;
    // A second edge to the target from here must bring the same values.
    const already = successors(pred).includes(target);
    const arriving = phis(target).map((phi) => {
      const value = phi.args[phi.aux.blocks.indexOf(block)];
      return value.op === "phi" && value.block === block ? value.args[value.aux.blocks.indexOf(pred)] : value;
    });
    if (already && phis(target).some((phi, i) => phi.args[phi.aux.blocks.indexOf(pred)] !== arriving[i])) continue;
    if (!context.spend()) return changed;
    redirect(pred, block, target);
    if (!already) phis(target).forEach((phi, i) => addIncoming(phi, pred, arriving[i]));
    changed = true;
  }
  return changed;
}

function decidesOnly(block: Block, own: readonly AnyValue[], end: Terminator): boolean {
  for (const value of block.values) {
    if (value === end || own.includes(value)) {
      if (value !== end && !value.uses.every((user) => isLocalOrOnEdge(user, block))) return false;
    } else if (value.op === "compare" || value.op === "extend" || value.op === "truncate") {
      if (!value.uses.every((user) => user.block === block && user.op !== "phi")) return false;
    } else return false;
  }
  return true;
}

function isLocalOrOnEdge(user: AnyValue, block: Block): boolean {
  if (user.op !== "phi") return user.block === block;
  if (user.block === block) return false;
  // Every entry of that phi which names a value of this block must come over the block's own edge; an entry over another
  // edge means that the value lives on below.
  return user.args.every((arg, i) => arg.block !== block || user.aux.blocks[i] === block);
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

/** An empty block that jumps on: its predecessors go to the target, if the target's phis can tell them apart. */
function bypass(block: Block, fn: Function, context: PassContext): boolean {
  const end = terminator(block);
  if (end.op !== "jump" || block.values.length !== 1 || block === fn.blocks[0]) return false;
  const { target } = end.aux;
  if (target === block || block.unroll !== undefined) return false;
  const joins = phis(target);
  let changed = false;
  for (const pred of [...block.preds]) {
    if (target.preds.includes(pred)) {
      // The edge exists: every phi must bring the same value over both.
      const same = joins.every((phi) => phi.args[phi.aux.blocks.indexOf(pred)] === phi.args[phi.aux.blocks.indexOf(block)]);
      if (!same || !context.spend()) continue;
      redirect(pred, block, target);
    } else {
      if (!context.spend()) return changed;
      redirect(pred, block, target);
      for (const phi of joins) addIncoming(phi, pred, phi.args[phi.aux.blocks.indexOf(block)]);
    }
    changed = true;
  }
  return changed;
}

/** A block and its only successor, when that has no other predecessor, become one. */
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
  removeWhere(target, (value) => value.op === "phi");
  const last = terminator(target);
  block.values.pop();
  end.block = undefined;
  target.preds.length = 0;
  for (const value of target.values) value.block = block;
  block.values.push(...target.values);
  target.values = [];
  for (const way of new Set(targets(last))) {
    way.preds[way.preds.indexOf(target)] = block;
    for (const phi of phis(way)) phi.aux.blocks[phi.aux.blocks.indexOf(target)] = block;
  }
  if (target.unroll !== undefined && block.unroll === undefined) block.unroll = target.unroll;
  fn.blocks.splice(fn.blocks.indexOf(target), 1);
  return true;
}
