/**
 * Selection of memory accesses: loads, stores, atomics, legacy packet loads. Their addresses are aligned as the
 * instructions want it: the optimiser has split those that are not.
 *
 * Stores of constants: the instruction with an immediate is as old as BPF, but before Linux 6.3 the verifier refused it
 * for the context ("BPF_ST stores into R1 ctx is not allowed"). So up to v3 it is used only where the address is known
 * not to be of the context: the stack, objects with a symbol, what a helper returned, and pointers that were made from
 * 32-bit numbers (packet data). At v4, which needs a kernel newer than that, it is used everywhere.
 */
import type { Instruction } from "../../assembler/isa/instruction.ts";
import {
  atomic, atomicFetch, imm, load, loadAbsolute, loadAcquire, loadIndirect, loadSigned, reg, store, storeRelease,
} from "../../assembler/isa/instruction.ts";
import type { AnyValue, Value } from "../ir/module.ts";
import { hasAlu32, hasV4 } from "../source/options.ts";
import { extendRegister } from "./arithmetic.ts";
import { newRegister } from "./machine.ts";
import { kindOf, neverContext, rootOf } from "./pointers.ts";
import type { Selector } from "./selector.ts";
import { copy, emit, emitPseudo, immediate, isDemanded, register, relocatedAddress, resultRegister,
  slotNumber, splitPointer, widthOf }
  from "./selector.ts";

/** Emits a memory access through a pointer, with what is known of that and the note of its address. */
function access(s: Selector, i: Instruction, pointer: AnyValue, { note }: { readonly note?: number }): void {
  const kind = kindOf(pointer);
  const marked = note === undefined ? i : { ...i, note };
  emitPseudo(s, kind === undefined ? { ...marked, loc: s.loc } : { ...marked, loc: s.loc, pointer: kind });
  const root = rootOf(pointer);
  if (root.op === "slot" && splitPointer(pointer).base !== root) {
    emitPseudo(s, { op: "touch", slot: slotNumber(s, root), loc: s.loc });
  }
}

export function selectLoad(s: Selector, value: Value<"load">): void {
  const { bytes, signed } = value.aux;
  const at = relocatedAddress(s, value.args[0], bytes);
  const dst = resultRegister(s, value);
  if (!signed || bytes === 8 || bytes * 8 === (value.type === "i32" ? 32 : 64)) {
    access(s, load(bytes, dst, at.base, at.offset), value.args[0], at);
  } else if (hasV4(s.target)) {
    access(s, loadSigned(bytes, dst, at.base, at.offset), value.args[0], at);
  } else {
    const raw = newRegister(s.fn);
    access(s, load(bytes, raw, at.base, at.offset), value.args[0], at);
    extendRegister(s, dst, raw, bytes === 1 ? 8 : bytes === 2 ? 16 : 32, true, widthOf(s, value));
  }
}

export function selectStore(s: Selector, value: Value<"store">): void {
  const { bytes } = value.aux;
  const [pointer, stored] = value.args as [AnyValue, AnyValue];
  if (stored.op === "undef") return;
  const at = relocatedAddress(s, pointer, bytes);
  if (stored.op === "const" && (hasV4(s.target) || neverContext(pointer))) {
    const part = BigInt.asIntN(8 * bytes, stored.aux);
    if (part >= -0x80000000n && part <= 0x7fffffffn) {
      access(s, store(bytes, at.base, at.offset, imm(Number(part))), pointer, at);
      return;
    }
  }
  access(s, store(bytes, at.base, at.offset, reg(register(s, stored))), pointer, at);
}

/**
 * Atomic operations, in the form without the old value where nobody wants it. On 64 bits each level has all of them, as
 * in clang; on 32 bits those that fetch, and other than addition, take the registers of v3.
 */
export function selectAtomic(s: Selector, value: Value<"atomic">): void {
  const { aux } = value;
  if (aux.operator === "loadAcquire" || aux.operator === "storeRelease") {
    selectOrdered(s, value, aux.operator, aux.bytes);
    return;
  }
  const { operator, bytes } = aux;
  const pointer = value.args[0];
  const wanted = isDemanded(s, value);
  if (bytes === 4 && !hasAlu32(s.target) && (operator !== "add" || wanted)) {
    s.diagnostics.error(value.loc, operator === "add"
      ? "the old value of an atomic addition on 32 bits needs -mcpu=v3 or later; use an object of 64 bits"
      : "atomic operations on 32 bits other than addition need -mcpu=v3 or later; use an object of 64 bits");
    if (wanted) emit(s, { op: "alu", alu: "mov", width: 64, dst: resultRegister(s, value), src: imm(0) });
    return;
  }
  const at = relocatedAddress(s, pointer, bytes);
  if (operator === "compareExchange") {
    const desired = register(s, value.args[2]);
    copy(s, 0, register(s, value.args[1]));
    access(s, atomicFetch("cmpxchg", bytes, at.base, at.offset, desired), pointer, at);
    if (wanted) copy(s, resultRegister(s, value), 0);
    return;
  }
  const source = value.args[1];
  if (!wanted && operator !== "exchange") {
    access(s, atomic(operator, bytes, at.base, at.offset, register(s, source)), pointer, at);
    return;
  }
  const dst = resultRegister(s, value);
  copy(s, dst, register(s, source));
  access(s, atomicFetch(operator === "exchange" ? "xchg" : operator, bytes, at.base, at.offset, dst), pointer, at);
}

/** Loads and stores that are ordered: from v4, and only where the stored value is in a register. */
function selectOrdered(
  s: Selector, value: Value<"atomic">, operator: "loadAcquire" | "storeRelease", bytes: 1 | 2 | 4 | 8,
): void {
  const pointer = value.args[0];
  const at = relocatedAddress(s, pointer, bytes);
  const i = operator === "loadAcquire"
    ? loadAcquire(bytes, isDemanded(s, value) ? resultRegister(s, value) : newRegister(s.fn), at.base, at.offset)
    : storeRelease(bytes, at.base, at.offset, register(s, value.args[1]));
  access(s, i, pointer, at);
}

/** LD_ABS and LD_IND: the context in r6, the result in r0, r1 to r5 lost. */
export function selectPacketLoad(s: Selector, value: Value<"skbload">): void {
  const [context, index] = value.args as [AnyValue, AnyValue];
  const size = value.aux;
  const constant = immediate(index, 32);
  copy(s, 6, register(s, context));
  if (constant !== undefined) emit(s, loadAbsolute(size, constant));
  else emit(s, loadIndirect(size, register(s, index)));
  if (isDemanded(s, value)) copy(s, resultRegister(s, value), 0);
}
