/**
 * Algebra: rewrites values to simpler equal ones until no rule applies. Takes a function, changes it in place, keeps
 * the control-flow graph.
 *
 * A worklist holds the values to look at; a rule returns the value to use instead, and its users are looked at again.
 * The rules stand in rules-*.ts, one a line, grouped by op. What bears on all of them (verifier-rules.md):
 *   1, 3  a rewrite never gives a test and an address different registers: rules that look through an operand which has
 *         other uses are few, and each says why it may;
 *   2     masks and extensions go only by `possibleBits` (what the verifier itself knows), or by `provenBits` where the
 *         value cannot matter to the verifier;
 *   4     range tests are not merged; 7: pointers stay pointers, integer arithmetic on them becomes `ptradd`;
 *   13    nothing here makes a branch.
 */
import { Builder } from "../ir/build.ts";
import { provenBits, possibleBits, VerifierRelevance } from "../ir/bits.ts";
import { evaluate } from "../ir/evaluate.ts";
import type { AnyValue, Function } from "../ir/module.ts";
import { constant, remove, replaceUses, setArg } from "../ir/module.ts";
import { ops } from "../ir/ops.ts";
import { hasEffect } from "./dce.ts";
import type { PassContext } from "./pass.ts";
import { simplifyCompare } from "./rules-compare.ts";
import { simplifyFloat } from "./rules-float.ts";
import { simplifyInteger } from "./rules-integer.ts";
import { simplifyMemory } from "./rules-memory.ts";

/** What a rule is given. */
export interface RuleContext {
  readonly fn: Function;
  /** Stands before the value looked at. */
  readonly b: Builder;
  readonly endian: "little" | "big";
  /** The bits that may be set, by the strongest knowledge that may be used for this value. */
  bitsOf(value: AnyValue): bigint;
  /** A rule that changes a value in place says so. */
  touched(value: AnyValue): void;
}

export function simplify(fn: Function, context: PassContext): boolean {
  const relevance = new VerifierRelevance(fn);
  // Values made on the way are not in the analysis: they count as relevant.
  const firstNew = fn.nextId;
  let changed = false;
  const work: AnyValue[] = [];
  const queued = new Set<AnyValue>();
  const push = (value: AnyValue): void => {
    if (value.block === undefined || queued.has(value)) return;
    queued.add(value);
    work.push(value);
  };
  for (let i = fn.blocks.length - 1; i >= 0; i--) {
    const { values } = fn.blocks[i];
    for (let j = values.length - 1; j >= 0; j--) push(values[j]);
  }
  const first = fn.blocks[0];
  const b = new Builder(fn, first, 0);
  // New values are looked at too: the builder's place remembers where they went.
  const rules: RuleContext = {
    fn, b, endian: context.options.target.endian,
    bitsOf: (value) => (value.id >= firstNew || relevance.has(value) ? possibleBits(value) : provenBits(value)),
    touched: (value) => {
      changed = true;
      push(value);
      value.uses.forEach(push);
    },
  };
  for (let value = work.pop(); value !== undefined; value = work.pop()) {
    queued.delete(value);
    if (value.block === undefined) continue;
    if (value.uses.length === 0 && !hasEffect(value) && !ops[value.op].terminator) {
      if (value.op === "lifestart" || value.op === "lifeend") continue;
      const args = [...value.args];
      remove(value);
      args.forEach(push);
      changed = true;
      continue;
    }
    const before = fn.nextId;
    b.before(value);
    const result = rewrite(value, rules);
    if (result === undefined || result === value) continue;
    if (!context.spend()) {
      dropNew(result, before);
      return changed;
    }
    changed = true;
    const users = [...value.uses];
    replaceUses(value, result);
    for (const user of users) push(user);
    pushNew(result, before, push);
    // The result stands for the value, its effect included: a call that a rule made anew must not happen twice.
    const args = [...value.args];
    if (value.uses.length === 0) {
      remove(value);
      args.forEach(push);
    } else push(value);
  }
  return changed;
}

/** The values that a rule made, found from its result: ids are given in order. */
function pushNew(value: AnyValue, from: number, push: (value: AnyValue) => void): void {
  if (value.id < from || value.block === undefined) return;
  push(value);
  for (const arg of value.args) pushNew(arg, from, push);
}

function dropNew(value: AnyValue, from: number): void {
  if (value.id < from || value.block === undefined || value.uses.length > 0) return;
  const args = [...value.args];
  remove(value);
  for (const arg of args) dropNew(arg, from);
}

function rewrite(value: AnyValue, rules: RuleContext): AnyValue | undefined {
  const info = ops[value.op];
  if (info.pure === true && value.args.length > 0 && value.op !== "phi" && value.op !== "isconstant") {
    const folded = foldConstants(value);
    if (folded !== undefined) return constant(rules.fn, value.type, folded);
    settleUndefined(value, rules);
  }
  switch (value.op) {
    case "compare": return simplifyCompare(value, rules);
    case "phi": return simplifyPhi(value);
    case "load": case "store": case "memcpy": case "memmove": case "memset": case "memcmp": case "memvar": case "strlen": case "strcmp": case "call":
    case "ptradd": case "ptrdiff": case "ptrtoint": case "inttoptr": case "addrspace": case "branch": case "switch": case "isconstant":
      return simplifyMemory(value, rules);
    case "fadd": case "fsub": case "fmul": case "fdiv": case "fcompare": case "fresize": case "fromint": case "toint":
      return simplifyFloat(value, rules);
    default: return simplifyInteger(value, rules);
  }
}

/** What was never written may be anything: 0, so that arithmetic on it (a bit-field stored into fresh memory) folds. */
function settleUndefined(value: AnyValue, rules: RuleContext): void {
  for (const [i, arg] of value.args.entries()) {
    if (arg.op !== "undef" || arg.type === "ptr") continue;
    setArg(value, i, constant(rules.fn, arg.type, 0n));
    rules.touched(value);
  }
}

function foldConstants(value: AnyValue): bigint | undefined {
  const args: bigint[] = [];
  for (const arg of value.args) {
    if (arg.op !== "const") return undefined;
    args.push(arg.aux);
  }
  return evaluate(value, args);
}

/**
 * A phi of one value, itself aside, is that value. A phi of a leaf and undef is the leaf, which is valid everywhere.
 */
function simplifyPhi(phi: AnyValue): AnyValue | undefined {
  let only: AnyValue | undefined;
  let sawUndef = false;
  for (const arg of phi.args) {
    if (arg === phi || arg === only) continue;
    if (arg.op === "undef") sawUndef = true;
    else if (only === undefined) only = arg;
    else return undefined;
  }
  if (only === undefined) return phi.args.find((arg) => arg.op === "undef");
  return sawUndef && ops[only.op].leaf !== true ? undefined : only;
}
