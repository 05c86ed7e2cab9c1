/**
 * The state of lowering: one context for the module, one for the function at hand, and `emit`, through which every
 * value of the function is made.
 *
 * `f.block` is where code goes next. After a terminator code is unreachable until a label: `emit` then opens a block
 * that nothing reaches, and the function's end sweeps it away, so that no caller has to ask whether it is alive.
 * `f.loc` is the source position that new values carry.
 */
import type { Diagnostics } from "../source/diagnostic.ts";
import type { CodeOptions } from "../source/options.ts";
import type { Loc } from "../source/source-map.ts";
import type { FunctionDecl, Label, SwitchCase, Variable } from "../ast/program.ts";
import {
  append, constant, createBlock, createSlot, createValue, isTerminated, removeUnreachable, replaceTerminator, terminate,
  terminator,
} from "../ir/module.ts";
import type { AnyValue, Block, Function, GlobalVariable, Module, Symbol, Value } from "../ir/module.ts";
import type { Aux, LoadAccess, MemoryAccess, Op, Predicate, Type } from "../ir/ops.ts";

export interface ModuleContext {
  readonly module: Module;
  readonly options: CodeOptions;
  readonly diagnostics: Diagnostics;
  readonly symbols: Map<FunctionDecl | Variable, Symbol>;
  /** String literals by content. */
  readonly strings: Map<string, GlobalVariable>;
  /** Labels whose addresses are taken (labels.ts). */
  readonly labelNumbers: ReadonlyMap<Label, number>;
  /** Functions that no source names, by name (generated.ts). */
  readonly generated: Map<string, FunctionDecl>;
  /** What is not defined, and is referred to by `weakref` declarations, by ELF name. */
  readonly weakReferences: Map<string, Symbol>;
  /** Definitions of the program by ELF name: what an alias may stand for. */
  readonly definitions: ReadonlyMap<string, FunctionDecl | Variable>;
  /** Every ELF name given so far, with the last number that was put behind it. */
  readonly names: Map<string, number>;
}

/** Something to do when control leaves a scope. */
export type ScopeEntry =
  | { readonly kind: "cleanup"; readonly function: FunctionDecl; readonly variable: Variable; readonly loc: Loc }
  | { readonly kind: "life"; readonly slot: Value<"slot"> };

/** Where `break` or `continue` goes, and how many scope entries live on there. */
export interface JumpTarget {
  readonly block: Block;
  readonly depth: number;
}

/** A goto's block, to be filled when the label's scope is known. */
export interface PendingGoto {
  readonly from: Block;
  readonly label: Label;
  readonly scope: readonly ScopeEntry[];
  readonly loc: Loc;
}

/** The switch of computed gotos: its block, and the phi of what they go to. */
export interface Dispatch {
  readonly block: Block;
  readonly value: Value<"phi">;
}

export interface FunctionContext {
  readonly m: ModuleContext;
  readonly fn: Function;
  readonly decl: FunctionDecl;
  block: Block;
  loc: Loc;
  /** Addresses of automatic variables. */
  readonly variables: Map<Variable, AnyValue>;
  readonly labels: Map<Label, { readonly block: Block; scope: readonly ScopeEntry[] | undefined }>;
  readonly gotos: PendingGoto[];
  /** By the innermost entry of the gotos' scope, which the entries around it go with. */
  readonly dispatches: Map<ScopeEntry | undefined, Dispatch>;
  scope: ScopeEntry[];
  readonly breaks: JumpTarget[];
  readonly continues: JumpTarget[];
  readonly cases: Map<SwitchCase, Block>;
  readonly defaults: Block[];
  /** Within `__builtin_preserve_access_index`. */
  preserving: boolean;
  /** Where a record result goes: the hidden first parameter. */
  readonly result: AnyValue | undefined;
}

/** The context of a function whose code begins in `entry`. */
export function functionContext(
  m: ModuleContext, fn: Function, decl: FunctionDecl, entry: Block, result: AnyValue | undefined,
): FunctionContext {
  return {
    m, fn, decl,
    block: entry,
    loc: decl.loc,
    variables: new Map(),
    labels: new Map(),
    gotos: [],
    dispatches: new Map(),
    scope: [],
    breaks: [],
    continues: [],
    cases: new Map(),
    defaults: [],
    preserving: false,
    result,
  };
}

/** Adds a value at the current position. */
export function emit<O extends Op>(f: FunctionContext, op: O, type: Type, args: AnyValue[], aux: Aux[O]): AnyValue {
  const value = createValue(f.fn, op, type, args, aux, f.loc) as AnyValue;
  append(live(f), value);
  return value;
}

