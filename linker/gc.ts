/**
 * Leaves out the static subprograms that nothing refers to (`--gc`).
 *
 * Subprograms stand in `.text`, one behind the other. They are kept when something outside of `.text` refers to them,
 * when other objects may (a global symbol), or when one that is kept does. What goes are static functions, and the
 * bodies of weak functions that lost to another definition. The others move together: with them symbols, relocations,
 * calls without relocation, and what BTF says of their instructions.
 */

import type { BtfType } from "../assembler/btf/types.ts";
import type { ObjectFile, Relocation, Section } from "../assembler/object/object.ts";
import { setData } from "../assembler/object/object.ts";
import type { Layout, Merged } from "./sections.ts";
import type { Symbols } from "./symbols.ts";

/** A range of `.text` that goes or stays as a whole. */
interface Extent { readonly start: number; end: number; kept: boolean }

const instructionSize = 8;
/** Opcodes: call, exit, the 16-bit and 32-bit forms of goto, the 64-bit immediate. */
const call = 0x85, exit = 0x95, goto16 = 0x05, goto32 = 0x06, immediate64 = 0x18;
/** The low bits of an opcode that say its class: jumps on 64 and on 32 bits. */
const classMask = 0x07, jumpClass = 0x05, jump32Class = 0x06;
/** The source register of a call that names a subprogram by its distance (BPF_PSEUDO_CALL). */
const pseudoCall = 1;

/** `.text`, and how its instructions are read. */
interface Text { readonly section: Section; readonly data: Uint8Array; readonly view: DataView; readonly little: boolean }

/** Leaves the subprograms out. @returns what BTF said of them */
export function dropUnreferenced(layout: Layout, symbols: Symbols, endian: ObjectFile["endian"]): BtfType[] {
  const merged = layout.merged.get(".text");
  const section = merged?.section;
  if (merged === undefined || section?.data === undefined) return [];
  const { data } = section;
  const text: Text = {
    section, data, view: new DataView(data.buffer, data.byteOffset, data.byteLength), little: endian === "little",
  };
  const extents = findExtents(text, merged, symbols);
  const sections = [...layout.merged.values()].map((one) => one.section).filter((one) => one !== undefined);
  markKept(text, extents, sections, symbols);
  if (extents.every((extent) => extent.kept)) return [];
  return compact(text, extents, merged, sections, symbols);
}

/** The functions, by where they begin; those that jump or run into one another are one. */
function findExtents(text: Text, merged: Merged, symbols: Symbols): Extent[] {
  const starts = new Set([0, ...merged.info.functions.map(({ offset }) => offset)]);
  for (const { home, type, value } of symbols.output) {
    if (home === text.section && type === "func") starts.add(value);
  }
  const sorted = [...starts].filter((start) => start >= 0 && start < text.data.length && start % instructionSize === 0)
    .sort((a, b) => a - b);
  const extents = sorted.map((start, i): Extent => ({ start, end: sorted[i + 1] ?? text.data.length, kept: false }));
  /** For each extent the last one that it has to stay with. */
  const reach = extents.map((_, i) => i);
  const join = (one: number, other: number): void => {
    const first = Math.min(one, other);
    reach[first] = Math.max(reach[first] ?? 0, one, other);
  };
  extents.forEach((extent, i) => {
    for (let at = extent.start; at < extent.end; at += width(text, at)) {
      const target = jumpTarget(text, at);
      if (target !== undefined && (target < extent.start || target >= extent.end)) join(i, indexAt(extents, target));
    }
    if (runsOn(text, extent) && i + 1 < extents.length) join(i, i + 1);
  });
  const joined: Extent[] = [];
  let last = -1;
  extents.forEach((extent, i) => {
    const open = joined.at(-1);
    if (open !== undefined && i <= last) open.end = extent.end;
    else joined.push(extent);
    last = Math.max(last, reach[i] ?? i);
  });
  return joined;
}

function width(text: Text, at: number): number {
  return text.data[at] === immediate64 ? 2 * instructionSize : instructionSize;
}

/** Where a jump at `at` leads, if there is one. */
function jumpTarget(text: Text, at: number): number | undefined {
  const code = text.data[at] ?? 0;
  const kind = code & classMask;
  if ((kind !== jumpClass && kind !== jump32Class) || code === call || code === exit) return undefined;
  const distance = code === goto32 ? text.view.getInt32(at + 4, text.little) : text.view.getInt16(at + 2, text.little);
  return at + instructionSize * (distance + 1);
}

/** Does control leave a function at its end other than by returning? A call may be one that does not return. */
function runsOn(text: Text, extent: Extent): boolean {
  const code = text.data[extent.end - instructionSize] ?? 0;
  return code !== exit && code !== goto16 && code !== goto32 && code !== call;
}

