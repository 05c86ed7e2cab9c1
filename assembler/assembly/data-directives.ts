/**
 * The directives that put data into a section: numbers, strings, zeros, bytes of files.
 */

import { isNumber } from "../isa/expression.ts";
import { wrongToken } from "../isa/scan.ts";
import { floatBits } from "./floats.ts";
import type { Arguments, Directive, Reader } from "./reader.ts";
import {
  accept, append, appendBytes, atEnd, expect, peek, readExpression, readNumber, readString, report,
} from "./reader.ts";

/** `.byte`, `.long` and their like: expressions separated by commas. */
export function values(size: 1 | 2 | 4 | 8): Directive {
  return (reader, args) => {
    if (atEnd(args)) return true;
    do if (!readValue(reader, args, size, 1)) return false; while (accept(args, ","));
    return true;
  };
}

/** One expression, `count` times. */
function readValue(reader: Reader, args: Arguments, size: 1 | 2 | 4 | 8, count: number): boolean {
  const { position } = peek(args);
  const expression = readExpression(reader, args);
  if (expression === undefined) return false;
  const bits = BigInt(8 * size);
  const { constant } = expression;
  if (!isNumber(expression)) {
    if (count > maxOpen) {
      report(reader, position, `an address can be repeated ${maxOpen} times`);
      return false;
    }
    for (let i = 0; i < count; i++) append(reader, { kind: "value", size, expression, position }, position);
    return true;
  }
  if (constant < -(1n << (bits - 1n)) || constant >= 1n << bits) {
    report(reader, position, `${constant} does not fit ${bits} bits`);
    return false;
  }
  appendBytes(reader, repeated(number(constant, size, reader.assembly.endian), count), position);
  return true;
}

function repeated(unit: Uint8Array, count: number): Uint8Array {
  if (count === 1) return unit;
  const bytes = new Uint8Array(count * unit.length);
  for (let i = 0; i < count; i++) bytes.set(unit, i * unit.length);
  return bytes;
}

/** `.octa`: numbers of 16 bytes. */
const octa: Directive = (reader, args) => {
  if (atEnd(args)) return true;
  do {
    const token = peek(args);
    const { kind, value, position } = token;
    if (kind !== "number" && kind !== "large") {
      report(reader, position, wrongToken(token) ?? "expected a number of up to 128 bits");
      return false;
    }
    args.next++;
    const { endian } = reader.assembly;
    const low = number(value, 8, endian), high = number(value >> 64n, 8, endian);
    appendBytes(reader, Uint8Array.from(endian === "little" ? [...low, ...high] : [...high, ...low]), position);
  } while (accept(args, ","));
  return true;
};

/** `.float`, `.double`: numbers with a point. */
function floats(size: 4 | 8): Directive {
  return (reader, args) => {
    if (atEnd(args)) return true;
    do if (!readFloat(reader, args, size, 1)) return false; while (accept(args, ","));
    return true;
  };
}

/** One number with a point, `count` times. */
function readFloat(reader: Reader, args: Arguments, size: 4 | 8, count: number): boolean {
  const { position } = peek(args);
  const isNegative = accept(args, "-");
  if (!isNegative) accept(args, "+");
  const { kind, text } = peek(args);
  const bits = kind === "word" || kind === "number" || kind === "large" || kind === "real" ? floatBits(text, size) : undefined;
  if (bits === undefined) {
    report(reader, peek(args).position, "expected a number");
    return false;
  }
  args.next++;
  const sign = isNegative ? 1n << BigInt(8 * size - 1) : 0n;
  appendBytes(reader, repeated(number(sign | bits, size, reader.assembly.endian), count), position);
  return true;
}

/** How many values one directive repeats at most. */
const maxCount = 0x200000;
/** The same of values that are known only after layout. */
const maxOpen = 0x10000;

/** `.dcb.w count, value` */
function repeatedData(read: (reader: Reader, args: Arguments, count: number) => boolean): Directive {
  return (reader, args) => {
    const count = readNumber(reader, args, 0, maxCount);
    return count !== undefined && expect(reader, args, ",") && read(reader, args, count);
  };
}

function repeatedValue(size: 1 | 2 | 4 | 8): Directive {
  return repeatedData((reader, args, count) => readValue(reader, args, size, count));
}

function repeatedFloat(size: 4 | 8): Directive {
  return repeatedData((reader, args, count) => readFloat(reader, args, size, count));
}

/** `.ds.w count`: so many zeros of `size` bytes. */
function room(size: number): Directive {
  return (reader, args) => {
    const { position } = peek(args);
    const count = readNumber(reader, args, 0, maxCount);
    if (count !== undefined) appendBytes(reader, new Uint8Array(count * size), position);
    return count !== undefined;
  };
}

/** `.org offset [, fill]`: goes on at an offset of the section. */
const org: Directive = (reader, args) => {
  const { position } = peek(args);
  const target = readExpression(reader, args, true);
  if (target === undefined) return false;
  const fill = accept(args, ",") ? readNumber(reader, args, -128, 255) : 0;
  if (fill === undefined) return false;
  append(reader, { kind: "org", target, fill: fill & 0xff, position }, position);
  return true;
};

