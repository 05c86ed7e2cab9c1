/**
 * Format strings: the bytes of a printf or scanf format -> what each directive says, with places as byte offsets; and the type
 * that a directive wants its argument to have (C17 7.21.6.1 and 7.21.6.2, with POSIX's and GNU's additions that clang knows).
 *
 * `readFormat` is a generator: what is wrong in the spelling comes out between the directives. After a problem the rest of the
 * string has no certain meaning, and nothing more comes.
 */
import {
  charType, doubleType, floatType, intType, longDoubleType, longLongType, longType, pointerDifferenceType, pointerTo, shortType,
  signedCharType, sizeType, unsignedCharType, unsignedIntType, unsignedLongLongType, unsignedLongType, unsignedShortType,
  voidType, wideCharType,
} from "../types/basic.ts";
import type { CType } from "../types/ctype.ts";

export type FormatFamily = "printf" | "scanf";

/** A width or precision: a number, or `*`, which takes an argument. */
export interface Amount {
  readonly kind: "number" | "argument";
  /** The number, or the argument's index. */
  readonly value: number;
  readonly at: number;
}

export interface Directive {
  readonly kind: "directive";
  /** Where its `%` stands. */
  readonly start: number;
  /** The conversion's letter, and where it stands. */
  readonly conversion: string;
  readonly at: number;
  /** Where each flag stands last. */
  readonly flags: ReadonlyMap<string, number>;
  readonly width: Amount | undefined;
  readonly precision: Amount | undefined;
  readonly length: { readonly text: string; readonly at: number } | undefined;
  /** Index among the arguments behind the format. */
  readonly argument: number;
  /** `%1$d` */
  readonly positional: boolean;
  /** Does it take an argument? `%%`, `%m` and scanf's `%*d` do not. */
  readonly consumes: boolean;
}

export type FormatItem =
  | Directive
  | { readonly kind: "problem"; readonly message: string; readonly at: number }
  /** Not a conversion; `text` spells it. It counts as one that takes the first argument. */
  | { readonly kind: "unknown"; readonly text: string; readonly at: number; readonly argument: number };

const printfConversions = "%AEFGXacdefginopsuxbBCSm";
const scanfConversions = "%AaEeFfGgXxoudincCSspb[";

class Reader {
  at = 0;
  /** Arguments that directives without a position have taken. */
  taken = 0;
  readonly bytes: Uint8Array;
  readonly family: FormatFamily;

  constructor(bytes: Uint8Array, family: FormatFamily) {
    this.bytes = bytes;
    this.family = family;
  }

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  peek(ahead = 0): string {
    const byte = this.bytes[this.at + ahead];
    return byte === undefined ? "" : String.fromCharCode(byte);
  }

  /** Digits, if something follows them. */
  number(): { readonly value: number; readonly at: number } | undefined {
    const at = this.at;
    while (/[0-9]/.test(this.peek())) this.at++;
    if (this.at === at || this.done) return undefined;
    return { value: Number(String.fromCharCode(...this.bytes.subarray(at, this.at))), at };
  }
}

function problem(message: string, at: number): FormatItem {
  return { kind: "problem", message, at };
}

/** What the format says. `c89`: `%as` of scanf is GNU's, not a floating conversion followed by `s`. */
export function* readFormat(bytes: Uint8Array, family: FormatFamily, c89: boolean): Generator<FormatItem> {
  const reader = new Reader(bytes, family);
  for (; !reader.done; reader.at++) {
    if (reader.peek() === "\0") {
      yield containsNul(reader.at);
      return;
    }
    if (reader.peek() !== "%") continue;
    const item = readDirective(reader, c89);
    yield item;
    if (item.kind === "problem") return;
    reader.at--;
  }
}

function containsNul(at: number): FormatItem {
  return problem("format string contains '\\0' within the string body", at);
}

