/**
 * Rules for floating operations: a value in, the value to use instead out. BPF cannot compute them, so every rule
 * serves to leave none: what is known of the operands settles comparisons, conversions that lose nothing cancel,
 * comparisons of integers that were converted become integer comparisons, and operations on what phis join from
 * constants are done where it comes from.
 *
 * Only what IEC 60559 makes equal for all values, NaN and -0 too, is rewritten; that of C's undefined conversions is
 * used.
 */
import { evaluateFloat, floatWidth, isFloatOp, outcomes, swappedOutcomes } from "../ir/evaluate-float.ts";
import type { FloatOp } from "../ir/evaluate-float.ts";
import type { AnyValue, Value } from "../ir/module.ts";
import { constant, createValue, prepend } from "../ir/module.ts";
import type { Outcomes, Predicate } from "../ir/ops.ts";
import { bitsOfFloat, floatOfBits, floatOfInteger, infinityBits, integerOfFloat, isNanBits } from "../types/float.ts";
import type { RuleContext } from "./simplify.ts";

export type FloatValue = { [O in FloatOp]: Value<O> }[FloatOp];

export function simplifyFloat(value: FloatValue, rules: RuleContext): AnyValue | undefined {
  return overPhi(value, rules) ?? rewrite(value, rules);
}

function rewrite(value: FloatValue, rules: RuleContext): AnyValue | undefined {
  const { b } = rules;
  const [x, y] = value.args;
  switch (value.op) {
    case "fadd":
      if (x.op === "const" && y.op !== "const") return b.value("fadd", value.type, [y, x], undefined); // constant right
      return isFloatConstant(y, -0) ? x : undefined;                                        // x + -0 = x
    case "fsub": return isFloatConstant(y, 0) ? x : undefined;                               // x - 0 = x
    case "fmul":
      if (x.op === "const" && y.op !== "const") return b.value("fmul", value.type, [y, x], undefined);
      return isFloatConstant(y, 1) ? x : undefined;                                         // x * 1 = x
    case "fdiv": return isFloatConstant(y, 1) ? x : undefined;                               // x / 1 = x
    case "fcompare": return simplifyComparison(value, rules);
    case "fresize": {
      if (x.op === "fresize" && value.type === "i32") return x.args[0];                      // (float) (double) f = f
      const exact = value.type === "i32" && x.op === "fromint" && isExact(x);               // (float) (double) i = (float) i
      return exact ? b.value("fromint", "i32", [...x.args], x.aux) : undefined;
    }
    case "toint":
      if (x.op === "fresize" && x.type === "i64") return b.value("toint", value.type, [x.args[0]], value.aux); // of the float
      return x.op === "fromint" && isExact(x) ? backToInteger(value, x, rules) : undefined;  // (int) (double) i = i
    case "fromint": return undefined;
  }
}

function isFloatConstant(value: AnyValue, number: number): boolean {
  return value.op === "const" && value.aux === bitsOfFloat(number, floatWidth(value.type));
}

/** Does the format hold every value of the integer's type? */
function isExact(value: Value<"fromint">): boolean {
  return value.args.length === 1 && value.args[0].type === "i32" && value.type === "i64";
}

/** An i32 that was converted without loss, in the type that it is converted back to. */
function backToInteger(value: Value<"toint">, from: Value<"fromint">, { b }: RuleContext): AnyValue | undefined {
  const { bits, signed, shift } = value.aux;
  const [x] = from.args;
  if (shift !== 0) return undefined;
  if (value.type === "i64") return bits === 64 ? b.extend("i64", x, 32, from.aux.signed) : undefined;
  if (bits === 32) return x;
  return bits === 8 || bits === 16 ? b.extend("i32", x, bits, signed) : undefined;
}

// ---- Comparisons ---------------------------------------------------------------------------------------------------

