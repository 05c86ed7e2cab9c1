/**
 * The state of reading an assembly text, and the ways to read a statement's arguments, which the directives share.
 *
 * A read that fails reports the problem and returns undefined (or false).
 */

import type { Expression } from "../isa/expression.ts";
import {
  binaryValue, isNumber, numberExpression, parseExpression, renameTerms, unaryValue,
} from "../isa/expression.ts";
import { slots } from "../isa/instruction.ts";
import type { LocalLabels } from "../isa/labels.ts";
import type { Statement, Token } from "../isa/scan.ts";
import { describeToken, textProblem } from "../isa/scan.ts";
import { SHT } from "../object/object.ts";
import type { Assembly, AssemblySection, Fragment, Place } from "./assembly.ts";
import { maxBytes, nextOrder, symbolNamed } from "./assembly.ts";
import type { Frames } from "./frames.ts";
import type { LineTable } from "./lines.ts";
import type { AssembleOptions } from "./options.ts";

/** The state of reading. */
export interface Reader {
  readonly assembly: Assembly;
  readonly options: AssembleOptions;
  section: AssemblySection;
  /** Where the text was before the section that it is in. */
  previous: SectionPart;
  readonly pushed: { readonly at: SectionPart; readonly previous: SectionPart }[];
  readonly locals: LocalLabels;
  /** How many labels have been made, for `.` and what the directives need. */
  places: number;
  readonly lines: LineTable;
  readonly frames: Frames;
  /** Where each label is, as far as that is known while the text is being read. */
  readonly known: Map<string, { readonly section: AssemblySection; readonly anchor: number; readonly offset: number }>;
}

/** A section, and a part of it. */
export interface SectionPart { readonly section: AssemblySection; readonly part: number }

/** The arguments of one statement, read from left to right. */
export interface Arguments { readonly tokens: Statement; next: number }

/** Reads its arguments and changes the assembly; false when it has reported a problem. */
export type Directive = (reader: Reader, args: Arguments) => boolean;

// Names

/** Defines a label here. */
export function define(reader: Reader, name: string, position: number): void {
  const symbol = symbolNamed(reader.assembly, name);
  if (symbol.definition.kind !== "none") {
    report(reader, position, `"${name}" is defined twice`);
    return;
  }
  symbol.definition = { kind: "label", section: reader.section };
  const { anchor, known } = reader.section;
  reader.known.set(name, { section: reader.section, anchor, offset: known });
  reader.section.fragments.push({ kind: "label", name });
}

/** A name for a label that no text can have. */
function madeName(reader: Reader): string {
  return `.:${reader.places++}`;
}

/** The unique name of a symbol that is used here; `.` is a label made for the purpose. */
export function rename(reader: Reader, name: string): string {
  if (name === ".") return defineHere(reader);
  const unique = reader.locals.refer(name);
  symbolNamed(reader.assembly, unique);
  return unique;
}

// Sections

/** What a section is told by. */
export interface SectionKind {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly entsize?: number;
  readonly link?: string | undefined;
  readonly unique?: number | undefined;
}

/** The section of that name, made if it is new. What it is must not change. */
export function openSection(assembly: Assembly, wanted: SectionKind): AssemblySection {
  const { name, type, flags, entsize = 0, link, unique } = wanted;
  const known = assembly.sections.find((s) => s.name === name && s.unique === unique && s.link === link);
  if (known !== undefined) return known;
  const made: AssemblySection = {
    name, type, flags, entsize, link, unique, align: 1, fragments: [], anchor: 0, known: 0, anchors: 0, part: 0, parts: new Map(),
    order: nextOrder(assembly),
  };
  assembly.sections.push(made);
  return made;
}

export function switchTo(reader: Reader, section: AssemblySection, part = 0): void {
  if (section !== reader.section) reader.lines.isPending = false;
  reader.previous = currentPart(reader);
  reader.section = section;
  openPart(section, part);
}

export function currentPart({ section }: Reader): SectionPart {
  return { section, part: section.part };
}

/** Goes on in another part of the section. */
export function openPart(section: AssemblySection, part: number): void {
  if (part === section.part) return;
  const { fragments, anchor, known, parts } = section;
  parts.set(section.part, { fragments, anchor, known });
  const next = parts.get(part) ?? { fragments: [], anchor: ++section.anchors, known: 0 };
  parts.delete(part);
  Object.assign(section, next, { part });
}

