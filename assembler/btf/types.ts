/**
 * The BTF type graph: what a `.BTF` section says, without its bytes.
 *
 * A type is a plain object that points at other types. Identity is object identity: two objects are two type ids, and
 * one object that is reached twice is one id. Cycles (a struct with a pointer to itself) are closed by making the
 * struct first and pushing its members afterwards, so the fields that close a cycle are writable.
 *
 * All 19 kinds of Documentation/bpf/btf.rst are here under the names that bpftool prints, plus `void` (type id 0).
 * Type ids, string offsets and byte order exist only in the encoding: encode.ts gives them, decode.ts takes them away.
 */

import { unreachable } from "../unreachable.ts";

/** Type id 0. Use the one object `btfVoid`. */
export interface BtfVoid { readonly kind: "void" }

/** How the bits of an integer are to be shown; the kernel takes at most one of them. */
export type BtfIntEncoding = "unsigned" | "signed" | "char" | "bool";

export interface BtfInt {
  readonly kind: "int";
  name: string;
  /** Size in bytes: 1, 2, 4, 8 or 16. */
  size: number;
  encoding: BtfIntEncoding;
  /** Value bits, usually 8 * size. */
  bits: number;
  /** Offset of the value bits inside the integer; 0 but for bit-fields in the style of old compilers. */
  bitOffset: number;
}

export interface BtfPointer { readonly kind: "ptr"; type: BtfType }

export interface BtfArray { readonly kind: "array"; element: BtfType; index: BtfType; count: number }

export interface BtfMember {
  /** "" for an anonymous member. */
  name: string;
  type: BtfType;
  /** Offset in bits from the start of the record. */
  bitOffset: number;
  /** Width of a bit-field in bits; 0 for a member that is none. */
  bitSize: number;
}

/** A struct or union with its members; `name` is "" when anonymous, `size` is in bytes. */
export interface BtfRecord { readonly kind: "struct" | "union"; name: string; size: number; members: BtfMember[] }

export interface BtfEnumerator { name: string; value: bigint }

/** An enumeration of at most 4 bytes; one with 8 bytes is an `enum64`. No values: a forward declaration. */
export interface BtfEnum { readonly kind: "enum"; name: string; size: number; signed: boolean; values: BtfEnumerator[] }

export interface BtfEnum64 {
  readonly kind: "enum64"; name: string; size: number; signed: boolean; values: BtfEnumerator[];
}

/** A record that is declared and never completed. */
export interface BtfForward { readonly kind: "fwd"; name: string; record: "struct" | "union" }

export interface BtfTypedef { readonly kind: "typedef"; name: string; type: BtfType }

export interface BtfQualifier { readonly kind: "volatile" | "const" | "restrict"; type: BtfType }

export type BtfLinkage = "static" | "global" | "extern";

export interface BtfFunc { readonly kind: "func"; name: string; type: BtfType; linkage: BtfLinkage }

export interface BtfParam { name: string; type: BtfType }

export interface BtfFuncProto { readonly kind: "func_proto"; returns: BtfType; params: BtfParam[]; variadic: boolean }

export interface BtfVar { readonly kind: "var"; name: string; type: BtfType; linkage: BtfLinkage }

/** One variable of a section. In `.ksyms` it may be a function. */
export interface BtfSectionVar {
  type: BtfType;
  /** Offset in the section, in bytes. An object file has 0 here for a global and a relocation on the field. */
  offset: number;
  size: number;
}

/** The variables of one ELF section. `size` is 0 in an object file; the loader fills it in. */
export interface BtfDataSec { readonly kind: "datasec"; name: string; size: number; vars: BtfSectionVar[] }

export interface BtfFloat { readonly kind: "float"; name: string; size: number }

/** `btf_decl_tag("tag")` on a declaration: nothing points at it, so it has to stand in the list of types. */
export interface BtfDeclTag {
  readonly kind: "decl_tag";
  tag: string;
  type: BtfType;
  /** Index of the member or parameter that is tagged; -1 for the declaration itself. */
  component: number;
  /** The tag is a whole attribute, not the text of a `btf_decl_tag` (kind_flag; kernel 6.15 and later). */
  attribute?: true;
}

/** `btf_type_tag("tag")`: stands between a pointer and what it points to. */
export interface BtfTypeTag { readonly kind: "type_tag"; tag: string; type: BtfType; attribute?: true }

export type BtfType =
  | BtfVoid | BtfInt | BtfPointer | BtfArray | BtfRecord | BtfEnum | BtfForward | BtfTypedef | BtfQualifier | BtfFunc
  | BtfFuncProto | BtfVar | BtfDataSec | BtfFloat | BtfDeclTag | BtfTypeTag | BtfEnum64;

