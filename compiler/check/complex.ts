/**
 * Complex types (C11 6.2.5p11) and GNU's complex integers: carried as a record of two parts, the real one first, as
 * clang passes and lays them out; operators are written out on the parts.
 *
 * The record's declaration tells that it is complex (`RecordDecl.complex`); two complex types of one element type share
 * it. An operation is a statement expression that puts its operands into variables and gives a record built of two
 * expressions, which are what the operators give for the elements. A real operand stays real: it is no complex value
 * with an imaginary zero. Division of floating values is that of C's formula, whose intermediate results must not
 * overflow; it has no scaling.
 */
import type { Expression, Statement } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { complexOf, intType, isArithmetic, isBool, isError, isFloat, recordOf, unqualified } from "../types/basic.ts";
import { usualArithmetic } from "../types/convert.ts";
import { canonical, plainRecord } from "../types/ctype.ts";
import type { CType, Member } from "../types/ctype.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { cast, errorExpression, integer, isLvalue, memberExpression, unary } from "./build.ts";
import { type Checker, error } from "./context.ts";
import { promoted } from "./conversions.ts";
import { assign } from "./assignment.ts";
import { binaryOperation } from "./operators.ts";
import { hold, place, stored } from "./vectors.ts";

/** `_Complex` of a real type. */
export function complexType(c: Checker, element: CType, loc: Loc): CType {
  const of = canonical(element);
  if (isError(of)) return of;
  const isReal = of.kind === "float" || (of.kind === "integer" && !isBool(of) && of.name !== "_BitInt");
  if (!isReal || of.size > 8) {
    error(c, loc, `'_Complex ${quoteType(element).slice(1)} is not supported`);
    return { kind: "error" };
  }
  const key = `_Complex ${of.name}`;
  const known = c.vectors.get(key);
  if (known !== undefined) return known;
  const members = [0, 1].map((i): Member => (
    { name: undefined, type: of, loc: 0, offset: i * of.size, bitField: undefined, declTags: [] }
  ));
  const type: CType = {
    kind: "record",
    decl: {
      isUnion: false, tag: undefined, loc: 0, members, size: 2 * of.size, align: alignOf(of), complex: of,
      attributes: plainRecord(),
    },
  };
  c.vectors.set(key, type);
  return type;
}

/** Is the type complex or real: does arithmetic take it? */
export function isNumber(type: CType): boolean {
  return isArithmetic(type) || complexOf(type) !== undefined;
}

// ---- Parts ------------------------------------------------------------------------------------------------------------

/** A value whose parts can be read one by one: constants as they are, else a variable. */
function held(statements: Statement[], value: Expression): Expression {
  if (value.kind === "recordValue" && value.initializer.items.every((item) => isConstant(item.value))) return value;
  return hold(statements, value);
}

function isConstant(value: Expression): boolean {
  return value.kind === "integer" || value.kind === "float";
}

/** The real (0) or imaginary (1) part of what `held` gave; a real value has no imaginary one. */
function part(value: Expression, index: 0 | 1, loc: Loc): Expression | undefined {
  if (complexOf(value.type) === undefined) {
    if (index === 1) return undefined;
    return isLvalue(value) ? { kind: "load", lvalue: value, type: unqualified(value.type), loc } : value;
  }
  if (value.kind === "recordValue") return value.initializer.items[index]?.value;
  const place = partOf(value, index, loc);
  return { kind: "load", lvalue: place, type: unqualified(place.type), loc };
}

/** The part of an object, as an object. */
function partOf(object: Expression, index: 0 | 1, loc: Loc): Expression {
  const member = recordOf(object.type)?.members?.[index];
  if (member === undefined) throw new Error("check: no complex type");
  return memberExpression(object, member, index, member.type, loc);
}

function make(type: CType, statements: Statement[], real: Expression, imaginary: Expression, loc: Loc): Expression {
  const element = complexOf(type);
  if (element === undefined) throw new Error("check: no complex type");
  if (isError(real.type) || isError(imaginary.type)) return errorExpression(loc);
  const items = [real, imaginary].map((value, i) => (
    { offset: i * sizeOf(element), type: element, bitField: undefined, value: cast(value, element, loc) }
  ));
  const value: Expression = { kind: "recordValue", initializer: { zeroFirst: false, items }, type: unqualified(type), loc };
  return after(statements, value, loc);
}

function after(statements: readonly Statement[], value: Expression, loc: Loc): Expression {
  return statements.length === 0 ? value : { kind: "statement", statements, value, type: value.type, loc };
}

