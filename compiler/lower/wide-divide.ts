/**
 * Division of 128-bit values, which BPF has no instruction for.
 *
 * The first division of a module makes a function of the module, `__udivmod128`: (dividend, divisor, address of
 * quotient and remainder), all unsigned; its result, the low half of the quotient, keeps the verifier from taking a
 * pointer for one. Where both values fit 64 bits it is the machine's division; else 128 steps of shift and subtract,
 * none of which branches on the values, so that the verifier walks the loop along one path. Signed division works on
 * magnitudes (C11 6.5.5p6: truncation towards zero, the remainder has the dividend's sign).
 */
import { functionReturning, pointerTo, unsignedInt128Type, unsignedLongType } from "../types/basic.ts";
import { addIncoming, createValue, terminate } from "../ir/module.ts";
import type { AnyValue, Value } from "../ir/module.ts";
import { binary, branch, compare, emit, endOfLife, int, newBlock, offset, shortLived } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { generatedFunction } from "./generated.ts";
import { functionSymbol } from "./globals.ts";
import { bitwise, loadWide, negateWhere, shiftWide, signMask, storeWide, subtractBorrow } from "./wide.ts";
import type { Wide } from "./wide.ts";

/** Quotient or remainder of two wide values. */
export function divideWide(f: FunctionContext, wanted: "quotient" | "remainder", signed: boolean, a: Wide, b: Wide): Wide {
  if (!signed) return divideUnsigned(f, wanted, a, b);
  const signA = signMask(f, a);
  const signB = signMask(f, b);
  const magnitude = divideUnsigned(f, wanted, negateWhere(f, a, signA), negateWhere(f, b, signB));
  return negateWhere(f, magnitude, wanted === "quotient" ? bitwise(f, "xor", signA, signB) : signA);
}

function divideUnsigned(f: FunctionContext, wanted: "quotient" | "remainder", a: Wide, b: Wide): Wide {
  const decl = generatedFunction(f.m, "__udivmod128", f.loc, divisionType, define);
  const result = shortLived(f, ".division", 32, 16);
  const callee = { kind: "function", function: functionSymbol(f.m, decl) } as const;
  emit(f, "call", "i64", [a.lo, a.hi, b.lo, b.hi, result], { callee });
  const value = loadWide(f, offset(f, result, wanted === "quotient" ? 0 : 16), 16, false);
  endOfLife(f, result);
  return value;
}

const names = ["dividend_low", "dividend_high", "divisor_low", "divisor_high"];
const divisionType = functionReturning(unsignedLongType, [
  ...names.map((name) => ({ name, type: unsignedLongType, loc: 0, declTags: [] })),
  { name: "result", type: pointerTo(unsignedInt128Type), loc: 0, declTags: [] },
]);

/** The body: f.block is its entry. */
function define(f: FunctionContext): void {
  const [aLo, aHi, bLo, bHi, out] = f.fn.params as AnyValue[];
  const small = newBlock(f);
  const large = f.block;
  const loop = newBlock(f);
  const end = newBlock(f);
  const zero = int(f, "i64", 0);
  f.block = large;
  branch(f, compare(f, "eq", binary(f, "or", aHi, bHi), zero), small, loop);

  f.block = small;
  const quotient = binary(f, "udiv", aLo, bLo);
  storeWide(f, out, { lo: quotient, hi: zero }, 16, false);
  storeWide(f, offset(f, out, 16), { lo: binary(f, "urem", aLo, bLo), hi: zero }, 16, false);
  terminate(f.block, createValue(f.fn, "return", "void", [quotient], undefined, f.loc));

  // Each step moves the dividend's top bit into the remainder, and a bit of the quotient into the room at its bottom.
  f.block = loop;
  const head = (start: AnyValue): Value<"phi"> => {
    const value = emit(f, "phi", "i64", [start], { blocks: [large] });
    if (value.op !== "phi") throw new Error("a phi is no phi");
    return value;
  };
  const count = head(zero);
  const dividend = { lo: head(aLo), hi: head(aHi) };
  const remainder = { lo: head(zero), hi: head(zero) };
  const top = int(f, "i64", 63);
  const one = int(f, "i64", 1);
  // The bit that leaves the remainder counts 2^128: then the divisor, below it, can be taken away for certain.
  const over = binary(f, "lshr", remainder.hi, top);
  const shifted = shiftWide(f, "shl", remainder, one);
  const longer = { lo: binary(f, "or", shifted.lo, binary(f, "lshr", dividend.hi, top)), hi: shifted.hi };
  const { value: less, out: below } = subtractBorrow(f, longer, { lo: bLo, hi: bHi });
  const bit = binary(f, "or", over, binary(f, "xor", below, one));
  const mask = emit(f, "neg", "i64", [bit], undefined);
  const select = (yes: AnyValue, no: AnyValue): AnyValue => (
    binary(f, "xor", no, binary(f, "and", binary(f, "xor", yes, no), mask))
  );
  const nextRemainder = { lo: select(less.lo, longer.lo), hi: select(less.hi, longer.hi) };
  const moved = shiftWide(f, "shl", dividend, one);
  const nextDividend = { lo: binary(f, "or", moved.lo, bit), hi: moved.hi };
  const nextCount = binary(f, "add", count, one);
  branch(f, compare(f, "ne", nextCount, int(f, "i64", 128)), loop, end);
  addIncoming(count, loop, nextCount);
  addIncoming(dividend.lo, loop, nextDividend.lo);
  addIncoming(dividend.hi, loop, nextDividend.hi);
  addIncoming(remainder.lo, loop, nextRemainder.lo);
  addIncoming(remainder.hi, loop, nextRemainder.hi);

  f.block = end;
  storeWide(f, out, nextDividend, 16, false);
  storeWide(f, offset(f, out, 16), nextRemainder, 16, false);
  terminate(f.block, createValue(f.fn, "return", "void", [nextDividend.lo], undefined, f.loc));
}
