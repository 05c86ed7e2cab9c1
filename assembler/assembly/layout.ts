/**
 * Where everything is: offsets of fragments and labels in their sections, and the values of symbols and expressions.
 *
 * The sizes of alignments, spaces and LEB128 numbers depend on offsets, and these on the sizes before them; so the
 * sections are laid out again until nothing changes. LEB128 numbers only grow, which makes that end.
 */

import type { Expression, Operation } from "../isa/expression.ts";
import { binaryValue, unaryValue } from "../isa/expression.ts";
import { slots } from "../isa/instruction.ts";
import { labelAsWritten } from "../isa/labels.ts";
import { SHT } from "../object/object.ts";
import { type Assembly, type AssemblySection, type AssemblySymbol, type Fragment, maxBytes } from "./assembly.ts";

/** What a symbol stands for: a place in a section, a number, or something that another object or the linker defines. */
export type SymbolValue =
  | { readonly kind: "place"; readonly section: AssemblySection; readonly offset: number }
  | { readonly kind: "number"; readonly value: bigint }
  | { readonly kind: "external" };

/** An expression's value: a number, or a symbol (a section, if there is no symbol of that name) plus a number. */
export type ExpressionValue =
  | { readonly kind: "number"; readonly value: bigint }
  | { readonly kind: "symbol"; readonly symbol: AssemblySymbol; readonly addend: bigint }
  | { readonly kind: "problem"; readonly message: string };

export interface Layout {
  readonly assembly: Assembly;
  /** Byte offset of each fragment; one more for the size of the section. */
  readonly offsets: ReadonlyMap<AssemblySection, readonly number[]>;
  readonly labels: ReadonlyMap<string, number>;
  /** Values of the symbols that are defined by expressions, as far as they have been asked for. */
  readonly values: Map<AssemblySymbol, SymbolValue>;
}

interface Progress extends Layout {
  readonly offsets: Map<AssemblySection, number[]>;
  readonly labels: Map<string, number>;
  readonly lebSizes: Map<Fragment, number>;
  /** In the first round labels further on have no offsets yet, and no distance means anything. */
  isFirstRound: boolean;
  /** Bytes of the sections that have been placed in this round. */
  bytes: number;
}

const maxRounds = 100;

/** Lays out all sections. Problems are added to the assembly's. */
export function layOut(assembly: Assembly): Layout {
  const progress: Progress = {
    assembly, offsets: new Map(), labels: new Map(), values: new Map(), lebSizes: new Map(), isFirstRound: true, bytes: 0,
  };
  for (let round = 0; round < maxRounds; round++) {
    let changed = false;
    // What was computed from last round's offsets. In the last round no offset changes, and all values are right.
    progress.values.clear();
    progress.bytes = 0;
    for (const section of assembly.sections) if (placeFragments(progress, section)) changed = true;
    if (!changed) return progress;
    progress.isFirstRound = false;
  }
  assembly.problems.push({ kind: "problem", position: 0, message: "sizes depend on one another without end" });
  return progress;
}

/** Places one section's fragments after the sizes known so far. Has anything moved? */
function placeFragments(progress: Progress, section: AssemblySection): boolean {
  const before = progress.offsets.get(section);
  const offsets: number[] = [];
  let offset = 0;
  let changed = before === undefined;
  section.fragments.forEach((fragment, i) => {
    if (before?.[i] !== offset) changed = true;
    offsets.push(offset);
    if (fragment.kind === "label") progress.labels.set(fragment.name, offset);
    offset += fragmentSize(progress, section, fragment, offset);
  });
  if (before?.[offsets.length] !== offset) changed = true;
  offsets.push(offset);
  progress.offsets.set(section, offsets);
  if (section.type !== SHT.NOBITS) progress.bytes += offset;
  return changed;
}

function fragmentSize(progress: Progress, section: AssemblySection, fragment: Fragment, offset: number): number {
  switch (fragment.kind) {
    case "label": return 0;
    case "place":
      fragment.offset = offset;
      return 0;
    case "instruction": return 8 * slots(fragment.instruction);
    case "data": return fragment.size;
    case "value": return fragment.size;
    case "align": {
      const padding = paddingOf(offset, fragment.align, fragment.most);
      return section.type !== SHT.NOBITS && progress.bytes + offset + padding > maxBytes ? 0 : padding;
    }
    case "space": {
      const count = evaluate(progress, fragment.count);
      if (count.kind === "number" && count.value >= 0n
        && (section.type === SHT.NOBITS || BigInt(progress.bytes + offset) + count.value <= BigInt(maxBytes))
        && count.value <= BigInt(Number.MAX_SAFE_INTEGER - offset)) return Number(count.value);
      return 0;
    }
    case "org": {
      const target = offsetOf(progress, section, fragment.target);
      return target === undefined || target < offset || progress.bytes + target > maxBytes ? 0 : target - offset;
    }
    case "leb": {
      if (progress.isFirstRound) return 1;
      const value = evaluate(progress, fragment.expression);
      const needed = value.kind === "number" ? encodeLeb(value.value, fragment.signed).length : 1;
      const size = Math.max(needed, progress.lebSizes.get(fragment) ?? 1);
      progress.lebSizes.set(fragment, size);
      return size;
    }
    case "late": return fragment.encode().length;
  }
}

