/**
 * The words of bpf_asm's text, one at a time.
 *
 * Newlines mean nothing, and case only in labels. `;` begins a comment up to the end of the line, C's block comments
 * are comments, and so is a line that begins with `#`. A word of an extension may have a `#` before it, also alone on
 * its line. bpf_asm reads `+8` as one number wherever it can; where a `+` is an operator, the parser takes the number
 * apart. Scanning cannot fail: what is no word becomes a token of kind "bad" whose text says what is wrong.
 *
 * Source of the facts: tools/bpf/bpf_exp.l.
 */

import type { ExtensionName } from "./instruction.ts";
import { extensionNames } from "./instruction.ts";

export interface ClassicToken {
  /** A "word" is a mnemonic, a register or a label: in lower case where case means nothing. */
  readonly kind: "word" | "extension" | "len" | "number" | "punct" | "bad" | "end";
  readonly text: string;
  /** Of a number: 32 bits, unsigned. */
  readonly value: number;
  readonly position: number;
  readonly end: number;
}

/** vlan_pr is the older word for vlan_avail. */
const extensionWords: ReadonlySet<string> = new Set<string>([...extensionNames.filter((name) => name !== "xor_x"), "vlan_pr"]);

/** The extension that a token names. */
export function extensionNamed(token: ClassicToken): ExtensionName | undefined {
  if (token.kind !== "extension") return undefined;
  return token.text === "vlan_pr" ? "vlan_avail" : extensionNames.find((name) => name === token.text);
}

const wordPattern = /[A-Za-z_][A-Za-z0-9_]*/y;
const numberPattern = /[-+]?[0-9][A-Za-z0-9_]*/y;
const markedPattern = /#([A-Za-z_][A-Za-z0-9_]*)/y;

/**
 * The token at or behind a position.
 * @param atStatement is an instruction expected? Then a `#` begins a comment wherever it stands, for nothing else could.
 */
export function scanToken(text: string, start: number, atStatement: boolean): ClassicToken {
  const position = skipBlanks(text, start, atStatement);
  const c = text[position];
  if (c === undefined) return take("end", "", position, position);
  if (c === "#") {
    const name = matchAt(markedPattern, text, position)?.[1]?.toLowerCase() ?? "";
    const kind = name === "len" ? "len" : extensionWords.has(name) ? "extension" : undefined;
    return kind === undefined ? take("punct", c, position) : take(kind, name, position, position + 1 + name.length);
  }
  const word = matchAt(wordPattern, text, position)?.[0];
  if (word !== undefined) {
    const name = word.toLowerCase();
    if (name === "len") return take("len", name, position, position + word.length);
    return extensionWords.has(name) ? take("extension", name, position) : take("word", word, position);
  }
  const digits = matchAt(numberPattern, text, position)?.[0];
  if (digits !== undefined) return number(digits, position);
  if (":,%[]()+*&".includes(c)) return take("punct", c, position);
  if (c === "/" && text[position + 1] === "*") return take("bad", "the comment does not end", position, position + 2);
  return take("bad", `"${String.fromCodePoint(text.codePointAt(position) ?? 0)}" has no meaning here`, position, position + 1);
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

function take(kind: ClassicToken["kind"], text: string, position: number, end = position + text.length): ClassicToken {
  return { kind, text, value: 0, position, end };
}

/** A number of 32 bits, signed or unsigned: hexadecimal, binary, octal or decimal, a sign only before a decimal one. */
function number(digits: string, position: number): ClassicToken {
  const end = position + digits.length;
  const legal = /^(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[0-7]*|[-+]?[1-9][0-9]*)$/.test(digits);
  if (!legal) {
    // A plus before another notation is the operator.
    if (digits.startsWith("+")) return take("punct", "+", position);
    return take("bad", `"${digits}" is not a number`, position, end);
  }
  const octal = /^0[0-7]+$/.test(digits);
  const value = digits.length > 80 ? Infinity : Number(octal ? `0o${digits.slice(1)}` : digits);
  if (value < -0x80000000 || value > 0xffffffff) return take("bad", `${digits} does not fit 32 bits`, position, end);
  return { kind: "number", text: digits, value: value >>> 0, position, end };
}

function skipBlanks(text: string, start: number, atStatement: boolean): number {
  let position = start;
  for (;;) {
    const c = text[position];
    if (c === " " || c === "\t" || c === "\n" || c === "\r") {
      position++;
    } else if (c === ";" || c === "#" && (atStatement || isCommentLine(text, position))) {
      const newline = text.indexOf("\n", position);
      position = newline < 0 ? text.length : newline;
    } else if (c === "/" && text[position + 1] === "*") {
      const close = text.indexOf("*/", position + 2);
      if (close < 0) return position;
      position = close + 2;
    } else {
      return position;
    }
  }
}

/** Does a `#` begin its line, and is there more on it than the word of an extension? */
function isCommentLine(text: string, position: number): boolean {
  if (position > 0 && text[position - 1] !== "\n") return false;
  const name = matchAt(markedPattern, text, position)?.[1] ?? "";
  const next = text[position + 1 + name.length];
  const known = name.toLowerCase() === "len" || extensionWords.has(name.toLowerCase());
  return !known || next !== undefined && next !== "\n" && next !== "\r";
}

/** A token as an error message quotes it. */
export function describeClassicToken(token: ClassicToken): string {
  switch (token.kind) {
    case "end": return "the end of the text";
    case "bad": return token.text;
    default: return `"${token.text}"`;
  }
}
