/**
 * The few functions of a C library that test programs call, as kernel functions of the virtual machine, so that objects
 * of any compiler run alike: the end of the program, strings, memory, and output that goes nowhere.
 *
 * They work byte by byte through the machine's memory: bounds are checked, and bytes that nobody has written stay so.
 */
import { addressOf, Fault } from "../../assembler/vm/memory.ts";
import type { Helper, Runtime } from "../../assembler/vm/runtime.ts";

/** Thrown by exit() and abort(): the program is at its end, with that status. */
export class Ended extends Error {
  readonly status: number | "aborted";

  constructor(status: number | "aborted") {
    super(`the program has ended: ${status}`);
    this.status = status;
  }
}

/** The functions by name, with a heap of their own for one machine. */
export function libraryFunctions(): Map<string, Helper> {
  const sizes = new Map<number, number>();
  const allocate = (vm: Runtime, size: number, zeroed: boolean): number => {
    if (size < 0 || size > maxBlock) return 0;
    const region = vm.memory.allocate("heap block", new Uint8Array(size), { undefined: !zeroed });
    sizes.set(addressOf(region), size);
    return addressOf(region);
  };
  const end = (status: number | "aborted"): never => {
    throw new Ended(status);
  };
  const library: Readonly<Record<string, Helper>> = {
    abort: () => end("aborted"),
    exit: (vm) => end(vm.cpu.int(1) & 0xff),
    _Exit: (vm) => end(vm.cpu.int(1) & 0xff),
    malloc: (vm) => allocate(vm, vm.cpu.number(1), false),
    calloc: (vm) => allocate(vm, vm.cpu.number(1) * vm.cpu.number(2), true),
    realloc: (vm) => {
      const [from, size] = [vm.cpu.number(1), vm.cpu.number(2)];
      const to = allocate(vm, size, false);
      copy(vm, to, from, Math.min(size, sizes.get(from) ?? 0));
      return to;
    },
    free: () => undefined,
    memcpy: (vm) => copy(vm, vm.cpu.number(1), vm.cpu.number(2), vm.cpu.number(3)),
    memmove: (vm) => copy(vm, vm.cpu.number(1), vm.cpu.number(2), vm.cpu.number(3)),
    mempcpy: (vm) => copy(vm, vm.cpu.number(1), vm.cpu.number(2), vm.cpu.number(3)) + vm.cpu.number(3),
    memset: (vm) => {
      const [to, size] = [vm.cpu.number(1), vm.cpu.number(3)];
      vm.memory.span(to, size, "write").fill(vm.cpu.int(2));
      return to;
    },
    bzero: (vm) => {
      vm.memory.span(vm.cpu.number(1), vm.cpu.number(2), "write").fill(0);
      return undefined;
    },
    memcmp: (vm) => compare(vm, vm.cpu.number(3), false),
    bcmp: (vm) => compare(vm, vm.cpu.number(3), false),
    memchr: (vm) => find(vm, vm.cpu.number(1), vm.cpu.int(2) & 0xff, vm.cpu.number(3), false),
    strcmp: (vm) => compare(vm, Infinity, true),
    strncmp: (vm) => compare(vm, vm.cpu.number(3), true),
    strlen: (vm) => textLength(vm, vm.cpu.number(1)),
    strnlen: (vm) => textLength(vm, vm.cpu.number(1), vm.cpu.number(2)),
    strchr: (vm) => find(vm, vm.cpu.number(1), vm.cpu.int(2) & 0xff, Infinity, true),
    index: (vm) => find(vm, vm.cpu.number(1), vm.cpu.int(2) & 0xff, Infinity, true),
    strrchr: (vm) => {
      let found = 0;
      for (let at = vm.cpu.number(1); ; at++) {
        const byte = byteAt(vm, at);
        if (byte === (vm.cpu.int(2) & 0xff)) found = at;
        if (byte === 0) return found;
      }
    },
    strcpy: (vm) => copy(vm, vm.cpu.number(1), vm.cpu.number(2), textLength(vm, vm.cpu.number(2)) + 1),
    stpcpy: (vm) => {
      const length = textLength(vm, vm.cpu.number(2));
      return copy(vm, vm.cpu.number(1), vm.cpu.number(2), length + 1) + length;
    },
    strncpy: (vm) => {
      const [to, from, size] = [vm.cpu.number(1), vm.cpu.number(2), vm.cpu.number(3)];
      const length = textLength(vm, from, size);
      copy(vm, to, from, length);
      vm.memory.span(to + length, size - length, "write").fill(0);
      return to;
    },
    strcat: (vm) => {
      const [to, from] = [vm.cpu.number(1), vm.cpu.number(2)];
      copy(vm, to + textLength(vm, to), from, textLength(vm, from) + 1);
      return to;
    },
    abs: (vm) => Math.abs(vm.cpu.int(1)) | 0,
    labs: (vm) => BigInt.asUintN(64, vm.cpu.s64(1) < 0n ? -vm.cpu.s64(1) : vm.cpu.s64(1)),
    sprintf: (vm) => {
      const text = format(vm, vm.memory.text(vm.cpu.number(2), maxBlock));
      vm.memory.span(vm.cpu.number(1), text.length + 1, "write").set([...text, "\0"].map((char) => char.charCodeAt(0)));
      return text.length;
    },
    printf: () => 0, fprintf: () => 0, puts: () => 0, putchar: () => 0, fputs: () => 0, fflush: () => 0,
  };
  return new Map(Object.entries(library));
}

