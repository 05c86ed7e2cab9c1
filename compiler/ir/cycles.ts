/**
 * Which blocks lie on a cycle of the control-flow graph: the members of its strongly connected components that have
 * more than one block or an edge to themselves. Tarjan's algorithm with a stack of its own, linear in blocks and edges.
 */
import type { Block, Function } from "./module.ts";
import { successors } from "./module.ts";

interface Visit {
  readonly block: Block;
  readonly edges: readonly Block[];
  next: number;
}

/** The blocks that control can come back to after leaving them. */
export function cyclicBlocks(fn: Function): Set<Block> {
  const cyclic = new Set<Block>();
  const index = new Map<Block, number>();
  const low = new Map<Block, number>();
  const open: Block[] = [];
  const isOpen = new Set<Block>();
  const path: Visit[] = [];
  const enter = (block: Block): void => {
    index.set(block, index.size);
    low.set(block, index.size - 1);
    open.push(block);
    isOpen.add(block);
    path.push({ block, edges: successors(block), next: 0 });
  };
  const lower = (block: Block, to: number | undefined): void => {
    low.set(block, Math.min(low.get(block) ?? 0, to ?? Infinity));
  };
  if (fn.blocks.length > 0) enter(fn.blocks[0]);
  for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
    const { block, edges } = visit;
    if (visit.next < edges.length) {
      const target = edges[visit.next++];
      if (target === block) cyclic.add(block);
      if (!index.has(target)) enter(target);
      else if (isOpen.has(target)) lower(block, index.get(target));
      continue;
    }
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) lower(parent.block, low.get(block));
    if (low.get(block) !== index.get(block)) continue;
    const members = open.splice(open.lastIndexOf(block));
    for (const member of members) {
      isOpen.delete(member);
      if (members.length > 1) cyclic.add(member);
    }
  }
  return cyclic;
}
