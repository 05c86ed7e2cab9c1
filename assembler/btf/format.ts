/**
 * Type graph -> C declarations that say the same, in the order and manner of `bpftool btf dump format c`.
 *
 * A type comes before its use: whole where it is used by value, as a forward declaration where a pointer is enough.
 * Two walks see to it. The first puts what must be defined into a queue: a type is *strong* when whoever uses it needs
 * its definition, and behind a pointer a named record is not. The second goes through the queue, and before each
 * definition declares what is only pointed at.
 *
 * Records keep their layout (record-layout.ts). Functions, variables and sections are no types of C and are left out;
 * anonymous types stand where they are used; of names that are used twice, later ones get a number: `name___2`.
 */

import { unreachable } from "../unreachable.ts";
import { declare } from "./declarators.ts";
import type { Spelling } from "./declarators.ts";
import type { Layouts } from "./record-layout.ts";
import { alignOf, layoutOf, padding } from "./record-layout.ts";
import type { BtfEnum, BtfEnum64, BtfRecord, BtfType, BtfTypedef } from "./types.ts";
import { BtfError, forEachReference, sizeOfType } from "./types.ts";

/**
 * C text that declares all types of the list.
 * @throws BtfError for types that C has no words for, or that repeat themselves beyond measure
 */
export function formatTypes(types: readonly BtfType[]): string {
  const printer = new Printer(types);
  for (const type of types) printer.add(type);
  return printer.text();
}

/** One type as C writes it, declaring `name` (maybe ""): `int (*name)[4]`. */
export function formatType(type: BtfType, name = ""): string {
  const printer = new Printer([]);
  const declared = type.kind === "func" || type.kind === "var" ? type.type : type;
  return printer.declare(declared, name === "" && "name" in type && declared !== type ? type.name : name, "");
}

/** A type inside of types, and steps of the first walk, beyond which the file is taken for broken. */
const maxDepth = 600, maxSteps = 20_000_000;

/** Characters of text beyond which anonymous types must be repeating themselves. */
const maxText = 200_000_000;

class Printer {
  readonly #out: string[] = [];
  #length = 0;
  readonly #layouts: Layouts = new Map();

  /** Types that others refer to: an anonymous enumeration among them is printed there. */
  readonly #referenced = new Set<BtfType>();
  /** First walk: true when done, false while inside. */
  readonly #ordered = new Map<BtfType, boolean>();
  #queue: BtfType[] = [];
  #depth = 0;
  #steps = 0;

  /** Second walk: true when defined, false while inside; and what has a forward declaration. */
  readonly #emitted = new Map<BtfType, boolean>();
  readonly #forwarded = new Set<BtfType>();

  readonly #names = new Map<BtfType, string>();
  /** Uses of each name: of tags, and of typedefs and enumerators. */
  readonly #tags = new Map<string, number>();
  readonly #identifiers = new Map<string, number>();

