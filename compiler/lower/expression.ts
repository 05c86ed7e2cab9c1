/**
 * Expressions to values.
 *
 * `expression` evaluates for the value: a scalar's IR value in the invariant form of values.ts, a record's address,
 * undef for void. Places are lvalue.ts's, jumps on a truth value condition.ts's. Chains of binary operators and commas
 * that lean left, which generated code has by the thousand, are walked and not recursed into.
 */
import { unreachable } from "../source/unreachable.ts";
import type {
  ArithmeticOperator, AssignExpr, BinaryExpr, CompareExpr, CompoundAssignExpr, ConditionalExpr, Expression,
  IncrementExpr, PointerDifferenceExpr, UnaryExpr,
} from "../ast/program.ts";
import type { CType } from "../types/ctype.ts";
import { isFloat, isPointer, isRecord, isSigned, isVoid } from "../types/basic.ts";
import { bitsOfFloat } from "../types/float.ts";
import { floatWidth } from "../ir/evaluate-float.ts";
import { undef } from "../ir/module.ts";
import type { AnyValue } from "../ir/module.ts";
import { builtin } from "./builtin.ts";
import { call } from "./call.ts";
import { branchOnTruth, conditionValue, lowerCondition } from "./condition.ts";
import { binary, compare, emit, enter, extend, int, jump, live, newBlock, phi } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { functionSymbolAddress } from "./globals.ts";
import { labelAddress } from "./labels.ts";
import {
  assignedValue, copyRecord, lvalue, reachedPlace, readLvalue, recordAddress, recordPlace, writeLvalue,
} from "./lvalue.ts";
import type { Lvalue } from "./lvalue.ts";
import { block } from "./statement.ts";
import {
  constantOf, convert, floatTruth, irType, isWide, normalize, outcomesOf, predicateOf, scalar,
} from "./values.ts";
import {
  compoundAssignWide, convertFromWide, shiftCountOf, wide, wideComparison, wideTruth,
} from "./wide-expression.ts";
import { boxed } from "./wide.ts";

export function expression(f: FunctionContext, e: Expression): AnyValue {
  f.loc = e.loc;
  if (isWide(e.type)) return boxed(f, wide(f, e));
  switch (e.kind) {
    case "integer":
      return integerConstant(f, e.type, e.value);
    case "float":
      return floatConstant(f, e.type, e.value);
    case "labelAddress":
      return labelAddress(f, e.label);
    case "variable": case "string": case "dereference": case "member": case "compoundLiteral": {
      const place = lvalue(f, e);
      return isVoid(e.type) ? undef(f.fn, "i32") : readLvalue(f, place);
    }
    case "functionName":
      return functionSymbolAddress(f, e.function);
    case "load":
      return readLvalue(f, lvalue(f, e.lvalue));
    case "decay": case "addressOf":
      if (e.lvalue.kind === "functionName") return functionSymbolAddress(f, e.lvalue.function);
      return lvalue(f, e.lvalue).address;
    case "unary":
      return unary(f, e);
    case "binary":
      return binaryChain(f, e);
    case "compare":
      return comparison(f, e);
    case "logical":
      return conditionValue(f, e);
    case "pointerAdd": {
      const pointer = expression(f, e.pointer);
      const index = expression(f, e.index);
      f.loc = e.loc;
      return pointerAdd(f, pointer, index, e.elementSize, e.subtract);
    }
    case "pointerDifference":
      return pointerDifference(f, e);
    case "conditional":
      return conditional(f, e);
    case "comma": {
      const rights: Expression[] = [];
      let left: Expression = e;
      for (; left.kind === "comma"; left = left.left) rights.push(left.right);
      let value = expression(f, left);
      for (const right of rights.reverse()) value = expression(f, right);
      return value;
    }
    case "assign":
      return assign(f, e);
    case "compoundAssign":
      return compoundAssign(f, e);
    case "increment":
      return increment(f, e);
    case "cast":
      return cast(f, e.operand, e.type);
    case "call":
      return call(f, e);
    case "builtin":
      return builtin(f, e);
    case "statement":
      return block(f, e.statements, e.value) ?? undef(f.fn, "i32");
    case "recordValue":
      return recordAddress(f, e);
    default:
      return unreachable(e);
  }
}

function integerConstant(f: FunctionContext, type: CType, value: bigint): AnyValue {
  return constantOf(f, value, scalar(f, type));
}

/** The bits of a floating constant. */
export function floatConstant(f: FunctionContext, type: CType, value: number): AnyValue {
  const s = scalar(f, type);
  return int(f, s.type, bitsOfFloat(value, floatWidth(s.type)));
}

function unary(f: FunctionContext, e: UnaryExpr): AnyValue {
  if (e.operator === "logicalNot") return conditionValue(f, e);
  const operand = expression(f, e.operand);
  f.loc = e.loc;
  const s = scalar(f, e.type);
  if (isFloat(e.type)) return binary(f, "xor", operand, int(f, s.type, 1n << BigInt(s.bits - 1)));
  const value = e.operator === "negate"
    ? emit(f, "neg", operand.type, [operand], undefined)
    : binary(f, "xor", operand, int(f, operand.type, -1n));
  return normalize(f, value, s);
}

