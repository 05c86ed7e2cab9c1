/**
 * Lives of stack slots: which slots hold something at the same time.
 *
 * A slot is alive where it may have been written (or begun, by a lifetime mark) and may still be read. The first is a
 * forward, the second a backward flow over bit rows, with columns for the slots that may be alive where a block begins;
 * most slots of a large function are not. A slot whose address is taken may be read anywhere until its lifetime ends,
 * and without marks it is alive everywhere. Two slots conflict when one is written or begins while the other is alive.
 * Stores to spilled registers that nobody reads are dropped on the way.
 */
import type { SlotAccess } from "./access.ts";
import { slotAccess } from "./access.ts";
import type { MachineBlock, MachineFunction } from "./machine.ts";
import { predecessors, targetsOf } from "./machine.ts";

export interface SlotConflicts {
  /** Slots that are alive everywhere. */
  readonly permanent: Uint8Array;
  /** Slots that occur in the code at all. */
  readonly occurs: Uint8Array;
  readonly conflicts: ReadonlySet<number>[];
}

class Rows {
  readonly words: number;
  private readonly bits: Uint32Array;

  constructor(rows: number, columns: number) {
    this.words = (columns + 31) >>> 5;
    this.bits = new Uint32Array(rows * this.words);
  }

  row(index: number): Uint32Array {
    return this.bits.subarray(index * this.words, (index + 1) * this.words);
  }
}

function set(row: Uint32Array, index: number): void {
  row[index >>> 5] = (row[index >>> 5] as number) | 1 << (index & 31);
}

function unset(row: Uint32Array, index: number): void {
  row[index >>> 5] = (row[index >>> 5] as number) & ~(1 << (index & 31));
}

/** What an access does to its slot, forwards: it may have been written, it has not, or it is as before. */
function forwards(access: SlotAccess): boolean | undefined {
  if (access.kind === "end") return false;
  return access.kind === "read" || access.kind === "name" ? undefined : true;
}

/** The same backwards: it may still be read, it is not. */
function backwards(access: SlotAccess): boolean | undefined {
  if (access.kind === "read" || access.kind === "change") return true;
  return access.kind === "begin" || access.kind === "write" && access.whole ? false : undefined;
}

/** An instruction that accesses a slot. */
interface Place { readonly index: number; readonly access: SlotAccess }

/** Beyond `hopeless` bytes alive at one point no sharing is looked for: all slots are alive everywhere then. */
export function findSlotConflicts(fn: MachineFunction, hopeless: number): SlotConflicts {
  const count = fn.slots.length;
  const permanent = new Uint8Array(count);
  const occurs = new Uint8Array(count);
  const escaped = new Uint8Array(count);
  const marked = new Uint8Array(count);
  const places = fn.blocks.map((): Place[] => []);
  for (const block of fn.blocks) {
    for (const [index, i] of block.code.entries()) {
      const access = slotAccess(i, fn);
      if (access === undefined) continue;
      places[block.id]?.push({ index, access });
      if (access.kind === "begin" || access.kind === "end") marked[access.slot] = 1;
      else occurs[access.slot] = 1;
      if (access.kind === "escape") escaped[access.slot] = 1;
    }
  }
  for (let slot = 0; slot < count; slot++) if (escaped[slot] === 1 && marked[slot] === 0) permanent[slot] = 1;
  const columns = findColumns(places, permanent, escaped);
  const written = flowForward(fn, places, columns);
  const needed = flowBackward(fn, places, columns, escaped);
  const conflicts = Array.from({ length: count }, () => new Set<number>());
  const scan = new Scan(fn, { permanent, escaped }, columns, conflicts, hopeless);
  for (const block of fn.blocks) {
    const most = scan.block(block, places[block.id] ?? [], written.row(block.id), needed.row(block.id));
    if (most > hopeless) return { permanent: permanent.fill(1), occurs, conflicts: [] };
  }
  return { permanent, occurs, conflicts };
}

