/**
 * Inline assembly: the template with its operands put in, read as assembly text, gives instructions and labels.
 *
 * `%0`, `%[name]`, `%w0` name operands (the letter w asks for the 32-bit name of the register), `%=` is a number that
 * no other expansion of the statement has, `%%` a percent sign. Text without operands is taken as it is, as GNU C has
 * it for file-scope assembly. What remains is what the assembler reads: instructions, labels, raw data, macros and
 * repetitions.
 */
import { readInline } from "../../assembler/assembly/inline.ts";
import type { CodeItem } from "../../assembler/isa/code.ts";
import type { AsmOperand } from "../ir/ops.ts";
import type { Diagnostics } from "../source/diagnostic.ts";
import type { InlineAsm } from "./machine.ts";

/** The code of one asm statement; `unique` is what `%=` stands for. */
export function expandAsm(i: InlineAsm, unique: number, diagnostics: Diagnostics, little: boolean): CodeItem[] {
  const items = readInline(substitute(i, unique, diagnostics), little ? "little" : "big");
  if ("kind" in items) {
    diagnostics.error(i.loc, `in asm: ${items.message}`);
    return [];
  }
  return items.map((item) => item.kind === "instruction"
    ? { kind: "instruction", instruction: { ...item.instruction, loc: i.loc } } : item);
}

function substitute(i: InlineAsm, unique: number, diagnostics: Diagnostics): string {
  const { text, operands } = i.info;
  let result = "";
  let at = 0;
  while (at < text.length) {
    const percent = text.indexOf("%", at);
    if (percent < 0) break;
    result += text.slice(at, percent);
    const hole = /^%(?:([%{}])|(=)|([a-z])?(?:(\d+)|\[([^\]]*)\]))/.exec(text.slice(percent, percent + 256));
    if (hole === null) {
      // A remainder operator such as `r0 %= r1` is written with one percent sign by many; it is no hole.
      result += "%";
      at = percent + 1;
      continue;
    }
    const [all, escaped, number, modifier, index, name] = hole;
    at = percent + all.length;
    if (escaped !== undefined) result += escaped;
    else if (number !== undefined) result += `${unique}`;
    else {
      const which = index !== undefined ? Number(index) : operands.findIndex((operand) => operand.name === name);
      const operand = operands[which];
      if (operand === undefined) diagnostics.error(i.loc, `asm has no operand ${name === undefined ? all : `'${name}'`}`);
      else result += operandText(i, operand, which, modifier === "w");
    }
  }
  return result + text.slice(at);
}

function operandText(i: InlineAsm, operand: AsmOperand, which: number, half: boolean): string {
  const register = i.registers[which] ?? 0;
  const number = i.numbers[which] ?? 0n;
  switch (operand.kind) {
    case "output": case "earlyOutput": case "input": case "either": case "tied":
      return `${half || operand.width === 32 ? "w" : "r"}${register}`;
    case "immediate": return `${number}`;
    case "memory": return `(r${register} ${number < 0n ? "-" : "+"} ${number < 0n ? -number : number})`;
    case "symbol": return i.symbols[which] ?? "0";
    case "label": return "0";
  }
}