/** Puts the section's parts together, when everything has been read. */
export function joinParts(section: AssemblySection): void {
  if (section.parts.size === 0) return;
  openPart(section, -1);
  section.fragments = [...section.parts].sort(([a], [b]) => a - b).flatMap(([, { fragments }]) => fragments);
  section.parts.clear();
}

/** Adds a fragment; a section that has no contents in the file takes zeros only, however they are written. */
export function append(reader: Reader, fragment: Fragment, position: number): void {
  const { section } = reader;
  if (fragment.kind === "value" || fragment.kind === "leb") noteLine(reader);
  if (section.type !== SHT.NOBITS || fragment.kind === "align"
    || ((fragment.kind === "space" || fragment.kind === "org") && fragment.fill === 0)) {
    appendTo(section, fragment);
  } else {
    report(reader, position, `section ${section.name} has no contents`);
  }
}

/** Gives the last `.loc` its row of the line table, here; to be called before an instruction or datum is added. */
export function noteLine(reader: Reader): void {
  const { lines, section } = reader;
  if (!lines.isPending) return;
  lines.isPending = false;
  const row = { location: lines.current, place: mark(reader) };
  const sequence = lines.sequences.get(section);
  if (sequence === undefined) lines.sequences.set(section, { label: defineHere(reader), rows: [row] });
  else sequence.rows.push(row);
}

/** A place, here. */
export function mark(reader: Reader): Place {
  const place: Place = { kind: "place", offset: 0 };
  reader.section.fragments.push(place);
  return place;
}

/** A label with a name of its own, here. */
export function defineHere(reader: Reader): string {
  const name = madeName(reader);
  define(reader, name, 0);
  return name;
}

/** Adds a fragment of any kind to a section. */
export function appendTo(section: AssemblySection, fragment: Fragment): void {
  section.fragments.push(fragment);
  const size = sizeNow(section, fragment);
  if (size !== undefined) {
    section.known += size;
    return;
  }
  section.anchor = ++section.anchors;
  section.known = 0;
}

/** A fragment's size where that is known before layout. */
function sizeNow(section: AssemblySection, fragment: Fragment): number | undefined {
  switch (fragment.kind) {
    case "label":
    case "place": return 0;
    case "instruction": return 8 * slots(fragment.instruction);
    case "data":
    case "value": return fragment.size;
    case "space": {
      const { constant } = fragment.count;
      return isNumber(fragment.count) && constant >= 0n && constant < 1n << 40n ? Number(constant) : undefined;
    }
    case "align": {
      const padding = (fragment.align - (section.known % fragment.align)) % fragment.align;
      return section.anchor !== 0 ? undefined : padding > fragment.most ? 0 : padding;
    }
    case "org":
    case "leb":
    case "late": return undefined;
  }
}

/** Adds bytes, which many statements bring one by one, to the data that the section ends with. */
export function appendBytes(reader: Reader, bytes: Uint8Array, position: number): void {
  const { section } = reader;
  noteLine(reader);
  if (section.type === SHT.NOBITS) {
    if (bytes.every((b) => b === 0)) {
      appendTo(section, { kind: "space", count: numberExpression(BigInt(bytes.length)), fill: 0, position });
    } else {
      report(reader, position, `section ${section.name} has no contents`);
    }
    return;
  }
  const { assembly } = reader;
  const hadRoom = assembly.bytes <= maxBytes;
  assembly.bytes += bytes.length;
  if (assembly.bytes > maxBytes) {
    if (hadRoom) report(reader, position, `the data are more than ${maxBytes} bytes`);
    return;
  }
  const last = section.fragments[section.fragments.length - 1];
  if (last?.kind !== "data") {
    appendTo(section, { kind: "data", bytes, size: bytes.length });
    return;
  }
  const size = last.size + bytes.length;
  if (size > last.bytes.length) {
    const larger = new Uint8Array(Math.max(64, 2 * size));
    larger.set(last.bytes.subarray(0, last.size));
    last.bytes = larger;
  }
  last.bytes.set(bytes, last.size);
  last.size = size;
  section.known += bytes.length;
}

// Arguments

export function report(reader: Reader, position: number, message: string): void {
  reader.assembly.problems.push(textProblem(position, message));
}

export function peek(args: Arguments): Token {
  const token = args.tokens[args.next] ?? args.tokens[args.tokens.length - 1];
  if (token === undefined) throw new Error("a statement has at least its end");
  return token;
}

