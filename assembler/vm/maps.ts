/**
 * The maps of the kernel, as far as a program and its user can tell: what a lookup finds, what an update or a deletion
 * answers. Error codes and their order are those of kernel/bpf/{arraymap,hashtab,lpm_trie,queue_stack_maps}.c.
 *
 * A value that a program looks up is a region of its own, so that running off its end is found even if another value
 * lies behind it. Values of per-cpu maps have one region for each cpu; a program sees the one of its cpu.
 */

import { addressOf } from "./memory.ts";
import type { Memory, Region } from "./memory.ts";

/** Negative error codes (include/uapi/asm-generic/errno-base.h). */
export const errno = {
  ENOENT: -2, E2BIG: -7, EAGAIN: -11, ENOMEM: -12, EACCES: -13, EFAULT: -14, EEXIST: -17, EINVAL: -22, ENOSPC: -28,
  ERANGE: -34, ENOTSUPP: -524,
} as const;

/** The map types of enum bpf_map_type, by number (include/uapi/linux/bpf.h). */
export const mapTypes = [
  "unspec", "hash", "array", "prog_array", "perf_event_array", "percpu_hash", "percpu_array", "stack_trace",
  "cgroup_array", "lru_hash", "lru_percpu_hash", "lpm_trie", "array_of_maps", "hash_of_maps", "devmap", "sockmap",
  "cpumap", "xskmap", "sockhash", "cgroup_storage", "reuseport_sockarray", "percpu_cgroup_storage", "queue", "stack",
  "sk_storage", "devmap_hash", "struct_ops", "ringbuf", "inode_storage", "task_storage", "bloom_filter",
  "user_ringbuf", "cgrp_storage", "arena",
] as const;

export type MapType = typeof mapTypes[number];

export interface MapDefinition {
  readonly name: string;
  readonly type: MapType;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  readonly flags: number;
}

/** Flags of an update. */
export const updateFlags = { any: 0, noexist: 1, exist: 2 } as const;

/** Map flags that matter here (BPF_F_...). */
const mapFlags = { rdonlyProg: 1 << 7, wronlyProg: 1 << 8 };

/** What a slot of a map of maps, programs or devices holds instead of bytes. */
export type Target =
  | { readonly kind: "map"; readonly map: BpfMap }
  | { readonly kind: "program"; readonly name: string; readonly entry: number };

/** A slot: its key, and the values, one for each cpu where the map is per-cpu. */
interface Slot {
  readonly key: Uint8Array;
  readonly values: Uint8Array[];
  /** The regions of the values, made when a program asks for them. */
  readonly regions: (Region | undefined)[];
  target: Target | undefined;
}

/** How a map finds its slots. */
type Discipline = "array" | "hash" | "lru" | "trie" | "queue" | "stack" | "ring" | "none";

const disciplines: { readonly [type in MapType]: Discipline } = {
  unspec: "none", hash: "hash", array: "array", prog_array: "array", perf_event_array: "array", percpu_hash: "hash",
  percpu_array: "array", stack_trace: "hash", cgroup_array: "array", lru_hash: "lru", lru_percpu_hash: "lru",
  lpm_trie: "trie", array_of_maps: "array", hash_of_maps: "hash", devmap: "array", sockmap: "array", cpumap: "array",
  xskmap: "array", sockhash: "hash", cgroup_storage: "hash", reuseport_sockarray: "array",
  percpu_cgroup_storage: "hash", queue: "queue", stack: "stack", sk_storage: "hash", devmap_hash: "hash",
  struct_ops: "none", ringbuf: "ring", inode_storage: "hash", task_storage: "hash", bloom_filter: "none",
  user_ringbuf: "none", cgrp_storage: "hash", arena: "none",
};

export class BpfMap {
  readonly definition: MapDefinition;
  /** The region whose address stands for the map in a program. It has no bytes. */
  readonly handle: Region;
  readonly perCpu: boolean;
  readonly discipline: Discipline;
  readonly #memory: Memory;
  readonly #cpus: number;
  readonly #slots = new Map<string | number, Slot>();
  /** Values of queues and stacks, oldest first. */
  readonly #queue: Uint8Array[] = [];
  /** Regions of values that are gone; they stay readable until the run ends, as under RCU. */
  #retired: Region[] = [];

