/**
 * Floating-point arithmetic, which BPF has not: what settling (settle.ts) has for it besides the rules of
 * rules-float.ts, and the words for what no settling could fold.
 */
import { dominates } from "../ir/dominators.ts";
import type { Dominators } from "../ir/dominators.ts";
import { floatWidth, outcomes, swappedOutcomes } from "../ir/evaluate-float.ts";
import type { AnyValue, Block, Function, Value } from "../ir/module.ts";
import { constant, replaceUses, terminator } from "../ir/module.ts";
import type { Outcomes, Type } from "../ir/ops.ts";
import type { FloatValue } from "./rules-float.ts";

/** A comparison of two values below a branch on another comparison of them. */
export function settleComparisons(fn: Function, dom: Dominators): boolean {
  let changed = false;
  for (const block of fn.blocks) {
    for (const value of block.values) {
      if (value.op !== "fcompare" || value.uses.length === 0) continue;
      const possible = knownOutcomes(value, block, dom);
      const answer = (value.aux & possible) === 0 ? 0n : (possible & ~value.aux) === 0 ? 1n : undefined;
      if (answer === undefined) continue;
      replaceUses(value as AnyValue, constant(fn, "i32", answer));
      changed = true;
    }
  }
  return changed;
}

/** What the branches on the way to the block leave possible. */
function knownOutcomes(value: Value<"fcompare">, block: Block, dom: Dominators): Outcomes {
  let possible: Outcomes = outcomes.all;
  for (let at = dom.index.get(block) ?? 0; at !== 0; at = dom.idom[at]) {
    const below = dom.order[at];
    const test = terminator(dom.order[dom.idom[at]]);
    if (test.op !== "branch" || test.aux.then === test.aux.else) continue;
    const [condition] = test.args;
    // The edge taken: `below` is entered from nowhere else.
    if (condition.op !== "fcompare" || below.preds.length !== 1 || !dominates(dom, below, block)) continue;
    const found = sameQuestion(condition, value);
    if (found !== undefined) possible &= test.aux.then === below ? found : outcomes.all & ~found;
  }
  return possible;
}

/**
 * The outcomes that a comparison asks for, in the order of the other one's operands; undefined when it has other
 * operands.
 */
function sameQuestion(condition: Value<"fcompare">, value: Value<"fcompare">): Outcomes | undefined {
  const [x, y] = condition.args;
  if (x === value.args[0] && y === value.args[1]) return condition.aux;
  return x === value.args[1] && y === value.args[0] ? swappedOutcomes(condition.aux) : undefined;
}

// ---- What is left --------------------------------------------------------------------------------------------------

/** What is said of an operation that is left. */
export function describeFloat(value: FloatValue): string {
  return `${nameOf(value)} at run time is not supported: BPF has no floating-point instructions; use integers, for example ` +
    "a fixed-point value";
}

function nameOf(value: FloatValue): string {
  const result = typeName(value.type);
  const operand = typeName(value.args[0].type);
  switch (value.op) {
    case "fadd": case "fsub": case "fmul": case "fdiv": return `floating-point arithmetic on ${result}`;
    case "fcompare": return `floating-point comparison of ${operand}`;
    case "fresize": return `conversion from ${operand} to ${result}`;
    case "fromint": return `conversion from an integer to ${result}`;
    case "toint": return `conversion from ${operand} to an integer`;
  }
}

function typeName(type: Type): string {
  return floatWidth(type) === 32 ? "'float'" : "'double'";
}
