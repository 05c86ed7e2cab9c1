/**
 * Block operations of constant size as straight loads and stores.
 *
 * The unit at each offset is the widest that the alignment of both sides allows. What is copied from a read-only object
 * is stored as constants, in units that fit the 32-bit immediate of a store instruction. memcmp compares unit by unit
 * and leaves at the first that differs; if only equality with 0 matters the answer is 0 or 1, else the units' bytes
 * decide in memory order. Above `unitLimit` units, and when the size is not known, expand-loops.ts makes a loop.
 */
import { alignmentOf, locate, regionOf, unitAt } from "../ir/address.ts";
import { Builder, plainLoad, plainStore } from "../ir/build.ts";
import { swapBytes } from "../ir/evaluate.ts";
import type { AnyValue, Block, Value } from "../ir/module.ts";
import { addIncoming, constant, createValue, prepend, remove, replaceUses } from "../ir/module.ts";
import { splitAfter } from "../ir/split.ts";
import { spread } from "./cut.ts";
import { expandLoop } from "./expand-loops.ts";
import { constantBytes } from "./rules-memory.ts";

export type BlockOperation = Value<"memcpy"> | Value<"memmove"> | Value<"memset"> | Value<"memcmp"> | Value<"memvar">;

export interface Unit { readonly at: number; readonly bytes: 1 | 2 | 4 | 8 }

/** More units than this make a loop. clang gives up at 128 stores; the verifier walks straight code once. */
const unitLimit = 128;

export function expandBlock(value: BlockOperation, endian: "little" | "big"): void {
  if (value.op === "memvar") {
    expandLoop(value, undefined, 1);
    return;
  }
  const [x, y] = value.args;
  if (value.aux.bytes === 0) {
    if (value.op === "memcmp") replaceUses(value as AnyValue, constant(blockOf(value).function, "i32", 0n));
    remove(value as AnyValue);
    return;
  }
  const align = value.op === "memset" ? alignmentOf(x, value.aux.align)
    : Math.min(alignmentOf(x, value.aux.align), alignmentOf(y, value.aux.align));
  // A unit has 8 bytes at most: what is greater is not cut at all.
  const units = value.aux.bytes > unitLimit * 8 ? undefined : cutUnits(value.aux.bytes, align);
  if (units === undefined || units.length > unitLimit) {
    expandLoop(value, value.aux.bytes, unitAt(align, 0, 8));
    return;
  }
  const block = blockOf(value);
  const b = new Builder(block.function, block, value.loc).before(value as AnyValue);
  switch (value.op) {
    case "memset": fill(b, value, units); break;
    case "memcmp": compare(value, units, endian); return;
    default: copy(b, value, units, endian); break;
  }
  remove(value as AnyValue);
}

function blockOf(value: Value): Block {
  if (value.block === undefined) throw new Error(`v${value.id} stands in no block`);
  return value.block;
}

function cutUnits(bytes: number, align: number): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < bytes; ) {
    const size = unitAt(align, at, bytes - at);
    units.push({ at, bytes: size });
    at += size;
  }
  return units;
}

function at(b: Builder, address: AnyValue, offset: number): AnyValue {
  return offset === 0 ? address : b.ptradd(address, b.i64(offset));
}

function fill(b: Builder, value: Value<"memset">, units: readonly Unit[]): void {
  const [address, byte] = value.args;
  const { volatile } = value.aux;
  const patterns = new Map<number, AnyValue>();
  for (const unit of units) {
    let pattern = patterns.get(unit.bytes);
    if (pattern === undefined) patterns.set(unit.bytes, pattern = spread(b, byte, unit.bytes));
    b.store(at(b, address, unit.at), pattern, { ...plainStore(unit.bytes), volatile });
  }
}

function copy(b: Builder, value: Value<"memcpy"> | Value<"memmove">, units: readonly Unit[], endian: "little" | "big"): void {
  const [to, from] = value.args;
  const { bytes, volatile } = value.aux;
  const source = locate(from);
  const known = source.root.op === "symbol" && source.offset !== undefined && !volatile
    ? constantBytes(source.root.aux, source.offset, bytes) : undefined;
  if (known !== undefined) {
    storeConstants(b, to, known, value.aux.align, endian);
    return;
  }
  const move = value.op === "memmove" && mayOverlap(to, from);
  const loaded: AnyValue[] = [];
  const load = (unit: Unit): AnyValue =>
    b.load(unit.bytes === 8 ? "i64" : "i32", at(b, from, unit.at), { ...plainLoad(unit.bytes), volatile });
  const store = (unit: Unit, part: AnyValue): void => {
    b.store(at(b, to, unit.at), part, { ...plainStore(unit.bytes), volatile });
  };
  if (move) for (const unit of units) loaded.push(load(unit));
  units.forEach((unit, i) => store(unit, move ? loaded[i] : load(unit)));
}

