/**
 * `strlen`, `strcmp` and `strncmp` of strings that are known only at run time, as loops over their bytes: BPF has no C
 * library to call.
 *
 * The loops end where C says, at a terminator, at a difference or at the count; whether the strings end within their
 * objects is the program's to show, to the verifier too.
 */
import type { BuiltinExpr } from "../ast/program.ts";
import { unsignedLongType } from "../types/basic.ts";
import { addIncoming } from "../ir/module.ts";
import type { AnyValue, Block, Value } from "../ir/module.ts";
import { binary, branch, compare, emit, enter, int, jump, load, newBlock, phi } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { expression } from "./expression.ts";
import { convert } from "./values.ts";

/** The number of bytes before the terminator, as i64. */
export function stringLength(f: FunctionContext, e: BuiltinExpr): AnyValue {
  const text = expression(f, e.arguments[0]);
  f.loc = e.loc;
  const index = countingLoop(f);
  const loop = f.block;
  const end = newBlock(f);
  branch(f, compare(f, "ne", byteAt(f, text, index), int(f, "i32", 0)), nextStep(f, loop, index), end);
  f.block = end;
  return index;
}

/**
 * The difference of the first bytes that differ, as unsigned characters (C11 7.24.4p1); 0 when none does up to the
 * terminator or the count.
 */
export function stringCompare(f: FunctionContext, e: BuiltinExpr): AnyValue {
  const [first, second, limit] = e.arguments;
  const left = expression(f, first);
  const right = expression(f, second);
  const count = limit === undefined ? undefined : convert(f, expression(f, limit), limit.type, unsignedLongType);
  f.loc = e.loc;
  const index = countingLoop(f);
  const loop = f.block;
  const equal = newBlock(f);
  const differ = newBlock(f);
  const end = newBlock(f);
  if (count !== undefined) {
    const within = newBlock(f);
    branch(f, compare(f, "ult", index, count), within, equal);
    f.block = within;
  }
  const a = byteAt(f, left, index);
  const b = byteAt(f, right, index);
  const same = newBlock(f);
  branch(f, compare(f, "eq", a, b), same, differ);
  f.block = same;
  branch(f, compare(f, "ne", a, int(f, "i32", 0)), nextStep(f, loop, index), equal);
  f.block = differ;
  const difference = binary(f, "sub", a, b);
  jump(f, end);
  f.block = equal;
  enter(f, end);
  return phi(f, "i32", [[differ, difference], [equal, int(f, "i32", 0)]]);
}

/** Enters the head of a loop over 0, 1, 2 ...: gives the index. */
function countingLoop(f: FunctionContext): Value<"phi"> {
  const before = newBlock(f);
  enter(f, before);
  enter(f, newBlock(f));
  const index = phi(f, "i64", [[before, int(f, "i64", 0)]]);
  if (index.op !== "phi") throw new Error("a phi is no phi");
  return index;
}

/** The block that counts on and goes back to the loop's head. */
function nextStep(f: FunctionContext, head: Block, index: Value<"phi">): Block {
  const current = f.block;
  const step = newBlock(f);
  f.block = step;
  addIncoming(index, step, binary(f, "add", index, int(f, "i64", 1)));
  jump(f, head);
  f.block = current;
  return step;
}

function byteAt(f: FunctionContext, text: AnyValue, index: AnyValue): AnyValue {
  const address = emit(f, "ptradd", "ptr", [text, index], undefined);
  return load(f, "i32", address, { bytes: 1, align: 1, volatile: false, signed: false });
}
