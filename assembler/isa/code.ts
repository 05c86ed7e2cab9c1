/**
 * A run of code: labels, instructions, raw bytes -> bytes, with the labels resolved.
 *
 * What an emitter makes of one function or one section. Labels are local to the run, numeric ones (`1:`, `1b`) as in
 * assembly text. References to symbols stay open: the bytes hold their addends, and `fixups` says where.
 */

import { encodeInto } from "./encode.ts";
import { unresolved } from "./fields.ts";
import type { Instruction, Reference } from "./instruction.ts";
import { jumpTarget, referenceOf, slots, withTarget } from "./instruction.ts";
import { labelAsWritten, LocalLabels } from "./labels.ts";
import { unencodable } from "./validate.ts";

export type CodeItem =
  | { readonly kind: "label"; readonly name: string }
  | { readonly kind: "instruction"; readonly instruction: Instruction }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };

/** A symbol that must be filled in: relocation R_BPF_64_64 for "address", R_BPF_64_32 for "call". */
export interface CodeFixup {
  /** Byte offset of the instruction. */
  readonly offset: number;
  readonly kind: "address" | "call";
  readonly reference: Reference;
}

/** Something wrong with an item of the run. */
export interface CodeProblem { readonly item: number; readonly loc: number | undefined; readonly message: string }

export interface EncodedCode {
  readonly bytes: Uint8Array;
  /** Byte offset of each label, but for numeric ones. */
  readonly labels: ReadonlyMap<string, number>;
  readonly fixups: readonly CodeFixup[];
  /** Source location of each instruction that has one, by ascending byte offset. */
  readonly locs: readonly { readonly offset: number; readonly loc: number }[];
  /** The instructions that have a note, by ascending byte offset. */
  readonly notes: readonly { readonly offset: number; readonly note: number }[];
  /** Undefined or repeated labels, displacements and other fields that do not fit. Such bytes are not to be used. */
  readonly problems: readonly CodeProblem[];
}

/** Bytes that an item takes. */
export function itemSize(item: CodeItem): number {
  switch (item.kind) {
    case "label": return 0;
    case "instruction": return 8 * slots(item.instruction);
    case "bytes": return item.bytes.length;
  }
}

export function encodeCode(items: readonly CodeItem[], endian: "little" | "big"): EncodedCode {
  const problems: CodeProblem[] = [];
  const { offsets, size } = placeLabels(items, problems);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const fixups: CodeFixup[] = [];
  const locs: { offset: number; loc: number }[] = [];
  const notes: { offset: number; note: number }[] = [];
  const locals = new LocalLabels();
  let offset = 0;
  items.forEach((item, index) => {
    if (item.kind === "label") {
      locals.define(item.name);
    } else if (item.kind === "bytes") {
      bytes.set(item.bytes, offset);
    } else {
      const { loc, note } = item.instruction;
      const resolved = resolve(item.instruction, offset, offsets, locals);
      const message = typeof resolved === "string" ? resolved : unresolvedConstant(resolved) ?? unencodable(resolved);
      if (message !== undefined || typeof resolved === "string") {
        problems.push({ item: index, loc, message: message ?? "" });
      } else {
        encodeInto(view, offset, resolved, endian === "little");
        const reference = referenceOf(resolved);
        if (reference !== undefined) {
          fixups.push({ offset, kind: resolved.op === "call" ? "call" : "address", reference });
        }
      }
      if (loc !== undefined) locs.push({ offset, loc });
      if (note !== undefined) notes.push({ offset, note });
    }
    offset += itemSize(item);
  });
  const labels = new Map([...offsets].filter(([name]) => !/^\d+:/.test(name)));
  return { bytes, labels, fixups, locs, notes, problems };
}

/** Byte offset of each label, numeric ones under their unique names, and the size of the whole. */
function placeLabels(items: readonly CodeItem[], problems: CodeProblem[]): {
  offsets: Map<string, number>; size: number;
} {
  const offsets = new Map<string, number>();
  const locals = new LocalLabels();
  let size = 0;
  items.forEach((item, index) => {
    if (item.kind === "label") {
      const name = locals.define(item.name);
      if (offsets.has(name)) {
        problems.push({ item: index, loc: undefined, message: `label "${item.name}" is defined twice` });
      }
      offsets.set(name, size);
    }
    size += itemSize(item);
  });
  return { offsets, size };
}

/** The instruction with its labels resolved, or what stops that: jumps, and calls of a label of this run. */
function resolve(instruction: Instruction, offset: number, offsets: ReadonlyMap<string, number>,
                 locals: LocalLabels): Instruction | string {
  const target = jumpTarget(instruction);
  if (typeof target === "string") {
    const to = offsets.get(locals.refer(target));
    if (to === undefined) return `label "${labelAsWritten(target)}" is not defined`;
    return displace(to, offset, (slot) => withTarget(instruction, slot));
  }
  if (instruction.op === "call" && instruction.reference !== undefined) {
    const { symbol, addend } = instruction.reference;
    const to = offsets.get(locals.refer(symbol));
    if (to === undefined) return instruction;
    const { reference: _, ...call } = instruction;
    return displace(to + addend, offset, (value) => ({ ...call, value }));
  }
  return instruction;
}

/** Immediate operands name constants; nothing that a run of code knows is one. */
function unresolvedConstant(instruction: Instruction): string | undefined {
  const name = unresolved(instruction);
  return name === undefined ? undefined : `"${labelAsWritten(name)}" is not a constant`;
}

function displace(to: number, from: number, make: (slots: number) => Instruction): Instruction | string {
  const distance = (to - from) / 8 - 1;
  return Number.isInteger(distance) ? make(distance) : "the target is not a whole number of instructions away";
}
