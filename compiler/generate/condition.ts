/**
 * Comparisons: IR predicates as conditions of BPF jumps, and comparisons whose result is a value.
 *
 * BPF compares only by jumping. v1 has no "less" jumps, so an operand order or the opposite is taken there. A
 * comparison whose result is wanted in a register is computed without a jump where both sides are known to be below
 * 2^32: the sign of a 64-bit difference is the answer (each jump would be a path for the verifier to walk). Otherwise
 * it is a `keep`: the register is set, and set again unless the condition holds.
 */
import type { Condition, Operand, Width } from "../../assembler/isa/instruction.ts";
import { alu, imm, mov, opposite, reg } from "../../assembler/isa/instruction.ts";
import type { AnyValue, Value } from "../ir/module.ts";
import type { Predicate } from "../ir/ops.ts";
import { hasJmpExt } from "../source/options.ts";
import type { Reg } from "./machine.ts";
import type { Selector } from "./selector.ts";
import { copy, emit, emitPseudo, immediate, makeConstant, operand, register, widthOf } from "./selector.ts";

const conditions: Readonly<Record<Predicate, Condition>> = {
  eq: "eq", ne: "ne", ult: "lt", ule: "le", ugt: "gt", uge: "ge", slt: "slt", sle: "sle", sgt: "sgt", sge: "sge",
};

const swapped: Readonly<Record<Condition, Condition>> = {
  eq: "eq", ne: "ne", lt: "gt", le: "ge", gt: "lt", ge: "le", slt: "sgt", sle: "sge", sgt: "slt", sge: "sle", set: "set",
};

/** A test as a jump can make it; `negated`: it holds exactly when the one asked for does not. */
export interface Test {
  readonly cond: Condition;
  readonly width: Width;
  readonly left: Reg;
  readonly right: Operand;
  readonly negated: boolean;
}

/** Does the CPU level have the jump? */
export function hasCondition(hasLess: boolean, cond: Condition): boolean {
  return hasLess || (cond !== "lt" && cond !== "le" && cond !== "slt" && cond !== "sle");
}

/** The test of a condition, in a form that the CPU level has. */
export function makeTest(s: Selector, cond: Condition, width: Width, left: Reg, right: Operand): Test {
  if (hasCondition(hasJmpExt(s.target), cond)) return { cond, width, left, right, negated: false };
  if (right.kind === "reg") return { cond: swapped[cond], width, left: right.reg, right: reg(left), negated: false };
  return { cond: opposite(cond) ?? cond, width, left, right, negated: true };
}

/** Both sides in order for a jump: a constant stands right. */
function sides(value: Value<"compare">): { predicate: Condition; left: AnyValue; right: AnyValue } {
  const [left, right] = value.args as [AnyValue, AnyValue];
  const predicate = conditions[value.aux];
  return left.op === "const" && right.op !== "const"
    ? { predicate: swapped[predicate], left: right, right: left }
    : { predicate, left, right };
}

/**
 * The test that decides a branch on `value`: that of a comparison itself, a test of bits for the comparison of a masked
 * value with 0, else a test against 0.
 */
export function branchTest(s: Selector, value: AnyValue): Test {
  if (value.op === "compare") {
    const { predicate, left, right } = sides(value);
    if ((predicate === "eq" || predicate === "ne") && right.op === "const" && right.aux === 0n) {
      const bits = bitTest(s, left);
      if (bits !== undefined) return { ...bits, negated: predicate === "eq" };
    }
    const width = widthOf(s, left);
    return makeTest(s, predicate, width, register(s, left), operand(s, right, width));
  }
  const bits = bitTest(s, value);
  if (bits !== undefined) return bits;
  return { cond: "ne", width: widthOf(s, value), left: register(s, value), right: imm(0), negated: false };
}

/** `value` as `a & b` that nobody else needs: then jset tests it. */
function bitTest(s: Selector, value: AnyValue): Test | undefined {
  if (value.op !== "and" || value.uses.length !== 1) return undefined;
  const width = widthOf(s, value);
  const [a, b] = value.args as [AnyValue, AnyValue];
  const [left, right] = a.op === "const" ? [b, a] : [a, b];
  return { cond: "set", width, left: register(s, left), right: operand(s, right, width), negated: false };
}

/** Are all bits of the value's register above the lowest 32 zero? */
export function isSmall(s: Selector, value: AnyValue): boolean {
  if (value.op === "const") return value.type === "i32" ? widthOf(s, value) === 32 : value.aux <= 0xffffffffn;
  return s.upperZero[value.id] === 1;
}

/** A comparison as a value, 0 or 1, in `dst`. */
export function selectCompare(s: Selector, value: Value<"compare">, dst: Reg): void {
  const { predicate, left, right } = sides(value);
  if (left.type !== "ptr" && isSmall(s, left) && isSmall(s, right) && arithmeticCompare(s, predicate, left, right, dst)) {
    return;
  }
  const width = widthOf(s, left);
  if (predicate === "slt" && right.op === "const" && right.aux === 0n) {
    copy(s, dst, register(s, left));
    emit(s, alu("rsh", width, dst, imm(width - 1)));
    return;
  }
  const test = makeTest(s, predicate, width, register(s, left), operand(s, right, width));
  emit(s, makeConstant(s, dst, test.negated ? 0n : 1n));
  emitPseudo(s, {
    op: "keep", cond: test.cond, width, left: test.left, right: test.right, dst, value: test.negated ? 1 : 0, loc: s.loc,
  });
}

/** Sides below 2^32: the answer is the sign of a 64-bit difference. False for predicates that it does not answer. */
function arithmeticCompare(s: Selector, predicate: Condition, left: AnyValue, right: AnyValue, dst: Reg): boolean {
  // a < b: (a - b) >> 63. A constant that is no immediate as 64-bit number would cost a register: not worth it.
  const constant = immediate(right, 64);
  if (right.op === "const" && constant === undefined) return false;
  switch (predicate) {
    case "lt":
      difference(s, dst, left, right, 0);
      break;
    case "le":
      difference(s, dst, left, right, -1);
      break;
    case "gt":
      difference(s, dst, right, left, 0);
      break;
    case "ge":
      difference(s, dst, right, left, -1);
      break;
    case "eq": case "ne": {
      if (constant !== 0) {
        copy(s, dst, register(s, left));
        emit(s, alu("xor", 64, dst, constant === undefined ? reg(register(s, right)) : imm(constant)));
      } else copy(s, dst, register(s, left));
      // The difference is in 0 .. 2^32-1: 0 - 1 is negative, and so is minus anything but 0.
      if (predicate === "eq") emit(s, alu("add", 64, dst, imm(-1)));
      else emit(s, { op: "neg", width: 64, dst });
      break;
    }
    default:
      return false;
  }
  emit(s, alu("rsh", 64, dst, imm(63)));
  return true;
}

/** dst = a - b + bias, of which only the sign matters. */
function difference(s: Selector, dst: Reg, a: AnyValue, b: AnyValue, bias: number): void {
  const subtrahend = immediate(b, 64);
  const minuend = immediate(a, 64);
  if (subtrahend !== undefined && subtrahend > -0x7fffffff) {
    copy(s, dst, register(s, a));
    emit(s, alu("add", 64, dst, imm(bias - subtrahend)));
    return;
  }
  if (minuend !== undefined) emit(s, mov(64, dst, imm(minuend + bias)));
  else copy(s, dst, register(s, a));
  emit(s, alu("sub", 64, dst, reg(register(s, b))));
  if (minuend === undefined && bias !== 0) emit(s, alu("add", 64, dst, imm(bias)));
}
