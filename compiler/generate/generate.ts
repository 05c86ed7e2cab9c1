/**
 * Code generation: ir.Module -> ObjectFile.
 *
 * Per function: selection (select.ts), register allocation (allocate.ts), the frame (frame.ts), block layout
 * (layout.ts), code (code.ts). Then all functions and variables get their places in sections, references become
 * relocations, and what loaders want to know of types is written as BTF (btf.ts). Legacy map definitions are turned
 * into BTF-defined ones before, if asked for (maps.ts).
 *
 * What BPF cannot do (too many arguments, too much stack, old values of atomics on old CPUs) is reported at its place;
 * the object is then of no use.
 */
import type { CodeItem } from "../../assembler/isa/code.ts";
import { encodeCode, itemSize } from "../../assembler/isa/code.ts";
import type { Instruction } from "../../assembler/isa/instruction.ts";
import { referenceOf } from "../../assembler/isa/instruction.ts";
import type { ObjectFile, Section } from "../../assembler/object/object.ts";
import { R_BPF, setData } from "../../assembler/object/object.ts";
import type { Function, Module, Symbol } from "../ir/module.ts";
import type { CoreQuery } from "../ir/ops.ts";
import type { Diagnostics } from "../source/diagnostic.ts";
import type { CodeOptions } from "../source/options.ts";
import { hasJmpExt } from "../source/options.ts";
import type { SourceMap } from "../source/source-map.ts";
import { allocate } from "./allocate.ts";
import type { FunctionLines } from "./btf.ts";
import { addBtf } from "./btf.ts";
import { checkCallDepth, fitsStack } from "./chain.ts";
import type { AsmCounter } from "./code.ts";
import { emitCode } from "./code.ts";
import type { Frame } from "./frame.ts";
import { layoutFrame, useFrame } from "./frame.ts";
import { layoutBlocks } from "./layout.ts";
import type { MachineFunction } from "./machine.ts";
import { convertMaps } from "./maps.ts";
import { bringInReach } from "./reach.ts";
import type { Image } from "./sections.ts";
import { codeSection, fillVariable, makeImage, placeAlias, placeFunction, placeVariable, refer } from "./sections.ts";
import { select } from "./select.ts";

export interface GenerateDeps {
  readonly diagnostics: Diagnostics;
  readonly sources: SourceMap;
}

/** The object of a module that has been optimised (or only prepared, at -O0). */
export function generate(module: Module, options: CodeOptions, deps: GenerateDeps): ObjectFile {
  const { diagnostics } = deps;
  const image = makeImage(options.target.endian, options.zerosInData);
  const maps = options.maps === "btf" ? convertMaps(module, options.target.endian === "little", diagnostics) : undefined;
  const symbols = new Map<string, Symbol>();
  for (const symbol of [...module.functions, ...module.variables]) symbols.set(symbol.name, symbol);

  const defined = module.functions.filter((fn) => fn.blocks.length > 0);
  const machines = new Map<Function, MachineFunction>();
  for (const fn of defined) reportCalls(fn, diagnostics);
  for (const fn of defined) {
    const machine = select(fn, options, diagnostics);
    allocate(machine, diagnostics);
    machines.set(fn, machine);
  }
  const frames = layoutFrames(module, machines, options);
  const counter: AsmCounter = { next: 0 };
  const codes = new Map<Function, CodeItem[]>();
  for (const [fn, machine] of machines) {
    useFrame(machine, frames.get(fn) as Frame, options.stackLimit, diagnostics);
    const blocks = layoutBlocks(machine, hasJmpExt(options.target), options.level !== "0");
    codes.set(fn, bringInReach(emitCode(machine, blocks, options.target, diagnostics, counter), options.target));
  }
  if (diagnostics.hasErrors) return image.object;
  checkCallDepth(module, sizesOf(frames), options.stackLimit, diagnostics);

  const ends = new Map<Section, number>();
  for (const fn of defined) {
    const section = codeSection(image, fn);
    const offset = Math.ceil((ends.get(section) ?? 0) / fn.align) * fn.align;
    const size = (codes.get(fn) as CodeItem[]).reduce((sum, item) => sum + itemSize(item), 0);
    placeFunction(image, fn, section, offset, size);
    ends.set(section, offset + size);
  }
  for (const [section, size] of ends) setData(section, emptyCode(size));
  const placed = module.variables.map((variable) => maps?.get(variable)?.variable ?? variable)
    .filter((variable) => variable.initializer !== undefined);
  for (const variable of placed) placeVariable(image, variable);
  for (const alias of module.aliases) placeAlias(image, alias);

  const lines: FunctionLines[] = [];
  for (const fn of defined) {
    const queries = machines.get(fn)?.queries ?? [];
    lines.push(writeFunction(image, fn, codes.get(fn) as CodeItem[], queries, symbols, diagnostics));
  }
  for (const variable of placed) fillVariable(image, variable);
  if (!diagnostics.hasErrors) addBtf(image, module, placed, lines, maps, options, deps.sources, diagnostics);
  return image.object;
}