function simplifyComparison(value: Value<"fcompare">, rules: RuleContext): AnyValue | undefined {
  const { b, fn } = rules;
  const [x, y] = value.args;
  if (x.op === "const" && y.op !== "const") return b.value("fcompare", "i32", [y, x], swappedOutcomes(value.aux)); // constant right
  const possible = possibleOutcomes(x, y);
  if ((value.aux & possible) === 0) return constant(fn, "i32", 0n);
  if ((possible & ~value.aux) === 0) return constant(fn, "i32", 1n);
  if (x.op === "fresize" && x.type === "i64") {                                             // of two floats, made double
    const narrow = y.op === "fresize" ? y.args[0] : y.op === "const" ? asFloat(y, rules) : undefined;
    if (narrow !== undefined) return b.value("fcompare", "i32", [x.args[0], narrow], value.aux);
  }
  if (x.op === "fromint" && y.op === "fromint" && isExact(x) && isExact(y) && x.aux.signed === y.aux.signed) {
    const predicate = predicateOf(value.aux, x.aux.signed);
    return predicate === undefined ? undefined : b.compare(predicate, x.args[0], y.args[0]);
  }
  if (x.op === "fromint" && y.op === "const") return compareInteger(value.aux, x, y, rules);
  return undefined;
}

/** What comparing the two may find. */
function possibleOutcomes(x: AnyValue, y: AnyValue): Outcomes {
  const width = floatWidth(x.type);
  if (x === y && x.op !== "undef") return isNeverNan(x) ? outcomes.equal : outcomes.equal | outcomes.unordered;
  let possible: Outcomes = outcomes.all;
  if (isNeverNan(x) && isNeverNan(y)) possible &= ~outcomes.unordered;
  if (y.op !== "const") return possible;
  if (isNanBits(y.aux, width)) return outcomes.unordered;
  const bound = floatOfBits(y.aux, width);
  if (bound === Number.POSITIVE_INFINITY) possible &= ~outcomes.greater;
  if (bound === Number.NEGATIVE_INFINITY) possible &= ~outcomes.less;
  // A value without its sign bit (fabs) is not under 0.
  if (x.op === "and" && x.args[1].op === "const" && x.args[1].aux >> BigInt(width - 1) === 0n) {
    if (bound <= 0) possible &= ~outcomes.less;
    if (bound < 0) possible &= ~outcomes.equal;
  }
  return possible;
}

function isNeverNan(value: AnyValue): boolean {
  return value.op === "fromint" || (value.op === "const" && !isNanBits(value.aux, floatWidth(value.type)));
}

/** A binary64 constant as the binary32 that is equal to it. */
function asFloat(value: Value<"const">, { fn }: RuleContext): AnyValue | undefined {
  const number = floatOfBits(value.aux, 64);
  return Math.fround(number) === number ? constant(fn, "i32", bitsOfFloat(number, 32)) : undefined;
}

/** The integer predicate that is true for these outcomes, where none is unordered. */
function predicateOf(set: Outcomes, signed: boolean): Predicate | undefined {
  switch (set & ~outcomes.unordered) {
    case outcomes.less: return signed ? "slt" : "ult";
    case outcomes.equal: return "eq";
    case outcomes.less | outcomes.equal: return signed ? "sle" : "ule";
    case outcomes.greater: return signed ? "sgt" : "ugt";
    case outcomes.less | outcomes.greater: return "ne";
    case outcomes.greater | outcomes.equal: return signed ? "sge" : "uge";
    default: return undefined;
  }
}

/**
 * A converted integer with a constant: the integer with the whole number that the constant stands at. Where the
 * conversion rounds, only 0 tells the same of the integer and of its rounded value.
 */
