/**
 * Diagnostics as JSON, for editors and build tools (-fdiagnostics-format=json).
 *
 * Takes what the sink has collected, gives plain objects, one for each diagnostic in the order in which the text shows
 * them. Positions are those of the text: presumed lines (#line), columns in bytes from 1. `end` is the column behind
 * the last token that is meant, on its own line. What has no place (the error limit, a flag that is not known) has no
 * `file`.
 */
import { type Diagnostic, type Diagnostics, type Place, placeLoc } from "./diagnostic.ts";
import type { Interner } from "./interner.ts";
import { tokenLength } from "./render.ts";
import type { Loc, SourceMap } from "./source-map.ts";

export interface JsonPosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface JsonPlace extends JsonPosition {
  readonly end: { readonly line: number; readonly column: number };
  /** Text that mends the error when it is put in at the place. */
  readonly insert?: string;
}

export interface JsonNote extends Partial<JsonPlace> {
  readonly message: string;
}

export interface JsonDiagnostic extends JsonNote {
  readonly severity: Diagnostic["severity"];
  /** The flag that changes it, as "-Wunused-variable"; null when none does. */
  readonly option: string | null;
  readonly notes: readonly JsonNote[];
  /** The macros out of whose expansion it comes, innermost first, with the places in their bodies. */
  readonly macros: readonly (JsonPosition & { readonly name: string })[];
  /** The #include directives that lead to its file, innermost first. */
  readonly includes: readonly JsonPosition[];
}

/** All that was said, as objects that JSON can hold. */
export function jsonDiagnostics(diagnostics: Diagnostics, interner: Interner): JsonDiagnostic[] {
  const { sources } = diagnostics;
  return diagnostics.all.map((diagnostic) => {
    const loc = placeLoc(diagnostic.place);
    const { warning } = diagnostic;
    return {
      severity: diagnostic.severity,
      ...place(sources, diagnostic.place),
      option: warning === undefined || warning === "" ? null : `-W${warning}`,
      message: diagnostic.message,
      notes: diagnostic.notes.map((note) => ({ ...place(sources, note.place), message: note.message })),
      macros: sources.trail(loc).flatMap((step) => {
        const at = position(sources, step.spelling);
        return at === undefined || at.file.startsWith("<") ? [] : [{ name: interner.text(step.macro), ...at }];
      }),
      includes: sources.includeStack(loc).flatMap((at) => position(sources, at) ?? []),
    };
  });
}

function position(sources: SourceMap, loc: Loc): JsonPosition | undefined {
  const found = sources.position(loc);
  return found === undefined ? undefined : { file: found.file, line: found.line, column: found.column };
}

function place(sources: SourceMap, at: Place): Partial<JsonPlace> {
  const start = position(sources, placeLoc(at));
  if (start === undefined) return {};
  const insert = typeof at === "number" || !("at" in at) ? undefined : at.insert;
  return { ...start, end: endOf(sources, at) ?? start, ...(insert === undefined ? {} : { insert }) };
}

/** Behind the last token of what a place marks. */
function endOf(sources: SourceMap, at: Place): JsonPlace["end"] | undefined {
  const caret = typeof at === "number" ? at : "at" in at ? at.at : at.end;
  const lasts = typeof at === "number" || !("at" in at) ? [caret] : [caret, ...at.ranges.map((range) => range.end)];
  let end: JsonPlace["end"] | undefined;
  for (const last of lasts) {
    const found = sources.position(last);
    if (found === undefined) continue;
    const column = found.column + tokenLength(found.source, found.offset);
    if (end === undefined || found.line > end.line || (found.line === end.line && column > end.column)) {
      end = { line: found.line, column };
    }
  }
  return end;
}
