/**
 * From the logical instruction to its form and fields: the way back of `Form.build`.
 *
 * Symbolic operands count as 0 here (a call without its function as -1): what is not known yet is not in the fields.
 * Numbers are taken as they are; validate.ts and encode.ts judge them.
 */

import { unreachable } from "../unreachable.ts";
import type { Instruction, Operand, Target } from "./instruction.ts";
import type { Fields, Form } from "./table.ts";
import { findForm } from "./table.ts";

export interface Filled { readonly form: Form; readonly fields: Fields }

/** The form that writes the instruction, with its fields, constants of the form included. */
export function fill(instruction: Instruction): Filled {
  const i = instruction;
  switch (i.op) {
    case "alu":
      return make(i, `${i.alu}${i.width} ${i.src.kind}`, { dst: i.dst, ...operand(i.src) });
    case "neg":
      return make(i, `${i.width}`, { dst: i.dst });
    case "movsx":
      return make(i, `${i.width} ${i.bits}`, { dst: i.dst, src: i.src });
    case "swap":
      return make(i, `${i.order} ${i.bits}`, { dst: i.dst });
    case "addr_space_cast":
      return make(i, "", { dst: i.dst, src: i.src, imm: (i.to << 16) | i.from });
    case "ld_imm64":
      return make(i, i.pseudo === 0 ? "plain" : "pseudo", {
        dst: i.dst, src: i.pseudo, imm: Number(BigInt.asIntN(32, i.value)),
        high: Number(BigInt.asIntN(32, i.value >> 32n)),
      });
    case "load":
      return make(i, `${i.signed ? "s" : "u"}${i.size}`, { dst: i.dst, src: i.base, offset: i.offset });
    case "store":
      return make(i, `${i.size} ${i.src.kind}`, { dst: i.base, offset: i.offset, ...operand(i.src) });
    case "atomic":
      return make(i, `${i.fetch ? "fetch " : ""}${i.atomic} ${i.size}`, {
        dst: i.base, offset: i.offset, src: i.src,
      });
    case "load_acquire":
      return make(i, `${i.size}`, { dst: i.dst, src: i.base, offset: i.offset });
    case "store_release":
      return make(i, `${i.size}`, { dst: i.base, src: i.src, offset: i.offset });
    case "ld_abs":
      return make(i, `${i.size}`, { imm: i.index });
    case "ld_ind":
      return make(i, i.index === 0 ? `${i.size}` : `${i.size} index`, { src: i.src, imm: i.index });
    case "jump":
      return i.long ? make(i, "long", { imm: displacement(i.target) })
        : make(i, "short", { offset: displacement(i.target) });
    case "branch":
      return make(i, `${i.cond}${i.width} ${i.src.kind}`, {
        dst: i.dst, ...operand(i.src), offset: displacement(i.target),
      });
    case "may_goto":
      return make(i, "", { offset: displacement(i.target) });
    case "call":
      return make(i, i.call, { imm: i.value });
    case "callx":
    case "gotox":
      return make(i, "", { dst: i.reg });
    case "exit":
      return make(i, "", {});
    default:
      return unreachable(i);
  }
}

function make(instruction: Instruction, key: string, fields: Partial<Fields>): Filled {
  const form = findForm(instruction.op, key);
  return { form, fields: { dst: 0, src: 0, offset: 0, imm: 0, high: 0, ...fields, ...form.fixed } };
}

function operand(src: Operand): Partial<Fields> {
  return src.kind === "reg" ? { src: src.reg } : { imm: src.value };
}

function displacement(target: Target): number {
  return typeof target === "number" ? target : 0;
}

/** What stops the instruction from being encoded: the name of a label or symbol that is not resolved yet. */
export function unresolved(instruction: Instruction): string | undefined {
  switch (instruction.op) {
    case "jump":
    case "branch":
    case "may_goto":
      if (typeof instruction.target === "string") return instruction.target;
      break;
    default:
      break;
  }
  return "src" in instruction && typeof instruction.src === "object" && instruction.src.kind === "imm"
    ? instruction.src.symbol : undefined;
}
