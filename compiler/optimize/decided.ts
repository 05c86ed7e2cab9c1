/**
 * Behind a branch its condition is known: what uses it there, or brings it over the branch's own edge to a phi, gets
 * the constant.
 *
 * `found = a == b; if (found) break;` then needs no number for `found`: it is 1 where the loop is left so, 0 where it
 * goes on. The verifier, which walks the branch, sees a constant instead of a number that it would have to tell apart
 * in each state.
 */
import type { Dominators } from "../ir/dominators.ts";
import { dominates } from "../ir/dominators.ts";
import type { AnyValue, Block, Function } from "../ir/module.ts";
import { constant, setArg, terminator } from "../ir/module.ts";
import type { PassContext } from "./pass.ts";

/** Keeps the graph as it is. */
export function replaceDecided(fn: Function, dom: Dominators, context: PassContext): boolean {
  let changed = false;
  for (const block of dom.order) {
    const end = terminator(block);
    if (end.op !== "branch" || end.aux.then === end.aux.else || end.args[0].uses.length < 2) continue;
    const [condition] = end.args;
    const { then, else: otherwise } = end.aux;
    // A comparison is 0 or 1; of another number only zero is known.
    if (condition.op === "compare" && replaceBehind(condition, block, then, 1n, fn, dom, context)) changed = true;
    if (condition.type === "i32" || condition.type === "i64") {
      if (replaceBehind(condition, block, otherwise, 0n, fn, dom, context)) changed = true;
    }
  }
  return changed;
}

/** Replaces the uses that are only reached over the edge from `block` to `way`. */
function replaceBehind(
  condition: AnyValue, block: Block, way: Block, value: bigint, fn: Function, dom: Dominators, context: PassContext,
): boolean {
  const isLone = way.preds.length === 1;
  const isBehind = (at: Block | undefined): boolean => isLone && at !== undefined && dom.index.has(at) && dominates(dom, way, at);
  let changed = false;
  for (const user of new Set(condition.uses)) {
    user.args.forEach((arg, i) => {
      if (arg !== condition) return;
      const isKnown = user.op === "phi"
        ? isBehind(user.aux.blocks[i]) || (user.block === way && user.aux.blocks[i] === block)
        : isBehind(user.block);
      if (!isKnown || !context.spend()) return;
      setArg(user, i, constant(fn, condition.type, value));
      changed = true;
    });
  }
  return changed;
}
