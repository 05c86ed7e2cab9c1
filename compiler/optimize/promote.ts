/**
 * Promotion: stack slots become SSA values. Scalars as a whole, records in pieces.
 *
 * Takes a function, gives it back with fewer slots. A slot can go when its address is only used, at constant offsets,
 * by loads, stores, block operations of constant size and life marks, none volatile. Its accesses cut it into pieces
 * (pieces.ts); block operations are cut along them (blocks that two slots exchange are cut alike on both sides); then
 * each piece of at most 8 bytes is a variable of SSA construction (ssa.ts): phis at the iterated dominance frontier
 * where the variable is live, then one walk down the dominator tree.
 *
 * Narrow variables live in i32 values. They are extended once, where they are stored, the way most loads want it: the
 * extended register serves tests and addresses alike (verifier rule 1).
 */
import { locate } from "../ir/address.ts";
import type { AnyValue, Function, Value } from "../ir/module.ts";
import { removeWhere } from "../ir/module.ts";
import type { PassContext } from "./pass.ts";
import type { SlotAccess } from "./pieces.ts";
import { planPieces } from "./pieces.ts";
import { cutBlocks } from "./cut.ts";
import { buildSsa } from "./ssa.ts";

export function promote(fn: Function, context: PassContext): boolean {
  const candidates = new Map<AnyValue, SlotAccess[]>();
  for (const slot of fn.slots) {
    const accesses = collect(slot);
    if (accesses !== undefined) candidates.set(slot, accesses);
  }
  const plans = planPieces(candidates);
  for (const slot of plans.keys()) if (!context.spend()) plans.delete(slot);
  if (plans.size === 0) return false;
  cutBlocks(candidates, plans);
  buildSsa(fn, plans, context.dominators(fn), context.options.target.endian);
  const dead = new Set<AnyValue>();
  for (const slot of plans.keys()) collectAddresses(slot, dead);
  removeWhere(fn.blocks, (value) => dead.has(value));
  fn.slots = fn.slots.filter((slot) => !plans.has(slot));
  return true;
}

/** All uses of the slot's address; undefined when one of them keeps it in memory. */
function collect(slot: Value<"slot">): SlotAccess[] | undefined {
  const accesses: SlotAccess[] = [];
  const work: AnyValue[] = [slot];
  for (let pointer = work.pop(); pointer !== undefined; pointer = work.pop()) {
    const { offset } = locate(pointer);
    if (offset === undefined) return undefined;
    for (const user of new Set(pointer.uses)) {
      switch (user.op) {
        case "ptradd": work.push(user); break;
        case "lifestart": case "lifeend": break;
        case "load":
          if (user.aux.volatile || !within(slot, offset, user.aux.bytes)) return undefined;
          accesses.push({ user, offset, bytes: user.aux.bytes, role: "scalar" });
          break;
        case "store":
          if (user.args[1] === pointer || user.aux.volatile || !within(slot, offset, user.aux.bytes)) return undefined;
          accesses.push({ user, offset, bytes: user.aux.bytes, role: "scalar" });
          break;
        case "memset":
          if (user.aux.volatile || !within(slot, offset, user.aux.bytes)) return undefined;
          accesses.push({ user, offset, bytes: user.aux.bytes, role: "fill" });
          break;
        case "memcpy": case "memmove":
          if (user.aux.volatile || !within(slot, offset, user.aux.bytes)) return undefined;
          if (user.args[0] === pointer) accesses.push({ user, offset, bytes: user.aux.bytes, role: "into" });
          if (user.args[1] === pointer) accesses.push({ user, offset, bytes: user.aux.bytes, role: "outOf" });
          break;
        default: return undefined;
      }
    }
  }
  return accesses;
}

function within(slot: Value<"slot">, offset: number, bytes: number): boolean {
  return offset >= 0 && offset + bytes <= slot.aux.size;
}

/** The address computations and life marks that are left. */
function collectAddresses(pointer: AnyValue, dead: Set<AnyValue>): void {
  for (const user of pointer.uses) {
    dead.add(user);
    if (user.op === "ptradd") collectAddresses(user, dead);
    else if (user.op !== "lifestart" && user.op !== "lifeend") {
      throw new Error(`v${user.id} (${user.op}) still uses a promoted slot`);
    }
  }
}
