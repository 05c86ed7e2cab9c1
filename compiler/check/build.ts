/**
 * Makes nodes of the Program, and folds at once what has constant operands.
 *
 * A folded node is an `integer` or `float` constant of the operation's type. Nothing is folded that has no defined value
 * (division by zero, shifts out of range): such a node stays an operation, and is no constant where one is required.
 */
import type {
  ArithmeticOperator, BinaryExpr, CompareExpr, Expression, IntegerConstantExpr, LocalInitializer, StringLiteral, Variable,
} from "../ast/program.ts";
import type { Loc } from "../source/source-map.ts";
import { errorType, integerOf, intType, isError, isInteger, isPointer, isVoid } from "../types/basic.ts";
import { floatToInteger, integerToFloat, roundFloat, wrapInteger } from "../types/convert.ts";
import { canonical } from "../types/ctype.ts";
import type { CType, Member } from "../types/ctype.ts";

export function integer(value: bigint, type: CType, loc: Loc): IntegerConstantExpr {
  return { kind: "integer", value: wrapInteger(value, type), type, loc };
}

/** Stands for an expression in error: whatever touches it is silent. */
export function errorExpression(loc: Loc): Expression {
  return { kind: "integer", value: 0n, type: errorType, loc };
}

export function variableExpression(variable: Variable, loc: Loc): Expression {
  return { kind: "variable", variable, type: variable.type, loc };
}

export function stringExpression(literal: StringLiteral, type: CType, loc: Loc): Expression {
  return { kind: "string", literal, type, loc };
}

export function memberExpression(base: Expression, member: Member, index: number, type: CType, loc: Loc): Expression {
  return { kind: "member", base, member, index, type, loc };
}

/** An unnamed object with an initialiser, as an lvalue. */
export function objectExpression(variable: Variable, initializer: LocalInitializer | undefined, loc: Loc): Expression {
  return { kind: "compoundLiteral", variable, initializer, type: variable.type, loc };
}

/** Does the expression designate an object? A member of a value does not. */
export function isLvalue(expression: Expression): boolean {
  let e = expression;
  while (e.kind === "member") e = e.base;
  return e.kind === "variable" || e.kind === "string" || e.kind === "dereference" || e.kind === "compoundLiteral";
}

/** The conversion of a value to a type: scalar to scalar, or anything to void. */
export function cast(operand: Expression, type: CType, loc: Loc, implicit = true): Expression {
  if (isError(type) || isError(operand.type)) return errorExpression(loc);
  if (operand.type === type) return operand;
  if (operand.kind === "integer") {
    const to = canonical(type);
    if (to.kind === "integer" || to.kind === "enum" || to.kind === "pointer") return integer(operand.value, type, loc);
    if (to.kind === "float") return { kind: "float", value: integerToFloat(operand.value, to), type, loc };
  }
  if (operand.kind === "float") {
    const to = canonical(type);
    if (to.kind === "integer" || to.kind === "enum") return integer(floatToInteger(operand.value, type), type, loc);
    if (to.kind === "float") return { kind: "float", value: roundFloat(operand.value, to), type, loc };
  }
  return { kind: "cast", operand, implicit, type, loc };
}

export function toVoid(operand: Expression, type: CType, loc: Loc): Expression {
  return { kind: "cast", operand, implicit: false, type, loc };
}

/** Is the expression a value that will not change: 0, or not 0? Undefined when the front end cannot tell. */
export function truth(expression: Expression): boolean | undefined {
  if (expression.kind === "integer") return isError(expression.type) ? undefined : expression.value !== 0n;
  if (expression.kind === "float") return expression.value !== 0;
  if (expression.kind === "decay" && expression.lvalue.kind === "string") return true;
  return undefined;
}

/** What an operation on constants gives; "overflow" tells that the exact value had to be wrapped. */
export type Folded = { readonly value: bigint; readonly overflow: boolean } | undefined;

