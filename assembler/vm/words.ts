/**
 * 64-bit arithmetic on pairs of signed 32-bit halves.
 *
 * JavaScript's bigints would say it in one line each, but every one of them is an object; halves stay machine words.
 * An operation takes the registers' halves as arrays, the destination's index, and the second operand's halves, and
 * leaves the result in the destination: `lo[d], hi[d] op= b`.
 */

export type Halves = Int32Array;

/** `dst op= b`. A 32-bit operation reads only the low halves and clears the high half of the result. */
export type Binary = (lo: Halves, hi: Halves, d: number, bLo: number, bHi: number) => void;

export const add64: Binary = (lo, hi, d, bLo, bHi) => {
  const sum = (lo[d] >>> 0) + (bLo >>> 0);
  lo[d] = sum;
  hi[d] = hi[d] + bHi + (sum > 0xffffffff ? 1 : 0);
};

export const sub64: Binary = (lo, hi, d, bLo, bHi) => {
  const borrow = (lo[d] >>> 0) < (bLo >>> 0) ? 1 : 0;
  lo[d] = lo[d] - bLo;
  hi[d] = hi[d] - bHi - borrow;
};

export const mul64: Binary = (lo, hi, d, bLo, bHi) => {
  const aLo = lo[d];
  const a0 = aLo & 0xffff;
  const a1 = aLo >>> 16;
  const b0 = bLo & 0xffff;
  const b1 = bLo >>> 16;
  const low = a0 * b0;
  // At most 2^33: exact in a double, and the shifts take it modulo 2^32.
  const middle = a0 * b1 + a1 * b0 + Math.floor(low / 0x10000);
  lo[d] = middle << 16 | low & 0xffff;
  hi[d] = a1 * b1 + Math.floor(middle / 0x10000) + Math.imul(aLo, bHi) + Math.imul(hi[d], bLo);
};

/** Unsigned; division by zero gives 0. */
export const div64: Binary = (lo, hi, d, bLo, bHi) => {
  if ((bLo | bHi) === 0) {
    lo[d] = 0;
    hi[d] = 0;
  } else if ((hi[d] | bHi) >>> 21 === 0) {
    // Below 2^53 the quotient of doubles never rounds up to the next integer.
    setNumber(lo, hi, d, Math.floor(toNumber(lo[d], hi[d]) / toNumber(bLo, bHi)));
  } else {
    setBig(lo, hi, d, toUnsigned(lo[d], hi[d]) / toUnsigned(bLo, bHi));
  }
};

/** Unsigned; the remainder by zero is the dividend. */
export const mod64: Binary = (lo, hi, d, bLo, bHi) => {
  if ((bLo | bHi) === 0) return;
  if ((hi[d] | bHi) >>> 21 === 0) setNumber(lo, hi, d, toNumber(lo[d], hi[d]) % toNumber(bLo, bHi));
  else setBig(lo, hi, d, toUnsigned(lo[d], hi[d]) % toUnsigned(bLo, bHi));
};

/** Signed, toward zero; by zero gives 0; the lowest number by -1 gives itself. */
export const sdiv64: Binary = (lo, hi, d, bLo, bHi) => {
  if ((bLo | bHi) === 0) setNumber(lo, hi, d, 0);
  else setBig(lo, hi, d, toSigned(lo[d], hi[d]) / toSigned(bLo, bHi));
};

/** The remainder has the sign of the dividend; by zero it is the dividend. */
export const smod64: Binary = (lo, hi, d, bLo, bHi) => {
  if ((bLo | bHi) !== 0) setBig(lo, hi, d, toSigned(lo[d], hi[d]) % toSigned(bLo, bHi));
};

export const and64: Binary = (lo, hi, d, bLo, bHi) => {
  lo[d] &= bLo;
  hi[d] &= bHi;
};

export const or64: Binary = (lo, hi, d, bLo, bHi) => {
  lo[d] |= bLo;
  hi[d] |= bHi;
};

export const xor64: Binary = (lo, hi, d, bLo, bHi) => {
  lo[d] ^= bLo;
  hi[d] ^= bHi;
};

/** Shifts take the count modulo 64. */
export const lsh64: Binary = (lo, hi, d, bLo) => {
  const count = bLo & 63;
  if (count >= 32) {
    hi[d] = lo[d] << count;
    lo[d] = 0;
  } else if (count > 0) {
    hi[d] = hi[d] << count | lo[d] >>> 32 - count;
    lo[d] <<= count;
  }
};

