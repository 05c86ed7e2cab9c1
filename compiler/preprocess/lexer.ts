/**
 * The lexer: bytes of one file into rows of a token table (C 6.4, translation phases 1 to 3).
 *
 * `lex` runs until something needs the preprocessor: a name that is a macro, a `#` that begins a line, the end of the
 * line (when a directive is read) or of the file. Everything else goes straight into the table that it is given, which
 * is the final one outside macros, so ordinary text is written once. No string is made: a token's text is interned from
 * the bytes. Line splices inside a token are rare: such a token is lexed again in a copy of its logical line without
 * the splices (splice.ts). Locations are positions in the file.
 */
import { type SymbolId, hashByte } from "../source/interner.ts";
import type { SourceFile } from "../source/source-map.ts";
import { TokenFlag, TokenKind, type Tokens } from "../source/token.ts";
import { CharClass, charClass, decodeUtf8, isUnicodeSpace, wordByte } from "./characters.ts";
import { type Conflict, conflictAt, conflictEnd, lineEnd, looksLikeMarker } from "./conflict.ts";
import { readIdentifier, universalName } from "./identifier.ts";
import { type LexContext, LexMode, Stop } from "./lex-context.ts";
import {
  isDigraph, punctuatorAt, punctuatorKind, punctuatorLength, singlePunctuator,
} from "./punctuator.ts";
import { blockCommentEnd, lineCommentEnd, nextDirective, parenFollows } from "./scan.ts";
import { type LogicalLine, logicalIndex, logicalLine, spliceLength } from "./splice.ts";

function skipSpaces(bytes: Uint8Array, from: number): number {
  let pos = from;
  let byte = bytes[pos];
  while (byte === 9 || byte === 32) byte = bytes[++pos];
  return pos;
}

const quote = 0x22;
const apostrophe = 0x27;
const backslash = 0x5c;

export class Lexer {
  readonly file: SourceFile;
  /** Offset of the next byte. */
  pos = 0;
  /** Offset of the `#` of the last directive. */
  hashOffset = 0;
  /** Has any token come out of `lex` in text mode? */
  sawToken = false;
  private readonly bytes: Uint8Array;
  private readonly length: number;
  private readonly base: number;
  private readonly context: LexContext;
  /** Flags that an empty expansion left to the next token; they make no directive of a `#`. */
  private inherited = 0;
  /** Flags that the next token gets. */
  private flags: number = TokenFlag.StartOfLine;
  /** After a header-name builtin in a directive: 1, then 2 after its parenthesis. */
  private headerState = 0;
  private line: LogicalLine | undefined;
  /** The markers that the text stands between. */
  private conflict: Conflict = "none";
  /** Markers that nothing ends from here on: the rest of a file is searched once. */
  private readonly unended = new Set<Conflict>();

  constructor(file: SourceFile, context: LexContext) {
    this.file = file;
    this.bytes = file.bytes;
    this.length = file.length;
    this.base = file.base;
    this.context = context;
    // A byte order mark is no part of the text.
    if (this.bytes[0] === 0xef && this.bytes[1] === 0xbb && this.bytes[2] === 0xbf) this.pos = 3;
  }

  /** Offset of the line end that `lex` consumed last. */
  lineEndOffset = 0;

  /** Location of the next byte. */
  get loc(): number {
    return this.base + this.pos;
  }

  /** Location of the line end that `lex` consumed last. */
  get lineEnd(): number {
    return this.base + this.lineEndOffset;
  }

  /** Location of the `#` of the last directive. */
  get hashLoc(): number {
    return this.base + this.hashOffset;
  }

  /** Flags that the next token gets on top of its own. */
  addFlags(flags: number): void {
    this.inherited |= flags;
  }

  lex(out: Tokens, mode: LexMode): Stop {
    const before = out.count;
    const stop = this.run(out, mode);
    if (this.inherited !== 0 && out.count > before) {
      const flags = out.flags[before] as number;
      // White space before a line end does not count.
      if ((flags & TokenFlag.StartOfLine) === 0) out.flags[before] = flags | this.inherited;
      this.inherited = 0;
    }
    if (mode <= LexMode.One && this.sawTokenIn(out, before)) this.sawToken = true;
    return stop;
  }

