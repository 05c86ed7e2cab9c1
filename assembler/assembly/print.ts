/**
 * ObjectFile -> assembly text in LLVM's syntax, which assembles to the same sections, symbols and relocations.
 *
 * Sections and their contents are printed in the order of the object, symbols where they are defined, undefined and
 * common ones at the end.
 */

import { printInstruction } from "../isa/print.ts";
import type { Reference } from "../isa/instruction.ts";
import { quoteName, quoteString } from "../isa/scan.ts";
import type { Endian, ObjectFile, ObjectSymbol, Section, SymbolType } from "../object/object.ts";
import { ObjectError, SHF, SHT } from "../object/object.ts";
import type { ListedSection, Listing } from "./listing.ts";
import { listObject } from "./listing.ts";

export interface PrintObjectOptions {
  /** Write w registers in narrow loads and stores: for -mcpu=v3 and later. */
  readonly alu32?: boolean;
}

/**
 * The text, with a newline at its end.
 * @throws ObjectError for section flags or symbol types that assembly text has no word for
 */
export function printObject(object: ObjectFile, options: PrintObjectOptions = {}): string {
  const listing = listObject(object);
  const lines: string[] = [];
  for (const symbol of object.symbols) if (symbol.type === "file") lines.push(`\t.file\t${quoteString(symbol.name)}`);
  for (const listed of listing.sections) printSection(lines, object, listing, listed, options);
  for (const symbol of object.symbols) printHomeless(lines, listing, symbol);
  if (object.addressSignificant !== undefined) {
    lines.push("\t.addrsig");
    for (const symbol of object.addressSignificant) lines.push(`\t.addrsig_sym ${nameOf(listing, symbol)}`);
  }
  return `${lines.join("\n")}\n`;
}

function nameOf(listing: Listing, symbol: ObjectSymbol): string {
  return quoteName(listing.names.get(symbol) ?? symbol.name);
}

// Sections

function printSection(lines: string[], object: ObjectFile, listing: Listing, listed: ListedSection,
                      options: PrintObjectOptions): void {
  const { section, code, values } = listed;
  lines.push(`\t${sectionDirective(listing, object, section)}`);
  if (section.align > 1) lines.push(`\t.p2align\t${Math.log2(section.align)}`);
  const places = placesOf(listing, section);
  const references = new Map(values.map((v) => [v.offset, v]));
  /** Where data is cut: at labels and relocated values. */
  const cuts = [...places.keys(), ...references.keys()].sort((a, b) => a - b);
  let nextCut = 0;
  let at = 0;
  const labelsAt = (offset: number): void => {
    for (const line of places.get(offset) ?? []) lines.push(line);
    places.delete(offset);
  };
  const dataUpTo = (end: number): void => {
    while (at < end) {
      labelsAt(at);
      const value = references.get(at);
      if (value !== undefined && at + value.size <= end) {
        lines.push(`\t${value.size === 8 ? ".quad" : ".long"}\t${printReference(value.reference)}`);
        at += value.size;
        continue;
      }
      while ((cuts[nextCut] ?? end) <= at) nextCut++;
      const stop = Math.min(end, cuts[nextCut] ?? end);
      printBytes(lines, section, at, stop, object.endian);
      at = stop;
    }
  };
  if (section.data === undefined || code.length === 0) dataUpTo(section.size);
  for (const { offset, size, instruction } of code) {
    labelsAt(offset);
    if (instruction.op === "illegal") dataUpTo(offset + size);
    else lines.push(`\t${printInstruction(instruction, options)}`);
    at = offset + size;
  }
  labelsAt(section.size);
  printMisplaced(lines, listing, section, places);
}

/** `.text`, or `.section` with everything that must be said. */
function sectionDirective(listing: Listing, object: ObjectFile, section: Section): string {
  const standard = { ".text": SHF.ALLOC | SHF.EXECINSTR, ".data": SHF.ALLOC | SHF.WRITE }[section.name];
  if (standard === section.flags && section.type === SHT.PROGBITS && section.entsize === 0) return section.name;
  let letters = "";
  let rest = section.flags;
  for (const [letter, flag] of flagLetters) {
    if ((rest & flag) === 0) continue;
    letters += letter;
    rest = (rest & ~flag) >>> 0;
  }
  if (rest !== 0) throw new ObjectError(`${section.name}: no word for section flags 0x${rest.toString(16)}`);
  const type = sectionTypeNames[section.type] ?? `0x${section.type.toString(16)}`;
  let text = `.section\t${quoteName(section.name)},"${letters}",@${type}`;
  if ((section.flags & SHF.MERGE) !== 0) text += `,${section.entsize}`;
  if (section.link !== undefined) {
    const symbol = object.symbols.find((s) => s.home === section.link && s.name !== "");
    if (symbol === undefined) throw new ObjectError(`${section.name}: the section it goes with has no symbol`);
    text += `,${nameOf(listing, symbol)}`;
  }
  return text;
}

const flagLetters: readonly (readonly [string, number])[] = [
  ["a", SHF.ALLOC], ["e", SHF.EXCLUDE], ["w", SHF.WRITE], ["x", SHF.EXECINSTR], ["M", SHF.MERGE], ["S", SHF.STRINGS],
  ["T", SHF.TLS], ["o", SHF.LINK_ORDER],
];

