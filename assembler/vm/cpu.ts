/**
 * Registers, frames and the loop that runs a program.
 *
 * A program is a flat array of steps, one for an instruction: a function that does the instruction's work and gives the
 * index of the next step (execute.ts makes them). The loop counts steps and guards registers: one that was never
 * written, r1 to r5 after a call among them, must not be read at all; one that holds undefined bits of memory may be
 * moved and combined but must not decide (undefined.ts knows the rules). Both are rare, so the loop tests one mask.
 *
 * Each function runs in a frame with a stack of its own; r6 to r9 are the caller's again when it returns.
 */

import type { Instruction } from "../isa/instruction.ts";
import { Fault, addressOf, forget, lowBase } from "./memory.ts";
import type { Memory, Region } from "./memory.ts";
import { transferUndefined } from "./undefined.ts";
import { setBig, setNumber, toNumber, toSigned, toUnsigned } from "./words.ts";
import type { Halves } from "./words.ts";

/** Does the work of one instruction and gives the index of the next step, or `stop`. */
export type Run = (cpu: Cpu) => number;

export interface Step {
  readonly run: Run;
  /** Registers that the instruction reads and writes, as bit masks. */
  readonly reads: number;
  readonly writes: number;
  readonly instruction: Instruction;
  /** Where it stands: the function, and its slot in the section. */
  readonly function: string;
  readonly section: string;
  readonly slot: number;
}

/** The next step of a function that has been entered from outside and returns. */
export const stop = -1;

export interface Limits {
  /** Instructions in one run. */
  readonly steps: number;
  /** Bytes of stack in each frame; the kernel has 512. */
  readonly stack: number;
  /** Nested functions; the kernel has 8. */
  readonly frames: number;
  /** Turns that may_goto allows in one frame; the kernel has 8 Mi. */
  readonly turns: number;
  /** What the bytes of a new frame are; undefined: nothing that a program may depend on. */
  readonly fill: number | undefined;
}

/** r0 to r10, and r11. */
const registers = 12;

const argumentMask = 0b111110;
const savedMask = 0b1111000000;
const frameBit = 1 << 10;

interface Frame {
  readonly stack: Region;
  returnTo: number;
  /** may_goto turns that are left. */
  turns: number;
  /** r6 to r9 of the caller: values, undefined bits, and the caller's masks for them. */
  readonly saved: Int32Array;
  unwritten: number;
  undefined: number;
}

export class Cpu {
  readonly memory: Memory;
  readonly lo: Halves = new Int32Array(registers);
  readonly hi: Halves = new Int32Array(registers);
  readonly undefinedLo: Halves = new Int32Array(registers);
  readonly undefinedHi: Halves = new Int32Array(registers);
  /** Registers without a value, and registers with undefined bits. */
  unwritten = -1;
  undefined = 0;
  steps = 0;
  /** The step that runs, for messages. */
  pc = 0;
  depth = 0;
  readonly #limits: Limits;
  readonly #frames: Frame[] = [];
  readonly #program: readonly Step[];

  constructor(memory: Memory, program: readonly Step[], limits: Limits) {
    this.memory = memory;
    this.#program = program;
    this.#limits = limits;
  }

  /** Forgets all registers and frames, as before a run. */
  reset(): void {
    this.steps = 0;
    this.unwritten = -1;
    this.undefined = 0;
    while (this.depth > 0) this.#pop();
  }

  /**
   * Calls the function at a step with the arguments that stand in r1 to r5 and runs until it returns; r0 is the
   * result. Used for the program itself, and by helpers for callbacks.
   */
  invoke(entry: number): void {
    this.enter(entry, stop);
    const program = this.#program;
    const limit = this.#limits.steps;
    let pc = entry;
    while (pc !== stop) {
      const step = program[pc];
      this.pc = pc;
      if (this.steps++ >= limit) throw new Fault(`more than ${limit} steps`);
      if ((step.reads & (this.unwritten | this.undefined)) !== 0) {
        this.#careful(step);
      } else {
        this.unwritten &= ~step.writes;
        this.undefined &= ~step.writes;
      }
      pc = step.run(this);
    }
  }

