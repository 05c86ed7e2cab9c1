/**
 * Declaration specifiers and type names -> types (C11 6.7.1 to 6.7.7).
 *
 * `resolveSpecifiers` gives the base type of a declaration with its storage class and function specifiers; the declarators
 * are applied to it by declarators.ts. Attributes that mark types take effect on the base type here; those that describe the
 * declared entity are read by whoever declares it.
 */
import type { Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import {
  bitIntType, boolType, doubleType, errorType, floatType, int128Type, intType, isArray, isAtomic, isError, isFunction,
  isPointer,
  isVoid, longDoubleType, longLongType, longType, pointee, pointerTo, qualifiersOf, qualify, shortType, signedCharType,
  unqualified,
  unsignedCharType, unsignedInt128Type, unsignedIntType, unsignedLongLongType, unsignedLongType, unsignedShortType,
  vectorOf, voidType,
} from "../types/basic.ts";
import type { CType, TaggedType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { alignOf, isComplete, sizeOf } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { type Attributes, checkAlignment, readTypeAttributes } from "./attributes.ts";
import { type Checker, error, suggestName, unevaluated, warn } from "./context.ts";
import { applyDeclarator } from "./declarators.ts";
import { resolveEnum } from "./enums.ts";
import { checkConstant, checkExpression, requireConstant } from "./expressions.ts";
import { plainChar } from "./literals.ts";
import { resolveRecord } from "./records.ts";
import { complexType } from "./complex.ts";
import { extendedVector, vectorOfBytes } from "./vectors.ts";
import { noteUse } from "./warnings.ts";
import { evaluateOperand, isVariablyModified } from "./variable-length.ts";
import { warnIgnoredQualifiers } from "./warnings-declarations.ts";

export interface DeclarationSpecifiers {
  /** Qualified; the error type when there was none or it is wrong (reported). */
  readonly type: CType;
  readonly storage: "typedef" | "extern" | "static" | "auto" | "register" | undefined;
  readonly storageLoc: Loc;
  readonly constexpr: boolean;
  readonly inline: Loc | undefined;
  /** Where `_Noreturn` stands. */
  readonly noreturn: Loc | undefined;
  /** `__auto_type`, C23 `auto`: the initialiser gives the type. */
  readonly deduced: boolean;
  /** `_Alignas`: bytes, 0 when not given. */
  readonly align: number;
  readonly alignLoc: Loc;
  readonly syntax: Syntax.Specifiers;
}

/** What stands around a type: whether `struct s;` declares a new tag here, and whether implicit int is taken. */
export interface SpecifierContext {
  /** No declarator follows: `struct s;` declares the tag in this scope (C11 6.7.2.3p7). */
  readonly alone?: boolean;
  /** Where the declared name stands. */
  readonly name?: Loc | undefined;
}

export function resolveSpecifiers(
  c: Checker, specifiers: Syntax.Specifiers, context: SpecifierContext = {},
): DeclarationSpecifiers {
  let storage: DeclarationSpecifiers["storage"];
  let constexpr = false;
  let storageLoc = specifiers.loc;
  for (const { word, loc } of specifiers.storage) {
    if (word === "thread") {
      error(c, loc, "thread-local storage is not supported for the current target");
    } else if (word === "constexpr") {
      constexpr = true;
    } else if (storage === undefined) {
      storage = word;
      storageLoc = loc;
    } else if (storage === word) {
      warn(c, "duplicate-decl-specifier", loc, `duplicate '${word}' declaration specifier`);
    } else if (!(storage === "auto" && c.options.dialect === "c23")) {
      error(c, loc, `cannot combine with previous '${storage}' declaration specifier`);
    }
  }
  const functionWords = new Set<string>();
  for (const { word, loc } of specifiers.functions) {
    const name = word === "noreturn" ? "_Noreturn" : word;
    if (functionWords.has(word)) warn(c, "duplicate-decl-specifier", loc, `duplicate '${name}' declaration specifier`);
    functionWords.add(word);
  }
  const type = resolveBase(c, specifiers, context, storage === "auto");
  let align = 0;
  let alignLoc = specifiers.loc;
  for (const alignment of specifiers.alignments) {
    const bytes = alignmentOf(c, alignment);
    if (bytes > align) {
      align = bytes;
      alignLoc = alignment.loc;
    }
  }
  const deduced = specifiers.type.kind === "autoType" ||
    (specifiers.type.kind === "none" && storage === "auto" && c.options.dialect === "c23") ||
    (specifiers.type.kind === "none" && constexpr);
  return {
    type,
    storage: deduced && storage === "auto" ? undefined : storage,
    storageLoc,
    constexpr,
    inline: specifiers.functions.find((f) => f.word === "inline")?.loc,
    noreturn: specifiers.functions.find((f) => f.word === "noreturn")?.loc,
    deduced,
    align,
    alignLoc,
    syntax: specifiers,
  };
}

function alignmentOf(c: Checker, alignment: Syntax.AlignmentSpecifier): number {
  const operand = alignment.operand;
  if (operand.kind === "typeName") return alignOf(resolveTypeName(c, operand));
  const value = checkConstant(c, operand, alignment.loc, "'_Alignas' attribute requires integer constant");
  return value === undefined || value === 0n ? 0 : checkAlignment(c, value, alignment.loc) ?? 0;
}

/** The specifiers' type with qualifiers and type attributes. */
function resolveBase(c: Checker, specifiers: Syntax.Specifiers, context: SpecifierContext, auto: boolean): CType {
  let type = resolveType(c, specifiers, context, auto);
  if (specifiers.attributes.length > 0) {
    type = applyTypeAttributes(c, type, readTypeAttributes(c, specifiers.attributes));
  }
  if (isFunction(type)) {
    for (const { word, loc } of specifiers.qualifiers) {
      if (word === "atomic" || word === "restrict") continue;
      warn(c, "", loc, `'${word}' qualifier on function type ${quoteType(type)} has unspecified behavior`);
    }
  }
  return addQualifiers(c, type, specifiers.qualifiers);
}

/** Adds qualifiers as written; `restrict` needs a pointer (C11 6.7.3p2). */
export function addQualifiers(c: Checker, type: CType, words: readonly Syntax.Word<Syntax.Qualifier>[]): CType {
  if (words.length === 0) return type;
  const added = { const: false, volatile: false, restrict: false, atomic: false };
  for (const { word, loc } of words) {
    if (added[word]) warn(c, "duplicate-decl-specifier", loc, `duplicate '${word}' declaration specifier`);
    if (word === "restrict" && !isPointer(type) && !isError(type)) {
      error(c, loc, `restrict requires a pointer or reference (${quoteType(type)} is invalid)`);
      continue;
    }
    if (word === "restrict" && isPointer(type) && isFunction(pointee(type))) {
      error(c, loc, `pointer to function type ${quoteType(pointee(type))} may not be 'restrict' qualified`);
      continue;
    }
    if (word === "atomic" && (isArray(type) || isFunction(type))) {
      error(c, loc, `_Atomic cannot be applied to ${isArray(type) ? "array" : "function"} type ${quoteType(type)}`);
      continue;
    }
    added[word] = true;
  }
  return qualify(type, added);
}

/** `inline` and `_Noreturn` speak of functions (C11 6.7.4p1); this declares something else. */
export function refuseFunctionWords(c: Checker, specifiers: DeclarationSpecifiers): void {
  if (specifiers.inline !== undefined) error(c, specifiers.inline, "'inline' can only appear on functions");
  if (specifiers.noreturn !== undefined) error(c, specifiers.noreturn, "'_Noreturn' can only appear on functions");
}

/** Marks a type with the attributes that belong to types. */
export function applyTypeAttributes(c: Checker, type: CType, attributes: Attributes): CType {
  let result = attributes.vectorSize === undefined ? type : vectorOfBytes(c, type, attributes.vectorSize);
  if (attributes.extendedVector !== undefined) result = extendedVector(c, result, attributes.extendedVector);
  const mark = (tag: TaggedType["tag"]): void => {
    result = { kind: "tagged", of: result, tag };
  };
  for (const value of attributes.typeTags) mark({ kind: "btf_type_tag", value });
  if (attributes.addressSpace !== undefined && attributes.addressSpace !== 0) {
    mark({ kind: "address_space", number: attributes.addressSpace });
  }
  if (attributes.mayAlias) mark({ kind: "may_alias" });
  if (attributes.noderef) mark({ kind: "noderef" });
  return result;
}

function resolveType(c: Checker, specifiers: Syntax.Specifiers, context: SpecifierContext, auto: boolean): CType {
  const specifier = specifiers.type;
  switch (specifier.kind) {
    case "builtin":
      return builtinType(c, specifier);
    case "typedefName":
      return typedefType(c, specifier);
    case "typeof":
      return typeofType(c, specifier);
    case "atomicType": {
      const type = resolveTypeName(c, specifier.type);
      if (isError(type)) return type;
      const unfit = isArray(type) ? "array type" : isFunction(type) ? "function type"
        : !isComplete(type) ? "incomplete type" : isAtomic(type) ? "atomic type"
        : Object.values(qualifiersOf(type)).includes(true) ? "qualified type" : undefined;
      if (unfit !== undefined) {
        error(c, specifier.loc, `_Atomic cannot be applied to ${unfit} ${quoteType(type)}`);
        return errorType;
      }
      return qualify(type, { const: false, volatile: false, restrict: false, atomic: true });
    }
    case "record": {
      const definesHere = context.alone === true && specifiers.storage.length === 0 && specifiers.qualifiers.length === 0;
      return resolveRecord(c, specifier, definesHere);
    }
    case "enum":
      return resolveEnum(c, specifier, context.alone === true);
    case "none":
      if (auto && c.options.dialect === "c23") return intType;
      if (specifiers.storage.some((s) => s.word === "constexpr")) return intType;
      if (context.alone === true && specifiers.storage.length > 0) return intType;
      warn(c, "implicit-int", context.name ?? specifier.loc, c.options.dialect === "c89"
        ? "type specifier missing, defaults to 'int'"
        : "type specifier missing, defaults to 'int'; ISO C99 and later do not support implicit int");
      return intType;
    case "autoType":
      return intType;
    case "error":
      return errorType;
  }
}

function typedefType(c: Checker, specifier: Syntax.TypedefNameSpecifier): CType {
  const binding = c.scope.find(specifier.name);
  if (binding?.kind === "typedef") {
    noteUse(c, binding.type, specifier.name, specifier.loc);
    return binding.type;
  }
  if (binding?.kind === "error") return errorType;
  if (specifier.name === "__builtin_va_list") return vaListType;
  if (specifier.name === "__int128_t") return int128Type;
  if (specifier.name === "__uint128_t") return unsignedInt128Type;
  const suggestion = suggestName(c, specifier.name, (kind) => kind === "typedef");
  error(c, specifier.loc, `unknown type name '${specifier.name}'${suggestion}`);
  return errorType;
}

/** `__builtin_va_list`: a `void *` on BPF. */
export const vaListType: CType = pointerTo(voidType);

function typeofType(c: Checker, specifier: Syntax.TypeofSpecifier): CType {
  const operand = specifier.operand;
  let type = operand.kind === "typeName"
    ? resolveTypeName(c, operand)
    : unevaluated(c, () => checkExpression(c, operand)).type;
  if (operand.kind !== "typeName" && c.sizes !== undefined && c.unevaluated === 0 && isVariablyModified(type)) {
    // An operand of such a type is evaluated: only then the type has a size.
    const value = checkExpression(c, operand);
    type = value.type;
    c.sizes.push(evaluateOperand(c, value));
  }
  return specifier.unqualified ? unqualified(type) : type;
}

/** The combinations of C11 6.7.2p2: how often each word stands, in a fixed order. */
function builtinType(c: Checker, specifier: Syntax.BuiltinTypeSpecifier): CType {
  if (!specifier.words.some(({ word }) => word === "_Complex")) return realType(c, specifier);
  // `_Complex` alone is `_Complex double`, a GNU extension.
  const rest = specifier.words.filter(({ word }) => word !== "_Complex");
  const element = rest.length === 0 ? doubleType : realType(c, { ...specifier, words: rest });
  return complexType(c, element, specifier.loc);
}

function realType(c: Checker, specifier: Syntax.BuiltinTypeSpecifier): CType {
  const count: Partial<Record<Syntax.TypeWord, number>> = {};
  for (const { word, loc } of specifier.words) {
    const clash = clashOf(count, word);
    if (clash !== undefined) {
      error(c, loc, `cannot combine with previous '${clash}' declaration specifier`);
      return errorType;
    }
    count[word] = (count[word] ?? 0) + 1;
  }
  const loc = specifier.loc;
  const signed = count.unsigned === undefined;
  const long = count.long ?? 0;
  if (count._Imaginary !== undefined) {
    error(c, loc, "imaginary types are not supported");
    return errorType;
  }
  if (count.void !== undefined) return voidType;
  if (count._Bool !== undefined) return boolType;
  if (count.char !== undefined) {
    if (!signed) return unsignedCharType;
    return count.signed === undefined ? plainChar(c) : signedCharType;
  }
  if (count.short !== undefined) return signed ? shortType : unsignedShortType;
  if (count.__int128 !== undefined) return signed ? int128Type : unsignedInt128Type;
  if (count._BitInt !== undefined) return bitInt(c, specifier, signed);
  if (count.float !== undefined) return floatType;
  if (count.double !== undefined) return long > 0 ? longDoubleType : doubleType;
  for (const word of ["_Float16", "__fp16", "__bf16", "__float128", "__ibm128", "_Decimal"] as const) {
    if (count[word] === undefined) continue;
    error(c, loc, word === "_Decimal"
      ? "GNU decimal type extension not supported"
      : `${word} is not supported on this target`);
    return errorType;
  }
  if (long === 1) return signed ? longType : unsignedLongType;
  if (long === 2) return signed ? longLongType : unsignedLongLongType;
  return signed ? intType : unsignedIntType;
}

/** The earlier word that cannot stand with `word`, as clang names it. */
function clashOf(count: Partial<Record<Syntax.TypeWord, number>>, word: Syntax.TypeWord): string | undefined {
  const has = (other: Syntax.TypeWord): boolean => count[other] !== undefined;
  const firstOf = (...others: Syntax.TypeWord[]): string | undefined => others.find((other) => has(other));
  const long = count.long ?? 0;
  switch (word) {
    case "long":
      if (long >= 2) return "long long";
      if (long === 1 && has("double")) return "long";
      return firstOf("void", "char", "short", "float", "_Bool", "__int128", "_BitInt");
    case "short":
      if (long > 0) return long === 2 ? "long long" : "long";
      return firstOf("short", "void", "char", "float", "double", "_Bool", "__int128", "_BitInt");
    case "signed":
      return firstOf("unsigned", "void", "float", "double", "_Bool");
    case "unsigned":
      return firstOf("signed", "void", "float", "double", "_Bool");
    case "int":
      return firstOf("int", "void", "char", "float", "double", "_Bool", "__int128", "_BitInt");
    case "char":
      if (long > 0) return long === 2 ? "long long" : "long";
      return firstOf("char", "short", "int", "void", "float", "double", "_Bool", "__int128", "_BitInt");
    case "double":
      if (long === 2) return "long long";
      return firstOf("double", "short", "int", "void", "float", "char", "_Bool", "signed", "unsigned", "__int128", "_BitInt");
    case "_Complex":
      return undefined;
    case "__int128":
    case "_BitInt":
      if (long > 0) return long === 2 ? "long long" : "long";
      return firstOf("short", "int", "void", "float", "double", "char", "_Bool", "__int128", "_BitInt");
    default: {
      if (long > 0) return long === 2 ? "long long" : "long";
      const first = Object.keys(count).find((other) => other !== "_Complex");
      return first;
    }
  }
}

function bitInt(c: Checker, specifier: Syntax.BuiltinTypeSpecifier, signed: boolean): CType {
  const width = specifier.width === undefined ? undefined : requireConstant(c, specifier.width);
  if (width === undefined) return errorType;
  const least = signed ? 2n : 1n;
  if (width < least) {
    error(c, specifier.loc, `${signed ? "signed" : "unsigned"} _BitInt must have a bit size of at least ${least}`);
    return errorType;
  }
  if (width > 128n) {
    error(c, specifier.loc, `${signed ? "signed" : "unsigned"} _BitInt of bit sizes greater than 128 not supported`);
    return errorType;
  }
  return bitIntType(Number(width), signed);
}

/** C11 6.7.7: a type name as in casts and `sizeof`. */
export function resolveTypeName(c: Checker, name: Syntax.TypeName): CType {
  const specifiers = resolveSpecifiers(c, name.specifiers);
  for (const { loc } of name.specifiers.functions) {
    error(c, loc, "type name does not allow function specifier to be specified");
  }
  if (specifiers.deduced) {
    error(c, name.specifiers.type.loc, "'__auto_type' not allowed here");
    return errorType;
  }
  warnIgnoredQualifiers(c, name.specifiers, name.declarator);
  return applyDeclarator(c, specifiers.type, name.declarator, { kind: "typeName" });
}

/** The type that GNU's `mode` attribute makes of an integer or floating type. */
export function applyMode(c: Checker, type: CType, mode: { readonly name: string; readonly loc: Loc }): CType {
  const vector = /^V(\d+)([A-Z]+)$/.exec(mode.name);
  if (vector !== null) {
    // A vector of so many elements of the mode that follows.
    const element = applyMode(c, type, { name: vector[2] ?? "", loc: mode.loc });
    return vectorOfBytes(c, element, { bytes: BigInt(vector[1] ?? 0) * BigInt(sizeOf(element)), loc: mode.loc });
  }
  const old = vectorOf(type);
  if (old !== undefined) {
    const element = applyMode(c, old.element, mode);
    return vectorOfBytes(c, element, { bytes: BigInt(old.length * sizeOf(element)), loc: mode.loc });
  }
  const t = canonical(type);
  const integer = t.kind === "integer" || t.kind === "enum";
  const signed = t.kind === "integer" ? t.signed : t.kind === "enum" ? t.decl.underlying.signed : true;
  const of: Readonly<Record<string, readonly [CType, CType] | undefined>> = {
    QI: [signedCharType, unsignedCharType], byte: [signedCharType, unsignedCharType],
    HI: [shortType, unsignedShortType], SI: [intType, unsignedIntType], DI: [longType, unsignedLongType],
    word: [longType, unsignedLongType], pointer: [longType, unsignedLongType],
    unwind_word: [longType, unsignedLongType], TI: [int128Type, unsignedInt128Type],
  };
  const floats: Readonly<Record<string, CType | undefined>> = { SF: floatType, DF: doubleType, XF: longDoubleType };
  const pair = of[mode.name];
  const floating = floats[mode.name];
  if (pair === undefined && floating === undefined) {
    error(c, mode.loc, `unknown machine mode '${mode.name}'`);
    return errorType;
  }
  if (pair !== undefined && integer) return pair[signed ? 0 : 1];
  if (floating !== undefined && t.kind === "float") return floating;
  if (pair !== undefined && t.kind === "pointer" && mode.name === "pointer") return type;
  if (!isError(type)) error(c, mode.loc, "type of machine mode does not match type of base type");
  return errorType;
}

/** Is this an expression whose type a declaration may take (not void, no bare initialiser list)? */
export function deducedType(c: Checker, value: Expression, name: string, loc: Loc): CType {
  if (!isVoid(value.type)) return unqualified(value.type);
  error(c, loc, `variable '${name}' declared with deduced type '__auto_type' cannot have type 'void'`);
  return errorType;
}
