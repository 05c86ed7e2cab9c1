/**
 * Sections and symbols: where code and data of a module go in the object file, as clang places them.
 *
 * `.text` is always there, then the sections that functions name, in the order of the functions; after them data:
 * `.data`, `.rodata`, `.bss` and string literals in `.rodata.str1.1` by default, or what the variable names. Every
 * definition has a symbol of its own; what is local is referred to through its section's symbol and an addend, since
 * that is what loaders expect, everything else through its own.
 */
import type { ObjectFile, ObjectSymbol, Section } from "../../assembler/object/object.ts";
import { R_BPF, SHF, makeSection, makeSymbol, makeUndefined, makeZeroSection, sectionSymbol, setData }
  from "../../assembler/object/object.ts";
import type { Alias, Function, GlobalVariable, Symbol } from "../ir/module.ts";
import { canonical } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";

/** A symbol of the module in the object; `section` is undefined for one that is only referred to, and a common one. */
export interface Place {
  readonly symbol: ObjectSymbol;
  readonly section: Section | undefined;
}

export interface Image {
  readonly object: ObjectFile;
  readonly places: Map<string, Place>;
  /** Do variables of zeros go where the others are, instead of into `.bss`? */
  readonly zerosInData: boolean;
}

export function makeImage(endian: "little" | "big", zerosInData: boolean): Image {
  const object: ObjectFile = { endian, sections: [], symbols: [] };
  object.sections.push(makeSection(".text", SHF.ALLOC | SHF.EXECINSTR, 8));
  return { object, places: new Map(), zerosInData };
}

/** The code section of that name. */
export function codeSection(image: Image, fn: Function): Section {
  return openSection(image, fn.section ?? ".text", SHF.ALLOC | SHF.EXECINSTR, fn.align, false);
}

function openSection(image: Image, name: string, flags: number, align: number, zero: boolean, entsize = 0): Section {
  const known = image.object.sections.find((section) => section.name === name);
  if (known !== undefined) {
    known.align = Math.max(known.align, align);
    return known;
  }
  const made = zero ? makeZeroSection(name, flags, align, 0) : makeSection(name, flags, align);
  made.entsize = entsize;
  image.object.sections.push(made);
  return made;
}

/**
 * Defines the function's symbol: `size` bytes at the end of its section, which is made longer by the caller's bytes.
 */
export function placeFunction(image: Image, fn: Function, section: Section, offset: number, size: number): void {
  const symbol = makeSymbol(fn.name, section, offset, {
    size, type: "func", bind: fn.linkage, visibility: fn.hidden ? "hidden" : "default",
  });
  image.object.symbols.push(symbol);
  image.places.set(fn.name, { symbol, section });
}

/** Gives a variable its place. Its bytes are written by `fillVariable`, when all symbols have places. */
export function placeVariable(image: Image, variable: GlobalVariable): void {
  if (variable.common) {
    const symbol = makeSymbol(variable.name, "common", variable.align, {
      size: variable.size, type: "object", bind: variable.linkage, visibility: variable.hidden ? "hidden" : "default",
    });
    image.object.symbols.push(symbol);
    image.places.set(variable.name, { symbol, section: undefined });
    return;
  }
  const section = dataSection(image, variable);
  const offset = Math.ceil(section.size / variable.align) * variable.align;
  const size = offset + variable.size;
  if (section.data === undefined) section.size = size;
  else {
    const data = new Uint8Array(size);
    data.set(section.data);
    setData(section, data);
  }
  const symbol = makeSymbol(variable.isString ? "" : variable.name, section, offset, {
    size: variable.size, type: "object", bind: variable.linkage, visibility: variable.hidden ? "hidden" : "default",
  });
  if (!variable.isString) image.object.symbols.push(symbol);
  image.places.set(variable.name, { symbol, section });
}

