/**
 * The bytes of a relocatable ELF64 file for EM_BPF -> ObjectFile.
 *
 * The input is not trusted: every offset, index and size is checked before it is used, sections may not overlap so
 * that a small file cannot ask for much memory, and whatever is wrong is an ObjectError that says where. What the
 * object model has no word for (relocations with addends, section groups, extended indices) is refused as well, by
 * name. The tables that only the format needs are gone in the result.
 */

import {
  binds, ELFCLASS64, ELFDATA2LSB, ELFDATA2MSB, EM_BPF, ET_REL, EV_CURRENT, headerSize, relSize, sectionHeaderSize, SHN,
  symbolSize, symbolTypes, visibilities,
} from "./elf.ts";
import type { ObjectFile, ObjectSymbol, Relocation, Section, SymbolHome } from "./object.ts";
import { ObjectError, SHF, SHT } from "./object.ts";

/** A section header as it stands in the file. Numbers are in bytes; `link` and `info` depend on the type. */
export interface SectionHeader {
  readonly index: number;
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
  readonly align: number;
  readonly entsize: number;
}

interface Header extends SectionHeader {
  readonly nameOffset: number;
  name: string;
}

interface Input { readonly bytes: Uint8Array; readonly view: DataView; readonly little: boolean }

/**
 * @throws ObjectError when the bytes are no well-formed BPF object
 */
export function readElf(bytes: Uint8Array): ObjectFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = checkIdentity(bytes, view);
  const input: Input = { bytes, view, little };
  const headers = readHeaders(input);
  const symtab = onlyOne(headers, SHT.SYMTAB);
  const tables = new Set([view.getUint16(62, little), ...(symtab === undefined ? [] : [symtab.link])]);

  const sections = new Map<number, Section>();
  for (const header of headers) {
    if (header.index !== 0 && isContents(header, tables)) sections.set(header.index, readSection(input, header));
  }
  for (const header of headers) linkSection(header, sections);
  const symbols = symtab === undefined ? [] : readSymbols(input, symtab, headers, sections);
  for (const header of headers) {
    if (header.type === SHT.REL) readRelocations(input, header, symtab, sections, symbols);
  }
  for (const section of sections.values()) section.relocations.sort((a, b) => a.offset - b.offset);
  const object: ObjectFile = {
    endian: little ? "little" : "big", sections: [...sections.values()], symbols: symbols.slice(1),
  };
  const significant = onlyOne(headers, SHT.LLVM_ADDRSIG);
  // A tool that renumbers symbols and does not know this table cuts its link to them: it means nothing then.
  if (significant !== undefined && significant.link === symtab?.index) {
    object.addressSignificant = readSignificant(input, significant, symbols);
  }
  return object;
}

/**
 * All section headers of the file, those of tables that only the format needs included, by index.
 * @throws ObjectError when the bytes are no BPF object
 */
export function readSectionHeaders(bytes: Uint8Array): readonly SectionHeader[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readHeaders({ bytes, view, little: checkIdentity(bytes, view) });
}

/** Checks the file header; says whether the object is little-endian. */
function checkIdentity(bytes: Uint8Array, view: DataView): boolean {
  if (bytes.length < headerSize) throw new ObjectError(`${bytes.length} bytes are too few for an ELF file`);
  if (view.getUint32(0) !== 0x7f454c46) throw new ObjectError("not an ELF file");
  if (bytes[4] !== ELFCLASS64) throw new ObjectError("not a 64-bit ELF file");
  if (bytes[5] !== ELFDATA2LSB && bytes[5] !== ELFDATA2MSB) throw new ObjectError("the ELF file has no byte order");
  const little = bytes[5] === ELFDATA2LSB;
  if (bytes[6] !== EV_CURRENT) throw new ObjectError(`unknown ELF version ${bytes[6]}`);
  const type = view.getUint16(16, little), machine = view.getUint16(18, little);
  if (machine !== EM_BPF) throw new ObjectError(`the ELF file is for machine ${machine}, not for BPF (${EM_BPF})`);
  if (type !== ET_REL) throw new ObjectError(`the ELF file is of type ${type}, not a relocatable object`);
  return little;
}

