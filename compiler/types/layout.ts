/**
 * Layout: how many bytes an object of a type takes, at which multiple it stands, and where the members of a record lie.
 *
 * The rules are the System V psABI's as clang applies them to the BPF target (the reference is `clang -target bpf`,
 * with which the tests compare): a member stands at the next multiple of its alignment; a bit-field follows the bit
 * before it unless it would cross a boundary of its declared type; `packed` takes alignment 1, `aligned` raises it,
 * `#pragma pack` caps it. Bit positions count in declaration order from the start of the record, as BTF counts them; on
 * a little-endian target that is from the least significant bit of byte 0, on a big-endian one from its most
 * significant bit.
 */
import { canonical } from "./ctype.ts";
import type { BitField, CType, Member, RecordDecl } from "./ctype.ts";
import type { Loc } from "../source/source-map.ts";
import { unreachable } from "../source/unreachable.ts";

/** Does an object of this type have a known size (C11 6.2.5p1)? A variable-length array counts as complete. */
export function isComplete(type: CType): boolean {
  const t = canonical(type);
  switch (t.kind) {
    case "void":
    case "function":
      return false;
    case "record":
      return t.decl.members !== undefined;
    case "enum":
      return t.decl.constants !== undefined;
    case "array":
      return t.length !== "incomplete" && isComplete(t.of);
    case "integer":
    case "float":
    case "pointer":
    case "error":
      return true;
    default:
      return unreachable(t);
  }
}

/** Bytes of an object. `void` and functions have 1 (GNU arithmetic); incomplete and variable-length types have 0. */
export function sizeOf(type: CType): number {
  const t = canonical(type);
  switch (t.kind) {
    case "void":
    case "function":
      return 1;
    case "integer":
    case "float":
      return t.size;
    case "pointer":
      return 8;
    case "array":
      return typeof t.length === "number" ? t.length * sizeOf(t.of) : 0;
    case "record":
      return t.decl.size;
    case "enum":
      return t.decl.underlying.size;
    case "error":
      return 1;
    default:
      return unreachable(t);
  }
}

/** Bytes; the outermost `aligned` of a typedef decides, since clang lets a typedef lower the alignment too. */
export function alignOf(type: CType): number {
  let t = type;
  while (t.kind === "typedef" || t.kind === "qualified" || t.kind === "tagged") {
    if (t.kind === "tagged" && t.tag.kind === "aligned") return t.tag.bytes;
    t = t.of;
  }
  switch (t.kind) {
    case "void":
    case "function":
      return t.kind === "void" ? 1 : 8;
    case "integer":
      return t.name === "_BitInt" ? Math.min(t.size, 8) : t.size;
    case "float":
      return t.size;
    case "pointer":
      return 8;
    case "array":
      return alignOf(t.of);
    case "record":
      return t.decl.align;
    case "enum":
      return t.decl.underlying.size;
    case "error":
      return 1;
    default:
      return unreachable(t);
  }
}

/** A member as declared, before it has a place. */
export interface MemberToPlace {
  readonly name: string | undefined;
  readonly type: CType;
  readonly loc: Loc;
  /** Bits of a bit-field; undefined for an ordinary member. */
  readonly bitWidth: number | undefined;
  /** `packed` on the member itself. */
  readonly packed: boolean;
  /** `aligned` or `_Alignas` on the member: bytes, 0 when not given. */
  readonly align: number;
  readonly declTags: readonly string[];
}

export interface RecordLayoutOptions {
  readonly isUnion: boolean;
  readonly packed: boolean;
  /** `aligned` on the record: bytes, 0 when not given. */
  readonly align: number;
  /** `#pragma pack(n)` in force: bytes, 0 when none. */
  readonly pack: number;
}

