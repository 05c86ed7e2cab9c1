/**
 * A packet in the machine's memory: bytes with room before and behind them.
 *
 * Whatever moves or resizes the packet gives it a new region over the same buffer and takes the old one away. The
 * verifier forgets packet pointers at the same moments, so a program that still uses one has been compiled wrongly.
 */

import { addressOf } from "./memory.ts";
import type { Memory, Region } from "./memory.ts";

export class Packet {
  readonly #memory: Memory;
  #buffer: Uint8Array;
  #region: Region;
  /** Offset in the buffer of the metadata in front of the packet, of the packet, and of what is behind it. */
  #meta: number;
  #start: number;
  #end: number;

  constructor(memory: Memory, bytes: Uint8Array, headroom: number, tailroom: number) {
    this.#memory = memory;
    this.#buffer = new Uint8Array(headroom + bytes.length + tailroom);
    this.#buffer.set(bytes, headroom);
    this.#start = headroom;
    this.#meta = headroom;
    this.#end = headroom + bytes.length;
    this.#region = this.#place();
  }

  get length(): number {
    return this.#end - this.#start;
  }

  get metaLength(): number {
    return this.#start - this.#meta;
  }

  /** Bytes before the metadata, and behind the packet. */
  get headroom(): number {
    return this.#meta;
  }

  get tailroom(): number {
    return this.#buffer.length - this.#end;
  }

  /** The packet's bytes: a view that writes through. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** The metadata in front of the packet. */
  get meta(): Uint8Array {
    return this.#buffer.subarray(this.#meta, this.#start);
  }

  /** Bytes before the packet's start, `count` of them. */
  before(count: number): Uint8Array {
    return this.#buffer.subarray(this.#start - count, this.#start);
  }

  get data(): number {
    return addressOf(this.#region, this.#start);
  }

  get dataEnd(): number {
    return addressOf(this.#region, this.#end);
  }

  get dataMeta(): number {
    return addressOf(this.#region, this.#meta);
  }

  /** Moves the bounds: positive numbers move them towards the end. The metadata moves along with the start. */
  move(start: number, end: number): void {
    if (start !== 0) this.#buffer.copyWithin(this.#meta + start, this.#meta, this.#start);
    this.#meta += start;
    this.#start += start;
    this.#end += end;
    this.renew();
  }

  /** Sets the length of the metadata. */
  setMeta(length: number): void {
    this.#meta = this.#start - length;
    this.renew();
  }

  /** Puts `count` zeros at an offset of the packet; there is always room. */
  insert(offset: number, count: number): void {
    const old = this.bytes.slice();
    const buffer = new Uint8Array(this.#start + old.length + count + this.tailroom);
    buffer.set(this.#buffer.subarray(0, this.#start));
    buffer.set(old.subarray(0, offset), this.#start);
    buffer.set(old.subarray(offset), this.#start + offset + count);
    this.#buffer = buffer;
    this.#end += count;
    this.renew();
  }

  /** Takes `count` bytes at an offset out of the packet. */
  remove(offset: number, count: number): void {
    this.#buffer.copyWithin(this.#start + offset, this.#start + offset + count, this.#end);
    this.#buffer.fill(0, this.#end - count, this.#end);
    this.#end -= count;
    this.renew();
  }

  /** Gives the packet a new place in memory; pointers to the old one are stale. */
  renew(): void {
    this.#memory.free(this.#region);
    this.#region = this.#place();
  }

  /** Takes the packet out of memory. */
  free(): void {
    this.#memory.free(this.#region);
  }

  #place(): Region {
    const region = this.#memory.allocate("packet", this.#buffer);
    region.start = this.#meta;
    region.end = this.#end;
    return region;
  }
}
