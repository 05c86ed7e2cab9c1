/**
 * The Internet checksum as the kernel's helpers compute with it (include/net/checksum.h): one's-complement sums of
 * 16-bit words in the byte order of the host. Running sums are unsigned 32-bit numbers, not yet folded.
 */

/** a + b with the carry brought round. */
export function csumAdd(a: number, b: number): number {
  const sum = a + b;
  return sum > 0xffffffff ? (sum + 1) % 0x100000000 : sum;
}

export function csumSub(a: number, b: number): number {
  return csumAdd(a, ~b >>> 0);
}

/** Folds a sum to 16 bits. */
export function csumTo16(sum: number): number {
  const once = (sum & 0xffff) + (sum >>> 16);
  return (once & 0xffff) + (once >>> 16);
}

/** The checksum field for a sum: folded and inverted. */
export function csumFold(sum: number): number {
  return ~csumTo16(sum) & 0xffff;
}

/** Adds the words of `bytes` to a sum (csum_partial), folded far enough to fit 32 bits. */
export function csumPartial(bytes: Uint8Array, sum: number, littleEndian: boolean): number {
  let total = sum;
  for (let i = 0; i < bytes.length; i += 2) {
    const first = bytes[i];
    const second = i + 1 < bytes.length ? bytes[i + 1] : 0;
    total = csumAdd(total, littleEndian ? second << 8 | first : first << 8 | second);
  }
  return total;
}

/** The field after the words of the sum have changed by `diff`. */
export function csumReplaceByDiff(field: number, diff: number): number {
  return csumFold(csumAdd(diff, ~field & 0xffff));
}

/** The field after a 32-bit value under the sum has changed. */
export function csumReplace4(field: number, from: number, to: number): number {
  return csumFold(csumAdd(csumSub(~field & 0xffff, from), to));
}

/** The field after a 16-bit value under the sum has changed. */
export function csumReplace2(field: number, from: number, to: number): number {
  const add16 = (a: number, b: number): number => {
    const sum = a + b;
    return (sum + (sum >>> 16)) & 0xffff;
  };
  return ~add16(add16(~field & 0xffff, ~from & 0xffff), to) & 0xffff;
}
