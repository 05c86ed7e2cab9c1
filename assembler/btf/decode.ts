/**
 * The bytes of `.BTF` -> type graph, in either byte order.
 *
 * Input is not trusted: every read is checked against the bytes, every id and string offset against its table, and the
 * graph is refused when it runs in a circle that no C type can have (a typedef of itself, a struct that contains
 * itself), so that whoever walks the result needs no guards. The rules are those of kernel/bpf/btf.c.
 */

import { ByteReader } from "./bytes.ts";
import { StringReader } from "./strings.ts";
import { BtfError, btfKinds, btfVoid, forEachReference } from "./types.ts";
import type { BtfEnumerator, BtfIntEncoding, BtfKind, BtfLinkage, BtfMember, BtfType } from "./types.ts";
import { unreachable } from "../unreachable.ts";

export interface DecodedBtf {
  /** The types by id; the first is `void`. */
  types: readonly BtfType[];
  strings: StringReader;
  littleEndian: boolean;
}

/** One entry of the type section, with the ids that it names not yet looked up. */
interface RawType {
  id: number;
  kind: BtfKind;
  name: string;
  count: number;
  flag: boolean;
  /** Size in bytes, or a type id. */
  word: number;
  /** Where the entry's own data begins. */
  data: number;
}

const intEncodings: ReadonlyMap<number, BtfIntEncoding> = new Map([
  [0, "unsigned"], [1, "signed"], [2, "char"], [4, "bool"],
]);

const linkages: readonly BtfLinkage[] = ["static", "global", "extern"];

/** Bytes of data behind the common 12 of an entry: fixed, and per counted item. */
const dataSize: { readonly [kind in BtfKind]: readonly [fixed: number, perItem: number] } = {
  void: [0, 0], int: [4, 0], ptr: [0, 0], array: [12, 0], struct: [0, 12], union: [0, 12], enum: [0, 8], fwd: [0, 0],
  typedef: [0, 0], volatile: [0, 0], const: [0, 0], restrict: [0, 0], func: [0, 0], func_proto: [0, 8], var: [4, 0],
  datasec: [0, 12], float: [0, 0], decl_tag: [4, 0], type_tag: [0, 0], enum64: [0, 12],
};

/** Decodes a `.BTF` section. @throws BtfError on anything that is not well-formed. */
export function decodeBtf(bytes: Uint8Array): DecodedBtf {
  if (bytes.length < 24) throw new BtfError(`.BTF has ${bytes.length} bytes, less than its header`);
  const littleEndian = bytes[0] === 0x9f;
  const header = new ByteReader(bytes, littleEndian, 0, bytes.length, "the .BTF header");
  if (header.u16() !== 0xeb9f) throw new BtfError(".BTF has a wrong magic number");
  const version = header.u8();
  if (version !== 1) throw new BtfError(`.BTF has version ${version}, not 1`);
  const flags = header.u8();
  if (flags !== 0) throw new BtfError(`.BTF has unknown flags ${flags}`);
  const size = header.u32();
  if (size < 24 || size % 4 !== 0) throw new BtfError(`.BTF has a header of ${size} bytes`);
  const [typeStart, typeLength, stringStart, stringLength] = [header.u32(), header.u32(), header.u32(), header.u32()];
  if (typeStart % 4 !== 0) throw new BtfError(`the types of .BTF begin at byte ${typeStart}, which is not aligned`);

  const reader = new ByteReader(
    bytes, littleEndian, size + typeStart, size + typeStart + typeLength, "the type section of .BTF",
  );
  const text = new ByteReader(
    bytes, littleEndian, size + stringStart, size + stringStart + stringLength, "the string section of .BTF",
  );
  const strings = new StringReader(bytes.subarray(text.offset, text.end));

  const raws: RawType[] = [];
  while (reader.left > 0) raws.push(readHead(reader, raws.length + 1, strings));
  // Two rounds: every type must stand before any can point at it.
  const types: BtfType[] = [btfVoid];
  for (const raw of raws) types.push(emptyType(raw));
  for (const raw of raws) {
    const type = types[raw.id];
    if (type === undefined) continue;
    fillType(type, raw, new ByteReader(bytes, littleEndian, raw.data, reader.end, describe(raw)), types, strings);
  }
  // A record ends a chain of references, or else is followed only to what it contains by value.
  refuseCircles(types, (type) => type.kind === "struct" || type.kind === "union");
  refuseCircles(types, (type) => type.kind === "ptr" || type.kind === "func_proto");
  return { types, strings, littleEndian };
}

