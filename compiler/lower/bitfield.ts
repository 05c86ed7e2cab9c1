/**
 * Bit-fields: reading and writing a few bits of a record.
 *
 * A field is accessed through the smallest aligned unit of 1, 2, 4 or 8 bytes that holds it, lies inside the record and
 * needs no more alignment than the record has, or all of a relocated unit; one instruction, as the verifier wants
 * context accesses. A field that fits no such unit (it straddles in a packed record) is put together from bytes. Within
 * a unit the field's shift counts from the least significant bit on a little-endian target and from the most
 * significant one on a big-endian target, since the layout counts in declaration order (types/layout.ts).
 */
import type { BitField } from "../types/ctype.ts";
import type { AnyValue } from "../ir/module.ts";
import type { Type } from "../ir/ops.ts";
import { binary, emit, extend, int, load, offset, store } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import type { Scalar } from "./values.ts";

interface Place {
  readonly place: BitField;
  readonly recordSize: number;
  readonly whole?: true;
}

/** A run of bits of a field in one memory unit. */
interface Piece {
  /** Bytes from the record's start. */
  readonly offset: number;
  readonly bytes: 1 | 2 | 4 | 8;
  readonly align: number;
  /** Bits from the least significant end of the unit. */
  readonly shift: number;
  readonly width: number;
  /** Bits from the least significant end of the field. */
  readonly at: number;
}

function pieces(f: FunctionContext, align: number, { place, recordSize, whole }: Place): Piece[] {
  const big = f.m.options.target.endian === "big";
  if (whole === true && (recordSize === 1 || recordSize === 2 || recordSize === 4 || recordSize === 8)) {
    const shift = big ? recordSize * 8 - place.bitOffset - place.width : place.bitOffset;
    return [{ offset: 0, bytes: recordSize, align: Math.min(align, recordSize), shift, width: place.width, at: 0 }];
  }
  const first = place.bitOffset;
  const last = place.bitOffset + place.width - 1;
  for (const bytes of [1, 2, 4, 8] as const) {
    const start = Math.floor(first / 8 / bytes) * bytes;
    if (bytes > align && bytes > 1) break;
    if (Math.floor(last / 8) >= start + bytes || start + bytes > recordSize) continue;
    const from = first - start * 8;
    const shift = big ? bytes * 8 - from - place.width : from;
    return [{ offset: start, bytes, align: bytes, shift, width: place.width, at: 0 }];
  }
  const result: Piece[] = [];
  for (let bit = first; bit <= last;) {
    const byte = Math.floor(bit / 8);
    const width = Math.min(last + 1, byte * 8 + 8) - bit;
    const from = bit - byte * 8;
    const done = bit - first;
    const at = big ? place.width - done - width : done;
    result.push({ offset: byte, bytes: 1, align: 1, shift: big ? 8 - from - width : from, width, at });
    bit += width;
  }
  return result;
}

export function loadBitField(
  f: FunctionContext, record: AnyValue, align: number, field: Place, s: Scalar, volatile: boolean,
): AnyValue {
  const parts = pieces(f, align, field);
  const wide: Type = s.type === "i64" || parts.some((p) => p.bytes === 8) ? "i64" : "i32";
  let result: AnyValue | undefined;
  for (const part of parts) {
    const address = offset(f, record, part.offset);
    const whole = part.width === part.bytes * 8;
    const signed = s.signed && whole && parts.length === 1 && part.bytes < (wide === "i32" ? 4 : 8);
    let bits = load(f, wide, address, { bytes: part.bytes, align: part.align, volatile, signed });
    if (whole && parts.length === 1) return narrow(f, bits, wide, s);
    if (parts.length === 1 && s.signed) {
      const width = wide === "i32" ? 32 : 64;
      bits = binary(f, "shl", bits, int(f, wide, width - part.shift - part.width));
      return narrow(f, binary(f, "ashr", bits, int(f, wide, width - part.width)), wide, s);
    }
    if (part.shift > 0) bits = binary(f, "lshr", bits, int(f, wide, part.shift));
    if (part.shift + part.width < part.bytes * 8) bits = binary(f, "and", bits, int(f, wide, mask(part.width)));
    if (part.at > 0) bits = binary(f, "shl", bits, int(f, wide, part.at));
    result = result === undefined ? bits : binary(f, "or", result, bits);
  }
  if (result === undefined) throw new Error("a bit-field has no bits");
  if (s.signed) {
    const count = int(f, wide, (wide === "i32" ? 32 : 64) - field.place.width);
    result = binary(f, "ashr", binary(f, "shl", result, count), count);
  }
  return narrow(f, result, wide, s);
}

function narrow(f: FunctionContext, value: AnyValue, from: Type, s: Scalar): AnyValue {
  return from === "i64" && s.type === "i32" ? emit(f, "truncate", "i32", [value], undefined) : value;
}

export function storeBitField(
  f: FunctionContext, record: AnyValue, align: number, field: Place, s: Scalar, value: AnyValue, volatile: boolean,
): void {
  // A bool's field may be wider than its value; the value is 0 or 1 and needs no more.
  for (const part of pieces(f, align, field)) {
    const address = offset(f, record, part.offset);
    const access = { bytes: part.bytes, align: part.align, volatile } as const;
    const type: Type = part.bytes === 8 ? "i64" : "i32";
    let bits = value;
    if (part.at > 0) bits = binary(f, "lshr", bits, int(f, bits.type, part.at));
    if (bits.type === "i64" && type === "i32") bits = emit(f, "truncate", "i32", [bits], undefined);
    else if (bits.type === "i32" && type === "i64") bits = extend(f, bits, 32, s.signed, "i64");
    if (part.width < part.bytes * 8) {
      const field64 = mask(part.width);
      bits = binary(f, "shl", binary(f, "and", bits, int(f, type, field64)), int(f, type, part.shift));
      const old = load(f, type, address, { ...access, signed: false });
      bits = binary(f, "or", binary(f, "and", old, int(f, type, ~(field64 << BigInt(part.shift)))), bits);
    }
    store(f, address, bits, access);
  }
}

function mask(width: number): bigint {
  return (1n << BigInt(width)) - 1n;
}

