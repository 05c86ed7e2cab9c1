/**
 * Cuts the block operations on slots that are being promoted into loads and stores of pieces.
 *
 * Takes the accesses and the plan; afterwards only loads, stores and life marks use those slots. A copy between two of
 * them is cut at the boundaries of both. The side in other memory gets the alignment that the block operation knew;
 * what comes out misaligned is legalised by `expand`.
 */
import { alignmentOf, commonAlignment, locate } from "../ir/address.ts";
import { Builder, plainLoad, plainStore } from "../ir/build.ts";
import type { AnyValue, Value } from "../ir/module.ts";
import { remove } from "../ir/module.ts";
import type { Type } from "../ir/ops.ts";
import type { Piece, SlotAccess } from "./pieces.ts";

type Plans = ReadonlyMap<AnyValue, readonly Piece[]>;

export function cutBlocks(candidates: ReadonlyMap<AnyValue, readonly SlotAccess[]>, plans: Plans): void {
  const done = new Set<AnyValue>();
  for (const slot of plans.keys()) {
    for (const { user, role } of candidates.get(slot) ?? []) {
      if (role === "scalar" || done.has(user)) continue;
      done.add(user);
      if (user.op === "memset") cutFill(user, plans);
      else if (user.op === "memcpy" || user.op === "memmove") cutCopy(user, plans);
      remove(user);
    }
  }
}

interface Part { readonly at: number; readonly bytes: 1 | 2 | 4 | 8; readonly type: Type }

/**
 * The parts of [start, start + bytes) of a slot that its pieces cover, with no part across a boundary; positions
 * relative to `start`. A piece of 3, 5, 6 or 7 bytes falls into several.
 */
function parts(pieces: readonly Piece[], start: number, bytes: number, boundaries: readonly number[] = []): Part[] {
  const result: Part[] = [];
  for (const piece of pieces) {
    const end = Math.min(piece.end, start + bytes);
    for (let at = Math.max(piece.start, start); at < end; ) {
      const limit = Math.min(end, ...boundaries.filter((boundary) => boundary > at));
      const size = powerBelow(limit - at);
      const whole = size === piece.end - piece.start;
      result.push({ at: at - start, bytes: size, type: whole ? piece.type : size === 8 ? "i64" : "i32" });
      at += size;
    }
  }
  return result;
}

function powerBelow(size: number): 1 | 2 | 4 | 8 {
  return size >= 8 ? 8 : size >= 4 ? 4 : size >= 2 ? 2 : 1;
}

function offsetOf(b: Builder, address: AnyValue, at: number): AnyValue {
  return at === 0 ? address : b.ptradd(address, b.i64(at));
}

function cutFill(fill: Value<"memset">, plans: Plans): void {
  const [address, byte] = fill.args;
  const { root, offset } = locate(address);
  const b = new Builder(fill.block?.function ?? missing(fill), fill.block ?? missing(fill), fill.loc).before(fill as AnyValue);
  for (const part of parts(plans.get(root) ?? [], offset ?? 0, fill.aux.bytes)) {
    b.store(offsetOf(b, address, part.at), spread(b, byte, part.bytes), plainStore(part.bytes, 1));
  }
}

/** The byte repeated over 1, 2, 4 or 8 bytes. */
export function spread(b: Builder, byte: AnyValue, bytes: 1 | 2 | 4 | 8): AnyValue {
  const ones = bytes === 8 ? 0x0101010101010101n : bytes === 4 ? 0x01010101n : bytes === 2 ? 0x0101n : 1n;
  const type = bytes === 8 ? "i64" : "i32";
  if (byte.op === "const") return b.constant(type, (byte.aux & 0xffn) * ones);
  if (bytes === 1) return byte;
  const low = bytes === 8 ? b.extend("i64", b.and(byte, b.i32(255)), 32, false) : b.and(byte, b.i32(255));
  return b.mul(low, b.constant(type, ones));
}

function cutCopy(copy: Value<"memcpy"> | Value<"memmove">, plans: Plans): void {
  const [to, from] = copy.args;
  const target = locate(to);
  const source = locate(from);
  const intoPieces = plans.get(target.root);
  const outOfPieces = plans.get(source.root);
  const { bytes, align } = copy.aux;
  const targetStart = target.offset ?? 0;
  const sourceStart = source.offset ?? 0;
  const b = new Builder(copy.block?.function ?? missing(copy), copy.block ?? missing(copy), copy.loc).before(copy as AnyValue);
  let list: Part[];
  if (intoPieces !== undefined) {
    const shift = targetStart - sourceStart;
    const boundaries = (outOfPieces ?? []).flatMap((piece) => [piece.start + shift, piece.end + shift]);
    list = parts(intoPieces, targetStart, bytes, boundaries);
  } else list = parts(outOfPieces ?? [], sourceStart, bytes);
  const load = (part: Part): AnyValue => {
    const known = Math.min(part.bytes, alignmentOf(from, commonAlignment(align, part.at)));
    return b.load(part.type, offsetOf(b, from, part.at), plainLoad(part.bytes, false, alignedAt(known, part.at)));
  };
  const store = (part: Part, value: AnyValue): void => {
    const known = Math.min(part.bytes, alignmentOf(to, commonAlignment(align, part.at)));
    b.store(offsetOf(b, to, part.at), value, plainStore(part.bytes, alignedAt(known, part.at)));
  };
  if (target.root !== source.root) {
    for (const part of list) store(part, load(part));
    return;
  }
  // Within one slot the sides of memmove may overlap: all is loaded before anything is stored, which costs values
  // nothing.
  const loaded = list.map(load);
  list.forEach((part, i) => store(part, loaded[i]));
}

function alignedAt(align: number, at: number): number {
  return at === 0 ? align : Math.min(align, at & -at);
}

function missing(value: Value): never {
  throw new Error(`v${value.id} stands in no block`);
}
