/**
 * Lives of stack slots: which slots hold something at the same time.
 *
 * A slot is alive where it may have been written (or begun, by a lifetime mark) and may still be read. The first is a
 * forward, the second a backward flow over bit rows. A slot whose address is taken may be read anywhere until its
 * lifetime
 * ends, and without marks it is alive everywhere. Two slots conflict when one is written or begins while the other
 * is alive. Stores to spilled registers that nobody reads are dropped on the way.
 */
import type { SlotAccess } from "./access.ts";
import { slotAccess } from "./access.ts";
import type { MachineBlock, MachineFunction, MachineInstruction } from "./machine.ts";
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

function has(row: Uint32Array, index: number): boolean {
  return ((row[index >>> 5] as number) >>> (index & 31) & 1) === 1;
}

function set(row: Uint32Array, index: number): void {
  row[index >>> 5] = (row[index >>> 5] as number) | 1 << (index & 31);
}

function unset(row: Uint32Array, index: number): void {
  row[index >>> 5] = (row[index >>> 5] as number) & ~(1 << (index & 31));
}

/** Effects of one instruction on slots, forwards: what may have been written. */
function goForward(i: MachineInstruction, row: Uint32Array, fn: MachineFunction): void {
  const access = slotAccess(i, fn);
  if (access === undefined) return;
  if (access.kind === "end") unset(row, access.slot);
  else if (access.kind !== "read" && access.kind !== "name") set(row, access.slot);
}

/** The same backwards: what may still be read. */
function goBackward(i: MachineInstruction, row: Uint32Array, fn: MachineFunction): void {
  const access = slotAccess(i, fn);
  if (access === undefined) return;
  if (access.kind === "read" || access.kind === "change") set(row, access.slot);
  else if (access.kind === "begin" || access.kind === "write" && access.whole) unset(row, access.slot);
}

/** Beyond `hopeless` bytes alive at one point no sharing is looked for: all slots are alive everywhere then. */
export function findSlotConflicts(fn: MachineFunction, hopeless: number): SlotConflicts {
  const count = fn.slots.length;
  const permanent = new Uint8Array(count);
  const occurs = new Uint8Array(count);
  const escaped = new Uint8Array(count);
  const marked = new Uint8Array(count);
  for (const block of fn.blocks) {
    for (const i of block.code) {
      const access = slotAccess(i, fn);
      if (access === undefined) continue;
      if (access.kind === "begin" || access.kind === "end") marked[access.slot] = 1;
      else occurs[access.slot] = 1;
      if (access.kind === "escape") escaped[access.slot] = 1;
    }
  }
  for (let slot = 0; slot < count; slot++) if (escaped[slot] === 1 && marked[slot] === 0) permanent[slot] = 1;
  const written = flowForward(fn, count);
  const needed = flowBackward(fn, count, escaped);
  const conflicts = Array.from({ length: count }, () => new Set<number>());
  for (const block of fn.blocks) {
    const rows = { written: written.row(block.id).slice(), needed: needed.row(block.id).slice() };
    const most = scanBlock(fn, block, rows, { permanent, escaped }, conflicts, hopeless);
    if (most > hopeless) return { permanent: permanent.fill(1), occurs, conflicts: [] };
  }
  return { permanent, occurs, conflicts };
}

function flowForward(fn: MachineFunction, count: number): Rows {
  const rows = new Rows(fn.blocks.length, count);
  const work = [...fn.blocks].reverse();
  const queued = new Uint8Array(fn.blocks.length).fill(1);
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    queued[block.id] = 0;
    const row = rows.row(block.id).slice();
    for (const i of block.code) goForward(i, row, fn);
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
function flowBackward(fn: MachineFunction, count: number, escaped: Uint8Array): Rows {
  const rows = new Rows(fn.blocks.length, count);
  const preds = predecessors(fn);
  const work = [...fn.blocks];
  const queued = new Uint8Array(fn.blocks.length).fill(1);
  for (const block of fn.blocks) for (let slot = 0; slot < count; slot++) if (escaped[slot] === 1) set(rows.row(block.id), slot);
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    queued[block.id] = 0;
    const row = rows.row(block.id).slice();
    for (let index = block.code.length - 1; index >= 0; index--) {
      goBackward(block.code[index] as MachineInstruction, row, fn);
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

/** Adds the conflicts in a block until `hopeless` bytes are alive; returns the most bytes seen alive at once. */
function scanBlock(
  fn: MachineFunction, block: MachineBlock, { written, needed: row }: { written: Uint32Array; needed: Uint32Array },
  facts: { readonly permanent: Uint8Array; readonly escaped: Uint8Array }, conflicts: Set<number>[], hopeless: number,
): number {
  // Which slots are needed after each instruction that touches one: backwards first.
  const after: (Uint32Array | undefined)[] = [];
  let dropped = false;
  for (let index = block.code.length - 1; index >= 0; index--) {
    const i = block.code[index] as MachineInstruction;
    const access = slotAccess(i, fn);
    if (access === undefined) continue;
    if (access.kind === "write" && fn.slots[access.slot]?.spill === true && !has(row, access.slot)) {
      block.code[index] = { op: "lifetime", slot: access.slot, start: false, loc: 0 };
      dropped = true;
      continue;
    }
    if (starts(access, facts.permanent)) after[index] = row.slice();
    goBackward(i, row, fn);
    if (access.kind !== "begin" && access.kind !== "end" && facts.escaped[access.slot] === 1) set(row, access.slot);
  }
  let most = 0;
  for (const [index, i] of block.code.entries()) {
    const access = slotAccess(i, fn);
    if (access === undefined) continue;
    goForward(i, written, fn);
    const live = after[index];
    if (live === undefined) continue;
    let bytes = 0;
    for (let w = 0; w < live.length; w++) {
      for (let bits: number = (live[w] as number) & (written[w] as number); bits !== 0; bits &= bits - 1) {
        const other: number = w * 32 + 31 - Math.clz32(bits & -bits);
        if (other === access.slot || facts.permanent[other] === 1) continue;
        bytes += fn.slots[other]?.info.size ?? 0;
        conflicts[access.slot]?.add(other);
        conflicts[other]?.add(access.slot);
      }
      if (bytes > hopeless) return bytes;
    }
    most = Math.max(most, bytes);
  }
  if (dropped) block.code = block.code.filter((i) => i.op !== "lifetime" || i.start || i.loc !== 0 || fn.slots[i.slot]?.spill !== true);
  return most;
}

/** Does the slot hold something new behind the access, so that it conflicts with all that are alive there? */
function starts(access: SlotAccess, permanent: Uint8Array): boolean {
  return access.kind !== "read" && access.kind !== "name" && access.kind !== "end" && permanent[access.slot] !== 1;
}
