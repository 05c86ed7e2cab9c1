/**
 * GNU vector types: a vector is carried as a record of its elements, and what operators do to it is written out element
 * by element, for BPF has no vector registers.
 *
 * The record's declaration tells that it is a vector (`RecordDecl.vector`); two vectors of one element type and length
 * share it, so that they are one type. An operation is a statement expression: the operands are put into variables, and
 * its value is a record built of an expression for each element, which are what the same operator gives for scalars,
 * converted to the element's type. Copying, passing, returning and initialising are those of any record.
 */
import type { Expression, Statement } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import {
  errorType, integerOf, intType, isArithmetic, isBool, isError, isFloat, isInteger, isScalar, isVolatile, longType, pointerTo,
  qualify, qualifiersOf, shortType, signedCharType, unqualified, unsignedLongType, int128Type, vectorOf,
} from "../types/basic.ts";
import { canonical, plainRecord } from "../types/ctype.ts";
import type { CType, FloatType, IntegerType, Member, VectorShape } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { addToPointer } from "./access.ts";
import { cast, errorExpression, integer, isLvalue, memberExpression, unary, variableExpression } from "./build.ts";
import { evaluateInteger } from "./constants.ts";
import { type Checker, error } from "./context.ts";
import { promoted } from "./conversions.ts";
import { makeLocal } from "./entities.ts";
import { assign } from "./assignment.ts";
import { binaryOperation } from "./operators.ts";

// ---- Types ------------------------------------------------------------------------------------------------------------

/** What `vector_size(bytes)` makes of an integer or floating type. */
export function vectorOfBytes(c: Checker, element: CType, size: { readonly bytes: bigint; readonly loc: Loc }): CType {
  const { bytes, loc } = size;
  const of = elementType(c, element, loc);
  if (of === undefined) return errorType;
  if (bytes <= 0n || bytes % BigInt(of.size) !== 0n) {
    error(c, loc, bytes === 0n ? "zero vector size" : "vector size not an integral multiple of component size");
    return errorType;
  }
  if (bytes > maxBytes) {
    error(c, loc, "vector size too large");
    return errorType;
  }
  return vectorType(c, of, Number(bytes) / of.size, false);
}

/** What `ext_vector_type(length)` makes of an integer or floating type. */
export function extendedVector(c: Checker, element: CType, size: { readonly length: bigint; readonly loc: Loc }): CType {
  const { length, loc } = size;
  const of = elementType(c, element, loc);
  if (of === undefined) return errorType;
  if (length <= 0n || length * BigInt(of.size) > maxBytes) {
    error(c, loc, length === 0n ? "zero vector size" : "vector size too large");
    return errorType;
  }
  return vectorType(c, of, Number(length), true);
}

function elementType(c: Checker, element: CType, loc: Loc): IntegerType | FloatType | undefined {
  if (isError(element)) return undefined;
  const of = canonical(element);
  if (of.kind === "float" || (of.kind === "integer" && of.name !== "_BitInt" && !isBool(of))) return of;
  error(c, loc, `invalid vector element type ${quoteType(element)}`);
  return undefined;
}

/** Bytes of a vector: more would be an expression of thousands of parts. */
const maxBytes = 4096n;

/** The vector type of an element type and a length. */
function vectorType(c: Checker, of: IntegerType | FloatType, length: number, extended: boolean): CType {
  const key = `${of.name} ${length}${extended ? " extended" : ""}`;
  const known = c.vectors.get(key);
  if (known !== undefined) return known;
  // As clang lays it out: alignment is the size, rounded up to a power of two.
  const align = 2 ** Math.ceil(Math.log2(of.size * length));
  const members = Array.from({ length }, (_, i): Member => (
    { name: undefined, type: of, loc: 0, offset: i * of.size, bitField: undefined, declTags: [] }
  ));
  const type: CType = {
    kind: "record",
    decl: {
      isUnion: false, tag: undefined, loc: 0, members, size: align, align, vector: { element: of, length, extended },
      attributes: plainRecord(),
    },
  };
  c.vectors.set(key, type);
  return type;
}

/** A vector like another of another length. */
export function vectorOfLength(c: Checker, shape: VectorShape, length: number): CType {
  return vectorType(c, shape.element, length, shape.extended);
}

/** The vector that a comparison of vectors gives: signed integers of the elements' width, 0 or -1. */
function truthType(c: Checker, shape: VectorShape): CType {
  const signed = [signedCharType, shortType, intType, longType, int128Type].find((type) => type.size === sizeOf(shape.element));
  if (signed === undefined) throw new Error("check: a vector element of odd size");
  return vectorType(c, signed, shape.length, shape.extended);
}

