/**
 * Merges equal ends of blocks: two blocks that go to the same places and end in the same computation share it.
 *
 * Inlined functions and macros leave the same code in many places, different in a constant or in the slot of a key. The
 * ends are matched value by value, backwards; operands that differ meet in a phi. A slot that only the one end uses and
 * its counterpart in the other become one. A block is merged again and again as long as that saves instructions.
 *
 * For the verifier it is the same walk along each path (it follows constants into the merged code), so tests and bounds
 * hold. What must not meet (verifier rules 5 and 6): accesses to the context are never part of a match, and pointers
 * that differ meet only if both are results of the same lookup in the same map, or one field of the context. Inline
 * assembly is left alone.
 */
import { isContext, locate } from "../ir/address.ts";
import { cyclicBlocks } from "../ir/cycles.ts";
import type { Dominators } from "../ir/dominators.ts";
import { dominates, dominators } from "../ir/dominators.ts";
import type { AnyValue, Block, Function, Value } from "../ir/module.ts";
import {
  addIncoming, createValue, phis, prepend, removeUnreachable, removeWhere, replaceTerminator, replaceUses, setArg,
  successors, targets, terminate, terminator, undef,
} from "../ir/module.ts";
import { keyAux } from "../ir/shape.ts";
import { splitAfter } from "../ir/split.ts";
import { bypass } from "./branches.ts";
import { dropMarks } from "./lives.ts";
import type { PassContext } from "./pass.ts";

/** Instructions that a merge must save: less is left to layout. */
const threshold = 2;
/** BPF_FUNC_tail_call: (context, map, key). */
const tailCallHelper = 12;
const groupLimit = 64;
/**
 * Up to so many values each length is looked at. Of longer ends the longest is taken that can be shared, if one of so
 * few can.
 */
const exactLength = 40;
const lengthLimit = 400;
const tries = 24;

export function mergeTails(fn: Function, context: PassContext): boolean {
  let changed = dropMarks(fn);
  for (const block of [...fn.blocks]) if (block.preds.length > 0 && bypass(block, fn, context)) changed = true;
  if (changed) removeUnreachable(fn);
  for (let again = true; again; ) {
    again = false;
    const cycles = new Cycles(fn);
    for (const group of groups(fn)) {
      if (mergeGroup(fn, group, cycles, context)) again = changed = true;
    }
    // Blocks that were bypassed have no edges any more; they go all at once.
    if (again) removeUnreachable(fn);
  }
  return changed;
}

/**
 * Which blocks lead to one another: the dominators as they were at the start of a round. Merging changes no path
 * between the blocks that were there, except that a shared end stands for the blocks whose end it is.
 */
class Cycles {
  private readonly cyclic: ReadonlySet<Block>;
  private readonly dom: Dominators | undefined;
  private readonly sharers = new Map<Block, Block[]>();

  constructor(fn: Function) {
    this.cyclic = cyclicBlocks(fn);
    if (this.cyclic.size > 0) this.dom = dominators(fn);
  }

  /** The end of `x`, which is now `tail`, is the end of `y` too. */
  share(x: Block, y: Block, tail: Block): void {
    this.sharers.set(tail, [...this.membersOf(x), ...this.membersOf(y)]);
  }

  /** Does control that leaves one of the two come to the other, each time? Then they lie on a cycle. */
  isBetween(x: Block, y: Block): boolean {
    const { dom } = this;
    if (dom === undefined) return false;
    const leads = (from: readonly Block[], to: readonly Block[]): boolean =>
      from.some((a) => this.cyclic.has(a) && to.every((b) => dominates(dom, a, b)));
    const [mine, theirs] = [this.membersOf(x), this.membersOf(y)];
    if (leads(mine, theirs) || leads(theirs, mine)) return true;
    // One enters a loop whose other one goes back.
    const goesBack = (from: readonly Block[], to: Block): boolean => from.some((block) => dominates(dom, to, block));
    return successors(x).some((to) => goesBack(mine, to) !== goesBack(theirs, to));
  }

  private membersOf(block: Block): readonly Block[] {
    return this.sharers.get(block) ?? [block];
  }
}

/** Blocks that end alike: the same terminator, to the same places. */
function groups(fn: Function): Block[][] {
  const found = new Map<string, Block[]>();
  for (const block of fn.blocks) {
    const end = terminator(block);
    if (end.op === "unreachable" || end.op === "switch") continue;
    const key = `${end.op} ${targets(end).map((target) => target.id).join(" ")} ${end.args.length}`;
    const list = found.get(key);
    if (list === undefined) found.set(key, [block]);
    else if (list.length < groupLimit) list.push(block);
  }
  return [...found.values()].filter((list) => list.length > 1);
}

