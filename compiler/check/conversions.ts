/**
 * Conversions that C does by itself, made explicit: lvalue to value, array and function decay, promotion, and
 * conversion as if by assignment with its constraints (C11 6.3, 6.5.16.1). The wording of what is wrong is clang's.
 */
import type { Expression } from "../ast/program.ts";
import type { Note } from "../source/diagnostic.ts";
import type { Loc } from "../source/source-map.ts";
import {
  addressSpaceOf, complexOf, elementOf, integerOf, isArithmetic, isArray, isAtomic, isBool, isCharacter, isError, isFunction,
  isInteger, isPointer, isRecord, isScalar, isVoid, pointee, pointerTo, qualifiersOf, unqualified, vectorOf,
} from "../types/basic.ts";
import { compatibleUnqualified } from "../types/compatible.ts";
import { promote, promoteArgument, promoteBitField } from "../types/convert.ts";
import { canonical } from "../types/ctype.ts";
import type { CType } from "../types/ctype.ts";
import { isComplete, sizeOf } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { cast, errorExpression, isLvalue, isNullConstant } from "./build.ts";
import { type Checker, countRead, error, warn } from "./context.ts";
import { complexTruth, convertComplex, isNumber } from "./complex.ts";
import { bitFieldWidth } from "./ranges.ts";
import { warnConversion } from "./warnings-conversions.ts";
import { warnNullObject } from "./warnings-memory.ts";
import { reinterpret, splat } from "./vectors.ts";

/** The value of an expression: loads an lvalue, decays arrays and functions (C11 6.3.2.1). */
export function rvalue(c: Checker, e: Expression): Expression {
  const type = canonical(e.type);
  if (type.kind === "error") return e;
  if (type.kind === "function") return { kind: "decay", lvalue: e, type: pointerTo(e.type), loc: e.loc };
  if (type.kind === "array") {
    if (!isLvalue(e)) throw new Error("check: an array value that is no lvalue");
    if (e.kind === "variable" && c.registers.has(e.variable)) {
      error(c, e.loc, "address of register variable requested");
      return errorExpression(e.loc);
    }
    return { kind: "decay", lvalue: e, type: pointerTo(elementOf(e.type)), loc: e.loc };
  }
  if (!isLvalue(e) || type.kind === "void") return e;
  if (!isComplete(e.type)) {
    error(c, e.loc, `incomplete type ${quoteType(e.type)} where a complete type is required`);
    return errorExpression(e.loc);
  }
  if (isAtomic(e.type) && isScalar(e.type)) {
    const pointer: Expression = { kind: "addressOf", lvalue: e, type: pointerTo(e.type), loc: e.loc };
    const order = 5n;
    return {
      kind: "builtin", name: "atomicLoad", arguments: [pointer], constants: [order], type: unqualified(e.type), loc: e.loc,
    };
  }
  if (isAtomic(e.type)) return refuseAtomicRecord(c, e.type, e.loc);
  countRead(c, e);
  warnNullObject(c, e);
  return { kind: "load", lvalue: e, type: unqualified(e.type), loc: e.loc };
}

/** No instruction reads or writes a record as a whole. */
export function refuseAtomicRecord(c: Checker, type: CType, loc: Loc): Expression {
  error(c, loc, `unsupported atomic operation on ${quoteType(type)}: BPF has 32- and 64-bit atomics`);
  return errorExpression(loc);
}

/** Integer promotion of a value. */
export function promoted(e: Expression): Expression {
  const width = bitFieldWidth(e);
  const type = width === undefined ? promote(e.type) : promoteBitField(e.type, width);
  return cast(e, type, e.loc);
}

/** Default argument promotion (C11 6.5.2.2p6). */
export function promotedArgument(e: Expression): Expression {
  return isInteger(e.type) ? promoted(e) : cast(e, promoteArgument(e.type), e.loc);
}

/** Where a conversion as if by assignment happens; it gives the sentence of the message. An `element` stands in a list. */
export type AssignmentContext = "assign" | "pass" | "return" | "initialize" | "element";

/** The type of a value as it was written: an array or function before it decayed. */
function writtenType(value: Expression): CType {
  return value.kind === "decay" ? value.lvalue.type : value.type;
}

