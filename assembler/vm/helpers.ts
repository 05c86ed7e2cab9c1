/**
 * The helpers that have nothing to do with packets, by their number in enum bpf_func_id: maps, memory, clocks, output,
 * callbacks. Results and their order of checks are the kernel's (kernel/bpf/helpers.c, kernel/trace/bpf_trace.c).
 */

import { addressOf, Fault } from "./memory.ts";
import { errno } from "./maps.ts";
import { packetHelpers } from "./packet-helpers.ts";
import { formatText } from "./printf.ts";
import type { Helper, Runtime } from "./runtime.ts";

/** The highest count of turns of bpf_loop (BPF_MAX_LOOPS). */
const maxLoops = 8n * 1024n * 1024n;

/** The helper with that number; undefined if the machine has none. */
export function findHelper(number: number): Helper | undefined {
  return helpers.get(number);
}

const mapLookup: Helper = (vm) => {
  const map = vm.mapAt(1);
  const key = vm.memory.span(vm.cpu.number(2), map.definition.keySize, "read");
  return map.lookupAddress(key, vm.environment.cpu);
};

const mapUpdate: Helper = (vm) => {
  const map = vm.mapAt(1);
  const key = vm.memory.span(vm.cpu.number(2), map.definition.keySize, "read");
  const value = vm.memory.span(vm.cpu.number(3), map.definition.valueSize, "read");
  return map.update(key, value, Number(vm.cpu.u64(4)), vm.environment.cpu);
};

const mapDelete: Helper = (vm) => {
  const map = vm.mapAt(1);
  return map.delete(vm.memory.span(vm.cpu.number(2), map.definition.keySize, "read"));
};

const mapLookupPercpu: Helper = (vm) => {
  const map = vm.mapAt(1);
  const cpu = vm.cpu.u32(3);
  if (cpu >= vm.environment.cpus) return 0;
  return map.lookupAddress(vm.memory.span(vm.cpu.number(2), map.definition.keySize, "read"), cpu);
};

const mapPush: Helper = (vm) => {
  const map = vm.mapAt(1);
  return map.push(vm.memory.span(vm.cpu.number(2), map.definition.valueSize, "read"), Number(vm.cpu.u64(3)));
};

const mapNext = (remove: boolean): Helper => (vm) => {
  const map = vm.mapAt(1);
  const to = vm.memory.span(vm.cpu.number(2), map.definition.valueSize, "write");
  const value = map.next(remove);
  if (value === undefined) {
    to.fill(0);
    return errno.ENOENT;
  }
  to.set(value);
  return 0;
};

/** A tail call goes on in the other program, or falls through when there is none. */
const tailCall: Helper = (vm) => {
  const map = vm.mapAt(2);
  const index = vm.cpu.u32(3);
  if (vm.cpu.number(1) === 0) throw new Fault("a tail call without the context");
  const key = new Uint8Array(4);
  new DataView(key.buffer).setUint32(0, index, vm.memory.littleEndian);
  const target = index < map.definition.maxEntries ? map.lookupTarget(key) : undefined;
  if (target === undefined || target.kind !== "program" || !vm.countTailCall()) return undefined;
  return { continueAt: vm.cpu.replace(target.entry) };
};

/** Where memory cannot be read: an address that is not the kernel's is refused, others fault. */
function probeError(vm: Runtime, kernel: boolean): number {
  return kernel && vm.cpu.s64(3) >= 0n ? errno.ERANGE : errno.EFAULT;
}

/** Copies from an address that need not be readable. */
const probeRead = (kernel: boolean): Helper => (vm) => {
  const size = vm.cpu.u32(2);
  const to = vm.memory.span(vm.cpu.number(1), size, "write");
  const from = tryRead(vm, 3, size);
  if (from === undefined) {
    to.fill(0);
    return probeError(vm, kernel);
  }
  to.set(from);
  return 0;
};

