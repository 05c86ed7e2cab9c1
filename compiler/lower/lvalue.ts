/**
 * Lvalues: where an object is, how it is read, how it is written.
 *
 * An lvalue is an address with what is known of it: alignment (a member's is the greatest that base and offset allow,
 * so packed records come out right), volatility, and a bit-field's place. Records have no value in the IR: the "value"
 * of a record expression is the address of an object that holds it.
 */
import { unreachable } from "../source/unreachable.ts";
import type { CompoundLiteralExpr, Expression, MemberExpr } from "../ast/program.ts";
import type { BitField, CType } from "../types/ctype.ts";
import { isRecord, isVolatile } from "../types/basic.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { createSlot, symbolAddress } from "../ir/module.ts";
import type { AnyValue } from "../ir/module.ts";
import { alignAt, alignBehind } from "./alignment.ts";
import { loadBitField, storeBitField } from "./bitfield.ts";
import { preservedPlace, preserving } from "./core.ts";
import { emit, load, offset, store, temporary } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { expression } from "./expression.ts";
import { stringSymbol, symbolOf } from "./globals.ts";
import { initializeLocal } from "./initializer.ts";
import { accessible, accessOf, normalize, scalar } from "./values.ts";

export interface Lvalue {
  readonly address: AnyValue;
  readonly type: CType;
  readonly align: number;
  readonly volatile: boolean;
  /** Then `address` is the record's, `recordSize` its bytes; `whole`: they are read and written in one piece. */
  readonly bitField: { readonly place: BitField; readonly recordSize: number; readonly whole?: true } | undefined;
}

/** Evaluates an expression to the place of an object. A record value that is no lvalue gives its temporary. */
export function lvalue(f: FunctionContext, e: Expression): Lvalue {
  f.loc = e.loc;
  switch (e.kind) {
    case "variable": {
      const local = f.variables.get(e.variable);
      const address = local ?? symbolAddress(f.fn, symbolOf(f.m, e.variable));
      return plain(address, e.type, Math.max(alignOf(e.variable.type), e.variable.attributes.align));
    }
    case "string":
      return plain(symbolAddress(f.fn, stringSymbol(f.m, e.literal)), e.type, e.literal.elementSize);
    case "dereference": {
      const preserved = e.element === undefined ? undefined : preservedPlace(f, e);
      if (preserved !== undefined) return preserved;
      const pointer = expression(f, e.pointer);
      return plain(pointer, e.type, alignBehind(e.pointer));
    }
    case "member":
      return memberLvalue(f, e);
    case "compoundLiteral":
      return compoundLiteral(f, e);
    case "builtin":
      if (e.name === "preserveAccessIndex") return preserving(f, () => lvalue(f, e.arguments[0]));
      return recordTemporary(f, e);
    case "load": case "recordValue": case "assign": case "conditional": case "comma": case "call": case "statement":
    case "cast":
      return recordTemporary(f, e);
    case "integer": case "float": case "labelAddress": case "functionName": case "decay": case "addressOf": case "unary":
    case "binary": case "compare": case "logical": case "pointerAdd": case "pointerDifference": case "compoundAssign":
    case "increment":
      throw new Error(`a ${e.kind} expression is no lvalue`);
    default:
      return unreachable(e);
  }
}

function plain(address: AnyValue, type: CType, align: number): Lvalue {
  return { address, type, align, volatile: isVolatile(type), bitField: undefined };
}

function recordTemporary(f: FunctionContext, e: Expression): Lvalue {
  return plain(recordAddress(f, e), e.type, alignOf(e.type));
}

function memberLvalue(f: FunctionContext, e: MemberExpr): Lvalue {
  const preserved = preservedPlace(f, e);
  if (preserved !== undefined) return preserved;
  const base = lvalue(f, e.base);
  f.loc = e.loc;
  const volatile = base.volatile || isVolatile(e.type);
  if (e.member.bitField !== undefined) {
    const bitField = { place: e.member.bitField, recordSize: sizeOf(e.base.type) };
    return { address: base.address, type: e.type, align: base.align, volatile, bitField };
  }
  const address = offset(f, base.address, e.member.offset);
  return { address, type: e.type, align: alignAt(base.align, e.member.offset), volatile, bitField: undefined };
}