function compareInteger(
  set: Outcomes, from: Value<"fromint">, limit: Value<"const">, { b, fn }: RuleContext,
): AnyValue | undefined {
  const [x] = from.args;
  const bound = floatOfBits(limit.aux, floatWidth(limit.type));
  if (from.args.length !== 1 || (!isExact(from) && bound !== 0) || !Number.isFinite(bound)) return undefined;
  const whole = integerOfFloat(Math.floor(bound));
  const isWhole = Number.isInteger(bound);
  const bits = floatWidth(x.type);
  const low = from.aux.signed ? -(1n << BigInt(bits - 1)) : 0n;
  const high = low + (1n << BigInt(bits)) - 1n;
  // Every integer is under a bound above `high`, and over one below `low`.
  if (whole > high || whole < low) {
    return constant(fn, "i32", (set & (whole > high ? outcomes.less : outcomes.greater)) !== 0 ? 1n : 0n);
  }
  let question = set & ~outcomes.unordered;
  if (!isWhole) {
    // No integer is equal to it: those not above `whole` are less.
    question &= ~outcomes.equal;
    if (question === outcomes.less) question |= outcomes.equal;
    else if (question !== outcomes.greater) return constant(fn, "i32", question === 0 ? 0n : 1n);
  }
  const predicate = predicateOf(question, from.aux.signed);
  return predicate === undefined ? undefined : b.compare(predicate, x, b.constant(x.type, BigInt.asUintN(bits, whole)));
}

// ---- Phis ----------------------------------------------------------------------------------------------------------

/**
 * An operation on a phi: of constants, it is a phi of results; of converted integers, they are joined before the
 * conversion.
 */
function overPhi(value: FloatValue, rules: RuleContext): AnyValue | undefined {
  const phi = value.args.find((arg) => arg.op === "phi");
  if (phi?.op !== "phi" || phi.block === undefined) return undefined;
  const join = (args: AnyValue[], type: AnyValue["type"]): AnyValue => {
    const made = createValue(rules.fn, "phi", type, args, { blocks: [...phi.aux.blocks] }, value.loc);
    if (phi.block !== undefined) prepend(phi.block, made);
    return made;
  };
  const results = phi.args.map((_, i) => resultFrom(value, phi, i));
  if (results.every((result) => result !== undefined)) {
    return join(results.map((result) => constant(rules.fn, value.type, result)), value.type);
  }
  const integers = convertedIntegers(phi, rules);
  if (integers === undefined) return undefined;
  const { from, args } = integers;
  const converted = rules.b.value("fromint", from.type, [join(args, args[0].type)], from.aux);
  const replaced = value.args.map((arg) => (arg === phi ? converted : arg));
  return rules.b.value(value.op, value.type, replaced, value.aux);
}

/** The operation's result when control came over the phi's i-th edge and all that it needs is constant then. */
function resultFrom(value: FloatValue, phi: Value<"phi">, i: number): bigint | undefined {
  const args: bigint[] = [];
  for (const arg of value.args) {
    const brought = arg.op === "phi" && arg.block === phi.block ? arg.args[arg.aux.blocks.indexOf(phi.aux.blocks[i])] : arg;
    if (brought.op !== "const") return undefined;
    args.push(brought.aux);
  }
  return evaluateFloat(value, args);
}

/** The integers of a phi whose entries are all converted from one type, or whole constants. */
function convertedIntegers(
  phi: Value<"phi">, { fn }: RuleContext,
): { readonly from: Value<"fromint">; readonly args: AnyValue[] } | undefined {
  const from = phi.args.find((arg) => arg.op === "fromint");
  if (from?.op !== "fromint" || from.args.length !== 1) return undefined;
  const { type } = from.args[0];
  const width = floatWidth(from.type);
  const args: AnyValue[] = [];
  for (const arg of phi.args) {
    if (arg.op === "fromint" && arg.aux.signed === from.aux.signed && arg.args.length === 1 && arg.args[0].type === type) {
      args.push(arg.args[0]);
      continue;
    }
    if (arg.op !== "const" || (arg.aux & infinityBits(width)) === infinityBits(width)) return undefined;
    const whole = integerOfFloat(floatOfBits(arg.aux, width));
    const bits = floatWidth(type);
    const wrapped = from.aux.signed ? BigInt.asIntN(bits, whole) : BigInt.asUintN(bits, whole);
    // -0 has no integer.
    if (wrapped !== whole || bitsOfFloat(floatOfInteger(whole, width), width) !== arg.aux) return undefined;
    args.push(constant(fn, type, whole));
  }
  return { from, args };
}

/** Is the value's meaning settled only by floating arithmetic? */
export function isFloating(value: AnyValue): value is FloatValue {
  return isFloatOp(value.op);
}
