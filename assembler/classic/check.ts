/**
 * Would the kernel take a classic program? What it finds wrong, each with its place.
 *
 * The kernel answers with one number (EINVAL); here is what it means by it. The rules are those of bpf_check_classic
 * and check_load_and_stores in net/core/filter.c: known codes, no division by a constant 0, shifts below 32, M[] inside
 * of its 16 words and written before it is read on every way, jumps that stay inside, known extensions, and a return at
 * the end.
 */

import type { ClassicInstruction, ClassicProgram } from "./instruction.ts";
import { extensionBase, extensionOf, maxInstructions, memoryWords, operationOf } from "./instruction.ts";

/** Something that the kernel refuses: in which instruction, and in which of its numbers. */
export interface ClassicFault {
  readonly index: number;
  readonly part: "code" | "jt" | "jf" | "k";
  readonly message: string;
}

/** All faults of a program in its order; none if the kernel takes it. */
export function checkClassic(program: ClassicProgram): readonly ClassicFault[] {
  if (program.length === 0) return [{ index: 0, part: "code", message: "the program is empty" }];
  if (program.length > maxInstructions) {
    const message = `the program has ${program.length} instructions: the kernel takes ${maxInstructions}`;
    return [{ index: maxInstructions, part: "code", message }];
  }
  const faults = program.flatMap((instruction, index) => checkInstruction(instruction, index, program.length));
  const last = program[program.length - 1];
  const end = last === undefined ? undefined : operationOf(last.code)?.op;
  // A jump at the end has its own fault.
  if (end !== undefined && end !== "return" && end !== "jump" && end !== "branch") {
    faults.push({ index: program.length - 1, part: "code", message: "the program does not end with ret" });
  }
  return faults.length > 0 ? faults : checkMemory(program);
}

function checkInstruction(instruction: ClassicInstruction, index: number, length: number): ClassicFault[] {
  const { code, jt, jf, k } = instruction;
  const operation = operationOf(code);
  const fault = (part: ClassicFault["part"], message: string): ClassicFault[] => [{ index, part, message }];
  const rest = length - index - 1;
  const leaves = (skipped: number): string => skipped === 0 ? "the program ends behind the jump" : "the jump leaves the program";
  switch (operation?.op) {
    case undefined:
      return fault("code", `0x${code.toString(16)} is no classic instruction`);
    case "load":
      if (operation.indirect || k < extensionBase || extensionOf(instruction) !== undefined) return [];
      return fault("k", `offset ${k | 0} is no extension's`);
    case "recall": case "store":
      return k < memoryWords ? [] : fault("k", `M[] has the indices 0 to ${memoryWords - 1}`);
    case "alu":
      if (operation.source === "x") return [];
      if ((operation.alu === "div" || operation.alu === "mod") && k === 0) return fault("k", "division by zero");
      if ((operation.alu === "lsh" || operation.alu === "rsh") && k >= 32) return fault("k", `shift by ${k} of 32 bits`);
      return [];
    case "jump":
      return k < rest ? [] : fault("k", leaves(k));
    case "branch":
      return [
        ...jt < rest ? [] : fault("jt", leaves(jt)),
        ...jf < rest ? [] : fault("jf", leaves(jf)),
      ];
    case "return":
      return operation.value === "x" ? fault("code", "the kernel has no \"ret x\": use \"txa\" and \"ret a\"") : [];
    case "immediate": case "length": case "header": case "neg": case "copy":
      return [];
  }
}

/**
 * Is every word of M[] written on every way that leads to where it is read? As the kernel sees it: code that nothing
 * reaches has everything written.
 */
function checkMemory(program: ClassicProgram): ClassicFault[] {
  const all = (1 << memoryWords) - 1;
  const written = new Int32Array(program.length).fill(all);
  let now = 0;
  const faults: ClassicFault[] = [];
  const lead = (to: number): void => {
    written[to] = (written[to] ?? 0) & now;
  };
  program.forEach(({ code, jt, jf, k }, index) => {
    now &= written[index] ?? 0;
    const operation = operationOf(code);
    switch (operation?.op) {
      case "store":
        now |= 1 << k;
        break;
      case "recall":
        if ((now & 1 << k) === 0) faults.push({ index, part: "k", message: `M[${k}] is read and may not have been written` });
        break;
      case "jump":
        lead(index + 1 + k);
        now = all;
        break;
      case "branch":
        lead(index + 1 + jt);
        lead(index + 1 + jf);
        now = all;
        break;
      default:
        break;
    }
  });
  return faults;
}