function zero(element: CType, loc: Loc): Expression {
  return cast(integer(0n, intType, loc), element, loc);
}

/** An imaginary constant: `2.0i`. */
export function imaginaryConstant(c: Checker, value: Expression, loc: Loc): Expression {
  const type = complexType(c, value.type, loc);
  return isError(type) ? errorExpression(loc) : make(type, [], zero(value.type, loc), value, loc);
}

/** The complex value of two parts of the type `element`. */
export function complexOfParts(c: Checker, real: Expression, imaginary: Expression, element: CType, loc: Loc): Expression {
  const type = complexType(c, element, loc);
  return isError(type) ? errorExpression(loc) : make(type, [], real, imaginary, loc);
}

/** `__real__` and `__imag__`: an object if the operand is one. */
export function checkPart(c: Checker, operand: Expression, index: 0 | 1, loc: Loc): Expression {
  if (isError(operand.type)) return errorExpression(loc);
  if (complexOf(operand.type) !== undefined) {
    if (isLvalue(operand)) return partOf(operand, index, loc);
    const statements: Statement[] = [];
    const value = part(held(statements, operand), index, loc);
    return value === undefined ? errorExpression(loc) : after(statements, value, loc);
  }
  if (!isArithmetic(operand.type)) {
    error(c, loc, `invalid type ${quoteType(operand.type)} to ${index === 0 ? "__real" : "__imag"} operator`);
    return errorExpression(loc);
  }
  if (index === 0) return operand;
  return { kind: "comma", left: operand, right: zero(unqualified(operand.type), loc), type: unqualified(operand.type), loc };
}

// ---- Conversions ------------------------------------------------------------------------------------------------------

/** Between complex and real types (C11 6.3.1.6, 6.3.1.7). */
export function convertComplex(value: Expression, type: CType, loc: Loc): Expression {
  const to = complexOf(type);
  const statements: Statement[] = [];
  if (to === undefined && isBool(type)) return cast(complexTruth(value, loc), type, loc);
  if (to !== undefined && complexOf(value.type) === to) return value;
  const x = held(statements, value);
  const real = part(x, 0, loc);
  if (real === undefined) throw new Error("check: a number without a real part");
  if (to === undefined) return after(statements, cast(real, unqualified(type), loc), loc);
  return make(type, statements, cast(real, to, loc), part(x, 1, loc) ?? zero(to, loc), loc);
}

/** An int: is one of the parts not zero? */
export function complexTruth(value: Expression, loc: Loc): Expression {
  const statements: Statement[] = [];
  const x = held(statements, value);
  const [real, imaginary] = [part(x, 0, loc), part(x, 1, loc)];
  if (real === undefined || imaginary === undefined) throw new Error("check: no complex type");
  const isZero = (e: Expression): Expression => unary("logicalNot", e, intType, loc);
  const neither: Expression = {
    kind: "logical", operator: "&&", left: isZero(real), right: isZero(imaginary), type: intType, loc,
  };
  return after(statements, isZero(neither), loc);
}

/** The type that two operands are brought to, of which one is complex. */
export function commonComplex(c: Checker, left: Expression, right: Expression, loc: Loc): CType | undefined {
  const a = complexOf(left.type) ?? (isArithmetic(left.type) ? promoted(left).type : undefined);
  const b = complexOf(right.type) ?? (isArithmetic(right.type) ? promoted(right).type : undefined);
  const element = a === undefined || b === undefined ? undefined : usualArithmetic(a, b);
  return element === undefined ? undefined : complexType(c, element, loc);
}

// ---- Operators --------------------------------------------------------------------------------------------------------

/** `+z`, `-z` and `~z`, GNU's conjugate. */
export function complexUnary(operator: "+" | "-" | "~", operand: Expression, loc: Loc): Expression {
  if (operator === "+") return operand;
  const statements: Statement[] = [];
  const x = held(statements, operand);
  const [real, imaginary] = [part(x, 0, loc), part(x, 1, loc)];
  if (real === undefined || imaginary === undefined) throw new Error("check: no complex type");
  const negated = (e: Expression): Expression => {
    const value = promoted(e);
    return unary("negate", value, value.type, loc);
  };
  return make(operand.type, statements, operator === "-" ? negated(real) : real, negated(imaginary), loc);
}

