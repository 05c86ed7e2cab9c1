/**
 * Syntax errors: their wording, their place, and how parsing goes on after them.
 *
 * Wording: the engine says which terminal is missing, or that no alternative begins here, and in which rule; the
 * tables here say it in terms of the language, with what was expected, after what. Place: a missing `;` or operand
 * separator is shown behind the token before; everything else at the token that was met; a missing closing bracket
 * also shows the opening one. Going on: the failed rule is left by an exception up to the nearest list (external
 * declarations, members, block items), which skips to the end of the item with `recover` and goes on. Nothing is
 * reported twice at one token, and nothing after the end of the file.
 */
import type { TokenType } from "chevrotain";
import type * as Syntax from "../ast/syntax.ts";
import type { Diagnostics, Note, Place } from "../source/diagnostic.ts";
import type { Interner } from "../source/interner.ts";
import type { Loc } from "../source/source-map.ts";
import { TokenFlag, TokenKind } from "../source/token.ts";
import { type Terminal, shared, spell, terminal } from "./terminals.ts";
import type { TokenSource } from "./token-source.ts";

/** What a rule that offers alternatives wanted. */
const wanted: Record<string, string> = {
  unary: "expected expression",
  initializer: "expected expression",
  statement: "expected statement",
  namedPart: "expected identifier or '('",
  abstractPart: "expected identifier or '('",
  typeSpecifiers: "expected a type",
  enumSpecifier: "expected identifier or '{'",
  strings: "expected string literal",
  sizeExpression: "expected expression",
  generic: "expected a type",
  gotoStatement: "expected identifier after 'goto'",
  designator: "expected '.' or '['",
};

/** Closing terminal -> what it closes. */
const closes: Partial<Record<Terminal, string>> = { RightParen: "'('", RightBracket: "'['", RightBrace: "'{'" };

/** Thrown after an error was reported, to leave the rules. */
export const syntaxFailure = { name: "SyntaxFailure" } as const;

/** Which list goes on after an error. */
export type Level = "external" | "member" | "block";

/** Begin a declaration (or a statement, within a block) when they are first on a line, so that skipping stops there. */
const beginsItem: Record<Level, ReadonlySet<number>> = {
  external: new Set([
    TokenKind.Typedef, TokenKind.Static, TokenKind.Extern, TokenKind.Inline, TokenKind.StaticAssert, TokenKind.Struct,
    TokenKind.Union, TokenKind.Enum, TokenKind.Const, TokenKind.Void, TokenKind.Int, TokenKind.Extension,
  ]),
  member: new Set([TokenKind.Struct, TokenKind.Union, TokenKind.Enum, TokenKind.StaticAssert]),
  block: new Set([
    TokenKind.If, TokenKind.For, TokenKind.While, TokenKind.Do, TokenKind.Switch, TokenKind.Return, TokenKind.Goto,
    TokenKind.Break, TokenKind.Continue, TokenKind.Case, TokenKind.Default, TokenKind.Static, TokenKind.StaticAssert,
    TokenKind.Struct, TokenKind.Union,
  ]),
};

export class Reporter {
  readonly source: TokenSource;
  readonly diagnostics: Diagnostics;
  /** Rows of the brackets that are open, outermost first. */
  readonly open: number[] = [];
  private readonly interner: Interner;
  private lastReported = -1;

  constructor(source: TokenSource, interner: Interner, diagnostics: Diagnostics) {
    this.source = source;
    this.interner = interner;
    this.diagnostics = diagnostics;
  }

  /** An error at a place; says nothing when one was said at this token already. */
  error(place: Place, message: string, notes: readonly Note[] = []): void {
    if (this.lastReported === this.source.position) return;
    this.lastReported = this.source.position;
    this.diagnostics.error(place, message, notes);
  }

  /** Reports, and leaves the rules: `throw reporter.fail(...)`. */
  fail(place: Place, message: string, notes: readonly Note[] = []): typeof syntaxFailure {
    this.error(place, message, notes);
    return syntaxFailure;
  }

  /** Reports that parsing cannot go on. */
  fatal(place: Place, message: string, notes: readonly Note[] = []): typeof syntaxFailure {
    this.diagnostics.fatal(place, message, notes);
    return syntaxFailure;
  }