// ---- Parts ------------------------------------------------------------------------------------------------------------

/** Puts a value where its parts can be read one by one: a variable of its own, unless it is one already. */
export function hold(statements: Statement[], value: Expression): Expression {
  if (value.kind === "load" && value.lvalue.kind === "variable" && !isVolatile(value.lvalue.type)) return value.lvalue;
  if (value.kind === "integer" || value.kind === "float") return value;
  return stored(statements, value);
}

/** A variable of its own for a value. */
export function stored(statements: Statement[], value: Expression): Expression {
  const { loc } = value;
  const variable = makeLocal("", unqualified(value.type), loc);
  const item = { offset: 0, type: variable.type, bitField: undefined, value };
  statements.push({ kind: "declare", variable, initializer: { zeroFirst: false, items: [item] }, cleanup: undefined, loc });
  return variableExpression(variable, loc);
}

/** Element `index` of a vector that `hold` gave; a scalar stands for a vector of it. */
export function elementAt(held: Expression, index: number, loc: Loc): Expression {
  const decl = canonical(held.type);
  if (decl.kind !== "record") return isLvalue(held) ? { kind: "load", lvalue: held, type: held.type, loc } : held;
  const member = decl.decl.members?.[index];
  if (member === undefined) throw new Error("check: a vector has no such element");
  return { kind: "load", lvalue: memberExpression(held, member, index, member.type, loc), type: member.type, loc };
}

/** A vector of one expression for each element, after what has to be done before. */
export function build(type: CType, statements: Statement[], loc: Loc, element: (index: number) => Expression): Expression {
  const shape = vectorOf(type);
  if (shape === undefined) throw new Error("check: no vector type");
  const size = sizeOf(shape.element);
  const items = Array.from({ length: shape.length }, (_, i) => {
    const value = element(i);
    return { offset: i * size, type: shape.element, bitField: undefined, value: cast(value, shape.element, loc) };
  });
  if (items.some(({ value }) => isError(value.type))) return errorExpression(loc);
  // Three elements stand in the room of four.
  const zeroFirst = size * shape.length < sizeOf(type);
  const value: Expression = { kind: "recordValue", initializer: { zeroFirst, items }, type, loc };
  return statements.length === 0 ? value : { kind: "statement", statements, value, type, loc };
}

// ---- Operators --------------------------------------------------------------------------------------------------------

/**
 * `left operator right` where one is a vector; a scalar is taken for every element (C has no rule; GNU's and clang's).
 */
export function vectorOperation(
  c: Checker, operator: Syntax.BinaryOperator, left: Expression, right: Expression, loc: Loc,
): Expression {
  const isShift = operator === "<<" || operator === ">>";
  const operands = commonVectors(c, left, right, isShift, loc);
  if (operands === undefined) return errorExpression(loc);
  const { a, b, type, shape } = operands;
  const needsInteger = !["+", "-", "*", "/", "==", "!=", "<", ">", "<=", ">="].includes(operator);
  if (needsInteger && [a, b].some((value) => isFloat(vectorOf(value.type)?.element ?? value.type))) {
    return invalidOperands(c, left, right, loc);
  }
  const statements: Statement[] = [];
  const x = hold(statements, a);
  const y = hold(statements, b);
  const isComparison = ["==", "!=", "<", ">", "<=", ">="].includes(operator);
  return build(isComparison ? truthType(c, shape) : type, statements, loc, (i) => {
    const value = binaryOperation(c, operator, elementAt(x, i, loc), elementAt(y, i, loc), loc);
    return isComparison && !isError(value.type) ? unary("negate", value, intType, loc) : value;
  });
}

interface CommonVectors {
  readonly a: Expression;
  readonly b: Expression;
  readonly type: CType;
  readonly shape: VectorShape;
}

/** Both operands with elements of one type, or a scalar of it; of a shift, with as many elements. */
function commonVectors(
  c: Checker, left: Expression, right: Expression, isShift: boolean, loc: Loc,
): CommonVectors | undefined {
  const a = vectorOf(left.type);
  const b = vectorOf(right.type);
  if (a !== undefined && b !== undefined) {
    const type = unqualified(left.type);
    if (isShift ? a.length === b.length : canonical(left.type) === canonical(right.type)) {
      return { a: left, b: right, type, shape: a };
    }
    if (!isShift && sizeOf(left.type) === sizeOf(right.type)) {
      return { a: left, b: reinterpret(right, type, loc), type, shape: a };
    }
    error(c, loc, isShift
      ? `vector operands do not have the same number of elements (${quoteType(left.type)} and ${quoteType(right.type)})`
      : `cannot convert between vector type ${quoteType(right.type)} and vector type ${quoteType(type)} as implicit ` +
        "conversion would cause truncation");
    return undefined;
  }
  const [vector, scalar, shape] = a !== undefined ? [left, right, a] : [right, left, b];
  if (shape === undefined || !isArithmetic(scalar.type)) {
    error(c, loc, `cannot convert between vector and non-scalar values (${quoteType(left.type)} and ${quoteType(right.type)})`);
    return undefined;
  }
  const type = unqualified(vector.type);
  const splat = isShift && a !== undefined ? scalar : splatted(c, scalar, type, shape, loc);
  if (splat === undefined) return undefined;
  return a !== undefined ? { a: left, b: splat, type, shape } : { a: splat, b: right, type, shape };
}

