/**
 * Spilling: rewrites the code for registers that have to live in memory.
 *
 * Such a register is split rather than banished: between two calls, where registers are plenty, one reload serves all
 * uses of a block, as a piece with a register of its own. A piece that finds none either is split once more, into one
 * reload for each instruction; those always fit. A value that can be made again (a constant, the address of a symbol or
 * of a slot) is made again instead of being loaded. Copies to and from a spilled register become stores and loads
 * themselves.
 */
import { load, reg, store } from "../../assembler/isa/instruction.ts";
import type { MachineBlock, MachineFunction, MachineInstruction, Reg } from "./machine.ts";
import {
  firstVirtual, forEachDef, forEachEndUse, forEachUse, isCall, mapEnd, mapRegisters, newRegister, newSlot, slotBase,
} from "./machine.ts";
import type { Loc } from "../source/source-map.ts";

/** What is known of registers over the rounds of spilling. */
export interface SpillState {
  /** 0: as selected; 1: a piece of a split one; 2: for a single instruction, never to be spilled. */
  readonly level: number[];
  /** The slot that a register is a copy of; undefined for none. */
  readonly home: (number | undefined)[];
  /** The instruction that makes the register's only value again. */
  readonly remake: (MachineInstruction | undefined)[];
}

export function makeSpillState(): SpillState {
  return { level: [], home: [], remake: [] };
}

export function levelOf(state: SpillState, r: Reg): number {
  return state.level[r] ?? 0;
}

/** Finds the registers with one definition that can be repeated anywhere. */
export function findRemakable(fn: MachineFunction, state: SpillState, alias: Int32Array): void {
  const definitions = new Uint8Array(fn.nextRegister);
  const remake: (MachineInstruction | undefined)[] = [];
  for (const block of fn.blocks) {
    for (const i of block.code) {
      if (i.op === "copies") {
        // Joined copies are no definitions; others are.
        for (const { dst, src } of i.moves) {
          const root = dst < firstVirtual ? dst : (alias[dst] as Reg);
          if (root !== (src < firstVirtual ? src : (alias[src] as Reg))) definitions[root] = 2;
        }
        continue;
      }
      forEachDef(i, (r) => {
        const root = r < firstVirtual ? r : (alias[r] as Reg);
        definitions[root] = Math.min(2, (definitions[root] as number) + 1);
        remake[root] = isRepeatable(i) ? i : undefined;
      });
    }
  }
  for (let r = firstVirtual; r < fn.nextRegister; r++) {
    state.remake[r] = definitions[r] === 1 ? remake[r] : undefined;
  }
}

function isRepeatable(i: MachineInstruction): boolean {
  return i.op === "ld_imm64" || i.op === "frame" || i.op === "alu" && i.alu === "mov" && i.src.kind === "imm";
}

/** Rewrites the function for the registers of `spilled` and all that were joined with them. */
export function spill(fn: MachineFunction, state: SpillState, spilled: readonly Reg[], alias: Int32Array): void {
  const chosen = new Uint8Array(fn.nextRegister);
  for (const r of spilled) {
    chosen[r] = 1;
    if (levelOf(state, r) >= 2) throw new Error(`${fn.name}: no register for a single use`);
  }
  // A piece shares the slot of what it is a piece of, but not when it was joined with something else.
  for (let r = firstVirtual; r < chosen.length; r++) {
    const representative = alias[r] as Reg;
    if (representative === r || representative < firstVirtual || chosen[representative] === 0) continue;
    if (state.home[r] !== state.home[representative]) state.home[representative] = undefined;
    if (levelOf(state, r) < levelOf(state, representative)) state.level[representative] = levelOf(state, r);
  }
  for (const r of spilled) {
    if (state.remake[r] === undefined && state.home[r] === undefined) {
      state.home[r] = newSlot(fn, {
        info: { name: "", size: 8, align: 8, temporary: true }, loc: fn.loc, spill: true, tracked: true,
      });
    }
  }
  const root = (r: Reg): Reg | undefined => {
    if (r < firstVirtual || r >= chosen.length) return undefined;
    const representative = alias[r] as Reg;
    return representative >= firstVirtual && chosen[representative] === 1 ? representative : undefined;
  };
  for (const block of fn.blocks) spillBlock(fn, state, block, root);
}

interface Rewriter {
  readonly fn: MachineFunction;
  readonly state: SpillState;
  readonly root: (r: Reg) => Reg | undefined;
  readonly out: MachineInstruction[];
  /** The piece that holds each spilled register now. */
  readonly pieces: Map<Reg, Reg>;
  /** Uses that are still to come before the next call, by register. */
  readonly ahead: Map<Reg, number>[];
}

