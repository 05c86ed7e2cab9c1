/**
 * The maps of an object as a loader creates them.
 *
 * Three sources: `.maps`, whose variables are structs that say a map's attributes by their types (libbpf.c,
 * parse_btf_map_def); tc's section `maps` of equal structs (iproute2, bpf_legacy.c); and the sections of global data,
 * each of which libbpf makes an array with one element. The virtual machine reads the first two by itself, since it
 * is to judge; here nothing is refused that a listing can show.
 */
import { resolveType, sizeOfType } from "../btf/types.ts";
import type { BtfMember, BtfRecord, BtfType } from "../btf/types.ts";
import { definedIn, findSection, isCode, SHF, SHT } from "../object/object.ts";
import type { ObjectFile, ObjectSymbol, Section } from "../object/object.ts";

export interface DumpedMap {
  readonly name: string;
  readonly section: string;
  /** BPF_MAP_TYPE_... */
  readonly type: number;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  /** BPF_F_... */
  readonly flags: number;
  readonly mapExtra: number;
  readonly numaNode: number | undefined;
  /** Where the loader keeps the map when it is pinned: by name, or in a directory of tc's (PIN_...). */
  readonly pinning: "none" | "by name" | "object" | "global" | number;
  /** tc's loader: the numbers by which sections `ID/KEY` and outer maps name it. */
  readonly legacy: { readonly id: number; readonly innerId: number; readonly innerIndex: number } | undefined;
  /** What a map of maps is made for. */
  readonly inner: DumpedMap | undefined;
  /** Maps and programs that fill slots from the beginning. */
  readonly values: readonly { readonly index: number; readonly symbol: string }[];
}

/** The names of enum bpf_map_type by number (include/uapi/linux/bpf.h). */
const typeNames: readonly string[] = [
  "unspec", "hash", "array", "prog_array", "perf_event_array", "percpu_hash", "percpu_array", "stack_trace",
  "cgroup_array", "lru_hash", "lru_percpu_hash", "lpm_trie", "array_of_maps", "hash_of_maps", "devmap", "sockmap",
  "cpumap", "xskmap", "sockhash", "cgroup_storage", "reuseport_sockarray", "percpu_cgroup_storage", "queue", "stack",
  "sk_storage", "devmap_hash", "struct_ops", "ringbuf", "inode_storage", "task_storage", "bloom_filter",
  "user_ringbuf", "cgrp_storage", "arena",
];

export function mapTypeName(type: number): string {
  return typeNames[type] ?? `type ${type}`;
}

const BPF_MAP_TYPE_ARRAY = 2, BPF_MAP_TYPE_PERF_EVENT_ARRAY = 4;
export const BPF_MAP_TYPE_PROG_ARRAY = 3;
const BPF_F_RDONLY_PROG = 1 << 7, BPF_F_MMAPABLE = 1 << 10;

/** An address of a map, a program or a variable, as maps hold it. */
const pointerSize = 8;

/**
 * @param types those of the object's `.BTF`; empty without one
 * @param file the object's path, from which libbpf names the maps of global data
 */
export function objectMaps(object: ObjectFile, types: readonly BtfType[], file: string): DumpedMap[] {
  return [...legacyMaps(object), ...btfMaps(object, types), ...dataMaps(object, file)];
}

const empty = {
  type: 0, keySize: 0, valueSize: 0, maxEntries: 0, flags: 0, mapExtra: 0, numaNode: undefined, pinning: "none",
  legacy: undefined, inner: undefined, values: [],
} as const;

