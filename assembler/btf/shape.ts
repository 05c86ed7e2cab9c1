/**
 * What a BTF type says of itself, apart from what the types it names say: name, sizes, places of members. Two types of
 * different shape are never one; for types that name no other, the shape is all.
 */

import { unreachable } from "../unreachable.ts";
import type { BtfEnum, BtfEnum64, BtfFloat, BtfForward, BtfInt, BtfRecord, BtfType } from "./types.ts";

/** The name of a type (the text of a tag); "" for what has none. */
export function nameOf(type: BtfType): string {
  switch (type.kind) {
    case "void": case "ptr": case "array": case "volatile": case "const": case "restrict": case "func_proto":
      return "";
    case "decl_tag": case "type_tag":
      return type.tag;
    default:
      return type.name;
  }
}

/** All that a primitive says, as a text. */
export function primitiveKey(type: BtfInt | BtfFloat | BtfForward): string {
  switch (type.kind) {
    case "int": return `int ${type.size} ${type.encoding} ${type.bits} ${type.bitOffset} ${type.name}`;
    case "float": return `float ${type.size} ${type.name}`;
    case "fwd": return `fwd ${type.record} ${type.name}`;
    default: return unreachable(type);
  }
}

/** Is the enum declared only? */
export function isDeclaredEnum(type: BtfEnum | BtfEnum64): boolean {
  return type.values.length === 0;
}

/** Do two enums say the same? */
export function isSameEnum(one: BtfEnum | BtfEnum64, other: BtfEnum | BtfEnum64): boolean {
  return one.kind === other.kind && one.name === other.name && one.size === other.size && one.signed === other.signed
    && one.values.length === other.values.length && one.values.every((value, i) => {
    const theirs = other.values[i];
    return theirs !== undefined && value.name === theirs.name && value.value === theirs.value;
  });
}

/**
 * Do two types say the same, what they name left out? An enum that is declared only agrees with one that is defined.
 */
export function hasSameShape(one: BtfType, other: BtfType): boolean {
  switch (one.kind) {
    case "void":
      return other.kind === one.kind;
    case "int": case "float": case "fwd":
      return other.kind === one.kind && primitiveKey(one) === primitiveKey(other);
    case "enum": case "enum64":
      return other.kind === one.kind && one.name === other.name
        && (isDeclaredEnum(one) || isDeclaredEnum(other) || isSameEnum(one, other));
    case "ptr": case "volatile": case "const": case "restrict":
      return other.kind === one.kind;
    case "typedef":
      return other.kind === one.kind && one.name === other.name;
    case "func": case "var":
      return other.kind === one.kind && one.name === other.name && one.linkage === other.linkage;
    case "type_tag":
      return other.kind === one.kind && one.tag === other.tag && one.attribute === other.attribute;
    case "decl_tag":
      return other.kind === one.kind && one.tag === other.tag && one.component === other.component
        && one.attribute === other.attribute;
    case "array":
      return other.kind === one.kind && one.count === other.count;
    case "struct": case "union":
      return other.kind === one.kind && isSameRecord(one, other);
    case "func_proto":
      return other.kind === one.kind && one.variadic === other.variadic && one.params.length === other.params.length
        && one.params.every((param, i) => param.name === other.params[i]?.name);
    case "datasec":
      return false;
    default:
      return unreachable(one);
  }
}

function isSameRecord(one: BtfRecord, other: BtfRecord): boolean {
  return one.name === other.name && one.size === other.size && one.members.length === other.members.length
    && one.members.every((member, i) => {
      const theirs = other.members[i];
      return theirs !== undefined && member.name === theirs.name && member.bitOffset === theirs.bitOffset
        && member.bitSize === theirs.bitSize;
    });
}