  /** Reads a version control conflict marker: the place behind what it leaves out, -1 when it is none. */
  private conflictMarker(at: number): number {
    const { bytes, length } = this;
    if (this.conflict !== "none") {
      const end = conflictEnd(bytes, length, at, this.conflict);
      if (end >= 0) this.conflict = "none";
      return end;
    }
    const begun = conflictAt(bytes, at);
    if (begun === "none" || this.unended.has(begun)) return -1;
    if (conflictEnd(bytes, length, at, begun) < 0) {
      this.unended.add(begun);
      return -1;
    }
    this.conflict = begun;
    this.context.diagnostics.error(this.base + at, "version control conflict marker in file");
    return lineEnd(bytes, length, at);
  }

  /** Is any row from `from` on more than a comment? */
  private sawTokenIn(out: Tokens, from: number): boolean {
    if (!this.context.comments) return out.count > from;
    for (let row = from; row < out.count; row++) {
      if (out.kind[row] !== TokenKind.Comment) return true;
    }
    return false;
  }

  private run(out: Tokens, mode: LexMode): Stop {
    const { bytes, base, context } = this;
    const { interner, punctuator } = context;
    const one = mode === LexMode.One || mode === LexMode.OneInLine;
    const inLine = mode >= LexMode.Line;
    let pos = this.pos;
    let flags = this.flags;
    for (;;) {
      const start = pos;
      const byte = bytes[pos] as number;
      switch (charClass[byte]) {
        case CharClass.Space:
          pos = skipSpaces(bytes, pos + 1);
          flags |= TokenFlag.LeadingSpace;
          continue;

        case CharClass.Newline:
          if (inLine) this.lineEndOffset = pos;
          pos++;
          flags = TokenFlag.StartOfLine;
          if (inLine) {
            if (byte === 13 && bytes[pos] === 10) pos++;
            this.pos = pos;
            this.flags = flags;
            this.headerState = 0;
            return Stop.EndOfLine;
          }
          continue;

        case CharClass.Letter: {
          pos = this.word(out, start, flags);
          if (pos < 0) break;
          flags = 0;
          const symbol = out.text[out.count - 1] as number;
          if (inLine) {
            if (context.headerNames.has(symbol)) this.headerState = 1;
            if (!one) continue;
          } else if (interner.macro[symbol] !== 0) {
            this.pos = pos;
            this.flags = 0;
            return one ? Stop.One : Stop.Macro;
          } else if (!one) {
            continue;
          }
          this.pos = pos;
          this.flags = 0;
          return Stop.One;
        }

        case CharClass.Digit: {
          pos = this.number(out, start, flags);
          if (pos < 0) break;
          flags = 0;
          if (!one) continue;
          this.pos = pos;
          this.flags = 0;
          return Stop.One;
        }

        case CharClass.Punctuator: {
          let kind = singlePunctuator[byte] as number;
          let symbol = punctuator[kind] as number;
          if (kind !== 0) {
            pos++;
          } else {
            if (byte === 0x2f) {
              const next = bytes[pos + 1];
              if (next === 0x2a || next === 0x2f) {
                pos = next === 0x2a ? this.blockComment(pos + 2) : this.lineComment(pos + 2);
                if (context.comments && !inLine) {
                  this.comment(out, start, pos, flags);
                  flags = 0;
                  if (!one) continue;
                  this.pos = pos;
                  this.flags = 0;
                  return Stop.One;
                }
                flags |= TokenFlag.LeadingSpace;
                continue;
              }
            } else if (byte === 0x2e && charClass[bytes[pos + 1] as number] === CharClass.Digit) {
              pos = this.number(out, start, flags);
              if (pos < 0) break;
              flags = 0;
              if (!one) continue;
              this.pos = pos;
              this.flags = 0;
              return Stop.One;
            } else if (byte === 0x3c && this.headerState === 2) {
              const end = this.headerNameEnd(pos + 1);
              if (end > 0) {
                out.push(TokenKind.HeaderName, base + start, this.spelled(start, end), flags);
                flags = 0;
                pos = end;
                this.headerState = 0;
                if (!one) continue;
                this.pos = pos;
                this.flags = 0;
                return Stop.One;
              }
            }
            if (looksLikeMarker(bytes, pos) && !inLine) {
              const behind = this.conflictMarker(pos);
              if (behind >= 0) {
                pos = behind;
                continue;
              }
            }
            const packed = punctuatorAt(bytes, pos);
            if (packed < 0) break;
            kind = punctuatorKind(packed);
            pos += punctuatorLength(packed);
            symbol = isDigraph(packed) ? this.spelled(start, pos) : (punctuator[kind] as number);
            if (kind === TokenKind.Hash && (flags & TokenFlag.StartOfLine) !== 0 && !inLine) {
              this.pos = pos;
              this.flags = 0;
              this.hashOffset = start;
              return Stop.Directive;
            }
          }
          if (this.headerState !== 0) this.headerState = kind === TokenKind.LeftParen ? 2 : 0;
          out.push(kind, base + start, symbol, flags);
          flags = 0;
          if (!one) continue;
          this.pos = pos;
          this.flags = 0;
          return Stop.One;
        }

        case CharClass.Quote: {
          pos = this.literal(out, start, start, flags);
          if (pos < 0) break;
          flags = 0;
          if (!one) continue;
          this.pos = pos;
          this.flags = 0;
          return Stop.One;
        }

        case CharClass.Nul:
          if (pos >= this.length) {
            this.pos = pos;
            this.flags = flags;
            this.headerState = 0;
            this.lineEndOffset = pos;
            return inLine ? Stop.EndOfLine : Stop.EndOfFile;
          }
          context.diagnostics.warning("null-character", base + pos, "null character ignored");
          // A binary file may hold millions: say it once for a run of them.
          while (bytes[pos] === 0 && pos < this.length) pos++;
          flags |= TokenFlag.LeadingSpace;
          continue;

        case CharClass.Backslash: {
          const splice = spliceLength(bytes, pos);
          if (splice > 0) {
            pos += splice;
            continue;
          }
          break;
        }

        default:
          break;
      }

      // What the fast paths above do not take: splices in a token, prefixed literals, characters beyond ASCII.
      const before = out.count;
      pos = this.rare(out, start, flags, inLine);
      if (out.count > before) {
        flags = 0;
        const last = out.count - 1;
        const kind = out.kind[last] as number;
        if (!inLine) {
          if (kind === TokenKind.Hash && ((out.flags[last] as number) & TokenFlag.StartOfLine) !== 0) {
            out.count = last;
            this.pos = pos;
            this.flags = 0;
            this.hashOffset = start;
            return Stop.Directive;
          }
          if (!one && interner.macro[out.text[last] as number] !== 0) {
            this.pos = pos;
            this.flags = 0;
            return Stop.Macro;
          }
        }
        if (one) {
          this.pos = pos;
          this.flags = 0;
          return Stop.One;
        }
      } else {
        flags |= TokenFlag.LeadingSpace;
      }
    }
  }

