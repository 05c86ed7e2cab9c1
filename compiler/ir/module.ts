/**
 * The IR's nouns: Module, Function, Block, Value, Symbol.
 *
 * SSA over a control-flow graph. A value is an operation with arguments; a block is a list of values, phis first, one
 * terminator last. Leaves (constants, symbol addresses, slots, parameters) belong to the function, stand in no block
 * and are valid everywhere; constants, undefs and symbol addresses are interned, so identity is equality.
 *
 * Uses are maintained: `value.uses` holds one entry for each argument position in which a value stands (leaves `const`,
 * `undef`, `symbol` and `core` do not count theirs). `block.preds` is maintained by the functions here that make,
 * change and remove terminators; it holds each predecessor once. All change goes through the functions of this file and
 * of build.ts.
 */
import type { Loc } from "../source/source-map.ts";
import { canonical } from "../types/ctype.ts";
import type { CType } from "../types/ctype.ts";
import type { Aux, CoreQuery, Op, SlotInfo, Type, UnrollHint } from "./ops.ts";

export interface Module {
  readonly functions: Function[];
  readonly variables: GlobalVariable[];
  readonly aliases: Alias[];
  /** File-scope asm, in order. */
  readonly asm: { readonly text: string; readonly loc: Loc }[];
}

export type Linkage = "local" | "global" | "weak";

interface SymbolBase {
  /** ELF symbol name, unique in the module. */
  readonly name: string;
  readonly loc: Loc;
  linkage: Linkage;
  hidden: boolean;
  /** The section the source asks for; undefined: the default one for the symbol's kind. */
  section: string | undefined;
  readonly declTags: readonly string[];
  /** C type, for BTF. */
  readonly ctype: CType;
  /** Must be emitted even when nothing refers to it. */
  used: boolean;
}

export interface GlobalVariable extends SymbolBase {
  readonly kind: "variable";
  /** Lower may enlarge an object to whole words. */
  size: number;
  align: number;
  /** Undefined for an extern declaration. */
  initializer: Initializer | undefined;
  /** In a read-only section, its bytes may be read at compile time. `volatile` objects never. */
  readonly constant: boolean;
  /** A common symbol: without a section, put together with others of its name by linkers. */
  common: boolean;
  /** A string literal without a name of its own (private, mergeable). */
  readonly isString: boolean;
  /** Its address goes nowhere but to loads and stores of this module: a pointer from elsewhere is none into it. */
  confined?: boolean;
}

/**
 * One more ELF name for a definition of the module. The code says the definition itself, which is `used`: who knows the
 * other name may change or call it.
 */
export interface Alias {
  readonly name: string;
  readonly target: Symbol;
  readonly linkage: Linkage;
  readonly hidden: boolean;
}

export interface Initializer {
  /** Exactly `size` bytes; undefined bytes for all zero. */
  readonly bytes: Uint8Array | undefined;
  readonly relocations: readonly { readonly offset: number; readonly size: number; readonly symbol: Symbol; readonly addend: bigint }[];
}

export interface Function extends SymbolBase {
  readonly kind: "function";
  readonly params: Value<"param">[];
  /** Changes only when `widen` makes i32 values i64. */
  returns: Type;
  /** Entry first; empty for a declaration. */
  blocks: Block[];
  slots: Value<"slot">[];
  inlining: "always" | "never" | "hint" | "none";
  /** Bytes, at least an instruction's 8. */
  align: number;
  naked: boolean;
  noreturn: boolean;
  /** Calls have no effect and depend on nothing but arguments. */
  pure: boolean;
  /** What is to be said of a call that is left in the object: attributes `error` and `warning`. */
  readonly callAdvice: { readonly kind: "error" | "warning"; readonly message: string } | undefined;
  /** Where the body ends: the implicit return. */
  end: Loc;
  nextId: number;
  readonly leaves: Map<string, AnyValue>;
}

export type Symbol = GlobalVariable | Function;

export type Callee =
  | { readonly kind: "helper"; readonly id: number }
  | { readonly kind: "function"; readonly function: Function }
  | { readonly kind: "indirect" };

export interface Value<O extends Op = Op> {
  readonly id: number;
  readonly op: O;
  /** Changes only when `widen` makes i32 values i64. */
  type: Type;
  readonly args: AnyValue[];
  readonly uses: AnyValue[];
  block: Block | undefined;
  loc: Loc;
  aux: Aux[O];
}
/** The union over all ops: `switch (v.op)` narrows `v.aux`. */
export type AnyValue = { [O in Op]: Value<O> }[Op];
export type Terminator = Value<"jump"> | Value<"branch"> | Value<"switch"> | Value<"return"> | Value<"unreachable">;

