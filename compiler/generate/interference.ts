/**
 * Interference: which registers hold different values at the same time.
 *
 * One backward walk over each block. A register that is written conflicts with all that are live behind the
 * instruction, except, for a copy, with its source: both hold one value. Conflicts with machine registers are a bit
 * mask a register, those between virtual ones a hashed set of pairs and lists of neighbours. The walk also drops
 * instructions whose result nobody reads, lists the copies, and sums up what it would cost to keep a register in
 * memory.
 */
import type { Liveness } from "./liveness.ts";
import type { MachineBlock, MachineFunction, MachineInstruction, Reg } from "./machine.ts";
import { firstVirtual, forEachDef, forEachEndUse, forEachUse, isCall, isPure } from "./machine.ts";

/** A set of unordered pairs of small numbers: open addressing over a power of two. */
export class PairSet {
  private keys = new Float64Array(1024).fill(-1);
  private size = 0;

  /** Adds the pair; false when it was there. */
  add(a: number, b: number): boolean {
    const key = a < b ? a * 0x4000000 + b : b * 0x4000000 + a;
    if (this.size * 2 >= this.keys.length) this.grow();
    const at = this.find(key);
    if (this.keys[at] === key) return false;
    this.keys[at] = key;
    this.size++;
    return true;
  }

  has(a: number, b: number): boolean {
    const key = a < b ? a * 0x4000000 + b : b * 0x4000000 + a;
    return this.keys[this.find(key)] === key;
  }

  private find(key: number): number {
    const mask = this.keys.length - 1;
    let at = Math.imul((key / 0x4000000) | 0, 0x9e3779b1) ^ Math.imul(key % 0x4000000, 0x85ebca6b);
    at = (at ^ at >>> 15) & mask;
    while (this.keys[at] !== -1 && this.keys[at] !== key) at = at + 1 & mask;
    return at;
  }

  private grow(): void {
    const old = this.keys;
    this.keys = new Float64Array(old.length * 2).fill(-1);
    for (const key of old) if (key !== -1) this.keys[this.find(key)] = key;
  }
}

export interface Interference {
  readonly edges: PairSet;
  /** Virtual neighbours of each virtual register. */
  readonly neighbours: Reg[][];
  /** Machine registers that each virtual register must not have: bit r for r`r`. */
  readonly forbidden: Int32Array;
  readonly moves: { readonly dst: Reg; readonly src: Reg; readonly weight: number }[];
  /** What reloads and stores would cost, in weighted instruction slots. */
  readonly cost: Float64Array;
  /** Does the register occur in the code? */
  readonly occurs: Uint8Array;
}

/** How much more an instruction weighs in a loop. */
const loopWeight = 4;

/** What a reload costs that takes the place of a move which would stand there anyway. */
const almostNothing = 0.125;

export function addEdge(graph: Interference, a: Reg, b: Reg): void {
  if (a === b) return;
  if (a < firstVirtual) {
    if (b >= firstVirtual) graph.forbidden[b] = (graph.forbidden[b] as number) | 1 << a;
  } else if (b < firstVirtual) graph.forbidden[a] = (graph.forbidden[a] as number) | 1 << b;
  else if (graph.edges.add(a, b)) {
    (graph.neighbours[a] as Reg[]).push(b);
    (graph.neighbours[b] as Reg[]).push(a);
  }
}

/** The registers that are live at one point, as a set that is quick to walk. */
export class LiveSet {
  readonly list: Reg[] = [];
  private readonly position: Int32Array;

  constructor(size: number) {
    this.position = new Int32Array(size).fill(-1);
  }

  has(reg: Reg): boolean {
    return this.position[reg] !== -1;
  }

  add(reg: Reg): void {
    if (this.position[reg] !== -1) return;
    this.position[reg] = this.list.length;
    this.list.push(reg);
  }

  delete(reg: Reg): void {
    const at = this.position[reg] as number;
    if (at === -1) return;
    const last = this.list.pop() as Reg;
    if (last !== reg) {
      this.list[at] = last;
      this.position[last] = at;
    }
    this.position[reg] = -1;
  }

  clear(): void {
    for (const reg of this.list) this.position[reg] = -1;
    this.list.length = 0;
  }
}

