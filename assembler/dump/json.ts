/**
 * Everything that is known of an object as one JSON value: sections with their bytes and relocations, code with its
 * instructions, symbols, maps, types and what BTF says of instructions. Types refer to one another by id.
 */
import { describeCoreRelocation } from "../btf/core-text.ts";
import type { BtfType } from "../btf/types.ts";
import { unreachable } from "../unreachable.ts";
import type { CodeNotes } from "../disassemble.ts";
import { relocationName, symbolName } from "../disassemble.ts";
import { decode } from "../isa/decode.ts";
import { printInstruction } from "../isa/print.ts";
import type { ObjectFile, ObjectSymbol, Section } from "../object/object.ts";
import { isCode } from "../object/object.ts";
import type { DumpedMap } from "./maps.ts";
import { mapTypeName } from "./maps.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface Described {
  readonly file: string;
  readonly object: ObjectFile;
  readonly types: readonly BtfType[] | undefined;
  readonly notes: CodeNotes | undefined;
  readonly maps: readonly DumpedMap[];
  readonly alu32: boolean;
}

export function describeAsJson({ file, object, types, notes, maps, alu32 }: Described): Json {
  const ids = new Map(types?.map((type, id) => [type, id]));
  const idOf = (type: BtfType): number => ids.get(type) ?? 0;
  return {
    file,
    format: "elf64-bpf",
    endian: object.endian,
    sections: object.sections.map((section) => describeSection(object, section, alu32)),
    symbols: object.symbols.map(describeSymbol),
    maps: maps.map(describeMap),
    btf: types === undefined ? null : types.slice(1).map((type) => describeType(type, idOf)),
    notes: notes === undefined ? null : notes.sections.map(({ name, functions, lines, relocations }) => ({
      section: name,
      functions: functions.map(({ offset, type }) => ({ offset, type: idOf(type), name: "name" in type ? type.name : "" })),
      lines: lines.map((line) => ({ ...line })),
      relocations: relocations.map((one) => ({
        offset: one.offset, kind: one.kind, type: idOf(one.type), access: one.access,
        text: describeCoreRelocation(one, idOf),
      })),
    })),
  };
}

function describeSection(object: ObjectFile, section: Section, alu32: boolean): Json {
  const { name, type, flags, align, size, entsize, data, link } = section;
  return {
    name, type, flags, align, size, entsize, link: link?.name ?? null,
    data: data === undefined || isCode(section) ? null : hexBytes(data),
    relocations: section.relocations.map(({ offset, type: kind, symbol }) =>
      ({ offset, type: relocationName(kind), symbol: symbolName(symbol) })),
    code: data === undefined || !isCode(section) ? null : describeCode(object, data, alu32),
  };
}

function describeCode(object: ObjectFile, data: Uint8Array, alu32: boolean): Json {
  const placed = decode(data, object.endian);
  return placed.map(({ offset, instruction }, index) => {
    const bytes = hexBytes(data.subarray(offset, placed[index + 1]?.offset ?? data.length));
    return instruction.op === "illegal" ? { offset, bytes, illegal: instruction.reason }
      : { offset, bytes, op: instruction.op, text: printInstruction(instruction, { alu32 }) };
  });
}

function hexBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

function describeSymbol(symbol: ObjectSymbol): Json {
  const { name, home, value, size, bind, type, visibility } = symbol;
  const defined = typeof home !== "string";
  return { name, section: defined ? home.name : null, home: defined ? "section" : home, value, size, bind, type, visibility };
}

function describeMap(map: DumpedMap): Json {
  const { legacy, inner, numaNode, type } = map;
  return {
    ...map, type: mapTypeName(type), typeNumber: type, numaNode: numaNode ?? null,
    legacy: legacy === undefined ? null : { ...legacy }, inner: inner === undefined ? null : describeMap(inner),
    values: map.values.map((value) => ({ ...value })),
  };
}

/** A number where JSON's readers keep it exactly, else its digits. */
function integer(value: bigint): Json {
  return BigInt(Number.MIN_SAFE_INTEGER) <= value && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
}

function describeType(type: BtfType, idOf: (type: BtfType) => number): Json {
  const id = idOf(type);
  switch (type.kind) {
    case "void": case "int": case "fwd": case "float":
      return { id, ...type };
    case "ptr": case "const": case "volatile": case "restrict": case "typedef": case "func": case "var": case "decl_tag":
    case "type_tag":
      return { id, ...type, type: idOf(type.type) };
    case "array":
      return { id, ...type, element: idOf(type.element), index: idOf(type.index) };
    case "struct": case "union":
      return { id, ...type, members: type.members.map((member) => ({ ...member, type: idOf(member.type) })) };
    case "enum": case "enum64":
      return { id, ...type, values: type.values.map(({ name, value }) => ({ name, value: integer(value) })) };
    case "func_proto":
      return {
        id, ...type, returns: idOf(type.returns),
        params: type.params.map(({ name, type: param }) => ({ name, type: idOf(param) })),
      };
    case "datasec":
      return {
        id, ...type,
        vars: type.vars.map(({ type: variable, offset, size }) => ({ type: idOf(variable), offset, size })),
      };
    default:
      return unreachable(type);
  }
}
