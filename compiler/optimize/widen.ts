/**
 * Widening, for targets without 32-bit arithmetic (-mcpu=v1, v2): every i32 becomes an i64.
 *
 * The upper half of a widened value is unspecified, as that of an i32 argument in a register is. Where upper bits
 * matter, in comparisons, right shifts, division, conversions to i64, branches, helper arguments, the value is
 * extended, by a pair of shifts on these machines: once, right behind its definition, and then all users take the
 * extended value, those too to which the upper half is nothing. So one register serves tests, addresses, phis and sums
 * (verifier rules 1 and 9): what a test says of it is not lost. What the upper half is known to be saves most
 * extensions: `Upper` says whether it is zero, or the sign, or (below 2^31) both; over phis it is the best fixpoint.
 * A 64-bit value may have been extended in place for one user and cut to 32 bits for another: both are the same
 * extension now, and become one value.
 *
 * Last pass: no other must see its result but those that only remove.
 */
import { provenBits } from "../ir/bits.ts";
import type { AnyValue, Function } from "../ir/module.ts";
import { constant, createValue, remove, replaceUses, setArg, signedValue, undef } from "../ir/module.ts";
import { hasAlu32 } from "../source/options.ts";
import { numberValues } from "./gvn.ts";
import type { PassContext } from "./pass.ts";

interface Upper { readonly zero: boolean; readonly sign: boolean }

const unknown: Upper = { zero: false, sign: false };
const zeroOnly: Upper = { zero: true, sign: false };
const signOnly: Upper = { zero: false, sign: true };
const both: Upper = { zero: true, sign: true };

/** What an argument must be: anything above 32 bits, zero-extended, sign-extended, or one of these. */
type Need = "raw" | "zero" | "sign" | "any";

export function widen(context: PassContext): boolean {
  const { module, options } = context;
  if (hasAlu32(options.target)) return false;
  for (const fn of module.functions) {
    if (fn.blocks.length > 0) {
      new Widener(fn).run();
      numberValues(fn, context);
    }
    for (const param of fn.params) if (param.type === "i32") param.type = "i64";
    if (fn.returns === "i32") fn.returns = "i64";
  }
  return true;
}

class Widener {
  private readonly fn: Function;
  /** Values that are i32 before. */
  private readonly narrow = new Map<AnyValue, Upper>();
  private readonly extended = { zero: new Map<AnyValue, AnyValue>(), sign: new Map<AnyValue, AnyValue>() };
  /** The values that somebody needs extended. */
  private readonly demanded = { zero: new Set<AnyValue>(), sign: new Set<AnyValue>() };
  /** Conversions that become nothing, and what stands for them. */
  private readonly forward = new Map<AnyValue, AnyValue>();

  constructor(fn: Function) {
    this.fn = fn;
  }

  run(): void {
    const values = this.fn.blocks.flatMap((block) => block.values);
    for (const param of this.fn.params) if (param.type === "i32") this.narrow.set(param, unknown);
    for (const value of values) if (value.type === "i32") this.narrow.set(value, both);
    for (const value of values) this.demandFixed(value);
    this.settleUppers(values);
    for (const value of values) this.demandChosen(value);
    this.settleUppers(values);
    for (const value of values) this.widenArguments(value);
    for (const value of this.narrow.keys()) value.type = "i64";
    for (const [value, first] of this.forward) {
      let target = first;
      for (let next = this.forward.get(target); next !== undefined; next = this.forward.get(target)) target = next;
      replaceUses(value, target);
    }
    for (const value of this.forward.keys()) remove(value);
  }

  /** What the users that leave no choice need. */
  private demandFixed(user: AnyValue): void {
    user.args.forEach((arg, i) => {
      const want = need(user, i);
      if (want === "zero" || want === "sign") this.demand(arg, want);
    });
  }

  /** Comparisons and conditions: the way that costs less, now that it is known what others need. */
  private demandChosen(user: AnyValue): void {
    if (leavesChoice(user) && this.isNarrow(user.args[0])) {
      const way = this.comparisonWay(user);
      for (const arg of user.args) if (!this.upper(arg)[way]) this.demand(arg, way);
      return;
    }
    user.args.forEach((arg, i) => {
      if (need(user, i) !== "any" || !this.isNarrow(arg)) return;
      const { zero, sign } = this.upper(arg);
      if (!zero && !sign) this.demand(arg, "zero");
    });
  }

