/**
 * Preprocessing for tests: files in memory, no system headers, and the text as -E writes it.
 */
import { Diagnostics } from "../../compiler/source/diagnostic.ts";
import { Interner } from "../../compiler/source/interner.ts";
import { defaultRenderOptions, renderDiagnostics, renderLine } from "../../compiler/source/render.ts";
import { SourceMap } from "../../compiler/source/source-map.ts";
import type { Dialect } from "../../compiler/source/token.ts";
import { defaultWarnings } from "../../compiler/source/warning-state.ts";
import { nothingShown, type Preprocessed, type PreprocessOptions, type ReadResult } from "../../compiler/preprocess/options.ts";
import { preprocess } from "../../compiler/preprocess/preprocess.ts";
import { printPreprocessed } from "../../compiler/preprocess/print.ts";
import { buildSearchPath } from "../../compiler/preprocess/search.ts";

export const defaultPreprocessOptions: PreprocessOptions = {
  cpu: 3,
  endian: "little",
  level: "0",
  noInline: false,
  debug: false,
  dialect: "c17",
  gnu: true,
  gnuInline: false,
  trigraphs: false,
  hosted: true,
  charSigned: true,
  macros: [],
  includes: [],
  search: buildSearchPath({ quote: [], user: ["inc"], system: ["sys"], after: [], own: [], standard: [], fallback: [] }, () => true),
  epoch: undefined,
  noPredefined: false,
  text: true,
  shown: nothingShown,
  hasBuiltin: () => true,
  missingHeaders: false,
};

export interface PreprocessedText {
  readonly result: Preprocessed;
  /** -E -P, or with line markers from the main file's second one on. */
  readonly text: string;
  /** One line for each diagnostic: `file:line:col: error: message`. */
  readonly messages: readonly string[];
  /** All of them with source lines and notes. */
  readonly rendered: string;
  readonly diagnostics: Diagnostics;
  readonly interner: Interner;
  readonly sources: SourceMap;
}

export interface PreprocessInput {
  /** The other files, by path: "./a.h" is beside the main file, "inc/" is searched by -I, "sys/" by -isystem. */
  readonly files?: Readonly<Record<string, string>>;
  readonly readFile?: (path: string) => ReadResult;
  readonly options?: Partial<PreprocessOptions>;
  readonly warnings?: readonly string[];
  readonly errorLimit?: number;
  readonly name?: string;
  readonly markers?: boolean;
}

/** Preprocesses a text as the file "t.c". */
export function preprocessText(source: string | Uint8Array, input: PreprocessInput = {}): PreprocessedText {
  const options = { ...defaultPreprocessOptions, ...input.options };
  const sources = new SourceMap();
  const diagnostics = new Diagnostics(sources, {
    warnings: { ...defaultWarnings, flags: input.warnings ?? [] },
    errorLimit: input.errorLimit ?? 0,
  });
  const interner = new Interner(options.dialect, options.gnu);
  const encoder = new TextEncoder();
  const readFile = input.readFile ?? ((path: string): ReadResult => {
    const text = input.files?.[path];
    return text === undefined ? undefined : encoder.encode(text);
  });
  const name = input.name ?? "t.c";
  const bytes = typeof source === "string" ? encoder.encode(source) : source;
  const result = preprocess({ name, bytes }, options, { sources, diagnostics, interner, readFile });
  const lineMarkers = input.markers ?? false;
  let text = printPreprocessed(result, { interner, sources }, { lineMarkers });
  if (lineMarkers) {
    const begin = `# 1 "${name}" 2\n`;
    text = text.slice(text.indexOf(begin) + begin.length);
  }
  return {
    result,
    text,
    messages: diagnostics.all.map((diagnostic) => renderLine(diagnostic, sources)),
    rendered: renderDiagnostics(diagnostics, interner, defaultRenderOptions),
    diagnostics,
    interner,
    sources,
  };
}

/** The dialect that a -std= flag names. */
export function dialectOf(flag: string): { dialect: Dialect; gnu: boolean; gnuInline: boolean } {
  const match = /^-std=(c|gnu)(89|99|11|17|23)$/.exec(flag);
  if (match === null) throw new Error(`test: ${flag} is no -std= flag`);
  return { dialect: `c${match[2]}` as Dialect, gnu: match[1] === "gnu", gnuInline: match[2] === "89" };
}