  /** After the name of #include: <x> as one token, if that is what stands there. Returns whether it did. */
  headerName(out: Tokens): boolean {
    const { bytes } = this;
    let pos = this.pos;
    for (;;) {
      const byte = bytes[pos] as number;
      if (charClass[byte] === CharClass.Space) pos++;
      else if (byte === backslash && spliceLength(bytes, pos) > 0) pos += spliceLength(bytes, pos);
      else if (byte === 0x2f && bytes[pos + 1] === 0x2a) pos = this.blockComment(pos + 2);
      else break;
    }
    if (bytes[pos] !== 0x3c) return false;
    const end = this.headerNameEnd(pos + 1);
    if (end < 0) return false;
    out.push(TokenKind.HeaderName, this.base + pos, this.spelled(pos, end), TokenFlag.LeadingSpace);
    this.pos = end;
    return true;
  }

  private headerNameEnd(from: number): number {
    let pos = from;
    for (;;) {
      const byte = this.bytes[pos] as number;
      if (byte === 0x3e) return pos + 1;
      if (byte === 10 || byte === 13 || pos >= this.length) return -1;
      pos++;
    }
  }

  /** Raw text of the rest of the line, without the space at its ends, for #error; consumes the line. */
  restOfLine(): string {
    const { bytes } = this;
    let pos = this.pos;
    const parts: number[] = [];
    for (;;) {
      const byte = bytes[pos] as number;
      if (pos >= this.length || byte === 10 || byte === 13) break;
      const splice = byte === backslash ? spliceLength(bytes, pos) : 0;
      if (splice > 0) {
        pos += splice;
      } else {
        parts.push(byte);
        pos++;
      }
    }
    if (bytes[pos] === 13 && bytes[pos + 1] === 10) pos++;
    this.pos = Math.min(pos + 1, this.length);
    this.flags = TokenFlag.StartOfLine;
    return new TextDecoder().decode(new Uint8Array(parts)).trim();
  }

