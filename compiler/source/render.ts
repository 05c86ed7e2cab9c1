/**
 * Diagnostics as text, in clang's form:
 *
 *   In file included from a.c:1:
 *   a.h:3:9: error: expected ';' after expression
 *       3 |   x = y
 *         |        ^
 *         |        ;
 *   a.h:1:14: note: expanded from macro 'X'
 *
 * Ranges are ranges of tokens: the last token's length is measured in the source. Columns count bytes; a tab is shown
 * as it is above the caret line by repeating it there.
 */
import type { Diagnostic, Diagnostics, Note, Place } from "./diagnostic.ts";
import { placeLoc } from "./diagnostic.ts";
import type { Interner } from "./interner.ts";
import { type ExpansionStep, type Loc, type SourceFile, type SourceMap, noLoc } from "./source-map.ts";

export interface RenderOptions {
  readonly color: boolean;
  /** -fno-caret-diagnostics switches the source lines off. */
  readonly source: boolean;
  /** -fno-diagnostics-show-option leaves the flag behind the message out. */
  readonly option: boolean;
  /** -fmacro-backtrace-limit: macros shown per diagnostic; 0 for all. */
  readonly macroLimit: number;
}

export const defaultRenderOptions: RenderOptions = { color: false, source: true, option: true, macroLimit: 6 };

const colors = {
  fatal: "\x1b[1;31m",
  error: "\x1b[1;31m",
  warning: "\x1b[1;35m",
  note: "\x1b[1;36m",
  remark: "\x1b[1;34m",
};
const bold = "\x1b[1m";
const green = "\x1b[1;32m";
const reset = "\x1b[0m";

/** All diagnostics and the closing count ("2 errors generated."), or "" when there are none. */
export function renderDiagnostics(
  diagnostics: Diagnostics,
  interner: Interner,
  options: RenderOptions = defaultRenderOptions,
): string {
  const renderer = new Renderer(diagnostics.sources, interner, options);
  for (const diagnostic of diagnostics.all) renderer.diagnostic(diagnostic);
  const { errorCount, warningCount } = diagnostics;
  const counts: string[] = [];
  if (warningCount > 0) counts.push(`${warningCount} warning${warningCount === 1 ? "" : "s"}`);
  if (errorCount > 0) counts.push(`${errorCount} error${errorCount === 1 ? "" : "s"}`);
  if (counts.length > 0) renderer.lines.push(`${counts.join(" and ")} generated.`);
  return renderer.lines.length === 0 ? "" : renderer.lines.join("\n") + "\n";
}

/** One diagnostic without source lines: `file:line:col: error: message`, for tests and logs. */
export function renderLine(diagnostic: Diagnostic, sources: SourceMap): string {
  return locationPrefix(placeLoc(diagnostic.place), sources) + headline(diagnostic);
}

function headline(diagnostic: Diagnostic): string {
  const label = diagnostic.severity === "fatal" ? "fatal error" : diagnostic.severity;
  return `${label}: ${diagnostic.message}${flagSuffix(diagnostic)}`;
}

function flagSuffix(diagnostic: Diagnostic): string {
  if (diagnostic.warning === undefined) return "";
  if (diagnostic.warning === "") return diagnostic.promoted ? " [-Werror]" : "";
  return diagnostic.promoted ? ` [-Werror,-W${diagnostic.warning}]` : ` [-W${diagnostic.warning}]`;
}

function locationPrefix(loc: Loc, sources: SourceMap): string {
  const position = sources.position(loc);
  return position === undefined ? "" : `${position.file}:${position.line}:${position.column}: `;
}

class Renderer {
  readonly lines: string[] = [];
  private lastIncluder: Loc = noLoc;
  private readonly sources: SourceMap;
  private readonly interner: Interner;
  private readonly options: RenderOptions;

  constructor(sources: SourceMap, interner: Interner, options: RenderOptions) {
    this.sources = sources;
    this.interner = interner;
    this.options = options;
  }

  diagnostic(diagnostic: Diagnostic): void {
    const label = diagnostic.severity === "fatal" ? "fatal error" : diagnostic.severity;
    const message = diagnostic.message + (this.options.option ? flagSuffix(diagnostic) : "");
    this.message(diagnostic.place, diagnostic.severity, label, message);
    for (const note of diagnostic.notes) this.note(note);
  }

  private note(note: Note): void {
    this.message(note.place, "note", "note", note.message);
  }

  private message(place: Place, severity: keyof typeof colors, label: string, message: string): void {
    const loc = placeLoc(place);
    this.includeStack(loc);
    this.headline(loc, severity, label, message);
    if (loc === noLoc) return;
    if (this.options.source) this.snippet(place);
    this.macroTrail(loc);
  }

  private headline(loc: Loc, severity: keyof typeof colors, label: string, message: string): void {
    const prefix = locationPrefix(loc, this.sources);
    if (!this.options.color) this.lines.push(`${prefix}${label}: ${message}`);
    else if (severity === "note") this.lines.push(`${bold}${prefix}${colors.note}note: ${reset}${message}`);
    else this.lines.push(`${bold}${prefix}${reset}${colors[severity]}${label}: ${reset}${bold}${message}${reset}`);
  }