function readHeaders({ bytes, view, little }: Input): Header[] {
  const table = get64(view, 40, little, "the section header table's offset");
  const count = view.getUint16(60, little), namesIndex = view.getUint16(62, little);
  if (count === 0) {
    if (table !== 0) throw new ObjectError("objects with 65,280 sections and more are not supported");
    return [];
  }
  if (view.getUint16(58, little) !== sectionHeaderSize) throw new ObjectError("section headers are not 64 bytes long");
  if (table > bytes.length || count * sectionHeaderSize > bytes.length - table) {
    throw new ObjectError("the section header table is cut off");
  }
  const headers: Header[] = [];
  let total = 0;
  for (let index = 0; index < count; index++) {
    const at = table + sectionHeaderSize * index;
    const where = `section ${index}`;
    const align = get64(view, at + 48, little, `${where}: alignment`);
    const header: Header = {
      index, name: "", nameOffset: view.getUint32(at, little), type: view.getUint32(at + 4, little),
      flags: get64(view, at + 8, little, `${where}: flags`),
      offset: get64(view, at + 24, little, `${where}: offset`),
      size: get64(view, at + 32, little, `${where}: size`),
      link: view.getUint32(at + 40, little), info: view.getUint32(at + 44, little),
      align: align === 0 ? 1 : align, entsize: get64(view, at + 56, little, `${where}: entry size`),
    };
    headers.push(header);
    if (index === 0) continue;
    if (!Number.isInteger(Math.log2(header.align))) throw new ObjectError(`${where}: alignment ${align}`);
    if (header.type === SHT.NOBITS || header.type === 0) continue;
    if (header.offset > bytes.length || header.size > bytes.length - header.offset) {
      throw new ObjectError(`${where} is cut off: it ends behind the end of the file`);
    }
    total += header.size;
    if (total > bytes.length) throw new ObjectError(`${where} overlaps others`);
  }
  const names = headers[namesIndex];
  if (names === undefined || names.type !== SHT.STRTAB) throw new ObjectError("there is no table of section names");
  for (const header of headers) {
    if (header.index !== 0) header.name = readString(bytes, names, header.nameOffset, `section ${header.index}`);
  }
  return headers;
}

function onlyOne(headers: readonly Header[], type: number): Header | undefined {
  const [first, second] = headers.filter((h) => h.type === type);
  if (second !== undefined) throw new ObjectError(`there is more than one section of the type of ${second.name}`);
  return first;
}

/** Does the section have contents of its own, rather than being a table of the format? */
function isContents(header: Header, tables: ReadonlySet<number>): boolean {
  switch (header.type) {
    case 0:
    case SHT.SYMTAB:
    case SHT.REL:
    case SHT.LLVM_ADDRSIG:
      return false;
    case SHT.STRTAB:
      return !tables.has(header.index);
    case SHT.RELA:
      throw new ObjectError(`${header.name}: relocations with addends are not used by BPF objects`);
    case SHT.GROUP:
      throw new ObjectError(`${header.name}: section groups are not supported`);
    case SHT.SYMTAB_SHNDX:
      throw new ObjectError(`${header.name}: extended section indices are not supported`);
    default:
      return true;
  }
}

function readSection({ bytes }: Input, header: Header): Section {
  const data = header.type === SHT.NOBITS ? undefined : bytes.slice(header.offset, header.offset + header.size);
  return {
    name: header.name, type: header.type, flags: header.flags, align: header.align, data, size: header.size,
    entsize: header.entsize, relocations: [],
  };
}

function linkSection(header: Header, sections: ReadonlyMap<number, Section>): void {
  const section = sections.get(header.index);
  if (section === undefined || (header.flags & SHF.LINK_ORDER) === 0 || header.link === 0) return;
  const target = sections.get(header.link);
  if (target === undefined) throw new ObjectError(`${header.name} is linked to section ${header.link}, which is none`);
  section.link = target;
}

