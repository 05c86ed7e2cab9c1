/**
 * The symbols of all inputs -> those of the output, each name that is visible outside of its object meaning one thing.
 *
 * Of two definitions at most one may be strong; it wins, else the first. The code or data of a weak definition that
 * lost stays where it is, without a name. A declaration takes the definition of another object when their BTF agrees;
 * what no object defines stays external, for the loader to find (kernel symbols, configuration) or to refuse. A
 * stricter visibility of any of them holds for all. Local symbols are taken over as they are, one section symbol per
 * section.
 *
 * The units are to be given in the order of the command line, each once.
 */

import { sizeOfType } from "../assembler/btf/types.ts";
import type { BtfFunc, BtfSectionVar, BtfVar } from "../assembler/btf/types.ts";
import { makeSymbol } from "../assembler/object/object.ts";
import type { ObjectSymbol, Section } from "../assembler/object/object.ts";
import { mapDifference } from "./map-match.ts";
import { typeDifference } from "./match.ts";
import type { Layout, Merged } from "./sections.ts";
import type { Declared, LinkUnit, Report } from "./unit.ts";
import { isVisible, unboundSection } from "./unit.ts";

/** A name that is visible outside of its object. */
export interface Global {
  /** The symbol of the output. */
  readonly symbol: ObjectSymbol;
  /** The input that defines it, or that named it first. */
  origin: string;
  /** The section that it is in, for externals by BTF alone; undefined for those that are bound to no section. */
  merged: Merged | undefined;
  /** The one description that is left of it. */
  readonly type: BtfVar | BtfFunc;
  external: boolean;
  weak: boolean;
  /** Its entry in the variables of `merged`. */
  variable: BtfSectionVar | undefined;
}

export interface Symbols {
  readonly output: ObjectSymbol[];
  readonly globals: Map<string, Global>;
  /** Symbols of inputs -> symbols of the output. */
  readonly replaced: Map<ObjectSymbol, ObjectSymbol>;
}

/** Where a symbol of an input is in the output. */
interface Place { readonly home: Section | undefined; readonly merged: Merged | undefined; readonly offset: number }

export function mergeSymbols(units: readonly LinkUnit[], layout: Layout, report: Report): Symbols {
  const symbols: Symbols = { output: [], globals: new Map(), replaced: new Map() };
  const sectionSymbols = new Map<Merged, ObjectSymbol>();
  for (const unit of units) {
    for (const symbol of unit.object.symbols) {
      const place = placeOf(symbol, layout);
      if (place === undefined) continue;
      if (symbol.bind === "local") addLocal(symbol, place, symbols, sectionSymbols);
      else addGlobal(symbol, place, unit, layout, symbols, report);
    }
    describeVariables(unit, layout, symbols, report);
  }
  for (const { variables } of layout.merged.values()) variables.sort((a, b) => a.offset - b.offset);
  return symbols;
}

/** Undefined for a symbol in a section that the output does not take from this input. */
function placeOf(symbol: ObjectSymbol, layout: Layout): Place | undefined {
  if (typeof symbol.home === "string") return { home: undefined, merged: undefined, offset: 0 };
  const placement = layout.placements.get(symbol.home);
  if (placement === undefined || placement.repeated) return undefined;
  return { home: placement.merged.section, merged: placement.merged, offset: placement.offset };
}

function addLocal(symbol: ObjectSymbol, place: Place, symbols: Symbols, sectionSymbols: Map<Merged, ObjectSymbol>): void {
  const { merged } = place;
  if (symbol.type !== "section" || merged === undefined) {
    add(symbol, symbols, place, place.offset + symbol.value);
    return;
  }
  const known = sectionSymbols.get(merged);
  if (known !== undefined) symbols.replaced.set(symbol, known);
  else sectionSymbols.set(merged, add(symbol, symbols, place, 0));
}

function add(symbol: ObjectSymbol, symbols: Symbols, place: Place, value: number): ObjectSymbol {
  const made = makeSymbol(symbol.name, place.home ?? symbol.home, value, {
    size: symbol.size, bind: symbol.bind, type: symbol.type, visibility: symbol.visibility,
  });
  symbols.output.push(made);
  symbols.replaced.set(symbol, made);
  return made;
}

