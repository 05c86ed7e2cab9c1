/**
 * Access to objects: members, subscripts, indirection, `&`, `&&label` and `offsetof` (C11 6.5.2.1, 6.5.2.3, 6.5.3.2,
 * 7.19).
 *
 * `p->m` becomes a member of a dereference, `a[i]` a dereference of a pointer addition. A member of a value that lies
 * in no object (a call's result) is read from an unnamed temporary, so that the base of a member is always an lvalue.
 */
import type { Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { didYouMean } from "../source/spelling.ts";
import {
  addressSpaceOf, elementOf, inAddressSpace, isArray, isAtomic, isError, isFunction, isInteger, isPointer, isSigned, isVoid,
  longType, pointee, pointerTo, qualifiersOf, qualify, recordOf, sizeType, unqualified, unsignedLongType, vectorOf, voidType,
} from "../types/basic.ts";
import type { CType, RecordDecl } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { findMember, isComplete, type MemberPath, sizeOf } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { binary, cast, errorExpression, integer, isLvalue, memberExpression, objectExpression } from "./build.ts";
import { evaluateInteger } from "./constants.ts";
import { checkComponents } from "./components.ts";
import { type Checker, error, warn, warnAtRunTime } from "./context.ts";
import { noteAdvised } from "./advice.ts";
import { rvalue } from "./conversions.ts";
import { makeLocal } from "./entities.ts";
import { checkExpression, checkValue } from "./expressions.ts";
import { resolveTypeName } from "./specifiers.ts";
import { findLabel } from "./statements.ts";
import { vectorSubscript } from "./vectors.ts";
import { byteSize, isVariableLength, runTimeSize, scaledIndex } from "./variable-length.ts";

/** `*pointer`; `void` and functions are designated too (the former only to be discarded). */
export function dereference(c: Checker, pointer: Expression, loc: Loc): Expression {
  if (isError(pointer.type)) return errorExpression(loc);
  if (!isPointer(pointer.type)) {
    error(c, loc, `indirection requires pointer operand (${quoteType(pointer.type)} invalid)`);
    return errorExpression(loc);
  }
  const type = pointee(pointer.type);
  if (isFunction(type) && pointer.kind === "decay") return pointer.lvalue;
  return { kind: "dereference", pointer, type, loc };
}

export function checkMember(c: Checker, e: Syntax.MemberExpr): Expression {
  const base = checkExpression(c, e.base);
  if (isError(base.type)) return errorExpression(e.loc);
  let object: Expression;
  if (e.arrow) {
    const pointer = rvalue(c, base);
    if (isError(pointer.type)) return errorExpression(e.loc);
    if (!isPointer(pointer.type)) {
      if (recordOf(pointer.type) === undefined) {
        error(c, e.operatorLoc, `member reference type ${quoteType(pointer.type)} is not a pointer`);
        return errorExpression(e.loc);
      }
      error(c, e.operatorLoc, `member reference type ${quoteType(pointer.type)} is not a pointer; did you mean to use '.'?`);
      object = temporary(base);
    } else {
      object = { kind: "dereference", pointer, type: pointee(pointer.type), loc: e.loc };
    }
  } else {
    if (isPointer(base.type) && recordOf(pointee(base.type)) !== undefined) {
      error(c, e.operatorLoc, `member reference type ${quoteType(base.type)} is a pointer; did you mean to use '->'?`);
      object = { kind: "dereference", pointer: rvalue(c, base), type: pointee(base.type), loc: e.loc };
    } else {
      object = temporary(base);
    }
  }
  const record = recordOf(object.type);
  if (record?.vector?.extended === true && !isAtomic(object.type)) return checkComponents(c, object, e.name, e.loc);
  if (record === undefined || (record.vector ?? record.complex) !== undefined) {
    return isError(object.type) ? errorExpression(e.loc) : noRecord(c, e, object.type);
  }
  if (isAtomic(object.type)) {
    error(c, e.loc, "accessing a member of an atomic structure or union is undefined behavior");
    return errorExpression(e.loc);
  }
  return memberByName(c, object, record, e.name, e.loc, e.operatorLoc);
}

function noRecord(c: Checker, e: Syntax.MemberExpr, type: CType): Expression {
  error(c, e.operatorLoc, `member reference base type ${quoteType(type)} is not a structure or union`);
  return errorExpression(e.loc);
}

/** A record value as an lvalue. */
function temporary(e: Expression): Expression {
  if (isLvalue(e) || recordOf(e.type) === undefined) return e;
  const type = unqualified(e.type);
  const item = { offset: 0, type, bitField: undefined, value: e };
  return objectExpression(makeLocal("", type, e.loc), { zeroFirst: false, items: [item] }, e.loc);
}

/** The member of an object, through anonymous members. */
export function memberByName(
  c: Checker, object: Expression, record: RecordDecl, name: string, loc: Loc, operatorLoc: Loc = loc,
): Expression {
  const path = findMemberOrReport(c, object.type, record, name, loc, operatorLoc);
  const member = path?.steps.at(-1)?.member;
  if (member !== undefined) noteAdvised(c, member.loc, name, loc);
  return path === undefined ? errorExpression(loc) : followPath(object, path, loc);
}

function findMemberOrReport(
  c: Checker, type: CType, record: RecordDecl, name: string, loc: Loc, operatorLoc: Loc,
): MemberPath | undefined {
  if (record.members === undefined) {
    error(c, operatorLoc, `incomplete definition of type ${quoteType(unqualified(type))}`,
      [{ place: record.loc, message: `forward declaration of ${quoteType(unqualified(canonical(type)))}` }]);
    return undefined;
  }
  const path = findMember(record, name);
  if (path === undefined && c.brokenRecords.get(record) !== "members") {
    const names = [...memberNames(record)];
    error(c, loc, `no member named '${name}' in ${quoteType(unqualified(type))}${didYouMean(name, names)}`);
  }
  return path;
}

function* memberNames(record: RecordDecl): Iterable<string> {
  for (const member of record.members ?? []) {
    if (member.name !== undefined) yield member.name;
    else {
      const inner = recordOf(member.type);
      if (inner !== undefined) yield* memberNames(inner);
    }
  }
}

/** Members along a path; each has the qualifiers of what it lies in (C11 6.5.2.3p3). */
export function followPath(object: Expression, path: MemberPath, loc: Loc): Expression {
  let at = object;
  for (const { member, index } of path.steps) {
    const outer = qualifiersOf(at.type);
    const own = qualify(member.type, { ...outer, restrict: false, atomic: false });
    const type = inAddressSpace(own, addressSpaceOf(at.type));
    at = memberExpression(at, member, index, type, loc);
  }
  return at;
}

export function checkSubscript(c: Checker, e: Syntax.SubscriptExpr): Expression {
  const first = checkExpression(c, e.base);
  const second = checkExpression(c, e.index);
  const array = isArray(first.type) ? first : isArray(second.type) ? second : undefined;
  if (vectorOf(first.type) !== undefined) return vectorSubscript(c, first, rvalue(c, second), e.loc);
  const a = rvalue(c, first);
  const b = rvalue(c, second);
  if (isError(a.type) || isError(b.type)) return errorExpression(e.loc);
  const [pointer, index] = isPointer(a.type) ? [a, b] : [b, a];
  if (!isPointer(pointer.type)) {
    error(c, e.loc, "subscripted value is not an array, pointer, or vector");
    return errorExpression(e.loc);
  }
  if (!isInteger(index.type)) {
    error(c, index.loc, "array subscript is not an integer");
    return errorExpression(e.loc);
  }
  const element = pointee(pointer.type);
  if (isFunction(element)) {
    error(c, e.loc, `subscript of pointer to function type ${quoteType(element)}`);
    return errorExpression(e.loc);
  }
  if (!isComplete(element) && !isVoid(element)) {
    error(c, e.loc, `subscript of pointer to incomplete type ${quoteType(element)}`);
    return errorExpression(e.loc);
  }
  const t = canonical(index.type);
  if (t.kind === "integer" && t.name === "char") warn(c, "char-subscripts", e.loc, "array subscript is of type 'char'");
  if (array !== undefined) checkBounds(c, e, array, index);
  const place = addToPointer(c, pointer, index, false, e.loc);
  if (index.kind === "integer" && (c.preserving || isPreserved(pointer))) {
    const access = { array: pointer, index: index.value };
    return { kind: "dereference", pointer: place, type: element, loc: e.loc, element: access };
  }
  return { kind: "dereference", pointer: place, type: element, loc: e.loc };
}

/**
 * Does an element of it get a CO-RE relocation? That of a member of a record with `preserve_access_index` does, and
 * that behind a variable which points to such records, as in clang.
 */
function isPreserved(pointer: Expression): boolean {
  if (pointer.kind !== "decay" && pointer.kind !== "load") return false;
  const { lvalue } = pointer;
  if (lvalue.kind === "member") return recordOf(lvalue.base.type)?.attributes.preserveAccessIndex === true;
  return pointer.kind === "load" && lvalue.kind === "variable" &&
    recordOf(pointee(lvalue.type))?.attributes.preserveAccessIndex === true;
}

/** A constant index outside of an array whose length is meant: a last member is how flexible ones are written too. */
function checkBounds(c: Checker, e: Syntax.SubscriptExpr, object: Expression, index: Expression): void {
  const { type } = object;
  const array = canonical(type);
  if (array.kind !== "array" || typeof array.length !== "number" || index.kind !== "integer") return;
  if (array.length === 0 || (array.plain === true && isLastMember(object))) return;
  let base = e.base;
  while (base.kind === "paren") base = base.inner;
  const end = BigInt(array.length) + (c.addressed === e ? 1n : 0n);
  if (index.value < 0n) {
    const message = `array index ${index.value} is before the beginning of the array`;
    warnAtRunTime(c, "array-bounds", startOf(base), message, [], e.loc);
  } else if (index.value >= end) {
    const message = `array index ${index.value} is past the end of the array (that has type ${quoteType(array)})`;
    warnAtRunTime(c, "array-bounds", startOf(base), message, [], e.loc);
  }
}

function isLastMember(e: Expression): boolean {
  return e.kind === "member" && recordOf(e.base.type)?.members?.at(-1) === e.member;
}

/** Remembers which element `&` is applied to, itself or a member of it: that behind the last one has an address too. */
export function noteAddressed(c: Checker, operand: Syntax.Expression): void {
  let e = operand;
  while (e.kind === "paren" || (e.kind === "member" && !e.arrow)) e = e.kind === "paren" ? e.inner : e.base;
  if (e.kind === "subscript") c.addressed = e;
}

/** `pointer + index` or `pointer - index`; the index becomes a 64-bit integer of its own signedness. */
export function addToPointer(
  c: Checker, pointer: Expression, index: Expression, subtract: boolean, loc: Loc,
): Expression {
  const element = pointee(pointer.type);
  const size = runTimeSize(c, element, loc);
  const elementSize = size.bytes;
  const wide = scaledIndex(cast(index, isSigned(index.type) ? longType : unsignedLongType, index.loc), size);
  if (wide.kind === "integer" && wide.value === 0n) return pointer;
  if (pointer.kind === "integer" && wide.kind === "integer") {
    const bytes = wide.value * BigInt(elementSize);
    return integer(subtract ? pointer.value - bytes : pointer.value + bytes, pointer.type, loc);
  }
  return { kind: "pointerAdd", pointer, index: wide, elementSize, subtract, type: pointer.type, loc };
}

/** `&operand` (C11 6.5.3.2): of an lvalue or function, no bit-field and nothing in a register. */
export function addressOf(c: Checker, operand: Expression, loc: Loc): Expression {
  if (isError(operand.type)) return errorExpression(loc);
  if (operand.kind === "functionName") return { kind: "addressOf", lvalue: operand, type: pointerTo(operand.type), loc };
  if (isVectorElement(operand)) {
    error(c, loc, "address of vector element requested");
    return errorExpression(loc);
  }
  if (isInRegister(c, operand)) {
    error(c, loc, "address of register variable requested");
    return errorExpression(loc);
  }
  if (operand.kind === "dereference" && operand.element === undefined) {
    // `&*p` is p, whatever p points to; only the type may have lost its sugar.
    return cast(operand.pointer, pointerTo(operand.type), loc);
  }
  if (!isLvalue(operand)) {
    error(c, loc, `cannot take the address of an rvalue of type ${quoteType(operand.type)}`);
    return errorExpression(loc);
  }
  if (operand.kind === "member") {
    if (operand.member.bitField !== undefined) {
      error(c, loc, "address of bit-field requested");
      return errorExpression(loc);
    }
    if (rootIsTemporary(operand)) {
      error(c, loc, `cannot take the address of an rvalue of type ${quoteType(operand.type)}`);
      return errorExpression(loc);
    }
  }
  return { kind: "addressOf", lvalue: operand, type: pointerTo(operand.type), loc };
}

/** Is it `vector[index]` (see `vectorSubscript`)? */
function isVectorElement(e: Expression): boolean {
  if (e.kind !== "dereference") return false;
  const first = e.pointer.kind === "pointerAdd" ? e.pointer.pointer : e.pointer;
  return first.kind === "cast" && first.implicit && first.operand.kind === "addressOf" &&
    vectorOf(first.operand.lvalue.type) !== undefined;
}

/** Is it a variable declared `register`, or a part of one? */
function isInRegister(c: Checker, e: Expression): boolean {
  let at = e;
  for (;;) {
    if (at.kind === "member") at = at.base;
    else if (at.kind === "dereference") {
      const pointer = at.pointer.kind === "pointerAdd" ? at.pointer.pointer : at.pointer;
      if (pointer.kind !== "decay") return false;
      at = pointer.lvalue;
    } else return at.kind === "variable" && c.registers.has(at.variable);
  }
}

/** Does an lvalue lie in the unnamed temporary of a value? It may be read, but not changed. */
export function rootIsTemporary(e: Expression): boolean {
  let at = e;
  while (at.kind === "member") at = at.base;
  return at !== e && at.kind === "compoundLiteral" && at.variable.name === "" &&
    at.initializer?.zeroFirst === false && at.initializer.items[0]?.type === at.variable.type;
}

export function checkLabelAddress(c: Checker, e: Syntax.LabelAddress): Expression {
  if (c.function === undefined) {
    error(c, e.loc, "use of address-of-label extension outside of a function body");
    return errorExpression(e.loc);
  }
  const label = findLabel(c, e.label.name, e.label.loc);
  label.addressTaken = true;
  return { kind: "labelAddress", label, type: pointerTo(voidType), loc: e.loc };
}

/** `__builtin_offsetof(type, member-designator)`: a constant, or with a run-time index a sum. */
export function checkOffsetof(c: Checker, e: Syntax.OffsetofExpr): Expression {
  let type = resolveTypeName(c, e.type);
  let offset = 0n;
  let variable: Expression | undefined;
  for (const designator of e.designators) {
    if (isError(type)) return errorExpression(e.loc);
    if (designator.kind === "field") {
      const record = recordOf(type);
      if (record === undefined) {
        error(c, e.loc, `offsetof requires struct, union, or class type, ${quoteType(type)} invalid`);
        return errorExpression(e.loc);
      }
      if (record.members === undefined) {
        error(c, e.loc, `offsetof of incomplete type ${quoteType(type)}`);
        return errorExpression(e.loc);
      }
      const path = findMemberOrReport(c, type, record, designator.name, designator.loc, designator.loc);
      if (path === undefined) return errorExpression(e.loc);
      for (const { member } of path.steps) {
        offset += BigInt(member.offset);
        type = member.type;
        if (member.bitField === undefined) continue;
        error(c, e.loc, `cannot compute offset of bit-field '${designator.name}'`);
        return errorExpression(e.loc);
      }
      continue;
    }
    if (!isArray(type) || designator.kind === "range") {
      error(c, e.loc, `offsetof requires array type, ${quoteType(type)} invalid`);
      return errorExpression(e.loc);
    }
    type = elementOf(type);
    const index = checkValue(c, designator.index);
    if (isError(index.type)) return errorExpression(e.loc);
    if (!isInteger(index.type)) {
      error(c, designator.loc, "array subscript is not an integer");
      return errorExpression(e.loc);
    }
    const known = evaluateInteger(c, index);
    if (known !== undefined && !isVariableLength(type)) offset += known * BigInt(sizeOf(type));
    else {
      const bytes = binary("multiply", cast(index, sizeType, index.loc), byteSize(c, type, index.loc), sizeType, index.loc);
      variable = variable === undefined ? bytes
        : { kind: "binary", operator: "add", left: variable, right: bytes, type: sizeType, loc: e.loc };
    }
  }
  const constant = integer(offset, sizeType, e.loc);
  if (variable === undefined) return constant;
  return { kind: "binary", operator: "add", left: variable, right: constant, type: sizeType, loc: e.loc };
}