export type BtfKind = BtfType["kind"];

/** The number of each kind in the encoding (include/uapi/linux/btf.h). */
export const btfKindNumber: { readonly [kind in BtfKind]: number } = {
  void: 0, int: 1, ptr: 2, array: 3, struct: 4, union: 5, enum: 6, fwd: 7, typedef: 8, volatile: 9, const: 10,
  restrict: 11, func: 12, func_proto: 13, var: 14, datasec: 15, float: 16, decl_tag: 17, type_tag: 18, enum64: 19,
};

/** The kind of each number; the inverse of `btfKindNumber`. */
export const btfKinds: readonly BtfKind[] = [
  "void", "int", "ptr", "array", "struct", "union", "enum", "fwd", "typedef", "volatile", "const", "restrict", "func",
  "func_proto", "var", "datasec", "float", "decl_tag", "type_tag", "enum64",
];

export const btfVoid: BtfVoid = { kind: "void" };

/** Input that is not well-formed BTF (or a graph that BTF cannot say); the text tells where and what. */
export class BtfError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BtfError";
  }
}

/** Calls `visit` with each type that `type` points at directly, in the order of its encoding. */
export function forEachReference(type: BtfType, visit: (type: BtfType) => void): void {
  switch (type.kind) {
    case "void": case "int": case "enum": case "enum64": case "fwd": case "float":
      return;
    case "ptr": case "typedef": case "volatile": case "const": case "restrict": case "func": case "var":
    case "decl_tag": case "type_tag":
      visit(type.type);
      return;
    case "array":
      visit(type.element);
      visit(type.index);
      return;
    case "struct": case "union":
      for (const member of type.members) visit(member.type);
      return;
    case "func_proto":
      visit(type.returns);
      for (const param of type.params) visit(param.type);
      return;
    case "datasec":
      for (const variable of type.vars) visit(variable.type);
      return;
    default:
      unreachable(type);
  }
}

/** Replaces each type that `type` points at directly. */
export function replaceReferences(type: BtfType, replace: (type: BtfType) => BtfType): void {
  switch (type.kind) {
    case "void": case "int": case "enum": case "enum64": case "fwd": case "float":
      return;
    case "ptr": case "typedef": case "volatile": case "const": case "restrict": case "func": case "var":
    case "decl_tag": case "type_tag":
      type.type = replace(type.type);
      return;
    case "array":
      type.element = replace(type.element);
      type.index = replace(type.index);
      return;
    case "struct": case "union":
      for (const member of type.members) member.type = replace(member.type);
      return;
    case "func_proto":
      type.returns = replace(type.returns);
      for (const param of type.params) param.type = replace(param.type);
      return;
    case "datasec":
      for (const variable of type.vars) variable.type = replace(variable.type);
      return;
    default:
      unreachable(type);
  }
}

/**
 * All types that the roots reach, themselves included and `void` left out, each once, in the order of the first reach
 * by a walk in preorder. Records of any depth are fine: the walk keeps its own stack.
 */
export function reachableTypes(roots: Iterable<BtfType>): BtfType[] {
  const seen = new Set<BtfType>();
  const stack: BtfType[] = [...roots].reverse();
  for (let type = stack.pop(); type !== undefined; type = stack.pop()) {
    if (type.kind === "void" || seen.has(type)) continue;
    seen.add(type);
    const references: BtfType[] = [];
    forEachReference(type, (reference) => references.push(reference));
    for (const reference of references.reverse()) stack.push(reference);
  }
  return [...seen];
}

/** The type under typedefs, qualifiers and type tags. @throws BtfError on a chain that ends nowhere. */
export function resolveType(type: BtfType): BtfType {
  let resolved = type;
  for (let depth = 0; depth < 256; depth++) {
    switch (resolved.kind) {
      case "typedef": case "volatile": case "const": case "restrict": case "type_tag":
        resolved = resolved.type;
        break;
      default:
        return resolved;
    }
  }
  throw new BtfError(`a chain of typedefs and qualifiers has no end`);
}

/** Size of a type in bytes, pointers having 8; undefined for what has none (void, functions, forward declarations). */
export function sizeOfType(type: BtfType): number | undefined {
  const resolved = resolveType(type);
  switch (resolved.kind) {
    case "int": case "struct": case "union": case "enum": case "enum64": case "float": case "datasec":
      return resolved.size;
    case "ptr":
      return 8;
    case "array": {
      const element = sizeOfType(resolved.element);
      return element === undefined ? undefined : element * resolved.count;
    }
    case "var":
      return sizeOfType(resolved.type);
    default:
      return undefined;
  }
}
