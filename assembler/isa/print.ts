/**
 * Instruction -> text, in LLVM's syntax: the texts of the instruction table with their holes filled. What is printed
 * parses to the same instruction.
 */

import type { Instruction, Reference } from "./instruction.ts";
import { jumpTarget, referenceOf } from "./instruction.ts";
import { fill } from "./fields.ts";
import { quoteName } from "./scan.ts";
import type { Hole, Syntax } from "./table.ts";

export interface PrintOptions {
  /** Numbers as 0x10 instead of 16, as disassemblers write them. */
  readonly hex?: boolean;
  /** Write w registers in loads, stores and atomics of at most 32 bits, as for -mcpu=v3 and later. */
  readonly alu32?: boolean;
}

/** The text, without indentation or line end. */
export function printInstruction(instruction: Instruction, options: PrintOptions = {}): string {
  const { form, fields } = fill(instruction);
  const [first, second] = form.syntax;
  const syntax: Syntax = second !== undefined && wantsSecond(instruction, options) ? second : first;
  const number = (value: number): string => printNumber(value, options);
  return syntax.text.replace(/\{(\w+)\}/g, (_, name: Hole) => {
    switch (name) {
      case "dst": return `r${fields.dst}`;
      case "dst32": return `w${fields.dst}`;
      case "src": return `r${fields.src}`;
      case "src32": return `w${fields.src}`;
      case "offset": return fields.offset < 0 ? `- ${number(-fields.offset)}` : `+ ${number(fields.offset)}`;
      case "target":
      case "target32": return printTarget(instruction, options);
      case "imm": return printImmediate(instruction, fields.imm, options);
      case "imm64": return printWide(instruction, options);
      case "callee": return number(fields.imm);
      case "function": return printReference(referenceOf(instruction));
      case "pseudo": return number(fields.src);
      case "to": return number(fields.imm >>> 16);
      case "from": return number(fields.imm & 0xffff);
    }
  });
}

/** Of two texts for one instruction, is it the second (see table.ts)? */
function wantsSecond(instruction: Instruction, options: PrintOptions): boolean {
  switch (instruction.op) {
    case "call":
      return instruction.reference === undefined;
    case "load":
    case "store":
    case "atomic":
      return options.alu32 === true;
    default:
      return false;
  }
}

function printNumber(value: number | bigint, options: PrintOptions): string {
  if (options.hex !== true) return value.toString();
  return value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

function printTarget(instruction: Instruction, options: PrintOptions): string {
  const target = jumpTarget(instruction) ?? 0;
  if (typeof target === "string") return /^\d+[bf]$/.test(target) ? target : quoteName(target);
  return target < 0 ? printNumber(target, options) : `+${printNumber(target, options)}`;
}

function printImmediate(instruction: Instruction, value: number, options: PrintOptions): string {
  const symbol = "src" in instruction && typeof instruction.src === "object" && instruction.src.kind === "imm"
    ? instruction.src.symbol : undefined;
  return symbol === undefined ? printNumber(value, options) : printReference({ symbol, addend: value });
}

/** The 64-bit number or symbol; unsigned behind ld_pseudo, where a negative one would mean its lower half. */
function printWide(instruction: Instruction, options: PrintOptions): string {
  if (instruction.op !== "ld_imm64") return "0";
  if (instruction.reference !== undefined) return printReference(instruction.reference);
  return printNumber(instruction.pseudo === 0 ? instruction.value : BigInt.asUintN(64, instruction.value), options);
}

function printReference(reference: Reference | undefined): string {
  if (reference === undefined) return "0";
  const { symbol, addend } = reference;
  if (addend === 0) return quoteName(symbol);
  return addend < 0 ? `${quoteName(symbol)}${addend}` : `${quoteName(symbol)}+${addend}`;
}
