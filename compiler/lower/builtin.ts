/**
 * Builtin calls that are no ordinary calls (ast/program.ts, BuiltinName): memory blocks, bits, checked arithmetic,
 * atomics, legacy packet loads and hints.
 */
import type { BuiltinExpr, Expression } from "../ast/program.ts";
import { functionReturning, isPointer, isVoid, pointee, unsignedLongType, voidType } from "../types/basic.ts";
import { alignOf } from "../types/layout.ts";
import { undef } from "../ir/module.ts";
import type { AnyValue } from "../ir/module.ts";
import { alignBehind } from "./alignment.ts";
import { atomic } from "./atomic.ts";
import {
  absolute, bitReverse, countLeadingZeros, countRedundantSignBits, countTrailingZeros, findFirstSet, parity, popcount,
  rotate,
} from "./bits.ts";
import { enumValue, fieldInfo, preserving, typeId, typeInfo } from "./core.ts";
import { cutOff, emit, extend, int, store } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { expression } from "./expression.ts";
import { floatBuiltin } from "./float-builtin.ts";
import { kernelFunction } from "./generated.ts";
import { functionSymbol } from "./globals.ts";
import { checked } from "./overflow.ts";
import { nextArgument, variableArguments } from "./parameters.ts";
import { accessible, accessOf, constantOf, convert, isWide, scalar, scalarOf } from "./values.ts";
import { wideOverflow } from "./wide-overflow.ts";

