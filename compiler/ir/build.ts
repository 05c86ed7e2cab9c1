/**
 * Builder: makes values and puts them at a place, with a source location. No folding: what is asked for is made.
 *
 * The place is the end of a block (before its terminator when it has one) or, after `before(v)`, in front of a value.
 * Block operations take a size in bytes; accesses default to natural alignment and not volatile.
 */
import type { Loc } from "../source/source-map.ts";
import type { AnyValue, Block, Callee, Function, Symbol, Value } from "./module.ts";
import {
  append, constant, createBlock, createSlot, createValue, insertBefore, prepend, symbolAddress, terminate, undef,
} from "./module.ts";
import type {
  AsmInfo, AtomicAccess, Aux, BlockAccess, LoadAccess, MemoryAccess, Op, Predicate, SlotInfo, SwitchCase, Type,
} from "./ops.ts";

type BinaryOp = "add" | "sub" | "mul" | "udiv" | "urem" | "sdiv" | "srem" | "and" | "or" | "xor" | "shl" | "lshr" | "ashr";

export class Builder {
  readonly fn: Function;
  loc: Loc;
  private place: Block;
  private position: AnyValue | undefined = undefined;

  constructor(fn: Function, block: Block, loc: Loc) {
    this.fn = fn;
    this.place = block;
    this.loc = loc;
  }

  /** The block that values go to. */
  get block(): Block {
    return this.place;
  }

  /** From now on: at the end of this block. */
  atEnd(block: Block): this {
    this.place = block;
    this.position = undefined;
    return this;
  }

  /** From now on: in front of this value, at its location. */
  before(value: AnyValue): this {
    if (value.block === undefined) throw new Error(`v${value.id} stands in no block`);
    this.place = value.block;
    this.position = value;
    this.loc = value.loc;
    return this;
  }

  /** Makes any value that is neither leaf, phi nor terminator. */
  value<O extends Op>(op: O, type: Type, args: AnyValue[], aux: Aux[O]): AnyValue {
    const value = createValue(this.fn, op, type, args, aux, this.loc) as AnyValue;
    if (this.position === undefined) append(this.place, value);
    else insertBefore(this.position, value);
    return value;
  }

  // ---- Leaves and blocks ----
  constant(type: Type, value: bigint | number): Value<"const"> { return constant(this.fn, type, BigInt(value)); }
  i32(value: bigint | number): Value<"const"> { return this.constant("i32", value); }
  i64(value: bigint | number): Value<"const"> { return this.constant("i64", value); }
  null(): Value<"const"> { return this.constant("ptr", 0); }
  undef(type: Type): Value<"undef"> { return undef(this.fn, type); }
  symbol(symbol: Symbol): Value<"symbol"> { return symbolAddress(this.fn, symbol); }
  slot(info: SlotInfo): Value<"slot"> { return createSlot(this.fn, info, this.loc); }
  newBlock(): Block { return createBlock(this.fn); }

  // ---- Arithmetic ----
  binary(op: BinaryOp, x: AnyValue, y: AnyValue): AnyValue { return this.value(op, x.type, [x, y], undefined); }
  add(x: AnyValue, y: AnyValue): AnyValue { return this.binary("add", x, y); }
  sub(x: AnyValue, y: AnyValue): AnyValue { return this.binary("sub", x, y); }
  mul(x: AnyValue, y: AnyValue): AnyValue { return this.binary("mul", x, y); }
  udiv(x: AnyValue, y: AnyValue): AnyValue { return this.binary("udiv", x, y); }
  urem(x: AnyValue, y: AnyValue): AnyValue { return this.binary("urem", x, y); }
  sdiv(x: AnyValue, y: AnyValue): AnyValue { return this.binary("sdiv", x, y); }
  srem(x: AnyValue, y: AnyValue): AnyValue { return this.binary("srem", x, y); }
  and(x: AnyValue, y: AnyValue): AnyValue { return this.binary("and", x, y); }
  or(x: AnyValue, y: AnyValue): AnyValue { return this.binary("or", x, y); }
  xor(x: AnyValue, y: AnyValue): AnyValue { return this.binary("xor", x, y); }
  shl(x: AnyValue, y: AnyValue): AnyValue { return this.binary("shl", x, y); }
  lshr(x: AnyValue, y: AnyValue): AnyValue { return this.binary("lshr", x, y); }
  ashr(x: AnyValue, y: AnyValue): AnyValue { return this.binary("ashr", x, y); }
  neg(x: AnyValue): AnyValue { return this.value("neg", x.type, [x], undefined); }
  extend(type: Type, x: AnyValue, from: 8 | 16 | 32, signed: boolean): AnyValue {
    return this.value("extend", type, [x], { from, signed });
  }
  truncate(x: AnyValue): AnyValue { return this.value("truncate", "i32", [x], undefined); }
  bswap(x: AnyValue, bits: 16 | 32 | 64): AnyValue { return this.value("bswap", x.type, [x], bits); }
  compare(predicate: Predicate, x: AnyValue, y: AnyValue): AnyValue {
    return this.value("compare", "i32", [x, y], predicate);
  }