/** A scalar as an element: nothing may be lost by its type, or by its value if that is known. */
function splatted(c: Checker, scalar: Expression, type: CType, shape: VectorShape, loc: Loc): Expression | undefined {
  const element = shape.element;
  const known = isInteger(scalar.type) ? evaluateInteger(c, scalar) : undefined;
  const target = integerOf(element);
  // An extended vector takes every integer, and of floating elements every number.
  const narrows = shape.extended ? target !== undefined && isFloat(scalar.type) : target === undefined
    ? isFloat(scalar.type) && sizeOf(scalar.type) > sizeOf(element) && scalar.kind !== "float"
    : isFloat(scalar.type) || narrowsInteger(scalar.type, target, known);
  if (!narrows) return cast(scalar, element, scalar.loc);
  error(c, loc, `cannot convert between scalar type ${quoteType(scalar.type)} and vector type ${quoteType(type)} as implicit ` +
    "conversion would cause truncation");
  return undefined;
}

/** clang's rule: a constant may have as many bits as the element, whatever the signs; any other not a higher rank. */
function narrowsInteger(type: CType, target: IntegerType, known: bigint | undefined): boolean {
  const from = integerOf(type);
  if (from === undefined || known === undefined) return (from?.rank ?? 0) > target.rank;
  const bits = known < 0n ? (-known - 1n).toString(2).length + 1 : known.toString(2).length;
  return bits > target.width && (from.rank > target.rank || from.signed !== target.signed);
}

function invalidOperands(c: Checker, left: Expression, right: Expression, loc: Loc): Expression {
  error(c, loc, `invalid operands to binary expression (${quoteType(left.type)} and ${quoteType(right.type)})`);
  return errorExpression(loc);
}

/** `+v`, `-v`, `~v`. */
export function vectorUnary(c: Checker, operator: "+" | "-" | "~", operand: Expression, loc: Loc): Expression {
  const shape = vectorOf(operand.type);
  if (shape === undefined) throw new Error("check: no vector type");
  if (operator === "~" && isFloat(shape.element)) {
    error(c, loc, `invalid argument type ${quoteType(operand.type)} to unary expression`);
    return errorExpression(loc);
  }
  if (operator === "+") return operand;
  const statements: Statement[] = [];
  const held = hold(statements, operand);
  return build(unqualified(operand.type), statements, loc, (i) => {
    const value = promoted(elementAt(held, i, loc));
    return unary(operator === "-" ? "negate" : "complement", value, value.type, loc);
  });
}

/** `lvalue operator= value` of a vector: the lvalue is evaluated once. */
export function vectorUpdate(
  c: Checker, operator: Syntax.BinaryOperator, lvalue: Expression, value: Expression, loc: Loc,
): Expression {
  const statements: Statement[] = [];
  const object = place(statements, lvalue, loc);
  const old: Expression = { kind: "load", lvalue: object, type: unqualified(lvalue.type), loc };
  const result = assign(c, object, vectorOperation(c, operator, old, value, loc), loc, loc);
  if (isError(result.type) || statements.length === 0) return result;
  return { kind: "statement", statements, value: result, type: result.type, loc };
}

/** `++` and `--`. */
export function vectorIncrement(c: Checker, lvalue: Expression, decrement: boolean, prefix: boolean, loc: Loc): Expression {
  const one = integer(1n, intType, loc);
  const operator = decrement ? "-" : "+";
  if (prefix) return vectorUpdate(c, operator, lvalue, one, loc);
  const statements: Statement[] = [];
  const object = place(statements, lvalue, loc);
  const type = unqualified(lvalue.type);
  const before = stored(statements, { kind: "load", lvalue: object, type, loc });
  const update = vectorUpdate(c, operator, object, one, loc);
  if (isError(update.type)) return update;
  statements.push({ kind: "expression", expression: update, loc });
  const old: Expression = { kind: "load", lvalue: before, type, loc };
  return { kind: "statement", statements, value: old, type, loc };
}