export interface Block {
  readonly id: number;
  readonly function: Function;
  values: AnyValue[];
  readonly preds: Block[];
  /** For the header of a loop: the source's wish. */
  unroll: UnrollHint;
}

// ---- Making --------------------------------------------------------------------------------------------------------

export function createBlock(fn: Function): Block {
  const block: Block = { id: fn.nextId++, function: fn, values: [], preds: [], unroll: undefined };
  fn.blocks.push(block);
  return block;
}

/** A value in no block yet; its uses are counted from now on. */
export function createValue<O extends Op>(fn: Function, op: O, type: Type, args: AnyValue[], aux: Aux[O], loc: Loc): Value<O> {
  const value: Value<O> = { id: fn.nextId++, op, type, args, uses: [], block: undefined, loc, aux };
  for (const arg of args) addUse(arg, value as AnyValue);
  return value;
}

function leaf<O extends Op>(fn: Function, key: string, op: O, type: Type, aux: Aux[O]): Value<O> {
  const found = fn.leaves.get(key);
  if (found !== undefined) return found as Value<O>;
  const value = createValue(fn, op, type, [], aux, 0);
  fn.leaves.set(key, value as AnyValue);
  return value;
}

/** The constant of a type; `value` is wrapped to it (kept as the unsigned residue). */
export function constant(fn: Function, type: Type, value: bigint): Value<"const"> {
  const wrapped = BigInt.asUintN(type === "i32" ? 32 : 64, value);
  return leaf(fn, type + wrapped, "const", type, wrapped);
}

export function undef(fn: Function, type: Type): Value<"undef"> {
  return leaf(fn, "undef" + type, "undef", type, undefined);
}

export function symbolAddress(fn: Function, symbol: Symbol): Value<"symbol"> {
  return leaf(fn, "@" + symbol.name, "symbol", "ptr", symbol);
}

/** The answer to a CO-RE query. Queries are equal when they ask the same of the same declaration. */
export function coreValue(fn: Function, query: CoreQuery): Value<"core"> {
  const key = `core ${query.kind} ${query.name} ${query.access} ${query.value}`;
  for (let number = 0; ; number++) {
    const value = leaf(fn, `${key} ${number}`, "core", "i64", query);
    if (sameType(value.aux.root, query.root)) return value;
  }
}

/** Are two types of one name the same, as far as BTF tells? */
function sameType(a: CType, b: CType): boolean {
  if (a === b) return true;
  const [x, y] = [canonical(a), canonical(b)];
  if (a.kind !== b.kind || x.kind !== y.kind) return false;
  if (x.kind === "record") return y.kind === "record" && x.decl === y.decl;
  if (x.kind === "enum") return y.kind === "enum" && x.decl === y.decl;
  return x === y;
}

export function createSlot(fn: Function, info: SlotInfo, loc: Loc): Value<"slot"> {
  const slot = createValue(fn, "slot", "ptr", [], info, loc);
  fn.slots.push(slot);
  return slot;
}

/** The constant as a signed number of its type. */
export function signedValue(value: Value<"const">): bigint {
  return BigInt.asIntN(value.type === "i32" ? 32 : 64, value.aux);
}

// ---- Uses ----------------------------------------------------------------------------------------------------------

function countsUses(value: AnyValue): boolean {
  return value.op !== "const" && value.op !== "undef" && value.op !== "symbol" && value.op !== "core";
}

function addUse(value: AnyValue, user: AnyValue): void {
  if (countsUses(value)) value.uses.push(user);
}

function removeUse(value: AnyValue, user: AnyValue): void {
  if (!countsUses(value)) return;
  const at = value.uses.lastIndexOf(user);
  const last = value.uses.pop();
  if (at < 0 || last === undefined) throw new Error(`use of v${value.id} by v${user.id} is not recorded`);
  if (at < value.uses.length) value.uses[at] = last;
}

export function setArg(user: AnyValue, index: number, value: AnyValue): void {
  removeUse(user.args[index], user);
  user.args[index] = value;
  addUse(value, user);
}

/** Every use of `from` becomes one of `to`. `from` must count its uses. */
export function replaceUses(from: AnyValue, to: AnyValue): void {
  if (from === to) return;
  for (const user of from.uses) {
    const at = user.args.indexOf(from);
    user.args[at] = to;
    addUse(to, user);
  }
  from.uses.length = 0;
}

