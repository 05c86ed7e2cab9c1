/**
 * What the sections of debugging information are put together from: bytes, LEB128, addresses, and lengths of what
 * follows (DWARF 5, chapters 7.4 and 7.6). All goes to the end of the section that the reader is in.
 */
import type { Place } from "./assembly.ts";
import { bytesOf, number } from "./data-directives.ts";
import { encodeLeb } from "./layout.ts";
import { append, appendBytes, appendTo, type Reader } from "./reader.ts";

/** Bytes, of each number the lowest eight bits. */
export function put(reader: Reader, ...values: readonly number[]): void {
  appendBytes(reader, Uint8Array.from(values, (v) => v & 0xff), 0);
}

/** A text and a NUL. */
export function putText(reader: Reader, text: string): void {
  appendBytes(reader, bytesOf(`${text}\0`), 0);
}

export function uleb(value: number): Uint8Array {
  return encodeLeb(BigInt(value), false);
}

/** The address of a label. */
export function putAddress(reader: Reader, label: string, size: 4 | 8): void {
  append(reader, { kind: "value", size, expression: { constant: 0n, terms: [{ symbol: label, sign: 1 }] }, position: 0 }, 0);
}

/** How many bytes there are from one place to another. */
export function putDistance(reader: Reader, size: 4 | 8, from: Place, to: Place): void {
  const { endian } = reader.assembly;
  appendTo(reader.section, { kind: "late", encode: () => number(BigInt(to.offset - from.offset), size, endian) });
}

/** Four bytes that say how many follow, and these; `write` is given the place behind the four. */
export function withLength(reader: Reader, write: (start: Place) => void): void {
  const start: Place = { kind: "place", offset: 0 }, end: Place = { kind: "place", offset: 0 };
  putDistance(reader, 4, start, end);
  appendTo(reader.section, start);
  write(start);
  appendTo(reader.section, end);
}