  constructor(memory: Memory, definition: MapDefinition, cpus: number) {
    this.definition = definition;
    this.#memory = memory;
    this.perCpu = definition.type.includes("percpu");
    this.discipline = disciplines[definition.type];
    this.#cpus = this.perCpu ? cpus : 1;
    this.handle = memory.allocate(`map ${definition.name}`, new Uint8Array(0), { readable: false, writable: false });
  }

  /** The values of a data section are the section's own bytes. */
  adopt(region: Region): void {
    this.#slots.set(0, { key: this.#arrayKey(0), values: [region.bytes], regions: [region], target: undefined });
  }

  /** The address of the value of a key for a program on a cpu; 0 if there is none. */
  lookupAddress(key: Uint8Array, cpu: number): number {
    const slot = this.#find(key);
    if (slot === undefined) return 0;
    if (slot.target !== undefined) return slot.target.kind === "map" ? addressOf(slot.target.map.handle) : 0;
    if (this.definition.type === "array_of_maps") return 0;
    const index = this.perCpu ? cpu : 0;
    let region = slot.regions[index];
    if (region === undefined) {
      region = this.#memory.allocate(`value of map ${this.definition.name}`, slot.values[index], {
        readable: (this.definition.flags & mapFlags.wronlyProg) === 0,
        writable: (this.definition.flags & mapFlags.rdonlyProg) === 0,
      });
      slot.regions[index] = region;
    }
    return addressOf(region);
  }

  /** What the slot of a key holds instead of bytes, if anything. */
  lookupTarget(key: Uint8Array): Target | undefined {
    return this.#find(key)?.target;
  }

  /** The bytes of a key's value: one array for each cpu, or one. Undefined if there is no such key. */
  lookup(key: Uint8Array): readonly Uint8Array[] | undefined {
    return this.#find(key)?.values;
  }

  /**
   * Sets the value of a key. A program on `cpu` sets the value of that cpu; without one, as a user program, all of
   * them are set.
   * @returns 0 or a negative error code.
   */
  update(key: Uint8Array, value: Uint8Array, flags = 0, cpu?: number): number {
    switch (this.discipline) {
      case "array":
        if (flags > updateFlags.exist) return errno.EINVAL;
        if (this.#index(key) >= this.definition.maxEntries) return errno.E2BIG;
        if (flags === updateFlags.noexist) return errno.EEXIST;
        break;
      case "hash": case "lru": case "trie": {
        if (flags > updateFlags.exist) return errno.EINVAL;
        if (this.discipline === "trie" && this.#prefix(key) > 8 * (key.length - 4)) return errno.EINVAL;
        const known = this.#slots.has(this.#slotKey(key));
        if (known && flags === updateFlags.noexist) return errno.EEXIST;
        if (!known && flags === updateFlags.exist) return errno.ENOENT;
        if (!known && this.#slots.size >= this.definition.maxEntries) {
          if (this.discipline !== "lru") return this.discipline === "trie" ? errno.ENOSPC : errno.E2BIG;
          const oldest = this.#slots.keys().next();
          if (oldest.done !== true) this.#drop(oldest.value);
        }
        break;
      }
      case "queue": case "stack": case "ring": case "none":
        return errno.EINVAL;
    }
    const slot = this.#slotFor(key);
    slot.values.forEach((bytes, index) => {
      if (cpu === undefined || !this.perCpu || index === cpu) bytes.set(value);
    });
    return 0;
  }

  /** Puts a map or program into a slot. @returns 0 or a negative error code. */
  setTarget(key: Uint8Array, target: Target): number {
    if (this.discipline === "array" && this.#index(key) >= this.definition.maxEntries) return errno.E2BIG;
    this.#slotFor(key).target = target;
    return 0;
  }

  /** Removes a key. @returns 0 or a negative error code. */
  delete(key: Uint8Array): number {
    switch (this.discipline) {
      case "array": {
        // Maps of bytes cannot lose a slot; maps of programs, devices and the like can.
        if (this.definition.type === "array" || this.definition.type === "percpu_array") return errno.EINVAL;
        if (this.#index(key) >= this.definition.maxEntries) return errno.E2BIG;
        return this.#drop(this.#slotKey(key)) ? 0 : errno.ENOENT;
      }
      case "hash": case "lru": case "trie":
        return this.#drop(this.#slotKey(key)) ? 0 : errno.ENOENT;
      case "queue": case "stack": case "ring": case "none":
        return errno.EINVAL;
    }
  }

  /** Adds a value to a queue or stack. @returns 0 or a negative error code. */
  push(value: Uint8Array, flags: number): number {
    if (this.discipline !== "queue" && this.discipline !== "stack") return errno.EINVAL;
    if (flags !== 0 && flags !== updateFlags.exist) return errno.EINVAL;
    if (this.#queue.length >= this.definition.maxEntries) {
      if (flags !== updateFlags.exist) return errno.E2BIG;
      this.#queue.shift();
    }
    this.#queue.push(value.slice());
    return 0;
  }

  /** The next value of a queue or stack, which `remove` takes away; undefined when it is empty. */
  next(remove: boolean): Uint8Array | undefined {
    const value = this.discipline === "queue" ? this.#queue[0] : this.#queue.at(-1);
    if (remove && value !== undefined) {
      if (this.discipline === "queue") this.#queue.shift();
      else this.#queue.pop();
    }
    return value;
  }

  /** All keys with their values, those of arrays in full and in order. */
  *entries(): Generator<{ key: Uint8Array; values: readonly Uint8Array[]; target: Target | undefined }> {
    if (this.definition.type === "array" || this.definition.type === "percpu_array") {
      for (let index = 0; index < this.definition.maxEntries; index++) yield this.#slotFor(this.#arrayKey(index));
      return;
    }
    yield* [...this.#slots.values()];
  }

  /** The keys that a program's walk over the map sees at this moment. */
  keys(): Uint8Array[] {
    return [...this.entries()].map(({ key }) => key);
  }

  /** Lets go of the regions of removed values; to be called between runs. */
  release(): void {
    for (const region of this.#retired) this.#memory.free(region);
    this.#retired = [];
  }

  #find(key: Uint8Array): Slot | undefined {
    if (this.discipline === "trie") return this.#longestPrefix(key);
    if (this.discipline === "array") {
      const index = this.#index(key);
      if (index >= this.definition.maxEntries) return undefined;
      // Slots of bytes exist from the start.
      if (this.definition.type === "array" || this.definition.type === "percpu_array") return this.#slotFor(key);
      return this.#slots.get(index);
    }
    const slotKey = this.#slotKey(key);
    const slot = this.#slots.get(slotKey);
    if (slot !== undefined && this.discipline === "lru") {
      this.#slots.delete(slotKey);
      this.#slots.set(slotKey, slot);
    }
    return slot;
  }

  #slotFor(key: Uint8Array): Slot {
    const slotKey = this.#slotKey(key);
    let slot = this.#slots.get(slotKey);
    if (slot === undefined) {
      const values = Array.from({ length: this.#cpus }, () => new Uint8Array(this.definition.valueSize));
      slot = { key: key.slice(), values, regions: [], target: undefined };
      this.#slots.set(slotKey, slot);
    }
    return slot;
  }

  #drop(slotKey: string | number): boolean {
    const slot = this.#slots.get(slotKey);
    if (slot === undefined) return false;
    for (const region of slot.regions) if (region !== undefined) this.#retired.push(region);
    return this.#slots.delete(slotKey);
  }

  #slotKey(key: Uint8Array): string | number {
    if (this.discipline === "array") return this.#index(key);
    if (this.discipline === "trie") return this.#prefixKey(key, this.#prefix(key));
    return String.fromCharCode(...key);
  }

  #index(key: Uint8Array): number {
    return new DataView(key.buffer, key.byteOffset, key.byteLength).getUint32(0, this.#memory.littleEndian);
  }

  #arrayKey(index: number): Uint8Array {
    const key = new Uint8Array(4);
    new DataView(key.buffer).setUint32(0, index, this.#memory.littleEndian);
    return key;
  }

  /** The prefix length of a trie's key: its first 4 bytes. */
  #prefix(key: Uint8Array): number {
    return this.#index(key);
  }

  /** The first `length` bits behind the prefix length, as a text that names the slot. */
  #prefixKey(key: Uint8Array, length: number): string {
    const bytes = key.slice(4, 4 + Math.ceil(length / 8));
    if (length % 8 !== 0) bytes[bytes.length - 1] &= 0xff00 >> length % 8;
    return `${length}:${String.fromCharCode(...bytes)}`;
  }

  #longestPrefix(key: Uint8Array): Slot | undefined {
    for (let length = Math.min(this.#prefix(key), 8 * (key.length - 4)); length >= 0; length--) {
      const slot = this.#slots.get(this.#prefixKey(key, length));
      if (slot !== undefined) return slot;
    }
    return undefined;
  }
}