function compoundLiteral(f: FunctionContext, e: CompoundLiteralExpr): Lvalue {
  const v = e.variable;
  const align = Math.max(alignOf(v.type), v.attributes.align);
  if (v.storage === "static") return plain(symbolAddress(f.fn, symbolOf(f.m, v)), e.type, align);
  let address = f.variables.get(v);
  if (address === undefined) {
    const name = v.name === "" ? ".compoundliteral" : v.name;
    address = createSlot(f.fn, { name, size: sizeOf(v.type), align, temporary: v.name === "" }, e.loc);
    f.variables.set(v, address);
  }
  if (e.initializer !== undefined) initializeLocal(f, address, v.type, align, e.initializer);
  return plain(address, e.type, align);
}

/** Lvalue to value: a scalar's value, or a record's address. */
export function readLvalue(f: FunctionContext, place: Lvalue): AnyValue {
  const address = accessible(f, place.address, place.type);
  if (isRecord(place.type)) return address;
  const s = scalar(f, place.type);
  if (place.bitField !== undefined) {
    return loadBitField(f, address, place.align, place.bitField, s, place.volatile);
  }
  const value = load(f, s.type, address, accessOf(s, place.align, place.volatile));
  // The padding bits of a `_BitInt` say nothing; a `_Bool` object holds 0 or 1.
  return s.bool || s.bits === s.bytes * 8 ? value : normalize(f, value, s);
}

/** Stores a scalar, in invariant form. */
export function writeLvalue(f: FunctionContext, place: Lvalue, value: AnyValue): void {
  const s = scalar(f, place.type);
  const address = accessible(f, place.address, place.type);
  if (place.bitField !== undefined) {
    storeBitField(f, address, place.align, place.bitField, s, value, place.volatile);
    return;
  }
  store(f, address, value, { bytes: s.bytes, align: place.align, volatile: place.volatile });
}

/** The value that an assignment leaves: what a load would give, without the load (C11 6.5.16p3). */
export function assignedValue(f: FunctionContext, place: Lvalue, value: AnyValue): AnyValue {
  if (place.bitField === undefined) return value;
  const s = scalar(f, place.type);
  return normalize(f, value, { ...s, bits: place.bitField.place.width });
}

/** Where a record is, and what may be taken for granted of its bytes. */
export type RecordPlace = Pick<Lvalue, "address" | "align" | "volatile">;

/**
 * Copies a record. The copy is volatile if one of the objects is (C11 6.7.3p7), and as little aligned as the lesser of
 * them.
 */
export function copyRecord(f: FunctionContext, to: RecordPlace, from: RecordPlace, type: CType): void {
  const bytes = sizeOf(type);
  if (bytes === 0 || to.address === from.address) return;
  const align = Math.min(to.align, from.align);
  emit(f, "memcpy", "void", [to.address, from.address], { bytes, align, volatile: to.volatile || from.volatile });
}

/** The place as it is accessed. */
export function reachedPlace(f: FunctionContext, place: Lvalue): RecordPlace {
  return { address: accessible(f, place.address, place.type), align: place.align, volatile: place.volatile };
}

/** The object that holds a record expression's value: see recordAddress. */
export function recordPlace(f: FunctionContext, e: Expression): RecordPlace {
  return e.kind === "load" ? reachedPlace(f, lvalue(f, e.lvalue)) : recordTemporary(f, e);
}

/**
 * The address of an object that holds a record expression's value. It may be the object itself: who needs a copy that
 * later stores do not change makes one.
 */
export function recordAddress(f: FunctionContext, e: Expression): AnyValue {
  if (e.kind === "load") return reachedPlace(f, lvalue(f, e.lvalue)).address;
  if (e.kind === "recordValue") {
    const slot = temporary(f, ".record", sizeOf(e.type), alignOf(e.type));
    initializeLocal(f, slot, e.type, alignOf(e.type), e.initializer);
    return slot;
  }
  return expression(f, e);
}