/** The structs of section `maps`: as many as it has symbols. Shorter ones than today's are prefixes of it. */
function legacyMaps(object: ObjectFile): DumpedMap[] {
  const section = findSection(object, "maps");
  const data = section?.data;
  if (section === undefined || data === undefined) return [];
  const symbols = namedIn(object, section);
  const size = symbols.length === 0 ? 0 : Math.floor(data.length / symbols.length);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return symbols.map(({ name, value }): DumpedMap => {
    const word = (index: number): number => {
      const at = value + 4 * index;
      return 4 * index + 4 <= size && at >= 0 && at + 4 <= data.length ? view.getUint32(at, object.endian === "little") : 0;
    };
    return {
      ...empty, name, section: section.name, type: word(0), keySize: word(1), valueSize: word(2), maxEntries: word(3),
      flags: word(4), pinning: (["none", "object", "global"] as const)[word(6)] ?? word(6),
      legacy: { id: word(5), innerId: word(7), innerIndex: word(8) | 0 },
    };
  });
}

function namedIn(object: ObjectFile, section: Section): ObjectSymbol[] {
  return object.symbols.filter((s) => definedIn(s) === section && s.type !== "section" && s.name !== "")
    .sort((a, b) => a.value - b.value);
}

function btfMaps(object: ObjectFile, types: readonly BtfType[]): DumpedMap[] {
  const section = findSection(object, ".maps");
  const data = types.find((type) => type.kind === "datasec" && type.name === ".maps");
  if (section === undefined || data?.kind !== "datasec") return [];
  const symbols = new Map(namedIn(object, section).map((s) => [s.name, s]));
  return data.vars.flatMap(({ type, offset }): DumpedMap[] => {
    const record = type.kind === "var" ? resolveType(type.type) : undefined;
    if (type.kind !== "var" || record?.kind !== "struct") return [];
    const symbol = symbols.get(type.name);
    const place = symbol?.value ?? offset;
    const values = initialValues(record, section, place, Math.max(record.size, symbol?.size ?? 0));
    return [{ ...attributesOf(record, type.name, section.name, 0), values }];
  });
}

/** Maps in maps in maps and so on are no maps of the kernel's; one level more is read than it takes. */
const maxInner = 2;

function attributesOf(record: BtfRecord, name: string, section: string, level: number): DumpedMap {
  const numbers = new Map<string, number>();
  let inner: DumpedMap | undefined;
  let values = false;
  for (const member of record.members) {
    if (member.name === "values") {
      values = true;
      inner = innerMap(member, name, section, level);
    } else if (member.name === "key" || member.name === "value") {
      const pointer = resolveType(member.type);
      numbers.set(`${member.name}_size`, pointer.kind === "ptr" ? sizeOfType(pointer.type) ?? 0 : 0);
    } else {
      numbers.set(member.name, numberOf(member));
    }
  }
  const of = (member: string): number => numbers.get(member) ?? 0;
  const type = of("type");
  // Slots that hold maps or programs are named by a file descriptor; so are those of perf events.
  const descriptors = values || type === BPF_MAP_TYPE_PERF_EVENT_ARRAY;
  return {
    name, section, type, keySize: of("key_size") || (descriptors ? 4 : 0),
    valueSize: of("value_size") || (descriptors ? 4 : 0), maxEntries: of("max_entries"), flags: of("map_flags"),
    mapExtra: of("map_extra"), numaNode: numbers.get("numa_node"),
    pinning: of("pinning") === 0 ? "none" : of("pinning") === 1 ? "by name" : of("pinning"),
    legacy: undefined, inner, values: [],
  };
}

/** What `int (*member)[number]` says; with enumerators, what `typeof(enum { NAME = number })` says. */
function numberOf(member: BtfMember): number {
  const type = resolveType(member.type);
  const array = type.kind === "ptr" ? resolveType(type.type) : type;
  if (array.kind === "enum" || array.kind === "enum64") return Number(array.values[0]?.value ?? 0n);
  return array.kind === "array" ? array.count : 0;
}

