/** What every instruction does in the machine, against the definitions of RFC 9669 written with bigints. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machineOf } from "../harness/vm-program.ts";

const run = (text: string, ...args: (number | bigint)[]): bigint => machineOf(text).call("main", args);

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);

/** The definition of each operation on unsigned operands of `bits` bits; the result is taken modulo 2^bits. */
const definitions: Record<string, (a: bigint, b: bigint, bits: number) => bigint> = {
  "+=": (a, b) => a + b,
  "-=": (a, b) => a - b,
  "*=": (a, b) => a * b,
  "/=": (a, b) => b === 0n ? 0n : a / b,
  "%=": (a, b) => b === 0n ? a : a % b,
  "s/=": (a, b, bits) => b === 0n ? 0n : BigInt.asIntN(bits, a) / BigInt.asIntN(bits, b),
  "s%=": (a, b, bits) => b === 0n ? a : BigInt.asIntN(bits, a) % BigInt.asIntN(bits, b),
  "&=": (a, b) => a & b,
  "|=": (a, b) => a | b,
  "^=": (a, b) => a ^ b,
  "<<=": (a, b, bits) => a << b % BigInt(bits),
  ">>=": (a, b, bits) => a >> b % BigInt(bits),
  "s>>=": (a, b, bits) => BigInt.asIntN(bits, a) >> b % BigInt(bits),
  "=": (_, b) => b,
};

const conditions: Record<string, (a: bigint, b: bigint, bits: number) => boolean> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  "s>": (a, b, bits) => BigInt.asIntN(bits, a) > BigInt.asIntN(bits, b),
  "s>=": (a, b, bits) => BigInt.asIntN(bits, a) >= BigInt.asIntN(bits, b),
  "s<": (a, b, bits) => BigInt.asIntN(bits, a) < BigInt.asIntN(bits, b),
  "s<=": (a, b, bits) => BigInt.asIntN(bits, a) <= BigInt.asIntN(bits, b),
  "&": (a, b) => (a & b) !== 0n,
};

/** Values where carries, signs and halves meet, and any others. */
const value = fc.oneof(
  fc.constantFrom(
    0n, 1n, 2n, 31n, 32n, 63n, 64n, 0x7fffffffn, 0x80000000n, 0xffffffffn, 0x100000000n, 0x7fffffffffffffffn,
    0x8000000000000000n, 0xffffffffffffffffn, 0xffffffff80000000n, 0x1fffffffffffffn, 0x20000000000000n,
  ),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.bigInt({ min: 0n, max: 100n }),
);
const immediate = fc.oneof(fc.constantFrom(0, 1, -1, 0x7fffffff, -0x80000000), fc.integer());

describe("arithmetic", () => {
  for (const [op, define] of Object.entries(definitions)) {
    it(`${op} with 64 and 32 bits`, () => {
      const wide = machineOf(`r0 = r1; r0 ${op} r2; exit`);
      const narrow = machineOf(`r0 = r1; w0 ${op} w2; exit`);
      fc.assert(fc.property(value, value, (a, b) => {
        expect(wide.call("main", [a, b])).toBe(u64(define(a, b, 64)));
        const [a32, b32] = [a & 0xffffffffn, b & 0xffffffffn];
        expect(narrow.call("main", [a, b])).toBe(BigInt.asUintN(32, define(a32, b32, 32)));
      }), { numRuns: 300 });
    });

    it(`${op} with an immediate, sign-extended`, () => {
      fc.assert(fc.property(value, immediate, (a, b) => {
        const shift = op.includes("<<") || op.includes(">>");
        const wide = shift ? b & 63 : b;
        const narrow = shift ? b & 31 : b;
        expect(run(`r0 = r1; r0 ${op} ${wide}; exit`, a)).toBe(u64(define(a, u64(BigInt(wide)), 64)));
        const expected = BigInt.asUintN(32, define(a & 0xffffffffn, BigInt.asUintN(32, BigInt(narrow)), 32));
        expect(run(`r0 = r1; w0 ${op} ${narrow}; exit`, a)).toBe(expected);
      }), { numRuns: 100 });
    });
  }

  it("negates", () => {
    fc.assert(fc.property(value, (a) => {
      expect(run("r0 = r1; r0 = -r0; exit", a)).toBe(u64(-a));
      expect(run("r0 = r1; w0 = -w0; exit", a)).toBe(BigInt.asUintN(32, -a));
    }), { numRuns: 50 });
  });

  it("moves with sign extension", () => {
    fc.assert(fc.property(value, (a) => {
      for (const bits of [8, 16, 32]) {
        expect(run(`r0 = (s${bits})r1; exit`, a)).toBe(u64(BigInt.asIntN(bits, a)));
        if (bits < 32) expect(run(`w0 = (s${bits})w1; exit`, a)).toBe(BigInt.asUintN(32, BigInt.asIntN(bits, a)));
      }
    }), { numRuns: 50 });
  });

  it("swaps bytes according to the host's order", () => {
    const a = 0x1122334455667788n;
    const swapped: Record<string, bigint> = { 16: 0x8877n, 32: 0x88776655n, 64: 0x8877665544332211n };
    for (const bits of ["16", "32", "64"]) {
      const cut = BigInt.asUintN(Number(bits), a);
      for (const endian of ["little", "big"] as const) {
        const at = (text: string): bigint => machineOf(text, {}, endian).call("main", [a]);
        expect(at(`r0 = r1; r0 = le${bits} r0; exit`)).toBe(endian === "little" ? cut : swapped[bits]);
        expect(at(`r0 = r1; r0 = be${bits} r0; exit`)).toBe(endian === "big" ? cut : swapped[bits]);
        expect(at(`r0 = r1; r0 = bswap${bits} r0; exit`)).toBe(swapped[bits]);
      }
    }
  });

  it("loads 64-bit immediates", () => {
    expect(run("r0 = 0x8877665544332211 ll; exit")).toBe(0x8877665544332211n);
    expect(run("r0 = -1 ll; exit")).toBe(0xffffffffffffffffn);
  });
});

