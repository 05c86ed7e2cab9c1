/**
 * ObjectFile -> a listing of its code for people: addresses in slots, bytes, instructions, symbols, relocations, and
 * what BTF knows of them: source lines and CO-RE relocations. The layout is that of llvm-objdump -d -r -S, which
 * readers of BPF know.
 */

import { describeCoreRelocation } from "./btf/core-text.ts";
import type { BtfExtSection, BtfLineInfo } from "./btf/ext.ts";
import type { BtfType } from "./btf/types.ts";
import type { Placed } from "./isa/decode.ts";
import { decode } from "./isa/decode.ts";
import { jumpTarget, slots } from "./isa/instruction.ts";
import { printInstruction } from "./isa/print.ts";
import type { ObjectFile, ObjectSymbol, Section } from "./object/object.ts";
import { definedIn, isCode, makeSymbol, R_BPF, symbolsBySection } from "./object/object.ts";

/** What `.BTF` and `.BTF.ext` of the object say of its instructions. */
export interface CodeNotes {
  readonly types: readonly BtfType[];
  readonly sections: readonly BtfExtSection[];
}

export interface DisassembleOptions {
  /** Write w registers in narrow loads and stores: for -mcpu=v3 and later. */
  readonly alu32?: boolean;
  /** Leave the bytes out. */
  readonly noBytes?: boolean;
  /** Leave relocations out, CO-RE relocations too. */
  readonly noRelocations?: boolean;
  /** Show runs of zeros as what they are. */
  readonly zeros?: boolean;
  /** Where source lines and CO-RE relocations come from. */
  readonly notes?: CodeNotes;
  /** Show the text of source lines. */
  readonly source?: boolean;
  /** Show the file and number of source lines. */
  readonly lineNumbers?: boolean;
  /** Which sections; all that hold code when undefined. */
  readonly wanted?: (section: Section) => boolean;
}

/** The listing of all code sections that are not empty, a newline at its end. */
export function disassemble(object: ObjectFile, options: DisassembleOptions = {}): string {
  const lines: string[] = [];
  const ids = new Map(options.notes?.types.map((type, id) => [type, id]));
  for (const [section, symbols] of symbolsBySection(object)) {
    if (!isCode(section) || section.data === undefined || section.size === 0) continue;
    if (options.wanted?.(section) === false) continue;
    listSection({ lines, object, section, places: namedPlaces(section, symbols), options, ids });
  }
  return `${lines.join("\n")}\n`;
}

/** A section on its way into the listing. */
interface Work {
  readonly lines: string[];
  readonly object: ObjectFile;
  readonly section: Section;
  /** The symbols that name a place of the section, by ascending place. */
  readonly places: readonly ObjectSymbol[];
  readonly options: DisassembleOptions;
  /** Ids of the types. */
  readonly ids: ReadonlyMap<BtfType, number>;
}

function listSection(work: Work): void {
  const { lines, object, section, places, options, ids } = work;
  lines.push("", `Disassembly of section ${section.name}:`);
  const starts = new Map(places.map((s) => [s.value, s.name]));
  const notes = options.notes?.sections.find((s) => s.name === section.name);
  const source = sourceLines(notes, options);
  const core = options.noRelocations === true ? undefined : byOffset(notes?.relocations ?? []);
  let relocation = 0;
  const data = section.data ?? new Uint8Array(0);
  let skipped = 0;
  for (const placed of decode(data, object.endian)) {
    const { offset, instruction } = placed;
    const name = starts.get(offset);
    if (name !== undefined) lines.push("", `${address(offset)} <${name}>:`);
    if (offset < skipped && name === undefined) continue;
    const size = instruction.op === "illegal" ? Math.min(8, data.length - offset) : 8 * slots(instruction);
    lines.push(...source(offset));
    const zeros = options.zeros === true ? 0 : zeroBytes(data, offset, places[placesUpTo(places, offset)]?.value ?? data.length);
    if (zeros > 0) {
      lines.push("\t\t...");
      skipped = offset + zeros;
    } else {
      lines.push(line(work, placed, size));
    }
    for (const one of core?.get(offset) ?? []) {
      const text = describeCoreRelocation(one, (type) => ids.get(type) ?? 0);
      lines.push(`\t\t${address(offset)}:  CO-RE ${text}`);
    }
    const end = Math.max(offset + size, skipped);
    for (;;) {
      const next = section.relocations[relocation];
      if (next === undefined || next.offset >= end) break;
      relocation++;
      if (options.noRelocations === true) continue;
      lines.push(`\t\t${address(next.offset)}:  ${relocationName(next.type)}\t${symbolName(next.symbol)}`);
    }
  }
}