  /** Is the next token, over line ends and comments, a parenthesis? (C 6.10.3p10) Consumes nothing. */
  peekParen(): boolean {
    return parenFollows(this.bytes, this.length, this.pos);
  }

  /**
   * Skips a group that is not taken (C 6.10.1p6). Stops behind the `#` of the next directive: true; false at the end of
   * the file. `atLineStart` tells whether a line begins here.
   */
  skipGroup(atLineStart: boolean): boolean {
    const hash = nextDirective(this.bytes, this.length, this.pos, atLineStart);
    this.flags = 0;
    if (hash < 0) {
      this.pos = this.length;
      return false;
    }
    this.hashOffset = hash;
    this.pos = hash + (this.bytes[hash] === 0x25 ? 2 : 1);
    return true;
  }

  /** Text of `bytes[from, to)` as a symbol. */
  private spelled(from: number, to: number): SymbolId {
    return this.context.interner.internRange(this.bytes, from, to);
  }

  /** An identifier or keyword. Returns its end, -1 when it is spliced, beyond ASCII, or a literal's prefix. */
  private word(out: Tokens, start: number, flags: number): number {
    const { bytes } = this;
    const { interner } = this.context;
    let pos = start;
    let next = bytes[pos] as number;
    let hash = 0;
    let any = 0;
    do {
      hash = hashByte(hash, next);
      any |= next;
      next = bytes[++pos] as number;
    } while (wordByte[next] === 1);
    if (next === backslash || any >= 0x80) return -1;
    if ((next === quote || next === apostrophe) && this.prefixKind(start, pos, next) !== 0) return -1;
    const symbol = interner.internBytes(bytes, start, pos, hash);
    out.push(interner.kind[symbol] as number, this.base + start, symbol, flags);
    return pos;
  }

  /** pp-number = [ "." ] digit { digit | letter | "." | [eEpP] [+-] }. Returns its end, -1 for a splice. */
  private number(out: Tokens, start: number, flags: number): number {
    const { bytes } = this;
    let pos = start;
    let last = 0;
    let float = false;
    const hex = bytes[start] === 0x30 && ((bytes[start + 1] as number) | 32) === 0x78;
    let hash = 0;
    for (;;) {
      const byte = bytes[pos] as number;
      if (wordByte[byte] === 1) {
        const letter = byte | 32;
        if (hex ? letter === 0x70 : letter === 0x65) float = true;
        if (byte >= 0x80) break;
      } else if (byte === 0x2e) {
        float = true;
      } else if (byte === 0x2b || byte === 0x2d) {
        const exponent = last | 32;
        if (exponent !== 0x65 && exponent !== 0x70) break;
      } else if (byte === apostrophe && this.context.c23 && wordByte[bytes[pos + 1] as number] === 1) {
        // A digit separator.
      } else {
        if (byte === backslash && spliceLength(bytes, pos) > 0) return -1;
        break;
      }
      hash = hashByte(hash, byte);
      last = byte;
      pos++;
    }
    const symbol = this.context.interner.internBytes(bytes, start, pos, hash);
    out.push(float ? TokenKind.FloatConstant : TokenKind.IntegerConstant, this.base + start, symbol, flags);
    return pos;
  }

