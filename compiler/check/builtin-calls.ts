/**
 * Calls of builtins: arguments checked against the table's signature, or by a function of their own where the types follow
 * from the arguments. What has constant arguments is folded.
 */
import { type Pending, pushExpressionParts } from "../ast/parts.ts";
import type { BuiltinExpr, BuiltinName, Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import {
  arrayOf, boolType, complexOf, constOf, integerOf, intType, isBool, isConst, isError, isInteger,
  isPointer, longType, pointee, pointerTo, sizeType, voidType,
} from "../types/basic.ts";
import { fits, wrapInteger } from "../types/convert.ts";
import type { CType, IntegerType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { addressOf } from "./access.ts";
import { checkAtomic, checkSync } from "./atomics.ts";
import { checkAlignment } from "./attributes.ts";
import { cast, errorExpression, integer, stringExpression, truth } from "./build.ts";
import { checkBitCount } from "./bit-builtins.ts";
import type { CallRules } from "./call-rules.ts";
import { type Builtin, libraryFunction, type LibraryFunction } from "./builtins.ts";
import { type Constant, evaluate, evaluateInteger } from "./constants.ts";
import { checkComplexBuiltin } from "./complex-builtins.ts";
import { type Checker, error, refuseAtRunTime, unevaluated, warn } from "./context.ts";
import { convertTo, promotedArgument, rvalue } from "./conversions.ts";
import { checkEnumValue, checkFieldInfo, checkPreservedAccess, checkTypeId, checkTypeInfo } from "./core.ts";
import { checkFloatClass, checkFloatComparison } from "./float-builtins.ts";
import { checkExpression, checkValue } from "./expressions.ts";
import { declareImplicitly } from "./linked.ts";
import { builtinRules } from "./library.ts";
import { internString, plainChar } from "./literals.ts";
import { checkObjectSize } from "./object-size.ts";
import { checkElementwise, checkReduction } from "./element-builtins.ts";
import { checkAligned, checkCarry } from "./integer-builtins.ts";
import { copyLiteral, foldLibrary } from "./library-calls.ts";
import { checkVariadic } from "./variadic.ts";
import { shuffleByMask, shuffleVector } from "./vectors.ts";
import { warnMemoryCall } from "./warnings-memory.ts";
import { warnAbsolute } from "./warnings-calls.ts";
import { warnFormats } from "./warnings-format.ts";

export function builtin(
  name: BuiltinName, arguments_: readonly Expression[], type: CType, loc: Loc, constants: readonly bigint[] = [],
): BuiltinExpr {
  return { kind: "builtin", name, arguments: arguments_, constants, type, loc };
}

/** Checks the number of arguments; undefined when it is wrong (reported). */
export function countArguments(c: Checker, e: Syntax.CallExpr, least: number, most = least): boolean {
  const given = e.arguments.length;
  if (given < least) {
    const word = most > least ? "at least " : "";
    error(c, e.end, `too few arguments to function call, expected ${word}${least}, have ${given}`);
    return false;
  }
  if (given > most) {
    const loc = e.arguments[most]?.loc ?? e.end;
    error(c, loc, `too many arguments to function call, expected ${most}, have ${given}`);
    return false;
  }
  return true;
}

export function checkBuiltinCall(c: Checker, entry: Builtin, name: string, e: Syntax.CallExpr): Expression {
  if (entry.special !== undefined) return checkSpecial(c, entry, name, e);
  const values = signatureArguments(c, entry, e, entry.library === undefined ? undefined : builtinRules(entry.library));
  if (values === undefined) return errorExpression(e.loc);
  warnAbsolute(c, name, e, values);
  if (entry.library !== undefined) {
    const library = libraryFunction(entry.library);
    if (library === undefined) throw new Error(`check: no library function '${entry.library}'`);
    warnMemoryCall(c, entry.library, e, values);
    return libraryCall(c, library, values, entry.returns, e.loc);
  }
  if ((entry.name === "frameAddress" || entry.name === "returnAddress") && values.some((value) => truth(value) === true)) {
    warn(c, "frame-address", e.loc, `calling '${name}' with a nonzero argument is unsafe`);
  }
  if (entry.name === undefined) throw new Error(`check: builtin '${name}' has no meaning`);
  return folded(c, entry, entry.name, values, e.loc);
}

function folded(c: Checker, entry: Builtin, name: BuiltinName, values: readonly Expression[], loc: Loc): Expression {
  if (entry.fold !== undefined) {
    const constants = values.map((value) => evaluateInteger(c, value));
    if (constants.every((constant) => constant !== undefined)) {
      return integer(wrapInteger(entry.fold(constants), entry.returns), entry.returns, loc);
    }
  }
  return builtin(name, values, entry.returns, loc);
}

/** Arguments converted to a signature's parameters. */
function signatureArguments(
  c: Checker, entry: Builtin, e: Syntax.CallExpr, rules?: CallRules,
): Expression[] | undefined {
  const count = entry.parameters.length;
  if (!countArguments(c, e, count, entry.variadic ? Number.MAX_SAFE_INTEGER : count)) {
    for (const argument of e.arguments) checkExpression(c, argument);
    return undefined;
  }
  const written = e.arguments.map((argument) => checkValue(c, argument));
  const values = written.map((value, i) => {
    const parameter = entry.parameters[i];
    const loc = e.arguments[i]?.loc ?? e.loc;
    return parameter === undefined ? promotedArgument(value) : convertTo(c, value, parameter, "pass", loc);
  });
  if (values.some((value) => isError(value.type))) return undefined;
  if (rules !== undefined) warnFormats(c, { syntax: e, rules, written, passed: values });
  return values;
}

/** A value that other arguments have no say in: they are evaluated all the same. */
export function withEffects(others: readonly Expression[], value: Expression): Expression {
  if (isError(value.type)) return value;
  return others.filter(hasSideEffects).reduce<Expression>(
    (right, left) => ({ kind: "comma", left, right, type: right.type, loc: value.loc }), value,
  );
}

/** A call of a library function: a builtin where lower knows one, else an ordinary external call. */
export function libraryCall(
  c: Checker, library: LibraryFunction, values: readonly Expression[], result: CType, loc: Loc,
): Expression {
  if (library.symbol === "alloca") return checkAlloca(c, values[0], undefined, result, loc);
  if (library.builtin !== undefined) {
    const known = foldLibrary(c, library.symbol, values);
    if (known !== undefined) return integer(known, result, loc);
    const [value] = values;
    if (library.builtin === "fabs" && value?.kind === "float") return { ...value, value: Math.abs(value.value), loc };
    return builtin(library.builtin, values, result, loc);
  }
  const copy = copyLiteral(c, library.symbol, values, result, loc);
  if (copy !== undefined) return copy;
  const decl = declareImplicitly(c, library.symbol, library.type, loc);
  if (decl === undefined) return errorExpression(loc);
  if (c.unevaluated === 0) c.usedFunctions.add(decl);
  const callee: Expression = { kind: "functionName", function: decl, type: decl.type, loc };
  return { kind: "call", callee, arguments: values, type: result, loc };
}

/** `alloca`: the optimiser settles which calls can be parts of the frame (optimize/settle.ts). */
function checkAlloca(
  c: Checker, size: Expression | undefined, bits: Expression | undefined, type: CType, loc: Loc,
): Expression {
  const alignBits = bits === undefined ? 128n : evaluateInteger(c, bits);
  if (size === undefined) return errorExpression(loc);
  if (alignBits === undefined) {
    error(c, bits?.loc ?? loc, "argument to '__builtin_alloca_with_align' must be a constant integer");
    return errorExpression(loc);
  }
  const align = checkAlignment(c, alignBits / 8n, loc);
  if (align === undefined) return errorExpression(loc);
  return builtin("alloca", [cast(size, sizeType, size.loc)], type, loc, [BigInt(align)]);
}

// ---- Builtins with rules of their own ---------------------------------------------------------------------------------

function checkSpecial(c: Checker, entry: Builtin, name: string, e: Syntax.CallExpr): Expression {
  switch (entry.special) {
    case "constantP":
      return checkConstantP(c, e);
    case "overflow":
      return checkOverflow(c, entry, name, e);
    case "sync":
      return checkSync(c, name, e);
    case "atomic":
      return checkAtomic(c, name, e);
    case "preserveAccess":
      return checkPreservedAccess(c, e);
    case "fieldInfo":
      return checkFieldInfo(c, e);
    case "typeInfo":
      return checkTypeInfo(c, e);
    case "enumValue":
      return checkEnumValue(c, e);
    case "typeId":
      return checkTypeId(c, e);
    case "floatClass":
      return checkFloatClass(c, name, e);
    case "floatCompare":
      return checkFloatComparison(c, name, e);
    case "complex":
      return checkComplexBuiltin(c, name, e);
    case "aligned":
      return checkAligned(c, name, e);
    case "carry":
      return checkCarry(c, name, entry.returns, e);
    case "elementwise":
      return checkElementwise(c, name, e);
    case "reduce":
      return checkReduction(c, name, e);
    case "genericBits":
      return checkBitCount(c, name, e);
    case "shuffleVector":
      return shuffleVector(c, e.arguments.map((argument) => checkValue(c, argument)), e.loc);
    case "shuffleByMask":
      return shuffleByMask(c, e.arguments.map((argument) => checkValue(c, argument)), e.loc);
    case "annotation":
      return checkAnnotation(c, name, e);
    case "classifyType":
      return checkClassifyType(c, e);
    case "addressOf":
      if (!countArguments(c, e, 1) || e.arguments[0] === undefined) return errorExpression(e.loc);
      return addressOf(c, checkExpression(c, e.arguments[0]), e.loc);
    case "variadic":
      return checkVariadic(c, name, e);
    case "unsupported":
      for (const argument of e.arguments) checkExpression(c, argument);
      error(c, e.loc, `'${name}' is not supported on the BPF target`);
      return errorExpression(e.loc);
    default:
      return checkSpecialSignature(c, entry, name, e);
  }
}

/** Those whose arguments follow the table's signature, but whose meaning does not. */
function checkSpecialSignature(c: Checker, entry: Builtin, name: string, e: Syntax.CallExpr): Expression {
  const values = signatureArguments(c, entry, e);
  if (values === undefined) return errorExpression(e.loc);
  const [first, second, third] = values;
  switch (entry.special) {
    case "expect": {
      if (first === undefined || second === undefined) return errorExpression(e.loc);
      if (first.kind === "integer") return first;
      return builtin("expect", [first, second], longType, e.loc);
    }
    case "objectSize":
      return checkObjectSize(c, first, second, e);
    case "alloca":
      return checkAlloca(c, first, second, entry.returns, e.loc);
    case "infinity":
      return { kind: "float", value: Number.POSITIVE_INFINITY, type: entry.returns, loc: e.loc };
    case "nan":
      return { kind: "float", value: Number.NaN, type: entry.returns, loc: e.loc };
    case "assumeAligned":
    case "extractReturn":
      return first === undefined ? errorExpression(e.loc) : cast(first, entry.returns, e.loc);
    case "line": {
      const line = c.diagnostics.sources.position(e.loc)?.line ?? 0;
      return integer(BigInt(line), intType, e.loc);
    }
    case "column":
      return integer(BigInt(c.diagnostics.sources.position(e.loc)?.column ?? 0), intType, e.loc);
    case "rounding":
      // To nearest: constants are folded so.
      return integer(1n, intType, e.loc);
    case "file":
      return stringConstant(c, c.diagnostics.sources.position(e.loc)?.file ?? "", e.loc);
    case "functionName":
      return stringConstant(c, c.function?.decl.name ?? "", e.loc);
    case "memoryInline":
      return builtin(name === "__builtin_memset_inline" ? "memset" : "memcpy", values, voidType, e.loc);
    case "setjmp":
      refuseAtRunTime(c, e.loc, `'${name}' is not supported: BPF has no way to leave several frames at once`);
      return builtin("unreachable", [], entry.returns, e.loc);
    case "prefetch":
      return builtin("prefetch", values.slice(0, 1), voidType, e.loc);
    case "verboseTrap":
      return builtin("trap", [], voidType, e.loc);
    case "checked": {
      // The object's size (of a function that prints: a flag and the size, before the format) is there for a library that
      // checks it; the plain function does the work.
      const library = libraryFunction(entry.library ?? "");
      if (library === undefined || first === undefined || second === undefined || third === undefined) {
        return errorExpression(e.loc);
      }
      const behind = library.symbol.startsWith("v") ? 2 : 1;
      const at = library.symbol.endsWith("printf") ? library.type.parameters.length - behind : -1;
      const [from, to] = at < 0 ? [values.length - 1, values.length] : [at, at + 2];
      const wanted = [...values.slice(0, from), ...values.slice(to)];
      return withEffects(values.slice(from, to), libraryCall(c, library, wanted, entry.returns, e.loc));
    }
    default:
      throw new Error(`check: builtin '${name}' has no rule`);
  }
}

function stringConstant(c: Checker, text: string, loc: Loc): Expression {
  const bytes = new TextEncoder().encode(`${text}\0`);
  const literal = internString(c, bytes, 1, loc);
  return rvalue(c, stringExpression(literal, arrayOf(constOf(plainChar(c)), bytes.length), loc));
}

/** 1 for what is constant already, 0 for what cannot become it; else lower's optimiser decides late. */
function checkConstantP(c: Checker, e: Syntax.CallExpr): Expression {
  const argument = e.arguments[0];
  if (!countArguments(c, e, 1) || argument === undefined) return errorExpression(e.loc);
  const value = unevaluated(c, () => checkValue(c, argument));
  if (isError(value.type)) return errorExpression(e.loc);
  const known = evaluate(c, value);
  if (known !== undefined && isConstantForGnu(known)) return integer(1n, intType, e.loc);
  if (known !== undefined || hasSideEffects(value) || c.function === undefined) return integer(0n, intType, e.loc);
  return builtin("constantP", [value], intType, e.loc);
}

/** Numbers, and the start of a string literal. */
function isConstantForGnu(value: Constant): boolean {
  if (value.kind !== "address") return true;
  return value.base.kind === "string" && value.addend === 0n;
}

/** Does evaluating the expression do more than give a value? */
function hasSideEffects(root: Expression): boolean {
  const pending: Pending = { statements: [], expressions: [root] };
  for (let e = pending.expressions.pop(); e !== undefined; e = pending.expressions.pop()) {
    switch (e.kind) {
      case "assign": case "compoundAssign": case "increment": case "call": case "statement": case "builtin":
      case "compoundLiteral": case "recordValue":
        return true;
      default:
        pushExpressionParts(e, pending);
    }
  }
  return false;
}

/** `__builtin_add_overflow(a, b, &result)` and the typed forms: the exact result, and whether it fits. */
function checkOverflow(c: Checker, entry: Builtin, name: string, e: Syntax.CallExpr): Expression {
  if (!countArguments(c, e, 3)) return errorExpression(e.loc);
  const values = e.arguments.map((argument) => checkValue(c, argument));
  if (values.some((value) => isError(value.type))) return errorExpression(e.loc);
  let [left, right] = values;
  const result = values[2];
  if (left === undefined || right === undefined || result === undefined) return errorExpression(e.loc);
  const typed = entry.parameters.length === 3 ? entry.parameters[0] : undefined;
  if (typed !== undefined) {
    left = convertTo(c, left, typed, "pass", left.loc);
    right = convertTo(c, right, typed, "pass", right.loc);
    const pointer = convertTo(c, result, pointerTo(typed), "pass", result.loc);
    if (isError(left.type) || isError(right.type) || isError(pointer.type)) return errorExpression(e.loc);
    return builtin(overflowName(name), [left, right, pointer], boolType, e.loc);
  }
  for (const operand of [left, right]) {
    if (isInteger(operand.type)) continue;
    error(c, operand.loc, `operand argument to overflow builtin must be an integer type (${quoteType(operand.type)} invalid)`);
    return errorExpression(e.loc);
  }
  const target = isPointer(result.type) ? pointee(result.type) : undefined;
  const targetInteger = target === undefined || isConst(target) || isBool(target) ? undefined : integerOf(target);
  if (targetInteger === undefined || (target !== undefined && canonical(target).kind === "enum")) {
    error(c, result.loc,
      `result argument to overflow builtin must be a pointer to a non-const integer type (${quoteType(result.type)} invalid)`);
    return errorExpression(e.loc);
  }
  const common = commonType(left, right, targetInteger);
  if (common !== undefined) {
    left = cast(left, common, left.loc);
    right = cast(right, common, right.loc);
  }
  return builtin(overflowName(name), [left, right, result], boolType, e.loc);
}

export function overflowName(name: string): BuiltinName {
  return name.includes("add") ? "addOverflow" : name.includes("sub") ? "subOverflow" : "mulOverflow";
}

/**
 * The type to compute in: the result's when it has room for both operands; undefined when lower takes operands and result as
 * they are, as it does all that is wider than 64 bits. A constant that fits the result's type asks for nothing.
 */
function commonType(left: Expression, right: Expression, result: IntegerType): IntegerType | undefined {
  const types: IntegerType[] = [];
  for (const operand of [left, right]) {
    const type = integerOf(operand.type);
    if (type !== undefined && !(operand.kind === "integer" && fits(operand.value, result))) types.push(type);
  }
  if ([result, ...types].some((type) => type.width > 64)) return undefined;
  const hasRoom = (type: IntegerType): boolean =>
    type.signed ? result.signed && type.width <= result.width : type.width <= result.width - (result.signed ? 1 : 0);
  return types.every(hasRoom) ? result : undefined;
}

/** GCC's numbers for classes of types (its typeclass.h). */
/** The first argument, which is an integer: the string beside it is for tools that read the source. */
function checkAnnotation(c: Checker, name: string, e: Syntax.CallExpr): Expression {
  const [first, second] = e.arguments;
  if (!countArguments(c, e, 2) || first === undefined || second === undefined) return errorExpression(e.loc);
  const value = checkValue(c, first);
  if (isError(value.type)) return errorExpression(e.loc);
  if (!isInteger(value.type)) {
    error(c, first.loc, `first argument to ${name} must be an integer`);
    return errorExpression(e.loc);
  }
  const text = checkExpression(c, second);
  if (text.kind !== "string" || text.literal.elementSize !== 1) {
    error(c, second.loc, `second argument to ${name} must be a non-wide string constant`);
  }
  return cast(value, value.type, e.loc);
}

function checkClassifyType(c: Checker, e: Syntax.CallExpr): Expression {
  const argument = e.arguments[0];
  if (!countArguments(c, e, 1) || argument === undefined) return errorExpression(e.loc);
  const type = canonical(unevaluated(c, () => checkValue(c, argument)).type);
  if (complexOf(type) !== undefined) return integer(9n, intType, e.loc);
  const classes = { void: 0, integer: 1, enum: 3, pointer: 5, float: 8, function: 10, record: 12, array: 14, error: -1 };
  let value = classes[type.kind];
  if (type.kind === "record" && type.decl.isUnion) value = 13;
  if (type.kind === "integer" && type.name === "_Bool") value = 4;
  return integer(BigInt(value), intType, e.loc);
}