export function builtin(f: FunctionContext, e: BuiltinExpr): AnyValue {
  switch (e.name) {
    case "memcpy": case "memmove": case "memset": case "memcmp":
      return memory(f, e, e.name);
    case "bcmp":
      return memory(f, e, "memcmp");
    case "bswap16": return unary(f, e, (x) => emit(f, "bswap", x.type, [x], 16));
    case "bswap32": return unary(f, e, (x) => emit(f, "bswap", x.type, [x], 32));
    case "bswap64": return unary(f, e, (x) => emit(f, "bswap", x.type, [x], 64));
    case "bitreverse8": return unary(f, e, (x) => bitReverse(f, x, 8));
    case "bitreverse16": return unary(f, e, (x) => bitReverse(f, x, 16));
    case "bitreverse32": return unary(f, e, (x) => bitReverse(f, x, 32));
    case "bitreverse64": return unary(f, e, (x) => bitReverse(f, x, 64));
    case "clz32": return unary(f, e, (x) => countLeadingZeros(f, x, 32));
    case "clz64": return unary(f, e, (x) => countLeadingZeros(f, x, 64));
    case "ctz32": return unary(f, e, (x) => countTrailingZeros(f, x, 32));
    case "ctz64": return unary(f, e, (x) => countTrailingZeros(f, x, 64));
    case "popcount32": return unary(f, e, (x) => popcount(f, x, 32));
    case "popcount64": return unary(f, e, (x) => popcount(f, x, 64));
    case "parity32": return unary(f, e, (x) => parity(f, x, 32));
    case "parity64": return unary(f, e, (x) => parity(f, x, 64));
    case "ffs32": return unary(f, e, (x) => findFirstSet(f, x, 32));
    case "ffs64": return unary(f, e, (x) => findFirstSet(f, x, 64));
    case "clrsb32": return unary(f, e, (x) => countRedundantSignBits(f, x, 32));
    case "clrsb64": return unary(f, e, (x) => countRedundantSignBits(f, x, 64));
    case "abs": return unary(f, e, (x) => absolute(f, x));
    case "rotateLeft8": return rotation(f, e, 8, true);
    case "rotateLeft16": return rotation(f, e, 16, true);
    case "rotateLeft32": return rotation(f, e, 32, true);
    case "rotateLeft64": return rotation(f, e, 64, true);
    case "rotateRight8": return rotation(f, e, 8, false);
    case "rotateRight16": return rotation(f, e, 16, false);
    case "rotateRight32": return rotation(f, e, 32, false);
    case "rotateRight64": return rotation(f, e, 64, false);
    case "fabs": case "copysign": case "isnan": case "isinf": case "isfinite": case "isnormal": case "signbit":
    case "floatCompare":
      return floatBuiltin(f, e, e.name);
    case "addOverflow": return overflow(f, e, "add");
    case "subOverflow": return overflow(f, e, "sub");
    case "mulOverflow": return overflow(f, e, "mul");
    case "expect": {
      const value = expression(f, e.arguments[0]);
      for (const rest of e.arguments.slice(1)) expression(f, rest);
      return convert(f, value, e.arguments[0].type, e.type);
    }
    case "constantP": {
      const value = expression(f, e.arguments[0]);
      // Without optimisation nothing becomes constant any more.
      if (f.m.options.level === "0") return int(f, "i32", value.op === "const" ? 1 : 0);
      return emit(f, "isconstant", "i32", [value], undefined);
    }
    case "assume":
      return undef(f.fn, "i32");
    case "prefetch":
      for (const argument of e.arguments) expression(f, argument);
      return undef(f.fn, "i32");
    case "unreachable":
      cutOff(f);
      return undef(f.fn, "i32");
    case "skbLoad8": return skbLoad(f, e, 1);
    case "skbLoad16": return skbLoad(f, e, 2);
    case "skbLoad32": return skbLoad(f, e, 4);
    case "preserveAccessIndex":
      return preserving(f, () => expression(f, e.arguments[0]));
    case "preserveFieldInfo": return fieldInfo(f, e);
    case "preserveTypeInfo": return typeInfo(f, e);
    case "preserveEnumValue": return enumValue(f, e);
    case "btfTypeId": return typeId(f, e);
    case "atomicFetchAdd": case "atomicFetchSub": case "atomicFetchAnd": case "atomicFetchOr": case "atomicFetchXor":
    case "atomicFetchNand": case "atomicAddFetch": case "atomicSubFetch": case "atomicAndFetch": case "atomicOrFetch":
    case "atomicFetchMin": case "atomicFetchMax": case "atomicMinFetch": case "atomicMaxFetch":
    case "atomicXorFetch": case "atomicNandFetch": case "atomicExchange": case "atomicLoad": case "atomicStore":
    case "atomicFence": case "atomicCompareExchangeValue": case "atomicCompareExchangeBool": case "atomicCompareExchange":
      return atomic(f, e);
    case "objectSize":
      // An object that the front end could not see: the builtin's "unknown" (all ones; 0 for kinds 2 and 3).
      return constantOf(f, ((e.constants[0] ?? 0n) & 2n) === 0n ? -1n : 0n, scalar(f, e.type));
    case "strlen":
      return convert(f, emit(f, "strlen", "i64", [expression(f, e.arguments[0])], undefined), unsignedLongType, e.type);
    case "strcmp": case "strncmp":
      return stringCompare(f, e);
    case "variableArguments":
      return variableArguments(f);
    case "nextArgument":
      return nextArgument(f, expression(f, e.arguments[0]), e.type);
    case "trap":
      trap(f, e);
      return undef(f.fn, "i32");
    case "alloca": {
      const bytes = expression(f, e.arguments[0]);
      f.loc = e.loc;
      const aux = { array: e.array, align: Number(e.constants[0]), reusable: e.array !== undefined };
      return emit(f, "alloca", "ptr", [bytes], aux);
    }
    case "frameAddress": case "returnAddress":
      return refused(f, e, "frame and return addresses are not available in BPF");
  }
}

/**
 * `__builtin_trap`: a call of the kernel function that the verifier refuses to reach (kernel/bpf/helpers.c, since Linux
 * 6.17), as LLVM has it since version 21. A program that can be shown never to trap loads; one for an older kernel
 * cannot trap.
 */
function trap(f: FunctionContext, e: BuiltinExpr): void {
  const decl = kernelFunction(f.m, "__bpf_trap", e.loc, functionReturning(voidType, []));
  f.loc = e.loc;
  emit(f, "call", "void", [], { callee: { kind: "function", function: functionSymbol(f.m, decl) } });
  cutOff(f);
}

function refused(f: FunctionContext, e: BuiltinExpr, message: string): AnyValue {
  f.m.diagnostics.error(e.loc, message);
  return undef(f.fn, isVoid(e.type) ? "i32" : scalar(f, e.type).type);
}

