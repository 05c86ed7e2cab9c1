/**
 * What an instruction does to a stack slot: the question that slot lives (slots.ts) and the frame (frame.ts) ask.
 */
import type { MachineFunction, MachineInstruction } from "./machine.ts";
import { slotOf } from "./machine.ts";

export type SlotAccess =
  | { readonly slot: number; readonly kind: "read" | "change" | "escape" | "name" | "begin" | "end" }
  /** `whole`: nothing of the former content is left. */
  | { readonly slot: number; readonly kind: "write"; readonly whole: boolean };

/** The slot that the instruction touches, and how; undefined when it touches none. */
export function slotAccess(i: MachineInstruction, fn: MachineFunction): SlotAccess | undefined {
  switch (i.op) {
    case "load": case "load_acquire":
      return i.base < 0 ? { slot: slotOf(i.base), kind: "read" } : undefined;
    case "store": case "store_release": {
      if (i.base >= 0) return undefined;
      const slot = slotOf(i.base);
      return { slot, kind: "write", whole: i.offset === 0 && fn.slots[slot]?.info.size === i.size };
    }
    case "atomic":
      return i.base < 0 ? { slot: slotOf(i.base), kind: "change" } : undefined;
    case "frame":
      return fn.slots[i.slot]?.tracked === true ? { slot: i.slot, kind: "name" } : { slot: i.slot, kind: "escape" };
    case "touch":
      return { slot: i.slot, kind: "change" };
    case "lifetime":
      return { slot: i.slot, kind: i.start ? "begin" : "end" };
    case "asm": {
      const base = i.registers.find((r, index) => r < 0 && i.info.operands[index]?.kind === "memory");
      return base === undefined ? undefined : { slot: slotOf(base), kind: "escape" };
    }
    default:
      return undefined;
  }
}
