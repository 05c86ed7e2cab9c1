/**
 * What stands between a text and its statements: macros, repetitions, conditions, included files.
 *
 *   .macro name p, q=1, r:req, s:vararg ... .endm    .rept n ... .endr    .irp x, a, b ... .endr    .irpc x, abc ... .endr
 *   .if .ifdef .ifc .ifeqs .ifb ... .elseif .else .endif    .include "file"    .exitm    .purgem name    .end
 *
 * `nextStatement` hands out one statement after the other as if all of that had been written out. A repetition reads its
 * part of the text again; a macro's body is text, in which the arguments are put before it is read. So the same rules hold for
 * a file and for a piece of inline assembly: what an expression or a defined name is, the host says.
 *
 * How much text expansions may bring is bounded, so that a few lines cannot fill the memory.
 *
 * Source of the rules: the GNU assembler's manual, chapter 7, and what LLVM's assembler makes of them.
 */
import { parseExpression } from "../isa/expression.ts";
import type { Constants, Expression } from "../isa/expression.ts";
import type { Statement, Token } from "../isa/scan.ts";
import { describeToken, StatementScanner } from "../isa/scan.ts";
import type { Macro } from "./macros.ts";
import { expandBody, readArguments, readMacroHead } from "./macros.ts";
import { Sources } from "./sources.ts";
import type { SourceText } from "./sources.ts";

/** What the reader of the statements knows. */
export interface ExpandHost {
  /** Names that are numbers at this point. */
  readonly constants: Constants;
  /** Is there a symbol of that name, a label or a number? */
  readonly isDefined: (name: string) => boolean;
  /** The number that an expression has at this point, if it has one. */
  readonly numberNow: (expression: Expression) => bigint | undefined;
  readonly report: (position: number, message: string) => void;
  /** A file's bytes. */
  readonly readFile: (name: string) => Uint8Array | undefined;
}

/** A text that is being read, whole or in part. */
interface Frame {
  readonly source: SourceText;
  scanner: StatementScanner;
  /** For a repetition: which part of the text, and how often it is still to be read. */
  readonly start: number;
  readonly end: number;
  remaining: number;
  /** How many conditions were open when the frame was opened. */
  readonly conditions: number;
  readonly isMacro: boolean;
}

/** An .if: its branch is being read, a true one is looked for, or one has been read. */
interface Condition { readonly position: number; state: "reading" | "looking" | "done"; hasElse: boolean }

export interface Expander {
  readonly sources: Sources;
  readonly host: ExpandHost;
  readonly frames: Frame[];
  readonly macros: Map<string, Macro>;
  readonly conditions: Condition[];
  /** What follows the labels of a statement that has been divided. */
  pending: Statement | undefined;
  /** Expansions of macros so far, for `\@`. */
  instances: number;
  /** Statements and characters that expansions have brought. */
  statements: number;
  characters: number;
  stopped: boolean;
}

/** As many statements as the kernel's largest program has instructions. */
const maxStatements = 1_000_000;
const maxCharacters = 1 << 24;
/** Texts inside one another. */
const maxDepth = 30;

export function startExpansion(name: string, text: string, host: ExpandHost): Expander {
  const sources = new Sources();
  const expander: Expander = {
    sources, host, frames: [], macros: new Map(), conditions: [], pending: undefined, instances: 0, statements: 0,
    characters: 0, stopped: false,
  };
  open(expander, sources.add(name, text, "file", undefined), 0, text.length, 1, false);
  return expander;
}

/** The next statement to read; undefined at the end of everything. */
export function nextStatement(e: Expander): Statement | undefined {
  for (;;) {
    const statement = takeStatement(e);
    if (statement === undefined) return undefined;
    const start = isReading(e) ? skipLabels(statement) : 0;
    const first = statement[start];
    if (first?.kind !== "word") {
      if (isReading(e)) return statement;
      continue;
    }
    const name = first.text.toLowerCase();
    const condition = conditionals.get(name);
    const action = condition ?? (isReading(e) ? actions.get(name) ?? macroCall(e, first.text) : undefined);
    if (action === undefined) {
      if (isReading(e)) return statement;
      continue;
    }
    if (start > 0) {
      // The labels come first: a condition may ask for them.
      e.pending = statement.slice(start);
      return [...statement.slice(0, start), { kind: "end", text: "", value: 0n, position: first.position, end: first.position }];
    }
    action(e, statement);
  }
}