  constructor(types: readonly BtfType[]) {
    for (const type of types) forEachReference(type, (reference) => this.#referenced.add(reference));
  }

  text(): string {
    return this.#out.join("");
  }

  /** Declares a type and all it needs, unless it has been. */
  add(type: BtfType): void {
    this.#queue = [];
    this.#order(type, false);
    for (const one of this.#queue) this.#emit(one, undefined);
  }

  #put(text: string): void {
    this.#out.push(`${text};\n\n`);
    this.#count(text);
  }

  #count(text: string): void {
    this.#length += text.length;
    if (this.#length > maxText) throw new BtfError("the types are too long to be written as C");
  }

  #enter(): void {
    if (++this.#depth > maxDepth) throw new BtfError("types are nested too deeply to be written as C");
    if (++this.#steps > maxSteps) throw new BtfError("types refer to one another too often to be written as C");
  }

  // First walk

  /** Queues what must be defined before `type` can be used; says whether the use needs a definition. */
  #order(type: BtfType, throughPointer: boolean): boolean {
    const state = type.kind === "void" ? true : this.#ordered.get(type);
    if (state === true) return true;
    if (state === false) {
      if (throughPointer && "name" in type && type.name !== "") return false;
      throw new BtfError("an anonymous record refers to itself");
    }
    this.#enter();
    const strong = this.#orderParts(type, throughPointer);
    this.#depth--;
    return strong;
  }

  #orderParts(type: BtfType, throughPointer: boolean): boolean {
    switch (type.kind) {
      case "void":
        return true;
      case "int": case "float": case "func": case "var": case "datasec": case "decl_tag":
        this.#ordered.set(type, true);
        return false;
      case "ptr": {
        const strong = this.#order(type.type, true);
        this.#ordered.set(type, true);
        return strong;
      }
      case "array":
        // C has no array of an incomplete type, not even behind a pointer.
        return this.#order(type.element, false);
      case "const": case "volatile": case "restrict": case "type_tag":
        return this.#order(type.type, throughPointer);
      case "func_proto": {
        let strong = this.#order(type.returns, throughPointer);
        for (const param of type.params) strong = this.#order(param.type, throughPointer) || strong;
        // Where it is not by pointer, `...` counts as a parameter of type void.
        return strong || type.variadic;
      }
      case "struct": case "union":
        if (throughPointer && type.name !== "") return false;
        this.#ordered.set(type, false);
        for (const member of type.members) this.#order(member.type, false);
        if (type.name !== "") this.#queue.push(type);
        this.#ordered.set(type, true);
        return true;
      case "enum": case "enum64": case "fwd":
        if (type.name !== "" || !this.#referenced.has(type)) this.#queue.push(type);
        this.#ordered.set(type, true);
        return true;
      case "typedef":
        if (!this.#order(type.type, throughPointer) && throughPointer) return false;
        this.#queue.push(type);
        this.#ordered.set(type, true);
        return true;
      default:
        return unreachable(type);
    }
  }

  // Second walk

  /** Writes a definition (`inside` undefined), or whatever `inside`, which is being defined, needs of a type. */
  #emit(type: BtfType, inside: BtfType | undefined): void {
    const state = type.kind === "void" ? true : this.#emitted.get(type);
    if (state === true) return;
    if (state === false) {
      this.#forward(type, inside);
      return;
    }
    this.#enter();
    switch (type.kind) {
      case "void": case "func": case "var": case "datasec": case "decl_tag":
        break;
      case "int": case "float":
        this.#emitted.set(type, true);
        break;
      case "enum": case "enum64":
        if (inside === undefined) this.#put(this.#formatEnum(type, ""));
        this.#emitted.set(type, true);
        break;
      case "fwd":
        this.#put(`${type.record} ${this.#tagName(type)}`);
        this.#emitted.set(type, true);
        break;
      case "ptr": case "const": case "volatile": case "restrict": case "type_tag":
        this.#emit(type.type, inside);
        break;
      case "array":
        this.#emit(type.element, inside);
        break;
      case "func_proto":
        this.#emit(type.returns, inside);
        for (const param of type.params) this.#emit(param.type, inside);
        break;
      case "typedef":
        this.#emitted.set(type, false);
        this.#emit(type.type, type);
        if (!this.#forwarded.has(type)) this.#putTypedef(type);
        this.#emitted.set(type, true);
        break;
      case "struct": case "union":
        this.#emitRecord(type, inside);
        break;
      default:
        unreachable(type);
    }
    this.#depth--;
  }

  #emitRecord(type: BtfRecord, inside: BtfType | undefined): void {
    this.#emitted.set(type, false);
    if (inside === undefined || type.name === "") {
      const outer = type.name === "" ? inside : type;
      for (const member of type.members) this.#emit(member.type, outer);
    } else if (!this.#forwarded.has(type) && type !== inside) {
      this.#put(`${type.kind} ${this.#tagName(type)}`);
      this.#forwarded.add(type);
    }
    if (inside === undefined) {
      this.#put(this.#formatRecord(type, ""));
      this.#emitted.set(type, true);
    } else {
      this.#emitted.delete(type);
    }
  }

  /** A type that is being defined is needed, by pointer, for its own definition. */
  #forward(type: BtfType, inside: BtfType | undefined): void {
    if (this.#forwarded.has(type)) return;
    switch (type.kind) {
      case "struct": case "union":
        if (type === inside || type.name === "") return;
        this.#put(`${type.kind} ${this.#tagName(type)}`);
        break;
      case "typedef":
        this.#putTypedef(type);
        break;
      default:
        return;
    }
    this.#forwarded.add(type);
  }

  #putTypedef(type: BtfTypedef): void {
    // The compiler has that name already.
    if (type.name === "__builtin_va_list") return;
    // Old compilers have void for what stands behind it.
    const builtin = type.type.kind === "void" && type.name === "__gnuc_va_list";
    this.#put(`typedef ${builtin ? "__builtin_va_list __gnuc_va_list"
      : this.declare(type.type, this.#identifierName(type), "")}`);
  }

  // Names

  #tagName(type: BtfType): string {
    return this.#nameIn(this.#tags, type);
  }

