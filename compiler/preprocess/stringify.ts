/**
 * The # and ## operators (C 6.10.3.2 and 6.10.3.3): tokens into a string literal, two tokens into one.
 */
import type { Interner, SymbolId } from "../source/interner.ts";
import { TokenFlag, TokenKind, Tokens, isCharConstant, isName, isStringLiteral } from "../source/token.ts";
import { type LexContext, LexMode, Stop } from "./lex-context.ts";
import { Lexer } from "./lexer.ts";
import type { SourceFile } from "../source/source-map.ts";

const quote = 0x22;
const backslash = 0x5c;

/**
 * The string literal that spells the rows `from` to `to` (exclusive): one space where there was white space, none at
 * the ends, `\` and `"` of literals escaped. `dropped` says that a lone backslash at the end had to go.
 */
export function stringify(
  interner: Interner,
  tokens: Tokens,
  from: number,
  to: number,
): { text: SymbolId; dropped: boolean } {
  const out: number[] = [quote];
  for (let row = from; row < to; row++) {
    const kind = tokens.kind[row] as number;
    if (kind === TokenKind.Placemarker) continue;
    const spaced = ((tokens.flags[row] as number) & (TokenFlag.LeadingSpace | TokenFlag.StartOfLine)) !== 0;
    if (spaced && out.length > 1) out.push(32);
    const escapes = isStringLiteral(kind) || isCharConstant(kind);
    for (const byte of interner.bytes(tokens.text[row] as number)) {
      if (escapes && (byte === quote || byte === backslash)) out.push(backslash);
      out.push(byte);
    }
  }
  let slashes = 0;
  while (out[out.length - 1 - slashes] === backslash) slashes++;
  const dropped = slashes % 2 === 1;
  if (dropped) out.pop();
  out.push(quote);
  const bytes = Uint8Array.from(out);
  return { text: interner.internRange(bytes, 0, bytes.length), dropped };
}

/** What pasting gives: one token, or none when the spelling is no token. */
export interface Pasted {
  readonly kind: number;
  readonly text: SymbolId;
}

/** Joins two spellings and reads them as one token. */
export class Paster {
  private readonly context: LexContext;
  private readonly scratch = new Tokens(4);
  private buffer = new Uint8Array(256);

  constructor(context: LexContext) {
    this.context = context;
  }

  /** Undefined when the result is no token; then nothing was diagnosed yet. `spelling` gives the text for that. */
  paste(leftKind: number, left: SymbolId, right: SymbolId, rightKind: number): Pasted | undefined {
    const { interner } = this.context;
    const leftBytes = interner.bytes(left);
    const rightBytes = interner.bytes(right);
    const length = leftBytes.length + rightBytes.length;
    if (this.buffer.length <= length) this.buffer = new Uint8Array(length * 2 + 1);
    const { buffer } = this;
    buffer.set(leftBytes, 0);
    buffer.set(rightBytes, leftBytes.length);
    buffer[length] = 0;
    if (isName(leftKind) && (isName(rightKind) || isWord(buffer, leftBytes.length, length))) {
      const text = interner.internRange(buffer, 0, length);
      return { kind: interner.kind[text] as number, text };
    }
    // A comment is no token, and would end beyond the buffer.
    if (buffer[0] === 0x2f && (buffer[1] === 0x2a || buffer[1] === 0x2f)) return undefined;
    // An unterminated literal stays as it is: reading it again would complain of it again.
    if (leftKind === TokenKind.Unknown || rightKind === TokenKind.Unknown) return undefined;
    const file: SourceFile = {
      index: -1,
      name: "",
      bytes: buffer,
      length,
      base: 0,
      includedFrom: 0,
      searchIndex: -1,
      systemFrom: 0,
      overrides: [],
      lines: undefined,
    };
    const lexer = new Lexer(file, this.context);
    this.scratch.count = 0;
    const stop = lexer.lex(this.scratch, LexMode.OneInLine);
    if (stop !== Stop.One || lexer.pos !== length) return undefined;
    const kind = this.scratch.kind[0] as number;
    return kind === TokenKind.Unknown ? undefined : { kind, text: this.scratch.text[0] as number };
  }
}

/** Letters and digits only, ASCII. */
function isWord(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    const letter = byte | 32;
    if (!((letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f)) return false;
  }
  return true;
}