const sectionTypeNames: Readonly<Record<number, string>> = {
  [SHT.PROGBITS]: "progbits", [SHT.NOBITS]: "nobits", [SHT.NOTE]: "note", [SHT.INIT_ARRAY]: "init_array",
  [SHT.FINI_ARRAY]: "fini_array", [SHT.PREINIT_ARRAY]: "preinit_array",
};

/** The lines for labels and symbols by offset. */
function placesOf(listing: Listing, section: Section): Map<number, string[]> {
  const places = new Map<number, string[]>();
  const at = (offset: number): string[] => {
    const lines = places.get(offset) ?? [];
    places.set(offset, lines);
    return lines;
  };
  for (const symbol of listing.defined.get(section) ?? []) {
    if (symbol.type === "section" || symbol.name === "") continue;
    at(symbol.value).push(...attributes(listing, symbol), `${nameOf(listing, symbol)}:`);
  }
  for (const [offset, name] of listing.labels.get(section) ?? []) at(offset).push(`${quoteName(name)}:`);
  return places;
}

/** Labels that stand inside of an instruction or outside of the section, as sums. */
function printMisplaced(lines: string[], listing: Listing, section: Section, places: Map<number, string[]>): void {
  if (places.size === 0) return;
  const end = `.Lend_${listing.sections.findIndex((s) => s.section === section)}`;
  lines.push(`${end}:`);
  for (const [offset, labels] of places) {
    const sum = offset < section.size ? `${end}-${section.size - offset}` : `${end}+${offset - section.size}`;
    for (const line of labels) lines.push(line.endsWith(":") ? `\t.set\t${line.slice(0, -1)}, ${sum}` : line);
  }
}

// Symbols

const typeNames: Readonly<Record<SymbolType, string | undefined>> = {
  notype: undefined, object: "object", func: "function", common: "common", tls: "tls_object", section: undefined,
  file: undefined,
};

/** The directives that say what a symbol is. */
function attributes(listing: Listing, symbol: ObjectSymbol): string[] {
  const name = nameOf(listing, symbol);
  const lines: string[] = [];
  if (symbol.bind === "global") lines.push(`\t.globl\t${name}`);
  if (symbol.bind === "weak") lines.push(`\t.weak\t${name}`);
  if (symbol.visibility !== "default") lines.push(`\t.${symbol.visibility}\t${name}`);
  const type = typeNames[symbol.type];
  if (type !== undefined) lines.push(`\t.type\t${name},@${type}`);
  if (symbol.size !== 0) lines.push(`\t.size\t${name}, ${symbol.size}`);
  return lines;
}

/** Undefined, absolute and common symbols. */
function printHomeless(lines: string[], listing: Listing, symbol: ObjectSymbol): void {
  if (symbol.name === "" || symbol.type === "file" || symbol.type === "section") return;
  const name = nameOf(listing, symbol);
  switch (symbol.home) {
    case "undefined":
      if (symbol.bind === "local") lines.push(`\t.local\t${name}`);
      lines.push(...attributes(listing, symbol));
      break;
    case "absolute":
      lines.push(...attributes(listing, symbol), `\t.set\t${name}, ${symbol.value}`);
      break;
    case "common":
      if (symbol.bind === "weak") lines.push(`\t.weak\t${name}`);
      if (symbol.visibility !== "default") lines.push(`\t.${symbol.visibility}\t${name}`);
      lines.push(`\t.comm\t${name},${symbol.size},${Math.max(1, symbol.value)}`);
      break;
    default:
      break;
  }
}

// Data

function printReference({ symbol, addend }: Reference): string {
  if (addend === 0) return quoteName(symbol);
  return `${quoteName(symbol)}${addend < 0 ? "" : "+"}${addend}`;
}

/** Bytes of a section, as zeros, strings, 32-bit words or bytes, whichever reads best. */
function printBytes(lines: string[], section: Section, start: number, end: number, endian: Endian): void {
  const { data } = section;
  if (data === undefined) {
    lines.push(`\t.zero\t${end - start}`);
    return;
  }
  const isStrings = (section.flags & SHF.STRINGS) !== 0 && section.entsize === 1;
  for (let at = start; at < end;) {
    const zeros = runLength(data, at, end, (b) => b === 0);
    if (zeros >= 8 || (zeros > 0 && zeros === end - at && !isStrings)) {
      lines.push(`\t.zero\t${zeros}`);
      at += zeros;
      continue;
    }
    const text = runLength(data, at, end, isPrintable);
    const terminated = at + text < end && data[at + text] === 0;
    if (text >= (isStrings ? 0 : 3) && terminated) {
      lines.push(`\t.asciz\t${quoteString(latin1(data, at, at + text))}`);
      at += text + 1;
      continue;
    }
    const width = at % 4 === 0 && end - at >= 4 ? 4 : 1;
    const stop = width === 4 ? at + 4 : Math.min(end, at - (at % 4) + 4);
    const bytes = Array.from(data.subarray(at, stop)).join(",");
    lines.push(width === 4 ? `\t.long\t${word(data, at, endian)}` : `\t.byte\t${bytes}`);
    at = stop;
  }
}

function runLength(data: Uint8Array, start: number, end: number, holds: (byte: number) => boolean): number {
  let at = start;
  while (at < end && holds(data[at] ?? 0)) at++;
  return at - start;
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x09;
}

function latin1(data: Uint8Array, start: number, end: number): string {
  return Array.from(data.subarray(start, end), (b) => String.fromCharCode(b)).join("");
}

function word(data: Uint8Array, at: number, endian: Endian): string {
  const value = new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(at, endian === "little");
  return `0x${value.toString(16)}`;
}