describe("branches", () => {
  for (const [cond, define] of Object.entries(conditions)) {
    it(`${cond} with 64 and 32 bits`, () => {
      const wide = machineOf(`r0 = 1; if r1 ${cond} r2 goto yes; r0 = 0; yes:; exit`);
      const narrow = machineOf(`r0 = 1; if w1 ${cond} w2 goto yes; r0 = 0; yes:; exit`);
      fc.assert(fc.property(value, value, fc.boolean(), (a, other, same) => {
        const b = same ? a : other;
        expect(wide.call("main", [a, b])).toBe(define(a, b, 64) ? 1n : 0n);
        expect(narrow.call("main", [a, b])).toBe(define(a & 0xffffffffn, b & 0xffffffffn, 32) ? 1n : 0n);
      }), { numRuns: 300 });
    });

    it(`${cond} with an immediate, sign-extended`, () => {
      fc.assert(fc.property(value, immediate, (a, b) => {
        const wide = `r0 = 1; if r1 ${cond} ${b} goto yes; r0 = 0; yes:; exit`;
        expect(run(wide, a)).toBe(define(a, u64(BigInt(b)), 64) ? 1n : 0n);
        const narrow = `r0 = 1; if w1 ${cond} ${b} goto yes; r0 = 0; yes:; exit`;
        expect(run(narrow, a)).toBe(define(a & 0xffffffffn, BigInt.asUintN(32, BigInt(b)), 32) ? 1n : 0n);
      }), { numRuns: 100 });
    });
  }

  it("jumps, near and far", () => {
    expect(run("r0 = 1; goto end; r0 = 2; end:; exit")).toBe(1n);
    expect(run("r0 = 1; gotol end; r0 = 2; end:; exit")).toBe(1n);
  });

  it("leaves a loop when may_goto has no turns left", () => {
    const machine = machineOf("r0 = 0; again:; may_goto end; r0 += 1; goto again; end:; exit", { turns: 100 });
    expect(machine.call("main")).toBe(100n);
  });
});

