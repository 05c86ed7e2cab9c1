/**
 * Drops loops that do nothing: they change no memory, nothing that they compute is used behind them, and they end for
 * certain.
 *
 * Takes a function, makes the header of such a loop go on behind it at once. Loops of that kind are left where the buffer
 * that they filled was never read; the verifier walks each of their rounds. What the test at the end says of a bound is lost
 * with it: it says only that the counter has got there.
 *
 * A loop ends for certain when on every round a counter, which goes by 1, is compared with a number that stays: by `<`
 * upwards, by `>` downwards, or by `!=`; on its way it meets that number before it can wrap around. (C11 6.8.5p6 would allow
 * more, but knows constant conditions, of which nothing is left here.)
 */
import type { Dominators, Loop } from "../ir/dominators.ts";
import { dominates, dominators, findLoops } from "../ir/dominators.ts";
import { allBits } from "../ir/bits.ts";
import { inversePredicate, swappedPredicate } from "../ir/evaluate.ts";
import type { AnyValue, Block, Function } from "../ir/module.ts";
import {
  addIncoming, createValue, phis, removeUnreachable, replaceTerminator, successors, terminator,
} from "../ir/module.ts";
import type { Predicate } from "../ir/ops.ts";
import { hasEffect } from "./dce.ts";
import type { PassContext } from "./pass.ts";

export function dropIdleLoops(fn: Function, context: PassContext): boolean {
  let changed = false;
  for (let dom = context.dominators(fn); ; dom = dominators(fn)) {
    const loop = findIdle(dom);
    if (loop === undefined || !context.spend()) return changed;
    skip(fn, loop);
    changed = true;
  }
}

interface IdleLoop {
  readonly loop: Loop;
  /** The one block that follows. */
  readonly behind: Block;
}

function findIdle(dom: Dominators): IdleLoop | undefined {
  const { all, irreducible } = findLoops(dom);
  if (irreducible) return undefined;
  const parents = new Set(all.map(({ parent }) => parent));
  for (const loop of all) {
    // Of a loop with others in it those must go first: they may not end.
    if (parents.has(loop) || !isIdle(loop) || !isFinite(loop, dom)) continue;
    const behind = onlyExit(loop);
    if (behind !== undefined) return { loop, behind };
  }
  return undefined;
}

/** Nothing that it does or computes is seen outside. */
function isIdle({ blocks }: Loop): boolean {
  for (const block of blocks) {
    for (const value of block.values) {
      if (value !== terminator(block) && hasEffect(value)) return false;
      if (value.uses.some((user) => user.block === undefined || !blocks.has(user.block))) return false;
    }
  }
  return true;
}

/** The block to which all ways out lead, if its phis take the same by each. */
function onlyExit({ blocks }: Loop): Block | undefined {
  let exit: Block | undefined;
  for (const block of blocks) {
    for (const target of successors(block)) {
      if (blocks.has(target)) continue;
      if (exit !== undefined && exit !== target) return undefined;
      exit = target;
    }
  }
  if (exit === undefined) return undefined;
  const isSame = phis(exit).every((phi) => {
    const values = phi.args.filter((_, i) => blocks.has(phi.aux.blocks[i]));
    return values.every((value) => value === values[0]);
  });
  return isSame ? exit : undefined;
}

/** Is there a test on every round that a counter must come to? */
function isFinite({ header, blocks, latches }: Loop, dom: Dominators): boolean {
  for (const block of blocks) {
    const end = terminator(block);
    if (end.op !== "branch" || !latches.every((latch) => dominates(dom, block, latch))) continue;
    const staysIfTrue = blocks.has(end.aux.then);
    if (staysIfTrue === blocks.has(end.aux.else)) continue;
    const condition = end.args[0];
    if (condition.op !== "compare") continue;
    const predicate = staysIfTrue ? condition.aux : inversePredicate(condition.aux);
    const [x, y] = condition.args;
    if (isFixed(y, blocks) && meets(stepOf(x, header, blocks), predicate)) return true;
    if (isFixed(x, blocks) && meets(stepOf(y, header, blocks), swappedPredicate(predicate))) return true;
  }
  return false;
}

function isFixed(value: AnyValue, blocks: ReadonlySet<Block>): boolean {
  return value.block === undefined || !blocks.has(value.block);
}

/** Does a number that goes by 1 or -1 come to another that stays, going on while the predicate holds? */
function meets(step: 1 | -1 | undefined, predicate: Predicate): boolean {
  switch (predicate) {
    case "ne": return step !== undefined;
    case "ult": case "slt": return step === 1;
    case "ugt": case "sgt": return step === -1;
    case "eq": case "ule": case "sle": case "uge": case "sge": return false;
  }
}

/** By how much a counter of the loop, before or behind its step, changes from round to round. */
function stepOf(value: AnyValue, header: Block, blocks: ReadonlySet<Block>): 1 | -1 | undefined {
  const counter = value.op === "phi" ? value : value.op === "add" ? value.args[0] : undefined;
  if (counter?.op !== "phi" || counter.block !== header) return undefined;
  let step: 1 | -1 | undefined;
  for (const [i, next] of counter.args.entries()) {
    if (!blocks.has(counter.aux.blocks[i])) continue;
    const by = next.op === "add" && next.args[0] === counter ? unitOf(next.args[1]) : undefined;
    if (by === undefined || step !== undefined && by !== step || value.op === "add" && value !== next) return undefined;
    step = by;
  }
  return step;
}

function unitOf(value: AnyValue): 1 | -1 | undefined {
  if (value.op !== "const") return undefined;
  return value.aux === 1n ? 1 : value.aux === allBits(value) ? -1 : undefined;
}

/** The header goes on behind the loop at once; what it computes is left to `dce`. */
function skip(fn: Function, { loop: { header, blocks }, behind }: IdleLoop): void {
  const values = phis(behind).map((phi) => phi.args[phi.aux.blocks.findIndex((block) => blocks.has(block))]);
  const isNew = !behind.preds.includes(header);
  replaceTerminator(header, createValue(fn, "jump", "void", [], { target: behind }, terminator(header).loc));
  if (isNew) phis(behind).forEach((phi, i) => addIncoming(phi, header, values[i]));
  removeUnreachable(fn);
}