  /** Said when it differs from the last one said. */
  private includeStack(loc: Loc): void {
    if (loc === noLoc) return;
    const stack = this.sources.includeStack(loc);
    const includer = stack[0] ?? noLoc;
    if (includer === this.lastIncluder) return;
    this.lastIncluder = includer;
    for (const at of stack.reverse()) {
      const position = this.sources.position(at);
      if (position !== undefined) this.lines.push(`In file included from ${position.file}:${position.line}:`);
    }
  }

  private macroTrail(loc: Loc): void {
    const steps = this.sources.trail(loc).reverse();
    const limit = this.options.macroLimit;
    const hidden = limit > 0 && steps.length > limit ? steps.length - limit : 0;
    const head = hidden > 0 ? Math.floor(limit / 2) : steps.length;
    for (const step of steps.slice(0, head)) this.macroStep(step);
    if (hidden === 0) return;
    this.lines.push(
      `note: (skipping ${hidden} expansion${hidden === 1 ? "" : "s"} in backtrace; ` +
        "use -fmacro-backtrace-limit=0 to see all)",
    );
    for (const step of steps.slice(head + hidden)) this.macroStep(step);
  }

  private macroStep(step: ExpansionStep): void {
    const position = this.sources.position(step.spelling);
    // Predefined and command-line macros have no text that the user wrote.
    if (position === undefined || position.source.name.startsWith("<")) return;
    this.headline(step.spelling, "note", "note", `expanded from macro '${this.interner.text(step.macro)}'`);
    if (this.options.source) this.snippet(step.spelling);
  }

  private snippet(place: Place): void {
    const { sources } = this;
    const caret = sources.fileLoc(placeLoc(place));
    if (caret === noLoc) return;
    const file = sources.fileOf(caret);
    const offset = caret - file.base;
    const line = sources.lineOf(file, offset);
    const start = sources.lineStart(file, line);
    const text = sources.lineText(file, line);
    const bytes = file.bytes.subarray(start, start + maxLineBytes);
    const marks = new Map<number, string>();
    const ranges = typeof place === "number" ? [] : "at" in place ? place.ranges : [place];
    for (const range of ranges) {
      const from = sources.fileLoc(range.start) - file.base - start;
      const last = sources.fileLoc(range.end) - file.base;
      const to = last + tokenLength(file, last) - start;
      if (sources.fileOf(sources.fileLoc(range.start)) !== file) continue;
      const end = Math.min(to, bytes.length);
      for (let i = Math.max(from, 0); i < end; i++) {
        if (bytes[i] === 10 || bytes[i] === 13) break;
        marks.set(i, "~");
      }
    }
    const column = offset - start;
    if (column > maxLineBytes) return;
    marks.set(column, "^");
    const shown = text.length > maxLineBytes ? text.slice(0, maxLineBytes) : text;
    const number = String(sources.position(caret)?.line ?? line).padStart(5);
    const gutter = " ".repeat(number.length);
    this.lines.push(`${number} | ${shown}`);
    const markLine = underline(bytes, marks);
    this.lines.push(`${gutter} | ${this.options.color ? green + markLine + reset : markLine}`);
    if (typeof place !== "number" && "at" in place && place.insert !== undefined) {
      this.lines.push(`${gutter} | ${underline(bytes, new Map([[column, place.insert]]))}`);
    }
  }
}

/** A longer line is cut: the terminal cannot show it. */
const maxLineBytes = 4096;

/** The marks at their columns: one cell for each character, tabs repeated so that both lines align. */
function underline(bytes: Uint8Array, marks: ReadonlyMap<number, string>): string {
  let last = -1;
  for (const at of marks.keys()) last = Math.max(last, at);
  let out = "";
  for (let i = 0; i <= last; i++) {
    const byte = bytes[i] ?? 32;
    // UTF-8 continuation bytes take no cell.
    if (byte >= 0x80 && byte < 0xc0) continue;
    out += marks.get(i) ?? (byte === 9 ? "\t" : " ");
  }
  return out;
}

function isWordByte(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95 ||
    byte >= 0x80;
}

/** Bytes of the token at an offset, near enough for underlining: words, numbers, literals, the longest operators. */
export function tokenLength(file: SourceFile, offset: number): number {
  const { bytes, length } = file;
  const first = bytes[offset] ?? 0;
  let end = offset + 1;
  if (isWordByte(first)) {
    while (end < length && (isWordByte(bytes[end] as number) || bytes[end] === 46)) end++;
  } else if (first === 34 || first === 39) {
    while (end < length && bytes[end] !== first && bytes[end] !== 10) end += bytes[end] === 92 ? 2 : 1;
    end++;
  } else if ("+-*/%<>=!&|^".includes(String.fromCharCode(first))) {
    while (end < offset + 3 && end < length && "+-<>=&|".includes(String.fromCharCode(bytes[end] as number))) end++;
  }
  return Math.min(end, length) - offset;
}
