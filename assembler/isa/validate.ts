/**
 * Is an instruction legal? Two questions, both answered from the table.
 *
 * `unencodable`: what no encoding can hold, a register that does not exist or a number too large for its field. Such
 * an instruction never leaves the assembler. `validate` adds what the encoding can hold and the machine refuses: a
 * shift by its width or more, a division by the constant 0, a form that the chosen -mcpu level does not have.
 */

import type { Instruction } from "./instruction.ts";
import type { CpuLevel, Fields, Form, Hole } from "./table.ts";
import { fieldOfHole } from "./table.ts";
import { fill } from "./fields.ts";

/** Why the instruction has no encoding, as a phrase; undefined if it has one. Unresolved symbols are no reason. */
export function unencodable(instruction: Instruction): string | undefined {
  const { form, fields } = fill(instruction);
  return fieldProblem(form, fields);
}

/** The same question about a form and fields that have already been looked up. */
export function fieldProblem(form: Form, fields: Fields): string | undefined {
  for (const piece of form.syntax[0].pieces) {
    if (piece.kind !== "hole") continue;
    const problem = holeProblem(piece.hole, fields[fieldOfHole[piece.hole]]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The highest register number that has a name. */
export const lastRegister = 11;

function holeProblem(hole: Hole, value: number): string | undefined {
  switch (fieldOfHole[hole]) {
    case "dst":
      return inRange(value, 0, lastRegister) ? undefined : `there is no register r${value}`;
    case "src":
      if (hole === "pseudo") return inRange(value, 0, 15) ? undefined : `pseudo source ${value} does not fit 4 bits`;
      return inRange(value, 0, lastRegister) ? undefined : `there is no register r${value}`;
    case "offset": {
      if (inRange(value, -0x8000, 0x7fff)) return undefined;
      return `${hole === "target" ? "jump displacement" : "offset"} ${value} does not fit 16 bits`;
    }
    case "imm":
    case "high":
      return inRange(value, -0x80000000, 0x7fffffff) ? undefined : `immediate ${value} does not fit 32 bits`;
  }
}

function inRange(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/**
 * All objections to the instruction at that cpu level, as phrases; none for a legal one.
 * Sources: kernel/bpf/verifier.c, check_alu_op for immediates; LLVM's BPF.td for the levels.
 */
export function validate(instruction: Instruction, cpu: CpuLevel): string[] {
  const { form, fields } = fill(instruction);
  const problems: string[] = [];
  const problem = fieldProblem(form, fields);
  if (problem !== undefined) problems.push(problem);
  const allowed = form.immediates;
  if (allowed === "nonzero") {
    if (fields.imm === 0) problems.push("division by the constant 0");
  } else if (allowed !== undefined && !inRange(fields.imm, allowed.least, allowed.most)) {
    problems.push(`shift by ${fields.imm}, where ${allowed.least} to ${allowed.most} are possible`);
  }
  if (form.since > cpu) problems.push(`the instruction needs -mcpu=v${form.since}`);
  return problems;
}

/** The -mcpu level that introduced this form of the instruction. */
export function introducedIn(instruction: Instruction): CpuLevel {
  return fill(instruction).form.since;
}
