/**
 * Type graph -> C declarations that say the same, in the manner of `bpftool btf dump format c`.
 *
 * A type comes before its use: whole where it is used by value, as a forward declaration where a pointer is enough.
 * Records keep their layout: holes become unnamed bit-fields, and what cannot be had by natural alignment is packed.
 * Functions, variables and sections are no types of C and are left out; anonymous types stand where they are used.
 */

import { unreachable } from "../unreachable.ts";
import type { BtfEnum, BtfEnum64, BtfMember, BtfRecord, BtfType } from "./types.ts";
import { resolveType, sizeOfType } from "./types.ts";

/** C text that declares all types of the list. */
export function formatTypes(types: readonly BtfType[]): string {
  const writer = new Writer();
  for (const type of types) {
    switch (type.kind) {
      case "struct": case "union": case "enum": case "enum64": case "typedef": case "fwd":
        writer.define(type);
        break;
      default:
        break;
    }
  }
  return writer.out.join("\n");
}

/** One type as C writes it, declaring `name` (maybe ""): `int (*name)[4]`. */
export function formatType(type: BtfType, name = ""): string {
  return declare(new Map(), type, name, "");
}

/** The alignment of a record's members, and whether it keeps to it: asked again and again, so kept. */
type Layouts = Map<BtfRecord, { readonly align: number; readonly packed: boolean }>;

class Writer {
  readonly out: string[] = [];
  readonly #layouts: Layouts = new Map();
  readonly #done = new Set<BtfType>();
  /** Records whose definition has begun or that have a forward declaration. */
  readonly #declared = new Set<BtfType>();

  /** Writes a named type, and before it whatever it needs. */
  define(type: BtfType): void {
    if (this.#done.has(type)) return;
    this.#done.add(type);
    switch (type.kind) {
      case "struct": case "union":
        if (type.name === "") return;
        this.#declared.add(type);
        for (const member of type.members) this.#need(member.type, false);
        this.out.push(`${formatRecord(this.#layouts, type, "")};\n`);
        return;
      case "enum": case "enum64":
        // An anonymous enumeration is still worth its enumerators, unless it is named by what uses it.
        if (type.name !== "" && type.values.length > 0) this.out.push(`${formatEnum(type, "")};\n`);
        return;
      case "fwd":
        this.out.push(`${type.record} ${type.name};\n`);
        return;
      case "typedef":
        this.#need(type.type, isAnonymousRecord(type.type) ? false : true);
        this.out.push(`typedef ${declare(this.#layouts, type.type, type.name, "")};\n`);
        return;
      default:
        return;
    }
  }

  /** Sees to it that a type can be used: by pointer, or whole. */
  #need(type: BtfType, byPointer: boolean): void {
    switch (type.kind) {
      case "void": case "int": case "float": case "func": case "var": case "datasec": case "decl_tag":
        return;
      case "ptr":
        this.#need(type.type, true);
        return;
      case "array":
        // C has no array of an incomplete type, not even behind a pointer.
        this.#need(type.element, false);
        return;
      case "const": case "volatile": case "restrict": case "type_tag":
        this.#need(type.type, byPointer);
        return;
      case "func_proto":
        this.#need(type.returns, true);
        for (const param of type.params) this.#need(param.type, true);
        return;
      case "typedef":
        if (!byPointer) this.#need(type.type, false);
        this.define(type);
        return;
      case "enum": case "enum64": case "fwd":
        this.define(type);
        return;
      case "struct": case "union":
        if (type.name === "") {
          for (const member of type.members) this.#need(member.type, false);
        } else if (!byPointer) {
          this.define(type);
        } else if (!this.#declared.has(type)) {
          this.#declared.add(type);
          this.out.push(`${type.kind} ${type.name};\n`);
        }
        return;
      default:
        unreachable(type);
    }
  }
}

function isAnonymousRecord(type: BtfType): boolean {
  return (type.kind === "struct" || type.kind === "union") && type.name === "";
}

/** Declares `name` with a type: the declarator grows from the name outwards. */
function declare(layouts: Layouts, type: BtfType, name: string, indent: string): string {
  const join = (base: string): string => `${base}${name === "" || name.startsWith("[") ? "" : " "}${name}`;
  switch (type.kind) {
    case "void": return join("void");
    case "int": case "float": return join(type.name);
    case "typedef": return join(type.name);
    case "fwd": return join(`${type.record} ${type.name}`);
    case "enum": case "enum64":
      return join(type.name === "" ? formatEnum(type, indent) : `enum ${type.name}`);
    case "struct": case "union":
      return join(type.name === "" ? formatRecord(layouts, type, indent) : `${type.kind} ${type.name}`);
    case "ptr": {
      let tags = "";
      let pointee = type.type;
      for (; pointee.kind === "type_tag"; pointee = pointee.type) {
        tags = `__attribute__((btf_type_tag(${JSON.stringify(pointee.tag)}))) ${tags}`;
      }
      const inner = `${tags}*${name}`;
      const binds = pointee.kind === "array" || pointee.kind === "func_proto";
      return declare(layouts, pointee, binds ? `(${inner})` : inner, indent);
    }
    case "const": case "volatile": case "restrict": {
      const under = resolvePointer(type.type);
      // A qualifier of a pointer stands behind the star, of anything else in front.
      return under ? declare(layouts, type.type, name === "" ? type.kind : `${type.kind} ${name}`, indent)
        : `${type.kind} ${declare(layouts, type.type, name, indent)}`;
    }
    case "type_tag":
      return declare(layouts, type.type, name, indent);
    case "array":
      return declare(layouts, type.element, `${name}[${type.count}]`, indent);
    case "func_proto": {
      const params = type.params.map((param) => declare(layouts, param.type, param.name, indent));
      if (type.variadic) params.push("...");
      return declare(layouts, type.returns, `${name}(${params.length === 0 ? "void" : params.join(", ")})`, indent);
    }
    case "func": case "var":
      return declare(layouts, type.type, type.name, indent);
    case "datasec": case "decl_tag":
      return join("void");
    default:
      return unreachable(type);
  }
}

