/**
 * What a printer of an object needs to know before it prints the first line: the code, decoded and with its symbols
 * attached, and names for all places that something refers to.
 *
 * A relocation against a section speaks of a place in it. The place gets the name of a local symbol that is there, or a
 * new `.L` label; so the text shows what the addend hid.
 */

import type { Decoded } from "../isa/decode.ts";
import { decode } from "../isa/decode.ts";
import type { Instruction, Reference } from "../isa/instruction.ts";
import { jumpTarget, slots, withTarget } from "../isa/instruction.ts";
import type { ObjectFile, ObjectSymbol, Relocation, Section } from "../object/object.ts";
import { definedIn, isCode, R_BPF, SHF, symbolsBySection } from "../object/object.ts";

/** An instruction of a code section, or bytes that are none. */
export interface ListedCode {
  readonly offset: number;
  /** Bytes that it takes. */
  readonly size: number;
  /** With label and symbol names in place of numbers where there are some. */
  readonly instruction: Decoded;
}

/** A datum with a relocation. */
export interface ListedValue {
  readonly offset: number;
  readonly size: 4 | 8;
  readonly reference: Reference;
}

export interface ListedSection {
  readonly section: Section;
  readonly code: readonly ListedCode[];
  /** Relocated data: of a data section all of it, of a code section what is no instruction. */
  readonly values: readonly ListedValue[];
}

export interface Listing {
  readonly sections: readonly ListedSection[];
  /** The symbols that each section defines. */
  readonly defined: ReadonlyMap<Section, readonly ObjectSymbol[]>;
  /** Made-up labels by place. */
  readonly labels: ReadonlyMap<Section, ReadonlyMap<number, string>>;
  /** The name under which each symbol is printed: its own, unless another symbol has it already. */
  readonly names: ReadonlyMap<ObjectSymbol, string>;
}

interface Builder {
  readonly object: ObjectFile;
  readonly labels: Map<Section, Map<number, string>>;
  readonly names: Map<ObjectSymbol, string>;
  readonly taken: Set<string>;
  /** Local symbols by section and offset. */
  readonly locals: Map<Section, Map<number, ObjectSymbol>>;
}

export function listObject(object: ObjectFile): Listing {
  const builder: Builder = { object, labels: new Map(), names: new Map(), taken: new Set(), locals: new Map() };
  for (const symbol of object.symbols) nameSymbol(builder, symbol);
  const sections = object.sections.map((s) => listSection(builder, s));
  return { sections, defined: symbolsBySection(object), labels: builder.labels, names: builder.names };
}

function nameSymbol(builder: Builder, symbol: ObjectSymbol): void {
  if (symbol.type === "section" || symbol.type === "file" || symbol.name === "") return;
  builder.names.set(symbol, unused(builder, symbol.name));
  const section = definedIn(symbol);
  if (symbol.bind !== "local" || section === undefined) return;
  const places = builder.locals.get(section) ?? new Map<number, ObjectSymbol>();
  builder.locals.set(section, places);
  if (!places.has(symbol.value)) places.set(symbol.value, symbol);
}

/** The name, or the name with a number behind it if there is such a name already. */
function unused(builder: Builder, name: string): string {
  let candidate = name;
  for (let n = 1; builder.taken.has(candidate); n++) candidate = `${name}.${n}`;
  builder.taken.add(candidate);
  return candidate;
}

function listSection(builder: Builder, section: Section): ListedSection {
  if (section.data === undefined) return { section, code: [], values: [] };
  const relocations = new Map(section.relocations.map((r) => [r.offset, r]));
  if (!isCode(section)) {
    return { section, code: [], values: section.relocations.flatMap((r) => listValue(builder, section, r)) };
  }
  const placed = decode(section.data, builder.object.endian);
  const starts = new Set(placed.map((p) => p.offset));
  const values: ListedValue[] = [];
  const code = placed.map(({ offset, instruction }, i): ListedCode => {
    const size = (placed[i + 1]?.offset ?? section.size) - offset;
    if (instruction.op === "illegal") {
      for (let at = offset; at < offset + size; at++) {
        const relocation = relocations.get(at);
        if (relocation !== undefined) values.push(...listValue(builder, section, relocation));
      }
      return { offset, size, instruction };
    }
    const relocation = relocations.get(offset);
    const named = relocation === undefined ? localCall(builder, section, instruction, offset, starts)
      : attach(builder, instruction, relocation);
    return { offset, size, instruction: labelJump(builder, section, named, offset, starts) };
  });
  return { section, code, values };
}

