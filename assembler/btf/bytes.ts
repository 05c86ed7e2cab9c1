/**
 * Bytes in either byte order: a writer that grows, a reader that checks every access against its bounds.
 */

import { BtfError } from "./types.ts";

/** A growing buffer of integers in one byte order. */
export class ByteWriter {
  readonly littleEndian: boolean;
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(littleEndian: boolean) {
    this.littleEndian = littleEndian;
    this.#bytes = new Uint8Array(256);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Bytes written so far: the offset of the next write. */
  get length(): number {
    return this.#length;
  }

  u8(value: number): void {
    const at = this.#grow(1);
    this.#view.setUint8(at, value);
  }

  u16(value: number): void {
    const at = this.#grow(2);
    this.#view.setUint16(at, value, this.littleEndian);
  }

  u32(value: number): void {
    const at = this.#grow(4);
    this.#view.setUint32(at, value, this.littleEndian);
  }

  bytes(bytes: Uint8Array): void {
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** Overwrites the 32-bit value at `offset`. */
  patch32(offset: number, value: number): void {
    this.#view.setUint32(offset, value, this.littleEndian);
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Makes room for `count` bytes, maybe in a new buffer, and gives the offset where they go. */
  #grow(count: number): number {
    const offset = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const bytes = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length));
      bytes.set(this.#bytes);
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer);
    }
    return offset;
  }
}

/** A cursor over a range of bytes. Every read past the end is a `BtfError` that names `what`. */
export class ByteReader {
  readonly littleEndian: boolean;
  readonly end: number;
  offset: number;
  readonly #view: DataView;
  readonly #what: string;

  constructor(bytes: Uint8Array, littleEndian: boolean, start: number, end: number, what: string) {
    if (start > end || end > bytes.length) {
      throw new BtfError(`${what} spans bytes ${start} to ${end} of ${bytes.length}`);
    }
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.littleEndian = littleEndian;
    this.offset = start;
    this.end = end;
    this.#what = what;
  }

  get left(): number {
    return this.end - this.offset;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), this.littleEndian);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), this.littleEndian);
  }

  i32(): number {
    return this.#view.getInt32(this.#take(4), this.littleEndian);
  }

  skip(count: number): void {
    this.#take(count);
  }

  #take(count: number): number {
    const offset = this.offset;
    if (count > this.end - offset) throw new BtfError(`${this.#what} ends inside of an entry, at byte ${this.end}`);
    this.offset = offset + count;
    return offset;
  }
}
