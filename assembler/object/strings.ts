/**
 * An ELF string table: all names once, where a name that ends another shares its bytes.
 *
 * The names are sorted by their characters from the last to the first, descending, so that a name stands directly
 * behind those that end in it. The order is LLVM's, which makes our table and theirs the same.
 */

export interface StringTable {
  readonly bytes: Uint8Array;
  /** Offset of a name that was given; 0 for "". */
  readonly offsetOf: (name: string) => number;
}

export function buildStringTable(names: Iterable<string>): StringTable {
  const encoder = new TextEncoder();
  const sorted = Array.from(new Set(names), (name) => {
    const bytes = encoder.encode(name);
    // Latin-1 of the reversed bytes: comparing strings then compares bytes.
    let reversed = "";
    for (let i = bytes.length - 1; i >= 0; i--) reversed += String.fromCharCode(bytes[i] ?? 0);
    return { name, bytes, reversed };
  }).sort((a, b) => (a.reversed < b.reversed ? 1 : a.reversed > b.reversed ? -1 : 0));
  const offsets = new Map<string, number>([["", 0]]);
  const pieces: Uint8Array[] = [];
  let size = 1;
  let previous = "";
  for (const { name, bytes, reversed } of sorted) {
    if (name === "") continue;
    if (previous.startsWith(reversed)) {
      offsets.set(name, size - 1 - bytes.length);
      continue;
    }
    offsets.set(name, size);
    pieces.push(bytes);
    size += bytes.length + 1;
    previous = reversed;
  }
  const table = new Uint8Array(size);
  let at = 1;
  for (const piece of pieces) {
    table.set(piece, at);
    at += piece.length + 1;
  }
  return {
    bytes: table,
    offsetOf: (name) => {
      const offset = offsets.get(name);
      if (offset === undefined) throw new Error(`"${name}" is not in the string table`);
      return offset;
    },
  };
}
