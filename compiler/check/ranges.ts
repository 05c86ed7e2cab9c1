/**
 * What values an integer expression may have, by its form: how many bits it needs, and whether it can be negative.
 *
 * This is what the warnings about conversions and comparisons go by: `x & 0xff` fits in a byte whatever the type of `x` is. The rules
 * are those that clang documents by its behaviour: a sum is taken to be as wide as its wider operand, since `c + 1` is meant to
 * stay a char.
 */
import type { Expression } from "../ast/program.ts";
import { integerOf } from "../types/basic.ts";
import type { CType } from "../types/ctype.ts";
import { truth } from "./build.ts";

export interface Range {
  /** Bits, with the sign's when it can be negative. */
  readonly width: number;
  readonly nonNegative: boolean;
}

/** Expressions that are deeper than this are taken by their type. */
const depthLimit = 40;

export function rangeOfType(type: CType): Range {
  const info = integerOf(type);
  return info === undefined ? { width: 64, nonNegative: false } : { width: info.width, nonNegative: !info.signed };
}

export function rangeOfValue(value: bigint): Range {
  if (value >= 0n) return { width: value.toString(2).length - (value === 0n ? 1 : 0), nonNegative: true };
  return { width: (-value - 1n).toString(2).length + (value === -1n ? 0 : 1), nonNegative: false };
}

/** The bit-field that a value was read from or is about to be stored in; it decides the promotion. */
export function bitFieldWidth(e: Expression): number | undefined {
  let at = e;
  for (;;) {
    switch (at.kind) {
      case "load":
      case "assign":
      case "compoundAssign":
        at = at.lvalue;
        break;
      case "increment":
        // What a postfix operator gives is no field any more.
        if (!at.prefix) return undefined;
        at = at.lvalue;
        break;
      case "comma":
        at = at.right;
        break;
      case "member":
        return at.member.bitField?.width;
      default:
        return undefined;
    }
  }
}

/** The range of a value, in at most `limit` bits. */
export function rangeOf(e: Expression, limit = 128, depth = 0): Range {
  const bounded = (range: Range): Range => (range.width <= limit ? range : { ...range, width: limit });
  if (e.kind === "integer") return bounded(rangeOfValue(e.value));
  const byType = rangeOfType(e.type);
  if (depth > depthLimit) return byType;
  const inner = (operand: Expression, width = limit): Range => rangeOf(operand, width, depth + 1);
  switch (e.kind) {
    case "cast": {
      if (!e.implicit || integerOf(e.operand.type) === undefined) return byType;
      const from = inner(e.operand, Math.min(limit, byType.width));
      if (from.width >= byType.width) return byType;
      return { width: from.width, nonNegative: from.nonNegative || byType.nonNegative };
    }
    case "conditional": {
      const known = truth(e.condition);
      const then = e.then ?? e.condition;
      if (known !== undefined) return inner(known ? then : e.else);
      return join(inner(then), inner(e.else));
    }
    case "compare":
    case "logical":
      return { width: 1, nonNegative: true };
    case "assign":
      return inner(e.value);
    case "comma":
      return inner(e.right);
    case "unary":
      return e.operator === "logicalNot" ? { width: 1, nonNegative: true } : inner(e.operand);
    case "binary":
      return bounded(binary(e, byType, inner));
    case "load": {
      const width = bitFieldWidth(e);
      return width === undefined ? byType : { width, nonNegative: byType.nonNegative };
    }
    default:
      return byType;
  }
}

function binary(
  e: Extract<Expression, { kind: "binary" }>, byType: Range, inner: (operand: Expression, width?: number) => Range,
): Range {
  switch (e.operator) {
    case "and": {
      const a = inner(e.left);
      const b = inner(e.right);
      const width = Math.min(a.nonNegative ? a.width : 128, b.nonNegative ? b.width : 128);
      if (width === 128) return { width: Math.max(a.width, b.width), nonNegative: false };
      return { width: Math.min(width, Math.max(a.width, b.width)), nonNegative: true };
    }
    case "shiftLeft":
      // One bit moved up is a mask.
      return e.left.kind === "integer" && e.left.value === 1n ? { width: byType.width, nonNegative: true } : byType;
    case "shiftRight": {
      const a = inner(e.left);
      return e.right.kind === "integer" ? shrink(a, Number(e.right.value)) : a;
    }
    case "divide": {
      const a = inner(e.left, byType.width);
      if (e.right.kind === "integer" && e.right.value > 0n) return shrink(a, e.right.value.toString(2).length - 1);
      return { width: a.width, nonNegative: a.nonNegative && inner(e.right, byType.width).nonNegative };
    }
    case "remainder": {
      const a = inner(e.left, byType.width);
      const b = inner(e.right, byType.width);
      return { width: Math.min(a.width, b.width), nonNegative: a.nonNegative || byType.nonNegative };
    }
    case "add":
    case "subtract":
    case "multiply":
    case "or":
    case "xor": {
      const both = join(inner(e.left, byType.width), inner(e.right, byType.width));
      return { width: both.width, nonNegative: both.nonNegative || byType.nonNegative };
    }
  }
}

function shrink(range: Range, bits: number): Range {
  const least = range.nonNegative ? 0 : 1;
  return { width: bits >= range.width ? least : range.width - Math.max(bits, 0), nonNegative: range.nonNegative };
}

function join(a: Range, b: Range): Range {
  const nonNegative = a.nonNegative && b.nonNegative;
  const bits = (range: Range): number => (range.nonNegative ? range.width : range.width - 1);
  return { width: Math.max(bits(a), bits(b)) + (nonNegative ? 0 : 1), nonNegative };
}
