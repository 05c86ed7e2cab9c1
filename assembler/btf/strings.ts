/**
 * The string section of BTF: NUL-terminated UTF-8, each text once, "" at offset 0. Offsets are given in the order in
 * which the texts are first asked for, so equal graphs give equal bytes.
 */

import { BtfError } from "./types.ts";

const encoder = new TextEncoder();

/** Collects texts and hands out their offsets. */
export class StringTable {
  readonly #offsets = new Map<string, number>([["", 0]]);
  readonly #parts: Uint8Array[] = [];
  #length = 1;

  /** The offset of `text`, which is added if it is new. @throws BtfError for a text with a NUL in it. */
  add(text: string): number {
    const known = this.#offsets.get(text);
    if (known !== undefined) return known;
    if (text.includes("\0")) throw new BtfError(`a name with a NUL in it: ${JSON.stringify(text)}`);
    const bytes = encoder.encode(text);
    const offset = this.#length;
    this.#offsets.set(text, offset);
    this.#parts.push(bytes);
    this.#length += bytes.length + 1;
    return offset;
  }

  /** The section so far. */
  encode(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let offset = 1;
    for (const part of this.#parts) {
      bytes.set(part, offset);
      offset += part.length + 1;
    }
    return bytes;
  }
}

/** Reads texts out of a string section. */
export class StringReader {
  readonly #bytes: Uint8Array;
  readonly #decoder = new TextDecoder();
  readonly #texts = new Map<number, string>();

  /** @throws BtfError unless the section begins with an empty text and ends a text. */
  constructor(bytes: Uint8Array) {
    if (bytes.length === 0 || bytes[0] !== 0) throw new BtfError("the string section does not begin with a NUL");
    if (bytes[bytes.length - 1] !== 0) throw new BtfError("the string section does not end with a NUL");
    this.#bytes = bytes;
  }

  /** The text at `offset`; `what` names the one who asks. */
  at(offset: number, what: string): string {
    const known = this.#texts.get(offset);
    if (known !== undefined) return known;
    if (offset >= this.#bytes.length) {
      throw new BtfError(`${what}: string offset ${offset} is outside of the ${this.#bytes.length} bytes of strings`);
    }
    const text = this.#decoder.decode(this.#bytes.subarray(offset, this.#bytes.indexOf(0, offset)));
    this.#texts.set(offset, text);
    return text;
  }
}
