/**
 * Stores to the stack that nothing reads go; constants stored side by side are stored at once.
 *
 * Dead stores: backward dataflow of the bytes of each slot that may still be read. Returning ends all slots; a call
 * that gets a pointer into a slot reads all of it, padding included (verifier rule 11); a slot whose address gets away
 * is left alone. A constant store of 8 bytes of which half is dead keeps the other half.
 *
 * Merging: within a block, non-volatile stores of constants to neighbouring bytes, with nothing between that may see
 * the difference, become one where the alignment is known. Never on the context (rule 5). A merged constant of 8 bytes
 * must fit the sign-extended 32-bit immediate of a store; two stores of 4 are shorter than loading 64 bits.
 */
import { Aliases, alignmentOf, locate } from "../ir/address.ts";
import { Builder } from "../ir/build.ts";
import { swapBytes } from "../ir/evaluate.ts";
import { dominators } from "../ir/dominators.ts";
import type { AnyValue, Block, Function, Value } from "../ir/module.ts";
import { constant, remove, removeWhere, setArg, successors } from "../ir/module.ts";
import type { PassContext } from "./pass.ts";

export function optimizeStores(fn: Function, context: PassContext): boolean {
  const { endian } = context.options.target;
  let changed = removeDeadStores(fn, context, endian);
  for (const block of fn.blocks) if (mergeStores(fn, block, context, endian)) changed = true;
  return changed;
}

// ---- Dead stores ---------------------------------------------------------------------------------------------------

/** Bytes that may be read later, a bit each, by slot; slots without such bytes are left out. */
type Live = Map<number, bigint>;

/** Larger slots, which no frame that the kernel takes can hold, are left alone. */
const sizeLimit = 1 << 20;

function removeDeadStores(fn: Function, context: PassContext, endian: "little" | "big"): boolean {
  const aliases = new Aliases(fn);
  const slots = fn.slots.filter((slot) => sizeOf(slot) <= sizeLimit && !aliases.slotUse(slot).leaked);
  if (slots.length === 0) return false;
  const index = new Map<AnyValue, number>(slots.map((slot, i) => [slot, i]));
  const order = [...dominators(fn).order].reverse();
  const entering = new Map<Block, Live>();
  const leaving = (block: Block): Live => {
    const live: Live = new Map();
    for (const next of successors(block)) entering.get(next)?.forEach((bits, slot) => live.set(slot, (live.get(slot) ?? 0n) | bits));
    return live;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of order) {
      const live = leaving(block);
      for (let i = block.values.length - 1; i >= 0; i--) stepBack(block.values[i], live, index);
      const before = entering.get(block);
      if (before !== undefined && isSame(before, live)) continue;
      entering.set(block, live);
      changed = true;
    }
  }
  const dead = new Set<AnyValue>();
  let narrowed = false;
  for (const block of order) {
    const live = leaving(block);
    for (let i = block.values.length - 1; i >= 0; i--) {
      const value = block.values[i];
      if (value.op === "store" && !value.aux.volatile) {
        const needed = liveBytes(value, live, index);
        if (needed === 0n && context.spend()) {
          dead.add(value);
          continue;
        }
        if (needed !== undefined && narrowStore(value, needed, endian)) narrowed = true;
      }
      stepBack(value, live, index);
    }
  }
  if (dead.size > 0) removeWhere(fn.blocks, (value) => dead.has(value));
  return narrowed || dead.size > 0;
}

function isSame(a: Live, b: Live): boolean {
  if (a.size !== b.size) return false;
  for (const [slot, bits] of a) if (b.get(slot) !== bits) return false;
  return true;
}

function ones(bytes: number): bigint {
  return (1n << BigInt(bytes)) - 1n;
}

/** The bytes of an access that begins within a slot, as far as they lie in it. */
function bytesAt(slot: AnyValue, offset: number, bytes: number): bigint {
  return ones(Math.min(bytes, sizeOf(slot) - offset)) << BigInt(offset);
}

