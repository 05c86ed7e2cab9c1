/**
 * C types as IR types, and conversions between values.
 *
 * The invariant of lowering: a value of an integer type narrower than 32 bits lives in an i32 and is extended there by
 * its type's signedness; `_Bool` is 0 or 1. Enumerations are their underlying type. A floating value is the integer of
 * its bits; the ops `fadd` to `toint` compute with it. Records have no value: see lvalue.ts.
 */
import type { CompareExpr } from "../ast/program.ts";
import { canonical } from "../types/ctype.ts";
import type { CType } from "../types/ctype.ts";
import { addressSpaceOf, integerOf, isFloat, isRecord, pointee } from "../types/basic.ts";
import { quoteType } from "../types/print.ts";
import type { AnyValue } from "../ir/module.ts";
import { outcomes } from "../ir/evaluate-float.ts";
import type { LoadAccess, Outcomes, Predicate, Type } from "../ir/ops.ts";
import { sizeOf } from "../types/layout.ts";
import { compare, emit, extend, int } from "./context.ts";
import type { FunctionContext } from "./context.ts";

/**
 * The address at which an object of this type is accessed: memory of another address space is reached by the kernel's
 * name.
 */
export function accessible(f: FunctionContext, address: AnyValue, type: CType): AnyValue {
  return inSpace(f, address, addressSpaceOf(type), 0);
}

/** A pointer to the same place in another address space; null is null in all of them. */
function inSpace(f: FunctionContext, pointer: AnyValue, from: number, to: number): AnyValue {
  if (from === to || pointer.op === "const" && pointer.aux === 0n) return pointer;
  return emit(f, "addrspace", "ptr", [pointer], { from, to });
}

/** How a scalar C type is held. */
export interface Scalar {
  readonly type: "i32" | "i64" | "ptr";
  /** Bits that mean something: fewer than those of the bytes for `_Bool`, which has 1, and some `_BitInt`s. */
  readonly bits: number;
  /** `_Bool`: a conversion to it asks whether the value is 0, and cuts nothing off. */
  readonly bool: boolean;
  readonly signed: boolean;
  /** Bytes in memory. */
  readonly bytes: 1 | 2 | 4 | 8;
}

/** The holding of a scalar type; undefined for one wider than 64 bits, and for records, arrays, void. */
export function scalarOf(type: CType): Scalar | undefined {
  const t = canonical(type);
  if (t.kind === "pointer") return { type: "ptr", bits: 64, bool: false, signed: false, bytes: 8 };
  if (t.kind === "float") {
    const bytes = memoryBytes(t.size);
    if (bytes === undefined) return undefined;
    return { type: bytes === 8 ? "i64" : "i32", bits: bytes * 8, bool: false, signed: false, bytes };
  }
  const integer = integerOf(t);
  if (integer === undefined) return undefined;
  const bytes = memoryBytes(integer.size);
  if (bytes === undefined) return undefined;
  const { width: bits, signed } = integer;
  return { type: bytes === 8 ? "i64" : "i32", bits, bool: integer.name === "_Bool", signed, bytes };
}

/** An integer type of more than 64 bits: its values are pairs of halves (wide.ts). */
export function isWide(type: CType): boolean {
  return (integerOf(type)?.size ?? 0) > 8;
}

/** Does a result of this type go through memory, whose address is a hidden first argument? */
export function returnsInMemory(type: CType): boolean {
  return isRecord(type) || isWide(type);
}

function memoryBytes(size: number): 1 | 2 | 4 | 8 | undefined {
  return size === 1 || size === 2 || size === 4 || size === 8 ? size : undefined;
}

/** As scalarOf, for a type that must be one; otherwise a located error, and the caller goes on with an int. */
export function scalar(f: FunctionContext, type: CType): Scalar {
  const found = scalarOf(type);
  if (found !== undefined) return found;
  f.m.diagnostics.error(f.loc, `values of type ${quoteType(type)} are not supported by the BPF target`);
  return { type: "i32", bits: 32, bool: false, signed: true, bytes: 4 };
}

/** The access of a scalar object. */
export function accessOf(s: Scalar, align: number, volatile: boolean): LoadAccess {
  return { bytes: s.bytes, align, volatile, signed: s.signed && s.bytes < (s.type === "i32" ? 4 : 8) };
}

/** Brings the low bits of a value to the invariant form of a narrow type. */
export function normalize(f: FunctionContext, value: AnyValue, s: Scalar): AnyValue {
  const width = s.type === "i32" ? 32 : 64;
  if (s.bool || s.bits === width) return value;
  if (s.bits === 8 || s.bits === 16 || s.bits === 32) return extend(f, value, s.bits, s.signed, s.type);
  const count = int(f, s.type, width - s.bits);
  const up = emit(f, "shl", s.type, [value, count], undefined);
  return emit(f, s.signed ? "ashr" : "lshr", s.type, [up, count], undefined);
}

