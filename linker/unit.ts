/**
 * ObjectFile -> LinkUnit: one input of the linker, checked and with its BTF decoded.
 *
 * All that can be wrong with an input by itself is found here: kinds of sections, symbols and relocations that no BPF
 * loader knows, instructions cut in two, BTF that is broken or does not agree with the symbols. So the later steps meet
 * only what can be wrong between inputs. What is for debuggers (DWARF), for the linker alone (address significance) or
 * empty (`.text` of an object without subprograms) is left out.
 */

import { decodeBtf } from "../assembler/btf/decode.ts";
import type { DecodedBtf } from "../assembler/btf/decode.ts";
import { decodeBtfExt } from "../assembler/btf/ext.ts";
import type { BtfExtSection } from "../assembler/btf/ext.ts";
import { BtfError } from "../assembler/btf/types.ts";
import type { BtfDataSec, BtfFunc, BtfType, BtfVar } from "../assembler/btf/types.ts";
import { findSection, isCode, R_BPF, SHT } from "../assembler/object/object.ts";
import type { ObjectFile, ObjectSymbol, Section } from "../assembler/object/object.ts";

export interface LinkInput {
  /** How messages call it: the path of the file. */
  readonly name: string;
  readonly object: ObjectFile;
}

export interface LinkUnit extends LinkInput {
  /** The sections that go into the output, BTF apart. */
  readonly sections: readonly Section[];
  /** Types by id, `void` first; only `void` when the object has no BTF. */
  readonly types: readonly BtfType[];
  /** What `.BTF.ext` says about instructions. */
  readonly info: readonly BtfExtSection[];
  /** Functions and variables that other objects may see, by name. */
  readonly declared: ReadonlyMap<string, Declared>;
}

/** What BTF says of a symbol that is global or external. */
export interface Declared {
  readonly type: BtfVar | BtfFunc;
  /** The section that BTF puts it in; undefined for functions, which BTF puts nowhere unless they are external. */
  readonly section: string | undefined;
}

/** Takes a message about one input or several. */
export type Report = (message: string) => void;

/** The pseudo-section of BTF for externals that are bound to no section of a loader. */
export const unboundSection = ".extern";

/** Alignments above this are no alignments of BPF data but damage. */
const maxAlign = 1 << 16;

/** Offsets of BTF are 32 bits wide. */
const maxSize = 0xffffffff;

/** Checks an input. Undefined after errors, which are reported. */
export function readUnit(input: LinkInput, report: Report): LinkUnit | undefined {
  const { name, object } = input;
  let failed = false;
  const fail = (message: string): void => {
    failed = true;
    report(`${name}: ${message}`);
  };
  const sections = object.sections.filter((section) => !isIgnored(section));
  for (const section of sections) checkSection(section, fail);
  for (const symbol of object.symbols) checkSymbol(symbol, fail);
  const decoded = decode(object, fail);
  if (failed) return undefined;
  const types = decoded?.types ?? [];
  placeVariables(object, types, fail);
  const info = decoded?.info ?? [];
  for (const { name: where } of info) {
    if (!sections.some((section) => section.name === where)) fail(`.BTF.ext speaks of a section '${where}', which is not there`);
  }
  const declared = declarations(types, fail);
  return failed ? undefined : { name, object, sections, types, info, declared };
}

function isIgnored(section: Section): boolean {
  const { name } = section;
  return section.type === SHT.STRTAB || name === ".BTF" || name === ".BTF.ext" || name.startsWith(".debug_")
    || (section.type === SHT.PROGBITS && section.size === 0 && name === ".text");
}

function checkSection(section: Section, fail: Report): void {
  const { name } = section;
  if (name === "") return fail("a section has no name");
  if (section.type !== SHT.PROGBITS && section.type !== SHT.NOBITS) {
    return fail(`section '${name}' is of type ${section.type}, which is neither data nor code`);
  }
  if (section.align > maxAlign) fail(`section '${name}' is aligned to ${section.align} bytes`);
  if (section.size > maxSize) fail(`section '${name}' has ${section.size} bytes, more than BTF can say`);
  if (isCode(section) && (section.data === undefined || section.size % 8 !== 0)) {
    fail(`section '${name}' does not consist of whole instructions: it has ${section.size} bytes`);
  }
  for (const { offset, type, symbol } of section.relocations) {
    const where = `relocation at ${name}+${offset}`;
    if (type !== R_BPF.R64_64 && type !== R_BPF.R64_32 && type !== R_BPF.ABS64 && type !== R_BPF.ABS32) {
      fail(`${where} is of the unknown type ${type}`);
    }
    const width = isCode(section) || type === R_BPF.R64_64 || type === R_BPF.ABS64 ? 8 : 4;
    if (section.data === undefined || offset + width > section.size) fail(`${where} is behind the section's end`);
    if (isCode(section) && offset % 8 !== 0) fail(`${where} is inside of an instruction`);
    if (symbol.type === "section" && !isCode(section)) {
      fail(`${where}: data that holds the address of something static ('${homeName(symbol)}') cannot be linked`);
    }
  }
}

