/**
 * Variable-length arrays (C11 6.7.6.2): types with sizes that only the run knows.
 *
 * A bound that is no constant is evaluated where its declarator is reached, and kept in a hidden `size_t`: `sizeof`
 * and steps over elements read that one, whatever became of the variables in the bound. Assignments to such sizes
 * gather in `c.sizes`, and whoever opened it puts them in front of what it makes. Without one, as in a prototype,
 * nothing is evaluated: only the parameters of a definition are given their sizes later, when its body begins.
 *
 * An array itself is a hidden pointer to memory of the builtin `alloca`; its name stands for what that points to. BPF
 * has no such memory: the optimiser makes it a part of the frame when the size turns out to be known
 * (optimize/settle.ts).
 */
import type { Expression, Statement, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { errorType, intType, isFunction, pointerTo, sizeType, unqualified, voidType } from "../types/basic.ts";
import type { CType, VariableLength } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { binary, cast, errorExpression, integer, objectExpression } from "./build.ts";
import { type Checker, error } from "./context.ts";
import { type Declared, makeLocal } from "./entities.ts";
import { checkValue } from "./expressions.ts";
import { discard } from "./operators.ts";

// ---- Questions --------------------------------------------------------------------------------------------------------

/** Is it an array whose size only the run knows: by its own bound or by that of its elements? */
export function isVariableLength(type: CType): boolean {
  let t = canonical(type);
  for (; t.kind === "array"; t = canonical(t.of)) {
    if (typeof t.length === "object") return true;
  }
  return false;
}

/** Is there a variable-length array in the type (C11 6.7.6p3)? Only the scope of a function may declare such things. */
export function isVariablyModified(type: CType): boolean {
  return lengthsOf(type).length > 0;
}

/** A type with a variable length declares nothing that has linkage or stands at file scope (C11 6.7.6.2p2). */
export function refuseModified(c: Checker, d: Declared): void {
  const what = isVariableLength(d.type) ? "variable length array" : "variably modified type";
  error(c, d.loc, isFunction(d.type) ? "function declaration cannot have variably modified type"
    : c.scope === c.fileScope ? `${what} declaration not allowed at file scope`
    : `${what} declaration cannot have 'extern' linkage`);
  d.type = errorType;
}

/** The bounds in a type that are no constants, outermost first. */
function lengthsOf(type: CType): VariableLength[] {
  const found: VariableLength[] = [];
  let t = canonical(type);
  for (;;) {
    if (t.kind === "array") {
      if (typeof t.length === "object") found.push(t.length);
      t = canonical(t.of);
    } else if (t.kind === "pointer") t = canonical(t.to);
    else if (t.kind === "function") t = canonical(t.returns);
    else return found;
  }
}

/** Bytes as a constant times a number of the run: so much of the size is known that alignment can be told from it. */
export interface RunTimeSize {
  readonly bytes: number;
  /** Of type `size_t`; undefined when the constant says all. */
  readonly count: Expression | undefined;
}

export function runTimeSize(c: Checker, type: CType, loc: Loc): RunTimeSize {
  let known = 1;
  let count: Expression | undefined;
  let t = canonical(type);
  for (; t.kind === "array" && isVariableLength(t); t = canonical(t.of)) {
    if (typeof t.length === "number") known *= t.length;
    else if (typeof t.length === "object") {
      const length = valueOf(c, t.length, type, loc);
      count = count === undefined ? length : binary("multiply", count, length, sizeType, loc);
    }
  }
  return { bytes: known * sizeOf(t), count };
}

/** The bytes of an object, as a `size_t`. */
export function byteSize(c: Checker, type: CType, loc: Loc): Expression {
  const { bytes, count } = runTimeSize(c, type, loc);
  const constant = integer(BigInt(bytes), sizeType, loc);
  if (count === undefined || bytes === 0) return constant;
  return bytes === 1 ? count : binary("multiply", count, constant, sizeType, loc);
}

/** An index over elements of a variable size as one over their constant part. */
export function scaledIndex(index: Expression, size: RunTimeSize): Expression {
  if (size.count === undefined) return index;
  return binary("multiply", index, cast(size.count, index.type, index.loc), index.type, index.loc);
}

function valueOf(c: Checker, length: VariableLength, type: CType, loc: Loc): Expression {
  const variable = c.lengths.get(length);
  if (variable !== undefined) {
    return { kind: "load", lvalue: objectExpression(variable, undefined, loc), type: sizeType, loc };
  }
  if (c.unevaluated === 0) {
    error(c, loc, `the size of type ${quoteType(type)} is not known here: its bound was not evaluated`);
  }
  return { kind: "load", lvalue: objectExpression(makeLocal("", sizeType, loc), undefined, loc), type: sizeType, loc };
}

// ---- Bounds -----------------------------------------------------------------------------------------------------------

/** The length that a bound stands for; its value is computed with the sizes that are being gathered. */
export function variableLength(c: Checker, bound: Syntax.Expression): VariableLength {
  const text = bound.kind === "identifier" ? bound.name : "...";
  const length: VariableLength = { kind: "variableLength", text };
  if (c.sizes !== undefined && c.unevaluated === 0) c.sizes.push(evaluateBound(c, length, bound));
  else c.bounds.set(length, bound);
  return length;
}

function evaluateBound(c: Checker, length: VariableLength, bound: Syntax.Expression): Expression {
  const value = cast(checkValue(c, bound), sizeType, bound.loc);
  const variable = makeLocal("", sizeType, bound.loc);
  c.lengths.set(length, variable);
  const { loc } = bound;
  return { kind: "assign", lvalue: objectExpression(variable, undefined, loc), value, type: sizeType, loc };
}

/** Runs `work`, which makes a type; its sizes are what has to be evaluated for it. */
export function withSizes<T>(c: Checker, work: () => T): { readonly result: T; readonly sizes: readonly Expression[] } {
  const outer = c.sizes;
  const sizes: Expression[] = [];
  c.sizes = c.function === undefined ? undefined : sizes;
  try {
    return { result: work(), sizes };
  } finally {
    c.sizes = outer;
  }
}

/** Runs `work` where bounds are not evaluated: the parameters of a prototype. */
export function withoutSizes<T>(c: Checker, work: () => T): T {
  const outer = c.sizes;
  c.sizes = undefined;
  try {
    return work();
  } finally {
    c.sizes = outer;
  }
}

/** A value behind the sizes that its type needs. */
export function afterSizes(sizes: readonly Expression[], value: Expression): Expression {
  return sizes.reduceRight((right, left) => ({ kind: "comma", left, right, type: right.type, loc: right.loc }), value);
}

export function sizeStatements(sizes: readonly Expression[]): Statement[] {
  return sizes.map((expression) => ({ kind: "expression", expression, loc: expression.loc }));
}

/**
 * What a parameter's bounds ask when the function is entered (C11 6.9.1p10): all are evaluated, that of the array
 * that became a pointer too, and those in the type get their values.
 */
export function evaluateParameter(c: Checker, declarator: Syntax.Declarator, type: CType): Expression[] {
  const { result, sizes } = withSizes(c, () => {
    const lengths = lengthsOf(type);
    const bound = (length: VariableLength): Syntax.Expression | undefined => c.bounds.get(length);
    const done: Expression[] = [];
    for (const layer of declarator.layers) {
      if (layer.kind !== "array" || layer.size === undefined || layer.size === "star") continue;
      const { size } = layer;
      if (lengths.some((length) => bound(length) === size)) continue;
      const value = checkValue(c, size);
      if (value.kind !== "integer") done.push(discard(c, value));
    }
    for (const length of lengths) {
      const syntax = bound(length);
      if (syntax !== undefined && !c.lengths.has(length)) done.push(evaluateBound(c, length, syntax));
    }
    return done;
  });
  return [...sizes, ...result];
}

/** An operand that is evaluated only because its type has such a size (`sizeof`, `typeof`), for what it does. */
export function evaluateOperand(c: Checker, operand: Expression): Expression {
  const loc = operand.loc;
  if (operand.kind !== "dereference") return discard(c, operand);
  return { kind: "cast", operand: operand.pointer, implicit: false, type: voidType, loc };
}

// ---- Arrays -----------------------------------------------------------------------------------------------------------

/** What a name of a variable-length array stands for. */
export function variableArray(c: Checker, variable: Variable, loc: Loc): Expression | undefined {
  const pointer = c.arrays.get(variable);
  if (pointer === undefined) return undefined;
  const load: Expression = { kind: "load", lvalue: objectExpression(pointer, undefined, loc), type: pointer.type, loc };
  return { kind: "dereference", pointer: load, type: variable.type, loc };
}

/** Gives a declared array its memory. */
export function allocateArray(c: Checker, variable: Variable): Expression {
  const { name, type, loc } = variable;
  const pointer = makeLocal("", pointerTo(type), loc);
  c.arrays.set(variable, pointer);
  const align = Math.max(alignOf(type), variable.attributes.align);
  const memory: Expression = {
    kind: "builtin", name: "alloca", arguments: [byteSize(c, type, loc)], constants: [BigInt(align)], array: name,
    type: pointer.type, loc,
  };
  const lvalue = objectExpression(pointer, undefined, loc);
  return { kind: "assign", lvalue, value: memory, type: unqualified(pointer.type), loc };
}

/** `= {}`: all bytes zero (C23 6.7.10p12). */
export function clearArray(c: Checker, variable: Variable): Expression {
  const { type, loc } = variable;
  const array = variableArray(c, variable, loc);
  if (array?.kind !== "dereference") return errorExpression(loc);
  const pointer = cast(array.pointer, pointerTo(voidType), loc);
  const zero = integer(0n, intType, loc);
  return {
    kind: "builtin", name: "memset", arguments: [pointer, zero, byteSize(c, type, loc)], constants: [],
    type: pointer.type, loc,
  };
}