/** Merges what it can of blocks that end alike; a shared end takes the place of the blocks whose end it was. */
function mergeGroup(fn: Function, blocks: readonly Block[], cycles: Cycles, context: PassContext): boolean {
  // What merging another group took away or gave another end is looked at again in the next round.
  const end = targets(terminator(blocks[0]));
  const group = blocks.filter((block) => endsAlike(block, blocks[0], end));
  let changed = false;
  for (let i = 0; i < group.length; i++) {
    for (let j = i + 1; j < group.length; j++) {
      const [x, y] = [group[i], group[j]];
      const match = matchEnds(fn, x, y);
      if (match === undefined || match.saved < threshold) continue;
      // A block that leads to the other is on a cycle with it: sharing would bend the loop (rule 12).
      if (cycles.isBetween(x, y) || !context.spend()) continue;
      const tail = merge(fn, x, y, match);
      cycles.share(x, y, tail);
      group[i] = tail;
      group.splice(j, 1);
      // A block that is left with a jump would hide that its predecessors end alike.
      if (y !== fn.blocks[0]) bypass(y, fn, context);
      changed = true;
      j = i;
    }
  }
  return changed;
}

function endsAlike(block: Block, other: Block, end: readonly Block[]): boolean {
  if (block !== block.function.blocks[0] && block.preds.length === 0) return false;
  const term = terminator(block);
  const to = targets(term);
  return term.op === terminator(other).op && to.length === end.length && to.every((target, i) => target === end[i]);
}

interface Match {
  /** Corresponding values, last first; terminators not among them. */
  readonly pairs: readonly (readonly [AnyValue, AnyValue])[];
  readonly saved: number;
}

/** What an operand of one end is in the other. */
type Difference = "same" | "inside" | "slot" | "phi" | "no";

function matchEnds(fn: Function, x: Block, y: Block): Match | undefined {
  const pairs: [AnyValue, AnyValue][] = [];
  const partner = new Map<AnyValue, AnyValue>();
  let best: Match | undefined;
  if (x !== fn.blocks[0] && y !== fn.blocks[0]) {
    const saved = savedBy(x, y, pairs, partner);
    if (saved !== undefined && y.values.length === 1 && x.values.length === 1) best = { pairs: [], saved };
  }
  for (let k = 2; k <= lengthLimit; k++) {
    const p = x.values.at(-k);
    const q = y.values.at(-k);
    if (p === undefined || q === undefined || !alike(fn, p, q)) break;
    pairs.push([p, q]);
    partner.set(p, q);
    // The entry keeps a value of its own: it cannot have predecessors.
    if (x === fn.blocks[0] && k === x.values.length) break;
    if (k > exactLength) continue;
    const saved = savedBy(x, y, pairs, partner);
    if (saved !== undefined && (best === undefined || saved > best.saved)) best = { pairs: [...pairs], saved };
  }
  for (let i = 0; i < tries && pairs.length >= exactLength; i++) {
    const saved = savedBy(x, y, pairs, partner);
    if (saved !== undefined) return best === undefined || saved > best.saved ? { pairs, saved } : best;
    const last = pairs.pop();
    if (last !== undefined) partner.delete(last[0]);
  }
  return best;
}

/** The same operation, one that may be shared. */
function alike(fn: Function, p: AnyValue, q: AnyValue): boolean {
  if (p.op !== q.op || p.type !== q.type || p.args.length !== q.args.length) return false;
  if (p.op === "phi" || p.op === "asm" || p.op === "asmresult" || keyAux(p) !== keyAux(q)) return false;
  if ((p.op === "load" || p.op === "store") && isContext(locate(p.args[0]).root, fn)) return false;
  // The JIT patches a tail call with one constant key into a direct jump (kernel/bpf/verifier.c, BPF_MAP_KEY_POISON).
  if (isTailCall(p) && p.args[2] !== q.args[2]) return false;
  return true;
}

function isTailCall(value: AnyValue): boolean {
  return value.op === "call" && value.aux.callee.kind === "helper" && value.aux.callee.id === tailCallHelper;
}