/** Copies a text of at most `size` bytes with its NUL, which is always put. @returns its length with the NUL. */
const probeReadText = (kernel: boolean): Helper => (vm) => {
  const size = vm.cpu.u32(2);
  const to = vm.memory.span(vm.cpu.number(1), size, "write");
  if (size === 0) return 0;
  const address = vm.cpu.number(3);
  for (let i = 0; i < size; i++) {
    let byte: number;
    try {
      byte = vm.memory.span(address + i, 1, "read")[0];
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      to.fill(0);
      return probeError(vm, kernel);
    }
    to[i] = i === size - 1 ? 0 : byte;
    if (byte === 0) return i + 1;
  }
  return size;
};

/** The bytes at the address in a register, or undefined if there are none. */
function tryRead(vm: Runtime, register: number, size: number): Uint8Array | undefined {
  try {
    return vm.memory.span(vm.cpu.number(register), size, "read").slice();
  } catch (error) {
    if (error instanceof Fault && (vm.cpu.unwritten >> register & 1) === 0) return undefined;
    throw error;
  }
}

const tracePrintk: Helper = (vm) => {
  const format = formatAt(vm, 1, vm.cpu.u32(2));
  if (format === undefined) return errno.EINVAL;
  return print(vm, format, 3, (index) => vm.cpu.u64(3 + index), (text) => {
    vm.trace.push(text);
    return text.length;
  });
};

const traceVprintk: Helper = (vm) => {
  const format = formatAt(vm, 1, vm.cpu.u32(2));
  const size = vm.cpu.u32(4);
  if (format === undefined || size % 8 !== 0 || size > 96) return errno.EINVAL;
  const data = vm.memory.span(vm.cpu.number(3), size, "read");
  return print(vm, format, size / 8, (index) => word(vm, data, index), (text) => {
    vm.trace.push(text);
    return text.length;
  });
};

const snprintf: Helper = (vm) => {
  const size = vm.cpu.u32(2);
  const dataSize = vm.cpu.u32(5);
  if (dataSize % 8 !== 0 || dataSize > 96) return errno.EINVAL;
  const to = vm.memory.span(vm.cpu.number(1), size, "write");
  const format = vm.memory.text(vm.cpu.number(3), 4096);
  const data = vm.memory.span(vm.cpu.number(4), dataSize, "read");
  return print(vm, format, dataSize / 8, (index) => word(vm, data, index), (text) => {
    for (let i = 0; i < size; i++) to[i] = i < text.length && i < size - 1 ? text.charCodeAt(i) : 0;
    return text.length + 1;
  });
};

/** A format of `size` bytes with its NUL; undefined if it has none. */
function formatAt(vm: Runtime, register: number, size: number): string | undefined {
  const bytes = vm.memory.span(vm.cpu.number(register), size, "read");
  const end = bytes.indexOf(0);
  return end === -1 ? undefined : String.fromCharCode(...bytes.subarray(0, end));
}

function word(vm: Runtime, data: Uint8Array, index: number): bigint {
  return new DataView(data.buffer, data.byteOffset, data.byteLength).getBigUint64(8 * index, vm.memory.littleEndian);
}

function print(
  vm: Runtime, format: string, count: number, unsigned: (index: number) => bigint, done: (text: string) => number,
): number {
  const address = (index: number): number => Number(BigInt.asIntN(64, unsigned(index)));
  const text = formatText(format, {
    count, unsigned,
    text: (index) => vm.memory.text(address(index), 512),
    bytes: (index, length) => vm.memory.span(address(index), length, "read"),
  });
  return text === undefined ? errno.EINVAL : done(text);
}

const currentComm: Helper = (vm) => {
  const size = vm.cpu.u32(2);
  const to = vm.memory.span(vm.cpu.number(1), size, "write");
  to.fill(0);
  for (let i = 0; i < Math.min(vm.environment.comm.length, size - 1, 15); i++) {
    to[i] = vm.environment.comm.charCodeAt(i);
  }
  return 0;
};