function homeName(symbol: ObjectSymbol): string {
  return typeof symbol.home === "string" ? symbol.home : symbol.home.name;
}

function checkSymbol(symbol: ObjectSymbol, fail: Report): void {
  const { name, home, visibility } = symbol;
  if (visibility !== "default" && visibility !== "hidden") fail(`symbol '${name}' has the visibility '${visibility}'`);
  if (home === "undefined") {
    const plain = symbol.type === "notype" && symbol.bind !== "local" && symbol.value === 0 && symbol.size === 0;
    if (!plain) fail(`external symbol '${name}' is local, or has a type, a value or a size`);
  } else if (symbol.type === "section" && symbol.value !== 0) {
    fail(`the symbol of section '${homeName(symbol)}' has the value ${symbol.value}`);
  }
}

function decode(object: ObjectFile, fail: Report): (DecodedBtf & { info: BtfExtSection[] }) | undefined {
  const section = findSection(object, ".BTF");
  const ext = findSection(object, ".BTF.ext");
  if (section?.data === undefined) {
    if (ext !== undefined) fail("there is a section .BTF.ext, but no .BTF");
    return undefined;
  }
  try {
    const btf = decodeBtf(section.data);
    if (btf.littleEndian !== (object.endian === "little")) {
      fail(".BTF has another byte order than the object");
      return undefined;
    }
    const info = ext?.data === undefined ? [] : decodeBtfExt(ext.data, btf.littleEndian, btf.types, btf.strings);
    return { ...btf, info };
  } catch (error) {
    if (!(error instanceof BtfError)) throw error;
    fail(error.message);
    return undefined;
  }
}

/** Fills in what compilers leave open in BTF's sections: their sizes, and the offsets of global variables. */
function placeVariables(object: ObjectFile, types: readonly BtfType[], fail: Report): void {
  const places = new Map<Section, Map<string, number>>();
  for (const { name, home, type, value } of object.symbols) {
    if (typeof home === "string" || type !== "object") continue;
    const known = places.get(home);
    if (known === undefined) places.set(home, new Map([[name, value]]));
    else if (!known.has(name)) known.set(name, value);
  }
  for (const datasec of types) {
    if (datasec.kind !== "datasec") continue;
    const section = findSection(object, datasec.name);
    if (section !== undefined) datasec.size = section.size;
    for (const variable of datasec.vars) {
      if (variable.type.kind !== "var" || variable.type.linkage !== "global") continue;
      const place = section === undefined ? undefined : places.get(section)?.get(variable.type.name);
      if (place === undefined) fail(`variable '${variable.type.name}' of section '${datasec.name}' has no symbol there`);
      else variable.offset = place;
    }
  }
}

function declarations(types: readonly BtfType[], fail: Report): Map<string, Declared> {
  const declared = new Map<string, Declared>();
  for (const type of types) {
    if (isVisible(type)) declared.set(type.name, { type, section: undefined });
  }
  const placed = new Set<string>();
  const place = (datasec: BtfDataSec): void => {
    for (const { type } of datasec.vars) {
      if (!isVisible(type) || placed.has(type.name)) continue;
      placed.add(type.name);
      if (declared.get(type.name)?.type !== type) fail(`BTF has two types for the symbol '${type.name}'`);
      declared.set(type.name, { type, section: datasec.name });
    }
  };
  for (const type of types) {
    if (type.kind === "datasec") place(type);
  }
  return declared;
}

/** Does the type describe a function or variable that other objects may see? */
export function isVisible(type: BtfType): type is BtfVar | BtfFunc {
  return (type.kind === "var" || type.kind === "func") && type.linkage !== "static";
}
