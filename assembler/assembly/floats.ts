/**
 * Floating numbers of assembly text -> their bits (IEEE 754, binary32 and binary64), rounded once, to the nearest, ties
 * to even.
 *
 *   number = digits ["." digits] ["e" exponent] | "0x" hexadecimal ["." hexadecimal] "p" exponent | "inf" | "infinity" | "nan"
 */

/** Bits of the fraction, and of the exponent. */
interface Format { readonly fraction: number; readonly exponent: number }

const formats: { readonly [size: number]: Format } = { 4: { fraction: 23, exponent: 8 }, 8: { fraction: 52, exponent: 11 } };

/** Exponents beyond this one make nothing or infinity of any number that a line holds. */
const farExponent = 20_000;

/** The bits of a number in `size` bytes, without its sign; undefined if the text is none. */
export function floatBits(text: string, size: 4 | 8): bigint | undefined {
  const format = formats[size];
  if (format === undefined) throw new Error(`there are no floating numbers of ${size} bytes`);
  const infinity = ((1n << BigInt(format.exponent)) - 1n) << BigInt(format.fraction);
  const name = text.toLowerCase();
  if (name === "inf" || name === "infinity") return infinity;
  if (name === "nan") return infinity | ((1n << BigInt(format.fraction)) - 1n);
  const decimal = /^(\d*)\.?(\d*)(?:e([+-]?\d{1,9}))?$/.exec(name);
  if (decimal !== null && `${decimal[1]}${decimal[2]}` !== "") {
    const [, whole = "", part = "", exponent = "0"] = decimal;
    return scaled(BigInt(whole + part), 10n, Number(exponent) - part.length, format, infinity);
  }
  const hexadecimal = /^0x([\da-f]*)\.?([\da-f]*)p([+-]?\d{1,9})$/.exec(name);
  if (hexadecimal === null || `${hexadecimal[1]}${hexadecimal[2]}` === "") return undefined;
  const [, whole = "", part = "", exponent = "0"] = hexadecimal;
  return scaled(BigInt(`0x${whole}${part}`), 2n, Number(exponent) - 4 * part.length, format, infinity);
}

/** digits * base^exponent */
function scaled(digits: bigint, base: bigint, exponent: number, format: Format, infinity: bigint): bigint {
  if (digits === 0n || exponent < -farExponent) return 0n;
  if (exponent > farExponent) return infinity;
  const factor = base ** BigInt(Math.abs(exponent));
  return exponent >= 0 ? rounded(digits * factor, 1n, format, infinity) : rounded(digits, factor, format, infinity);
}

/** The bits of above/below, which is not 0. */
function rounded(above: bigint, below: bigint, format: Format, infinity: bigint): bigint {
  const bias = 2 ** (format.exponent - 1) - 1;
  // The greatest power of two that is not above the quotient.
  let power = above.toString(2).length - below.toString(2).length;
  if (power >= 0 ? above < below << BigInt(power) : above << BigInt(-power) < below) power--;
  // How many binary places there are behind the point: fewer in numbers that are too small for a whole fraction.
  const places = format.fraction - Math.max(power, 1 - bias);
  const numerator = places >= 0 ? above << BigInt(places) : above;
  const denominator = places >= 0 ? below : below << BigInt(-places);
  let quotient = numerator / denominator;
  const rest = 2n * (numerator % denominator);
  if (rest > denominator || (rest === denominator && (quotient & 1n) === 1n)) quotient++;
  const least = BigInt(Math.max(power, 1 - bias) + bias - 1) << BigInt(format.fraction);
  // The first bit of the quotient, which is not written, counts the exponent up by one; a carry does so once more.
  const bits = least + quotient;
  return bits >= infinity ? infinity : bits;
}
