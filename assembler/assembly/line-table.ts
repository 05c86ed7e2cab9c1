/**
 * The source lines of a text -> the sections .debug_line and .debug_line_str (DWARF 4 or 5, chapter 6.2).
 *
 * A row of the table is a few opcodes. How many depends on how far it is from the row before, which is known only when
 * everything has its place: so all of a sequence behind its first address is one fragment of late bytes. Which of
 * several encodings is written is LLVM's choice, as is the version: 5 if there is a `.file 0`, else 4.
 */
import { SHF, SHT } from "../object/object.ts";
import { type Place, symbolNamed } from "./assembly.ts";
import { put, putAddress, putText, uleb, withLength } from "./debug-data.ts";
import { encodeLeb } from "./layout.ts";
import { type LineFile, type LineLocation, type LineRow, type LineTable, startLines } from "./lines.ts";
import type { Reader } from "./reader.ts";
import { appendTo, define, mark, openSection, report } from "./reader.ts";

/** DW_LNS_..., the standard opcodes (7.22). */
const LNS = {
  COPY: 1, ADVANCE_PC: 2, ADVANCE_LINE: 3, SET_FILE: 4, SET_COLUMN: 5, NEGATE_STMT: 6, SET_BASIC_BLOCK: 7, CONST_ADD_PC: 8,
  SET_PROLOGUE_END: 10, SET_EPILOGUE_BEGIN: 11, SET_ISA: 12,
} as const;
/** How many operands the standard opcodes have, from the first. */
const operandCounts = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];
const opcodeBase = operandCounts.length + 1;
/** DW_LNE_..., the extended ones. */
const LNE = { END_SEQUENCE: 1, SET_ADDRESS: 2, SET_DISCRIMINATOR: 4 } as const;

/** A special opcode adds to line and address at once; these numbers say which ones there are. */
const lineBase = -5, lineRange = 14;
/** Instructions that the highest special opcode goes on. */
const farthest = Math.floor((255 - opcodeBase) / lineRange);
/** Bytes of the shortest instruction, the unit of addresses. */
const instructionSize = 8;

/** What the rows of the tables of directories and files hold (7.22), and the forms of that (7.5.6). */
const LNCT = { PATH: 1, DIRECTORY_INDEX: 2, MD5: 5, LLVM_SOURCE: 0x2001 } as const;
const FORM = { UDATA: 0x0f, DATA16: 0x1e, LINE_STRP: 0x1f } as const;

/** The strings of .debug_line_str, each with a label, in order. */
type Strings = Map<string, string>;

/** Adds the sections if the text has a `.loc` or a numbered `.file`. */
export function writeLineTable(reader: Reader): void {
  const { lines } = reader;
  for (let n = 1; n < Math.max(...lines.files.keys()); n++) {
    if (!lines.files.has(n)) {
      report(reader, 0, `there is no .file ${n}, but one of a higher number`);
      return;
    }
  }
  if (lines.files.size === 0 && lines.root === undefined && lines.sequences.size === 0) return;
  const sequences = [...lines.sequences].map(([section, sequence]) => ({ ...sequence, end: endOf(reader, section) }));
  reader.section = openSection(reader.assembly, { name: ".debug_line", type: SHT.PROGBITS, flags: 0 });
  const strings: Strings = new Map();
  withLength(reader, () => {
    writeHeader(reader, strings);
    for (const { label, rows, end } of sequences) writeSequence(reader, label, rows, end);
  });
  if (strings.size > 0) writeStrings(reader, strings);
}

/** The place at the end of a section. */
function endOf(reader: Reader, section: Reader["section"]): Place {
  reader.section = section;
  return mark(reader);
}

// The header (6.2.4)

function writeHeader(reader: Reader, strings: Strings): void {
  const { lines, assembly: { endian } } = reader;
  const version = lines.root === undefined ? 4 : 5;
  put(reader, ...(endian === "little" ? [version, 0] : [0, version]));
  if (version === 5) put(reader, 8, 0);
  withLength(reader, () => {
    put(reader, instructionSize, 1, 1, lineBase, lineRange, opcodeBase, ...operandCounts);
    if (lines.root === undefined) writeNames(reader, lines);
    else writeTables(reader, lines, lines.root, strings);
  });
}

/** Version 4: the names themselves, without times and sizes. */
function writeNames(reader: Reader, { directories, files }: LineTable): void {
  for (const directory of directories) putText(reader, directory);
  put(reader, 0);
  for (const { name, directory } of numbered(files)) {
    putText(reader, name);
    put(reader, ...uleb(directory), 0, 0);
  }
  put(reader, 0);
}

