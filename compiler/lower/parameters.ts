/**
 * How arguments travel to a function: the registers they take, and what is done with those that find none.
 *
 * BPF passes r1 to r5 and has no convention for more. Within a unit there is one of tbcc's own: a function with more
 * than five register values takes the first four as they are, and the address of a block on its caller's stack after
 * them; the others lie there, eight bytes each, so that the verifier follows a pointer among them as a spilled
 * register. A function with variable arguments takes such a block too, after at most four register values: first what
 * is left of its parameters, then the variable arguments. Calls through pointers do the same by the type that they
 * call. Once a call is inlined its block is promoted away.
 *
 * No other object knows of this: such a function is local to its object, and one that must not be (a program, a weak
 * definition) is refused, as is a call of a function without a body here that has too many arguments.
 */
import type { FunctionDecl } from "../ast/program.ts";
import type { CType, FunctionType } from "../types/ctype.ts";
import { isRecord } from "../types/basic.ts";
import { sizeOf } from "../types/layout.ts";
import type { AnyValue } from "../ir/module.ts";
import type { Type } from "../ir/ops.ts";
import { emit, extend, int, load, offset, shortLived, store } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { isWide, normalize, recordRegisters, returnsInMemory, scalar, scalarOf } from "./values.ts";

const argumentRegisters = 5;
/** Values that stay in registers beside the address of a block. */
const besideBlock = argumentRegisters - 1;
const word = { bytes: 8, align: 8, volatile: false, signed: false } as const;

/** Types of the register values that values of these types are: records in 8-byte pieces or by address. */
function typesOf(types: readonly CType[]): Type[] {
  return types.flatMap((type): Type[] => {
    if (!isRecord(type) && !isWide(type)) return [scalarOf(type)?.type ?? "i32"];
    const registers = recordRegisters(type);
    return registers < 0 ? ["ptr"] : Array<Type>(registers).fill("i64");
  });
}

/** Types of the register values that a function's parameters are: a hidden result's address first. */
export function registerTypes(decl: FunctionDecl): Type[] {
  // A definition in the old style tells its parameters only in its body (C11 6.9.1p6).
  const types = typesOf((decl.body?.parameters ?? decl.type.parameters).map(({ type }) => type));
  return returnsInMemory(decl.type.returns) ? ["ptr", ...types] : types;
}

/** Does the call or the function need a block, by what C says of it? */
function needsBlock(registers: number, variadic: boolean): boolean {
  return variadic || registers > argumentRegisters;
}

/** Do only callers in this unit know how to call the function, since it takes a block of arguments? */
export function hasOwnConvention(decl: FunctionDecl): boolean {
  return decl.body !== undefined && needsBlock(registerTypes(decl).length, decl.type.variadic) && refusal(decl) === undefined;
}

/** Why a function that would need a block may have none; undefined when it may. */
export function refusal(decl: FunctionDecl): string | undefined {
  const { section, weak } = decl.attributes;
  if (decl.naked) return "is naked";
  if (decl.linkage === "internal" || decl.inlineOnly) return undefined;
  if (section !== undefined && section !== ".text") return `stands in section '${section}', where the kernel calls it`;
  return weak ? "is weak" : undefined;
}

/** Types of the IR function's parameters. */
export function parameterTypes(decl: FunctionDecl): Type[] {
  const types = registerTypes(decl);
  return hasOwnConvention(decl) ? [...types.slice(0, besideBlock), "ptr"] : types;
}

/** Arguments in the form that the callee takes them. */
export interface Packed {
  readonly args: AnyValue[];
  /** The block among them, whose life ends with the call. */
  readonly block: AnyValue | undefined;
}

/** The arguments of a call of a function with a body, in the form that its parameters have. */
export function packForDefinition(f: FunctionContext, decl: FunctionDecl, args: AnyValue[]): Packed {
  return hasOwnConvention(decl) ? pack(f, args, registerTypes(decl).length) : { args, block: undefined };
}

/** The arguments of a call through a pointer, in the form that a function of that type takes them. */
export function packForType(f: FunctionContext, type: FunctionType, args: AnyValue[]): Packed {
  if (!needsBlock(args.length, type.variadic)) return { args, block: undefined };
  const hidden = returnsInMemory(type.returns) ? 1 : 0;
  const fixed = type.prototyped ? typesOf(type.parameters.map((parameter) => parameter.type)).length + hidden : args.length;
  return pack(f, args, fixed);
}

function pack(f: FunctionContext, args: AnyValue[], fixed: number): Packed {
  const direct = Math.min(fixed, besideBlock);
  const rest = args.slice(direct);
  // Without arguments in it nothing may be read through its address.
  if (rest.length === 0) return { args: [...args, int(f, "ptr", 0)], block: undefined };
  const block = shortLived(f, ".arguments", rest.length * 8, 8);
  rest.forEach((arg, i) => {
    const whole = arg.type === "i32" ? extend(f, arg, 32, false, "i64") : arg;
    store(f, offset(f, block, i * 8), whole, word);
  });
  return { args: [...args.slice(0, direct), block], block };
}

/** The register values at a function's start. */
export function unpackParameters(f: FunctionContext): AnyValue[] {
  const types = registerTypes(f.decl);
  const params: AnyValue[] = [...f.fn.params];
  if (!hasOwnConvention(f.decl)) return params;
  const block = params.pop();
  if (block === undefined) throw new Error(`${f.fn.name} has no parameters`);
  types.slice(besideBlock).forEach((type, i) => params.push(readWord(f, offset(f, block, i * 8), type)));
  return params;
}

/** `va_start`: the address of the first variable argument. */
export function variableArguments(f: FunctionContext): AnyValue {
  const block = f.fn.params.at(-1);
  if (block === undefined) throw new Error(`${f.fn.name} has no parameters`);
  const fixed = registerTypes(f.decl).length;
  return offset(f, block, Math.max(0, fixed - besideBlock) * 8);
}

/**
 * `va_arg`: takes the next argument, of that type, off the list whose object is at `list`.
 * @returns its value; the address of an object that holds it if it is a record or wide
 */
export function nextArgument(f: FunctionContext, list: AnyValue, type: CType): AnyValue {
  const at = load(f, "ptr", list, word);
  const isObject = isRecord(type) || isWide(type);
  const words = isObject ? Math.abs(recordRegisters(type)) : 1;
  store(f, list, offset(f, at, words * 8), word);
  if (!isObject) {
    const s = scalar(f, type);
    return normalize(f, readWord(f, at, s.type), s);
  }
  return sizeOf(type) > 0 && recordRegisters(type) < 0 ? readWord(f, at, "ptr") : at;
}

/** A register value from its eight bytes in a block. */
function readWord(f: FunctionContext, address: AnyValue, type: Type): AnyValue {
  const whole = load(f, type === "ptr" ? "ptr" : "i64", address, word);
  return type === "i32" ? emit(f, "truncate", "i32", [whole], undefined) : whole;
}
