/**
 * C types: the noun.
 *
 * A `CType` is an immutable tree of small objects; records and enumerations are the exception, since a tag can be
 * completed after its first mention: their type points to a declaration object (`RecordDecl`, `EnumDecl`) whose
 * identity is the type's identity. Sugar is kept (`typedef`, qualifiers, BTF type tags), because BTF and diagnostics
 * speak of it; whoever asks a question about meaning calls `canonical` first. Layout, compatibility and conversions
 * stand in the neighbouring files.
 */
import type { Loc } from "../source/source-map.ts";

export type CType =
  | VoidType
  | IntegerType
  | FloatType
  | PointerType
  | ArrayType
  | FunctionType
  | RecordType
  | EnumType
  | TypedefType
  | QualifiedType
  | TaggedType
  | ErrorType;

export interface VoidType {
  readonly kind: "void";
}

/** The standard and extended integer types. `_Bool` has width 8 in memory and holds 0 or 1; its value width is 1. */
export interface IntegerType {
  readonly kind: "integer";
  readonly name:
    | "_Bool" | "char" | "signed char" | "unsigned char" | "short" | "unsigned short" | "int" | "unsigned int"
    | "long" | "unsigned long" | "long long" | "unsigned long long" | "__int128" | "unsigned __int128" | "_BitInt";
  /** Value bits; 1 for `_Bool`. */
  readonly width: number;
  /** Bytes in memory. */
  readonly size: number;
  readonly signed: boolean;
  /** Conversion rank (C11 6.3.1.1): _Bool 0, char 1, short 2, int 3, long 4, long long 5, __int128 6. */
  readonly rank: number;
}

export interface FloatType {
  readonly kind: "float";
  readonly name: "_Float16" | "float" | "double" | "long double";
  readonly size: number;
}

export interface PointerType {
  readonly kind: "pointer";
  readonly to: CType;
}

export interface ArrayType {
  readonly kind: "array";
  readonly of: CType;
  /** Elements; "incomplete" for `T[]`. */
  readonly length: number | "incomplete" | VariableLength;
  /** The length is written as a number, and by no macro: such a last member of a record may be meant to be longer. */
  readonly plain?: boolean;
  /** The length is known, though C calls it variable. */
  readonly folded?: boolean;
}

/**
 * How many elements a variable-length array has: each bound that is no constant is one such object, and so is each
 * `[*]`. The checker knows where the value of a bound is kept while the program runs.
 */
export interface VariableLength {
  readonly kind: "variableLength";
  /** The bound in diagnostics. */
  readonly text: string;
}

export interface Parameter {
  /** Undefined in an abstract declarator. */
  readonly name: string | undefined;
  /** Already adjusted: arrays and functions are pointers (C11 6.7.6.3p7-8). */
  readonly type: CType;
  readonly loc: Loc;
  /** BTF decl tags (`btf_decl_tag`), e.g. "arg:ctx". */
  readonly declTags: readonly string[];
}

export interface FunctionType {
  readonly kind: "function";
  readonly returns: CType;
  readonly parameters: readonly Parameter[];
  readonly variadic: boolean;
  /** False for `f()` before C23: arguments are promoted and not checked. */
  readonly prototyped: boolean;
}

export interface RecordType {
  readonly kind: "record";
  readonly decl: RecordDecl;
}

export interface EnumType {
  readonly kind: "enum";
  readonly decl: EnumDecl;
}

export interface TypedefType {
  readonly kind: "typedef";
  readonly name: string;
  readonly of: CType;
  readonly loc: Loc;
  readonly declTags: readonly string[];
}

export interface QualifiedType {
  readonly kind: "qualified";
  readonly of: CType;
  readonly const: boolean;
  readonly volatile: boolean;
  readonly restrict: boolean;
  readonly atomic: boolean;
}

/** A type that an attribute marks without changing its layout. */
export interface TaggedType {
  readonly kind: "tagged";
  readonly of: CType;
  readonly tag:
    | { readonly kind: "btf_type_tag"; readonly value: string }
    | { readonly kind: "address_space"; readonly number: number }
    | { readonly kind: "aligned"; readonly bytes: number }
    | { readonly kind: "may_alias" }
    | { readonly kind: "noderef" };
}

/** Stands where a type could not be determined; an error has been reported, and all that touches it is silent. */
export interface ErrorType {
  readonly kind: "error";
}

/** A struct or union; filled in when its `{ ... }` is met. */
export interface RecordDecl {
  readonly isUnion: boolean;
  /** Undefined when anonymous. */
  readonly tag: string | undefined;
  readonly loc: Loc;
  /** Undefined while incomplete. */
  members: readonly Member[] | undefined;
  /** Set together with `members`: bytes. */
  size: number;
  align: number;
  readonly attributes: RecordAttributes;
  /** Set when this is not a struct of the program's but a GNU vector: its members are its elements, without names. */
  readonly vector?: VectorShape;
  /** Set when this is a complex type: its members are the real and the imaginary part, of this type, without names. */
  readonly complex?: IntegerType | FloatType;
}

export interface VectorShape {
  readonly element: IntegerType | FloatType;
  readonly length: number;
  /** Of `ext_vector_type`: its components have names, and a scalar is converted to it. */
  readonly extended: boolean;
}

export interface RecordAttributes {
  preserveAccessIndex: boolean;
  preserveStaticOffset: boolean;
  /** GNU: an argument may have the type of any member. */
  transparentUnion: boolean;
  declTags: string[];
}

/** What a record without attributes has. */
export function plainRecord(): RecordAttributes {
  return { preserveAccessIndex: false, preserveStaticOffset: false, transparentUnion: false, declTags: [] };
}

export interface Member {
  /** Undefined for an anonymous record member and for an unnamed bit-field. */
  readonly name: string | undefined;
  readonly type: CType;
  readonly loc: Loc;
  /** Bytes from the start of the record; of the storage unit for a bit-field. */
  readonly offset: number;
  /**
   * Bit-fields only: bits from the least significant end (little endian) or as declared order in the unit; see
   * layout.ts.
   */
  readonly bitField: BitField | undefined;
  readonly declTags: readonly string[];
}

/** Where a bit-field lies, as psABI layout and BTF count: from the start of the record, in declaration order. */
export interface BitField {
  /** Bits from the start of the record (BTF's `bits_offset`). */
  readonly bitOffset: number;
  readonly width: number;
}

export interface EnumDecl {
  readonly tag: string | undefined;
  readonly loc: Loc;
  /** Undefined while incomplete. */
  constants: readonly EnumConstant[] | undefined;
  /** The compatible integer type (clang: unsigned int unless a value is negative or needs more; C11 6.7.2.2p4). */
  underlying: IntegerType;
  declTags: string[];
  /** `flag_enum`: its values are sets of its constants. */
  isFlags?: boolean;
  /** `enum_extensibility(open)`: other values are expected. */
  isOpen?: boolean;
}

export interface EnumConstant {
  readonly name: string;
  readonly value: bigint;
  readonly loc: Loc;
}

/** The type without typedefs, qualifiers and tags on its outside. */
export type CanonicalType = Exclude<CType, TypedefType | QualifiedType | TaggedType>;

/** Strips typedefs, qualifiers and tags from the outside of a type. */
export function canonical(type: CType): CanonicalType {
  let t = type;
  while (t.kind === "typedef" || t.kind === "qualified" || t.kind === "tagged") t = t.of;
  return t;
}
