/**
 * `__sync_*` and `__atomic_*` builtins.
 *
 * The machine has fetch-and-add, -and, -or, -xor, exchange and compare-exchange, all sequentially consistent, which is
 * at least what any memory order asks for. Subtraction adds the negated operand; nand, minimum and maximum are loops of
 * compare-exchanges; widths below 32 bits work on the word around (atomic-word.ts). Relaxed loads and stores are the machine's aligned
 * ones. From v4 it has a load with acquire and a store with release semantics (LLVM 20; Linux 6.15); before, and where
 * the order is sequentially consistent, full barriers stand behind a load, before a store, and behind a sequentially
 * consistent one.
 */
import type { BuiltinExpr, BuiltinName } from "../ast/program.ts";
import { integerOf, pointee, unqualified } from "../types/basic.ts";
import { quoteType } from "../types/print.ts";
import { undef } from "../ir/module.ts";
import type { AnyValue } from "../ir/module.ts";
import type { AtomicOperator, Predicate } from "../ir/ops.ts";
import { hasAlu32 } from "../source/options.ts";
import { exchangePart, operateOnWord, partOf, partOfWord } from "./atomic-word.ts";
import {
  binary, branch, compare, emit, endOfLife, enter, extend, int, jump, load, newBlock, phi, shortLived, store,
} from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { compareExchange, exchangeExpected, exchangeLoop } from "./exchange.ts";
import { expression } from "./expression.ts";
import { accessible, accessOf, irType, isWide, normalize, scalar } from "./values.ts";
import type { Scalar } from "./values.ts";
import { boxed, wideConstant } from "./wide.ts";

interface ReadModifyWrite {
  readonly operator: Exclude<AtomicOperator, "compareExchange">;
  readonly negate?: true;
  /** The result is the new value: this op on old value and operand. */
  readonly after?: "add" | "sub" | "and" | "or" | "xor";
}

const table: { readonly [name in BuiltinName]?: ReadModifyWrite } = {
  atomicFetchAdd: { operator: "add" },
  atomicFetchSub: { operator: "add", negate: true },
  atomicFetchAnd: { operator: "and" },
  atomicFetchOr: { operator: "or" },
  atomicFetchXor: { operator: "xor" },
  atomicAddFetch: { operator: "add", after: "add" },
  atomicSubFetch: { operator: "add", negate: true, after: "sub" },
  atomicAndFetch: { operator: "and", after: "and" },
  atomicOrFetch: { operator: "or", after: "or" },
  atomicXorFetch: { operator: "xor", after: "xor" },
  atomicExchange: { operator: "exchange" },
};

/** The orders of C11 7.17.3 by their numbers in `__ATOMIC_*`. */
const relaxed = 0n;
const consume = 1n;
const acquire = 2n;
const release = 3n;

