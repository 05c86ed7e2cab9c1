/**
 * The source map: where a location is.
 *
 * A `Loc` is one 32-bit number. From 0 up it is a byte position: every file that is entered gets a base, and position
 * `base + offset` means that byte (two inclusions of one file are two files here, since their include stacks differ).
 * Below 0 it is a row of the expansion table: the token came out of a macro, and the row tells where it is spelled and
 * what it was expanded in. Three kinds of origin exist, as in C 6.10.3:
 *   body      spelled in the macro's definition, expanded at the macro's name;
 *   argument  spelled where the argument stands, expanded at the parameter's place in the body;
 *   made      pasted, stringified or built in: spelled nowhere else, shown like a body token.
 * `fileLoc` walks to the byte that the user should look at, `trail` to the macros that lie between.
 * #line and line markers change the presumed position only: `position` honours them, `physical` does not.
 */

export type Loc = number;

/** No place at all: a diagnostic about the command line, a predefined name. */
export const noLoc: Loc = -0x80000000;

/** A range of tokens: from the first token's location to the last token's (inclusive), as clang counts ranges. */
export interface Span {
  readonly start: Loc;
  readonly end: Loc;
}

/** A stretch of a file whose presumed name or line differs from the physical one. */
interface LineOverride {
  /** Applies from this offset. */
  readonly offset: number;
  /** Presumed line of the physical line `physicalLine`. */
  readonly line: number;
  readonly physicalLine: number;
  readonly name: string;
  readonly system: boolean;
}

export interface SourceFile {
  /** Index in the source map. */
  readonly index: number;
  /** As it was found: what __FILE__ says. */
  readonly name: string;
  /** The file's bytes, followed by one 0. */
  readonly bytes: Uint8Array;
  /** Bytes without the closing 0. */
  readonly length: number;
  /** Location of the first byte. */
  readonly base: Loc;
  /** Where the #include stands; `noLoc` for the main file and what is not included. */
  readonly includedFrom: Loc;
  /** Index in the search list of the directory that it was found in, for #include_next; -1 for none. */
  readonly searchIndex: number;
  /** Offset from which the file is a system header; `length + 1` when it is none. */
  systemFrom: number;
  readonly overrides: LineOverride[];
  /** Offsets of the line starts; made when first asked for. */
  lines: Int32Array | undefined;
}

export interface Position {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in bytes. */
  readonly column: number;
  readonly source: SourceFile;
  readonly offset: number;
}

export interface ExpansionStep {
  /** Symbol of the macro's name. */
  readonly macro: number;
  /** Where in the macro's body the token (or the parameter it replaced) is spelled: a file location. */
  readonly spelling: Loc;
}

export class SourceMap {
  readonly files: SourceFile[] = [];
  private bases: number[] = [];
  private next = 0;
  private lastFile = 0;

  private spellings: Int32Array = new Int32Array(1024);
  private expansions: Int32Array = new Int32Array(1024);
  /** Macro symbol, or -1 - symbol for an argument. */
  private macros: Int32Array = new Int32Array(1024);
  private expansionCount = 0;

  /**
   * Adds a file. `bytes` need no terminator; they are copied. Undefined when all locations are used (2 GB).
   */
  addFile(
    name: string,
    bytes: Uint8Array,
    includedFrom: Loc = noLoc,
    system = false,
    searchIndex = -1,
  ): SourceFile | undefined {
    if (this.next + bytes.length + 1 > 0x7fffffff) return undefined;
    const terminated = new Uint8Array(bytes.length + 1);
    terminated.set(bytes);
    return this.enter(name, terminated, bytes.length, includedFrom, system, searchIndex, undefined);
  }

  /** Enters a file's bytes again, at a new place. */
  addAgain(
    file: SourceFile,
    name: string,
    includedFrom: Loc,
    system: boolean,
    searchIndex: number,
  ): SourceFile | undefined {
    if (this.next + file.length + 1 > 0x7fffffff) return undefined;
    return this.enter(name, file.bytes, file.length, includedFrom, system, searchIndex, file.lines);
  }

  private enter(
    name: string,
    bytes: Uint8Array,
    length: number,
    includedFrom: Loc,
    system: boolean,
    searchIndex: number,
    lines: Int32Array | undefined,
  ): SourceFile {
    const file: SourceFile = {
      index: this.files.length,
      name,
      bytes,
      length,
      base: this.next,
      includedFrom,
      searchIndex,
      systemFrom: system ? 0 : length + 1,
      overrides: [],
      lines,
    };
    this.files.push(file);
    this.bases.push(this.next);
    this.next += length + 1;
    return file;
  }

