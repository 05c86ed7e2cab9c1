/**
 * Instruction -> bytes. The layout is drawn in table.ts; here is the byte order: a big-endian object has its offset
 * and immediates the other way round, and the two register nibbles exchanged.
 */

import type { Instruction } from "./instruction.ts";
import { slots } from "./instruction.ts";
import { fill, unresolved } from "./fields.ts";
import { fieldProblem } from "./validate.ts";

/**
 * Writes the instruction at `offset`: 8 bytes, or 16 for a 64-bit immediate. A `reference` is written as its addend,
 * the way a relocation in place has it: bytes in the first slot of a 64-bit immediate; (addend / 8) - 1 in a call.
 * @returns the number of bytes written
 * @throws Error when a label or constant is unresolved or a field does not fit: the caller must have checked
 */
export function encodeInto(view: DataView, offset: number, instruction: Instruction, little: boolean): number {
  const waiting = unresolved(instruction);
  if (waiting !== undefined) throw new Error(`"${waiting}" is not resolved before encoding "${instruction.op}"`);
  const { form, fields } = fill(withAddend(instruction));
  const problem = fieldProblem(form, fields);
  if (problem !== undefined) throw new Error(`"${instruction.op}" cannot be encoded: ${problem}`);
  view.setUint8(offset, form.opcode);
  view.setUint8(offset + 1, little ? (fields.src << 4) | fields.dst : (fields.dst << 4) | fields.src);
  view.setInt16(offset + 2, fields.offset, little);
  view.setInt32(offset + 4, fields.imm, little);
  if (slots(instruction) === 1) return 8;
  view.setInt32(offset + 8, 0, little);
  view.setInt32(offset + 12, fields.high, little);
  return 16;
}

/** The instruction with its reference's addend in its number, as the bytes have it. */
function withAddend(instruction: Instruction): Instruction {
  if (instruction.op === "ld_imm64" && instruction.reference !== undefined) {
    return { ...instruction, value: BigInt.asUintN(32, BigInt(instruction.reference.addend)) };
  }
  if (instruction.op === "call" && instruction.reference !== undefined) {
    return { ...instruction, value: Math.trunc(instruction.reference.addend / 8) - 1 };
  }
  return instruction;
}

/** One instruction as bytes of its own. See encodeInto for errors. */
export function encode(instruction: Instruction, endian: "little" | "big"): Uint8Array {
  const bytes = new Uint8Array(8 * slots(instruction));
  encodeInto(new DataView(bytes.buffer), 0, instruction, endian === "little");
  return bytes;
}