export interface RecordLayout {
  readonly members: readonly Member[];
  readonly size: number;
  readonly align: number;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** Gives each member its place. All positions are counted in bits here (exact in a double: no object is that large). */
export function layoutRecord(members: readonly MemberToPlace[], options: RecordLayoutOptions): RecordLayout {
  const placed: Member[] = [];
  let end = 0;
  let size = 0;
  let align = Math.max(1, options.align);
  for (const member of members) {
    const start = options.isUnion ? 0 : end;
    if (member.bitWidth === undefined) {
      const fieldAlign = ordinaryAlign(member, options);
      const at = roundUp(start, fieldAlign * 8);
      placed.push(makeMember(member, at / 8, undefined));
      end = at + sizeOf(member.type) * 8;
      align = Math.max(align, fieldAlign);
    } else {
      const field = placeBitField(member, member.bitWidth, start, options);
      const unit = Math.max(1, sizeOf(member.type));
      const place: BitField = { bitOffset: field.bitOffset, width: member.bitWidth };
      placed.push(makeMember(member, Math.floor(field.bitOffset / 8 / unit) * unit, place));
      end = field.bitOffset + member.bitWidth;
      align = Math.max(align, field.recordAlign);
    }
    size = Math.max(size, end);
  }
  return { members: placed, size: roundUp(Math.ceil(size / 8), align), align };
}

function makeMember(member: MemberToPlace, offset: number, bitField: BitField | undefined): Member {
  const { name, type, loc, declTags } = member;
  return { name, type, loc, offset, bitField, declTags };
}

/** Bytes at whose multiple an ordinary member stands. */
function ordinaryAlign(member: MemberToPlace, options: RecordLayoutOptions): number {
  let align = options.packed || member.packed ? 1 : alignOf(member.type);
  align = Math.max(align, member.align);
  if (options.pack > 0) align = Math.min(align, options.pack);
  return align;
}

/**
 * Where a bit-field lies and what it asks of the record's alignment. A field of width 0 ends the unit; an unnamed one
 * asks for no alignment.
 */
function placeBitField(
  member: MemberToPlace, width: number, start: number, options: RecordLayoutOptions,
): { bitOffset: number; recordAlign: number } {
  const unitBits = sizeOf(member.type) * 8;
  const packed = options.packed || member.packed;
  let natural = alignOf(member.type);
  let align = packed && width > 0 ? 1 / 8 : natural;
  if (member.align > 0) {
    align = Math.max(align, member.align);
    natural = Math.max(natural, member.align);
  }
  if (options.pack > 0 && width > 0) {
    natural = Math.min(natural, options.pack);
    align = packed ? natural : Math.min(align, options.pack);
  }
  let bitOffset = start;
  const alignBits = align * 8;
  if (width === 0 || (options.pack === 0 && (bitOffset % alignBits) + width > unitBits)) {
    bitOffset = roundUp(bitOffset, alignBits);
  } else if (member.align > 0 && (options.pack === 0 || member.align <= options.pack)) {
    bitOffset = roundUp(bitOffset, member.align * 8);
  }
  return { bitOffset, recordAlign: member.name === undefined ? 1 : Math.max(1, align) };
}

/** A member found by name, with the anonymous members that lead to it (outermost first). */
export interface MemberPath {
  readonly steps: readonly { readonly member: Member; readonly index: number }[];
}

/** Looks a name up in a complete record, through anonymous members (C11 6.7.2.1p13). */
export function findMember(record: RecordDecl, name: string): MemberPath | undefined {
  const members = record.members;
  if (members === undefined) return undefined;
  for (const [index, member] of members.entries()) {
    if (member.name === name) return { steps: [{ member, index }] };
    if (member.name !== undefined || member.bitField !== undefined) continue;
    const inner = canonical(member.type);
    if (inner.kind !== "record") continue;
    const path = findMember(inner.decl, name);
    if (path !== undefined) return { steps: [{ member, index }, ...path.steps] };
  }
  return undefined;
}

/**
 * The bits of a member's storage in bytes, for initialisers and accesses: a bit-field spans the bytes its bits touch.
 */
export function bytesOfMember(member: Member): { readonly offset: number; readonly size: number } {
  if (member.bitField === undefined) return { offset: member.offset, size: sizeOf(member.type) };
  const first = Math.floor(member.bitField.bitOffset / 8);
  const last = Math.ceil((member.bitField.bitOffset + member.bitField.width) / 8);
  return { offset: first, size: last - first };
}

/** Does the record end in a flexible or zero-length array, itself or through its last member? */
export function hasFlexibleArray(record: RecordDecl): boolean {
  const last = record.members?.at(-1);
  if (last === undefined) return false;
  const type = canonical(last.type);
  if (type.kind === "array") return type.length === "incomplete";
  return type.kind === "record" && hasFlexibleArray(type.decl);
}
