/**
 * Threading: a small block whose branch is settled by the way it was entered is copied onto that way, without the
 * branch.
 *
 * `if (a) ...; x = y; if (a) ...` tests twice: behind the first test each side gets its own `x = y` and goes on to its
 * side of the second. The verifier walks both sides of every test that it cannot tell, and of those that it can it
 * keeps the tested value apart in all states since; both are spared. Loops whose first round is certain are entered
 * behind their test: what was the head becomes the end.
 *
 * Takes a function, breaks dominators. What a copied block computes for others passes through slots (outgoing.ts), so
 * promotion follows. Rules that bear on it (verifier-rules.md): addresses at constant offsets are computed anew where
 * they are used, so that no phi of them arises (5, 6); calls and inline assembly are not copied; a loop keeps one head
 * and its way back (12).
 */
import { Builder } from "../ir/build.ts";
import type { Loop } from "../ir/dominators.ts";
import { findLoops } from "../ir/dominators.ts";
import type { AnyValue, Block, Function, Terminator, Value } from "../ir/module.ts";
import {
  addIncoming, append, createBlock, createValue, phis, redirect, removeUnreachable, replaceTerminator, setArg,
  successors, terminate, terminator,
} from "../ir/module.ts";
import { wayFrom } from "./branches.ts";
import { storeOutgoing } from "./outgoing.ts";
import type { PassContext } from "./pass.ts";
import { prefersSize } from "./pass.ts";

/** Instructions of a block that may be there twice. */
const costLimit = 4;

export function thread(fn: Function, context: PassContext): boolean {
  const dom = context.dominators(fn);
  const { all, irreducible } = findLoops(dom);
  if (irreducible) return false;
  const loops = new Map(all.map((loop) => [loop.header, loop]));
  let changed = false;
  // From the end on: a test that is settled by an earlier one still sees that one.
  for (let i = dom.order.length - 1; i > 0; i--) {
    const block = dom.order[i];
    const end = terminator(block);
    if (end.op !== "branch" && end.op !== "switch" || successors(block).includes(block)) continue;
    if (threadBlock(fn, block, end, loops, context)) changed = true;
  }
  if (changed) removeUnreachable(fn);
  return changed;
}

function threadBlock(
  fn: Function, block: Block, end: Value<"branch"> | Value<"switch">, loops: ReadonlyMap<Block, Loop>, context: PassContext,
): boolean {
  const loop = loops.get(block);
  const limit = loop !== undefined ? 0 : prefersSize(context.options) ? 1 : costLimit;
  if (block.preds.length < 2 || costOf(block, end) > limit) return false;
  const ways = new Map<Block, Block[]>();
  for (const pred of block.preds) {
    if (loop?.blocks.has(pred) === true) continue;
    const target = wayFrom(end, block, pred);
    // No way back is added.
    if (target === undefined || loops.get(target)?.blocks.has(block) === true) continue;
    const group = ways.get(target);
    if (group === undefined) ways.set(target, [pred]);
    else group.push(pred);
  }
  if (ways.size === 0 || loop !== undefined && !isRotatable(loop, ways) || !context.spend()) return false;
  computeAnew(block);
  storeOutgoing(fn, new Set([block]));
  for (const [target, preds] of ways) copyOnto(fn, block, preds, target, end);
  if (loop !== undefined) {
    for (const target of ways.keys()) {
      target.unroll ??= block.unroll;
      block.unroll = undefined;
    }
  }
  // What nothing enters any more leads nowhere: its targets can have one predecessor again.
  if (block.preds.length === 0) replaceTerminator(block, createValue(fn, "unreachable", "void", [], undefined, end.loc));
  return true;
}

/** Does every entry pass the test, and is there one way into the loop? Then that way's block can be the head. */
function isRotatable({ header, blocks }: Loop, ways: ReadonlyMap<Block, readonly Block[]>): boolean {
  const inside = successors(header).filter((target) => blocks.has(target));
  const [target] = inside;
  return inside.length === 1 && ways.size === 1
    && ways.get(target)?.length === header.preds.filter((pred) => !blocks.has(pred)).length;
}

/** Instructions, roughly, without the phis and the decision; infinite for what must not be there twice. */
function costOf(block: Block, end: Terminator): number {
  let cost = 0;
  for (const value of block.values) {
    switch (value.op) {
      case "phi": case "truncate": case "ptrtoint": case "inttoptr": case "lifestart": case "lifeend": break;
      case "call": case "asm": case "asmresult": case "atomic": case "skbload": case "isconstant": return Infinity;
      case "memcpy": case "memmove": case "memset": case "memcmp": case "memvar": case "strlen": case "strcmp": return Infinity;
      case "ptradd":
        if (!isPlace(value)) cost++;
        break;
      default:
        if (value !== end && !(value.uses.length === 1 && value.uses[0] === end)) cost++;
    }
  }
  return cost;
}

function isPlace(value: Value<"ptradd">): boolean {
  const { op } = value.args[1];
  return op === "const" || op === "core";
}

/** Addresses at constant offsets that others use are computed there. */
function computeAnew(block: Block): void {
  for (const value of [...block.values].reverse()) {
    if (value.op !== "ptradd" || !isPlace(value)) continue;
    for (const user of new Set(value.uses)) {
      user.args.forEach((arg, i) => {
        if (arg !== value) return;
        const from = user.op === "phi" ? user.aux.blocks[i] : user.block;
        if (from === undefined || from === block) return;
        const place = user.op === "phi" ? terminator(from) : user;
        const b = new Builder(block.function, from, value.loc).before(place);
        setArg(user, i, b.ptradd(value.args[0], value.args[1]));
      });
    }
  }
}

/** The predecessors go through a copy of the block to the target. */
function copyOnto(fn: Function, block: Block, preds: readonly Block[], target: Block, end: Terminator): void {
  const copy = createBlock(fn);
  fn.blocks.pop();
  fn.blocks.splice(fn.blocks.indexOf(block), 0, copy);
  const copies = new Map<AnyValue, AnyValue>();
  const map = (value: AnyValue): AnyValue => copies.get(value) ?? value;
  for (const value of block.values) {
    if (value === end) break;
    if (value.op === "phi") {
      const arriving = preds.map((pred) => value.args[value.aux.blocks.indexOf(pred)]);
      if (arriving.every((one) => one === arriving[0])) {
        copies.set(value, arriving[0]);
        continue;
      }
      const phi = createValue(fn, "phi", value.type, [], { blocks: [] }, value.loc);
      preds.forEach((pred, i) => addIncoming(phi, pred, arriving[i]));
      append(copy, phi);
      copies.set(value, phi);
      continue;
    }
    const made = createValue(fn, value.op, value.type, value.args.map(map), value.aux, value.loc) as AnyValue;
    append(copy, made);
    copies.set(value, made);
  }
  terminate(copy, createValue(fn, "jump", "void", [], { target }, end.loc));
  for (const phi of phis(target)) addIncoming(phi, copy, map(phi.args[phi.aux.blocks.indexOf(block)]));
  for (const pred of preds) redirect(pred, block, copy);
}
