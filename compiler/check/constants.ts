/**
 * The constant evaluator: a checked expression -> the value that it has in every run, or nothing.
 *
 * A constant is an integer, a floating value, or an address: a symbol plus an addend (C11 6.6). It follows clang in reading
 * const-qualified objects whose initialiser is constant. Long chains of binary operators lean to the left and can be very
 * deep: the evaluator goes down the first operands in a loop, and combines on the way back.
 */
import type { AddressConstant, Expression, Label, StringLiteral, Variable } from "../ast/program.ts";
import { integerOf, isBool, isFloat, isVolatile, unqualified } from "../types/basic.ts";
import { floatToInteger, integerToFloat, roundFloat, wrapInteger } from "../types/convert.ts";
import { canonical } from "../types/ctype.ts";
import type { CType } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { compareValues, foldFloat, type Folded, foldInteger } from "./build.ts";
import type { Checker } from "./context.ts";

export type Constant =
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "address"; readonly base: AddressConstant["base"]; readonly addend: bigint;
      /** `&&a - &&b`: the label that is taken off. */
      readonly minus: Label | undefined };

function integerConstant(value: bigint): Constant {
  return { kind: "integer", value };
}

function addressConstant(base: AddressConstant["base"], addend: bigint): Constant {
  return { kind: "address", base, addend, minus: undefined };
}

/** The value of an rvalue; undefined when it is no constant. */
export function evaluate(c: Checker, expression: Expression): Constant | undefined {
  const spine: Expression[] = [];
  let e = expression;
  for (;;) {
    const next = firstOperand(e);
    if (next === undefined) break;
    spine.push(e);
    e = next;
  }
  let value = evaluateLeaf(c, e);
  for (let i = spine.length - 1; i >= 0; i--) {
    const node = spine[i];
    if (value === undefined || node === undefined) return undefined;
    value = combine(c, node, value);
  }
  return value;
}

/** The integer that an expression must have, as for an array bound. */
export function evaluateInteger(c: Checker, expression: Expression): bigint | undefined {
  const value = evaluate(c, expression);
  return value?.kind === "integer" ? value.value : undefined;
}

/** The operand that is evaluated first and must be constant. */
function firstOperand(e: Expression): Expression | undefined {
  switch (e.kind) {
    case "cast":
    case "unary":
      return e.operand;
    case "binary":
    case "compare":
    case "logical":
    case "pointerDifference":
    case "comma":
      return e.left;
    case "pointerAdd":
      return e.pointer;
    case "conditional":
      return e.condition;
    default:
      return undefined;
  }
}

function evaluateLeaf(c: Checker, e: Expression): Constant | undefined {
  switch (e.kind) {
    case "integer":
      return canonical(e.type).kind === "error" ? undefined : integerConstant(e.value);
    case "float":
      return { kind: "float", value: e.value };
    case "labelAddress":
      return addressConstant(e.label, 0n);
    case "addressOf":
    case "decay":
      return addressOfLvalue(c, e.lvalue);
    case "load":
      return readConstant(c, e.lvalue);
    case "builtin":
      if (e.name === "expect" && e.arguments[0] !== undefined) return evaluate(c, e.arguments[0]);
      return e.name === "constantP" ? integerConstant(0n) : undefined;
    case "compoundLiteral": {
      const item = e.initializer?.items[0];
      return item !== undefined && item.offset === 0 ? evaluate(c, item.value) : undefined;
    }
    default:
      return undefined;
  }
}