/** Which bytes of a store are needed, bit 0 the lowest address; undefined when it is not to one of these slots. */
function liveBytes(store: Value<"store">, live: Live, index: ReadonlyMap<AnyValue, number>): bigint | undefined {
  const { root, offset } = locate(store.args[0]);
  const slot = index.get(root);
  if (slot === undefined) return undefined;
  if (offset === undefined) return (live.get(slot) ?? 0n) === 0n ? 0n : undefined;
  if (offset < 0) return undefined;
  return ((live.get(slot) ?? 0n) >> BigInt(offset)) & ones(store.aux.bytes);
}

function stepBack(value: AnyValue, live: Live, index: ReadonlyMap<AnyValue, number>): void {
  const read = (address: AnyValue, bytes: number | undefined): void => {
    const { root, offset } = locate(address);
    const slot = index.get(root);
    if (slot === undefined) return;
    const isWhole = offset === undefined || offset < 0 || bytes === undefined;
    const before = live.get(slot) ?? 0n;
    if (isWhole) live.set(slot, before | ones(sizeOf(root)));
    else if (offset < sizeOf(root)) live.set(slot, before | bytesAt(root, offset, bytes));
  };
  const write = (address: AnyValue, bytes: number): void => {
    const { root, offset } = locate(address);
    const slot = index.get(root);
    if (slot === undefined || offset === undefined || offset < 0 || offset >= sizeOf(root)) return;
    const before = live.get(slot);
    if (before === undefined) return;
    const left = before & ~bytesAt(root, offset, bytes);
    if (left === 0n) live.delete(slot);
    else live.set(slot, left);
  };
  switch (value.op) {
    case "load": read(value.args[0], value.aux.bytes); break;
    case "store": write(value.args[0], value.aux.bytes); break;
    case "memset": write(value.args[0], value.aux.bytes); break;
    case "memcpy": case "memmove":
      write(value.args[0], value.aux.bytes);
      read(value.args[1], value.aux.bytes);
      break;
    case "memcmp":
      read(value.args[0], value.aux.bytes);
      read(value.args[1], value.aux.bytes);
      break;
    case "lifestart": case "lifeend": write(value.args[0], sizeOf(value.args[0])); break;
    // Whatever else gets a pointer may read all behind it.
    default: for (const arg of value.args) if (arg.type === "ptr" && value.op !== "ptradd") read(arg, undefined);
  }
}

function sizeOf(slot: AnyValue): number {
  return slot.op === "slot" ? slot.aux.size : 0;
}

/** A constant of 8 bytes of which only one half is read. */
function narrowStore(store: Value<"store">, needed: bigint, endian: "little" | "big"): boolean {
  const value = store.args[1];
  if (store.aux.bytes !== 8 || value.op !== "const" || value.type !== "i64") return false;
  const upper = (needed & 0x0fn) === 0n;
  if (!upper && (needed & 0xf0n) !== 0n) return false;
  const block = store.block;
  if (block === undefined) return false;
  const b = new Builder(block.function, block, store.loc).before(store as AnyValue);
  const shift = upper === (endian === "little") ? 32n : 0n;
  if (upper) setArg(store as AnyValue, 0, b.ptradd(store.args[0], b.i64(4)));
  setArg(store as AnyValue, 1, constant(block.function, "i32", value.aux >> shift));
  store.aux = { bytes: 4, align: Math.min(4, store.aux.align), volatile: false };
  return true;
}

// ---- Merging -------------------------------------------------------------------------------------------------------

interface Pending {
  store: Value<"store">;
  /** What is left of the address when constant offsets are peeled off. */
  base: AnyValue;
  offset: number;
}

