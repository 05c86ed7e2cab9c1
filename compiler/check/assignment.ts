/**
 * Assignment, `++` and `--` (C11 6.5.16, 6.5.2.4, 6.5.3.1): a modifiable lvalue and a value -> the checked expression. A
 * compound assignment does its arithmetic in the type that the operands have in common, and converts back. Objects of
 * `_Atomic` type are changed by atomic builtins.
 */
import type { ArithmeticOperator, BuiltinName, Expression, Statement } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import {
  complexOf, intType, isArithmetic, isArray, isAtomic, isBool, isConst, isError, isFunction, isInteger, isPointer,
  isScalar, isSigned, isVoid, pointee, recordOf, unqualified, unsignedLongType, longType, vectorOf, voidType,
} from "../types/basic.ts";
import { usualArithmetic } from "../types/convert.ts";
import type { CType } from "../types/ctype.ts";
import { isComplete, sizeOf } from "../types/layout.ts";
import { printType, quoteType } from "../types/print.ts";
import { addressOf, addToPointer, rootIsTemporary } from "./access.ts";
import { binary, cast, errorExpression, integer, isLvalue, toVoid } from "./build.ts";
import { atomicUpdate } from "./atomic-updates.ts";
import { sequentiallyConsistent } from "./atomics.ts";
import { type Checker, error, warnAtRunTime } from "./context.ts";
import { convertTo, promoted, refuseAtomicRecord } from "./conversions.ts";
import { checkExpression, checkValue } from "./expressions.ts";
import { complexIncrement, complexUpdate } from "./complex.ts";
import { hold, vectorIncrement, vectorUpdate } from "./vectors.ts";
import { warnBitFieldConstant, warnConversion } from "./warnings-conversions.ts";
import { warnTruthOf } from "./warnings-conditions.ts";
import { warnNullObject } from "./warnings-memory.ts";
import { warnSelfAssignment } from "./warnings-operators.ts";
import { arithmetic, checkArithmeticPointer, invalidOperands, shift } from "./operators.ts";
import { isVariableLength, runTimeSize, scaledIndex } from "./variable-length.ts";

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
  if (e.operator === "=") {
    if (isBool(lvalue.type) && isPointer(value.type)) warnTruthOf(c, e.right, value);
    return assign(c, lvalue, value, e.loc, e.loc);
  }
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
