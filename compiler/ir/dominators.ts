/**
 * Questions on the control-flow graph: reverse postorder, dominators, dominance frontiers, loops.
 *
 * Dominators by Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001): intersect the predecessors'
 * dominator chains in reverse postorder until nothing changes. `order` numbers give dominance queries in constant time.
 * Loops are natural loops: a back edge goes to a block that dominates its source; what is cyclic without one is
 * irreducible, and `irreducible` says so. All results describe the graph as it was when they were computed.
 */
import type { Block, Function } from "./module.ts";
import { successors } from "./module.ts";

export interface Dominators {
  /** Blocks that the entry reaches, in reverse postorder. */
  readonly order: readonly Block[];
  /** Position in `order`. */
  readonly index: ReadonlyMap<Block, number>;
  /** Immediate dominator by position; the entry's is itself. */
  readonly idom: readonly number[];
  /** Children in the dominator tree, by position. */
  readonly children: readonly (readonly number[])[];
  /** Pre- and postorder numbers in the dominator tree, by position. */
  readonly pre: readonly number[];
  readonly post: readonly number[];
}

export function reversePostorder(fn: Function): Block[] {
  if (fn.blocks.length === 0) return [];
  const order: Block[] = [];
  const seen = new Set<Block>([fn.blocks[0]]);
  // Explicit stack: each entry is a block and how many of its successors were visited.
  const stack: { block: Block; next: Block[]; at: number }[] = [
    { block: fn.blocks[0], next: successors(fn.blocks[0]), at: 0 },
  ];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    // Last successor first: the reverse then has the first successor (the `then` side) first.
    const target = top.next[top.next.length - 1 - top.at++];
    if (target === undefined) {
      order.push(top.block);
      stack.pop();
    } else if (!seen.has(target)) {
      seen.add(target);
      stack.push({ block: target, next: successors(target), at: 0 });
    }
  }
  return order.reverse();
}

export function dominators(fn: Function): Dominators {
  const order = reversePostorder(fn);
  const index = new Map<Block, number>();
  order.forEach((block, i) => index.set(block, i));
  const idom: number[] = new Array<number>(order.length).fill(-1);
  if (order.length > 0) idom[0] = 0;
  const intersect = (a: number, b: number): number => {
    while (a !== b) {
      while (a > b) a = idom[a];
      while (b > a) b = idom[b];
    }
    return a;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 1; i < order.length; i++) {
      let found = -1;
      for (const pred of order[i].preds) {
        const p = index.get(pred);
        if (p === undefined || idom[p] < 0) continue;
        found = found < 0 ? p : intersect(p, found);
      }
      if (idom[i] !== found) {
        idom[i] = found;
        changed = true;
      }
    }
  }
  const children: number[][] = order.map(() => []);
  for (let i = 1; i < order.length; i++) children[idom[i]].push(i);
  const pre: number[] = new Array<number>(order.length).fill(0);
  const post: number[] = new Array<number>(order.length).fill(0);
  let clock = 0;
  const stack: { node: number; at: number }[] = order.length > 0 ? [{ node: 0, at: 0 }] : [];
  if (order.length > 0) pre[0] = clock++;
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child = children[top.node][top.at++];
    if (child === undefined) {
      post[top.node] = clock++;
      stack.pop();
    } else {
      pre[child] = clock++;
      stack.push({ node: child, at: 0 });
    }
  }
  return { order, index, idom, children, pre, post };
}

/** Is every path from the entry to `b` through `a`? True for a block and itself; true for an unreachable `b`. */
export function dominates(dom: Dominators, a: Block, b: Block): boolean {
  const j = dom.index.get(b);
  if (j === undefined) return true;
  const i = dom.index.get(a);
  if (i === undefined) return false;
  return dom.pre[i] <= dom.pre[j] && dom.post[j] <= dom.post[i];
}

/** By position: the blocks where the dominance of a block ends. The entry has no predecessors. */
export function dominanceFrontiers(dom: Dominators): readonly ReadonlySet<number>[] {
  const frontiers: Set<number>[] = dom.order.map(() => new Set<number>());
  dom.order.forEach((block, i) => {
    if (block.preds.length < 2) return;
    for (const pred of block.preds) {
      let runner = dom.index.get(pred);
      if (runner === undefined) continue;
      for (; runner !== dom.idom[i]; runner = dom.idom[runner]) frontiers[runner].add(i);
    }
  });
  return frontiers;
}

export interface Loop {
  readonly header: Block;
  /** All blocks, the header among them, those of inner loops too. */
  readonly blocks: ReadonlySet<Block>;
  /** Sources of the back edges. */
  readonly latches: readonly Block[];
  readonly parent: Loop | undefined;
  /** 1 for an outermost loop. */
  readonly depth: number;
}

export interface Loops {
  /** Outer loops before their inner ones. */
  readonly all: readonly Loop[];
  /** The innermost loop of a block. */
  readonly of: ReadonlyMap<Block, Loop>;
  /** There is a cycle that no single block heads. */
  readonly irreducible: boolean;
}

export function findLoops(dom: Dominators): Loops {
  let irreducible = false;
  const latchesOf = new Map<Block, Block[]>();
  dom.order.forEach((block, i) => {
    for (const target of successors(block)) {
      const t = dom.index.get(target);
      if (t === undefined || t > i) continue;
      if (!dominates(dom, target, block)) {
        irreducible = true;
        continue;
      }
      const list = latchesOf.get(target);
      if (list === undefined) latchesOf.set(target, [block]);
      else list.push(block);
    }
  });
  // Headers in reverse postorder: an outer header comes before its inner ones, so the last loop that holds a block is
  // the innermost.
  const all: Loop[] = [];
  const of = new Map<Block, Loop>();
  for (const header of dom.order) {
    const latches = latchesOf.get(header);
    if (latches === undefined) continue;
    const blocks = new Set<Block>([header]);
    const work = [...latches];
    for (let block = work.pop(); block !== undefined; block = work.pop()) {
      if (blocks.has(block) || !dom.index.has(block)) continue;
      blocks.add(block);
      work.push(...block.preds);
    }
    const parent = of.get(header);
    const loop: Loop = { header, blocks, latches, parent, depth: parent === undefined ? 1 : parent.depth + 1 };
    all.push(loop);
    for (const block of blocks) of.set(block, loop);
  }
  return { all, of, irreducible };
}
