/**
 * Questions on the control-flow graph: reverse postorder, dominators, iterated dominance frontiers, loops.
 *
 * Dominators by Lengauer and Tarjan, "A fast algorithm for finding dominators in a flowgraph" (1979), with path
 * compression: m edges and n blocks take m log n steps whatever the graph looks like. `order` numbers give dominance
 * queries in constant time. Iterated frontiers by Sreedhar and Gao, "A linear time algorithm for placing phi-nodes"
 * (1995): frontiers of single blocks, which may be quadratic together, are never made. Loops are natural loops: a back
 * edge goes to a block that dominates its source; what is cyclic without one is irreducible, and `irreducible` says so.
 * All results describe the graph as it was when they were computed.
 */
import type { Block, Function } from "./module.ts";
import { successors } from "./module.ts";

export interface Dominators {
  /** Blocks that the entry reaches, in reverse postorder. */
  readonly order: readonly Block[];
  /** Position in `order`. */
  readonly index: ReadonlyMap<Block, number>;
  /** Immediate dominator by position; the entry's is itself. */
  readonly idom: Int32Array;
  /** Children in the dominator tree, by position. */
  readonly children: readonly (readonly number[])[];
  /** Depth in the dominator tree, by position; the entry's is 0. */
  readonly level: Int32Array;
  /** Pre- and postorder numbers in the dominator tree, by position. */
  readonly pre: Int32Array;
  readonly post: Int32Array;
}

export function reversePostorder(fn: Function): Block[] {
  return depthFirst(fn).postorder.reverse();
}

/** A depth-first walk over what the entry reaches. */
interface Walk {
  readonly preorder: Block[];
  readonly postorder: Block[];
  /** The preorder number of the block from which a block was found, by preorder number. */
  readonly parent: number[];
}

function depthFirst(fn: Function): Walk {
  const preorder: Block[] = [];
  const postorder: Block[] = [];
  const parent: number[] = [];
  const seen = new Set<Block>();
  // Explicit stack: each entry is a block, its number, and how many of its successors were visited.
  const stack: { block: Block; number: number; next: Block[]; at: number }[] = [];
  const enter = (block: Block, from: number): void => {
    seen.add(block);
    stack.push({ block, number: preorder.length, next: successors(block), at: 0 });
    preorder.push(block);
    parent.push(from);
  };
  if (fn.blocks.length > 0) enter(fn.blocks[0], 0);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    // Last successor first: the reverse then has the first successor (the `then` side) first.
    const target = top.next[top.next.length - 1 - top.at++];
    if (target === undefined) {
      postorder.push(top.block);
      stack.pop();
    } else if (!seen.has(target)) enter(target, top.number);
  }
  return { preorder, postorder, parent };
}

export function dominators(fn: Function): Dominators {
  const walk = depthFirst(fn);
  const count = walk.preorder.length;
  const number = new Map<Block, number>();
  walk.preorder.forEach((block, i) => number.set(block, i));
  const above = immediateDominators(walk, number);
  // From preorder numbers to positions in reverse postorder.
  const order = walk.postorder.reverse();
  const index = new Map<Block, number>();
  const position = new Int32Array(count);
  order.forEach((block, i) => {
    index.set(block, i);
    position[number.get(block) ?? 0] = i;
  });
  const idom = new Int32Array(count);
  for (let v = 0; v < count; v++) idom[position[v]] = position[above[v]];
  const children: number[][] = order.map(() => []);
  const level = new Int32Array(count);
  for (let i = 1; i < count; i++) {
    children[idom[i]].push(i);
    level[i] = level[idom[i]] + 1;
  }
  const pre = new Int32Array(count);
  const post = new Int32Array(count);
  let clock = 0;
  const stack: { node: number; at: number }[] = count > 0 ? [{ node: 0, at: 0 }] : [];
  if (count > 0) pre[0] = clock++;
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
  return { order, index, idom, children, level, pre, post };
}