function mergeStores(fn: Function, block: Block, context: PassContext, endian: "little" | "big"): boolean {
  const aliases = new Aliases(fn);
  let pending: Pending[] = [];
  let changed = false;
  for (const value of [...block.values]) {
    if (value.op === "store") {
      const at = peel(value.args[0]);
      const isCandidate = !value.aux.volatile && value.args[1].op === "const" && aliases.region(locate(at.base).root) !== "context";
      // An older store to overlapping bytes must stay before this one.
      const target = locate(value.args[0]);
      pending = pending.filter((p) => !aliases.mayOverlap(locate(p.store.args[0]), p.store.aux.bytes, target, value.aux.bytes));
      if (!isCandidate) continue;
      let merged: Pending = { store: value, ...at };
      for (let partner = findPartner(pending, merged, endian); partner !== undefined; partner = findPartner(pending, merged, endian)) {
        if (!context.spend()) return changed;
        pending.splice(pending.indexOf(partner), 1);
        merged = mergePair(fn, partner, merged, endian);
        changed = true;
      }
      pending.push(merged);
    } else if (value.op === "load") {
      const from = locate(value.args[0]);
      pending = pending.filter((p) => !aliases.mayOverlap(locate(p.store.args[0]), p.store.aux.bytes, from, value.aux.bytes));
    } else if (mayTouchMemory(value)) pending = [];
  }
  return changed;
}

function mayTouchMemory(value: AnyValue): boolean {
  switch (value.op) {
    case "call": case "asm": case "atomic": case "skbload": case "memcpy": case "memmove": case "memset": case "memcmp":
    case "memvar": case "strlen": case "strcmp": case "lifestart": case "lifeend":
      return true;
    default: return false;
  }
}

function peel(address: AnyValue): { base: AnyValue; offset: number } {
  let offset = 0;
  let at = address;
  while (at.op === "ptradd" && at.args[1].op === "const") {
    offset += Number(BigInt.asIntN(64, at.args[1].aux));
    at = at.args[0];
  }
  return { base: at, offset };
}

/** A store of the same width next to this one, so that both together are aligned and fit an immediate. */
function findPartner(pending: readonly Pending[], one: Pending, endian: "little" | "big"): Pending | undefined {
  const { bytes } = one.store.aux;
  if (bytes === 8) return undefined;
  return pending.find((other) => {
    if (other.base !== one.base || other.store.aux.bytes !== bytes) return false;
    const [low, high] = other.offset < one.offset ? [other, one] : [one, other];
    if (high.offset !== low.offset + bytes) return false;
    if (alignmentOf(low.store.args[0], low.store.aux.align) < bytes * 2) return false;
    const value = combine(low, high, endian);
    return bytes < 4 || BigInt.asIntN(64, value) === BigInt.asIntN(32, value);
  });
}

function combine(low: Pending, high: Pending, endian: "little" | "big"): bigint {
  const bits = low.store.aux.bytes * 8;
  const part = (p: Pending): bigint => {
    const value = p.store.args[1];
    const number = value.op === "const" ? BigInt.asUintN(bits, value.aux) : 0n;
    return endian === "little" ? number : swapBytes(number, bits);
  };
  const little = part(low) | (part(high) << BigInt(bits));
  return endian === "little" ? little : swapBytes(little, bits * 2);
}

/** Both as one store, where the later stands. */
function mergePair(fn: Function, earlier: Pending, later: Pending, endian: "little" | "big"): Pending {
  const [low, high] = earlier.offset < later.offset ? [earlier, later] : [later, earlier];
  const bytes = (low.store.aux.bytes * 2) as 2 | 4 | 8;
  const b = new Builder(fn, fn.blocks[0], 0).before(later.store as AnyValue);
  const value = b.constant(bytes === 8 ? "i64" : "i32", combine(low, high, endian));
  const align = Math.max(bytes, low.store.aux.align);
  const store = b.store(low.store.args[0], value, { bytes, align, volatile: false });
  if (store.op !== "store") throw new Error("a store is a store");
  remove(earlier.store as AnyValue);
  remove(later.store as AnyValue);
  return { store, base: low.base, offset: low.offset };
}
