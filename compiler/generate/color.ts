/**
 * Register assignment by graph colouring with iterated coalescing (George and Appel 1996): takes the interference
 * graph, gives each virtual register a machine register, or says that it has none.
 *
 * Registers with few conflicts are set aside, copies whose sides can share a register without making the graph harder
 * are joined, and where neither is possible copies are given up or the register is set aside that is cheapest to
 * keep in memory for the conflicts that it has. Registers then come back in reverse order and take what is free: first
 * what saves a copy, then what a call would lose anyway.
 */
import type { Interference } from "./interference.ts";
import { addEdge } from "./interference.ts";
import type { Reg } from "./machine.ts";
import { allocatable, firstVirtual } from "./machine.ts";

export interface Coloring {
  /** Machine register of each virtual one; -1 when it has none. */
  readonly color: Int8Array;
  /** The register that stands for each one after coalescing. */
  readonly alias: Int32Array;
  /** Representatives that found no register. */
  readonly spilled: readonly Reg[];
}

/** What has become of a register. */
const absent = 0, simplifiable = 1, frozen = 2, significant = 3, stacked = 4, joined = 5;

/**
 * Free registers are tried in this order: r1 is the last to be overwritten, since the context comes and is passed on
 * in it.
 */
const preference = [0, 5, 4, 3, 2, 1, 6, 7, 8, 9] as const;

const allColors = (1 << allocatable) - 1;

function bitCount(mask: number): number {
  let count = 0;
  for (let bits = mask; bits !== 0; bits &= bits - 1) count++;
  return count;
}

type Move = Interference["moves"][number];

class Colorer {
  private readonly graph: Interference;
  private readonly state: Uint8Array;
  private readonly degree: Int32Array;
  readonly alias: Int32Array;
  private readonly cost: Float64Array;
  /** Copies that each register takes part in: those still open, and all. */
  private readonly movesOf: Move[][];
  private readonly allMovesOf: Move[][];
  private readonly done = new Set<Move>();
  private readonly inWork = new Set<Move>();
  private work: Move[] = [];
  private readonly simplify: Reg[] = [];
  private readonly freeze: Reg[] = [];
  private readonly stack: Reg[] = [];
  /** Significant registers by ascending price; later arrivals apart. */
  private byPrice: Reg[] = [];
  private nextByPrice = 0;
  private readonly late: Reg[] = [];

  constructor(graph: Interference) {
    this.graph = graph;
    const count = graph.occurs.length;
    this.state = new Uint8Array(count);
    this.degree = new Int32Array(count);
    this.alias = Int32Array.from({ length: count }, (_, reg) => reg);
    this.cost = graph.cost.slice();
    this.movesOf = Array.from({ length: count }, () => []);
    this.allMovesOf = Array.from({ length: count }, () => []);
  }

  run(): Coloring {
    const { graph } = this;
    const count = graph.occurs.length;
    for (const move of graph.moves) {
      this.movesOf[move.dst]?.push(move);
      this.movesOf[move.src]?.push(move);
      this.allMovesOf[move.dst]?.push(move);
      this.allMovesOf[move.src]?.push(move);
      this.inWork.add(move);
    }
    this.work = [...graph.moves].sort((a, b) => a.weight - b.weight);
    for (let reg = firstVirtual; reg < count; reg++) {
      if (graph.occurs[reg] === 0) continue;
      this.degree[reg] = bitCount(graph.forbidden[reg] as number) + (graph.neighbours[reg] as Reg[]).length;
      if ((this.degree[reg] as number) >= allocatable) {
        this.state[reg] = significant;
        this.byPrice.push(reg);
      } else this.classify(reg);
    }
    const price = (reg: Reg): number => (this.cost[reg] as number) / (this.degree[reg] as number);
    const prices = new Map(this.byPrice.map((reg) => [reg, price(reg)]));
    this.byPrice.sort((a, b) => (prices.get(a) as number) - (prices.get(b) as number) || a - b);
    for (;;) {
      if (this.simplifyOne() || this.coalesceOne() || this.freezeOne() || this.pushSignificant()) continue;
      break;
    }
    return this.assign();
  }