function combine(c: Checker, e: Expression, first: Constant): Constant | undefined {
  switch (e.kind) {
    case "cast":
      return convertConstant(first, e.type);
    case "unary":
      return foldUnary(e.operator, first, e.type);
    case "binary": {
      const right = evaluate(c, e.right);
      if (right === undefined) return undefined;
      return foldBinary(e, first, right);
    }
    case "compare": {
      const right = evaluate(c, e.right);
      return right === undefined ? undefined : foldCompare(e, first, right);
    }
    case "logical": {
      const left = isTrue(first);
      if (left === undefined) return undefined;
      if (left !== (e.operator === "&&")) return integerConstant(left ? 1n : 0n);
      const right = evaluate(c, e.right);
      const known = right === undefined ? undefined : isTrue(right);
      return known === undefined ? undefined : integerConstant(known ? 1n : 0n);
    }
    case "pointerAdd": {
      const index = evaluate(c, e.index);
      if (index?.kind !== "integer") return undefined;
      const bytes = index.value * BigInt(e.elementSize) * (e.subtract ? -1n : 1n);
      if (first.kind === "integer") return integerConstant(BigInt.asUintN(64, first.value + bytes));
      return first.kind === "address" ? { ...first, addend: first.addend + bytes } : undefined;
    }
    case "pointerDifference": {
      const right = evaluate(c, e.right);
      const bytes = right === undefined ? undefined : difference(first, right);
      if (bytes === undefined) return undefined;
      if (bytes.kind === "address") return e.elementSize === 1 ? bytes : undefined;
      return integerConstant(bytes.kind === "integer" ? bytes.value / BigInt(Math.max(1, e.elementSize)) : 0n);
    }
    case "comma":
      return evaluate(c, e.right);
    case "conditional": {
      const condition = isTrue(first);
      if (condition === undefined) return undefined;
      if (!condition) return evaluate(c, e.else);
      return e.then === undefined ? convertConstant(first, e.type) : evaluate(c, e.then);
    }
    default:
      return undefined;
  }
}

function isTrue(value: Constant): boolean | undefined {
  if (value.kind === "address") {
    const weak = (value.base.kind === "function" || value.base.kind === "variable") && value.base.attributes.weak;
    return weak ? undefined : true;
  }
  return value.kind === "integer" ? value.value !== 0n : value.value !== 0;
}

/** A constant converted to a type; an address survives only where all its 64 bits do. */
export function convertConstant(value: Constant, type: CType): Constant | undefined {
  const to = canonical(type);
  if (to.kind === "error" || to.kind === "void") return undefined;
  if (to.kind === "float") {
    if (value.kind === "address") return undefined;
    const number = value.kind === "float" ? roundFloat(value.value, to) : integerToFloat(value.value, to);
    return { kind: "float", value: number };
  }
  if (value.kind === "float") return integerConstant(floatToInteger(value.value, type));
  if (value.kind === "integer") return integerConstant(wrapInteger(value.value, type));
  if (isBool(type)) {
    const known = isTrue(value);
    return known === undefined ? undefined : integerConstant(known ? 1n : 0n);
  }
  if (value.minus !== undefined) return sizeOf(type) >= 4 ? value : undefined;
  return sizeOf(type) >= 8 ? value : undefined;
}

function foldUnary(operator: "negate" | "complement" | "logicalNot", value: Constant, type: CType): Constant | undefined {
  if (operator === "logicalNot") {
    const known = isTrue(value);
    return known === undefined ? undefined : integerConstant(known ? 0n : 1n);
  }
  if (value.kind === "float") return operator === "negate" ? { kind: "float", value: -value.value } : undefined;
  if (value.kind !== "integer") return undefined;
  return integerConstant(wrapInteger(operator === "negate" ? -value.value : ~value.value, type));
}

function foldBinary(e: Extract<Expression, { kind: "binary" }>, left: Constant, right: Constant): Constant | undefined {
  if (left.kind === "integer" && right.kind === "integer") {
    const isShift = e.operator === "shiftLeft" || e.operator === "shiftRight";
    const folded = isShift ? foldShift(e.operator, left.value, right.value, e.type)
      : foldInteger(e.operator, left.value, right.value, e.type);
    return folded === undefined ? undefined : integerConstant(folded.value);
  }
  if (left.kind === "float" && right.kind === "float" && isFloat(e.type)) {
    const [a, b] = [left.value, right.value];
    const value = foldFloat(e.operator, a, b);
    const to = canonical(e.type);
    return value === undefined || to.kind !== "float" ? undefined : { kind: "float", value: roundFloat(value, to) };
  }
  // Addresses that were cast to integers: only a constant may be added, and like addresses subtracted.
  if (e.operator === "add") {
    if (left.kind === "address" && right.kind === "integer") return { ...left, addend: left.addend + right.value };
    if (right.kind === "address" && left.kind === "integer") return { ...right, addend: right.addend + left.value };
  }
  if (e.operator === "subtract") {
    if (left.kind === "address" && right.kind === "integer") return { ...left, addend: left.addend - right.value };
    return difference(left, right);
  }
  return undefined;
}

