/**
 * A test that the next one makes needless: `if (x < 0 || x != 58) goto out;` needs the second alone.
 *
 * Both compare one value with constants and leave to the same place, and what passes the second passes the first: it is
 * equal to a constant, or in a range that lies within the first one's. The kernel's verifier concludes the first from
 * the second itself (verifier rule 2: from equality, and between the signed and the unsigned bounds of ranges that do
 * not cross the sign), so on the way on it knows the same, with a branch less to walk (rule 13). Where the tests leave
 * to, it knows less of the value, which must not be used there.
 */
import { bitsOf, comparePredicate, inversePredicate } from "../ir/evaluate.ts";
import { ops } from "../ir/ops.ts";
import type { Predicate } from "../ir/ops.ts";
import type { AnyValue, Block, Value } from "../ir/module.ts";
import { createValue, phis, replaceTerminator, terminator } from "../ir/module.ts";
import type { PassContext } from "./pass.ts";

/** Drops the block's branch, if it is one of that kind. */
export function dropImplied(block: Block, context: PassContext): boolean {
  const end = terminator(block);
  if (end.op !== "branch" || end.aux.then === end.aux.else || end.args[0].op !== "compare") return false;
  const { then, else: otherwise } = end.aux;
  const next = isNeedless(end.args[0], true, then, otherwise) ? then
    : isNeedless(end.args[0], false, otherwise, then) ? otherwise : undefined;
  if (next === undefined || !context.spend()) return false;
  replaceTerminator(block, createValue(block.function, "jump", "void", [], { target: next }, end.loc));
  return true;
}

/** Does what `next` tests imply that the first test has come out as it `holds`, which else leads to `out`? */
function isNeedless(first: Value<"compare">, holds: boolean, next: Block, out: Block): boolean {
  if (next.preds.length !== 1 || out === next) return false;
  const [block] = next.preds;
  const end = terminator(next);
  if (end.op !== "branch" || end.aux.then === end.aux.else || end.args[0].op !== "compare") return false;
  const second = end.args[0];
  const leaves = end.aux.then === out;
  if (!leaves && end.aux.else !== out) return false;
  const [x, c] = first.args;
  if (second.args[0] !== x || c.op !== "const" || second.args[1].op !== "const" || x.type === "ptr") return false;
  // What stands before the second test is computed each time now.
  if (!next.values.every((value) => value === end || ops[value.op].pure === true && value.op !== "phi")) return false;
  if (isUsedIn(x, out) || phis(out).some((phi) => bring(phi, block) !== bring(phi, next))) return false;
  const known = leaves ? inversePredicate(second.aux) : second.aux;
  const asked = holds ? first.aux : inversePredicate(first.aux);
  return implies(known, second.args[1].aux, asked, c.aux, bitsOf(x.type));
}

function bring(phi: Value<"phi">, from: Block): AnyValue | undefined {
  return phi.args[phi.aux.blocks.indexOf(from)];
}

function isUsedIn(value: AnyValue, block: Block): boolean {
  return value.uses.some((user) => user.block === block);
}

/** Does each number of so many bits that is in `known` to `k` stand in `asked` to `c`? */
function implies(known: Predicate, k: bigint, asked: Predicate, c: bigint, bits: number): boolean {
  const range = rangeOf(known, k, bits);
  if (range === undefined) return false;
  const [low, high] = range;
  if (low > high) return false;
  if (asked === "eq") return low === c && high === c;
  if (asked === "ne") return c < low || c > high;
  // Within a half of the numbers both orders are the same; each predicate holds for a range if it does for both its ends.
  const isOneHalf = low >> BigInt(bits - 1) === high >> BigInt(bits - 1);
  if (!isOneHalf && asked.startsWith("s")) return false;
  return comparePredicate(asked, bits, low, c) && comparePredicate(asked, bits, high, c);
}

/** The numbers of a test as a range of unsigned ones; undefined for those that are none, or cross the sign in the other order. */
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
