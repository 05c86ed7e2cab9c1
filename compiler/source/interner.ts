/**
 * The interner: one small integer, a symbol, for each distinct spelling.
 *
 * The lexer hands in byte ranges with their hash; no JavaScript string is made until somebody asks for `text`.
 * Spellings lie end to end in one pool. Two columns hang on the symbol because the lexer asks them for every
 * identifier: the token kind that the spelling has as a word (`Identifier` or a keyword of the dialect), and a number
 * that belongs to the preprocessor (which macro the name is). SymbolId 0 is the empty spelling.
 */
import { type Dialect, TokenKind, keywordTable } from "./token.ts";

/** A distinct spelling. */
export type SymbolId = number;

/** Start value of a spelling's hash; fold each byte in with `hashByte`. */
export const hashSeed = 0;

export function hashByte(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

export class Interner {
  /** How many symbols exist: 0 to count - 1. */
  count = 0;
  /** By symbol: `TokenKind.Identifier`, or the keyword's kind. Replaced when it grows: reload after interning. */
  kind: Uint8Array = new Uint8Array(4096);
  /** By symbol: the preprocessor's column, 0 at first. Replaced when it grows: reload after interning. */
  macro: Int32Array = new Int32Array(4096);

  private pool: Uint8Array = new Uint8Array(1 << 16);
  private starts: Int32Array = new Int32Array(4097);
  private hashes: Int32Array = new Int32Array(4096);
  /** Open addressing; symbol + 1, 0 when free. */
  private table: Int32Array = new Int32Array(1 << 14);
  private names: (string | undefined)[] = [];
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  /** The dialect decides which spellings are keywords; `gnu` is true for -std=gnu…. */
  constructor(dialect: Dialect = "c17", gnu = true) {
    this.intern("");
    for (const [spelling, kind] of keywordTable(dialect, gnu)) this.kind[this.intern(spelling)] = kind;
  }

  /** The symbol of `bytes[from, to)`; `hash` is its hash from `hashSeed` and `hashByte`. */
  internBytes(bytes: Uint8Array, from: number, to: number, hash: number): SymbolId {
    const mask = this.table.length - 1;
    const length = to - from;
    let slot = Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) >>> 7 & mask;
    for (;;) {
      const symbol = this.table[slot] as number - 1;
      if (symbol < 0) return this.add(bytes, from, length, hash, slot);
      if (this.hashes[symbol] === hash) {
        const start = this.starts[symbol] as number;
        if ((this.starts[symbol + 1] as number) - start === length) {
          let i = 0;
          while (i < length && this.pool[start + i] === bytes[from + i]) i++;
          if (i === length) return symbol;
        }
      }
      slot = (slot + 1) & mask;
    }
  }

  /** The symbol of `bytes[from, to)`, hashed here. */
  internRange(bytes: Uint8Array, from: number, to: number): SymbolId {
    let hash = hashSeed;
    for (let i = from; i < to; i++) hash = hashByte(hash, bytes[i] as number);
    return this.internBytes(bytes, from, to, hash);
  }

  intern(text: string): SymbolId {
    const bytes = this.encoder.encode(text);
    return this.internRange(bytes, 0, bytes.length);
  }

  /**
   * The spelling as a string; a byte that is no UTF-8 becomes the lone surrogate U+DC00 + byte, so that nothing is
   * lost.
   */
  text(symbol: SymbolId): string {
    const known = this.names[symbol];
    if (known !== undefined) return known;
    const bytes = this.bytes(symbol);
    const plain = this.decoder.decode(bytes);
    const text = plain.includes("\ufffd") ? decodeKeepingBytes(bytes) : plain;
    this.names[symbol] = text;
    return text;
  }

  /** The spelling's bytes: a view, valid until the next spelling is interned. */
  bytes(symbol: SymbolId): Uint8Array {
    return this.pool.subarray(this.starts[symbol], this.starts[symbol + 1]);
  }

  /** Length of the spelling in bytes. */
  length(symbol: SymbolId): number {
    return (this.starts[symbol + 1] as number) - (this.starts[symbol] as number);
  }

  private add(bytes: Uint8Array, from: number, length: number, hash: number, slot: number): SymbolId {
    const symbol = this.count;
    if (symbol + 1 >= this.kind.length) this.growColumns();
    const start = this.starts[symbol] as number;
    if (start + length > this.pool.length) {
      const pool = new Uint8Array(Math.max(this.pool.length * 2, start + length));
      pool.set(this.pool);
      this.pool = pool;
    }
    for (let i = 0; i < length; i++) this.pool[start + i] = bytes[from + i] as number;
    this.starts[symbol + 1] = start + length;
    this.hashes[symbol] = hash;
    this.kind[symbol] = TokenKind.Identifier;
    this.table[slot] = symbol + 1;
    this.count = symbol + 1;
    if (this.count * 2 > this.table.length) this.growTable();
    return symbol;
  }

  private growColumns(): void {
    const capacity = this.kind.length * 2;
    const kind = new Uint8Array(capacity);
    const macro = new Int32Array(capacity);
    const starts = new Int32Array(capacity + 1);
    const hashes = new Int32Array(capacity);
    kind.set(this.kind);
    macro.set(this.macro);
    starts.set(this.starts);
    hashes.set(this.hashes);
    this.kind = kind;
    this.macro = macro;
    this.starts = starts;
    this.hashes = hashes;
  }

  private growTable(): void {
    const table = new Int32Array(this.table.length * 2);
    const mask = table.length - 1;
    for (let symbol = 0; symbol < this.count; symbol++) {
      const hash = this.hashes[symbol] as number;
      let slot = Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) >>> 7 & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = symbol + 1;
    }
    this.table = table;
  }
}

/** Decodes UTF-8 character by character; other bytes become U+DC80 to U+DCFF, which UTF-8 cannot spell. */
function decodeKeepingBytes(bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] as number;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    try {
      text += decoder.decode(bytes.subarray(at, at + length));
      at += length;
    } catch {
      text += String.fromCharCode(0xdc00 + lead);
      at++;
    }
  }
  return text;
}

/** The byte that such a lone surrogate stands for; undefined for other characters. */
export function escapedByte(codePoint: number): number | undefined {
  return codePoint >= 0xdc80 && codePoint <= 0xdcff ? codePoint - 0xdc00 : undefined;
}
