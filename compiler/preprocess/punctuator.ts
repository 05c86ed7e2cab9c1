/**
 * Punctuators (C 6.4.6): the longest one that starts at a byte.
 *
 * The answer packs three things into one number, since this runs for every operator of a source: the token kind, the
 * length, and whether the spelling is a digraph. A backslash behind what could go on makes it -1: there may be a splice
 * inside the token, and the caller looks closer.
 */
import { TokenKind } from "../source/token.ts";

const backslash = 0x5c;
const equal = 0x3d;

/** By byte: the kind of a punctuator that no second character can lengthen; 0 for all other bytes. */
export const singlePunctuator: Uint8Array = singles();

function singles(): Uint8Array {
  const table = new Uint8Array(256);
  const kinds: Readonly<Record<string, number>> = {
    "(": TokenKind.LeftParen, ")": TokenKind.RightParen, "[": TokenKind.LeftBracket, "]": TokenKind.RightBracket,
    "{": TokenKind.LeftBrace, "}": TokenKind.RightBrace, ";": TokenKind.Semicolon, ",": TokenKind.Comma,
    "~": TokenKind.Tilde, "?": TokenKind.Question,
  };
  for (const [spelling, kind] of Object.entries(kinds)) table[spelling.charCodeAt(0)] = kind;
  return table;
}

function found(kind: number, length: number): number {
  return kind | (length << 8);
}

function digraph(kind: number, length: number): number {
  return kind | (length << 8) | 0x10000;
}

export function punctuatorKind(packed: number): number {
  return packed & 0xff;
}

export function punctuatorLength(packed: number): number {
  return (packed >> 8) & 0xff;
}

export function isDigraph(packed: number): boolean {
  return packed >= 0x10000;
}

/** The punctuator at `pos`, which holds the first byte of one; packed as above. */
export function punctuatorAt(bytes: Uint8Array, pos: number): number {
  const byte = bytes[pos] as number;
  const single = singlePunctuator[byte] as number;
  if (single !== 0) return found(single, 1);
  const next = bytes[pos + 1] as number;
  if (next === backslash) return -1;
  switch (byte) {
    case 0x2a:
      return next === equal ? found(TokenKind.StarEqual, 2) : found(TokenKind.Star, 1);
    case equal:
      return next === equal ? found(TokenKind.EqualEqual, 2) : found(TokenKind.Equal, 1);
    case 0x21:
      return next === equal ? found(TokenKind.ExclaimEqual, 2) : found(TokenKind.Exclaim, 1);
    case 0x5e:
      return next === equal ? found(TokenKind.CaretEqual, 2) : found(TokenKind.Caret, 1);
    case 0x2f:
      return next === equal ? found(TokenKind.SlashEqual, 2) : found(TokenKind.Slash, 1);
    case 0x2b:
      if (next === 0x2b) return found(TokenKind.PlusPlus, 2);
      return next === equal ? found(TokenKind.PlusEqual, 2) : found(TokenKind.Plus, 1);
    case 0x2d:
      if (next === 0x3e) return found(TokenKind.Arrow, 2);
      if (next === 0x2d) return found(TokenKind.MinusMinus, 2);
      return next === equal ? found(TokenKind.MinusEqual, 2) : found(TokenKind.Minus, 1);
    case 0x26:
      if (next === 0x26) return found(TokenKind.AmpAmp, 2);
      return next === equal ? found(TokenKind.AmpEqual, 2) : found(TokenKind.Ampersand, 1);
    case 0x7c:
      if (next === 0x7c) return found(TokenKind.PipePipe, 2);
      return next === equal ? found(TokenKind.PipeEqual, 2) : found(TokenKind.Pipe, 1);
    case 0x3a:
      if (next === 0x3a) return found(TokenKind.ColonColon, 2);
      return next === 0x3e ? digraph(TokenKind.RightBracket, 2) : found(TokenKind.Colon, 1);
    case 0x23:
      return next === 0x23 ? found(TokenKind.HashHash, 2) : found(TokenKind.Hash, 1);
    case 0x2e:
      if (next !== 0x2e) return found(TokenKind.Dot, 1);
      if (bytes[pos + 2] === backslash) return -1;
      return bytes[pos + 2] === 0x2e ? found(TokenKind.Ellipsis, 3) : found(TokenKind.Dot, 1);
    case 0x3c:
      if (next === 0x3c) return shift(bytes, pos, TokenKind.LessLess, TokenKind.LessLessEqual);
      if (next === equal) return found(TokenKind.LessEqual, 2);
      if (next === 0x3a) return digraph(TokenKind.LeftBracket, 2);
      return next === 0x25 ? digraph(TokenKind.LeftBrace, 2) : found(TokenKind.Less, 1);
    case 0x3e:
      if (next === 0x3e) return shift(bytes, pos, TokenKind.GreaterGreater, TokenKind.GreaterGreaterEqual);
      return next === equal ? found(TokenKind.GreaterEqual, 2) : found(TokenKind.Greater, 1);
    case 0x25:
      if (next === equal) return found(TokenKind.PercentEqual, 2);
      if (next === 0x3e) return digraph(TokenKind.RightBrace, 2);
      return next === 0x3a ? percentColon(bytes, pos) : found(TokenKind.Percent, 1);
    default:
      throw new Error(`lexer: byte ${byte} begins no punctuator`);
  }
}

/** << and >>, and with an equal sign. */
function shift(bytes: Uint8Array, pos: number, plain: number, assign: number): number {
  const third = bytes[pos + 2];
  if (third === backslash) return -1;
  return third === equal ? found(assign, 3) : found(plain, 2);
}

/** %: is #, %:%: is ##. */
function percentColon(bytes: Uint8Array, pos: number): number {
  const third = bytes[pos + 2];
  if (third === backslash) return -1;
  if (third !== 0x25) return digraph(TokenKind.Hash, 2);
  if (bytes[pos + 3] === backslash) return -1;
  return bytes[pos + 3] === 0x3a ? digraph(TokenKind.HashHash, 4) : digraph(TokenKind.Hash, 2);
}
