/**
 * Removes values that nothing needs: whatever is not reached from an effect.
 *
 * Effects are terminators, stores, calls that may do something, volatile accesses, atomics, asm. A load that is not
 * used is no effect; `skbload` is one (it may end the program). Life marks go with the last other use of their slot.
 * Stores are the business of `stores`.
 */
import type { AnyValue, Function } from "../ir/module.ts";
import { removeWhere } from "../ir/module.ts";
import { ops } from "../ir/ops.ts";

export function removeDead(fn: Function): boolean {
  const live = new Set<AnyValue>();
  const work: AnyValue[] = [];
  const mark = (value: AnyValue): void => {
    if (live.has(value)) return;
    live.add(value);
    work.push(value);
  };
  for (const block of fn.blocks) for (const value of block.values) if (hasEffect(value)) mark(value);
  for (let value = work.pop(); value !== undefined; value = work.pop()) value.args.forEach(mark);
  let changed = false;
  // A life mark lives when its slot does.
  const isDead = (value: AnyValue): boolean =>
    value.op === "lifestart" || value.op === "lifeend" ? !live.has(value.args[0]) : !live.has(value);
  if (removeWhere(fn.blocks, isDead)) changed = true;
  const slots = fn.slots.filter((slot) => slot.uses.length > 0);
  if (slots.length < fn.slots.length) changed = true;
  fn.slots = slots;
  return changed;
}

/** Must the value stay even when nothing uses its result? */
export function hasEffect(value: AnyValue): boolean {
  switch (value.op) {
    case "load": case "memcmp": return value.aux.volatile;
    case "lifestart": case "lifeend": return false;
    case "opaque": case "asmresult": return false;
    case "memvar": return value.aux.operator !== "memcmp" || value.aux.volatile;
    case "call": return !(value.aux.callee.kind === "function" && value.aux.callee.function.pure);
    case "asm": return value.aux.volatile || !value.aux.operands.some((o) => o.kind === "output" || o.kind === "earlyOutput");
    default: {
      const info = ops[value.op];
      return info.terminator === true || info.writes === true;
    }
  }
}