function spillBlock(fn: MachineFunction, state: SpillState, block: MachineBlock, root: Rewriter["root"]): void {
  const ahead = usesByRegion(block, root);
  if (ahead === undefined) return;
  const w: Rewriter = { fn, state, root, out: [], pieces: new Map(), ahead };
  let region = 0;
  for (const i of block.code) {
    if (i.op === "copies") rewriteCopies(w, i, ahead[region] as Map<Reg, number>);
    else rewriteInstruction(w, i, ahead[region] as Map<Reg, number>);
    if (isCall(i)) {
      region++;
      w.pieces.clear();
    }
  }
  const used = new Map<Reg, Reg>();
  forEachEndUse(block.end, (r) => {
    const spilled = root(r);
    if (spilled !== undefined && !used.has(spilled)) used.set(spilled, pieceFor(w, spilled, block.end.loc));
  });
  block.end = mapEnd(block.end, (r) => {
    const spilled = root(r);
    return spilled === undefined ? r : used.get(spilled) as Reg;
  });
  block.code = w.out;
}

/** How often each spilled register is read between two calls, for each such stretch; undefined when none occurs. */
function usesByRegion(block: MachineBlock, root: Rewriter["root"]): Map<Reg, number>[] | undefined {
  let found = false;
  let current = new Map<Reg, number>();
  const regions = [current];
  const use = (r: Reg): void => {
    const spilled = root(r);
    if (spilled === undefined) return;
    found = true;
    current.set(spilled, (current.get(spilled) ?? 0) + 1);
  };
  for (const i of block.code) {
    forEachUse(i, use);
    forEachDef(i, (r) => {
      found ||= root(r) !== undefined;
    });
    if (isCall(i)) regions.push(current = new Map());
  }
  forEachEndUse(block.end, use);
  return found ? regions : undefined;
}

function takeUse(uses: Map<Reg, number>, r: Reg): void {
  uses.set(r, (uses.get(r) ?? 0) - 1);
}

function newPiece(w: Rewriter, spilled: Reg): Reg {
  const piece = newRegister(w.fn);
  w.state.level[piece] = levelOf(w.state, spilled) + 1;
  w.state.home[piece] = w.state.home[spilled];
  w.state.remake[piece] = w.state.remake[spilled];
  return piece;
}

/** Puts the value of the spilled register in `dst`. */
function fetch(w: Rewriter, spilled: Reg, dst: Reg, loc: Loc): void {
  const remake = w.state.remake[spilled];
  if (remake !== undefined) w.out.push({ ...mapRegisters(remake, () => dst), loc });
  else w.out.push({ ...load(8, dst, homeBase(w, spilled), 0), loc });
}

function homeBase(w: Rewriter, spilled: Reg): Reg {
  const home = w.state.home[spilled];
  if (home === undefined) throw new Error(`${w.fn.name}: a spilled register has no slot`);
  return slotBase(home);
}

function pieceFor(w: Rewriter, spilled: Reg, loc: Loc): Reg {
  const known = w.pieces.get(spilled);
  if (known !== undefined) return known;
  const piece = newPiece(w, spilled);
  fetch(w, spilled, piece, loc);
  // A piece of the last level serves one instruction only.
  if (levelOf(w.state, piece) < 2) w.pieces.set(spilled, piece);
  return piece;
}

function rewriteInstruction(w: Rewriter, i: MachineInstruction, uses: Map<Reg, number>): void {
  const loc = i.loc ?? w.fn.loc;
  if (isOwnReload(w, i)) return;
  const used = new Map<Reg, Reg>();
  forEachUse(i, (r) => {
    const spilled = w.root(r);
    if (spilled === undefined) return;
    if (!used.has(spilled)) used.set(spilled, pieceFor(w, spilled, loc));
    takeUse(uses, spilled);
  });
  const written = new Map<Reg, Reg>();
  forEachDef(i, (r) => {
    const spilled = w.root(r);
    if (spilled === undefined) return;
    // The one instruction that makes the value again goes where the value is wanted.
    written.set(spilled, used.get(spilled) ?? newPiece(w, spilled));
  });
  if (used.size === 0 && written.size === 0) {
    w.out.push(i);
    return;
  }
  const remade = [...written.keys()].find((r) => w.state.remake[r] !== undefined);
  if (remade !== undefined) return;
  w.out.push(mapRegisters(i, (r) => {
    const spilled = w.root(r);
    return spilled === undefined ? r : used.get(spilled) ?? (written.get(spilled) as Reg);
  }));
  for (const [spilled, piece] of written) {
    w.out.push({ ...store(8, homeBase(w, spilled), 0, reg(piece)), loc });
    if (levelOf(w.state, piece) < 2) w.pieces.set(spilled, piece);
  }
}

