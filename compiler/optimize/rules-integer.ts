/**
 * Rules for integer arithmetic, extension and byte order: a value in, the value to use instead out.
 *
 * Canonical forms that other passes and selection rely on: constants stand right of commutative operators; a
 * subtraction of a constant is an addition; zero-extension from 8 or 16 bits in place is `and`; extension from i32 to
 * i64 is `extend.u32` or `extend.s32` of an i32; a product with a power of two is a shift.
 */
import { allBits, provenBits } from "../ir/bits.ts";
import { bitsOf } from "../ir/evaluate.ts";
import type { AnyValue, Value } from "../ir/module.ts";
import { constant, setArg } from "../ir/module.ts";
import { ops } from "../ir/ops.ts";
import type { RuleContext } from "./simplify.ts";

export function constantOf(value: AnyValue): bigint | undefined {
  return value.op === "const" ? value.aux : undefined;
}

/** k for 2^k, else undefined. */
export function log2(value: bigint): number | undefined {
  if (value <= 0n || (value & (value - 1n)) !== 0n) return undefined;
  return value.toString(2).length - 1;
}

export function simplifyInteger(value: AnyValue, rules: RuleContext): AnyValue | undefined {
  if (ops[value.op].commutative === true && value.args[0].op === "const" && value.args[1].op !== "const") {
    const [x, y] = value.args;
    setArg(value, 0, y);
    setArg(value, 1, x);
    rules.touched(value);
  }
  switch (value.op) {
    case "add": return simplifyAdd(value, rules);
    case "sub": return simplifySub(value, rules);
    case "mul": return simplifyMul(value, rules);
    case "udiv": case "urem": case "sdiv": case "srem": return simplifyDivision(value, rules);
    case "and": return simplifyAnd(value, rules);
    case "or": case "xor": return simplifyOr(value, rules);
    case "shl": case "lshr": case "ashr": return simplifyShift(value, rules);
    case "neg": return value.args[0].op === "neg" ? value.args[0].args[0] : undefined;
    case "extend": return simplifyExtend(value, rules);
    case "truncate": return simplifyTruncate(value, rules);
    case "bswap": return simplifySwap(value, rules);
    default: return undefined;
  }
}

function simplifyAdd(value: AnyValue, { fn, b }: RuleContext): AnyValue | undefined {
  const [x, y] = value.args;
  const c = constantOf(y);
  if (c === 0n) return x;                                                                    // x + 0 = x
  if (y.op === "neg") return b.sub(x, y.args[0]);                                            // x + -y = x - y
  if (x.op === "neg") return b.sub(y, x.args[0]);                                            // -x + y = y - x
  if (x.op === "sub" && x.args[1] === y) return x.args[0];                                   // (a - y) + y = a
  // (a + c) + d = a + (c + d), when nothing but such sums uses a + c: no test loses its register (rule 1).
  if (c !== undefined && x.op === "add" && x.uses.every((user) => user.op === "add" && user.args[1].op === "const")) {
    const d = constantOf(x.args[1]);
    if (d !== undefined) return b.add(x.args[0], constant(fn, value.type, c + d));
  }
  return undefined;
}

function simplifySub(value: AnyValue, { fn, b }: RuleContext): AnyValue | undefined {
  const [x, y] = value.args;
  const c = constantOf(y);
  if (x === y) return constant(fn, value.type, 0n);                                          // x - x = 0
  if (c !== undefined) return c === 0n ? x : b.add(x, constant(fn, value.type, -c));         // x - c = x + -c
  if (constantOf(x) === 0n) return b.neg(y);                                                 // 0 - y = -y
  if (y.op === "neg") return b.add(x, y.args[0]);                                            // x - -y = x + y
  if (x.op === "add" && x.args[0] === y) return x.args[1];                                   // (y + a) - y = a
  if (x.op === "add" && x.args[1] === y) return x.args[0];                                   // (a + y) - y = a
  return undefined;
}

function simplifyMul(value: AnyValue, { fn, b }: RuleContext): AnyValue | undefined {
  const [x, y] = value.args;
  const c = constantOf(y);
  if (c === undefined) return undefined;
  if (c === 0n) return y;                                                                    // x * 0 = 0
  if (c === 1n) return x;                                                                    // x * 1 = x
  if (c === allBits(value)) return b.neg(x);                                                 // x * -1 = -x
  const k = log2(c);
  if (k !== undefined) return b.shl(x, constant(fn, value.type, BigInt(k)));                 // x * 2^k = x << k
  return undefined;
}