/** The current block; a fresh one when the last was closed. */
export function live(f: FunctionContext): Block {
  if (isTerminated(f.block)) f.block = createBlock(f.fn);
  return f.block;
}

export function jump(f: FunctionContext, target: Block): void {
  if (isTerminated(f.block)) return;
  terminate(f.block, createValue(f.fn, "jump", "void", [], { target }, f.loc));
}

export function branch(f: FunctionContext, condition: AnyValue, then: Block, otherwise: Block, likely?: boolean): void {
  const aux = { then, else: otherwise, likely };
  terminate(live(f), createValue(f.fn, "branch", "void", [condition], aux, f.loc));
}

/** A block that control may reach by more than one way: made now, entered later by `enter`. */
export function newBlock(f: FunctionContext): Block {
  return createBlock(f.fn);
}

/** Falls into a block and goes on there. */
export function enter(f: FunctionContext, block: Block): void {
  jump(f, block);
  f.block = block;
}

export function int(f: FunctionContext, type: Type, value: bigint | number): Value<"const"> {
  return constant(f.fn, type, BigInt(value));
}

export function binary(
  f: FunctionContext,
  op: "add" | "sub" | "mul" | "udiv" | "urem" | "sdiv" | "srem" | "and" | "or" | "xor" | "shl" | "lshr" | "ashr",
  left: AnyValue,
  right: AnyValue,
): AnyValue {
  return emit(f, op, left.type, [left, right], undefined);
}

export function compare(f: FunctionContext, predicate: Predicate, left: AnyValue, right: AnyValue): AnyValue {
  return emit(f, "compare", "i32", [left, right], predicate);
}

export function extend(f: FunctionContext, value: AnyValue, from: 8 | 16 | 32, signed: boolean, type: Type): AnyValue {
  return emit(f, "extend", type, [value], { from, signed });
}

export function offset(f: FunctionContext, pointer: AnyValue, bytes: bigint | number): AnyValue {
  if (BigInt(bytes) === 0n) return pointer;
  return emit(f, "ptradd", "ptr", [pointer, int(f, "i64", bytes)], undefined);
}

export function load(f: FunctionContext, type: Type, address: AnyValue, access: LoadAccess): AnyValue {
  return emit(f, "load", type, [address], access);
}

export function store(f: FunctionContext, address: AnyValue, value: AnyValue, access: MemoryAccess): void {
  emit(f, "store", "void", [address, value], access);
}

/** A phi of the current block; the entries are complete at once. */
export function phi(f: FunctionContext, type: Type, entries: readonly (readonly [Block, AnyValue])[]): AnyValue {
  const args = entries.map(([, value]) => value);
  return emit(f, "phi", type, args, { blocks: entries.map(([block]) => block) });
}

export function temporary(f: FunctionContext, name: string, size: number, align: number): Value<"slot"> {
  return createSlot(f.fn, { name, size, align, temporary: true }, f.loc);
}

/** A temporary that lives until `endOfLife`, so that others may have its place in the frame after it. */
export function shortLived(f: FunctionContext, name: string, size: number, align: number): Value<"slot"> {
  const slot = temporary(f, name, size, align);
  emit(f, "lifestart", "void", [slot], undefined);
  return slot;
}

export function endOfLife(f: FunctionContext, slot: AnyValue): void {
  emit(f, "lifeend", "void", [slot], undefined);
}

/** Ends a function: blocks that nothing reaches go, whatever they end in. */
export function finish(f: FunctionContext): void {
  for (const block of f.fn.blocks) {
    if (!isTerminated(block)) terminate(block, createValue(f.fn, "unreachable", "void", [], undefined, f.loc));
  }
  removeUnreachable(f.fn);
}

/** What follows is not reached (`__builtin_unreachable`, a call of a noreturn function). */
export function cutOff(f: FunctionContext): void {
  const block = live(f);
  terminate(block, createValue(f.fn, "unreachable", "void", [], undefined, f.loc));
}

/** Puts a jump in place of a pending block's end. */
export function retarget(block: Block, target: Block, loc: Loc): void {
  const jumpValue = createValue(block.function, "jump", "void", [], { target }, loc);
  if (isTerminated(block)) {
    if (terminator(block).op !== "jump") throw new Error(`b${block.id} ends in no jump`);
    replaceTerminator(block, jumpValue);
  } else {
    terminate(block, jumpValue);
  }
}