/**
 * Is it the load or store that an earlier round made for a register that is now spilled again? The store of a value
 * that is made again stays: other pieces read the slot, and no new definition writes it.
 */
function isOwnReload(w: Rewriter, i: MachineInstruction): boolean {
  if (i.op === "load" && i.base < 0) {
    const spilled = w.root(i.dst);
    return spilled !== undefined && w.state.home[spilled] !== undefined && i.base === homeBase(w, spilled);
  }
  if (i.op === "store" && i.base < 0 && i.src.kind === "reg") {
    const spilled = w.root(i.src.reg);
    return spilled !== undefined && w.state.remake[spilled] === undefined && w.state.home[spilled] !== undefined &&
      i.base === homeBase(w, spilled);
  }
  return false;
}

/**
 * Copies with spilled sides: what is read from memory and what is written to it must not get in each other's way. Slots
 * that are both read and written are saved first; then slots and registers are stored, then the registers are moved,
 * then those are loaded that come from memory.
 */
function rewriteCopies(w: Rewriter, i: MachineInstruction & { readonly op: "copies" }, uses: Map<Reg, number>): void {
  const { loc } = i;
  const moves: { dst: Reg; src: Reg }[] = [];
  const stores: { dst: Reg; src: Reg }[] = [];
  const loads: { dst: Reg; src: Reg }[] = [];
  const between: { dst: Reg; src: Reg }[] = [];
  const storesAfter: Reg[] = [];
  const written = new Map<Reg, Reg>();
  for (const { src } of i.moves) {
    const spilled = w.root(src);
    if (spilled !== undefined) takeUse(uses, spilled);
  }
  for (const { dst, src } of i.moves) {
    const to = w.root(dst);
    const from = w.root(src);
    if (to !== undefined && to === from) continue;
    const held = from === undefined ? src : w.pieces.get(from);
    if (to === undefined) {
      if (held === undefined) loads.push({ dst, src: from as Reg });
      else moves.push({ dst, src: held });
    } else if (held === undefined) between.push({ dst: to, src: from as Reg });
    else if ((uses.get(to) ?? 0) > 0 && levelOf(w.state, to) === 0) {
      // Read again before the next call: it stays in a register till then.
      const piece = newPiece(w, to);
      moves.push({ dst: piece, src: held });
      storesAfter.push(to);
      written.set(to, piece);
    } else stores.push({ dst: to, src: held });
  }
  const home = (r: Reg): number | undefined => w.state.remake[r] === undefined ? w.state.home[r] : undefined;
  const targets = new Set<number | undefined>();
  for (const { dst } of [...stores, ...between]) targets.add(home(dst));
  for (const dst of storesAfter) targets.add(home(dst));
  const saved = new Map<Reg, number>();
  for (const { src } of [...loads, ...between]) {
    const slot = home(src);
    if (slot === undefined || !targets.has(slot) || saved.has(src)) continue;
    const copy = newSlot(w.fn, {
      info: { name: "", size: 8, align: 8, temporary: true }, loc: w.fn.loc, spill: true, tracked: true,
    });
    saved.set(src, copy);
    memoryMove(w, src, undefined, copy, loc);
  }
  for (const { dst, src } of between) memoryMove(w, src, saved.get(src), w.state.home[dst] as number, loc);
  for (const { dst, src } of stores) {
    w.out.push({ ...store(8, homeBase(w, dst), 0, reg(src)), loc });
    w.pieces.delete(dst);
  }
  if (moves.length > 0) w.out.push({ op: "copies", moves, loc });
  for (const dst of storesAfter) {
    const piece = written.get(dst) as Reg;
    w.out.push({ ...store(8, homeBase(w, dst), 0, reg(piece)), loc });
    w.pieces.set(dst, piece);
  }
  for (const { dst } of between) w.pieces.delete(dst);
  for (const { dst, src } of loads) {
    const slot = saved.get(src);
    if (slot === undefined) fetch(w, src, dst, loc);
    else w.out.push({ ...load(8, dst, slotBase(slot), 0), loc });
  }
}

/** Memory to memory through a register of its own. */
function memoryMove(w: Rewriter, src: Reg, saved: number | undefined, slot: number, loc: Loc): void {
  const through = newRegister(w.fn);
  w.state.level[through] = 2;
  if (saved === undefined) fetch(w, src, through, loc);
  else w.out.push({ ...load(8, through, slotBase(saved), 0), loc });
  w.out.push({ ...store(8, slotBase(slot), 0, reg(through)), loc });
}
