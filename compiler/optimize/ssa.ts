/**
 * SSA construction for the pieces of promoted slots.
 *
 * Takes a function in which those slots are only loaded and stored within pieces, and replaces the loads by values.
 * Phis stand at the iterated dominance frontier of a piece's stores, where the piece is live (Cytron et al. 1991,
 * pruned); the walk down the dominator tree carries the current value of each piece. A load before any store, or after
 * the slot's life began anew, is undefined.
 */
import { locate } from "../ir/address.ts";
import { Builder } from "../ir/build.ts";
import type { Dominators } from "../ir/dominators.ts";
import { Frontiers } from "../ir/dominators.ts";
import type { AnyValue, Block, Function, Value } from "../ir/module.ts";
import { addIncoming, createValue, prepend, removeWhere, replaceUses, successors, undef } from "../ir/module.ts";
import type { Piece } from "./pieces.ts";

type Access = Value<"load"> | Value<"store">;

export function buildSsa(
  fn: Function, plans: ReadonlyMap<AnyValue, readonly Piece[]>, dom: Dominators, endian: "little" | "big",
): void {
  const pieces: Piece[] = [];
  const ofSlot = new Map<AnyValue, Piece[]>();
  for (const [slot, list] of plans) {
    const numbered = list.map((piece, i) => ({ ...piece, index: pieces.length + i }));
    pieces.push(...numbered);
    ofSlot.set(slot, numbered);
  }
  const accesses = findAccesses(fn, ofSlot);
  const placed = placePhis(fn, pieces, ofSlot, accesses, dom);
  new Renamer(fn, pieces, ofSlot, accesses, placed, dom, endian).run();
}

interface PieceAccess { readonly piece: Piece; readonly at: number }

function findAccesses(fn: Function, ofSlot: ReadonlyMap<AnyValue, readonly Piece[]>): Map<AnyValue, PieceAccess> {
  const found = new Map<AnyValue, PieceAccess>();
  for (const block of fn.blocks) {
    for (const value of block.values) {
      if (value.op !== "load" && value.op !== "store") continue;
      const { root, offset } = locate(value.args[0]);
      const list = ofSlot.get(root);
      if (list === undefined || offset === undefined) continue;
      const piece = list.find((p) => p.start <= offset && offset + value.aux.bytes <= p.end);
      if (piece === undefined) throw new Error(`v${value.id} crosses the pieces of its slot`);
      found.set(value, { piece, at: offset - piece.start });
    }
  }
  return found;
}

function isWhole(value: Access, piece: Piece): boolean {
  return value.aux.bytes === piece.end - piece.start;
}

/** Empty phis, by block and piece. */
function placePhis(
  fn: Function, pieces: readonly Piece[], ofSlot: ReadonlyMap<AnyValue, readonly Piece[]>,
  accesses: ReadonlyMap<AnyValue, PieceAccess>, dom: Dominators,
): Map<Block, Map<Piece, Value<"phi">>> {
  // By piece: positions of the blocks that set it, and of those that read what they have not set.
  const definedIn = pieces.map(() => new Set<number>());
  const exposedIn = pieces.map(() => new Set<number>());
  dom.order.forEach((block, position) => {
    for (const value of block.values) {
      if (value.op === "lifestart") {
        for (const piece of ofSlot.get(value.args[0]) ?? []) definedIn[piece.index].add(position);
      } else if (value.op === "load" || value.op === "store") {
        const access = accesses.get(value);
        if (access === undefined) continue;
        const defined = definedIn[access.piece.index];
        const whole = value.op === "store" && isWhole(value, access.piece);
        if (!whole && !defined.has(position)) exposedIn[access.piece.index].add(position);
        if (value.op === "store") defined.add(position);
      }
    }
  });
  const frontiers = new Frontiers(dom);
  const liveness = new Liveness(dom);
  const placed = new Map<Block, Map<Piece, Value<"phi">>>();
  for (const piece of pieces) {
    const defs = definedIn[piece.index];
    liveness.ask(exposedIn[piece.index], defs);
    for (const position of frontiers.of(defs, (at) => liveness.has(at))) {
      const join = dom.order[position];
      const phi = createValue(fn, "phi", piece.type, [], { blocks: [] }, join.values[0].loc);
      let map = placed.get(join);
      if (map === undefined) placed.set(join, map = new Map());
      map.set(piece, phi);
      prepend(join, phi);
    }
  }
  return placed;
}

/** Blocks, by position, at whose start a value may be read before it is written. */
class Liveness {
  private readonly dom: Dominators;
  private readonly preds: (readonly number[] | undefined)[] = [];
  /** The question to which the block is an answer. */
  private readonly live: Int32Array;
  private question = 0;

  constructor(dom: Dominators) {
    this.dom = dom;
    this.live = new Int32Array(dom.order.length);
  }

  has(position: number): boolean {
    return this.live[position] === this.question;
  }

  ask(exposed: ReadonlySet<number>, defs: ReadonlySet<number>): void {
    const { dom: { order, index }, live, preds } = this;
    const now = ++this.question;
    const work = [...exposed];
    for (const position of work) live[position] = now;
    for (let at = work.pop(); at !== undefined; at = work.pop()) {
      const before = preds[at] ??= order[at].preds.flatMap((pred) => index.get(pred) ?? []);
      for (const pred of before) {
        if (live[pred] === now || defs.has(pred)) continue;
        live[pred] = now;
        work.push(pred);
      }
    }
  }
}

