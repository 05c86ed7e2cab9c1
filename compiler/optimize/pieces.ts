/**
 * Cutting slots into pieces: which ranges of bytes become one SSA variable each.
 *
 * Loads and stores give ranges; overlapping ones join. Ranges travel along block copies between two candidates until
 * nothing changes, so that both sides are cut alike. What a copy carries out of a slot and no scalar access touches is
 * cut by natural alignment into 8, 4, 2 and 1 bytes. A slot with a piece of more than 8 bytes, or whose copies fall
 * into more pieces than pay, stays in memory.
 */
import { locate } from "../ir/address.ts";
import type { AnyValue } from "../ir/module.ts";
import type { Type } from "../ir/ops.ts";

export interface SlotAccess {
  readonly user: AnyValue;
  readonly offset: number;
  readonly bytes: number;
  /** "fill" by memset, "into" the slot or "outOf" it by a block copy. */
  readonly role: "scalar" | "fill" | "into" | "outOf";
}

/** Bytes [start, end) of a slot. */
export interface Range { readonly start: number; readonly end: number }

export interface Piece extends Range {
  readonly slot: AnyValue;
  /** Position among all pieces of the function; set when they are numbered. */
  readonly index: number;
  /** i64 or ptr for more than 4 bytes, else i32. */
  readonly type: Type;
  /** For 1 and 2 bytes: how the value is kept extended. */
  readonly signed: boolean;
}

const pieceLimit = 32;

/** Ranges of one slot that are kept while they spread; one more shows that there were too many. */
const rangeLimit = 4 * pieceLimit;

export function planPieces(
  candidates: ReadonlyMap<AnyValue, readonly SlotAccess[]>,
): Map<AnyValue, Piece[]> {
  const alive = new Map(candidates);
  for (;;) {
    const ranges = spreadRanges(alive);
    const plans = new Map<AnyValue, Piece[]>();
    let rejected = false;
    for (const [slot, accesses] of alive) {
      const plan = planSlot(slot, accesses, ranges.get(slot) ?? []);
      if (plan === undefined) {
        alive.delete(slot);
        rejected = true;
      } else plans.set(slot, plan);
    }
    // A slot that stays no longer passes its ranges on; the others are planned anew.
    if (!rejected) return plans;
  }
}

/** Scalar ranges of each slot, with those that arrive over copies. */
function spreadRanges(slots: ReadonlyMap<AnyValue, readonly SlotAccess[]>): Map<AnyValue, Range[]> {
  const found = new Map<AnyValue, Map<string, Range>>();
  const work: { slot: AnyValue; range: Range }[] = [];
  const add = (slot: AnyValue, range: Range): void => {
    const known = found.get(slot);
    const key = `${range.start} ${range.end}`;
    if (known === undefined || known.has(key) || known.size > rangeLimit) return;
    known.set(key, range);
    work.push({ slot, range });
  };
  for (const slot of slots.keys()) found.set(slot, new Map());
  for (const [slot, accesses] of slots) {
    for (const { role, offset, bytes } of accesses) if (role === "scalar") add(slot, { start: offset, end: offset + bytes });
  }
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    for (const access of slots.get(item.slot) ?? []) {
      if (access.role !== "into" && access.role !== "outOf") continue;
      const other = locate(access.user.args[access.role === "into" ? 1 : 0]);
      if (!slots.has(other.root) || other.offset === undefined) continue;
      const start = Math.max(item.range.start, access.offset);
      const end = Math.min(item.range.end, access.offset + access.bytes);
      const shift = other.offset - access.offset;
      if (start < end) add(other.root, { start: start + shift, end: end + shift });
    }
  }
  return new Map([...found].map(([slot, ranges]) => [slot, [...ranges.values()]]));
}

function planSlot(
  slot: AnyValue, accesses: readonly SlotAccess[], ranges: readonly Range[],
): Piece[] | undefined {
  // Past the limit ranges were left out.
  if (ranges.length > rangeLimit) return undefined;
  const joined = join(ranges);
  if (joined.some((range) => range.end - range.start > 8)) return undefined;
  const covered = [...joined];
  // Bytes that only copies read: every boundary of a block operation cuts them.
  const cuts = new Set<number>();
  for (const { role, offset, bytes } of accesses) if (role !== "scalar") cuts.add(offset).add(offset + bytes);
  for (const { role, offset, bytes } of accesses) {
    if (role !== "outOf") continue;
    for (const gap of gaps(join(covered), offset, offset + bytes)) covered.push(...chunks(gap, cuts));
    if (covered.length > pieceLimit) return undefined;
  }
  const pieces = covered.sort((a, b) => a.start - b.start).map((range) => makePiece(slot, range, accesses));
  // A block operation that cuts through a scalar would need partial stores of a piece: cheap for a fill or copy into it
  // only when whole pieces are meant.
  for (const { role, offset, bytes } of accesses) {
    if (role === "scalar") continue;
    const end = offset + bytes;
    if (pieces.some((p) => p.start < end && offset < p.end && (p.start < offset || p.end > end))) return undefined;
  }
  return pieces;
}

/** Overlapping ranges joined, in order; ranges that only touch stay apart. */
function join(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start || b.end - a.end);
  const result: Range[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last !== undefined && range.start < last.end) result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else result.push(range);
  }
  return result;
}

/** What [start, end) has outside the ranges (sorted, disjoint). */
function gaps(ranges: readonly Range[], start: number, end: number): Range[] {
  const result: Range[] = [];
  let at = start;
  for (const range of ranges) {
    if (range.end <= at || range.start >= end) continue;
    if (range.start > at) result.push({ start: at, end: range.start });
    at = Math.max(at, range.end);
  }
  if (at < end) result.push({ start: at, end });
  return result;
}

/** A gap in naturally aligned chunks that cross no cut. */
function chunks(gap: Range, cuts: ReadonlySet<number>): Range[] {
  const result: Range[] = [];
  for (let at = gap.start; at < gap.end; ) {
    let size = 8;
    const crosses = (): boolean => {
      for (let i = at + 1; i < at + size; i++) if (cuts.has(i)) return true;
      return false;
    };
    while (size > 1 && (at % size !== 0 || at + size > gap.end || crosses())) size /= 2;
    result.push({ start: at, end: at + size });
    at += size;
  }
  return result;
}

/** Type and extension of a piece, by the accesses that are just it. */
function makePiece(slot: AnyValue, range: Range, accesses: readonly SlotAccess[]): Piece {
  const size = range.end - range.start;
  let pointers = false;
  let whole = true;
  let signs = 0;
  for (const { user, offset, bytes, role } of accesses) {
    if (role !== "scalar" || offset >= range.end || range.start >= offset + bytes) continue;
    if (offset !== range.start || bytes !== size) whole = false;
    else if (user.op === "load") {
      if (user.type === "ptr") pointers = true;
      signs += user.aux.signed ? 1 : -1;
    } else if (user.args[1].type === "ptr") pointers = true;
  }
  return { slot, index: -1, ...range, type: size <= 4 ? "i32" : pointers && whole ? "ptr" : "i64", signed: whole && signs > 0 };
}