  private find(reg: Reg): Reg {
    let r = reg;
    while (r >= firstVirtual && this.alias[r] !== r) r = this.alias[r] as Reg;
    return r;
  }

  /** Files a register of few conflicts: to be set aside, or to be joined first. */
  private classify(reg: Reg): void {
    if (this.isMoveRelated(reg)) {
      this.state[reg] = frozen;
      this.freeze.push(reg);
    } else {
      this.state[reg] = simplifiable;
      this.simplify.push(reg);
    }
  }

  private isMoveRelated(reg: Reg): boolean {
    const moves = this.movesOf[reg] as Move[];
    // Those that are settled go for good, so that asking again costs nothing.
    for (let last = moves.at(-1); last !== undefined && this.done.has(last); last = moves.at(-1)) moves.pop();
    return moves.length > 0;
  }

  /** The copies of a register that are neither joined nor given up; the others are forgotten. */
  private openMoves(reg: Reg): Move[] {
    const moves = this.movesOf[reg] as Move[];
    let kept = 0;
    for (const move of moves) if (!this.done.has(move)) moves[kept++] = move;
    moves.length = kept;
    return moves;
  }

  private isInGraph(reg: Reg): boolean {
    const state = this.state[reg];
    return state !== stacked && state !== joined && state !== absent;
  }

  private simplifyOne(): boolean {
    const reg = this.simplify.pop();
    if (reg === undefined) return false;
    if (this.state[reg] === simplifiable) this.setAside(reg);
    return true;
  }

  private setAside(reg: Reg): void {
    this.state[reg] = stacked;
    this.stack.push(reg);
    for (const other of this.graph.neighbours[reg] as Reg[]) if (this.isInGraph(other)) this.lowerDegree(other);
  }

  private lowerDegree(reg: Reg): void {
    const degree = this.degree[reg] as number;
    this.degree[reg] = degree - 1;
    if (degree !== allocatable) return;
    this.wake(reg);
    for (const other of this.graph.neighbours[reg] as Reg[]) if (this.isInGraph(other)) this.wake(other);
    if (this.state[reg] === significant) this.classify(reg);
  }

  /** Copies that could not be joined may be tried again. */
  private wake(reg: Reg): void {
    for (const move of this.openMoves(reg)) {
      if (this.inWork.has(move)) continue;
      this.inWork.add(move);
      this.work.push(move);
    }
  }

  private coalesceOne(): boolean {
    const move = this.work.pop();
    if (move === undefined) return false;
    this.inWork.delete(move);
    if (this.done.has(move)) return true;
    let [u, v] = [this.find(move.dst), this.find(move.src)];
    if (v < firstVirtual || u >= firstVirtual && this.weightOf(u) < this.weightOf(v)) [u, v] = [v, u];
    if (u === v) this.finish(move, u);
    else if (v < firstVirtual || this.conflicts(u, v) || !this.isInGraph(v) || u >= firstVirtual && !this.isInGraph(u)) {
      this.finish(move, u, v);
    } else if (u < firstVirtual ? this.fitsMachine(u, v) : this.fitsVirtual(u, v)) {
      this.done.add(move);
      this.join(u, v);
      this.settle(u);
    }
    return true;
  }

  /** How much work it is to make the register another one. */
  private weightOf(reg: Reg): number {
    return (this.graph.neighbours[reg] as Reg[]).length + (this.allMovesOf[reg] as Move[]).length;
  }

  /** The copy is joined or given up for good; its registers may be free of copies now. */
  private finish(move: Move, ...regs: Reg[]): void {
    this.done.add(move);
    for (const reg of regs) this.settle(reg);
  }

