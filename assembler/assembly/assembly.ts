/**
 * An assembly text that has been read: sections of fragments, and symbols.
 *
 * What a fragment's bytes are may depend on where labels end up, so nothing has an offset here; layout.ts gives them.
 * Names are unique: local numeric labels and `.` have been renamed when they were read (`1:0`, `.:7`).
 */

import type { Expression } from "../isa/expression.ts";
import type { Instruction } from "../isa/instruction.ts";
import type { TextProblem } from "../isa/scan.ts";
import type { Endian, SymbolBind, SymbolType, SymbolVisibility } from "../object/object.ts";

/** A place in a section that needs no name; layout says where it is. */
export interface Place { readonly kind: "place"; offset: number }

export type Fragment =
  /** The place of a label. */
  | { readonly kind: "label"; readonly name: string }
  | { readonly kind: "instruction"; readonly instruction: Instruction; readonly position: number }
  /** The first `size` bytes of `bytes`, which has room for more. */
  | { readonly kind: "data"; bytes: Uint8Array; size: number }
  /** A datum that is known only after layout, maybe with a relocation. */
  | { readonly kind: "value"; readonly size: 1 | 2 | 4 | 8; readonly expression: Expression; readonly position: number }
  /** A number in LEB128, whose size follows from its value. */
  | { readonly kind: "leb"; readonly signed: boolean; readonly expression: Expression; readonly position: number }
  | Place
  /** Bytes that follow from where places are; layout asks for them until nothing moves any more. */
  | { readonly kind: "late"; readonly encode: () => Uint8Array }
  /** Up to the next multiple of `align`, unless that takes more than `most` bytes. */
  | {
    readonly kind: "align"; readonly align: number; readonly fill: number | undefined; readonly most: number;
    readonly position: number;
  }
  /** Up to an offset in the section: a number, or a place in it. */
  | { readonly kind: "org"; readonly target: Expression; readonly fill: number; readonly position: number }
  /** As many bytes of `fill` as the expression says. */
  | { readonly kind: "space"; readonly count: Expression; readonly fill: number; readonly position: number };

export interface AssemblySection {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly entsize: number;
  align: number;
  /** Name of the symbol whose section this one goes with (SHF_LINK_ORDER); "" for none. */
  readonly link: string | undefined;
  /** Tells sections of one name apart that are not one section. */
  readonly unique: number | undefined;
  /** What the open part holds; when everything has been read, all of the section. */
  fragments: Fragment[];
  /**
   * The bytes that are certain to lie between `anchor` and the end of what has been read: everything behind the last
   * fragment whose size is not known yet. Each such fragment brings a new anchor; 0 is the beginning of the section.
   */
  anchor: number;
  known: number;
  /** The highest anchor so far. */
  anchors: number;
  /** Number of the open part. Parts (`.subsection`) follow one another by their numbers in the end. */
  part: number;
  /** The parts that are not open. */
  readonly parts: Map<number, { readonly fragments: Fragment[]; readonly anchor: number; readonly known: number }>;
  /** When it was first named, among symbols and sections. */
  readonly order: number;
}

export type Definition =
  | { readonly kind: "none" }
  | { readonly kind: "label"; readonly section: AssemblySection }
  | { readonly kind: "value"; readonly expression: Expression; readonly position: number }
  | { readonly kind: "common"; readonly size: number; readonly align: number };

export interface AssemblySymbol {
  readonly name: string;
  /** As declared; a symbol that is not is local where it is defined, else global. */
  bind: SymbolBind | undefined;
  type: SymbolType;
  visibility: SymbolVisibility;
  size: { readonly expression: Expression; readonly position: number } | undefined;
  definition: Definition;
  readonly order: number;
}

/** No text may make more bytes than these, whatever `.zero` and `.fill` say: no loader takes as many. */
export const maxBytes = 0x2000000;

export interface Assembly {
  readonly endian: Endian;
  readonly sections: AssemblySection[];
  /** All symbols that are defined, declared or used, in the order in which the text first names them. */
  readonly symbols: Map<string, AssemblySymbol>;
  /** Names of source files, each one a symbol of type "file". */
  readonly files: string[];
  /** Symbols whose address matters; undefined when the text does not say. */
  addressSignificant: string[] | undefined;
  /** Bytes of data so far. */
  bytes: number;
  readonly problems: TextProblem[];
  /** What the text wants to be told. */
  readonly remarks: Remark[];
}

/** A message of the text's own that stops nothing: a warning, or a line to be printed. */
export interface Remark { readonly kind: "warning" | "print"; readonly position: number; readonly message: string }

/** Is the symbol left out of the object's symbol table (`.L` names, numeric labels, `.`)? */
export function isTemporary(name: string): boolean {
  return name.startsWith(".L") || /^(?:\d+|\.):/.test(name);
}

/** Is the symbol seen by other objects? */
export function isExternal(symbol: AssemblySymbol): boolean {
  if (symbol.bind !== undefined) return symbol.bind !== "local";
  return symbol.definition.kind === "none" || symbol.definition.kind === "common";
}

/** The symbol of a name, made when it is named for the first time. */
export function symbolNamed(assembly: Assembly, name: string): AssemblySymbol {
  const known = assembly.symbols.get(name);
  if (known !== undefined) return known;
  const made: AssemblySymbol = {
    name, bind: undefined, type: "notype", visibility: "default", size: undefined, definition: { kind: "none" },
    order: nextOrder(assembly),
  };
  assembly.symbols.set(name, made);
  return made;
}

/** The place of the next symbol or section in the order of first mention. */
export function nextOrder(assembly: Assembly): number {
  return assembly.symbols.size + assembly.sections.length;
}
