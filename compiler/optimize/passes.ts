/**
 * The optimiser as data: the passes, the pipeline, and why the order is what it is.
 *
 * `passes` names each pass once, with what it needs and keeps. `steps` is the pipeline; a pass may stand in it several
 * times. `order` gives the reasons, `checkPipeline` holds the pipeline to them and to the needs at every level, when
 * this module loads. Changing a row takes a reason, not a green build.
 *
 * Required passes make the IR fit for code generation at any level (-O0 output loads too); the others only improve it.
 */
import type { OptimizationLevel } from "../source/options.ts";
import { passConstants } from "./arguments.ts";
import { foldBranches } from "./branches.ts";
import { confine } from "./confine.ts";
import { propagateConstants } from "./constants.ts";
import { removeDead } from "./dce.ts";
import { expand } from "./expand.ts";
import { foldVariables } from "./globals.ts";
import { numberValues } from "./gvn.ts";
import { dropIdleLoops } from "./idle.ts";
import { inline } from "./inline.ts";
import { placeMarks } from "./lives.ts";
import { eliminateLoads } from "./loads.ts";
import type { Pass, Property } from "./pass.ts";
import { promote } from "./promote.ts";
import { resolveConstants } from "./resolve.ts";
import { settleValues } from "./settle.ts";
import { simplify } from "./simplify.ts";
import { dropSigns } from "./nonnegative.ts";
import { optimizeStores } from "./stores.ts";
import { removeUnused } from "./unused.ts";
import { mergeTails } from "./tails.ts";
import { thread } from "./thread.ts";
import { unroll } from "./unroll.ts";
import { widen } from "./widen.ts";

const graph: readonly Property[] = ["dominators"];
const shape: readonly Property[] = ["resolved", "inlined", "widened"];
const everything: readonly Property[] = [...graph, ...shape, "expanded"];

export const passes: readonly Pass[] = [
  {
    name: "unused", scope: "module", run: removeUnused, needs: [], keeps: everything, required: true,
    purpose: "remove functions and variables that nothing reaches",
  },
  {
    name: "globals", scope: "module", run: foldVariables, needs: [], keeps: everything, required: true,
    purpose: "read variables that never change at compile time, drop those never read; calls through constants call helpers",
  },
  {
    name: "inline", scope: "module", run: inline, needs: [], keeps: [], gives: ["inlined"], required: true,
    purpose: "put called functions in place of calls",
  },
  {
    name: "arguments", scope: "module", run: passConstants, needs: [], keeps: everything,
    purpose: "pass constants into and out of functions whose calls are all known",
  },
  {
    name: "settle", scope: "module", run: settleValues, needs: [], keeps: [], required: true,
    purpose: "fold floating-point arithmetic and sizes of stack memory at compile time; refuse what is left",
  },
  {
    name: "promote", scope: "function", run: promote, needs: ["dominators"], keeps: everything,
    purpose: "turn stack slots into SSA values, records in pieces",
  },
  {
    name: "simplify", scope: "function", run: simplify, needs: [], keeps: everything,
    purpose: "algebra: simpler equal values",
  },
  {
    name: "constants", scope: "function", run: propagateConstants, needs: [], keeps: everything,
    purpose: "find values that are one constant on every way that can be taken",
  },
  {
    name: "gvn", scope: "function", run: numberValues, needs: ["dominators"], keeps: everything,
    purpose: "share equal values",
  },
  {
    name: "unroll", scope: "function", run: unroll, needs: ["dominators", "inlined"], keeps: shape,
    purpose: "unroll the loops that a pragma names",
  },
  {
    name: "thread", scope: "function", run: thread, needs: ["dominators"], keeps: [...shape, "expanded"],
    purpose: "copy small blocks onto the ways that settle their branches, enter loops behind a first test that holds",
  },
  {
    name: "confine", scope: "module", run: confine, needs: ["inlined"], keeps: everything,
    purpose: "find the static variables that no foreign pointer leads to",
  },
  {
    name: "loads", scope: "function", run: eliminateLoads, needs: ["dominators"], keeps: everything,
    purpose: "take loaded values from earlier loads and stores",
  },
  {
    name: "stores", scope: "function", run: optimizeStores, needs: ["expanded"], keeps: everything,
    purpose: "drop dead stores to the stack, merge neighbouring constant stores",
  },
  {
    name: "signs", scope: "function", run: dropSigns, needs: ["dominators"], keeps: everything,
    purpose: "extend without sign what is never negative",
  },
  {
    name: "idle", scope: "function", run: dropIdleLoops, needs: ["dominators", "expanded"], keeps: [...shape, "expanded"],
    purpose: "drop loops that do nothing and end",
  },
  {
    name: "tails", scope: "function", run: mergeTails, needs: ["expanded"], keeps: [...shape, "expanded"],
    purpose: "share equal ends of blocks, with the slots that only they use",
  },
  {
    name: "lives", scope: "function", run: (fn) => placeMarks(fn), needs: [], keeps: everything,
    purpose: "mark where slots end, so that the frame can use their place again",
  },
  {
    name: "branches", scope: "function", run: foldBranches, needs: ["dominators"], keeps: [...shape, "expanded"],
    purpose: "settle known branches, thread jumps, merge blocks",
  },
  {
    name: "dce", scope: "function", run: (fn) => removeDead(fn), needs: [], keeps: everything,
    purpose: "remove values that nothing needs",
  },
  {
    name: "resolve", scope: "function", run: (fn) => resolveConstants(fn), needs: [], keeps: everything, gives: ["resolved"],
    required: true, purpose: "answer __builtin_constant_p",
  },
  {
    name: "expand", scope: "function", run: expand, needs: [], keeps: ["resolved", "inlined"], gives: ["expanded"],
    required: true, purpose: "expand block operations, misaligned accesses, signed division",
  },
  {
    name: "widen", scope: "module", run: widen, needs: ["dominators", "expanded", "resolved", "inlined"], keeps: everything, gives: ["widened"],
    required: true, purpose: "make i32 values i64 where the target has no 32-bit arithmetic",
  },
];

