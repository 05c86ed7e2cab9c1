/**
 * Preprocessed text: what -E and -dM write, in clang's layout.
 *
 * Tokens stand on their own lines as far as empty lines can keep step with the source: up to eight are written, further
 * on a line marker says where the text is (`# 12 "a.h" 2`: 1 a file begins, 2 it goes on, 3 it is a system header,
 * 4 its text counts as C). A space stands where the source had one, and where two tokens would run into one.
 */
import type { Interner } from "../source/interner.ts";
import { type SourceMap, noLoc } from "../source/source-map.ts";
import { TokenFlag, TokenKind, type Tokens, isCharConstant, isName, isStringLiteral } from "../source/token.ts";
import type { FileEvent, FinalMacro, Preprocessed } from "./options.ts";

export interface PrintOptions {
  /** False for -P. */
  readonly lineMarkers: boolean;
}

/** -E: the text of the translation unit. */
export function printPreprocessed(
  result: Preprocessed,
  interner: Interner,
  sources: SourceMap,
  options: PrintOptions,
): string {
  const printer = new Printer(result.tokens, interner, sources, options);
  return printer.print(result.events);
}

/** -dM: every macro at the end of the translation unit. */
export function printMacros(macros: readonly FinalMacro[]): string {
  return macros.map((macro) => `#define ${macro.definition}\n`).join("");
}

/** Lines that are stepped over by empty lines; more take a marker. */
const maxEmptyLines = 8;

class Printer {
  private readonly parts: string[] = [];
  private readonly tokens: Tokens;
  private readonly interner: Interner;
  private readonly sources: SourceMap;
  private readonly markers: boolean;
  private line = 1;
  private file = "";
  private system = "";
  /** Something stands on the current line. */
  private lineOpen = false;
  /** A directive stands on it: nothing may follow. */
  private directiveOpen = false;

  constructor(tokens: Tokens, interner: Interner, sources: SourceMap, options: PrintOptions) {
    this.tokens = tokens;
    this.interner = interner;
    this.sources = sources;
    this.markers = options.lineMarkers;
  }

  print(events: readonly FileEvent[]): string {
    const { tokens } = this;
    let next = 0;
    let previous = -1;
    for (let row = 0; row < tokens.count; row++) {
      while (next < events.length && (events[next] as FileEvent).index <= row) {
        this.event(events[next] as FileEvent);
        next++;
        previous = -1;
      }
      const kind = tokens.kind[row] as number;
      if (kind === TokenKind.EndOfFile) break;
      if (kind === TokenKind.PragmaText) {
        row = this.pragma(row);
        previous = -1;
        continue;
      }
      this.token(row, previous);
      previous = row;
    }
    if (this.lineOpen) this.parts.push("\n");
    return this.parts.join("");
  }

  private token(row: number, previous: number): void {
    const { tokens, interner } = this;
    const flags = tokens.flags[row] as number;
    let started = false;
    if ((flags & TokenFlag.StartOfLine) !== 0 || this.directiveOpen) {
      const position = this.sources.position(this.sources.expansion(tokens.loc[row] as number));
      if (position !== undefined) {
        const moved = this.moveTo(position.line, (flags & TokenFlag.StartOfLine) !== 0 || this.directiveOpen);
        if (moved) {
          started = true;
          // The column is kept, as indentation makes the text readable.
          const spaces = position.column - 1;
          const hash = tokens.kind[row] === TokenKind.Hash;
          if (spaces > 0) this.parts.push(" ".repeat(spaces));
          else if (hash) this.parts.push(" ");
        }
      }
    }
    if (!started) {
      if ((flags & TokenFlag.LeadingSpace) !== 0 || (previous >= 0 && this.wouldJoin(previous, row))) {
        this.parts.push(" ");
      }
    }
    const text = interner.text(tokens.text[row] as number);
    this.parts.push(text);
    this.lineOpen = true;
  }