  /** A new row of the expansion table; see the head of this file. */
  addExpansion(spelling: Loc, expansion: Loc, macro: number, argument: boolean): Loc {
    const row = this.expansionCount;
    if (row === this.spellings.length) this.growExpansions();
    this.spellings[row] = spelling;
    this.expansions[row] = expansion;
    this.macros[row] = argument ? -1 - macro : macro;
    this.expansionCount = row + 1;
    return -1 - row;
  }

  /**
   * The place of a character within a token, counted in bytes of its spelling: line splices between them are skipped. A
   * token that is spelled nowhere (pasted, stringified) is its own place.
   */
  within(loc: Loc, offset: number, spelled: Uint8Array): Loc {
    const start = this.spelling(loc);
    if (start === noLoc || offset === 0) return loc;
    const { bytes, base } = this.fileOf(start);
    let at = start - base;
    for (let i = 0; i < offset; i++, at++) {
      at = this.behindSplices(bytes, at);
      if (bytes[at] !== spelled[i]) return loc;
    }
    return this.moved(loc, this.behindSplices(bytes, at) - (start - base));
  }

  private behindSplices(bytes: Uint8Array, at: number): number {
    let i = at;
    while (bytes[i] === 92 && (bytes[i + 1] === 10 || bytes[i + 1] === 13)) {
      i += bytes[i + 1] === 13 && bytes[i + 2] === 10 ? 3 : 2;
    }
    return i;
  }

  /** A location whose spelling lies `by` bytes further. */
  private moved(loc: Loc, by: number): Loc {
    if (loc >= 0) return loc + by;
    const row = -1 - loc;
    const macro = this.macros[row] as number;
    const spelling = this.moved(this.spellings[row] as number, by);
    return this.addExpansion(spelling, this.expansions[row] as number, macro < 0 ? -1 - macro : macro, macro < 0);
  }

  get expansionsUsed(): number {
    return this.expansionCount;
  }

