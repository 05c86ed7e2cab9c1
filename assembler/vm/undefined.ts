/**
 * What becomes of undefined bits: the rules of Valgrind's Memcheck for single bits.
 *
 * Asked only when an operand has undefined bits. Arithmetic spreads them upwards, bitwise operations keep them in place
 * and a constant operand can define them (`x & 0`), moves carry them along. Where a value decides, as the condition of
 * a branch or as an address, an undefined bit is an error unless the answer does not depend on it.
 */

import type { Alu, Branch, Instruction } from "../isa/instruction.ts";
import { unreachable } from "../unreachable.ts";
import type { Cpu } from "./cpu.ts";
import { Fault } from "./memory.ts";
import { arsh64, lsh64, rsh64, swapBytes } from "./words.ts";

/** The undefined bits that an instruction leaves in a register. */
export interface UndefinedResult { register: number; lo: number; hi: number }

/** A value with its undefined bits (`u...`). */
interface Bits { lo: number; hi: number; uLo: number; uHi: number }

function bitsOf(cpu: Cpu, register: number): Bits {
  const undefined = (cpu.undefined >> register & 1) !== 0;
  return {
    lo: cpu.lo[register], hi: cpu.hi[register],
    uLo: undefined ? cpu.undefinedLo[register] : 0, uHi: undefined ? cpu.undefinedHi[register] : 0,
  };
}

function operandBits(cpu: Cpu, src: Alu["src"]): Bits {
  return src.kind === "reg" ? bitsOf(cpu, src.reg) : { lo: src.value, hi: src.value >> 31, uLo: 0, uHi: 0 };
}

/**
 * The undefined bits of the register that the instruction is about to write; undefined if it writes none.
 * @throws Fault if an undefined bit decides something.
 */
export function transferUndefined(instruction: Instruction, cpu: Cpu): UndefinedResult | undefined {
  switch (instruction.op) {
    case "alu":
      return aluUndefined(instruction, cpu);
    case "neg": {
      const { uLo, uHi } = bitsOf(cpu, instruction.dst);
      return result(instruction.dst, instruction.width, smear(uLo, uHi));
    }
    case "movsx": {
      const { uLo } = bitsOf(cpu, instruction.src);
      const shift = 32 - instruction.bits;
      const lo = uLo << shift >> shift;
      return result(instruction.dst, instruction.width, [lo, lo >> 31]);
    }
    case "swap": {
      const { uLo, uHi } = bitsOf(cpu, instruction.dst);
      const swaps = instruction.order === "bswap"
        || (instruction.order === "le") !== cpu.memory.littleEndian;
      let lo = swaps ? swapBytes(instruction.bits === 64 ? uHi : uLo) : uLo;
      const hi = instruction.bits === 64 ? swaps ? swapBytes(uLo) : uHi : 0;
      if (instruction.bits === 16) lo = swaps ? lo >>> 16 : lo & 0xffff;
      return { register: instruction.dst, lo, hi };
    }
    case "addr_space_cast": {
      const { uLo, uHi } = bitsOf(cpu, instruction.src);
      return { register: instruction.dst, lo: uLo, hi: uHi };
    }
    case "store":
      demandDefined(cpu, instruction.base, "the address of a store");
      return undefined;
    case "branch":
      demandDecided(instruction, cpu);
      return undefined;
    case "load": case "load_acquire":
      demandDefined(cpu, instruction.base, "the address of a load");
      return undefined;
    case "store_release": case "atomic": case "ld_ind": case "ld_abs": case "callx": case "gotox":
      throw new Fault("an operand holds memory that was never written");
    case "ld_imm64": case "jump": case "may_goto": case "call": case "exit":
      return undefined;
    default:
      return unreachable(instruction);
  }
}

function result(register: number, width: 32 | 64, [lo, hi]: [number, number]): UndefinedResult {
  return { register, lo, hi: width === 64 ? hi : 0 };
}

