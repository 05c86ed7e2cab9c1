/**
 * Expansion: what the machine has no instruction for becomes what it has. Required at every level.
 *
 *   block operations   of constant size to loads and stores of the widest legal unit (expand-blocks.ts), of variable or
 *                      great size to loops (expand-loops.ts); there is no library to call
 *   strings            their lengths and comparisons, to loops over their bytes (expand-strings.ts)
 *   misaligned access  to accesses of the alignment that is known: the stack is strict on every machine, packets on some
 *   signed division    below -mcpu=v4, to unsigned division and sign arithmetic without branches (verifier rule 13)
 *
 * A slot that a block operation touches is aligned to 8 first, as long as the frame has room: it is ours to place. One
 * that is read or written as something of greater alignment gets that in any case: the kernel would refuse the access.
 */
import { alignmentOf } from "../ir/address.ts";
import { Builder } from "../ir/build.ts";
import { bitsOf } from "../ir/evaluate.ts";
import type { AnyValue, Function, Value } from "../ir/module.ts";
import { remove, replaceUses } from "../ir/module.ts";
import { hasV4 } from "../source/options.ts";
import { expandBlock } from "./expand-blocks.ts";
import { expandString } from "./expand-strings.ts";
import type { PassContext } from "./pass.ts";

export function expand(fn: Function, context: PassContext): boolean {
  raiseSlots(fn);
  const { target } = context.options;
  let changed = false;
  // Expansion may split blocks: what it makes is legal, so the values of the start are all there is to do.
  const values = fn.blocks.flatMap((block) => block.values);
  for (const value of values) {
    switch (value.op) {
      case "memcpy": case "memmove": case "memset": case "memcmp": case "memvar":
        expandBlock(value, target.endian);
        changed = true;
        break;
      case "strlen": case "strcmp":
        expandString(value);
        changed = true;
        break;
      case "load": case "store": {
        const align = alignmentOf(value.args[0], value.aux.align);
        if (align >= value.aux.bytes) break;
        if (value.op === "load") splitLoad(value, align, target.endian);
        else splitStore(value, align, target.endian);
        changed = true;
        break;
      }
      case "sdiv": case "srem":
        if (hasV4(target)) break;
        expandDivision(value);
        changed = true;
        break;
      default: break;
    }
  }
  return changed;
}

/** Bytes of frame up to which slots are padded for alignment: the kernel's limit is 512. */
const roomForAlignment = 384;

function raiseSlots(fn: Function): void {
  let frame = fn.slots.reduce((sum, slot) => sum + slot.aux.size, 0);
  for (const slot of fn.slots) {
    const claimed = claimedAlignment(slot, 0);
    if (claimed > slot.aux.align) slot.aux = { ...slot.aux, align: claimed };
    const { size, align } = slot.aux;
    const wanted = size >= 8 ? 8 : size >= 4 ? 4 : size >= 2 ? 2 : 1;
    // The frame places great alignments first: what is a multiple of its own takes no padding.
    const padding = size % wanted === 0 ? 0 : wanted - 1;
    if (align >= wanted || padding > 0 && frame + padding > roomForAlignment || !isBlockTarget(slot)) continue;
    frame += padding;
    slot.aux = { ...slot.aux, align: wanted };
  }
}

/** The alignment that accesses at known offsets from a pointer into a slot count on, as far as the slot can give it. */
function claimedAlignment(pointer: AnyValue, offset: number): number {
  let largest = 1;
  for (const user of pointer.uses) {
    if ((user.op === "load" || user.op === "store") && user.args[0] === pointer) {
      const align = Math.min(user.aux.align, user.aux.bytes);
      if (offset % align === 0) largest = Math.max(largest, align);
    } else if (user.op === "ptradd" && user.args[0] === pointer && user.args[1].op === "const") {
      largest = Math.max(largest, claimedAlignment(user, offset + Number(BigInt.asIntN(64, user.args[1].aux))));
    }
  }
  return largest;
}

function isBlockTarget(pointer: AnyValue): boolean {
  return pointer.uses.some((user) =>
    user.op === "memcpy" || user.op === "memmove" || user.op === "memset" || user.op === "memcmp" ||
    (user.op === "ptradd" && isBlockTarget(user)));
}

