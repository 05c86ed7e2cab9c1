/**
 * The basic types as shared objects, the constructors of derived types, and the questions of one word about a type
 * (`isInteger`, `isPointer`, `isScalar` ...). All questions look through typedefs, qualifiers and tags.
 *
 * The widths are those of clang's BPF target: LP64, `char` signed, `wchar_t` int, `long double` as `double`.
 */
import { canonical } from "./ctype.ts";
import type {
  ArrayType, CType, ErrorType, FloatType, FunctionType, IntegerType, Parameter, PointerType, QualifiedType, RecordDecl,
  VectorShape, VoidType,
} from "./ctype.ts";

function integer(name: IntegerType["name"], size: number, signed: boolean, rank: number): IntegerType {
  return { kind: "integer", name, size, width: size * 8, signed, rank };
}

export const voidType: VoidType = { kind: "void" };
export const errorType: ErrorType = { kind: "error" };

export const boolType: IntegerType = { kind: "integer", name: "_Bool", size: 1, width: 1, signed: false, rank: 0 };
export const charType = integer("char", 1, true, 1);
export const signedCharType = integer("signed char", 1, true, 1);
export const unsignedCharType = integer("unsigned char", 1, false, 1);
export const shortType = integer("short", 2, true, 2);
export const unsignedShortType = integer("unsigned short", 2, false, 2);
export const intType = integer("int", 4, true, 3);
export const unsignedIntType = integer("unsigned int", 4, false, 3);
export const longType = integer("long", 8, true, 4);
export const unsignedLongType = integer("unsigned long", 8, false, 4);
export const longLongType = integer("long long", 8, true, 5);
export const unsignedLongLongType = integer("unsigned long long", 8, false, 5);
export const int128Type = integer("__int128", 16, true, 6);
export const unsignedInt128Type = integer("unsigned __int128", 16, false, 6);

export const halfType: FloatType = { kind: "float", name: "_Float16", size: 2 };
export const floatType: FloatType = { kind: "float", name: "float", size: 4 };
export const doubleType: FloatType = { kind: "float", name: "double", size: 8 };
export const longDoubleType: FloatType = { kind: "float", name: "long double", size: 8 };

/** `size_t`, `ptrdiff_t` and `wchar_t` of the target. */
export const sizeType = unsignedLongType;
export const pointerDifferenceType = longType;
export const wideCharType = intType;

/**
 * `_BitInt(width)`, laid out as the System V psABI of a 64-bit machine has it: the next power of two up to 8, then 16.
 */
export function bitIntType(width: number, signed: boolean): IntegerType {
  let size = 1;
  while (size * 8 < width) size *= 2;
  // Above every standard type of less width, below those of the same width (C23 6.3.1.1p1).
  const below = width <= 8 ? 0 : width <= 16 ? 1 : width <= 32 ? 2 : width <= 64 ? 3 : 5;
  return { kind: "integer", name: "_BitInt", width, size, signed, rank: below + width / 1000 };
}

export function pointerTo(to: CType): PointerType {
  return { kind: "pointer", to };
}

export function arrayOf(of: CType, length: ArrayType["length"]): ArrayType {
  return { kind: "array", of, length };
}

export function functionReturning(returns: CType, parameters: readonly Parameter[], variadic = false): FunctionType {
  return { kind: "function", returns, parameters, variadic, prototyped: true };
}

export interface Qualifiers {
  readonly const: boolean;
  readonly volatile: boolean;
  readonly restrict: boolean;
  readonly atomic: boolean;
}

export const noQualifiers: Qualifiers = { const: false, volatile: false, restrict: false, atomic: false };

/** The type with these qualifiers added to those it has; the type itself when nothing is added. */
export function qualify(type: CType, added: Qualifiers): CType {
  if (!added.const && !added.volatile && !added.restrict && !added.atomic) return type;
  if (type.kind === "error") return type;
  if (type.kind === "qualified") {
    return {
      kind: "qualified",
      of: type.of,
      const: type.const || added.const,
      volatile: type.volatile || added.volatile,
      restrict: type.restrict || added.restrict,
      atomic: type.atomic || added.atomic,
    };
  }
  const qualified: QualifiedType = {
    kind: "qualified",
    of: type,
    const: added.const,
    volatile: added.volatile,
    restrict: added.restrict,
    atomic: added.atomic,
  };
  return qualified;
}

export function constOf(type: CType): CType {
  return qualify(type, { const: true, volatile: false, restrict: false, atomic: false });
}

/**
 * All qualifiers on the outside of a type, those inside typedefs too; an array has those of its element (C11 6.7.3p9).
 */
export function qualifiersOf(type: CType): Qualifiers {
  let t = type;
  let found = noQualifiers;
  for (;;) {
    if (t.kind === "qualified") {
      found = {
        const: found.const || t.const,
        volatile: found.volatile || t.volatile,
        restrict: found.restrict || t.restrict,
        atomic: found.atomic || t.atomic,
      };
      t = t.of;
    } else if (t.kind === "typedef" || t.kind === "tagged") t = t.of;
    else if (t.kind === "array") t = t.of;
    else return found;
  }
}

