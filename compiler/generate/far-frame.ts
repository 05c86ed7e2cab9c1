/**
 * Frames beyond the reach of an instruction's 16-bit offset: the far accesses get an address of their own.
 *
 * No kernel takes such a frame, but machines in user space may. A load makes the address in the register that it loads;
 * any other access in a register that holds nothing there. Where all hold something, one is saved for the time in the
 * frame's first word, which such a frame keeps free.
 */
import { alu, framePointer, imm, load, mov, reg, store } from "../../assembler/isa/instruction.ts";
import type { MachineBlock, MachineFunction, MachineInstruction, Reg } from "./machine.ts";
import { allocatable, forEachDef, forEachEndUse, forEachUse, targetsOf } from "./machine.ts";

/** Bytes below r10 that an offset reaches. */
export const frameReach = 1 << 15;

type Access = MachineInstruction & { readonly op: "load" | "store" | "atomic" | "load_acquire" | "store_release" };

/** Rewrites the accesses of a function whose slots have their places and whose registers are the machine's. */
export function reachFarSlots(fn: MachineFunction): void {
  const liveAtEnd = findLive(fn);
  for (const block of fn.blocks) {
    let live = endUses(block, liveAtEnd[block.id] ?? 0);
    const backwards: MachineInstruction[] = [];
    for (let index = block.code.length - 1; index >= 0; index--) {
      const i = block.code[index] as MachineInstruction;
      const after = live;
      live = before(i, live);
      if (isFar(i)) backwards.push(...reachSlot(fn, i, live | after).reverse());
      else backwards.push(i);
    }
    block.code = backwards.reverse();
  }
}

function isFar(i: MachineInstruction): i is Access {
  switch (i.op) {
    case "load": case "store": case "atomic": case "load_acquire": case "store_release":
      return i.base === framePointer && i.offset < -frameReach;
    default:
      return false;
  }
}

/** The access with its address made; `live` are the registers that hold something before or after it. */
function reachSlot(fn: MachineFunction, i: Access, live: number): MachineInstruction[] {
  const loc = i.loc ?? fn.loc;
  const through = (base: Reg): MachineInstruction[] => [
    { ...mov(64, base, reg(framePointer)), loc }, { ...alu("add", 64, base, imm(i.offset)), loc }, { ...i, base, offset: 0 },
  ];
  if (i.op === "load" || i.op === "load_acquire") return through(i.dst);
  for (let r = 0; r < allocatable; r++) if ((live >>> r & 1) === 0) return through(r);
  // Not the one that is stored; r0 is one of a compare-and-exchange.
  const stored = i.op !== "store" ? i.src : i.src.kind === "reg" ? i.src.reg : undefined;
  const borrowed = stored === 1 ? 2 : 1;
  return [
    { ...store(8, framePointer, -8, reg(borrowed)), loc }, ...through(borrowed), { ...load(8, borrowed, framePointer, -8), loc },
  ];
}

/** The registers that are needed at the end of each block by those that follow it, as bits. */
function findLive(fn: MachineFunction): number[] {
  const atEnd: number[] = [];
  const atStart: number[] = [];
  for (let changed = true; changed;) {
    changed = false;
    for (const block of [...fn.blocks].reverse()) {
      let live = 0;
      for (const target of targetsOf(block.end)) live |= atStart[target.id] ?? 0;
      atEnd[block.id] = live;
      live = endUses(block, live);
      for (let index = block.code.length - 1; index >= 0; index--) live = before(block.code[index] as MachineInstruction, live);
      changed ||= live !== atStart[block.id];
      atStart[block.id] = live;
    }
  }
  return atEnd;
}

function endUses(block: MachineBlock, live: number): number {
  let result = live;
  forEachEndUse(block.end, (r) => {
    result |= 1 << r;
  });
  return result;
}

/** What is live before an instruction, given what is live after it. */
function before(i: MachineInstruction, live: number): number {
  let result = live;
  forEachDef(i, (r) => {
    result &= ~(1 << r);
  });
  forEachUse(i, (r) => {
    result |= 1 << r;
  });
  return result;
}
