/**
 * The arithmetic of types: integer promotion, the usual arithmetic conversions, default argument promotion, and what a
 * value becomes when it is converted (C11 6.3.1). Values are exact: integers are `bigint`, wrapped to their type.
 */
import {
  doubleType, integerOf, intType, isBool, unsignedInt128Type, unsignedIntType, unsignedLongLongType, unsignedLongType,
} from "./basic.ts";
import { canonical } from "./ctype.ts";
import type { CType, FloatType, IntegerType } from "./ctype.ts";
import { floatOfInteger, integerOfFloat } from "./float.ts";

/** Promotes an integer type (C11 6.3.1.1p2); other types stay. Bit-fields have `promoteBitField`. */
export function promote(type: CType): CType {
  const t = integerOf(type);
  if (t === undefined) return type;
  const isEnum = canonical(type).kind === "enum";
  if (t.name === "_BitInt") return t;
  if (t.rank < intType.rank) return intType;
  return isEnum ? t : type;
}

/**
 * Promotes a bit-field of `width` bits. Narrower than int: int; as wide as int: int or unsigned int; wider fields keep
 * their declared type, which is clang's reading of C11 6.3.1.1p2.
 */
export function promoteBitField(type: CType, width: number): CType {
  const t = integerOf(type);
  if (t === undefined || t.name === "_BitInt") return type;
  if (width < intType.width) return intType;
  if (width === intType.width) return t.signed ? intType : unsignedIntType;
  return promote(type);
}

/** The common type of two promoted arithmetic operands (C11 6.3.1.8); undefined when one is not arithmetic. */
export function usualArithmetic(a: CType, b: CType): CType | undefined {
  const x = canonical(a);
  const y = canonical(b);
  if (x.kind === "float" || y.kind === "float") {
    if (x.kind === "float" && y.kind === "float") return rankOfFloat(x) >= rankOfFloat(y) ? a : b;
    if (x.kind === "float") return integerOf(b) === undefined ? undefined : a;
    return integerOf(a) === undefined ? undefined : b;
  }
  const p = integerOf(a);
  const q = integerOf(b);
  if (p === undefined || q === undefined) return undefined;
  if (sameInteger(p, q)) return a;
  if (p.signed === q.signed) return p.rank >= q.rank ? a : b;
  const [signedSide, signedType] = p.signed ? [p, a] : [q, b];
  const [unsignedSide, unsignedType] = p.signed ? [q, b] : [p, a];
  if (unsignedSide.rank >= signedSide.rank) return unsignedType;
  if (signedSide.width > unsignedSide.width) return signedType;
  return unsignedOf(signedSide);
}

function rankOfFloat(t: FloatType): number {
  return ["_Float16", "float", "double", "long double"].indexOf(t.name);
}

function sameInteger(a: IntegerType, b: IntegerType): boolean {
  return a.name === b.name && a.width === b.width && a.signed === b.signed;
}

/** The unsigned type of the same rank. */
function unsignedOf(t: IntegerType): IntegerType {
  switch (t.name) {
    case "long":
      return unsignedLongType;
    case "long long":
      return unsignedLongLongType;
    case "__int128":
      return unsignedInt128Type;
    case "int":
      return unsignedIntType;
    default:
      return { ...t, signed: false };
  }
}

/** What an argument becomes without a parameter to convert to (C11 6.5.2.2p6). */
export function promoteArgument(type: CType): CType {
  const t = canonical(type);
  if (t.kind === "float") return t.size < doubleType.size ? doubleType : type;
  return promote(type);
}

/** Wraps an integer to a type's range: modulo 2^width; `_Bool` gives 0 or 1 (C11 6.3.1.2, 6.3.1.3). */
export function wrapInteger(value: bigint, type: CType): bigint {
  if (isBool(type)) return value === 0n ? 0n : 1n;
  const t = integerOf(type);
  if (t === undefined) return BigInt.asUintN(64, value);
  return t.signed ? BigInt.asIntN(t.width, value) : BigInt.asUintN(t.width, value);
}

/** Does the value lie in the type's range, so that a conversion keeps it? */
export function fits(value: bigint, type: CType): boolean {
  return wrapInteger(value, type) === value;
}

/**
 * Rounds a value to the precision of a floating type. `_Float16` values keep single precision while they are constants.
 */
export function roundFloat(value: number, type: FloatType): number {
  return type.size <= 4 ? Math.fround(value) : value;
}

/** An integer value in a floating type (C11 6.3.1.4p2), rounded once. */
export function integerToFloat(value: bigint, type: FloatType): number {
  return floatOfInteger(value, type.size <= 4 ? 32 : 64);
}

/**
 * A floating value as an integer, truncated toward zero (C11 6.3.1.4); what is out of range or NaN gives 0 bits past
 * it.
 */
export function floatToInteger(value: number, type: CType): bigint {
  if (isBool(type)) return value === 0 ? 0n : 1n;
  return wrapInteger(integerOfFloat(value), type);
}
