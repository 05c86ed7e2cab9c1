/**
 * Damages bytes in the ways that files get damaged, and those that look for holes in a reader: a bit, a byte or a word
 * is something else, a piece is gone, doubled or exchanged, the end is missing. The generator's seed says which.
 */

/** A generator of numbers from 0 to below `limit` (mulberry32). */
export type Random = (limit: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return Math.floor(((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32 * limit);
  };
}

/** Words at which readers go wrong. */
const interesting = [0, 1, 2, 7, 8, 0xff, 0x100, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff];

/** A damaged copy. Damage goes to `start` up to `end`, but for lost ends. */
export function mutate(bytes: Uint8Array, random: Random, start = 0, end = bytes.length): Uint8Array {
  let copy = bytes.slice();
  for (let rounds = 1 + random(4); rounds > 0 && end > start + 4 && copy.length >= end; rounds--) {
    const at = start + random(end - start - 4);
    const view = new DataView(copy.buffer);
    switch (random(8)) {
      case 0: copy[at] = (copy[at] ?? 0) ^ 1 << random(8); break;
      case 1: copy[at] = random(256); break;
      case 2: view.setUint32(at & ~3, interesting[random(interesting.length)] ?? 0, true); break;
      case 3: view.setUint32(at & ~3, random(0x100), true); break;
      case 4: view.setUint32(at & ~3, (view.getUint32(at & ~3, true) + random(17) - 8) >>> 0, true); break;
      case 5: copy.copyWithin(at, start + random(end - start), start + random(end - start)); break;
      case 6: {
        const other = start + random(end - start - 4);
        const word = view.getUint32(at, true);
        view.setUint32(at, view.getUint32(other, true), true);
        view.setUint32(other, word, true);
        break;
      }
      default: if (random(4) === 0) copy = copy.slice(0, random(copy.length)); break;
    }
  }
  return copy;
}