function takeStatement(e: Expander): Statement | undefined {
  if (e.pending !== undefined) {
    const statement = e.pending;
    e.pending = undefined;
    return statement;
  }
  for (;;) {
    const frame = e.frames[e.frames.length - 1];
    if (frame === undefined) {
      for (const { position } of e.conditions) e.host.report(position, "there is no .endif for this");
      e.conditions.length = 0;
      return undefined;
    }
    const statement = frame.scanner.next();
    if (e.frames.length > 1 && !countStatement(e, frame)) continue;
    if (statement !== undefined) return statement;
    if (--frame.remaining > 0) frame.scanner = scannerOf(frame.source, frame.start, frame.end);
    else e.frames.pop();
  }
}

function countStatement(e: Expander, frame: Frame): boolean {
  if (++e.statements <= maxStatements) return true;
  stop(e, frame.source.base + frame.start, `macros and repetitions bring more than ${maxStatements} statements`);
  return false;
}

/** Ends all reading. */
function stop(e: Expander, position: number, message: string | undefined): void {
  if (message !== undefined && !e.stopped) e.host.report(position, message);
  e.stopped = true;
  e.frames.length = 0;
  e.conditions.length = 0;
}

function scannerOf(source: SourceText, start: number, end: number): StatementScanner {
  return new StatementScanner(source.text, source.base, start, end);
}

function open(e: Expander, source: SourceText, start: number, end: number, times: number, isMacro: boolean): void {
  if (e.frames.length >= maxDepth) {
    stop(e, source.from ?? source.base + start, `macros, repetitions and files are nested more than ${maxDepth} deep`);
    return;
  }
  e.frames.push({
    source, start, end, remaining: times, isMacro, conditions: e.conditions.length, scanner: scannerOf(source, start, end),
  });
}

/** Opens the text of an expansion, unless there has been too much of that. */
function openExpansion(e: Expander, name: string, text: string, from: number, isMacro: boolean): void {
  e.characters += text.length;
  if (e.characters > maxCharacters) stop(e, from, `macros bring more than ${maxCharacters} characters`);
  else if (text !== "") open(e, e.sources.add(name, text, "expansion", from), 0, text.length, 1, isMacro);
}

function isReading(e: Expander): boolean {
  const last = e.conditions[e.conditions.length - 1];
  return last === undefined || last.state === "reading";
}

/** Index of the first token behind the labels that a statement begins with. */
function skipLabels(tokens: Statement): number {
  let start = 0;
  while (tokens[start + 1]?.kind === "punct" && tokens[start + 1]?.text === ":"
    && (tokens[start]?.kind === "word" || tokens[start]?.kind === "string" || tokens[start]?.kind === "number")) start += 2;
  return start;
}

type Action = (e: Expander, statement: Statement) => void;

function positionOf(statement: Statement): number {
  return statement[0]?.position ?? 0;
}

/** The text of a statement behind its first word, without blanks around. */
function restOf(e: Expander, statement: Statement): string {
  const first = statement[1], last = statement[statement.length - 2];
  return first === undefined || last === undefined || statement.length < 3 ? "" : textBetween(e, first, last);
}

function textBetween(e: Expander, first: Token, last: Token): string {
  const source = e.sources.textAt(first.position);
  return source === undefined ? "" : source.text.slice(first.position - source.base, last.end - source.base);
}

/** A number that must be known now, the one argument of a statement. */
function numberArgument(e: Expander, statement: Statement): bigint | undefined {
  const parsed = parseExpression(statement, 1, e.host.constants);
  if (parsed.kind === "problem") {
    e.host.report(parsed.position, parsed.message);
    return undefined;
  }
  const token = statement[parsed.next];
  if (token !== undefined && token.kind !== "end") {
    e.host.report(token.position, `expected the end, saw ${describeToken(token)}`);
    return undefined;
  }
  const value = e.host.numberNow(parsed.expression);
  if (value === undefined) e.host.report(statement[1]?.position ?? 0, "expected a number that is known here");
  return value;
}

// Conditions

/** A condition's test: does it hold? */
type Test = (e: Expander, statement: Statement) => boolean;

function compare(holds: (value: bigint) => boolean): Test {
  return (e, statement) => {
    const value = numberArgument(e, statement);
    return value !== undefined && holds(value);
  };
}

function definedTest(wanted: boolean): Test {
  return (e, statement) => {
    const token = statement[1];
    if (token?.kind === "word" || token?.kind === "string") return e.host.isDefined(token.text) === wanted;
    e.host.report(token?.position ?? 0, "expected a symbol");
    return false;
  };
}

function blankTest(wanted: boolean): Test {
  return (e, statement) => (restOf(e, statement) === "") === wanted;
}

