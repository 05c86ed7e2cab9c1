/**
 * The value of a pure integer operation on constants, as the BPF machine computes it.
 *
 * Operands and results are unsigned residues (as `const` keeps them). Undefined where C leaves the operation undefined
 * and the machine's answer should stay the machine's: division by zero, shift counts not below the width.
 */
import { evaluateFloat } from "./evaluate-float.ts";
import type { AnyValue } from "./module.ts";
import type { Predicate, Type } from "./ops.ts";

export function bitsOf(type: Type): 32 | 64 {
  return type === "i32" ? 32 : 64;
}

export function evaluate(value: AnyValue, args: readonly bigint[]): bigint | undefined {
  const bits = bitsOf(value.type);
  const wrap = (x: bigint): bigint => BigInt.asUintN(bits, x);
  const signed = (x: bigint): bigint => BigInt.asIntN(bits, x);
  const [x = 0n, y = 0n] = args;
  switch (value.op) {
    case "add": return wrap(x + y);
    case "sub": return wrap(x - y);
    case "mul": return wrap(x * y);
    case "udiv": return y === 0n ? undefined : x / y;
    case "urem": return y === 0n ? undefined : x % y;
    case "sdiv": return y === 0n ? undefined : wrap(signed(x) / signed(y));
    case "srem": return y === 0n ? undefined : wrap(signed(x) % signed(y));
    case "and": return x & y;
    case "or": return x | y;
    case "xor": return x ^ y;
    case "shl": return y >= BigInt(bits) ? undefined : wrap(x << y);
    case "lshr": return y >= BigInt(bits) ? undefined : x >> y;
    case "ashr": return y >= BigInt(bits) ? undefined : wrap(signed(x) >> y);
    case "neg": return wrap(-x);
    case "extend": {
      const { from, signed: bySign } = value.aux;
      return wrap(bySign ? BigInt.asIntN(from, x) : BigInt.asUintN(from, x));
    }
    case "truncate": return wrap(x);
    case "bswap": return swapBytes(x, value.aux);
    case "compare": return comparePredicate(value.aux, bitsOf(value.args[0].type), x, y) ? 1n : 0n;
    case "fadd": case "fsub": case "fmul": case "fdiv": case "fcompare": case "fresize": case "fromint": case "toint":
      return evaluateFloat(value, args);
    case "ptrtoint": case "inttoptr": return x;
    case "ptradd": return wrap(x + y);
    case "ptrdiff": return wrap(x - y);
    default: return undefined;
  }
}

/** The low `bits` bits with their bytes reversed. */
export function swapBytes(x: bigint, bits: number): bigint {
  let result = 0n;
  for (let i = 0; i < bits; i += 8) result = (result << 8n) | ((x >> BigInt(i)) & 0xffn);
  return result;
}

export function comparePredicate(predicate: Predicate, bits: number, x: bigint, y: bigint): boolean {
  const sx = BigInt.asIntN(bits, x);
  const sy = BigInt.asIntN(bits, y);
  switch (predicate) {
    case "eq": return x === y;
    case "ne": return x !== y;
    case "ult": return x < y;
    case "ule": return x <= y;
    case "ugt": return x > y;
    case "uge": return x >= y;
    case "slt": return sx < sy;
    case "sle": return sx <= sy;
    case "sgt": return sx > sy;
    case "sge": return sx >= sy;
  }
}

const inverses: { readonly [P in Predicate]: Predicate } = {
  eq: "ne", ne: "eq", ult: "uge", uge: "ult", ule: "ugt", ugt: "ule", slt: "sge", sge: "slt", sle: "sgt", sgt: "sle",
};
const swaps: { readonly [P in Predicate]: Predicate } = {
  eq: "eq", ne: "ne", ult: "ugt", ugt: "ult", ule: "uge", uge: "ule", slt: "sgt", sgt: "slt", sle: "sge", sge: "sle",
};

/** !(x p y) is x inverse(p) y. */
export function inversePredicate(predicate: Predicate): Predicate {
  return inverses[predicate];
}

/** x p y is y swapped(p) x. */
export function swappedPredicate(predicate: Predicate): Predicate {
  return swaps[predicate];
}
