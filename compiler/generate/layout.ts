/**
 * Block layout: from the graph to one line of blocks, so that as few jumps as possible are left.
 *
 * First the graph is tidied: jumps to empty blocks go where those lead, a jump to a return is a return, equal ends of
 * blocks with one successor become one block (tails.ts). Then edges are made fall-throughs, those first whose jump
 * would cost most: from blocks with one successor, in deep loops before shallow ones; then for each branch one of its
 * sides. In loops, blocks that only set constants stand aside, for the verifier's sake, and pay with a jump. The chains
 * that arise follow one another in reverse postorder. Blocks that cannot be reached are not laid out.
 *
 * A way back to the head of a loop is a jump or a branch, never a fall-through: the verifiers of Linux before 6.2
 * refuse that as a back-edge (check_cfg in kernel/bpf/verifier.c). Where the head only decides, the end of the loop
 * decides itself.
 */
import { opposite } from "../../assembler/isa/instruction.ts";
import { hasCondition } from "./condition.ts";
import type { MachineBlock, MachineEnd, MachineFunction } from "./machine.ts";
import { reversePostorder, targetsOf } from "./machine.ts";
import { mergeTails } from "./tails.ts";

/** The blocks that are left, in the order of the code. */
export function layoutBlocks(fn: MachineFunction, hasLess: boolean, merge: boolean): MachineBlock[] {
  tidy(fn);
  if (merge && !fn.naked) {
    while (mergeTails(fn)) tidy(fn);
  }
  const order = reversePostorder(fn);
  const ranks = new Map(order.map((block, rank) => [block, rank]));
  decideAtEnds(order, ranks);
  return chainBlocks(order, ranks, hasLess);
}

/** Does the edge lead back? Of a loop with one head, just the edges to it do. */
function isBack(from: MachineBlock, to: MachineBlock, ranks: ReadonlyMap<MachineBlock, number>): boolean {
  return (ranks.get(to) ?? 0) <= (ranks.get(from) ?? 0);
}

/**
 * A jump back to a block that is nothing but the branch out of its loop becomes that branch: it costs as much, and a
 * round has one less. A branch with both sides in the loop stays where it is: the loop would have two heads.
 */
function decideAtEnds(order: readonly MachineBlock[], ranks: ReadonlyMap<MachineBlock, number>): void {
  for (const block of order) {
    if (block.end.kind !== "jump") continue;
    const { target } = block.end;
    const { code, end, depth } = target;
    if (code.length > 0 || end.kind !== "branch" || !isBack(block, target, ranks)) continue;
    if (Math.min(end.then.depth, end.else.depth) < depth) block.end = { ...end };
  }
}

/** Can the branch be turned round: jump to `else`, fall through to `then`? */
export function isInvertible(end: MachineEnd & { readonly kind: "branch" }, hasLess: boolean): boolean {
  const inverse = opposite(end.cond);
  return inverse !== undefined && (end.right.kind === "reg" || hasCondition(hasLess, inverse));
}

/** Is `then` the side that is better to fall through to? */
export function prefersThen(end: MachineEnd & { readonly kind: "branch" }): boolean {
  const inner = end.then.depth === end.else.depth ? undefined : end.then.depth > end.else.depth;
  const known = end.likely ?? inner;
  if (known !== undefined) return known;
  return doesMore(end.then, end.else) || !doesMore(end.else, end.then) && end.usual === true;
}

/**
 * Of two ways that meet again, is it the one that does more? What it brings is less certain than what the other does,
 * often constants: walked first, it covers the other's states (verifier rule 16).
 */
function doesMore(way: MachineBlock, other: MachineBlock): boolean {
  if (settlesAside(way, other)) return false;
  if (settlesAside(other, way)) return true;
  const meets = other.end.kind === "jump" ? other.end.target : undefined;
  if (way.end.kind === "jump") {
    return way.end.target === other || way.end.target === meets && way.code.length > other.code.length;
  }
  return way.end.kind === "branch" && (comesTo(way, other) || meets !== undefined && meets !== way && comesTo(way, meets));
}

/**
 * Is the way in a loop, and nothing but constants for values that the other way leaves as they are? Each round that is
 * walked from these first would be walked again from those.
 */
