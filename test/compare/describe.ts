/**
 * ObjectFile -> Description: what an object says to a loader, in words that two compilers' objects can be compared by.
 *
 * Left out is what no loader looks at (debug information, string tables, section and file symbols) and, of BTF, all
 * but that it is there: a map's attributes are read out of it. Everything is in an order that does not depend on the
 * compiler.
 */
import { decodeBtf } from "../../assembler/btf/decode.ts";
import type { BtfType } from "../../assembler/btf/types.ts";
import { relocationName } from "../../assembler/disassemble.ts";
import type { ObjectFile, ObjectSymbol, Section } from "../../assembler/object/object.ts";
import { definedIn, findSection, isCode, SHF, SHT } from "../../assembler/object/object.ts";
import { declaredMaps } from "../../assembler/vm/map-definitions.ts";

export interface SectionFacts {
  readonly name: string;
  readonly type: string;
  readonly flags: string;
  /** Not told of BTF, which holds the paths of sources. */
  readonly size?: number;
}

export interface SymbolFacts {
  readonly name: string;
  readonly type: string;
  readonly bind: string;
  readonly section: string;
  readonly size: number;
}

/** Relocations of one section against one symbol. */
export interface RelocationFacts {
  readonly section: string;
  readonly type: string;
  readonly symbol: string;
  readonly count: number;
}

export interface MapFacts {
  readonly name: string;
  readonly section: string;
  readonly type: string;
  readonly key: number;
  readonly value: number;
  readonly entries: number;
  readonly flags: number;
  readonly pinning: number;
  /** Of a legacy map: the number by which sections ID/KEY name it. */
  readonly id: number;
}

/** A function in a section of code. slots: 8-byte units of instructions. */
export interface FunctionFacts { readonly name: string; readonly section: string; readonly slots: number }

export interface Description {
  readonly sections: readonly SectionFacts[];
  readonly symbols: readonly SymbolFacts[];
  readonly relocations: readonly RelocationFacts[];
  readonly maps: readonly MapFacts[];
  readonly licence: string;
  readonly functions: readonly FunctionFacts[];
  /** Instruction slots of all sections of code. */
  readonly slots: number;
}

export function describeObject(object: ObjectFile): Description {
  const loaded = object.sections.filter((section) => isLoaded(section) && section.size > 0);
  return {
    sections: sorted(loaded.map(describeSection), ({ name }) => name),
    symbols: sorted(object.symbols.flatMap((symbol) => describeSymbol(symbol)), ({ name }) => name),
    relocations: sorted(loaded.filter(({ name }) => !isDescriptive(name)).flatMap(describeRelocations),
      ({ section, symbol, type }) => `${section} ${symbol} ${type}`),
    maps: sorted(describeMaps(object), ({ name }) => name),
    licence: licence(object),
    functions: sorted(functionsOf(object), ({ section, name }) => `${section} ${name}`),
    slots: object.sections.filter(isCode).reduce((sum, { size }) => sum + size / 8, 0),
  };
}

/** The functions that a loader makes programs of: those outside of .text. */
export function programsOf(object: ObjectFile): FunctionFacts[] {
  return functionsOf(object).filter(({ section }) => section !== ".text");
}

function functionsOf(object: ObjectFile): FunctionFacts[] {
  return object.symbols.flatMap((symbol) => {
    const section = definedIn(symbol);
    if (section === undefined || !isCode(section) || symbol.type !== "func") return [];
    return [{ name: symbol.name, section: section.name, slots: symbol.size / 8 }];
  });
}

/** Does the section have something that a loader needs? */
function isLoaded(section: Section): boolean {
  return (section.flags & SHF.ALLOC) !== 0 || isDescriptive(section.name);
}

function isDescriptive(name: string): boolean {
  return name === ".BTF" || name === ".BTF.ext";
}

function describeSection({ name, type, flags, size }: Section): SectionFacts {
  const facts = { name, type: type === SHT.NOBITS ? "nobits" : "progbits", flags: flagLetters(flags) };
  return isDescriptive(name) ? facts : { ...facts, size };
}

/** The flags in readelf's letters. */
function flagLetters(flags: number): string {
  const letters = [
    [SHF.WRITE, "W"], [SHF.ALLOC, "A"], [SHF.EXECINSTR, "X"], [SHF.MERGE, "M"], [SHF.STRINGS, "S"],
  ] as const;
  return letters.map(([flag, letter]) => (flags & flag) === 0 ? "" : letter).join("");
}

function describeSymbol(symbol: ObjectSymbol): SymbolFacts[] {
  const { name, type, bind, home, size } = symbol;
  if (type === "section" || type === "file") return [];
  return [{ name, type, bind, section: typeof home === "string" ? home : home.name, size }];
}

function describeRelocations(section: Section): RelocationFacts[] {
  const counts = new Map<string, RelocationFacts>();
  for (const { type, symbol } of section.relocations) {
    const name = symbol.type === "section" ? `section ${definedIn(symbol)?.name ?? "?"}` : symbol.name;
    const key = `${type} ${name}`;
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { section: section.name, type: relocationName(type), symbol: name, count });
  }
  return [...counts.values()];
}

function describeMaps(object: ObjectFile): MapFacts[] {
  const bytes = findSection(object, ".BTF")?.data;
  const types: readonly BtfType[] = bytes === undefined ? [] : decodeBtf(bytes).types;
  return declaredMaps(object, types).map(({ definition, section, pinning, id }) => ({
    name: definition.name, section: section.name, type: definition.type, key: definition.keySize,
    value: definition.valueSize, entries: definition.maxEntries, flags: definition.flags, pinning, id,
  }));
}

function licence(object: ObjectFile): string {
  const bytes = findSection(object, "license")?.data;
  return bytes === undefined ? "" : new TextDecoder("latin1").decode(bytes).replace(/\0.*$/s, "");
}

function sorted<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items.map((item) => ({ item, text: key(item) }))
    .sort((a, b) => a.text < b.text ? -1 : a.text > b.text ? 1 : 0).map(({ item }) => item);
}
