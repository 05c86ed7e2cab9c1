/**
 * Type graph -> the bytes of `.BTF` and `.BTF.ext`.
 *
 * Ids are given to the listed types in their order, from 1, and then to whatever these reach and the list does not
 * have, in order of first reach. So a list in the wanted order keeps it (`reachableTypes` makes one by preorder), and
 * what decode.ts gives is encoded with the ids that it had. Equal graphs give equal bytes.
 *
 * An object file has relocations on two kinds of fields, which the encoder reports and the object's writer makes: the
 * offsets of variables in DATASEC entries, and the instruction offsets in `.BTF.ext`.
 */

import { ByteWriter } from "./bytes.ts";
import { encodeBtfExt } from "./ext.ts";
import type { BtfExtFixup, BtfExtSection } from "./ext.ts";
import { StringTable } from "./strings.ts";
import { BtfError, btfKindNumber, forEachReference } from "./types.ts";
import type { BtfDataSec, BtfLinkage, BtfSectionVar, BtfType } from "./types.ts";
import { unreachable } from "../unreachable.ts";

/** What is to be encoded: the types in order, and what is known of the instructions, if anything. */
export interface BtfInput {
  readonly types: readonly BtfType[];
  readonly sections?: readonly BtfExtSection[];
}

/**
 * The offset field of a section's variable, at byte `offset` of `.BTF`. clang relocates it by R_BPF_64_NODYLD32
 * against the variable's symbol (field 0), or for a static one against the section (field = offset in the section).
 */
export interface BtfVarFixup { offset: number; section: BtfDataSec; variable: BtfSectionVar }

export interface EncodedBtf {
  btf: Uint8Array;
  /** Undefined if nothing is said about any instruction. */
  ext: Uint8Array | undefined;
  /** The id of each type but `void`. */
  ids: ReadonlyMap<BtfType, number>;
  fixups: BtfVarFixup[];
  extFixups: BtfExtFixup[];
}

const headerSize = 24;

/** The most members, values, parameters or variables that one type can have (BTF_MAX_VLEN). */
export const maxEntries = 0xffff;

/** How many members, values, parameters or variables a type has. */
export function entriesOf(type: BtfType): number {
  switch (type.kind) {
    case "struct":
    case "union":
      return type.members.length;
    case "enum":
    case "enum64":
      return type.values.length;
    case "func_proto":
      return type.params.length + (type.variadic ? 1 : 0);
    case "datasec":
      return type.vars.length;
    default:
      return 0;
  }
}

const linkageNumber: { readonly [linkage in BtfLinkage]: number } = { static: 0, global: 1, extern: 2 };

/** Encodes a graph. @throws BtfError for what BTF cannot say: too many members, a bit-field out of range. */
export function encodeBtf(input: BtfInput, littleEndian: boolean): EncodedBtf {
  const { order, ids } = numberTypes(input.types);
  const strings = new StringTable();
  const fixups: BtfVarFixup[] = [];
  const out = new ByteWriter(littleEndian);
  out.u16(0xeb9f);
  out.u8(1);
  out.u8(0);
  out.u32(headerSize);
  for (let i = 0; i < 4; i++) out.u32(0);
  for (const type of order) writeType(out, type, ids, strings, fixups);

  const sections = input.sections ?? [];
  const said = sections.some((s) => s.functions.length + s.lines.length + s.relocations.length > 0);
  const ext = said ? encodeBtfExt(sections, ids, strings, littleEndian) : undefined;
  const typeLength = out.length - headerSize;
  const text = strings.encode();
  out.patch32(12, typeLength);
  out.patch32(16, typeLength);
  out.patch32(20, text.length);
  out.bytes(text);
  return { btf: out.finish(), ext: ext?.bytes, ids, fixups, extFixups: ext?.fixups ?? [] };
}

/** The order of the types, and the id of each, from 1. */
function numberTypes(listed: readonly BtfType[]): { order: BtfType[]; ids: Map<BtfType, number> } {
  const order: BtfType[] = [];
  const ids = new Map<BtfType, number>();
  const take = (type: BtfType): void => {
    if (type.kind === "void" || ids.has(type)) return;
    order.push(type);
    ids.set(type, order.length);
  };
  listed.forEach(take);
  // `order` grows while it is walked: what a type reaches comes behind everything known so far.
  for (let i = 0; i < order.length; i++) {
    const type = order[i];
    if (type !== undefined) forEachReference(type, take);
  }
  return { order, ids };
}

