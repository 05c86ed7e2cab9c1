/**
 * Which bits of an integer may be set, as the kernel's verifier knows it.
 *
 * `possibleBits` only uses what the verifier's tnum and range tracking proves along any path (kernel/bpf/verifier.c:
 * coerce_reg_to_size after narrow loads, tnum_and/or/lshift/rshift): constants, narrow loads, masks, shifts by
 * constants, zero-extension. Multiplication, division and sums tell it little, so they tell us nothing. What is proven
 * so may be dropped from the source's masks (a mask dropped by better knowledge than the verifier's makes it refuse the
 * program).
 *
 * `provenBits` knows more (byte swaps, comparisons, remainders): true of the machine, not known to the verifier. It
 * serves where a value meets no address, size or loop bound: see `VerifierRelevance`.
 */
import type { AnyValue, Function } from "./module.ts";
import { cyclicBlocks } from "./cycles.ts";
import { bitsOf } from "./evaluate.ts";

const depthLimit = 6;

export function allBits(value: AnyValue): bigint {
  return bitsOf(value.type) === 32 ? 0xffffffffn : 0xffffffffffffffffn;
}

export function possibleBits(value: AnyValue): bigint {
  return bits(value, false, depthLimit);
}

export function provenBits(value: AnyValue): bigint {
  return bits(value, true, depthLimit);
}

/** All bits up to the highest that is set. */
function below(mask: bigint): bigint {
  return mask === 0n ? 0n : (1n << BigInt(mask.toString(2).length)) - 1n;
}

function bits(value: AnyValue, more: boolean, depth: number): bigint {
  const all = allBits(value);
  if (value.op === "const") return value.aux;
  if (depth === 0) return all;
  const arg = (i: number): bigint => bits(value.args[i], more, depth - 1);
  const count = (): number | undefined => {
    const by = value.args[1];
    return by.op === "const" && by.aux < BigInt(bitsOf(value.type)) ? Number(by.aux) : undefined;
  };
  switch (value.op) {
    case "load": return value.aux.signed ? all : (1n << BigInt(value.aux.bytes * 8)) - 1n;
    case "atomic": return (1n << BigInt(value.aux.bytes * 8)) - 1n;
    case "and": return arg(0) & arg(1);
    case "or": case "xor": return arg(0) | arg(1);
    case "shl": {
      const by = count();
      return by === undefined ? all : (arg(0) << BigInt(by)) & all;
    }
    case "lshr": {
      const by = count();
      return by === undefined ? all : arg(0) >> BigInt(by);
    }
    case "extend": {
      const inner = arg(0);
      const low = (1n << BigInt(value.aux.from)) - 1n;
      if (!value.aux.signed) return inner & low;
      return (inner >> BigInt(value.aux.from - 1)) & 1n ? all : inner & low;
    }
    case "truncate": return arg(0) & all;
    case "compare": case "fcompare": return 1n;
    case "bswap": return more ? (1n << BigInt(value.aux)) - 1n : all;
    case "urem": {
      const by = value.args[1];
      return more && by.op === "const" && by.aux > 0n ? below(by.aux - 1n) : all;
    }
    case "udiv": return more ? below(arg(0)) : all;
    case "add": return more ? below(arg(0) + arg(1)) & all : all;
    case "mul": return more ? below(arg(0) * arg(1)) & all : all;
    case "phi": {
      if (!more) return all;
      let union = 0n;
      for (let i = 0; i < value.args.length; i++) union |= bits(value.args[i], more, Math.min(depth - 1, 2));
      return union;
    }
    case "skbload": return (1n << BigInt(value.aux * 8)) - 1n;
    default: return all;
  }
}

/**
 * The integers whose range the verifier may need: what flows, through arithmetic and phis, into a pointer's offset, a
 * call's argument, the size of a block operation, memory (it may come back from there), or the condition of a loop
 * exit.
 */
export class VerifierRelevance {
  private readonly relevant = new Set<AnyValue>();

  constructor(fn: Function) {
    const work: AnyValue[] = [];
    const mark = (value: AnyValue): void => {
      if (this.relevant.has(value)) return;
      this.relevant.add(value);
      work.push(value);
    };
    const cyclic = cyclicBlocks(fn);
    for (const block of fn.blocks) {
      if (cyclic.has(block)) {
        const end = block.values.at(-1);
        if (end?.op === "branch" || end?.op === "switch") end.args.forEach(mark);
      }
      for (const value of block.values) {
        switch (value.op) {
          case "ptradd": mark(value.args[1]); break;
          case "call": case "asm": case "store": case "memvar": case "inttoptr": case "return": case "atomic":
            value.args.forEach(mark);
            break;
          default: break;
        }
      }
    }
    for (let value = work.pop(); value !== undefined; value = work.pop()) {
      if (value.op === "load" || value.op === "call") continue;
      value.args.forEach(mark);
    }
  }

  has(value: AnyValue): boolean {
    return this.relevant.has(value);
  }
}