/** Lowers an atomic builtin. */
export function atomic(f: FunctionContext, e: BuiltinExpr): AnyValue {
  const nothing = undef(f.fn, "i32");
  const order = e.constants[0] ?? relaxed;
  if (e.name === "atomicFence") {
    // The second constant is a signal fence's: it holds back the compiler alone.
    if (e.constants.length > 1) compilerFence(f);
    else if (order !== relaxed) fence(f);
    return nothing;
  }
  const [pointerOperand, valueOperand] = e.arguments;
  const type = unqualified(pointee(pointerOperand.type));
  const integerType = integerOf(type);
  if (isWide(type) || (integerType?.name === "_BitInt" && integerType.width !== integerType.size * 8)) {
    f.m.diagnostics.error(e.loc, `unsupported atomic operation on ${quoteType(type)}: BPF has 32- and 64-bit atomics`);
    return isWide(e.type) ? boxed(f, wideConstant(f, 0n)) : undef(f.fn, irType(f, e.type) === "void" ? "i32" : irType(f, e.type));
  }
  const s = scalar(f, type);
  if (e.name === "atomicLoad") {
    const pointer = accessible(f, expression(f, pointerOperand), pointee(pointerOperand.type));
    f.loc = e.loc;
    if ((order === acquire || order === consume) && f.m.options.orderedAccesses) {
      const type = s.bytes <= 4 ? "i32" : "i64";
      const found = emit(f, "atomic", type, [pointer], { operator: "loadAcquire", bytes: s.bytes });
      return s.bytes < 4 && !s.bool ? normalize(f, found, s) : fromInteger(f, found, s.type);
    }
    const value = load(f, s.type, pointer, accessOf(s, s.bytes, true));
    if (order !== relaxed) fence(f);
    return value;
  }
  if (e.name === "atomicStore") {
    const pointer = accessible(f, expression(f, pointerOperand), pointee(pointerOperand.type));
    const value = expression(f, valueOperand);
    f.loc = e.loc;
    if (order === release && f.m.options.orderedAccesses) {
      emit(f, "atomic", "void", [pointer, asInteger(f, value)], { operator: "storeRelease", bytes: s.bytes });
      return nothing;
    }
    if (order !== relaxed) fence(f);
    store(f, pointer, value, { bytes: s.bytes, align: s.bytes, volatile: true });
    if (order !== relaxed && order !== release) fence(f);
    return nothing;
  }
  if (s.bytes < 4) return narrowAtomic(f, e, s);
  const pointer = accessible(f, expression(f, pointerOperand), pointee(pointerOperand.type));
  const bytes = s.bytes === 4 ? 4 : 8;
  const integer = bytes === 4 ? "i32" : "i64";
  const values = e.arguments.slice(1).map((a) => expression(f, a));
  f.loc = e.loc;
  if (e.name === "atomicCompareExchange") {
    const place = accessible(f, values[0], pointee(e.arguments[1].type));
    const desired = asInteger(f, values[1]);
    return exchangeExpected(f, place, bytes, (expected) => compareExchange(f, pointer, bytes, expected, desired));
  }
  const operands = values.map((value) => asInteger(f, value));
  const row = table[e.name];
  if (row !== undefined) {
    const operand = operands[0];
    const change = row.negate === true ? emit(f, "neg", integer, [operand], undefined) : operand;
    const old = emit(f, "atomic", integer, [pointer, change], { operator: row.operator, bytes });
    return fromInteger(f, row.after === undefined ? old : binary(f, row.after, old, operand), s.type);
  }
  switch (e.name) {
    case "atomicCompareExchangeValue": case "atomicCompareExchangeBool": {
      const [expected, desired] = operands;
      const old = compareExchange(f, pointer, bytes, expected, desired);
      return e.name === "atomicCompareExchangeBool" ? compare(f, "eq", old, expected) : fromInteger(f, old, s.type);
    }
    default: {
      const [operand] = operands;
      const change = looped(f, e.name, operand, s.signed);
      const old = exchangeLoop(f, pointer, bytes, change.next);
      return fromInteger(f, change.after ? change.next(old) : old, s.type);
    }
  }
}

/** An operation that a loop of compare-exchanges stands for. */
interface Looped {
  readonly next: (old: AnyValue) => AnyValue;
  /** The result is the new value. */
  readonly after: boolean;
}

function looped(f: FunctionContext, name: BuiltinName, operand: AnyValue, signed: boolean): Looped {
  switch (name) {
    case "atomicFetchNand": case "atomicNandFetch":
      return { next: (old) => notAnd(f, old, operand), after: name === "atomicNandFetch" };
    case "atomicFetchMin": case "atomicMinFetch":
      return { next: (old) => either(f, signed ? "sle" : "ule", old, operand), after: name === "atomicMinFetch" };
    case "atomicFetchMax": case "atomicMaxFetch":
      return { next: (old) => either(f, signed ? "sge" : "uge", old, operand), after: name === "atomicMaxFetch" };
    default:
      throw new Error(`no atomic operation ${name}`);
  }
}

