/**
 * Floating operations on constants against the machine's own: JavaScript's numbers are binary64, Math.fround rounds to
 * binary32, and conversions are held against the definition of rounding by exact integers.
 *
 * run: npx vitest run test/unit/float.test.ts
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Builder } from "../../compiler/ir/build.ts";
import { evaluate } from "../../compiler/ir/evaluate.ts";
import { outcomes } from "../../compiler/ir/evaluate-float.ts";
import type { Function } from "../../compiler/ir/module.ts";
import type { Aux, Type } from "../../compiler/ir/ops.ts";
import { parseFunction } from "../../compiler/ir/parse.ts";
import {
  bitsOfFloat, floatOfBits, floatOfDecimal, floatOfInteger, isNanBits, nearestFloat,
} from "../../compiler/types/float.ts";
import type { FloatWidth } from "../../compiler/types/float.ts";

const fn: Function = parseFunction("function @f() -> void global {\nb0:\n  return\n}\n");
const builder = new Builder(fn, fn.blocks[0], 0);

type FloatOp = "fadd" | "fsub" | "fmul" | "fdiv" | "fcompare" | "fresize" | "fromint" | "toint";

function compute<O extends FloatOp>(op: O, type: Type, from: Type, aux: Aux[O], ...args: readonly bigint[]): bigint {
  const value = builder.value(op, type, args.map((arg) => builder.constant(from, arg)), aux);
  const result = evaluate(value, args);
  if (result === undefined) throw new Error(`${op} has no value`);
  return result;
}

const typeOf = { 32: "i32", 64: "i64" } as const;
const patterns = (width: FloatWidth): fc.Arbitrary<bigint> => fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }),
  fc.double().map((value) => bitsOfFloat(value, width)),
  fc.integer({ min: -40, max: 40 }).map((value) => bitsOfFloat(value / 8, width)),
);

/** Is no value of the format nearer to numerator / denominator, and the last bit even in a tie? */
function isNearest(value: number, numerator: bigint, denominator: bigint, width: FloatWidth): boolean {
  const scale = 2n ** 1080n;
  const exact = (x: number): bigint => {
    const bits = bitsOfFloat(x, 64);
    const power = Number((bits >> 52n) & 0x7ffn);
    const digits = (bits & 0xfffffffffffffn) | (power === 0 ? 0n : 1n << 52n);
    return (digits << BigInt(Math.max(power, 1) - 1075 + 1080)) * denominator;
  };
  const target = numerator * scale;
  const distance = (x: number): bigint => (exact(x) > target ? exact(x) - target : target - exact(x));
  const pattern = bitsOfFloat(value, width);
  return [pattern - 1n, pattern + 1n].filter((p) => p >= 0n).every((p) => {
    const other = floatOfBits(p, width);
    if (!Number.isFinite(other)) return true;
    return distance(other) > distance(value) || (distance(other) === distance(value) && (pattern & 1n) === 0n);
  });
}