function writeType(
  out: ByteWriter, type: BtfType, ids: ReadonlyMap<BtfType, number>, strings: StringTable, fixups: BtfVarFixup[],
): void {
  const idOf = (reference: BtfType): number => reference.kind === "void" ? 0 : ids.get(reference) ?? 0;
  const head = (name: string, count: number, flag: boolean, word: number): void => {
    if (entriesOf(type) > maxEntries) throw new BtfError(`${type.kind} '${name}' has ${count} entries, more than ${maxEntries}`);
    out.u32(strings.add(name));
    out.u32((flag ? 1 << 31 : 0) | btfKindNumber[type.kind] << 24 | count);
    out.u32(word);
  };
  switch (type.kind) {
    case "void":
      return;
    case "int": {
      const encoding = type.encoding === "unsigned" ? 0 : type.encoding === "signed" ? 1
        : type.encoding === "char" ? 2 : 4;
      head(type.name, 0, false, type.size);
      out.u32(encoding << 24 | type.bitOffset << 16 | type.bits);
      return;
    }
    case "ptr": case "volatile": case "const": case "restrict":
      head("", 0, false, idOf(type.type));
      return;
    case "typedef":
      head(type.name, 0, false, idOf(type.type));
      return;
    case "type_tag":
      head(type.tag, 0, type.attribute === true, idOf(type.type));
      return;
    case "array":
      head("", 0, false, 0);
      out.u32(idOf(type.element));
      out.u32(idOf(type.index));
      out.u32(type.count);
      return;
    case "struct": case "union": {
      const bitFields = type.members.some((member) => member.bitSize !== 0);
      head(type.name, entriesOf(type), bitFields, type.size);
      for (const member of type.members) {
        out.u32(strings.add(member.name));
        out.u32(idOf(member.type));
        out.u32(memberOffset(member.bitOffset, member.bitSize, bitFields, `${type.kind} '${type.name}'`));
      }
      return;
    }
    case "enum":
      head(type.name, entriesOf(type), type.signed, type.size);
      for (const { name, value } of type.values) {
        out.u32(strings.add(name));
        out.u32(Number(BigInt.asIntN(32, value)));
      }
      return;
    case "enum64":
      head(type.name, entriesOf(type), type.signed, type.size);
      for (const { name, value } of type.values) {
        out.u32(strings.add(name));
        out.u32(Number(BigInt.asUintN(32, value)));
        out.u32(Number(BigInt.asUintN(32, value >> 32n)));
      }
      return;
    case "fwd":
      head(type.name, 0, type.record === "union", 0);
      return;
    case "func":
      // The linkage of a function stands where other kinds have their number of entries.
      head(type.name, linkageNumber[type.linkage], false, idOf(type.type));
      return;
    case "func_proto":
      head("", entriesOf(type), false, idOf(type.returns));
      for (const param of type.params) {
        out.u32(strings.add(param.name));
        out.u32(idOf(param.type));
      }
      if (type.variadic) {
        out.u32(0);
        out.u32(0);
      }
      return;
    case "var":
      head(type.name, 0, false, idOf(type.type));
      out.u32(linkageNumber[type.linkage]);
      return;
    case "datasec":
      head(type.name, entriesOf(type), false, type.size);
      for (const variable of type.vars) {
        out.u32(idOf(variable.type));
        fixups.push({ offset: out.length, section: type, variable });
        out.u32(variable.offset);
        out.u32(variable.size);
      }
      return;
    case "float":
      head(type.name, 0, false, type.size);
      return;
    case "decl_tag":
      head(type.tag, 0, type.attribute === true, idOf(type.type));
      out.u32(type.component);
      return;
    default:
      unreachable(type);
  }
}

/** The offset word of a member: in a record with bit-fields it holds the width too. */
function memberOffset(bitOffset: number, bitSize: number, bitFields: boolean, record: string): number {
  if (!bitFields) return bitOffset;
  if (bitOffset > 0xffffff || bitSize > 0xff) {
    throw new BtfError(`${record} has bit-fields and a member at bit ${bitOffset}, which BTF cannot say`);
  }
  return bitSize << 24 | bitOffset;
}
