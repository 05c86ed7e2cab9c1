/**
 * Warnings about what happens at run time, once a function's body is whole: each is given when control can get to the expression
 * that it speaks of. `if (sizeof(long) == 4) x <<= 40;` is what portable code looks like.
 */
import type { FunctionBody } from "../ast/program.ts";
import { type Checker, type FunctionState, warn } from "./context.ts";
import { type FlowBlock, flowOf, reachedBlocks } from "./flow.ts";

/** Gives the warnings that were kept back. What the checked body has no more, a folded operand, counts as reached. */
export function giveRunTimeWarnings(c: Checker, state: FunctionState, body: FunctionBody): void {
  const waiting = state.runTimeWarnings;
  if (waiting.length === 0) return;
  // In a body with errors the flow of control is not known.
  const graph = c.diagnostics.hasErrors ? undefined
    : flowOf(state.decl, body, new Map(), new Set(waiting.map(({ evaluated }) => evaluated)));
  const reached: ReadonlySet<FlowBlock> = graph === undefined ? new Set() : reachedBlocks(graph);
  for (const { name, loc, message, notes, evaluated } of waiting) {
    const block = graph?.places.get(evaluated);
    if (block === undefined || reached.has(block)) warn(c, name, loc, message, notes);
  }
}