/** `from` and `to` in the words of the context. */
function phrase(context: AssignmentContext, from: CType, to: CType, incompatible: boolean): string {
  const word = incompatible ? "incompatible " : "";
  switch (context) {
    case "assign":
      return `assigning to ${quoteType(to)} from ${incompatible ? "incompatible type " : ""}${quoteType(from)}`;
    case "pass":
      return `passing ${quoteType(from)} to parameter of ${word}type ${quoteType(to)}`;
    case "return":
      return `returning ${quoteType(from)} from a function with ${word}result type ${quoteType(to)}`;
    case "initialize":
    case "element":
      return `initializing ${quoteType(to)} with an expression of ${word}type ${quoteType(from)}`;
  }
}

/** Converts a value to the type of an object that it is assigned to, passed as, returned as or initialises. */
export function convertTo(
  c: Checker, value: Expression, to: CType, context: AssignmentContext, loc: Loc, notes: readonly Note[] = [],
): Expression {
  const from = value.type;
  const target = unqualified(to);
  if (isError(from) || isError(to)) return errorExpression(value.loc);
  if ((complexOf(to) ?? complexOf(from)) !== undefined && isNumber(to) && isNumber(from)) {
    return convertComplex(value, target, value.loc);
  }
  if (isRecord(to) || isRecord(from)) {
    if (compatibleUnqualified(from, to)) return value;
    const [source, shape] = [vectorOf(from), vectorOf(to)];
    if (shape?.extended === true && isArithmetic(from)) {
      warnConversion(c, value, shape.element, context === "element");
      return splat(value, target, value.loc);
    }
    // As clang's lax vector conversions.
    const isLax = source !== undefined && shape !== undefined && !(source.extended && shape.extended);
    if (isLax && sizeOf(from) === sizeOf(to)) {
      return reinterpret(value, target, value.loc);
    }
    const inner = context === "pass" ? transparentMember(c, value, to) : undefined;
    if (inner !== undefined) return inner;
    return refuse(c, value, to, context, loc, notes);
  }
  if (isArithmetic(to) && isArithmetic(from)) {
    warnConversion(c, value, target, context === "element");
    return cast(value, target, value.loc);
  }
  if (isPointer(to) && isPointer(from)) return convertPointer(c, value, to, context, loc, notes);
  if (isPointer(to) && isInteger(from)) {
    if (!isNullConstant(value)) {
      const hint = suggestAddress(value, to);
      warn(c, "int-conversion", loc,
        `incompatible integer to pointer conversion ${phrase(context, from, to, false)}${hint}`, notes);
    }
    return cast(value, target, value.loc);
  }
  if (isBool(to) && isPointer(from)) return cast(value, target, value.loc);
  if (isInteger(to) && isPointer(from)) {
    const hint = isInteger(pointee(from)) && value.kind !== "decay" ? dereferenceHint(value) : "";
    warn(c, "int-conversion", loc,
      `incompatible pointer to integer conversion ${phrase(context, writtenType(value), to, false)}${hint}`, notes);
    return cast(value, target, value.loc);
  }
  return refuse(c, value, to, context, loc, notes);
}

function refuse(
  c: Checker, value: Expression, to: CType, context: AssignmentContext, loc: Loc, notes: readonly Note[],
): Expression {
  const from = value.type;
  let hint = "";
  if (isPointer(from) && value.kind !== "decay" && compatibleUnqualified(pointee(from), to)) hint = dereferenceHint(value);
  else if (isPointer(to) && compatibleUnqualified(from, pointee(to))) hint = suggestAddress(value, to);
  error(c, loc, `${phrase(context, writtenType(value), to, true)}${hint}`, notes);
  return errorExpression(value.loc);
}

function suggestAddress(value: Expression, to: CType): string {
  if (value.kind === "load" && compatibleUnqualified(value.type, pointee(to))) {
    return value.lvalue.kind === "dereference" ? "; remove *" : "; take the address with &";
  }
  return "";
}

function dereferenceHint(value: Expression): string {
  return value.kind === "addressOf" ? "; remove &" : "; dereference with *";
}

/** GNU `transparent_union`: an argument may have the type of any member. */
function transparentMember(c: Checker, value: Expression, to: CType): Expression | undefined {
  const record = canonical(to);
  if (record.kind !== "record" || !record.decl.attributes.transparentUnion) return undefined;
  for (const member of record.decl.members ?? []) {
    const isFitting = compatibleUnqualified(member.type, value.type) ||
      (isPointer(member.type) && (isNullConstant(value) || (isPointer(value.type) && fitsPointer(value.type, member.type))));
    if (!isFitting) continue;
    const converted = convertTo(c, value, member.type, "pass", value.loc);
    const item = { offset: 0, type: member.type, bitField: undefined, value: converted };
    return { kind: "recordValue", initializer: { zeroFirst: true, items: [item] }, type: to, loc: value.loc };
  }
  return undefined;
}

