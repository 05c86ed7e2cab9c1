/**
 * The stack frame: gives each slot its place below r10, and puts offsets where slots were named.
 *
 * Slots that are never alive at the same time share bytes (slots.ts). The kernel gives 512 bytes to a chain of calls; a
 * frame that is larger is reported with what fills it, variable by variable.
 *
 * In a spread frame each scalar starts a word of 8 bytes of its own. The verifier follows what is known of a number
 * through memory only there (kernel/bpf/verifier.c: check_stack_write_fixed_off), and without optimisation every test
 * and every use of a variable reads it anew.
 */
import { alu, framePointer, imm, mov, reg } from "../../assembler/isa/instruction.ts";
import type { Diagnostics, Note } from "../source/diagnostic.ts";
import { frameReach, reachFarSlots } from "./far-frame.ts";
import type { FrameSlot, MachineFunction, MachineInstruction, Reg } from "./machine.ts";
import { slotOf } from "./machine.ts";
import { findSlotConflicts } from "./slots.ts";

/** The frame's size in bytes, and where each slot starts relative to r10; undefined for one that is not used. */
export interface Frame {
  readonly size: number;
  readonly places: readonly (number | undefined)[];
}

/** Rewrites the code for a frame. One over `limit` bytes is an error at the function. */
export function useFrame(fn: MachineFunction, frame: Frame, limit: number, diagnostics: Diagnostics): void {
  if (frame.size > limit) {
    diagnostics.error(fn.loc,
      `stack frame of '${fn.name}' takes ${frame.size} bytes, but a BPF program has ${limit}`, explain(fn, frame));
  }
  const offsetOf = (slot: number): number => {
    const place = frame.places[slot];
    if (place === undefined) throw new Error(`${fn.name}: slot ${slot} has no place`);
    return place;
  };
  for (const block of fn.blocks) {
    const code: MachineInstruction[] = [];
    for (const i of block.code) rewrite(i, offsetOf, code);
    block.code = code;
  }
  if (frame.size > frameReach) reachFarSlots(fn);
}

/** Gives the slots their places, with care up to several times `limit` bytes. */
export function layoutFrame(fn: MachineFunction, spread: boolean, limit: number): Frame {
  const { permanent, occurs, conflicts } = findSlotConflicts(fn, 8 * limit);
  const places: (number | undefined)[] = fn.slots.map(() => undefined);
  let size = 0;
  const order = fn.slots.map((_, slot) => slot).filter((slot) => occurs[slot] === 1);
  // Larger alignments first, so that little is lost to padding; among equals the source's order.
  const align = (slot: number): number => {
    const { info } = fn.slots[slot] as FrameSlot;
    return spread && info.size <= 8 ? 8 : Math.min(8, info.align);
  };
  // The kernel promises 8 only: what wants more comes first, where it has that from the start of a frame that is so
  // aligned.
  const wanted = (slot: number): number => Math.max(8, (fn.slots[slot] as FrameSlot).info.align);
  order.sort((a, b) =>
    (permanent[b] as number) - (permanent[a] as number) || align(b) - align(a) || wanted(b) - wanted(a) || a - b);
  let permanentSize = 0;
  for (const slot of order) {
    const bytes = Math.max(1, (fn.slots[slot] as FrameSlot).info.size);
    if (permanent[slot] === 1) {
      permanentSize = roundUp(permanentSize + bytes, align(slot));
      places[slot] = -permanentSize;
    } else {
      const taken: { from: number; until: number }[] = [];
      for (const other of conflicts[slot] as ReadonlySet<number>) {
        const place = places[other];
        if (place === undefined) continue;
        taken.push({ from: -place - Math.max(1, (fn.slots[other] as FrameSlot).info.size), until: -place });
      }
      taken.sort((a, b) => a.from - b.from);
      let depth = permanentSize;
      for (const { from, until } of taken) {
        if (roundUp(depth + bytes, align(slot)) <= from) break;
        depth = Math.max(depth, until);
      }
      places[slot] = -roundUp(depth + bytes, align(slot));
    }
    size = Math.max(size, -(places[slot] as number));
  }
  size = roundUp(size, 8);
  if (size <= frameReach) return { size, places };
  // The first word stays free: see far-frame.ts.
  return { size: size + 8, places: places.map((place) => (place === undefined ? undefined : place - 8)) };
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

function explain(fn: MachineFunction, frame: Frame): Note[] {
  const notes: Note[] = [];
  let registers = 0;
  let temporaries = 0;
  for (const [slot, { info, loc, spill }] of fn.slots.entries()) {
    if (frame.places[slot] === undefined) continue;
    if (spill) registers += info.size;
    else if (info.temporary) temporaries += info.size;
    else notes.push({ place: loc, message: `'${info.name}' takes ${info.size} bytes` });
  }
  if (temporaries > 0) notes.push({ place: fn.loc, message: `temporaries take ${temporaries} bytes` });
  if (registers > 0) notes.push({ place: fn.loc, message: `saved registers take ${registers} bytes` });
  return notes;
}

/** The instruction with its slots replaced by r10 and an offset. */
function rewrite(i: MachineInstruction, offsetOf: (slot: number) => number, code: MachineInstruction[]): void {
  switch (i.op) {
    case "lifetime": case "touch": return;
    case "frame": {
      const offset = offsetOf(i.slot) + i.offset;
      code.push({ ...mov(64, i.dst, reg(framePointer)), loc: i.loc });
      if (offset !== 0) code.push({ ...alu("add", 64, i.dst, imm(offset)), loc: i.loc });
      return;
    }
    case "load": case "store": case "atomic": case "load_acquire": case "store_release":
      code.push(i.base < 0 ? { ...i, base: framePointer, offset: i.offset + offsetOf(slotOf(i.base)) } : i);
      return;
    case "asm": {
      const numbers = i.registers.map((r: Reg, index) =>
        (i.numbers[index] ?? 0n) + (r < 0 ? BigInt(offsetOf(slotOf(r))) : 0n));
      code.push({ ...i, registers: i.registers.map((r) => (r < 0 ? framePointer : r)), numbers });
      return;
    }
    default:
      code.push(i);
  }
}