/** The instruction with the symbol of its relocation. */
function attach(builder: Builder, instruction: Instruction, relocation: Relocation): Instruction {
  if (instruction.op === "ld_imm64" && relocation.type === R_BPF.R64_64) {
    const reference = referTo(builder, relocation.symbol, Number(BigInt.asIntN(32, instruction.value)), "any");
    return { ...instruction, value: 0n, reference };
  }
  if (instruction.op === "call" && relocation.type === R_BPF.R64_32) {
    const reference = referTo(builder, relocation.symbol, 8 * (instruction.value + 1), "any");
    return { ...instruction, call: "local", value: -1, reference };
  }
  return instruction;
}

/** A call of a function of the same section, which needed no relocation, as a call of a label. */
function localCall(builder: Builder, section: Section, instruction: Instruction, offset: number,
                   starts: ReadonlySet<number>): Instruction {
  if (instruction.op !== "call" || instruction.call !== "local") return instruction;
  const to = offset + 8 * (instruction.value + 1);
  if (!starts.has(to)) return instruction;
  return { ...instruction, value: -1, reference: { symbol: nameOfPlace(builder, section, to, "any"), addend: 0 } };
}

function labelJump(builder: Builder, section: Section, instruction: Instruction, offset: number,
                   starts: ReadonlySet<number>): Instruction {
  const target = jumpTarget(instruction);
  if (typeof target !== "number") return instruction;
  const to = offset + 8 * slots(instruction) + 8 * target;
  return starts.has(to) ? withTarget(instruction, nameOfPlace(builder, section, to, "label")) : instruction;
}

function listValue(builder: Builder, section: Section, relocation: Relocation): ListedValue[] {
  const { offset, type, symbol } = relocation;
  const size = type === R_BPF.ABS64 ? 8 : type === R_BPF.ABS32 || type === R_BPF.NODYLD32 ? 4 : undefined;
  if (section.data === undefined || size === undefined || offset + size > section.size) return [];
  const view = new DataView(section.data.buffer, section.data.byteOffset, section.data.byteLength);
  const little = builder.object.endian === "little";
  const addend = size === 8 ? Number(view.getBigInt64(offset, little)) : view.getInt32(offset, little);
  const home = definedIn(symbol);
  // An assembler tells the two 32-bit relocations apart by whether the name is a label (see assemble.ts).
  const toCode = home !== undefined && (home.flags & SHF.EXECINSTR) !== 0;
  const want = size === 8 ? "any" : toCode === (type === R_BPF.NODYLD32) ? "label" : "symbol";
  return [{ offset, size, reference: referTo(builder, symbol, addend, want) }];
}

/** What a place is called: any name, a made-up label, or a symbol's own name if there is one. */
type Want = "any" | "label" | "symbol";

function referTo(builder: Builder, symbol: ObjectSymbol, addend: number, want: Want): Reference {
  const home = definedIn(symbol);
  if (symbol.type === "section" && home !== undefined) {
    if (addend >= 0 && addend <= home.size) return { symbol: nameOfPlace(builder, home, addend, want), addend: 0 };
    return { symbol: nameOfPlace(builder, home, 0, want), addend };
  }
  return { symbol: builder.names.get(symbol) ?? symbol.name, addend };
}

function nameOfPlace(builder: Builder, section: Section, offset: number, want: Want): string {
  const local = builder.locals.get(section)?.get(offset);
  if (local !== undefined && want !== "label") return builder.names.get(local) ?? local.name;
  const places = builder.labels.get(section) ?? new Map<number, string>();
  builder.labels.set(section, places);
  const known = places.get(offset);
  if (known !== undefined) return known;
  const made = unused(builder, `.L${builder.object.sections.indexOf(section)}_${offset.toString(16)}`);
  places.set(offset, made);
  return made;
}
