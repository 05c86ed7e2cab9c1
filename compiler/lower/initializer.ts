/**
 * Initialisers of automatic objects: the flattened items of ast/program.ts as stores.
 *
 * Bytes that no item names are zero (C11 6.7.9p21): the object is cleared as a whole first, padding included, because
 * the memory is often handed to a helper, which reads all of it; later passes drop the part of the clearing that the
 * items overwrite. A string that fills a char array is one copy. Items of constants over a large array are stored one
 * by one; the optimiser joins neighbours. Values for members of a record with `preserve_access_index` go where the
 * kernel has those.
 */
import type { InitializerItem, LocalInitializer, Variable } from "../ast/program.ts";
import type { CType } from "../types/ctype.ts";
import { isArray, isRecord, isVolatile } from "../types/basic.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { symbolAddress } from "../ir/module.ts";
import type { AnyValue } from "../ir/module.ts";
import { alignAt } from "./alignment.ts";
import { storeBitField } from "./bitfield.ts";
import { preservedItem } from "./core.ts";
import { emit, int, offset, store } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { expression } from "./expression.ts";
import { stringSymbol } from "./globals.ts";
import { copyRecord, recordPlace } from "./lvalue.ts";
import { isWide, scalar } from "./values.ts";
import { wide } from "./wide-expression.ts";
import { storeWide, storeWideField } from "./wide.ts";

/** Fills the object of a type at an address. */
export function initializeLocal(
  f: FunctionContext, address: AnyValue, type: CType, align: number, initializer: LocalInitializer,
): void {
  const size = sizeOf(type);
  const volatile = isVolatile(type);
  if (initializer.zeroFirst && size > 0) {
    emit(f, "memset", "void", [address, int(f, "i32", 0)], { bytes: size, align, volatile });
  }
  if (!initializer.items.some(({ value }) => value.kind !== "integer" && value.kind !== "string")) {
    // Constants alone are an image of the object, which is not relocated.
    for (const item of initializer.items) storeItem(f, address, size, align, volatile, item);
    return;
  }
  const written = new Set<number>();
  for (const item of initializer.items) {
    const place = preservedItem(f, address, type, item);
    const { value } = item;
    const isZero = value.kind === "integer" && value.value === 0n;
    const isCleared = initializer.zeroFirst && isZero && !written.has(item.offset);
    written.add(item.offset);
    if (place === undefined) storeItem(f, address, size, align, volatile, item);
    else if (!isCleared) {
      const relocated = { ...item, offset: 0, bitField: place.bitField };
      storeItem(f, place.address, place.size, alignAt(align, place.offset), volatile, relocated, place.whole);
    }
  }
}

/**
 * -ftrivial-auto-var-init: bytes of zeros or of clang's pattern for memory that the source does not initialise. A
 * variable whose declaration is jumped over stays as it is, as in clang.
 */
export function fillLocal(f: FunctionContext, address: AnyValue, variable: Variable, fill: "zero" | "pattern"): void {
  const { type, attributes } = variable;
  const bytes = sizeOf(type);
  if (variable.storage === "static" || attributes.uninitialized || bytes === 0) return;
  const align = Math.max(alignOf(type), attributes.align);
  const byte = int(f, "i32", fill === "zero" ? 0 : patternByte);
  emit(f, "memset", "void", [address, byte], { bytes, align, volatile: isVolatile(type) });
}

/** LLVM's for integers and pointers (tools/clang/lib/CodeGen/PatternInit.cpp, 64-bit targets). */
const patternByte = 0xaa;

function storeItem(
  f: FunctionContext, object: AnyValue, size: number, align: number, volatile: boolean, item: InitializerItem,
  isUnit = false,
): void {
  f.loc = item.value.loc;
  const itemAlign = alignAt(align, item.offset);
  if (item.value.kind === "string" && isArray(item.type)) {
    copyString(f, object, itemAlign, volatile, item);
    return;
  }
  if (isRecord(item.type)) {
    const from = recordPlace(f, item.value);
    copyRecord(f, { address: offset(f, object, item.offset), align: itemAlign, volatile }, from, item.type);
    return;
  }
  if (isWide(item.type)) {
    const value = wide(f, item.value);
    const to = offset(f, object, item.offset);
    if (item.bitField === undefined) storeWide(f, to, value, itemAlign, volatile);
    else storeWideField(f, object, align, item.bitField, size, value, volatile);
    return;
  }
  const value = expression(f, item.value);
  f.loc = item.value.loc;
  const s = scalar(f, item.type);
  if (item.bitField !== undefined) {
    const place = { place: item.bitField, recordSize: size, ...isUnit ? { whole: true as const } : {} };
    storeBitField(f, object, align, place, s, value, volatile);
    return;
  }
  store(f, offset(f, object, item.offset), value, { bytes: s.bytes, align: itemAlign, volatile });
}

/** A char array takes as much of the literal as it has room for, and zeros behind it (C11 6.7.9p14, p21). */
function copyString(f: FunctionContext, object: AnyValue, align: number, volatile: boolean, item: InitializerItem): void {
  if (item.value.kind !== "string") throw new Error("a string item holds no string");
  const size = sizeOf(item.type);
  const literal = item.value.literal;
  const to = offset(f, object, item.offset);
  let text = literal.bytes.subarray(0, size);
  // Zeros at the end need not be copied from memory when most of the array is zeros.
  if (size > literal.bytes.length) {
    emit(f, "memset", "void", [to, int(f, "i32", 0)], { bytes: size, align, volatile });
    text = literal.bytes;
  }
  if (text.length === 0) return;
  const from = symbolAddress(f.fn, stringSymbol(f.m, { ...literal, bytes: text }));
  emit(f, "memcpy", "void", [to, from], { bytes: text.length, align: Math.min(align, literal.elementSize), volatile });
}
