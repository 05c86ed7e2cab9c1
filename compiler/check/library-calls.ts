/**
 * Calls of library functions whose arguments the checker knows: results of those on literals, and copies of literals,
 * which need no function that BPF has not.
 */
import type { Expression } from "../ast/program.ts";
import type { Loc } from "../source/source-map.ts";
import { charType, unsignedLongType } from "../types/basic.ts";
import type { CType } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { cast, integer } from "./build.ts";
import { builtin } from "./builtin-calls.ts";
import { evaluate, evaluateInteger } from "./constants.ts";
import type { Checker } from "./context.ts";

/** String functions of literals, as clang folds them. */
export function foldLibrary(c: Checker, symbol: string, values: readonly Expression[]): bigint | undefined {
  if (symbol === "strlen") {
    const text = literalText(c, values[0]);
    return text === undefined ? undefined : BigInt(text.length);
  }
  if (symbol === "strcmp" || symbol === "strncmp") {
    const a = literalText(c, values[0]);
    const b = literalText(c, values[1]);
    if (a === undefined || b === undefined) return undefined;
    const limit = symbol === "strcmp" ? undefined : values[2] === undefined ? undefined : evaluateInteger(c, values[2]);
    if (symbol === "strncmp" && limit === undefined) return undefined;
    const [x, y] = limit === undefined ? [a, b] : [a.slice(0, Number(limit)), b.slice(0, Number(limit))];
    const length = Math.max(x.length, y.length);
    for (let i = 0; i < length; i++) {
      const difference = (x[i] ?? 0) - (y[i] ?? 0);
      if (difference !== 0) return difference < 0 ? -1n : 1n;
    }
    return 0n;
  }
  if (symbol === "abs" || symbol === "labs" || symbol === "llabs") {
    const value = values[0] === undefined ? undefined : evaluateInteger(c, values[0]);
    return value === undefined ? undefined : value < 0n ? -value : value;
  }
  return undefined;
}

/** The bytes of a string literal from where a constant pointer points, up to its terminator. */
function literalText(c: Checker, e: Expression | undefined): Uint8Array | undefined {
  const address = e === undefined ? undefined : evaluate(c, e);
  if (address?.kind !== "address" || address.base.kind !== "string" || address.base.elementSize !== 1) return undefined;
  const { bytes } = address.base;
  if (address.addend < 0n || address.addend >= BigInt(bytes.length)) return undefined;
  const start = Number(address.addend);
  const end = bytes.indexOf(0, start);
  return end < 0 ? undefined : bytes.slice(start, end);
}

/** A function that copies a literal from a known number of bytes on, as a `memcpy` of as many. */
export function copyLiteral(
  c: Checker, symbol: string, values: readonly Expression[], result: CType, loc: Loc,
): Expression | undefined {
  const [to, from, limit] = values;
  if (to === undefined || from === undefined) return undefined;
  const count = limit === undefined ? undefined : evaluateInteger(c, limit);
  const copy = (bytes: bigint): Expression => builtin("memcpy", [to, from, integer(bytes, unsignedLongType, loc)], result, loc);
  const behind = (bytes: bigint, steps: bigint): Expression => cast({
    kind: "pointerAdd", pointer: copy(bytes), index: integer(steps, unsignedLongType, loc), elementSize: sizeOf(charType),
    subtract: false, type: result, loc,
  }, result, loc);
  if (symbol === "mempcpy") return count === undefined ? undefined : behind(count, count);
  const text = literalText(c, from);
  if (text === undefined) return undefined;
  const length = BigInt(text.length);
  switch (symbol) {
    case "strcpy": return copy(length + 1n);
    case "stpcpy": return behind(length + 1n, length);
    // What is longer is padded with zeros, which the literal has not.
    case "strncpy": return count !== undefined && count <= length + 1n ? copy(count) : undefined;
    default: return undefined;
  }
}