  /** Makes the frame of a function whose arguments stand in r1 to r5. Gives `entry`, the step to go on with. */
  enter(entry: number, returnTo: number): number {
    if (this.depth >= this.#limits.frames) throw new Fault(`more than ${this.#limits.frames} nested functions`);
    let frame = this.#frames[this.depth];
    if (frame === undefined) {
      const stack = this.memory.allocate(`stack frame ${this.depth}`, new Uint8Array(this.#limits.stack), {
        aligned: true, undefined: this.#limits.fill === undefined,
      });
      frame = { stack, returnTo, turns: 0, saved: new Int32Array(16), unwritten: 0, undefined: 0 };
      this.#frames.push(frame);
    }
    frame.returnTo = returnTo;
    frame.turns = this.#limits.turns;
    frame.unwritten = this.unwritten & savedMask;
    frame.undefined = this.undefined & savedMask;
    for (let i = 0; i < 4; i++) {
      frame.saved[i] = this.lo[6 + i];
      frame.saved[4 + i] = this.hi[6 + i];
      frame.saved[8 + i] = this.undefinedLo[6 + i];
      frame.saved[12 + i] = this.undefinedHi[6 + i];
    }
    this.depth++;
    this.#freshFrame(frame);
    return entry;
  }

  /** Ends the function that runs, keeping r0. Gives the step to go on with, or `stop`. */
  leave(): number {
    const frame = this.#pop();
    for (let i = 0; i < 4; i++) {
      this.lo[6 + i] = frame.saved[i];
      this.hi[6 + i] = frame.saved[4 + i];
      this.undefinedLo[6 + i] = frame.saved[8 + i];
      this.undefinedHi[6 + i] = frame.saved[12 + i];
    }
    // r0 stays as it is, r6 to r9 are the caller's, r10 is valid while there is a frame.
    this.unwritten = this.unwritten & 1 | frame.unwritten | argumentMask | 1 << 11;
    this.undefined = this.undefined & 1 | frame.undefined;
    const caller = this.#frames[this.depth - 1];
    if (this.depth > 0) this.#setFramePointer(caller.stack);
    return frame.returnTo;
  }

  /** Starts another program in the place of the one that runs, as a tail call does; r1 stays. */
  replace(entry: number): number {
    const frame = this.#frames[this.depth - 1];
    this.unwritten |= argumentMask & ~2;
    this.#freshFrame(frame);
    return entry;
  }

  /** Counts one turn of may_goto in this frame. @returns whether there was one left. */
  takeTurn(): boolean {
    const frame = this.#frames[this.depth - 1];
    return frame.turns-- > 0;
  }

  /** After a call of a helper: r0 is its result, if it has one; r1 to r5 are gone. */
  returnFromHelper(result: number | bigint | undefined): void {
    this.unwritten |= argumentMask;
    if (result === undefined) {
      this.unwritten |= 1;
      return;
    }
    this.set(0, result);
  }

  /** Gives a register a value modulo 2^64. */
  set(register: number, value: number | bigint): void {
    if (typeof value === "bigint") setBig(this.lo, this.hi, register, value);
    else setNumber(this.lo, this.hi, register, value);
    this.unwritten &= ~(1 << register);
    this.undefined &= ~(1 << register);
  }

  /** Notes the undefined bits of a register that has just been written. */
  setUndefined(register: number, lo: number, hi: number): void {
    this.undefinedLo[register] = lo;
    this.undefinedHi[register] = hi;
    if ((lo | hi) === 0) this.undefined &= ~(1 << register);
    else this.undefined |= 1 << register;
  }

  /** A register as a signed number, exact below 2^53; every address is exact. @throws Fault if it has no value. */
  number(register: number): number {
    this.demand(register);
    return toNumber(this.lo[register], this.hi[register]);
  }

  /** The lower half of a register, signed: what a helper's `int` parameter sees. @throws Fault */
  int(register: number): number {
    this.demand(register);
    return this.lo[register];
  }

  /** The lower half of a register, unsigned: what a helper's `u32` parameter sees. @throws Fault */
  u32(register: number): number {
    this.demand(register);
    return this.lo[register] >>> 0;
  }

  /** A register, unsigned. @throws Fault */
  u64(register: number): bigint {
    this.demand(register);
    return toUnsigned(this.lo[register], this.hi[register]);
  }

  /** A register, signed. @throws Fault */
  s64(register: number): bigint {
    this.demand(register);
    return toSigned(this.lo[register], this.hi[register]);
  }

  /** @throws Fault unless the register has a value, all of whose bits are defined. */
  demand(register: number): void {
    const bit = 1 << register;
    if ((this.unwritten & bit) !== 0) throw new Fault(`r${register} is used and has no value`);
    if ((this.undefined & bit) !== 0) throw new Fault(`r${register} is used and holds memory that was never written`);
  }

  /** An instruction reads a register that is not wholly defined. */
  #careful(step: Step): void {
    const missing = step.reads & this.unwritten;
    if (missing !== 0) throw new Fault(`r${31 - Math.clz32(missing & -missing)} is read and has no value`);
    const dst = transferUndefined(step.instruction, this);
    this.unwritten &= ~step.writes;
    this.undefined &= ~step.writes;
    if (dst !== undefined) this.setUndefined(dst.register, dst.lo, dst.hi);
  }

  #freshFrame(frame: Frame): void {
    frame.stack.readable = true;
    frame.stack.writable = true;
    if (this.#limits.fill === undefined) forget(frame.stack);
    else frame.stack.bytes.fill(this.#limits.fill);
    this.unwritten |= 1 | savedMask | 1 << 11;
    this.#setFramePointer(frame.stack);
  }

  #setFramePointer(stack: Region): void {
    this.hi[10] = stack.high;
    this.lo[10] = lowBase + stack.end;
    this.unwritten &= ~frameBit;
    this.undefined &= ~frameBit;
  }

  #pop(): Frame {
    const frame = this.#frames[--this.depth];
    frame.stack.readable = false;
    frame.stack.writable = false;
    return frame;
  }

  /** The address of the current frame's lowest byte. */
  get stackAddress(): number {
    return addressOf(this.#frames[this.depth - 1].stack);
  }
}
