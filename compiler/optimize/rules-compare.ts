/**
 * Rules for comparisons. A comparison stays on the value that the source compares (verifier rule 3): nothing is moved
 * through arithmetic to another operand while the old one is used elsewhere, and ranges are not merged (rule 4).
 */
import { locate } from "../ir/address.ts";
import { possibleBits } from "../ir/bits.ts";
import { bitsOf, inversePredicate, swapBytes, swappedPredicate } from "../ir/evaluate.ts";
import { outcomes } from "../ir/evaluate-float.ts";
import type { AnyValue, Value } from "../ir/module.ts";
import { constant, setArg } from "../ir/module.ts";
import type { Predicate } from "../ir/ops.ts";
import { constantOf } from "./rules-integer.ts";
import type { RuleContext } from "./simplify.ts";

export function simplifyCompare(value: Value<"compare">, rules: RuleContext): AnyValue | undefined {
  const { b, fn } = rules;
  const [x, y] = value.args;
  const predicate = value.aux;
  if (x.op === "const" && y.op !== "const") return b.compare(swappedPredicate(predicate), y, x); // constant right
  if (x === y && x.op !== "undef") {                                                         // x p x
    return constant(fn, "i32", ["eq", "ule", "uge", "sle", "sge"].includes(predicate) ? 1n : 0n);
  }
  const known = x.type === "ptr" ? undefined : alwaysSame(value, rules);
  if (known !== undefined) return constant(fn, "i32", known ? 1n : 0n);
  const equality = predicate === "eq" || predicate === "ne";
  const c = constantOf(y);
  if (x.op === "ptrtoint" && y.op === "ptrtoint" && !predicate.startsWith("s")) {            // as pointers
    return b.compare(predicate, x.args[0], y.args[0]);
  }
  if (x.op === "ptrtoint" && c === 0n && equality) return b.compare(predicate, x.args[0], b.null());
  if (x.op === "inttoptr" && c === 0n && equality && y.type === "ptr") {
    return b.compare(predicate, x.args[0], b.i64(0));                                        // (T *)x == 0: x == 0
  }
  if (x.type === "ptr" && c === 0n && equality && locate(x).root.op === "slot") {           // &local == 0: no
    return constant(fn, "i32", predicate === "ne" ? 1n : 0n);
  }
  if (x.op === "fcompare" && c === 0n && equality) {                                         // !(x < y) of floats
    return predicate === "ne" ? x : b.value("fcompare", "i32", [...x.args], outcomes.all & ~x.aux);
  }
  if (c !== undefined && equality) {
    const boolean = compareBoolean(x, c, predicate, rules);
    if (boolean !== undefined) return boolean;
    if ((x.op === "sub" || x.op === "xor") && c === 0n && x.uses.length === 1) {             // a - b == 0: a == b
      return b.compare(predicate, x.args[0], x.args[1]);
    }
    const swapped = compareSwapped(x, c, predicate, rules);
    if (swapped !== undefined) return swapped;
  }
  if (equality) dropSigns(value, rules);
  return compareNarrow(value, rules);
}

/** The answer when known bits settle it: unsigned order against a constant, equality with impossible bits. */
function alwaysSame(value: Value<"compare">, rules: RuleContext): boolean | undefined {
  const c = constantOf(value.args[1]);
  if (c === undefined) return undefined;
  // A test is dropped only by what the verifier knows (rule 2): it would see one way as dead, too.
  const bits = possibleBits(value.args[0]);
  const max = bits === 0n ? 0n : (1n << BigInt(bits.toString(2).length)) - 1n;
  const width = bitsOf(value.args[0].type);
  const noSign = ((bits | c) >> BigInt(width - 1)) === 0n;
  switch (value.aux) {
    case "eq": return (c & ~bits) !== 0n ? false : undefined;
    case "ne": return (c & ~bits) !== 0n ? true : undefined;
    case "ult": return c === 0n ? false : max < c ? true : undefined;
    case "uge": return c === 0n ? true : max < c ? false : undefined;
    case "ule": return max <= c ? true : undefined;
    case "ugt": return max <= c ? false : undefined;
    case "slt": return noSign ? (c === 0n ? false : max < c ? true : undefined) : undefined;
    case "sge": return noSign ? (c === 0n ? true : max < c ? false : undefined) : undefined;
    case "sle": return noSign && max <= c ? true : undefined;
    case "sgt": return noSign && max <= c ? false : undefined;
    default: return rulesExhausted(value.aux, rules);
  }
}

function rulesExhausted(predicate: never, rules: RuleContext): undefined {
  throw new Error(`predicate ${String(predicate)} in ${rules.fn.name}`);
}

