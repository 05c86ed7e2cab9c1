/**
 * A map that one object defines in `.maps` and another declares `extern` there: both must say the same, attribute by
 * attribute, since the declaring object was compiled for the map that it declared.
 *
 * A definition is a struct whose members say the attributes by their types: `int (*max_entries)[64]` is a number,
 * `struct key *key` a type, `values` the maps or programs that the slots hold (libbpf, "BTF-defined maps").
 */

import { resolveType, sizeOfType } from "../assembler/btf/types.ts";
import type { BtfMember, BtfType } from "../assembler/btf/types.ts";
import { typeDifference } from "./match.ts";

interface MapShape {
  /** Attributes that are numbers, by their names; those that are left out are 0. */
  readonly numbers: Map<string, number>;
  readonly types: Map<"key" | "value", BtfType>;
  inner: MapShape | undefined;
}

const numberNames = [
  "type", "max_entries", "map_flags", "numa_node", "pinning", "map_extra", "key_size", "value_size",
] as const;

/** BPF_MAP_TYPE_PROG_ARRAY, ARRAY_OF_MAPS, HASH_OF_MAPS (include/uapi/linux/bpf.h). */
const programArray = 3, outerMaps: readonly number[] = [12, 13];

/** Compares what the types of two variables in `.maps` say. @returns what differs, in words. */
export function mapDifference(one: BtfType, other: BtfType): string | undefined {
  const left = shapeOf(one, true), right = shapeOf(other, true);
  if (typeof left === "string") return left;
  if (typeof right === "string") return right;
  return shapeDifference(left, right);
}

function shapeDifference(one: MapShape, other: MapShape): string | undefined {
  for (const name of numberNames) {
    const ours = one.numbers.get(name) ?? 0, theirs = other.numbers.get(name) ?? 0;
    if (ours !== theirs) return `${name} is ${ours} and ${theirs}`;
  }
  for (const name of ["key", "value"] as const) {
    const ours = one.types.get(name), theirs = other.types.get(name);
    if ((ours === undefined) !== (theirs === undefined)) return `only one of them gives a type for ${name}`;
    const difference = ours === undefined || theirs === undefined ? undefined : typeDifference(ours, theirs);
    if (difference !== undefined) return `the types of ${name} differ: ${difference}`;
  }
  if ((one.inner === undefined) !== (other.inner === undefined)) return "only one of them gives the inner map";
  if (one.inner === undefined || other.inner === undefined) return undefined;
  const inner = shapeDifference(one.inner, other.inner);
  return inner === undefined ? undefined : `inner map: ${inner}`;
}

/** What a variable's type says of a map; a text when it is no definition of a map. */
function shapeOf(type: BtfType, outer: boolean): MapShape | string {
  const record = resolveType(type);
  if (record.kind !== "struct") return `a ${record.kind} defines no map`;
  const shape: MapShape = { numbers: new Map(), types: new Map(), inner: undefined };
  for (const [i, member] of record.members.entries()) {
    const last = i === record.members.length - 1;
    const error = readMember(member, shape, outer, last);
    if (error !== undefined) return `the definition's member '${member.name}' ${error}`;
  }
  return (shape.numbers.get("type") ?? 0) === 0 ? "the definition has no type of map" : shape;
}

/** Adds what a member says; gives a text when it says nothing that is known. */
function readMember(member: BtfMember, shape: MapShape, outer: boolean, last: boolean): string | undefined {
  switch (member.name) {
    case "key": case "value": {
      if (member.type.kind !== "ptr") return "is no pointer";
      const size = sizeOfType(member.type.type);
      if (size === undefined) return "points at a type without size";
      shape.types.set(member.name, member.type.type);
      return setSize(shape, `${member.name}_size`, size);
    }
    case "values": {
      if (!last) return "is not the last";
      const slots = readSlots(member, shape, outer);
      return slots ?? setSize(shape, "value_size", 4);
    }
    default: {
      if (!numberNames.some((name) => name === member.name)) return "is unknown";
      const pointer = resolveType(member.type);
      if (pointer.kind !== "ptr" || pointer.type.kind !== "array") return "says no number";
      const number = pointer.type.count;
      if (member.name === "key_size" || member.name === "value_size") return setSize(shape, member.name, number);
      if (member.name === "pinning" && (!outer || number > 1)) return `cannot be ${number} here`;
      shape.numbers.set(member.name, number);
      return undefined;
    }
  }
}

function setSize(shape: MapShape, name: string, size: number): string | undefined {
  const known = shape.numbers.get(name) ?? 0;
  if (known !== 0 && known !== size) return `gives ${name} as ${size}, which was ${known}`;
  shape.numbers.set(name, size);
  return undefined;
}

function readSlots(member: BtfMember, shape: MapShape, outer: boolean): string | undefined {
  const kind = shape.numbers.get("type") ?? 0;
  if (!outer) return "would make an inner map of an inner map";
  if (kind !== programArray && !outerMaps.includes(kind)) return "is for maps of maps and of programs";
  if (member.type.kind !== "array" || member.type.count !== 0) return "is no array without size";
  const pointer = resolveType(member.type.element);
  const target = pointer.kind === "ptr" ? resolveType(pointer.type) : pointer;
  if (kind === programArray) return pointer.kind === "ptr" && target.kind === "func_proto" ? undefined : "names no programs";
  if (pointer.kind !== "ptr" || target.kind !== "struct") return "names no maps";
  const inner = shapeOf(target, false);
  if (typeof inner === "string") return `names maps: ${inner}`;
  shape.inner = inner;
  return undefined;
}
