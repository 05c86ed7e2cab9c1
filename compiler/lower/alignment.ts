/**
 * What the source says of alignment: of the object that an expression names, and of what a pointer expression points
 * to.
 *
 * A member's alignment is what its record's and its offset leave, so that packed records come out right; it lives on
 * through `&`, the decay of arrays and pointer arithmetic. A pointer that was loaded, or cast, is taken to be aligned
 * as its type asks (C11 6.3.2.3p7). Nothing is evaluated here.
 */
import type { Expression } from "../ast/program.ts";
import { isVoid, pointee } from "../types/basic.ts";
import { canonical } from "../types/ctype.ts";
import { alignOf } from "../types/layout.ts";

/** The alignment that is left at an offset from an aligned address. */
export function alignAt(align: number, bytes: number): number {
  return bytes === 0 ? align : Math.min(align, bytes & -bytes);
}

/** Alignment of what a pointer or a decayed array points to; 1 for `void *` and functions. */
export function alignBehind(pointer: Expression): number {
  switch (pointer.kind) {
    case "decay": case "addressOf":
      return alignOfPlace(pointer.lvalue);
    case "pointerAdd": {
      const base = alignBehind(pointer.pointer);
      const { index, elementSize } = pointer;
      if (index.kind !== "integer") return alignAt(base, elementSize);
      return alignAt(base, Number(BigInt.asIntN(31, index.value * BigInt(elementSize))));
    }
    case "comma":
      return alignBehind(pointer.right);
    default: {
      const target = pointee(pointer.type);
      return isVoid(target) || canonical(target).kind === "function" ? 1 : alignOf(target);
    }
  }
}

/** Alignment of the object that an lvalue names. */
export function alignOfPlace(e: Expression): number {
  switch (e.kind) {
    case "variable": case "compoundLiteral":
      return Math.max(alignOf(e.variable.type), e.variable.attributes.align);
    case "string":
      return e.literal.elementSize;
    case "member":
      return e.member.bitField === undefined ? alignAt(alignOfPlace(e.base), e.member.offset) : 1;
    case "dereference":
      return alignBehind(e.pointer);
    case "builtin":
      return e.name === "preserveAccessIndex" ? alignOfPlace(e.arguments[0]) : alignOf(e.type);
    case "functionName":
      return 1;
    default:
      return alignOf(e.type);
  }
}
