/**
 * Extends without sign what is never negative: a counter, what a test has found to be at least zero, and what is so on
 * each way that leads to a phi, as behind a clamp.
 *
 * Where there are 32-bit registers, an i32 value has zeros above it, so that its extension without sign costs nothing,
 * and with sign two shifts. The register that was tested is then the one that is used (verifier rule 1), and what the
 * verifier knows of it is the same in both forms (rule 2): it has walked the test, or counts along. Without 32-bit
 * registers a test with sign and a use without one would need an extension each: the pass leaves those levels alone.
 *
 * A counter starts at a constant and grows by one, or by a constant below a constant limit, and goes around the loop
 * only where a test has found it below something: so it never runs over the largest number.
 */
import type { Dominators } from "../ir/dominators.ts";
import { provenBits } from "../ir/bits.ts";
import { inversePredicate } from "../ir/evaluate.ts";
import type { AnyValue, Block, Function, Value } from "../ir/module.ts";
import { phis, terminator } from "../ir/module.ts";
import type { Predicate } from "../ir/ops.ts";
import { hasAlu32 } from "../source/options.ts";
import { implies } from "./imply.ts";
import type { PassContext } from "./pass.ts";

export function dropSigns(fn: Function, context: PassContext): boolean {
  if (!hasAlu32(context.options.target)) return false;
  const dom = context.dominators(fn);
  const counters = findCounters(fn, dom);
  let changed = false;
  for (const block of fn.blocks) {
    for (const value of block.values) {
      if (value.op !== "extend" || !value.aux.signed || value.aux.from !== 32 || value.args[0].type !== "i32") continue;
      const [x] = value.args;
      if (!isNonNegative(x, block, { counters, dom }, phiLimit) || !context.spend()) continue;
      value.aux = { ...value.aux, signed: false };
      changed = true;
    }
  }
  return changed;
}

interface Fact { readonly predicate: Predicate; readonly x: AnyValue; readonly y: AnyValue }

/** Far enough for nested tests, and little work for each value. */
const dominatorLimit = 64;

/** What comparisons have come out on each way to the block, the nearest first. */
function* facts(block: Block, dom: Dominators): Generator<Fact> {
  let at = dom.index.get(block) ?? 0;
  for (let steps = 0; at !== 0 && steps < dominatorLimit; steps++) {
    const below = dom.order[at];
    at = dom.idom[at];
    const above = dom.order[at];
    if (below.preds.length === 1 && below.preds[0] === above) yield* factsOfEdge(above, below);
  }
}

function* factsOfEdge(from: Block, to: Block): Generator<Fact> {
  const end = terminator(from);
  if (end.op !== "branch" || end.aux.then === end.aux.else || end.args[0].op !== "compare") return;
  const { aux, args: [x, y] } = end.args[0];
  yield { predicate: end.aux.then === to ? aux : inversePredicate(aux), x, y };
}

interface Known { readonly counters: ReadonlySet<AnyValue>; readonly dom: Dominators }

/** How many phis behind one another are followed. */
const phiLimit = 3;

/** Is the value never negative at the end of the block: by its bits, as a counter, by a test, on each way to its phi? */
function isNonNegative(x: AnyValue, block: Block, known: Known, limit: number): boolean {
  if (provenBits(x) <= largest || known.counters.has(x)) return true;
  for (const fact of facts(block, known.dom)) if (isTest(fact, x)) return true;
  if (x.op !== "phi" || limit === 0) return false;
  return x.args.every((arg, i) => {
    const from = x.aux.blocks[i];
    if (isNonNegative(arg, from, known, limit - 1)) return true;
    if (x.block === undefined) return false;
    for (const fact of factsOfEdge(from, x.block)) if (isTest(fact, arg)) return true;
    return false;
  });
}

/** Has a test found that the value is not negative? */
function isTest({ predicate, x, y }: Fact, value: AnyValue): boolean {
  return x === value && y.op === "const" && implies(predicate, y.aux, "sge", 0n, 32);
}

const largest = 0x7fffffffn;

function findCounters(fn: Function, dom: Dominators): ReadonlySet<AnyValue> {
  const found = new Set<AnyValue>();
  for (const block of fn.blocks) {
    for (const phi of phis(block)) if (phi.type === "i32" && isCounter(phi, dom)) found.add(phi);
  }
  return found;
}

function isCounter(phi: Value<"phi">, dom: Dominators): boolean {
  let grows = false;
  for (let i = 0; i < phi.args.length; i++) {
    const arg = phi.args[i];
    const from = phi.aux.blocks[i];
    if (arg.op === "const") {
      // The first step is taken before a test of what it gives.
      if (arg.aux > largest - stepLimit) return false;
      continue;
    }
    if (arg.op !== "add" || arg.args[0] !== phi || arg.args[1].op !== "const" || arg.block === undefined) return false;
    const step = arg.args[1].aux;
    if (step === 0n || step > stepLimit) return false;
    if (!isLimited(arg, step, [...factsOfEdge(from, phi.block ?? from), ...facts(from, dom)])
      && !isLimited(phi, step, [...facts(arg.block, dom)])) return false;
    grows = true;
  }
  return grows;
}

/** Larger steps are no counting. */
const stepLimit = 0x10000n;

/** Is the value so far below the largest number that a step more does not pass it? */
function isLimited(x: AnyValue, step: bigint, known: readonly Fact[]): boolean {
  return known.some(({ predicate, x: left, y }) => {
    if (left !== x) return false;
    const limit = y.op === "const" ? y.aux : undefined;
    switch (predicate) {
      case "slt": return limit === undefined ? step === 1n : limit + step - 1n <= largest;
      case "sle": return limit !== undefined && limit + step <= largest;
      case "ult": return limit !== undefined && limit + step - 1n <= largest;
      case "ule": case "eq": return limit !== undefined && limit + step <= largest;
      default: return false;
    }
  });
}
