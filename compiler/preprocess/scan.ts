/**
 * Scanning bytes without making tokens: comments, groups that are skipped, a parenthesis ahead.
 *
 * Offsets in a buffer that is closed by a 0 at `length`.
 */
import { CharClass, charClass } from "./characters.ts";
import { spliceLength } from "./splice.ts";

const quote = 0x22;
const apostrophe = 0x27;
const backslash = 0x5c;

/** The end of the block comment whose text starts at `from`; length + 1 when it has none. */
export function blockCommentEnd(bytes: Uint8Array, length: number, from: number): number {
  let pos = from;
  for (;;) {
    const byte = bytes[pos] as number;
    if (byte === 0x2a) {
      let next = pos + 1;
      while (bytes[next] === backslash && spliceLength(bytes, next) > 0) next += spliceLength(bytes, next);
      if (bytes[next] === 0x2f) return next + 1;
    } else if (byte === 0 && pos >= length) {
      return length + 1;
    }
    pos++;
  }
}

/** The line end that ends the line comment whose text starts at `from`. */
export function lineCommentEnd(bytes: Uint8Array, length: number, from: number): number {
  let pos = from;
  for (;;) {
    const byte = bytes[pos] as number;
    if (byte === 10 || byte === 13 || (byte === 0 && pos >= length)) return pos;
    const splice = byte === backslash ? spliceLength(bytes, pos) : 0;
    pos += splice > 0 ? splice : 1;
  }
}

/** Is the next token from `from` on, over line ends and comments, a parenthesis? */
export function parenFollows(bytes: Uint8Array, length: number, from: number): boolean {
  let pos = from;
  for (;;) {
    const byte = bytes[pos] as number;
    const kind = charClass[byte];
    if (kind === CharClass.Space || kind === CharClass.Newline) {
      pos++;
    } else if (byte === 0x2f && bytes[pos + 1] === 0x2a) {
      pos = blockCommentEnd(bytes, length, pos + 2);
      if (pos > length) return false;
    } else if (byte === 0x2f && bytes[pos + 1] === 0x2f) {
      pos = lineCommentEnd(bytes, length, pos + 2);
    } else if (byte === backslash && spliceLength(bytes, pos) > 0) {
      pos += spliceLength(bytes, pos);
    } else {
      return byte === 0x28;
    }
  }
}

/** The literal whose quote is at `open`: the offset behind it, or its line's end. */
function literalEnd(bytes: Uint8Array, length: number, open: number): number {
  const end = bytes[open];
  let pos = open + 1;
  for (;;) {
    const byte = bytes[pos] as number;
    if (byte === end) return pos + 1;
    if (byte === 10 || byte === 13 || pos >= length) return pos;
    const splice = byte === backslash ? spliceLength(bytes, pos) : 0;
    if (splice > 0) pos += splice;
    else if (byte === backslash && pos + 1 < length) {
      pos++;
      while (bytes[pos] === backslash && spliceLength(bytes, pos) > 0) pos += spliceLength(bytes, pos);
      pos++;
    } else pos++;
  }
}

/** The offset of the `#` (or `%:`) of the next directive, comments and literals skipped whole; -1 at the end. */
export function nextDirective(bytes: Uint8Array, length: number, from: number, atLineStart: boolean): number {
  let pos = from;
  let lineStart = atLineStart;
  for (;;) {
    const byte = bytes[pos] as number;
    switch (byte) {
      case 10:
      case 13:
        lineStart = true;
        pos++;
        break;
      case 9:
      case 11:
      case 12:
      case 32:
        pos++;
        break;
      case 0x23:
        if (lineStart) return pos;
        pos++;
        break;
      case 0x25:
        if (lineStart && bytes[pos + 1] === 0x3a) return pos;
        lineStart = false;
        pos++;
        break;
      case 0x2f:
        if (bytes[pos + 1] === 0x2a) {
          pos = Math.min(blockCommentEnd(bytes, length, pos + 2), length);
        } else if (bytes[pos + 1] === 0x2f) {
          pos = lineCommentEnd(bytes, length, pos + 2);
        } else {
          pos++;
          lineStart = false;
        }
        break;
      case quote:
      case apostrophe:
        lineStart = false;
        pos = literalEnd(bytes, length, pos);
        break;
      case backslash: {
        const splice = spliceLength(bytes, pos);
        pos += splice > 0 ? splice : 1;
        if (splice === 0) lineStart = false;
        break;
      }
      default:
        if (pos >= length) return -1;
        lineStart = false;
        pos++;
    }
  }
}
