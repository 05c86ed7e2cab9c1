/**
 * Static initialisers: the flat list of an object's initialiser -> its bytes in the target's order, and the addresses in it.
 * Every value must be a constant (C11 6.7.9p4); a record may be copied from a compound literal or from a const object.
 */
import type { Expression, InitializerItem, StaticInitializer, Variable } from "../ast/program.ts";
import type { CType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { isRecord } from "../types/basic.ts";
import { sizeOf } from "../types/layout.ts";
import { type Constant, convertConstant, evaluate } from "./constants.ts";
import { type Checker, error } from "./context.ts";

interface Image {
  readonly c: Checker;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly big: boolean;
  /** By offset. They do not overlap. */
  readonly addresses: Map<number, StaticInitializer["addresses"][number]>;
}

/** Sizes beyond this are a mistake in the source: no loader takes them, and the object's bytes are held in memory a few times. */
const maximumBytes = 2 ** 27;

export function staticData(
  c: Checker, initializer: { readonly items: readonly InitializerItem[]; readonly size: number }, variable: Variable,
): StaticInitializer | undefined {
  const size = initializer.size;
  if (size > maximumBytes) {
    error(c, variable.loc, `initialized object '${variable.name}' of ${size} bytes is too large`);
    return undefined;
  }
  const bytes = new Uint8Array(size);
  const image: Image = {
    c, bytes, view: new DataView(bytes.buffer), big: c.options.target.endian === "big", addresses: new Map(),
  };
  for (const item of initializer.items) if (!writeItem(image, item, 0)) return undefined;
  return { bytes, addresses: [...image.addresses.values()].sort((a, b) => a.offset - b.offset) };
}

function writeItem(image: Image, item: InitializerItem, base: number): boolean {
  const offset = base + item.offset;
  const value = item.value;
  if (value.kind === "string" && canonical(item.type).kind === "array") {
    clearAddresses(image, offset, sizeOf(item.type));
    image.bytes.fill(0, offset, offset + sizeOf(item.type));
    image.bytes.set(value.literal.bytes, offset);
    return true;
  }
  if (isRecord(item.type)) return writeRecord(image, value, item.type, offset);
  const constant = evaluate(image.c, value);
  const converted = constant === undefined ? undefined : convertConstant(constant, item.type);
  if (converted === undefined) {
    error(image.c, value.loc, "initializer element is not a compile-time constant");
    return false;
  }
  if (item.bitField !== undefined) {
    if (converted.kind !== "integer") {
      error(image.c, value.loc, "initializer element is not a compile-time constant");
      return false;
    }
    writeBits(image, base * 8 + item.bitField.bitOffset, item.bitField.width, converted.value);
    return true;
  }
  return writeScalar(image, offset, converted, item.type);
}

function clearAddresses(image: Image, offset: number, size: number): void {
  const { addresses } = image;
  const clear = (at: number): void => {
    const address = addresses.get(at);
    if (address !== undefined && at < offset + size && at + address.size > offset) addresses.delete(at);
  };
  // An address has 8 bytes at most.
  if (addresses.size < size) [...addresses.keys()].forEach(clear);
  else for (let at = offset - 7; at < offset + size; at++) clear(at);
}

function writeScalar(image: Image, offset: number, value: Constant, type: CType): boolean {
  const size = sizeOf(type);
  clearAddresses(image, offset, size);
  const { view, big } = image;
  if (value.kind === "address") {
    image.bytes.fill(0, offset, offset + size);
    image.addresses.set(offset, { offset, size, address: { base: value.base, addend: value.addend, minus: value.minus } });
    return true;
  }
  if (value.kind === "float") {
    if (size === 4) view.setFloat32(offset, value.value, !big);
    else view.setFloat64(offset, value.value, !big);
    return true;
  }
  let rest = BigInt.asUintN(size * 8, value.value);
  for (let i = 0; i < size; i++) {
    image.bytes[offset + (big ? size - 1 - i : i)] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return true;
}

/** Writes a bit-field of `width` bits that begins `start` bits into the object. */
function writeBits(image: Image, start: number, width: number, value: bigint): void {
  for (let i = 0; i < width; i++) {
    const position = image.big ? start + width - 1 - i : start + i;
    const mask = image.big ? 0x80 >> (position & 7) : 1 << (position & 7);
    const at = position >> 3;
    const bit = (value >> BigInt(i)) & 1n;
    image.bytes[at] = ((image.bytes[at] ?? 0) & ~mask) | (bit === 1n ? mask : 0);
  }
}

/** A record from a compound literal, or from a const object with a known initialiser. */
function writeRecord(image: Image, value: Expression, type: CType, offset: number): boolean {
  const source = value.kind === "load" ? value.lvalue : value;
  const items = source.kind === "compoundLiteral" ? source.initializer?.items
    : source.kind === "recordValue" ? source.initializer.items : undefined;
  if (items !== undefined) {
    clearAddresses(image, offset, sizeOf(type));
    image.bytes.fill(0, offset, offset + sizeOf(type));
    return items.every((item) => writeItem(image, item, offset));
  }
  error(image.c, value.loc, "initializer element is not a compile-time constant");
  return false;
}
