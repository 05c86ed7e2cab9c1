/**
 * `strlen` and `strcmp` of strings that are known only at run time, as loops over their bytes: BPF has no C library to
 * call.
 *
 * The loops end where C says, at a terminator, at a difference or at the count; whether the strings end within their
 * objects is the program's to show, to the verifier too.
 */
import { Builder, plainLoad } from "../ir/build.ts";
import type { AnyValue, Value } from "../ir/module.ts";
import { addIncoming, createValue, prepend, remove, replaceUses } from "../ir/module.ts";
import { splitAfter } from "../ir/split.ts";
import { layOut } from "./expand-blocks.ts";

export function expandString(value: Value<"strlen"> | Value<"strcmp">): void {
  const { block } = value;
  if (block === undefined) throw new Error(`v${value.id} stands in no block`);
  const rest = splitAfter(value as AnyValue);
  const b = new Builder(block.function, block, value.loc);
  // An index counts up; the body stands behind the head of the loop.
  const head = b.newBlock();
  b.jump(head);
  b.atEnd(head);
  const index = b.phi("i64");
  addIncoming(index, block, b.i64(0));
  const byteOf = (text: AnyValue): AnyValue => b.load("i32", b.ptradd(text, index), plainLoad(1));
  const next = b.newBlock();
  if (value.op === "strlen") {
    b.branch(b.compare("ne", byteOf(value.args[0]), b.i32(0)), next, rest);
    replaceUses(value as AnyValue, index);
  } else {
    const [x, y, limit] = value.args;
    const result = createValue(block.function, "phi", "i32", [], { blocks: [] }, value.loc);
    /** The block from which control goes on to what is behind the loop, with a result. */
    const leave = (condition: AnyValue, into: typeof next, difference: AnyValue): void => {
      b.branch(condition, into, rest);
      addIncoming(result, b.block, difference);
      b.atEnd(into);
    };
    if (limit.op !== "const" || BigInt.asIntN(64, limit.aux) !== -1n) {
      leave(b.compare("ult", index, limit), b.newBlock(), b.i32(0));
    }
    const [p, q] = [byteOf(x), byteOf(y)];
    const difference = b.sub(p, q);
    leave(b.compare("eq", p, q), b.newBlock(), difference);
    leave(b.compare("ne", p, b.i32(0)), next, b.i32(0));
    prepend(rest, result);
    replaceUses(value as AnyValue, result);
  }
  b.atEnd(next);
  addIncoming(index, next, b.add(index, b.i64(1)));
  b.jump(head);
  layOut(block.function.blocks, block, rest);
  remove(value as AnyValue);
}
