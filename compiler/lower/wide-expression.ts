/**
 * Expressions of wide type (over 64 bits) to pairs of halves, and the places where wide values meet others:
 * conversions, comparisons, truth, assignments that compute in one kind and store in the other.
 *
 * `expression` gives the address of an object for such an expression; `wide` gives the halves themselves and is what
 * all code that knows of wide values calls.
 */
import type {
  ArithmeticOperator, AssignExpr, BinaryExpr, CompareExpr, CompoundAssignExpr, ConditionalExpr, Expression,
  IncrementExpr,
} from "../ast/program.ts";
import { unreachable } from "../source/unreachable.ts";
import { integerOf, isFloat, unsignedLongType } from "../types/basic.ts";
import type { CType } from "../types/ctype.ts";
import type { AnyValue } from "../ir/module.ts";
import { builtin } from "./builtin.ts";
import { call } from "./call.ts";
import { branchOnTruth, lowerCondition } from "./condition.ts";
import { enter, int, jump, live, newBlock, phi } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { arithmetic, expression } from "./expression.ts";
import { assignedValue, lvalue, readLvalue, writeLvalue } from "./lvalue.ts";
import type { Lvalue } from "./lvalue.ts";
import { block } from "./statement.ts";
import { convert, floatTruth, isWide, predicateOf } from "./values.ts";
import { divideWide } from "./wide-divide.ts";
import {
  addWide, bitwise, compareWide, complementWide, cutWide, fromWide, isNonzero, isSignedWide, loadWide, multiplyWide,
  negateWide, normalizeWide, readWide, shiftWide, subtractWide, toWide, wideConstant, writeWide,
} from "./wide.ts";
import type { Wide } from "./wide.ts";

/** Evaluates an expression of wide type. */
export function wide(f: FunctionContext, e: Expression): Wide {
  f.loc = e.loc;
  switch (e.kind) {
    case "integer":
      return wideConstant(f, e.value);
    case "variable": case "dereference": case "member": case "compoundLiteral":
      return readWide(f, lvalue(f, e));
    case "load":
      return readWide(f, lvalue(f, e.lvalue));
    case "unary": {
      const operand = wide(f, e.operand);
      f.loc = e.loc;
      return normalizeWide(f, e.operator === "negate" ? negateWide(f, operand) : complementWide(f, operand), e.type);
    }
    case "binary":
      return binaryChain(f, e);
    case "conditional":
      return conditional(f, e);
    case "comma":
      expression(f, e.left);
      return wide(f, e.right);
    case "assign":
      return assign(f, e);
    case "compoundAssign": {
      const value = compoundAssignWide(f, e);
      if (!isPair(value)) throw new Error("an assignment of wide type has a narrow value");
      return value;
    }
    case "increment":
      return increment(f, e);
    case "cast":
      return convertToWide(f, e.operand, e.type);
    case "call":
      return loadWide(f, call(f, e), 16, false);
    case "builtin":
      return loadWide(f, builtin(f, e), 16, false);
    case "statement": {
      const address = block(f, e.statements, e.value);
      return address === undefined ? wideConstant(f, 0n) : loadWide(f, address, 16, false);
    }
    case "float": case "labelAddress": case "string": case "functionName": case "decay": case "addressOf": case "compare":
    case "logical": case "pointerAdd": case "pointerDifference": case "recordValue":
      throw new Error(`a ${e.kind} expression has no wide integer value`);
    default:
      return unreachable(e);
  }
}

/** A scalar or wide expression's value in a wide type. */
export function convertToWide(f: FunctionContext, operand: Expression, type: CType): Wide {
  if (!isWide(operand.type)) {
    const value = expression(f, operand);
    return toWide(f, value, operand.type, type);
  }
  const value = wide(f, operand);
  return resizeWide(f, value, operand.type, type);
}

/** Between wide types: nothing to do where every value of the one is one of the other. */
function resizeWide(f: FunctionContext, value: Wide, from: CType, to: CType): Wide {
  const a = integerOf(from);
  const b = integerOf(to);
  if (a === undefined || b === undefined) throw new Error("a wide type is no integer type");
  const fits = b.width > a.width ? b.signed || !a.signed : b.width === a.width && b.signed === a.signed;
  return fits ? value : normalizeWide(f, value, to);
}

/** A wide expression's value in a scalar type. */
export function convertFromWide(f: FunctionContext, operand: Expression, type: CType): AnyValue {
  const value = wide(f, operand);
  return fromWide(f, value, operand.type, type);
}

/** i32 1 when the wide expression's value is not 0. */
export function wideTruth(f: FunctionContext, e: Expression): AnyValue {
  return isNonzero(f, wide(f, e));
}

/** A comparison of wide operands. */
export function wideComparison(f: FunctionContext, e: CompareExpr): AnyValue {
  const left = wide(f, e.left);
  const right = wide(f, e.right);
  f.loc = e.loc;
  return compareWide(f, predicateOf(e.operator, isSignedWide(e.left.type)), left, right);
}

/** The count of a shift as an i64; only a count below the shifted width means something. */
export function shiftCountOf(f: FunctionContext, e: Expression): AnyValue {
  if (isWide(e.type)) return wide(f, e).lo;
  return convert(f, expression(f, e), e.type, unsignedLongType);
}

function binaryChain(f: FunctionContext, e: BinaryExpr): Wide {
  const chain: BinaryExpr[] = [];
  let left: Expression = e;
  for (; left.kind === "binary"; left = left.left) chain.push(left);
  let value = wide(f, left);
  for (const link of chain.reverse()) {
    const right = rightOperand(f, link.operator, link.right);
    f.loc = link.loc;
    value = wideArithmetic(f, link.operator, value, right, link.type);
  }
  return value;
}