  private demand(value: AnyValue, way: "zero" | "sign"): void {
    if (this.narrow.has(value)) this.demanded[way].add(value);
  }

  /** From "everything is known" down to what holds. */
  private settleUppers(values: readonly AnyValue[]): void {
    for (const value of values) if (this.narrow.has(value)) this.narrow.set(value, both);
    for (let changed = true; changed; ) {
      changed = false;
      for (const value of values) {
        const before = this.narrow.get(value);
        if (before === undefined) continue;
        const now = this.computeUpper(value);
        if (now.zero === before.zero && now.sign === before.sign) continue;
        // Only downwards: the fixpoint is reached then.
        this.narrow.set(value, { zero: now.zero && before.zero, sign: now.sign && before.sign });
        changed ||= (before.zero && !now.zero) || (before.sign && !now.sign);
      }
    }
  }

  /** What users see that do not care, extension included. */
  private upper(value: AnyValue): Upper {
    if (value.op === "const") return signedValue(value) >= 0n ? both : signOnly;
    const own = this.narrow.get(value) ?? unknown;
    const way = this.preferred(value);
    return way === undefined || own[way] ? own : way === "zero" ? zeroOnly : signOnly;
  }

  /** The extension that stands for the value. */
  private preferred(value: AnyValue): "zero" | "sign" | undefined {
    return this.demanded.zero.has(value) ? "zero" : this.demanded.sign.has(value) ? "sign" : undefined;
  }

  private computeUpper(value: AnyValue): Upper {
    const arg = (i: number): Upper => this.upper(value.args[i]);
    const fits = (): Upper => {
      // Computed in 64 bits from zero-extended operands, nothing is lost when the bound fits.
      if (!value.args.every((a) => this.upper(a).zero)) return unknown;
      const bits = wideBound(value);
      return bits < 1n << 31n ? both : bits < 1n << 32n ? zeroOnly : unknown;
    };
    switch (value.op) {
      case "load":
        if (value.aux.signed) return signOnly;
        return value.aux.bytes < 4 ? both : zeroOnly;
      case "compare": return both;
      case "and": {
        const [x, y] = [arg(0), arg(1)];
        const small = (x.zero && x.sign) || (y.zero && y.sign);
        return { zero: x.zero || y.zero, sign: small || (x.sign && y.sign) };
      }
      case "or": case "xor": return { zero: arg(0).zero && arg(1).zero, sign: arg(0).sign && arg(1).sign };
      case "lshr": return value.args[1].op === "const" && value.args[1].aux > 0n ? both : zeroOnly;
      case "ashr": return signOnly;
      case "udiv": return value.args[1].op === "const" && value.args[1].aux > 1n ? both : zeroOnly;
      case "urem": return value.args[1].op === "const" && value.args[1].aux <= 1n << 31n ? both : zeroOnly;
      case "add": case "mul": case "shl": return fits();
      case "extend": return value.aux.signed ? signOnly : both;
      case "bswap": return value.aux === 16 ? both : zeroOnly;
      case "truncate": {
        const [x] = value.args;
        if (x.op === "extend" && x.aux.from === 32 && x.aux.signed) return signOnly;
        const bits = provenBits(x);
        return bits < 1n << 31n ? both : bits < 1n << 32n ? zeroOnly : unknown;
      }
      case "phi": {
        let all: Upper = both;
        for (const a of value.args) {
          if (a.op === "undef") continue;
          const one = this.upper(a);
          all = { zero: all.zero && one.zero, sign: all.sign && one.sign };
        }
        return all;
      }
      case "atomic": return zeroOnly;
      default: return unknown;
    }
  }