/** Calls a function of the program with the given arguments. @returns its r0. */
function callBack(vm: Runtime, entry: number, args: readonly (number | bigint)[]): bigint {
  args.forEach((value, index) => vm.cpu.set(1 + index, value));
  vm.cpu.invoke(entry);
  return vm.cpu.u64(0);
}

const loop: Helper = (vm) => {
  const turns = vm.cpu.u64(1) & 0xffffffffn;
  const entry = vm.codeAt(2);
  const context = vm.cpu.s64(3);
  if (vm.cpu.u64(4) !== 0n) return errno.EINVAL;
  // The verifier puts the loop in the place of the call, and its code sets 32 bits of the result.
  if (turns > maxLoops) return errno.E2BIG >>> 0;
  for (let i = 0n; i < turns; i++) {
    if (callBack(vm, entry, [i, context]) !== 0n) return i + 1n;
  }
  return turns;
};

const forEachMapElement: Helper = (vm) => {
  const map = vm.mapAt(1);
  const entry = vm.codeAt(2);
  const context = vm.cpu.s64(3);
  if (vm.cpu.u64(4) !== 0n) return errno.EINVAL;
  if (map.discipline !== "array" && map.discipline !== "hash" && map.discipline !== "lru") return errno.EINVAL;
  let count = 0;
  for (const key of map.keys()) {
    const value = map.lookupAddress(key, vm.environment.cpu);
    if (value === 0) continue;
    const region = vm.memory.allocate(`key of map ${map.definition.name}`, key.slice(), { writable: false });
    count++;
    const result = callBack(vm, entry, [addressOf(map.handle), addressOf(region), value, context]);
    vm.memory.free(region);
    if (result !== 0n) break;
  }
  return count;
};

