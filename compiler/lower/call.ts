/**
 * Calls: of functions of the program, of helpers (a constant function pointer is a helper's number), of pointers.
 *
 * BPF passes up to five 64-bit registers; parameters.ts tells what becomes of more. A record of up to 16 bytes travels
 * in one or two of them, a larger one by the address of a copy, a record result through a hidden first argument, as in
 * clang's BPF ABI. The upper half of an i32 argument is unspecified. A helper always returns 64 bits; they are cut to
 * the prototype's type here.
 */
import type { CallExpr, Expression, FunctionDecl } from "../ast/program.ts";
import type { CType, FunctionType } from "../types/ctype.ts";
import { functionOf, isRecord, isVoid, pointee } from "../types/basic.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { isTerminated, undef } from "../ir/module.ts";
import type { AnyValue, Callee } from "../ir/module.ts";
import type { Type } from "../ir/ops.ts";
import { alignAt } from "./alignment.ts";
import { cutOff, emit, endOfLife, extend, load, offset, temporary } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { expression } from "./expression.ts";
import { functionSymbol } from "./globals.ts";
import { copyRecord, recordPlace } from "./lvalue.ts";
import { packForDefinition, packForType, registerTypes } from "./parameters.ts";
import type { Packed } from "./parameters.ts";
import { isWide, normalize, recordRegisters, returnsInMemory, scalar } from "./values.ts";
import { wide } from "./wide-expression.ts";
import { inOrder } from "./wide.ts";

export function call(f: FunctionContext, e: CallExpr): AnyValue {
  const { callee, type, target, definition } = calleeOf(f, e.callee);
  const args: AnyValue[] = [];
  let result: AnyValue | undefined;
  if (returnsInMemory(type.returns)) {
    result = temporary(f, ".result", sizeOf(type.returns), alignOf(type.returns));
    args.push(result);
  }
  for (const argument of e.arguments) pass(f, args, argument);
  f.loc = e.loc;
  let packed: Packed = { args, block: undefined };
  if (definition !== undefined) {
    fitArguments(f, args, registerTypes(definition), definition.type.variadic);
    packed = packForDefinition(f, definition, args);
  } else if (target !== undefined) {
    packed = packForType(f, type, args);
  }
  const wanted = result === undefined ? resultType(f, callee, type.returns) : "void";
  const passed = target === undefined ? packed.args : [target, ...packed.args];
  const returned = callee.kind === "function" && definition !== undefined ? callee.function.returns : wanted;
  const value = emit(f, "call", returned, passed, { callee });
  if (packed.block !== undefined) endOfLife(f, packed.block);
  if (callee.kind === "function" && callee.function.noreturn) cutOff(f);
  if (result !== undefined) return result;
  if (wanted === "void") return undef(f.fn, "i32");
  if (value.type === "void" || isTerminated(f.block)) return undef(f.fn, wanted);
  if (callee.kind === "helper") return narrowed(f, value, type.returns);
  return value.type === wanted ? value : refit(f, value, wanted);
}

/**
 * A call without a prototype, or with that of a cast, may disagree with the definition, which is undefined when it is
 * reached (C11 6.5.2.2p6, p9): the IR gets as many arguments as there are parameters, of their types, so that such a
 * call is no more than wrong.
 */
function fitArguments(f: FunctionContext, args: AnyValue[], types: readonly Type[], variadic: boolean): void {
  if (args.length > types.length && !variadic) args.length = types.length;
  types.forEach((type, i) => {
    const arg = i < args.length ? args[i] : undef(f.fn, type);
    args[i] = arg.type === type ? arg : refit(f, arg, type);
  });
}

function refit(f: FunctionContext, arg: AnyValue, type: Type): AnyValue {
  const bits = arg.type === "ptr" ? emit(f, "ptrtoint", "i64", [arg], undefined) : arg;
  const wide = bits.type === "i32" && type !== "i32" ? extend(f, bits, 32, true, "i64") : bits;
  if (type === "ptr") return emit(f, "inttoptr", "ptr", [wide], undefined);
  return type === "i32" && wide.type === "i64" ? emit(f, "truncate", "i32", [wide], undefined) : wide;
}

interface ResolvedCallee {
  readonly callee: Callee;
  readonly type: FunctionType;
  /** The address to call, for an indirect callee. */
  readonly target: AnyValue | undefined;
  /** A function with a body: its parameters are known. */
  readonly definition: FunctionDecl | undefined;
}

function calleeOf(f: FunctionContext, e: Expression): ResolvedCallee {
  let inner = e;
  // A cast between function pointers changes the prototype, not the function.
  while (inner.kind === "cast" || inner.kind === "decay" || inner.kind === "addressOf") {
    inner = inner.kind === "cast" ? inner.operand : inner.lvalue;
  }
  const type = functionOf(e.type) ?? functionOf(pointee(e.type));
  if (type === undefined) throw new Error("a callee has no function type");
  if (inner.kind === "functionName") {
    const callee = { kind: "function", function: functionSymbol(f.m, inner.function) } as const;
    const { alias } = inner.function.attributes;
    const real = alias === undefined ? inner.function : f.m.definitions.get(alias);
    const definition = real?.kind === "function" && real.body !== undefined ? real : undefined;
    return { callee, type, target: undefined, definition };
  }
  if (inner.kind === "integer") {
    const callee = { kind: "helper", id: Number(BigInt.asIntN(32, inner.value)) } as const;
    return { callee, type, target: undefined, definition: undefined };
  }
  return { callee: { kind: "indirect" }, type, target: expression(f, e), definition: undefined };
}

function pass(f: FunctionContext, args: AnyValue[], argument: Expression): void {
  if (isWide(argument.type)) {
    args.push(...inOrder(f, wide(f, argument)));
    return;
  }
  if (!isRecord(argument.type)) {
    args.push(expression(f, argument));
    return;
  }
  const from = recordPlace(f, argument);
  const registers = recordRegisters(argument.type);
  const { align, volatile } = from;
  if (registers === 0) return;
  const size = sizeOf(argument.type);
  const whole = registers > 0 && size % 8 === 0 && align >= 8;
  if (whole) {
    for (let i = 0; i < registers; i++) {
      const access = { bytes: 8, align: alignAt(align, i * 8), volatile, signed: false } as const;
      args.push(load(f, "i64", offset(f, from.address, i * 8), access));
    }
    return;
  }
  const copy = temporary(f, ".argument", registers < 0 ? size : registers * 8, 8);
  copyRecord(f, { address: copy, align: 8, volatile: false }, from, argument.type);
  if (registers < 0) {
    args.push(copy);
    return;
  }
  for (let i = 0; i < registers; i++) {
    args.push(load(f, "i64", offset(f, copy, i * 8), { bytes: 8, align: 8, volatile: false, signed: false }));
  }
}

function resultType(f: FunctionContext, callee: Callee, type: CType): Type {
  if (isVoid(type)) return "void";
  const s = scalar(f, type);
  return callee.kind === "helper" && s.type === "i32" ? "i64" : s.type;
}

function narrowed(f: FunctionContext, value: AnyValue, type: CType): AnyValue {
  const s = scalar(f, type);
  if (s.type !== "i32") return value;
  const low = emit(f, "truncate", "i32", [value], undefined);
  if (s.bool) return extend(f, low, 8, false, "i32");
  return normalize(f, low, s);
}

