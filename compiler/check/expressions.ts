/**
 * Expressions: syntax -> typed, desugared expressions of the Program.
 *
 * `checkExpression` gives what is written, an lvalue where it is one; `checkValue` gives its value. One function stands for
 * each kind of node, in the files by topic: operators.ts, access.ts (members, subscripts, addresses), calls.ts and the
 * builtins. Binary operators are checked in a loop along the left spine, since chains may be very long.
 */
import type { Expression, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { leftSpine, startOf } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import {
  addressSpaceOf, arrayOf, boolType, complexOf, constOf, intType, isArithmetic, isArray, isError, isFloat, isFunction, isInteger,
  isPointer, isRecord, isScalar, isVoid, pointee, pointerTo, sizeType, unqualified, vectorOf, voidType,
} from "../types/basic.ts";
import { compatible, compatibleUnqualified, composite, compositeWithQualifiers } from "../types/compatible.ts";
import { usualArithmetic } from "../types/convert.ts";
import type { CType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { alignOf, isComplete, sizeOf } from "../types/layout.ts";
import { printType, quoteType } from "../types/print.ts";
import { checkLabelAddress, checkMember, checkOffsetof, checkSubscript } from "./access.ts";
import {
  cast, errorExpression, integer, isNullConstant, objectExpression, stringExpression, toVoid, truth, variableExpression,
} from "./build.ts";
import { checkCall } from "./calls.ts";
import { evaluate, evaluateInteger } from "./constants.ts";
import { type Checker, countUse, error, suggestName, unevaluated, warn } from "./context.ts";
import { noteEnumerator } from "./advice.ts";
import { promoted, rvalue } from "./conversions.ts";
import { makeLocal } from "./entities.ts";
import { checkInitializer, completeArrayType, staticInitializer } from "./initializers.ts";
import { internString, parseCharacter, parseNumber, parseString, plainChar, textOf } from "./literals.ts";
import { checkAssign, checkUpdate } from "./assignment.ts";
import { checkBinary, checkUnary } from "./operators.ts";
import { bitFieldWidth } from "./ranges.ts";
import { isBroken } from "./records.ts";
import { resolveTypeName } from "./specifiers.ts";
import { checkStatementExpression } from "./statements.ts";
import { commonComplex, complexTruth, convertComplex, imaginaryConstant, isNumber } from "./complex.ts";
import { checkNextArgument } from "./variadic.ts";
import { convertVector, vectorCast } from "./vectors.ts";
import { afterSizes, byteSize, evaluateOperand, isVariableLength, isVariablyModified, variableArray, withSizes } from "./variable-length.ts";
import { noteUse } from "./warnings.ts";
import { warnTruthOf } from "./warnings-conditions.ts";
import { warnConditionPrecedence } from "./warnings-operators.ts";
import { warnDecayedSize, warnUnevaluated } from "./warnings-unevaluated.ts";
import { warnFunctionCast } from "./warnings-declarations.ts";

/** The expression as written: an lvalue, a function designator or a value. */
export function checkExpression(c: Checker, e: Syntax.Expression): Expression {
  switch (e.kind) {
    case "identifier":
      return checkIdentifier(c, e);
    case "number": {
      const number = parseNumber(c, e);
      if (number === undefined) return errorExpression(e.loc);
      const value: Expression = number.kind === "integer" ? integer(number.value, number.type, e.loc)
        : { kind: "float", value: number.value, type: number.type, loc: e.loc };
      return number.imaginary === true ? imaginaryConstant(c, value, e.loc) : value;
    }
    case "character": {
      const { value, type } = parseCharacter(c, e);
      return integer(value, type, e.loc);
    }
    case "string": {
      const { literal, element } = parseString(c, e);
      return stringExpression(literal, arrayOf(element, literal.bytes.length / literal.elementSize), e.loc);
    }
    case "constant":
      if (e.name === "nullptr") return integer(0n, pointerTo(voidType), e.loc);
      return integer(e.name === "true" ? 1n : 0n, boolType, e.loc);
    case "paren":
      return checkExpression(c, e.inner);
    case "generic":
      return checkGeneric(c, e);
    case "statementExpression":
      return checkStatementExpression(c, e);
    case "compoundLiteral":
      return checkCompoundLiteral(c, e);
    case "subscript":
      return checkSubscript(c, e);
    case "call":
      return checkCall(c, e);
    case "member":
      return checkMember(c, e);
    case "unary":
      return checkUnary(c, e);
    case "update":
      return checkUpdate(c, e);
    case "size":
      return checkSize(c, e);
    case "cast":
      return checkCast(c, e);
    case "labelAddress":
      return checkLabelAddress(c, e);
    case "binary":
      return checkSpine(c, e);
    case "conditional":
      return checkConditional(c, e);
    case "assign":
      return checkAssign(c, e);
    case "offsetof":
      return checkOffsetof(c, e);
    case "typesCompatible": {
      const left = resolveTypeName(c, e.left);
      const right = resolveTypeName(c, e.right);
      return integer(compatibleUnqualified(left, right) ? 1n : 0n, intType, e.loc);
    }
    case "choose":
      return checkChoose(c, e);
    case "convertVector": {
      const vector = checkValue(c, e.vector);
      return convertVector(c, vector, resolveTypeName(c, e.type), e.loc);
    }
    case "vaArg":
      return checkNextArgument(c, e);
    case "errorExpression":
      return errorExpression(e.loc);
  }
}

/** The expression's value. */
export function checkValue(c: Checker, e: Syntax.Expression): Expression {
  return rvalue(c, checkExpression(c, e));
}

/** An integer constant expression's value; undefined when it is none, which is reported in the caller's words. */
export function checkConstant(c: Checker, e: Syntax.Expression, loc: Loc, message: string): bigint | undefined {
  const value = unevaluated(c, () => checkValue(c, e));
  const known = isInteger(value.type) ? evaluateInteger(c, value) : undefined;
  if (known === undefined && !isError(value.type)) error(c, loc, message);
  return known;
}

/** As `checkConstant`, in clang's usual words. */
export function requireConstant(c: Checker, e: Syntax.Expression): bigint | undefined {
  return requireTypedConstant(c, e)?.value;
}

/** An integer constant expression's value and its type. */
export function requireTypedConstant(
  c: Checker, e: Syntax.Expression,
): { readonly value: bigint; readonly type: CType } | undefined {
  const value = unevaluated(c, () => checkValue(c, e));
  if (isError(value.type)) return undefined;
  if (!isInteger(value.type)) {
    error(c, e.loc, `integer constant expression must have integer type, not ${quoteType(value.type)}`);
    return undefined;
  }
  const known = evaluateInteger(c, value);
  if (known === undefined) error(c, startOf(e), "expression is not an integer constant expression");
  return known === undefined ? undefined : { value: known, type: value.type };
}

function checkSpine(c: Checker, e: Syntax.BinaryExpr): Expression {
  const spine = leftSpine(e);
  const first = spine[0];
  if (first === undefined) throw new Error("check: an empty spine");
  let left = checkExpression(c, first.left);
  let leftSyntax = first.left;
  for (const node of spine) {
    left = checkBinary(c, node, left, leftSyntax);
    leftSyntax = node;
  }
  return left;
}

// ---- Names ------------------------------------------------------------------------------------------------------------

function checkIdentifier(c: Checker, e: Syntax.IdentifierExpr): Expression {
  const binding = c.scope.find(e.name);
  if (binding === undefined) return undeclared(c, e);
  switch (binding.kind) {
    case "variable":
      noteUse(c, binding.variable, e.name, e.loc);
      countUse(c, binding.variable);
      if (c.globalRegisters.has(binding.variable) && c.unevaluated === 0) {
        error(c, e.loc, `global register variables are not supported: '${e.name}'`);
        return errorExpression(e.loc);
      }
      return variableArray(c, binding.variable, e.loc) ?? variableExpression(binding.variable, e.loc);
    case "function":
      noteUse(c, binding.function, e.name, e.loc);
      if (c.unevaluated === 0) c.usedFunctions.add(binding.function);
      return { kind: "functionName", function: binding.function, type: binding.function.type, loc: e.loc };
    case "enumConstant": {
      noteEnumerator(c, e.name, binding.loc, binding.enum.decl, e.loc);
      const constant = integer(binding.value, binding.type, e.loc);
      if (binding.enum.decl.tag !== undefined) c.enumerators.set(constant, binding.enum);
      return constant;
    }
    case "typedef":
      error(c, e.loc, `unexpected type name '${e.name}': expected expression`);
      return errorExpression(e.loc);
    case "error":
      return errorExpression(e.loc);
  }
}

function undeclared(c: Checker, e: Syntax.IdentifierExpr): Expression {
  if (e.name === "__func__" || e.name === "__FUNCTION__" || e.name === "__PRETTY_FUNCTION__") {
    return functionNameString(c, e);
  }
  const suggestion = suggestName(c, e.name, (kind) => kind !== "typedef" && kind !== "error");
  error(c, e.loc, `use of undeclared identifier '${e.name}'${suggestion}`);
  // One report for each name and scope is enough.
  c.scope.bind(e.name, { kind: "error", loc: e.loc });
  return errorExpression(e.loc);
}

/** `__func__` (C11 6.4.2.2); clang gives `__PRETTY_FUNCTION__` the signature. */
function functionNameString(c: Checker, e: Syntax.IdentifierExpr): Expression {
  const decl = c.function?.decl;
  if (decl === undefined) warn(c, "predefined-identifier-outside-function", e.loc, "predefined identifier is only valid inside function");
  const name = decl === undefined ? "" : e.name === "__PRETTY_FUNCTION__" ? printType(decl.type, decl.name) : decl.name;
  const bytes = new TextEncoder().encode(`${name}\0`);
  return stringExpression(internString(c, bytes, 1, e.loc), arrayOf(constOf(plainChar(c)), bytes.length), e.loc);
}

// ---- Types as operands ------------------------------------------------------------------------------------------------

function checkSize(c: Checker, e: Syntax.SizeExpr): Expression {
  const operand = e.operand;
  let type: CType;
  let align = 0;
  let before: readonly Expression[] = [];
  if (operand.kind === "typeName") {
    const { result, sizes } = withSizes(c, () => resolveTypeName(c, operand));
    [type, before] = [result, sizes];
  } else {
    const value = unevaluated(c, () => checkExpression(c, operand));
    type = value.type;
    if (value.kind === "member" && value.member.bitField !== undefined) {
      error(c, startOf(operand), e.operator === "sizeof" ? "invalid application of 'sizeof' to bit-field"
        : "invalid application of 'alignof' to bit-field");
      return errorExpression(e.loc);
    }
    if (e.operator === "_Alignof") {
      warn(c, "gnu-alignof-expression", e.loc, "'_Alignof' applied to an expression is a GNU extension");
    }
    if (e.operator === "sizeof") warnDecayedSize(c, operand, value);
    warnUnevaluated(c, operand, value);
    if (value.kind === "variable") align = value.variable.attributes.align;
    if (value.kind === "functionName") align = value.function.attributes.align;
  }
  if (isError(type) || isBroken(c, type)) return errorExpression(e.loc);
  const name = e.operator === "sizeof" ? "sizeof" : "alignof";
  if (isVoid(type) || isFunction(type)) {
    const what = isVoid(type) ? "a void type" : "a function type";
    warn(c, "pointer-arith", e.loc, `invalid application of '${name}' to ${what}`);
  } else if (!isComplete(name === "alignof" && isArray(type) ? elementBelow(type) : type)) {
    error(c, e.loc, `invalid application of '${name}' to an incomplete type ${quoteType(type)}`);
    return errorExpression(e.loc);
  }
  if (name === "alignof") return integer(BigInt(Math.max(align, alignOf(type))), sizeType, e.loc);
  if (!isVariableLength(type)) return afterSizes(before, integer(BigInt(sizeOf(type)), sizeType, e.loc));
  if (operand.kind !== "typeName") {
    // Such an operand is evaluated (C11 6.5.3.4p2): only then its type has a size.
    const value = checkExpression(c, operand);
    [type, before] = [value.type, [evaluateOperand(c, value)]];
  }
  return afterSizes(before, byteSize(c, type, e.loc));
}

function elementBelow(type: CType): CType {
  let t = canonical(type);
  while (t.kind === "array") t = canonical(t.of);
  return t;
}

function checkCast(c: Checker, e: Syntax.CastExpr): Expression {
  const { result: type, sizes } = withSizes(c, () => resolveTypeName(c, e.type));
  return afterSizes(sizes, castTo(c, e, type));
}

function castTo(c: Checker, e: Syntax.CastExpr, type: CType): Expression {
  const operand = checkValue(c, e.operand);
  if (isError(type) || isError(operand.type)) return errorExpression(e.loc);
  const target = unqualified(type);
  if (isVoid(type)) return toVoid(operand, target, e.loc);
  if (vectorOf(type) !== undefined || vectorOf(operand.type) !== undefined) return vectorCast(c, operand, target, e.loc);
  if (isNumber(type) && isNumber(operand.type) && (complexOf(type) ?? complexOf(operand.type)) !== undefined) {
    return convertComplex(operand, target, e.loc);
  }
  if (!isComplete(type) && !isArray(type) && !isFunction(type)) {
    error(c, e.loc, `cast to incomplete type ${quoteType(type)}`);
    return errorExpression(e.loc);
  }
  if (isRecord(type)) return castToRecord(c, operand, type, e.loc);
  if (!isScalar(type)) {
    error(c, e.loc, `used type ${quoteType(type)} where arithmetic or pointer type is required`);
    return errorExpression(e.loc);
  }
  if (!isScalar(operand.type)) {
    error(c, startOf(e.operand), `operand of type ${quoteType(operand.type)} where arithmetic or pointer type is required`);
    return errorExpression(e.loc);
  }
  if ((isPointer(type) && isFloat(operand.type)) || (isFloat(type) && isPointer(operand.type))) {
    error(c, e.loc, isPointer(type)
      ? `operand of type ${quoteType(operand.type)} cannot be cast to a pointer type`
      : `pointer cannot be cast to type ${quoteType(type)}`);
    return errorExpression(e.loc);
  }
  if (isPointer(type) && isInteger(operand.type) && sizeOf(operand.type) < 8 && operand.kind !== "integer" &&
      !isBoolean(operand.type) && canonical(operand.type).kind !== "enum") {
    const name = isVoid(pointee(type)) ? "int-to-void-pointer-cast" : "int-to-pointer-cast";
    if (evaluate(c, operand) === undefined) {
      warn(c, name, e.loc, `cast to ${quoteType(type)} from smaller integer type ${quoteType(operand.type)}`);
    }
  }
  if (isInteger(type) && isPointer(operand.type) && sizeOf(type) < 8 && canonical(type).kind !== "enum" &&
      !isBoolean(type)) {
    const name = isVoid(pointee(operand.type)) ? "void-pointer-to-int-cast" : "pointer-to-int-cast";
    warn(c, name, e.loc, `cast to smaller integer type ${quoteType(type)} from ${quoteType(operand.type)}`);
  }
  warnFunctionCast(c, operand.type, type, e.loc);
  // A written cast of a bit-field to its own type stays: the value is promoted as the type, not as the field.
  const result = operand.type === target && bitFieldWidth(operand) !== undefined
    ? { kind: "cast", operand, implicit: false, type: target, loc: e.loc } as const
    : cast(operand, target, e.loc, false);
  return result;
}

function isBoolean(type: CType): boolean {
  const t = canonical(type);
  return t.kind === "integer" && t.name === "_Bool";
}

/** GNU's cast to a union type, and the cast of a record to its own type. */
function castToRecord(c: Checker, operand: Expression, type: CType, loc: Loc): Expression {
  if (compatibleUnqualified(type, operand.type)) return operand;
  const record = canonical(type);
  if (record.kind === "record" && record.decl.isUnion) {
    for (const member of record.decl.members ?? []) {
      if (member.name === undefined || !compatibleUnqualified(member.type, operand.type)) continue;
      const items = [{ offset: 0, type: unqualified(member.type), bitField: member.bitField, value: operand }];
      return { kind: "recordValue", initializer: { zeroFirst: true, items }, type: unqualified(type), loc };
    }
    error(c, loc, `cast to union type from type ${quoteType(operand.type)} not present in union`);
  } else {
    error(c, loc, `used type ${quoteType(type)} where arithmetic or pointer type is required`);
  }
  return errorExpression(loc);
}

function checkGeneric(c: Checker, e: Syntax.GenericExpr): Expression {
  const control = e.control;
  let type: CType;
  if (control.kind === "typeName") {
    type = resolveTypeName(c, control);
  } else {
    const value = unevaluated(c, () => checkValue(c, control));
    warnUnevaluated(c, control, value);
    ({ type } = value);
  }
  if (isError(type)) return errorExpression(e.loc);
  const own = control.kind === "typeName" ? type : unqualified(type);
  let chosen: Syntax.Expression | undefined;
  let otherwise: { value: Syntax.Expression; loc: Loc } | undefined;
  const seen: { type: CType; loc: Loc }[] = [];
  const fitting: { type: CType; loc: Loc }[] = [];
  for (const association of e.associations) {
    if (association.type === undefined) {
      if (otherwise !== undefined) {
        error(c, association.loc, "duplicate default generic association",
          [{ place: otherwise.loc, message: "previous default generic association is here" }]);
      }
      otherwise = { value: association.value, loc: association.loc };
      continue;
    }
    const candidate = resolveTypeName(c, association.type);
    const unfit = isFunction(candidate) ? "not an object type"
      : isVariablyModified(candidate) ? "is a variably modified type"
      : isError(candidate) || isComplete(candidate) || isVoid(candidate) ? undefined : "incomplete";
    if (unfit !== undefined) {
      error(c, association.type.loc, `type ${quoteType(candidate)} in generic association ${unfit}`);
      continue;
    }
    const before = seen.find((other) => compatible(other.type, candidate));
    if (before !== undefined && !isError(candidate)) {
      error(c, association.loc,
        `type ${quoteType(candidate)} in generic association compatible with previously specified type ${quoteType(before.type)}`,
        [{ place: before.loc, message: `compatible type ${quoteType(before.type)} specified here` }]);
      continue;
    }
    seen.push({ type: candidate, loc: association.loc });
    if (!compatible(candidate, own)) continue;
    chosen ??= association.value;
    fitting.push({ type: candidate, loc: association.loc });
  }
  const place = control.kind === "typeName" ? control.loc : startOf(control);
  if (fitting.length > 1) {
    error(c, place, `controlling expression type ${quoteType(own)} compatible with ${fitting.length} generic association types`,
      fitting.map((one) => ({ place: one.loc, message: `compatible type ${quoteType(one.type)} specified here` })));
  }
  const result = chosen ?? otherwise?.value;
  for (const { value } of e.associations) {
    if (value !== result) unevaluated(c, () => checkExpression(c, value));
  }
  if (result !== undefined) return checkExpression(c, result);
  error(c, place, `controlling expression type ${quoteType(own)} not compatible with any generic association type`);
  return errorExpression(e.loc);
}

function checkChoose(c: Checker, e: Syntax.ChooseExpr): Expression {
  const value = checkConstant(c, e.condition, e.condition.loc, "'__builtin_choose_expr' requires a constant expression");
  if (value === undefined) return errorExpression(e.loc);
  const [taken, left] = value !== 0n ? [e.then, e.else] : [e.else, e.then];
  unevaluated(c, () => checkExpression(c, left));
  return checkExpression(c, taken);
}

export function checkStaticAssert(c: Checker, assertion: Syntax.StaticAssert): void {
  const value = unevaluated(c, () => checkValue(c, assertion.condition));
  if (isError(value.type)) return;
  const known = evaluate(c, value);
  if (known === undefined) {
    error(c, startOf(assertion.condition), "static assertion expression is not an integral constant expression");
    return;
  }
  if (known.kind === "address" || Number(known.value) !== 0) return;
  const message = assertion.message === undefined ? "" : `: ${textOf(c, assertion.message)}`;
  error(c, startOf(assertion.condition), `static assertion failed${message}`);
}

// ---- Compound literals, conditionals ----------------------------------------------------------------------------------

function checkCompoundLiteral(c: Checker, e: Syntax.CompoundLiteral): Expression {
  const { result, sizes } = withSizes(c, () => resolveTypeName(c, e.type));
  let type = result;
  if (isError(type)) return errorExpression(e.loc);
  if (isVariableLength(type)) {
    error(c, e.loc, "compound literal has variable-length type");
    return errorExpression(e.loc);
  }
  if (isFunction(type) || (!isComplete(type) && !isArray(type))) {
    error(c, e.loc, isFunction(type) ? `illegal initializer type ${quoteType(type)}`
      : `variable has incomplete type ${quoteType(type)}`);
    return errorExpression(e.loc);
  }
  const isStatic = c.function === undefined;
  const initializer = checkInitializer(c, type, e.initializer, isStatic);
  if (initializer === undefined) return errorExpression(e.loc);
  type = completeArrayType(type, initializer.length);
  const variable: Variable = { ...makeLocal(isStatic ? ".compoundliteral" : "", type, e.loc), storage: isStatic ? "static" : "automatic" };
  if (isStatic) {
    variable.linkage = "internal";
    variable.initializer = staticInitializer(c, initializer, variable);
    variable.referenced = true;
    if (c.unevaluated === 0) c.variables.push(variable);
  }
  const literal = objectExpression(variable, { zeroFirst: initializer.zeroFirst, items: initializer.items }, e.loc);
  if (sizes.length === 0) return literal;
  const pointer = afterSizes(sizes, { kind: "addressOf", lvalue: literal, type: pointerTo(type), loc: e.loc });
  return { kind: "dereference", pointer, type, loc: e.loc };
}

function checkConditional(c: Checker, e: Syntax.ConditionalExpr): Expression {
  let test = checkValue(c, e.condition);
  if (complexOf(test.type) !== undefined && e.then !== undefined) test = complexTruth(test, test.loc);
  if (!isError(test.type) && !isScalar(test.type)) {
    error(c, e.loc, `used type ${quoteType(test.type)} where arithmetic or pointer type is required`);
    test = errorExpression(e.condition.loc);
  }
  if (e.then !== undefined) {
    warnTruthOf(c, e.condition, test);
    warnConditionPrecedence(c, e, test);
  }
  const known = truth(test);
  // The arm that is never taken names functions and variables that need not exist in the object.
  const arm = (syntax: Syntax.Expression, dead: boolean): Expression =>
    dead ? unevaluated(c, () => checkValue(c, syntax)) : checkValue(c, syntax);
  const then = e.then === undefined ? test : arm(e.then, known === false);
  const other = arm(e.else, known === true);
  if (isError(test.type) || isError(then.type) || isError(other.type)) return errorExpression(e.loc);
  const type = conditionalType(c, then, other, e.loc);
  if (type === undefined) return errorExpression(e.loc);
  const left = convertArm(then, type);
  const right = convertArm(other, type);
  if (known !== undefined) return { ...(known ? left : right), loc: e.loc };
  c.function?.written?.set(test, e.condition);
  return { kind: "conditional", condition: test, then: e.then === undefined ? undefined : left, else: right, type, loc: e.loc };
}

function convertArm(value: Expression, type: CType): Expression {
  if (isVoid(type)) return isVoid(value.type) ? value : toVoid(value, type, value.loc);
  if (complexOf(type) !== undefined) return convertComplex(value, type, value.loc);
  return isRecord(type) ? value : cast(value, type, value.loc);
}

/** The result type of `c ? a : b` (C11 6.5.15p5-6). */
function conditionalType(c: Checker, a: Expression, b: Expression, loc: Loc): CType | undefined {
  if (isArithmetic(a.type) && isArithmetic(b.type)) {
    return usualArithmetic(promoted(a).type, promoted(b).type);
  }
  if (isNumber(a.type) && isNumber(b.type)) return commonComplex(c, a, b, loc);
  if (isVoid(a.type) || isVoid(b.type)) {
    return voidType;
  }
  if (isRecord(a.type) && isRecord(b.type) && compatibleUnqualified(a.type, b.type)) return a.type;
  if (isPointer(a.type) && isNullConstant(b)) return a.type;
  if (isPointer(b.type) && isNullConstant(a)) return b.type;
  if (isPointer(a.type) && isPointer(b.type)) return conditionalPointer(c, a, b, loc);
  const [pointer, number] = isPointer(a.type) ? [a, b] : [b, a];
  if (isPointer(pointer.type) && isInteger(number.type)) {
    warn(c, "conditional-type-mismatch", loc,
      `pointer/integer type mismatch in conditional expression (${quoteType(a.type)} and ${quoteType(b.type)})`);
    return pointer.type;
  }
  error(c, loc, `incompatible operand types (${quoteType(a.type)} and ${quoteType(b.type)})`);
  return undefined;
}

function conditionalPointer(c: Checker, a: Expression, b: Expression, loc: Loc): CType | undefined {
  const left = pointee(a.type);
  const right = pointee(b.type);
  if (addressSpaceOf(left) !== addressSpaceOf(right)) {
    error(c, loc, `conditional operator with the second and third operands of type (${quoteType(a.type)} and ` +
      `${quoteType(b.type)}) which are pointers to non-overlapping address spaces`);
    return undefined;
  }
  if (compatibleUnqualified(left, right)) {
    if (compatible(left, right)) return isArray(left) ? pointerTo(composite(left, right)) : a.type;
    return pointerTo(compositeWithQualifiers(left, right));
  }
  if (isVoid(left)) return pointerTo(compositeWithQualifiers(left, right));
  if (isVoid(right)) return pointerTo(compositeWithQualifiers(right, left));
  warn(c, "pointer-type-mismatch", loc,
    `pointer type mismatch (${quoteType(a.type)} and ${quoteType(b.type)})`);
  return pointerTo(voidType);
}

