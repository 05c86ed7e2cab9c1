/**
 * Assembly text -> ObjectFile.
 *
 *   text -> (read) Assembly -> (layOut) offsets -> (write) section bytes and relocations -> symbols -> ObjectFile
 *
 * Which references become relocations, and against which symbol, is LLVM's choice: a local symbol is replaced by its
 * section with its offset in the addend; global, weak and undefined ones stay themselves; a call or jump to a local
 * symbol of the same section, and a difference of places, is resolved here and now.
 */

import type { Assembly, AssemblySection, AssemblySymbol, Fragment, Remark } from "./assembly/assembly.ts";
import { isExternal, isTemporary } from "./assembly/assembly.ts";
import { number } from "./assembly/data-directives.ts";
import type { ExpressionValue, Layout } from "./assembly/layout.ts";
import { aliasedSymbol, encodeLeb, evaluate, layOut, offsetOf, paddingOf, symbolValue } from "./assembly/layout.ts";
import { readAssembly } from "./assembly/read.ts";
import type { AssembleOptions } from "./assembly/options.ts";
import type { Sources } from "./assembly/sources.ts";
import { placeOf } from "./assembly/sources.ts";
import { encodeInto } from "./isa/encode.ts";
import type { Expression } from "./isa/expression.ts";
import type { Instruction, Reference } from "./isa/instruction.ts";
import { jumpTarget, withTarget } from "./isa/instruction.ts";
import { labelAsWritten } from "./isa/labels.ts";
import { unencodable } from "./isa/validate.ts";
import type { Endian, ObjectFile, ObjectSymbol, Section, SymbolHome } from "./object/object.ts";
import { makeSymbol, R_BPF, SHF, SHT } from "./object/object.ts";

export interface AssembleProblem {
  /** The file's name, or that of an expansion. */
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  readonly message: string;
  /** In the positions of `sources`. */
  readonly position: number;
}

export interface Assembled {
  /** Not to be used if there are problems. */
  readonly object: ObjectFile;
  /** Warnings of the text's own, and lines that it wants printed. */
  readonly remarks: readonly Remark[];
  readonly problems: readonly AssembleProblem[];
  /** The texts that were read, for `render`. */
  readonly sources: Sources;
}

export function assemble(text: string, endian: Endian, options: AssembleOptions = {}): Assembled {
  const { assembly, sources } = readAssembly(text, endian, options);
  const layout = layOut(assembly);
  const writer = startWriter(layout);
  for (const section of assembly.sections) writeSection(writer, section);
  const object = finish(writer);
  return { object, problems: locate(sources, assembly), remarks: assembly.remarks, sources };
}

/** The object that is made. */
interface Writer {
  readonly layout: Layout;
  readonly assembly: Assembly;
  readonly sections: Map<AssemblySection, Section>;
  readonly symbols: Map<AssemblySymbol, ObjectSymbol>;
  readonly sectionSymbols: Map<AssemblySection, ObjectSymbol>;
}

function startWriter(layout: Layout): Writer {
  const { assembly } = layout;
  const sections = new Map(assembly.sections.map((s): [AssemblySection, Section] => {
    const size = layout.offsets.get(s)?.at(-1) ?? 0;
    const data = s.type === SHT.NOBITS ? undefined : new Uint8Array(size);
    return [s, {
      name: s.name, type: s.type, flags: s.flags, align: s.align, entsize: s.entsize, data, size, relocations: [],
    }];
  }));
  return { layout, assembly, sections, symbols: new Map(), sectionSymbols: new Map() };
}

function report(writer: Writer, position: number, message: string): void {
  writer.assembly.problems.push({ kind: "problem", position, message });
}

// Sections

function writeSection(writer: Writer, section: AssemblySection): void {
  const target = writer.sections.get(section);
  const offsets = writer.layout.offsets.get(section) ?? [];
  if (target === undefined || target.data === undefined) return;
  const view = new DataView(target.data.buffer, target.data.byteOffset, target.data.byteLength);
  section.fragments.forEach((fragment, i) => {
    writeFragment(writer, section, target, view, fragment, offsets[i] ?? 0, offsets[i + 1] ?? 0);
  });
}

