/**
 * The address space of the machine: regions of bytes, far apart, each with its bounds and permissions.
 *
 * A pointer is a 64-bit number as in the kernel, with the top bit set. Its upper half tells the region, its lower half
 * the place in it: byte 0 of every region has the lower half `lowBase`, so that a pointer that strays a little before
 * or behind its region is still known to be meant for it, and the message says so. Read as a signed number an address
 * is above -2^53, so a JavaScript number holds it exactly.
 *
 * Memory that nobody has written yet is undefined, bit by bit (`undefinedBits`, as Valgrind's Memcheck does): a program
 * may copy it about, padding of structs for example, but an undefined bit must not decide anything. cpu.ts tracks the
 * bits on their way through the registers.
 */

/** What stops a program; `Machine` adds the place where it happened. */
export class Fault extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Fault";
  }
}

/**
 * A region whose fields are not plain bytes: the context of a program, as the kernel's access rewriting presents it.
 * Both functions throw `Fault` for an access that the verifier refuses. Values go through `Memory.lo` and `Memory.hi`.
 */
export interface Device {
  read(offset: number, size: number, memory: Memory): void;
  write(offset: number, size: number, lo: number, hi: number): void;
}

export interface Region {
  /** What it is, for messages: "stack of main", "value of map counters". */
  readonly name: string;
  /** The upper half of its addresses, signed. */
  readonly high: number;
  bytes: Uint8Array;
  view: DataView;
  /** The part of `bytes` that may be touched. */
  start: number;
  end: number;
  readable: boolean;
  writable: boolean;
  /** Accesses have to be aligned to their size, as the verifier demands of stack and context. */
  readonly aligned: boolean;
  /** A one for each bit of `bytes` that is undefined; undefined when all is defined. */
  undefinedBits: Uint8Array | undefined;
  undefinedView: DataView | undefined;
  readonly device: Device | undefined;
}

export interface RegionOptions {
  readonly readable?: boolean;
  readonly writable?: boolean;
  readonly aligned?: boolean;
  readonly undefined?: boolean;
  readonly device?: Device;
}

/** The lower half of the address of byte 0 in every region. */
export const lowBase = 0x10000;

/** The upper half of the first region's addresses: the lowest at which an address is an exact JavaScript number. */
const firstHigh = -0x200000;

const maxRegions = 0x1ffff0;

export class Memory {
  readonly littleEndian: boolean;
  /** The value that `load` has read, and its undefined bits. */
  lo = 0;
  hi = 0;
  undefinedLo = 0;
  undefinedHi = 0;
  /** Index: upper half - firstHigh. A freed region leaves a hole, which is not used again before `recycle`. */
  readonly #regions: (Region | undefined)[] = [];
  #free: number[] = [];
  #freed: number[] = [];

  constructor(littleEndian: boolean) {
    this.littleEndian = littleEndian;
  }

  /** A new region of the given bytes, readable and writable unless the options say otherwise. */
  allocate(name: string, bytes: Uint8Array, options: RegionOptions = {}): Region {
    const index = this.#free.pop() ?? this.#regions.length;
    if (index >= maxRegions) throw new Fault(`out of address space: more than ${maxRegions} regions`);
    const region: Region = {
      name, high: firstHigh + index, bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      start: 0, end: bytes.length, readable: options.readable ?? true, writable: options.writable ?? true,
      aligned: options.aligned ?? false, undefinedBits: undefined, undefinedView: undefined, device: options.device,
    };
    if (options.undefined === true) forget(region);
    this.#regions[index] = region;
    return region;
  }