/** `.incbin "file" [, skip [, count]]`: the bytes of a file. */
const incbin: Directive = (reader, args) => {
  const { position } = peek(args);
  const name = readString(reader, args);
  if (name === undefined) return false;
  let skip: number | undefined = 0, count: number | undefined = Number.MAX_SAFE_INTEGER;
  if (accept(args, ",")) {
    if (peek(args).text !== ",") skip = readNumber(reader, args, 0, Number.MAX_SAFE_INTEGER);
    if (accept(args, ",")) count = readNumber(reader, args, 0, Number.MAX_SAFE_INTEGER);
  }
  if (skip === undefined || count === undefined) return false;
  const bytes = reader.options.readFile?.(name);
  if (bytes === undefined) {
    report(reader, position, `there is no file "${name}"`);
    return false;
  }
  appendBytes(reader, bytes.subarray(skip, Math.min(bytes.length, skip + count)), position);
  return true;
};

/** A text as it has been read, one character a byte. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

/** The bytes of a number, cut to its size. */
export function number(value: bigint, size: 1 | 2 | 4 | 8, endian: "little" | "big"): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, value), endian === "little");
  return endian === "little" ? bytes.slice(0, size) : bytes.slice(8 - size);
}

/** `.ascii "..."`, with a zero behind each string for `.asciz`. */
function strings(terminated: boolean): Directive {
  return (reader, args) => {
    if (atEnd(args)) return true;
    do {
      const { position } = peek(args);
      let text = readString(reader, args);
      if (text === undefined) return false;
      // Strings that stand side by side are one.
      while (!terminated && peek(args).kind === "string") text += readString(reader, args) ?? "";
      appendBytes(reader, bytesOf(terminated ? `${text}\0` : text), position);
    } while (accept(args, ","));
    return true;
  };
}

/** `.zero count [, fill]` */
const space: Directive = (reader, args) => {
  const { position } = peek(args);
  const count = readExpression(reader, args, true);
  if (count === undefined) return false;
  const fill = accept(args, ",") ? readNumber(reader, args, -128, 255) : 0;
  if (fill === undefined) return false;
  append(reader, { kind: "space", count, fill: fill & 0xff, position }, position);
  return true;
};

/** `.fill count, size, value`: the value in each of `count` units of `size` bytes. */
const fill: Directive = (reader, args) => {
  const { position } = peek(args);
  const count = readNumber(reader, args, 0, maxCount);
  if (count === undefined) return false;
  const size = accept(args, ",") ? readNumber(reader, args, 0, 8) : 1;
  if (size === undefined) return false;
  let value = 0n;
  if (accept(args, ",")) {
    const expression = readExpression(reader, args);
    if (expression === undefined) return false;
    if (!isNumber(expression)) {
      report(reader, position, "the value of .fill is a number");
      return false;
    }
    value = expression.constant;
  }
  const { endian } = reader.assembly;
  const unit = new Uint8Array(size);
  // At most four bytes come from the value; the rest of a larger unit is zero.
  const low = number(BigInt.asUintN(32, value), 8, endian);
  unit.set(endian === "little" ? low.slice(0, size) : low.slice(8 - size));
  appendBytes(reader, repeated(unit, count), position);
  return true;
};

/** `.uleb128`, `.sleb128` */
function leb(signed: boolean): Directive {
  return (reader, args) => {
    do {
      const { position } = peek(args);
      const expression = readExpression(reader, args);
      if (expression === undefined) return false;
      append(reader, { kind: "leb", signed, expression, position }, position);
    } while (accept(args, ","));
    return true;
  };
}

/** By name. */
export const dataDirectives: ReadonlyMap<string, Directive> = new Map([
  [".byte", values(1)], [".1byte", values(1)], [".dc.b", values(1)],
  [".short", values(2)], [".2byte", values(2)], [".value", values(2)], [".hword", values(2)], [".half", values(2)],
  [".dc", values(2)], [".dc.w", values(2)],
  [".long", values(4)], [".4byte", values(4)], [".int", values(4)], [".dc.l", values(4)],
  [".quad", values(8)], [".8byte", values(8)], [".dc.a", values(8)], [".octa", octa],
  [".float", floats(4)], [".single", floats(4)], [".dc.s", floats(4)], [".double", floats(8)], [".dc.d", floats(8)],
  [".dcb", repeatedValue(2)], [".dcb.b", repeatedValue(1)], [".dcb.w", repeatedValue(2)], [".dcb.l", repeatedValue(4)],
  [".dcb.s", repeatedFloat(4)], [".dcb.d", repeatedFloat(8)],
  [".ds", room(2)], [".ds.b", room(1)], [".ds.w", room(2)], [".ds.l", room(4)], [".ds.s", room(4)], [".ds.d", room(8)],
  [".ds.p", room(12)], [".ds.x", room(12)],
  [".ascii", strings(false)], [".asciz", strings(true)], [".string", strings(true)],
  [".zero", space], [".space", space], [".skip", space], [".fill", fill], [".org", org], [".incbin", incbin],
  [".uleb128", leb(false)], [".sleb128", leb(true)],
]);
