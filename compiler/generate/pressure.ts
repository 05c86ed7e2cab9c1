/**
 * Register pressure: which registers to keep in memory before an interference graph is built.
 *
 * Every two registers that are live at one point conflict, so where thousands are, the graph takes memory and time by
 * the square. No colouring could help there either: the stack of a BPF program holds 64 of them. A backward walk over
 * each block keeps the crowd small: where more are live than the limit, the one that occurs least is named, and it is
 * live no more. What is left makes a graph in proportion to the code. Functions that fit the machine are not touched.
 */
import { LiveSet } from "./interference.ts";
import type { Liveness } from "./liveness.ts";
import type { MachineFunction, MachineInstruction, Reg } from "./machine.ts";
import { firstVirtual, forEachDef, forEachEndUse, forEachUse } from "./machine.ts";
import type { SpillState } from "./spill.ts";
import { levelOf } from "./spill.ts";

/**
 * Live registers at one point that are left to the colouring: all machine registers and twice what the stack holds,
 * since copies of a value count, and values that can be made again.
 */
const crowdLimit = 160;

/** The registers to keep in memory so that no more than the limit are live anywhere. */
export function findCrowded(fn: MachineFunction, liveness: Liveness, state: SpillState): Reg[] {
  const count = fn.nextRegister;
  const live = new LiveSet(count);
  const chosen = new Uint8Array(count);
  const result: Reg[] = [];
  let occurrences: Float64Array | undefined;
  const isMovable = (reg: Reg): boolean => reg >= firstVirtual && levelOf(state, reg) < 2;
  const thin = (): void => {
    const often = occurrences ??= countOccurrences(fn);
    while (live.list.length > crowdLimit) {
      let best: Reg | undefined;
      for (const reg of live.list) {
        if (isMovable(reg) && (best === undefined || (often[reg] as number) < (often[best] as number))) best = reg;
      }
      if (best === undefined) return;
      chosen[best] = 1;
      result.push(best);
      live.delete(best);
    }
  };
  const add = (reg: Reg): void => {
    if (chosen[reg] === 0) live.add(reg);
  };
  for (const block of fn.blocks) {
    live.clear();
    liveness.forEachLiveOut(block.id, add);
    forEachEndUse(block.end, add);
    thin();
    for (let index = block.code.length - 1; index >= 0; index--) {
      const i = block.code[index] as MachineInstruction;
      forEachDef(i, (reg) => live.delete(reg));
      forEachUse(i, add);
      if (live.list.length > crowdLimit) thin();
    }
  }
  return result;
}

/** How often each register occurs; loops count for more. */
function countOccurrences(fn: MachineFunction): Float64Array {
  const often = new Float64Array(fn.nextRegister);
  for (const block of fn.blocks) {
    const weight = 4 ** Math.min(block.depth, 8);
    const count = (reg: Reg): void => {
      often[reg] = (often[reg] as number) + weight;
    };
    for (const i of block.code) {
      forEachUse(i, count);
      forEachDef(i, count);
    }
    forEachEndUse(block.end, count);
  }
  return often;
}
