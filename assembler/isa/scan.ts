/**
 * The words of assembly text: text -> statements of tokens.
 *
 * A statement ends at a newline or `;`. Comments are `#` and `//` to the end of the line and C's block comments, as
 * LLVM's lexer has them. Tokens keep their position in the text, from which the caller makes line and column. Scanning
 * cannot fail: a character or literal that is none becomes a token of kind "bad", and whoever expects something there
 * says so.
 */

export interface Token {
  readonly kind: "word" | "number" | "large" | "real" | "local" | "string" | "punct" | "bad" | "end";
  /**
   * The characters as written; a string without its quotes and with its escapes resolved, one character a byte.
   * For "bad": what is wrong.
   */
  readonly text: string;
  /** Value of a number, 0 <= value < 2^64, or of a large one, which few places take: below 2^128; else 0. */
  readonly value: bigint;
  /** Position of the first character in the text. */
  readonly position: number;
  /** Position behind the last character. */
  readonly end: number;
}

/** A statement: its tokens, the last of kind "end". */
export type Statement = readonly Token[];

/** Something wrong with a text. */
export interface TextProblem { readonly kind: "problem"; readonly position: number; readonly message: string }

export function textProblem(position: number, message: string): TextProblem {
  return { kind: "problem", position, message };
}

/** The statements of a text, or of a part of it, one after the other. */
export class StatementScanner {
  readonly #text: string;
  readonly #end: number;
  readonly #base: number;
  #position: number;

  /** Scans the text from `start` up to `end`; tokens have positions from `base` on. */
  constructor(text: string, base = 0, start = 0, end = text.length) {
    this.#text = end === text.length ? text : text.slice(0, end);
    this.#end = end;
    this.#base = base;
    this.#position = start;
  }

  /** The next statement that holds at least one token; undefined at the end. */
  next(): Statement | undefined {
    const text = this.#text;
    const tokens: Token[] = [];
    while (this.#position <= this.#end) {
      const position = skipBlanks(text, this.#position);
      const c = text.charCodeAt(position);
      if (c === 0x0a || c === 0x3b || Number.isNaN(c)) {
        this.#position = position + 1;
        if (tokens.length === 0) continue;
        tokens.push({ kind: "end", text: "", value: 0n, position, end: position });
        return this.#base === 0 ? tokens : tokens.map((t) => (
          { ...t, position: t.position + this.#base, end: t.end + this.#base }
        ));
      }
      const [token, next] = scanToken(text, position);
      tokens.push(token);
      this.#position = next;
    }
    return undefined;
  }
}

/** All statements that hold at least one token. */
export function* scanStatements(text: string): Generator<Statement> {
  const scanner = new StatementScanner(text);
  for (let statement = scanner.next(); statement !== undefined; statement = scanner.next()) yield statement;
}

/** The one statement of a text without separators; what follows a separator is not looked at. */
export function scanStatement(text: string): Statement {
  for (const statement of scanStatements(text)) return statement;
  return [{ kind: "end", text: "", value: 0n, position: text.length, end: text.length }];
}

/** Position of the first character that is neither blank nor comment; a newline is not blank. */
function skipBlanks(text: string, start: number): number {
  let position = start;
  for (;;) {
    const c = text[position];
    if (c === " " || c === "\t" || c === "\r" || c === "\f" || c === "\v") {
      position++;
    } else if (c === "#" || (c === "/" && text[position + 1] === "/")) {
      const newline = text.indexOf("\n", position);
      position = newline < 0 ? text.length : newline;
    } else if (c === "/" && text[position + 1] === "*") {
      const close = text.indexOf("*/", position + 2);
      position = close < 0 ? text.length : close + 2;
    } else {
      return position;
    }
  }
}

const wordPattern = /[A-Za-z_.$][\w.$]*/y;
const localPattern = /\d+[bf](?![\w.$])/y;
const numberPattern = /(?:0[xX][0-9a-fA-F]+|0[bB][01]+|\d+)[uUlL]*(?![\w.$])/y;
const realPattern = /(?:\d+\.\d*(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|0[xX][\da-fA-F]*\.?[\da-fA-F]*[pP][+-]?\d+)(?![\w.$])/y;
const wrongNumberPattern = /[\w.$]+/y;

function scanToken(text: string, position: number): [Token, number] {
  const c = text.charCodeAt(position);
  if (c === 0x22 || c === 0x27) return scanQuoted(text, position);
  const isDigit = c >= 0x30 && c <= 0x39;
  const word = isDigit ? undefined : matchAt(wordPattern, text, position);
  if (word !== undefined) return take("word", word, position);
  if (!isDigit) return take("punct", text.charAt(position), position);
  const number = matchAt(numberPattern, text, position);
  if (number !== undefined) return scanNumber(number, position);
  const local = matchAt(localPattern, text, position);
  if (local !== undefined) return take("local", local, position);
  const real = matchAt(realPattern, text, position);
  if (real !== undefined) return take("real", real, position);
  const wrong = matchAt(wrongNumberPattern, text, position) ?? text.charAt(position);
  return bad(`"${wrong}" is not a number`, position, position + wrong.length);
}

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}