function describe(raw: RawType): string {
  return `type ${raw.id} (${raw.kind}${raw.name === "" ? "" : ` '${raw.name}'`})`;
}

/** Reads the common part of one entry and skips its data. */
function readHead(reader: ByteReader, id: number, strings: StringReader): RawType {
  const nameOffset = reader.u32();
  const info = reader.u32();
  const word = reader.u32();
  const number = info >>> 24 & 0x1f;
  const kind = btfKinds[number];
  if (kind === undefined || kind === "void") throw new BtfError(`type ${id} has the unknown kind ${number}`);
  if ((info & 0x60ff0000) !== 0) throw new BtfError(`type ${id} (${kind}) has unknown bits in its info word`);
  const raw: RawType = {
    id, kind, name: strings.at(nameOffset, `type ${id}`), count: info & 0xffff, flag: info >>> 31 === 1, word,
    data: reader.offset,
  };
  const [fixed, perItem] = dataSize[kind];
  if (perItem === 0 && kind !== "func" && raw.count !== 0) throw new BtfError(`${describe(raw)} counts entries`);
  reader.skip(fixed + perItem * raw.count);
  return raw;
}

/** The object of a type, still without what it points at. */
function emptyType(raw: RawType): BtfType {
  const { kind, name, word } = raw;
  switch (kind) {
    case "void": return btfVoid;
    case "int": return { kind, name, size: word, encoding: "unsigned", bits: 0, bitOffset: 0 };
    case "ptr": case "volatile": case "const": case "restrict": return { kind, type: btfVoid };
    case "array": return { kind, element: btfVoid, index: btfVoid, count: 0 };
    case "struct": case "union": return { kind, name, size: word, members: [] };
    case "enum": case "enum64": return { kind, name, size: word, signed: raw.flag, values: [] };
    case "fwd": return { kind, name, record: raw.flag ? "union" : "struct" };
    case "typedef": return { kind, name, type: btfVoid };
    case "func": return { kind, name, type: btfVoid, linkage: "static" };
    case "func_proto": return { kind, returns: btfVoid, params: [], variadic: false };
    case "var": return { kind, name, type: btfVoid, linkage: "static" };
    case "datasec": return { kind, name, size: word, vars: [] };
    case "float": return { kind, name, size: word };
    case "decl_tag":
      return { kind, tag: name, type: btfVoid, component: -1, ...(raw.flag ? { attribute: true } : {}) };
    case "type_tag": return { kind, tag: name, type: btfVoid, ...(raw.flag ? { attribute: true } : {}) };
    default: return unreachable(kind);
  }
}