  private widenArguments(value: AnyValue): void {
    switch (value.op) {
      case "truncate": this.forward.set(value, value.args[0]); return;
      case "extend": {
        const [x] = value.args;
        if (this.isNarrow(x) && value.aux.from === 32) {
          this.forward.set(value, this.wide(x, value.aux.signed ? "sign" : "zero"));
          return;
        }
        break;
      }
      case "compare":
        if (leavesChoice(value) && this.isNarrow(value.args[0])) {
          const way = this.comparisonWay(value);
          value.args.forEach((arg, i) => setArg(value, i, this.wide(arg, way)));
          return;
        }
        break;
      default: break;
    }
    value.args.forEach((arg, i) => {
      if (this.isNarrow(arg)) setArg(value, i, this.wide(arg, need(value, i)));
    });
  }

  private isNarrow(value: AnyValue): boolean {
    if (value.op === "const" || value.op === "undef") return value.type === "i32";
    return this.narrow.has(value);
  }

  /** Both sides the same way. */
  private comparisonWay(compare: AnyValue): "zero" | "sign" {
    const cost = (v: AnyValue, way: "zero" | "sign"): number => {
      if (v.op === "const") return way === "sign" || signedValue(v) >= 0n ? 0 : 1;
      return this.upper(v)[way] ? 0 : this.narrow.get(v)?.[way] === true || this.demanded[way].has(v) ? 1 : 3;
    };
    const [x, y] = compare.args;
    return cost(x, "sign") + cost(y, "sign") < cost(x, "zero") + cost(y, "zero") ? "sign" : "zero";
  }

  private wide(value: AnyValue, want: Need): AnyValue {
    if (value.op === "undef") return undef(this.fn, "i64");
    if (value.op === "const") return constant(this.fn, "i64", want === "zero" ? value.aux : signedValue(value));
    if (want === "raw" || want === "any") {
      const way = this.preferred(value);
      if (way !== undefined) return this.wide(value, way);
      const { zero, sign } = this.upper(value);
      return want === "raw" || zero || sign ? value : this.wide(value, "zero");
    }
    if (this.narrow.get(value)?.[want] === true) return value;
    let made = this.extended[want].get(value);
    if (made === undefined) {
      made = createValue(this.fn, "extend", "i64", [value], { from: 32, signed: want === "sign" }, value.loc);
      this.extended[want].set(value, made);
      placeBehind(this.fn, value, made);
    }
    return made;
  }
}

/**
 * Equality and the unsigned order are the same for numbers that are both extended by zero and both by sign, which keeps
 * them apart and in order. So the register that other uses want is the one that is tested.
 */
function leavesChoice(value: AnyValue): boolean {
  return value.op === "compare" && !value.aux.startsWith("s");
}

/** How an op needs an i32 argument, but for the comparisons that leave a choice. */
function need(user: AnyValue, index: number): Need {
  switch (user.op) {
    case "extend": return user.aux.from < 32 || user.type === "i32" ? "raw" : user.aux.signed ? "sign" : "zero";
    case "compare": return leavesChoice(user) ? "raw" : "sign";
    case "switch":
      if (user.aux.cases.some((c) => c.low < 0n)) return "sign";
      return user.aux.cases.some((c) => c.high >= 1n << 31n) ? "zero" : "any";
    case "lshr": case "udiv": case "urem": return "zero";
    case "ashr": return index === 0 ? "sign" : "zero";
    case "shl": return index === 1 ? "zero" : "raw";
    case "branch": return "any";
    case "call": return user.aux.callee.kind === "helper" ? "any" : "raw";
    default: return "raw";
  }
}

/** A bound of a sum, product or shift of zero-extended operands, not wrapped. */
function wideBound(value: AnyValue): bigint {
  const x = provenBits(value.args[0]);
  const y = provenBits(value.args[1]);
  switch (value.op) {
    case "add": return x + y;
    case "mul": return x * y;
    default: return value.args[1].op === "const" && y < 32n ? x << y : 1n << 64n;
  }
}

function placeBehind(fn: Function, value: AnyValue, made: AnyValue): void {
  const block = value.block ?? fn.blocks[0];
  let at = value.block === undefined ? 0 : block.values.indexOf(value) + 1;
  while (block.values[at]?.op === "phi") at++;
  made.block = block;
  block.values.splice(at, 0, made);
}