describe("floating operations", () => {
  for (const width of [32, 64] as const) {
    const type = typeOf[width];
    const round = (value: number): number => (width === 32 ? Math.fround(value) : value);

    it(`compute in ${width} bits as JavaScript does`, () => {
      fc.assert(fc.property(patterns(width), patterns(width), (x, y) => {
        const [a, b] = [floatOfBits(x, width), floatOfBits(y, width)];
        for (const [op, result] of [["fadd", a + b], ["fsub", a - b], ["fmul", a * b], ["fdiv", a / b]] as const) {
          expect(floatOfBits(compute(op, type, type, undefined, x, y), width)).toBe(round(result));
        }
      }));
    });

    it(`compare in ${width} bits as JavaScript does`, () => {
      fc.assert(fc.property(patterns(width), fc.boolean(), patterns(width), (x, same, other) => {
        const y = same ? x : other;
        const [a, b] = [floatOfBits(x, width), floatOfBits(y, width)];
        const is = (set: number): boolean => compute("fcompare", "i32", type, set, x, y) === 1n;
        expect(is(outcomes.less)).toBe(a < b);
        expect(is(outcomes.less | outcomes.equal)).toBe(a <= b);
        expect(is(outcomes.equal)).toBe(a === b);
        expect(is(outcomes.all & ~outcomes.equal)).toBe(a !== b);
        expect(is(outcomes.unordered)).toBe(Number.isNaN(a) || Number.isNaN(b));
      }));
    });

    it(`hand NaN operands of ${width} bits on`, () => {
      fc.assert(fc.property(patterns(width).filter((x) => isNanBits(x, width)), patterns(width), (x, y) => {
        const quiet = width === 32 ? 0x400000n : 0x8000000000000n;
        expect(compute("fmul", type, type, undefined, x, y)).toBe(x | quiet);
      }));
    });

    it(`round integers once to ${width} bits`, () => {
      fc.assert(fc.property(fc.bigInt({ min: 0n, max: (1n << 127n) - 1n }), fc.integer({ min: 0, max: 126 }), (number, by) => {
        const value = number >> BigInt(by);
        expect(isNearest(floatOfInteger(value, width), value, 1n, width)).toBe(true);
        expect(floatOfInteger(-value, width)).toBe(0 - floatOfInteger(value, width));
        const bits = compute("fromint", type, "i64", { signed: true }, BigInt.asUintN(64, -value), BigInt.asUintN(64, -value >> 64n));
        expect(floatOfBits(bits, width)).toBe(0 - floatOfInteger(value, width));
      }));
    });

    it(`round fractions once to ${width} bits`, () => {
      fc.assert(fc.property(fc.bigInt({ min: 1n, max: 1n << 80n }), fc.bigInt({ min: 1n, max: 1n << 200n }), (n, d) => {
        expect(isNearest(nearestFloat(n, d, width), n, d, width)).toBe(true);
      }));
    });

    it(`truncate from ${width} bits`, () => {
      fc.assert(fc.property(fc.bigInt({ min: -(1n << 62n), max: 1n << 62n }), fc.integer({ min: 0, max: 61 }), (number, by) => {
        const value = round(Number(number) / 2 ** by);
        const whole = BigInt(Math.trunc(value));
        const bits = compute("toint", "i64", type, { bits: 64, signed: true, shift: 0 }, bitsOfFloat(value, width));
        expect(BigInt.asIntN(64, bits)).toBe(BigInt.asIntN(64, whole));
        expect(compute("toint", "i64", type, { bits: 64, signed: true, shift: 64 }, bitsOfFloat(value, width)))
          .toBe(BigInt.asUintN(64, whole >> 64n));
        expect(compute("toint", "i32", type, { bits: 8, signed: true, shift: 0 }, bitsOfFloat(value, width)))
          .toBe(BigInt.asUintN(32, BigInt.asIntN(8, whole)));
      }));
    });
  }

  it("change the format and come back", () => {
    fc.assert(fc.property(patterns(32), (x) => {
      const wide = compute("fresize", "i64", "i32", undefined, x);
      const back = compute("fresize", "i32", "i64", undefined, wide);
      expect(back).toBe(isNanBits(x, 32) ? x | 0x400000n : x);
      expect(floatOfBits(wide, 64)).toBe(floatOfBits(x, 32));
    }));
    fc.assert(fc.property(fc.double({ noNaN: true }), (x) => {
      expect(floatOfBits(compute("fresize", "i32", "i64", undefined, bitsOfFloat(x, 64)), 32)).toBe(Math.fround(x));
    }));
  });

  it("read decimal constants with one rounding", () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 1n << 100n }), fc.integer({ min: 0, max: 60 }), (digits, places) => {
      const value = floatOfDecimal(`${digits}e-${places}`, 32);
      expect(isNearest(value, digits, 10n ** BigInt(places), 32)).toBe(true);
    }));
    // In the middle of two floats, but for what the double has not: up.
    expect(bitsOfFloat(floatOfDecimal("1.00000005960464477539062500001", 32), 32)).toBe(0x3f800001n);
    expect(bitsOfFloat(floatOfDecimal("1.000000059604644775390625", 32), 32)).toBe(0x3f800000n);
  });
});