/** `values` is an array of pointers to the definition of the inner map. */
function innerMap(member: BtfMember, outer: string, section: string, level: number): DumpedMap | undefined {
  const array = resolveType(member.type);
  const pointer = array.kind === "array" ? resolveType(array.element) : array;
  const record = pointer.kind === "ptr" ? resolveType(pointer.type) : pointer;
  return record.kind === "struct" && level < maxInner
    ? attributesOf(record, `${outer}.inner`, section, level + 1) : undefined;
}

/** The relocated slots of `values`, in the `extent` bytes of the variable at `place`. */
function initialValues(record: BtfRecord, section: Section, place: number, extent: number): DumpedMap["values"] {
  const member = record.members.find(({ name }) => name === "values");
  if (member === undefined) return [];
  const start = place + member.bitOffset / 8;
  return section.relocations.filter(({ offset }) => offset >= start && offset < place + extent)
    .map(({ offset, symbol }) => ({ index: Math.floor((offset - start) / pointerSize), symbol: symbol.name }));
}

/** The sections of global data: `.data`, `.rodata`, `.bss`, and those that begin with one of these and a dot. */
function dataMaps(object: ObjectFile, file: string): DumpedMap[] {
  return object.sections.flatMap((section): DumpedMap[] => {
    const kind = /^\.(data|rodata|bss)(\.|$)/.exec(section.name)?.[1];
    if (kind === undefined || isCode(section) || section.size === 0) return [];
    if ((section.flags & SHF.ALLOC) === 0 || (section.type !== SHT.PROGBITS && section.type !== SHT.NOBITS)) return [];
    return [{
      ...empty, name: dataMapName(section.name, file), section: section.name, type: BPF_MAP_TYPE_ARRAY, keySize: 4,
      valueSize: section.size, maxEntries: 1, flags: BPF_F_MMAPABLE | (kind === "rodata" ? BPF_F_RDONLY_PROG : 0),
    }];
  });
}

/** Characters that the kernel keeps of a map's name, and those that a suffix has at least. */
const nameLength = 15, suffixLength = 7;

/** The section's name behind as much of the file's, up to its first dot, as fits; one with two dots as it is. */
function dataMapName(section: string, file: string): string {
  if (section.indexOf(".", 1) > 0) return section;
  const stem = (file.split("/").at(-1) ?? "").split(".", 1)[0] ?? "";
  const room = Math.max(0, nameLength - Math.max(suffixLength, section.length));
  return `${stem.slice(0, room)}${section}`.slice(0, nameLength).replace(/[^\w.]/g, "_");
}

/** One map a line, inner maps and what fills slots below it. */
export function listMaps(maps: readonly DumpedMap[]): string {
  return `\nMaps:\n${maps.map((map) => describeMap(map, "")).join("")}`;
}

function describeMap(map: DumpedMap, indent: string): string {
  const words = [
    `${map.name}:`, mapTypeName(map.type), `key ${map.keySize}`, `value ${map.valueSize}`, `max_entries ${map.maxEntries}`,
  ];
  if (map.flags !== 0) words.push(`flags 0x${map.flags.toString(16)}`);
  if (map.mapExtra !== 0) words.push(`map_extra ${map.mapExtra}`);
  if (map.numaNode !== undefined) words.push(`numa_node ${map.numaNode}`);
  if (map.pinning !== "none") {
    words.push(typeof map.pinning === "number" ? `pinned in namespace ${map.pinning}` : `pinned ${map.pinning}`);
  }
  if (map.legacy !== undefined && map.legacy.id !== 0) words.push(`id ${map.legacy.id}`);
  if (map.legacy !== undefined && map.legacy.innerId !== 0) words.push(`inner id ${map.legacy.innerId}`);
  if (map.legacy !== undefined && map.legacy.innerIndex !== 0) words.push(`inner index ${map.legacy.innerIndex}`);
  const below = `${indent}    `;
  return `${indent}${words.join("  ")}\n`
    + (map.inner === undefined ? "" : describeMap(map.inner, below))
    + map.values.map(({ index, symbol }) => `${below}[${index}] = ${symbol}\n`).join("");
}
