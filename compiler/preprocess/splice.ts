/**
 * Line splices: a backslash at the end of a line joins it with the next (C 5.1.1.2, phase 2), and trigraphs (phase 1).
 *
 * Between tokens the lexer steps over a splice. One inside a token sends it here: a logical line is the source line
 * with its splices taken out, and a table back to the source. Tokens of one line share it, so that a long spliced line
 * costs once. As in clang and GCC, white space between the backslash and the line's end does not hinder.
 */

const backslash = 0x5c;

/** Length of the splice whose backslash stands at `pos`; 0 when it is none. */
export function spliceLength(bytes: Uint8Array, pos: number): number {
  let at = pos + 1;
  let byte = bytes[at];
  while (byte === 32 || byte === 9 || byte === 11 || byte === 12) byte = bytes[++at];
  if (byte === 10) return at + 1 - pos;
  if (byte === 13) return (bytes[at + 1] === 10 ? at + 2 : at + 1) - pos;
  return 0;
}

export interface LogicalLine {
  /** Source offsets of the first byte and of the line end. */
  readonly start: number;
  readonly end: number;
  /** The text without splices, closed by a 0. */
  readonly bytes: Uint8Array;
  readonly length: number;
  /** By index in `bytes`: the source offset. One more entry for the end. */
  readonly offsets: Int32Array;
}

/** The logical line from `start` on; undefined when no splice is in it. */
export function logicalLine(source: Uint8Array, start: number, sourceLength: number): LogicalLine | undefined {
  const text: number[] = [];
  const offsets: number[] = [];
  let spliced = false;
  let pos = start;
  for (;;) {
    const byte = source[pos] as number;
    if (pos >= sourceLength || byte === 10 || byte === 13) break;
    const splice = byte === backslash ? spliceLength(source, pos) : 0;
    if (splice > 0) {
      spliced = true;
      pos += splice;
      continue;
    }
    text.push(byte);
    offsets.push(pos);
    pos++;
  }
  if (!spliced) return undefined;
  const length = text.length;
  text.push(0);
  offsets.push(pos);
  return { start, end: pos, bytes: Uint8Array.from(text), length, offsets: Int32Array.from(offsets) };
}

/** The index in the line's bytes of a source offset. */
export function logicalIndex(line: LogicalLine, offset: number): number {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((line.offsets[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

const trigraphs: Readonly<Record<string, string>> = {
  "=": "#", "/": "\\", "'": "^", "(": "[", ")": "]", "!": "|", "<": "{", ">": "}", "-": "~",
};

/** The text with its trigraphs replaced (C 5.2.1.1); the same array when it has none. */
export function replaceTrigraphs(bytes: Uint8Array): Uint8Array {
  let out: Uint8Array | undefined;
  let length = 0;
  for (let pos = 0; pos < bytes.length; pos++) {
    let byte = bytes[pos] as number;
    if (byte === 0x3f && bytes[pos + 1] === 0x3f) {
      const replaced = trigraphs[String.fromCharCode(bytes[pos + 2] ?? 0)];
      if (replaced !== undefined) {
        if (out === undefined) {
          out = bytes.slice();
          length = pos;
        }
        byte = replaced.charCodeAt(0);
        pos += 2;
      }
    }
    if (out !== undefined) out[length++] = byte;
  }
  return out === undefined ? bytes : out.subarray(0, length);
}
