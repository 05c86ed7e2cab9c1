/**
 * Static prediction: does a branch usually go its first way?
 *
 * Pointers and numbers are seldom null, results seldom negative, and calls of helpers that give no pointer seldom fail.
 * The way that goes on is to fall through: it runs without a jump, and the verifier walks it first (verifier rule 16).
 */
import type { AnyValue } from "../ir/module.ts";
import { signedValue } from "../ir/module.ts";
import type { Predicate } from "../ir/ops.ts";

/** Does the condition of a branch usually hold? Undefined where nothing speaks for either. */
export function guess(condition: AnyValue): boolean | undefined {
  if (condition.op !== "compare") return !isStatus(condition);
  const [x, y] = condition.args;
  return y.op === "const" ? guessCompare(condition.aux, x, signedValue(y)) : undefined;
}

function guessCompare(predicate: Predicate, x: AnyValue, y: bigint): boolean | undefined {
  switch (predicate) {
    case "eq": return y === 0n ? isStatus(x) : y === -1n ? false : undefined;
    case "ne": return y === 0n ? !isStatus(x) : y === -1n ? true : undefined;
    case "ugt": return y === 0n ? !isStatus(x) : undefined;
    case "ule": return y === 0n ? isStatus(x) : undefined;
    case "uge": return y === 1n ? !isStatus(x) : undefined;
    case "ult": return y === 1n ? isStatus(x) : undefined;
    case "slt": return y === 0n ? false : undefined;
    case "sle": return y === -1n ? false : undefined;
    case "sgt": return y === -1n ? true : undefined;
    case "sge": return y === 0n ? true : undefined;
  }
}

/** Is it a number that a call of the kernel's gave: 0 unless it failed? */
function isStatus(value: AnyValue): boolean {
  let at = value;
  while (at.op === "extend" || at.op === "truncate" || at.op === "shl" || at.op === "ashr" || at.op === "lshr") at = at.args[0];
  return at.op === "call" && at.type !== "ptr";
}