  private settle(reg: Reg): void {
    if (reg < firstVirtual || this.state[reg] !== frozen || this.isMoveRelated(reg)) return;
    this.state[reg] = simplifiable;
    this.simplify.push(reg);
  }

  private conflicts(u: Reg, v: Reg): boolean {
    const { forbidden, edges } = this.graph;
    return u < firstVirtual ? ((forbidden[v] as number) >>> u & 1) === 1 : edges.has(u, v);
  }

  /** George's test: no neighbour of v gets a conflict with the machine register that makes it harder. */
  private fitsMachine(u: Reg, v: Reg): boolean {
    if (u >= allocatable) return false;
    for (const other of this.graph.neighbours[v] as Reg[]) {
      if (!this.isInGraph(other) || (this.degree[other] as number) < allocatable) continue;
      if (((this.graph.forbidden[other] as number) >>> u & 1) === 0) return false;
    }
    return true;
  }

  /**
   * Briggs' test: together they have fewer neighbours of high degree than there are registers. Else George's, both
   * ways.
   */
  private fitsVirtual(u: Reg, v: Reg): boolean {
    const forbidden = (this.graph.forbidden[u] as number) | (this.graph.forbidden[v] as number);
    let high = bitCount(forbidden);
    const count = (reg: Reg, partner: Reg): void => {
      for (const other of this.graph.neighbours[reg] as Reg[]) {
        if (!this.isInGraph(other)) continue;
        const shared = this.graph.edges.has(other, partner);
        if (shared && reg === v) continue;
        if ((this.degree[other] as number) - (shared ? 1 : 0) >= allocatable && ++high >= allocatable) return;
      }
    };
    count(u, v);
    if (high < allocatable) count(v, u);
    return high < allocatable || this.george(u, v) || this.george(v, u);
  }

  private george(u: Reg, v: Reg): boolean {
    if (((this.graph.forbidden[v] as number) & ~(this.graph.forbidden[u] as number)) !== 0) return false;
    for (const other of this.graph.neighbours[v] as Reg[]) {
      if (!this.isInGraph(other) || (this.degree[other] as number) < allocatable) continue;
      if (!this.graph.edges.has(other, u)) return false;
    }
    return true;
  }

  /** v becomes u. */
  private join(u: Reg, v: Reg): void {
    const { graph } = this;
    this.state[v] = joined;
    this.alias[v] = u;
    const neighbours = graph.neighbours[v] as Reg[];
    if (u < firstVirtual) {
      for (const other of neighbours) {
        if (!this.isInGraph(other)) {
          addEdge(graph, u, other);
          continue;
        }
        if (((graph.forbidden[other] as number) >>> u & 1) === 1) this.lowerDegree(other);
        else addEdge(graph, u, other);
      }
      this.wake(v);
      return;
    }
    for (const move of this.openMoves(v)) (this.movesOf[u] as Move[]).push(move);
    for (const move of this.allMovesOf[v] as Move[]) (this.allMovesOf[u] as Move[]).push(move);
    this.wake(v);
    // Long rows of copies meet in one register: what the others had is not kept beside it.
    this.movesOf[v] = [];
    this.allMovesOf[v] = [];
    this.cost[u] = (this.cost[u] as number) + (this.cost[v] as number);
    const before = graph.forbidden[u] as number;
    graph.forbidden[u] = before | (graph.forbidden[v] as number);
    this.degree[u] = (this.degree[u] as number) + bitCount(graph.forbidden[u] as number) - bitCount(before);
    for (const other of [...neighbours]) {
      const known = graph.edges.has(other, u);
      if (!known) {
        addEdge(graph, other, u);
        if (this.isInGraph(other)) this.degree[u] = (this.degree[u] as number) + 1;
      } else if (this.isInGraph(other)) this.lowerDegree(other);
    }
    if ((this.degree[u] as number) >= allocatable && this.state[u] === frozen) {
      this.state[u] = significant;
      this.late.push(u);
    }
  }

