/** `isconstant` gets its answer: folding is over for it, what is no constant now counts as none. */
import type { AnyValue, Function } from "../ir/module.ts";
import { constant, removeWhere, replaceUses } from "../ir/module.ts";

export function resolveConstants(fn: Function): boolean {
  const settled = new Set<AnyValue>();
  for (const block of fn.blocks) {
    for (const value of block.values) {
      if (value.op !== "isconstant") continue;
      replaceUses(value, constant(fn, "i32", value.args[0].op === "const" ? 1n : 0n));
      settled.add(value);
    }
  }
  return settled.size > 0 && removeWhere(fn.blocks, (value) => settled.has(value));
}