/** May the sides of a memmove share bytes in a way that a copy unit by unit, upwards, would get wrong? */
export function mayOverlap(to: AnyValue, from: AnyValue): boolean {
  const x = locate(to);
  const y = locate(from);
  if (x.root === y.root) return x.offset === undefined || y.offset === undefined || x.offset > y.offset;
  const regions = [regionOf(x.root), regionOf(y.root)];
  if (regions.includes("slot")) return regions.includes("unknown");
  return !(regions[0] === "symbol" && regions[1] === "symbol");
}

/** Bytes known at compile time: 8 at once where a store's immediate (32 bits, sign-extended) holds them, else 4. */
function storeConstants(b: Builder, to: AnyValue, bytes: Uint8Array, align: number, endian: "little" | "big"): void {
  const aligned = alignmentOf(to, align);
  const number = (start: number, count: number): bigint => {
    let little = 0n;
    for (let i = count - 1; i >= 0; i--) little = (little << 8n) | BigInt(bytes[start + i]);
    return endian === "little" ? little : swapBytes(little, count * 8);
  };
  for (let i = 0; i < bytes.length; ) {
    let size = unitAt(aligned, i, bytes.length - i);
    if (size === 8 && BigInt.asIntN(64, number(i, 8)) !== BigInt.asIntN(32, number(i, 8))) size = 4;
    b.store(at(b, to, i), b.constant(size === 8 ? "i64" : "i32", number(i, size)), plainStore(size));
    i += size;
  }
}

/** Is only asked whether the answer is 0? */
export function onlyEquality(value: AnyValue): boolean {
  return value.uses.every((user) =>
    (user.op === "branch") ||
    (user.op === "compare" && (user.aux === "eq" || user.aux === "ne") && user.args[1].op === "const" && user.args[1].aux === 0n));
}

function compare(value: Value<"memcmp">, units: readonly Unit[], endian: "little" | "big"): void {
  const [x, y] = value.args;
  const { volatile } = value.aux;
  const block = blockOf(value);
  const fn = block.function;
  const equality = onlyEquality(value as AnyValue);
  const rest = splitAfter(value as AnyValue);
  const b = new Builder(fn, block, value.loc);
  const result = createValue(fn, "phi", "i32", [], { blocks: [] }, value.loc);
  const differ = b.newBlock();
  const left: { from: Block; x: AnyValue; y: AnyValue; bytes: number }[] = [];
  for (const unit of units) {
    const type = unit.bytes === 8 ? "i64" : "i32";
    const p = b.load(type, at(b, x, unit.at), { ...plainLoad(unit.bytes), volatile });
    const q = b.load(type, at(b, y, unit.at), { ...plainLoad(unit.bytes), volatile });
    const next = b.newBlock();
    left.push({ from: b.block, x: p, y: q, bytes: unit.bytes });
    b.branch(b.compare("ne", p, q), differ, next);
    b.atEnd(next);
  }
  b.jump(rest);
  addIncoming(result, b.block, b.i32(0));
  b.atEnd(differ);
  if (equality) {
    b.jump(rest);
    addIncoming(result, differ, b.i32(1));
  } else {
    const order = b.compare("ult", ...decide(b, left, endian));
    // -1 or 1 without a branch: 1 - 2 * (x < y).
    const answer = b.sub(b.i32(1), b.shl(order, b.i32(1)));
    b.jump(rest);
    addIncoming(result, differ, answer);
  }
  prepend(rest, result);
  layOut(fn.blocks, block, rest);
  replaceUses(value as AnyValue, result);
  remove(value as AnyValue);
}

/** The units that differ meet in two phis, most significant byte first in memory order. */
function decide(
  b: Builder, left: readonly { from: Block; x: AnyValue; y: AnyValue; bytes: number }[], endian: "little" | "big",
): [AnyValue, AnyValue] {
  const q = b.phi("i64");
  const p = b.phi("i64");
  for (const { from, x, y, bytes } of left) {
    const end = from.values.at(-1);
    if (end === undefined) continue;
    const before = new Builder(b.fn, from, b.loc).before(end);
    const ordered = (v: AnyValue): AnyValue => {
      const swapped = bytes > 1 && endian === "little" ? before.bswap(v, (bytes * 8) as 16 | 32 | 64) : v;
      return v.type === "i64" ? swapped : before.extend("i64", swapped, 32, false);
    };
    addIncoming(p, from, ordered(x));
    addIncoming(q, from, ordered(y));
  }
  return [p, q];
}

/** New blocks were made at the end: they go between the block and its rest. */
export function layOut(blocks: Block[], block: Block, rest: Block): void {
  const split = blocks.indexOf(rest);
  let last = blocks.length;
  // What stands behind is new exactly when its id is above the rest's, which was made first.
  while (last > 0 && blocks[last - 1].id > rest.id) last--;
  const moved = [...blocks.slice(last), ...blocks.slice(split, last)];
  moved.forEach((one, i) => { blocks[split + i] = one; });
  if (blocks.indexOf(block) > split) throw new Error(`b${block.id} stands behind its rest`);
}
