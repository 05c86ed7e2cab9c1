/**
 * What BPF cannot do at run time and the compiler has to settle: floating-point arithmetic, and memory in the frame
 * whose size is computed (variable-length arrays, `alloca`). It is folded, made part of the frame, or refused.
 *
 * Runs at every level, since this is no luxury here: a function with such values is settled (promoted, simplified,
 * its known branches taken) until none of them is left, or nothing more helps. What keeps operands from being
 * constant goes in this order: constants pass through calls and variables that never change, calls into and out of
 * such functions are inlined, loops around such values whose rounds can be counted are unrolled, then all the loops
 * of the function, and at last `__builtin_constant_p` gets its answer. Other functions are left alone. Each value
 * that stays is an error at its place in the source.
 */
import { dominators } from "../ir/dominators.ts";
import type { Loop } from "../ir/dominators.ts";
import type { AnyValue, Function, Value } from "../ir/module.ts";
import { passConstants } from "./arguments.ts";
import { foldBranches } from "./branches.ts";
import { propagateConstants } from "./constants.ts";
import { removeDead } from "./dce.ts";
import { describeFloat, settleComparisons } from "./floats.ts";
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
import { describeMemory, placeMemory } from "./stack-memory.ts";
import { removeUnused } from "./unused.ts";
import { unrollWhere } from "./unroll.ts";

/** Functions larger than this many values are inlined nowhere for the sake of folding. */
const inlineLimit = 2000;
/** A function that is still open at this size is given up: recursion would double it in each round. */
const openLimit = 10_000;
/** Rounds of widening what is looked at, and of settling it each time: few are needed, odd graphs are given up. */
const roundLimit = 16;
const settleLimit = 16;

export function settleValues(context: PassContext): boolean {
  const { module, diagnostics } = context;
  // Most calls of `alloca` have a constant size: nothing else has to change for them.
  const placed = module.functions.map(placeMemory).some((changed) => changed);
  if (!module.functions.some(isOpen)) return placed;
  // These rewrites are needed, not wanted: they take no fuel and do not depend on the level.
  const inner: PassContext = { ...context, options: { ...context.options, level: "2" }, spend: () => true, dominators };
  for (let round = 0; round < roundLimit; round++) {
    for (const fn of module.functions) if (isOpen(fn)) settle(fn, inner);
    const known = [foldVariables(inner), passConstants(inner)].some((changed) => changed);
    removeUnused(inner);
    const rest = module.functions.filter(isOpen);
    if (rest.length === 0 || rest.some((fn) => sizeOf(fn) > openLimit) || (!known && !helps(rest, inner))) break;
  }
  for (const message of remaining(module.functions)) diagnostics.error(message.loc, message.text);
  return true;
}

/** Is it a value that must not stay? */
function mustGo(value: AnyValue): value is FloatValue | Value<"alloca"> {
  return value.op === "alloca" || isFloating(value);
}

function isOpen(fn: Function): boolean {
  return fn.blocks.some((block) => block.values.some(mustGo));
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
    again = placeMemory(fn) || again;
    removeDead(fn);
    again &&= isOpen(fn);
  }
}

/** The next thing that may make operands constant; false when there is none. */
function helps(rest: readonly Function[], context: PassContext): boolean {
  const open = new Set(rest);
  const inlined = inlineWhere((caller, callee) => {
    const wanted = (open.has(caller) || open.has(callee)) && sizeOf(callee) <= inlineLimit;
    if (wanted && open.has(callee)) open.add(caller);
    return wanted;
  }, context);
  if (inlined) return true;
  const holdsOpen = (loop: Loop): boolean => [...loop.blocks].some((block) => block.values.some(mustGo));
  const unrolled = (wanted: (loop: Loop) => boolean): boolean =>
    rest.map((fn) => unrollWhere(fn, wanted, context)).some((changed) => changed);
  return unrolled(holdsOpen) || unrolled(() => true) ||
    rest.map((fn) => resolveConstants(fn)).some((changed) => changed);
}

function sizeOf(fn: Function): number {
  return fn.blocks.reduce((sum, block) => sum + block.values.length, 0);
}

interface Message {
  readonly loc: number;
  readonly text: string;
}

/** One error for each place of the source, in its order. */
function remaining(functions: readonly Function[]): Message[] {
  const found = new Map<number, Message>();
  for (const fn of functions) {
    for (const block of fn.blocks) {
      for (const value of block.values) {
        if (!mustGo(value) || found.has(value.loc)) continue;
        const text = value.op === "alloca" ? describeMemory(value) : describeFloat(value);
        found.set(value.loc, { loc: value.loc, text });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.loc - b.loc);
}