/** Instructions saved by sharing these values and the terminator; undefined when it cannot be done. */
function savedBy(
  x: Block, y: Block, pairs: readonly (readonly [AnyValue, AnyValue])[], partner: ReadonlyMap<AnyValue, AnyValue>,
): number | undefined {
  const fresh = new Set<string>();
  const free = new Set<string>();
  const check = (p: AnyValue, q: AnyValue): boolean => {
    const difference = compareOperands(p, q, x, y, pairs, partner);
    if (difference === "no") return false;
    // Two lookups leave their results in one register: such a phi mostly costs nothing.
    if (difference === "phi") (p.type === "ptr" ? free : fresh).add(`${p.id} ${q.id}`);
    return true;
  };
  let size = terminator(x).op === "jump" ? 0 : 1;
  const mine = new Set(pairs.map(([p]) => p));
  const theirs = new Set(pairs.map(([, q]) => q));
  for (const [p, q] of pairs) {
    if (!staysInside(p, x, mine) || !staysInside(q, y, theirs)) return undefined;
    for (let i = 0; i < p.args.length; i++) if (!check(p.args[i], q.args[i])) return undefined;
    size += cost(p);
  }
  const [xEnd, yEnd] = [terminator(x), terminator(y)];
  for (let i = 0; i < xEnd.args.length; i++) if (!check(xEnd.args[i], yEnd.args[i])) return undefined;
  for (const target of successors(x)) {
    for (const phi of phis(target)) {
      if (!check(phi.args[phi.aux.blocks.indexOf(x)], phi.args[phi.aux.blocks.indexOf(y)])) return undefined;
    }
  }
  // A block that is shared whole and brings nothing of its own vanishes: its predecessors go to the shared one.
  if (fresh.size === 0 && pairs.length === y.values.length - 1) return free.size === 0 ? size + threshold : size;
  return size - fresh.size - 1;
}

function compareOperands(
  p: AnyValue, q: AnyValue, x: Block, y: Block,
  pairs: readonly (readonly [AnyValue, AnyValue])[], partner: ReadonlyMap<AnyValue, AnyValue>,
): Difference {
  const counterpart = partner.get(p);
  if (counterpart !== undefined) return counterpart === q ? "inside" : "no";
  if (pairs.some(([, other]) => other === q)) return "no";
  if (p === q) return "same";
  // An extension, a comparison or a store of one width and one of another have operands of different types.
  if (p.type !== q.type) return "no";
  if (p.op === "slot" && q.op === "slot") {
    const equal = p.aux.size === q.aux.size && p.aux.align === q.aux.align;
    return equal && isPrivate(p, pairs, 0) && isPrivate(q, pairs, 1) ? "slot" : "no";
  }
  // A phi of the one block that takes what the other brings: no new one is needed, but which is known only when
  // merging.
  if (p.type !== "ptr") return "phi";
  const [from, to] = [resultOf(p, x), resultOf(q, y)];
  return isSameLookup(from, to) || isSameField(from, to) ? "phi" : "no";
}

/** A phi of lookups stands for any of them. */
function resultOf(value: AnyValue, block: Block): AnyValue {
  return value.op === "phi" && value.block === block && value.args.length > 0 ? value.args[0] : value;
}

function isSameLookup(p: AnyValue, q: AnyValue): boolean {
  return p.op === "call" && q.op === "call" && p.aux.callee.kind === "helper" && q.aux.callee.kind === "helper" &&
    p.aux.callee.id === q.aux.callee.id && p.args[0]?.op === "symbol" && p.args[0] === q.args[0];
}

/** Loads of one pointer of the context give one kind of pointer. */
function isSameField(p: AnyValue, q: AnyValue): boolean {
  if (p.op !== "load" || q.op !== "load" || p.block === undefined || p.aux.bytes !== q.aux.bytes) return false;
  const [a, b] = [locate(p.args[0]), locate(q.args[0])];
  return a.root === b.root && isContext(a.root, p.block.function) && a.offset !== undefined && a.offset === b.offset;
}

/** Is the slot used by the matched values of one side alone (marks of its life aside)? */
function isPrivate(slot: AnyValue, pairs: readonly (readonly [AnyValue, AnyValue])[], side: 0 | 1): boolean {
  return slot.uses.every((user) => user.op === "lifestart" || user.op === "lifeend" || pairs.some((pair) => pair[side] === user));
}

/** Is the value used only by the matched ones, the terminator, and phis on the block's edges? */
function staysInside(value: AnyValue, block: Block, matched: ReadonlySet<AnyValue>): boolean {
  return value.uses.every((user) => {
    if (matched.has(user) || user === terminator(block)) return true;
    return user.op === "phi" && user.args.every((arg, i) => arg !== value || user.aux.blocks[i] === block);
  });
}