function settlesAside(way: MachineBlock, other: MachineBlock): boolean {
  return way.depth > 0 && way.end.kind === "jump" && way.end.target === other && way.code.length > 0 &&
    way.code.every((i) => i.op === "alu" && i.alu === "mov" && i.src.kind === "imm");
}

/** Blocks that are looked through for a meeting point. */
const searchLimit = 32;

/** Does a way forward from the branch lead to the block, without one round more of a loop that holds both? */
function comesTo(from: MachineBlock, to: MachineBlock): boolean {
  const seen = new Set<MachineBlock>([from]);
  for (const block of seen) {
    if (block === to) return block !== from;
    if (seen.size > searchLimit) return false;
    for (const target of targetsOf(block.end)) if (target.depth >= from.depth) seen.add(target);
  }
  return false;
}

/** Sends every edge to where it leads in the end. */
function tidy(fn: MachineFunction): void {
  const ends = new Map<MachineBlock, MachineBlock>();
  const final = (block: MachineBlock): MachineBlock => {
    const path = new Set<MachineBlock>();
    let at = block;
    // An endless loop of empty blocks is left where it closes.
    while (at.code.length === 0 && at.end.kind === "jump" && !path.has(at)) {
      path.add(at);
      at = ends.get(at) ?? at.end.target;
    }
    for (const passed of path) ends.set(passed, at);
    return at;
  };
  for (const block of fn.blocks) {
    const { end } = block;
    switch (end.kind) {
      case "jump": {
        end.target = final(end.target);
        const after = end.target;
        if (after.code.length === 0 && after.end.kind === "return") block.end = { ...after.end, loc: end.loc };
        break;
      }
      case "branch":
        end.then = final(end.then);
        end.else = final(end.else);
        if (end.then === end.else) block.end = { kind: "jump", target: end.then, loc: end.loc };
        break;
      case "return":
        break;
    }
  }
}

interface Edge { readonly from: MachineBlock; readonly to: MachineBlock; readonly weight: number; readonly rank: number }

function chainBlocks(
  order: readonly MachineBlock[], ranks: ReadonlyMap<MachineBlock, number>, hasLess: boolean,
): MachineBlock[] {
  const entry = order[0];
  if (entry === undefined) return [];
  const edges: Edge[] = [];
  const aside = new Set<MachineBlock>();
  for (const { end } of order) {
    if (end.kind !== "branch") continue;
    if (settlesAside(end.then, end.else)) aside.add(end.then);
    else if (settlesAside(end.else, end.then)) aside.add(end.else);
  }
  for (const [rank, block] of order.entries()) {
    const { end } = block;
    if (end.kind === "jump") {
      const weight = aside.has(block) ? 0 : 1000 + block.depth * 10;
      if (!isBack(block, end.target, ranks)) edges.push({ from: block, to: end.target, weight, rank });
    } else if (end.kind === "branch") {
      const preferThen = prefersThen(end);
      const invertible = isInvertible(end, hasLess);
      edges.push({ from: block, to: end.else, weight: (preferThen ? 0 : 1) + block.depth * 10, rank });
      const weight = invertible ? (preferThen ? 1 : 0) + block.depth * 10 : -1;
      edges.push({ from: block, to: end.then, weight, rank });
    }
  }
  edges.sort((a, b) => b.weight - a.weight || a.rank - b.rank);
  const next = new Map<MachineBlock, MachineBlock>();
  const hasPrevious = new Set<MachineBlock>([entry]);
  const chain = new Map<MachineBlock, MachineBlock>();
  const head = (block: MachineBlock): MachineBlock => {
    let at = block;
    for (let up = chain.get(at); up !== undefined; up = chain.get(at)) {
      const above = chain.get(up);
      if (above !== undefined) chain.set(at, above);
      at = up;
    }
    return at;
  };
  for (const { from, to } of edges) {
    if (next.has(from) || hasPrevious.has(to) || head(from) === head(to)) continue;
    next.set(from, to);
    hasPrevious.add(to);
    chain.set(head(to), head(from));
  }
  const placed = new Set<MachineBlock>();
  const result: MachineBlock[] = [];
  for (const block of order) {
    if (hasPrevious.has(block) && block !== entry) continue;
    for (let at: MachineBlock | undefined = block; at !== undefined && !placed.has(at); at = next.get(at)) {
      placed.add(at);
      result.push(at);
    }
  }
  for (const block of order) if (!placed.has(block)) throw new Error("a block is in no chain");
  return result;
}