  private freezeOne(): boolean {
    const reg = this.freeze.pop();
    if (reg === undefined) return false;
    if (this.state[reg] !== frozen) return true;
    this.state[reg] = simplifiable;
    this.simplify.push(reg);
    this.giveUpMoves(reg);
    return true;
  }

  private giveUpMoves(reg: Reg): void {
    for (const move of [...this.openMoves(reg)]) {
      this.done.add(move);
      const [a, b] = [this.find(move.dst), this.find(move.src)];
      this.settle(a === reg ? b : a);
    }
  }

  /** Sets the cheapest register of many conflicts aside; it may still find a register. */
  private pushSignificant(): boolean {
    let best: Reg | undefined;
    let bestPrice = Infinity;
    const consider = (reg: Reg): void => {
      const price = (this.cost[reg] as number) / Math.max(1, this.degree[reg] as number);
      if (best === undefined || price < bestPrice) {
        best = reg;
        bestPrice = price;
      }
    };
    while (this.nextByPrice < this.byPrice.length && this.state[this.byPrice[this.nextByPrice] as Reg] !== significant) {
      this.nextByPrice++;
    }
    // Degrees have changed since the order was made: look at the next few.
    let seen = 0;
    for (let index = this.nextByPrice; index < this.byPrice.length && seen < 32; index++) {
      const reg = this.byPrice[index] as Reg;
      if (this.state[reg] !== significant) continue;
      consider(reg);
      seen++;
    }
    for (let index = this.late.length - 1; index >= 0 && seen < 64; index--) {
      const reg = this.late[index] as Reg;
      if (this.state[reg] !== significant) {
        this.late[index] = this.late.at(-1) as Reg;
        this.late.pop();
        continue;
      }
      consider(reg);
      seen++;
    }
    if (best === undefined) return false;
    this.state[best] = simplifiable;
    this.simplify.push(best);
    this.giveUpMoves(best);
    return true;
  }

  /** Brings the registers back and gives each what is free. */
  private assign(): Coloring {
    const { graph } = this;
    const count = graph.occurs.length;
    const color = new Int8Array(count).fill(-1);
    const spilled: Reg[] = [];
    for (let reg = this.stack.pop(); reg !== undefined; reg = this.stack.pop()) {
      let free = allColors & ~(graph.forbidden[reg] as number);
      for (const other of graph.neighbours[reg] as Reg[]) {
        const root = this.find(other);
        const taken = root < firstVirtual ? root : (color[root] as number);
        if (taken >= 0) free &= ~(1 << taken);
      }
      if (free === 0) spilled.push(reg);
      else color[reg] = this.choose(reg, free, color);
    }
    for (let reg = firstVirtual; reg < count; reg++) {
      if (this.state[reg] !== joined) continue;
      const root = this.find(reg);
      this.alias[reg] = root;
      color[reg] = root < firstVirtual ? root : (color[root] as number);
    }
    return { color, alias: this.alias, spilled };
  }

  private choose(reg: Reg, free: number, color: Int8Array): number {
    let best = -1;
    let bestWeight = 0;
    const weights = new Float64Array(allocatable);
    for (const move of this.allMovesOf[reg] as Move[]) {
      const [a, b] = [this.find(move.dst), this.find(move.src)];
      const other = a === reg ? b : a;
      const wanted = other < firstVirtual ? other : (color[other] as number);
      if (wanted < 0 || wanted >= allocatable || (free >>> wanted & 1) === 0) continue;
      weights[wanted] = (weights[wanted] as number) + move.weight;
      if ((weights[wanted] as number) > bestWeight) {
        best = wanted;
        bestWeight = weights[wanted] as number;
      }
    }
    if (best >= 0) return best;
    for (const candidate of preference) if ((free >>> candidate & 1) === 1) return candidate;
    throw new Error("no free register");
  }
}

/** Colours the graph; the graph is used up. */
export function color(graph: Interference): Coloring {
  return new Colorer(graph).run();
}
