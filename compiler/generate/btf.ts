/**
 * The `.BTF` and `.BTF.ext` sections of an object.
 *
 * With -g: every function and variable with its type, where each function starts and which line each instruction
 * comes from.
 * Without: only what a loader cannot do without, which is the types of BTF-defined maps (`.maps`), of struct_ops, of
 * kernel symbols (`.ksyms`, `.kconfig`), and CO-RE relocations with their types; nothing when there are none.
 */
import { encodeBtf, entriesOf, maxEntries } from "../../assembler/btf/encode.ts";
import type { BtfExtSection, BtfLineInfo } from "../../assembler/btf/ext.ts";
import type { BtfDataSec, BtfFunc, BtfSectionVar, BtfType, BtfVar } from "../../assembler/btf/types.ts";
import { reachableTypes } from "../../assembler/btf/types.ts";
import type { Section } from "../../assembler/object/object.ts";
import { R_BPF, SHF, definedIn, makeSection, sectionSymbol, setData } from "../../assembler/object/object.ts";
import type { Function, GlobalVariable, Module, Symbol } from "../ir/module.ts";
import type { CoreQuery } from "../ir/ops.ts";
import type { Diagnostics } from "../source/diagnostic.ts";
import type { CodeOptions } from "../source/options.ts";
import { type Loc, type SourceMap, noLoc } from "../source/source-map.ts";
import { canonical } from "../types/ctype.ts";
import { TypeTranslator } from "./btf-types.ts";
import type { ConvertedMaps } from "./maps.ts";
import type { Image } from "./sections.ts";
import { refer } from "./sections.ts";

/** Where a function lies, and the source locations of its instructions by ascending byte offset in the section. */
export interface FunctionLines {
  readonly fn: Function;
  readonly section: Section;
  readonly start: number;
  readonly lines: readonly { readonly offset: number; readonly loc: Loc }[];
  /** The instructions that a loader completes, by ascending byte offset in the section. */
  readonly queries: readonly { readonly offset: number; readonly query: CoreQuery }[];
}

/** Sections whose contents a loader knows only through BTF. */
function needsBtf(section: string | undefined): boolean {
  return section === ".maps" || section === ".ksyms" || section === ".kconfig" || section !== undefined &&
    /^\??\.struct_ops/.test(section);
}