/** All bits from the lowest undefined one upwards: where a carry can get to. */
function smear(uLo: number, uHi: number): [number, number] {
  if (uLo !== 0) return [-(uLo & -uLo), -1];
  return [0, -(uHi & -uHi)];
}

function aluUndefined(instruction: Alu, cpu: Cpu): UndefinedResult {
  const { alu, width, dst } = instruction;
  const a = bitsOf(cpu, dst);
  const b = operandBits(cpu, instruction.src);
  switch (alu) {
    case "mov":
      return result(dst, width, [b.uLo, b.uHi]);
    case "add": case "sub": case "mul":
      return result(dst, width, smear(a.uLo | b.uLo, width === 64 ? a.uHi | b.uHi : 0));
    case "and":
      // A defined 0 on either side defines the bit.
      return result(dst, width, [
        (a.uLo | b.uLo) & (a.lo | a.uLo) & (b.lo | b.uLo), (a.uHi | b.uHi) & (a.hi | a.uHi) & (b.hi | b.uHi),
      ]);
    case "or":
      // A defined 1 on either side defines the bit.
      return result(dst, width, [
        (a.uLo | b.uLo) & (~a.lo | a.uLo) & (~b.lo | b.uLo), (a.uHi | b.uHi) & (~a.hi | a.uHi) & (~b.hi | b.uHi),
      ]);
    case "xor":
      return result(dst, width, [a.uLo | b.uLo, a.uHi | b.uHi]);
    case "lsh": case "rsh": case "arsh":
      return shiftUndefined(alu, width, dst, a, b);
    case "div": case "sdiv": case "mod": case "smod":
      return result(dst, width, [-1, -1]);
    default:
      return unreachable(alu);
  }
}

function shiftUndefined(
  alu: "lsh" | "rsh" | "arsh", width: 32 | 64, dst: number, a: Bits, b: Bits,
): UndefinedResult {
  if ((b.uLo & width - 1) !== 0) return result(dst, width, [-1, -1]);
  const count = b.lo & width - 1;
  if (width === 32) {
    const lo = alu === "lsh" ? a.uLo << count : alu === "rsh" ? a.uLo >>> count : a.uLo >> count;
    return { register: dst, lo, hi: 0 };
  }
  const lo = Int32Array.of(a.uLo);
  const hi = Int32Array.of(a.uHi);
  (alu === "lsh" ? lsh64 : alu === "rsh" ? rsh64 : arsh64)(lo, hi, 0, count, 0);
  return { register: dst, lo: lo[0], hi: hi[0] };
}

function demandDefined(cpu: Cpu, register: number, what: string): void {
  if ((cpu.undefined >> register & 1) !== 0) throw new Fault(`${what} comes from memory that was never written`);
}

/** @throws Fault unless the defined bits of both operands settle the condition. */
function demandDecided(instruction: Branch, cpu: Cpu): void {
  const a = bitsOf(cpu, instruction.dst);
  const b = operandBits(cpu, instruction.src);
  const wide = instruction.width === 64;
  const uLo = a.uLo | b.uLo;
  const uHi = wide ? a.uHi | b.uHi : 0;
  if ((uLo | uHi) === 0) return;
  switch (instruction.cond) {
    case "eq": case "ne":
      // Bits that are defined and differ settle it.
      if (((a.lo ^ b.lo) & ~uLo) !== 0 || wide && ((a.hi ^ b.hi) & ~uHi) !== 0) return;
      break;
    case "set": {
      // One bit that is surely set settles it, and so do none that could be.
      if ((a.lo & b.lo & ~uLo) !== 0 || wide && (a.hi & b.hi & ~uHi) !== 0) return;
      const mayLo = (a.lo | a.uLo) & (b.lo | b.uLo);
      const mayHi = wide ? (a.hi | a.uHi) & (b.hi | b.uHi) : 0;
      if ((mayLo | mayHi) === 0) return;
      break;
    }
    case "gt": case "ge": case "lt": case "le": case "sgt": case "sge": case "slt": case "sle":
      break;
    default:
      unreachable(instruction.cond);
  }
  throw new Fault("a branch depends on memory that was never written");
}
