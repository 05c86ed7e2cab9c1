/**
 * ObjectFile -> the bytes of a relocatable ELF64 file for EM_BPF.
 *
 * The layout is LLVM's, so that tools which know clang's objects meet nothing new. In the section header table: the one
 * string table first, then each section followed by its relocations, the address-significance table, the symbol table
 * last. In the file: sections, symbols, relocations, address significance, strings, section headers. The same object
 * gives the same bytes, always.
 */

import {
  binds, ELFCLASS64, ELFDATA2LSB, ELFDATA2MSB, ELFOSABI_GNU, EM_BPF, ET_REL, EV_CURRENT, headerSize, relSize,
  sectionHeaderSize, SHN, symbolSize, symbolTypes, visibilities,
} from "./elf.ts";
import type { ObjectFile, ObjectSymbol, Section, SymbolHome } from "./object.ts";
import { ObjectError, SHF, SHT } from "./object.ts";
import type { StringTable } from "./strings.ts";
import { buildStringTable } from "./strings.ts";

/** A row of the section header table, with the bytes it speaks of. */
interface Row {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly align: number;
  readonly entsize: number;
  readonly link: number;
  readonly info: number;
  readonly data: Uint8Array | undefined;
  readonly size: number;
  offset: number;
}

/**
 * @throws ObjectError when the object has more sections than ELF's 16-bit indices hold, or a relocation names a symbol
 * or a symbol a section that is not in the object
 */
export function writeElf(object: ObjectFile): Uint8Array {
  const little = object.endian === "little";
  const symbols = [...object.symbols.filter((s) => s.bind === "local"),
    ...object.symbols.filter((s) => s.bind !== "local")];
  const symbolIndex = new Map(symbols.map((s, i) => [s, i + 1]));
  const sectionIndex = numberSections(object.sections);
  const significant = object.addressSignificant;
  const relocated = object.sections.filter((s) => s.relocations.length > 0);
  const symtabIndex = 2 + object.sections.length + relocated.length + (significant === undefined ? 0 : 1);
  if (symtabIndex >= SHN.LORESERVE) throw new ObjectError(`${symtabIndex} sections are more than an object can have`);
  const strings = buildStringTable([
    ...object.sections.map((s) => s.name), ...relocated.map((s) => `.rel${s.name}`), ".strtab", ".symtab",
    ...(significant === undefined ? [] : [".llvm_addrsig"]), ...object.symbols.map((s) => s.name),
  ]);

  const none = { flags: 0, align: 1, entsize: 0, link: 0, info: 0, offset: 0 };
  const bytes = (data: Uint8Array) => ({ data, size: data.length });
  const sectionRows = new Map(object.sections.map((s): [Section, Row] => [s, {
    ...none, name: s.name, type: s.type, flags: s.flags, align: s.align, entsize: s.entsize, data: s.data, size: s.size,
    link: s.link === undefined ? 0 : indexOf(sectionIndex, s.link, `linked to by section ${s.name}`),
  }]));
  const relRows = new Map(relocated.map((s): [Section, Row] => [s, {
    ...none, name: `.rel${s.name}`, type: SHT.REL, flags: SHF.INFO_LINK, align: 8, entsize: relSize, link: symtabIndex,
    info: indexOf(sectionIndex, s, "relocated"), ...bytes(encodeRelocations(s, symbolIndex, little)),
  }]));
  const significantRows = significant === undefined ? [] : [{
    ...none, name: ".llvm_addrsig", type: SHT.LLVM_ADDRSIG, flags: SHF.EXCLUDE, link: symtabIndex,
    ...bytes(encodeSignificant(significant, symbolIndex)),
  }];
  const symtabRow: Row = {
    ...none, name: ".symtab", type: SHT.SYMTAB, align: 8, entsize: symbolSize, link: 1,
    info: 1 + symbols.filter((s) => s.bind === "local").length,
    ...bytes(encodeSymbols(symbols, sectionIndex, strings, little)),
  };
  const strtabRow: Row = { ...none, name: ".strtab", type: SHT.STRTAB, ...bytes(strings.bytes) };

  const headerOrder: Row[] = [strtabRow];
  for (const section of object.sections) {
    const row = sectionRows.get(section), rel = relRows.get(section);
    if (row !== undefined) headerOrder.push(row);
    if (rel !== undefined) headerOrder.push(rel);
  }
  headerOrder.push(...significantRows, symtabRow);
  const fileOrder = [...sectionRows.values(), symtabRow, ...relRows.values(), ...significantRows, strtabRow];
  return layOut(headerOrder, fileOrder, strings, little);
}

/** Index of each section in the header table: behind the null header, .strtab, and what comes before it. */
function numberSections(sections: readonly Section[]): Map<Section, number> {
  const indices = new Map<Section, number>();
  let next = 2;
  for (const section of sections) {
    indices.set(section, next);
    next += section.relocations.length > 0 ? 2 : 1;
  }
  return indices;
}

function indexOf<T>(indices: ReadonlyMap<T, number>, item: T, what: string): number {
  const index = indices.get(item);
  if (index === undefined) throw new ObjectError(`what is ${what} is not part of the object`);
  return index;
}

