/**
 * Operators, unary and binary (C11 6.5.3 to 6.5.15): checked operands -> the checked expression. Operands are promoted
 * and brought to a common type here; what is folded at once is decided by build.ts. assignment.ts has those that change
 * an object.
 */
import type { ArithmeticOperator, CompareExpr, Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import {
  addressSpaceOf, complexOf, integerOf, intType, isArithmetic, isArray, isBool, isError, isFloat, isFunction, isInteger,
  isPointer, isScalar, isSigned, isVoid, isVolatile, pointee, pointerDifferenceType, recordOf, unqualified, vectorOf,
} from "../types/basic.ts";
import { compatibleUnqualified } from "../types/compatible.ts";
import { usualArithmetic } from "../types/convert.ts";
import type { CType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { isComplete } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { addressOf, addToPointer, dereference, noteAddressed } from "./access.ts";
import { binary, cast, compare, errorExpression, foldInteger, integer, isNullConstant, truth, unary } from "./build.ts";
import { evaluateInteger } from "./constants.ts";
import { type Checker, countWrite, error, unevaluated, warn, warnAtRunTime } from "./context.ts";
import { promoted, rvalue } from "./conversions.ts";
import { checkExpression, checkValue } from "./expressions.ts";
import { checkPart, complexOperation, complexTruth, complexUnary } from "./complex.ts";
import { rangeOf, rangeOfValue } from "./ranges.ts";
import { warnDecidedComparison, warnPointerComparison } from "./warnings-comparisons.ts";
import { warnNullCharacter, warnStringPlusCharacter } from "./warnings-pointers.ts";
import { warnLogicalConstant, warnNullComparison, warnTruthOf } from "./warnings-conditions.ts";
import { warnConversion, warnEnumComparison } from "./warnings-conversions.ts";
import { warnBitwiseTruth, warnConsecutive, warnDecidedLogic } from "./warnings-logic.ts";
import { vectorOperation, vectorUnary } from "./vectors.ts";
import {
  isTruthValue, warnPrecedence, warnShift, warnStringComparison, warnStringPlusInteger,
} from "./warnings-operators.ts";
import { warnUnusedValue } from "./warnings-values.ts";
import { runTimeSize } from "./variable-length.ts";

// ---- Unary ------------------------------------------------------------------------------------------------------------

export function checkUnary(c: Checker, e: Syntax.UnaryExpr): Expression {
  switch (e.operator) {
    case "&":
      noteAddressed(c, e.operand);
      return addressOf(c, checkExpression(c, e.operand), e.loc);
    case "*":
      return checkIndirection(c, e);
    case "__extension__":
      return checkExpression(c, e.operand);
    case "__real__":
    case "__imag__":
      return checkPart(c, checkExpression(c, e.operand), e.operator === "__real__" ? 0 : 1, e.loc);
    case "!": {
      const value = checkValue(c, e.operand);
      if (isError(value.type)) return errorExpression(e.loc);
      const operand = tested(value);
      if (!isScalar(operand.type)) return invalidUnary(c, value.type, e.loc);
      warnTruthOf(c, e.operand, value);
      return unary("logicalNot", operand, intType, e.loc);
    }
    case "+":
    case "-": {
      const value = checkValue(c, e.operand);
      if (isError(value.type)) return errorExpression(e.loc);
      if (vectorOf(value.type) !== undefined) return vectorUnary(c, e.operator, value, e.loc);
      if (complexOf(value.type) !== undefined) return complexUnary(e.operator, value, e.loc);
      if (!isArithmetic(value.type)) return invalidUnary(c, value.type, e.loc);
      const operand = promoted(value);
      if (e.operator === "+") return operand;
      if (operand.kind === "integer" && isSigned(operand.type)) {
        warnOverflow(c, foldInteger("subtract", 0n, operand.value, operand.type), operand.type, e.loc);
      }
      return unary("negate", operand, operand.type, e.loc);
    }
    case "~": {
      const value = checkValue(c, e.operand);
      if (isError(value.type)) return errorExpression(e.loc);
      if (vectorOf(value.type) !== undefined) return vectorUnary(c, e.operator, value, e.loc);
      if (complexOf(value.type) !== undefined) return complexUnary("~", value, e.loc);
      if (!isInteger(value.type)) return invalidUnary(c, value.type, e.loc);
      if (isBool(value.type) || isTruthValue(e.operand)) {
        warn(c, "bool-operation", e.loc, "bitwise negation of a boolean expression; did you mean logical negation?");
      }
      const operand = promoted(value);
      return unary("complement", operand, operand.type, e.loc);
    }
  }
}

function checkIndirection(c: Checker, e: Syntax.UnaryExpr): Expression {
  const pointer = checkValue(c, e.operand);
  const object = dereference(c, pointer, e.loc);
  if (isNullPointer(pointer) && !isVolatile(object.type) && !isChoice(e.operand)) c.nullObjects.add(object);
  if (isVoid(object.type) && c.unevaluated === 0 && !isError(object.type)) {
    warn(c, "void-ptr-dereference", e.loc, `ISO C does not allow indirection on operand of type ${quoteType(pointer.type)}`);
  }
  return object;
}

/** A choice between pointers is none to a null pointer, though the one that is taken may be. */
function isChoice(e: Syntax.Expression): boolean {
  let s = e;
  while (s.kind === "paren" || s.kind === "cast") s = s.kind === "paren" ? s.inner : s.operand;
  return s.kind === "conditional";
}

function invalidUnary(c: Checker, type: CType, loc: Loc): Expression {
  error(c, loc, `invalid argument type ${quoteType(type)} to unary expression`);
  return errorExpression(loc);
}

function warnOverflow(c: Checker, folded: ReturnType<typeof foldInteger>, type: CType, loc: Loc): void {
  if (folded?.overflow === true && c.unevaluated === 0) {
    warn(c, "integer-overflow", loc,
      `overflow in expression; result is ${groupDigits(folded.value)} with type ${quoteType(type)}`);
  }
}

/** clang 19 writes long numbers with separators: 2'147'483'648. */
function groupDigits(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString();
  return (value < 0n ? "-" : "") + digits.replace(/\B(?=(\d{3})+$)/g, "'");
}

// ---- Binary -----------------------------------------------------------------------------------------------------------

export const arithmetic: Readonly<Record<string, ArithmeticOperator>> = {
  "*": "multiply", "/": "divide", "%": "remainder", "+": "add", "-": "subtract", "<<": "shiftLeft", ">>": "shiftRight",
  "&": "and", "^": "xor", "|": "or",
};

/** One binary operator whose left operand has been checked. */
export function checkBinary(c: Checker, e: Syntax.BinaryExpr, leftRaw: Expression, leftSyntax: Syntax.Expression): Expression {
  warnPrecedence(c, e);
  warnConsecutive(c, e);
  switch (e.operator) {
    case ",": {
      warnUnusedValue(c, leftRaw, leftSyntax, true);
      const left = isArray(leftRaw.type) || isFunction(leftRaw.type) ? rvalue(c, leftRaw) : discard(c, leftRaw);
      const right = checkValue(c, e.right);
      if (isError(right.type)) return errorExpression(e.loc);
      return { kind: "comma", left, right, type: right.type, loc: e.loc };
    }
    case "&&":
    case "||":
      return checkLogical(c, e, tested(rvalue(c, leftRaw)));
    default: {
      const left = rvalue(c, leftRaw);
      const right = checkValue(c, e.right);
      if (isError(left.type) || isError(right.type)) return errorExpression(e.loc);
      if (e.operator === "+") {
        warnStringPlusInteger(c, e, leftSyntax, left, right);
        warnStringPlusCharacter(c, e, leftSyntax, left, right);
      }
      warnNullCharacter(c, e, left, right);
      warnBitwiseTruth(c, e, left, right);
      warnNullComparison(c, e, left, right);
      return binaryOperation(c, e.operator, left, right, e.loc, e);
    }
  }
}

/** The value of an expression whose value is not wanted; `void` lvalues are left alone. */
export function discard(c: Checker, e: Expression): Expression {
  // Only what is done for its effect is no use of the variable: `while (n--)` reads it.
  if (e.kind === "assign" || e.kind === "compoundAssign" || e.kind === "increment") countWrite(c, e.lvalue);
  return isVoid(e.type) ? e : rvalue(c, e);
}

/** A value as an operand of a logical operator. */
function tested(value: Expression): Expression {
  return complexOf(value.type) === undefined ? value : complexTruth(value, value.loc);
}

function checkLogical(c: Checker, e: Syntax.BinaryExpr, left: Expression): Expression {
  const operator = e.operator === "&&" ? "&&" : "||";
  const known = truth(left);
  const decided = known !== undefined && known === (operator === "||");
  const right = tested(decided ? unevaluated(c, () => checkValue(c, e.right)) : checkValue(c, e.right));
  if (isError(left.type) || isError(right.type)) return errorExpression(e.loc);
  if (!isScalar(left.type) || !isScalar(right.type)) return invalidOperands(c, left, right, e.loc);
  warnLogicalConstant(c, e, left, right);
  warnDecidedLogic(c, e, left, right);
  warnTruthOf(c, e.left, left);
  warnTruthOf(c, e.right, right);
  if (decided) return integer(known ? 1n : 0n, intType, e.loc);
  const rightKnown = truth(right);
  if (known !== undefined && rightKnown !== undefined) return integer(rightKnown ? 1n : 0n, intType, e.loc);
  c.function?.written?.set(left, e.left);
  return { kind: "logical", operator, left, right, type: intType, loc: e.loc };
}

export function invalidOperands(c: Checker, left: Expression, right: Expression, loc: Loc): Expression {
  error(c, loc, `invalid operands to binary expression (${quoteType(left.type)} and ${quoteType(right.type)})`);
  return errorExpression(loc);
}

/** `left operator right` on values: arithmetic, pointer arithmetic or comparison. `syntax` is what was written, if it was. */
export function binaryOperation(
  c: Checker, operator: Syntax.BinaryOperator, left: Expression, right: Expression, loc: Loc, syntax?: Syntax.BinaryExpr,
): Expression {
  if (vectorOf(left.type) !== undefined || vectorOf(right.type) !== undefined) {
    return vectorOperation(c, operator, left, right, loc);
  }
  if ((complexOf(left.type) ?? complexOf(right.type)) !== undefined) {
    return complexOperation(c, operator, left, right, loc);
  }
  switch (operator) {
    case "==":
    case "!=":
    case "<":
    case ">":
    case "<=":
    case ">=":
      return checkComparison(c, operator, left, right, loc, syntax);
    case "+":
      if (isPointer(left.type) && isInteger(right.type)) return pointerSum(c, left, right, false, loc);
      if (isInteger(left.type) && isPointer(right.type)) return pointerSum(c, right, left, false, loc);
      break;
    case "-":
      if (isPointer(left.type) && isInteger(right.type)) return pointerSum(c, left, right, true, loc);
      if (isPointer(left.type) && isPointer(right.type)) return pointerDifference(c, left, right, loc);
      break;
    default:
      break;
  }
  const op = arithmetic[operator];
  if (op === undefined) throw new Error(`check: no arithmetic operator '${operator}'`);
  const needsInteger = op !== "add" && op !== "subtract" && op !== "multiply" && op !== "divide";
  const fits = needsInteger ? isInteger : isArithmetic;
  if (!fits(left.type) || !fits(right.type)) return invalidOperands(c, left, right, loc);
  if (op === "shiftLeft" || op === "shiftRight") return shift(c, op, promoted(left), promoted(right), loc);
  const a = promoted(left);
  const b = promoted(right);
  const type = usualArithmetic(a.type, b.type);
  if (type === undefined) return invalidOperands(c, left, right, loc);
  warnConversion(c, left, type);
  warnConversion(c, right, type);
  const x = cast(a, type, a.loc);
  const y = cast(b, type, b.loc);
  if ((op === "divide" || op === "remainder") && y.kind === "integer" && y.value === 0n) {
    warnAtRunTime(c, "division-by-zero", loc, `${op === "divide" ? "division" : "remainder"} by zero is undefined`);
  }
  if (x.kind === "integer" && y.kind === "integer") warnOverflow(c, foldInteger(op, x.value, y.value, type), type, loc);
  return binary(op, x, y, type, loc);
}

export function shift(c: Checker, operator: "shiftLeft" | "shiftRight", left: Expression, right: Expression, loc: Loc): Expression {
  warnShift(c, operator === "shiftLeft", left, right, loc);
  return binary(operator, left, right, left.type, loc);
}

function pointerSum(c: Checker, pointer: Expression, index: Expression, subtract: boolean, loc: Loc): Expression {
  if (!checkArithmeticPointer(c, pointer.type, loc)) return errorExpression(loc);
  return addToPointer(c, pointer, index, subtract, loc);
}

function isNullPointer(e: Expression): boolean {
  return e.kind === "integer" && e.value === 0n;
}

/** Can one step over the pointee? `void` and functions by GNU's extension, in steps of 1. */
export function checkArithmeticPointer(c: Checker, type: CType, loc: Loc): boolean {
  const target = pointee(type);
  if (isVoid(target) || isFunction(target)) {
    const what = isVoid(target) ? "a pointer to void" : `a pointer to the function type ${quoteType(target)}`;
    warn(c, "gnu-pointer-arith", loc, `arithmetic on ${what} is a GNU extension`);
    return true;
  }
  if (isComplete(target)) return true;
  const record = recordOf(target);
  error(c, loc, `arithmetic on a pointer to an incomplete type ${quoteType(target)}`,
    record === undefined ? [] : [{ place: record.loc, message: `forward declaration of ${quoteType(canonical(target))}` }]);
  return false;
}

function pointerDifference(c: Checker, left: Expression, right: Expression, loc: Loc): Expression {
  const a = pointee(left.type);
  const b = pointee(right.type);
  if (!compatibleUnqualified(a, b)) {
    error(c, loc, `${quoteType(left.type)} and ${quoteType(right.type)} are not pointers to compatible types`);
    return errorExpression(loc);
  }
  if (!checkArithmeticPointer(c, left.type, loc)) return errorExpression(loc);
  if (isNullPointer(left) || isNullPointer(right)) {
    warnAtRunTime(c, "null-pointer-subtraction", loc,
      "performing pointer subtraction with a null pointer has undefined behavior");
  }
  const { bytes: elementSize, count } = runTimeSize(c, a, loc);
  if (elementSize === 0) {
    c.diagnostics.warningByDefault("pointer-arith", loc,
      `subtraction of pointers to type ${quoteType(unqualified(a))} of zero size has undefined behavior`);
    return integer(0n, pointerDifferenceType, loc);
  }
  if (left.kind === "integer" && right.kind === "integer" && count === undefined) {
    const bytes = BigInt.asIntN(64, left.value - right.value);
    return integer(bytes / BigInt(elementSize), pointerDifferenceType, loc);
  }
  const difference: Expression = { kind: "pointerDifference", left, right, elementSize, type: pointerDifferenceType, loc };
  if (count === undefined) return difference;
  return binary("divide", difference, cast(count, pointerDifferenceType, loc), pointerDifferenceType, loc);
}

// ---- Comparison -------------------------------------------------------------------------------------------------------

function checkComparison(
  c: Checker, operator: CompareExpr["operator"], left: Expression, right: Expression, loc: Loc,
  syntax: Syntax.BinaryExpr | undefined,
): Expression {
  if (isArithmetic(left.type) && isArithmetic(right.type)) {
    const a = promoted(left);
    const b = promoted(right);
    const type = usualArithmetic(a.type, b.type);
    if (type === undefined) return invalidOperands(c, left, right, loc);
    warnEnumComparison(c, left, right, loc);
    if (c.unevaluated > 0 || !warnDecidedComparison(c, operator, left, right, type, loc, syntax)) {
      warnSignCompare(c, operator, a, b, left, right, type, loc);
    }
    const x = cast(a, type, a.loc);
    const y = cast(b, type, b.loc);
    return compare(operator, x, y, loc);
  }
  if (isPointer(left.type) && isPointer(right.type)) return comparePointers(c, operator, left, right, loc);
  const [pointer, number] = isPointer(left.type) ? [left, right] : [right, left];
  if (isPointer(pointer.type) && isInteger(number.type)) {
    if (!isNullConstant(number)) {
      const equality = operator === "==" || operator === "!=";
      warn(c, equality ? "pointer-integer-compare" : "", loc,
        `${equality ? "" : "ordered "}comparison between pointer and integer ` +
        `(${quoteType(left.type)} and ${quoteType(right.type)})`);
    }
    const converted = cast(number, pointer.type, number.loc);
    return pointer === left ? compare(operator, left, converted, loc) : compare(operator, converted, right, loc);
  }
  return invalidOperands(c, left, right, loc);
}

/** -Wsign-compare: a signed operand that may be negative is turned into an unsigned one. */
function warnSignCompare(
  c: Checker, operator: CompareExpr["operator"], a: Expression, b: Expression, left: Expression, right: Expression, type: CType,
  loc: Loc,
): void {
  if (isFloat(type) || isSigned(type) || c.unevaluated > 0) return;
  const signed = isSigned(a.type) ? a : isSigned(b.type) ? b : undefined;
  if (signed === undefined || (isSigned(a.type) && isSigned(b.type))) return;
  const raw = signed === a ? left : right;
  if (!isSigned(raw.type) || rangeOf(raw).nonNegative || (evaluateInteger(c, raw) ?? -1n) >= 0n) return;
  // No unsigned value is beyond the greatest one, which is what -1 becomes: this has a warning of its own.
  const beyond = signed === b ? ">" : "<";
  const within = signed === b ? "<=" : ">=";
  if (signed.kind === "integer" && signed.value === -1n && (operator === beyond || operator === within)) return;
  // Equality with an unsigned value that has bits to spare is decided right for negative values too.
  const other = signed === a ? right : left;
  const width = integerOf(type)?.width ?? 0;
  const known = evaluateInteger(c, other);
  const range = known === undefined ? rangeOf(other, width) : rangeOfValue(known);
  if ((operator === "==" || operator === "!=") && range.width < width) return;
  warnAtRunTime(c, "sign-compare", loc,
    `comparison of integers of different signs: ${quoteType(readType(left))} and ${quoteType(readType(right))}`);
}

/** The type as it was declared, with the qualifiers that a value has no more. */
function readType(e: Expression): CType {
  return e.kind === "load" ? e.lvalue.type : e.type;
}

function comparePointers(
  c: Checker, operator: CompareExpr["operator"], left: Expression, right: Expression, loc: Loc,
): Expression {
  const a = pointee(left.type);
  const b = pointee(right.type);
  const equality = operator === "==" || operator === "!=";
  warnStringComparison(c, left, right, loc);
  warnPointerComparison(c, operator, left, right, loc);
  if (addressSpaceOf(a) !== addressSpaceOf(b) && !isNullConstant(left) && !isNullConstant(right)) {
    error(c, loc, `comparison between (${quoteType(left.type)} and ${quoteType(right.type)}) which are pointers to ` +
      "non-overlapping address spaces");
    return errorExpression(loc);
  }
  const fine = compatibleUnqualified(a, b) ||
    (equality && (isVoid(a) || isVoid(b) || isNullConstant(left) || isNullConstant(right)));
  if (!fine) {
    warn(c, "compare-distinct-pointer-types", loc,
      `comparison of distinct pointer types (${quoteType(left.type)} and ${quoteType(right.type)})`);
  }
  return compare(operator, left, cast(right, left.type, right.loc), loc);
}
