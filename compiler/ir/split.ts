/** Splitting a block behind a value: inlining and expansion put other blocks in between. */
import type { AnyValue, Block } from "./module.ts";
import { createBlock, phis, targets, terminator } from "./module.ts";

/**
 * Moves what follows a value, the terminator too, to a new block, which stands next in layout. The first block is left
 * without terminator: the caller makes one.
 */
export function splitAfter(value: AnyValue): Block {
  const block = value.block;
  if (block === undefined) throw new Error(`v${value.id} stands in no block`);
  const fn = block.function;
  const rest = createBlock(fn);
  fn.blocks.pop();
  fn.blocks.splice(fn.blocks.indexOf(block) + 1, 0, rest);
  const at = block.values.indexOf(value);
  rest.values = block.values.slice(at + 1);
  block.values = block.values.slice(0, at + 1);
  for (const moved of rest.values) moved.block = rest;
  for (const target of new Set(targets(terminator(rest)))) {
    target.preds[target.preds.indexOf(block)] = rest;
    for (const phi of phis(target)) phi.aux.blocks[phi.aux.blocks.indexOf(block)] = rest;
  }
  return rest;
}
