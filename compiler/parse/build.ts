/**
 * Parts of the syntax tree while they are being made.
 *
 * Specifiers and declarators come in pieces; their objects are filled in place and then given out as the readonly
 * nodes of compiler/ast/syntax.ts. An absent list is one shared empty array, so that the half million members and
 * declarators of a large header cost no arrays.
 */
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { TokenKind } from "../source/token.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type SpecifiersBuilder = Mutable<Syntax.Specifiers>;
export type DeclaratorBuilder = Mutable<Syntax.Declarator>;

/** The shared empty list. */
export const none: readonly never[] = Object.freeze([]);

/** `list` with one item more; `list` is `none` or was made here, and is not used afterwards. */
export function append<T>(list: readonly T[], item: T): readonly T[] {
  if (list === none) return [item];
  (list as T[]).push(item);
  return list;
}

/** `list` with the items of another one more. */
export function concat<T>(list: readonly T[], items: readonly T[]): readonly T[] {
  if (items === none) return list;
  let all = list;
  for (let i = 0; i < items.length; i++) all = append(all, items[i] as T);
  return all;
}

/** Until a type specifier was met. */
export const noType: Syntax.TypeSpecifier = { kind: "none", loc: 0 };

export function newSpecifiers(loc: Loc): SpecifiersBuilder {
  return { type: noType, storage: none, qualifiers: none, functions: none, alignments: none, attributes: none, loc };
}

export function newDeclarator(loc: Loc): DeclaratorBuilder {
  return { name: undefined, layers: none, asmLabel: undefined, attributes: none, loc };
}

const storageWords: Partial<Record<number, Syntax.StorageClass>> = {
  [TokenKind.Typedef]: "typedef",
  [TokenKind.Extern]: "extern",
  [TokenKind.PrivateExtern]: "extern",
  [TokenKind.Static]: "static",
  [TokenKind.Auto]: "auto",
  [TokenKind.Register]: "register",
  [TokenKind.ThreadLocal]: "thread",
  [TokenKind.Constexpr]: "constexpr",
};

const qualifierWords: Partial<Record<number, Syntax.Qualifier>> = {
  [TokenKind.Const]: "const",
  [TokenKind.Volatile]: "volatile",
  [TokenKind.Restrict]: "restrict",
  [TokenKind.Atomic]: "atomic",
};

const typeWords: Partial<Record<number, Syntax.TypeWord>> = {
  [TokenKind.Void]: "void",
  [TokenKind.Char]: "char",
  [TokenKind.Short]: "short",
  [TokenKind.Int]: "int",
  [TokenKind.Long]: "long",
  [TokenKind.Float]: "float",
  [TokenKind.Double]: "double",
  [TokenKind.Signed]: "signed",
  [TokenKind.Unsigned]: "unsigned",
  [TokenKind.Bool]: "_Bool",
  [TokenKind.Complex]: "_Complex",
  [TokenKind.Imaginary]: "_Imaginary",
  [TokenKind.Int128]: "__int128",
  [TokenKind.BitInt]: "_BitInt",
  [TokenKind.Float16]: "_Float16",
  [TokenKind.Fp16]: "__fp16",
  [TokenKind.Bfloat16]: "__bf16",
  [TokenKind.Float128]: "__float128",
  [TokenKind.Ibm128]: "__ibm128",
  [TokenKind.Decimal]: "_Decimal",
};

export function storageWord(kind: number): Syntax.StorageClass {
  return storageWords[kind] ?? wrong(kind);
}

/** Undefined for the nullability qualifiers, which mean nothing to code. */
export function qualifierWord(kind: number): Syntax.Qualifier | undefined {
  return qualifierWords[kind];
}

export function typeWord(kind: number): Syntax.TypeWord {
  return typeWords[kind] ?? wrong(kind);
}

function wrong(kind: number): never {
  throw new Error(`no such word: token kind ${kind}`);
}

/** A type specifier as a message names it. */
export function describe(type: Syntax.TypeSpecifier): string {
  switch (type.kind) {
    case "builtin": return type.words.map((w) => w.word).join(" ");
    case "typedefName": return type.name;
    case "record": return `${type.isUnion ? "union" : "struct"}${type.tag === undefined ? "" : ` ${type.tag}`}`;
    case "enum": return type.tag === undefined ? "enum" : `enum ${type.tag}`;
    case "typeof": return "typeof";
    case "atomicType": return "_Atomic";
    case "autoType": return "__auto_type";
    default: return "type";
  }
}
