/**
 * Constants in #if: pp-numbers and character constants as 64-bit values (C 6.10.1p4, 6.4.4).
 */
import type { Diagnostics } from "../source/diagnostic.ts";
import { escapedByte } from "../source/interner.ts";
import type { Loc } from "../source/source-map.ts";
import { TokenKind } from "../source/token.ts";

/** A value of intmax_t or uintmax_t. */
export interface Value {
  /** Wrapped to its type. */
  readonly value: bigint;
  readonly unsigned: boolean;
}

/** The value of an integer constant; undefined, with an error, when the text is none. */
export function integerConstant(text: string, loc: Loc, diagnostics: Diagnostics): Value | undefined {
  const fail = (at: number, message: string): undefined => {
    diagnostics.error(loc + (loc >= 0 ? at : 0), message);
    return undefined;
  };
  const clean = text.replaceAll("'", "");
  const second = clean[1] ?? "";
  let radix = 10;
  let from = 0;
  if (clean[0] === "0" && (second === "x" || second === "X")) [radix, from] = [16, 2];
  else if (clean[0] === "0" && (second === "b" || second === "B")) [radix, from] = [2, 2];
  else if (clean[0] === "0") radix = 8;
  let end = from;
  const isDigit = (character: string): boolean =>
    radix === 16 ? /[0-9a-fA-F]/.test(character) : /[0-9]/.test(character);
  while (end < clean.length && isDigit(clean[end] as string)) end++;
  const digits = clean.slice(from, end);
  if (digits === "") return fail(1, `invalid suffix '${clean.slice(1)}' on integer constant`);
  const suffix = clean.slice(end);
  if (!/^([uU](l|L|ll|LL)?|(l|L|ll|LL)[uU]?|)$/.test(suffix)) {
    return fail(end, `invalid suffix '${suffix}' on integer constant`);
  }
  for (let i = 0; i < digits.length; i++) {
    if (radix < 10 && Number(digits[i]) >= radix) {
      return fail(from + i, `invalid digit '${digits[i]}' in ${radix === 8 ? "octal" : "binary"} constant`);
    }
  }
  const prefix = radix === 16 ? "0x" : radix === 8 ? "0o" : radix === 2 ? "0b" : "";
  const value = BigInt(prefix + digits);
  if (value >= 1n << 64n) {
    diagnostics.error(loc, "integer literal is too large to be represented in any integer type");
    return undefined;
  }
  let unsigned = /[uU]/.test(suffix);
  if (!unsigned && value >= 1n << 63n) {
    if (radix === 10) {
      diagnostics.warning("implicitly-unsigned-literal", loc,
        "integer literal is too large to be represented in a signed integer type, interpreting as unsigned");
    }
    unsigned = true;
  }
  return { value: unsigned ? value : BigInt.asIntN(64, value), unsigned };
}

const simpleEscapes: Readonly<Record<string, number>> = {
  n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, e: 27, E: 27, "\\": 92, "'": 39, '"': 34, "?": 63,
};

/** The value of a character constant (C 6.4.4.4); several characters as clang and GCC count them, an int. */
export function characterConstant(
  kind: number,
  text: string,
  loc: Loc,
  charSigned: boolean,
  diagnostics: Diagnostics,
): Value | undefined {
  const open = text.indexOf("'");
  const body = text.slice(open + 1, -1);
  const narrow = kind === TokenKind.CharConstant || kind === TokenKind.Utf8CharConstant;
  const width = narrow ? 8 : kind === TokenKind.Utf16CharConstant ? 16 : 32;
  const units: number[] = [];
  let at = 0;
  while (at < body.length) {
    if (body[at] !== "\\") {
      const code = body.codePointAt(at) as number;
      const byte = escapedByte(code);
      if (narrow && byte === undefined) units.push(...new TextEncoder().encode(String.fromCodePoint(code)));
      else units.push(byte ?? code);
      at += code > 0xffff ? 2 : 1;
      continue;
    }
    const rest = body.slice(at + 1);
    const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
    const hex = /^x[0-9a-fA-F]+/.exec(rest)?.[0];
    const universal = /^(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/.exec(rest)?.[0];
    const simple = simpleEscapes[rest[0] ?? ""];
    if (octal !== undefined || hex !== undefined) {
      const value = octal !== undefined ? parseInt(octal, 8) : Number(BigInt(`0${hex}`) & 0xffffffffn);
      const tooLarge = octal !== undefined ? value >= 2 ** width : BigInt(`0${hex}`) >= 1n << BigInt(width);
      if (tooLarge) {
        diagnostics.error(loc, `${octal !== undefined ? "octal" : "hex"} escape sequence out of range`);
        return undefined;
      }
      units.push(value);
      at += 1 + (octal ?? hex ?? "").length;
    } else if (universal !== undefined) {
      const code = parseInt(universal.slice(1), 16);
      if (code > 0x10ffff) {
        diagnostics.error(loc, "invalid universal character");
        return undefined;
      }
      if (narrow) units.push(...new TextEncoder().encode(String.fromCodePoint(code)));
      else units.push(code);
      at += 1 + universal.length;
    } else if (simple !== undefined) {
      units.push(simple);
      at += 2;
    } else if (rest[0] === "x") {
      diagnostics.error(loc, "\\x used with no following hex digits");
      return undefined;
    } else {
      diagnostics.warning("unknown-escape-sequence", loc, `unknown escape sequence '\\${rest[0] ?? ""}'`);
      units.push(rest.codePointAt(0) ?? 0);
      at += 2;
    }
  }
  if (units.length > 1 && !narrow) {
    diagnostics.error(loc, "wide character literals may not contain multiple characters");
    return undefined;
  }
  if (units.length > 1) {
    diagnostics.warning(units.length === 4 ? "four-char-constants" : "multichar", loc,
      "multi-character character constant");
    if (units.length > 4) diagnostics.warning("", loc, "character constant too long for its type");
    let value = 0;
    for (const unit of units) value = (value << 8) | unit;
    return { value: BigInt(value), unsigned: false };
  }
  const unit = units[0] ?? 0;
  if (kind === TokenKind.CharConstant) {
    return { value: BigInt(charSigned ? (unit << 24) >> 24 : unit), unsigned: false };
  }
  // wchar_t is int here; char8_t, char16_t and char32_t are unsigned.
  const isWide = kind === TokenKind.WideCharConstant;
  return { value: BigInt(isWide ? unit | 0 : unit), unsigned: !isWide };
}