class Renamer {
  private readonly fn: Function;
  private readonly ofSlot: ReadonlyMap<AnyValue, readonly Piece[]>;
  private readonly accesses: ReadonlyMap<AnyValue, PieceAccess>;
  private readonly placed: ReadonlyMap<Block, ReadonlyMap<Piece, Value<"phi">>>;
  private readonly dom: Dominators;
  private readonly endian: "little" | "big";
  private readonly current: AnyValue[];
  private readonly undo: { index: number; value: AnyValue }[] = [];
  private readonly dead = new Set<AnyValue>();
  private readonly b: Builder;

  constructor(
    fn: Function, pieces: readonly Piece[], ofSlot: ReadonlyMap<AnyValue, readonly Piece[]>,
    accesses: ReadonlyMap<AnyValue, PieceAccess>, placed: ReadonlyMap<Block, ReadonlyMap<Piece, Value<"phi">>>,
    dom: Dominators, endian: "little" | "big",
  ) {
    this.fn = fn;
    this.ofSlot = ofSlot;
    this.accesses = accesses;
    this.placed = placed;
    this.dom = dom;
    this.endian = endian;
    this.current = pieces.map((piece) => undef(fn, piece.type));
    this.b = new Builder(fn, fn.blocks[0], 0);
  }

  run(): void {
    const { dom } = this;
    const stack: { node: number; at: number; mark: number }[] = [{ node: 0, at: 0, mark: 0 }];
    this.renameBlock(dom.order[0]);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = dom.children[top.node][top.at++];
      if (child === undefined) {
        while (this.undo.length > top.mark) {
          const entry = this.undo.pop();
          if (entry !== undefined) this.current[entry.index] = entry.value;
        }
        stack.pop();
      } else {
        stack.push({ node: child, at: 0, mark: this.undo.length });
        this.renameBlock(dom.order[child]);
      }
    }
    removeWhere(this.fn.blocks, (value) => this.dead.has(value));
  }

  private set(piece: Piece, value: AnyValue): void {
    this.undo.push({ index: piece.index, value: this.current[piece.index] });
    this.current[piece.index] = value;
  }

  private renameBlock(block: Block): void {
    for (const [piece, phi] of this.placed.get(block) ?? []) this.set(piece, phi);
    for (const value of [...block.values]) {
      if (value.op === "lifestart") {
        for (const piece of this.ofSlot.get(value.args[0]) ?? []) this.set(piece, undef(this.fn, piece.type));
        continue;
      }
      if (value.op !== "load" && value.op !== "store") continue;
      const access = this.accesses.get(value);
      if (access === undefined) continue;
      this.b.before(value);
      if (value.op === "load") replaceUses(value, this.read(value, access));
      else this.set(access.piece, this.write(value, access));
      this.dead.add(value);
    }
    for (const next of successors(block)) {
      for (const [piece, phi] of this.placed.get(next) ?? []) addIncoming(phi, block, this.current[piece.index]);
    }
  }

  /** Bits between the piece's low end and the bytes accessed. */
  private shift(piece: Piece, at: number, bytes: number): number {
    return (this.endian === "little" ? at : piece.end - piece.start - at - bytes) * 8;
  }

  private read(load: Value<"load">, { piece, at }: PieceAccess): AnyValue {
    const { b } = this;
    const { bytes, signed } = load.aux;
    const type = load.type;
    const now = this.current[piece.index];
    if (now.op === "undef") return b.undef(type);
    if (!isWhole(load, piece)) {
      const by = this.shift(piece, at, bytes);
      let low = by === 0 ? now : b.lshr(now, b.constant(piece.type, by));
      if (type === "i32" && piece.type === "i64") low = b.truncate(low);
      if (bytes === 4 && type === "i32") return low;
      return b.extend(type, low, (bytes * 8) as 8 | 16 | 32, signed);
    }
    if (bytes === 8) {
      if (type === piece.type) return now;
      return type === "ptr" ? b.inttoptr(now) : b.ptrtoint(now);
    }
    if (bytes === 4) return type === "i32" ? now : b.extend("i64", now, 32, signed);
    if (signed !== piece.signed) return b.extend(type, now, (bytes * 8) as 8 | 16, signed);
    return type === "i32" ? now : b.extend("i64", now, 32, signed);
  }

  private write(store: Value<"store">, { piece, at }: PieceAccess): AnyValue {
    const { b } = this;
    const { bytes } = store.aux;
    const value = store.args[1];
    if (value.op === "undef" && isWhole(store, piece)) return b.undef(piece.type);
    if (isWhole(store, piece)) {
      if (bytes === 8) {
        if (value.type === piece.type) return value;
        if (piece.type === "i64") return b.ptrtoint(value);
        return value.op === "const" && value.aux === 0n ? b.null() : b.inttoptr(value);
      }
      const low = value.type === "i64" ? b.truncate(value) : value;
      return bytes === 4 ? low : b.extend("i32", low, (bytes * 8) as 8 | 16, piece.signed);
    }
    // A part of the piece: the other bits stay.
    const whole = piece.type === "i32" ? 32 : 64;
    const mask = (1n << BigInt(bytes * 8)) - 1n;
    const by = this.shift(piece, at, bytes);
    const now = this.current[piece.index];
    const kept = now.op === "undef" ? b.constant(piece.type, 0) : b.and(now, b.constant(piece.type, ~(mask << BigInt(by))));
    let low = value.type === "i64" && piece.type === "i32" ? b.truncate(value) : value;
    if (low.type === "i32" && piece.type === "i64") low = b.extend("i64", low, 32, false);
    if (bytes * 8 < whole) low = b.and(low, b.constant(piece.type, mask));
    return b.or(kept, by === 0 ? low : b.shl(low, b.constant(piece.type, by)));
  }
}
