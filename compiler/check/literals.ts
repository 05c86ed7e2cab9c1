/**
 * Literals: spelling -> value and type. Integer constants (C11 6.4.4.1 with GNU binary digits and C23 separators), floating
 * constants (decimal and hexadecimal), character constants and string literals with their prefixes and escapes.
 */
import type { NumberLiteral, CharacterLiteral, StringLiteral as StringSyntax } from "../ast/syntax.ts";
import type { StringLiteral } from "../ast/program.ts";
import { escapedByte } from "../source/interner.ts";
import type { Loc } from "../source/source-map.ts";
import {
  bitIntType, charType, doubleType, floatType, intType, longDoubleType, longLongType, longType, unsignedCharType,
  unsignedIntType, unsignedLongLongType, unsignedLongType, unsignedShortType, wideCharType,
} from "../types/basic.ts";
import { fits, wrapInteger } from "../types/convert.ts";
import type { CType, FloatType, IntegerType } from "../types/ctype.ts";
import { floatOfDecimal, floatOfHex } from "../types/float.ts";
import type { FloatWidth } from "../types/float.ts";
import { type Checker, error, warn } from "./context.ts";

export type NumberValue = (
  | { readonly kind: "integer"; readonly value: bigint; readonly type: IntegerType }
  | { readonly kind: "float"; readonly value: number; readonly type: FloatType }
) & { readonly imaginary?: true };

/** The place of a character within a literal, counted in its text. */
function within(c: Checker, loc: Loc, text: string, at: number): Loc {
  const utf8 = new TextEncoder();
  return c.diagnostics.sources.within(loc, utf8.encode(text.slice(0, at)).length, utf8.encode(text));
}

