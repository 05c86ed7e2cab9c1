/**
 * The directives that put data into a section: numbers, strings, zeros.
 */

import type { Directive } from "./reader.ts";
import { isNumber } from "../isa/expression.ts";
import { accept, append, appendBytes, atEnd, peek, readExpression, readNumber, readString, report } from "./reader.ts";

/** `.byte`, `.long` and their like: expressions separated by commas. */
function values(size: 1 | 2 | 4 | 8): Directive {
  return (reader, args) => {
    if (atEnd(args)) return true;
    do {
      const { position } = peek(args);
      const expression = readExpression(reader, args);
      if (expression === undefined) return false;
      const bits = BigInt(8 * size);
      const { constant } = expression;
      if (isNumber(expression) && (constant < -(1n << (bits - 1n)) || constant >= 1n << bits)) {
        report(reader, position, `${constant} does not fit ${bits} bits`);
        return false;
      }
      if (isNumber(expression)) {
        appendBytes(reader, number(constant, size, reader.assembly.endian), position);
      } else {
        append(reader, { kind: "value", size, expression, position }, position);
      }
    } while (accept(args, ","));
    return true;
  };
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
      const text = readString(reader, args);
      if (text === undefined) return false;
      const bytes = Uint8Array.from(terminated ? `${text}\0` : text, (c) => c.charCodeAt(0));
      appendBytes(reader, bytes, position);
    } while (accept(args, ","));
    return true;
  };
}

/** `.zero count [, fill]` */
const space: Directive = (reader, args) => {
  const { position } = peek(args);
  const count = readExpression(reader, args);
  if (count === undefined) return false;
  const fill = accept(args, ",") ? readNumber(reader, args, -128, 255) : 0;
  if (fill === undefined) return false;
  append(reader, { kind: "space", count, fill: fill & 0xff, position }, position);
  return true;
};

/** `.fill count, size, value`: the value in each of `count` units of `size` bytes. */
const fill: Directive = (reader, args) => {
  const { position } = peek(args);
  const count = readNumber(reader, args, 0, 0x1000000);
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
  const bytes = new Uint8Array(count * size);
  for (let i = 0; i < count; i++) bytes.set(unit, i * size);
  appendBytes(reader, bytes, position);
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
  [".byte", values(1)], [".1byte", values(1)],
  [".short", values(2)], [".2byte", values(2)], [".value", values(2)], [".hword", values(2)], [".half", values(2)],
  [".long", values(4)], [".4byte", values(4)], [".int", values(4)],
  [".quad", values(8)], [".8byte", values(8)],
  [".ascii", strings(false)], [".asciz", strings(true)], [".string", strings(true)],
  [".zero", space], [".space", space], [".skip", space], [".fill", fill],
  [".uleb128", leb(false)], [".sleb128", leb(true)],
]);
