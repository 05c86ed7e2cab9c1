/**
 * Liveness of virtual registers: which are needed at the end of each block.
 *
 * Backward data flow over bit rows. Most registers live inside one block; only those that some block reads before
 * writing
 * can be live across an edge, and only they get a column, so that a huge function without long lives costs little.
 * Machine
 * registers never live across an edge: parameters are copied away first, results are moved to r0 last.
 */
import type { MachineFunction, Reg } from "./machine.ts";
import { firstVirtual, forEachDef, forEachEndUse, forEachUse, predecessors, reversePostorder } from "./machine.ts";

export interface Liveness {
  /** Calls `visit` for each virtual register that is live at the end of the block. */
  forEachLiveOut(block: number, visit: (reg: Reg) => void): void;
}

export function findLiveness(fn: MachineFunction): Liveness {
  const columns = exposedRegisters(fn);
  const column = new Int32Array(fn.nextRegister).fill(-1);
  for (const [index, reg] of columns.entries()) column[reg] = index;
  const words = (columns.length + 31) >>> 5;
  const count = fn.blocks.length;
  const used = new Uint32Array(count * words);
  const defined = new Uint32Array(count * words);
  const liveOut = new Uint32Array(count * words);
  for (const block of fn.blocks) {
    const row = block.id * words;
    const use = (reg: Reg): void => {
      const c = reg < firstVirtual ? -1 : (column[reg] as number);
      if (c < 0) return;
      const at = row + (c >>> 5);
      const bit = 1 << (c & 31);
      if (((defined[at] as number) & bit) === 0) used[at] = (used[at] as number) | bit;
    };
    const def = (reg: Reg): void => {
      const c = reg < firstVirtual ? -1 : (column[reg] as number);
      if (c >= 0) defined[row + (c >>> 5)] = (defined[row + (c >>> 5)] as number) | 1 << (c & 31);
    };
    for (const i of block.code) {
      forEachUse(i, use);
      forEachDef(i, def);
    }
    forEachEndUse(block.end, use);
  }
  const preds = predecessors(fn);
  const work = reversePostorder(fn);
  const queued = new Uint8Array(count);
  for (const block of work) queued[block.id] = 1;
  // From the end of the reverse postorder: blocks before their predecessors.
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    queued[block.id] = 0;
    const row = block.id * words;
    for (const pred of preds[block.id] ?? []) {
      const out = pred.id * words;
      let changed = false;
      for (let w = 0; w < words; w++) {
        const liveIn = (used[row + w] as number) | (liveOut[row + w] as number) & ~(defined[row + w] as number);
        const before = liveOut[out + w] as number;
        const after = (before | liveIn) >>> 0;
        if (after !== before) {
          liveOut[out + w] = after;
          changed = true;
        }
      }
      if (changed && queued[pred.id] === 0) {
        queued[pred.id] = 1;
        work.push(pred);
      }
    }
  }
  return {
    forEachLiveOut(block, visit): void {
      for (let w = 0; w < words; w++) {
        for (let bits = liveOut[block * words + w] as number; bits !== 0; bits &= bits - 1) {
          visit(columns[w * 32 + 31 - Math.clz32(bits & -bits)] as Reg);
        }
      }
    },
  };
}

/** Virtual registers that some block reads before it writes them. */
function exposedRegisters(fn: MachineFunction): Reg[] {
  const definedIn = new Int32Array(fn.nextRegister).fill(-1);
  const exposed = new Uint8Array(fn.nextRegister);
  for (const block of fn.blocks) {
    const use = (reg: Reg): void => {
      if (reg >= firstVirtual && definedIn[reg] !== block.id) exposed[reg] = 1;
    };
    const def = (reg: Reg): void => {
      definedIn[reg] = block.id;
    };
    for (const i of block.code) {
      forEachUse(i, use);
      forEachDef(i, def);
    }
    forEachEndUse(block.end, use);
  }
  const result: Reg[] = [];
  for (let reg = firstVirtual; reg < fn.nextRegister; reg++) if (exposed[reg] === 1) result.push(reg);
  return result;
}

/** Sets each block's loop depth: the number of natural loops that it lies in. */
export function findLoopDepths(fn: MachineFunction): void {
  const order = reversePostorder(fn);
  const number = new Int32Array(fn.blocks.length).fill(-1);
  for (const [index, block] of order.entries()) number[block.id] = index;
  const preds = predecessors(fn);
  for (const block of fn.blocks) block.depth = 0;
  // A back edge goes to a block that is not later in the order; its loop is what reaches it without passing the header.
  const loops = new Map<number, number[]>();
  for (const block of order) {
    for (const pred of preds[block.id] ?? []) {
      if ((number[pred.id] as number) < (number[block.id] as number)) continue;
      const latches = loops.get(block.id);
      if (latches === undefined) loops.set(block.id, [pred.id]);
      else latches.push(pred.id);
    }
  }
  const mark = new Int32Array(fn.blocks.length).fill(-1);
  for (const [header, latches] of loops) {
    const work = [header];
    mark[header] = header;
    for (const latch of latches) {
      if (mark[latch] === header) continue;
      mark[latch] = header;
      work.push(latch);
    }
    for (let index = 0; index < work.length; index++) {
      const id = work[index] as number;
      const block = fn.blocks[id];
      if (block !== undefined) block.depth++;
      if (id === header) continue;
      for (const pred of preds[id] ?? []) {
        // Irreducible entries lie before the header in the order and are left out.
        if (mark[pred.id] === header || (number[pred.id] as number) < (number[header] as number)) continue;
        mark[pred.id] = header;
        work.push(pred.id);
      }
    }
  }
}