export function isConst(type: CType): boolean {
  return qualifiersOf(type).const;
}

export function isVolatile(type: CType): boolean {
  return qualifiersOf(type).volatile;
}

export function isAtomic(type: CType): boolean {
  return qualifiersOf(type).atomic;
}

/**
 * The type without qualifiers on its outside, with as much sugar as can be kept: `const u32` gives `u32`, and a typedef
 * is opened only when it hides a qualifier. BTF tags and address spaces go too: a value has none.
 */
export function unqualified(type: CType): CType {
  let t = type;
  while (t.kind === "qualified" || t.kind === "tagged") t = t.of;
  let inner: CType = t;
  for (;;) {
    if (inner.kind === "qualified") return unqualified(inner.of);
    if (inner.kind === "typedef" || inner.kind === "tagged") inner = inner.of;
    else return t;
  }
}

/** The element of an array type, with the qualifiers and the address space that stand outside the array pushed in. */
export function elementOf(type: CType): CType {
  let t = type;
  let outer = noQualifiers;
  let space = 0;
  for (;;) {
    if (t.kind === "qualified") {
      outer = qualifiersOfLayer(outer, t);
      t = t.of;
    } else if (t.kind === "typedef") {
      t = t.of;
    } else if (t.kind === "tagged") {
      if (t.tag.kind === "address_space") space = t.tag.number;
      t = t.of;
    } else if (t.kind === "array") {
      return inAddressSpace(qualify(t.of, outer), space);
    } else {
      return errorType;
    }
  }
}

/** The type of an object that lies in an address space because what it is part of does. */
export function inAddressSpace(type: CType, space: number): CType {
  if (space === 0 || type.kind === "error" || addressSpaceOf(type) !== 0) return type;
  return { kind: "tagged", of: type, tag: { kind: "address_space", number: space } };
}

function qualifiersOfLayer(outer: Qualifiers, layer: QualifiedType): Qualifiers {
  return {
    const: outer.const || layer.const,
    volatile: outer.volatile || layer.volatile,
    restrict: outer.restrict || layer.restrict,
    atomic: outer.atomic || layer.atomic,
  };
}

/** The pointee; the error type for what is no pointer. */
export function pointee(type: CType): CType {
  const t = canonical(type);
  return t.kind === "pointer" ? t.to : errorType;
}

/** The integer type behind an integer or enumeration type. */
export function integerOf(type: CType): IntegerType | undefined {
  const t = canonical(type);
  if (t.kind === "integer") return t;
  if (t.kind === "enum") return t.decl.underlying;
  return undefined;
}

export function isError(type: CType): boolean {
  return canonical(type).kind === "error";
}

export function isVoid(type: CType): boolean {
  return canonical(type).kind === "void";
}

/** Integer types, `_Bool` and enumerations. */
export function isInteger(type: CType): boolean {
  const t = canonical(type);
  return t.kind === "integer" || t.kind === "enum";
}

export function isFloat(type: CType): boolean {
  return canonical(type).kind === "float";
}

export function isArithmetic(type: CType): boolean {
  const kind = canonical(type).kind;
  return kind === "integer" || kind === "enum" || kind === "float";
}

export function isPointer(type: CType): boolean {
  return canonical(type).kind === "pointer";
}

export function isScalar(type: CType): boolean {
  const kind = canonical(type).kind;
  return kind === "integer" || kind === "enum" || kind === "float" || kind === "pointer";
}

export function isBool(type: CType): boolean {
  const t = canonical(type);
  return t.kind === "integer" && t.name === "_Bool";
}

/** `char`, `signed char` or `unsigned char`. */
export function isCharacter(type: CType): boolean {
  const t = canonical(type);
  return t.kind === "integer" && t.rank === 1 && t.name !== "_BitInt";
}

export function isFunction(type: CType): boolean {
  return canonical(type).kind === "function";
}

export function isArray(type: CType): boolean {
  return canonical(type).kind === "array";
}

export function isRecord(type: CType): boolean {
  return canonical(type).kind === "record";
}

export function isSigned(type: CType): boolean {
  return integerOf(type)?.signed ?? false;
}

export function recordOf(type: CType): RecordDecl | undefined {
  const t = canonical(type);
  return t.kind === "record" ? t.decl : undefined;
}

/** The type of a complex type's parts. */
export function complexOf(type: CType): IntegerType | FloatType | undefined {
  return recordOf(type)?.complex;
}

/** Element type and length of a GNU vector type. */
export function vectorOf(type: CType): VectorShape | undefined {
  return recordOf(type)?.vector;
}

export function functionOf(type: CType): FunctionType | undefined {
  const t = canonical(type);
  return t.kind === "function" ? t : undefined;
}

/** The number of the address space that a tag gives the object of this type; 0 without one. */
export function addressSpaceOf(type: CType): number {
  let t = type;
  for (;;) {
    if (t.kind === "tagged") {
      if (t.tag.kind === "address_space") return t.tag.number;
      t = t.of;
    } else if (t.kind === "typedef" || t.kind === "qualified" || t.kind === "array") t = t.of;
    else return 0;
  }
}
