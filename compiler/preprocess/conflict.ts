/**
 * Markers that a version control system leaves at conflicts: `<<<<<<<`, `|||||||`, `=======` and `>>>>>>>`, or
 * Perforce's `>>>> `, `====` and `<<<<`, each first on its line. The first version of the text is read, the others are
 * skipped: from the second marker to behind the line of the last.
 */

/** Which markers the text stands between. */
export type Conflict = "none" | "git" | "perforce";

const less = 0x3c;
const equal = 0x3d;
const greater = 0x3e;
const bar = 0x7c;

function startsLine(bytes: Uint8Array, at: number): boolean {
  const before = bytes[at - 1];
  return at === 0 || before === 10 || before === 13;
}

function repeats(bytes: Uint8Array, at: number, byte: number, times: number): boolean {
  for (let i = 0; i < times; i++) if (bytes[at + i] !== byte) return false;
  return true;
}

/** May a marker stand here? Quick, for most punctuators are none. */
export function looksLikeMarker(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at];
  if (byte !== less && byte !== equal && byte !== greater && byte !== bar) return false;
  return bytes[at + 3] === byte && repeats(bytes, at, byte, 3) && startsLine(bytes, at);
}

/** Where the line ends that holds this byte. */
export function lineEnd(bytes: Uint8Array, length: number, from: number): number {
  let at = from;
  while (at < length && bytes[at] !== 10 && bytes[at] !== 13) at++;
  return at;
}

/** The conflict that a marker at this place begins, if something ends it. */
export function conflictAt(bytes: Uint8Array, at: number): Conflict {
  if (repeats(bytes, at, less, 7)) return "git";
  return repeats(bytes, at, greater, 4) && bytes[at + 4] === 0x20 ? "perforce" : "none";
}

/** The end of the line of the marker that ends a conflict, -1 without one behind this line. */
export function conflictEnd(bytes: Uint8Array, length: number, from: number, kind: Conflict): number {
  for (let at = lineEnd(bytes, length, from); at < length; at = lineEnd(bytes, length, at)) {
    at++;
    const ends = kind === "git" ? repeats(bytes, at, greater, 7)
      : repeats(bytes, at, less, 4) && (bytes[at + 4] === 10 || bytes[at + 4] === 13 || at + 4 >= length);
    if (ends) return lineEnd(bytes, length, at);
  }
  return -1;
}
