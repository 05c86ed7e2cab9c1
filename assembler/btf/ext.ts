/**
 * The `.BTF.ext` section: what the program sections say about single instructions. Three tables, each grouped by ELF
 * section: which function starts at an instruction (func_info), which source line it comes from (line_info), and which
 * instruction the loader has to adapt to the running kernel (CO-RE relocations).
 *
 * Layout after tools/lib/bpf/libbpf_internal.h: a header of 32 bytes; each table is a record size (u32), then per
 * section {name offset, count} and the records. Offsets of instructions are bytes in the ELF section. A table without
 * records has length 0: libbpf takes one with a record size and nothing else for corrupt.
 */

import { ByteReader, ByteWriter } from "./bytes.ts";
import type { StringReader, StringTable } from "./strings.ts";
import { BtfError } from "./types.ts";
import type { BtfType } from "./types.ts";

/** The function (a `func` of the graph) that starts at `offset`. */
export interface BtfFuncInfo { offset: number; type: BtfType }

export interface BtfLineInfo {
  offset: number;
  file: string;
  /** The text of the source line; "" when it is not recorded. */
  text: string;
  /** From 1, at most 2^22 - 1. */
  line: number;
  /** From 1; 0 for none; at most 1023. */
  column: number;
}

/** The kinds of CO-RE relocations, in the order of enum bpf_core_relo_kind (include/uapi/linux/bpf.h). */
export const coreRelocationKinds = [
  "byte_off", "byte_sz", "field_exists", "signed", "lshift_u64", "rshift_u64", "local_type_id", "target_type_id",
  "type_exists", "type_size", "enumval_exists", "enumval_value", "type_matches",
] as const;

export type CoreRelocationKind = typeof coreRelocationKinds[number];

export interface CoreRelocation {
  offset: number;
  /** The root type of the access. */
  type: BtfType;
  /** Indices from the root to the field, "0:1:2"; for types "0"; for enumerators the index. */
  access: string;
  kind: CoreRelocationKind;
}

/** What is known of the instructions of one ELF section, each table in the order of offsets. */
export interface BtfExtSection {
  name: string;
  functions: BtfFuncInfo[];
  lines: BtfLineInfo[];
  relocations: CoreRelocation[];
}

/** A field of `.BTF.ext` at `offset` that holds the offset `value` in `section` and wants R_BPF_64_NODYLD32. */
export interface BtfExtFixup { offset: number; section: string; value: number }

export interface EncodedBtfExt { bytes: Uint8Array; fixups: BtfExtFixup[] }

const headerSize = 32;
const functionSize = 8;
const lineSize = 16;
const relocationSize = 16;

/** Highest line and column that a record can say (BPF_LINE_INFO_LINE_NUM, BPF_LINE_INFO_LINE_COL). */
const maxLine = (1 << 22) - 1;
const maxColumn = (1 << 10) - 1;

/**
 * Encodes the tables. Lines and columns that the record cannot hold become 0, as for "unknown".
 * @param ids the type ids that encode.ts has given.
 * @param strings the string table of the `.BTF` section, which gets the new texts.
 * @throws BtfError for a type without an id.
 */
export function encodeBtfExt(
  sections: readonly BtfExtSection[], ids: ReadonlyMap<BtfType, number>, strings: StringTable, littleEndian: boolean,
): EncodedBtfExt {
  const out = new ByteWriter(littleEndian);
  const fixups: BtfExtFixup[] = [];
  out.u16(0xeb9f);
  out.u8(1);
  out.u8(0);
  out.u32(headerSize);
  for (let i = 0; i < 6; i++) out.u32(0);

  const idOf = (type: BtfType, section: string, offset: number): number => {
    const id = type.kind === "void" ? 0 : ids.get(type);
    if (id === undefined) throw new BtfError(`.BTF.ext of ${section}+${offset}: a type that .BTF does not hold`);
    return id;
  };
  const instruction = (section: string, value: number): void => {
    fixups.push({ offset: out.length, section, value });
    out.u32(value);
  };
  const table = <T>(
    index: number, size: number, records: (section: BtfExtSection) => readonly T[],
    write: (section: string, record: T) => void,
  ): void => {
    const start = out.length;
    out.patch32(8 + 8 * index, start - headerSize);
    if (!sections.some((section) => records(section).length > 0)) return;
    out.u32(size);
    for (const section of sections) {
      const list = records(section);
      if (list.length === 0) continue;
      out.u32(strings.add(section.name));
      out.u32(list.length);
      for (const record of list) write(section.name, record);
    }
    out.patch32(12 + 8 * index, out.length - start);
  };

  table(0, functionSize, (section) => section.functions, (section, record) => {
    instruction(section, record.offset);
    out.u32(idOf(record.type, section, record.offset));
  });
  table(1, lineSize, (section) => section.lines, (section, record) => {
    instruction(section, record.offset);
    out.u32(strings.add(record.file));
    out.u32(strings.add(record.text));
    out.u32((record.line > maxLine ? 0 : record.line) << 10 | (record.column > maxColumn ? 0 : record.column));
  });
  table(2, relocationSize, (section) => section.relocations, (section, record) => {
    instruction(section, record.offset);
    out.u32(idOf(record.type, section, record.offset));
    out.u32(strings.add(record.access));
    out.u32(coreRelocationKinds.indexOf(record.kind));
  });
  return { bytes: out.finish(), fixups };
}