/** The pipeline for -O1 and above; -O0 runs its required passes. */
const steps: readonly string[] = [
  "unused", "globals", "settle",
  "promote", "simplify", "branches", "dce",
  "inline", "unused",
  "promote", "simplify", "gvn", "confine", "loads", "constants", "branches", "simplify", "gvn", "dce",
  "globals", "arguments", "unused",
  "unroll", "promote", "simplify", "constants", "gvn", "branches",
  "resolve", "simplify", "branches",
  "expand", "thread",
  "promote", "simplify", "gvn", "confine", "loads", "branches", "stores", "signs", "simplify", "gvn", "dce",
  "idle", "branches", "dce",
  "tails", "branches", "dce", "lives", "unused",
  "widen",
];

interface Constraint {
  /** This pass stands somewhere before ... */
  readonly before: string;
  /** ... the last (or, with `every`, each) step of this one. */
  readonly after: string;
  readonly every?: true;
  readonly because: string;
}

export const order: readonly Constraint[] = [
  { before: "unused", after: "inline", every: true, because: "functions of headers that nobody calls need no work and no diagnostics" },
  { before: "globals", after: "inline", every: true, because: "calls through constant pointers become known calls first" },
  { before: "globals", after: "settle", because: "variables that never change are operands that are constants" },
  { before: "settle", after: "inline", every: true, because: "it inlines for itself, and its errors come before those about code" },
  { before: "promote", after: "inline", because: "the size of a callee counts after its slots are gone" },
  { before: "inline", after: "promote", because: "slots whose address was passed to an inlined function can go only now" },
  { before: "promote", after: "simplify", every: true, because: "loads and stores of locals hide all arithmetic" },
  { before: "promote", after: "gvn", every: true, because: "loads of promoted slots hide equal values" },
  { before: "simplify", after: "gvn", every: true, because: "canonical forms make equal values look equal" },
  { before: "simplify", after: "branches", every: true, because: "conditions become constants by folding" },
  { before: "simplify", after: "resolve", every: true, because: "__builtin_constant_p is asked when folding is over" },
  { before: "resolve", after: "branches", because: "the branch that __builtin_constant_p decides must go" },
  { before: "resolve", after: "expand", every: true, because: "code for the other answer is not worth expanding" },
  { before: "simplify", after: "expand", every: true, because: "sizes become constants, alignments known" },
  { before: "expand", after: "promote", because: "memcmp keeps slots in memory until it is expanded" },
  { before: "simplify", after: "unroll", every: true, because: "the number of rounds is found from constants" },
  { before: "unroll", after: "promote", because: "what lives behind an unrolled loop goes through slots" },
  { before: "expand", after: "thread", because: "the loops of block operations are entered for certain, too" },
  { before: "unroll", after: "thread", because: "a loop that is unrolled needs no copy of its test" },
  { before: "gvn", after: "thread", because: "one condition tested twice must be one value" },
  { before: "thread", after: "promote", because: "what copied blocks compute for others goes through slots" },
  { before: "loads", after: "constants", because: "what was stored on every way here is one constant" },
  { before: "constants", after: "branches", because: "it finds the ways that are never taken" },
  { before: "loads", after: "arguments", every: true, because: "arguments are constants when they have been folded" },
  { before: "inline", after: "arguments", every: true, because: "it is for the calls that stay" },
  { before: "unroll", after: "resolve", every: true, because: "an index is a constant in each copy" },
  { before: "gvn", after: "loads", every: true, because: "equal addresses must be one value to be known as equal" },
  { before: "confine", after: "loads", every: true, because: "what a store may change depends on where addresses went" },
  { before: "loads", after: "stores", every: true, because: "stores whose loads were answered are dead" },
  { before: "thread", after: "signs", because: "a counter is limited by the test at its loop's end, where the loop is entered behind a test" },
  { before: "signs", after: "simplify", because: "sums and masks of what has no sign are simpler" },
  { before: "stores", after: "tails", every: true, because: "dead and unmerged stores make equal ends look different" },
  { before: "dce", after: "idle", every: true, because: "what nobody needs must not keep a loop" },
  { before: "stores", after: "idle", because: "a loop that fills what is never read is idle when its stores are gone" },
  { before: "idle", after: "branches", because: "the way to the loop may have been tested for its sake only" },
  { before: "tails", after: "lives", every: true, because: "marks make equal ends look different; they are placed anew" },
  { before: "tails", after: "branches", because: "blocks that are left with a jump must go" },
  { before: "expand", after: "stores", every: true, because: "block operations become stores that can be merged" },
  { before: "simplify", after: "widen", every: true, because: "rules make i32 values (comparisons, truncations): none after it" },
  { before: "inline", after: "unused", because: "inlined static functions have no callers left" },
  { before: "expand", after: "unused", because: "strings that became constant stores are not needed" },
];

