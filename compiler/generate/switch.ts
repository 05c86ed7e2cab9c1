/**
 * A switch as tests of its value.
 *
 * Cases become sorted ranges of unsigned numbers, neighbours with one target joined. Few ranges are tested one after
 * the other; many are halved by one comparison first. The value itself is compared, never its distance from the lowest
 * case: the verifier would learn nothing from that about the value (see the design's rules for the verifier).
 */
import type { Condition, Operand } from "../../assembler/isa/instruction.ts";
import { imm, reg } from "../../assembler/isa/instruction.ts";
import type { Block, Value } from "../ir/module.ts";
import { makeTest } from "./condition.ts";
import type { MachineBlock, MachineEnd } from "./machine.ts";
import type { Selector } from "./selector.ts";
import { constantRegister, finishBlock, register, widthOf } from "./selector.ts";

interface Range { readonly low: bigint; readonly high: bigint; readonly target: MachineBlock }

/** How many ranges are tested in a row: when speed counts, and when size does. */
const chainLength = 8;
const smallChainLength = 32;

/**
 * The end of the block that switches; further blocks for the tests are made.
 * @param to the machine block behind the edge to a target.
 */
export function selectSwitch(
  s: Selector, end: Value<"switch">, to: (target: Block) => MachineBlock, small: boolean,
): MachineEnd {
  const value = end.args[0];
  const bits = value.type === "i32" ? 32 : 64;
  const width = widthOf(s, value);
  const max = (1n << BigInt(bits)) - 1n;
  const otherwise = to(end.aux.default);
  const ranges = sortRanges(end, bits, max, otherwise, to);
  if (ranges.length === 0) return { kind: "jump", target: otherwise, loc: end.loc };
  const left = register(s, value);
  const longest = small ? smallChainLength : chainLength;

  const constant = (number: bigint): Operand => {
    const signed = BigInt.asIntN(bits, number);
    return signed >= -0x80000000n && signed <= 0x7fffffffn ? imm(Number(signed)) : reg(constantRegister(s, signed));
  };
  const test = (cond: Condition, number: bigint, then: MachineBlock, no: MachineBlock): MachineEnd => {
    const made = makeTest(s, cond, width, left, constant(number));
    return {
      kind: "branch", cond: made.cond, width, left: made.left, right: made.right, then: made.negated ? no : then,
      else: made.negated ? then : no, likely: undefined, usual: undefined, loc: end.loc,
    };
  };
  /** A block for what `make` returns, with the constants that it needs. */
  const block = (make: () => MachineEnd): MachineBlock => {
    const outer = { chunks: s.chunks, chunk: s.chunk, pool: s.pool };
    s.chunks = [];
    s.chunk = [];
    s.pool = new Map();
    const made: MachineBlock = { id: s.fn.blocks.length, code: [], end: { kind: "jump", target: otherwise, loc: end.loc },
      depth: 0 };
    s.fn.blocks.push(made);
    made.end = make();
    made.code = finishBlock(s);
    s.chunks = outer.chunks;
    s.chunk = outer.chunk;
    s.pool = outer.pool;
    return made;
  };
  const orElse = (from: number, until: number, low: bigint, high: bigint): MachineBlock =>
    from === until ? otherwise : block(() => search(from, until, low, high));
  /** Decides among ranges[from .. until-1], the value being known to lie in low .. high. */
  const search = (from: number, until: number, low: bigint, high: bigint): MachineEnd => {
    if (until - from > longest) {
      const middle = (from + until) >> 1;
      const pivot = (ranges[middle] as Range).low;
      const upper = orElse(middle, until, pivot, high);
      const lower = orElse(from, middle, low, pivot - 1n);
      return test("ge", pivot, upper, lower);
    }
    const range = ranges[from] as Range;
    const next = range.low === low ? range.high + 1n : low;
    const rest = (): MachineBlock => orElse(from + 1, until, next, high);
    if (range.low === low && range.high === high) return { kind: "jump", target: range.target, loc: end.loc };
    if (range.low === range.high) return test("eq", range.low, range.target, rest());
    if (range.low === low) return test("le", range.high, range.target, rest());
    if (range.high === high) return test("ge", range.low, range.target, rest());
    const others = rest();
    const inside = block(() => test("le", range.high, range.target, others));
    return test("ge", range.low, inside, others);
  };
  return search(0, ranges.length, 0n, max);
}

function sortRanges(
  end: Value<"switch">, bits: number, max: bigint, otherwise: MachineBlock, to: (target: Block) => MachineBlock,
): Range[] {
  const ranges: Range[] = [];
  for (const { low, high, target } of end.aux.cases) {
    const machine = to(target);
    if (machine === otherwise) continue;
    const [from, until] = [BigInt.asUintN(bits, low), BigInt.asUintN(bits, high)];
    if (from <= until) ranges.push({ low: from, high: until, target: machine });
    else ranges.push({ low: from, high: max, target: machine }, { low: 0n, high: until, target: machine });
  }
  ranges.sort((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0));
  const joined: Range[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && last.target === range.target && last.high + 1n === range.low) {
      joined[joined.length - 1] = { ...last, high: range.high };
    } else joined.push(range);
  }
  return joined;
}
