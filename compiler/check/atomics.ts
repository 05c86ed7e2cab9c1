/**
 * `__sync_*`, `__atomic_*`, `__c11_atomic_*` and `__scoped_atomic_*`: GNU's two families of atomic builtins, and clang's for
 * <stdatomic.h> and with a scope.
 *
 * All become the few atomic builtins of the Program: (pointer, operand...) with the object's type as result and the memory
 * order as a constant. The forms that take pointers to their operands (`__atomic_load`, `__atomic_exchange`) are desugared into
 * the others and plain loads and stores.
 */
import type { BuiltinName, Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import {
  boolType, intType, isBool, isConst, isError, isFloat, isInteger, isPointer, isRecord, isVoid, longType, pointee, pointerTo,
  qualifiersOf, qualify, unqualified, unsignedCharType, unsignedIntType, unsignedLongType, unsignedShortType, voidType,
} from "../types/basic.ts";
import { compatibleUnqualified } from "../types/compatible.ts";
import type { CType } from "../types/ctype.ts";
import { alignOf, isComplete, sizeOf } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { dereference } from "./access.ts";
import { binary, cast, errorExpression, integer } from "./build.ts";
import { builtin, countArguments, withEffects } from "./builtin-calls.ts";
import { evaluateInteger } from "./constants.ts";
import { type Checker, error, warn } from "./context.ts";
import { convertTo, rvalue } from "./conversions.ts";
import { checkValue } from "./expressions.ts";

/** The strongest order, which `__sync_*` imply (`__ATOMIC_SEQ_CST`). */
export const sequentiallyConsistent = 5n;
const acquire = 2n;
const release = 3n;

const fetchNames: Readonly<Record<string, BuiltinName>> = {
  add: "atomicFetchAdd", sub: "atomicFetchSub", and: "atomicFetchAnd", or: "atomicFetchOr", xor: "atomicFetchXor",
  nand: "atomicFetchNand", min: "atomicFetchMin", max: "atomicFetchMax",
};
const resultNames: Readonly<Record<string, BuiltinName>> = {
  add: "atomicAddFetch", sub: "atomicSubFetch", and: "atomicAndFetch", or: "atomicOrFetch", xor: "atomicXorFetch",
  nand: "atomicNandFetch", min: "atomicMinFetch", max: "atomicMaxFetch",
};

/** The object that an atomic builtin works on. */
interface Place {
  readonly pointer: Expression;
  readonly type: CType;
}

/** Checks the address argument: a pointer to an object of 1 to 16 bytes of integer or pointer type. */
function placeOf(c: Checker, value: Expression | undefined, loc: Loc, needsConstless: boolean): Place | undefined {
  if (value === undefined || isError(value.type)) return undefined;
  if (!isPointer(value.type)) {
    error(c, loc, `address argument to atomic builtin must be a pointer (${quoteType(value.type)} invalid)`);
    return undefined;
  }
  const object = pointee(value.type);
  if (!isInteger(object) && !isPointer(object)) {
    error(c, loc, `address argument to atomic builtin must be a pointer to integer or pointer (${quoteType(value.type)} invalid)`);
    return undefined;
  }
  if (needsConstless && isConst(object)) {
    error(c, loc, `address argument to atomic operation must be a pointer to non-const type (${quoteType(value.type)} invalid)`);
    return undefined;
  }
  return { pointer: value, type: unqualified(object) };
}

function valuesOf(c: Checker, e: Syntax.CallExpr): Expression[] {
  return e.arguments.map((argument) => checkValue(c, argument));
}

/** An operand converted to the object's type; for a pointer object an integer step is taken as bytes, as clang does. */
function operand(c: Checker, value: Expression | undefined, type: CType, loc: Loc): Expression {
  if (value === undefined || isError(value.type)) return errorExpression(loc);
  if (isPointer(type) && isInteger(value.type)) return cast(cast(value, longType, value.loc), type, value.loc);
  return convertTo(c, value, type, "pass", value.loc);
}

export function checkSync(c: Checker, spelled: string, e: Syntax.CallExpr): Expression {
  const name = spelled.replace(/_(1|2|4|8|16)$/, "");
  if (name === "__sync_synchronize") return builtin("atomicFence", [], voidType, e.loc, [sequentiallyConsistent]);
  const swap = name === "__sync_val_compare_and_swap" || name === "__sync_bool_compare_and_swap";
  const count = name === "__sync_lock_release" ? 1 : swap ? 3 : 2;
  // More arguments name the variables that GCC's barrier would protect; they mean nothing.
  if (!countArguments(c, e, count, Number.MAX_SAFE_INTEGER)) return errorExpression(e.loc);
  const values = valuesOf(c, e);
  const place = placeOf(c, values[0], e.arguments[0]?.loc ?? e.loc, true);
  if (place === undefined) return errorExpression(e.loc);
  if (name.includes("nand")) {
    warn(c, "sync-fetch-and-nand-semantics-changed", e.end,
      "the semantics of this intrinsic changed with GCC version 4.4 - the newer semantics are provided here");
  }
  const { pointer, type } = place;
  const operands = values.slice(1, count).map((value) => operand(c, value, type, e.loc));
  if (operands.some((value) => isError(value.type))) return errorExpression(e.loc);
  const all = [pointer, ...operands];
  const order = [sequentiallyConsistent];
  if (name === "__sync_lock_test_and_set") return builtin("atomicExchange", all, type, e.loc, [acquire]);
  if (name === "__sync_swap") return builtin("atomicExchange", all, type, e.loc, order);
  if (name === "__sync_lock_release") {
    return builtin("atomicStore", [pointer, integer(0n, type, e.loc)], voidType, e.loc, [release]);
  }
  if (name === "__sync_val_compare_and_swap") return builtin("atomicCompareExchangeValue", all, type, e.loc, order);
  if (name === "__sync_bool_compare_and_swap") return builtin("atomicCompareExchangeBool", all, boolType, e.loc, order);
  const fetch = /^__sync_fetch_and_(\w+)$/.exec(name)?.[1];
  const result = /^__sync_(\w+)_and_fetch$/.exec(name)?.[1];
  const operation = fetch === undefined ? resultNames[result ?? ""] : fetchNames[fetch];
  if (operation === undefined) throw new Error(`check: no atomic builtin '${spelled}'`);
  return builtin(operation, all, type, e.loc, order);
}

/** The memory order of an argument: a constant, or the strongest when only the run knows it, or when there is no such order. */
function orderOf(c: Checker, value: Expression | undefined): bigint {
  const order = value === undefined ? undefined : evaluateInteger(c, value);
  return order === undefined || order < 0n || order > 5n ? sequentiallyConsistent : order;
}

/** Orders that a store cannot have: consume, acquire, both ways. And those that a load cannot have: release, both ways. */
const notForStores: ReadonlySet<bigint> = new Set([1n, 2n, 4n]);
const notForLoads: ReadonlySet<bigint> = new Set([3n, 4n]);
const none: ReadonlySet<bigint> = new Set();

/** -Watomic-memory-ordering, of the last arguments: a compare-exchange has an order for each outcome. */
function warnOrders(c: Checker, stem: string, values: readonly Expression[]): void {
  const last = values.at(-1);
  if (stem.startsWith("compare_exchange")) {
    warnOrder(c, values.at(-2), none, "success ");
    warnOrder(c, last, notForLoads, "failure ");
  } else if (stem !== "init" && stem !== "test_and_set" && stem !== "clear") {
    warnOrder(c, last, stem.startsWith("load") ? notForLoads : stem.startsWith("store") ? notForStores : none, "");
  }
}

function warnOrder(c: Checker, value: Expression | undefined, wrong: ReadonlySet<bigint>, which: string): void {
  const order = value === undefined ? undefined : evaluateInteger(c, value);
  if (value === undefined || order === undefined || (order >= 0n && order <= 5n && !wrong.has(order))) return;
  warn(c, "atomic-memory-ordering", value.loc, `${which}memory order argument to atomic operation is invalid`);
}

export function checkAtomic(c: Checker, name: string, e: Syntax.CallExpr): Expression {
  const c11 = name.startsWith("__c11_");
  const scoped = name.startsWith("__scoped_");
  const stem = name.replace(/^__(c11_|scoped_)?atomic_/, "");
  const count = argumentCount(stem, c11);
  if (!countArguments(c, e, scoped ? count + 1 : count)) return errorExpression(e.loc);
  const operands = count - modifierCount(stem);
  const given = valuesOf(c, e).map((value, i) => (
    i < operands || isError(value.type) ? value : convertTo(c, value, intType, "pass", value.loc)
  ));
  if (given.some((value) => isError(value.type))) return errorExpression(e.loc);
  if (scoped && !checkScope(c, given[count])) return errorExpression(e.loc);
  const result = atomicCall(c, stem, c11, given.slice(0, count), e);
  return withEffects(given.slice(operands), result);
}

/** How many arguments behind the operands say how it is done: memory orders, and whether an exchange may fail. */
function modifierCount(stem: string): number {
  switch (stem) {
    case "always_lock_free": case "is_lock_free": case "init": return 0;
    case "compare_exchange_strong": case "compare_exchange_weak": return 2;
    case "compare_exchange": case "compare_exchange_n": return 3;
    default: return 1;
  }
}

/** A constant scope is one of `__MEMORY_SCOPE_*`. Threads of a BPF machine are alike to one another: it changes nothing. */
function checkScope(c: Checker, value: Expression | undefined): boolean {
  const scope = value === undefined ? undefined : evaluateInteger(c, value);
  if (value === undefined || scope === undefined || (scope >= 0n && scope <= 4n)) return true;
  error(c, value.loc, "synchronization scope argument to atomic operation is invalid");
  return false;
}

function atomicCall(c: Checker, stem: string, c11: boolean, given: readonly Expression[], e: Syntax.CallExpr): Expression {
  const values = c11 ? given : asWords(stem, given);
  if (stem === "thread_fence") return builtin("atomicFence", [], voidType, e.loc, [orderOf(c, values[0])]);
  // A signal fence orders only the compiler's own work: an operation that nothing moves across.
  if (stem === "signal_fence") return builtin("atomicFence", [], voidType, e.loc, [orderOf(c, values[0]), 1n]);
  if (stem === "always_lock_free" || stem === "is_lock_free") {
    const size = values[0] === undefined ? undefined : evaluateInteger(c, values[0]);
    return integer(size !== undefined && [1n, 2n, 4n, 8n].includes(size) ? 1n : 0n, boolType, e.loc);
  }
  const first = flagPointer(stem, values[0]);
  const place = placeOf(c, first, e.arguments[0]?.loc ?? e.loc, stem !== "load" && stem !== "load_n");
  if (place === undefined) return errorExpression(e.loc);
  if (/m(?:in|ax)/.test(stem) && isPointer(place.type)) {
    error(c, e.arguments[0]?.loc ?? e.loc,
      `address argument to atomic operation must be a pointer to integer (${quoteType(place.pointer.type)} invalid)`);
    return errorExpression(e.loc);
  }
  return atomicOperation(c, stem, c11, place, values, e);
}

/** How many pointers to objects of one type the generic operations take first. */
const pointers: Readonly<Record<string, number>> = { load: 2, store: 2, exchange: 3, compare_exchange: 3 };

/** The generic operations on a record or a floating value of a word's size and alignment are those on the word. */
function asWords(stem: string, values: readonly Expression[]): readonly Expression[] {
  const count = pointers[stem];
  const first = values[0];
  if (count === undefined || first === undefined || !isPointer(first.type)) return values;
  const object = pointee(first.type);
  if ((!isRecord(object) && !isFloat(object)) || !isComplete(object) || alignOf(object) < sizeOf(object)) return values;
  const words = [unsignedCharType, unsignedShortType, unsignedIntType, unsignedLongType];
  const word = words.find((type) => sizeOf(type) === sizeOf(object));
  if (word === undefined) return values;
  return values.map((value, i) => {
    if (i >= count || !isPointer(value.type) || !compatibleUnqualified(pointee(value.type), object)) return value;
    return cast(value, pointerTo(qualify(word, qualifiersOf(pointee(value.type)))), value.loc);
  });
}

function argumentCount(stem: string, c11: boolean): number {
  switch (stem) {
    case "thread_fence":
    case "signal_fence":
      return 1;
    case "is_lock_free":
      return c11 ? 1 : 2;
    case "always_lock_free":
    case "init":
    case "load_n":
    case "test_and_set":
    case "clear":
      return 2;
    case "load":
      return c11 ? 2 : 3;
    case "exchange":
      return c11 ? 3 : 4;
    case "compare_exchange_n":
    case "compare_exchange":
      return 6;
    case "compare_exchange_strong":
    case "compare_exchange_weak":
      return 5;
    default:
      return 3;
  }
}

/** `test_and_set` and `clear` work on one byte behind any pointer. */
function flagPointer(stem: string, value: Expression | undefined): Expression | undefined {
  if (stem !== "test_and_set" && stem !== "clear") return value;
  if (value === undefined || !isPointer(value.type)) return value;
  const object = pointee(value.type);
  return isVoid(object) || isBool(object) || sizeOf(object) === 1
    ? cast(value, pointerTo(unsignedCharType), value.loc) : value;
}

function atomicOperation(
  c: Checker, stem: string, c11: boolean, place: Place, values: readonly Expression[], e: Syntax.CallExpr,
): Expression {
  const { pointer, type } = place;
  const loc = e.loc;
  const order = orderOf(c, values.at(-1));
  warnOrders(c, stem, values);
  const second = values[1];
  const third = values[2];
  switch (stem) {
    case "load_n":
      return builtin("atomicLoad", [pointer], type, loc, [order]);
    case "load":
      if (c11) return builtin("atomicLoad", [pointer], type, loc, [order]);
      return store(c, second, builtin("atomicLoad", [pointer], type, loc, [order]), type, loc);
    case "store_n":
      return finish([pointer, operand(c, second, type, loc)], "atomicStore", voidType, loc, [order]);
    case "store":
    case "init":
      return finish([pointer, c11 ? operand(c, second, type, loc) : read(c, second, type, loc)], "atomicStore", voidType,
        loc, [stem === "init" ? 0n : order]);
    case "exchange_n":
      return finish([pointer, operand(c, second, type, loc)], "atomicExchange", type, loc, [order]);
    case "exchange": {
      if (c11) return finish([pointer, operand(c, second, type, loc)], "atomicExchange", type, loc, [order]);
      const old = finish([pointer, read(c, second, type, loc)], "atomicExchange", type, loc, [order]);
      return store(c, third, old, type, loc);
    }
    case "compare_exchange_n":
    case "compare_exchange":
    case "compare_exchange_strong":
    case "compare_exchange_weak": {
      const expected = expectedPointer(c, second, type, loc);
      const desired = stem === "compare_exchange" ? read(c, third, type, loc) : operand(c, third, type, loc);
      return finish([pointer, expected, desired], "atomicCompareExchange", boolType, loc,
        [orderOf(c, values[values.length - 2])]);
    }
    case "test_and_set": {
      const old = finish([pointer, integer(1n, type, loc)], "atomicExchange", type, loc, [order]);
      return cast(old, boolType, loc);
    }
    case "clear":
      return builtin("atomicStore", [pointer, integer(0n, type, loc)], voidType, loc, [order]);
    default: {
      const fetch = /^fetch_(\w+)$/.exec(stem)?.[1];
      const result = /^(\w+)_fetch$/.exec(stem)?.[1];
      const name = fetch === undefined ? resultNames[result ?? ""] : fetchNames[fetch];
      if (name === undefined) throw new Error(`check: no atomic builtin '${stem}'`);
      let step = operand(c, second, type, loc);
      if (c11 && isPointer(type) && second !== undefined && isInteger(second.type)) {
        // C11's fetch_add on a pointer counts elements, GNU's counts bytes.
        const size = integer(BigInt(sizeOf(pointee(type))), longType, loc);
        step = cast(binary("multiply", cast(second, longType, loc), size, longType, loc), type, loc);
      }
      return finish([pointer, step], name, type, loc, [order]);
    }
  }
}

function finish(
  arguments_: readonly Expression[], name: BuiltinName, type: CType, loc: Loc, constants: readonly bigint[],
): Expression {
  if (arguments_.some((argument) => isError(argument.type))) return errorExpression(loc);
  return builtin(name, arguments_, type, loc, constants);
}

function expectedPointer(c: Checker, value: Expression | undefined, type: CType, loc: Loc): Expression {
  return value === undefined ? errorExpression(loc) : convertTo(c, value, pointerTo(type), "pass", value.loc);
}

/** `*pointer`, converted to the object's type. */
function read(c: Checker, pointer: Expression | undefined, type: CType, loc: Loc): Expression {
  if (pointer === undefined) return errorExpression(loc);
  return convertTo(c, rvalue(c, dereference(c, pointer, loc)), type, "pass", loc);
}

/** `*pointer = value`, of type void. */
function store(c: Checker, pointer: Expression | undefined, value: Expression, type: CType, loc: Loc): Expression {
  if (pointer === undefined || isError(value.type)) return errorExpression(loc);
  const lvalue = dereference(c, convertTo(c, pointer, pointerTo(type), "pass", pointer.loc), loc);
  if (isError(lvalue.type)) return errorExpression(loc);
  const assignment: Expression = { kind: "assign", lvalue, value, type, loc };
  return { kind: "cast", operand: assignment, implicit: true, type: voidType, loc };
}