function writeFragment(writer: Writer, section: AssemblySection, target: Section, view: DataView, fragment: Fragment,
                       start: number, end: number): void {
  const bytes = target.data ?? new Uint8Array(0);
  const little = writer.assembly.endian === "little";
  switch (fragment.kind) {
    case "label":
    case "place":
      break;
    case "data":
      bytes.set(fragment.bytes.subarray(0, fragment.size), start);
      break;
    case "instruction":
      writeInstruction(writer, section, target, view, fragment.instruction, fragment.position, start);
      break;
    case "value":
      writeValue(writer, target, fragment.size, fragment.expression, fragment.position, start);
      break;
    case "align":
      if (end - start !== paddingOf(start, fragment.align, fragment.most)) {
        report(writer, fragment.position, `an alignment of ${fragment.align} bytes makes the object too large`);
      }
      if (fragment.fill !== undefined) bytes.fill(fragment.fill, start, end);
      else if ((section.flags & SHF.EXECINSTR) !== 0) fillWithNops(view, start, end, little);
      break;
    case "space": {
      const count = evaluate(writer.layout, fragment.count);
      if (count.kind !== "number" || count.value !== BigInt(end - start)) {
        report(writer, fragment.position, problemOf(count) ?? "the size is out of range");
      }
      bytes.fill(fragment.fill, start, end);
      break;
    }
    case "org": {
      const wanted = offsetOf(writer.layout, section, fragment.target);
      if (wanted === undefined) report(writer, fragment.position, "expected a number or a place in this section");
      else if (wanted !== end) report(writer, fragment.position, `the section is at ${start}: it cannot go on at ${wanted}`);
      bytes.fill(fragment.fill, start, end);
      break;
    }
    case "leb": {
      const value = evaluate(writer.layout, fragment.expression);
      if (value.kind !== "number") report(writer, fragment.position, problemOf(value) ?? "the number is not known");
      else bytes.set(encodeLeb(value.value, fragment.signed, end - start), start);
      break;
    }
    case "late":
      bytes.set(fragment.encode(), start);
      break;
  }
}

function problemOf(value: ExpressionValue): string | undefined {
  return value.kind === "problem" ? value.message : undefined;
}

/** Fills with `if r0 == 0 goto +0`, which does nothing; what is no whole instruction stays zero. */
function fillWithNops(view: DataView, start: number, end: number, little: boolean): void {
  for (let at = start; at + 8 <= end; at += 8) {
    encodeInto(view, at, {
      op: "branch", cond: "eq", width: 64, dst: 0, src: { kind: "imm", value: 0 }, target: 0,
    }, little);
  }
}

function writeInstruction(writer: Writer, section: AssemblySection, target: Section, view: DataView,
                          instruction: Instruction, position: number, offset: number): void {
  const local = resolveLocally(writer, section, instruction, offset);
  const resolved = typeof local === "string" ? local
    : resolveReference(writer, section, target, local, position, offset);
  const problem = typeof resolved === "string" ? resolved : unencodable(resolved);
  if (problem !== undefined || typeof resolved === "string") report(writer, position, problem ?? "");
  else encodeInto(view, offset, resolved, writer.assembly.endian === "little");
}

/** Jump targets and constants. */
function resolveLocally(writer: Writer, section: AssemblySection, instruction: Instruction,
                        offset: number): Instruction | string {
  const resolved = resolveConstant(writer, instruction);
  const label = jumpTarget(instruction);
  if (typeof resolved === "string" || typeof label !== "string") return resolved;
  const distance = distanceTo(writer, section, offset, { symbol: label, addend: 0 });
  if (distance !== undefined) return withTarget(resolved, distance);
  return `"${labelAsWritten(label)}" is not an instruction of this section`;
}

function resolveConstant(writer: Writer, instruction: Instruction): Instruction | string {
  if ((instruction.op !== "alu" && instruction.op !== "store" && instruction.op !== "branch")
    || instruction.src.kind !== "imm" || instruction.src.symbol === undefined) return instruction;
  const name = instruction.src.symbol;
  const symbol = writer.assembly.symbols.get(name);
  const value = symbol === undefined ? undefined : symbolValue(writer.layout, symbol);
  if (value?.kind !== "number") return `"${labelAsWritten(name)}" is not a constant`;
  return { ...instruction, src: { kind: "imm", value: instruction.src.value + Number(value.value) } };
}

/** Slots from the instruction behind `offset` to a place in the same section. */
function distanceTo(writer: Writer, section: AssemblySection, offset: number, to: Reference): number | undefined {
  const symbol = writer.assembly.symbols.get(to.symbol);
  const value = symbol === undefined ? undefined : symbolValue(writer.layout, symbol);
  if (value?.kind !== "place" || value.section !== section) return undefined;
  const distance = (value.offset + to.addend - offset) / 8 - 1;
  return Number.isInteger(distance) ? distance : undefined;
}