export function buildInterference(fn: MachineFunction, liveness: Liveness): Interference {
  const count = fn.nextRegister;
  const graph: Interference = {
    edges: new PairSet(), neighbours: Array.from({ length: count }, () => []), forbidden: new Int32Array(count),
    moves: [], cost: new Float64Array(count), occurs: new Uint8Array(count),
  };
  const live = new LiveSet(count);
  const lastUse = new Int32Array(count).fill(-1);
  let region = 0;
  for (const block of fn.blocks) {
    live.clear();
    liveness.forEachLiveOut(block.id, (reg) => live.add(reg));
    forEachEndUse(block.end, (reg) => live.add(reg));
    region = walkBlock(graph, block, live, lastUse, region + 1);
  }
  return graph;
}

function walkBlock(
  graph: Interference, block: MachineBlock, live: LiveSet, lastUse: Int32Array, firstRegion: number,
): number {
  const weight = loopWeight ** Math.min(block.depth, 8);
  // Between two calls, one reload serves all uses: a register is paid for once a region.
  let region = firstRegion;
  const pay = (reg: Reg, price: number): void => {
    graph.occurs[reg] = 1;
    if (reg < firstVirtual || lastUse[reg] === region) return;
    lastUse[reg] = region;
    graph.cost[reg] = (graph.cost[reg] as number) + price * weight;
  };
  forEachEndUse(block.end, (reg) => pay(reg, 1));
  const defs: Reg[] = [];
  const kept: MachineInstruction[] = [];
  for (let index = block.code.length - 1; index >= 0; index--) {
    const i = withoutDead(block.code[index] as MachineInstruction, live);
    if (i === undefined) continue;
    kept.push(i);
    defs.length = 0;
    forEachDef(i, (reg) => defs.push(reg));
    for (const reg of defs) live.add(reg);
    if (i.op === "copies") {
      const sources = new Map(i.moves.map((move) => [move.dst, move.src]));
      for (const move of i.moves) {
        graph.moves.push({ ...move, weight });
        // What holds the same value behind the copies is no conflict.
        for (const other of live.list) if ((sources.get(other) ?? other) !== move.src) addEdge(graph, move.dst, other);
      }
    } else {
      for (const reg of defs) for (const other of live.list) addEdge(graph, reg, other);
      if (i.op === "asm") addEarlyEdges(graph, i);
    }
    for (const reg of defs) {
      live.delete(reg);
      graph.occurs[reg] = 1;
      if (reg < firstVirtual) continue;
      const moved = i.op === "copies" && i.moves.some((m) => m.dst === reg && m.src < firstVirtual);
      graph.cost[reg] = (graph.cost[reg] as number) + (moved ? almostNothing : 1) * weight;
      // What comes before the definition needs a reload of its own.
      lastUse[reg] = -1;
    }
    if (isCall(i)) region++;
    forEachUse(i, (reg) => {
      live.add(reg);
      if (i.op !== "copies") pay(reg, 1);
    });
    if (i.op === "copies") for (const m of i.moves) pay(m.src, m.dst < firstVirtual ? almostNothing : 1);
  }
  block.code = kept.reverse();
  return region;
}

/** The instruction, or what is left of it, without results that nobody reads. */
function withoutDead(i: MachineInstruction, live: LiveSet): MachineInstruction | undefined {
  if (!isPure(i)) return i;
  if (i.op === "copies") {
    const moves = i.moves.filter((move) => live.has(move.dst) && move.dst !== move.src);
    return moves.length === i.moves.length ? i : moves.length === 0 ? undefined : { ...i, moves };
  }
  let needed = false;
  forEachDef(i, (reg) => {
    needed ||= live.has(reg);
  });
  return needed ? i : undefined;
}

/** Clobbered registers and early outputs are written while the inputs are still to be read. */
function addEarlyEdges(graph: Interference, i: MachineInstruction & { readonly op: "asm" }): void {
  const early: Reg[] = [...i.clobbers];
  const inputs: Reg[] = [];
  for (const [index, operand] of i.info.operands.entries()) {
    const reg = i.registers[index] as Reg;
    if (operand.kind === "earlyOutput") early.push(reg);
    else if (operand.kind === "input" || operand.kind === "tied" || operand.kind === "memory" && reg >= 0) inputs.push(reg);
  }
  for (const a of early) for (const b of inputs) addEdge(graph, a, b);
}