/** The slots that may be needed where a block begins: their column by slot, and the slot by column. */
interface Columns {
  readonly of: Int32Array;
  readonly slots: readonly number[];
}

function findColumns(places: readonly (readonly Place[])[], permanent: Uint8Array, escaped: Uint8Array): Columns {
  const of = new Int32Array(permanent.length).fill(-1);
  const slots: number[] = [];
  const add = (slot: number): void => {
    if (permanent[slot] === 1 || (of[slot] as number) >= 0) return;
    of[slot] = slots.length;
    slots.push(slot);
  };
  // The block (its number and 1) in which a slot was last set anew, so that what follows there reads that.
  const settled = new Int32Array(permanent.length);
  for (const [id, list] of places.entries()) {
    for (const { access } of list) {
      const reads = backwards(access);
      if (escaped[access.slot] === 1 || reads === true && settled[access.slot] !== id + 1) add(access.slot);
      else if (reads === false) settled[access.slot] = id + 1;
    }
  }
  return { of, slots };
}

function flowForward(fn: MachineFunction, places: readonly (readonly Place[])[], columns: Columns): Rows {
  const rows = new Rows(fn.blocks.length, columns.slots.length);
  const work = [...fn.blocks].reverse();
  const queued = new Uint8Array(fn.blocks.length).fill(1);
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    queued[block.id] = 0;
    const row = rows.row(block.id).slice();
    for (const { access } of places[block.id] ?? []) change(row, columns, access, forwards(access));
    for (const target of targetsOf(block.end)) {
      if (merge(rows.row(target.id), row) && queued[target.id] === 0) {
        queued[target.id] = 1;
        work.push(target);
      }
    }
  }
  return rows;
}

/** Rows for the ends of the blocks. Slots whose address is known elsewhere are needed everywhere. */
function flowBackward(
  fn: MachineFunction, places: readonly (readonly Place[])[], columns: Columns, escaped: Uint8Array,
): Rows {
  const rows = new Rows(fn.blocks.length, columns.slots.length);
  const preds = predecessors(fn);
  const work = [...fn.blocks];
  const queued = new Uint8Array(fn.blocks.length).fill(1);
  for (const [column, slot] of columns.slots.entries()) {
    if (escaped[slot] === 1) for (const block of fn.blocks) set(rows.row(block.id), column);
  }
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    queued[block.id] = 0;
    const row = rows.row(block.id).slice();
    const list = places[block.id] ?? [];
    for (let at = list.length - 1; at >= 0; at--) {
      const { access } = list[at] as Place;
      change(row, columns, access, backwards(access));
    }
    for (const pred of preds[block.id] ?? []) {
      if (merge(rows.row(pred.id), row) && queued[pred.id] === 0) {
        queued[pred.id] = 1;
        work.push(pred);
      }
    }
  }
  return rows;
}

function change(row: Uint32Array, columns: Columns, access: SlotAccess, to: boolean | undefined): void {
  const column = columns.of[access.slot] as number;
  if (column < 0 || to === undefined) return;
  if (to) set(row, column);
  else unset(row, column);
}

function merge(into: Uint32Array, from: Uint32Array): boolean {
  let changed = false;
  for (let w = 0; w < into.length; w++) {
    const before = into[w] as number;
    const after = (before | (from[w] as number)) >>> 0;
    if (after !== before) {
      into[w] = after;
      changed = true;
    }
  }
  return changed;
}

/**
 * Walks through the blocks one by one, back for what is needed, then forth for what is written, and adds the conflicts.
 */
class Scan {
  private readonly fn: MachineFunction;
  private readonly facts: { readonly permanent: Uint8Array; readonly escaped: Uint8Array };
  private readonly columns: Columns;
  private readonly conflicts: readonly Set<number>[];
  private readonly hopeless: number;
  /** By slot, for the place that the walk has reached; all zero between blocks. */
  private readonly needed: Uint8Array;
  private readonly written: Uint8Array;
  private readonly loaded: number[] = [];
  /** The slots, less the permanent ones, that are both, and their size. */
  private readonly alive = new Set<number>();
  private bytes = 0;

