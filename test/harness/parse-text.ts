/**
 * Preprocessed C text to a syntax tree, for tests of the parser alone.
 *
 * Lexes text that needs no preprocessor: line markers are skipped, a pragma that the parser knows becomes its tokens,
 * other pragmas vanish.
 */
import type { TranslationUnit } from "../../compiler/ast/syntax.ts";
import { parse } from "../../compiler/parse/parse.ts";
import { LexMode, Stop, createLexContext } from "../../compiler/preprocess/lex-context.ts";
import { Lexer } from "../../compiler/preprocess/lexer.ts";
import { Diagnostics } from "../../compiler/source/diagnostic.ts";
import { Interner } from "../../compiler/source/interner.ts";
import { SourceMap } from "../../compiler/source/source-map.ts";
import { type Dialect, TokenKind, Tokens } from "../../compiler/source/token.ts";

export interface ParsedText {
  readonly unit: TranslationUnit;
  readonly diagnostics: Diagnostics;
  readonly sources: SourceMap;
}

const pragmaKinds: readonly (readonly [words: string, kind: number])[] = [
  ["pack", TokenKind.PragmaPack],
  ["clang attribute", TokenKind.PragmaAttribute],
  ["clang loop", TokenKind.PragmaLoop],
  ["GCC unroll", TokenKind.PragmaUnroll],
  ["unroll", TokenKind.PragmaUnroll],
  ["nounroll", TokenKind.PragmaNounroll],
  ["weak", TokenKind.PragmaWeak],
  ["redefine_extname", TokenKind.PragmaRedefineExtname],
  ["GCC visibility", TokenKind.PragmaVisibility],
  ["clang optimize", TokenKind.PragmaOptimize],
];

export interface LexedText {
  readonly tokens: Tokens;
  readonly interner: Interner;
  readonly diagnostics: Diagnostics;
  readonly sources: SourceMap;
}

export function lexText(text: string | Uint8Array, dialect: Dialect = "c17"): LexedText {
  const sources = new SourceMap();
  const diagnostics = new Diagnostics(sources);
  const interner = new Interner(dialect);
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const file = sources.addFile("test.c", bytes);
  if (file === undefined) throw new Error("the text is too long");
  const lexer = new Lexer(file, createLexContext(interner, diagnostics, true, dialect === "c23"));
  const tokens = new Tokens();
  while (lexer.lex(tokens, LexMode.Text) === Stop.Directive) {
    const line = new Tokens();
    lexer.lex(line, LexMode.Line);
    pragma(line, tokens, interner);
  }
  tokens.push(TokenKind.EndOfFile, file.base + file.length, 0, 1);
  return { tokens, interner, diagnostics, sources };
}

export function parseText(text: string | Uint8Array, dialect: Dialect = "c17"): ParsedText {
  const { tokens, interner, diagnostics, sources } = lexText(text, dialect);
  return { unit: parse(tokens, { interner, diagnostics, dialect }), diagnostics, sources };
}

function pragma(line: Tokens, tokens: Tokens, interner: Interner): void {
  const word = (row: number): string => (row < line.count ? interner.text(line.text[row] as number) : "");
  if (word(0) !== "pragma") return;
  for (const [words, kind] of pragmaKinds) {
    const count = words.split(" ").length;
    if (words !== (count === 1 ? word(1) : `${word(1)} ${word(2)}`)) continue;
    tokens.push(kind, line.loc[0] as number, line.text[0] as number, line.flags[0] as number);
    tokens.append(line, 1 + count, line.count);
    tokens.push(TokenKind.PragmaEnd, line.loc[line.count - 1] as number, 0, 0);
    return;
  }
}

/** `line:column: severity: message`, one for each diagnostic and note. */
export function describeDiagnostics({ diagnostics, sources }: ParsedText): string[] {
  return diagnostics.all.flatMap((d) => {
    const one = (place: typeof d.place, severity: string, message: string): string => {
      const loc = typeof place === "number" ? place : "at" in place ? place.at : place.start;
      const position = sources.position(loc);
      return `${position?.line ?? 0}:${position?.column ?? 0}: ${severity}: ${message}`;
    };
    return [one(d.place, d.severity, d.message), ...d.notes.map((n) => one(n.place, "note", n.message))];
  });
}
