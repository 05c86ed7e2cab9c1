/**
 * Preprocessed text: what -E and -dM write, in clang's layout.
 *
 * A token stands on the line of its source as far as empty lines can keep step with it: up to eight are written,
 * further on a line marker says where the text is (`# 12 "a.h" 2`: 1 a file begins, 2 it goes on, 3 it is a system
 * header, 4 it is a standard one). A space stands where the source had one, and where two tokens would run into one.
 */
import type { Interner } from "../source/interner.ts";
import { type Loc, type SourceMap, noLoc } from "../source/source-map.ts";
import { TokenFlag, TokenKind, type Tokens, isName } from "../source/token.ts";
import type { FileEvent, Preprocessed, TextEvent } from "./options.ts";

export interface PrintOptions {
  /** False for -P. */
  readonly lineMarkers: boolean;
}

/** -E: the text of the translation unit. */
export function printPreprocessed(
  result: Preprocessed,
  deps: { readonly interner: Interner; readonly sources: SourceMap },
  options: PrintOptions,
): string {
  return new Printer(result.tokens, deps.interner, deps.sources, options).print(result.events);
}

/** -dM: every macro at the end of the translation unit. */
export function printMacros(result: Preprocessed): string {
  return result.macros().map((macro) => `#define ${macro.definition}\n`).join("");
}

/** So many lines are stepped over by empty lines; more take a marker. */
const maxEmptyLines = 8;

class Printer {
  private readonly parts: string[] = [];
  private readonly tokens: Tokens;
  private readonly interner: Interner;
  private readonly sources: SourceMap;
  private readonly markers: boolean;
  /** The presumed line that the output is on. */
  private line = 1;
  private file = "";
  /** " 3", " 3 4" in system headers. */
  private system = "";
  private tokensOnLine = false;
  private directiveOnLine = false;
  /** The stretch of locations known to lie on presumed line `knownLine`. */
  private knownStart = 0;
  private knownEnd = -1;
  private knownLine = 0;

  constructor(tokens: Tokens, interner: Interner, sources: SourceMap, options: PrintOptions) {
    this.tokens = tokens;
    this.interner = interner;
    this.sources = sources;
    this.markers = options.lineMarkers;
  }

  print(events: readonly TextEvent[]): string {
    const { tokens } = this;
    let next = 0;
    let previous = -1;
    for (let row = 0; row < tokens.count; row++) {
      let event = events[next];
      while (event !== undefined && event.index <= row) {
        if (event.kind === "directive") this.directive(event.loc, event.text);
        else this.event(event, next === 0);
        event = events[++next];
      }
      const kind = tokens.kind[row] as number;
      if (kind === TokenKind.EndOfFile) break;
      if (kind === TokenKind.PragmaText) {
        row = this.pragma(row);
        continue;
      }
      this.token(row, previous);
      previous = row;
    }
    this.parts.push("\n");
    return this.parts.join("");
  }

  /** The presumed line of a token: that of the macro it came from, if it did. */
  private lineOf(loc: Loc): number {
    const at = this.sources.expansion(loc);
    if (at >= this.knownStart && at < this.knownEnd) return this.knownLine;
    const position = this.sources.position(at);
    if (position === undefined) return this.line;
    const { source, offset } = position;
    const physical = this.sources.lineOf(source, offset);
    this.knownStart = source.base + this.sources.lineStart(source, physical);
    this.knownEnd = source.base + this.sources.lineStart(source, physical + 1);
    this.knownLine = position.line;
    return position.line;
  }

  private token(row: number, previous: number): void {
    const { tokens, parts } = this;
    const flags = tokens.flags[row] as number;
    const loc = tokens.loc[row] as number;
    const spaced = (flags & TokenFlag.LeadingSpace) !== 0;
    // Only the first token of a line moves: lines joined by splices, and calls over several lines, stay one.
    const starts = (flags & TokenFlag.StartOfLine) !== 0;
    const line = starts || this.directiveOnLine ? this.lineOf(loc) : 0;
    if (line !== 0 && (this.moveTo(line, this.directiveOnLine) || (starts && line === 1))) {
      let column = this.sources.position(this.sources.expansion(loc))?.column ?? 1;
      if (column === 1 && (spaced || tokens.kind[row] === TokenKind.Hash)) column = 2;
      parts.push(" ".repeat(column - 1));
    } else if (spaced || (this.tokensOnLine && previous >= 0 && this.wouldJoin(previous, row))) {
      parts.push(" ");
    }
    const text = this.interner.text(tokens.text[row] as number);
    parts.push(text);
    this.tokensOnLine = true;
    if (tokens.kind[row] === TokenKind.Comment) {
      this.line += text.split("\n").length - 1;
      // Nothing may stand behind a comment that goes on to its line's end.
      if (text.startsWith("//")) this.directiveOnLine = true;
    }
  }

  private directive(loc: Loc, text: string): void {
    this.moveTo(this.lineOf(loc), true);
    this.parts.push(text);
    this.directiveOnLine = true;
  }