/** Gives a definition another name. */
export function placeAlias(image: Image, { name, target, linkage, hidden }: Alias): void {
  const place = image.places.get(target.name);
  if (place?.section === undefined) throw new Error(`${name} is an alias of ${target.name}, which has no place`);
  const { size, type, value } = place.symbol;
  image.object.symbols.push(makeSymbol(name, place.section, value, {
    size, type, bind: linkage, visibility: hidden ? "hidden" : "default",
  }));
}

function dataSection(image: Image, variable: GlobalVariable): Section {
  const { section, align, constant } = variable;
  const zero = variable.initializer?.bytes === undefined && (variable.initializer?.relocations.length ?? 0) === 0;
  if (section !== undefined) {
    const readOnly = constant || /^\.rodata(\.|$)/.test(section);
    const flags = SHF.ALLOC | (readOnly ? 0 : SHF.WRITE);
    return openSection(image, section, flags, align, /^\.bss(\.|$)/.test(section));
  }
  if (variable.isString && isTerminated(variable)) {
    const type = canonical(variable.ctype);
    const unit = type.kind === "array" ? sizeOf(type.of) : 1;
    const flags = SHF.ALLOC | SHF.MERGE | SHF.STRINGS;
    return openSection(image, `.rodata.str${unit}.${Math.max(unit, align)}`, flags, align, false, unit);
  }
  if (constant || variable.isString) return openSection(image, ".rodata", SHF.ALLOC, align, false);
  return zero && !image.zerosInData ? openSection(image, ".bss", SHF.ALLOC | SHF.WRITE, align, true)
    : openSection(image, ".data", SHF.ALLOC | SHF.WRITE, align, false);
}

/** Does the literal end in its only zero? Others cannot be merged by the rules of string sections. */
function isTerminated(variable: GlobalVariable): boolean {
  const bytes = variable.initializer?.bytes;
  if (bytes === undefined) return variable.size === 1;
  const type = canonical(variable.ctype);
  const unit = type.kind === "array" ? sizeOf(type.of) : 1;
  for (let at = 0; at < variable.size; at += unit) {
    const isZero = bytes.subarray(at, at + unit).every((byte) => byte === 0);
    if (isZero !== (at + unit >= variable.size)) return false;
  }
  return true;
}

/** Writes the variable's bytes and the relocations for the addresses in them. */
export function fillVariable(image: Image, variable: GlobalVariable): void {
  const place = image.places.get(variable.name);
  const { initializer } = variable;
  if (place?.section?.data === undefined || initializer === undefined) return;
  const { section, symbol } = place;
  const data = place.section.data;
  if (initializer.bytes !== undefined) data.set(initializer.bytes, symbol.value);
  const view = new DataView(data.buffer, data.byteOffset);
  const little = image.object.endian === "little";
  for (const { offset, size, symbol: target, addend } of initializer.relocations) {
    const at = symbol.value + offset;
    const referred = refer(image, target);
    const value = BigInt(referred.addend) + addend;
    if (size === 8) view.setBigUint64(at, BigInt.asUintN(64, value), little);
    else view.setUint32(at, Number(BigInt.asUintN(32, value)), little);
    section.relocations.push({ offset: at, type: size === 8 ? R_BPF.ABS64 : R_BPF.ABS32, symbol: referred.symbol });
  }
}

/** The symbol through which a relocation speaks of a symbol of the module, and what it has to add. */
export function refer(image: Image, target: Symbol): { symbol: ObjectSymbol; addend: number } {
  const place = image.places.get(target.name);
  if (place === undefined) {
    const made = makeUndefined(target.name, target.linkage === "weak" ? "weak" : "global");
    if (target.hidden) made.visibility = "hidden";
    image.object.symbols.push(made);
    image.places.set(target.name, { symbol: made, section: undefined });
    return { symbol: made, addend: 0 };
  }
  if (place.section === undefined || place.symbol.bind !== "local") return { symbol: place.symbol, addend: 0 };
  return { symbol: sectionSymbol(image.object, place.section), addend: place.symbol.value };
}