export function atEnd(args: Arguments): boolean {
  return peek(args).kind === "end";
}

/** Takes a character if it is next. */
export function accept(args: Arguments, text: string): boolean {
  const token = peek(args);
  if (token.kind !== "punct" || token.text !== text) return false;
  args.next++;
  return true;
}

export function expect(reader: Reader, args: Arguments, text: string): boolean {
  if (accept(args, text)) return true;
  report(reader, peek(args).position, `expected "${text}", saw ${describeToken(peek(args))}`);
  return false;
}

export function expectEnd(reader: Reader, args: Arguments): void {
  if (!atEnd(args)) report(reader, peek(args).position, `expected the end, saw ${describeToken(peek(args))}`);
}

/** A symbol's or section's name, quoted or not. */
export function readName(reader: Reader, args: Arguments, what = "a name"): string | undefined {
  const token = peek(args);
  if (token.kind !== "word" && token.kind !== "string") {
    report(reader, token.position, `expected ${what}, saw ${describeToken(token)}`);
    return undefined;
  }
  args.next++;
  return token.text;
}

export function readString(reader: Reader, args: Arguments): string | undefined {
  const token = peek(args);
  if (token.kind === "string") {
    args.next++;
    return token.text;
  }
  report(reader, token.position, `expected a string, saw ${describeToken(token)}`);
  return undefined;
}

/** The number that a name stands for at this point: one that `.set` gave it, which a later one may change. */
export function constantOf(reader: Reader, name: string): bigint | undefined {
  const definition = reader.assembly.symbols.get(name)?.definition;
  return definition?.kind === "value" && isNumber(definition.expression) ? definition.expression.constant : undefined;
}

/**
 * The number that an expression has at this point of the text: distances between labels are known if nothing between is
 * open.
 */
export function numberNow(reader: Reader, { constant, terms, operations = [] }: Expression): bigint | undefined {
  let sum = constant;
  const places = new Map<string, number>();
  for (const { symbol, sign } of terms) {
    const name = symbol === "." ? symbol : reader.locals.refer(symbol);
    const value = constantOf(reader, name);
    const here = { section: reader.section, anchor: reader.section.anchor, offset: reader.section.known };
    const place = name === "." ? here : reader.known.get(name);
    if (value !== undefined) sum += BigInt(sign) * value;
    else if (place !== undefined) {
      const key = `${place.section.order} ${place.anchor}`;
      places.set(key, (places.get(key) ?? 0) + sign);
      sum += BigInt(sign * place.offset);
    } else return undefined;
  }
  for (const count of places.values()) if (count !== 0) return undefined;
  for (const { sign, operator, left, right } of operations) {
    const a = numberNow(reader, left);
    const b = right === undefined ? 0n : numberNow(reader, right);
    if (a === undefined || b === undefined) return undefined;
    const value = right === undefined ? unaryValue(operator, a) : binaryValue(operator, a, b);
    if (typeof value === "string") return undefined;
    sum += BigInt(sign) * value;
  }
  return BigInt.asIntN(65, sum);
}

/**
 * An expression with its symbols under their unique names. A count of bytes (`isCount`) is no mention of its symbols.
 */
export function readExpression(reader: Reader, args: Arguments, isCount = false): Expression | undefined {
  const parsed = parseExpression(args.tokens, args.next, (name) => constantOf(reader, name));
  if (parsed.kind === "problem") {
    reader.assembly.problems.push(parsed);
    return undefined;
  }
  args.next = parsed.next;
  const { expression } = parsed;
  if (isNumber(expression)) return expression;
  return renameTerms(expression, (name) => (isCount && name !== "." ? reader.locals.refer(name) : rename(reader, name)));
}

/** A number between bounds, known without layout. */
export function readNumber(reader: Reader, args: Arguments, least: number, most: number): number | undefined {
  const { position } = peek(args);
  const parsed = parseExpression(args.tokens, args.next, (name) => constantOf(reader, name));
  if (parsed.kind === "problem") {
    reader.assembly.problems.push(parsed);
    return undefined;
  }
  args.next = parsed.next;
  const value = numberNow(reader, parsed.expression);
  if (value === undefined || value < BigInt(least) || value > BigInt(most)) {
    report(reader, position, `expected a number from ${least} to ${most}`);
    return undefined;
  }
  return Number(value);
}