/** Converts a scalar value between C types (C11 6.3.1, 6.3.2.3). */
export function convert(f: FunctionContext, value: AnyValue, fromType: CType, toType: CType): AnyValue {
  const from = scalar(f, fromType);
  const to = scalar(f, toType);
  if (isFloat(fromType)) {
    if (isFloat(toType)) return from.bits === to.bits ? value : emit(f, "fresize", to.type, [value], undefined);
    if (to.bool) return floatTruth(f, value);
    return emit(f, "toint", to.type, [value], { bits: to.bits, signed: to.signed, shift: 0 });
  }
  if (isFloat(toType)) return emit(f, "fromint", to.type, [value], { signed: from.signed });
  if (to.bool && !from.bool) return compare(f, "ne", value, int(f, from.type, 0));
  if (from.type === "ptr") {
    if (to.type === "ptr") return inSpace(f, value, addressSpaceOf(pointee(fromType)), addressSpaceOf(pointee(toType)));
    const bits = value.op === "const" ? int(f, "i64", value.aux) : emit(f, "ptrtoint", "i64", [value], undefined);
    return resize(f, bits, { type: "i64", bits: 64, bool: false, signed: false, bytes: 8 }, to);
  }
  if (to.type === "ptr") {
    const wide = resize(f, value, from, { type: "i64", bits: 64, bool: false, signed: from.signed, bytes: 8 });
    return wide.op === "const" ? int(f, "ptr", wide.aux) : emit(f, "inttoptr", "ptr", [wide], undefined);
  }
  return resize(f, value, from, to);
}

function resize(f: FunctionContext, value: AnyValue, from: Scalar, to: Scalar): AnyValue {
  if (value.op === "const") return constantOf(f, from.signed ? BigInt.asIntN(from.bits, value.aux) : value.aux, to);
  let result: AnyValue = value;
  if (from.type === "i32" && to.type === "i64") result = extend(f, value, 32, from.signed, "i64");
  else if (from.type === "i64" && to.type === "i32") result = emit(f, "truncate", "i32", [value], undefined);
  const fits = to.bits > from.bits ? to.signed || !from.signed : to.bits === from.bits && to.signed === from.signed;
  return fits ? result : normalize(f, result, to);
}

/** The constant of a C integer type in its invariant form. */
export function constantOf(f: FunctionContext, value: bigint, s: Scalar): AnyValue {
  const wrapped = s.signed ? BigInt.asIntN(s.bits, value) : BigInt.asUintN(s.bits, value);
  return int(f, s.type, wrapped);
}

/** Is a floating value unequal to zero (C11 6.3.1.2)? A NaN is. */
export function floatTruth(f: FunctionContext, value: AnyValue): AnyValue {
  return emit(f, "fcompare", "i32", [value, int(f, value.type, 0)], outcomesOf["!="]);
}

/** What a comparison of floating values may find to be true. */
export const outcomesOf: { readonly [op in CompareExpr["operator"]]: Outcomes } = {
  "==": outcomes.equal, "!=": outcomes.all & ~outcomes.equal, "<": outcomes.less, "<=": outcomes.less | outcomes.equal,
  ">": outcomes.greater, ">=": outcomes.greater | outcomes.equal,
};

const signedPredicates: { readonly [op in CompareExpr["operator"]]: Predicate } = {
  "==": "eq", "!=": "ne", "<": "slt", "<=": "sle", ">": "sgt", ">=": "sge",
};
const unsignedPredicates: { readonly [op in CompareExpr["operator"]]: Predicate } = {
  "==": "eq", "!=": "ne", "<": "ult", "<=": "ule", ">": "ugt", ">=": "uge",
};

/** The IR's predicate of a comparison in C. */
export function predicateOf(operator: CompareExpr["operator"], signed: boolean): Predicate {
  return (signed ? signedPredicates : unsignedPredicates)[operator];
}

/** IR type of a parameter or result of scalar type; void stays void. */
export function irType(f: FunctionContext, type: CType): Type {
  return canonical(type).kind === "void" ? "void" : scalar(f, type).type;
}

/** How records travel to a callee: in registers up to 16 bytes, by the address of a copy above (clang's BPF ABI). */
export function recordRegisters(type: CType): number {
  const size = sizeOf(type);
  return size === 0 ? 0 : size <= 8 ? 1 : size <= 16 ? 2 : -1;
}
