/**
 * `__sync_*` and `__atomic_*` builtins on 32 and 64 bits.
 *
 * The machine has fetch-and-add, -and, -or, -xor, exchange and compare-exchange, all sequentially consistent, which is at least
 * what any memory order asks for. Subtraction adds the negated operand; nand and the widths below 32 bits have no
 * instruction and are refused. Plain atomic loads and stores are the machine's aligned loads and stores (relaxed order; the
 * BPF memory model orders them no further before v4's acquire and release).
 */
import type { BuiltinExpr, BuiltinName } from "../ast/program.ts";
import { pointee, unqualified } from "../types/basic.ts";
import { quoteType } from "../types/print.ts";
import { undef } from "../ir/module.ts";
import type { AnyValue } from "../ir/module.ts";
import type { AtomicOperator } from "../ir/ops.ts";
import { binary, branch, compare, emit, enter, load, newBlock, store } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { expression } from "./expression.ts";
import { accessOf, irType, scalar } from "./values.ts";

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

/** Lowers an atomic builtin. */
export function atomic(f: FunctionContext, e: BuiltinExpr): AnyValue {
  const nothing = undef(f.fn, "i32");
  if (e.name === "atomicFence") {
    f.m.diagnostics.error(e.loc, "BPF has no memory fence: use an atomic operation with a result, which is one");
    return nothing;
  }
  const pointer = expression(f, e.arguments[0]);
  const type = unqualified(pointee(e.arguments[0].type));
  const s = scalar(f, type);
  f.loc = e.loc;
  if (e.name === "atomicLoad") return load(f, s.type, pointer, accessOf(s, s.bytes, true));
  if (e.name === "atomicStore") {
    const value = expression(f, e.arguments[1]);
    f.loc = e.loc;
    store(f, pointer, value, { bytes: s.bytes, align: s.bytes, volatile: true });
    return nothing;
  }
  if (s.bytes < 4) {
    f.m.diagnostics.error(e.loc, `unsupported atomic operation on ${quoteType(type)}: BPF has 32- and 64-bit atomics only`);
    return undef(f.fn, irType(f, e.type) === "void" ? "i32" : irType(f, e.type));
  }
  const bytes = s.bytes === 4 ? 4 : 8;
  const integer = bytes === 4 ? "i32" : "i64";
  const operands = e.arguments.slice(1).map((a) => asInteger(f, expression(f, a)));
  f.loc = e.loc;
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
      const old = emit(f, "atomic", integer, [pointer, expected, desired], { operator: "compareExchange", bytes });
      return e.name === "atomicCompareExchangeBool" ? compare(f, "eq", old, expected) : fromInteger(f, old, s.type);
    }
    case "atomicCompareExchange": {
      const place = expression(f, e.arguments[1]);
      const desired = operands[1];
      const access = { bytes, align: bytes, volatile: false } as const;
      const expected = load(f, integer, place, { ...access, signed: false });
      const old = emit(f, "atomic", integer, [pointer, expected, desired], { operator: "compareExchange", bytes });
      const equal = compare(f, "eq", old, expected);
      const failed = newBlock(f);
      const end = newBlock(f);
      branch(f, equal, end, failed);
      f.block = failed;
      store(f, place, old, access);
      enter(f, end);
      return equal;
    }
    default:
      f.m.diagnostics.error(e.loc, "BPF has no atomic nand");
      return undef(f.fn, s.type);
  }
}

function asInteger(f: FunctionContext, value: AnyValue): AnyValue {
  return value.type === "ptr" ? emit(f, "ptrtoint", "i64", [value], undefined) : value;
}

function fromInteger(f: FunctionContext, value: AnyValue, type: "i32" | "i64" | "ptr"): AnyValue {
  return type === "ptr" ? emit(f, "inttoptr", "ptr", [value], undefined) : value;
}