function readDirective(reader: Reader, c89: boolean): FormatItem {
  const start = reader.at++;
  const incomplete = problem("incomplete format specifier", start);
  const position = readPosition(reader, start);
  if (position !== undefined && typeof position !== "number") return position;
  if (reader.done) return incomplete;
  const positional = position !== undefined;
  const flags = new Map<string, number>();
  let width: Amount | undefined;
  let precision: Amount | undefined;
  let suppressed = false;
  if (reader.family === "printf") {
    for (; "'-+ #0".includes(reader.peek()) && !reader.done; reader.at++) flags.set(reader.peek(), reader.at);
    if (reader.done) return incomplete;
    const first = readAmount(reader, positional, start, "width");
    if (first !== undefined && first.kind === "problem") return first;
    width = first;
    if (reader.done) return incomplete;
    if (reader.peek() === ".") {
      const dot = reader.at++;
      if (reader.done) return incomplete;
      const second = readAmount(reader, positional, start, "precision");
      if (second !== undefined && second.kind === "problem") return second;
      // A dot alone stands for 0 and is never out of place.
      precision = second === undefined ? undefined : { ...second, at: second.kind === "argument" ? second.at - 1 : dot };
      if (reader.done) return incomplete;
    }
  } else {
    if (reader.peek() === "*") {
      suppressed = true;
      reader.at++;
      if (reader.done) return incomplete;
    }
    const number = reader.number();
    width = number === undefined ? undefined : { kind: "number", ...number };
    if (reader.done) return incomplete;
  }
  const length = readLength(reader, c89);
  if (reader.done) return incomplete;
  if (reader.peek() === "\0") return containsNul(reader.at);
  const at = reader.at++;
  const conversion = String.fromCharCode(bytesAt(reader, at));
  const known = reader.family === "printf" ? printfConversions : scanfConversions;
  if (!known.includes(conversion)) {
    const text = spellUnknown(reader, at);
    return { kind: "unknown", text, at, argument: positional ? position : 0 };
  }
  if (conversion === "[") {
    const open = skipScanList(reader);
    if (open !== undefined) return open;
  }
  const takes = conversion !== "%" && conversion !== "m";
  const consumes = takes && !suppressed;
  const argument = positional ? position : consumes ? reader.taken++ : 0;
  return { kind: "directive", start, conversion, at, flags, width, precision, length, argument, positional, consumes };
}

function bytesAt(reader: Reader, at: number): number {
  return reader.bytes[at] ?? 0;
}

/** `1$`: the index of the argument; a problem; or nothing, and then nothing is read. */
function readPosition(reader: Reader, start: number): number | FormatItem | undefined {
  const begin = reader.at;
  const number = reader.number();
  if (number === undefined && reader.done) return problem("incomplete format specifier", start);
  if (number === undefined || reader.peek() !== "$") {
    reader.at = begin;
    return undefined;
  }
  reader.at++;
  return number.value === 0 ? countsFromOne(start) : number.value - 1;
}

function countsFromOne(at: number): FormatItem & { readonly kind: "problem" } {
  const message = "position arguments in format strings start counting at 1 (not 0)";
  return { kind: "problem", message, at };
}

function readAmount(
  reader: Reader, positional: boolean, start: number, what: "width" | "precision",
): Amount | (FormatItem & { readonly kind: "problem" }) | undefined {
  if (reader.peek() !== "*") {
    const number = reader.number();
    return number === undefined ? undefined : { kind: "number", ...number };
  }
  const star = reader.at++;
  if (!positional) return { kind: "argument", value: reader.taken++, at: reader.at };
  const number = reader.number();
  if (number !== undefined && reader.peek() === "$") {
    reader.at++;
    return number.value === 0 ? countsFromOne(star) : { kind: "argument", value: number.value - 1, at: star };
  }
  const isOpen = reader.done && number !== undefined;
  const message = isOpen ? "incomplete format specifier" : `invalid position specified for field ${what}`;
  return { kind: "problem", message, at: isOpen ? start : star };
}

