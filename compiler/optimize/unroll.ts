/**
 * Unrolling, where a pragma asks for it or the context is indexed, and the number of rounds is a constant.
 *
 * The rounds are found by running the loop's own arithmetic: from the constants that enter the header's phis, through
 * the pure values that lead to the exit test and the next round. The loop is then peeled once a round: a copy of its
 * blocks in front of it, entered where the loop was entered, leaving where it left, going on into the loop. Folding
 * settles the tests afterwards, and the loop that is left runs no round and goes. Values that live on behind the loop
 * pass through slots, which the next promotion turns into values again.
 *
 * `#pragma unroll N` unrolls loops of up to N rounds; longer ones stay loops (verifier rule 12), as do those without
 * pragma, but for loops over fields of the context, which could not load.
 */
import { isContext, locate } from "../ir/address.ts";
import { cloneBlocks } from "../ir/clone.ts";
import type { Dominators, Loop } from "../ir/dominators.ts";
import { dominators, findLoops } from "../ir/dominators.ts";
import { evaluate } from "../ir/evaluate.ts";
import type { AnyValue, Block, Function } from "../ir/module.ts";
import { addIncoming, phis, redirect, successors, targets, terminator } from "../ir/module.ts";
import { ops } from "../ir/ops.ts";
import { storeOutgoing } from "./outgoing.ts";
import type { PassContext } from "./pass.ts";

const roundLimit = 1024;
/** Values that a loop may unroll to: the kernel takes a million verified instructions, the reader fewer. */
const sizeLimit = 20_000;

export function unroll(fn: Function, context: PassContext): boolean {
  const indexing = new Set(fn.blocks.filter((block) => block.values.some((value) => indexesContext(value, fn))));
  if (indexing.size === 0 && !fn.blocks.some((block) => isWanted(block))) return false;
  const needed = ({ blocks }: Loop): boolean => [...indexing].some((block) => blocks.has(block));
  return unrollWhere(fn, (loop) => isWanted(loop.header) || indexing.size > 0 && needed(loop), context);
}

/** Does it access the context at an offset that is not known yet? The verifier takes constant ones only (rule 5). */
function indexesContext(value: AnyValue, fn: Function): boolean {
  if (value.op !== "load" && value.op !== "store") return false;
  const { root, offset } = locate(value.args[0]);
  return offset === undefined && isContext(root, fn);
}

/**
 * Unrolls the loops that `wanted` names, each once, as far as their rounds can be told and no pragma keeps them from
 * it.
 */
export function unrollWhere(fn: Function, wanted: (loop: Loop) => boolean, context: PassContext): boolean {
  let changed = false;
  const tried = new Set<Block>();
  for (let dom = context.dominators(fn); ; dom = dominators(fn)) {
    // Inner loops first: their copies are counted in the outer loop's size.
    const loop = [...findLoops(dom).all].reverse().find((l) => !tried.has(l.header) && wanted(l));
    if (loop === undefined) return changed;
    tried.add(loop.header);
    const hint = loop.header.unroll;
    if (hint === "disable") continue;
    loop.header.unroll = undefined;
    const rounds = countRounds(loop);
    if (rounds === undefined || (typeof hint === "number" && rounds > hint)) continue;
    let size = 0;
    for (const block of loop.blocks) size += block.values.length;
    if (size * rounds > sizeLimit || !context.spend()) continue;
    peel(fn, loop, rounds, dom);
    changed = true;
  }
}

function isWanted(block: Block): boolean {
  return block.unroll !== undefined && block.unroll !== "disable";
}

/**
 * How often the loop goes round before its test, in the header or the only latch, lets it end; undefined if not known.
 */
function countRounds(loop: Loop): number | undefined {
  const { header, latches } = loop;
  if (latches.length !== 1) return undefined;
  const [latch] = latches;
  const test = [header, latch].find((block) => {
    const end = terminator(block);
    return end.op === "branch" && targets(end).some((target) => !loop.blocks.has(target));
  });
  if (test === undefined) return undefined;
  const end = terminator(test);
  if (end.op !== "branch") return undefined;
  const outside = header.preds.filter((pred) => !loop.blocks.has(pred));
  let now = new Map<AnyValue, bigint>();
  for (const phi of phis(header)) {
    const values = outside.map((pred) => phi.args[phi.aux.blocks.indexOf(pred)]);
    const [first] = values;
    if (first?.op === "const" && values.every((value) => value === first)) now.set(phi, first.aux);
  }
  for (let rounds = 1; rounds <= roundLimit; rounds++) {
    const condition = valueOf(end.args[0], now, loop);
    if (condition === undefined) return undefined;
    if (!loop.blocks.has(condition !== 0n ? end.aux.then : end.aux.else)) return rounds;
    const next = new Map<AnyValue, bigint>();
    for (const phi of phis(header)) {
      const value = valueOf(phi.args[phi.aux.blocks.indexOf(latch)], now, loop);
      if (value !== undefined) next.set(phi, value);
    }
    now = next;
  }
  return undefined;
}

/** A value of this round, from the header's phis; remembers what it computes. */
function valueOf(value: AnyValue, known: Map<AnyValue, bigint>, loop: Loop): bigint | undefined {
  if (value.op === "const") return value.aux;
  const found = known.get(value);
  if (found !== undefined || value.op === "phi" || ops[value.op].pure !== true) return found;
  if (value.block === undefined || !loop.blocks.has(value.block)) return undefined;
  const args: bigint[] = [];
  for (const arg of value.args) {
    const number = valueOf(arg, known, loop);
    if (number === undefined) return undefined;
    args.push(number);
  }
  const result = evaluate(value, args);
  if (result !== undefined) known.set(value, result);
  return result;
}

function peel(fn: Function, loop: Loop, rounds: number, dom: Dominators): void {
  storeOutgoing(fn, loop.blocks);
  const { header } = loop;
  const body = dom.order.filter((block) => loop.blocks.has(block));
  const copies = new Set<Block>();
  for (let round = 0; round < rounds; round++) {
    const before = header.preds.filter((pred) => !loop.blocks.has(pred));
    const { blocks, values } = cloneBlocks(body, fn, new Map());
    const copyOf = (block: Block): Block => {
      const copy = blocks.get(block);
      if (copy === undefined) throw new Error(`b${block.id} was not copied`);
      return copy;
    };
    const map = (value: AnyValue): AnyValue => values.get(value) ?? value;
    for (const pred of before) redirect(pred, header, copyOf(header));
    for (const latch of loop.latches) {
      const incoming = phis(header).map((phi) => map(phi.args[phi.aux.blocks.indexOf(latch)]));
      redirect(copyOf(latch), copyOf(header), header);
      phis(header).forEach((phi, i) => addIncoming(phi, copyOf(latch), incoming[i]));
    }
    for (const block of body) {
      for (const target of successors(block)) {
        if (loop.blocks.has(target)) continue;
        for (const phi of phis(target)) addIncoming(phi, copyOf(block), map(phi.args[phi.aux.blocks.indexOf(block)]));
      }
    }
    for (const copy of blocks.values()) copies.add(copy);
  }
  // Layout: the copies in front of the loop, in the order of the rounds.
  const others = fn.blocks.filter((block) => !copies.has(block));
  fn.blocks = others.flatMap((block) => block === header ? [...copies, block] : block);
}