/** At least this many zeros are shown as `...`, which stands for whole words. */
const leastZeros = 8;

/** How many bytes from `start` on are zeros that nobody needs to see; 0 for too few. */
function zeroBytes(data: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && data[at] === 0) at++;
  return at - start < leastZeros ? 0 : (at - start) & ~7;
}

/** How many of the places are not behind an offset. */
function placesUpTo(places: readonly ObjectSymbol[], offset: number): number {
  let low = 0, high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle]?.value ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function byOffset<T extends { readonly offset: number }>(items: readonly T[]): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(item.offset);
    if (group === undefined) groups.set(item.offset, [item]);
    else group.push(item);
  }
  return groups;
}

/**
 * Gives the source line that begins at an instruction, unless the instruction before it began the same line: one that
 * begins none lies between two parts of a line.
 */
function sourceLines(notes: BtfExtSection | undefined, options: DisassembleOptions): (offset: number) => string[] {
  if (notes === undefined || (options.source !== true && options.lineNumbers !== true)) return () => [];
  const begins = new Map(notes.lines.map((one) => [one.offset, one]));
  let before: BtfLineInfo | undefined;
  return (offset) => {
    const current = begins.get(offset);
    const same = before !== undefined && before.line === current?.line && before.file === current.file;
    before = current;
    if (current === undefined || same) return [];
    const { file, line: number, text } = current;
    return [
      ...(options.lineNumbers === true ? [`; ${file}:${number}`] : []),
      ...(options.source === true && text !== "" ? [`; ${text}`] : []),
    ];
  };
}

function address(offset: number): string {
  return offset.toString(16).padStart(16, "0");
}

/**
 * Of a section's symbols those that name a place, by ascending place; of several at one, the last by name. Where the
 * section's beginning has no name, it goes by the section's.
 */
function namedPlaces(section: Section, symbols: readonly ObjectSymbol[]): ObjectSymbol[] {
  const places = new Map<number, ObjectSymbol>();
  for (const symbol of symbols) {
    if (symbol.type === "section" || symbol.name === "") continue;
    const other = places.get(symbol.value);
    if (other === undefined || other.name < symbol.name) places.set(symbol.value, symbol);
  }
  if (!places.has(0)) places.set(0, makeSymbol(section.name, section, 0));
  return [...places.values()].sort((a, b) => a.value - b.value);
}

function line({ section, places, options }: Work, placed: Placed, size: number): string {
  const { offset, instruction } = placed;
  const bytes = Array.from((section.data ?? new Uint8Array(0)).subarray(offset, offset + size),
    (b) => b.toString(16).padStart(2, "0")).join(" ");
  const head = `${(offset / 8).toString().padStart(8)}:\t${options.noBytes === true ? "" : `${bytes}\t`}`;
  if (instruction.op === "illegal") return `${head}<unknown>`;
  // The number of a call says less than its relocation; it is shown as it is.
  const shown = instruction.op === "call" ? { ...instruction, call: "helper" as const } : instruction;
  const text = printInstruction(shown, { hex: true, alu32: options.alu32 === true });
  const target = jumpTarget(instruction);
  const name = typeof target === "number" ? nameTarget(offset + size + 8 * target, places) : "";
  return head + text + name;
}

/** ` <function+0x10>` for a place behind the beginning of a symbol. */
function nameTarget(place: number, symbols: readonly ObjectSymbol[]): string {
  const symbol = symbols[placesUpTo(symbols, place) - 1];
  if (symbol === undefined) return "";
  const distance = place - symbol.value;
  return ` <${symbol.name}${distance === 0 ? "" : `+0x${distance.toString(16)}`}>`;
}

const relocationNames: Readonly<Record<number, string>> = {
  [R_BPF.NONE]: "R_BPF_NONE", [R_BPF.R64_64]: "R_BPF_64_64", [R_BPF.ABS64]: "R_BPF_64_ABS64",
  [R_BPF.ABS32]: "R_BPF_64_ABS32", [R_BPF.NODYLD32]: "R_BPF_64_NODYLD32", [R_BPF.R64_32]: "R_BPF_64_32",
};

/** The standard name of a relocation type. */
export function relocationName(type: number): string {
  return relocationNames[type] ?? `Unknown (${type})`;
}

/** What a relocation calls its symbol; a section symbol goes by its section's name. */
export function symbolName(symbol: ObjectSymbol): string {
  return symbol.type === "section" && symbol.name === "" ? definedIn(symbol)?.name ?? "" : symbol.name;
}
