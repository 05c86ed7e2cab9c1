/**
 * ObjectFile[] -> ObjectFile: what `bpftool gen object` does.
 *
 * Every input is checked by itself first; then come sections, symbols, relocations and BTF, each step over all inputs
 * in their order. Errors are collected; steps that would only repeat them are not begun. The inputs are left as they
 * are; equal inputs in equal order give an equal object.
 */

import { BtfError } from "../assembler/btf/types.ts";
import type { ObjectFile, Section } from "../assembler/object/object.ts";
import { mergeBtf, mergeInfo, replacedTypes } from "./btf.ts";
import { dropUnreferenced } from "./gc.ts";
import { mergeRelocations } from "./relocations.ts";
import { mergeSections } from "./sections.ts";
import { mergeSymbols } from "./symbols.ts";
import type { LinkInput, LinkUnit, Report } from "./unit.ts";
import { readUnit } from "./unit.ts";

export interface LinkOptions {
  /** Leave out static subprograms that nothing refers to. */
  readonly dropUnreferenced: boolean;
}

/** The object, or what is wrong: one message per fault, each naming its files. */
export type LinkResult = { readonly object: ObjectFile } | { readonly errors: readonly string[] };

/** Links objects. */
export function link(inputs: readonly LinkInput[], options: LinkOptions): LinkResult {
  const errors: string[] = [];
  const report: Report = (message) => void errors.push(message);
  const units = inputs.map((input) => readUnit(input, report)).filter((unit) => unit !== undefined);
  const [first] = units;
  for (const { name, object } of units) {
    if (first !== undefined && object.endian !== first.object.endian) {
      report(`'${name}' is ${object.endian}-endian, '${first.name}' is not`);
    }
  }
  if (first === undefined || errors.length > 0) return { errors };
  try {
    const object = merge(units, first.object.endian, options, errors);
    return object === undefined ? { errors } : { object };
  } catch (error) {
    if (!(error instanceof BtfError)) throw error;
    return { errors: [...errors, `cannot merge BTF: ${error.message}`] };
  }
}

function merge(
  units: readonly LinkUnit[], endian: ObjectFile["endian"], options: LinkOptions, errors: string[],
): ObjectFile | undefined {
  const report: Report = (message) => void errors.push(message);
  const layout = mergeSections(units, report);
  const symbols = mergeSymbols(units, layout, report);
  if (errors.length > 0) return undefined;
  mergeRelocations(units, layout, symbols, report);
  if (errors.length > 0) return undefined;
  const replacement = replacedTypes(units, symbols);
  mergeInfo(units, layout, replacement);
  if (options.dropUnreferenced) {
    for (const type of dropUnreferenced(layout, symbols, endian)) replacement.set(type, undefined);
  }
  const sections: Section[] = [];
  for (const { section } of layout.merged.values()) {
    if (section !== undefined) sections.push(section);
  }
  return { endian, sections: [...sections, ...mergeBtf(units, layout, replacement, endian)], symbols: symbols.output };
}