/** The symbols by index; the null symbol stands at 0. */
function readSymbols({ bytes, view, little }: Input, symtab: Header, headers: readonly Header[],
                     sections: ReadonlyMap<number, Section>): ObjectSymbol[] {
  const names = headers[symtab.link];
  if (names === undefined || names.type !== SHT.STRTAB) throw new ObjectError("the symbol table has no string table");
  if (symtab.entsize !== symbolSize || symtab.size % symbolSize !== 0) {
    throw new ObjectError("the symbol table is not made of 24-byte symbols");
  }
  const symbols: ObjectSymbol[] = [];
  for (let index = 0; index < symtab.size / symbolSize; index++) {
    const at = symtab.offset + symbolSize * index;
    const where = `symbol ${index}`;
    const info = view.getUint8(at + 4);
    const bind = binds[info >> 4], type = symbolTypes[info & 15], visibility = visibilities[view.getUint8(at + 5) & 3];
    if (bind === undefined) throw new ObjectError(`${where}: unknown binding ${info >> 4}`);
    if (type === undefined) throw new ObjectError(`${where}: unknown type ${info & 15}`);
    if (visibility === undefined) throw new ObjectError(`${where}: unknown visibility`);
    symbols.push({
      name: readString(bytes, names, view.getUint32(at, little), where),
      home: readHome(view.getUint16(at + 6, little), sections, where),
      value: getSigned64(view, at + 8, little, `${where}: value`), size: get64(view, at + 16, little, `${where}: size`),
      bind, type, visibility,
    });
  }
  return symbols;
}

function readHome(index: number, sections: ReadonlyMap<number, Section>, where: string): SymbolHome {
  if (index === SHN.UNDEF) return "undefined";
  if (index === SHN.ABS) return "absolute";
  if (index === SHN.COMMON) return "common";
  const section = sections.get(index);
  if (section === undefined) throw new ObjectError(`${where} is defined in section ${index}, which is none`);
  return section;
}

function readRelocations({ view, little }: Input, header: Header, symtab: Header | undefined,
                         sections: ReadonlyMap<number, Section>, symbols: readonly ObjectSymbol[]): void {
  const target = sections.get(header.info);
  if (target === undefined) throw new ObjectError(`${header.name} relocates section ${header.info}, which is none`);
  if (symtab === undefined || header.link !== symtab.index) {
    throw new ObjectError(`${header.name} does not name the symbol table`);
  }
  if (header.entsize !== relSize || header.size % relSize !== 0) {
    throw new ObjectError(`${header.name} is not made of 16-byte relocations`);
  }
  for (let index = 0; index < header.size / relSize; index++) {
    const at = header.offset + relSize * index;
    const where = `${header.name}: relocation ${index}`;
    const offset = get64(view, at, little, `${where}: offset`);
    const info = view.getBigUint64(at + 8, little);
    const symbolIndex = Number(info >> 32n);
    const symbol = symbols[symbolIndex];
    if (symbol === undefined || symbolIndex === 0) throw new ObjectError(`${where} names no symbol`);
    const relocation: Relocation = { offset, type: Number(info & 0xffffffffn), symbol };
    if (target.data === undefined || offset >= target.size) {
      throw new ObjectError(`${where} is behind the section's end`);
    }
    target.relocations.push(relocation);
  }
}

function readSignificant({ bytes }: Input, header: Header, symbols: readonly ObjectSymbol[]): ObjectSymbol[] {
  const significant: ObjectSymbol[] = [];
  const end = header.offset + header.size;
  for (let at = header.offset; at < end;) {
    let index = 0;
    let scale = 1;
    for (;;) {
      const byte = at < end ? bytes[at++] : undefined;
      if (byte === undefined || scale > 2 ** 35) throw new ObjectError(`${header.name} holds no symbol indices`);
      index += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (byte < 0x80) break;
    }
    const symbol = symbols[index];
    if (symbol === undefined || index === 0) {
      throw new ObjectError(`${header.name} names symbol ${index}, which is none`);
    }
    significant.push(symbol);
  }
  return significant;
}

const utf8 = new TextDecoder();

function readString(bytes: Uint8Array, table: Header, offset: number, where: string): string {
  if (offset >= table.size) {
    if (offset === 0) return "";
    throw new ObjectError(`${where}: the name is behind the end of the string table`);
  }
  const start = table.offset + offset;
  const end = bytes.indexOf(0, start);
  if (end < 0 || end >= table.offset + table.size) throw new ObjectError(`${where}: the name has no end`);
  return utf8.decode(bytes.subarray(start, end));
}

/** An unsigned 64-bit number that must fit JavaScript's exact integers. */
function get64(view: DataView, at: number, little: boolean, what: string): number {
  const value = view.getBigUint64(at, little);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ObjectError(`${what} is out of range`);
  return Number(value);
}

/** The same for a number that may be negative: the value of an absolute symbol. */
function getSigned64(view: DataView, at: number, little: boolean, what: string): number {
  const value = Number(view.getBigInt64(at, little));
  if (!Number.isSafeInteger(value)) throw new ObjectError(`${what} is out of range`);
  return value;
}
