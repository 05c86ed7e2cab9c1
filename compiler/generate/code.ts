/**
 * Emission: the laid-out blocks as a run of instructions with labels, ready for encoding.
 *
 * Here the last choices are made: which way a branch is written, whether a block needs a jump at its end. A jump that
 * reaches further than 16 bits is helped by reach.ts.
 */
import type { CodeItem } from "../../assembler/isa/code.ts";
import type { Condition, Instruction, Operand } from "../../assembler/isa/instruction.ts";
import { branch, exit, imm, jump, mov, opposite, reg } from "../../assembler/isa/instruction.ts";
import type { Diagnostics } from "../source/diagnostic.ts";
import type { Target } from "../source/options.ts";
import { hasJmpExt } from "../source/options.ts";
import { unreachable } from "../source/unreachable.ts";
import { expandAsm } from "./asm.ts";
import { hasCondition } from "./condition.ts";
import { isInvertible, prefersThen } from "./layout.ts";
import type { MachineBlock, MachineFunction, MachineInstruction } from "./machine.ts";

/** Labels that no inline assembly can spell. */
function labelOf(block: MachineBlock): string {
  return `@${block.id}`;
}

/** Gives each expansion of an asm statement its own number, over the whole module. */
export interface AsmCounter { next: number }

export function emitCode(
  fn: MachineFunction, blocks: readonly MachineBlock[], target: Target, diagnostics: Diagnostics, counter: AsmCounter,
): CodeItem[] {
  const items: CodeItem[] = [];
  const hasLess = hasJmpExt(target);
  const emit = (instruction: Instruction, loc: number): void => {
    items.push({ kind: "instruction", instruction: { ...instruction, loc } });
  };
  let keeps = 0;
  for (const [index, block] of blocks.entries()) {
    const next = blocks[index + 1];
    items.push({ kind: "label", name: labelOf(block) });
    for (const i of block.code) {
      switch (i.op) {
        case "keep": {
          const label = `@keep${keeps++}`;
          emit(branch(i.cond, i.width, i.left, i.right, label), i.loc);
          emit(mov(64, i.dst, imm(i.value)), i.loc);
          items.push({ kind: "label", name: label });
          break;
        }
        case "invoke":
          emit(i.call, i.loc);
          break;
        case "asm":
          items.push(...expandAsm(i, counter.next++, diagnostics, target.endian === "little"));
          break;
        case "copies": case "frame": case "lifetime": case "touch":
          throw new Error(`${fn.name}: ${i.op} is left over after allocation`);
        default:
          items.push({ kind: "instruction", instruction: i satisfies Exclude<MachineInstruction, { op: "keep" }> });
      }
    }
    if (!fn.naked) emitEnd(block, next, hasLess, emit);
  }
  return items;
}

function emitEnd(
  block: MachineBlock, next: MachineBlock | undefined, hasLess: boolean,
  emit: (instruction: Instruction, loc: number) => void,
): void {
  const { end } = block;
  switch (end.kind) {
    case "return":
      emit(exit(), end.loc);
      return;
    case "jump":
      if (end.target !== next) emit(jump(labelOf(end.target)), end.loc);
      return;
    case "branch":
      // Where neither side comes next, the usual one is jumped to last: the verifier walks it first then (verifier rule
      // 16).
      if ((end.then === next || end.else !== next && prefersThen(end)) && isInvertible(end, hasLess)) {
        const turned = inverse(end.cond, end.left, end.right, hasLess);
        emit(branch(turned.cond, end.width, turned.left, turned.right, labelOf(end.else)), end.loc);
        if (end.then !== next) emit(jump(labelOf(end.then)), end.loc);
        return;
      }
      emit(branch(end.cond, end.width, end.left, end.right, labelOf(end.then)), end.loc);
      if (end.else !== next) emit(jump(labelOf(end.else)), end.loc);
      return;
    default:
      unreachable(end);
  }
}

const swapped: Partial<Record<Condition, Condition>> = { lt: "gt", le: "ge", slt: "sgt", sle: "sge" };

/** The opposite condition as the CPU level can say it: without "less" jumps the operands change sides. */
function inverse(cond: Condition, left: number, right: Operand, hasLess: boolean):
  { cond: Condition; left: number; right: Operand } {
  const turned = opposite(cond) ?? cond;
  if (hasCondition(hasLess, turned) || right.kind !== "reg") return { cond: turned, left, right };
  return { cond: swapped[turned] ?? turned, left: right.reg, right: reg(left) };
}