/** Larger alignments are for memory; the file is not padded for them. */
const maxFileAlign = 0x10000;

/** Places the rows in the file and writes everything. */
function layOut(headerOrder: readonly Row[], fileOrder: readonly Row[], strings: StringTable,
                little: boolean): Uint8Array {
  let end = headerSize;
  for (const row of fileOrder) {
    end = alignUp(end, Math.min(row.align, maxFileAlign));
    row.offset = end;
    if (row.data !== undefined) end += row.data.length;
  }
  const table = alignUp(end, 8);
  const file = new Uint8Array(table + sectionHeaderSize * (headerOrder.length + 1));
  const view = new DataView(file.buffer);
  for (const row of fileOrder) if (row.data !== undefined) file.set(row.data, row.offset);
  const isGnu = headerOrder.some(({ flags }) => (flags & SHF.GNU_RETAIN) !== 0);
  writeHeader(file, view, table, headerOrder.length + 1, isGnu, little);
  headerOrder.forEach((row, i) => {
    const at = table + sectionHeaderSize * (i + 1);
    view.setUint32(at, strings.offsetOf(row.name), little);
    view.setUint32(at + 4, row.type, little);
    set64(view, at + 8, row.flags, little);
    set64(view, at + 24, row.offset, little);
    set64(view, at + 32, row.size, little);
    view.setUint32(at + 40, row.link, little);
    view.setUint32(at + 44, row.info, little);
    set64(view, at + 48, row.align, little);
    set64(view, at + 56, row.entsize, little);
  });
  return file;
}

/** isGnu: the file has what only GNU's extensions of ELF know. */
function writeHeader(file: Uint8Array, view: DataView, table: number, sections: number, isGnu: boolean, little: boolean): void {
  file.set([0x7f, 0x45, 0x4c, 0x46, ELFCLASS64, little ? ELFDATA2LSB : ELFDATA2MSB, EV_CURRENT, isGnu ? ELFOSABI_GNU : 0]);
  view.setUint16(16, ET_REL, little);
  view.setUint16(18, EM_BPF, little);
  view.setUint32(20, EV_CURRENT, little);
  set64(view, 40, table, little);
  view.setUint16(52, headerSize, little);
  view.setUint16(58, sectionHeaderSize, little);
  view.setUint16(60, sections, little);
  view.setUint16(62, 1, little);
}

function encodeSymbols(symbols: readonly ObjectSymbol[], sections: ReadonlyMap<Section, number>, strings: StringTable,
                       little: boolean): Uint8Array {
  const bytes = new Uint8Array(symbolSize * (symbols.length + 1));
  const view = new DataView(bytes.buffer);
  symbols.forEach((symbol, i) => {
    const at = symbolSize * (i + 1);
    view.setUint32(at, strings.offsetOf(symbol.name), little);
    view.setUint8(at + 4, (binds.indexOf(symbol.bind) << 4) | symbolTypes.indexOf(symbol.type));
    view.setUint8(at + 5, visibilities.indexOf(symbol.visibility));
    view.setUint16(at + 6, homeIndex(symbol.home, sections, symbol.name), little);
    set64(view, at + 8, symbol.value, little);
    set64(view, at + 16, symbol.size, little);
  });
  return bytes;
}

function homeIndex(home: SymbolHome, sections: ReadonlyMap<Section, number>, name: string): number {
  switch (home) {
    case "undefined": return SHN.UNDEF;
    case "absolute": return SHN.ABS;
    case "common": return SHN.COMMON;
    default: return indexOf(sections, home, `home of symbol "${name}"`);
  }
}

function encodeRelocations(section: Section, symbols: ReadonlyMap<ObjectSymbol, number>, little: boolean): Uint8Array {
  const bytes = new Uint8Array(relSize * section.relocations.length);
  const view = new DataView(bytes.buffer);
  section.relocations.forEach((relocation, i) => {
    const at = relSize * i;
    const symbol = indexOf(symbols, relocation.symbol,
      `named by a relocation of ${section.name} ("${relocation.symbol.name}")`);
    set64(view, at, relocation.offset, little);
    view.setBigUint64(at + 8, (BigInt(symbol) << 32n) | BigInt(relocation.type), little);
  });
  return bytes;
}

/** ULEB128 of the symbols' indices. */
function encodeSignificant(significant: readonly ObjectSymbol[], symbols: ReadonlyMap<ObjectSymbol, number>):
Uint8Array {
  const bytes: number[] = [];
  for (const symbol of significant) {
    let index = indexOf(symbols, symbol, `marked address-significant ("${symbol.name}")`);
    for (; index >= 0x80; index = Math.floor(index / 0x80)) bytes.push((index & 0x7f) | 0x80);
    bytes.push(index);
  }
  return Uint8Array.from(bytes);
}

/** A negative number is written in two's complement. */
function set64(view: DataView, at: number, value: number, little: boolean): void {
  view.setBigUint64(at, BigInt(value), little);
}

function alignUp(value: number, align: number): number {
  return align <= 1 ? value : Math.ceil(value / align) * align;
}