/** The first value if the comparison holds, else the second. */
function either(f: FunctionContext, predicate: Predicate, a: AnyValue, b: AnyValue): AnyValue {
  const holds = newBlock(f);
  const fails = newBlock(f);
  const end = newBlock(f);
  branch(f, compare(f, predicate, a, b), holds, fails);
  f.block = holds;
  jump(f, end);
  f.block = fails;
  enter(f, end);
  return phi(f, a.type, [[holds, a], [fails, b]]);
}

function notAnd(f: FunctionContext, a: AnyValue, b: AnyValue): AnyValue {
  return binary(f, "xor", binary(f, "and", a, b), int(f, a.type, -1n));
}

/** An operation on 8 or 16 bits, in the word around them. Values are i32 in the invariant form of the type. */
function narrowAtomic(f: FunctionContext, e: BuiltinExpr, s: Scalar): AnyValue {
  f.loc = e.loc;
  const [pointer, second, third] = e.arguments;
  if (!hasAlu32(f.m.options.target)) {
    f.m.diagnostics.error(e.loc, "atomic operations on 8 and 16 bits need -mcpu=v3 or later");
    return undef(f.fn, "i32");
  }
  const inWord = partOfWord(f, pointer, s.bytes === 1 ? 1 : 2);
  const part = { ...inWord, word: accessible(f, inWord.word, pointee(pointer.type)) };
  const bits = part.bits;
  const bare = (x: AnyValue): AnyValue => extend(f, x, bits, false, "i32");
  const valued = (x: AnyValue): AnyValue => s.bool ? x : normalize(f, x, s);
  const operand = expression(f, second);
  f.loc = e.loc;
  switch (e.name) {
    case "atomicCompareExchangeValue": case "atomicCompareExchangeBool": {
      const desired = expression(f, third);
      const expected = bare(operand);
      const old = exchangePart(f, part, () => desired, expected);
      return e.name === "atomicCompareExchangeBool" ? compare(f, "eq", old, expected) : valued(old);
    }
    case "atomicCompareExchange": {
      const desired = expression(f, third);
      const place = accessible(f, operand, pointee(second.type));
      return exchangeExpected(f, place, s.bytes, (expected) => exchangePart(f, part, () => desired, expected));
    }
    default: {
      const row = table[e.name];
      if (row === undefined) {
        const change = looped(f, e.name, operand, s.signed);
        const old = exchangePart(f, part, (x) => change.next(valued(x)));
        return valued(change.after ? change.next(valued(old)) : old);
      }
      const op = row.operator;
      const change = row.negate === true ? emit(f, "neg", "i32", [operand], undefined) : operand;
      const old = op === "and" || op === "or" || op === "xor"
        ? partOf(f, part, operateOnWord(f, part, op, operand))
        : exchangePart(f, part, (x) => op === "exchange" ? operand : binary(f, "add", x, change));
      return valued(row.after === undefined ? old : binary(f, row.after, old, operand));
    }
  }
}

/**
 * A full barrier: an exchange, which the kernel orders fully with all that stands before and after it (atomics with a
 * result do so, Documentation/bpf/standardization and the memory model), on a word of the frame that nobody else sees.
 */
function fence(f: FunctionContext): void {
  const slot = shortLived(f, ".fence", 8, 8);
  const zero = int(f, "i64", 0);
  store(f, slot, zero, { bytes: 8, align: 8, volatile: false });
  compilerFence(f);
  emit(f, "atomic", "i64", [slot, zero], { operator: "exchange", bytes: 8 });
  endOfLife(f, slot);
  compilerFence(f);
}

/** Nothing may be moved across, or remembered of memory that others see. */
function compilerFence(f: FunctionContext): void {
  emit(f, "asm", "void", [], { text: "", volatile: true, operands: [], clobbers: ["memory"] });
}

function asInteger(f: FunctionContext, value: AnyValue): AnyValue {
  return value.type === "ptr" ? emit(f, "ptrtoint", "i64", [value], undefined) : value;
}

function fromInteger(f: FunctionContext, value: AnyValue, type: "i32" | "i64" | "ptr"): AnyValue {
  return type === "ptr" ? emit(f, "inttoptr", "ptr", [value], undefined) : value;
}