/** A call's or address's symbol: a number or distance if it is one, else a relocation with its addend in place. */
function resolveReference(writer: Writer, section: AssemblySection, target: Section, instruction: Instruction,
                          position: number, offset: number): Instruction {
  if (instruction.op !== "call" && instruction.op !== "ld_imm64") return instruction;
  const { reference } = instruction;
  const symbol = reference === undefined ? undefined : writer.assembly.symbols.get(reference.symbol);
  if (reference === undefined || symbol === undefined) return instruction;
  const value = symbolValue(writer.layout, symbol);
  const { reference: _, ...rest } = instruction;
  if (value.kind === "number") {
    const sum = value.value + BigInt(reference.addend);
    return rest.op === "call" ? { ...rest, call: "helper", value: Number(sum) }
      : { ...rest, value: BigInt.asIntN(64, sum) };
  }
  if (rest.op === "call" && !isExternal(symbol)) {
    const distance = distanceTo(writer, section, offset, reference);
    if (distance !== undefined) return { ...rest, value: distance };
  }
  const [against, addend] = relocate(writer, symbol, BigInt(reference.addend), position);
  target.relocations.push({
    offset, type: rest.op === "call" ? R_BPF.R64_32 : R_BPF.R64_64, symbol: against,
  });
  return { ...instruction, reference: { symbol: reference.symbol, addend: Number(addend) } };
}

function writeValue(writer: Writer, target: Section, size: 1 | 2 | 4 | 8, expression: Expression, position: number,
                    offset: number): void {
  const value = evaluate(writer.layout, expression);
  const put = (v: bigint): void => target.data?.set(number(v, size, writer.assembly.endian), offset);
  if (value.kind === "problem") {
    report(writer, position, value.message);
  } else if (value.kind === "number") {
    const bits = BigInt(8 * size);
    if (value.value < -(1n << (bits - 1n)) || value.value >= 1n << bits) {
      report(writer, position, `${value.value} does not fit ${bits} bits`);
    }
    put(value.value);
  } else if (size < 4) {
    report(writer, position, `there is no relocation for an address in ${size} bytes`);
  } else {
    const [against, addend] = relocate(writer, value.symbol, value.addend, position);
    target.relocations.push({ offset, type: dataRelocation(writer, size, value.symbol), symbol: against });
    put(addend);
  }
}

/**
 * LLVM's choice among the 32-bit relocations: what BTF and its companions say of code (by local labels) and of writable
 * data needs no loader.
 */
function dataRelocation(writer: Writer, size: number, symbol: AssemblySymbol): number {
  if (size === 8) return R_BPF.ABS64;
  const value = symbolValue(writer.layout, symbol);
  if (value.kind !== "place") return R_BPF.ABS32;
  const needed = SHF.ALLOC | (isTemporary(symbol.name) ? SHF.EXECINSTR : SHF.WRITE);
  return (value.section.flags & needed) === needed ? R_BPF.NODYLD32 : R_BPF.ABS32;
}

/** The symbol that a relocation names for a symbol, and the addend that goes with it. */
function relocate(writer: Writer, symbol: AssemblySymbol, addend: bigint, position: number): [ObjectSymbol, bigint] {
  const value = symbolValue(writer.layout, symbol);
  if (value.kind === "place" && !isExternal(symbol)) {
    // An offset into a mergeable section means something only together with the string that it is an offset from.
    const merged = (value.section.flags & SHF.MERGE) !== 0 && addend !== 0n;
    if (!merged) return [symbolOfSection(writer, value.section), BigInt(value.offset) + addend];
  }
  const section = symbol.definition.kind === "none" && symbol.bind === undefined
    ? writer.assembly.sections.find((s) => s.name === symbol.name) : undefined;
  if (section !== undefined) return [symbolOfSection(writer, section), addend];
  if (symbol.definition.kind === "none" && isTemporary(symbol.name)) {
    report(writer, position, `"${labelAsWritten(symbol.name)}" is not defined`);
  }
  return [objectSymbol(writer, symbol), addend];
}

// Symbols

function symbolOfSection(writer: Writer, section: AssemblySection): ObjectSymbol {
  const known = writer.sectionSymbols.get(section);
  const home = writer.sections.get(section);
  if (known !== undefined) return known;
  if (home === undefined) throw new Error(`section ${section.name} is not part of the object`);
  const made = makeSymbol("", home, 0, { type: "section" });
  writer.sectionSymbols.set(section, made);
  return made;
}

