/**
 * `__builtin_elementwise_*` and `__builtin_reduce_*` of integers and of vectors of them. A scalar is taken as an only
 * element.
 */
import type { BuiltinName, Expression, Statement } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import {
  boolType, integerOf, isArithmetic, isError, isFloat, isSigned, pointerTo, unqualified, vectorOf,
} from "../types/basic.ts";
import { compatibleUnqualified } from "../types/compatible.ts";
import { promote, usualArithmetic } from "../types/convert.ts";
import type { CType } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { binary, cast, compare, errorExpression, integer, unary } from "./build.ts";
import { builtin, countArguments, overflowName } from "./builtin-calls.ts";
import { type Checker, error } from "./context.ts";
import { checkValue } from "./expressions.ts";
import { build, elementAt, hold, stored } from "./vectors.ts";

export function checkElementwise(c: Checker, name: string, e: Syntax.CallExpr): Expression {
  const operation = name.slice("__builtin_elementwise_".length);
  const isUnary = operation === "abs" || operation === "bitreverse";
  if (!countArguments(c, e, isUnary ? 1 : 2)) return errorExpression(e.loc);
  const values = e.arguments.map((argument) => checkValue(c, argument));
  if (values.some((value) => isError(value.type))) return errorExpression(e.loc);
  const type = commonType(c, name, values, e.loc);
  if (type === undefined) return errorExpression(e.loc);
  const element = vectorOf(type)?.element ?? type;
  const isAbsolute = operation === "abs";
  if (isAbsolute ? !isFloat(element) && !isSigned(element) : isFloat(element)) {
    const wanted = isAbsolute ? "a signed integer or floating point type" : "an integer: BPF has no floating-point instructions";
    error(c, values[0]?.loc ?? e.loc, `1st argument must be ${wanted} (was ${quoteType(values[0]?.type ?? type)})`);
    return errorExpression(e.loc);
  }
  const statements: Statement[] = [];
  const isVector = vectorOf(type) !== undefined;
  const held = values.map((value) => isVector ? hold(statements, value) : stored(statements, cast(value, type, e.loc)));
  const result = (index: number): Expression => {
    const [a, b] = held.map((operand) => elementAt(operand, index, e.loc));
    if (a === undefined) return errorExpression(e.loc);
    return b === undefined ? ofOne(operation, a, element, e.loc) : ofTwo(operation, a, b, element, statements, e.loc);
  };
  if (isVector) return build(type, statements, e.loc, result);
  const value = result(0);
  return { kind: "statement", statements, value, type: unqualified(type), loc: e.loc };
}

/** The type of the operands: one vector type, or what the usual conversions make of scalars. */
function commonType(c: Checker, name: string, values: readonly Expression[], loc: Loc): CType | undefined {
  const [first, second] = values;
  if (first === undefined) return undefined;
  const wrong = values.find((value) => !isArithmetic(value.type) && vectorOf(value.type) === undefined);
  if (wrong !== undefined) {
    const place = wrong === first ? "1st" : "2nd";
    error(c, wrong.loc, `${place} argument must be a vector, integer or floating point type (was ${quoteType(wrong.type)})`);
    return undefined;
  }
  if (second === undefined) return vectorOf(first.type) === undefined ? promote(first.type) : unqualified(first.type);
  if (vectorOf(first.type) === undefined && vectorOf(second.type) === undefined) return usualArithmetic(first.type, second.type);
  if (compatibleUnqualified(first.type, second.type)) return unqualified(first.type);
  error(c, loc, `arguments of '${name}' are of different types (${quoteType(first.type)} vs ${quoteType(second.type)})`);
  return undefined;
}

function ofOne(operation: string, a: Expression, type: CType, loc: Loc): Expression {
  if (operation === "abs") {
    if (isFloat(type)) return builtin("fabs", [a], type, loc);
    const negative = compare("<", a, integer(0n, type, loc), loc);
    return choose(negative, cast(unary("negate", cast(a, promote(type), loc), promote(type), loc), type, loc), a, type, loc);
  }
  const names: Readonly<Record<number, BuiltinName>> = {
    8: "bitreverse8", 16: "bitreverse16", 32: "bitreverse32", 64: "bitreverse64",
  };
  const name = names[integerOf(type)?.width ?? 0];
  return name === undefined ? errorExpression(loc) : builtin(name, [a], type, loc);
}

function ofTwo(
  operation: string, a: Expression, b: Expression, type: CType, statements: Statement[], loc: Loc,
): Expression {
  switch (operation) {
    case "max": return choose(compare(">", a, b, loc), a, b, type, loc);
    case "min": return choose(compare("<", a, b, loc), a, b, type, loc);
    case "add_sat": case "sub_sat": return saturated(operation === "add_sat", a, b, type, statements, loc);
    default: throw new Error(`check: no operation on elements '${operation}'`);
  }
}

/** The sum or difference, or what of the type comes nearest to it. */
function saturated(
  isSum: boolean, a: Expression, b: Expression, type: CType, statements: Statement[], loc: Loc,
): Expression {
  const { width, signed } = integerOf(type) ?? { width: 0, signed: false };
  const most = (1n << BigInt(signed ? width - 1 : width)) - 1n;
  const end = (value: bigint): Expression => integer(value, type, loc);
  const nearest = !signed ? end(isSum ? most : 0n)
    : choose(compare("<", a, end(0n), loc), end(-most - 1n), end(most), type, loc);
  const result = stored(statements, end(0n));
  const address: Expression = { kind: "addressOf", lvalue: result, type: pointerTo(type), loc };
  const name = overflowName(isSum ? "__builtin_add_overflow" : "__builtin_sub_overflow");
  const isOver = builtin(name, [a, b, address], boolType, loc);
  return choose(isOver, nearest, { kind: "load", lvalue: result, type, loc }, type, loc);
}

export function checkReduction(c: Checker, name: string, e: Syntax.CallExpr): Expression {
  const argument = e.arguments[0];
  if (!countArguments(c, e, 1) || argument === undefined) return errorExpression(e.loc);
  const vector = checkValue(c, argument);
  if (isError(vector.type)) return vector;
  const shape = vectorOf(vector.type);
  if (shape === undefined || isFloat(shape.element)) {
    error(c, vector.loc, `1st argument must be a vector of integers (was ${quoteType(vector.type)})`);
    return errorExpression(e.loc);
  }
  const type = shape.element;
  const wide = promote(type);
  const statements: Statement[] = [];
  const held = hold(statements, vector);
  const operation = name.slice("__builtin_reduce_".length);
  const combine = (a: Expression, b: Expression): Expression => {
    if (operation === "max" || operation === "min") return ofTwo(operation, a, b, type, statements, e.loc);
    const operator = operation === "mul" ? "multiply" : operation;
    if (operator !== "add" && operator !== "multiply" && operator !== "and" && operator !== "or" && operator !== "xor") {
      throw new Error(`check: no reduction '${name}'`);
    }
    return cast(binary(operator, cast(a, wide, e.loc), cast(b, wide, e.loc), wide, e.loc), type, e.loc);
  };
  let value = elementAt(held, 0, e.loc);
  for (let i = 1; i < shape.length; i++) {
    const partial = stored(statements, combine(value, elementAt(held, i, e.loc)));
    value = { kind: "load", lvalue: partial, type, loc: e.loc };
  }
  return { kind: "statement", statements, value, type, loc: e.loc };
}

function choose(condition: Expression, then: Expression, other: Expression, type: CType, loc: Loc): Expression {
  return { kind: "conditional", condition, then, else: other, type, loc };
}