/** An operation on the first argument's value, converted to the builtin's type. */
function unary(f: FunctionContext, e: BuiltinExpr, operation: (x: AnyValue) => AnyValue): AnyValue {
  const x = expression(f, e.arguments[0]);
  f.loc = e.loc;
  return convert(f, operation(x), e.arguments[0].type, e.type);
}

function rotation(f: FunctionContext, e: BuiltinExpr, bits: 8 | 16 | 32 | 64, left: boolean): AnyValue {
  const x = expression(f, e.arguments[0]);
  const count = convert(f, expression(f, e.arguments[1]), e.arguments[1].type, e.arguments[0].type);
  f.loc = e.loc;
  return rotate(f, x, count, bits, left);
}

function overflow(f: FunctionContext, e: BuiltinExpr, operator: "add" | "sub" | "mul"): AnyValue {
  const [left, right, result] = e.arguments;
  if (isWide(left.type) || isWide(right.type) || isWide(pointee(result.type))) return wideOverflow(f, e, operator);
  const a = expression(f, left);
  const b = expression(f, right);
  const type = pointee(result.type);
  const pointer = accessible(f, expression(f, result), type);
  f.loc = e.loc;
  const { value, overflow: flag } = checked(f, operator, a, left.type, b, right.type, type);
  store(f, pointer, value, accessOf(scalar(f, type), alignOf(type), false));
  return flag;
}

function stringCompare(f: FunctionContext, e: BuiltinExpr): AnyValue {
  const [first, second, limit] = e.arguments;
  const left = expression(f, first);
  const right = expression(f, second);
  const count = limit === undefined ? int(f, "i64", -1n) : convert(f, expression(f, limit), limit.type, unsignedLongType);
  f.loc = e.loc;
  return emit(f, "strcmp", "i32", [left, right, count], undefined);
}

/** memcpy and its kin; the result of the first three is the destination. */
function memory(f: FunctionContext, e: BuiltinExpr, operator: "memcpy" | "memmove" | "memset" | "memcmp"): AnyValue {
  const [first, second, third] = e.arguments;
  const a = expression(f, first);
  const b = operator === "memset" ? fillByte(f, second) : expression(f, second);
  const size = expression(f, third);
  f.loc = e.loc;
  const align = operator === "memset" ? pointerAlign(first) : Math.min(pointerAlign(first), pointerAlign(second));
  const bytes = size.op === "const" && size.aux < 0x40000000n ? Number(size.aux) : undefined;
  if (bytes === undefined) {
    const wide = size.type === "i32" ? extend(f, size, 32, false, "i64") : size;
    const value = emit(f, "memvar", operator === "memcmp" ? "i32" : "void", [a, b, wide], { operator, align, volatile: false });
    return operator === "memcmp" ? value : a;
  }
  const access = { bytes, align, volatile: false };
  if (operator === "memcmp") return bytes === 0 ? int(f, "i32", 0) : emit(f, "memcmp", "i32", [a, b], access);
  if (bytes > 0) emit(f, operator, "void", [a, b], access);
  return a;
}

function fillByte(f: FunctionContext, e: Expression): AnyValue {
  const value = expression(f, e);
  return value.type === "i64" ? emit(f, "truncate", "i32", [value], undefined) : value;
}

/** What the type before the conversion to `void *` says of alignment; a named object's own alignment. */
function pointerAlign(e: Expression): number {
  let inner = e;
  while (inner.kind === "cast" && isPointer(inner.operand.type)) inner = inner.operand;
  return isPointer(inner.type) ? alignBehind(inner) : 1;
}

/** LD_ABS and LD_IND: bytes of the packet in host order, as an unsigned 64-bit value. */
function skbLoad(f: FunctionContext, e: BuiltinExpr, bytes: 1 | 2 | 4): AnyValue {
  const context = expression(f, e.arguments[0]);
  const place = e.arguments[1];
  const at = expression(f, place);
  f.loc = e.loc;
  const low = scalarOf(place.type)?.type === "i64"
    ? at.op === "const" ? int(f, "i32", at.aux) : emit(f, "truncate", "i32", [at], undefined)
    : at;
  const value = emit(f, "skbload", "i64", [context, low], bytes);
  const s = scalar(f, e.type);
  return s.type === "i32" ? emit(f, "truncate", "i32", [value], undefined) : value;
}
