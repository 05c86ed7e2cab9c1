/**
 * The BTF of all inputs -> one `.BTF` and one `.BTF.ext`, each type once.
 *
 * A function or variable that is visible outside has one description in the output, whichever inputs declared it. The
 * sections' descriptions are made anew from what the merged sections hold. What instructions say (functions, lines,
 * CO-RE) moves with them.
 */

import { deduplicateTypes } from "../assembler/btf/dedup.ts";
import { encodeBtf } from "../assembler/btf/encode.ts";
import { nameOf } from "../assembler/btf/shape.ts";
import { BtfError, replaceReferences } from "../assembler/btf/types.ts";
import type { BtfDataSec, BtfType } from "../assembler/btf/types.ts";
import { makeSection, setData } from "../assembler/object/object.ts";
import type { ObjectFile, Section } from "../assembler/object/object.ts";
import type { Layout } from "./sections.ts";
import type { Symbols } from "./symbols.ts";
import type { LinkUnit } from "./unit.ts";
import { isVisible } from "./unit.ts";

/** What a type of an input is in the output, if not itself; undefined for what is left out. */
export type Replacement = Map<BtfType, BtfType | undefined>;

/** The types that merging the symbols replaces: descriptions of what is visible outside, and of sections. */
export function replacedTypes(units: readonly LinkUnit[], symbols: Symbols): Replacement {
  const replacement: Replacement = new Map();
  for (const { types } of units) {
    for (const type of types) {
      if (isVisible(type)) replacement.set(type, symbols.globals.get(type.name)?.type);
      else if (type.kind === "datasec") replacement.set(type, undefined);
    }
  }
  return replacement;
}

/** The sections `.BTF` and `.BTF.ext`, as far as there is something to say. @throws BtfError for what BTF cannot say */
export function mergeBtf(
  units: readonly LinkUnit[], layout: Layout, replacement: Replacement, endian: ObjectFile["endian"],
): Section[] {
  const list: BtfType[] = [];
  for (const unit of units) {
    for (const type of unit.types) {
      if (!isKept(type, replacement)) continue;
      list.push(type);
      replaceReferences(type, (target) => replace(target, replacement, unit, type.kind));
    }
  }
  const merged = [...layout.merged.values()];
  for (const { name, section, variables, described } of merged) {
    const datasec: BtfDataSec = { kind: "datasec", name, size: section?.size ?? 0, vars: variables };
    if (described) list.push(datasec);
  }
  const { types, canonical } = deduplicateTypes(list);
  if (types.length === 0) return [];
  const info = merged.map((one) => one.info);
  for (const { functions, relocations } of info) {
    for (const record of functions) record.type = canonical(record.type);
    for (const record of relocations) record.type = canonical(record.type);
  }
  const { btf, ext } = encodeBtf({ types, sections: info }, endian === "little");
  return [bytesAs(".BTF", btf), ...(ext === undefined ? [] : [bytesAs(".BTF.ext", ext)])];
}

function bytesAs(name: string, bytes: Uint8Array): Section {
  const section = makeSection(name, 0, 8);
  setData(section, bytes);
  return section;
}

/** What a type is in the output, where `user` names it. */
function replace(type: BtfType, replacement: Replacement, unit: LinkUnit, user: string): BtfType {
  if (!replacement.has(type)) return type;
  const replaced = replacement.get(type);
  if (replaced === undefined) {
    throw new BtfError(`${unit.name}: ${user} names the ${type.kind} '${nameOf(type)}', which has no symbol`);
  }
  return replaced;
}

/** Is the type in the output by itself? A tag goes with what it tags. */
function isKept(type: BtfType, replacement: Replacement): boolean {
  if (type.kind === "void") return false;
  if (replacement.has(type)) return replacement.get(type) === type;
  return type.kind !== "decl_tag" || !replacement.has(type.type) || replacement.get(type.type) !== undefined;
}

/** Moves what is known of instructions to the output's sections. */
export function mergeInfo(units: readonly LinkUnit[], layout: Layout, replacement: Replacement): void {
  for (const unit of units) moveInfo(unit, layout, replacement);
}

function moveInfo(unit: LinkUnit, layout: Layout, replacement: Replacement): void {
  const parts = new Map(unit.sections.map((section) => [section.name, section]));
  for (const { name, functions, lines, relocations } of unit.info) {
    const part = parts.get(name);
    const placement = part === undefined ? undefined : layout.placements.get(part);
    if (placement === undefined || placement.repeated) continue;
    const { info } = placement.merged;
    const move = <T extends { offset: number }>(record: T): T => ({ ...record, offset: record.offset + placement.offset });
    const retype = <T extends { type: BtfType }>(record: T): T =>
      ({ ...record, type: replace(record.type, replacement, unit, ".BTF.ext") });
    for (const record of functions) info.functions.push(retype(move(record)));
    for (const record of lines) info.lines.push(move(record));
    for (const record of relocations) info.relocations.push(retype(move(record)));
  }
}