// ---- Values in blocks ----------------------------------------------------------------------------------------------

/** Appends a value that is no terminator before the block's terminator, if it has one. */
export function append(block: Block, value: AnyValue): void {
  value.block = block;
  const last = block.values[block.values.length - 1];
  if (last !== undefined && isTerminator(last)) block.values.splice(block.values.length - 1, 0, value);
  else block.values.push(value);
}

export function insertBefore(position: AnyValue, value: AnyValue): void {
  const block = position.block;
  if (block === undefined) throw new Error(`v${position.id} stands in no block`);
  value.block = block;
  block.values.splice(block.values.indexOf(position), 0, value);
}

/** Phis go in front. */
export function prepend(block: Block, value: AnyValue): void {
  value.block = block;
  block.values.unshift(value);
}

/**
 * Drops the value's own uses of others and takes it out of its block. It must have no uses left. Not for terminators.
 */
export function remove(value: AnyValue): void {
  if (value.uses.length > 0) throw new Error(`v${value.id} (${value.op}) is removed while in use`);
  dropArgs(value);
  const block = value.block;
  if (block !== undefined) block.values.splice(block.values.indexOf(value), 1);
  value.block = undefined;
}

/**
 * Removes all values of these blocks for which `dead` holds, in one sweep; they must be unused by the living. The use
 * lists of their arguments are swept once each, since a slot may have thousands of uses: name all blocks in one call.
 * Returns whether there were any.
 */
export function removeWhere(blocks: readonly Block[], dead: (value: AnyValue) => boolean): boolean {
  const gone = new Set<AnyValue>();
  const args = new Set<AnyValue>();
  for (const block of blocks) {
    if (!block.values.some(dead)) continue;
    block.values = block.values.filter((value) => {
      if (!dead(value)) return true;
      gone.add(value);
      value.args.forEach((arg) => args.add(arg));
      return false;
    });
  }
  for (const arg of args) {
    let kept = 0;
    for (const user of arg.uses) if (!gone.has(user)) arg.uses[kept++] = user;
    arg.uses.length = kept;
  }
  for (const value of gone) {
    value.args.length = 0;
    value.block = undefined;
  }
  return gone.size > 0;
}

function dropArgs(value: AnyValue): void {
  for (const arg of value.args) removeUse(arg, value);
  value.args.length = 0;
}

/** Adds an argument to a phi for a predecessor. */
export function addIncoming(phi: Value<"phi">, block: Block, value: AnyValue): void {
  phi.args.push(value);
  phi.aux.blocks.push(block);
  addUse(value, phi);
}

export function removeIncoming(phi: Value<"phi">, block: Block): void {
  const at = phi.aux.blocks.indexOf(block);
  if (at < 0) throw new Error(`phi v${phi.id} has no entry for b${block.id}`);
  removeUse(phi.args[at], phi);
  phi.args.splice(at, 1);
  phi.aux.blocks.splice(at, 1);
}

export function phis(block: Block): Value<"phi">[] {
  const result: Value<"phi">[] = [];
  for (const value of block.values) {
    if (value.op !== "phi") break;
    result.push(value);
  }
  return result;
}

// ---- Terminators and edges -----------------------------------------------------------------------------------------

export function isTerminator(value: AnyValue): value is Terminator {
  switch (value.op) {
    case "jump": case "branch": case "switch": case "return": case "unreachable": return true;
    default: return false;
  }
}

export function terminator(block: Block): Terminator {
  const last = block.values[block.values.length - 1];
  if (last === undefined || !isTerminator(last)) throw new Error(`b${block.id} has no terminator`);
  return last;
}

export function isTerminated(block: Block): boolean {
  const last = block.values[block.values.length - 1];
  return last !== undefined && isTerminator(last);
}

/** Targets in order, with repetitions. */
export function targets(value: Terminator): Block[] {
  switch (value.op) {
    case "jump": return [value.aux.target];
    case "branch": return [value.aux.then, value.aux.else];
    case "switch": return [...value.aux.cases.map((c) => c.target), value.aux.default];
    case "return": case "unreachable": return [];
  }
}

/** Distinct successors, in order. */
export function successors(block: Block): Block[] {
  return [...new Set(targets(terminator(block)))];
}

/** Puts a terminator at the end of a block that has none, and records the edges. */
export function terminate(block: Block, value: Terminator): void {
  if (isTerminated(block)) throw new Error(`b${block.id} has a terminator already`);
  value.block = block;
  block.values.push(value);
  for (const target of new Set(targets(value))) target.preds.push(block);
}