function binaryChain(f: FunctionContext, e: BinaryExpr): AnyValue {
  const chain: BinaryExpr[] = [];
  let left: Expression = e;
  for (; left.kind === "binary"; left = left.left) chain.push(left);
  let value = expression(f, left);
  for (const link of chain.reverse()) {
    const right = isWide(link.right.type) ? shiftCountOf(f, link.right) : expression(f, link.right);
    f.loc = link.loc;
    value = arithmetic(f, link.operator, value, right, link.type);
  }
  return value;
}

const plainOperators = {
  add: "add", subtract: "sub", multiply: "mul", and: "and", or: "or", xor: "xor", shiftLeft: "shl",
} as const;

/** `left op right` in a C integer type; a shift's right operand is brought to the left one's width. */
export function arithmetic(
  f: FunctionContext, operator: ArithmeticOperator, left: AnyValue, right: AnyValue, type: CType,
): AnyValue {
  const s = scalar(f, type);
  if (isFloat(type)) return floatArithmetic(f, operator, left, right);
  switch (operator) {
    case "divide": return normalize(f, binary(f, s.signed ? "sdiv" : "udiv", left, right), s);
    case "remainder": return normalize(f, binary(f, s.signed ? "srem" : "urem", left, right), s);
    case "shiftRight": return binary(f, s.signed ? "ashr" : "lshr", left, shiftCount(f, right, left));
    case "shiftLeft": return normalize(f, binary(f, "shl", left, shiftCount(f, right, left)), s);
    case "add": case "subtract": case "multiply": case "and": case "or": case "xor":
      return normalize(f, binary(f, plainOperators[operator], left, right), s);
    default: return unreachable(operator);
  }
}

function floatArithmetic(f: FunctionContext, operator: ArithmeticOperator, left: AnyValue, right: AnyValue): AnyValue {
  switch (operator) {
    case "add": return emit(f, "fadd", left.type, [left, right], undefined);
    case "subtract": return emit(f, "fsub", left.type, [left, right], undefined);
    case "multiply": return emit(f, "fmul", left.type, [left, right], undefined);
    case "divide": return emit(f, "fdiv", left.type, [left, right], undefined);
    case "remainder": case "and": case "or": case "xor": case "shiftLeft": case "shiftRight":
      throw new Error(`floating types have no operation '${operator}'`);
    default: return unreachable(operator);
  }
}

function shiftCount(f: FunctionContext, count: AnyValue, value: AnyValue): AnyValue {
  if (count.type === value.type) return count;
  if (count.op === "const") return int(f, value.type, count.aux);
  return value.type === "i64" ? extend(f, count, 32, false, "i64") : emit(f, "truncate", "i32", [count], undefined);
}

export function comparison(f: FunctionContext, e: CompareExpr): AnyValue {
  if (isWide(e.left.type)) return wideComparison(f, e);
  const left = expression(f, e.left);
  const right = expression(f, e.right);
  f.loc = e.loc;
  if (isFloat(e.left.type)) return emit(f, "fcompare", "i32", [left, right], outcomesOf[e.operator]);
  const signed = !isPointer(e.left.type) && isSigned(e.left.type);
  return compare(f, predicateOf(e.operator, signed), left, right);
}

export function pointerAdd(
  f: FunctionContext, pointer: AnyValue, index: AnyValue, elementSize: number, subtract: boolean,
): AnyValue {
  if (index.op === "const") {
    const bytes = BigInt.asIntN(64, index.aux) * BigInt(elementSize) * (subtract ? -1n : 1n);
    if (BigInt.asIntN(64, bytes) === 0n) return pointer;
    return emit(f, "ptradd", "ptr", [pointer, int(f, "i64", bytes)], undefined);
  }
  const power = Math.log2(elementSize);
  let bytes: AnyValue = index;
  if (Number.isInteger(power)) bytes = power === 0 ? index : binary(f, "shl", index, int(f, "i64", power));
  else bytes = binary(f, "mul", index, int(f, "i64", elementSize));
  if (subtract) bytes = emit(f, "neg", "i64", [bytes], undefined);
  return emit(f, "ptradd", "ptr", [pointer, bytes], undefined);
}

/**
 * The byte distance is a multiple of the element size (C11 6.5.6p9), so a power of two divides by a shift; any other
 * size divides by its odd part's inverse modulo 2^64 after the shift: exact, and no division, which before v4 has no
 * sign.
 */
function pointerDifference(f: FunctionContext, e: PointerDifferenceExpr): AnyValue {
  const left = expression(f, e.left);
  const right = expression(f, e.right);
  f.loc = e.loc;
  let value: AnyValue = emit(f, "ptrdiff", "i64", [left, right], undefined);
  let odd = BigInt(Math.max(e.elementSize, 1));
  let shift = 0;
  for (; odd % 2n === 0n; odd /= 2n) shift++;
  if (shift > 0) value = binary(f, "ashr", value, int(f, "i64", shift));
  return odd === 1n ? value : binary(f, "mul", value, int(f, "i64", inverse(odd)));
}

