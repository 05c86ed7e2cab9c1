/**
 * The state of reading an assembly text, and the ways to read a statement's arguments, which the directives share.
 *
 * A read that fails reports the problem and returns undefined (or false).
 */

import type { Expression } from "../isa/expression.ts";
import { parseExpression } from "../isa/expression.ts";
import type { LocalLabels } from "../isa/labels.ts";
import type { Statement, Token } from "../isa/scan.ts";
import { describeToken, textProblem } from "../isa/scan.ts";
import { SHT } from "../object/object.ts";
import type { Assembly, AssemblySection, Fragment } from "./assembly.ts";
import { nextOrder, symbolNamed } from "./assembly.ts";

/** The state of reading. */
export interface Reader {
  readonly assembly: Assembly;
  section: AssemblySection;
  previous: AssemblySection;
  readonly pushed: { readonly section: AssemblySection; readonly previous: AssemblySection }[];
  readonly locals: LocalLabels;
  /** How many times `.` was used. */
  places: number;
}

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
  reader.section.fragments.push({ kind: "label", name });
}

/** The unique name of a symbol that is used here; `.` is a label made for the purpose. */
export function rename(reader: Reader, name: string): string {
  if (name === ".") {
    const place = `.:${reader.places++}`;
    define(reader, place, 0);
    return place;
  }
  const unique = reader.locals.refer(name);
  symbolNamed(reader.assembly, unique);
  return unique;
}

// Sections

/** The section of that name, made if it is new. What it is must not change. */
export function openSection(assembly: Assembly, wanted: Pick<AssemblySection, "name" | "type" | "flags" | "entsize"
  | "link">): AssemblySection {
  const known = assembly.sections.find((s) => s.name === wanted.name);
  if (known !== undefined) return known;
  const made: AssemblySection = { ...wanted, align: 1, fragments: [], order: nextOrder(assembly) };
  assembly.sections.push(made);
  return made;
}

export function switchTo(reader: Reader, section: AssemblySection): void {
  reader.previous = reader.section;
  reader.section = section;
}

/** Adds a fragment; a section that has no contents in the file takes zeros only, however they are written. */
export function append(reader: Reader, fragment: Fragment, position: number): void {
  const { section } = reader;
  if (section.type !== SHT.NOBITS) {
    section.fragments.push(fragment);
  } else if (fragment.kind === "align" || (fragment.kind === "space" && fragment.fill === 0)) {
    section.fragments.push(fragment);
  } else if (fragment.kind === "data" && fragment.bytes.every((b) => b === 0)) {
    const count = { constant: BigInt(fragment.bytes.length), terms: [] };
    section.fragments.push({ kind: "space", count, fill: 0, position });
  } else {
    report(reader, position, `section ${section.name} has no contents`);
  }
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

/** An expression with its symbols under their unique names. */
export function readExpression(reader: Reader, args: Arguments): Expression | undefined {
  const parsed = parseExpression(args.tokens, args.next);
  if (parsed.kind === "problem") {
    reader.assembly.problems.push(parsed);
    return undefined;
  }
  args.next = parsed.next;
  const { constant, terms } = parsed.expression;
  return { constant, terms: terms.map((t) => ({ ...t, symbol: rename(reader, t.symbol) })) };
}

/** A number between bounds, known without layout. */
export function readNumber(reader: Reader, args: Arguments, least: number, most: number): number | undefined {
  const { position } = peek(args);
  const expression = readExpression(reader, args);
  if (expression === undefined) return undefined;
  const value = expression.constant;
  if (expression.terms.length > 0 || value < BigInt(least) || value > BigInt(most)) {
    report(reader, position, `expected a number from ${least} to ${most}`);
    return undefined;
  }
  return Number(value);
}
