/**
 * Types as text, in the words of clang's diagnostics: `'u32' (aka 'unsigned int')`, `'int (*)(struct sk *, char[12])'`.
 *
 * A declarator is written inside out: each layer puts its mark around the text of the layers outside it, and a pointer
 * to an array or function puts itself in parentheses.
 */
import { canonical } from "./ctype.ts";
import type { CType, FunctionType, QualifiedType } from "./ctype.ts";
import { unreachable } from "../source/unreachable.ts";

/** The type as written, sugar kept: `const u32 *`. With a name it is a declaration: `const u32 *p`. */
export function printType(type: CType, name = ""): string {
  return declare(type, name, false);
}

/** The type with every typedef opened and every tag dropped. */
export function printCanonical(type: CType): string {
  return declare(type, "", true);
}

/** Quoted for a diagnostic; the meaning of a typedef is told beside it. */
export function quoteType(type: CType): string {
  if (partsUpTo(type, maximumParts) >= maximumParts) {
    return type.kind === "typedef" ? `'${type.name}'` : `a type of more than ${maximumParts} parts`;
  }
  const written = printType(type);
  const t = canonical(type);
  if (t.kind === "record" && t.decl.vector !== undefined) {
    return `'${written}' (vector of ${t.decl.vector.length} '${printCanonical(t.decl.vector.element)}' values)`;
  }
  const meaning = printCanonical(type);
  return written === meaning ? `'${written}'` : `'${written}' (aka '${meaning}')`;
}

/** A type is spelled out if it has fewer parts: opened typedefs can make it as long as one likes. */
const maximumParts = 500;

/** How many types the opened type is made of, as far as `limit`. */
function partsUpTo(type: CType, limit: number): number {
  let parts = 0;
  let t = type;
  for (;;) {
    if (++parts >= limit) return limit;
    switch (t.kind) {
      case "pointer":
        t = t.to;
        break;
      case "array":
      case "qualified":
      case "tagged":
      case "typedef":
        t = t.of;
        break;
      case "function":
        for (const parameter of t.parameters) {
          parts += partsUpTo(parameter.type, limit - parts);
          if (parts >= limit) return limit;
        }
        t = t.returns;
        break;
      default:
        return parts;
    }
  }
}

function declare(type: CType, inner: string, open: boolean): string {
  switch (type.kind) {
    case "void":
    case "integer":
    case "float":
    case "record":
    case "enum":
    case "error":
      return join(baseName(type), inner);
    case "typedef":
      return open ? declare(type.of, inner, open) : join(type.name, inner);
    case "tagged":
      return declareTagged(type, inner, open);
    case "qualified":
      return declareQualified(type, inner, open);
    case "pointer":
      return declare(type.to, needsParentheses(type.to, open) ? `(*${inner})` : `*${inner}`, open);
    case "array": {
      const { length: bound } = type;
      const length = typeof bound === "number" ? String(bound) : bound === "incomplete" ? "" : bound.text;
      return declare(type.of, `${inner}[${length}]`, open);
    }
    case "function":
      return declare(type.returns, `${inner}(${parameterList(type, open)})`, open);
    default:
      return unreachable(type);
  }
}

function declareTagged(type: Extract<CType, { kind: "tagged" }>, inner: string, open: boolean): string {
  const tag = type.tag;
  if (tag.kind === "address_space") {
    return join(`__attribute__((address_space(${tag.number})))`, declare(type.of, inner, open));
  }
  if (tag.kind === "btf_type_tag" && !open) {
    return declare(type.of, join(`__attribute__((btf_type_tag("${tag.value}")))`, inner), open);
  }
  return declare(type.of, inner, open);
}

function declareQualified(type: QualifiedType, inner: string, open: boolean): string {
  const words: string[] = [];
  if (type.const) words.push("const");
  if (type.volatile) words.push("volatile");
  if (type.restrict) words.push("restrict");
  const qualifiers = words.join(" ");
  const of = open ? opened(type.of) : type.of;
  if (type.atomic) return join(`_Atomic(${declare(type.of, "", open)})`, join(qualifiers, inner));
  if (of.kind === "pointer") {
    const mark = `*${join(qualifiers, inner)}`;
    return declare(of.to, needsParentheses(of.to, open) ? `(${mark})` : mark, open);
  }
  if (of.kind === "array") {
    return declare({ ...of, of: { ...type, of: of.of } }, inner, open);
  }
  return join(qualifiers, declare(of, inner, open));
}

/** Opens typedefs and the tags between them. */
function opened(type: CType): CType {
  let t = type;
  while (t.kind === "typedef" || (t.kind === "tagged" && t.tag.kind !== "address_space")) t = t.of;
  return t;
}

function needsParentheses(type: CType, open: boolean): boolean {
  let t = open ? opened(type) : type;
  while (t.kind === "qualified") t = open ? opened(t.of) : t.of;
  return t.kind === "array" || t.kind === "function";
}

function parameterList(type: FunctionType, open: boolean): string {
  const parts = type.parameters.map((p) => declare(p.type, "", open));
  if (type.variadic) parts.push("...");
  if (parts.length === 0 && type.prototyped) parts.push("void");
  return parts.join(", ");
}

function baseName(type: Extract<CType, { kind: "void" | "integer" | "float" | "record" | "enum" | "error" }>): string {
  switch (type.kind) {
    case "void":
      return "void";
    case "error":
      return "<error>";
    case "integer":
      if (type.name !== "_BitInt") return type.name;
      return `${type.signed ? "" : "unsigned "}_BitInt(${type.width})`;
    case "float":
      return type.name;
    case "record": {
      const { vector } = type.decl;
      if (vector !== undefined) {
        const element = baseName(vector.element);
        if (vector.extended) return `${element} __attribute__((ext_vector_type(${vector.length})))`;
        return `__attribute__((__vector_size__(${vector.length} * sizeof(${element})))) ${element}`;
      }
      if (type.decl.complex !== undefined) return `_Complex ${baseName(type.decl.complex)}`;
      const word = type.decl.isUnion ? "union" : "struct";
      return type.decl.tag === undefined ? `${word} (unnamed)` : `${word} ${type.decl.tag}`;
    }
    case "enum":
      return type.decl.tag === undefined ? "enum (unnamed)" : `enum ${type.decl.tag}`;
    default:
      return unreachable(type);
  }
}

/**
 * A space between words; a name follows `*` directly, as in `char *p`; `int[3]` and `int (*)` stand as clang writes
 * them.
 */
function join(left: string, right: string): string {
  if (left === "" || right === "") return left + right;
  return right.startsWith("[") ? left + right : `${left} ${right}`;
}
