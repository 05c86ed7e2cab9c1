/**
 * How a function's parameters arrive: the registers they take, and what is done when there are more than five.
 *
 * BPF passes r1 to r5. A function that only this unit can call, and that has a body here, takes its first four register
 * values as they are and the address of a block on its caller's stack in r5: the others lie there, eight bytes each, so that the
 * verifier follows a pointer among them as a spilled register. Once such a call is inlined the block is promoted away. A function
 * that others may call keeps to the ABI and is refused when it has too many parameters.
 */
import type { FunctionDecl } from "../ast/program.ts";
import { isRecord } from "../types/basic.ts";
import type { AnyValue } from "../ir/module.ts";
import type { Type } from "../ir/ops.ts";
import { emit, extend, load, offset, store, temporary } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { isWide, recordRegisters, returnsInMemory, scalarOf } from "./values.ts";

const argumentRegisters = 5;

/** Types of the register values that a function's arguments are: a hidden result's address first, records in 8-byte pieces or by address. */
export function registerTypes(decl: FunctionDecl): Type[] {
  const types: Type[] = [];
  if (returnsInMemory(decl.type.returns)) types.push("ptr");
  // A definition in the old style tells its parameters only in its body (C11 6.9.1p6).
  for (const { type } of decl.body?.parameters ?? decl.type.parameters) {
    if (!isRecord(type) && !isWide(type)) {
      types.push(scalarOf(type)?.type ?? "i32");
      continue;
    }
    const registers = recordRegisters(type);
    if (registers < 0) types.push("ptr");
    else for (let i = 0; i < registers; i++) types.push("i64");
  }
  return types;
}

/** Does the last register hold the address of further arguments? */
export function passesInMemory(decl: FunctionDecl, registers: number): boolean {
  const local = decl.linkage === "internal" || decl.inlineOnly;
  return registers > argumentRegisters && local && decl.body !== undefined && !decl.naked;
}

/** Types of the IR function's parameters. */
export function parameterTypes(decl: FunctionDecl): Type[] {
  const types = registerTypes(decl);
  return passesInMemory(decl, types.length) ? [...types.slice(0, argumentRegisters - 1), "ptr"] : types;
}

/** The arguments of a call of a function with a body, in the form that its parameters have. */
export function packArguments(f: FunctionContext, decl: FunctionDecl, args: AnyValue[]): AnyValue[] {
  if (!passesInMemory(decl, args.length)) return args;
  const direct = args.slice(0, argumentRegisters - 1);
  const rest = args.slice(argumentRegisters - 1);
  const slot = temporary(f, ".arguments", rest.length * 8, 8);
  rest.forEach((arg, i) => {
    const whole = arg.type === "i32" ? extend(f, arg, 32, false, "i64") : arg;
    store(f, offset(f, slot, i * 8), whole, { bytes: 8, align: 8, volatile: false });
  });
  return [...direct, slot];
}

/** The register values at a function's start. */
export function unpackParameters(f: FunctionContext): AnyValue[] {
  const types = registerTypes(f.decl);
  const params: AnyValue[] = [...f.fn.params];
  if (!passesInMemory(f.decl, types.length)) return params;
  const block = params.pop();
  if (block === undefined) throw new Error(`${f.fn.name} has no parameters`);
  types.slice(argumentRegisters - 1).forEach((type, i) => {
    const access = { bytes: 8, align: 8, volatile: false, signed: false } as const;
    const whole = load(f, type === "ptr" ? "ptr" : "i64", offset(f, block, i * 8), access);
    params.push(type === "i32" ? emit(f, "truncate", "i32", [whole], undefined) : whole);
  });
  return params;
}
