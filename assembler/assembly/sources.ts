/**
 * The texts that an assembly is read from: the main one, files that it includes, expansions of macros and repetitions.
 *
 * Each text has a range of positions of its own, so that one number says which text and where in it. A text that
 * another one brought in remembers at which position of that one, and a message about it tells the whole way.
 */

/** A text and the range of positions that it has, from `base` up to and including `base + text.length`. */
export interface SourceText {
  /** A file's name, or what it is an expansion of. */
  readonly name: string;
  readonly text: string;
  readonly base: number;
  /** The position of the statement that brought it in; undefined for the main text. */
  readonly from: number | undefined;
  readonly kind: "file" | "expansion";
}

export interface Place {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  /** The line itself. */
  readonly text: string;
}

export class Sources {
  readonly texts: SourceText[] = [];
  readonly #bases: number[] = [];
  readonly #lines = new Map<SourceText, number[]>();

  /** Adds a text. `from` is where it is brought in. */
  add(name: string, text: string, kind: SourceText["kind"], from: number | undefined): SourceText {
    const last = this.texts[this.texts.length - 1];
    const base = last === undefined ? 0 : last.base + last.text.length + 1;
    const source: SourceText = { name, text, base, from, kind };
    this.texts.push(source);
    this.#bases.push(base);
    return source;
  }

  /** Number of the line that a place in a text is on, from 1. */
  lineAt(source: SourceText, at: number): number {
    const starts = this.#lines.get(source) ?? [];
    if (starts.length === 0) {
      for (let next = 0; next >= 0;) {
        starts.push(next);
        const newline = source.text.indexOf("\n", next);
        next = newline < 0 ? -1 : newline + 1;
      }
      this.#lines.set(source, starts);
    }
    return lastAtOrBefore(starts, at) + 1;
  }

  /** The text that a position is in: the last one that begins at or before it. */
  textAt(position: number): SourceText | undefined {
    return this.texts[lastAtOrBefore(this.#bases, position)];
  }
}

/** Index of the last of the ascending numbers that is not above a value; 0 if all are. */
function lastAtOrBefore(ascending: readonly number[], value: number): number {
  let low = 0, high = ascending.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** Line and column of a position in its own text. */
export function placeOf(sources: Sources, position: number): Place {
  const source = sources.textAt(position);
  if (source === undefined) return { name: "<text>", line: 1, column: 1, text: "" };
  const { text } = source;
  const at = Math.min(position - source.base, text.length);
  const start = at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  const line = sources.lineAt(source, start);
  const shown = text.slice(start, end < 0 ? text.length : end).replace(/\r$/, "");
  const place = { name: source.name, line, column: at - start + 1, text: shown };
  return source.kind === "file" ? { ...place, ...marked(text, start) } : place;
}

/** The name and line that the last line marker of a preprocessor gives (`# 12 "file.h"`), if there is one. */
function marked(text: string, lineStart: number): { readonly name: string; readonly line: number } | undefined {
  for (let start = lineStart, back = 0; start > 0; back++) {
    start = start === 1 ? 0 : text.lastIndexOf("\n", start - 2) + 1;
    if (text[start] !== "#") continue;
    const marker = /^#(?:line)?[ \t]+(\d{1,9})[ \t]+"([^"\n]*)"/.exec(text.slice(start, start + 4096));
    if (marker !== null) return { name: marker[2] ?? "", line: Number(marker[1]) + back };
  }
  return undefined;
}

/** Where in the main text a position is, or the statement that brought in the text that it is in. */
export function placeInMain(sources: Sources, position: number): number {
  let at = position;
  for (let source = sources.textAt(at); source?.from !== undefined; source = sources.textAt(at)) at = source.from;
  return at;
}

/** A message with its place, its line and a caret, and the way to the main text behind. */
export function render(sources: Sources, position: number, message: string, kind: "error" | "warning" = "error"): string {
  const lines = [...describe(sources, position, `${kind}: ${message}`)];
  let source = sources.textAt(position);
  for (let depth = 0; source?.from !== undefined && depth < 8; depth++) {
    const { from, kind, name } = source;
    lines.push(...describe(sources, from, `note: ${kind === "file" ? `"${name}" is included` : `in ${name}`} here`));
    source = sources.textAt(from);
  }
  return `${lines.join("\n")}\n`;
}

/** Longer lines are shown in part. */
const widest = 200;

function describe(sources: Sources, position: number, message: string): string[] {
  const { name, line, column, text } = placeOf(sources, position);
  const head = `${name}:${line}:${column}: ${message}`;
  const first = column <= widest ? 0 : column - widest / 2;
  const shown = text.slice(first, first + widest);
  const blanks = shown.slice(0, column - 1 - first).replace(/[^\t]/g, " ");
  return [head, shown, `${blanks}^`];
}