/** The offset in a section that an expression means: a number, or a place in it. */
export function offsetOf(layout: Layout, section: AssemblySection, expression: Expression): number | undefined {
  const value = evaluate(layout, expression);
  if (value.kind === "number") return Number(value.value);
  const base = value.kind === "symbol" ? symbolValue(layout, value.symbol) : undefined;
  if (value.kind !== "symbol" || base?.kind !== "place" || base.section !== section) return undefined;
  return base.offset + Number(value.addend);
}

/** Bytes up to the next multiple of `align`; none if they would be more than `most`. */
export function paddingOf(offset: number, align: number, most: number): number {
  const padding = (align - (offset % align)) % align;
  return padding > most ? 0 : padding;
}

/** LEB128 of a number, padded to at least `size` bytes. */
export function encodeLeb(value: bigint, signed: boolean, size = 1): Uint8Array {
  const bytes: number[] = [];
  let rest = signed ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value);
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = signed ? (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40) : rest === 0n;
    if (done && bytes.length + 1 >= size) {
      bytes.push(low);
      return Uint8Array.from(bytes);
    }
    bytes.push(low | 0x80);
  }
}

/** A symbol that is defined by itself counts as external, as one that is defined by an undefined one does. */
export function symbolValue(layout: Layout, symbol: AssemblySymbol): SymbolValue {
  const { definition } = symbol;
  switch (definition.kind) {
    case "none":
    case "common":
      return external;
    case "label":
      return { kind: "place", section: definition.section, offset: layout.labels.get(symbol.name) ?? 0 };
    case "value": {
      const known = layout.values.get(symbol);
      if (known !== undefined) return known;
      layout.values.set(symbol, external);
      const made = valueOf(layout, definition.expression);
      layout.values.set(symbol, made);
      return made;
    }
  }
}

const external: SymbolValue = { kind: "external" };

function valueOf(layout: Layout, expression: Expression): SymbolValue {
  const value = evaluate(layout, expression);
  if (value.kind === "number") return value;
  if (value.kind === "problem") return external;
  const base = symbolValue(layout, value.symbol);
  return base.kind === "place" ? { ...base, offset: base.offset + Number(value.addend) } : external;
}

/** The symbol that another is an alias of, through any number of `.set`s; the symbol itself if it is no alias. */
export function aliasedSymbol(layout: Layout, symbol: AssemblySymbol): AssemblySymbol {
  const passed = new Set<AssemblySymbol>();
  let base = symbol;
  while (base.definition.kind === "value" && !passed.has(base)) {
    passed.add(base);
    const value = evaluate(layout, base.definition.expression);
    if (value.kind !== "symbol") break;
    base = value.symbol;
  }
  return base;
}

/**
 * The value of a sum: numbers are added up, places in the same section that are subtracted from one another make a
 * number, and one symbol may be left over.
 */
export function evaluate(layout: Layout, expression: Expression): ExpressionValue {
  let sum = expression.constant;
  const plus: AssemblySymbol[] = [], minus: AssemblySymbol[] = [];
  for (const { symbol: name, sign } of expression.terms) {
    const symbol = layout.assembly.symbols.get(name);
    if (symbol === undefined) return { kind: "problem", message: `"${name}" is not known` };
    const value = symbolValue(layout, symbol);
    if (value.kind === "number") sum += BigInt(sign) * value.value;
    else (sign === 1 ? plus : minus).push(symbol);
  }
  for (const operation of expression.operations ?? []) {
    const value = operationValue(layout, operation);
    if (value.kind !== "number") return value;
    sum += BigInt(operation.sign) * value.value;
  }
  for (const symbol of minus) {
    const value = symbolValue(layout, symbol);
    const name = labelAsWritten(symbol.name);
    if (value.kind !== "place") return { kind: "problem", message: `"${name}" is subtracted and not defined here` };
    const partner = plus.findIndex((p) => {
      const other = symbolValue(layout, p);
      return other.kind === "place" && other.section === value.section;
    });
    const [taken] = partner < 0 ? [] : plus.splice(partner, 1);
    const other = taken === undefined ? undefined : symbolValue(layout, taken);
    if (other?.kind !== "place") {
      return { kind: "problem", message: `"${name}" is subtracted from nothing in its own section` };
    }
    sum += BigInt(other.offset - value.offset);
  }
  const [symbol, another] = plus;
  if (another !== undefined) return { kind: "problem", message: "a sum of two symbols has no meaning" };
  return symbol === undefined ? { kind: "number", value: sum } : { kind: "symbol", symbol, addend: sum };
}

/** What an operator makes of its operands, which must be numbers by now. */
function operationValue(layout: Layout, { operator, left, right }: Operation): ExpressionValue {
  const a = evaluate(layout, left);
  const b = right === undefined ? undefined : evaluate(layout, right);
  if (a.kind === "problem") return a;
  if (b?.kind === "problem") return b;
  if (a.kind === "symbol" || b?.kind === "symbol") {
    return { kind: "problem", message: `${operator} works on numbers only` };
  }
  const value = b === undefined ? unaryValue(operator, a.value) : binaryValue(operator, a.value, b.value);
  return typeof value === "string" ? { kind: "problem", message: value } : { kind: "number", value };
}
