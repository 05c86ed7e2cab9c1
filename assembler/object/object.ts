/**
 * The object file in memory: sections, symbols and relocations that point at one another.
 *
 * Identity is object identity, as everywhere in a graph: a symbol holds its section, a relocation its symbol, and no
 * index of any table exists outside of the ELF bytes. What only the file format needs (string tables, the symbol table,
 * `.rel` sections, header indices) is made by elf-write.ts and consumed by elf-read.ts.
 *
 * The order of `sections` and of `symbols` is the order in the file, up to what ELF itself demands: local symbols come
 * before the others, each kind in the order given here.
 *
 * Source of the constants: the System V ABI (gABI), EM_BPF relocations of Documentation/bpf/llvm_reloc.rst.
 */

export type Endian = "little" | "big";

/** Section types (gABI, table of sh_type), of which any number is allowed in `Section.type`. */
export const SHT = {
  PROGBITS: 1, SYMTAB: 2, STRTAB: 3, RELA: 4, NOTE: 7, NOBITS: 8, REL: 9, INIT_ARRAY: 14, FINI_ARRAY: 15,
  PREINIT_ARRAY: 16, GROUP: 17, SYMTAB_SHNDX: 18, LLVM_ADDRSIG: 0x6fff4c03,
} as const;

/** Section flags (gABI, sh_flags). */
export const SHF = {
  WRITE: 0x1, ALLOC: 0x2, EXECINSTR: 0x4, MERGE: 0x10, STRINGS: 0x20, INFO_LINK: 0x40, LINK_ORDER: 0x80, GROUP: 0x200,
  TLS: 0x400, GNU_RETAIN: 0x200000, EXCLUDE: 0x80000000,
} as const;

/** Relocation types of EM_BPF. */
export const R_BPF = {
  NONE: 0,
  /** The 64-bit immediate of two slots: symbol + addend in place. */
  R64_64: 1,
  /** A 64-bit datum. */
  ABS64: 2,
  /** A 32-bit datum. */
  ABS32: 3,
  /** A 32-bit datum that no loader resolves (BTF and its companion sections). */
  NODYLD32: 4,
  /** The 32-bit immediate of a call: (symbol + addend) / 8 - 1, the addend in place. */
  R64_32: 10,
} as const;

export interface Section {
  name: string;
  /** SHT_... ; NOBITS exactly when `data` is undefined. */
  type: number;
  /** SHF_..., or'ed, as an unsigned number. */
  flags: number;
  /** Alignment in bytes, a power of two; 1 for none. */
  align: number;
  /** Bytes of the section; undefined for zeros that the file does not hold (NOBITS). */
  data: Uint8Array | undefined;
  /** Size in bytes: `data.length`, or the number of zeros. Use `setData` to change both. */
  size: number;
  /** Size of an entry of a table, of a string unit in a section of mergeable strings; else 0. */
  entsize: number;
  /** Relocations of this section's data, by ascending offset. Addends stand in the data (SHT_REL). */
  relocations: Relocation[];
  /** The section this one goes with (SHF_LINK_ORDER). */
  link?: Section;
}

export type SymbolBind = "local" | "global" | "weak";

export type SymbolType = "notype" | "object" | "func" | "section" | "file" | "common" | "tls";

export type SymbolVisibility = "default" | "internal" | "hidden" | "protected";

/** Where a symbol is defined, if it is. `value` of a common symbol is its alignment. */
export type SymbolHome = Section | "undefined" | "absolute" | "common";

export interface ObjectSymbol {
  /** "" for a section symbol. */
  name: string;
  home: SymbolHome;
  /** Offset in the section in bytes; the number of an absolute symbol, which may be negative. */
  value: number;
  /** Size in bytes; 0 when unknown. */
  size: number;
  bind: SymbolBind;
  type: SymbolType;
  visibility: SymbolVisibility;
}

export interface Relocation {
  /** Where, in bytes from the start of the section: the first byte of the instruction, or of the datum. */
  offset: number;
  /** R_BPF_... */
  type: number;
  symbol: ObjectSymbol;
}

export interface ObjectFile {
  endian: Endian;
  /** The sections with contents of their own, without string, symbol and relocation tables. */
  sections: Section[];
  /** All symbols but the null symbol. */
  symbols: ObjectSymbol[];
  /** Symbols whose address matters (`.llvm_addrsig`); undefined when the object has no such table. */
  addressSignificant?: ObjectSymbol[];
}

/** What the reader and writer throw on an object that breaks the format. The message says what and where. */
export class ObjectError extends Error {
  override readonly name = "ObjectError";
}

// Making

/** A section that holds bytes. */
export function makeSection(name: string, flags: number, align: number, data = new Uint8Array(0)): Section {
  return { name, type: SHT.PROGBITS, flags, align, data, size: data.length, entsize: 0, relocations: [] };
}

/** A section of `size` zeros that take no room in the file. */
export function makeZeroSection(name: string, flags: number, align: number, size: number): Section {
  return { name, type: SHT.NOBITS, flags, align, data: undefined, size, entsize: 0, relocations: [] };
}

export function setData(section: Section, data: Uint8Array): void {
  section.data = data;
  section.size = data.length;
}

/** A symbol that is defined at `value` in `home`; more is set by the caller. */
export function makeSymbol(name: string, home: SymbolHome, value: number,
                           rest: Partial<ObjectSymbol> = {}): ObjectSymbol {
  return { name, home, value, size: 0, bind: "local", type: "notype", visibility: "default", ...rest };
}

/** An external symbol: global, undefined, without type, as a reference to an unknown name makes it. */
export function makeUndefined(name: string, bind: SymbolBind = "global"): ObjectSymbol {
  return makeSymbol(name, "undefined", 0, { bind });
}

/**
 * The symbol that stands for a section in relocations; made and added to the object on first use.
 */
export function sectionSymbol(object: ObjectFile, section: Section): ObjectSymbol {
  const known = object.symbols.find((s) => s.type === "section" && s.home === section);
  if (known !== undefined) return known;
  const made = makeSymbol("", section, 0, { type: "section" });
  object.symbols.push(made);
  return made;
}

// Questions

export function findSection(object: ObjectFile, name: string): Section | undefined {
  return object.sections.find((s) => s.name === name);
}

/** The first symbol of that name, whatever its bind. */
export function findSymbol(object: ObjectFile, name: string): ObjectSymbol | undefined {
  return object.symbols.find((s) => s.name === name);
}

/** Section in which the symbol is defined; undefined for undefined, absolute and common symbols. */
export function definedIn(symbol: ObjectSymbol): Section | undefined {
  return typeof symbol.home === "string" ? undefined : symbol.home;
}

/** The symbols that are defined in each section, in their order. */
export function symbolsBySection(object: ObjectFile): Map<Section, ObjectSymbol[]> {
  const groups = new Map<Section, ObjectSymbol[]>(object.sections.map((s) => [s, []]));
  for (const symbol of object.symbols) {
    if (typeof symbol.home !== "string") groups.get(symbol.home)?.push(symbol);
  }
  return groups;
}

/** Does the section hold instructions? */
export function isCode(section: Section): boolean {
  return (section.flags & SHF.EXECINSTR) !== 0;
}
