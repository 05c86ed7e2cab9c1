/**
 * Call frames: `.cfi_` directives, and the sections .eh_frame and .debug_frame that they make (DWARF 5, chapter 6.4).
 *
 *   .cfi_startproc  r0 = 1  .cfi_def_cfa_offset 16  exit  .cfi_endproc
 *
 * A frame is the code between start and end, and a list of instructions on how to find the caller's registers, each
 * valid from the place where it stands. Frames that agree in return register, signal and `simple` share a head.
 * Registers are numbers: the assemblers know no names for them here. `.cfi_sections` says which of the two sections are
 * wanted.
 */
import { SHF, SHT } from "../object/object.ts";
import type { AssemblySection, Place } from "./assembly.ts";
import { number } from "./data-directives.ts";
import { put, putAddress, putDistance, uleb, withLength } from "./debug-data.ts";
import { encodeLeb } from "./layout.ts";
import type { Arguments, Directive, Reader } from "./reader.ts";
import {
  accept, append, appendBytes, appendTo, atEnd, defineHere, expect, mark, openSection, peek, readName, readNumber,
  report,
} from "./reader.ts";

interface Frame {
  readonly section: AssemblySection;
  /** The label at its beginning. */
  readonly label: string;
  readonly begin: Place;
  end: Place | undefined;
  readonly position: number;
  readonly isSimple: boolean;
  isSignal: boolean;
  returnRegister: number;
  /** Distance of the frame's address from its register, so far. */
  offset: number;
  readonly steps: { readonly place: Place; readonly bytes: readonly number[] }[];
}

export interface Frames {
  readonly all: Frame[];
  /** The sections to write; .eh_frame alone if the text does not say. */
  sections: { readonly eh: boolean; readonly debug: boolean };
}

export function startFrames(): Frames {
  return { all: [], sections: { eh: true, debug: false } };
}

/** DW_CFA_... (7.24); the first three have their operand in the low six bits. */
const CFA = {
  ADVANCE_LOC: 0x40, OFFSET: 0x80, RESTORE: 0xc0, ADVANCE_LOC1: 2, ADVANCE_LOC2: 3, ADVANCE_LOC4: 4, OFFSET_EXTENDED: 5,
  RESTORE_EXTENDED: 6, UNDEFINED: 7, SAME_VALUE: 8, REGISTER: 9, REMEMBER_STATE: 10, RESTORE_STATE: 11, DEF_CFA: 12,
  DEF_CFA_REGISTER: 13, DEF_CFA_OFFSET: 14, OFFSET_EXTENDED_SF: 17,
} as const;

/** Units of addresses and of offsets in memory, and the register that stands for the return address. */
const codeFactor = 8, dataFactor = -4, returnRegister = 11;

// Reading

/** The frame that is open, if there is one. */
function openFrame(reader: Reader, args: Arguments): Frame | undefined {
  const last = reader.frames.all[reader.frames.all.length - 1];
  if (last !== undefined && last.end === undefined) return last;
  report(reader, args.tokens[0]?.position ?? 0, "there is no .cfi_startproc before this");
  return undefined;
}

/** An instruction of the open frame: `read` gives its bytes. */
function step(read: (reader: Reader, args: Arguments, frame: Frame) => readonly number[] | undefined): Directive {
  return (reader, args) => {
    const frame = openFrame(reader, args);
    const bytes = frame === undefined ? undefined : read(reader, args, frame);
    if (frame === undefined || bytes === undefined) return false;
    frame.steps.push({ place: mark(reader), bytes });
    return true;
  };
}

const maxOffset = 0x7fffffff;

function readRegister(reader: Reader, args: Arguments): number | undefined {
  return readNumber(reader, args, 0, maxOffset);
}

function readOffset(reader: Reader, args: Arguments): number | undefined {
  return readNumber(reader, args, -maxOffset, maxOffset);
}

/** `register, offset` */
function readPair(reader: Reader, args: Arguments): readonly [number, number] | undefined {
  const first = readRegister(reader, args);
  if (first === undefined || !expect(reader, args, ",")) return undefined;
  const second = readOffset(reader, args);
  return second === undefined ? undefined : [first, second];
}

/** An instruction with one register. */
function ofRegister(encode: (register: number) => readonly number[]): Directive {
  return step((reader, args) => {
    const register = readRegister(reader, args);
    return register === undefined ? undefined : encode(register);
  });
}

/** A register is saved at so many bytes from the frame's address. */
function saved(register: number, offset: number): readonly number[] {
  const units = Math.trunc(offset / dataFactor);
  if (units < 0) return [CFA.OFFSET_EXTENDED_SF, ...uleb(register), ...encodeLeb(BigInt(units), true)];
  if (register < 64) return [CFA.OFFSET | register, ...uleb(units)];
  return [CFA.OFFSET_EXTENDED, ...uleb(register), ...uleb(units)];
}

