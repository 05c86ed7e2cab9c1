/**
 * How a lexer is asked, why it stops, and what all lexers of a translation unit share.
 */
import type { Diagnostics } from "../source/diagnostic.ts";
import type { Interner, SymbolId } from "../source/interner.ts";
import { punctuators } from "../source/token.ts";

/** What `lex` reads. */
export const LexMode = {
  /** Everything up to the next directive or macro name. */
  Text: 0,
  /** One token. */
  One: 1,
  /** The rest of a directive's line; macro names and `#` are tokens like others. */
  Line: 2,
  /** One token of a directive's line. */
  OneInLine: 3,
} as const;

export type LexMode = (typeof LexMode)[keyof typeof LexMode];

/** Why `lex` returned. */
export const Stop = {
  EndOfFile: 0,
  /** A `#` at the start of a line was consumed; no row was added. */
  Directive: 1,
  /** The last row is a name with an entry in the interner's macro column. */
  Macro: 2,
  /** The one token asked for is the last row. */
  One: 3,
  /** The line's end was consumed; no row was added for it. */
  EndOfLine: 4,
} as const;

export type Stop = (typeof Stop)[keyof typeof Stop];

/** What all lexers of a translation unit share. */
export interface LexContext {
  readonly interner: Interner;
  readonly diagnostics: Diagnostics;
  /** Symbol of each punctuator kind's first spelling. */
  readonly punctuator: Int32Array;
  /** u"" U"" u8"" exist (C11). */
  readonly unicodeLiterals: boolean;
  /** u8'' exists and ' separates digits (C23). */
  readonly c23: boolean;
  /** -C: comments outside of directives are tokens. */
  readonly comments: boolean;
  /** Names after which `(<` begins a header name: __has_include and its kin. */
  readonly headerNames: ReadonlySet<SymbolId>;
}

export function createLexContext(
  interner: Interner,
  diagnostics: Diagnostics,
  unicodeLiterals: boolean,
  c23: boolean,
  comments: boolean,
): LexContext {
  const punctuator = new Int32Array(256);
  for (const [spelling, kind] of punctuators) punctuator[kind] = interner.intern(spelling);
  const headerNames = new Set(["__has_include", "__has_include_next", "__has_embed"].map((n) => interner.intern(n)));
  return { interner, diagnostics, punctuator, unicodeLiterals, c23, comments, headerNames };
}
