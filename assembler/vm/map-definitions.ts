/**
 * The maps that an object declares, in both manners.
 *
 * Legacy: a section `maps` of equal structs, one for each symbol in it. tc's is `struct bpf_elf_map` {type, size_key,
 * size_value, max_elem, flags, id, pinning, inner_id, inner_idx}; shorter ones are prefixes of it. The loader finds
 * the struct's size by dividing the section's (iproute2, lib/bpf_legacy.c).
 *
 * BTF: a section `.maps` whose variables are structs of pointers; what they point at says the attributes (libbpf.c,
 * parse_btf_map_def). Members of `values` may be initialised with maps and programs: relocations on the section.
 */

import { resolveType, sizeOfType } from "../btf/types.ts";
import type { BtfMember, BtfRecord, BtfType } from "../btf/types.ts";
import { definedIn, findSection } from "../object/object.ts";
import type { ObjectFile, ObjectSymbol, Section } from "../object/object.ts";
import { mapTypes } from "./maps.ts";
import type { MapDefinition } from "./maps.ts";

/** An object that the machine cannot load. */
export class LoadError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "LoadError";
  }
}

export interface DeclaredMap {
  readonly definition: MapDefinition;
  readonly section: Section;
  /** Where its definition stands in the section. */
  readonly offset: number;
  /** Legacy: the number by which `ID/KEY` sections and outer maps name it; 0 for none. */
  readonly id: number;
  readonly innerId: number;
  /** Legacy: the slot of the outer map that this one goes into; -1 for none. */
  readonly innerIndex: number;
  /** Where the loader keeps the map: LIBBPF_PIN_..., or PIN_... of tc's loader; 0 for nowhere. */
  readonly pinning: number;
  /** BTF: what fills the slots, by index: symbols of maps or functions. */
  readonly values: ReadonlyMap<number, ObjectSymbol>;
}

/** All maps of an object. `types` are those of its `.BTF`, if it has one. @throws LoadError */
export function declaredMaps(object: ObjectFile, types: readonly BtfType[]): DeclaredMap[] {
  return [...legacyMaps(object), ...btfMaps(object, types)];
}

function symbolsOf(object: ObjectFile, section: Section): ObjectSymbol[] {
  return object.symbols
    .filter((symbol) => definedIn(symbol) === section && symbol.type !== "section" && symbol.name !== "")
    .sort((a, b) => a.value - b.value);
}

function legacyMaps(object: ObjectFile): DeclaredMap[] {
  const section = findSection(object, "maps");
  if (section === undefined || section.data === undefined) return [];
  const data = section.data;
  const symbols = symbolsOf(object, section);
  if (symbols.length === 0) return [];
  const size = data.length / symbols.length;
  if (!Number.isInteger(size) || size < 16 || size % 4 !== 0) {
    throw new LoadError(`section maps has ${data.length} bytes for ${symbols.length} maps`);
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return symbols.map((symbol): DeclaredMap => {
    const word = (index: number): number =>
      4 * index < size ? view.getUint32(symbol.value + 4 * index, object.endian === "little") : 0;
    if (symbol.value % size !== 0) throw new LoadError(`map ${symbol.name} stands at byte ${symbol.value} of maps`);
    return {
      definition: {
        name: symbol.name, type: mapType(word(0), symbol.name), keySize: word(1), valueSize: word(2),
        maxEntries: word(3), flags: word(4),
      },
      section, offset: symbol.value, id: word(5), pinning: word(6), innerId: word(7),
      innerIndex: word(7) === 0 ? word(8) | 0 : -1,
      values: new Map(),
    };
  });
}

function mapType(number: number, name: string): MapDefinition["type"] {
  const type = mapTypes[number];
  if (type === undefined) throw new LoadError(`map ${name} has the unknown type ${number}`);
  return type;
}

function btfMaps(object: ObjectFile, types: readonly BtfType[]): DeclaredMap[] {
  const section = findSection(object, ".maps");
  if (section === undefined) return [];
  const datasec = types.find((type) => type.kind === "datasec" && type.name === ".maps");
  if (datasec === undefined || datasec.kind !== "datasec") {
    throw new LoadError("section .maps has no description in .BTF");
  }
  return datasec.vars.map(({ type, offset }): DeclaredMap => {
    if (type.kind !== "var") throw new LoadError("section .maps holds something that is no variable");
    const symbol = object.symbols.find((s) => s.name === type.name && definedIn(s) === section);
    const place = symbol?.value ?? offset;
    const record = resolveType(type.type);
    if (record.kind !== "struct") throw new LoadError(`map ${type.name} is not defined by a struct`);
    return {
      definition: definitionOf(record, type.name), section, offset: place, id: 0, innerId: 0, innerIndex: -1,
      pinning: pinningOf(record, type.name),
      // A flexible array of values is part of the symbol's size, not of the type's.
      values: valuesOf(record, section, place, Math.max(record.size, symbol?.size ?? 0)),
    };
  });
}

/** The number that a member says by `int (*member)[number]`. */
function numberOf(member: BtfMember, map: string): number {
  const pointer = resolveType(member.type);
  const array = pointer.kind === "ptr" ? resolveType(pointer.type) : pointer;
  if (array.kind !== "array") throw new LoadError(`map ${map}: ${member.name} is no number`);
  return array.count;
}

/** The size of what a member points at. */
function pointeeSize(member: BtfMember, map: string): number {
  const pointer = resolveType(member.type);
  const size = pointer.kind === "ptr" ? sizeOfType(pointer.type) : undefined;
  if (size === undefined) throw new LoadError(`map ${map}: the type of ${member.name} has no size`);
  return size;
}

function definitionOf(record: BtfRecord, name: string): MapDefinition {
  let type: MapDefinition["type"] = "unspec";
  let keySize = 0;
  let valueSize = 0;
  let maxEntries = 0;
  let flags = 0;
  for (const member of record.members) {
    switch (member.name) {
      case "type": type = mapType(numberOf(member, name), name); break;
      case "max_entries": maxEntries = numberOf(member, name); break;
      case "map_flags": flags = numberOf(member, name); break;
      case "key_size": keySize = numberOf(member, name); break;
      case "value_size": valueSize = numberOf(member, name); break;
      case "key": keySize = pointeeSize(member, name); break;
      case "value": valueSize = pointeeSize(member, name); break;
      case "values":
        // Slots of maps and programs are named by a file descriptor.
        keySize ||= 4;
        valueSize ||= 4;
        break;
      case "pinning": case "numa_node": case "map_extra":
        break;
      default:
        throw new LoadError(`map ${name} has the unknown attribute '${member.name}'`);
    }
  }
  // As libbpf fills in what such maps leave out.
  if (type === "perf_event_array") {
    keySize ||= 4;
    valueSize ||= 4;
    maxEntries ||= 256;
  }
  return { name, type, keySize, valueSize, maxEntries, flags };
}

function pinningOf(record: BtfRecord, name: string): number {
  const member = record.members.find((one) => one.name === "pinning");
  return member === undefined ? 0 : numberOf(member, name);
}

/** The initialised slots of `values`, in the `extent` bytes of the variable at `place`. */
function valuesOf(record: BtfRecord, section: Section, place: number, extent: number): Map<number, ObjectSymbol> {
  const values = new Map<number, ObjectSymbol>();
  const member = record.members.find(({ name }) => name === "values");
  if (member === undefined) return values;
  const start = place + member.bitOffset / 8;
  for (const relocation of section.relocations) {
    if (relocation.offset < start || relocation.offset >= place + extent) continue;
    values.set((relocation.offset - start) / 8, relocation.symbol);
  }
  return values;
}
