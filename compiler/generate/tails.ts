/**
 * Tail merging: blocks that end alike share their end.
 *
 * Blocks are grouped by where they go (a return, or one successor) and by their last instruction; what all of a group have
 * in common at the end becomes one block. Only computations and the frame's own memory are shared: the verifier wants one
 * kind of pointer for each memory instruction, and one map for each call, so those stay where they are.
 */
import { framePointer } from "../../assembler/isa/instruction.ts";
import type { MachineBlock, MachineFunction, MachineInstruction } from "./machine.ts";
import { reversePostorder } from "./machine.ts";

/** Merges once; true when something was merged, and another look may find more. */
export function mergeTails(fn: MachineFunction): boolean {
  const groups = new Map<string, MachineBlock[]>();
  for (const block of reversePostorder(fn)) {
    const last = block.code.at(-1);
    if (last === undefined || !isShareable(last)) continue;
    const { end } = block;
    if (end.kind === "branch") continue;
    const key = `${end.kind === "jump" ? end.target.id : end.value ? "value" : "none"} ${textOf(last)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [block]);
    else group.push(block);
  }
  let merged = false;
  for (const group of groups.values()) if (group.length > 1) merged = mergeGroup(fn, group) || merged;
  return merged;
}

function mergeGroup(fn: MachineFunction, group: readonly MachineBlock[]): boolean {
  const first = group[0] as MachineBlock;
  let common = 0;
  for (;; common++) {
    const i = first.code.at(-1 - common);
    if (i === undefined || !isShareable(i)) break;
    const text = textOf(i);
    if (!group.every((block) => {
      const other = block.code.at(-1 - common);
      return other !== undefined && isShareable(other) && textOf(other) === text;
    })) break;
  }
  if (common === 0) return false;
  let tail = group.find((block) => block.code.length === common && block !== fn.blocks[0]);
  if (tail === undefined) {
    tail = { id: fn.blocks.length, code: first.code.slice(-common), end: first.end, depth: first.depth };
    fn.blocks.push(tail);
  }
  for (const block of group) {
    if (block === tail) continue;
    block.code = block.code.slice(0, -common);
    block.end = { kind: "jump", target: tail, loc: block.end.loc };
  }
  return true;
}

function isShareable(i: MachineInstruction): boolean {
  switch (i.op) {
    case "alu": case "neg": case "movsx": case "swap": case "ld_imm64": return true;
    case "load": case "store": return i.base === framePointer;
    default: return false;
  }
}

/** Equal texts mean equal effects. */
function textOf(i: MachineInstruction): string {
  return JSON.stringify(i, (key, value: unknown) => {
    if (key === "loc") return undefined;
    return typeof value === "bigint" ? `${value}n` : value;
  });
}