/** The extent that holds an offset, by bisection; the first or last for one outside. */
function indexAt(extents: readonly Extent[], offset: number): number {
  let low = 0, high = extents.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((extents[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function markKept(text: Text, extents: readonly Extent[], sections: readonly Section[], symbols: Symbols): void {
  const waiting: Extent[] = [];
  const keep = (offset: number): void => {
    const extent = extents[indexAt(extents, offset)];
    if (extent === undefined || extent.kept) return;
    extent.kept = true;
    waiting.push(extent);
  };
  for (const { home, bind, value } of symbols.output) {
    if (home === text.section && bind !== "local") keep(value);
  }
  for (const section of sections) {
    if (section === text.section) continue;
    for (const relocation of section.relocations) {
      if (relocation.symbol.home === text.section) keep(targetOf(section, relocation, text.little));
    }
  }
  const byExtent = new Map<Extent, Relocation[]>();
  for (const relocation of text.section.relocations) {
    const extent = extents[indexAt(extents, relocation.offset)];
    if (extent === undefined) continue;
    const known = byExtent.get(extent);
    if (known === undefined) byExtent.set(extent, [relocation]);
    else known.push(relocation);
  }
  const relocated = new Set(text.section.relocations.map(({ offset }) => offset));
  for (let extent = waiting.pop(); extent !== undefined; extent = waiting.pop()) {
    for (const relocation of byExtent.get(extent) ?? []) {
      if (relocation.symbol.home === text.section) keep(targetOf(text.section, relocation, text.little));
    }
    for (const { target } of directCalls(text, extent, relocated)) keep(target);
  }
}

/** The offset that a relocation's symbol and the addend in place make. */
function targetOf({ data }: Section, { offset, symbol }: Relocation, little: boolean): number {
  if (data === undefined || offset + instructionSize > data.length) return symbol.value;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const addend = view.getInt32(offset + 4, little);
  if (symbol.type !== "section") return symbol.value;
  return data[offset] === call ? instructionSize * (addend + 1) : addend;
}

/** The calls of subprograms by distance that no relocation sets right. */
function directCalls(text: Text, extent: Extent, relocated: ReadonlySet<number>): { at: number; target: number }[] {
  const calls: { at: number; target: number }[] = [];
  for (let at = extent.start; at < extent.end; at += width(text, at)) {
    const registers = text.data[at + 1] ?? 0;
    const source = text.little ? registers >> 4 : registers & 0xf;
    if (text.data[at] !== call || source !== pseudoCall || relocated.has(at)) continue;
    calls.push({ at, target: at + instructionSize * (text.view.getInt32(at + 4, text.little) + 1) });
  }
  return calls;
}

function compact(
  text: Text, extents: readonly Extent[], merged: Merged, sections: readonly Section[], symbols: Symbols,
): BtfType[] {
  const starts: number[] = [];
  let size = 0;
  for (const extent of extents) {
    starts.push(size);
    if (extent.kept) size += extent.end - extent.start;
  }
  /** The new offset of what is kept. */
  const moved = (offset: number): number | undefined => {
    if (offset >= text.data.length) return size + offset - text.data.length;
    const index = indexAt(extents, offset);
    const extent = extents[index];
    return extent?.kept === true ? (starts[index] ?? 0) + offset - extent.start : undefined;
  };
  moveTargets(text, extents, sections, moved);
  const dropped = merged.info.functions.filter(({ offset }) => moved(offset) === undefined).map(({ type }) => type);
  const kept = new Set(merged.info.functions.filter(({ offset }) => moved(offset) !== undefined).map(({ type }) => type));

  const data = new Uint8Array(size);
  extents.forEach((extent, i) => {
    if (extent.kept) data.set(text.data.subarray(extent.start, extent.end), starts[i]);
  });
  setData(text.section, data);
  moveAll(text.section.relocations, moved);
  moveAll(merged.info.functions, moved);
  moveAll(merged.info.lines, moved);
  moveAll(merged.info.relocations, moved);
  const left = symbols.output.filter((symbol) => {
    if (symbol.home !== text.section || symbol.type === "section") return true;
    const value = moved(symbol.value);
    if (value !== undefined) symbol.value = value;
    return value !== undefined;
  });
  replaceAll(symbols.output, left);
  return dropped.filter((type) => !kept.has(type));
}

/** Sets right the offsets in `.text` that instructions hold themselves. */
function moveTargets(
  text: Text, extents: readonly Extent[], sections: readonly Section[], moved: (offset: number) => number | undefined,
): void {
  const relocated = new Set(text.section.relocations.map(({ offset }) => offset));
  for (const extent of extents) {
    if (!extent.kept) continue;
    for (const { at, target } of directCalls(text, extent, relocated)) {
      const distance = ((moved(target) ?? 0) - (moved(at) ?? 0)) / instructionSize - 1;
      text.view.setInt32(at + 4, distance, text.little);
    }
  }
  for (const section of sections) {
    if (section.data === undefined) continue;
    const view = new DataView(section.data.buffer, section.data.byteOffset, section.data.byteLength);
    for (const relocation of section.relocations) {
      if (relocation.symbol.home !== text.section || relocation.symbol.type !== "section") continue;
      const target = moved(targetOf(section, relocation, text.little));
      // A target that goes belongs to an instruction that goes with it.
      if (target === undefined) continue;
      const isCall = section.data[relocation.offset] === call;
      view.setInt32(relocation.offset + 4, isCall ? target / instructionSize - 1 : target, text.little);
    }
  }
}

function moveAll<T extends { offset: number }>(records: T[], moved: (offset: number) => number | undefined): void {
  const left = records.flatMap((record) => {
    const offset = moved(record.offset);
    if (offset === undefined) return [];
    record.offset = offset;
    return [record];
  });
  replaceAll(records, left);
}

function replaceAll<T>(list: T[], contents: readonly T[]): void {
  list.length = 0;
  for (const one of contents) list.push(one);
}
