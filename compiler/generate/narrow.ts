/**
 * Which values leave the upper 32 bits of their register zero?
 *
 * Operations on w registers and loads narrower than 8 bytes clear them, so that the extension of such a value to 64
 * bits is no instruction at all. Only what the verifier knows as well is counted: a zero-extension that it would miss
 * stays. Phis start as "zero" and lose it when an argument does (the greatest fixed point).
 */
import { isContextField } from "../ir/address.ts";
import type { AnyValue, Function } from "../ir/module.ts";
import type { Target } from "../source/options.ts";
import { hasAlu32, hasV4 } from "../source/options.ts";

/** By value id: 1 when the upper half is zero. */
export function findUpperZero(fn: Function, target: Target): Uint8Array {
  const zero = new Uint8Array(fn.nextId);
  const alu32 = hasAlu32(target);
  const isSmall = (v: AnyValue): boolean =>
    v.op === "const" ? (v.type === "i32" ? alu32 : v.aux <= 0xffffffffn) : v.op === "undef" || zero[v.id] === 1;
  const judge = (v: AnyValue): boolean => {
    switch (v.op) {
      case "load": return v.aux.bytes < 8 && !(v.aux.signed && (v.type === "i64" || hasV4(target) || !alu32));
      case "extend":
        if (!v.aux.signed) return v.aux.from < 32 || v.type === "i64" || isSmall(v.args[0]);
        return v.type === "i32" && alu32 && v.aux.from < 32;
      case "truncate": case "ptrtoint": case "inttoptr": case "opaque": return isSmall(v.args[0]);
      case "phi": return v.type !== "ptr" && v.args.every(isSmall);
      case "compare": return true;
      case "atomic": return v.aux.bytes <= 4;
      case "and": return v.type === "i32" && alu32 || v.args.some(isSmall);
      case "or": case "xor": return v.type === "i32" && alu32 || v.args.every(isSmall);
      case "lshr":
        return v.type === "i32" && alu32 || v.args[1].op === "const" && v.args[1].aux >= 32n || isSmall(v.args[0]);
      case "add": case "sub": case "mul": case "udiv": case "urem": case "sdiv": case "srem": case "shl": case "ashr":
      case "neg":
        return v.type === "i32" && alu32;
      default: return false;
    }
  };
  const all: AnyValue[] = [];
  for (const block of fn.blocks) {
    for (const value of block.values) {
      all.push(value);
      zero[value.id] = 1;
    }
  }
  const work = all.filter((value) => !judge(value));
  for (let value = work.pop(); value !== undefined; value = work.pop()) {
    if (zero[value.id] === 0) continue;
    zero[value.id] = 0;
    for (const user of value.uses) if (zero[user.id] === 1 && !judge(user)) work.push(user);
  }
  return zero;
}

/**
 * The values of `zero` whose upper half the verifier does not know to be zero although it is, and which are read as 64
 * bits: it forgets the whole register on a division, a negation and a shift by a variable count (kernel/bpf/verifier.c:
 * is_safe_to_compute_dst_reg_range), and where pointers are subtracted in 32 bits, `ctx->data_end - ctx->data`. Such a
 * value is moved onto itself in 32 bits where it is made, so that one register still serves tests and addresses.
 */
export function findUnseenZero(fn: Function, zero: Uint8Array): ReadonlySet<AnyValue> {
  const unseen = new Set<AnyValue>();
  const reached = new Set<AnyValue>();
  const work: AnyValue[] = [];
  for (const block of fn.blocks) {
    for (const value of block.values) {
      if (value.op === "extend" && value.aux.from === 32 && !value.aux.signed) work.push(value.args[0]);
    }
  }
  for (let value = work.pop(); value !== undefined; value = work.pop()) {
    if (reached.has(value) || zero[value.id] !== 1) continue;
    reached.add(value);
    if (value.op === "phi" || value.op === "opaque") value.args.forEach((arg) => work.push(arg));
    else if (value.type === "i32" && isForgotten(value)) unseen.add(value);
  }
  return unseen;
}

function isForgotten(value: AnyValue): boolean {
  switch (value.op) {
    case "udiv": case "urem": case "sdiv": case "srem": case "neg": return true;
    case "shl": case "lshr": case "ashr": return value.args[1].op !== "const";
    case "sub": return value.args.every(isContextField);
    default: return false;
  }
}
