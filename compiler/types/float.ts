/**
 * The binary floating formats of IEC 60559 that C's types have on this target: binary32 (`float`) and binary64
 * (`double`, `long double`), as bit patterns and as JavaScript numbers, with conversions that round once, to nearest,
 * ties to even.
 *
 * A JavaScript number is a binary64; it holds each binary32 exactly. It does not keep a NaN's sign and payload: whoever
 * must keep those works on the bits.
 */

export type FloatWidth = 32 | 64;

const view = new DataView(new ArrayBuffer(8));

/** The value of a bit pattern. */
export function floatOfBits(bits: bigint, width: FloatWidth): number {
  if (width === 32) {
    view.setUint32(0, Number(bits));
    return view.getFloat32(0);
  }
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

/** The bit pattern of a value, rounded to the format; a NaN is the positive quiet one. */
export function bitsOfFloat(value: number, width: FloatWidth): bigint {
  if (width === 32) {
    view.setFloat32(0, value);
    return Number.isNaN(value) ? 0x7fc00000n : BigInt(view.getUint32(0));
  }
  view.setFloat64(0, value);
  return Number.isNaN(value) ? 0x7ff8000000000000n : view.getBigUint64(0);
}

/** The pattern of infinity: the exponent's bits. */
export function infinityBits(width: FloatWidth): bigint {
  return width === 32 ? 0x7f800000n : 0x7ff0000000000000n;
}

/** The uppermost bit of a NaN's fraction, which tells quiet from signalling. */
export function quietBit(width: FloatWidth): bigint {
  return width === 32 ? 0x400000n : 0x8000000000000n;
}

export function isNanBits(bits: bigint, width: FloatWidth): boolean {
  return BigInt.asUintN(width - 1, bits) > infinityBits(width);
}

function lengthOf(value: bigint): number {
  return value.toString(2).length;
}

/** The nearest value of the format to numerator / denominator; the denominator is over 0. */
export function nearestFloat(numerator: bigint, denominator: bigint, width: FloatWidth): number {
  if (numerator === 0n) return 0;
  if (numerator < 0n) return -nearestFloat(-numerator, denominator, width);
  const precision = width === 32 ? 24 : 53;
  const lowest = width === 32 ? -149 : -1074;
  let scale = Math.max(lengthOf(numerator) - lengthOf(denominator) - precision, lowest);
  for (;;) {
    const n = scale < 0 ? numerator << BigInt(-scale) : numerator;
    const d = scale > 0 ? denominator << BigInt(scale) : denominator;
    let quotient = n / d;
    if (quotient >= 1n << BigInt(precision)) {
      scale++;
      continue;
    }
    const twice = (n % d) * 2n;
    if (twice > d || (twice === d && (quotient & 1n) === 1n)) quotient++;
    const value = scale > 1023 ? Number.POSITIVE_INFINITY : Number(quotient) * 2 ** scale;
    return width === 32 ? Math.fround(value) : value;
  }
}

/** An integer in the format (C11 6.3.1.4p2). */
export function floatOfInteger(value: bigint, width: FloatWidth): number {
  // Number() rounds to nearest, ties to even; what it gives exactly is rounded only once by what follows.
  if (width === 64 || BigInt.asIntN(54, value) === value) return width === 32 ? Math.fround(Number(value)) : Number(value);
  return nearestFloat(value, 1n, width);
}

/** A value without its fraction, as an integer; 0 for infinities and NaN, for which C defines none. */
export function integerOfFloat(value: number): bigint {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
}

/** A hexadecimal constant: digits * 2^exponent. */
export function floatOfHex(digits: bigint, exponent: number, width: FloatWidth): number {
  const top = digits === 0n ? 0 : lengthOf(digits) + exponent;
  if (top < -1100) return 0;
  if (top > 1100) return Number.POSITIVE_INFINITY;
  return exponent < 0 ? nearestFloat(digits, 1n << BigInt(-exponent), width) : nearestFloat(digits << BigInt(exponent), 1n, width);
}

/** A decimal constant, as C and JavaScript both spell it. */
export function floatOfDecimal(text: string, width: FloatWidth): number {
  const value = Number(text);
  if (width === 64) return value;
  // A binary64 in the middle between two values of the format may itself be rounded: only then the digits decide.
  view.setFloat64(0, value);
  const isNormal = Math.abs(value) >= 2 ** -126;
  const isMiddle = isNormal ? (view.getUint32(4) & 0x1fffffff) === 0x10000000 : Math.abs(value) >= 2 ** -150;
  if (!isMiddle || !Number.isFinite(value)) return Math.fround(value);
  const [mantissa = "", power = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const digits = BigInt(`0${whole}${fraction}`);
  const exponent = Number(power) - fraction.length;
  return exponent < 0 ? nearestFloat(digits, 10n ** BigInt(-exponent), width) : nearestFloat(digits * 10n ** BigInt(exponent), 1n, width);
}