function simplifyDivision(value: AnyValue, { fn, b }: RuleContext): AnyValue | undefined {
  const [x, y] = value.args;
  const c = constantOf(y);
  const signed = value.op === "sdiv" || value.op === "srem";
  const remainder = value.op === "urem" || value.op === "srem";
  if (c === 1n) return remainder ? constant(fn, value.type, 0n) : x;                         // x / 1 = x, x % 1 = 0
  const top = 1n << BigInt(bitsOf(value.type) - 1);
  if (signed && ((provenBits(x) | provenBits(y)) & top) === 0n) {                            // signs clear: unsigned
    return b.binary(remainder ? "urem" : "udiv", x, y);
  }
  const k = c === undefined ? undefined : log2(c);
  if (signed || c === undefined || k === undefined) return undefined;
  return remainder
    ? b.and(x, constant(fn, value.type, c - 1n))                                             // x % 2^k = x & 2^k - 1
    : b.lshr(x, constant(fn, value.type, BigInt(k)));                                        // x / 2^k = x >> k
}

function simplifyAnd(value: AnyValue, rules: RuleContext): AnyValue | undefined {
  const { fn, b } = rules;
  const [x, y] = value.args;
  if (x === y) return x;                                                                     // x & x = x
  const c = constantOf(y);
  if (c === undefined) return undefined;
  if (c === 0n) return y;                                                                    // x & 0 = 0
  if ((rules.bitsOf(x) & ~c) === 0n) return x;                                               // the mask clears nothing
  if (value.type === "i64" && c === 0xffffffffn) return b.extend("i64", x, 32, false);       // x & 2^32-1: 32-bit move
  if (x.op === "and" && x.uses.length === 1) {                                               // (a & c) & d = a & (c & d)
    const d = constantOf(x.args[1]);
    if (d !== undefined) return b.and(x.args[0], constant(fn, value.type, c & d));
  }
  const bare = stripLowBits(x, c);
  if (bare !== x) return b.and(bare, y);                                                     // what touches no kept bit
  return undefined;
}

function simplifyOr(value: AnyValue, { fn, b }: RuleContext): AnyValue | undefined {
  const [x, y] = value.args;
  if (x === y) return value.op === "or" ? x : constant(fn, value.type, 0n);                  // x | x = x, x ^ x = 0
  const c = constantOf(y);
  if (c === undefined) return undefined;
  if (c === 0n) return x;                                                                    // x | 0 = x ^ 0 = x
  if (value.op === "or" && c === allBits(value)) return y;                                   // x | ~0 = ~0
  if (x.op === value.op && x.uses.length === 1) {                                            // (a ^ c) ^ d = a ^ (c ^ d)
    const d = constantOf(x.args[1]);
    if (d !== undefined) return b.binary(value.op as "or" | "xor", x.args[0], constant(fn, value.type, value.op === "or" ? c | d : c ^ d));
  }
  return undefined;
}

function simplifyShift(value: AnyValue, { fn, b }: RuleContext): AnyValue | undefined {
  const [x, y] = value.args;
  const c = constantOf(y);
  if (c === 0n) return x;                                                                    // x << 0 = x
  if (constantOf(x) === 0n) return x;                                                        // 0 << y = 0
  const bits = BigInt(bitsOf(value.type));
  if (c === undefined || c >= bits) return undefined;
  // Shifts left and back are a mask or an extension: the verifier knows both exactly (rule 3 forbids only lossy
  // fusion).
  if (x.op === "shl" && constantOf(x.args[1]) === c) {
    const from = Number(bits - c);
    const narrow = from === 8 || from === 16 || from === 32 ? from : undefined;
    if (value.op === "lshr") {
      return narrow === undefined && from > 31
        ? undefined                                                                          // no such immediate
        : b.and(x.args[0], constant(fn, value.type, (1n << BigInt(from)) - 1n));             // (a << c) >> c = a & mask
    }
    if (value.op === "ashr" && narrow !== undefined) return b.extend(value.type, x.args[0], narrow, true);
  }
  if (x.op === value.op && x.uses.length === 1) {                                            // (a >> c) >> d = a >> (c + d)
    const d = constantOf(x.args[1]);
    if (d !== undefined && c + d < bits) {
      return b.binary(value.op as "shl" | "lshr" | "ashr", x.args[0], constant(fn, value.type, c + d));
    }
  }
  return undefined;
}