/**
 * The text that sprintf makes of its arguments in registers: integers, characters and texts, as C11 7.21.6.1 has them.
 */
function format(vm: Runtime, pattern: string): string {
  let register = 3;
  return pattern.replace(/%([-0]*)(\d*)(?:\.(\d+))?(hh|h|ll|l|z)?([diuxXocs%])/g, (_all, ...parts: (string | undefined)[]) => {
    const [flags = "", width = "", precision, length = "", conversion] = parts;
    if (conversion === "%") return "%";
    if (register > 5) throw new Fault("sprintf gets more arguments than registers hold");
    const at = register++;
    const bits = length === "l" || length === "ll" || length === "z" ? 64 : length === "h" ? 16 : length === "hh" ? 8 : 32;
    const value = vm.cpu.u64(at);
    let text: string;
    switch (conversion) {
      case "d": case "i": text = BigInt.asIntN(bits, value).toString(); break;
      case "u": text = BigInt.asUintN(bits, value).toString(); break;
      case "o": text = BigInt.asUintN(bits, value).toString(8); break;
      case "x": text = BigInt.asUintN(bits, value).toString(16); break;
      case "X": text = BigInt.asUintN(bits, value).toString(16).toUpperCase(); break;
      case "c": text = String.fromCharCode(Number(value & 0xffn)); break;
      default: text = vm.memory.text(vm.cpu.number(at), precision === undefined ? maxBlock : Number(precision));
    }
    const wanted = Number(width);
    if (flags.includes("-")) return text.padEnd(wanted);
    return text.padStart(wanted, flags.includes("0") && precision === undefined ? "0" : " ");
  });
}

/** Bytes that one block of the heap may have. */
const maxBlock = 1 << 24;

function byteAt(vm: Runtime, address: number): number {
  return vm.memory.span(address, 1, "read")[0] ?? 0;
}

/** Copies bytes that may overlap, with what is undefined in them. @returns `to` */
function copy(vm: Runtime, to: number, from: number, size: number): number {
  const { memory } = vm;
  const backward = to > from;
  for (let i = 0; i < size; i++) {
    const at = backward ? size - 1 - i : i;
    memory.load(...halves(from + at), 0, 1);
    memory.store(...halves(to + at), 0, 1, memory.lo, 0, memory.undefinedLo, 0);
  }
  return to;
}

function halves(address: number): [number, number] {
  const high = Math.floor(address / 0x100000000);
  return [high, address - high * 0x100000000 | 0];
}

/** Compares what r1 and r2 point to, at most `size` bytes; of texts, up to their end. */
function compare(vm: Runtime, size: number, texts: boolean): number {
  const [left, right] = [vm.cpu.number(1), vm.cpu.number(2)];
  for (let i = 0; i < size; i++) {
    const [a, b] = [byteAt(vm, left + i), byteAt(vm, right + i)];
    if (a !== b) return a < b ? -1 : 1;
    if (texts && a === 0) return 0;
  }
  return 0;
}

function find(vm: Runtime, address: number, wanted: number, size: number, text: boolean): number {
  for (let i = 0; i < size; i++) {
    const byte = byteAt(vm, address + i);
    if (byte === wanted) return address + i;
    if (text && byte === 0) return 0;
  }
  return 0;
}

function textLength(vm: Runtime, address: number, most = Infinity): number {
  let length = 0;
  while (length < most && byteAt(vm, address + length) !== 0) {
    length++;
    if (length > maxBlock) throw new Fault("a text has no end");
  }
  return length;
}