/** `.ifc a, b`: the texts on both sides of the first comma. */
function textTest(wanted: boolean): Test {
  return (e, statement) => {
    const comma = statement.findIndex((t) => t.kind === "punct" && t.text === ",");
    if (comma < 0) {
      e.host.report(positionOf(statement), "expected two texts with a comma between them");
      return false;
    }
    const side = (from: number, to: number): string => {
      const first = statement[from], last = statement[to];
      return first === undefined || last === undefined || from > to ? "" : textBetween(e, first, last);
    };
    return (side(1, comma - 1) === side(comma + 1, statement.length - 2)) === wanted;
  };
}

/** `.ifeqs "a", "b"` */
function stringTest(wanted: boolean): Test {
  return (e, statement) => {
    const [, a, comma, b] = statement;
    if (a?.kind === "string" && comma?.text === "," && b?.kind === "string") return (a.text === b.text) === wanted;
    e.host.report(positionOf(statement), "expected two strings with a comma between them");
    return false;
  };
}

const tests: readonly (readonly [string, Test])[] = [
  [".if", compare((v) => v !== 0n)], [".ifne", compare((v) => v !== 0n)], [".ifeq", compare((v) => v === 0n)],
  [".ifge", compare((v) => v >= 0n)], [".ifgt", compare((v) => v > 0n)], [".ifle", compare((v) => v <= 0n)],
  [".iflt", compare((v) => v < 0n)], [".ifdef", definedTest(true)], [".ifndef", definedTest(false)],
  [".ifnotdef", definedTest(false)], [".ifb", blankTest(true)], [".ifnb", blankTest(false)], [".ifc", textTest(true)],
  [".ifnc", textTest(false)], [".ifeqs", stringTest(true)], [".ifnes", stringTest(false)],
];

function ifAction(test: Test): Action {
  return (e, statement) => {
    const position = positionOf(statement);
    const state = !isReading(e) ? "done" : test(e, statement) ? "reading" : "looking";
    e.conditions.push({ position, state, hasElse: false });
  };
}

/** The innermost condition that this text opened. */
function innermost(e: Expander, statement: Statement): Condition | undefined {
  const frame = e.frames[e.frames.length - 1];
  const condition = e.conditions[e.conditions.length - 1];
  if (condition !== undefined && frame !== undefined && e.conditions.length > frame.conditions) return condition;
  e.host.report(positionOf(statement), `there is no .if for this ${statement[0]?.text ?? ""}`);
  return undefined;
}

const elseIf: Action = (e, statement) => {
  const condition = innermost(e, statement);
  if (condition === undefined) return;
  if (condition.hasElse) e.host.report(positionOf(statement), ".elseif behind .else");
  if (condition.state === "reading") condition.state = "done";
  if (condition.state === "looking") {
    const value = numberArgument(e, statement);
    if (value !== undefined && value !== 0n) condition.state = "reading";
  }
};

const otherwise: Action = (e, statement) => {
  const condition = innermost(e, statement);
  if (condition === undefined) return;
  if (condition.hasElse) e.host.report(positionOf(statement), "a second .else");
  condition.hasElse = true;
  condition.state = condition.state === "looking" ? "reading" : "done";
};

const endIf: Action = (e, statement) => {
  if (innermost(e, statement) !== undefined) e.conditions.pop();
};

const conditionals: ReadonlyMap<string, Action> = new Map<string, Action>([
  ...tests.map(([name, test]) => [name, ifAction(test)] as const),
  [".elseif", elseIf], [".else", otherwise], [".endif", endIf],
]);

// Repetitions and macros

const repeatBegins = new Set([".rept", ".rep", ".irp", ".irpc"]);
const repeatEnds = new Set([".endr"]);
const macroBegins = new Set([".macro"]);
const macroEnds = new Set([".endm", ".endmacro"]);

interface Body { readonly source: SourceText; readonly start: number; readonly end: number }

/** The text up to the end that belongs to a beginning, over which the reader then has gone. */
function readBody(e: Expander, statement: Statement, begins: ReadonlySet<string>, ends: ReadonlySet<string>):
Body | undefined {
  const frame = e.frames[e.frames.length - 1];
  const last = statement[statement.length - 1];
  if (frame === undefined || last === undefined) return undefined;
  const { source } = frame;
  const start = Math.min(last.position - source.base + 1, frame.end);
  for (let depth = 1; ;) {
    const inner = frame.scanner.next();
    if (inner === undefined) {
      e.host.report(positionOf(statement), `there is no ${[...ends][0]} for this`);
      return undefined;
    }
    const first = inner[skipLabels(inner)];
    const name = first?.kind === "word" ? first.text.toLowerCase() : "";
    if (begins.has(name)) depth++;
    if (ends.has(name) && --depth === 0) return { source, start, end: (first?.position ?? 0) - source.base };
  }
}

