/**
 * Identifiers beyond ASCII (C 6.4.2, annex D): UTF-8 and universal character names.
 *
 * `\u00e9` and the character it names are the same in an identifier, so its spelling is kept in UTF-8.
 */
import { decodeUtf8, isIdentifierCharacter, wordByte } from "./characters.ts";

const backslash = 0x5c;

/** A universal character name whose backslash is at `pos`: the character, and the name's length. */
export function universalName(bytes: Uint8Array, pos: number): { code: number; length: number } | undefined {
  const marker = bytes[pos + 1];
  const digits = marker === 0x75 ? 4 : marker === 0x55 ? 8 : 0;
  if (digits === 0) return undefined;
  const text = String.fromCharCode(...bytes.subarray(pos + 2, pos + 2 + digits));
  if (text.length !== digits || !/^[0-9a-fA-F]+$/.test(text)) return undefined;
  const code = parseInt(text, 16);
  return code <= 0x10ffff && code >= 0xa0 ? { code, length: digits + 2 } : undefined;
}

/** The identifier that starts at an offset: its spelling in UTF-8, and its end; `end === start` when there is none. */
export function readIdentifier(bytes: Uint8Array, start: number): { spelling: Uint8Array; end: number } {
  const encoder = new TextEncoder();
  const spelling: number[] = [];
  let pos = start;
  for (;;) {
    const byte = bytes[pos] as number;
    if (byte < 0x80 && wordByte[byte] === 1) {
      spelling.push(byte);
      pos++;
      continue;
    }
    const universal = byte === backslash ? universalName(bytes, pos) : undefined;
    const character = universal ?? (byte >= 0x80 ? decodeUtf8(bytes, pos) : undefined);
    if (character === undefined || !isIdentifierCharacter(character.code, pos === start)) break;
    for (const unit of encoder.encode(String.fromCodePoint(character.code))) spelling.push(unit);
    pos += character.length;
  }
  return { spelling: Uint8Array.from(spelling), end: pos };
}