/** The inverse of an odd number modulo 2^64, by Newton's iteration: each step doubles the correct low bits. */
function inverse(odd: bigint): bigint {
  let x = odd;
  for (let bits = 3; bits < 64; bits *= 2) x = BigInt.asUintN(64, x * (2n - odd * x));
  return x;
}

function conditional(f: FunctionContext, e: ConditionalExpr): AnyValue {
  const then = newBlock(f);
  const otherwise = newBlock(f);
  const end = newBlock(f);
  const isValue = !isVoid(e.type);
  let thenValue: AnyValue | undefined;
  if (e.then === undefined) {
    const value = isWide(e.condition.type) ? wideTruth(f, e.condition) : expression(f, e.condition);
    branchOnTruth(f, isFloat(e.condition.type) ? floatTruth(f, value) : value, then, otherwise);
    f.block = then;
    f.loc = e.loc;
    thenValue = isValue ? convert(f, value, e.condition.type, e.type) : undefined;
  } else {
    lowerCondition(f, e.condition, then, otherwise);
    f.block = then;
    thenValue = expression(f, e.then);
  }
  const thenEnd = live(f);
  jump(f, end);
  f.block = otherwise;
  const elseValue = expression(f, e.else);
  const elseEnd = live(f);
  enter(f, end);
  f.loc = e.loc;
  if (!isValue || thenValue === undefined) return undef(f.fn, "i32");
  if (isRecord(e.type)) return phi(f, "ptr", [[thenEnd, thenValue], [elseEnd, elseValue]]);
  return phi(f, irType(f, e.type), [[thenEnd, thenValue], [elseEnd, elseValue]]);
}

function assign(f: FunctionContext, e: AssignExpr): AnyValue {
  if (isRecord(e.type)) {
    const place = reachedPlace(f, lvalue(f, e.lvalue));
    const from = recordPlace(f, e.value);
    f.loc = e.loc;
    copyRecord(f, place, from, e.type);
    return place.address;
  }
  const value = expression(f, e.value);
  const place = lvalue(f, e.lvalue);
  f.loc = e.loc;
  writeLvalue(f, place, value);
  return assignedValue(f, place, value);
}

function compoundAssign(f: FunctionContext, e: CompoundAssignExpr): AnyValue {
  if (isWide(e.operationType) || isWide(e.value.type)) {
    const value = compoundAssignWide(f, e);
    if ("lo" in value) throw new Error("a narrow assignment has a wide value");
    return value;
  }
  const right = expression(f, e.value);
  const place = lvalue(f, e.lvalue);
  return update(f, place, e, (old) => {
    if (isPointer(e.lvalue.type)) return pointerAdd(f, old, right, e.elementSize, e.operator === "subtract");
    const left = convert(f, old, e.lvalue.type, e.operationType);
    return convert(f, arithmetic(f, e.operator, left, right, e.operationType), e.operationType, e.lvalue.type);
  }).now;
}

function increment(f: FunctionContext, e: IncrementExpr): AnyValue {
  const place = lvalue(f, e.lvalue);
  const { old, now } = update(f, place, e, (before) => {
    if (isPointer(e.lvalue.type)) return pointerAdd(f, before, int(f, "i64", 1), e.elementSize, e.decrement);
    const s = scalar(f, e.lvalue.type);
    // ++ on a _Bool sets it, -- flips it (C11 6.3.1.2 applied to 6.5.2.4p2).
    if (isFloat(e.lvalue.type)) {
      return emit(f, e.decrement ? "fsub" : "fadd", s.type, [before, floatConstant(f, e.lvalue.type, 1)], undefined);
    }
    if (s.bool) return e.decrement ? binary(f, "xor", before, int(f, s.type, 1)) : int(f, s.type, 1);
    return normalize(f, binary(f, e.decrement ? "sub" : "add", before, int(f, s.type, 1)), s);
  });
  return e.prefix ? now : old;
}

/** Reads, changes and writes back an object that is evaluated once. `_Atomic` objects are refused by check. */
function update(
  f: FunctionContext, place: Lvalue, e: Expression, change: (old: AnyValue) => AnyValue,
): { readonly old: AnyValue; readonly now: AnyValue } {
  f.loc = e.loc;
  const old = readLvalue(f, place);
  const now = change(old);
  writeLvalue(f, place, now);
  return { old, now: assignedValue(f, place, now) };
}

function cast(f: FunctionContext, operand: Expression, type: CType): AnyValue {
  if (isWide(operand.type) && !isVoid(type)) return convertFromWide(f, operand, type);
  const value = expression(f, operand);
  if (isVoid(type) || isRecord(type)) return value;
  return convert(f, value, operand.type, type);
}