/**
 * Decodes a `.BTF.ext` section.
 * @param types the types by id, as decode.ts gives them.
 * @throws BtfError on anything that is not well-formed.
 */
export function decodeBtfExt(
  bytes: Uint8Array, littleEndian: boolean, types: readonly BtfType[], strings: StringReader,
): BtfExtSection[] {
  const header = new ByteReader(bytes, littleEndian, 0, bytes.length, "the .BTF.ext header");
  if (header.u16() !== 0xeb9f) throw new BtfError(".BTF.ext has a wrong magic number");
  const version = header.u8();
  if (version !== 1) throw new BtfError(`.BTF.ext has version ${version}, not 1`);
  const flags = header.u8();
  if (flags !== 0) throw new BtfError(`.BTF.ext has unknown flags ${flags}`);
  const size = header.u32();
  if (size < 24 || size % 4 !== 0) throw new BtfError(`.BTF.ext has a header of ${size} bytes`);

  const sections = new Map<string, BtfExtSection>();
  const sectionNamed = (name: string): BtfExtSection => {
    const known = sections.get(name);
    if (known !== undefined) return known;
    const section: BtfExtSection = { name, functions: [], lines: [], relocations: [] };
    sections.set(name, section);
    return section;
  };
  const typeOf = (id: number, what: string): BtfType => {
    const type = types[id];
    if (type === undefined) throw new BtfError(`${what}: type id ${id} of ${types.length}`);
    return type;
  };
  const table = (
    what: string, index: number, recordSize: number, read: (section: BtfExtSection, record: ByteReader) => void,
  ): void => {
    if (size < 16 + 8 * index) return;
    const place = new ByteReader(bytes, littleEndian, 8 + 8 * index, size, "the .BTF.ext header");
    const start = size + place.u32();
    const length = place.u32();
    if (length === 0) return;
    const data = new ByteReader(bytes, littleEndian, start, start + length, what);
    const given = data.u32();
    if (given < recordSize || given % 4 !== 0) throw new BtfError(`${what} has records of ${given} bytes`);
    while (data.left > 0) {
      const section = sectionNamed(strings.at(data.u32(), what));
      const count = data.u32();
      if (count === 0) throw new BtfError(`${what} of ${section.name} has no records`);
      for (let i = 0; i < count; i++) {
        const next = data.offset + given;
        read(section, data);
        data.skip(next - data.offset);
      }
    }
  };

  table("func_info", 0, functionSize, (section, record) => {
    const offset = record.u32();
    section.functions.push({ offset, type: typeOf(record.u32(), `func_info of ${section.name}+${offset}`) });
  });
  table("line_info", 1, lineSize, (section, record) => {
    const offset = record.u32();
    const what = `line_info of ${section.name}+${offset}`;
    const file = strings.at(record.u32(), what);
    const text = strings.at(record.u32(), what);
    const place = record.u32();
    section.lines.push({ offset, file, text, line: place >>> 10, column: place & maxColumn });
  });
  table("core_relo", 2, relocationSize, (section, record) => {
    const offset = record.u32();
    const what = `core_relo of ${section.name}+${offset}`;
    const type = typeOf(record.u32(), what);
    const access = strings.at(record.u32(), what);
    const number = record.u32();
    const kind = coreRelocationKinds[number];
    if (kind === undefined) throw new BtfError(`${what} has the unknown kind ${number}`);
    section.relocations.push({ offset, type, access, kind });
  });
  return [...sections.values()];
}