describe("memory", () => {
  const a = 0x8182838485868788n;

  it("loads what was stored, in the host's order", () => {
    const text = (load: string): string => `*(u64 *)(r10 - 8) = r1; r0 = *(${load} *)(r10 - 8); exit`;
    expect(run(text("u64"), a)).toBe(a);
    expect(run(text("u8"), a)).toBe(0x88n);
    expect(run(text("u16"), a)).toBe(0x8788n);
    expect(run(text("u32"), a)).toBe(0x85868788n);
    expect(run(text("s8"), a)).toBe(u64(-0x78n));
    expect(run(text("s16"), a)).toBe(u64(-0x7878n));
    expect(run(text("s32"), a)).toBe(u64(BigInt.asIntN(32, 0x85868788n)));
    expect(machineOf(text("u16"), {}, "big").call("main", [a])).toBe(0x8182n);
    expect(machineOf(text("s32"), {}, "big").call("main", [a])).toBe(u64(BigInt.asIntN(32, 0x81828384n)));
  });

  it("stores the lowest bytes, and immediates sign-extended", () => {
    expect(run("*(u64 *)(r10 - 8) = -2; *(u16 *)(r10 - 6) = r1; r0 = *(u64 *)(r10 - 8); exit", a))
      .toBe(0xffffffff8788fffen);
    expect(run("*(u64 *)(r10 - 8) = -2; *(u8 *)(r10 - 1) = 7; r0 = *(u64 *)(r10 - 8); exit"))
      .toBe(0x07fffffffffffffen);
  });

  it("loads and stores with order", () => {
    expect(run("store_release((u64 *)(r10 - 8), r1); r0 = load_acquire((u64 *)(r10 - 8)); exit", a)).toBe(a);
    expect(run("store_release((u64 *)(r10 - 8), r1); w0 = load_acquire((u16 *)(r10 - 8)); exit", a)).toBe(0x8788n);
  });

  for (const [name, op, define] of [
    ["add", "+", (x: bigint, y: bigint) => x + y], ["or", "|", (x: bigint, y: bigint) => x | y],
    ["and", "&", (x: bigint, y: bigint) => x & y], ["xor", "^", (x: bigint, y: bigint) => x ^ y],
  ] as const) {
    it(`atomic ${name}`, () => {
      fc.assert(fc.property(value, value, (x, y) => {
        const start = "*(u64 *)(r10 - 8) = r1";
        expect(run(`${start}; lock *(u64 *)(r10 - 8) ${op}= r2; r0 = *(u64 *)(r10 - 8); exit`, x, y))
          .toBe(u64(define(x, y)));
        expect(run(`${start}; lock *(u32 *)(r10 - 8) ${op}= w2; r0 = *(u64 *)(r10 - 8); exit`, x, y))
          .toBe(u64(x >> 32n << 32n | BigInt.asUintN(32, define(x, y))));
        expect(run(`${start}; r2 = atomic_fetch_${name}((u64 *)(r10 - 8), r2); r0 = r2; exit`, x, y)).toBe(x);
        expect(run(`${start}; w2 = atomic_fetch_${name}((u32 *)(r10 - 8), w2); r0 = r2; exit`, x, y))
          .toBe(x & 0xffffffffn);
      }), { numRuns: 30 });
    });
  }

  it("exchanges", () => {
    const start = "*(u64 *)(r10 - 8) = r1";
    expect(run(`${start}; r2 = xchg_64(r10 - 8, r2); r0 = *(u64 *)(r10 - 8); r0 -= r2; exit`, 5, 12)).toBe(7n);
    expect(run(`${start}; r0 = 5; r0 = cmpxchg_64(r10 - 8, r0, r2); r1 = *(u64 *)(r10 - 8); r0 += r1; exit`, 5, 12))
      .toBe(17n);
    expect(run(`${start}; r0 = 6; r0 = cmpxchg_64(r10 - 8, r0, r2); r1 = *(u64 *)(r10 - 8); r0 += r1; exit`, 5, 12))
      .toBe(10n);
    const narrow = `${start}; r0 = 0xffffffff00000005 ll; w0 = cmpxchg32_32(r10 - 8, w0, w2);
      r0 = *(u64 *)(r10 - 8); exit`;
    expect(run(narrow, 0x900000005n, 12)).toBe(0x90000000cn);
  });

  it("reads packet bytes in network order", () => {
    const packet = Uint8Array.from({ length: 64 }, (_, i) => i);
    const read = (text: string): number => machineOf(`r6 = r1; ${text}; exit`).run("tc", { packet }).result;
    expect(read("r0 = *(u8 *)skb[5]")).toBe(5);
    expect(read("r0 = *(u16 *)skb[5]")).toBe(0x0506);
    expect(read("r0 = *(u32 *)skb[5]")).toBe(0x05060708);
    expect(read("r7 = 3; r0 = *(u16 *)skb[r7]")).toBe(0x0304);
    expect(read("r0 = *(u16 *)skb[63]; r0 = 9")).toBe(0);
    expect(read("r0 = *(u8 *)skb[-1048576]")).toBe(14);
  });
});

describe("calls", () => {
  it("saves r6 to r9 and gives each function a stack of its own", () => {
    expect(run(`
      r6 = 7; *(u64 *)(r10 - 8) = 5; r1 = 3; call f; r1 = *(u64 *)(r10 - 8); r0 += r6; r0 += r1; exit
      f:; r6 = r1; r6 *= 100; *(u64 *)(r10 - 8) = r6; r0 = *(u64 *)(r10 - 8); exit
    `)).toBe(312n);
  });

  it("calls and jumps through registers", () => {
    expect(run("r1 = 20; r3 = f ll; callx r3; r0 += 1; exit; f:; r0 = r1; r0 *= 2; exit")).toBe(41n);
    expect(run("r1 = f ll; gotox r1; r0 = 1; exit; f:; r0 = 5; exit")).toBe(5n);
  });

  it("calls itself", () => {
    const factorial = "call f; exit; f:; if r1 > 1 goto more; r0 = 1; exit; "
      + "more:; r6 = r1; r1 -= 1; call f; r0 *= r6; exit";
    expect(run(factorial, 6)).toBe(720n);
    expect(() => run(factorial, 9)).toThrow("more than 8 nested functions");
    expect(machineOf(factorial, { frames: 100 }).call("main", [20])).toBe(2432902008176640000n);
  });
});
