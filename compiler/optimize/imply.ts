/**
 * A test that the next one makes needless: `if (x < 0 || x != 58) goto out;` needs the second alone, and so does
 * `if (x < 0 || x >= 10) goto out;` once that compares without sign.
 *
 * Both compare one value with constants and leave to the same place, and what passes the second passes the first: it is
 * equal to a constant, or in a range that lies within the first one's. The kernel's verifier concludes the first from
 * the second itself (verifier rule 2: from equality, and between the signed and the unsigned bounds of ranges that do
 * not cross the sign), so on the way on it knows the same, with a branch less to walk (rule 13). Where the tests leave
 * to, it knows less of the value, which must not be used there. Without 32-bit jumps the two orders of 32 bits are
 * those of two registers (rule 1): both tests stay.
 */
import { Builder } from "../ir/build.ts";
import { bitsOf, comparePredicate, inversePredicate } from "../ir/evaluate.ts";
import { ops } from "../ir/ops.ts";
import type { Predicate } from "../ir/ops.ts";
import type { AnyValue, Block, Value } from "../ir/module.ts";
import { createValue, phis, replaceTerminator, setArg, terminator } from "../ir/module.ts";
import { hasAlu32 } from "../source/options.ts";
import type { PassContext } from "./pass.ts";

/** Drops the block's branch, if it is one of that kind. */
export function dropImplied(block: Block, context: PassContext): boolean {
  const end = terminator(block);
  if (end.op !== "branch" || end.aux.then === end.aux.else || end.args[0].op !== "compare") return false;
  const first = end.args[0];
  if (first.args[0].type === "i32" && !hasAlu32(context.options.target)) return false;
  const { then, else: otherwise } = end.aux;
  return dropBefore(block, first, first.aux, then, otherwise, context)
    || dropBefore(block, first, inversePredicate(first.aux), otherwise, then, context);
}

/** `asked` of the first test's operands leads to `next`, else control goes `out`. */
function dropBefore(
  block: Block, first: Value<"compare">, asked: Predicate, next: Block, out: Block, context: PassContext,
): boolean {
  const second = nextTest(block, first, next, out);
  if (second === undefined) return false;
  const [x, c] = first.args;
  const k = second.args[1];
  if (c.op !== "const" || k.op !== "const") return false;
  const end = terminator(next);
  const leaves = end.op === "branch" && end.aux.then === out;
  const known = leaves ? inversePredicate(second.aux) : second.aux;
  const bits = bitsOf(x.type);
  const isImplied = implies(known, k.aux, asked, c.aux, bits);
  const joined = isImplied ? undefined : joinAtZero(asked, c, known, k, bits);
  if (!isImplied && joined === undefined || !context.spend()) return false;
  if (joined !== undefined) {
    const b = new Builder(block.function, next, second.loc).before(end);
    setArg(end, 0, b.compare(leaves ? inversePredicate(joined.predicate) : joined.predicate, x, joined.limit));
  }
  replaceTerminator(block, createValue(block.function, "jump", "void", [], { target: next }, terminator(block).loc));
  return true;
}

/** The test that `next` ends in, if it asks the same value and may take the place of the first. */
function nextTest(block: Block, first: Value<"compare">, next: Block, out: Block): Value<"compare"> | undefined {
  if (next.preds.length !== 1 || out === next) return undefined;
  const end = terminator(next);
  if (end.op !== "branch" || end.aux.then === end.aux.else || end.args[0].op !== "compare") return undefined;
  if (end.aux.then !== out && end.aux.else !== out) return undefined;
  const [x] = first.args;
  if (end.args[0].args[0] !== x || x.type === "ptr") return undefined;
  // What stands before the second test is computed each time now.
  if (!next.values.every((value) => value === end || ops[value.op].pure === true && value.op !== "phi")) return undefined;
  if (isUsedIn(x, out) || phis(out).some((phi) => bring(phi, block) !== bring(phi, next))) return undefined;
  return end.args[0];
}

function bring(phi: Value<"phi">, from: Block): AnyValue | undefined {
  return phi.args[phi.aux.blocks.indexOf(from)];
}

function isUsedIn(value: AnyValue, block: Block): boolean {
  return value.uses.some((user) => user.block === block);
}

/** `0 <= x && x < limit` with a sign is `x < limit` without; which of the two is asked first does not matter. */
function joinAtZero(
  asked: Predicate, c: Value<"const">, known: Predicate, k: Value<"const">, bits: number,
): { readonly predicate: Predicate; readonly limit: Value<"const"> } | undefined {
  if (isFromZero(asked, c.aux, bits)) return withoutSign(known, k, bits);
  return isFromZero(known, k.aux, bits) ? withoutSign(asked, c, bits) : undefined;
}

function isFromZero(predicate: Predicate, c: bigint, bits: number): boolean {
  return predicate === "sge" ? c === 0n : predicate === "sgt" && c === (1n << BigInt(bits)) - 1n;
}

function withoutSign(
  predicate: Predicate, limit: Value<"const">, bits: number,
): { readonly predicate: Predicate; readonly limit: Value<"const"> } | undefined {
  if (limit.aux >> BigInt(bits - 1) !== 0n || limit.aux === 0n) return undefined;
  if (predicate === "slt") return { predicate: "ult", limit };
  return predicate === "sle" ? { predicate: "ule", limit } : undefined;
}

/** Does each number of so many bits that is in `known` to `k` stand in `asked` to `c`? */
export function implies(known: Predicate, k: bigint, asked: Predicate, c: bigint, bits: number): boolean {
  const range = rangeOf(known, k, bits);
  if (range === undefined) return false;
  const [low, high] = range;
  if (low > high) return false;
  if (asked === "eq") return low === c && high === c;
  if (asked === "ne") return c < low || c > high;
  // Within a half of the numbers both orders are the same; each predicate holds for a range if it does for both its
  // ends.
  const isOneHalf = low >> BigInt(bits - 1) === high >> BigInt(bits - 1);
  if (!isOneHalf && asked.startsWith("s")) return false;
  return comparePredicate(asked, bits, low, c) && comparePredicate(asked, bits, high, c);
}

/**
 * The numbers of a test as a range of unsigned ones; undefined for those that are none, or cross the sign in the other
 * order.
 */
function rangeOf(predicate: Predicate, k: bigint, bits: number): readonly [bigint, bigint] | undefined {
  const max = (1n << BigInt(bits)) - 1n;
  const sign = 1n << BigInt(bits - 1);
  const isNegative = k >= sign;
  switch (predicate) {
    case "eq": return [k, k];
    case "ne": return undefined;
    case "ult": return [0n, k - 1n];
    case "ule": return [0n, k];
    case "ugt": return [k + 1n, max];
    case "uge": return [k, max];
    case "slt": return isNegative ? [sign, k - 1n] : undefined;
    case "sle": return isNegative ? [sign, k] : undefined;
    case "sgt": return isNegative ? undefined : [k + 1n, sign - 1n];
    case "sge": return isNegative ? undefined : [k, sign - 1n];
  }
}