/** The object of an lvalue, for more than one use. */
export function place(statements: Statement[], lvalue: Expression, loc: Loc): Expression {
  if (lvalue.kind === "variable") return lvalue;
  // A bit-field has no address.
  if (lvalue.kind === "member") return { ...lvalue, base: place(statements, lvalue.base, loc) };
  const address: Expression = { kind: "addressOf", lvalue, type: pointerTo(lvalue.type), loc };
  const pointer = hold(statements, address);
  return { kind: "dereference", pointer: { kind: "load", lvalue: pointer, type: pointer.type, loc }, type: lvalue.type, loc };
}

/** `vector[index]`: an lvalue if the vector is one. */
export function vectorSubscript(c: Checker, vector: Expression, index: Expression, loc: Loc): Expression {
  const shape = vectorOf(vector.type);
  if (shape === undefined) throw new Error("check: no vector type");
  if (!isInteger(index.type)) {
    error(c, index.loc, "array subscript is not an integer");
    return errorExpression(loc);
  }
  const type = qualify(shape.element, { ...qualifiersOf(vector.type), restrict: false, atomic: false });
  const statements: Statement[] = [];
  const object = isLvalue(vector) ? vector : hold(statements, vector);
  const address: Expression = { kind: "addressOf", lvalue: object, type: pointerTo(object.type), loc };
  const first = cast(address, pointerTo(type), loc);
  const element: Expression = { kind: "dereference", pointer: addToPointer(c, first, index, false, loc), type, loc };
  if (isLvalue(vector)) return element;
  const value: Expression = { kind: "load", lvalue: element, type: shape.element, loc };
  return { kind: "statement", statements, value, type: shape.element, loc };
}

// ---- Conversions ------------------------------------------------------------------------------------------------------

/** The same bytes as a value of another type of that size. */
export function reinterpret(value: Expression, type: CType, loc: Loc): Expression {
  const statements: Statement[] = [];
  const lvalue = stored(statements, value);
  const pointer = cast({ kind: "addressOf", lvalue, type: pointerTo(lvalue.type), loc }, pointerTo(type), loc);
  const object: Expression = { kind: "dereference", pointer, type, loc };
  const result: Expression = { kind: "load", lvalue: object, type: unqualified(type), loc };
  return { kind: "statement", statements, value: result, type: result.type, loc };
}

/** A number as every element of an extended vector. */
export function splat(value: Expression, type: CType, loc: Loc): Expression {
  const shape = vectorOf(type);
  if (shape === undefined) throw new Error("check: no vector type");
  const statements: Statement[] = [];
  const held = hold(statements, cast(value, shape.element, loc));
  return build(unqualified(type), statements, loc, () => elementAt(held, 0, loc));
}

/** A written cast from or to a vector type: to one of the same size, or an integer of it. */
export function vectorCast(c: Checker, operand: Expression, type: CType, loc: Loc): Expression {
  if (canonical(operand.type) === canonical(type)) return operand;
  if (vectorOf(type)?.extended === true && isArithmetic(operand.type)) return splat(operand, type, loc);
  const extended = vectorOf(operand.type)?.extended === true;
  // As clang: of an extended vector only vectors are made.
  const fitting = (one: CType): boolean => vectorOf(one) !== undefined || (isInteger(one) && !extended);
  if (fitting(operand.type) && fitting(type) && sizeOf(operand.type) === sizeOf(type)) return reinterpret(operand, type, loc);
  const [vector, other] = vectorOf(type) === undefined ? [operand.type, type] : [type, operand.type];
  if (isInteger(other)) {
    error(c, loc,
      `invalid conversion between vector type ${quoteType(vector)} and integer type ${quoteType(other)} of different size`);
  } else if (isScalar(other)) {
    error(c, loc, `invalid conversion between vector type ${quoteType(vector)} and scalar type ${quoteType(other)}`);
  } else {
    error(c, loc, `invalid conversion between vector type ${quoteType(type)} and ${quoteType(operand.type)} of different size`);
  }
  return errorExpression(loc);
}

// ---- Builtins ---------------------------------------------------------------------------------------------------------

