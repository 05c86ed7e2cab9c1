/**
 * Legacy map definitions as BTF-defined maps (-mmaps=btf).
 *
 * iproute2 of 2016 defines a map by a `struct bpf_elf_map` in section `maps`, which libbpf 1.0 and later refuse. Such a
 * variable becomes one in `.maps` whose type says what its numbers said: `type`, `key_size`, `value_size`,
 * `max_entries`, `map_flags` and `pinning` as pointers to arrays of so many ints, the way libbpf reads them
 * (tools/lib/bpf/libbpf.c, parse_btf_map_def). Programs refer to it by the same symbol.
 *
 * Pinning: libbpf knows one place, which tc sets to its directory of global names. PIN_GLOBAL_NS (2) is just that;
 * PIN_OBJECT_NS (1), a directory for each object, is said to have become global; other numbers, which name directories
 * in a file of the loading host, cannot be kept. A map of maps (`inner_id`) gets the map with that `id` as its inner
 * map, and holds it at `inner_idx`.
 */
import type { BtfMember, BtfRecord, BtfType } from "../../assembler/btf/types.ts";
import type { GlobalVariable, Module } from "../ir/module.ts";
import type { Diagnostics } from "../source/diagnostic.ts";
import { canonical } from "../types/ctype.ts";
import type { RecordDecl } from "../types/ctype.ts";
import type { TypeTranslator } from "./btf-types.ts";

/** The members of struct bpf_elf_map (iproute2, include/bpf_elf.h), read by name: older layouts lack the later ones. */
interface LegacyMap {
  readonly type: number; readonly size_key: number; readonly size_value: number; readonly max_elem: number;
  readonly flags: number; readonly id: number; readonly pinning: number; readonly inner_id: number;
  readonly inner_idx: number;
}

const memberNames = ["type", "size_key", "size_value", "max_elem", "flags", "id", "pinning", "inner_id", "inner_idx"] as const;

const pinNone = 0, pinObject = 1, pinGlobal = 2;

/** LIBBPF_PIN_BY_NAME */
const pinByName = 1;

/** "not stored": the inner map only describes what may be put in. */
const noIndex = 0xffffffff;

export interface ConvertedMap {
  /** What is emitted in place of the legacy definition. */
  readonly variable: GlobalVariable;
}

export interface ConvertedMaps {
  get(variable: GlobalVariable): ConvertedMap | undefined;
  /** The BTF type of each converted map by symbol name; the first call makes them. */
  types(translator: TypeTranslator): ReadonlyMap<string, BtfType>;
}

/**
 * Finds the legacy definitions of the module, whose bytes are in the target's order, and makes what takes their
 * place.
 */
export function convertMaps(module: Module, little: boolean, diagnostics: Diagnostics): ConvertedMaps {
  const legacy = new Map<GlobalVariable, LegacyMap>();
  for (const variable of module.variables) {
    if (variable.section !== "maps" || variable.initializer === undefined) continue;
    const map = readLegacy(variable, little, diagnostics);
    if (map !== undefined) legacy.set(variable, map);
  }
  const byId = new Map<number, GlobalVariable>();
  for (const [variable, map] of legacy) if (map.id !== 0 && !byId.has(map.id)) byId.set(map.id, variable);
  const converted = new Map<GlobalVariable, ConvertedMap>();
  const describe: { readonly variable: GlobalVariable; readonly map: LegacyMap; readonly inner: LegacyMap | undefined }[] = [];
  const sizes = new Map<string, { size: number; initializer: NonNullable<GlobalVariable["initializer"]> }>();
  for (const [variable, map] of legacy) {
    const innerVariable = map.inner_id === 0 ? undefined : byId.get(map.inner_id);
    const inner = innerVariable === undefined ? undefined : legacy.get(innerVariable);
    if (map.inner_id !== 0 && inner === undefined) {
      diagnostics.error(variable.loc, `map '${variable.name}' wants the map with id ${map.inner_id} as its inner map, ` +
        "but this file defines none");
    }
    warnOfPinning(variable, map, diagnostics);
    describe.push({ variable, map, inner });
    const words = numbersOf(map).length;
    const stored = innerVariable !== undefined && map.inner_idx !== noIndex ? map.inner_idx + 1 : 0;
    const relocations = stored === 0 || innerVariable === undefined ? []
      : [{ offset: 8 * (words + map.inner_idx), size: 8, symbol: innerVariable, addend: 0n }];
    sizes.set(variable.name, { size: 8 * (words + stored), initializer: { bytes: undefined, relocations } });
  }
  for (const { variable } of describe) {
    const layout = sizes.get(variable.name);
    if (layout === undefined) continue;
    const made: GlobalVariable = { ...variable, section: ".maps", align: 8, constant: false, ...layout };
    converted.set(variable, { variable: made });
  }
  if (converted.size > 0) noteTailSections(module, legacy, diagnostics);
  let types: Map<string, BtfType> | undefined;
  return {
    get: (variable) => converted.get(variable),
    types(translator) {
      types ??= new Map(describe.map(({ variable, map, inner }) => [variable.name, mapType(translator, map, inner)]));
      return types;
    },
  };
}

