/**
 * Classic programs in numbers -> the program: tc's `bytecode` line (also as tcpdump -ddd breaks it), the initialiser of
 * an array in C (bpf_asm -c, tcpdump -dd), the bytes of an array of `struct sock_filter`. And back to bytes.
 *
 * Text is told apart by how it begins: with a digit, with a brace or what C puts before one, or else it is assembly.
 */

import type { ClassicInstruction, ClassicProgram } from "./instruction.ts";
import { operationOf } from "./instruction.ts";
import { parseClassic } from "./parse.ts";
import { printInitializer } from "./print.ts";
import type { ClassicPlaces, ClassicProblem, ClassicReading } from "./reading.ts";

/** Reads a program in whichever notation of text it is. */
export function readClassicText(text: string): ClassicReading {
  const bare = withoutComments(text);
  if (/^\s*\d/.test(bare)) return readBytecode(bare, text);
  if (/^[^{};#]*\{/.test(bare)) return readInitializer(bare, text);
  return parseClassic(text);
}

/** The text with blanks for C's comments, so that positions stay. */
function withoutComments(text: string): string {
  let bare = "";
  for (let at = 0; ;) {
    const open = text.indexOf("/*", at);
    const close = open < 0 ? -1 : text.indexOf("*/", open + 2);
    if (close < 0) return bare + text.slice(at);
    bare += text.slice(at, open) + text.slice(open, close + 2).replace(/[^\n]/g, " ");
    at = close + 2;
  }
}

/** Reads a file: bytes of an array, if they cannot be text, or else text. */
export function readClassicFile(bytes: Uint8Array): ClassicReading {
  return bytes.includes(0) ? readBytes(bytes) : readClassicText(new TextDecoder().decode(bytes));
}

const limits = [["code", 0xffff], ["jt", 0xff], ["jf", 0xff], ["k", 0xffffffff]] as const;

/** Collects instructions from numbers with their places. */
class Collector implements ClassicReading {
  readonly text: string;
  readonly program: ClassicInstruction[] = [];
  readonly places: ClassicPlaces[] = [];
  readonly problems: ClassicProblem[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** @param words the four numbers, each with its place */
  add(words: readonly { readonly text: string; readonly position: number }[], start: number): void {
    const values = { code: 0, jt: 0, jf: 0, k: 0 };
    const places = { code: start, jt: start, jf: start, k: start };
    if (words.length !== limits.length) {
      this.report(start, `an instruction is 4 numbers (code, jt, jf, k), not ${words.length}`);
    }
    for (const [i, [part, most]] of limits.entries()) {
      const word = words[i];
      if (word === undefined) break;
      const value = numberOf(word.text);
      if (value === undefined) this.report(word.position, `"${word.text}" is not a number`);
      else if (value > most || value < (part === "k" ? -0x80000000 : 0)) {
        this.report(word.position, `${word.text} is out of range`);
      }
      else values[part] = value >>> 0;
      places[part] = word.position;
    }
    this.program.push(values);
    this.places.push(places);
  }

  report(position: number, message: string): void {
    this.problems.push({ position, message });
  }
}

function numberOf(text: string): number | undefined {
  const digits = /^(-?)(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,20})[uUlL]*$/.exec(text);
  const [, sign, body] = digits ?? [];
  if (body === undefined) return undefined;
  const octal = /^0[0-7]+$/.test(body);
  if (/^0[0-9]+$/.test(body) && !octal) return undefined;
  const value = Number(octal ? `0o${body}` : body);
  return sign === "-" ? -value : value;
}

/** The words of a part of a text, divided by what the pattern does not match. */
function wordsOf(text: string, start: number, end: number, pattern: RegExp): { text: string; position: number }[] {
  return [...text.slice(start, end).matchAll(pattern)].map((m) => ({ text: m[0], position: start + m.index }));
}

/** N, then N times `code jt jf k`, all divided by commas or newlines. */
function readBytecode(text: string, original: string): ClassicReading {
  const collector = new Collector(original);
  const parts = wordsOf(text, 0, text.length, /[^,\n]+/g).filter((part) => part.text.trim() !== "");
  const [count, ...instructions] = parts;
  for (const part of instructions) {
    const words = wordsOf(text, part.position, part.position + part.text.length, /\S+/g);
    collector.add(words, words[0]?.position ?? part.position);
  }
  const announced = numberOf(count?.text.trim() ?? "");
  const { length } = instructions;
  if (announced !== length) {
    const position = (count?.position ?? 0) + (count?.text.search(/\S/) ?? 0);
    collector.report(position, `"${count?.text.trim() ?? ""}" should be the number of instructions, which is ${length}`);
  }
  return collector;
}

/** `{ code, jt, jf, k },` any number of times, maybe in braces behind a declaration. */
function readInitializer(text: string, original = text): ClassicReading {
  const collector = new Collector(original);
  let end = 0;
  for (const group of text.matchAll(/\{([^{}]*)\}/g)) {
    const between = text.slice(end, group.index);
    const legal = end === 0 ? /^[^{}]*\{\s*$|^\s*$/ : /^\s*,\s*$/;
    if (!legal.test(between)) {
      collector.report(end + Math.max(0, between.search(/[^\s,]/)), "expected an instruction in braces");
      return collector;
    }
    const words: { text: string; position: number }[] = [];
    let position = group.index + 1;
    for (const word of (group[1] ?? "").replace(/,\s*$/, "").split(",")) {
      words.push({ text: word.trim(), position: position + Math.max(0, word.search(/\S/)) });
      position += word.length + 1;
    }
    collector.add(words, group.index);
    end = group.index + group[0].length;
  }
  const rest = text.slice(end);
  if (end === 0) collector.report(text.indexOf("{"), "expected an instruction in braces");
  else if (!["", ",", "}", ",}", "};", ",};"].includes(rest.replace(/\s+/g, ""))) {
    collector.report(end + Math.max(0, rest.search(/[^\s,]/)), "expected an instruction in braces");
  }
  return collector;
}

/**
 * An array of `struct sock_filter`, in the byte order in which more of its codes mean something. Its text, for
 * messages, is its initialiser in C.
 */
function readBytes(bytes: Uint8Array): ClassicReading {
  const little = instructionsIn(bytes, true), big = instructionsIn(bytes, false);
  const known = (program: ClassicProgram): number => program.filter(({ code }) => operationOf(code) !== undefined).length;
  const reading = readInitializer(printInitializer(known(big) > known(little) ? big : little));
  const rest = bytes.length % 8;
  if (rest === 0) return reading;
  const message = `an instruction is 8 bytes, and ${rest} are left at the end`;
  return { ...reading, problems: [{ position: reading.text.length, message }] };
}

function instructionsIn(bytes: Uint8Array, little: boolean): ClassicInstruction[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, i): ClassicInstruction => ({
    code: view.getUint16(8 * i, little), jt: view.getUint8(8 * i + 2), jf: view.getUint8(8 * i + 3),
    k: view.getUint32(8 * i + 4, little),
  }));
}

/** The array of `struct sock_filter` as it stands in memory. */
export function encodeClassic(program: ClassicProgram, endian: "little" | "big"): Uint8Array {
  const bytes = new Uint8Array(8 * program.length);
  const view = new DataView(bytes.buffer);
  program.forEach(({ code, jt, jf, k }, i) => {
    view.setUint16(8 * i, code, endian === "little");
    view.setUint8(8 * i + 2, jt);
    view.setUint8(8 * i + 3, jf);
    view.setUint32(8 * i + 4, k, endian === "little");
  });
  return bytes;
}