/** Is it a pointer, under qualifiers only? */
function resolvePointer(type: BtfType): boolean {
  let under = type;
  while (under.kind === "const" || under.kind === "volatile" || under.kind === "restrict") under = under.type;
  return under.kind === "ptr";
}

function formatEnum(type: BtfEnum | BtfEnum64, indent: string): string {
  const suffix = type.kind === "enum" ? "" : type.signed ? "LL" : "ULL";
  const values = type.values.map(({ name, value }) => `${indent}\t${name} = ${value}${suffix},\n`);
  const mode = type.size === 1 ? " __attribute__((mode(byte)))" : type.size === 8 && suffix === ""
    ? " __attribute__((mode(word)))" : "";
  return `enum ${type.name === "" ? "" : `${type.name} `}{\n${values.join("")}${indent}}${mode}`;
}

function formatRecord(layouts: Layouts, type: BtfRecord, indent: string): string {
  const { align, packed } = layoutOf(layouts, type);
  const lines: string[] = [];
  let at = 0;
  for (const member of type.members) {
    if (type.kind === "struct") lines.push(...padding(naturalPlace(layouts, at, member, packed), member.bitOffset));
    const width = member.bitSize === 0 ? "" : `: ${member.bitSize}`;
    lines.push(`${declare(layouts, member.type, member.name, `${indent}\t`)}${width};`);
    at = member.bitOffset + (member.bitSize === 0 ? 8 * (sizeOfType(member.type) ?? 0) : member.bitSize);
  }
  if (type.kind === "struct") {
    lines.push(...padding(roundUp(at, packed ? 8 : 8 * align), 8 * type.size));
  }
  const body = lines.map((line) => `${indent}\t${line}\n`).join("");
  const attribute = packed ? " __attribute__((packed))" : "";
  return `${type.kind} ${type.name === "" ? "" : `${type.name} `}{\n${body}${indent}}${attribute}`;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** Where C puts a member that comes after bit `at`. */
function naturalPlace(layouts: Layouts, at: number, member: BtfMember, packed: boolean): number {
  const size = 8 * (sizeOfType(member.type) ?? 1);
  if (member.bitSize === 0) return roundUp(at, packed ? 8 : 8 * alignOf(layouts, member.type));
  // A bit-field stays in one unit of its type, if it is not packed.
  const crosses = Math.floor(at / size) !== Math.floor((at + member.bitSize - 1) / size);
  return crosses && !packed ? roundUp(at, size) : at;
}

/** Unnamed bit-fields that fill the bits from `at` to `end`, in the largest units that fit. */
function padding(at: number, end: number): string[] {
  const lines: string[] = [];
  for (let bit = at; bit < end;) {
    const unit = ([[64, "long"], [32, "int"], [16, "short"]] as const)
      .find(([bits]) => bit % bits === 0 && bit + bits <= end);
    const bits = unit?.[0] ?? Math.min(end, bit + 8 - bit % 8) - bit;
    lines.push(`${unit?.[1] ?? "char"}: ${bits};`);
    bit += bits;
  }
  return lines;
}

/** The alignment of a type in bytes. */
function alignOf(layouts: Layouts, type: BtfType): number {
  const resolved = resolveType(type);
  switch (resolved.kind) {
    case "int": case "float": case "enum": case "enum64":
      return resolved.size;
    case "ptr":
      return 8;
    case "array":
      return alignOf(layouts, resolved.element);
    case "struct": case "union": {
      const { align, packed } = layoutOf(layouts, resolved);
      return packed ? 1 : align;
    }
    default:
      return 1;
  }
}

function layoutOf(layouts: Layouts, record: BtfRecord): { readonly align: number; readonly packed: boolean } {
  const known = layouts.get(record);
  if (known !== undefined) return known;
  const aligns = record.members.map(({ type }) => alignOf(layouts, type));
  const align = aligns.reduce((most, one) => Math.max(most, one), 1);
  // A member or the size that breaks the natural alignment.
  const packed = record.size % align !== 0
    || record.members.some(({ bitSize, bitOffset }, index) => bitSize === 0 && bitOffset % (8 * aligns[index]) !== 0);
  const layout = { align, packed };
  layouts.set(record, layout);
  return layout;
}
