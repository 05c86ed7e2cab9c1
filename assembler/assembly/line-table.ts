/**
 * The source lines of a text -> the sections .debug_line and .debug_line_str (DWARF 4 or 5, chapter 6.2).
 *
 * A row of the table is a few opcodes. How many depends on how far it is from the row before, which is known only when everything has
 * its place: such a row is a fragment whose bytes follow from a distance. Which of several encodings is written is LLVM's choice,
 * as is the version: 5 if there is a `.file 0`, else 4.
 */
import { SHF, SHT } from "../object/object.ts";
import { encodeLeb } from "./layout.ts";
import type { LineFile, LineRow, LineTable } from "./lines.ts";
import type { Reader } from "./reader.ts";
import { append, appendBytes, define, madeName, openSection } from "./reader.ts";

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
  if (lines.files.size === 0 && lines.root === undefined && lines.sequences.size === 0) return;
  const sequences = [...lines.sequences].map(([section, rows]) => ({ rows, end: labelIn(reader, section) }));
  reader.section = openSection(reader.assembly, { name: ".debug_line", type: SHT.PROGBITS, flags: 0, entsize: 0, link: undefined });
  const start = madeName(reader), end = madeName(reader);
  const strings: Strings = new Map();
  putDistance(reader, start, end);
  define(reader, start, 0);
  writeHeader(reader, strings);
  for (const sequence of sequences) writeSequence(reader, sequence.rows, sequence.end);
  define(reader, end, 0);
  if (strings.size > 0) writeStrings(reader, strings);
}

/** A label at the end of a section. */
function labelIn(reader: Reader, section: Reader["section"]): string {
  const name = madeName(reader);
  reader.section = section;
  define(reader, name, 0);
  return name;
}

function put(reader: Reader, ...values: readonly number[]): void {
  appendBytes(reader, Uint8Array.from(values, (v) => v & 0xff), 0);
}

function uleb(value: number): Uint8Array {
  return encodeLeb(BigInt(value), false);
}

/** Four bytes: how far a label is from another. */
function putDistance(reader: Reader, from: string, to: string): void {
  const expression = { constant: 0n, terms: [{ symbol: to, sign: 1 }, { symbol: from, sign: -1 }] } as const;
  append(reader, { kind: "value", size: 4, expression, position: 0 }, 0);
}

function putAddress(reader: Reader, label: string, size: 4 | 8): void {
  append(reader, { kind: "value", size, expression: { constant: 0n, terms: [{ symbol: label, sign: 1 }] }, position: 0 }, 0);
}

/** One character a byte. */
function stringBytes(text: string): number[] {
  return Array.from(text, (c) => c.charCodeAt(0));
}

// The header (6.2.4)

function writeHeader(reader: Reader, strings: Strings): void {
  const { lines, assembly: { endian } } = reader;
  const version = lines.root === undefined ? 4 : 5;
  put(reader, ...(endian === "little" ? [version, 0] : [0, version]));
  if (version === 5) put(reader, 8, 0);
  const start = madeName(reader), end = madeName(reader);
  putDistance(reader, start, end);
  define(reader, start, 0);
  put(reader, instructionSize, 1, 1, lineBase, lineRange, opcodeBase, ...operandCounts);
  if (lines.root === undefined) writeNames(reader, lines);
  else writeTables(reader, lines, lines.root, strings);
  define(reader, end, 0);
}

/** Version 4: the names themselves, without times and sizes. */
function writeNames(reader: Reader, { directories, files }: LineTable): void {
  for (const directory of directories) put(reader, ...stringBytes(directory), 0);
  put(reader, 0);
  for (const { name, directory } of numbered(files)) put(reader, ...stringBytes(name), 0, ...uleb(directory), 0, 0);
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
  const label = strings.get(text) ?? madeName(reader);
  strings.set(text, label);
  putAddress(reader, label, 4);
}

function writeStrings(reader: Reader, strings: Strings): void {
  reader.section = openSection(reader.assembly, {
    name: ".debug_line_str", type: SHT.PROGBITS, flags: SHF.MERGE | SHF.STRINGS, entsize: 1, link: undefined,
  });
  for (const [text, label] of strings) {
    define(reader, label, 0);
    put(reader, ...stringBytes(text), 0);
  }
}

// The program (6.2.5)

function writeSequence(reader: Reader, rows: readonly LineRow[], end: string): void {
  // The registers of the machine that makes the table, and what they begin with.
  let file = 1, line = 1, column = 0, isStatement = true, isa = 0;
  let before: string | undefined;
  for (const row of rows) {
    if (row.file !== file) put(reader, LNS.SET_FILE, ...uleb(row.file));
    if (row.column !== column) put(reader, LNS.SET_COLUMN, ...uleb(row.column));
    if (row.discriminator !== 0) {
      const number = uleb(row.discriminator);
      put(reader, 0, number.length + 1, LNE.SET_DISCRIMINATOR, ...number);
    }
    if (row.isa !== isa) put(reader, LNS.SET_ISA, ...uleb(row.isa));
    if (row.isStatement !== isStatement) put(reader, LNS.NEGATE_STMT);
    if (row.basicBlock) put(reader, LNS.SET_BASIC_BLOCK);
    if (row.prologueEnd) put(reader, LNS.SET_PROLOGUE_END);
    if (row.epilogueBegin) put(reader, LNS.SET_EPILOGUE_BEGIN);
    const lines = row.line - line;
    if (before === undefined) {
      put(reader, 0, 9, LNE.SET_ADDRESS);
      putAddress(reader, row.label, 8);
      put(reader, ...advance(lines, 0));
    } else {
      append(reader, { kind: "distance", from: before, to: row.label, encode: (bytes) => advance(lines, bytes) }, 0);
    }
    ({ file, line, column, isStatement, isa } = row);
    before = row.label;
  }
  if (before !== undefined) append(reader, { kind: "distance", from: before, to: end, encode: advanceToEnd }, 0);
}

/** Opcodes that add to line and address and make a row. */
function advance(lines: number, bytes: number): Uint8Array {
  const opcodes: number[] = [];
  const instructions = Math.floor(bytes / instructionSize);
  let special = lines - lineBase;
  const isFar = special < 0 || special >= lineRange;
  if (isFar) {
    opcodes.push(LNS.ADVANCE_LINE, ...encodeLeb(BigInt(lines), true));
    special = -lineBase;
  }
  if ((isFar || lines === 0) && instructions === 0) return Uint8Array.of(...opcodes, LNS.COPY);
  special += opcodeBase;
  const near = special + instructions * lineRange, further = near - farthest * lineRange;
  if (near <= 255) return Uint8Array.of(...opcodes, near);
  if (further <= 255) return Uint8Array.of(...opcodes, LNS.CONST_ADD_PC, further);
  return Uint8Array.of(...opcodes, LNS.ADVANCE_PC, ...uleb(instructions), isFar ? LNS.COPY : special);
}

/** Opcodes that go to the address behind the last row and end the sequence. */
function advanceToEnd(bytes: number): Uint8Array {
  const instructions = Math.floor(bytes / instructionSize);
  const opcodes = instructions === farthest ? [LNS.CONST_ADD_PC]
    : instructions > 0 ? [LNS.ADVANCE_PC, ...uleb(instructions)] : [];
  return Uint8Array.of(...opcodes, 0, 1, LNE.END_SEQUENCE);
}