function fillType(
  type: BtfType, raw: RawType, data: ByteReader, types: readonly BtfType[], strings: StringReader,
): void {
  const what = describe(raw);
  const typeAt = (id: number): BtfType => {
    const reference = types[id];
    if (reference === undefined) throw new BtfError(`${what} names type id ${id} of ${types.length}`);
    return reference;
  };
  const linkageAt = (number: number): BtfLinkage => {
    const linkage = linkages[number];
    if (linkage === undefined) throw new BtfError(`${what} has the unknown linkage ${number}`);
    return linkage;
  };
  switch (type.kind) {
    case "void": case "fwd": case "float":
      return;
    case "int": {
      const word = data.u32();
      const encoding = intEncodings.get(word >>> 24);
      if (encoding === undefined) throw new BtfError(`${what} has the unknown encoding ${word >>> 24}`);
      type.encoding = encoding;
      type.bitOffset = word >>> 16 & 0xff;
      type.bits = word & 0xff;
      if (type.bits + type.bitOffset > 8 * type.size || type.size > 16) {
        throw new BtfError(`${what} has ${type.bits} bits at bit ${type.bitOffset} of ${type.size} bytes`);
      }
      return;
    }
    case "ptr": case "typedef": case "volatile": case "const": case "restrict": case "type_tag":
      type.type = typeAt(raw.word);
      return;
    case "array":
      type.element = typeAt(data.u32());
      type.index = typeAt(data.u32());
      type.count = data.u32();
      return;
    case "struct": case "union":
      for (let i = 0; i < raw.count; i++) {
        const name = strings.at(data.u32(), what);
        const member: BtfMember = { name, type: typeAt(data.u32()), bitOffset: data.u32(), bitSize: 0 };
        if (raw.flag) {
          member.bitSize = member.bitOffset >>> 24;
          member.bitOffset &= 0xffffff;
        }
        type.members.push(member);
      }
      return;
    case "enum":
      for (let i = 0; i < raw.count; i++) {
        const name = strings.at(data.u32(), what);
        const value: BtfEnumerator = { name, value: BigInt(type.signed ? data.i32() : data.u32()) };
        type.values.push(value);
      }
      return;
    case "enum64":
      for (let i = 0; i < raw.count; i++) {
        const name = strings.at(data.u32(), what);
        const bits = BigInt(data.u32()) | BigInt(data.u32()) << 32n;
        type.values.push({ name, value: type.signed ? BigInt.asIntN(64, bits) : bits });
      }
      return;
    case "func":
      type.type = typeAt(raw.word);
      type.linkage = linkageAt(raw.count);
      if (type.type.kind !== "func_proto") throw new BtfError(`${what} is of type ${type.type.kind}`);
      return;
    case "func_proto":
      type.returns = typeAt(raw.word);
      for (let i = 0; i < raw.count; i++) {
        const name = strings.at(data.u32(), what);
        const param = typeAt(data.u32());
        if (param.kind !== "void") type.params.push({ name, type: param });
        else if (i === raw.count - 1 && name === "") type.variadic = true;
        else throw new BtfError(`${what} has a parameter '${name}' of type void`);
      }
      return;
    case "var":
      type.type = typeAt(raw.word);
      type.linkage = linkageAt(data.u32());
      return;
    case "datasec":
      for (let i = 0; i < raw.count; i++) {
        const variable = typeAt(data.u32());
        if (variable.kind !== "var" && variable.kind !== "func") {
          throw new BtfError(`${what} holds a ${variable.kind}`);
        }
        type.vars.push({ type: variable, offset: data.u32(), size: data.u32() });
      }
      return;
    case "decl_tag":
      type.type = typeAt(raw.word);
      type.component = data.i32();
      if (type.component < -1) throw new BtfError(`${what} tags the component ${type.component}`);
      return;
    default:
      unreachable(type);
  }
}

/**
 * Refuses a graph with a circle of references in which no type is an `end`; what an end points at is not followed.
 * The walk keeps its own stack: kernels have chains of types that are thousands deep.
 */
function refuseCircles(types: readonly BtfType[], isEnd: (type: BtfType) => boolean): void {
  const done = new Set<BtfType>();
  const open = new Set<BtfType>();
  for (const root of types) {
    const stack: BtfType[] = [root];
    for (let type = stack.at(-1); type !== undefined; type = stack.at(-1)) {
      if (done.has(type) || isEnd(type)) {
        stack.pop();
      } else if (open.has(type)) {
        // Second visit: everything below is finished.
        stack.pop();
        open.delete(type);
        done.add(type);
      } else {
        open.add(type);
        forEachReference(type, (reference) => {
          if (open.has(reference)) {
            throw new BtfError(`type ${types.indexOf(reference)} (${reference.kind}) contains itself`);
          }
          if (!done.has(reference)) stack.push(reference);
        });
      }
    }
  }
}