  // ---- Pointers ----
  ptradd(pointer: AnyValue, offset: AnyValue): AnyValue { return this.value("ptradd", "ptr", [pointer, offset], undefined); }
  ptrdiff(x: AnyValue, y: AnyValue): AnyValue { return this.value("ptrdiff", "i64", [x, y], undefined); }
  ptrtoint(x: AnyValue): AnyValue { return this.value("ptrtoint", "i64", [x], undefined); }
  inttoptr(x: AnyValue): AnyValue { return this.value("inttoptr", "ptr", [x], undefined); }
  addrspace(x: AnyValue, spaces: Aux["addrspace"]): AnyValue { return this.value("addrspace", "ptr", [x], spaces); }

  /** An empty phi at the front of the block; `addIncoming` fills it. */
  phi(type: Type): Value<"phi"> {
    const phi = createValue(this.fn, "phi", type, [], { blocks: [] }, this.loc);
    prepend(this.place, phi);
    return phi;
  }
  opaque(x: AnyValue): AnyValue { return this.value("opaque", x.type, [x], undefined); }

  // ---- Memory ----
  load(type: Type, address: AnyValue, access: LoadAccess): AnyValue { return this.value("load", type, [address], access); }
  store(address: AnyValue, value: AnyValue, access: MemoryAccess): AnyValue {
    return this.value("store", "void", [address, value], access);
  }
  memcpy(to: AnyValue, from: AnyValue, access: BlockAccess): AnyValue { return this.value("memcpy", "void", [to, from], access); }
  memmove(to: AnyValue, from: AnyValue, access: BlockAccess): AnyValue { return this.value("memmove", "void", [to, from], access); }
  memset(to: AnyValue, byte: AnyValue, access: BlockAccess): AnyValue { return this.value("memset", "void", [to, byte], access); }
  memcmp(x: AnyValue, y: AnyValue, access: BlockAccess): AnyValue { return this.value("memcmp", "i32", [x, y], access); }
  memvar(x: AnyValue, y: AnyValue, bytes: AnyValue, access: Aux["memvar"]): AnyValue {
    return this.value("memvar", access.operator === "memcmp" ? "i32" : "void", [x, y, bytes], access);
  }
  strlen(text: AnyValue): AnyValue { return this.value("strlen", "i64", [text], undefined); }
  strcmp(x: AnyValue, y: AnyValue, limit: AnyValue): AnyValue { return this.value("strcmp", "i32", [x, y, limit], undefined); }
  atomic(args: AnyValue[], access: AtomicAccess): AnyValue {
    const type = access.operator === "storeRelease" ? "void" : access.bytes <= 4 ? "i32" : "i64";
    return this.value("atomic", type, args, access);
  }
  skbload(context: AnyValue, offset: AnyValue, bytes: 1 | 2 | 4): AnyValue {
    return this.value("skbload", "i64", [context, offset], bytes);
  }
  lifestart(slot: AnyValue): AnyValue { return this.value("lifestart", "void", [slot], undefined); }
  lifeend(slot: AnyValue): AnyValue { return this.value("lifeend", "void", [slot], undefined); }

  // ---- Calls ----
  call(type: Type, callee: Callee, args: AnyValue[]): AnyValue { return this.value("call", type, args, { callee }); }
  asm(args: AnyValue[], info: AsmInfo): AnyValue { return this.value("asm", "void", args, info); }
  asmresult(type: Type, asm: AnyValue, index: number): AnyValue { return this.value("asmresult", type, [asm], index); }
  isconstant(x: AnyValue): AnyValue { return this.value("isconstant", "i32", [x], undefined); }

  // ---- Terminators: the builder stays at the block ----
  jump(target: Block): void { terminate(this.place, createValue(this.fn, "jump", "void", [], { target }, this.loc)); }
  branch(condition: AnyValue, then: Block, otherwise: Block, likely: boolean | undefined = undefined): void {
    if (then === otherwise) this.jump(then);
    else terminate(this.place, createValue(this.fn, "branch", "void", [condition], { then, else: otherwise, likely }, this.loc));
  }
  switch(value: AnyValue, cases: SwitchCase[], otherwise: Block): void {
    terminate(this.place, createValue(this.fn, "switch", "void", [value], { cases, default: otherwise }, this.loc));
  }
  return(value: AnyValue | undefined): void {
    terminate(this.place, createValue(this.fn, "return", "void", value === undefined ? [] : [value], undefined, this.loc));
  }
  unreachable(): void { terminate(this.place, createValue(this.fn, "unreachable", "void", [], undefined, this.loc)); }
}

/** An access of natural alignment, not volatile. */
export function plainStore(bytes: 1 | 2 | 4 | 8, align: number = bytes): MemoryAccess {
  return { bytes, align, volatile: false };
}

export function plainLoad(bytes: 1 | 2 | 4 | 8, signed = false, align: number = bytes): LoadAccess {
  return { bytes, align, signed, volatile: false };
}
