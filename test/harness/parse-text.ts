/**
 * C text to a syntax tree, for tests of the parser alone: no include directories, no predefined macros.
 */
import type { TranslationUnit } from "../../compiler/ast/syntax.ts";
import { parse } from "../../compiler/parse/parse.ts";
import { nothingShown } from "../../compiler/preprocess/options.ts";
import { preprocess } from "../../compiler/preprocess/preprocess.ts";
import { buildSearchPath } from "../../compiler/preprocess/search.ts";
import { Diagnostics } from "../../compiler/source/diagnostic.ts";
import { Interner } from "../../compiler/source/interner.ts";
import { SourceMap } from "../../compiler/source/source-map.ts";
import type { Dialect, Tokens } from "../../compiler/source/token.ts";

const noDirectories = buildSearchPath(
  { quote: [], user: [], system: [], after: [], own: [], standard: [], fallback: [] },
  () => false,
);

export interface ParsedText {
  readonly unit: TranslationUnit;
  readonly diagnostics: Diagnostics;
  readonly sources: SourceMap;
}

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
  const { tokens } = preprocess({ name: "test.c", bytes }, {
    cpu: 3, endian: "little", level: "2", noInline: false, debug: false, dialect, gnu: true,
    gnuInline: dialect === "c89", trigraphs: false, hosted: true, charSigned: true, macros: [], includes: [], search: noDirectories, epoch: 0, noPredefined: true, text: false,
    shown: nothingShown, hasBuiltin: () => false, missingHeaders: false,
  }, { sources, diagnostics, interner, readFile: () => undefined });
  return { tokens, interner, diagnostics, sources };
}

export function parseText(text: string | Uint8Array, dialect: Dialect = "c17"): ParsedText {
  const { tokens, interner, diagnostics, sources } = lexText(text, dialect);
  return { unit: parse(tokens, { interner, diagnostics, dialect }), diagnostics, sources };
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