const repeat: Action = (e, statement) => {
  const count = numberArgument(e, statement);
  const body = readBody(e, statement, repeatBegins, repeatEnds);
  if (count === undefined || body === undefined) return;
  if (count < 0n) e.host.report(statement[1]?.position ?? 0, "a repetition cannot be negative");
  if (count > 0n) open(e, body.source, body.start, body.end, Number(count), false);
};

/** `.irp name, a, b`: the body once for each value; `.irpc name, abc` once for each character. */
function repeatWith(byCharacter: boolean): Action {
  return (e, statement) => {
    const name = statement[1];
    const body = readBody(e, statement, repeatBegins, repeatEnds);
    if (body === undefined) return;
    if (name?.kind !== "word") {
      e.host.report(name?.position ?? positionOf(statement), "expected a name");
      return;
    }
    const start = statement[2]?.text === "," ? 3 : 2;
    const values = readArguments(statement, start, (first, last) => textBetween(e, first, last));
    const texts = byCharacter ? Array.from(values.map((v) => v.text).join("")) : values.map((v) => v.text);
    const text = body.source.text.slice(body.start, body.end);
    const parts: string[] = [];
    let length = 0;
    for (const value of texts.length === 0 ? [""] : texts) {
      const part = expandBody(text, new Map([[name.text, value]]), e.instances, maxCharacters);
      length += part.length;
      if (length > maxCharacters) break;
      parts.push(part);
    }
    openExpansion(e, `the repetition for "${name.text}"`, parts.join(""), positionOf(statement), false);
    if (length > maxCharacters) stop(e, positionOf(statement), `the repetition brings more than ${maxCharacters} characters`);
  };
}

const defineMacro: Action = (e, statement) => {
  const body = readBody(e, statement, macroBegins, macroEnds);
  const head = readMacroHead(statement, (first, last) => textBetween(e, first, last));
  if (body === undefined) return;
  if (head.kind === "problem") e.host.report(head.position, head.message);
  else if (e.macros.has(head.name)) e.host.report(positionOf(statement), `macro "${head.name}" is defined already`);
  else e.macros.set(head.name, { ...head, body: body.source.text.slice(body.start, body.end) });
};

/** What a macro's name at the beginning of a statement does; undefined if it is no macro's. */
function macroCall(e: Expander, name: string): Action | undefined {
  const macro = e.macros.get(name);
  if (macro === undefined) return undefined;
  return (_, statement) => {
    const position = positionOf(statement);
    const bound = macro.bind(readArguments(statement, 1, (first, last) => textBetween(e, first, last), macro.parameters));
    if (typeof bound === "string") e.host.report(position, `macro "${name}": ${bound}`);
    else openExpansion(e, `macro "${name}"`, expandBody(macro.body, bound, e.instances++, maxCharacters), position, true);
  };
}

const exitMacro: Action = (e, statement) => {
  const inner = e.frames.findLastIndex((frame) => frame.isMacro);
  const frame = e.frames[inner];
  if (frame === undefined) {
    e.host.report(positionOf(statement), ".exitm outside of a macro");
    return;
  }
  e.frames.length = inner;
  e.conditions.length = Math.min(e.conditions.length, frame.conditions);
};

const purgeMacro: Action = (e, statement) => {
  const name = restOf(e, statement);
  if (!e.macros.delete(name)) e.host.report(positionOf(statement), `there is no macro "${name}"`);
};

const include: Action = (e, statement) => {
  const name = statement[1];
  const position = positionOf(statement);
  if (name?.kind !== "string") {
    e.host.report(name?.position ?? position, "expected the name of a file in quotes");
    return;
  }
  const bytes = e.host.readFile(name.text);
  if (bytes === undefined) e.host.report(name.position, `there is no file "${name.text}"`);
  else {
    const text = new TextDecoder().decode(bytes);
    e.characters += text.length;
    if (e.characters > maxCharacters) stop(e, position, `files and macros bring more than ${maxCharacters} characters`);
    else open(e, e.sources.add(name.text, text, "file", position), 0, text.length, 1, false);
  }
};

function stray(beginning: string): Action {
  return (e, statement) => {
    e.host.report(positionOf(statement), `there is no ${beginning} for this ${statement[0]?.text ?? ""}`);
  };
}

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  [".rept", repeat], [".rep", repeat], [".irp", repeatWith(false)], [".irpc", repeatWith(true)], [".macro", defineMacro],
  [".exitm", exitMacro], [".purgem", purgeMacro], [".include", include], [".endr", stray("repetition")],
  [".endm", stray(".macro")], [".endmacro", stray(".macro")], [".end", (e, s) => stop(e, positionOf(s), undefined)],
]);
