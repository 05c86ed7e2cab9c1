/**
 * Register allocation: machine code on virtual registers -> on r0 to r9 and the stack.
 *
 * Rounds of: liveness, interference, colouring with coalescing; what finds no register is split and spilled, and the
 * next round has shorter lives to place. Crowds that no machine could hold are thinned out first (pressure.ts). Pieces
 * are split at most twice, so the rounds end. Then registers are put in, and parallel copies become moves.
 */
import { load, mov, reg, store } from "../../assembler/isa/instruction.ts";
import type { Diagnostics } from "../source/diagnostic.ts";
import { color } from "./color.ts";
import type { Coloring } from "./color.ts";
import { buildInterference } from "./interference.ts";
import type { Liveness } from "./liveness.ts";
import { findLiveness, findLoopDepths } from "./liveness.ts";
import type { MachineBlock, MachineFunction, MachineInstruction, Reg } from "./machine.ts";
import { allocatable, firstVirtual, forEachDef, forEachEndUse, forEachUse, mapEnd, mapRegisters, newSlot, slotBase }
  from "./machine.ts";
import { sequentialize } from "./moves.ts";
import { findCrowded } from "./pressure.ts";
import { dropRedundantMoves } from "./redundant.ts";
import { findRemakable, levelOf, makeSpillState, spill } from "./spill.ts";

/** More rounds than any function needs: each splits what the one before left without a register. */
const maxRounds = 64;

export function allocate(fn: MachineFunction, diagnostics: Diagnostics): void {
  findLoopDepths(fn);
  const state = makeSpillState();
  for (let round = 0; round < maxRounds; round++) {
    const liveness = findLiveness(fn);
    const crowded = findCrowded(fn, liveness, state);
    if (crowded.length > 0) {
      // Pieces for stretches of code would be as crowded again.
      for (const r of crowded) state.level[r] = 1;
      const alias = Int32Array.from({ length: fn.nextRegister }, (_, r) => r);
      findRemakable(fn, state, alias);
      spill(fn, state, crowded, alias);
      continue;
    }
    const graph = buildInterference(fn, liveness);
    for (let r = firstVirtual; r < fn.nextRegister; r++) if (levelOf(state, r) >= 2) graph.cost[r] = Infinity;
    const coloring = color(graph);
    const stuck = coloring.spilled.filter((r) => levelOf(state, r) >= 2);
    if (stuck.length > 0) {
      // Only inline assembly can ask for more registers at one place than there are.
      const asm = fn.blocks.flatMap((block) => block.code).find((i) => i.op === "asm");
      if (asm === undefined) throw new Error(`${fn.name}: no register for a single use`);
      diagnostics.error(asm.loc ?? fn.loc, "asm statement needs more registers than there are");
      for (const r of stuck) coloring.color[r] = 0;
      assign(fn, coloring, liveness);
      return;
    }
    if (coloring.spilled.length === 0) {
      assign(fn, coloring, liveness);
      dropRedundantMoves(fn);
      return;
    }
    findRemakable(fn, state, coloring.alias);
    spill(fn, state, coloring.spilled, coloring.alias);
  }
  throw new Error(`${fn.name}: register allocation does not end`);
}

/** Puts the machine registers in and takes the parallel copies apart. */
function assign(fn: MachineFunction, coloring: Coloring, liveness: Liveness): void {
  const machine = (r: Reg): Reg => {
    if (r < firstVirtual) return r;
    const found = coloring.color[r] as number;
    // Registers that are never written hold anything.
    return found < 0 ? 0 : found;
  };
  for (const block of fn.blocks) {
    let live = 0;
    liveness.forEachLiveOut(block.id, (r) => {
      live |= 1 << machine(r);
    });
    block.end = mapEnd(block.end, machine);
    forEachEndUse(block.end, (r) => {
      live |= 1 << r;
    });
    assignBlock(fn, block, live, machine);
  }
}

function assignBlock(fn: MachineFunction, block: MachineBlock, liveOut: number, machine: (r: Reg) => Reg): void {
  let live = liveOut;
  const backwards: MachineInstruction[] = [];
  for (let index = block.code.length - 1; index >= 0; index--) {
    const i = mapRegisters(block.code[index] as MachineInstruction, machine);
    if (i.op === "copies") backwards.push(...sequence(fn, i, live).reverse());
    else backwards.push(i);
    forEachDef(i, (r) => {
      live &= ~(1 << r);
    });
    forEachUse(i, (r) => {
      live |= 1 << r;
    });
  }
  block.code = backwards.reverse();
}

/** The moves one after the other; `live` are the registers that are needed afterwards. */
function sequence(fn: MachineFunction, i: MachineInstruction & { readonly op: "copies" }, live: number):
  MachineInstruction[] {
  const { loc } = i;
  let slot = -1;
  const base = (): Reg => {
    if (slot < 0) {
      const info = { name: "", size: 8, align: 8, temporary: true };
      slot = newSlot(fn, { info, loc: fn.loc, spill: true, tracked: true });
    }
    return slotBase(slot);
  };
  const scratch = (): Reg | undefined => {
    let taken = live;
    for (const { dst, src } of i.moves) taken |= 1 << dst | 1 << src;
    for (let r = 0; r < allocatable; r++) if ((taken >>> r & 1) === 0) return r;
    return undefined;
  };
  // Copies of one value may have come to share a register.
  const moves = i.moves.filter((move, index) => i.moves.findIndex((m) => m.dst === move.dst) === index);
  return sequentialize(moves, scratch).map((step): MachineInstruction => {
    switch (step.kind) {
      case "move": return { ...mov(64, step.dst, reg(step.src)), loc };
      case "save": return { ...store(8, base(), 0, reg(step.src)), loc };
      case "restore": return { ...load(8, step.dst, base(), 0), loc };
    }
  });
}
