/**
 * CO-RE: from accesses and builtins to queries that the loader answers for the running kernel.
 *
 * An access is a chain of members and constant elements: `p->a.b[2]` is one query, with the record that `p` points to
 * as root and "0:1:2:2" as access string; what is not preserved (a variable index, a cast, a record without
 * `preserve_access_index` outside of `__builtin_preserve_access_index`) starts a new chain. The first number of the
 * string counts whole records behind the pointer, as in `p[3].a`. Each chain gives one `core` value, which is added to
 * the pointer that the chain starts from: the offset is never known to the optimiser.
 *
 * Answers that the program's own types give stand in the object, and libbpf compares them with its own: they are found
 * as tools/lib/bpf/relo_core.c (bpf_core_calc_field_relo) finds them. A bit-field is read from a unit of its type's
 * size.
 */
import type { BuiltinExpr, Expression, InitializerItem } from "../ast/program.ts";
import type { Loc } from "../source/source-map.ts";
import { isVolatile } from "../types/basic.ts";
import { canonical } from "../types/ctype.ts";
import type { BitField, CType, Member, RecordDecl } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { printType } from "../types/print.ts";
import { coreValue, undef } from "../ir/module.ts";
import type { AnyValue, Value } from "../ir/module.ts";
import type { CoreKind } from "../ir/ops.ts";
import { alignAt, alignBehind } from "./alignment.ts";
import { emit, offset } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { expression } from "./expression.ts";
import { lvalue } from "./lvalue.ts";
import type { Lvalue } from "./lvalue.ts";

type Step =
  | { readonly kind: "member"; readonly record: CType; readonly member: Member; readonly index: number }
  | { readonly kind: "element"; readonly type: CType; readonly index: number };

/** A chain of accesses, from the innermost outwards, and where it starts: at a pointer's target or at an object. */
interface Chain {
  readonly steps: readonly Step[];
  readonly start: { readonly kind: "pointer" | "object"; readonly expression: Expression };
}

/** What a chain asks for, in the terms of a relocation. */
interface Access {
  readonly root: CType;
  readonly text: string;
  /** Bytes from the root to the field, or to the unit that a bit-field is read from. */
  readonly offset: number;
  readonly bytes: number;
  readonly type: CType;
  /** Counted from the start of the unit. */
  readonly bitField: BitField | undefined;
}

const largest = 0x7fffffff;

/** Evaluates with every access preserved: `__builtin_preserve_access_index`. */
export function preserving<T>(f: FunctionContext, work: () => T): T {
  const outer = f.preserving;
  f.preserving = true;
  const result = work();
  f.preserving = outer;
  return result;
}

/** The place that a preserved access names; undefined when the access is an ordinary one. */
export function preservedPlace(f: FunctionContext, e: Expression): Lvalue | undefined {
  const chain = chainOf(f, e);
  const access = chain === undefined ? undefined : accessOf(chain.steps);
  if (chain === undefined || access === undefined) return undefined;
  const { start } = chain;
  const from: Pick<Lvalue, "address" | "align" | "volatile"> = start.kind === "object" ? lvalue(f, start.expression)
    : { address: expression(f, start.expression), align: alignBehind(start.expression), volatile: false };
  f.loc = e.loc;
  refuseWide(f, e.loc, access);
  const query = core(f, "byte_off", access.root, access.text, BigInt(access.offset));
  const align = alignAt(from.align, access.offset);
  const place = { address: emit(f, "ptradd", "ptr", [from.address, query], undefined), type: e.type,
    volatile: from.volatile || isVolatile(e.type) };
  if (access.bitField === undefined) return { ...place, align, bitField: undefined };
  return { ...place, align, bitField: { place: access.bitField, recordSize: access.bytes, whole: true } };
}

/** The place of an item: `offset` bytes into the object as the program knows it. A bit-field counts from the place. */
export interface ItemPlace {
  readonly address: AnyValue;
  readonly offset: number;
  readonly size: number;
  readonly bitField: BitField | undefined;
  /** The bit-field's unit is the place: it is read and written in one piece. */
  readonly whole: boolean;
}

/**
 * Where an initialiser's item goes in an object of a type, when its members are relocated; undefined for an ordinary
 * place. As in clang, the elements of arrays are not relocated.
 */
