/**
 * `__builtin_object_size`: the bytes from a pointer to the end of the whole object that it points into (kinds 0 and 2)
 * or of the member or array that it names (1 and 3). Kinds 0 and 1 ask for no less than there can be, 2 and 3 for no
 * more; with nothing known they give all ones and 0.
 */
import type { Expression, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { functionOf, isPointer, pointee, recordOf, unsignedLongType } from "../types/basic.ts";
import { compatibleUnqualified } from "../types/compatible.ts";
import type { CType } from "../types/ctype.ts";
import { isComplete, sizeOf } from "../types/layout.ts";
import { errorExpression, integer, isLvalue } from "./build.ts";
import { builtin } from "./builtin-calls.ts";
import { evaluate, evaluateInteger } from "./constants.ts";
import { type Checker, error } from "./context.ts";

export function checkObjectSize(
  c: Checker, pointer: Expression | undefined, kind: Expression | undefined, e: Syntax.CallExpr,
): Expression {
  if (pointer === undefined || kind === undefined) return errorExpression(e.loc);
  const mode = evaluateInteger(c, kind);
  if (mode === undefined || mode < 0n || mode > 3n) {
    error(c, kind.loc, mode === undefined
      ? "argument to '__builtin_object_size' must be a constant integer"
      : `argument value ${mode} is outside the valid range [0, 3]`);
    return errorExpression(e.loc);
  }
  const size = knownSize(c, pointer, mode);
  return size !== undefined
    ? integer(size, unsignedLongType, e.loc)
    : builtin("objectSize", [pointer], unsignedLongType, e.loc, [mode]);
}

/** What `__builtin_object_size` gives, where it is known. */
export function knownSize(c: Checker, pointer: Expression, mode: bigint): bigint | undefined {
  let address = pointer;
  while (address.kind === "cast" && isPointer(address.operand.type)) address = address.operand;
  const ofPart = (mode & 1n) === 0n ? undefined : sizeOfPart(c, address, mode === 1n);
  return ofPart ?? (mode === 3n ? undefined : sizeOfWhole(c, address));
}

function sizeOfWhole(c: Checker, e: Expression): bigint | undefined {
  if ((e.kind === "addressOf" || e.kind === "decay") && e.lvalue.kind === "variable") {
    const isObject = functionOf(e.lvalue.type) === undefined && isLvalue(e.lvalue);
    return isObject ? BigInt(sizeOfVariable(e.lvalue.variable)) : undefined;
  }
  const address = evaluate(c, e);
  if (address?.kind !== "address") return undefined;
  const { base, addend } = address;
  const total = base.kind === "string" ? base.bytes.length : base.kind === "variable" ? sizeOfVariable(base) : undefined;
  if (total === undefined) return undefined;
  return addend < 0n || addend > BigInt(total) ? 0n : BigInt(total) - addend;
}

/** A flexible array member has the room of its initialiser. */
function sizeOfVariable(variable: Variable): number {
  return Math.max(sizeOf(variable.type), variable.initializer?.bytes.length ?? 0);
}

/**
 * Up to the end of the array whose element the pointer is, or of the one object. An array at the end of a record behind
 * a pointer may be longer than it is declared: `wary` leaves it out.
 */
function sizeOfPart(c: Checker, pointer: Expression, wary: boolean): bigint | undefined {
  let e = pointer;
  let skipped = 0n;
  for (;;) {
    if (e.kind === "cast" && isSamePointer(e.operand.type, e.type)) e = e.operand;
    else if (e.kind === "addressOf" && e.lvalue.kind === "dereference") e = e.lvalue.pointer;
    else if (e.kind === "pointerAdd") {
      const index = evaluateInteger(c, e.index);
      if (index === undefined) return undefined;
      skipped += (e.subtract ? -index : index) * BigInt(e.elementSize);
      e = e.pointer;
    } else break;
  }
  if (e.kind !== "decay" && e.kind !== "addressOf") return undefined;
  const { lvalue } = e;
  if (functionOf(lvalue.type) !== undefined || !isComplete(lvalue.type)) return undefined;
  const base = baseOf(c, lvalue);
  if (base === undefined || (lvalue.kind === "dereference" && elementOfArray(lvalue) === undefined)) return undefined;
  if (wary && base === "pointer" && e.kind === "decay" && isAtEnd(c, lvalue)) return undefined;
  const size = BigInt(lvalue.kind === "variable" ? sizeOfVariable(lvalue.variable) : sizeOf(lvalue.type));
  return skipped < 0n || skipped > size ? undefined : size - skipped;
}

function isSamePointer(a: CType, b: CType): boolean {
  return isPointer(a) && isPointer(b) && compatibleUnqualified(pointee(a), pointee(b));
}

/**
 * What an object is a part of: something declared, or what a pointer points to. Undefined when an index is not known.
 */
function baseOf(c: Checker, lvalue: Expression): "object" | "pointer" | undefined {
  switch (lvalue.kind) {
    case "variable": case "compoundLiteral": case "string":
      return "object";
    case "member":
      return baseOf(c, lvalue.base);
    case "dereference": {
      const element = elementOfArray(lvalue);
      const { pointer } = lvalue;
      if (element === undefined) {
        if (pointer.kind === "pointerAdd" && evaluateInteger(c, pointer.index) === undefined) return undefined;
        return pointer.kind === "cast" ? undefined : "pointer";
      }
      if (element.index !== undefined && evaluateInteger(c, element.index) === undefined) return undefined;
      return baseOf(c, element.array);
    }
    default:
      return undefined;
  }
}

/** `array[index]`, `*array`. */
function elementOfArray(
  lvalue: Expression,
): { readonly array: Expression; readonly index: Expression | undefined } | undefined {
  if (lvalue.kind !== "dereference") return undefined;
  const { pointer } = lvalue;
  if (pointer.kind === "decay") return { array: pointer.lvalue, index: undefined };
  return pointer.kind === "pointerAdd" && pointer.pointer.kind === "decay" && !pointer.subtract
    ? { array: pointer.pointer.lvalue, index: pointer.index } : undefined;
}

/** Does a part end where all records and arrays around it do? */
function isAtEnd(c: Checker, lvalue: Expression): boolean {
  if (lvalue.kind === "member") {
    const record = recordOf(lvalue.base.type);
    return (record?.isUnion === true || record?.members?.at(-1) === lvalue.member) && isAtEnd(c, lvalue.base);
  }
  const element = elementOfArray(lvalue);
  if (element === undefined) return true;
  const index = element.index === undefined ? 0n : evaluateInteger(c, element.index) ?? 0n;
  const last = BigInt(sizeOf(element.array.type) - sizeOf(lvalue.type));
  return index * BigInt(sizeOf(lvalue.type)) === last && isAtEnd(c, element.array);
}