const compareText: Helper = (vm) => {
  const size = vm.cpu.u32(2);
  const left = vm.memory.span(vm.cpu.number(1), size, "read");
  const right = vm.memory.text(vm.cpu.number(3), 4096);
  for (let i = 0; i < size; i++) {
    const difference = left[i] - (i < right.length ? right.charCodeAt(i) : 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
    if (left[i] === 0) return 0;
  }
  return 0;
};

/** Parses a number as __bpf_strtoull does: blanks, a sign, a prefix, digits. @returns the number of bytes taken. */
const parseNumber = (signed: boolean): Helper => (vm) => {
  const size = vm.cpu.u32(2);
  const bytes = vm.memory.span(vm.cpu.number(1), size, "read");
  const flags = vm.cpu.u64(3);
  const to = vm.memory.span(vm.cpu.number(4), 8, "write");
  to.fill(0);
  if (![0n, 8n, 10n, 16n].includes(flags) || size === 0) return errno.EINVAL;
  const text = String.fromCharCode(...bytes);
  const match = /^([ \t\n\v\f\r]*)(-?)/.exec(text);
  const start = match === null ? 0 : match[0].length;
  const negative = match !== null && match[2] === "-";
  if (negative && !signed) return errno.EINVAL;
  const rest = text.slice(start);
  let base = Number(flags);
  let prefix = 0;
  if (base === 0) base = /^0[xX][0-9a-fA-F]/.test(rest) ? 16 : rest.startsWith("0") ? 8 : 10;
  if (base === 16 && /^0[xX]/.test(rest)) prefix = 2;
  const digits = (base === 16 ? /^[0-9a-fA-F]*/ : base === 8 ? /^[0-7]*/ : /^[0-9]*/).exec(rest.slice(prefix));
  const found = digits === null ? "" : digits[0];
  if (found === "") return errno.EINVAL;
  const value = BigInt(`${base === 16 ? "0x" : base === 8 ? "0o" : ""}${found}`) * (negative ? -1n : 1n);
  const fits = signed ? BigInt.asIntN(64, value) === value : BigInt.asUintN(64, value) === value;
  if (!fits) return errno.ERANGE;
  new DataView(to.buffer, to.byteOffset, 8).setBigInt64(0, BigInt.asIntN(64, value), vm.memory.littleEndian);
  return start + prefix + found.length;
};

const ringbufOutput: Helper = (vm) => {
  const map = vm.mapAt(1);
  const size = Number(vm.cpu.u64(3));
  if ((vm.cpu.u64(4) & ~3n) !== 0n) return errno.EINVAL;
  if (size + 8 > map.definition.maxEntries) return errno.EAGAIN;
  const data = vm.memory.span(vm.cpu.number(2), size, "read").slice();
  vm.effects.push({ kind: "output", map: map.definition.name, data });
  return 0;
};

const ringbufReserve: Helper = (vm) => {
  const map = vm.mapAt(1);
  const size = Number(vm.cpu.u64(2));
  if (vm.cpu.u64(3) !== 0n || size + 8 > map.definition.maxEntries) return 0;
  const data = new Uint8Array(size);
  const region = vm.memory.allocate(`record of ring buffer ${map.definition.name}`, data, { undefined: true });
  const address = addressOf(region);
  vm.reserved.set(address, { map, data, free: () => vm.memory.free(region) });
  return address;
};

const ringbufEnd = (submit: boolean): Helper => (vm) => {
  const address = vm.cpu.number(1);
  const record = vm.reserved.get(address);
  if (record === undefined) throw new Fault("a ring-buffer record is given back that was not reserved");
  vm.reserved.delete(address);
  record.free();
  if (submit) vm.effects.push({ kind: "output", map: record.map.definition.name, data: record.data });
  return undefined;
};

const ringbufQuery: Helper = (vm) => {
  const map = vm.mapAt(1);
  return vm.cpu.u64(2) === 1n ? map.definition.maxEntries : 0;
};

const localStorage: Helper = (vm) => {
  const map = vm.mapAt(1);
  const key = new Uint8Array(map.definition.keySize);
  if (map.lookup(key) === undefined) map.update(key, new Uint8Array(map.definition.valueSize));
  return map.lookupAddress(key, vm.environment.cpu);
};

const helpers: ReadonlyMap<number, Helper> = new Map<number, Helper>([
  [1, mapLookup],
  [2, mapUpdate],
  [3, mapDelete],
  [4, probeRead(false)],
  [5, (vm) => vm.environment.clock()],
  [6, tracePrintk],
  [7, (vm) => vm.random()],
  [8, (vm) => vm.environment.cpu],
  [12, tailCall],
  [14, (vm) => vm.environment.pidTgid],
  [15, (vm) => vm.environment.uidGid],
  [16, currentComm],
  [37, (vm) => {
    const map = vm.mapAt(1);
    return vm.cpu.u32(2) >= map.definition.maxEntries ? errno.E2BIG : vm.environment.underCgroup ? 1 : 0;
  }],
  [42, () => 0],
  [45, probeReadText(false)],
  [80, (vm) => vm.environment.cgroupId],
  [81, localStorage],
  [87, mapPush],
  [88, mapNext(true)],
  [89, mapNext(false)],
  [93, () => undefined],
  [94, () => undefined],
  [105, parseNumber(true)],
  [106, parseNumber(false)],
  [112, probeRead(false)],
  [113, probeRead(true)],
  [114, probeReadText(false)],
  [115, probeReadText(true)],
  // 250 ticks a second, and the counter starts 5 minutes before its wrap (INITIAL_JIFFIES).
  [118, (vm) => 0xffffffff - 75000 + Number(vm.environment.clock() / 4000000n)],
  [125, (vm) => vm.environment.clock()],
  [130, ringbufOutput],
  [131, ringbufReserve],
  [132, ringbufEnd(true)],
  [133, ringbufEnd(false)],
  [134, ringbufQuery],
  [160, (vm) => vm.environment.clock()],
  [164, forEachMapElement],
  [165, snprintf],
  [177, traceVprintk],
  [181, loop],
  [182, compareText],
  [195, mapLookupPercpu],
  [208, (vm) => vm.environment.clock()],
  ...packetHelpers,
]);
