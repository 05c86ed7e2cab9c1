/**
 * Floating-point arithmetic, which BPF has not: folds it at compile time, and refuses what is left.
 *
 * Runs at every level, since folding is no luxury here: a function that computes with floating values is settled (promoted,
 * simplified, its known branches taken) until none of it is left, or nothing more helps. What keeps operands from being constant goes
 * in this order: constants pass through calls and variables that never change, calls into and out of such functions are inlined,
 * loops around floating operations whose rounds can be counted are unrolled, then all the loops of the function, and at last
 * `__builtin_constant_p` gets its answer. Functions that do not compute with floating values are not settled. Each
 * operation that is left is an error at its place in the source.
 */
import { dominates, dominators } from "../ir/dominators.ts";
import type { Dominators, Loop } from "../ir/dominators.ts";
import { floatWidth, outcomes, swappedOutcomes } from "../ir/evaluate-float.ts";
import type { AnyValue, Block, Function, Value } from "../ir/module.ts";
import { constant, replaceUses, terminator } from "../ir/module.ts";
import type { Outcomes, Type } from "../ir/ops.ts";
import { passConstants } from "./arguments.ts";
import { foldBranches } from "./branches.ts";
import { propagateConstants } from "./constants.ts";
import { removeDead } from "./dce.ts";
import { foldVariables } from "./globals.ts";
import { numberValues } from "./gvn.ts";
import { inlineWhere } from "./inline.ts";
import { eliminateLoads } from "./loads.ts";
import type { PassContext } from "./pass.ts";
import { promote } from "./promote.ts";
import { resolveConstants } from "./resolve.ts";
import { isFloating } from "./rules-float.ts";
import type { FloatValue } from "./rules-float.ts";
import { simplify } from "./simplify.ts";
import { removeUnused } from "./unused.ts";
import { unrollWhere } from "./unroll.ts";

/** Functions larger than this many values are inlined nowhere for the sake of folding. */
const inlineLimit = 2000;
/** Rounds of widening what is looked at, and of settling it each time: few are needed, odd graphs are given up. */
const roundLimit = 16;
const settleLimit = 16;

export function foldFloats(context: PassContext): boolean {
  const { module, diagnostics } = context;
  if (!module.functions.some(computesFloats)) return false;
  // These rewrites are needed, not wanted: they take no fuel and do not depend on the level.
  const inner: PassContext = { ...context, options: { ...context.options, level: "2" }, spend: () => true, dominators };
  for (let round = 0; round < roundLimit; round++) {
    for (const fn of module.functions) if (computesFloats(fn)) settle(fn, inner);
    const known = [foldVariables(inner), passConstants(inner)].some((changed) => changed);
    removeUnused(inner);
    const rest = module.functions.filter(computesFloats);
    if (rest.length === 0 || (!known && !helps(rest, inner))) break;
  }
  for (const message of remaining(module.functions)) diagnostics.error(message.loc, message.text);
  return true;
}

function computesFloats(fn: Function): boolean {
  return fn.blocks.some((block) => block.values.some(isFloating));
}

/** All that makes values known without making code longer. */
function settle(fn: Function, context: PassContext): void {
  let again = true;
  for (let times = 0; again && times < settleLimit; times++) {
    again = promote(fn, context);
    again = simplify(fn, context) || again;
    numberValues(fn, context);
    again = propagateConstants(fn, context) || again;
    again = settleComparisons(fn, dominators(fn)) || again;
    again = eliminateLoads(fn, context) || again;
    again = foldBranches(fn, context) || again;
    again = simplify(fn, context) || again;
    removeDead(fn);
    again &&= computesFloats(fn);
  }
}

/** The next thing that may make operands constant; false when there is none. */
function helps(rest: readonly Function[], context: PassContext): boolean {
  const computing = new Set(rest);
  const inlined = inlineWhere((caller, callee) => {
    const wanted = (computing.has(caller) || computing.has(callee)) && sizeOf(callee) <= inlineLimit;
    if (wanted && computing.has(callee)) computing.add(caller);
    return wanted;
  }, context);
  if (inlined) return true;
  const holdsFloats = (loop: Loop): boolean => [...loop.blocks].some((block) => block.values.some(isFloating));
  const unrolled = (wanted: (loop: Loop) => boolean): boolean =>
    rest.map((fn) => unrollWhere(fn, wanted, context)).some((changed) => changed);
  return unrolled(holdsFloats) || unrolled(() => true) || rest.map((fn) => resolveConstants(fn)).some((changed) => changed);
}

function sizeOf(fn: Function): number {
  return fn.blocks.reduce((sum, block) => sum + block.values.length, 0);
}

// ---- Comparisons that earlier ones settle -------------------------------------------------------------------------------

/** A comparison of two values below a branch on another comparison of them. */
function settleComparisons(fn: Function, dom: Dominators): boolean {
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

/** The outcomes that a comparison asks for, in the order of the other one's operands; undefined when it has other operands. */
function sameQuestion(condition: Value<"fcompare">, value: Value<"fcompare">): Outcomes | undefined {
  const [x, y] = condition.args;
  if (x === value.args[0] && y === value.args[1]) return condition.aux;
  return x === value.args[1] && y === value.args[0] ? swappedOutcomes(condition.aux) : undefined;
}

// ---- What is left -----------------------------------------------------------------------------------------------------

interface Message {
  readonly loc: number;
  readonly text: string;
}

/** One error for each operator of the source, in its order. */
function remaining(functions: readonly Function[]): Message[] {
  const found = new Map<number, Message>();
  for (const fn of functions) {
    for (const block of fn.blocks) {
      for (const value of block.values) {
        if (isFloating(value) && !found.has(value.loc)) found.set(value.loc, { loc: value.loc, text: describe(value) });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.loc - b.loc);
}

function describe(value: FloatValue): string {
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