export function pipeline(level: OptimizationLevel): Pass[] {
  const result: Pass[] = [];
  for (const name of steps) {
    const pass = passes.find((p) => p.name === name);
    if (pass === undefined) throw new Error(`the pipeline names '${name}', which is no pass`);
    if (level !== "0" || pass.required === true) result.push(pass);
  }
  return result;
}

/** Every violation of `order` and of the passes' needs, as text; empty for a sound pipeline. */
export function checkPipeline(names: readonly string[] = steps): string[] {
  const problems: string[] = [];
  for (const { before, after, every, because } of order) {
    const first = names.indexOf(before);
    const second = every === true ? names.indexOf(after) : names.lastIndexOf(after);
    if (first < 0 || second < 0) problems.push(`the constraint ${before} < ${after} names a pass that does not run`);
    else if (first > second) problems.push(`${after} runs without ${before} before it: ${because}`);
  }
  const last = names.at(-1);
  if (last !== "widen") problems.push(`the last step is ${last}: nothing may make i32 values after widen`);
  for (const level of ["0", "2"] as const) {
    const holds = new Set<Property>();
    for (const pass of pipeline(level)) {
      for (const need of pass.needs) {
        if (need !== "dominators" && !holds.has(need)) problems.push(`${pass.name} needs ${need}, which does not hold at -O${level}`);
      }
      for (const property of [...holds]) if (!pass.keeps.includes(property)) holds.delete(property);
      for (const property of pass.gives ?? []) holds.add(property);
    }
    for (const final of ["expanded", "resolved", "inlined", "widened"] as const) {
      if (!holds.has(final)) problems.push(`${final} does not hold at the end of -O${level}`);
    }
  }
  return problems;
}

const problems = checkPipeline();
if (problems.length > 0) throw new Error(`the pass pipeline is unsound:\n${problems.join("\n")}`);
