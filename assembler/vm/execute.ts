/**
 * Instruction -> the function that does its work.
 *
 * The meaning of every instruction stands here once; a new one in the instruction table fails to type-check until it
 * has its case. Jumps, calls and addresses have been resolved by load.ts, which hands in a `Place` to ask for them.
 *
 * Source of the semantics: RFC 9669 and kernel/bpf/core.c (___bpf_prog_run).
 */

import type {
  Alu, AluOp, Atomic, Branch, ByteSwap, Condition, Instruction, Load, LoadImmediate64, MoveSigned, Store, Width,
} from "../isa/instruction.ts";
import { unreachable } from "../unreachable.ts";
import type { Cpu, Run } from "./cpu.ts";
import { Fault } from "./memory.ts";
import * as words from "./words.ts";
import type { Binary } from "./words.ts";

/** What is known of the place of an instruction: where its ways lead. */
export interface Place {
  /** The step behind the instruction. */
  readonly next: number;
  /** The step at a displacement in slots from the next instruction. */
  jump(displacement: number): number;
  /** The step of the function that a call goes to. */
  callee(): number;
  /** What a call of a helper or kernel function does; its result goes into r0. */
  external(): (cpu: Cpu) => void | number;
  /** The address that a 64-bit immediate stands for. */
  address(instruction: LoadImmediate64): bigint;
  /** The step that an address of code means. @throws Fault */
  codeAt(cpu: Cpu, register: number): number;
  /** Reads packet bytes for ld_abs and ld_ind: the value, or undefined outside of the packet. */
  packetBytes(cpu: Cpu, offset: number, size: 1 | 2 | 4): number | undefined;
}

const bit = (register: number): number => 1 << register;

/** Registers that an instruction reads, as a mask. Calls read their arguments by themselves. */
export function readMask(instruction: Instruction): number {
  switch (instruction.op) {
    case "alu": {
      const src = instruction.src.kind === "reg" ? bit(instruction.src.reg) : 0;
      // `x ^ x` and `x - x` define a register that has no value only for the kernel's eyes closed: it refuses them.
      return instruction.alu === "mov" ? src : src | bit(instruction.dst);
    }
    case "neg": case "swap":
      return bit(instruction.dst);
    case "movsx": case "addr_space_cast":
      return bit(instruction.src);
    case "load": case "load_acquire":
      return bit(instruction.base);
    case "store":
      return bit(instruction.base) | (instruction.src.kind === "reg" ? bit(instruction.src.reg) : 0);
    case "store_release":
      return bit(instruction.base) | bit(instruction.src);
    case "atomic":
      return bit(instruction.base) | bit(instruction.src) | (instruction.atomic === "cmpxchg" ? 1 : 0);
    case "ld_abs":
      return bit(6);
    case "ld_ind":
      return bit(6) | bit(instruction.src);
    case "branch":
      return bit(instruction.dst) | (instruction.src.kind === "reg" ? bit(instruction.src.reg) : 0);
    case "callx": case "gotox":
      return bit(instruction.reg);
    case "ld_imm64": case "jump": case "may_goto": case "call": case "exit":
      return 0;
    default:
      return unreachable(instruction);
  }
}

/** Registers that an instruction writes with a defined value, as a mask. */
export function writeMask(instruction: Instruction): number {
  switch (instruction.op) {
    case "alu": case "neg": case "swap": case "movsx": case "addr_space_cast": case "load": case "load_acquire":
    case "ld_imm64":
      return bit(instruction.dst);
    case "atomic":
      return !instruction.fetch ? 0 : instruction.atomic === "cmpxchg" ? 1 : bit(instruction.src);
    case "ld_abs": case "ld_ind":
      return 1;
    case "store": case "store_release": case "jump": case "branch": case "may_goto": case "call": case "callx":
    case "gotox": case "exit":
      return 0;
    default:
      return unreachable(instruction);
  }
}

