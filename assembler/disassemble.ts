/**
 * ObjectFile -> a listing of its code for people: addresses in slots, bytes, instructions, symbols, relocations. The
 * layout is that of llvm-objdump -d -r, which readers of BPF know.
 */

import type { Placed } from "./isa/decode.ts";
import { decode } from "./isa/decode.ts";
import { jumpTarget, slots } from "./isa/instruction.ts";
import { printInstruction } from "./isa/print.ts";
import type { Endian, ObjectFile, ObjectSymbol, Section } from "./object/object.ts";
import { definedIn, isCode, R_BPF, symbolsBySection } from "./object/object.ts";

export interface DisassembleOptions {
  /** Write w registers in narrow loads and stores: for -mcpu=v3 and later. */
  readonly alu32?: boolean;
  /** Leave the bytes out. */
  readonly noBytes?: boolean;
}

/** The listing of all code sections that are not empty, a newline at its end. */
export function disassemble(object: ObjectFile, options: DisassembleOptions = {}): string {
  const lines: string[] = [];
  for (const [section, symbols] of symbolsBySection(object)) {
    if (!isCode(section) || section.data === undefined || section.size === 0) continue;
    listSection(lines, object.endian, section, namedPlaces(symbols), options);
  }
  return `${lines.join("\n")}\n`;
}

function listSection(lines: string[], endian: Endian, section: Section, symbols: readonly ObjectSymbol[],
                     options: DisassembleOptions): void {
  lines.push("", `Disassembly of section ${section.name}:`);
  const starts = new Map(symbols.map((s) => [s.value, s.name]));
  let relocation = 0;
  for (const placed of decode(section.data ?? new Uint8Array(0), endian)) {
    const { offset, instruction } = placed;
    const name = starts.get(offset);
    if (name !== undefined) lines.push("", `${address(offset)} <${name}>:`);
    const size = instruction.op === "illegal" ? 8 : 8 * slots(instruction);
    lines.push(line(section, placed, size, symbols, options));
    for (;;) {
      const next = section.relocations[relocation];
      if (next === undefined || next.offset >= offset + size) break;
      lines.push(`\t\t${address(next.offset)}:  ${relocationName(next.type)}\t${symbolName(next.symbol)}`);
      relocation++;
    }
  }
}

function address(offset: number): string {
  return offset.toString(16).padStart(16, "0");
}

/** Of a section's symbols those that name a place, by ascending place; of several at one, the last by name. */
function namedPlaces(symbols: readonly ObjectSymbol[]): ObjectSymbol[] {
  const places = new Map<number, ObjectSymbol>();
  for (const symbol of symbols) {
    if (symbol.type === "section" || symbol.name === "") continue;
    const other = places.get(symbol.value);
    if (other === undefined || other.name < symbol.name) places.set(symbol.value, symbol);
  }
  return [...places.values()].sort((a, b) => a.value - b.value);
}

function line(section: Section, placed: Placed, size: number, symbols: readonly ObjectSymbol[],
              options: DisassembleOptions): string {
  const { offset, instruction } = placed;
  const bytes = Array.from((section.data ?? new Uint8Array(0)).subarray(offset, offset + size),
    (b) => b.toString(16).padStart(2, "0")).join(" ");
  const head = `${(offset / 8).toString().padStart(8)}:\t${options.noBytes === true ? "" : `${bytes}\t`}`;
  if (instruction.op === "illegal") return `${head}<unknown>`;
  // The number of a call says less than its relocation; it is shown as it is.
  const shown = instruction.op === "call" ? { ...instruction, call: "helper" as const } : instruction;
  const text = printInstruction(shown, { hex: true, alu32: options.alu32 === true });
  const target = jumpTarget(instruction);
  const name = typeof target === "number" ? nameTarget(offset + size + 8 * target, symbols) : "";
  return head + text + name;
}

/** ` <function+0x10>` for a place behind the beginning of a symbol. */
function nameTarget(place: number, symbols: readonly ObjectSymbol[]): string {
  const symbol = symbols.findLast((s) => s.value <= place);
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

/** A section symbol goes by its section's name. */
function symbolName(symbol: ObjectSymbol): string {
  return symbol.type === "section" ? definedIn(symbol)?.name ?? "" : symbol.name;
}
