/**
 * Tail merging: blocks that end alike share their end.
 *
 * Blocks are grouped by where they go and by their last instruction; what all of a group have in common at the end
 * becomes one block. Since the verifier wants one kind of pointer for each memory instruction and one map for each
 * call, a memory access is shared only where its pointer is known to be the same kind on all ways (the frame's, or
 * tagged by selection), and a call only with the instructions that make its pointer arguments. Those may be put in
 * another order to have what differs first.
 */
import { framePointer } from "../../assembler/isa/instruction.ts";
import type { MachineBlock, MachineEnd, MachineFunction, MachineInstruction, Reg } from "./machine.ts";
import { callerSaved, forEachDef, reversePostorder } from "./machine.ts";
import { unreachable } from "../source/unreachable.ts";

/** Merges once; true when something was merged, and another look may find more. */
export function mergeTails(fn: MachineFunction): boolean {
  const groups = new Map<string, MachineBlock[]>();
  for (const block of reversePostorder(fn)) {
    const last = block.code.at(-1);
    if (last === undefined || !isShareable(last)) continue;
    // The end of a loop stays apart from what enters the loop: shared, it would be a second head.
    const loops = block.end.kind === "return" ? 0 : block.depth;
    const key = `${loops} ${textOfEnd(block.end)} ${textOf(last)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [block]);
    else group.push(block);
  }
  let merged = false;
  for (const group of groups.values()) if (group.length > 1) merged = mergeGroup(fn, group) || merged;
  return merged;
}

function textOfEnd(end: MachineEnd): string {
  switch (end.kind) {
    case "jump": return `${end.target.id}`;
    case "branch": return `${textOf({ ...end, then: end.then.id, else: end.else.id, likely: undefined, usual: undefined })}`;
    case "return": return end.value ? "value" : "none";
    default: return unreachable(end);
  }
}

function mergeGroup(fn: MachineFunction, group: readonly MachineBlock[]): boolean {
  const first = group[0] as MachineBlock;
  let common = 0;
  for (;;) {
    const i = first.code.at(-1 - common);
    if (i === undefined || !isShareable(i)) break;
    const text = textOf(i);
    if (!group.every((block) => {
      const other = block.code.at(-1 - common);
      return other !== undefined && textOf(other) === text;
    })) break;
    common++;
    if (i.op === "invoke") alignArguments(group, common);
  }
  common = withWholeCalls(group, common);
  if (common === 0) return false;
  let tail = group.find((block) => block.code.length === common && block !== fn.blocks[0]);
  if (tail === undefined) {
    tail = { id: fn.blocks.length, code: first.code.slice(-common), end: { ...first.end }, depth: first.depth };
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
    case "alu": case "neg": case "movsx": case "swap": case "ld_imm64": case "keep": return true;
    case "load": case "store": case "atomic": case "load_acquire": case "store_release":
      return i.base === framePointer || i.pointer !== undefined;
    case "invoke": return i.call.op === "call";
    default: return false;
  }
}

/** Sets up one argument: a constant, an address, something from a register that calls keep. */
function isSetup(i: MachineInstruction): i is MachineInstruction & { readonly dst: Reg } {
  if (i.op !== "alu" && i.op !== "ld_imm64" || i.dst < 1 || i.dst >= callerSaved) return false;
  if (i.op === "ld_imm64") return true;
  if (i.alu === "mov") return i.src.kind === "imm" || i.src.reg >= callerSaved;
  return i.alu === "add" && i.src.kind === "imm";
}

/** Puts the set-up of arguments that differ before what is equal in all blocks; `behind` instructions follow it. */
function alignArguments(group: readonly MachineBlock[], behind: number): void {
  const setups = group.map((block) => {
    const end = block.code.length - behind;
    let start = end;
    while (start > 0 && isSetup(block.code[start - 1] as MachineInstruction)) start--;
    const byRegister = new Map<Reg, MachineInstruction[]>();
    for (const i of block.code.slice(start, end)) {
      if (!isSetup(i)) continue;
      const list = byRegister.get(i.dst);
      // A new value starts a list; an addition belongs to the value before it, which must be here too.
      if (i.op === "ld_imm64" || i.op === "alu" && i.alu === "mov") byRegister.set(i.dst, [i]);
      else if (list !== undefined) list.push(i);
      else return undefined;
    }
    return { block, start, end, byRegister };
  });
  const first = setups[0];
  if (first === undefined || setups.includes(undefined)) return;
  const equal = [...first.byRegister.keys()].filter((reg) => {
    const text = first.byRegister.get(reg)?.map(textOf).join();
    return setups.every((setup) => setup?.byRegister.get(reg)?.map(textOf).join() === text);
  }).sort((a, b) => a - b);
  for (const setup of setups) {
    if (setup === undefined) continue;
    const { block, start, end, byRegister } = setup;
    const order = [...[...byRegister.keys()].filter((reg) => !equal.includes(reg)), ...equal];
    const sorted = order.flatMap((reg) => byRegister.get(reg) ?? []);
    block.code = [...block.code.slice(0, start), ...sorted, ...block.code.slice(end)];
  }
}

/**
 * How much of the common end can be shared so that each call in it has its arguments made there too; what is made
 * before must be a number.
 */
function withWholeCalls(group: readonly MachineBlock[], common: number): number {
  const first = group[0] as MachineBlock;
  for (let back = common; back > 0; back--) {
    const at = first.code.length - back;
    const call = first.code[at] as MachineInstruction;
    if (call.op !== "invoke") continue;
    for (let reg = 1; reg <= call.count; reg++) {
      if (!group.every((block) => isMadeInside(block, block.code.length - back, block.code.length - common, reg))) {
        return withWholeCalls(group, back - 1);
      }
    }
  }
  return common;
}

/** Is the argument of the call at `at` made at `start` or later, or a number made before? */
function isMadeInside(block: MachineBlock, at: number, start: number, reg: Reg): boolean {
  for (let index = at - 1; index >= 0; index--) {
    const i = block.code[index] as MachineInstruction;
    let defines = false;
    forEachDef(i, (r) => {
      defines ||= r === reg;
    });
    if (!defines) continue;
    return index >= start || i.op === "alu" && i.alu === "mov" && i.src.kind === "imm";
  }
  return false;
}

const texts = new WeakMap<object, string>();

/** Equal texts mean equal effects. */
function textOf(i: object): string {
  const known = texts.get(i);
  if (known !== undefined) return known;
  const text = JSON.stringify(i, (key, value: unknown) => {
    if (key === "loc") return undefined;
    return typeof value === "bigint" ? `${value}n` : value;
  });
  texts.set(i, text);
  return text;
}
