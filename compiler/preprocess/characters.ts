/**
 * Characters: one table that classes the 256 bytes for the lexer, and which Unicode characters an identifier may hold.
 *
 * Bytes from 0x80 up count as letters; the lexer checks the characters behind them afterwards. `$` is a letter, as in
 * clang and GCC.
 */

/** What a token that starts with this byte is, or how the byte continues one. */
export const CharClass = {
  Other: 0,
  Space: 1,
  Newline: 2,
  Letter: 3,
  Digit: 4,
  Punctuator: 5,
  Quote: 6,
  Nul: 7,
  Backslash: 8,
  /** Bytes 0x80 to 0xff. */
  Wide: 9,
} as const;

function classify(): Uint8Array {
  const table = new Uint8Array(256);
  for (let byte = 0x80; byte < 0x100; byte++) table[byte] = CharClass.Wide;
  const set = (characters: string, value: number): void => {
    for (const character of characters) table[character.charCodeAt(0)] = value;
  };
  set(" \t\v\f", CharClass.Space);
  set("\n\r", CharClass.Newline);
  set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$", CharClass.Letter);
  set("0123456789", CharClass.Digit);
  set("[](){}.-+&*~!/%<>=^|?:;,#", CharClass.Punctuator);
  set("\"'", CharClass.Quote);
  table[0] = CharClass.Nul;
  table[0x5c] = CharClass.Backslash;
  return table;
}

export const charClass: Uint8Array = classify();

/** 1 for bytes that continue an identifier: letters, digits and bytes from 0x80 up. */
export const wordByte: Uint8Array = charClass.map((value) =>
  value === CharClass.Letter || value === CharClass.Digit || value === CharClass.Wide ? 1 : 0,
);

/** C11 annex D.1: characters that an identifier may hold, as first and last of each range. */
const identifierRanges: readonly number[] = [
  0xa8, 0xa8, 0xaa, 0xaa, 0xad, 0xad, 0xaf, 0xaf, 0xb2, 0xb5, 0xb7, 0xba, 0xbc, 0xbe, 0xc0, 0xd6, 0xd8, 0xf6,
  0xf8, 0xff, 0x100, 0x167f, 0x1681, 0x180d, 0x180f, 0x1fff, 0x200b, 0x200d, 0x202a, 0x202e, 0x203f, 0x2040,
  0x2054, 0x2054, 0x2060, 0x206f, 0x2070, 0x218f, 0x2460, 0x24ff, 0x2776, 0x2793, 0x2c00, 0x2dff, 0x2e80, 0x2fff,
  0x3004, 0x3007, 0x3021, 0x302f, 0x3031, 0x303f, 0x3040, 0xd7ff, 0xf900, 0xfd3d, 0xfd40, 0xfdcf, 0xfdf0, 0xfe44,
  0xfe47, 0xfffd, 0x10000, 0x1fffd, 0x20000, 0x2fffd, 0x30000, 0x3fffd, 0x40000, 0x4fffd, 0x50000, 0x5fffd,
  0x60000, 0x6fffd, 0x70000, 0x7fffd, 0x80000, 0x8fffd, 0x90000, 0x9fffd, 0xa0000, 0xafffd, 0xb0000, 0xbfffd,
  0xc0000, 0xcfffd, 0xd0000, 0xdfffd, 0xe0000, 0xefffd,
];

/** C11 annex D.2: of those, the ones that may not come first. */
const notInitialRanges: readonly number[] = [0x300, 0x36f, 0x1dc0, 0x1dff, 0x20d0, 0x20ff, 0xfe20, 0xfe2f];

function inRanges(ranges: readonly number[], character: number): boolean {
  for (let i = 0; i < ranges.length; i += 2) {
    if (character < (ranges[i] as number)) return false;
    if (character <= (ranges[i + 1] as number)) return true;
  }
  return false;
}

/** May a character above ASCII stand in an identifier, at its start or later? */
export function isIdentifierCharacter(character: number, first: boolean): boolean {
  return inRanges(identifierRanges, character) && !(first && inRanges(notInitialRanges, character));
}

/** Spaces that clang takes for white space, with a warning. */
export function isUnicodeSpace(character: number): boolean {
  return character === 0x85 || character === 0xa0 || character === 0x1680 || character === 0x180e ||
    (character >= 0x2000 && character <= 0x200a) || character === 0x2028 || character === 0x2029 ||
    character === 0x202f || character === 0x205f || character === 0x3000;
}

/** The UTF-8 character at a place: its code and length in bytes; length 0 when the bytes are no UTF-8. */
export function decodeUtf8(bytes: Uint8Array, at: number): { code: number; length: number } {
  const bad = { code: 0, length: 0 };
  const first = bytes[at] ?? 0;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0) return bad;
  let code = first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    if ((byte & 0xc0) !== 0x80) return bad;
    code = (code << 6) | (byte & 0x3f);
  }
  const overlong = (length === 3 && code < 0x800) || (length === 4 && code < 0x10000);
  if (overlong || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return bad;
  return { code, length };
}