  /** The rule needed a terminal of this type here. */
  missing(type: TokenType, rule: string): void {
    const expected = `expected ${spell(type)}`;
    const name = type.name as Terminal;
    if (name === "Semicolon") {
      this.missingSemicolon(rule === "forStatement" ? "in 'for' statement specifier" : "");
      return;
    }
    if (name === "Colon" && rule === "assignment") {
      this.error(this.source.loc(), expected);
      return;
    }
    const opened = closes[name];
    if (opened !== undefined) {
      this.missingBracket(expected, opened);
      return;
    }
    const previous = this.spelling(this.source.position - 1);
    this.error(this.source.loc(), previous === "" ? expected : `${expected} after '${previous}'`);
  }

  /** A `;` is missing after the token before. */
  missingSemicolon(after: string): void {
    this.error({ at: this.behindPrevious(), ranges: [], insert: ";" }, `expected ';' ${after}`.trimEnd());
  }

  /** `x: 1` in an initialiser, which is `.x = 1` since C99. */
  oldDesignator(loc: Loc, name: string): void {
    this.diagnostics.warningByDefault("gnu-designator", { at: loc, ranges: [], insert: `.${name} = ` },
      "use of GNU old-style field designator extension");
  }

  /** No `=` behind designators: GNU lets it go after a lone index. */
  missingEqual(designators: readonly Syntax.Designator[]): void {
    const loc = this.source.loc();
    if (designators.length === 1 && designators[0]?.kind !== "field") {
      this.diagnostics.warningByDefault("gnu-designator", { at: loc, ranges: [], insert: "= " },
        "use of GNU 'missing =' extension in designator");
    } else {
      this.error(loc, "expected '=' or another designator");
    }
  }

  /** The `;` behind a record's last member may be missing, as GNU C has it. */
  lastSemicolon(): void {
    const place = { at: this.behindPrevious(), ranges: [], insert: ";" };
    this.diagnostics.warning("", place, "expected ';' at end of declaration list");
  }

  /** A `,` is missing after the token before. */
  missingComma(message: string): void {
    this.error({ at: this.behindPrevious(), ranges: [], insert: "," }, message);
  }

  /** A bracket is not closed where it must be. */
  missingBracket(expected: string, opened: string): void {
    const opener = this.open[this.open.length - 1];
    const notes = opener === undefined ? [] : [{ place: this.locOf(opener), message: `to match this ${opened}` }];
    this.error(this.source.loc(), expected, notes);
  }

  /** None of the rule's alternatives begins here. */
  noAlternative(rule: string): void {
    const { source } = this;
    const actual = this.spelling(source.position);
    let message = wanted[rule] ?? (actual === "" ? "unexpected end of file" : `unexpected '${actual}'`);
    const isType = source.look === shared[terminal.TypedefName];
    if (rule === "unary" && isType) message = `unexpected type name '${actual}': ${message}`;
    if (rule === "generic" && source.kind() === TokenKind.RightParen) message = "expected ','";
    this.error(source.loc(), message);
  }

  /**
   * Skips what is left of the item that began at row `from`, when `outer` brackets were open: to behind its `;` or its
   * closing brace, or to the brace that closes the list, or to a line that begins another item.
   */
  recover(from: number, outer: number, level: Level): void {
    const { source } = this;
    const { kind, flags, count } = source.tokens;
    let braces = 0;
    // The parentheses that are open, innermost last: does a `for` stand before it?
    const parens: boolean[] = [];
    const isFor = (row: number): boolean => kind[row - 1] === TokenKind.For;
    for (const row of this.open.splice(outer)) {
      if (kind[row] === TokenKind.LeftBrace) braces++;
      else if (braces === 0 && kind[row] === TokenKind.LeftParen) parens.push(isFor(row));
    }
    let at = source.position;
    for (; at < count - 1; at++) {
      const k = kind[at] as number;
      const startsLine = at > from && ((flags[at] as number) & TokenFlag.StartOfLine) !== 0;
      if (braces === 0 && startsLine && beginsItem[level].has(k)) break;
      if (k === TokenKind.LeftBrace) {
        braces++;
      } else if (k === TokenKind.RightBrace) {
        if (braces === 0) break;
        braces--;
        if (braces === 0 && continuesAfterBody[kind[at + 1] as number] === 0) {
          at++;
          break;
        }
      } else if (braces === 0) {
        if (k === TokenKind.LeftParen) parens.push(isFor(at));
        else if (k === TokenKind.RightParen) parens.pop();
        else if (k === TokenKind.Semicolon) {
          // A `;` ends a statement unless it is one of a `for`, and a declaration unless a parameter list is open.
          const within = level === "block" ? parens.includes(true) : parens.length > 0;
          const lineEnds = ((flags[at + 1] as number) & TokenFlag.StartOfLine) !== 0;
          if (!within || lineEnds) {
            at++;
            break;
          }
        }
      }
    }
    // Something is always skipped, so that parsing ends.
    if (at === from && (level === "external" || kind[at] !== TokenKind.RightBrace)) at++;
    source.moveTo(Math.min(at, count - 1));
  }