/** Version 5: tables that say themselves what they hold. */
function writeTables(reader: Reader, lines: LineTable, root: LineFile, strings: Strings): void {
  const files = [root, ...numbered(lines.files)];
  put(reader, 1, LNCT.PATH, FORM.LINE_STRP, ...uleb(lines.directories.length + 1));
  for (const directory of [lines.directory, ...lines.directories]) putString(reader, directory, strings);
  const hasSums = files.every(({ md5 }) => md5 !== undefined), hasSources = files.some(({ source }) => source !== undefined);
  const columns = [
    LNCT.PATH, FORM.LINE_STRP, LNCT.DIRECTORY_INDEX, FORM.UDATA, ...(hasSums ? [LNCT.MD5, FORM.DATA16] : []),
    ...(hasSources ? [...uleb(LNCT.LLVM_SOURCE), FORM.LINE_STRP] : []),
  ];
  put(reader, 2 + Number(hasSums) + Number(hasSources), ...columns, ...uleb(files.length));
  for (const { name, directory, md5, source } of files) {
    putString(reader, name, strings);
    put(reader, ...uleb(directory), ...(hasSums ? md5 ?? [] : []));
    if (hasSources) putString(reader, source ?? "", strings);
  }
}

/** The files by their numbers, which have no gaps. */
function numbered(files: LineTable["files"]): LineFile[] {
  return [...files].sort(([a], [b]) => a - b).map(([, file]) => file);
}

function putString(reader: Reader, text: string, strings: Strings): void {
  const label = strings.get(text) ?? `.:line${strings.size}`;
  strings.set(text, label);
  symbolNamed(reader.assembly, label);
  putAddress(reader, label, 4);
}

function writeStrings(reader: Reader, strings: Strings): void {
  reader.section = openSection(reader.assembly, {
    name: ".debug_line_str", type: SHT.PROGBITS, flags: SHF.MERGE | SHF.STRINGS, entsize: 1,
  });
  for (const [text, label] of strings) {
    define(reader, label, 0);
    putText(reader, text);
  }
}

// The program (6.2.5)

/** @param label at the place of the first row */
function writeSequence(reader: Reader, label: string, rows: readonly LineRow[], end: Place): void {
  const [first] = rows;
  if (first === undefined) return;
  const start: LineLocation = { ...startLines("").current, line: 1 };
  put(reader, ...registers(start, first.location), 0, 9, LNE.SET_ADDRESS);
  putAddress(reader, label, 8);
  appendTo(reader.section, { kind: "late", encode: () => program(rows, first.location.line - start.line, end) });
}

/** The opcodes from the address of the first row on, which is so many lines behind the beginning. */
function program(rows: readonly LineRow[], lines: number, end: Place): Uint8Array {
  const opcodes: number[] = [];
  let before: LineRow | undefined;
  for (const row of rows) {
    const { location, place } = row;
    if (before === undefined) {
      opcodes.push(...advance(lines, 0));
    } else {
      opcodes.push(...registers(before.location, location));
      opcodes.push(...advance(location.line - before.location.line, place.offset - before.place.offset));
    }
    before = row;
  }
  if (before !== undefined) opcodes.push(...advanceToEnd(end.offset - before.place.offset));
  return Uint8Array.from(opcodes);
}

/** Opcodes that bring the registers of the machine that makes the table to what a row has, but for line and address. */
function registers(before: LineLocation, row: LineLocation): number[] {
  const opcodes: number[] = [];
  if (row.file !== before.file) opcodes.push(LNS.SET_FILE, ...uleb(row.file));
  if (row.column !== before.column) opcodes.push(LNS.SET_COLUMN, ...uleb(row.column));
  if (row.discriminator !== 0) {
    const number = uleb(row.discriminator);
    opcodes.push(0, number.length + 1, LNE.SET_DISCRIMINATOR, ...number);
  }
  if (row.isa !== before.isa) opcodes.push(LNS.SET_ISA, ...uleb(row.isa));
  if (row.isStatement !== before.isStatement) opcodes.push(LNS.NEGATE_STMT);
  if (row.basicBlock) opcodes.push(LNS.SET_BASIC_BLOCK);
  if (row.prologueEnd) opcodes.push(LNS.SET_PROLOGUE_END);
  if (row.epilogueBegin) opcodes.push(LNS.SET_EPILOGUE_BEGIN);
  return opcodes;
}

/** Opcodes that add to line and address and make a row. */
function advance(lines: number, bytes: number): number[] {
  const opcodes: number[] = [];
  const instructions = Math.floor(bytes / instructionSize);
  let special = lines - lineBase;
  const isFar = special < 0 || special >= lineRange;
  if (isFar) {
    opcodes.push(LNS.ADVANCE_LINE, ...encodeLeb(BigInt(lines), true));
    special = -lineBase;
  }
  if ((isFar || lines === 0) && instructions === 0) return [...opcodes, LNS.COPY];
  special += opcodeBase;
  const near = special + instructions * lineRange, further = near - farthest * lineRange;
  if (near <= 255) return [...opcodes, near];
  if (further <= 255) return [...opcodes, LNS.CONST_ADD_PC, further];
  return [...opcodes, LNS.ADVANCE_PC, ...uleb(instructions), isFar ? LNS.COPY : special];
}

/** Opcodes that go to the address behind the last row and end the sequence. */
function advanceToEnd(bytes: number): number[] {
  const instructions = Math.floor(bytes / instructionSize);
  const opcodes = instructions === farthest ? [LNS.CONST_ADD_PC]
    : instructions > 0 ? [LNS.ADVANCE_PC, ...uleb(instructions)] : [];
  return [...opcodes, 0, 1, LNE.END_SEQUENCE];
}