function take(kind: Token["kind"], text: string, position: number, value = 0n): [Token, number] {
  const end = position + text.length;
  return [{ kind, text, value, position, end }, end];
}

function bad(message: string, position: number, end: number): [Token, number] {
  return [{ kind: "bad", text: message, value: 0n, position, end }, end];
}

/** A number in C's notations, with C's suffixes, which mean nothing. */
function scanNumber(text: string, position: number): [Token, number] {
  const digits = text.replace(/[uUlL]+$/, "");
  const wrong = bad(`"${text}" is not a number`, position, position + text.length);
  if (digits.length > 80) return wrong;
  let value: bigint;
  if (/^0[0-7]+$/.test(digits)) value = BigInt(`0o${digits.slice(1)}`);
  else if (/^0\d+$/.test(digits)) return wrong;
  else value = BigInt(digits);
  if (value >= 1n << 128n) return bad(`${text} does not fit 128 bits`, position, position + text.length);
  if (value >= 1n << 64n) return take("large", text, position, value);
  return take("number", text, position, value);
}

const escapes: Readonly<Record<string, string>> = {
  n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", "\\": "\\", "\"": "\"", "'": "'",
};

/** A string in double quotes, or a character in single quotes, which is a number. */
function scanQuoted(text: string, start: number): [Token, number] {
  const quote = text.charAt(start);
  let value = "";
  let position = start + 1;
  for (;;) {
    const c = text[position];
    if (c === undefined || c === "\n") return bad(`missing ${quote} at the end of the line`, start, position);
    if (c === quote) break;
    if (c !== "\\") {
      value += c.charCodeAt(0) < 0x80 ? c : utf8(text, position);
      position += c.charCodeAt(0) < 0x80 ? 1 : String.fromCodePoint(text.codePointAt(position) ?? 0).length;
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(text.slice(position + 1, position + 4))?.[0];
    const hex = /^[xX]([0-9a-fA-F]+)/.exec(text.slice(position + 1, position + 20));
    const simple = escapes[text.charAt(position + 1)];
    if (octal !== undefined) {
      value += String.fromCharCode(parseInt(octal, 8) & 0xff);
      position += 1 + octal.length;
    } else if (hex !== null) {
      value += String.fromCharCode(parseInt((hex[1] ?? "0").slice(-2), 16));
      position += 1 + hex[0].length;
    } else if (simple !== undefined) {
      value += simple;
      position += 2;
    } else {
      return bad(`unknown escape "\\${text.charAt(position + 1)}"`, position, lineEnd(text, position));
    }
  }
  position++;
  const at = { position: start, end: position };
  if (quote === "\"") return [{ kind: "string", text: value, value: 0n, ...at }, position];
  if (value.length !== 1) return bad("a character in single quotes is one byte", start, position);
  return [{ kind: "number", text: text.slice(start, position), value: BigInt(value.charCodeAt(0)), ...at }, position];
}

function lineEnd(text: string, position: number): number {
  const newline = text.indexOf("\n", position);
  return newline < 0 ? text.length : newline;
}

/** The UTF-8 bytes of the character at a position, one character a byte. */
function utf8(text: string, position: number): string {
  const bytes = new TextEncoder().encode(String.fromCodePoint(text.codePointAt(position) ?? 0));
  return String.fromCharCode(...bytes);
}

/** What is wrong with a token in almost any place, if anything: it is none, or a number that few directives take. */
export function wrongToken(token: Token): string | undefined {
  switch (token.kind) {
    case "bad": return token.text;
    case "large": return `${token.text} does not fit 64 bits`;
    case "real": return `"${token.text}" is not a number`;
    default: return undefined;
  }
}

/** A token as an error message quotes it. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case "end": return "the end of the statement";
    case "bad": return token.text;
    case "string": return "a string";
    default: return `"${token.text}"`;
  }
}

/** Is it the name of a register, in the spelling that operands have? */
export function isRegisterName(text: string): boolean {
  return /^[rw](?:\d|1[01])$/.test(text);
}

/** A symbol's name as the text needs it: quoted where it is not a word. */
export function quoteName(name: string): string {
  if (/^[A-Za-z_.$][\w.$]*$/.test(name)) return name;
  return quoteString(name);
}

/** A string literal that scans to these characters, one a byte. */
export function quoteString(bytes: string): string {
  const body = bytes.replace(/["\\]|[^ -~]/g, (c) => {
    if (c === "\"" || c === "\\") return `\\${c}`;
    if (c === "\n") return "\\n";
    if (c === "\t") return "\\t";
    return `\\${c.charCodeAt(0).toString(8).padStart(3, "0")}`;
  });
  return `"${body}"`;
}