/** The function that does the work of an instruction at a place. */
export function translate(instruction: Instruction, place: Place): Run {
  const next = place.next;
  switch (instruction.op) {
    case "alu":
      return translateAlu(instruction, next);
    case "neg":
      return translateNeg(instruction.width, instruction.dst, next);
    case "movsx":
      return translateMoveSigned(instruction, next);
    case "swap":
      return translateSwap(instruction, next);
    case "addr_space_cast": {
      // All memory is in one space here, so both casts keep the address; a null pointer stays one.
      const { dst, src } = instruction;
      return (cpu) => {
        cpu.lo[dst] = cpu.lo[src];
        cpu.hi[dst] = cpu.hi[src];
        return next;
      };
    }
    case "ld_imm64": {
      const value = place.address(instruction);
      const lo = Number(BigInt.asIntN(32, value));
      const hi = Number(BigInt.asIntN(32, value >> 32n));
      const { dst } = instruction;
      return (cpu) => {
        cpu.lo[dst] = lo;
        cpu.hi[dst] = hi;
        return next;
      };
    }
    case "load":
      return translateLoad(instruction, next);
    case "load_acquire": {
      const { size, dst, base, offset } = instruction;
      return translateLoad({ op: "load", signed: false, size, dst, base, offset }, next);
    }
    case "store":
      return translateStore(instruction, next);
    case "store_release": {
      const { size, base, offset, src } = instruction;
      return translateStore({ op: "store", size, base, offset, src: { kind: "reg", reg: src } }, next);
    }
    case "atomic":
      return translateAtomic(instruction, next);
    case "ld_abs": case "ld_ind": {
      const { size, index } = instruction;
      const src = instruction.op === "ld_ind" ? instruction.src : undefined;
      return (cpu) => {
        // The offset is 32 bits wide, and r1 to r5 do not survive, as with a call.
        const offset = src === undefined ? index : cpu.lo[src] + index | 0;
        const value = place.packetBytes(cpu, offset, size);
        cpu.returnFromHelper(value ?? 0);
        return value === undefined ? cpu.leave() : next;
      };
    }
    case "jump": {
      const target = place.jump(numeric(instruction.target));
      return () => target;
    }
    case "branch":
      return translateBranch(instruction, place.jump(numeric(instruction.target)), next);
    case "may_goto": {
      const target = place.jump(numeric(instruction.target));
      return (cpu) => cpu.takeTurn() ? next : target;
    }
    case "call": {
      if (instruction.call === "local") {
        const callee = place.callee();
        return (cpu) => cpu.enter(callee, next);
      }
      const external = place.external();
      return (cpu) => external(cpu) ?? next;
    }
    case "callx": {
      const { reg } = instruction;
      return (cpu) => cpu.enter(place.codeAt(cpu, reg), next);
    }
    case "gotox": {
      const { reg } = instruction;
      return (cpu) => place.codeAt(cpu, reg);
    }
    case "exit":
      return (cpu) => cpu.leave();
    default:
      return unreachable(instruction);
  }
}

function numeric(target: number | string): number {
  if (typeof target === "string") throw new Error(`a jump to the label ${target} got to the machine`);
  return target;
}

const binary64: { readonly [op in AluOp]: Binary } = {
  add: words.add64, sub: words.sub64, mul: words.mul64, div: words.div64, sdiv: words.sdiv64, mod: words.mod64,
  smod: words.smod64, or: words.or64, and: words.and64, xor: words.xor64, lsh: words.lsh64, rsh: words.rsh64,
  arsh: words.arsh64, mov: words.mov64,
};

const binary32: { readonly [op in AluOp]: Binary } = {
  add: words.add32, sub: words.sub32, mul: words.mul32, div: words.div32, sdiv: words.sdiv32, mod: words.mod32,
  smod: words.smod32, or: words.or32, and: words.and32, xor: words.xor32, lsh: words.lsh32, rsh: words.rsh32,
  arsh: words.arsh32, mov: words.mov32,
};