  /** The literal's kind by its prefix; 0 when the bytes are no prefix. */
  private prefixKind(start: number, pos: number, next: number): number {
    const string = next === quote;
    const first = this.bytes[start];
    if (pos === start) return string ? TokenKind.StringLiteral : TokenKind.CharConstant;
    if (pos - start === 1) {
      if (first === 0x4c) return string ? TokenKind.WideStringLiteral : TokenKind.WideCharConstant;
      if (!this.context.unicodeLiterals) return 0;
      if (first === 0x75) return string ? TokenKind.Utf16StringLiteral : TokenKind.Utf16CharConstant;
      if (first === 0x55) return string ? TokenKind.Utf32StringLiteral : TokenKind.Utf32CharConstant;
      return 0;
    }
    if (pos - start === 2 && first === 0x75 && this.bytes[start + 1] === 0x38 && this.context.unicodeLiterals) {
      if (string) return TokenKind.Utf8StringLiteral;
      return this.context.c23 ? TokenKind.Utf8CharConstant : 0;
    }
    return 0;
  }

  /** A string or character literal whose quote is at `open`. Returns its end, -1 for a splice inside. */
  private literal(out: Tokens, start: number, open: number, flags: number): number {
    const { bytes, length, context } = this;
    const end = bytes[open] as number;
    let pos = open + 1;
    for (;;) {
      const byte = bytes[pos] as number;
      if (byte === end) break;
      if (byte === backslash) {
        // A splice, or one behind the backslash, whose escape goes on in the next line.
        if (spliceLength(bytes, pos) > 0 || (bytes[pos + 1] === backslash && spliceLength(bytes, pos + 1) > 0)) return -1;
        pos += pos + 1 < length ? 2 : 1;
      } else if (byte === 10 || byte === 13 || (byte === 0 && pos >= length)) {
        const mark = String.fromCharCode(end);
        context.diagnostics.warning("invalid-pp-token", this.base + start, `missing terminating ${
          end === quote ? "'\"'" : mark} character`);
        out.push(TokenKind.Unknown, this.base + start, this.spelled(start, pos), flags);
        return pos;
      } else {
        pos++;
      }
    }
    pos++;
    let kind = this.prefixKind(start, open, end);
    if (end === apostrophe && pos === open + 2) {
      context.diagnostics.warning("invalid-pp-token", this.base + start, "empty character constant");
      kind = TokenKind.Unknown;
    }
    out.push(kind, this.base + start, this.spelled(start, pos), flags);
    return pos;
  }

  /** A comment as a token, whose text has no splices. */
  private comment(out: Tokens, start: number, end: number, flags: number): void {
    const { bytes } = this;
    const text: number[] = [];
    for (let pos = start; pos < end;) {
      const splice = bytes[pos] === backslash ? spliceLength(bytes, pos) : 0;
      if (splice === 0) text.push(bytes[pos] as number);
      pos += Math.max(splice, 1);
    }
    const symbol = this.context.interner.internRange(Uint8Array.from(text), 0, text.length);
    out.push(TokenKind.Comment, this.base + start, symbol, flags);
  }

  private blockComment(from: number): number {
    const end = blockCommentEnd(this.bytes, this.length, from);
    if (end > this.length) {
      this.context.diagnostics.error(this.base + from - 2, "unterminated /* comment");
      return this.length;
    }
    return end;
  }