/** The numbers of a legacy definition; undefined when the variable is none. */
function readLegacy(variable: GlobalVariable, little: boolean, diagnostics: Diagnostics): LegacyMap | undefined {
  const type = canonical(variable.ctype);
  if (type.kind !== "record" || type.decl.tag !== "bpf_elf_map") {
    diagnostics.note(variable.loc, `'${variable.name}' in section 'maps' is no struct bpf_elf_map and stays as it is`);
    return undefined;
  }
  if ((variable.initializer?.relocations.length ?? 0) > 0) {
    diagnostics.error(variable.loc, `map '${variable.name}' is defined by an address where a number belongs`);
    return undefined;
  }
  const numbers = new Map(memberNames.map((name) => [name, readMember(variable, type.decl, name, little)]));
  const of = (name: typeof memberNames[number]): number => numbers.get(name) ?? 0;
  return {
    type: of("type"), size_key: of("size_key"), size_value: of("size_value"), max_elem: of("max_elem"), flags: of("flags"),
    id: of("id"), pinning: of("pinning"), inner_id: of("inner_id"), inner_idx: of("inner_idx"),
  };
}

function readMember(variable: GlobalVariable, decl: RecordDecl, name: string, little: boolean): number {
  const member = decl.members?.find((m) => m.name === name);
  const bytes = variable.initializer?.bytes;
  if (member === undefined || bytes === undefined) return 0;
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(member.offset, little);
}

function warnOfPinning(variable: GlobalVariable, map: LegacyMap, diagnostics: Diagnostics): void {
  if (map.pinning === pinNone || map.pinning === pinGlobal) return;
  diagnostics.note(variable.loc, map.pinning === pinObject
    ? `map '${variable.name}' is pinned by its name for all objects: a BTF-defined map has no namespace of its object ` +
      "(PIN_OBJECT_NS)"
    : `map '${variable.name}' is pinned with the other maps: a BTF-defined map has no namespace ${map.pinning}`);
}

/** Programs that the old loader put into a prog array by the name of their section. */
function noteTailSections(module: Module, legacy: ReadonlyMap<GlobalVariable, LegacyMap>, diagnostics: Diagnostics): void {
  const ids = new Map([...legacy].map(([variable, map]) => [map.id, variable]));
  for (const fn of module.functions) {
    const match = /^(0[xX][0-9a-fA-F]+|\d+)\/(0[xX][0-9a-fA-F]+|\d+)$/.exec(fn.section ?? "");
    const map = match === null ? undefined : ids.get(Number(match[1]));
    if (match === null || map === undefined || fn.blocks.length === 0) continue;
    diagnostics.note(fn.loc, `'${fn.name}' has to be put into map '${map.name}' at ${Number(match[2])} by 'tc exec bpf graft': ` +
      "loaders of BTF-defined maps do not do it by the section's name");
  }
}

/** The members that say something: libbpf takes an absent one for 0. */
function numbersOf(map: LegacyMap): { readonly name: string; readonly value: number }[] {
  return [
    { name: "type", value: map.type }, { name: "key_size", value: map.size_key },
    { name: "value_size", value: map.size_value }, { name: "max_entries", value: map.max_elem },
    { name: "map_flags", value: map.flags }, { name: "pinning", value: map.pinning === pinNone ? 0 : pinByName },
  ].filter(({ name, value }) => value !== 0 || name === "type");
}

function mapType(translator: TypeTranslator, map: LegacyMap, inner: LegacyMap | undefined): BtfType {
  const members: BtfMember[] = numbersOf(map).map(({ name, value }, index) => ({
    name, bitOffset: 64 * index, bitSize: 0, type: translator.pointerTo(translator.arrayOf(translator.int(), value)),
  }));
  const size = 8 * members.length;
  if (inner !== undefined) {
    const pointer = translator.pointerTo(mapType(translator, { ...inner, pinning: pinNone }, undefined));
    members.push({ name: "values", bitOffset: 8 * size, bitSize: 0, type: translator.arrayOf(pointer, 0) });
  }
  const record: BtfRecord = { kind: "struct", name: "", size, members };
  return record;
}