export function addBtf(
  image: Image, module: Module, variables: readonly GlobalVariable[], functions: readonly FunctionLines[],
  maps: ConvertedMaps | undefined, options: CodeOptions, sources: SourceMap, diagnostics: Diagnostics,
): void {
  const types = new TypeTranslator();
  /** What BTF is to describe, and where the source has it. */
  const roots = new Map<BtfType, Loc>();
  const groups = new Map<string, BtfDataSec>();
  /** The symbols behind the entries of the groups, for relocations. */
  const owners = new Map<BtfSectionVar, Symbol>();
  const enter = (group: string, entry: BtfSectionVar, owner: Symbol): void => {
    const found = groups.get(group) ?? { kind: "datasec", name: group, size: 0, vars: [] };
    groups.set(group, found);
    found.vars.push(entry);
    owners.set(entry, owner);
  };
  const addVariable = (variable: GlobalVariable, group: string, isExtern: boolean): void => {
    // Loaders read sizes of keys and values from what a map's members point at.
    if (group === ".maps") types.translatePointees(variable.ctype);
    const type = maps?.types(types).get(variable.name) ?? types.translate(variable.ctype);
    const made: BtfVar = {
      kind: "var", name: variable.name, type,
      linkage: isExtern ? "extern" : variable.linkage === "local" ? "static" : "global",
    };
    roots.set(made, variable.loc);
    types.tag(made, variable.declTags);
    const offset = variable.linkage === "local" ? image.places.get(variable.name)?.symbol.value ?? 0 : 0;
    enter(group, { type: made, offset, size: variable.size }, variable);
  };

  const referenced = referencedNames(image);
  for (const variable of module.variables) {
    if (variable.initializer !== undefined || variable.isString) continue;
    if (!referenced.has(variable.name) || !options.debug && !needsBtf(variable.section)) continue;
    if (variable.section !== undefined) addVariable(variable, variable.section, true);
    else roots.set({ kind: "var", name: variable.name, type: types.translate(variable.ctype), linkage: "extern" }, variable.loc);
  }
  for (const variable of variables) {
    const section = image.places.get(variable.name)?.section;
    if (variable.isString || section === undefined || !options.debug && !needsBtf(section.name)) continue;
    addVariable(variable, section.name, false);
  }
  const funcs = new Map<Function, BtfFunc>();
  for (const fn of module.functions) {
    const isExtern = fn.blocks.length === 0;
    if (isExtern ? !referenced.has(fn.name) || !options.debug && !needsBtf(fn.section) : !options.debug) continue;
    const ctype = canonical(fn.ctype);
    if (ctype.kind !== "function") continue;
    const made: BtfFunc = {
      kind: "func", name: fn.name, type: types.prototype(ctype, !isExtern),
      linkage: isExtern ? "extern" : fn.linkage === "local" ? "static" : "global",
    };
    roots.set(made, fn.loc);
    types.tag(made, fn.declTags);
    for (const [index, parameter] of ctype.parameters.entries()) types.tag(made, parameter.declTags, index);
    funcs.set(fn, made);
    if (isExtern && fn.section !== undefined) enter(fn.section, { type: made, offset: 0, size: 0 }, fn);
  }
  for (const { fn, queries } of functions) {
    for (const { query } of queries) roots.set(types.translate(query.root), fn.loc);
  }
  if (roots.size === 0) return;
  types.finish();
  const dataSections = [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const all = reachableTypes([...roots.keys(), ...types.tags, ...dataSections]);
  if (!fitBtf(all, roots, owners, diagnostics)) return;
  const ext = extSections(functions, funcs, types, sources);
  const encoded = encodeBtf({ types: all, sections: ext }, image.object.endian === "little");

  writeTypeIds(functions, types, encoded.ids, image.object.endian === "little");
  const btf = makeSection(".BTF", 0, 4);
  setData(btf, encoded.btf);
  image.object.sections.push(btf);
  for (const { offset, variable } of encoded.fixups) {
    const owner = owners.get(variable);
    if (owner === undefined) continue;
    const { symbol } = refer(image, owner);
    // LLVM's choice: what BTF says of writable data needs no loader.
    const flags = definedIn(symbol)?.flags ?? 0;
    const type = (flags & SHF.WRITE) !== 0 ? R_BPF.NODYLD32 : R_BPF.ABS32;
    btf.relocations.push({ offset, type, symbol });
  }
  if (encoded.ext === undefined) return;
  const extension = makeSection(".BTF.ext", 0, 4);
  setData(extension, encoded.ext);
  image.object.sections.push(extension);
  for (const { offset, section } of encoded.extFixups) {
    const target = image.object.sections.find((s) => s.name === section);
    if (target === undefined) throw new Error(`.BTF.ext speaks of section ${section}, which is not there`);
    extension.relocations.push({ offset, type: R_BPF.NODYLD32, symbol: sectionSymbol(image.object, target) });
  }
}

/** Whether BTF can count the parts of each type; an error at what brings in one that has too many. */
function fitBtf(
  all: readonly BtfType[], roots: ReadonlyMap<BtfType, Loc>, owners: ReadonlyMap<BtfSectionVar, Symbol>,
  diagnostics: Diagnostics,
): boolean {
  const large = all.filter((type) => entriesOf(type) > maxEntries);
  for (const type of large) {
    const first = type.kind === "datasec" ? type.vars[maxEntries] : undefined;
    const loc = first !== undefined ? owners.get(first)?.loc
      : [...roots].find(([root]) => reachableTypes([root]).includes(type))?.[1];
    diagnostics.error(loc ?? noLoc, `BTF can describe ${maxEntries} ${partsOf(type)}, not ${entriesOf(type)}`);
  }
  return large.length === 0;
}

function partsOf(type: BtfType): string {
  switch (type.kind) {
    case "datasec":
      return `variables of section '${type.name}'`;
    case "func_proto":
      return "parameters";
    case "enum":
    case "enum64":
      return "enumerators of one type";
    default:
      return "members of one type";
  }
}

/** Names that some relocation speaks of. */
function referencedNames(image: Image): Set<string> {
  const names = new Set<string>();
  for (const section of image.object.sections) for (const { symbol } of section.relocations) names.add(symbol.name);
  return names;
}

/** Ids that the program asks for as numbers: both kinds stand in 64-bit immediates as the id in this object. */
function writeTypeIds(
  functions: readonly FunctionLines[], types: TypeTranslator, ids: ReadonlyMap<BtfType, number>, little: boolean,
): void {
  for (const { section, queries } of functions) {
    for (const { offset, query } of queries) {
      if (query.kind !== "local_type_id" && query.kind !== "target_type_id" || section.data === undefined) continue;
      const { data } = section;
      const id = ids.get(types.translate(query.root)) ?? 0;
      new DataView(data.buffer, data.byteOffset).setUint32(offset + 4, id, little);
    }
  }
}

/** What is known of instructions: functions and lines where functions have types (-g), and always CO-RE relocations. */
function extSections(
  functions: readonly FunctionLines[], funcs: ReadonlyMap<Function, BtfFunc>, types: TypeTranslator, sources: SourceMap,
): BtfExtSection[] {
  const sections = new Map<string, BtfExtSection>();
  for (const { fn, section, start, lines, queries } of functions) {
    const type = funcs.get(fn);
    if (type === undefined && queries.length === 0) continue;
    const found = sections.get(section.name) ?? { name: section.name, functions: [], lines: [], relocations: [] };
    sections.set(section.name, found);
    for (const { offset, query } of queries) {
      const { access, kind } = query;
      found.relocations.push({ offset, type: types.translate(query.root), access, kind });
    }
    if (type === undefined) continue;
    found.functions.push({ offset: start, type });
    for (const line of lineInfos(fn, start, lines, sources)) found.lines.push(line);
  }
  return [...sections.values()];
}

/** One record for each change of line; the first instruction always has one, since the kernel asks for it. */
function lineInfos(fn: Function, start: number, lines: FunctionLines["lines"], sources: SourceMap): BtfLineInfo[] {
  const infos: BtfLineInfo[] = [];
  const add = (offset: number, loc: Loc): void => {
    const position = sources.position(loc);
    if (position === undefined) return;
    const { file, line, column, source } = position;
    const last = infos.at(-1);
    if (last !== undefined && last.file === file && last.line === line && last.column === column) return;
    if (last?.offset === offset) infos.pop();
    const text = sources.lineText(source, sources.lineOf(source, position.offset));
    infos.push({ offset, file, text, line, column });
  };
  add(start, fn.loc);
  for (const { offset, loc } of lines) add(offset, loc);
  return infos;
}