export const rsh64: Binary = (lo, hi, d, bLo) => {
  const count = bLo & 63;
  if (count >= 32) {
    lo[d] = hi[d] >>> count;
    hi[d] = 0;
  } else if (count > 0) {
    lo[d] = lo[d] >>> count | hi[d] << 32 - count;
    hi[d] = hi[d] >>> count;
  }
};

export const arsh64: Binary = (lo, hi, d, bLo) => {
  const count = bLo & 63;
  if (count >= 32) {
    lo[d] = hi[d] >> count;
    hi[d] >>= 31;
  } else if (count > 0) {
    lo[d] = lo[d] >>> count | hi[d] << 32 - count;
    hi[d] >>= count;
  }
};

export const mov64: Binary = (lo, hi, d, bLo, bHi) => {
  lo[d] = bLo;
  hi[d] = bHi;
};

export const add32: Binary = (lo, hi, d, bLo) => {
  lo[d] += bLo;
  hi[d] = 0;
};

export const sub32: Binary = (lo, hi, d, bLo) => {
  lo[d] -= bLo;
  hi[d] = 0;
};

export const mul32: Binary = (lo, hi, d, bLo) => {
  lo[d] = Math.imul(lo[d], bLo);
  hi[d] = 0;
};

export const div32: Binary = (lo, hi, d, bLo) => {
  lo[d] = bLo === 0 ? 0 : (lo[d] >>> 0) / (bLo >>> 0);
  hi[d] = 0;
};

export const mod32: Binary = (lo, hi, d, bLo) => {
  if (bLo !== 0) lo[d] = (lo[d] >>> 0) % (bLo >>> 0);
  hi[d] = 0;
};

export const sdiv32: Binary = (lo, hi, d, bLo) => {
  lo[d] = bLo === 0 ? 0 : lo[d] / bLo;
  hi[d] = 0;
};

export const smod32: Binary = (lo, hi, d, bLo) => {
  if (bLo !== 0) lo[d] = lo[d] % bLo;
  hi[d] = 0;
};

export const and32: Binary = (lo, hi, d, bLo) => {
  lo[d] &= bLo;
  hi[d] = 0;
};

export const or32: Binary = (lo, hi, d, bLo) => {
  lo[d] |= bLo;
  hi[d] = 0;
};

export const xor32: Binary = (lo, hi, d, bLo) => {
  lo[d] ^= bLo;
  hi[d] = 0;
};

/** Shifts take the count modulo 32, as JavaScript's do. */
export const lsh32: Binary = (lo, hi, d, bLo) => {
  lo[d] <<= bLo;
  hi[d] = 0;
};

export const rsh32: Binary = (lo, hi, d, bLo) => {
  lo[d] = lo[d] >>> bLo;
  hi[d] = 0;
};

export const arsh32: Binary = (lo, hi, d, bLo) => {
  lo[d] >>= bLo;
  hi[d] = 0;
};

export const mov32: Binary = (lo, hi, d, bLo) => {
  lo[d] = bLo;
  hi[d] = 0;
};

/** The four bytes of a half in the opposite order. */
export function swapBytes(half: number): number {
  return half << 24 | (half & 0xff00) << 8 | half >>> 8 & 0xff00 | half >>> 24;
}

export function lessUnsigned(aLo: number, aHi: number, bLo: number, bHi: number): boolean {
  return aHi === bHi ? aLo >>> 0 < bLo >>> 0 : aHi >>> 0 < bHi >>> 0;
}

export function lessSigned(aLo: number, aHi: number, bLo: number, bHi: number): boolean {
  return aHi === bHi ? aLo >>> 0 < bLo >>> 0 : aHi < bHi;
}

/** The value as a number, the high half taken as signed: exact below 2^53 in magnitude. */
export function toNumber(lo: number, hi: number): number {
  return hi * 0x100000000 + (lo >>> 0);
}

export function toUnsigned(lo: number, hi: number): bigint {
  return BigInt(hi >>> 0) << 32n | BigInt(lo >>> 0);
}

export function toSigned(lo: number, hi: number): bigint {
  return BigInt(hi) << 32n | BigInt(lo >>> 0);
}

/** Stores an integer below 2^53 in magnitude. */
export function setNumber(lo: Halves, hi: Halves, d: number, value: number): void {
  lo[d] = value;
  hi[d] = Math.floor(value / 0x100000000);
}

/** Stores a value modulo 2^64. */
export function setBig(lo: Halves, hi: Halves, d: number, value: bigint): void {
  lo[d] = Number(BigInt.asIntN(32, value));
  hi[d] = Number(BigInt.asIntN(32, value >> 32n));
}