function addGlobal(
  symbol: ObjectSymbol, place: Place, unit: LinkUnit, layout: Layout, symbols: Symbols, report: Report,
): void {
  const { name } = symbol;
  const external = symbol.home === "undefined";
  const weak = symbol.bind === "weak";
  const declared = unit.declared.get(name);
  if (declared === undefined) {
    report(`${unit.name}: BTF does not describe the ${external ? "external" : "global"} symbol '${name}' (compile with -g)`);
    return;
  }
  const { section } = declared;
  const merged = external && section !== undefined && section !== unboundSection ? layout.merged.get(section) : place.merged;
  const known = symbols.globals.get(name);
  if (known === undefined) {
    const made = add(symbol, symbols, place, place.offset + symbol.value);
    symbols.globals.set(name, {
      symbol: made, origin: unit.name, merged, type: declared.type, external, weak, variable: undefined,
    });
    return;
  }
  symbols.replaced.set(symbol, known.symbol);
  if (!external && !known.external && !weak && !known.weak) {
    report(`symbol '${name}' is defined in '${known.origin}' and again in '${unit.name}'`);
    return;
  }
  if (!agree(known, declared, unit, report)) return;
  if (!weak) {
    // A strong reference makes a weak definition strong too, as in libbpf.
    known.symbol.bind = "global";
    known.weak = false;
  }
  if (symbol.visibility === "hidden") known.symbol.visibility = "hidden";
  if (external || (weak && !known.external)) return;
  define(known, symbol, place, declared, unit);
}

/** Do all mean the same by the name? */
function agree(known: Global, { type }: Declared, unit: LinkUnit, report: Report): boolean {
  let difference: string | undefined;
  if (known.merged?.name !== ".maps") difference = typeDifference(known.type, type);
  else if (type.kind === "var") difference = mapDifference(known.type.type, type.type);
  else difference = "a function is no map";
  if (difference === undefined) return true;
  report(`'${known.origin}' and '${unit.name}' do not agree on symbol '${type.name}': ${difference}`);
  return false;
}

/** Makes a symbol that was external, or weak elsewhere, the definition that an input has. */
function define(known: Global, symbol: ObjectSymbol, place: Place, declared: Declared, unit: LinkUnit): void {
  known.symbol.type = symbol.type;
  known.symbol.home = place.home ?? symbol.home;
  known.symbol.value = place.offset + symbol.value;
  known.symbol.size = symbol.size;
  if (known.variable !== undefined) {
    known.merged?.variables.splice(known.merged.variables.indexOf(known.variable), 1);
    known.variable = undefined;
  }
  known.merged = place.merged;
  known.origin = unit.name;
  known.external = false;
  known.type.linkage = "global";
  nameParameters(known.type, declared.type);
  known.type.type = declared.type.type;
}

/** A declaration leaves parameters without names, which would keep its prototype another than the definition's. */
function nameParameters(declaration: BtfVar | BtfFunc, definition: BtfVar | BtfFunc): void {
  const one = declaration.type, other = definition.type;
  if (one.kind !== "func_proto" || other.kind !== "func_proto") return;
  one.params.forEach((param, i) => {
    const name = other.params[i]?.name ?? "";
    if (name !== "") param.name = name;
  });
}

/** Adds what BTF says of an input's sections to those of the output. */
function describeVariables(unit: LinkUnit, layout: Layout, symbols: Symbols, report: Report): void {
  const sections = new Map(unit.sections.map((section) => [section.name, section]));
  for (const type of unit.types) {
    const merged = type.kind === "datasec" ? layout.merged.get(type.name) : undefined;
    if (type.kind !== "datasec" || merged === undefined) continue;
    const section = sections.get(type.name);
    const placement = section === undefined ? undefined : layout.placements.get(section);
    if (placement?.repeated === true) continue;
    merged.described = true;
    for (const variable of type.vars) {
      const offset = (placement?.offset ?? 0) + variable.offset;
      if (isVisible(variable.type)) describeGlobal(variable, variable.type.name, offset, merged, unit, symbols, report);
      else merged.variables.push({ type: variable.type, offset, size: variable.size });
    }
  }
}

function describeGlobal(
  variable: BtfSectionVar, name: string, offset: number, merged: Merged, unit: LinkUnit, symbols: Symbols, report: Report,
): void {
  const global = symbols.globals.get(name);
  if (global === undefined) return;
  if (global.merged !== merged) {
    const other = global.merged === undefined ? "no section" : `section '${global.merged.name}'`;
    report(`symbol '${name}' is in section '${merged.name}' by '${unit.name}', and in ${other} by '${global.origin}'`);
    return;
  }
  if (global.variable === undefined) {
    global.variable = { type: global.type, offset, size: variable.size };
    merged.variables.push(global.variable);
  } else if (global.type.kind === "var") {
    global.variable.size = sizeOfType(global.type) ?? variable.size;
  }
}