/** By preorder number; the entry's is itself. */
function immediateDominators({ preorder, parent }: Walk, number: ReadonlyMap<Block, number>): Int32Array {
  const count = preorder.length;
  const idom = new Int32Array(count);
  const semi = Int32Array.from({ length: count }, (_, v) => v);
  // The forest of the blocks that are done: the tree edge up (-1: none yet), and the block of least semidominator on
  // the way that path compression has put behind that edge.
  const ancestor = new Int32Array(count).fill(-1);
  const least = semi.slice();
  const path: number[] = [];
  const evaluate = (v: number): number => {
    if (ancestor[v] < 0) return v;
    for (let at = v; ancestor[ancestor[at]] >= 0; at = ancestor[at]) path.push(at);
    for (let at = path.pop(); at !== undefined; at = path.pop()) {
      const up = ancestor[at];
      if (semi[least[up]] < semi[least[at]]) least[at] = least[up];
      ancestor[at] = ancestor[up];
    }
    return least[v];
  };
  // The blocks that a block semidominates, as lists: the first, and the one behind each.
  const first = new Int32Array(count).fill(-1);
  const next = new Int32Array(count).fill(-1);
  for (let w = count - 1; w > 0; w--) {
    for (const pred of preorder[w].preds) {
      const v = number.get(pred);
      if (v === undefined) continue;
      const s = semi[evaluate(v)];
      if (s < semi[w]) semi[w] = s;
    }
    next[w] = first[semi[w]];
    first[semi[w]] = w;
    const up = parent[w];
    ancestor[w] = up;
    for (let v = first[up]; v >= 0; v = next[v]) {
      const u = evaluate(v);
      idom[v] = semi[u] < semi[v] ? u : up;
    }
    first[up] = -1;
  }
  for (let w = 1; w < count; w++) if (idom[w] !== semi[w]) idom[w] = idom[idom[w]];
  return idom;
}

/** Is every path from the entry to `b` through `a`? True for a block and itself; true for an unreachable `b`. */
export function dominates(dom: Dominators, a: Block, b: Block): boolean {
  const j = dom.index.get(b);
  if (j === undefined) return true;
  const i = dom.index.get(a);
  if (i === undefined) return false;
  return dom.pre[i] <= dom.pre[j] && dom.post[j] <= dom.post[i];
}

/**
 * Where phis stand for what is assigned in some blocks: their iterated dominance frontier, less the blocks outside
 * `live`. An instance answers for one graph after the other sets of blocks, each in time proportional to the blocks in
 * `live`.
 */
export class Frontiers {
  private readonly dom: Dominators;
  /** By position: the question for which the block was last visited, found, or is a place of assignment. */
  private readonly visited: Int32Array;
  private readonly found: Int32Array;
  private readonly assigned: Int32Array;
  /**
   * Positions of the targets of edges that lead out of what their source dominates, by position; made when asked for.
   */
  private readonly leaving: (number[] | undefined)[] = [];
  private question = 0;

  constructor(dom: Dominators) {
    this.dom = dom;
    this.visited = new Int32Array(dom.order.length);
    this.found = new Int32Array(dom.order.length);
    this.assigned = new Int32Array(dom.order.length);
  }

  /**
   * Positions, in no particular order.
   * @param assigned positions of the blocks that assign.
   * @param live is the value at the start of this block still read?
   */
  of(assigned: Iterable<number>, live: (position: number) => boolean): number[] {
    const { dom: { children, level }, visited, found, leaving } = this;
    const now = ++this.question;
    const result: number[] = [];
    // Roots by level, the deepest first: a block below several is visited for the deepest alone.
    const roots: number[][] = [];
    let pending = 0;
    const root = (position: number): void => {
      (roots[level[position]] ??= []).push(position);
      pending++;
    };
    for (const position of assigned) {
      this.assigned[position] = now;
      root(position);
    }
    const work: number[] = [];
    for (let depth = roots.length - 1; pending > 0; depth--) {
      const here = roots[depth];
      if (here === undefined) continue;
      // Its length grows meanwhile.
      for (let i = 0; i < here.length; i++) {
        pending--;
        work.push(here[i]);
        visited[here[i]] = now;
        for (let at = work.pop(); at !== undefined; at = work.pop()) {
          for (const target of leaving[at] ??= this.edgesOut(at)) {
            if (level[target] > depth || found[target] === now || !live(target)) continue;
            found[target] = now;
            result.push(target);
            if (this.assigned[target] !== now) root(target);
          }
          // Below a block where the value is dead another assignment comes first: what leaves from there is its.
          for (const child of children[at]) {
            if (visited[child] === now || !live(child)) continue;
            visited[child] = now;
            work.push(child);
          }
        }
      }
    }
    return result;
  }

  private edgesOut(position: number): number[] {
    const { order, index, idom } = this.dom;
    const out: number[] = [];
    for (const target of successors(order[position])) {
      const to = index.get(target);
      if (to !== undefined && idom[to] !== position) out.push(to);
    }
    return out;
  }
}

/** The heads of the natural loops. */
export function loopHeaders(dom: Dominators): Set<Block> {
  const headers = new Set<Block>();
  dom.order.forEach((block, i) => {
    for (const target of successors(block)) {
      if ((dom.index.get(target) ?? Infinity) <= i && dominates(dom, target, block)) headers.add(target);
    }
  });
  return headers;
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
      for (const pred of block.preds) work.push(pred);
    }
    const parent = of.get(header);
    const loop: Loop = { header, blocks, latches, parent, depth: parent === undefined ? 1 : parent.depth + 1 };
    all.push(loop);
    for (const block of blocks) of.set(block, loop);
  }
  return { all, of, irreducible };
}