  /** A pragma's line; returns the row of its end. */
  private pragma(row: number): number {
    const { tokens, interner, parts } = this;
    this.moveTo(this.lineOf(tokens.loc[row] as number), true);
    parts.push(tokens.text[row] === 0 ? "#pragma" : `#${interner.text(tokens.text[row] as number)}`);
    let at = row + 1;
    for (; tokens.kind[at] !== TokenKind.PragmaEnd; at++) {
      const spaced = at === row + 1 || ((tokens.flags[at] as number) & TokenFlag.LeadingSpace) !== 0;
      if (spaced) parts.push(" ");
      parts.push(interner.text(tokens.text[at] as number));
    }
    this.directiveOnLine = true;
    return at;
  }

  /** Brings the output to a source line. True when a line was begun. */
  private moveTo(line: number, fresh: boolean): boolean {
    const { parts } = this;
    let begun = false;
    if ((fresh && this.tokensOnLine) || this.directiveOnLine) {
      parts.push("\n");
      begun = true;
      this.line++;
      this.tokensOnLine = false;
      this.directiveOnLine = false;
    }
    const ahead = line - this.line;
    if (ahead !== 0) {
      if (!begun && ahead === 1) {
        parts.push("\n");
        begun = true;
      } else if (this.markers) {
        if (ahead > 0 && ahead <= maxEmptyLines) parts.push("\n".repeat(ahead));
        else this.marker(line, "");
        begun = true;
      } else if (this.tokensOnLine) {
        parts.push("\n");
        begun = true;
      }
    }
    if (begun) {
      this.tokensOnLine = false;
      this.directiveOnLine = false;
    }
    this.line = line;
    return begun;
  }

  private newlineIfNeeded(): void {
    if (!this.tokensOnLine && !this.directiveOnLine) return;
    this.parts.push("\n");
    this.tokensOnLine = false;
    this.directiveOnLine = false;
  }

  private marker(line: number, flag: string): void {
    this.newlineIfNeeded();
    this.parts.push(`# ${line} "${this.file.replace(/[\\"]/g, "\\$&")}"${flag}${this.system}\n`);
  }

  private event(event: FileEvent, first: boolean): void {
    const position = this.sources.position(event.loc);
    if (position === undefined) return;
    if (event.kind === "enter" && event.from !== noLoc) this.moveTo(this.lineOf(event.from), false);
    this.knownEnd = -1;
    this.file = position.file;
    this.line = position.line;
    this.system = event.systemFlags;
    if (!this.markers) {
      this.newlineIfNeeded();
      return;
    }
    this.marker(position.line, event.kind === "enter" && !first ? " 1" : event.kind === "leave" ? " 2" : "");
  }

  /** Would the two rows, written without a space, be read as something else? */
  private wouldJoin(left: number, right: number): boolean {
    const { tokens, interner, sources } = this;
    // Neighbours in the source stood so already.
    const leftEnd = sources.spelling(tokens.loc[left] as number) + interner.length(tokens.text[left] as number);
    if (leftEnd === sources.spelling(tokens.loc[right] as number)) return false;
    const a = tokens.kind[left] as number;
    const b = tokens.kind[right] as number;
    const next = interner.bytes(tokens.text[right] as number)[0] ?? 0;
    const character = String.fromCharCode(next);
    if (isName(a)) {
      if (b === TokenKind.IntegerConstant || b === TokenKind.FloatConstant) return character !== ".";
      if (isName(b) || (b > TokenKind.CharConstant && b <= TokenKind.Utf32CharConstant)) return true;
      if (b > TokenKind.StringLiteral && b <= TokenKind.Utf32StringLiteral) return true;
      const prefix = ["L", "u", "U", "u8"].includes(interner.text(tokens.text[left] as number));
      return prefix && (b === TokenKind.StringLiteral || b === TokenKind.CharConstant);
    }
    if (a === TokenKind.IntegerConstant || a === TokenKind.FloatConstant) return /[0-9A-Za-z_.+-]/.test(character);
    const joins = joiners.get(a);
    if (joins === undefined) return false;
    if (joins.equal && (b === TokenKind.Equal || b === TokenKind.EqualEqual)) return true;
    return joins.characters.includes(character);
  }
}

/** By operator: the first characters of a next token that would make it longer, and whether a `=` would. */
const joiners: ReadonlyMap<number, { readonly characters: string; readonly equal: boolean }> = new Map([
  [TokenKind.Dot, { characters: "0123456789", equal: false }],
  [TokenKind.Ampersand, { characters: "&", equal: true }],
  [TokenKind.Plus, { characters: "+", equal: true }],
  [TokenKind.Minus, { characters: "->", equal: true }],
  [TokenKind.Slash, { characters: "*/", equal: true }],
  [TokenKind.Less, { characters: "<:%", equal: true }],
  [TokenKind.Greater, { characters: ">", equal: true }],
  [TokenKind.Pipe, { characters: "|", equal: true }],
  [TokenKind.Percent, { characters: ">:", equal: true }],
  [TokenKind.Colon, { characters: ">:", equal: false }],
  [TokenKind.Hash, { characters: "#%", equal: false }],
  [TokenKind.Star, { characters: "", equal: true }],
  [TokenKind.Exclaim, { characters: "", equal: true }],
  [TokenKind.Caret, { characters: "", equal: true }],
  [TokenKind.Equal, { characters: "", equal: true }],
  [TokenKind.LessLess, { characters: "", equal: true }],
  [TokenKind.GreaterGreater, { characters: "", equal: true }],
]);
