/**
 * Jump chains: edges to blocks that only jump on go to where those lead. Changes a function in place, in one sweep over
 * its edges.
 *
 * `bypass` of branches.ts does the same for one block at a time, with phis in it; a switch whose cases all lead through
 * blocks of their own would be gone through for each of them.
 */
import type { Block, Function } from "../ir/module.ts";
import {
  addIncoming, createValue, phis, redirectEach, replaceTerminator, successors, terminator,
} from "../ir/module.ts";
import type { PassContext } from "./pass.ts";

export function followJumps(fn: Function, context: PassContext): boolean {
  const lasts = new Map<Block, Block | undefined>();
  let changed = false;
  for (const block of fn.blocks) {
    if (block !== fn.blocks[0] && block.preds.length === 0) {
      // What only this one led to is not followed in vain.
      if (nextOf(fn, block) !== undefined) {
        replaceTerminator(block, createValue(fn, "unreachable", "void", [], undefined, terminator(block).loc));
        changed = true;
      }
      continue;
    }
    const ways = successors(block);
    const have = new Set(ways);
    const moves = new Map<Block, Block>();
    for (const way of ways) {
      const last = lastOf(fn, way, lasts);
      const goal = last === undefined ? undefined : nextOf(fn, last);
      if (last === undefined || goal === undefined) continue;
      const joins = phis(goal);
      const bring = joins.map((phi) => phi.args[phi.aux.blocks.indexOf(last)]);
      // An edge that exists must bring the same values.
      const differs = have.has(goal) && joins.some((phi, i) => phi.args[phi.aux.blocks.indexOf(block)] !== bring[i]);
      const to = differs ? last : goal;
      if (to === way || to === block && joins.length > 0) continue;
      if (!context.spend()) break;
      if (!have.has(to) && to === goal) joins.forEach((phi, i) => addIncoming(phi, block, bring[i]));
      have.add(to);
      moves.set(way, to);
    }
    if (moves.size === 0) continue;
    redirectEach(block, moves);
    changed = true;
  }
  return changed;
}

/** Where a block leads that does nothing but jump on; undefined for others. */
function nextOf(fn: Function, block: Block): Block | undefined {
  const [end] = block.values;
  if (end.op !== "jump" || block === fn.blocks[0] || block.unroll !== undefined) return undefined;
  return end.aux.target === block ? undefined : end.aux.target;
}

/**
 * The last block of a chain of such blocks; undefined when the first is none, and for a chain that closes on itself.
 */
function lastOf(fn: Function, first: Block, lasts: Map<Block, Block | undefined>): Block | undefined {
  const path = new Set<Block>();
  let last: Block | undefined;
  for (let at: Block | undefined = first; at !== undefined; ) {
    if (lasts.has(at)) {
      last = lasts.get(at);
      break;
    }
    const next = nextOf(fn, at);
    if (next === undefined) break;
    if (path.has(at)) {
      last = undefined;
      break;
    }
    path.add(at);
    last = at;
    at = next;
  }
  for (const block of path) lasts.set(block, last);
  return last;
}