/** `__builtin_convertvector(vector, type)`: every element converted. */
export function convertVector(c: Checker, vector: Expression, type: CType, loc: Loc): Expression {
  const from = vectorOf(vector.type);
  const to = vectorOf(type);
  if (isError(vector.type) || isError(type)) return errorExpression(loc);
  if (from === undefined || to === undefined) {
    const which = from === undefined ? "first" : "second";
    error(c, loc, `${which} argument to __builtin_convertvector must be a vector${from === undefined ? "" : " type"}`);
    return errorExpression(loc);
  }
  if (from.length !== to.length) {
    error(c, loc, "first two arguments to __builtin_convertvector must have the same number of elements");
    return errorExpression(loc);
  }
  const statements: Statement[] = [];
  const held = hold(statements, vector);
  return build(unqualified(type), statements, loc, (i) => cast(elementAt(held, i, loc), to.element, loc));
}

/** `__builtin_shufflevector(a, b, index...)`: the elements with these numbers of a and b one behind the other. */
export function shuffleVector(c: Checker, values: readonly Expression[], loc: Loc): Expression {
  const [a, b, ...indices] = values;
  if (values.some((value) => isError(value.type))) return errorExpression(loc);
  const shape = a === undefined ? undefined : vectorOf(a.type);
  if (a === undefined || b === undefined || shape === undefined || canonical(a.type) !== canonical(b.type)) {
    error(c, loc, shape !== undefined && b !== undefined && vectorOf(b.type) !== undefined
      ? "first two arguments to '__builtin_shufflevector' must have the same type"
      : "first two arguments to '__builtin_shufflevector' must be vectors");
    return errorExpression(loc);
  }
  const numbers: number[] = [];
  for (const index of indices) {
    const number = isInteger(index.type) ? evaluateInteger(c, index) : undefined;
    if (number === undefined) {
      error(c, index.loc, "index for __builtin_shufflevector must be a constant integer");
      return errorExpression(loc);
    }
    if (number < -1n || number >= BigInt(2 * shape.length)) {
      error(c, index.loc, "index for __builtin_shufflevector must be less than the total number of vector elements");
      return errorExpression(loc);
    }
    numbers.push(Number(number));
  }
  if (numbers.length === 0) {
    error(c, loc, "too few arguments to function call, expected at least 3, have 2");
    return errorExpression(loc);
  }
  const statements: Statement[] = [];
  const x = hold(statements, a);
  const y = hold(statements, b);
  return build(vectorType(c, shape.element, numbers.length, shape.extended), statements, loc, (i) => {
    // An index of -1 leaves the element open.
    const number = Math.max(numbers[i] ?? 0, 0);
    return number < shape.length ? elementAt(x, number, loc) : elementAt(y, number - shape.length, loc);
  });
}

/** GNU's `__builtin_shuffle(a, mask)` and `(a, b, mask)`: by indices of run time, modulo the number of elements. */
export function shuffleByMask(c: Checker, values: readonly Expression[], loc: Loc): Expression {
  if (values.some((value) => isError(value.type))) return errorExpression(loc);
  const [a, b, c3] = values;
  const [second, mask] = c3 === undefined ? [undefined, b] : [b, c3];
  const shape = a === undefined ? undefined : vectorOf(a.type);
  const by = mask === undefined ? undefined : vectorOf(mask.type);
  if (a === undefined || mask === undefined || shape === undefined || by === undefined || values.length > 3 ||
      (second !== undefined && canonical(second.type) !== canonical(a.type))) {
    error(c, loc, "'__builtin_shuffle' takes one or two vectors of one type and a vector of indices");
    return errorExpression(loc);
  }
  // The indices count modulo the number of elements, which as in GCC is a power of two.
  const fits = isInteger(by.element) && by.length === shape.length && sizeOf(by.element) === sizeOf(shape.element);
  if (!fits || !Number.isInteger(Math.log2(shape.length))) {
    error(c, loc, "'__builtin_shuffle' needs an integer vector of as many and as wide elements as last argument, " +
      "a power of two of them");
    return errorExpression(loc);
  }
  const statements: Statement[] = [];
  const x = hold(statements, a);
  const y = second === undefined ? undefined : hold(statements, second);
  const indices = hold(statements, mask);
  return build(unqualified(a.type), statements, loc, (i) => {
    const number = cast(elementAt(indices, i, loc), unsignedLongType, loc);
    const read = (vector: Expression): Expression => {
      const low = masked(number, shape.length - 1, loc);
      return { kind: "load", lvalue: vectorSubscript(c, vector, low, loc), type: shape.element, loc };
    };
    if (y === undefined) return read(x);
    const condition = masked(number, shape.length, loc);
    return { kind: "conditional", condition, then: read(y), else: read(x), type: shape.element, loc };
  });
}

function masked(value: Expression, mask: number, loc: Loc): Expression {
  const right = integer(BigInt(mask), unsignedLongType, loc);
  return { kind: "binary", operator: "and", left: value, right, type: unsignedLongType, loc };
}