  private lineComment(from: number): number {
    const end = lineCommentEnd(this.bytes, this.length, from);
    for (let pos = from; pos < end; pos++) {
      if (this.bytes[pos] === backslash && spliceLength(this.bytes, pos) > 0) {
        this.context.diagnostics.warning("comment", this.base + from - 2, "multi-line // comment");
        break;
      }
    }
    return end;
  }

  /**
   * The token at `start` that the fast paths left. Adds a row at `start`, or none when it was no token; returns the
   * offset behind it.
   */
  private rare(out: Tokens, start: number, flags: number, inLine: boolean): number {
    const { bytes, context } = this;
    let pos = start;
    while (wordByte[bytes[pos] as number] === 1 && (bytes[pos] as number) < 0x80) pos++;
    const next = bytes[pos] as number;
    if (next >= 0x80 || (next === backslash && universalName(bytes, pos) !== undefined)) {
      return this.wideName(out, start, flags);
    }
    if ((next === quote || next === apostrophe) && this.prefixKind(start, pos, next) !== 0) {
      const end = this.literal(out, start, pos, flags);
      if (end >= 0) return end;
    }
    const line = this.lineAt(start);
    if (line !== undefined) return this.spliced(out, line, start, flags, inLine);
    if (pos === start) {
      out.push(TokenKind.Unknown, this.base + start, this.spelled(start, start + 1), flags);
      return start + 1;
    }
    const symbol = this.spelled(start, pos);
    out.push(context.interner.kind[symbol] as number, this.base + start, symbol, flags);
    return pos;
  }

  /** The logical line around an offset; undefined when nothing is spliced from there on. */
  private lineAt(offset: number): LogicalLine | undefined {
    const line = this.line;
    if (line !== undefined && line.start <= offset && offset < line.end) return line;
    this.line = logicalLine(this.bytes, offset, this.length);
    return this.line;
  }

  /** A token of a logical line, found by a lexer over the line's text without splices. */
  private spliced(out: Tokens, line: LogicalLine, start: number, flags: number, inLine: boolean): number {
    const index = logicalIndex(line, start);
    if (line.bytes[index] === 0x2f && (line.bytes[index + 1] === 0x2a || line.bytes[index + 1] === 0x2f)) {
      const text = line.offsets[index + 2] ?? line.end;
      const end = line.bytes[index + 1] === 0x2a ? this.blockComment(text) : this.lineComment(text);
      if (this.context.comments && !inLine) this.comment(out, start, end, flags);
      return end;
    }
    const lexer = new Lexer(
      { ...this.file, bytes: line.bytes, length: line.length, base: this.base + start - index },
      this.context,
    );
    lexer.pos = index;
    lexer.run(out, LexMode.OneInLine);
    const last = out.count - 1;
    out.loc[last] = this.base + start;
    out.flags[last] = flags;
    return line.offsets[lexer.pos] ?? line.end;
  }

  /** An identifier with characters beyond ASCII, or a character that none may hold, which is an error and no token. */
  private wideName(out: Tokens, start: number, flags: number): number {
    const { bytes, base, context } = this;
    const { spelling, end } = readIdentifier(bytes, start);
    if (end > start) {
      const symbol = context.interner.internRange(spelling, 0, spelling.length);
      out.push(context.interner.kind[symbol] as number, base + start, symbol, flags);
      return end;
    }
    let pos = start;
    const { code, length } = universalName(bytes, pos) ?? decodeUtf8(bytes, pos);
    if (length === 0) {
      context.diagnostics.warning("invalid-utf8", base + pos, "source file is not valid UTF-8");
      while ((bytes[pos] as number) >= 0x80 && decodeUtf8(bytes, pos).length === 0) pos++;
      out.push(TokenKind.Unknown, base + start, this.spelled(start, pos), flags);
      return pos;
    }
    const name = `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
    if (isUnicodeSpace(code)) {
      context.diagnostics.warning("unicode-whitespace", base + pos, "treating Unicode character as whitespace");
    } else {
      context.diagnostics.error(base + pos, `unexpected character ${name}`);
    }
    return pos + length;
  }
}