function objectSymbol(writer: Writer, symbol: AssemblySymbol): ObjectSymbol {
  const known = writer.symbols.get(symbol);
  if (known !== undefined) return known;
  const value = symbolValue(writer.layout, symbol);
  let home: SymbolHome = symbol.definition.kind === "common" ? "common" : "undefined";
  let at = symbol.definition.kind === "common" ? symbol.definition.align : 0;
  if (value.kind === "place") {
    home = writer.sections.get(value.section) ?? "undefined";
    at = value.offset;
  } else if (value.kind === "number") {
    home = "absolute";
    at = Number(BigInt.asIntN(64, value.value));
    if (!Number.isSafeInteger(at)) report(writer, 0, `the value of "${symbol.name}" does not fit 53 bits`);
  }
  if (symbol.definition.kind === "value" && value.kind === "external") {
    report(writer, symbol.definition.position, `"${symbol.name}" is neither a number nor a place of this object`);
  }
  // An alias is what it stands for, unless it says otherwise.
  const alias = aliasedSymbol(writer.layout, symbol);
  const made = makeSymbol(symbol.name, home, at, {
    bind: symbol.bind ?? (isExternal(symbol) ? "global" : "local"), visibility: symbol.visibility,
    type: symbol.type === "notype" ? alias.type : symbol.type,
    size: sizeOf(writer, symbol.size === undefined ? alias : symbol),
  });
  writer.symbols.set(symbol, made);
  return made;
}

function sizeOf(writer: Writer, symbol: AssemblySymbol): number {
  if (symbol.size === undefined) return 0;
  const value = evaluate(writer.layout, symbol.size.expression);
  if (value.kind === "number" && value.value >= 0n) return Number(value.value);
  report(writer, symbol.size.position, problemOf(value) ?? "the size is not a number");
  return 0;
}

/** Puts sections and symbols into their final order. */
function finish(writer: Writer): ObjectFile {
  const { assembly } = writer;
  const numbered: { readonly order: number; readonly symbol: ObjectSymbol }[] = [];
  for (const symbol of assembly.symbols.values()) {
    // A name that is a section's, and nothing else, has no symbol of its own.
    const isSection = symbol.definition.kind === "none" && symbol.bind === undefined
      && assembly.sections.some((s) => s.name === symbol.name);
    const used = writer.symbols.has(symbol);
    if (used || (!isTemporary(symbol.name) && !isSection)) {
      numbered.push({ order: symbol.order, symbol: objectSymbol(writer, symbol) });
    }
  }
  for (const [section, symbol] of writer.sectionSymbols) numbered.push({ order: section.order, symbol });
  const files = assembly.files.map((name) => makeSymbol(name, "absolute", 0, { type: "file" }));
  const object: ObjectFile = {
    endian: assembly.endian, sections: [...writer.sections.values()],
    symbols: [...files, ...numbered.sort((a, b) => a.order - b.order).map((n) => n.symbol)],
  };
  for (const section of assembly.sections) linkSection(writer, section);
  if (assembly.addressSignificant !== undefined) {
    object.addressSignificant = [...new Set(assembly.addressSignificant)].flatMap((name) => {
      const symbol = assembly.symbols.get(name);
      return symbol === undefined || isTemporary(name) ? [] : [objectSymbol(writer, symbol)];
    });
  }
  return object;
}

function linkSection(writer: Writer, section: AssemblySection): void {
  const target = writer.sections.get(section);
  if (section.link === undefined || section.link === "" || target === undefined) return;
  const symbol = writer.assembly.symbols.get(section.link);
  const value = symbol === undefined ? undefined : symbolValue(writer.layout, symbol);
  const home = value?.kind === "place" ? writer.sections.get(value.section) : undefined;
  if (home === undefined) report(writer, 0, `"${section.link}", which ${section.name} goes with, is not defined`);
  else target.link = home;
}

// Problems

/** Problems beyond this number are not told: they have one cause. */
const mostProblems = 1000;

/** The problems with line and column, in the order of the text. */
function locate(sources: Sources, assembly: Assembly): AssembleProblem[] {
  const sorted = [...assembly.problems].sort((a, b) => a.position - b.position).slice(0, mostProblems);
  return sorted.map(({ position, message }) => {
    const { name, line, column } = placeOf(sources, position);
    return { name, line, column, message, position };
  });
}