export function preservedItem(
  f: FunctionContext, object: AnyValue, type: CType, item: InitializerItem,
): ItemPlace | undefined {
  const steps: Step[] = [];
  let at: CType = type;
  let before = 0;
  let left = item.offset;
  let { bitField } = item;
  for (;;) {
    const t = canonical(at);
    if (left === 0 && bitField === undefined && t === canonical(item.type)) break;
    if (t.kind === "array" && steps.length === 0) {
      const size = Math.max(sizeOf(t.of), 1);
      before += left - left % size;
      left %= size;
      at = t.of;
      continue;
    }
    if (t.kind !== "record") break;
    const { preserveAccessIndex } = t.decl.attributes;
    if (steps.length > 0 && !preserveAccessIndex) break;
    const bit = bitField === undefined ? left * 8 : bitField.bitOffset;
    const index = t.decl.members?.findIndex((member) => holds(member, bit, item)) ?? -1;
    const member = t.decl.members?.[index];
    if (member === undefined) return undefined;
    if (!preserveAccessIndex) before += member.offset;
    else steps.push({ kind: "member", record: unqualified(at), member, index: indexInBtf(t.decl, index) });
    at = member.type;
    if (member.bitField !== undefined) break;
    left -= member.offset;
    if (bitField !== undefined) bitField = { ...bitField, bitOffset: bitField.bitOffset - member.offset * 8 };
  }
  const access = accessOf(steps);
  if (access === undefined) return undefined;
  const start = offset(f, object, before);
  const query = core(f, "byte_off", access.root, access.text, BigInt(access.offset));
  const place = emit(f, "ptradd", "ptr", [start, query], undefined);
  if (access.bitField !== undefined) {
    refuseWide(f, f.loc, access);
    const { bytes: size, bitField: inUnit } = access;
    return { address: place, offset: before + access.offset, size, bitField: inUnit, whole: true };
  }
  if (bitField !== undefined) {
    return { address: place, offset: before + access.offset, size: sizeOf(at), bitField, whole: false };
  }
  return { address: offset(f, place, left), offset: item.offset, size: sizeOf(item.type), bitField, whole: false };
}

/** Does the member hold what the item initialises, which begins at the bit of the record? In a union by its type. */
function holds(member: Member, bit: number, item: InitializerItem): boolean {
  if (member.bitField !== undefined) {
    return item.bitField !== undefined && member.name !== undefined && member.bitField.bitOffset === bit
      && member.bitField.width === item.bitField.width;
  }
  const start = member.offset * 8;
  if (bit < start || bit >= start + sizeOf(member.type) * 8) return false;
  const t = canonical(member.type);
  return t.kind === "record" || t.kind === "array" || bit === start && item.bitField === undefined
    && sizeOf(t) === sizeOf(item.type);
}

/** A query's answer, as i64. */
function core(f: FunctionContext, kind: CoreKind, root: CType, access: string, value: bigint): Value<"core"> {
  if (kind !== "enumval_value" && value > BigInt(largest)) {
    f.m.diagnostics.error(f.loc, `${value} is too large for a CO-RE relocation: the instruction has 32 bits, signed`);
    return coreValue(f.fn, { kind, root, name: printType(root), access, value: 0n });
  }
  return coreValue(f.fn, { kind, root, name: printType(root), access, value });
}

/** libbpf reads a bit-field by one access of at most 8 bytes. */
function refuseWide(f: FunctionContext, loc: Loc, access: Access): void {
  if (access.bytes <= 8 || access.bitField === undefined) return;
  f.m.diagnostics.error(loc, "a bit-field that spans more than 8 bytes cannot be relocated");
}

function chainOf(f: FunctionContext, e: Expression): Chain | undefined {
  const steps: Step[] = [];
  const from = (kind: "pointer" | "object", expression: Expression): Chain | undefined =>
    steps.length === 0 ? undefined : { steps: steps.reverse(), start: { kind, expression } };
  for (let at = e; ;) {
    if (at.kind === "member") {
      const record = canonical(at.base.type);
      if (record.kind !== "record" || !f.preserving && !record.decl.attributes.preserveAccessIndex) {
        return from("object", at);
      }
      const index = indexInBtf(record.decl, at.index);
      steps.push({ kind: "member", record: unqualified(at.base.type), member: at.member, index });
      at = at.base;
    } else if (at.kind === "dereference") {
      let { pointer } = at;
      if (at.element !== undefined) {
        steps.push({ kind: "element", type: at.type, index: Number(at.element.index) });
        pointer = at.element.array;
        if (pointer.kind !== "decay") return from("pointer", pointer);
        at = pointer.lvalue;
      } else if (pointer.kind === "addressOf" && steps.length > 0) at = pointer.lvalue;
      else return from("pointer", pointer);
    } else {
      return from("object", at);
    }
  }
}

/** BTF has no unnamed bit-fields. */
function indexInBtf(decl: RecordDecl, index: number): number {
  let skipped = 0;
  for (const member of decl.members?.slice(0, index) ?? []) {
    if (member.name === undefined && member.bitField !== undefined) skipped++;
  }
  return index - skipped;
}

function unqualified(type: CType): CType {
  let t = type;
  while (t.kind === "qualified" || t.kind === "tagged") t = t.of;
  return t;
}

