/**
 * Operators: unary, binary, assignment, `++` and `--` (C11 6.5.3 to 6.5.16). Operands are promoted and brought to a
 * common type here; what is folded at once is decided by build.ts. Objects of `_Atomic` type are read and changed by
 * atomic builtins.
 */
import type { ArithmeticOperator, BuiltinName, CompareExpr, Expression, Statement } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import {
  addressSpaceOf, complexOf, integerOf, intType, isArithmetic, isArray, isAtomic, isBool, isConst, isError, isFloat, isFunction,
  isInteger, isPointer, isScalar, isSigned, isVoid, isVolatile, pointee, pointerDifferenceType, recordOf,
  unqualified, unsignedLongType, longType, vectorOf, voidType,
} from "../types/basic.ts";
import { compatibleUnqualified } from "../types/compatible.ts";
import { usualArithmetic } from "../types/convert.ts";
import type { CType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { isComplete, sizeOf } from "../types/layout.ts";
import { printType, quoteType } from "../types/print.ts";
import { addressOf, addToPointer, dereference, noteAddressed, rootIsTemporary } from "./access.ts";
import {
  binary, cast, compare, errorExpression, foldInteger, integer, isLvalue, isNullConstant, toVoid, truth, unary,
} from "./build.ts";
import { evaluateInteger } from "./constants.ts";
import { atomicUpdate } from "./atomic-updates.ts";
import { sequentiallyConsistent } from "./atomics.ts";
import { type Checker, countWrite, error, unevaluated, warn, warnAtRunTime } from "./context.ts";
import { convertTo, promoted, refuseAtomicRecord, rvalue } from "./conversions.ts";
import { checkExpression, checkValue } from "./expressions.ts";
import { checkPart, complexIncrement, complexOperation, complexTruth, complexUnary, complexUpdate } from "./complex.ts";
import { rangeOf, rangeOfValue } from "./ranges.ts";
import { warnDecidedComparison } from "./warnings-comparisons.ts";
import { warnLogicalConstant, warnNullComparison, warnTruthOf } from "./warnings-conditions.ts";
import { warnBitFieldConstant, warnConversion, warnEnumComparison } from "./warnings-conversions.ts";
import { warnBitwiseTruth, warnConsecutive, warnDecidedLogic } from "./warnings-logic.ts";
import { warnNullObject } from "./warnings-memory.ts";
import { hold, vectorIncrement, vectorOperation, vectorUnary, vectorUpdate } from "./vectors.ts";
import {
  isTruthValue, warnPrecedence,
  warnSelfAssignment, warnShift, warnStringComparison, warnStringPlusInteger,
} from "./warnings-operators.ts";
import { warnUnusedValue } from "./warnings-values.ts";
import { isVariableLength, runTimeSize, scaledIndex } from "./variable-length.ts";

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
  if (isNullPointer(pointer) && !isVolatile(object.type)) c.nullObjects.add(object);
  if (isVoid(object.type) && c.unevaluated === 0 && !isError(object.type)) {
    warn(c, "void-ptr-dereference", e.loc, `ISO C does not allow indirection on operand of type ${quoteType(pointer.type)}`);
  }
  return object;
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

const arithmetic: Readonly<Record<string, ArithmeticOperator>> = {
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
      if (e.operator === "+") warnStringPlusInteger(c, e, leftSyntax, left, right);
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
  c.function?.starts?.set(left, startOf(e.left));
  return { kind: "logical", operator, left, right, type: intType, loc: e.loc };
}

function invalidOperands(c: Checker, left: Expression, right: Expression, loc: Loc): Expression {
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

function shift(c: Checker, operator: "shiftLeft" | "shiftRight", left: Expression, right: Expression, loc: Loc): Expression {
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
function checkArithmeticPointer(c: Checker, type: CType, loc: Loc): boolean {
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
    warn(c, "pointer-arith", loc,
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
  if (addressSpaceOf(a) !== addressSpaceOf(b) && !isNullConstant(left) && !isNullConstant(right)) {
    error(c, loc, `comparison between (${quoteType(left.type)} and ${quoteType(right.type)}) which are pointers to ` +
      "non-overlapping address spaces");
    return errorExpression(loc);
  }
  const fine = compatibleUnqualified(a, b) || isNullConstant(left) || isNullConstant(right) ||
    ((isVoid(a) || isVoid(b)) && equality);
  if (!fine) {
    warn(c, "compare-distinct-pointer-types", loc,
      `comparison of distinct pointer types (${quoteType(left.type)} and ${quoteType(right.type)})`);
  }
  return compare(operator, left, cast(right, left.type, right.loc), loc);
}

// ---- Assignment -------------------------------------------------------------------------------------------------------

/** Is this an lvalue that may be changed (C11 6.3.2.1p1)? Reports when not. */
export function checkModifiable(c: Checker, e: Expression, loc: Loc): boolean {
  if (isError(e.type)) return false;
  if (isFunction(e.type)) {
    error(c, loc, `non-object type ${quoteType(e.type)} is not assignable`);
    return false;
  }
  if (!isLvalue(e) || rootIsTemporary(e)) {
    error(c, loc, "expression is not assignable");
    return false;
  }
  if (isArray(e.type)) {
    error(c, loc, `array type ${quoteType(e.type)} is not assignable`);
    return false;
  }
  if (isConst(e.type)) {
    reportConst(c, e, loc);
    return false;
  }
  if (!isComplete(e.type)) {
    error(c, loc, isVoid(e.type) ? "incomplete type 'void' is not assignable"
      : `incomplete type ${quoteType(e.type)} is not assignable`);
    return false;
  }
  const record = recordOf(e.type);
  const constMember = record === undefined ? undefined : findConstMember(record.members ?? []);
  if (constMember !== undefined) {
    const how = constMember.nested ? "nested const" : "const";
    error(c, loc, `cannot assign to ${describe(e)} with ${how}-qualified data member '${constMember.name}'`);
    return false;
  }
  return true;
}

function describe(e: Expression): string {
  if (e.kind === "variable") return `variable '${e.variable.name}'`;
  if (e.kind === "member") return `non-static data member '${e.member.name ?? ""}'`;
  return "lvalue";
}

function findConstMember(
  members: readonly { readonly name: string | undefined; readonly type: CType }[], nested = false,
): { name: string; nested: boolean } | undefined {
  for (const member of members) {
    if (isConst(member.type)) return { name: member.name ?? "", nested };
    const inner = recordOf(member.type);
    const below = inner === undefined ? undefined : findConstMember(inner.members ?? [], true);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** The variable (or pointer variable) through which a member is const. */
function constRoot(e: Expression): Expression | undefined {
  let at = e;
  while (at.kind === "member") {
    at = at.base;
    if (at.kind === "member" && isConst(at.member.type)) return at;
  }
  if (at === e) return undefined;
  if (at.kind === "dereference" && at.pointer.kind === "load") at = at.pointer.lvalue;
  return at.kind === "variable" ? at : undefined;
}

function reportConst(c: Checker, e: Expression, loc: Loc): void {
  if (e.kind === "variable") {
    const { name, type, loc: place } = e.variable;
    error(c, loc, `cannot assign to variable '${name}' with const-qualified type ${quoteType(type)}`,
      [{ place, message: `variable '${name}' declared const here` }]);
  } else if (e.kind === "member" && isConst(e.member.type)) {
    const name = e.member.name ?? "";
    error(c, loc, `cannot assign to non-static data member '${name}' with const-qualified type ${quoteType(e.member.type)}`,
      [{ place: e.member.loc, message: `non-static data member '${name}' declared const here` }]);
  } else {
    const root = constRoot(e);
    if (root === undefined) error(c, loc, "read-only variable is not assignable");
    else reportConst(c, root, loc);
  }
}

const atomicUpdates: Partial<Record<ArithmeticOperator, BuiltinName>> = {
  add: "atomicAddFetch", subtract: "atomicSubFetch", and: "atomicAndFetch", or: "atomicOrFetch", xor: "atomicXorFetch",
};

export function checkAssign(c: Checker, e: Syntax.AssignExpr): Expression {
  const lvalue = checkExpression(c, e.left);
  const value = checkValue(c, e.right);
  if (isError(lvalue.type) || isError(value.type)) return errorExpression(e.loc);
  if (!checkModifiable(c, lvalue, e.loc)) return errorExpression(e.loc);
  warnNullObject(c, lvalue);
  if (e.operator === "=") return assign(c, lvalue, value, e.loc, e.loc);
  return compoundAssign(c, e.operator.slice(0, -1) as Syntax.BinaryOperator, lvalue, value, e.loc);
}

export function assign(c: Checker, lvalue: Expression, value: Expression, valueLoc: Loc, loc: Loc): Expression {
  const bits = lvalue.kind === "member" ? lvalue.member.bitField?.width : undefined;
  const warned = bits !== undefined && warnBitFieldConstant(c, bits, lvalue.type, value, loc);
  const converted = warned ? cast(value, unqualified(lvalue.type), value.loc) : convertTo(c, value, lvalue.type, "assign", valueLoc);
  if (isError(converted.type)) return errorExpression(loc);
  warnSelfAssignment(c, lvalue, value, loc);
  const type = unqualified(lvalue.type);
  if (isAtomic(lvalue.type)) {
    if (!isScalar(type)) return refuseAtomicRecord(c, lvalue.type, loc);
    return atomicStore(c, lvalue, converted, type, loc);
  }
  return { kind: "assign", lvalue, value: converted, type, loc };
}

/**
 * The value of an atomic assignment is the value stored, not what a later read would give, nor what an exchange gives.
 */
function atomicStore(c: Checker, lvalue: Expression, value: Expression, type: CType, loc: Loc): Expression {
  const pointer = addressOf(c, lvalue, loc);
  const statements: Statement[] = [];
  const held = hold(statements, value);
  const result: Expression = isLvalue(held) ? { kind: "load", lvalue: held, type, loc } : held;
  const exchange: Expression = {
    kind: "builtin", name: "atomicExchange", arguments: [pointer, result], constants: [sequentiallyConsistent], type, loc,
  };
  statements.push({ kind: "expression", expression: toVoid(exchange, voidType, loc), loc });
  return { kind: "statement", statements, value: result, type, loc };
}

function compoundAssign(
  c: Checker, operator: Syntax.BinaryOperator, lvalue: Expression, value: Expression, loc: Loc,
): Expression {
  const op = arithmetic[operator];
  if (op === undefined) throw new Error(`check: no arithmetic operator '${operator}'`);
  if (vectorOf(lvalue.type) !== undefined) return vectorUpdate(c, operator, lvalue, value, loc);
  if ((complexOf(lvalue.type) ?? complexOf(value.type)) !== undefined) return complexUpdate(c, operator, lvalue, value, loc);
  const type = unqualified(lvalue.type);
  if (isPointer(type) && isInteger(value.type) && (op === "add" || op === "subtract")) {
    if (!checkArithmeticPointer(c, type, loc)) return errorExpression(loc);
    const index = cast(value, isSigned(value.type) ? longType : unsignedLongType, value.loc);
    if (isAtomic(lvalue.type)) return refuseAtomic(c, lvalue.type, loc);
    const size = runTimeSize(c, pointee(type), loc);
    return {
      kind: "compoundAssign", operator: op, lvalue, value: scaledIndex(index, size), operationType: type,
      elementSize: size.bytes, type, loc,
    };
  }
  // The operation's types are those of `lvalue op value`; checking that expression also gives its errors and warnings.
  const read: Expression = { kind: "load", lvalue, type, loc: lvalue.loc };
  const fits = op === "add" || op === "subtract" || op === "multiply" || op === "divide" ? isArithmetic : isInteger;
  if (!fits(type) || !fits(value.type)) return invalidOperands(c, { ...read, type: lvalue.type }, value, loc);
  const left = promoted(read);
  const right = promoted(value);
  const isShift = op === "shiftLeft" || op === "shiftRight";
  const operationType = isShift ? left.type : usualArithmetic(left.type, right.type);
  if (operationType === undefined) return invalidOperands(c, read, value, loc);
  const converted = isShift ? right : cast(right, operationType, right.loc);
  if (!isShift) warnConversion(c, value, operationType);
  if (isShift) shift(c, op, left, right, loc);
  else if ((op === "divide" || op === "remainder") && converted.kind === "integer" && converted.value === 0n) {
    warnAtRunTime(c, "division-by-zero", loc, `${op === "divide" ? "division" : "remainder"} by zero is undefined`);
  }
  if (isAtomic(lvalue.type)) {
    const name = atomicUpdates[op];
    const isBitField = lvalue.kind === "member" && lvalue.member.bitField !== undefined;
    if (!isInteger(type) || isBitField) return refuseAtomic(c, lvalue.type, loc);
    if (name === undefined || isBool(type) || !isInteger(operationType)) {
      return atomicUpdate(c, lvalue, type, converted, false, loc, (old, held) =>
        cast(binary(op, cast(old, operationType, loc), held, operationType, loc), type, loc));
    }
    const operand = cast(converted, type, loc);
    const pointer = addressOf(c, lvalue, loc);
    return { kind: "builtin", name, arguments: [pointer, operand], constants: [sequentiallyConsistent], type, loc };
  }
  const node: Expression = {
    kind: "compoundAssign", operator: op, lvalue, value: converted, operationType, elementSize: 0, type, loc,
  };
  return node;
}

function refuseAtomic(c: Checker, type: CType, loc: Loc): Expression {
  error(c, loc, `this operation on the atomic type '${printType(type)}' is not supported: BPF has atomic add, and, or, xor, ` +
    "exchange and compare-exchange; write it as a loop around __atomic_compare_exchange_n");
  return errorExpression(loc);
}

export function checkUpdate(c: Checker, e: Syntax.UpdateExpr): Expression {
  const lvalue = checkExpression(c, e.operand);
  if (isError(lvalue.type)) return errorExpression(e.loc);
  const word = e.operator === "++" ? "increment" : "decrement";
  const type = unqualified(lvalue.type);
  const isVector = vectorOf(type) !== undefined;
  const isComplex = complexOf(type) !== undefined;
  if (!isArithmetic(type) && !isPointer(type) && !isVector && !isComplex) {
    error(c, e.loc, `cannot ${word} value of type ${quoteType(lvalue.type)}`);
    return errorExpression(e.loc);
  }
  if (isPointer(type) && !checkArithmeticPointer(c, type, e.loc)) return errorExpression(e.loc);
  if (!checkModifiable(c, lvalue, e.loc)) return errorExpression(e.loc);
  const decrement = e.operator === "--";
  if (isVector) return vectorIncrement(c, lvalue, decrement, e.prefix, e.loc);
  if (isComplex) return complexIncrement(c, lvalue, decrement, e.prefix, e.loc);
  if (isAtomic(lvalue.type)) return atomicIncrement(c, lvalue, type, decrement, e.prefix, e.loc);
  if (isPointer(type) && isVariableLength(pointee(type))) return stepOverArray(c, lvalue, decrement, e.prefix, e.loc);
  const elementSize = isPointer(type) ? sizeOf(pointee(type)) : 0;
  const node: Expression = { kind: "increment", lvalue, decrement, prefix: e.prefix, elementSize, type, loc: e.loc };
  return node;
}

/** `++` and `--` of a pointer to a variable-length array: `p += 1`, and behind the name that less 1. */
function stepOverArray(c: Checker, lvalue: Expression, decrement: boolean, prefix: boolean, loc: Loc): Expression {
  const one = integer(1n, longType, loc);
  const stepped = compoundAssign(c, decrement ? "-" : "+", lvalue, one, loc);
  return prefix || isError(stepped.type) ? stepped : addToPointer(c, stepped, one, !decrement, loc);
}

function atomicIncrement(
  c: Checker, lvalue: Expression, type: CType, decrement: boolean, prefix: boolean, loc: Loc,
): Expression {
  if (!isInteger(type) && !isPointer(type)) return refuseAtomic(c, lvalue.type, loc);
  if (isBool(type)) {
    const one = integer(1n, intType, loc);
    return atomicUpdate(c, lvalue, type, one, !prefix, loc, (old, held) =>
      cast(binary(decrement ? "subtract" : "add", cast(old, intType, loc), held, intType, loc), type, loc));
  }
  const name: BuiltinName = prefix
    ? decrement ? "atomicSubFetch" : "atomicAddFetch"
    : decrement ? "atomicFetchSub" : "atomicFetchAdd";
  const pointer = addressOf(c, lvalue, loc);
  const size = isPointer(type) ? BigInt(sizeOf(pointee(type))) : 1n;
  const step = cast(integer(size, longType, loc), type, loc);
  return { kind: "builtin", name, arguments: [pointer, step], constants: [sequentiallyConsistent], type, loc };
}