function translateAlu({ alu, width, dst, src }: Alu, next: number): Run {
  const operation = (width === 64 ? binary64 : binary32)[alu];
  if (src.kind === "imm") {
    const lo = src.value;
    const hi = src.value >> 31;
    return (cpu) => {
      operation(cpu.lo, cpu.hi, dst, lo, hi);
      return next;
    };
  }
  const s = src.reg;
  return (cpu) => {
    operation(cpu.lo, cpu.hi, dst, cpu.lo[s], cpu.hi[s]);
    return next;
  };
}

function translateNeg(width: Width, dst: number, next: number): Run {
  if (width === 32) {
    return (cpu) => {
      cpu.lo[dst] = -cpu.lo[dst];
      cpu.hi[dst] = 0;
      return next;
    };
  }
  return (cpu) => {
    const lo = cpu.lo[dst];
    cpu.lo[dst] = -lo;
    cpu.hi[dst] = lo === 0 ? -cpu.hi[dst] : ~cpu.hi[dst];
    return next;
  };
}

function translateMoveSigned({ width, bits, dst, src }: MoveSigned, next: number): Run {
  const shift = 32 - bits;
  return (cpu) => {
    const lo = cpu.lo[src] << shift >> shift;
    cpu.lo[dst] = lo;
    cpu.hi[dst] = width === 64 ? lo >> 31 : 0;
    return next;
  };
}

function translateSwap({ order, bits, dst }: ByteSwap, next: number): Run {
  return (cpu) => {
    const swaps = order === "bswap" || (order === "le") !== cpu.memory.littleEndian;
    const lo = cpu.lo[dst];
    const hi = cpu.hi[dst];
    if (bits === 64) {
      if (swaps) {
        cpu.lo[dst] = words.swapBytes(hi);
        cpu.hi[dst] = words.swapBytes(lo);
      }
      return next;
    }
    const swapped = swaps ? words.swapBytes(lo) : lo;
    cpu.lo[dst] = bits === 32 ? swapped : swaps ? swapped >>> 16 : swapped & 0xffff;
    cpu.hi[dst] = 0;
    return next;
  };
}

function translateLoad({ size, signed, dst, base, offset }: Load, next: number): Run {
  const shift = 32 - 8 * Math.min(size, 4);
  return (cpu) => {
    const memory = cpu.memory;
    memory.load(cpu.hi[base], cpu.lo[base], offset, size);
    const undefinedLo = memory.undefinedLo;
    if (signed) {
      const lo = memory.lo << shift >> shift;
      cpu.lo[dst] = lo;
      cpu.hi[dst] = lo >> 31;
      if (undefinedLo !== 0) {
        const bits = undefinedLo << shift >> shift;
        cpu.setUndefined(dst, bits, bits >> 31);
      }
    } else {
      cpu.lo[dst] = memory.lo;
      cpu.hi[dst] = memory.hi;
      if ((undefinedLo | memory.undefinedHi) !== 0) cpu.setUndefined(dst, undefinedLo, memory.undefinedHi);
    }
    return next;
  };
}

function translateStore({ size, base, offset, src }: Store, next: number): Run {
  if (src.kind === "imm") {
    const lo = src.value;
    const hi = src.value >> 31;
    return (cpu) => {
      cpu.memory.store(cpu.hi[base], cpu.lo[base], offset, size, lo, hi);
      return next;
    };
  }
  const s = src.reg;
  return (cpu) => {
    if ((cpu.undefined >> s & 1) !== 0) {
      const { undefinedLo, undefinedHi } = cpu;
      cpu.memory.store(
        cpu.hi[base], cpu.lo[base], offset, size, cpu.lo[s], cpu.hi[s], undefinedLo[s], undefinedHi[s],
      );
    } else {
      cpu.memory.store(cpu.hi[base], cpu.lo[base], offset, size, cpu.lo[s], cpu.hi[s]);
    }
    return next;
  };
}