  #identifierName(type: BtfType): string {
    return this.#nameIn(this.#identifiers, type);
  }

  #nameIn(uses: Map<string, number>, type: BtfType): string {
    if (!("name" in type) || type.name === "") return "";
    // A forward declaration speaks of a definition elsewhere.
    if (type.kind === "fwd" || (type.kind === "enum" && type.values.length === 0)) return type.name;
    const known = this.#names.get(type);
    if (known !== undefined) return known;
    const made = useName(uses, type.name);
    this.#names.set(type, made);
    return made;
  }

  // Text

  declare(type: BtfType, name: string, indent: string): string {
    if (++this.#depth > maxDepth) throw new BtfError("types are nested too deeply to be written as C");
    const spelling: Spelling = {
      base: (base) => {
        switch (base.kind) {
          case "typedef": return this.#identifierName(base);
          case "fwd": return `${base.record} ${this.#tagName(base)}`;
          case "enum": case "enum64":
            return base.name === "" ? this.#formatEnum(base, indent) : `enum ${this.#tagName(base)}`;
          case "struct": case "union":
            return base.name === "" ? this.#formatRecord(base, indent) : `${base.kind} ${this.#tagName(base)}`;
          default:
            throw new Error(`declare: a ${base.kind} has no tag`);
        }
      },
    };
    const text = declare(type, name, spelling);
    this.#depth--;
    return text;
  }

  #formatEnum(type: BtfEnum | BtfEnum64, indent: string): string {
    const head = type.name === "" ? "enum" : `enum ${this.#tagName(type)}`;
    if (type.values.length === 0) return head;
    const suffix = type.kind === "enum" ? "" : type.signed ? "LL" : "ULL";
    let body = "";
    for (const { name, value } of type.values) {
      body += `${indent}\t${useName(this.#identifiers, name)} = ${value}${suffix},\n`;
    }
    const text = `${head} {\n${body}${indent}}${enumMode(type)}`;
    this.#count(text);
    return text;
  }

  #formatRecord(type: BtfRecord, indent: string): string {
    const head = type.name === "" ? type.kind : `${type.kind} ${this.#tagName(type)}`;
    const layout = layoutOf(this.#layouts, type);
    const packed = layout.packed && type.kind === "struct";
    const align = packed ? 1 : layout.align;
    const lines: string[] = [];
    let at = 0;
    let inBits = false;
    for (const { name, type: member, bitOffset, bitSize } of type.members) {
      const own = packed ? 1 : alignOf(this.#layouts, member);
      if (type.kind === "struct") lines.push(...padding(at, bitOffset, own, inBits && bitSize !== 0));
      const width = bitSize === 0 ? "" : `: ${bitSize}`;
      lines.push(`${this.declare(member, name, `${indent}\t`)}${width};`);
      inBits = bitSize !== 0;
      at = bitOffset + (inBits ? bitSize : 8 * (sizeOfType(member) ?? 0));
    }
    if (type.kind === "struct") lines.push(...padding(at, 8 * type.size, align, false));
    const body = lines.map((line) => `\n${indent}\t${line}`).join("");
    const end = type.members.length > 0 || type.size > 0 ? `\n${indent}}` : "}";
    const text = `${head} {${body}${end}${packed ? " __attribute__((packed))" : ""}`;
    this.#count(text);
    return text;
  }
}

/** The name, with a number from its second use on. */
function useName(uses: Map<string, number>, name: string): string {
  const count = (uses.get(name) ?? 0) + 1;
  uses.set(name, count);
  return count === 1 ? name : `${name}___${count}`;
}

/** What an enumeration needs for a size that its values do not give it. */
function enumMode(type: BtfEnum | BtfEnum64): string {
  if (type.size === 1) return " __attribute__((mode(byte)))";
  const small = type.kind === "enum" || type.values.every(({ value }) => BigInt.asUintN(64, value) >> 32n === 0n);
  return type.size === 8 && small ? " __attribute__((mode(word)))" : "";
}