  /** Takes a region away. Its addresses stay unused until `recycle`, so that stale pointers to it are found. */
  free(region: Region): void {
    const index = region.high - firstHigh;
    if (this.#regions[index] !== region) return;
    this.#regions[index] = undefined;
    this.#freed.push(index);
  }

  /** Makes the addresses of freed regions available again; to be called between runs. */
  recycle(): void {
    this.#free.push(...this.#freed.splice(0));
  }

  /** The region of an address by its upper half. */
  regionAt(high: number): Region | undefined {
    return this.#regions[high - firstHigh];
  }

  /**
   * Reads `size` bytes at the address + `offset`, zero-extended, into `lo`, `hi`, `undefinedLo` and `undefinedHi`.
   * @throws Fault
   */
  load(high: number, low: number, offset: number, size: number): void {
    const region = this.#check(high, low, offset, size, false);
    this.#checkAlignment(region, size);
    const at = this.#offset;
    if (region.device !== undefined) {
      region.device.read(at, size, this);
      return;
    }
    this.#get(region.view, at, size);
    if (region.undefinedView === undefined) {
      this.undefinedLo = 0;
      this.undefinedHi = 0;
    } else {
      const { lo, hi } = this;
      this.#get(region.undefinedView, at, size);
      this.undefinedLo = this.lo;
      this.undefinedHi = this.hi;
      this.lo = lo;
      this.hi = hi;
    }
  }

  /** Writes the lowest `size` bytes of hi:lo. `undefinedLo` and `undefinedHi` are the undefined bits. @throws Fault */
  store(
    high: number, low: number, offset: number, size: number, lo: number, hi: number, undefinedLo = 0, undefinedHi = 0,
  ): void {
    const region = this.#check(high, low, offset, size, true);
    this.#checkAlignment(region, size);
    const at = this.#offset;
    if (region.device !== undefined) {
      if ((undefinedLo | undefinedHi) !== 0) throw new Fault(`undefined bits are written to ${region.name}`);
      region.device.write(at, size, lo, hi);
      return;
    }
    this.#set(region.view, at, size, lo, hi);
    if (region.undefinedView === undefined) {
      if ((undefinedLo | undefinedHi) === 0) return;
      track(region);
    }
    if (region.undefinedView !== undefined) this.#set(region.undefinedView, at, size, undefinedLo, undefinedHi);
  }

  /**
   * The bytes at an address that a helper reads or writes as a whole: a view, not a copy.
   * Reading demands that all bits are defined; writing makes them so.
   * @throws Fault
   */
  span(address: number, length: number, access: "read" | "write"): Uint8Array {
    if (length === 0) return new Uint8Array(0);
    const high = Math.floor(address / 0x100000000);
    const region = this.#check(high, address - high * 0x100000000 | 0, 0, length, access === "write");
    const at = this.#offset;
    if (region.device !== undefined) throw new Fault(`a helper gets ${region.name} as plain memory`);
    if (region.undefinedBits !== undefined) {
      if (access === "write") {
        region.undefinedBits.fill(0, at, at + length);
      } else {
        const bad = region.undefinedBits.subarray(at, at + length).findIndex((bits) => bits !== 0);
        if (bad !== -1) {
          throw new Fault(`a helper reads ${length} bytes of ${region.name}, of which byte ${bad} is not initialized`);
        }
      }
    }
    return region.bytes.subarray(at, at + length);
  }

  /** The text at an address up to its NUL, at most `length` bytes. @throws Fault */
  text(address: number, length: number): string {
    let end = 0;
    while (end < length && this.span(address + end, 1, "read")[0] !== 0) end++;
    return new TextDecoder("latin1").decode(this.span(address, end, "read"));
  }

  /** The offset in the region that `#check` has found last. */
  #offset = 0;

  /** The region of an access, which is inside of its bounds and allowed; sets `#offset`. */
  #check(high: number, low: number, offset: number, size: number, write: boolean): Region {
    let place = (low >>> 0) + offset;
    if (place < 0) {
      high--;
      place += 0x100000000;
    } else if (place > 0xffffffff) {
      high++;
      place -= 0x100000000;
    }
    const region = this.#regions[high - firstHigh];
    if (region === undefined) throw new Fault(strayAccess(high, place, size, write));
    const at = place - lowBase;
    if (at < region.start || at + size > region.end) {
      const bounds = region.end <= region.start ? "which has no bytes" : `bytes ${region.start} to ${region.end - 1}`;
      throw new Fault(`${size} bytes at offset ${at} are outside of ${region.name} (${bounds})`);
    }
    if (write ? !region.writable : !region.readable) {
      throw new Fault(`${region.name} may not be ${write ? "written" : "read"}`);
    }
    this.#offset = at;
    return region;
  }

  #checkAlignment(region: Region, size: number): void {
    if (region.aligned && this.#offset % size !== 0) {
      throw new Fault(`${size} bytes at offset ${this.#offset} of ${region.name} are not aligned`);
    }
  }

  #get(view: DataView, at: number, size: number): void {
    this.hi = 0;
    switch (size) {
      case 1: this.lo = view.getUint8(at); return;
      case 2: this.lo = view.getUint16(at, this.littleEndian); return;
      case 4: this.lo = view.getInt32(at, this.littleEndian); return;
      default:
        this.lo = view.getInt32(this.littleEndian ? at : at + 4, this.littleEndian);
        this.hi = view.getInt32(this.littleEndian ? at + 4 : at, this.littleEndian);
    }
  }

  #set(view: DataView, at: number, size: number, lo: number, hi: number): void {
    switch (size) {
      case 1: view.setUint8(at, lo); return;
      case 2: view.setUint16(at, lo, this.littleEndian); return;
      case 4: view.setInt32(at, lo, this.littleEndian); return;
      default:
        view.setInt32(this.littleEndian ? at : at + 4, lo, this.littleEndian);
        view.setInt32(this.littleEndian ? at + 4 : at, hi, this.littleEndian);
    }
  }
}

/** The address of a byte of a region as a number. */
export function addressOf(region: Region, offset = 0): number {
  return region.high * 0x100000000 + lowBase + offset;
}

/** Makes every bit of a region undefined, as a new stack frame is. */
export function forget(region: Region): void {
  track(region);
  region.undefinedBits?.fill(0xff);
}

/** Gives a region a record of its undefined bits, all of them defined so far. */
function track(region: Region): void {
  if (region.undefinedBits !== undefined) return;
  region.undefinedBits = new Uint8Array(region.bytes.length);
  region.undefinedView = new DataView(region.undefinedBits.buffer);
}

function strayAccess(high: number, low: number, size: number, write: boolean): string {
  const address = (BigInt.asUintN(32, BigInt(high)) << 32n | BigInt(low)).toString(16);
  const what = `${write ? "write" : "read"} of ${size} bytes at 0x${address}`;
  if (high === 0 && low < 0x10000) return `${what}: a null pointer`;
  return `${what}: no memory is there`;
}
