/**
 * Where C puts the members of a record, beside where BTF has them: alignment, packing, and the unnamed bit-fields that
 * fill what lies between. The rules are those of bpftool, whose output is what people compare with.
 */
import { BtfError, resolveType } from "./types.ts";
import type { BtfRecord, BtfType } from "./types.ts";

/** Alignment in bytes, and whether the record needs the attribute `packed` to have its members where they are. */
export interface RecordLayout { readonly align: number; readonly packed: boolean }

/** Layouts are asked for again and again, so they are kept. */
export type Layouts = Map<BtfRecord, RecordLayout>;

/** Nothing is aligned to more than a pointer. */
const wordBytes = 8;

/** The alignment of a type in bytes. */
export function alignOf(layouts: Layouts, type: BtfType): number {
  let resolved = resolveType(type);
  while (resolved.kind === "array") resolved = resolveType(resolved.element);
  switch (resolved.kind) {
    case "int": case "float": case "enum": case "enum64":
      return Math.max(1, Math.min(wordBytes, resolved.size));
    case "ptr":
      return wordBytes;
    case "struct": case "union": {
      const { align, packed } = layoutOf(layouts, resolved);
      return packed ? 1 : align;
    }
    default:
      return 1;
  }
}

/** A member off its alignment, or a size that is no multiple of it, makes the record a packed one. */
export function layoutOf(layouts: Layouts, record: BtfRecord): RecordLayout {
  const known = layouts.get(record);
  if (known !== undefined) return known;
  let align = 1;
  let packed = false;
  for (const { type, bitOffset, bitSize } of record.members) {
    const own = alignOf(layouts, type);
    align = Math.max(align, own);
    if (bitSize === 0 && bitOffset % (8 * own) !== 0) packed = true;
  }
  const layout = { align, packed: packed || record.size % align !== 0 };
  layouts.set(record, layout);
  return layout;
}

/** Types of unnamed bit-fields, with their bits, from the largest on. */
const fillers: readonly (readonly [type: string, bits: number])[] = [
  ["long", 64], ["int", 32], ["short", 16], ["char", 8],
];

/** A hole that takes more unnamed members than this is no C programmer's. */
const maxFillers = 1 << 16;

/**
 * The unnamed bit-fields between two members, bits `from` to `to`, where the latter is aligned to `align` bytes and
 * `afterBits` says that bit-fields stand on both sides.
 *
 * The largest filler whose boundary lies in the hole is chosen. Up to its boundary the compiler leaves a gap by itself,
 * if something with that alignment follows; else `filler: 0` asks for it. From there on whole fillers are written,
 * and a last one in the smallest type that holds the rest.
 * @throws BtfError for a hole that is not plausible
 */
export function padding(from: number, to: number, align: number, afterBits: boolean): string[] {
  if (from >= to) return [];
  const lines: string[] = [];
  const [type, bits] = fillers.find(([, size]) => roundUp(from, size) <= to) ?? ["char", 8];
  let at = from;
  const boundary = roundUp(from, bits);
  if (boundary > from && boundary <= to) {
    const closesAlone = boundary === to ? roundUp(from, 8 * align) === boundary : to - boundary > boundary - from;
    if (afterBits || !closesAlone) lines.push(`${type}: ${afterBits ? boundary - from : 0};`);
    at = boundary;
  }
  if ((to - at) / bits > maxFillers) throw new BtfError(`a hole of ${(to - at) / 8} bytes in a record`);
  for (; to - at >= bits; at += bits) lines.push(`${type}: ${bits};`);
  if (at < to) {
    const [smallest] = fillers.findLast(([, size]) => size >= to - at) ?? [type];
    lines.push(`${smallest}: ${to - at};`);
  }
  return lines;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