const integerPattern = /^(0[xX][0-9a-fA-F']+|0[bB][01']+|[0-9][0-9']*)([a-zA-Z_]*)$/;

/** A number with `i` or `j` in its suffix (GNU): imaginary. */
const imaginaryPattern = /^((?:0[xX][0-9a-fA-F.']+(?:[pP][+-]?[0-9]+)?|[0-9.']+(?:[eE][+-]?[0-9]+)?)[uUlLfF]*)[ij]([uUlLfF]*)$/i;

/** The value of a preprocessing number; undefined when it is none (reported). */
export function parseNumber(c: Checker, literal: NumberLiteral): NumberValue | undefined {
  const integer = integerPattern.exec(literal.text);
  const imaginary = imaginaryPattern.exec(literal.text);
  if (imaginary !== null) {
    const found = parseNumber(c, { ...literal, text: `${imaginary[1] ?? ""}${imaginary[2] ?? ""}` });
    return found === undefined ? undefined : { ...found, imaginary: true };
  }
  if (integer !== null) return parseInteger(c, integer[1] ?? "", integer[2] ?? "", literal.loc);
  return parseFloating(c, literal.text, literal.loc);
}

function parseInteger(c: Checker, digits: string, suffix: string, loc: Loc): NumberValue | undefined {
  const plain = digits.replaceAll("'", "");
  const octal = /^0[0-9]/.test(plain);
  if (octal && /[89]/.test(plain)) {
    const bad = /[89]/.exec(plain)?.[0] ?? "";
    if (/^[fF]?$/.test(suffix)) {
      error(c, within(c, loc, digits, digits.search(/[89]/)), `invalid digit '${bad}' in octal constant`);
    } else error(c, within(c, loc, digits, digits.length), `invalid suffix '${suffix}' on integer constant`);
    return undefined;
  }
  const value = BigInt(octal ? `0o${plain.slice(1)}` : plain);
  const bits = /^(?:(u)?(wb)|(wb)(u)?)$/i.exec(suffix);
  if (bits !== null) {
    const isUnsigned = bits[1] !== undefined || bits[4] !== undefined;
    const width = Math.max(isUnsigned ? 1 : 2, value.toString(2).length + (isUnsigned ? 0 : 1));
    return { kind: "integer", value, type: bitIntType(width, !isUnsigned) };
  }
  const match = /^(?:(u)?(l|L|ll|LL)?|(l|L|ll|LL)(u))$/i.exec(suffix);
  if (match === null || /lL|Ll/.test(suffix)) {
    error(c, within(c, loc, digits, digits.length), `invalid suffix '${suffix}' on integer constant`);
    return undefined;
  }
  const isUnsigned = match[1] !== undefined || match[4] !== undefined;
  const long = (match[2] ?? match[3] ?? "").length;
  const decimal = /^[1-9]|^0$/.test(plain);
  const type = integerConstantType(value, long, isUnsigned, decimal);
  if (type === undefined) {
    error(c, loc, "integer literal is too large to be represented in any integer type");
    return undefined;
  }
  if (decimal && !isUnsigned && !type.signed) {
    warn(c, "implicitly-unsigned-literal", loc,
      "integer literal is too large to be represented in a signed integer type, interpreting as unsigned");
  }
  return { kind: "integer", value, type };
}

/** The first type of C11 6.4.4.1p5's list that holds the value. */
function integerConstantType(value: bigint, long: number, isUnsigned: boolean, decimal: boolean): IntegerType | undefined {
  const candidates: IntegerType[] = [];
  if (long === 0) candidates.push(intType, unsignedIntType);
  if (long <= 1) candidates.push(longType, unsignedLongType);
  candidates.push(longLongType, unsignedLongLongType);
  for (const type of candidates) {
    if (isUnsigned && type.signed) continue;
    if (decimal && !isUnsigned && !type.signed) continue;
    if (fits(value, type)) return type;
  }
  // Beyond long long, clang reads a decimal constant as unsigned (with a warning).
  const last = long === 2 ? unsignedLongLongType : unsignedLongType;
  return decimal && fits(value, last) ? last : undefined;
}

function parseFloating(c: Checker, spelled: string, loc: Loc): NumberValue | undefined {
  const text = spelled.replaceAll("'", "");
  const binary = /^0[bB][01']*(?=([2-9]))/.exec(spelled);
  if (binary !== null) {
    error(c, within(c, loc, spelled, binary[0].length), `invalid digit '${binary[1] ?? ""}' in binary constant`);
    return undefined;
  }
  const exponent = /^(?:0[xX][0-9a-fA-F.']*(?=[pP][+-]?$)|[0-9.']*(?=[eE][+-]?$))/.exec(spelled);
  if (exponent !== null && exponent[0] !== "0x") {
    error(c, within(c, loc, spelled, exponent[0].length), "exponent has no digits");
    return undefined;
  }
  const hex = /^0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)(.*)$/.exec(text);
  const decimal = /^([0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]+)?)(.*)$/.exec(text);
  let suffix: string;
  let valueIn: (width: FloatWidth) => number;
  if (hex !== null) {
    const fraction = hex[2] ?? "";
    const digits = BigInt(`0x0${hex[1] ?? ""}${fraction}`);
    valueIn = (width) => floatOfHex(digits, Number(hex[3]) - 4 * fraction.length, width);
    suffix = hex[4] ?? "";
  } else if (decimal !== null && /[0-9]/.test(decimal[1] ?? "") && !/^0[xX]/.test(text)) {
    valueIn = (width) => floatOfDecimal(decimal[1] ?? "0", width);
    suffix = decimal[2] ?? "";
  } else {
    const isHex = /^0[xX]/.test(text);
    if (isHex) error(c, within(c, loc, spelled, spelled.length), "hexadecimal floating constant requires an exponent");
    else error(c, loc, "invalid numeric constant");
    return undefined;
  }
  const type = { "": doubleType, f: floatType, F: floatType, l: longDoubleType, L: longDoubleType }[suffix];
  if (type === undefined) {
    error(c, within(c, loc, spelled, spelled.length - suffix.length), `invalid suffix '${suffix}' on floating constant`);
    return undefined;
  }
  return { kind: "float", value: valueIn(type.size === 4 ? 32 : 64), type };
}

// ---- Characters and strings -------------------------------------------------------------------------------------------

interface Encoding {
  readonly type: CType;
  readonly size: 1 | 2 | 4;
}

function encodingOf(prefix: string): Encoding {
  switch (prefix) {
    case "L":
      return { type: wideCharType, size: 4 };
    case "u":
      return { type: unsignedShortType, size: 2 };
    case "U":
      return { type: unsignedIntType, size: 4 };
    default:
      return { type: charType, size: 1 };
  }
}

function split(text: string, quote: string): { prefix: string; body: string } {
  const at = text.indexOf(quote);
  const closed = text.length > at + 1 && text.endsWith(quote);
  return { prefix: text.slice(0, at), body: text.slice(at + 1, closed ? text.length - 1 : text.length) };
}

const simpleEscapes: Readonly<Record<string, number>> = {
  n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, e: 27, E: 27, "\\": 92, "'": 39, '"': 34, "?": 63,
};

/** A code unit written as a number (`\x`, octal), or a code point that the encoding spells; `at` is its index in the body. */
type Unit = { readonly kind: "unit" | "point"; readonly value: number; readonly at: number };

/** Reads the characters of a literal's body. `literal` is its place, the text its whole spelling. */
function unitsOf(
  c: Checker, text: string, body: string, size: number, what: "character" | "string", literal: Loc,
): Unit[] {
  const first = text.indexOf(what === "string" ? "\"" : "'") + 1;
  const units: Unit[] = [];
  let i = 0;
  while (i < body.length) {
    const point = body.codePointAt(i) ?? 0;
    if (point !== 92) {
      const byte = escapedByte(point);
      if (byte === undefined) units.push({ kind: "point", value: point, at: i });
      else units.push({ kind: "unit", value: checkByte(c, byte, size, what, literal), at: i });
      i += point > 0xffff ? 2 : 1;
      continue;
    }
    const next = body[i + 1] ?? "";
    const start = i;
    const place = (): Loc => within(c, literal, text, first + start);
    const rest = body.slice(i + 1, i + 13);
    const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
    if (octal !== undefined) {
      units.push({ kind: "unit", value: checkUnit(c, Number.parseInt(octal, 8), size, "octal", place), at: start });
      i += 1 + octal.length;
    } else if (next === "x") {
      const digits = /^[0-9a-fA-F]*/.exec(body.slice(i + 2))?.[0] ?? "";
      if (digits === "") error(c, place(), "\\x used with no following hex digits");
      const value = Number.parseInt(digits === "" ? "0" : digits, 16);
      units.push({ kind: "unit", value: checkUnit(c, value, size, "hex", place), at: start });
      i += 2 + digits.length;
    } else if (next === "u" || next === "U") {
      const length = next === "u" ? 4 : 8;
      const digits = body.slice(i + 2, i + 2 + length);
      const valid = digits.length === length && /^[0-9a-fA-F]+$/.test(digits);
      const value = valid ? Number.parseInt(digits, 16) : 0;
      if (!valid) error(c, place(), "incomplete universal character name");
      else if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) error(c, place(), "invalid universal character");
      else refuseBasicName(c, value, place);
      units.push({ kind: "point", value: value > 0x10ffff ? 0xfffd : value, at: start });
      i += 2 + digits.length;
    } else {
      const simple = simpleEscapes[next];
      if (simple === undefined) warn(c, "unknown-escape-sequence", place(), `unknown escape sequence '\\${next}'`);
      units.push({ kind: "point", value: simple ?? next.codePointAt(0) ?? 92, at: start });
      i += 2;
    }
  }
  return units;
}