function simplifyExtend(value: Value<"extend">, rules: RuleContext): AnyValue | undefined {
  const { b, fn } = rules;
  const { from, signed } = value.aux;
  const [x] = value.args;
  const low = (1n << BigInt(from)) - 1n;
  if (x.type === value.type) {
    // In place.
    if (!signed && (rules.bitsOf(x) & ~low) === 0n) return x;                                // nothing to clear
    if (!signed && from < 32) return b.and(x, constant(fn, value.type, low));                // extend.u8 = & 255
    if (signed && isSignExtended(x, from)) return x;                                         // extended already
    if (signed && (rules.bitsOf(x) & ~(low >> 1n)) === 0n) return x;                         // no sign, no high bits
    const bare = stripLowBits(x, low);
    if (bare !== x) return b.extend(value.type, bare, from, signed);                         // high bits are replaced
    return undefined;
  }
  if (value.type === "i32") return b.extend("i32", b.truncate(x), from as 8 | 16, signed);   // from i64: truncate first
  // From i32 to i64.
  if (from < 32 && !signed) {                                                                // extend.u8 i64 = extend.u32 (x & 255)
    return b.extend("i64", b.and(x, constant(fn, "i32", low)), 32, false);
  }
  if (from < 32 && (isSignExtended(x, from) || (rules.bitsOf(x) & ~(low >> 1n)) === 0n)) {
    return b.extend("i64", x, 32, true);                                                     // extended to i32 already
  }
  if (from === 32 && signed) {
    if ((rules.bitsOf(x) & 0x80000000n) === 0n) return b.extend("i64", x, 32, false);        // sign clear
    if (x.op === "extend" && x.aux.signed && x.uses.length === 1 && x.args[0].type === "i32") {
      return b.extend("i64", x.args[0], x.aux.from, true);                                   // sign through both
    }
    if (x.op === "load" && x.uses.length === 1 && (x.aux.signed || x.aux.bytes === 4) && !x.aux.volatile) {
      return wideLoad(x, true, rules);                                                       // sign-extending load
    }
  }
  if (x.op === "truncate") return b.extend("i64", x.args[0], from, signed);                  // extend (truncate y): in i64
  if (from === 32 && !signed && x.op === "load" && x.uses.length === 1 && !x.aux.signed) {
    return wideLoad(x, false, rules);                                                        // loads zero-extend
  }
  return undefined;
}

/** The load with an i64 result in its own place: its only user is the extension that becomes it. */
function wideLoad(load: Value<"load">, signed: boolean, { b }: RuleContext): AnyValue {
  const saved = b.loc;
  b.before(load);
  const wide = b.load("i64", load.args[0], { ...load.aux, signed });
  b.loc = saved;
  return wide;
}

/** Do the bits above `from` repeat the sign already, by an instruction that the verifier follows? */
function isSignExtended(x: AnyValue, from: number): boolean {
  if (x.op === "extend") return x.aux.signed && x.aux.from <= from;
  if (x.op === "load") return x.aux.signed && x.aux.bytes * 8 <= from;
  return x.op === "compare";
}

function simplifyTruncate(value: AnyValue, rules: RuleContext): AnyValue | undefined {
  const { b, fn } = rules;
  const [x] = value.args;
  if (x.op === "extend") {
    if (x.args[0].type === "i32") {
      return x.aux.from === 32 ? x.args[0] : b.extend("i32", x.args[0], x.aux.from, x.aux.signed); // undo
    }
    if (x.aux.from === 32) return b.truncate(x.args[0]);                                     // low half is untouched
  }
  if (x.op === "and") {
    const c = constantOf(x.args[1]);
    if (c !== undefined && (c & 0xffffffffn) === 0xffffffffn) return b.truncate(x.args[0]);  // low half is untouched
    if (c !== undefined && x.uses.length === 1) return b.and(b.truncate(x.args[0]), constant(fn, "i32", c));
  }
  if (x.op === "load" && x.uses.length === 1 && x.aux.bytes <= 4) {                          // load in 32 bits
    const saved = b.loc;
    b.before(x);
    const narrow = b.load("i32", x.args[0], { ...x.aux, signed: x.aux.signed && x.aux.bytes < 4 });
    b.loc = saved;
    return narrow;
  }
  return undefined;
}

function simplifySwap(value: Value<"bswap">, { b, fn }: RuleContext): AnyValue | undefined {
  const [x] = value.args;
  const low = (1n << BigInt(value.aux)) - 1n;
  if (x.op === "bswap" && x.aux === value.aux) {                                             // twice: the low bits
    return low === allBits(value) ? x.args[0] : b.and(x.args[0], constant(fn, value.type, low));
  }
  const bare = stripLowBits(x, low);
  return bare === x ? undefined : b.bswap(bare, value.aux);                                  // high bits do not enter
}

/** Looks through operations that change none of the bits in `kept`; the type stays. */
export function stripLowBits(value: AnyValue, kept: bigint): AnyValue {
  let at = value;
  for (;;) {
    if (at.op === "extend" && at.args[0].type === at.type && ((1n << BigInt(at.aux.from)) - 1n & kept) === kept) at = at.args[0];
    else if (at.op === "and" && at.args[1].op === "const" && (at.args[1].aux & kept) === kept) at = at.args[0];
    else return at;
  }
}