/** A shift as clang's evaluator takes it: a count out of range stops at the last bit, a negative one turns around. */
function foldShift(operator: "shiftLeft" | "shiftRight", value: bigint, count: bigint, type: CType): Folded {
  const last = BigInt((integerOf(type)?.width ?? 64) - 1);
  const turned = operator === "shiftLeft" ? "shiftRight" : "shiftLeft";
  const by = count < 0n ? -count : count;
  return foldInteger(count < 0n ? turned : operator, value, by > last ? last : by, type);
}

function difference(left: Constant, right: Constant): Constant | undefined {
  if (left.kind === "integer" && right.kind === "integer") return integerConstant(left.value - right.value);
  if (left.kind !== "address" || right.kind !== "address" || left.minus !== undefined || right.minus !== undefined) return undefined;
  if (left.base === right.base) return integerConstant(left.addend - right.addend);
  if (left.base.kind === "label" && right.base.kind === "label") {
    return { kind: "address", base: left.base, addend: left.addend - right.addend, minus: right.base };
  }
  return undefined;
}

function foldCompare(
  e: Extract<Expression, { kind: "compare" }>, left: Constant, right: Constant,
): Constant | undefined {
  if (left.kind === "integer" && right.kind === "integer") {
    return integerConstant(compareValues(e.operator, left.value, right.value) ? 1n : 0n);
  }
  if (left.kind === "float" && right.kind === "float") {
    return integerConstant(compareValues(e.operator, left.value, right.value) ? 1n : 0n);
  }
  if (left.kind === "address" && right.kind === "address" && left.base === right.base) {
    return integerConstant(compareValues(e.operator, left.addend, right.addend) ? 1n : 0n);
  }
  const equality = e.operator === "==" || e.operator === "!=";
  if (!equality) return undefined;
  const address = left.kind === "address" ? left : right;
  const other = left.kind === "address" ? right : left;
  if (address.kind !== "address" || address.minus !== undefined) return undefined;
  if (other.kind === "integer" && other.value === 0n && address.addend === 0n && isTrue(address) === true) {
    return integerConstant(e.operator === "!=" ? 1n : 0n);
  }
  return undefined;
}

/** The address of an lvalue or function designator. */
export function addressOfLvalue(c: Checker, lvalue: Expression): Constant | undefined {
  switch (lvalue.kind) {
    case "functionName":
      return addressConstant(lvalue.function, 0n);
    case "string":
      return addressConstant(lvalue.literal, 0n);
    case "variable":
    case "compoundLiteral":
      return lvalue.variable.storage === "static" ? addressConstant(lvalue.variable, 0n) : undefined;
    case "dereference":
      return evaluate(c, lvalue.pointer);
    case "member": {
      if (lvalue.member.bitField !== undefined) return undefined;
      const base = addressOfLvalue(c, lvalue.base);
      const offset = BigInt(lvalue.member.offset);
      if (base?.kind === "address") return { ...base, addend: base.addend + offset };
      return base?.kind === "integer" ? integerConstant(base.value + offset) : undefined;
    }
    default:
      return undefined;
  }
}

/** What a load gives: the value of a const scalar, or an element of a string literal. */
function readConstant(c: Checker, lvalue: Expression): Constant | undefined {
  if (isVolatile(lvalue.type)) return undefined;
  if (lvalue.kind === "variable") return c.constants.get(lvalue.variable);
  if (lvalue.kind === "compoundLiteral" && lvalue.variable.storage === "static") {
    const item = lvalue.initializer?.items[0];
    return item === undefined ? undefined : evaluate(c, item.value);
  }
  if (lvalue.kind !== "dereference") return undefined;
  const address = evaluate(c, lvalue.pointer);
  if (address?.kind !== "address" || address.base.kind !== "string") return undefined;
  return readString(c, address.base, address.addend, lvalue.type);
}

function readString(c: Checker, literal: StringLiteral, offset: bigint, type: CType): Constant | undefined {
  const size = literal.elementSize;
  if (sizeOf(type) !== size || offset < 0n || offset + BigInt(size) > BigInt(literal.bytes.length)) return undefined;
  let value = 0n;
  for (let i = 0; i < size; i++) {
    const at = Number(offset) + (c.options.target.endian === "big" ? i : size - 1 - i);
    value = (value << 8n) | BigInt(literal.bytes[at] ?? 0);
  }
  return integerConstant(wrapInteger(value, unqualified(type)));
}

/** Remembers the value of a const scalar, so that constants may read it. */
export function rememberConstant(c: Checker, variable: Variable, value: Constant): void {
  c.constants.set(variable, value);
}