/** The chain as a relocation says it; undefined when it starts from no record, which none can. */
function accessOf(steps: readonly Step[]): Access | undefined {
  let first = 0;
  let at = 0;
  let root: CType | undefined;
  for (; root === undefined; at++) {
    const step = steps[at];
    if (step === undefined) return undefined;
    if (step.kind === "member") {
      root = step.record;
      break;
    }
    const { count, of } = flattened(step.type);
    if (of.kind !== "record") return undefined;
    first += step.index * count;
    if (canonical(step.type).kind !== "array") root = of;
  }
  let offset = first * sizeOf(root);
  let type: CType = root;
  let text = String(first);
  let bitField: BitField | undefined;
  for (const step of steps.slice(at)) {
    text += `:${step.index}`;
    if (step.kind === "element") {
      type = step.type;
      offset += step.index * sizeOf(type);
      continue;
    }
    type = step.member.type;
    bitField = step.member.bitField;
    if (bitField === undefined) offset += step.member.offset;
  }
  if (bitField === undefined) return { root, text, offset, bytes: sizeOf(type), type, bitField };
  const bit = offset * 8 + bitField.bitOffset;
  let bytes = sizeOf(type);
  const unit = (): number => Math.floor(bit / 8 / bytes) * bytes;
  while (bytes <= 8 && bit + bitField.width > (unit() + bytes) * 8) bytes *= 2;
  return { root, text, offset: unit(), bytes, type, bitField: { bitOffset: bit - unit() * 8, width: bitField.width } };
}

/** The innermost element type of nested arrays, and how many of them there are. */
function flattened(type: CType): { count: number; of: ReturnType<typeof canonical> } {
  let count = 1;
  let of = canonical(type);
  for (; of.kind === "array"; of = canonical(of.of)) count *= typeof of.length === "number" ? of.length : 0;
  return { count, of };
}

const fieldKinds = ["byte_off", "byte_sz", "field_exists", "signed", "lshift_u64", "rshift_u64"] as const;
const typeKinds = ["type_exists", "type_size", "type_matches"] as const;
const enumKinds = ["enumval_exists", "enumval_value"] as const;
const idKinds = ["local_type_id", "target_type_id"] as const;

/**
 * `__builtin_preserve_field_info(access, kind)`: an unsigned int. What leads to the field is evaluated, not the field.
 */
export function fieldInfo(f: FunctionContext, e: BuiltinExpr): AnyValue {
  const [argument] = e.arguments;
  const kind = fieldKinds[Number(e.constants[0])];
  const chain = preserving(f, () => chainOf(f, argument));
  const access = chain === undefined ? undefined : accessOf(chain.steps);
  if (kind === undefined || chain === undefined || access === undefined) {
    f.m.diagnostics.error(argument.loc, "__builtin_preserve_field_info argument 1 not a field access in a record");
    return undef(f.fn, "i32");
  }
  preserving(f, () => {
    if (chain.start.kind === "pointer") expression(f, chain.start.expression);
    else lvalue(f, chain.start.expression);
  });
  f.loc = e.loc;
  refuseWide(f, e.loc, access);
  const answer = core(f, kind, access.root, access.text, BigInt(fieldAnswer(f, kind, access)));
  return emit(f, "truncate", "i32", [answer], undefined);
}

/** The shifts bring a field that was read into the low bits of 64 to the top, and back down. */
function fieldAnswer(f: FunctionContext, kind: typeof fieldKinds[number], access: Access): number {
  const { bytes, bitField } = access;
  const width = bitField === undefined ? bytes * 8 : bitField.width;
  switch (kind) {
    case "byte_off": return access.offset;
    case "byte_sz": return bytes;
    case "field_exists": return 1;
    case "signed": {
      const t = canonical(access.type);
      return t.kind === "integer" && t.signed || t.kind === "enum" && t.decl.underlying.signed ? 1 : 0;
    }
    case "lshift_u64":
      if (bitField === undefined) return Math.max(64 - width, 0);
      if (f.m.options.target.endian === "big") return (8 - bytes) * 8 + bitField.bitOffset;
      return 64 - bitField.bitOffset - width;
    case "rshift_u64": return Math.max(64 - width, 0);
  }
}

/** `__builtin_preserve_type_info(*(T *)0, kind)`: an unsigned long. */
export function typeInfo(f: FunctionContext, e: BuiltinExpr): AnyValue {
  const kind = typeKinds[Number(e.constants[0])] ?? "type_exists";
  const type = unqualified(e.arguments[0].type);
  f.loc = e.loc;
  return core(f, kind, type, "0", kind === "type_size" ? BigInt(sizeOf(type)) : 1n);
}

/** `__builtin_preserve_enum_value(*(enum E *)X, kind)`: an unsigned long. */
export function enumValue(f: FunctionContext, e: BuiltinExpr): AnyValue {
  const [kind, index] = e.constants.map(Number);
  const type = unqualified(e.arguments[0].type);
  const t = canonical(type);
  const constant = t.kind === "enum" ? t.decl.constants?.[index] : undefined;
  if (constant === undefined) throw new Error("an enumerator without an enumeration");
  f.loc = e.loc;
  const name = enumKinds[kind] ?? "enumval_exists";
  return core(f, name, type, String(index), name === "enumval_exists" ? 1n : constant.value);
}

/** `__builtin_btf_type_id(object, kind)`: an unsigned long, known when BTF is written. */
export function typeId(f: FunctionContext, e: BuiltinExpr): AnyValue {
  const kind = idKinds[Number(e.constants[0])] ?? "local_type_id";
  f.loc = e.loc;
  return core(f, kind, unqualified(e.arguments[0].type), "0", 0n);
}
