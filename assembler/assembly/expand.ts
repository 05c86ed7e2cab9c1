/**
 * What stands between a text and its statements: macros, repetitions, conditions, included files.
 *
 *   .macro name p, q=1, r:req, s:vararg ... .endm    .rept n ... .endr    .irp x, a, b ... .endr    .irpc x, abc ... .endr
 *   .if .ifdef .ifc .ifeqs .ifb ... .elseif .else .endif    .include "file"    .exitm    .purgem name    .end
 *
 * `nextStatement` hands out one statement after the other as if all of that had been written out. A repetition reads
 * its part of the text again; a macro's body is text, in which the arguments are put before it is read. So the same
 * rules hold for a file and for a piece of inline assembly: what an expression or a defined name is, the host says.
 *
 * How much text expansions may bring is bounded, so that a few lines cannot fill the memory.
 *
 * Source of the rules: the GNU assembler's manual, chapter 7, and what LLVM's assembler makes of them.
 */
import type { Statement, Token } from "../isa/scan.ts";
import { StatementScanner } from "../isa/scan.ts";
import { conditionals } from "./conditions.ts";
import type { Action, Expander, ExpandHost, Frame } from "./expander.ts";
import { isReading, numberArgument, numberAt, positionOf, restOf, stop, textBetween } from "./expander.ts";
import type { Alternative, Argument, Parameter } from "./macros.ts";
import { expandBody, readArguments, readMacroHead } from "./macros.ts";
import { Sources } from "./sources.ts";
import type { SourceText } from "./sources.ts";

/** As many statements as the kernel's largest program has instructions. */
const maxStatements = 1_000_000;
const maxCharacters = 1 << 24;
/** Texts inside one another. */
const maxDepth = 30;

export function startExpansion(name: string, text: string, host: ExpandHost): Expander {
  const sources = new Sources();
  const expander: Expander = {
    sources, host, frames: [], macros: new Map(), conditions: [], pending: undefined, isAlternative: false, instances: 0,
    statements: 0, characters: 0, stopped: false,
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

/** Index of the first token behind the labels that a statement begins with. */
function skipLabels(tokens: Statement): number {
  let start = 0;
  while (tokens[start + 1]?.kind === "punct" && tokens[start + 1]?.text === ":"
    && (tokens[start]?.kind === "word" || tokens[start]?.kind === "string" || tokens[start]?.kind === "number")) start += 2;
  return start;
}

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
    const values = argumentsOf(e, statement, start);
    const texts = byCharacter ? Array.from(values.map((v) => v.text).join("")) : values.map((v) => v.text);
    const text = body.source.text.slice(body.start, body.end);
    const parts: string[] = [];
    let length = 0;
    for (const value of texts.length === 0 ? [""] : texts) {
      const part = expandBody(text, new Map([[name.text, value]]), e.instances, maxCharacters, e.isAlternative);
      length += part.length;
      if (length > maxCharacters) break;
      parts.push(part);
    }
    openExpansion(e, `the repetition for "${name.text}"`, parts.join(""), positionOf(statement), false);
    if (length > maxCharacters) stop(e, positionOf(statement), `the repetition brings more than ${maxCharacters} characters`);
  };
}

function argumentsOf(e: Expander, statement: Statement, start: number, parameters?: readonly Parameter[]): Argument[] {
  const textOf = (first: Token, last: Token): string => textBetween(e, first, last);
  const alternative: Alternative = { numberAt: (tokens, at) => numberAt(e, tokens, at) };
  return readArguments(statement, start, textOf, parameters, e.isAlternative ? alternative : undefined);
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
    const bound = macro.bind(argumentsOf(e, statement, 1, macro.parameters));
    if (typeof bound === "string") {
      e.host.report(position, `macro "${name}": ${bound}`);
      return;
    }
    const text = expandBody(macro.body, bound, e.instances++, maxCharacters, e.isAlternative);
    openExpansion(e, `macro "${name}"`, text, position, true);
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

function setAlternative(isOn: boolean): Action {
  return (e) => {
    e.isAlternative = isOn;
  };
}

function stray(beginning: string): Action {
  return (e, statement) => {
    e.host.report(positionOf(statement), `there is no ${beginning} for this ${statement[0]?.text ?? ""}`);
  };
}

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  [".rept", repeat], [".rep", repeat], [".irp", repeatWith(false)], [".irpc", repeatWith(true)], [".macro", defineMacro],
  [".altmacro", setAlternative(true)], [".noaltmacro", setAlternative(false)], [".exitm", exitMacro],
  [".purgem", purgeMacro], [".include", include], [".endr", stray("repetition")],
  [".endm", stray(".macro")], [".endmacro", stray(".macro")], [".end", (e, s) => stop(e, positionOf(s), undefined)],
]);