  /** The file of a location >= 0. */
  fileOf(loc: Loc): SourceFile {
    const last = this.files[this.lastFile];
    if (last !== undefined && loc >= last.base && loc <= last.base + last.length) return last;
    let low = 0;
    let high = this.bases.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.bases[middle] as number) <= loc) low = middle;
      else high = middle - 1;
    }
    const file = this.files[low];
    if (file === undefined) throw new Error(`source map: no file at location ${loc}`);
    this.lastFile = low;
    return file;
  }

  /** Where the characters of the token stand: through all macros, to a file. */
  spelling(loc: Loc): Loc {
    let at = loc;
    while (at < 0 && at !== noLoc) at = this.spellings[-1 - at] as number;
    return at;
  }

  /** The macro name in the file whose expansion gave the token; the location itself outside macros. */
  expansion(loc: Loc): Loc {
    let at = loc;
    while (at < 0 && at !== noLoc) at = this.expansions[-1 - at] as number;
    return at;
  }

  /**
   * Does `left` come before `right` in the token sequence, where both are out of the expansion of one macro name in a
   * file? The rows of one expansion stand in the order of its tokens; what a token of it expands to belongs at that
   * token.
   */
  comesBefore(left: Loc, right: Loc): boolean {
    const a = this.expansionPath(left);
    const b = this.expansionPath(right);
    const common = Math.min(a.length, b.length);
    for (let i = 1; i <= common; i++) {
      const x = a[a.length - i] as number;
      const y = b[b.length - i] as number;
      // Later rows have smaller locations.
      if (x !== y) return x > y;
    }
    return a.length < b.length;
  }

  /** The rows through which a token came, its own first. */
  private expansionPath(loc: Loc): Loc[] {
    const path: Loc[] = [];
    for (let at = loc; at < 0 && at !== noLoc; at = this.expansions[-1 - at] as number) path.push(at);
    return path;
  }

  /** What a user should look at: a macro's argument where it is written, anything else at the outermost macro name. */
  fileLoc(loc: Loc): Loc {
    let at = loc;
    while (at < 0 && at !== noLoc) {
      const row = -1 - at;
      at = ((this.macros[row] as number) < 0 ? this.spellings[row] : this.expansions[row]) as number;
    }
    return at;
  }

  /** The macros that the token came through, innermost first: clang's "expanded from macro" notes. */
  trail(loc: Loc): ExpansionStep[] {
    const steps: ExpansionStep[] = [];
    let at = loc;
    while (at < 0 && at !== noLoc) {
      const row = -1 - at;
      const macro = this.macros[row] as number;
      const expansion = this.expansions[row] as number;
      if (macro >= 0) {
        steps.push({ macro, spelling: this.spelling(at) });
        at = expansion;
      } else {
        // An argument: the macros inside the argument's own text come first, then the parameter's place.
        for (const step of this.trail(this.spellings[row] as number)) steps.push(step);
        at = expansion;
      }
    }
    return steps;
  }

  /** Is the token out of a macro's expansion? */
  isMacro(loc: Loc): boolean {
    return loc < 0 && loc !== noLoc;
  }

  /** Is the token spelled in a macro's body, and not in an argument? */
  isMacroBody(loc: Loc): boolean {
    return this.isMacro(loc) && (this.macros[-1 - loc] as number) >= 0;
  }

  /** The presumed position (C 6.10.4) of the place that the user should look at; undefined for `noLoc`. */
  position(loc: Loc): Position | undefined {
    const at = this.fileLoc(loc);
    if (at === noLoc) return undefined;
    const source = this.fileOf(at);
    const offset = at - source.base;
    const physicalLine = this.lineOf(source, offset);
    const column = offset - this.lineStart(source, physicalLine) + 1;
    const override = this.overrideAt(source, offset);
    if (override === undefined) return { file: source.name, line: physicalLine, column, source, offset };
    const line = override.line + (physicalLine - override.physicalLine);
    return { file: override.name, line, column, source, offset };
  }

  /** Physical line, from 1, of an offset. */
  lineOf(file: SourceFile, offset: number): number {
    const lines = this.linesOf(file);
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lines[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** Offset of the first byte of a physical line. */
  lineStart(file: SourceFile, line: number): number {
    return this.linesOf(file)[line - 1] ?? file.length;
  }

  /** Text of a physical line, without its end. */
  lineText(file: SourceFile, line: number): string {
    const start = this.lineStart(file, line);
    let end = start;
    while (end < file.length && file.bytes[end] !== 10 && file.bytes[end] !== 13) end++;
    return new TextDecoder().decode(file.bytes.subarray(start, end));
  }

  /** Does the location lie in a system header? Macros count where they are expanded, as the warnings do. */
  isSystemHeader(loc: Loc): boolean {
    const at = this.expansion(loc);
    if (at === noLoc) return false;
    const file = this.fileOf(at);
    const offset = at - file.base;
    const override = this.overrideAt(file, offset);
    return offset >= file.systemFrom || (override !== undefined && override.system);
  }

  /** Where the #include of the location's file stands, then of that file's, up to the main file. */
  includeStack(loc: Loc): Loc[] {
    const stack: Loc[] = [];
    let at = this.fileLoc(loc);
    while (at !== noLoc) {
      at = this.fileOf(at).includedFrom;
      if (at !== noLoc) stack.push(at);
    }
    return stack;
  }

  /** From `offset` on, the physical line there counts as `line` of `name` (#line, line markers). */
  override(file: SourceFile, offset: number, line: number, name: string, system: boolean): void {
    file.overrides.push({ offset, line, physicalLine: this.lineOf(file, offset), name, system });
  }

  private overrideAt(file: SourceFile, offset: number): LineOverride | undefined {
    const overrides = file.overrides;
    if (overrides.length === 0) return undefined;
    let low = -1;
    let high = overrides.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((overrides[middle] as LineOverride).offset <= offset) low = middle;
      else high = middle - 1;
    }
    return overrides[low];
  }

  private linesOf(file: SourceFile): Int32Array {
    if (file.lines !== undefined) return file.lines;
    const { bytes, length } = file;
    let count = 1;
    for (let i = 0; i < length; i++) {
      const byte = bytes[i];
      if (byte === 10 || (byte === 13 && bytes[i + 1] !== 10)) count++;
    }
    const lines = new Int32Array(count);
    let line = 1;
    for (let i = 0; i < length; i++) {
      const byte = bytes[i];
      if (byte === 10 || (byte === 13 && bytes[i + 1] !== 10)) lines[line++] = i + 1;
    }
    file.lines = lines;
    return lines;
  }

  private growExpansions(): void {
    const capacity = this.spellings.length * 2;
    const grow = (old: Int32Array): Int32Array => {
      const column = new Int32Array(capacity);
      column.set(old);
      return column;
    };
    this.spellings = grow(this.spellings);
    this.expansions = grow(this.expansions);
    this.macros = grow(this.macros);
  }
}
