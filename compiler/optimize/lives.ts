/**
 * Marks of slots' lives, placed where they say most: a `lifeend` right behind the last access on each path.
 *
 * The scopes of the source say less, and their marks make equal code look different: `dropMarks` takes them out before
 * ends are shared. Placing is for slots whose address stays in the function and its helper calls: then all accesses are
 * known. Frame layout lets slots share their place by these marks. Backward dataflow of "is accessed later".
 */
import { Aliases, locate } from "../ir/address.ts";
import { dominators } from "../ir/dominators.ts";
import type { AnyValue, Block, Function } from "../ir/module.ts";
import { createValue, isTerminator, removeWhere, successors } from "../ir/module.ts";

/** The slots whose accesses are all known. */
function knownSlots(fn: Function): AnyValue[] {
  const aliases = new Aliases(fn);
  return fn.slots.filter((slot) => !aliases.slotUse(slot).leaked);
}

/** Removes the marks of slots whose accesses are all known. */
export function dropMarks(fn: Function): boolean {
  const known = new Set(knownSlots(fn));
  return removeWhere(fn.blocks, (value) => (value.op === "lifestart" || value.op === "lifeend") && known.has(value.args[0]));
}

export function placeMarks(fn: Function): boolean {
  const changed = dropMarks(fn);
  const slots = knownSlots(fn);
  if (slots.length === 0) return changed;
  const index = new Map(slots.map((slot, i) => [slot, i]));
  const order = [...dominators(fn).order].reverse();
  const entering = new Map<Block, bigint>();
  const leaving = (block: Block): bigint => {
    let live = 0n;
    for (const next of successors(block)) live |= entering.get(next) ?? 0n;
    return live;
  };
  for (let again = true; again; ) {
    again = false;
    for (const block of order) {
      let live = leaving(block);
      for (const value of block.values) live |= accessed(value, index);
      if (entering.get(block) === live) continue;
      entering.set(block, live);
      again = true;
    }
  }
  for (const block of order) {
    let live = leaving(block);
    const values: AnyValue[] = [];
    for (let i = block.values.length - 1; i >= 0; i--) {
      const value = block.values[i];
      const used = accessed(value, index);
      // A terminator's last access ends behind its edges.
      if (!isTerminator(value)) for (const slot of slotsIn(used & ~live, slots)) values.push(mark(fn, block, slot));
      live |= used;
      values.push(value);
    }
    block.values = values.reverse();
  }
  for (const block of order) {
    let above = 0n;
    for (const pred of block.preds) above |= leaving(pred) | accessed(pred.values.at(-1), index);
    const ended = slotsIn(above & ~(entering.get(block) ?? 0n), slots);
    const at = block.values.findIndex((value) => value.op !== "phi");
    if (ended.length === 0) continue;
    block.values = [...block.values.slice(0, at), ...ended.map((slot) => mark(fn, block, slot)), ...block.values.slice(at)];
  }
  return true;
}

/** The slots that a value reads, writes or hands to a helper, a bit each. */
function accessed(value: AnyValue | undefined, index: ReadonlyMap<AnyValue, number>): bigint {
  if (value === undefined || value.op === "ptradd") return 0n;
  let bits = 0n;
  for (const arg of value.args) {
    const at = arg.type === "ptr" ? index.get(locate(arg).root) : undefined;
    if (at !== undefined) bits |= 1n << BigInt(at);
  }
  return bits;
}

function slotsIn(bits: bigint, slots: readonly AnyValue[]): AnyValue[] {
  return bits === 0n ? [] : slots.filter((_, i) => ((bits >> BigInt(i)) & 1n) === 1n);
}

function mark(fn: Function, block: Block, slot: AnyValue): AnyValue {
  const made = createValue(fn, "lifeend", "void", [slot], undefined, slot.loc) as AnyValue;
  made.block = block;
  return made;
}