/** The right operand: a shift's is its count, in the low half. */
function rightOperand(f: FunctionContext, operator: ArithmeticOperator, e: Expression): Wide {
  if (operator !== "shiftLeft" && operator !== "shiftRight") return wide(f, e);
  return { lo: shiftCountOf(f, e), hi: int(f, "i64", 0) };
}

function wideArithmetic(f: FunctionContext, operator: ArithmeticOperator, a: Wide, b: Wide, type: CType): Wide {
  const signed = isSignedWide(type);
  switch (operator) {
    case "add": return normalizeWide(f, addWide(f, a, b), type);
    case "subtract": return normalizeWide(f, subtractWide(f, a, b), type);
    case "multiply": return normalizeWide(f, multiplyWide(f, a, b), type);
    case "divide": return normalizeWide(f, divideWide(f, "quotient", signed, a, b), type);
    case "remainder": return divideWide(f, "remainder", signed, a, b);
    case "and": case "or": case "xor": return bitwise(f, operator, a, b);
    case "shiftLeft": return normalizeWide(f, shiftWide(f, "shl", a, b.lo), type);
    case "shiftRight": return shiftWide(f, signed ? "ashr" : "lshr", a, b.lo);
    default: return unreachable(operator);
  }
}

function conditional(f: FunctionContext, e: ConditionalExpr): Wide {
  const then = newBlock(f);
  const otherwise = newBlock(f);
  const end = newBlock(f);
  let yes: Wide;
  if (e.then === undefined) {
    // GNU's `c ?: b`: the condition's value is the result where it is not 0.
    const value = isWide(e.condition.type) ? wide(f, e.condition) : expression(f, e.condition);
    const truth = isPair(value) ? isNonzero(f, value) : isFloat(e.condition.type) ? floatTruth(f, value) : value;
    branchOnTruth(f, truth, then, otherwise);
    f.block = then;
    f.loc = e.loc;
    yes = isPair(value) ? resizeWide(f, value, e.condition.type, e.type) : toWide(f, value, e.condition.type, e.type);
  } else {
    lowerCondition(f, e.condition, then, otherwise);
    f.block = then;
    yes = wide(f, e.then);
  }
  const thenEnd = live(f);
  jump(f, end);
  f.block = otherwise;
  const no = wide(f, e.else);
  const elseEnd = live(f);
  enter(f, end);
  f.loc = e.loc;
  const join = (a: AnyValue, b: AnyValue): AnyValue => phi(f, "i64", [[thenEnd, a], [elseEnd, b]]);
  return { lo: join(yes.lo, no.lo), hi: join(yes.hi, no.hi) };
}

function assign(f: FunctionContext, e: AssignExpr): Wide {
  const value = wide(f, e.value);
  const place = lvalue(f, e.lvalue);
  f.loc = e.loc;
  writeWide(f, place, value);
  return assigned(f, place, value);
}

/** The value that an assignment leaves: what a load would give. */
function assigned(f: FunctionContext, place: Lvalue, value: Wide): Wide {
  return place.bitField === undefined ? value : cutWide(f, value, place.bitField.place.width, isSignedWide(place.type));
}

type Operand = AnyValue | Wide;

function isPair(value: Operand): value is Wide {
  return "lo" in value;
}

/** `lvalue op= value` where the operation or the object is wide; the result is of the object's kind. */
export function compoundAssignWide(f: FunctionContext, e: CompoundAssignExpr): Operand {
  const computesWide = isWide(e.operationType);
  const shift = e.operator === "shiftLeft" || e.operator === "shiftRight";
  const right = computesWide ? rightOperand(f, e.operator, e.value) : shift ? shiftCountOf(f, e.value) : expression(f, e.value);
  const place = lvalue(f, e.lvalue);
  f.loc = e.loc;
  const old = isWide(place.type) ? readWide(f, place) : readLvalue(f, place);
  let value: Operand;
  if (isPair(right)) {
    const left = isPair(old) ? resizeWide(f, old, e.lvalue.type, e.operationType)
      : toWide(f, old, e.lvalue.type, e.operationType);
    value = wideArithmetic(f, e.operator, left, right, e.operationType);
  } else {
    const left = isPair(old) ? fromWide(f, old, e.lvalue.type, e.operationType) : convert(f, old, e.lvalue.type, e.operationType);
    value = arithmetic(f, e.operator, left, right, e.operationType);
  }
  if (isWide(place.type)) {
    const now = isPair(value) ? resizeWide(f, value, e.operationType, e.lvalue.type)
      : toWide(f, value, e.operationType, e.lvalue.type);
    writeWide(f, place, now);
    return assigned(f, place, now);
  }
  const now = isPair(value) ? fromWide(f, value, e.operationType, e.lvalue.type)
    : convert(f, value, e.operationType, e.lvalue.type);
  writeLvalue(f, place, now);
  return assignedValue(f, place, now);
}

function increment(f: FunctionContext, e: IncrementExpr): Wide {
  const place = lvalue(f, e.lvalue);
  f.loc = e.loc;
  const old = readWide(f, place);
  const one = wideConstant(f, 1n);
  const now = normalizeWide(f, e.decrement ? subtractWide(f, old, one) : addWide(f, old, one), e.lvalue.type);
  writeWide(f, place, now);
  return e.prefix ? assigned(f, place, now) : old;
}