/** Comparing a comparison's 0 or 1, perhaps widened, with a constant. */
function compareBoolean(x: AnyValue, c: bigint, predicate: Predicate, { b }: RuleContext): AnyValue | undefined {
  let inner = x;
  while (inner.op === "extend" || inner.op === "truncate") inner = inner.args[0];
  if (inner.op === "xor" && constantOf(inner.args[1]) === 1n && inner.args[0].op === "compare" && c === 0n) {
    return b.compare(predicate, inner.args[0], b.i32(1));                                    // !c == 0: c == 1
  }
  if (inner.op !== "compare" || c > 1n) return undefined;
  const same = (predicate === "ne") === (c === 0n);                                          // c != 0, c == 1
  if (same) return inner;
  return b.compare(inversePredicate(inner.aux), inner.args[0], inner.args[1]);               // c == 0, c != 1
}

/**
 * bswap(a) == c: a == bswap(c). The value swapped keeps no test then (rule 3), so all its uses must be such tests.
 */
function compareSwapped(x: AnyValue, c: bigint, predicate: Predicate, { b, fn }: RuleContext): AnyValue | undefined {
  if (x.op !== "bswap" || !x.uses.every((user) => isEquality(user))) return undefined;
  const low = (1n << BigInt(x.aux)) - 1n;
  if ((c & ~low) !== 0n) return constant(fn, "i32", predicate === "ne" ? 1n : 0n);           // never equal
  if ((possibleBits(x.args[0]) & ~low) !== 0n) return undefined;
  return b.compare(predicate, x.args[0], constant(fn, x.type, swapBytes(c, x.aux)));
}

function isEquality(user: AnyValue): boolean {
  return user.op === "compare" && (user.aux === "eq" || user.aux === "ne") && user.args[1].op === "const";
}

/**
 * A 64-bit comparison of an extended 32-bit value with a constant is done in 32 bits, if only comparisons use the
 * extension: then no other register stands beside the tested one (rule 1).
 */
function compareNarrow(value: Value<"compare">, { b }: RuleContext): AnyValue | undefined {
  const [x, y] = value.args;
  if (x.op !== "extend" || x.aux.from !== 32) return undefined;
  if (!x.uses.every((user) => user.op === "compare")) return undefined;
  const { signed } = x.aux;
  const order = value.aux;
  const signedOrder = order.startsWith("s");
  // Of 64 bits the low half is compared.
  const half = (operand: AnyValue): AnyValue => operand.type === "i32" ? operand : b.truncate(operand);
  if (y.op === "extend" && y.aux.from === 32 && y.aux.signed === signed) {
    if (!y.uses.every((user) => user.op === "compare")) return undefined;
    // Both extended alike: zero-extension orders as unsigned either way, sign-extension keeps both orders.
    return b.compare(signed ? order : unsignedOrder(order), half(x.args[0]), half(y.args[0]));
  }
  const c = constantOf(y);
  if (c === undefined) return undefined;
  if (signed) {
    const s = BigInt.asIntN(64, c);
    return s === BigInt.asIntN(32, s) ? b.compare(order, half(x.args[0]), b.i32(s)) : undefined;
  }
  if (c > 0xffffffffn) return undefined;
  return b.compare(signedOrder ? unsignedOrder(order) : order, half(x.args[0]), b.i32(c));
}

/**
 * Equality of signed bytes and half words that are loaded only to be asked for it: loaded without their sign, as the
 * machine does at no cost, they are equal to the same. The constants change with them.
 */
function dropSigns({ args: [x, y] }: Value<"compare">, { b, touched }: RuleContext): void {
  if (!isSignedPart(x) || !x.uses.every(isEqualityTest)) return;
  const bits = x.aux.bytes * 8;
  if (isSignedPart(y) && y.aux.bytes === x.aux.bytes && x.uses.length === 1 && y.uses.length === 1) {
    unsign(y);
    touched(y);
  } else {
    const width = bitsOf(x.type);
    const constants = x.uses.map((user) => constantOf(user.args[1]));
    if (!constants.every((c) => c !== undefined && BigInt.asIntN(width, c) === BigInt.asIntN(bits, c))) return;
    [...x.uses].forEach((user, i) => setArg(user, 1, b.constant(x.type, BigInt.asUintN(bits, constants[i] ?? 0n))));
  }
  unsign(x);
  touched(x);
}

function isSignedPart(value: AnyValue): value is Value<"load"> {
  return value.op === "load" && value.aux.signed && value.type !== "ptr" && value.aux.bytes * 8 < bitsOf(value.type);
}

function isEqualityTest(user: AnyValue): boolean {
  return user.op === "compare" && (user.aux === "eq" || user.aux === "ne");
}

function unsign(load: Value<"load">): void {
  load.aux = { ...load.aux, signed: false };
}

function unsignedOrder(predicate: Predicate): Predicate {
  switch (predicate) {
    case "slt": return "ult";
    case "sle": return "ule";
    case "sgt": return "ugt";
    case "sge": return "uge";
    default: return predicate;
  }
}