/** Attributes `error` and `warning` speak of calls that no optimisation has done away with. */
function reportCalls(fn: Function, diagnostics: Diagnostics): void {
  const calls = fn.blocks.flatMap(({ values }) => values.filter(({ op }) => op === "call")).sort((a, b) => a.loc - b.loc);
  for (const value of calls) {
    if (value.op !== "call" || value.aux.callee.kind !== "function") continue;
    const { callAdvice, name } = value.aux.callee.function;
    if (callAdvice === undefined) continue;
    const text = `call to '${name}' declared with '${callAdvice.kind}' attribute: ${callAdvice.message}`;
    if (callAdvice.kind === "error") diagnostics.error(value.loc, text);
    else diagnostics.warning("attribute-warning", value.loc, text);
  }
}

/** Room for code, filled with jumps to the next instruction: that is what stands between aligned functions. */
function emptyCode(size: number): Uint8Array {
  const code = new Uint8Array(size);
  for (let at = 0; at < size; at += 8) code[at] = 0x05;
  return code;
}

/** The frames: without optimisation spread, if the stack has room for that in every chain of calls. */
function layoutFrames(
  module: Module, machines: ReadonlyMap<Function, MachineFunction>, options: CodeOptions,
): Map<Function, Frame> {
  const layout = (spread: boolean): Map<Function, Frame> => (
    new Map([...machines].map(([fn, machine]) => [fn, layoutFrame(machine, spread, options.stackLimit)]))
  );
  if (options.level === "0") {
    const spread = layout(true);
    if (fitsStack(module, sizesOf(spread), options.stackLimit)) return spread;
  }
  return layout(false);
}

function sizesOf(frames: ReadonlyMap<Function, Frame>): Map<Function, number> {
  return new Map([...frames].map(([fn, { size }]) => [fn, size]));
}

/** Encodes a function into its section and makes relocations of its references. */
function writeFunction(
  image: Image, fn: Function, items: readonly CodeItem[], queries: readonly CoreQuery[],
  symbols: ReadonlyMap<string, Symbol>, diagnostics: Diagnostics,
): FunctionLines {
  const place = image.places.get(fn.name);
  if (place?.section === undefined) throw new Error(`${fn.name} has no place`);
  const { section } = place;
  const start = place.symbol.value;
  const relocations: { offset: number; type: number; target: Symbol }[] = [];
  let offset = start;
  const resolved = items.map((item): CodeItem => {
    const at = offset;
    offset += itemSize(item);
    if (item.kind !== "instruction") return item;
    const reference = referenceOf(item.instruction);
    const target = reference === undefined ? undefined : symbols.get(reference.symbol);
    if (reference === undefined || target === undefined) return item;
    const instruction = resolveReference(image, item.instruction, target, section, at);
    if (referenceOf(instruction) !== undefined) {
      relocations.push({ offset: at, type: instruction.op === "call" ? R_BPF.R64_32 : R_BPF.R64_64, target });
    }
    return { kind: "instruction", instruction };
  });
  const encoded = encodeCode(resolved, image.object.endian);
  for (const { loc, message } of encoded.problems) diagnostics.error(loc ?? fn.loc, message);
  (section.data as Uint8Array).set(encoded.bytes, start);
  for (const { offset: at, type, target } of relocations) {
    section.relocations.push({ offset: at, type, symbol: refer(image, target).symbol });
  }
  for (const { offset: at, kind, reference } of encoded.fixups) {
    // What inline assembly names and the module does not know: an external symbol.
    if (symbols.has(reference.symbol)) continue;
    const target = { name: reference.symbol, linkage: "global", hidden: false } as Symbol;
    const type = kind === "call" ? R_BPF.R64_32 : R_BPF.R64_64;
    section.relocations.push({ offset: start + at, type, symbol: refer(image, target).symbol });
  }
  section.relocations.sort((a, b) => a.offset - b.offset);
  return {
    fn, section, start,
    lines: encoded.locs.map((line) => ({ offset: start + line.offset, loc: line.loc })),
    queries: encoded.notes.map(({ offset: at, note }) => ({ offset: start + at, query: queries[note] as CoreQuery })),
  };
}

/**
 * The instruction with the addend that its relocation needs; a call inside one section to a local function needs
 * none.
 */
function resolveReference(image: Image, instruction: Instruction, target: Symbol, section: Section, at: number):
  Instruction {
  const reference = referenceOf(instruction);
  if (reference === undefined) return instruction;
  const place = image.places.get(target.name);
  if (place?.section === undefined || place.symbol.bind !== "local") return instruction;
  const addend = place.symbol.value + reference.addend;
  if (instruction.op === "call") {
    if (place.section !== section) return { ...instruction, reference: { ...reference, addend } };
    return { op: "call", call: "local", value: (addend - at) / 8 - 1, ...(instruction.loc === undefined ? {} : { loc: instruction.loc }) };
  }
  return instruction.op === "ld_imm64" ? { ...instruction, reference: { ...reference, addend } } : instruction;
}