/** Does a pointer become the other one without a warning? */
function fitsPointer(from: CType, to: CType): boolean {
  const source = pointee(from);
  const target = pointee(to);
  const p = qualifiersOf(source);
  const q = qualifiersOf(target);
  if ((p.const && !q.const) || (p.volatile && !q.volatile)) return false;
  return isVoid(source) || isVoid(target) || compatibleUnqualified(source, target);
}

function convertPointer(
  c: Checker, value: Expression, to: CType, context: AssignmentContext, loc: Loc, notes: readonly Note[],
): Expression {
  const from = value.type;
  const result = cast(value, unqualified(to), value.loc);
  if (isNullConstant(value)) return result;
  const source = pointee(from);
  const target = pointee(to);
  const text = phrase(context, writtenType(value), to, false);
  if (addressSpaceOf(source) !== addressSpaceOf(target)) {
    error(c, loc, `${text} changes address space of pointer`, notes);
    return errorExpression(value.loc);
  }
  if (loses(source, target)) {
    const word = isFunction(source) || isFunction(target) ? "incompatible-function-pointer-types" : undefined;
    const sameBelow = isVoid(source) || isVoid(target) || compatibleUnqualified(source, target) || differInSign(source, target);
    if (sameBelow && word === undefined) {
      warn(c, "incompatible-pointer-types-discards-qualifiers", loc, `${text} discards qualifiers`, notes);
      return result;
    }
  }
  if (isVoid(source) || isVoid(target) || compatibleUnqualified(source, target)) return result;
  if (differInSign(source, target)) {
    const plain = isCharacter(source) && isCharacter(target) &&
      (canonical(source) !== canonical(target)) && (isPlainChar(source) || isPlainChar(target));
    const how = plain ? "where one is of the unique plain 'char' type and the other is not" : "with different sign";
    warn(c, "pointer-sign", loc, `${text} converts between pointers to integer types ${how}`, notes);
    return result;
  }
  if (sameButNestedQualifiers(source, target)) {
    warn(c, "incompatible-pointer-types-discards-qualifiers", loc, `${text} discards qualifiers in nested pointer types`, notes);
    return result;
  }
  if (isFunction(source) && isFunction(target)) {
    warn(c, "incompatible-function-pointer-types", loc, `incompatible function pointer types ${text}`, notes);
    return result;
  }
  let hint = "";
  if (isPointer(source) && compatibleUnqualified(pointee(source), target)) hint = dereferenceHint(value);
  else if (compatibleUnqualified(from, target)) hint = suggestAddress(value, to);
  warn(c, "incompatible-pointer-types", loc, `incompatible pointer types ${text}${hint}`, notes);
  return result;
}

function isPlainChar(type: CType): boolean {
  const t = canonical(type);
  return t.kind === "integer" && t.name === "char";
}

/** Would a pointer to `to` drop a qualifier of `from`? */
function loses(from: CType, to: CType): boolean {
  const p = qualifiersOf(from);
  const q = qualifiersOf(to);
  if (isArray(from) !== isArray(to) && !isVoid(to)) return (p.const && !q.const) || (p.volatile && !q.volatile);
  return (p.const && !q.const) || (p.volatile && !q.volatile);
}

/** Integer types of one size that differ in sign, or in plain and signed char. */
function differInSign(a: CType, b: CType): boolean {
  const x = integerOf(a);
  const y = integerOf(b);
  if (x === undefined || y === undefined || isBool(a) !== isBool(b)) return false;
  return x.size === y.size && x.rank === y.rank;
}

function sameButNestedQualifiers(a: CType, b: CType): boolean {
  let x = a;
  let y = b;
  while (isPointer(x) && isPointer(y)) {
    x = pointee(x);
    y = pointee(y);
    if (compatibleUnqualified(x, y)) return true;
  }
  return false;
}

/** A condition (C11 6.8.4.1): a scalar value. */
export function condition(c: Checker, e: Expression, loc: Loc): Expression {
  const value = rvalue(c, e);
  if (isError(value.type) || isScalar(value.type)) return value;
  if (complexOf(value.type) !== undefined) return complexTruth(value, value.loc);
  error(c, loc, `statement requires expression of scalar type (${quoteType(value.type)} invalid)`);
  return errorExpression(e.loc);
}