const defCfa = step((reader, args, frame) => {
  const pair = readPair(reader, args);
  if (pair === undefined) return undefined;
  frame.offset = pair[1];
  return [CFA.DEF_CFA, ...uleb(pair[0]), ...uleb(pair[1])];
});

function cfaOffset(isRelative: boolean): Directive {
  return step((reader, args, frame) => {
    const offset = readOffset(reader, args);
    if (offset === undefined) return undefined;
    frame.offset = isRelative ? frame.offset + offset : offset;
    return [CFA.DEF_CFA_OFFSET, ...uleb(frame.offset)];
  });
}

function savedAt(isRelative: boolean): Directive {
  return step((reader, args, frame) => {
    const pair = readPair(reader, args);
    return pair === undefined ? undefined : saved(pair[0], pair[1] - (isRelative ? frame.offset : 0));
  });
}

const savedInRegister = step((reader, args) => {
  const pair = readPair(reader, args);
  return pair === undefined ? undefined : [CFA.REGISTER, ...uleb(pair[0]), ...uleb(pair[1])];
});

const escape = step((reader, args) => {
  const bytes: number[] = [];
  do {
    const byte = readNumber(reader, args, -128, 255);
    if (byte === undefined) return undefined;
    bytes.push(byte & 0xff);
  } while (accept(args, ","));
  return bytes;
});

/** `.cfi_startproc [simple]` */
function startFrame(reader: Reader, args: Arguments): boolean {
  const { position } = args.tokens[0] ?? peek(args);
  const isSimple = !atEnd(args);
  if (isSimple && readName(reader, args, "\"simple\"") !== "simple") {
    report(reader, peek(args).position, "expected \"simple\" or the end");
    return false;
  }
  const last = reader.frames.all[reader.frames.all.length - 1];
  if (last !== undefined && last.end === undefined) {
    report(reader, position, "there is no .cfi_endproc for the last .cfi_startproc");
    return false;
  }
  reader.frames.all.push({
    section: reader.section, label: defineHere(reader), begin: mark(reader), end: undefined, position, isSimple,
    isSignal: false, returnRegister, offset: 0, steps: [],
  });
  return true;
}

function endFrame(reader: Reader, args: Arguments): boolean {
  const frame = openFrame(reader, args);
  if (frame === undefined) return false;
  if (frame.section !== reader.section) {
    report(reader, args.tokens[0]?.position ?? 0, "the frame began in another section");
    return false;
  }
  frame.end = mark(reader);
  return true;
}

function signalFrame(reader: Reader, args: Arguments): boolean {
  const frame = openFrame(reader, args);
  if (frame !== undefined) frame.isSignal = true;
  return frame !== undefined;
}

function returnColumn(reader: Reader, args: Arguments): boolean {
  const frame = openFrame(reader, args);
  const register = frame === undefined ? undefined : readRegister(reader, args);
  if (frame === undefined || register === undefined) return false;
  frame.returnRegister = register;
  return true;
}

/** `.cfi_sections .eh_frame, .debug_frame` */
function frameSections(reader: Reader, args: Arguments): boolean {
  const found = new Set<string>();
  while (!atEnd(args)) {
    const { position } = peek(args);
    const name = readName(reader, args, ".eh_frame or .debug_frame");
    if (name === undefined) return false;
    if (name !== ".eh_frame" && name !== ".debug_frame") {
      report(reader, position, "expected .eh_frame or .debug_frame");
      return false;
    }
    found.add(name);
    if (!atEnd(args) && !expect(reader, args, ",")) return false;
  }
  reader.frames.sections = { eh: found.has(".eh_frame"), debug: found.has(".debug_frame") };
  return true;
}

/**
 * By name. What names a routine of a language's runtime (`.cfi_personality`, `.cfi_lsda`) is not known: BPF has none.
 */
export const frameDirectives: ReadonlyMap<string, Directive> = new Map([
  [".cfi_startproc", startFrame], [".cfi_endproc", endFrame], [".cfi_sections", frameSections],
  [".cfi_signal_frame", signalFrame], [".cfi_return_column", returnColumn], [".cfi_def_cfa", defCfa],
  [".cfi_def_cfa_offset", cfaOffset(false)], [".cfi_adjust_cfa_offset", cfaOffset(true)],
  [".cfi_def_cfa_register", ofRegister((r) => [CFA.DEF_CFA_REGISTER, ...uleb(r)])],
  [".cfi_offset", savedAt(false)], [".cfi_rel_offset", savedAt(true)], [".cfi_register", savedInRegister],
  [".cfi_restore", ofRegister((r) => (r < 64 ? [CFA.RESTORE | r] : [CFA.RESTORE_EXTENDED, ...uleb(r)]))],
  [".cfi_undefined", ofRegister((r) => [CFA.UNDEFINED, ...uleb(r)])],
  [".cfi_same_value", ofRegister((r) => [CFA.SAME_VALUE, ...uleb(r)])],
  [".cfi_remember_state", step(() => [CFA.REMEMBER_STATE])], [".cfi_restore_state", step(() => [CFA.RESTORE_STATE])],
  [".cfi_escape", escape],
]);