  /**
   * Within an item that failed when `outer` brackets were open: moves to the next of the tokens `stops` that stands in
   * those brackets. False, without a move, when the item ends before: at a `;`, a brace of its own, or a line that begins
   * another item.
   */
  skipTo(outer: number, stops: ReadonlySet<number>, level: Level): boolean {
    const { source } = this;
    const { kind, flags, count } = source.tokens;
    const inside = this.open.slice(outer).map((row) => kind[row] as number);
    let braces = inside.filter((k) => k === TokenKind.LeftBrace).length;
    for (let at = source.position; at < count - 1; at++) {
      const k = kind[at] as number;
      if (inside.length === 0 && stops.has(k)) {
        this.open.length = Math.min(this.open.length, outer);
        source.moveTo(at);
        return true;
      }
      const startsLine = at > source.position && ((flags[at] as number) & TokenFlag.StartOfLine) !== 0;
      if (braces === 0 && startsLine && beginsItem[level].has(k)) return false;
      switch (k) {
        case TokenKind.LeftBrace:
          if (level === "block" && braces === 0 && !continuesWithBrace.has(kind[at - 1] as number)) return false;
          braces++;
          inside.push(k);
          break;
        case TokenKind.LeftParen:
        case TokenKind.LeftBracket:
          inside.push(k);
          break;
        case TokenKind.RightBrace:
          if (braces === 0) return false;
          braces--;
          while (inside.pop() !== TokenKind.LeftBrace);
          break;
        case TokenKind.RightParen:
        case TokenKind.RightBracket: {
          const opener = k === TokenKind.RightParen ? TokenKind.LeftParen : TokenKind.LeftBracket;
          if (inside[inside.length - 1] === opener) inside.pop();
          else if (inside.length === 0) return false;
          break;
        }
        case TokenKind.Semicolon:
          if (braces === 0) {
            // An unclosed parenthesis ends with the statement.
            if (!stops.has(k)) {
              if (!this.isForHeader(outer)) return false;
            } else {
              this.open.length = Math.min(this.open.length, outer);
              source.moveTo(at);
              return true;
            }
          }
          break;
      }
    }
    return false;
  }

  /** Is the innermost of the `outer` open brackets that of a `for`, so that `;` stands in it? */
  private isForHeader(outer: number): boolean {
    const row = this.open[outer - 1];
    return row !== undefined && this.source.tokens.kind[row - 1] === TokenKind.For;
  }

  /** Behind the token before the current one; at the current one when that lies in a macro. */
  behindPrevious(): Loc {
    const row = this.source.position - 1;
    if (row < 0) return this.source.loc();
    const loc = this.locOf(row);
    if (loc < 0) return this.diagnostics.sources.expansion(loc);
    return loc + this.interner.length(this.source.tokens.text[row] as number);
  }

  spelling(row: number): string {
    if (row < 0 || row >= this.source.tokens.count) return "";
    return this.interner.text(this.source.tokens.text[row] as number);
  }

  private locOf(row: number): Loc {
    return this.source.tokens.loc[row] as Loc;
  }
}

/** Behind these a `{` begins no block: an initializer, a compound literal, a statement expression. */
const continuesWithBrace: ReadonlySet<number> = new Set([
  TokenKind.Equal, TokenKind.LeftParen, TokenKind.LeftBrace, TokenKind.Comma, TokenKind.RightParen,
]);

/** After these a `}` has not ended the item: `struct { ... } x;`, `int a[] = { ... }, b;`, `({ ... })`. */
const continuesAfterBody = new Uint8Array(256);
for (const kind of [
  TokenKind.Semicolon, TokenKind.Comma, TokenKind.RightParen, TokenKind.Equal, TokenKind.Star, TokenKind.Attribute,
  TokenKind.RightBracket, TokenKind.Else, TokenKind.While,
]) {
  continuesAfterBody[kind] = 1;
}