/** Before C23 no universal character name stands for a control character or one that all sources can spell. */
function refuseBasicName(c: Checker, value: number, place: () => Loc): void {
  if (c.options.dialect === "c23" || value >= 0xa0 || "$@`".includes(String.fromCharCode(value))) return;
  error(c, place(), value >= 0x20 && value < 0x7f
    ? `character '${String.fromCharCode(value)}' cannot be specified by a universal character name`
    : "universal character name refers to a control character");
}

/** A byte that is no UTF-8 goes into a narrow literal as it is. */
function checkByte(c: Checker, byte: number, size: number, what: string, loc: Loc): number {
  const message = `illegal character encoding in ${what} literal`;
  if (size === 1) warn(c, "invalid-source-encoding", loc, message);
  else error(c, loc, message);
  return byte;
}

function checkUnit(c: Checker, value: number, size: number, radix: string, place: () => Loc): number {
  if (value >= 2 ** (size * 8)) error(c, place(), `${radix} escape sequence out of range`);
  return value;
}

/** Code units of an encoding: UTF-8, UTF-16 or UTF-32. */
function encode(units: readonly Unit[], size: 1 | 2 | 4): number[] {
  const out: number[] = [];
  const utf8 = new TextEncoder();
  for (const unit of units) {
    const value = unit.value;
    if (unit.kind === "unit" || size === 4 || value < 0x80) out.push(value);
    else if (size === 1) out.push(...utf8.encode(String.fromCodePoint(value)));
    else if (value < 0x10000) out.push(value);
    else out.push(0xd800 + ((value - 0x10000) >> 10), 0xdc00 + ((value - 0x10000) & 0x3ff));
  }
  return out;
}