  /** A pragma's line; returns the row of its end. */
  private pragma(row: number): number {
    const { tokens, interner } = this;
    const position = this.sources.position(this.sources.expansion(tokens.loc[row] as number));
    if (position !== undefined) this.moveTo(position.line, true);
    const ident = tokens.text[row] !== 0;
    this.parts.push(ident ? "#ident" : "#pragma");
    let at = row + 1;
    for (; tokens.kind[at] !== TokenKind.PragmaEnd; at++) {
      const spaced = at === row + 1 || ((tokens.flags[at] as number) & TokenFlag.LeadingSpace) !== 0;
      if (spaced) this.parts.push(" ");
      this.parts.push(interner.text(tokens.text[at] as number));
    }
    this.lineOpen = true;
    this.directiveOpen = true;
    return at;
  }

  /** Starts a new line if needed and brings the output to a source line. True when a line was begun. */
  private moveTo(line: number, needsLine: boolean): boolean {
    const begun = this.lineOpen && (needsLine || line !== this.line);
    if (begun) this.newline();
    if (!this.markers) {
      this.line = line;
      return begun || needsLine;
    }
    if (line === this.line) return begun || needsLine;
    const ahead = line - this.line;
    if (ahead > 0 && ahead <= maxEmptyLines) {
      this.parts.push("\n".repeat(ahead));
    } else {
      this.marker(line, "");
    }
    this.line = line;
    return true;
  }

  private newline(): void {
    this.parts.push("\n");
    this.line++;
    this.lineOpen = false;
    this.directiveOpen = false;
  }

  private marker(line: number, flag: string): void {
    this.parts.push(`# ${line} "${this.file.replace(/[\\"]/g, "\\$&")}"${flag}${this.system}\n`);
  }

  private event(event: FileEvent): void {
    const position = this.sources.position(event.loc);
    if (position === undefined) return;
    if (this.lineOpen) this.newline();
    this.file = position.file;
    this.line = position.line;
    this.system = this.sources.isSystemHeader(event.loc) ? " 3" : "";
    if (!this.markers) return;
    const flag = event.kind === "enter" ? " 1" : event.kind === "leave" ? " 2" : "";
    this.marker(position.line, flag);
  }

  /** Would the two rows, written without a space, be read as something else? */
  private wouldJoin(left: number, right: number): boolean {
    const { tokens, interner } = this;
    const a = tokens.kind[left] as number;
    const b = tokens.kind[right] as number;
    // Neighbours in the source stood so already.
    const leftLoc = tokens.loc[left] as number;
    if (leftLoc >= 0 && leftLoc !== noLoc) {
      if (leftLoc + interner.length(tokens.text[left] as number) === tokens.loc[right]) return false;
    }
    const word = (kind: number): boolean =>
      isName(kind) || kind === TokenKind.IntegerConstant || kind === TokenKind.FloatConstant;
    const first = (interner.bytes(tokens.text[right] as number)[0] ?? 0);
    if (isName(a)) return word(b) || isStringLiteral(b) || isCharConstant(b);
    if (word(a)) return word(b) || first === 0x2e || first === 0x2b || first === 0x2d || isCharConstant(b);
    const equal = first === 0x3d;
    switch (a) {
      case TokenKind.Dot:
        return first === 0x2e || b === TokenKind.IntegerConstant || b === TokenKind.FloatConstant;
      case TokenKind.Ampersand:
        return first === 0x26 || equal;
      case TokenKind.Plus:
        return first === 0x2b || equal;
      case TokenKind.Minus:
        return first === 0x2d || first === 0x3e || equal;
      case TokenKind.Slash:
        return first === 0x2f || first === 0x2a || equal;
      case TokenKind.Pipe:
        return first === 0x7c || equal;
      case TokenKind.Less:
        return first === 0x3c || first === 0x3a || first === 0x25 || equal;
      case TokenKind.Greater:
        return first === 0x3e || equal;
      case TokenKind.Percent:
        return first === 0x3a || first === 0x3e || equal;
      case TokenKind.Colon:
        return first === 0x3a || first === 0x3e;
      case TokenKind.Hash:
        return first === 0x23 || first === 0x25;
      case TokenKind.Equal:
      case TokenKind.Exclaim:
      case TokenKind.Star:
      case TokenKind.Caret:
      case TokenKind.LessLess:
      case TokenKind.GreaterGreater:
        return equal;
      default:
        return false;
    }
  }
}