/** About how many instructions a value takes. */
function cost(value: AnyValue): number {
  switch (value.op) {
    case "compare": case "truncate": case "lifestart": case "lifeend": return 0;
    case "ptradd": return value.args[1].op === "const" ? 0 : 1;
    case "call": return 1 + value.args.reduce((sum, arg) => sum + (arg.op === "symbol" || arg.op === "slot" ? 2 : 1), 0);
    case "atomic": return value.args.slice(1).some((operand) => operand.op === "const") ? 2 : 1;
    default: return 1;
  }
}

/**
 * The end of `y` goes; `y` jumps to the shared end, which is returned: a block split off `x`, or all of `x` but its
 * phis.
 */
function merge(fn: Function, x: Block, y: Block, { pairs }: Match): Block {
  const tail = splitEnd(fn, x, pairs.length);
  // Slots first: then their uses are the same on both sides.
  for (const [p, q] of pairs) {
    p.args.forEach((arg, i) => {
      const other = q.args[i];
      if (arg.op === "slot" && other.op === "slot" && arg !== other) replaceUses(other, arg);
    });
  }
  const meeting = new Meeting(fn, tail, new Map(pairs));
  for (const [p, q] of pairs) meeting.rewrite(p, q);
  const yEnd = terminator(y);
  meeting.rewrite(terminator(tail), yEnd);
  for (const target of successors(tail)) {
    for (const phi of phis(target)) {
      const at = phi.aux.blocks.indexOf(tail);
      const arg = meeting.of(phi.args[at], phi.args[phi.aux.blocks.indexOf(y)]);
      if (arg !== phi.args[at]) setArg(phi, at, arg);
    }
  }
  // The edges of y to the common targets go with its terminator.
  replaceTerminator(y, createValue(fn, "jump", "void", [], { target: tail }, yEnd.loc));
  meeting.connect(y);
  const gone = new Set(pairs.map(([, q]) => q));
  removeWhere([y], (value) => gone.has(value));
  return tail;
}

/** The operands that meet at the shared end: its phis, old and new, and what the new predecessor brings to each. */
class Meeting {
  private readonly fn: Function;
  private readonly tail: Block;
  private readonly partner: ReadonlyMap<AnyValue, AnyValue>;
  private readonly old: ReadonlySet<AnyValue>;
  private readonly brought = new Map<Value<"phi">, AnyValue>();
  private readonly made = new Map<string, Value<"phi">>();

  constructor(fn: Function, tail: Block, partner: ReadonlyMap<AnyValue, AnyValue>) {
    this.fn = fn;
    this.tail = tail;
    this.partner = partner;
    this.old = new Set<AnyValue>(phis(tail));
  }

  /** What stands for `p` in the shared end when the other side has `q`. */
  of(p: AnyValue, q: AnyValue): AnyValue {
    if (this.partner.has(p)) return p;
    if (p.op === "phi" && this.old.has(p)) {
      const before = this.brought.get(p);
      if (before === undefined) this.brought.set(p, q);
      if (before === undefined || before === q) return p;
    } else if (p === q) return p;
    const key = `${p.id} ${q.id}`;
    let phi = this.made.get(key);
    if (phi === undefined) {
      phi = createValue(this.fn, "phi", p.type, [], { blocks: [] }, p.loc);
      for (const pred of this.tail.preds) {
        addIncoming(phi, pred, p.op === "phi" && this.old.has(p) ? p.args[p.aux.blocks.indexOf(pred)] : p);
      }
      this.made.set(key, phi);
      this.brought.set(phi, q);
    }
    return phi;
  }

  rewrite(p: AnyValue, q: AnyValue): void {
    for (let i = 0; i < p.args.length; i++) {
      const arg = this.of(p.args[i], q.args[i]);
      if (arg !== p.args[i]) setArg(p, i, arg);
    }
  }

  /** The new predecessor's entries; new phis take their place. */
  connect(pred: Block): void {
    for (const phi of phis(this.tail)) addIncoming(phi, pred, this.brought.get(phi) ?? undef(this.fn, phi.type));
    for (const phi of this.made.values()) {
      const value = this.brought.get(phi);
      if (value !== undefined) addIncoming(phi, pred, value);
      prepend(this.tail, phi);
    }
  }
}

/**
 * The last `count` values and the terminator as a block of their own: the block itself when only phis stand before
 * them.
 */
function splitEnd(fn: Function, block: Block, count: number): Block {
  const before = block.values[block.values.length - 2 - count];
  if (before === undefined || before.op === "phi") return block;
  const tail = splitAfter(before);
  terminate(block, createValue(fn, "jump", "void", [], { target: tail }, terminator(tail).loc));
  return tail;
}