/** Integer arithmetic in a type (C11 6.5.5 to 6.5.12); undefined where the language defines no value. */
export function foldInteger(operator: ArithmeticOperator, left: bigint, right: bigint, type: CType): Folded {
  const exact = exactInteger(operator, left, right, type);
  if (exact === undefined) return undefined;
  const value = wrapInteger(exact, type);
  const signed = integerOf(type)?.signed === true;
  return { value, overflow: signed && operator !== "shiftLeft" && value !== exact };
}

function exactInteger(operator: ArithmeticOperator, left: bigint, right: bigint, type: CType): bigint | undefined {
  switch (operator) {
    case "add":
      return left + right;
    case "subtract":
      return left - right;
    case "multiply":
      return left * right;
    case "divide":
      return right === 0n ? undefined : left / right;
    case "remainder":
      return right === 0n ? undefined : left % right;
    case "and":
      return left & right;
    case "or":
      return left | right;
    case "xor":
      return left ^ right;
    case "shiftLeft":
    case "shiftRight": {
      const width = integerOf(type)?.width ?? 64;
      if (right < 0n || right >= BigInt(width)) return undefined;
      return operator === "shiftLeft" ? left << right : left >> right;
    }
  }
}

/** Floating arithmetic in double precision; undefined for what floating types have not. */
export function foldFloat(operator: ArithmeticOperator, left: number, right: number): number | undefined {
  switch (operator) {
    case "add":
      return left + right;
    case "subtract":
      return left - right;
    case "multiply":
      return left * right;
    case "divide":
      return left / right;
    default:
      return undefined;
  }
}

/** `left operator right` in a type that both operands have (a shift's right operand has its own). */
export function binary(
  operator: ArithmeticOperator, left: Expression, right: Expression, type: CType, loc: Loc,
): Expression {
  if (left.kind === "integer" && right.kind === "integer") {
    const folded = foldInteger(operator, left.value, right.value, type);
    if (folded !== undefined) return integer(folded.value, type, loc);
  }
  const to = canonical(type);
  if (left.kind === "float" && right.kind === "float" && to.kind === "float") {
    const value = foldFloat(operator, left.value, right.value);
    if (value !== undefined) return { kind: "float", value: roundFloat(value, to), type, loc };
  }
  const node: BinaryExpr = { kind: "binary", operator, left, right, type, loc };
  return node;
}

export function compareValues<T extends bigint | number>(operator: CompareExpr["operator"], left: T, right: T): boolean {
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

/** A comparison of two operands of one type; result int. */
export function compare(operator: CompareExpr["operator"], left: Expression, right: Expression, loc: Loc): Expression {
  if (left.kind === "integer" && right.kind === "integer") {
    return integer(compareValues(operator, left.value, right.value) ? 1n : 0n, intType, loc);
  }
  if (left.kind === "float" && right.kind === "float") {
    return integer(compareValues(operator, left.value, right.value) ? 1n : 0n, intType, loc);
  }
  return { kind: "compare", operator, left, right, type: intType, loc };
}

/** Operand promoted; `!` gives int. */
export function unary(
  operator: "negate" | "complement" | "logicalNot", operand: Expression, type: CType, loc: Loc,
): Expression {
  if (operator === "logicalNot") {
    const known = truth(operand);
    if (known !== undefined) return integer(known ? 0n : 1n, type, loc);
  } else if (operand.kind === "integer") {
    return integer(operator === "negate" ? -operand.value : ~operand.value, type, loc);
  } else if (operand.kind === "float" && operator === "negate" && !Number.isNaN(operand.value)) {
    return { kind: "float", value: -operand.value, type, loc };
  }
  return { kind: "unary", operator, operand, type, loc };
}

/** Is this node a null pointer constant (C11 6.3.2.3p3): an integer constant 0, or such cast to `void *`? */
export function isNullConstant(expression: Expression): boolean {
  if (expression.kind !== "integer" || expression.value !== 0n) return false;
  if (isInteger(expression.type)) return true;
  return isPointer(expression.type) && isPlainVoid(expression.type);
}

function isPlainVoid(type: CType): boolean {
  const t = canonical(type);
  return t.kind === "pointer" && t.to.kind !== "qualified" && isVoid(t.to);
}

