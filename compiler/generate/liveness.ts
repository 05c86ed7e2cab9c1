/**
 * Liveness of virtual registers: which are needed at the end of each block.
 *
 * Backward data flow over bit rows. Most registers live inside one block; only those that some block reads before
 * writing can be live across an edge, and only they get a column, so that a huge function without long lives costs
 * little. Machine registers never live across an edge: parameters are copied away first, results are moved to r0 last.
 */
import type { MachineBlock, MachineFunction, Reg } from "./machine.ts";
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

/**
 * Sets each block's loop depth: the number of loops that it lies in. Inner loops are found first and count as one block
 * from then on (a union-find forest leads to its header), so that each block is visited once. Entries into a loop
 * other than its header are left out.
 */
export function findLoopDepths(fn: MachineFunction): void {
  const order = reversePostorder(fn);
  const number = new Int32Array(fn.blocks.length).fill(-1);
  for (const [index, block] of order.entries()) number[block.id] = index;
  const preds = predecessors(fn);
  for (const block of fn.blocks) block.depth = 0;
  const outermost = Int32Array.from(order, (_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (outermost[root] !== root) root = outermost[root] as number;
    for (let at = index; at !== root;) {
      const next = outermost[at] as number;
      outermost[at] = root;
      at = next;
    }
    return root;
  };
  /** The header of the innermost loop around each block, or around the loop that it heads. */
  const around = new Int32Array(order.length).fill(-1);
  const heads = new Uint8Array(order.length);
  for (let header = order.length - 1; header >= 0; header--) {
    const body: number[] = [];
    const enter = (index: number): void => {
      if (index < header) return;
      const root = find(index);
      if (root === header) return;
      outermost[root] = header;
      around[root] = header;
      body.push(root);
    };
    for (const pred of preds[(order[header] as MachineBlock).id] ?? []) {
      const index = number[pred.id] as number;
      // A back edge goes to a block that is not later in the order.
      if (index >= header) heads[header] = 1;
      enter(index);
    }
    for (let index = body.pop(); index !== undefined; index = body.pop()) {
      for (const pred of preds[(order[index] as MachineBlock).id] ?? []) enter(number[pred.id] as number);
    }
  }
  for (const [index, block] of order.entries()) {
    const outer = around[index] as number;
    block.depth = (heads[index] as number) + (outer < 0 ? 0 : (order[outer] as MachineBlock).depth);
  }
}