/** Nothing runs at the same time here, so an atomic operation is a load, an operation and a store. */
function translateAtomic({ atomic, fetch, size, base, offset, src }: Atomic, next: number): Run {
  const lo = new Int32Array(1);
  const hi = new Int32Array(1);
  const operation = atomic === "add" ? words.add64 : atomic === "or" ? words.or64 : atomic === "and" ? words.and64
    : atomic === "xor" ? words.xor64 : words.mov64;
  return (cpu) => {
    const memory = cpu.memory;
    if (((cpu.lo[base] + offset) & size - 1) !== 0) throw new Fault("an atomic operation on an unaligned address");
    const highAddress = cpu.hi[base];
    const lowAddress = cpu.lo[base];
    memory.load(highAddress, lowAddress, offset, size);
    if ((memory.undefinedLo | memory.undefinedHi) !== 0) {
      throw new Fault("an atomic operation on memory that was never written");
    }
    const oldLo = memory.lo;
    const oldHi = memory.hi;
    const wide = size === 8;
    const stores = atomic !== "cmpxchg" || (oldLo === cpu.lo[0] && (!wide || oldHi === cpu.hi[0]));
    lo[0] = oldLo;
    hi[0] = oldHi;
    operation(lo, hi, 0, cpu.lo[src], cpu.hi[src]);
    if (stores) memory.store(highAddress, lowAddress, offset, size, lo[0], hi[0]);
    else memory.store(highAddress, lowAddress, offset, size, oldLo, oldHi);
    if (fetch) {
      const result = atomic === "cmpxchg" ? 0 : src;
      cpu.lo[result] = oldLo;
      cpu.hi[result] = oldHi;
    }
    return next;
  };
}

/** A condition on the halves of both operands; with 32 bits the high halves are 0 (or the sign) already. */
type Test = (aLo: number, aHi: number, bLo: number, bHi: number) => boolean;

const tests: { readonly [cond in Condition]: Test } = {
  eq: (aLo, aHi, bLo, bHi) => aLo === bLo && aHi === bHi,
  ne: (aLo, aHi, bLo, bHi) => aLo !== bLo || aHi !== bHi,
  gt: (aLo, aHi, bLo, bHi) => words.lessUnsigned(bLo, bHi, aLo, aHi),
  ge: (aLo, aHi, bLo, bHi) => !words.lessUnsigned(aLo, aHi, bLo, bHi),
  lt: (aLo, aHi, bLo, bHi) => words.lessUnsigned(aLo, aHi, bLo, bHi),
  le: (aLo, aHi, bLo, bHi) => !words.lessUnsigned(bLo, bHi, aLo, aHi),
  sgt: (aLo, aHi, bLo, bHi) => words.lessSigned(bLo, bHi, aLo, aHi),
  sge: (aLo, aHi, bLo, bHi) => !words.lessSigned(aLo, aHi, bLo, bHi),
  slt: (aLo, aHi, bLo, bHi) => words.lessSigned(aLo, aHi, bLo, bHi),
  sle: (aLo, aHi, bLo, bHi) => !words.lessSigned(bLo, bHi, aLo, aHi),
  set: (aLo, aHi, bLo, bHi) => (aLo & bLo | aHi & bHi) !== 0,
};

function translateBranch({ cond, width, dst, src }: Branch, target: number, next: number): Run {
  const test = tests[cond];
  if (src.kind === "imm") {
    const lo = src.value;
    const hi = src.value >> 31;
    if (width === 64) return (cpu) => test(cpu.lo[dst], cpu.hi[dst], lo, hi) ? target : next;
    return (cpu) => test(cpu.lo[dst], cpu.lo[dst] >> 31, lo, hi) ? target : next;
  }
  const s = src.reg;
  if (width === 64) return (cpu) => test(cpu.lo[dst], cpu.hi[dst], cpu.lo[s], cpu.hi[s]) ? target : next;
  return (cpu) => test(cpu.lo[dst], cpu.lo[dst] >> 31, cpu.lo[s], cpu.lo[s] >> 31) ? target : next;
}