/** C11 6.4.4.4: an int; several characters are packed as clang packs them, the last one lowest. */
export function parseCharacter(c: Checker, literal: CharacterLiteral): { value: bigint; type: CType } {
  const { prefix, body } = split(literal.text, "'");
  const { type, size } = encodingOf(prefix);
  const units = unitsOf(c, literal.text, body, size, "character", literal.loc);
  if (prefix !== "" && units.length > 1) {
    const what = prefix === "L" ? "wide" : "Unicode";
    error(c, literal.loc, `${what} character literals may not contain multiple characters`);
  } else if (prefix !== "" && units.some((unit) => encode([unit], prefix === "u8" ? 1 : size).length > 1)) {
    error(c, literal.loc, "character too large for enclosing character literal type");
  }
  if (prefix === "u8") {
    return { value: BigInt(units[0]?.value ?? 0), type: c.options.dialect === "c23" ? unsignedCharType : intType };
  }
  if (size > 1) {
    const codes = encode(units, size);
    return { value: wrapInteger(BigInt(codes.at(-1) ?? 0), type), type };
  }
  const codes = encode(units, 1);
  if (codes.length === 1) {
    const code = BigInt(codes[0] ?? 0);
    return { value: c.options.unsignedChar ? code : BigInt.asIntN(8, code), type: intType };
  }
  warn(c, codes.length === 4 ? "four-char-constants" : "multichar", literal.loc, "multi-character character constant");
  if (codes.length > 4) warn(c, "", literal.loc, "character constant too long for its type");
  let value = 0n;
  for (const code of codes) value = (value << 8n) | BigInt(code);
  return { value: BigInt.asIntN(32, value), type: intType };
}

/** Joins adjacent literals (one prefix decides for all) and encodes them, terminator included. */
export function parseString(c: Checker, literal: StringSyntax): { literal: StringLiteral; element: CType } {
  let prefix = "";
  for (const piece of literal.pieces) {
    const own = split(piece.text, '"').prefix;
    if (own === "") continue;
    if (prefix !== "" && prefix !== own) error(c, piece.loc, "unsupported non-standard concatenation of string literals");
    prefix = own;
  }
  const { type, size } = encodingOf(prefix);
  const codes: number[] = [];
  for (const piece of literal.pieces) {
    const units = unitsOf(c, piece.text, split(piece.text, '"').body, size, "string", piece.loc);
    for (const code of encode(units, size)) codes.push(code);
  }
  codes.push(0);
  const bytes = new Uint8Array(codes.length * size);
  const big = c.options.target.endian === "big";
  const view = new DataView(bytes.buffer);
  for (const [i, code] of codes.entries()) {
    if (size === 1) bytes[i] = code;
    else if (size === 2) view.setUint16(i * 2, code, !big);
    else view.setUint32(i * 4, code, !big);
  }
  return { literal: internString(c, bytes, size, literal.loc), element: size === 1 ? plainChar(c) : type };
}

/** The place of a narrow literal's byte in the source: in the piece that spells it, at the character or escape. */
export function placeOfByte(c: Checker, literal: StringSyntax, index: number): Loc {
  let before = 0;
  for (const [i, piece] of literal.pieces.entries()) {
    const { body } = split(piece.text, '"');
    const first = piece.text.indexOf('"') + 1;
    for (const unit of unitsOf(c, piece.text, body, 1, "string", piece.loc)) {
      before += encode([unit], 1).length;
      if (before > index) return within(c, piece.loc, piece.text, first + unit.at);
    }
    // The terminator stands at the closing quote of the last piece.
    if (before === index && i === literal.pieces.length - 1) return within(c, piece.loc, piece.text, first + body.length);
  }
  return literal.loc;
}

/** Plain `char`. */
export function plainChar(c: Checker): IntegerType {
  return c.options.unsignedChar ? { ...charType, signed: false } : charType;
}

/** The one object of these bytes. */
export function internString(c: Checker, bytes: Uint8Array, size: 1 | 2 | 4, loc: Loc): StringLiteral {
  let key = `${size}:`;
  for (const byte of bytes) key += String.fromCharCode(byte);
  const known = c.strings.get(key);
  if (known !== undefined) return known;
  const made: StringLiteral = { kind: "string", bytes, elementSize: size, loc };
  c.strings.set(key, made);
  return made;
}

/**
 * The text of a literal that is not evaluated but names something (a section, a constraint), without the terminator. A prefix
 * has no effect there, and no name holds a NUL.
 */
export function textOf(c: Checker, literal: StringSyntax): string {
  const bytes: number[] = [];
  for (const piece of literal.pieces) {
    const { prefix, body } = split(piece.text, '"');
    if (prefix !== "") {
      const message = `encoding prefix '${prefix}' on an unevaluated string literal has no effect`;
      warn(c, "invalid-unevaluated-string", piece.loc, message);
    }
    const codes = encode(unitsOf(c, piece.text, body, 1, "string", piece.loc), 1);
    if (codes.includes(0)) error(c, piece.loc, "invalid escape sequence '\\0' in an unevaluated string literal");
    for (const code of codes) if (code !== 0) bytes.push(code);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