/**
 * Replaces the terminator of a block. Edges that vanish take their phi entries with them; the phis of new successors
 * are the caller's to fill (addIncoming).
 */
export function replaceTerminator(block: Block, value: Terminator): void {
  const old = terminator(block);
  const before = new Set(targets(old));
  const after = new Set(targets(value));
  block.values.pop();
  dropArgs(old);
  old.block = undefined;
  value.block = block;
  block.values.push(value);
  for (const target of before) if (!after.has(target)) disconnect(block, target);
  for (const target of after) if (!before.has(target)) target.preds.push(block);
}

function disconnect(from: Block, to: Block): void {
  const at = to.preds.indexOf(from);
  if (at < 0) throw new Error(`edge b${from.id} -> b${to.id} is not recorded`);
  to.preds.splice(at, 1);
  for (const phi of phis(to)) removeIncoming(phi, from);
}

/**
 * Sends every edge `block -> from` to `to` instead. Phi entries of `from` for `block` go; those of `to` are the
 * caller's to fill when the edge `block -> to` is new.
 */
export function redirect(block: Block, from: Block, to: Block): void {
  if (from === to) return;
  const term = terminator(block);
  // Edges are recorded at the target: a long switch is not listed for each of its cases.
  const had = to.preds.includes(block);
  switch (term.op) {
    case "jump": term.aux.target = to; break;
    case "branch":
      if (term.aux.then === from) term.aux.then = to;
      if (term.aux.else === from) term.aux.else = to;
      break;
    case "switch":
      for (const c of term.aux.cases) if (c.target === from) c.target = to;
      if (term.aux.default === from) term.aux.default = to;
      break;
    case "return": case "unreachable": throw new Error(`b${block.id} has no successor`);
  }
  disconnect(block, from);
  if (!had) to.preds.push(block);
}

/**
 * Redirects several edges of a block at once: those to a key of `moves` go to its value. The keys hold no phis; entries
 * for edges that are new are the caller's to make.
 */
export function redirectEach(block: Block, moves: ReadonlyMap<Block, Block>): void {
  const term = terminator(block);
  const before = new Set(targets(term));
  const moved = (to: Block): Block => moves.get(to) ?? to;
  switch (term.op) {
    case "jump": term.aux.target = moved(term.aux.target); break;
    case "branch":
      term.aux.then = moved(term.aux.then);
      term.aux.else = moved(term.aux.else);
      break;
    case "switch":
      for (const c of term.aux.cases) c.target = moved(c.target);
      term.aux.default = moved(term.aux.default);
      break;
    case "return": case "unreachable": throw new Error(`b${block.id} has no successor`);
  }
  const after = new Set(targets(term));
  for (const target of before) if (!after.has(target)) disconnect(block, target);
  for (const target of after) if (!before.has(target)) target.preds.push(block);
}

/** Takes blocks that cannot be reached from the entry out of the function, with their edges. */
export function removeUnreachable(fn: Function): boolean {
  if (fn.blocks.length === 0) return false;
  const reached = new Set<Block>();
  const work = [fn.blocks[0]];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (reached.has(block)) continue;
    reached.add(block);
    for (const target of targets(terminator(block))) work.push(target);
  }
  if (reached.size === fn.blocks.length) return false;
  const dead = fn.blocks.filter((block) => !reached.has(block));
  const entered = new Set<Block>();
  for (const block of dead) {
    for (const target of successors(block)) if (reached.has(target)) entered.add(target);
  }
  for (const target of entered) keepPreds(target, reached);
  for (const block of dead) {
    for (const value of block.values) {
      dropArgs(value);
      value.block = undefined;
    }
  }
  fn.blocks = fn.blocks.filter((block) => reached.has(block));
  return true;
}

/** Takes away the edges to a block that come from elsewhere than these blocks. */
function keepPreds(block: Block, from: ReadonlySet<Block>): void {
  const keep = block.preds.filter((pred) => from.has(pred));
  block.preds.length = 0;
  for (const pred of keep) block.preds.push(pred);
  for (const phi of phis(block)) {
    let kept = 0;
    phi.args.forEach((arg, i) => {
      const pred = phi.aux.blocks[i];
      if (from.has(pred)) {
        phi.args[kept] = arg;
        phi.aux.blocks[kept++] = pred;
      } else removeUse(arg, phi as AnyValue);
    });
    phi.args.length = kept;
    phi.aux.blocks.length = kept;
  }
}