// Writing

/** Adds the sections if the text has frames. */
export function writeFrames(reader: Reader): void {
  const { all, sections } = reader.frames;
  for (const { end, position } of all) if (end === undefined) report(reader, position, "there is no .cfi_endproc for this");
  if (all.length === 0) return;
  if (sections.eh) writeSection(reader, all, true);
  if (sections.debug) writeSection(reader, all, false);
}

/** Frames are written in the order of these keys. */
function sortKey({ isSignal, isSimple, returnRegister: register }: Frame): string {
  return `${Number(isSignal)} ${Number(isSimple)} ${String(register).padStart(10, "0")}`;
}

function writeSection(reader: Reader, frames: readonly Frame[], isEh: boolean): void {
  reader.section = openSection(reader.assembly, {
    name: isEh ? ".eh_frame" : ".debug_frame", type: SHT.PROGBITS, flags: isEh ? SHF.ALLOC : 0,
  });
  reader.section.align = 8;
  const sorted = frames.map((frame) => ({ frame, key: sortKey(frame) }));
  sorted.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  let head: Head | undefined;
  let last = "";
  for (const { frame, key } of sorted) {
    // .debug_frame's head knows nothing of signals.
    const own = isEh ? key : String(frame.returnRegister);
    if (head === undefined || own !== last) head = writeHead(reader, frame, isEh);
    last = own;
    writeFrame(reader, frame, head, isEh);
  }
}

function align(reader: Reader, bytes: number): void {
  append(reader, { kind: "align", align: bytes, fill: 0, most: bytes, position: 0 }, 0);
}

/** The beginning of a common information entry. */
interface Head { readonly label: string; readonly place: Place }

/** A common information entry (6.4.1). */
function writeHead(reader: Reader, { isSignal, returnRegister: register }: Frame, isEh: boolean): Head {
  const head = { label: defineHere(reader), place: mark(reader) };
  withLength(reader, () => {
    appendBytes(reader, number(isEh ? 0n : -1n, 4, reader.assembly.endian), 0);
    // The augmentation: "z" for its length, "R" for the encoding of addresses, "S" for a signal's frame.
    const letters = isEh ? `zR${isSignal ? "S" : ""}\0` : "\0";
    put(reader, isEh ? 1 : 4, ...Array.from(letters, (c) => c.charCodeAt(0)), ...(isEh ? [] : [8, 0]));
    put(reader, codeFactor, dataFactor & 0x7f, ...(isEh ? [register] : uleb(register)));
    // One byte of it: addresses are 8 bytes, signed, as they are.
    if (isEh) put(reader, 1, 0x0c);
    align(reader, isEh ? 4 : 8);
  });
  return head;
}

/** A frame description entry. */
function writeFrame(reader: Reader, frame: Frame, head: Head, isEh: boolean): void {
  withLength(reader, (start) => {
    if (isEh) putDistance(reader, 4, head.place, start);
    else putAddress(reader, head.label, 4);
    putAddress(reader, frame.label, 8);
    putDistance(reader, 8, frame.begin, frame.end ?? frame.begin);
    if (isEh) put(reader, 0);
    appendTo(reader.section, { kind: "late", encode: () => program(reader, frame) });
    align(reader, 8);
  });
}

/** The instructions, each behind what goes on to its place. */
function program(reader: Reader, { begin, steps }: Frame): Uint8Array {
  const all: number[] = [];
  let before = begin;
  for (const { place, bytes } of steps) {
    all.push(...advance(reader, place.offset - before.offset), ...bytes);
    before = place;
  }
  return Uint8Array.from(all);
}

/** Goes on to the place of the next instruction. */
function advance(reader: Reader, bytes: number): Uint8Array {
  const units = BigInt(Math.floor(bytes / codeFactor));
  const { endian } = reader.assembly;
  if (units === 0n) return new Uint8Array(0);
  if (units < 0x40n) return Uint8Array.of(CFA.ADVANCE_LOC | Number(units));
  if (units < 0x100n) return Uint8Array.of(CFA.ADVANCE_LOC1, Number(units));
  if (units < 0x10000n) return Uint8Array.of(CFA.ADVANCE_LOC2, ...number(units, 2, endian));
  return Uint8Array.of(CFA.ADVANCE_LOC4, ...number(units, 4, endian));
}
