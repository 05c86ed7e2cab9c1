/**
 * Builtins of integers that are made of ordinary operations: alignment (`__builtin_is_aligned`, `align_up`,
 * `align_down`), and sums and differences with a carry (`__builtin_addc`, `subc` and their like).
 */
import type { Expression, Statement } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import {
  boolType, intType, isConst, isError, isInteger, isPointer, pointee, pointerTo, unqualified, unsignedCharType, unsignedLongType,
} from "../types/basic.ts";
import { compatible } from "../types/compatible.ts";
import { promote } from "../types/convert.ts";
import type { CType } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { addToPointer, dereference } from "./access.ts";
import { checkAlignment } from "./attributes.ts";
import { binary, cast, compare, errorExpression, integer, unary } from "./build.ts";
import { countArguments } from "./builtin-calls.ts";
import { evaluateInteger } from "./constants.ts";
import { type Checker, error } from "./context.ts";
import { convertTo } from "./conversions.ts";
import { checkValue } from "./expressions.ts";
import { stored } from "./vectors.ts";

const bytePointer = pointerTo(unsignedCharType);

function load(lvalue: Expression, loc: Loc): Expression {
  return { kind: "load", lvalue, type: lvalue.type, loc };
}

export function checkAligned(c: Checker, name: string, e: Syntax.CallExpr): Expression {
  const { loc } = e;
  if (!countArguments(c, e, 2)) return errorExpression(loc);
  const [value, alignment] = e.arguments.map((argument) => checkValue(c, argument));
  if (value === undefined || alignment === undefined) return errorExpression(loc);
  if (isError(value.type) || isError(alignment.type)) return errorExpression(loc);
  if (!isInteger(value.type) && !isPointer(value.type)) {
    error(c, value.loc, `operand of type ${quoteType(value.type)} where arithmetic or pointer type is required`);
    return errorExpression(loc);
  }
  if (!isInteger(alignment.type)) {
    error(c, alignment.loc, `used type ${quoteType(alignment.type)} where integer is required`);
    return errorExpression(loc);
  }
  const bytes = evaluateInteger(c, alignment);
  if (bytes !== undefined && bytes < 1n) error(c, alignment.loc, "requested alignment must be 1 or greater");
  else if (bytes !== undefined) checkAlignment(c, bytes, alignment.loc);
  const known = isPointer(value.type) ? undefined : evaluateInteger(c, value);
  const statements: Statement[] = [];
  const held = known === undefined ? load(stored(statements, value), loc) : integer(known, value.type, loc);
  const number = isPointer(value.type) ? unsignedLongType : promote(value.type);
  const bits = cast(held, number, loc);
  const size = bytes === undefined ? load(stored(statements, cast(alignment, number, loc)), loc) : integer(bytes, number, loc);
  const mask = binary("subtract", size, integer(1n, number, loc), number, loc);
  const over = binary("and", bits, mask, number, loc);
  let result: Expression;
  if (name === "__builtin_is_aligned") result = compare("==", over, integer(0n, number, loc), loc);
  else if (!isPointer(value.type)) {
    const from = name === "__builtin_align_up" ? binary("add", bits, mask, number, loc) : bits;
    result = cast(binary("and", from, unary("complement", mask, number, loc), number, loc), unqualified(value.type), loc);
  } else {
    // The pointer stays one: it is moved by a number.
    const missing = binary("and", unary("negate", bits, number, loc), mask, number, loc);
    result = addBytes(c, held, name === "__builtin_align_up" ? missing : over, name !== "__builtin_align_up", loc);
  }
  const type = name === "__builtin_is_aligned" ? boolType : unqualified(value.type);
  const typed = cast(result, type, loc);
  return statements.length === 0 ? typed : { kind: "statement", statements, value: typed, type, loc };
}

function addBytes(c: Checker, pointer: Expression, bytes: Expression, subtract: boolean, loc: Loc): Expression {
  const byte = cast(pointer, bytePointer, loc);
  return cast(addToPointer(c, byte, bytes, subtract, loc), unqualified(pointer.type), loc);
}

/** `__builtin_addc(x, y, carry, &out)`: the sum of three, and whether it went over. */
export function checkCarry(c: Checker, name: string, parameter: CType, e: Syntax.CallExpr): Expression {
  const { loc } = e;
  if (!countArguments(c, e, 4)) return errorExpression(loc);
  const values = e.arguments.map((argument) => checkValue(c, argument));
  const out = values[3];
  if (out === undefined || values.some((value) => isError(value.type))) return errorExpression(loc);
  const type = unqualified(parameter);
  const target = isPointer(out.type) ? pointee(out.type) : undefined;
  if (target === undefined || isConst(target) || !compatible(unqualified(target), type)) {
    error(c, out.loc, `the carry must be stored through a pointer to ${quoteType(type)} (${quoteType(out.type)} invalid)`);
    return errorExpression(loc);
  }
  const statements: Statement[] = [];
  const [x, y, carry, to] = values.map((value, i) =>
    load(stored(statements, i === 3 ? value : convertTo(c, value, type, "pass", value.loc)), loc));
  if (x === undefined || y === undefined || carry === undefined || to === undefined) return errorExpression(loc);
  const operator = name.includes("sub") ? "subtract" : "add";
  const wide = promote(type);
  const combine = (a: Expression, b: Expression): Expression =>
    load(stored(statements, cast(binary(operator, cast(a, wide, loc), cast(b, wide, loc), wide, loc), type, loc)), loc);
  const isOver = (before: Expression, after: Expression): Expression =>
    operator === "add" ? compare("<", after, before, loc) : compare(">", after, before, loc);
  const first = combine(x, y);
  const second = combine(first, carry);
  const went = binary("or", isOver(x, first), isOver(first, second), intType, loc);
  const store: Expression = { kind: "assign", lvalue: dereference(c, to, loc), value: cast(went, type, loc), type, loc };
  statements.push({ kind: "expression", expression: store, loc });
  return { kind: "statement", statements, value: second, type, loc };
}