/** A load that its alignment does not allow: narrower loads, put together. */
function splitLoad(load: Value<"load">, align: number, endian: "little" | "big"): void {
  const b = new Builder(functionOf(load), blockOf(load), load.loc).before(load as AnyValue);
  const { bytes, signed, volatile } = load.aux;
  const type = load.type === "ptr" ? "i64" : load.type;
  const unit = align as 1 | 2 | 4;
  let sum: AnyValue | undefined;
  for (let at = 0; at < bytes; at += unit) {
    const position = endian === "little" ? at : bytes - unit - at;
    const isTop = position === bytes - unit;
    const address = at === 0 ? load.args[0] : b.ptradd(load.args[0], b.i64(at));
    const topSigned = isTop && signed && unit < (type === "i32" ? 4 : 8);
    const part = b.load(type, address, { bytes: unit, align, signed: topSigned, volatile });
    const placed = position === 0 ? part : b.shl(part, b.constant(type, position * 8));
    sum = sum === undefined ? placed : b.or(sum, placed);
  }
  if (sum === undefined) throw new Error(`v${load.id} loads nothing`);
  replaceUses(load as AnyValue, load.type === "ptr" ? b.inttoptr(sum) : sum);
  remove(load as AnyValue);
}

function splitStore(store: Value<"store">, align: number, endian: "little" | "big"): void {
  const b = new Builder(functionOf(store), blockOf(store), store.loc).before(store as AnyValue);
  const { bytes, volatile } = store.aux;
  const [address, stored] = store.args;
  const value = stored.type === "ptr" ? b.ptrtoint(stored) : stored;
  const unit = align as 1 | 2 | 4;
  for (let at = 0; at < bytes; at += unit) {
    const position = endian === "little" ? at : bytes - unit - at;
    const part = position === 0 ? value
      : value.op === "const" ? b.constant(value.type, value.aux >> BigInt(position * 8))
      : b.lshr(value, b.constant(value.type, position * 8));
    b.store(at === 0 ? address : b.ptradd(address, b.i64(at)), part, { bytes: unit, align, volatile });
  }
  remove(store as AnyValue);
}

/**
 * Signed division truncates toward zero: divide magnitudes, then give the quotient the sign of both operands together,
 * the remainder that of the dividend. With s = x >> width-1 (arithmetic), (x ^ s) - s is the magnitude, and undoes
 * itself.
 */
function expandDivision(value: Value<"sdiv"> | Value<"srem">): void {
  const b = new Builder(functionOf(value), blockOf(value), value.loc).before(value as AnyValue);
  const [x, y] = value.args;
  const top = b.constant(value.type, bitsOf(value.type) - 1);
  const magnitude = (v: AnyValue, sign: AnyValue): AnyValue => b.sub(b.xor(v, sign), sign);
  const xSign = b.ashr(x, top);
  const divisor = y.op === "const" ? undefined : b.ashr(y, top);
  const ySize = y.op === "const" ? b.constant(y.type, magnitudeOf(y)) : magnitude(y, divisor ?? y);
  const xSize = magnitude(x, xSign);
  let result: AnyValue;
  if (value.op === "srem") result = magnitude(b.urem(xSize, ySize), xSign);
  else {
    const sign = divisor !== undefined ? b.xor(xSign, divisor) : y.op === "const" && isNegative(y) ? b.xor(xSign, b.constant(y.type, -1)) : xSign;
    result = magnitude(b.udiv(xSize, ySize), sign);
  }
  replaceUses(value as AnyValue, result);
  remove(value as AnyValue);
}

function isNegative(value: Value<"const">): boolean {
  return BigInt.asIntN(bitsOf(value.type), value.aux) < 0n;
}

function magnitudeOf(value: Value<"const">): bigint {
  const signed = BigInt.asIntN(bitsOf(value.type), value.aux);
  return signed < 0n ? -signed : signed;
}

function blockOf(value: Value): NonNullable<Value["block"]> {
  if (value.block === undefined) throw new Error(`v${value.id} stands in no block`);
  return value.block;
}

function functionOf(value: Value): Function {
  return blockOf(value).function;
}
