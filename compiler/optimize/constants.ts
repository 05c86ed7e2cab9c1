/**
 * Conditional constant propagation: values that are one constant however control gets there become that constant.
 *
 * Takes a function, changes its values in place, keeps the control-flow graph (`branches` drops the ways that show as
 * never taken). The algorithm is Wegman and Zadeck's (1991): every value starts as not known yet, no block as reached;
 * from the entry on, values go down to a constant or to "varies", and edges become taken when their branch may go
 * there. What follows from a branch that goes one way is so found in one walk, however long the chain: unrolled loops
 * are such chains. Every value and every edge changes at most a few times, so the time is linear in the function.
 */
import { bitsOf, evaluate } from "../ir/evaluate.ts";
import type { AnyValue, Block, Function, Value } from "../ir/module.ts";
import { constant, phis, replaceUses, successors, terminator } from "../ir/module.ts";
import { ops } from "../ir/ops.ts";
import { outcome } from "./branches.ts";
import type { PassContext } from "./pass.ts";

/** What is known of a value; nothing in the map: not reached yet. `undef` may still be taken for any constant. */
type Known = bigint | "undef" | "varies";

export function propagateConstants(fn: Function, context: PassContext): boolean {
  const known = new Propagation(fn).run();
  let changed = false;
  for (const [value, is] of known) {
    if (typeof is !== "bigint" || value.uses.length === 0) continue;
    if (!context.spend()) break;
    replaceUses(value, constant(fn, value.type, is));
    changed = true;
  }
  return changed;
}

class Propagation {
  private readonly known = new Map<AnyValue, Known>();
  private readonly reached = new Set<Block>();
  /** Edges taken, by block and the block they lead to. */
  private readonly taken = new Map<Block, Set<Block>>();
  private readonly edges: { readonly from: Block; readonly to: Block }[] = [];
  private readonly values: AnyValue[] = [];
  private readonly entry: Block;

  constructor(fn: Function) {
    [this.entry] = fn.blocks;
  }

  run(): ReadonlyMap<AnyValue, Known> {
    this.enter(this.entry);
    for (;;) {
      const value = this.values.pop();
      if (value !== undefined) {
        this.visit(value);
        continue;
      }
      const edge = this.edges.pop();
      if (edge === undefined) return this.known;
      if (this.reached.has(edge.to)) for (const phi of phis(edge.to)) this.visit(phi);
      else this.enter(edge.to);
    }
  }

  private enter(block: Block): void {
    this.reached.add(block);
    for (const value of block.values) this.visit(value);
  }

  private visit(value: AnyValue): void {
    if (value.block === undefined || !this.reached.has(value.block)) return;
    if (ops[value.op].terminator === true) {
      this.leave(value.block);
      return;
    }
    if (value.type === "void" || value.uses.length === 0) return;
    const before = this.known.get(value);
    if (before === "varies") return;
    let now = value.op === "phi" ? this.join(value) : this.compute(value);
    if (now === undefined || now === before) return;
    // Only downwards: from a constant there is but "varies".
    if (typeof before === "bigint") now = "varies";
    this.known.set(value, now);
    for (const user of value.uses) this.values.push(user);
  }

  private of(value: AnyValue): Known | undefined {
    if (value.op === "const") return value.aux;
    if (value.op === "undef") return "undef";
    return value.block === undefined ? "varies" : this.known.get(value);
  }

  /** What the edges taken bring. */
  private join(phi: Value<"phi">): Known | undefined {
    let result: Known | undefined;
    for (const [i, arg] of phi.args.entries()) {
      if (this.taken.get(phi.aux.blocks[i])?.has(phi.block ?? this.entry) !== true) continue;
      const is = this.of(arg);
      if (is === undefined || is === result) continue;
      if (result === undefined || result === "undef") result = is;
      else if (is !== "undef") return "varies";
    }
    return result;
  }

  private compute(value: AnyValue): Known | undefined {
    if (ops[value.op].pure !== true) return "varies";
    const args: bigint[] = [];
    for (const arg of value.args) {
      const is = this.of(arg);
      if (is === "varies") return "varies";
      if (is === undefined) return undefined;
      args.push(is === "undef" ? 0n : is);
    }
    return evaluate(value, args) ?? "varies";
  }

  /** Takes the edges that the block's end may go. */
  private leave(block: Block): void {
    const end = terminator(block);
    let ways: readonly Block[] = successors(block);
    if (end.op === "branch" || end.op === "switch") {
      const is = this.of(end.args[0]);
      if (is === undefined) return;
      if (typeof is === "bigint") ways = [outcome(end, is, bitsOf(end.args[0].type))];
    }
    let taken = this.taken.get(block);
    if (taken === undefined) this.taken.set(block, taken = new Set());
    for (const to of ways) {
      if (taken.has(to)) continue;
      taken.add(to);
      this.edges.push({ from: block, to });
    }
  }
}