function readLength(reader: Reader, c89: boolean): Directive["length"] {
  const at = reader.at;
  const next = reader.peek();
  let size = 0;
  if (next === "h" || next === "l") size = reader.peek(1) === next ? 2 : 1;
  else if (next !== "" && "jztLqw".includes(next)) size = 1;
  else if (reader.family === "scanf" && next === "m") size = 1;
  else if (reader.family === "scanf" && next === "a" && c89 && /^[sS[]$/.test(reader.peek(1))) size = 1;
  else if (next === "I") {
    const bits = reader.peek(1) + reader.peek(2);
    if (bits === "64") size = 3;
    else if (reader.family === "printf") size = bits === "32" ? 3 : 1;
  }
  if (size === 0) return undefined;
  reader.at += size;
  return { text: String.fromCharCode(...reader.bytes.subarray(at, reader.at)), at };
}

/** Reads `[...]`, whose first character may be the bracket itself; the closing one is left. */
function skipScanList(reader: Reader): FormatItem | undefined {
  let { at } = reader;
  const { bytes } = reader;
  const close = 93;
  const open = (): FormatItem => problem("no closing ']' for '%[' in scanf format string", Math.min(at, bytes.length) - 1);
  if (bytes[at] === 94 && bytes[at + 1] === close) at++;
  if (bytes[at] === close) at++;
  while (at < bytes.length && bytes[at] !== close) at++;
  if (at >= bytes.length) return open();
  reader.at = at;
  return undefined;
}

/** A character outside of ASCII by its number; its bytes are read as one. */
function spellUnknown(reader: Reader, at: number): string {
  const first = bytesAt(reader, at);
  if (first >= 0x20 && first < 0x7f) return String.fromCharCode(first);
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  let point = first;
  if (size > 1) {
    try {
      point = new TextDecoder("utf-8", { fatal: true }).decode(reader.bytes.subarray(at, at + size)).codePointAt(0) ?? first;
      reader.at = at + size;
    } catch {
      // No UTF-8: the byte alone.
    }
  }
  const hex = (digits: number): string => point.toString(16).padStart(digits, "0");
  return point < 256 ? `\\x${hex(2)}` : point <= 0xffff ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}

// ---- What goes with what ----------------------------------------------------------------------------------------------

const integers = "dioxXubB";
const floats = "aAeEfFgG";

/** The conversions that a flag has a meaning for (C17 7.21.6.1p6). */
const flagged: Readonly<Record<string, string>> = {
  "'": "diufFgG", "0": integers + floats, "+": `di${floats}`, " ": `di${floats}`, "#": `oxXbB${floats}`,
};

/** Has the flag a meaning with this conversion? */
export function flagFits(flag: string, conversion: string): boolean {
  return flag === "-" ? conversion !== "n" : (flagged[flag] ?? "").includes(conversion);
}

export function precisionFits(conversion: string): boolean {
  return `${integers}${floats}s`.includes(conversion);
}

/** Has the length modifier a meaning with this conversion? */
export function lengthFits(length: string, conversion: string): boolean {
  switch (length) {
    case "h":
    case "hh":
    case "ll":
    case "q":
    case "j":
    case "z":
    case "t":
      return `${integers}n`.includes(conversion);
    case "l":
      return `${integers}${floats}ncs[`.includes(conversion);
    case "L":
      return `${floats}dioxXu`.includes(conversion);
    case "a":
      return "sS[".includes(conversion);
    case "m":
      return "cCsS[".includes(conversion);
    default:
      return false;
  }
}

// ---- Types of arguments -----------------------------------------------------------------------------------------------

/** What an argument must be: of one type, of any character type, a pointer to characters, and so on. */
export interface Wanted {
  readonly kind: "type" | "character" | "string" | "wideString" | "wideCharacter" | "pointer";
  /** The type, or one that stands for those that are meant. */
  readonly type: CType;
  /** A typedef of the standard's that is meant. */
  readonly name: string | undefined;
  /** A pointer to such a thing. */
  readonly pointer: boolean;
}

function plain(type: CType, name?: string): Wanted {
  return { kind: "type", type, name, pointer: false };
}

const characterWanted: Wanted = { kind: "character", type: charType, name: undefined, pointer: false };
const stringWanted: Wanted = { kind: "string", type: pointerTo(charType), name: undefined, pointer: false };
const wideStringWanted: Wanted = { kind: "wideString", type: pointerTo(wideCharType), name: "wchar_t *", pointer: false };
const wideCharacterWanted: Wanted = { kind: "wideCharacter", type: intType, name: "wint_t", pointer: false };
const pointerWanted: Wanted = { kind: "pointer", type: pointerTo(voidType), name: undefined, pointer: false };

function integerWanted(length: string, signed: boolean): Wanted | undefined {
  switch (length) {
    case "":
      return plain(signed ? intType : unsignedIntType);
    case "hh":
      return signed ? characterWanted : plain(unsignedCharType);
    case "h":
      return plain(signed ? shortType : unsignedShortType);
    case "l":
      return plain(signed ? longType : unsignedLongType);
    case "ll":
    case "q":
    case "L":
      return plain(signed ? longLongType : unsignedLongLongType);
    case "j":
      return plain(signed ? longType : unsignedLongType, signed ? "intmax_t" : "uintmax_t");
    case "z":
      return signed ? plain(longType, "ssize_t") : plain(sizeType, "size_t");
    case "t":
      return signed ? plain(pointerDifferenceType, "ptrdiff_t") : plain(unsignedLongType, "unsigned ptrdiff_t");
    case "I32":
      return plain(signed ? intType : unsignedIntType, signed ? "__int32" : "unsigned __int32");
    case "I64":
    case "I":
      return plain(signed ? longLongType : unsignedLongLongType, signed ? "__int64" : "unsigned __int64");
    default:
      return undefined;
  }
}

/** What `%n` writes. */
function countWanted(length: string): Wanted | undefined {
  if (length === "hh") return { ...plain(signedCharType), pointer: true };
  const wanted = length === "L" || length.startsWith("I") ? undefined : integerWanted(length, true);
  return wanted === undefined ? undefined : { ...wanted, pointer: true };
}

/** What the directive wants its argument to be; undefined where nothing can be said. */
export function wantedBy(directive: Directive, family: FormatFamily): Wanted | undefined {
  const length = directive.length?.text ?? "";
  return family === "printf" ? printed(directive.conversion, length) : scanned(directive.conversion, length);
}

function printed(conversion: string, length: string): Wanted | undefined {
  switch (conversion) {
    case "c":
      if (length === "") return plain(intType);
      return length === "l" || length === "w" ? wideCharacterWanted : undefined;
    case "C":
      return plain(wideCharType, "wchar_t");
    case "s":
      return length === "l" || length === "w" ? wideStringWanted : stringWanted;
    case "S":
      return wideStringWanted;
    case "p":
      return pointerWanted;
    case "n":
      return countWanted(length);
    case "d":
    case "i":
      return integerWanted(length, true);
    default:
      if (integers.includes(conversion)) return integerWanted(length, false);
      return plain(length === "L" ? longDoubleType : doubleType);
  }
}

function scanned(conversion: string, length: string): Wanted | undefined {
  const into = (wanted: Wanted | undefined): Wanted | undefined =>
    (wanted === undefined ? undefined : { ...wanted, pointer: true });
  switch (conversion) {
    case "c":
    case "s":
    case "[":
      if (length === "") return into(characterWanted);
      if (length === "l" || length === "w") return into(plain(wideCharType, "wchar_t"));
      return length === "a" || length === "m" ? into(stringWanted) : undefined;
    case "C":
    case "S":
      if (length === "" || length === "w") return into(plain(wideCharType, "wchar_t"));
      return length === "a" || length === "m" ? into(wideStringWanted) : undefined;
    case "p":
      return into(pointerWanted);
    case "n":
      return countWanted(length);
    case "d":
    case "i":
      return into(integerWanted(length, true));
    default:
      if (integers.includes(conversion)) return into(integerWanted(length, false));
      if (length === "") return into(plain(floatType));
      return length === "l" ? into(plain(doubleType)) : length === "L" ? into(plain(longDoubleType)) : undefined;
  }
}