/** `left operator right` where one is complex. */
export function complexOperation(
  c: Checker, operator: Syntax.BinaryOperator, left: Expression, right: Expression, loc: Loc,
): Expression {
  const type = commonComplex(c, left, right, loc);
  const element = type === undefined ? undefined : complexOf(type);
  if (type === undefined || element === undefined || !["+", "-", "*", "/", "==", "!="].includes(operator)) {
    error(c, loc, `invalid operands to binary expression (${quoteType(left.type)} and ${quoteType(right.type)})`);
    return errorExpression(loc);
  }
  const statements: Statement[] = [];
  const x = held(statements, left);
  const y = held(statements, right);
  const of = (value: Expression, index: 0 | 1): Expression | undefined => {
    const found = part(value, index, loc);
    return found === undefined ? undefined : cast(found, element, loc);
  };
  const [a, b, p, q] = [of(x, 0), of(x, 1), of(y, 0), of(y, 1)];
  if (a === undefined || p === undefined) throw new Error("check: a number without a real part");
  const compute = (op: Syntax.BinaryOperator, l: Expression, r: Expression): Expression =>
    cast(binaryOperation(c, op, l, r, loc), element, loc);
  const none = zero(element, loc);
  switch (operator) {
    case "==":
    case "!=": {
      const equal: Expression = {
        kind: "logical", operator: "&&", left: binaryOperation(c, "==", a, p, loc),
        right: binaryOperation(c, "==", b ?? none, q ?? none, loc), type: intType, loc,
      };
      return after(statements, operator === "==" ? equal : unary("logicalNot", equal, intType, loc), loc);
    }
    case "+": {
      const imaginary = b === undefined || q === undefined ? b ?? q ?? none : compute("+", b, q);
      return make(type, statements, compute("+", a, p), imaginary, loc);
    }
    case "-": {
      const negated = q === undefined ? none : cast(unary("negate", promoted(q), promoted(q).type, loc), element, loc);
      const imaginary = b === undefined ? negated : q === undefined ? b : compute("-", b, q);
      return make(type, statements, compute("-", a, p), imaginary, loc);
    }
    case "*": {
      if (b === undefined || q === undefined) {
        const imaginary = b === undefined ? compute("*", a, q ?? none) : compute("*", b, p);
        return make(type, statements, compute("*", a, p), imaginary, loc);
      }
      const real = compute("-", compute("*", a, p), compute("*", b, q));
      return make(type, statements, real, compute("+", compute("*", a, q), compute("*", b, p)), loc);
    }
    default: {
      if (q === undefined) return make(type, statements, compute("/", a, p), compute("/", b ?? none, p), loc);
      if (isFloat(element)) {
        error(c, loc, "division by a complex floating-point value is not supported; divide the parts by real values");
        return errorExpression(loc);
      }
      // (a + bi) / (p + qi) = ((ap + bq) + (bp - aq) i) / (pp + qq)
      const size = compute("+", compute("*", p, p), compute("*", q, q));
      const i = b ?? none;
      const real = compute("+", compute("*", a, p), compute("*", i, q));
      const imaginary = compute("-", compute("*", i, p), compute("*", a, q));
      return make(type, statements, compute("/", real, size), compute("/", imaginary, size), loc);
    }
  }
}

/** `lvalue operator= value` where one of them is complex; the lvalue is evaluated once. */
export function complexUpdate(
  c: Checker, operator: Syntax.BinaryOperator, lvalue: Expression, value: Expression, loc: Loc,
): Expression {
  const statements: Statement[] = [];
  const object = place(statements, lvalue, loc);
  const old: Expression = { kind: "load", lvalue: object, type: unqualified(lvalue.type), loc };
  const result = assign(c, object, binaryOperation(c, operator, old, value, loc), loc, loc);
  return isError(result.type) ? result : after(statements, result, loc);
}

/** `++` and `--`: the real part steps by one. */
export function complexIncrement(c: Checker, lvalue: Expression, decrement: boolean, prefix: boolean, loc: Loc): Expression {
  const one = integer(1n, intType, loc);
  const operator = decrement ? "-" : "+";
  if (prefix) return complexUpdate(c, operator, lvalue, one, loc);
  const statements: Statement[] = [];
  const object = place(statements, lvalue, loc);
  const read: Expression = { kind: "load", lvalue: object, type: unqualified(lvalue.type), loc };
  const old = stored(statements, read);
  const value: Expression = { kind: "load", lvalue: old, type: read.type, loc };
  const changed = assign(c, object, binaryOperation(c, operator, value, one, loc), loc, loc);
  statements.push({ kind: "expression", expression: changed, loc });
  return after(statements, value, loc);
}
