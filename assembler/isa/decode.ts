/**
 * Bytes -> Instruction, the reverse of encode.ts. Strict: a field that the form does not use must be zero (or hold the
 * form's constant), since the kernel refuses anything else and a lenient reading would not encode to the same bytes.
 */

import type { Instruction } from "./instruction.ts";
import { slots } from "./instruction.ts";
import type { Fields, Form } from "./table.ts";
import { fieldOfHole, formsOfOpcode } from "./table.ts";
import { fieldProblem } from "./validate.ts";

/** Eight bytes (or fewer, at the end) that are no instruction. */
export interface Illegal { readonly op: "illegal"; readonly reason: string }

export type Decoded = Instruction | Illegal;

/** The instruction at a byte offset. Never reads past the view, never throws on contents. */
export function decodeAt(view: DataView, offset: number, little: boolean): Decoded {
  if (offset + 8 > view.byteLength) return illegal("less than 8 bytes are left");
  const opcode = view.getUint8(offset);
  const regs = view.getUint8(offset + 1);
  const fields: Fields = {
    dst: little ? regs & 15 : regs >> 4,
    src: little ? regs >> 4 : regs & 15,
    offset: view.getInt16(offset + 2, little),
    imm: view.getInt32(offset + 4, little),
    high: 0,
  };
  const candidates = formsOfOpcode(opcode);
  const first = candidates[0];
  if (first === undefined) return illegal(`unknown opcode 0x${opcode.toString(16).padStart(2, "0")}`);
  if (first.op === "ld_imm64") {
    if (offset + 16 > view.byteLength) return illegal("the second slot of a 64-bit immediate is missing");
    if (view.getInt32(offset + 8, little) !== 0) return illegal("the second slot of a 64-bit immediate is not empty");
    fields.high = view.getInt32(offset + 12, little);
  }
  const form = candidates.find((f) => matches(f, fields));
  if (form === undefined) return illegal(`reserved fields of opcode 0x${opcode.toString(16).padStart(2, "0")} are set`);
  const problem = fieldProblem(form, fields);
  return problem === undefined ? form.build(fields) : illegal(problem);
}

const fieldNames: readonly (keyof Fields)[] = ["dst", "src", "offset", "imm", "high"];

/** Do the fields that are no operands of the form hold what they must? */
function matches(form: Form, fields: Fields): boolean {
  const operands = operandFields(form);
  return fieldNames.every((name) => operands.has(name) || fields[name] === (form.fixed[name] ?? 0));
}

const operandSets = new Map<Form, ReadonlySet<keyof Fields>>();

function operandFields(form: Form): ReadonlySet<keyof Fields> {
  const known = operandSets.get(form);
  if (known !== undefined) return known;
  const made = new Set<keyof Fields>();
  for (const piece of form.syntax[0].pieces) {
    if (piece.kind !== "hole") continue;
    made.add(fieldOfHole[piece.hole]);
    if (piece.hole === "imm64") made.add("high");
  }
  operandSets.set(form, made);
  return made;
}

function illegal(reason: string): Illegal {
  return { op: "illegal", reason };
}

export interface Placed {
  /** Byte offset in the code. */
  readonly offset: number;
  readonly instruction: Decoded;
}

/** All instructions of a code section, in order; what is no instruction takes 8 bytes (less at the end). */
export function decode(code: Uint8Array, endian: "little" | "big"): Placed[] {
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
  const placed: Placed[] = [];
  for (let offset = 0; offset < code.length;) {
    const instruction = decodeAt(view, offset, endian === "little");
    placed.push({ offset, instruction });
    offset += instruction.op === "illegal" ? Math.min(8, code.length - offset) : 8 * slots(instruction);
  }
  return placed;
}