  constructor(
    fn: MachineFunction, facts: { readonly permanent: Uint8Array; readonly escaped: Uint8Array }, columns: Columns,
    conflicts: readonly Set<number>[], hopeless: number,
  ) {
    this.fn = fn;
    this.facts = facts;
    this.columns = columns;
    this.conflicts = conflicts;
    this.hopeless = hopeless;
    this.needed = new Uint8Array(fn.slots.length);
    this.written = new Uint8Array(fn.slots.length);
  }

  /** Adds a block's conflicts until `hopeless` bytes are alive; returns the most bytes seen alive at once. */
  block(block: MachineBlock, places: readonly Place[], writtenRow: Uint32Array, neededRow: Uint32Array): number {
    const { fn, facts, needed, written } = this;
    this.load(neededRow, needed);
    // For each place from the last to the first, whether what it accesses was needed behind it; this is undone on the
    // way forth.
    const behind = new Uint8Array(places.length);
    const dropped = new Set<number>();
    for (let at = places.length - 1; at >= 0; at--) {
      const { index, access } = places[at] as Place;
      behind[at] = needed[access.slot] as number;
      if (access.kind === "write" && fn.slots[access.slot]?.spill === true && needed[access.slot] === 0) {
        dropped.add(index);
        continue;
      }
      const before = backwards(access);
      if (before !== undefined) needed[access.slot] = before ? 1 : 0;
      if (access.kind !== "begin" && access.kind !== "end" && facts.escaped[access.slot] === 1) needed[access.slot] = 1;
    }
    this.load(writtenRow, written);
    for (const slot of this.loaded) this.settle(slot);
    let most = 0;
    for (const [at, { index, access }] of places.entries()) {
      needed[access.slot] = behind[at] as number;
      if (!dropped.has(index)) {
        const after = forwards(access);
        if (after !== undefined) written[access.slot] = after ? 1 : 0;
      }
      this.settle(access.slot);
      if (dropped.has(index) || !starts(access, facts.permanent)) continue;
      const own = this.alive.has(access.slot) ? this.size(access.slot) : 0;
      if (this.bytes - own > this.hopeless) return this.bytes - own;
      most = Math.max(most, this.bytes - own);
      for (const other of this.alive) {
        if (other === access.slot) continue;
        this.conflicts[access.slot]?.add(other);
        this.conflicts[other]?.add(access.slot);
      }
    }
    this.clear(places);
    if (dropped.size > 0) block.code = block.code.filter((_, index) => !dropped.has(index));
    return most;
  }

  private load(row: Uint32Array, into: Uint8Array): void {
    for (const [w, word] of row.entries()) {
      for (let bits = word; bits !== 0; bits &= bits - 1) {
        const slot = this.columns.slots[w * 32 + 31 - Math.clz32(bits & -bits)] as number;
        into[slot] = 1;
        this.loaded.push(slot);
      }
    }
  }

  /** Is the slot alive by now? */
  private settle(slot: number): void {
    const is = this.needed[slot] === 1 && this.written[slot] === 1 && this.facts.permanent[slot] !== 1;
    if (is === this.alive.has(slot)) return;
    if (is) this.alive.add(slot);
    else this.alive.delete(slot);
    this.bytes += is ? this.size(slot) : -this.size(slot);
  }

  private size(slot: number): number {
    return this.fn.slots[slot]?.info.size ?? 0;
  }

  private clear(places: readonly Place[]): void {
    for (const slot of this.loaded) this.needed[slot] = this.written[slot] = 0;
    this.loaded.length = 0;
    for (const { access } of places) this.needed[access.slot] = this.written[access.slot] = 0;
    this.alive.clear();
    this.bytes = 0;
  }
}

/** Does the slot hold something new behind the access, so that it conflicts with all that are alive there? */
function starts(access: SlotAccess, permanent: Uint8Array): boolean {
  return access.kind !== "read" && access.kind !== "name" && access.kind !== "end" && permanent[access.slot] !== 1;
}
