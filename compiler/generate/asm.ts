/**
 * Inline assembly: the template with its operands put in, read as assembly text, gives instructions and labels.
 *
 * `%0`, `%[name]`, `%w0` name operands (the letter w asks for the 32-bit name of the register), `%=` is a number that
 * no
 * other expansion of the statement has, `%%` a percent sign. Text without operands is taken as it is, as GNU C has it
 * for file-scope assembly. What remains is what the assembler reads: statements divided by `;` or newlines, labels,
 * local
 * labels, raw data.
 */
import type { CodeItem } from "../../assembler/isa/code.ts";
import type { ParsedInstruction } from "../../assembler/isa/parse.ts";
import { parseInstruction } from "../../assembler/isa/parse.ts";
import type { Statement } from "../../assembler/isa/scan.ts";
import { scanStatements } from "../../assembler/isa/scan.ts";
import type { AsmOperand } from "../ir/ops.ts";
import type { Diagnostics } from "../source/diagnostic.ts";
import type { InlineAsm } from "./machine.ts";

/** The code of one asm statement; `unique` is what `%=` stands for. */
export function expandAsm(i: InlineAsm, unique: number, diagnostics: Diagnostics, little: boolean): CodeItem[] {
  const text = substitute(i, unique, diagnostics);
  const items: CodeItem[] = [];
  for (const statement of scanStatements(text)) {
    const problem = readStatement(statement, items, little);
    if (problem === undefined) continue;
    diagnostics.error(i.loc, `in asm: ${problem}`);
    return [];
  }
  return items.map((item) => item.kind === "instruction"
    ? { kind: "instruction", instruction: { ...item.instruction, loc: i.loc } } : item);
}

function readStatement(statement: Statement, items: CodeItem[], little: boolean): string | undefined {
  let start = 0;
  while (statement[start + 1]?.text === ":" && statement[start + 1]?.kind === "punct" &&
    (statement[start]?.kind === "word" || statement[start]?.kind === "number")) {
    items.push({ kind: "label", name: statement[start]?.text ?? "" });
    start += 2;
  }
  const first = statement[start];
  if (first === undefined || first.kind === "end") return undefined;
  const size = dataSizes[first.text];
  if (size !== undefined) return readData(statement, start + 1, size, items, little);
  const parsed: ParsedInstruction | { readonly kind: "problem"; readonly message: string } =
    parseInstruction(statement, start);
  if (parsed.kind === "problem") return parsed.message;
  items.push({ kind: "instruction", instruction: parsed.instruction });
  return undefined;
}

const dataSizes: { readonly [directive: string]: 1 | 2 | 4 | 8 } = {
  ".byte": 1, ".2byte": 2, ".short": 2, ".4byte": 4, ".long": 4, ".8byte": 8, ".quad": 8,
};

/** `.long 1, 2`: raw bytes of an instruction. */
function readData(
  statement: Statement, start: number, size: 1 | 2 | 4 | 8, items: CodeItem[], little: boolean,
): string | undefined {
  const bytes: number[] = [];
  for (let at = start; ; at += 2) {
    const negative = statement[at]?.text === "-";
    if (negative) at++;
    const token = statement[at];
    if (token?.kind !== "number") return "expected a number";
    const value = BigInt.asUintN(8 * size, negative ? -token.value : token.value);
    for (let byte = 0; byte < size; byte++) {
      const shift = BigInt(8 * (little ? byte : size - 1 - byte));
      bytes.push(Number(value >> shift & 0xffn));
    }
    if (statement[at + 1]?.text !== ",") break;
  }
  items.push({ kind: "bytes", bytes: Uint8Array.from(bytes) });
  return undefined;
}

function substitute(i: InlineAsm, unique: number, diagnostics: Diagnostics): string {
  const { text, operands } = i.info;
  let result = "";
  let at = 0;
  while (at < text.length) {
    const percent = text.indexOf("%", at);
    if (percent < 0) break;
    result += text.slice(at, percent);
    const hole = /^%(?:(%)|(=)|([a-z])?(?:(\d+)|\[([^\]]*)\]))/.exec(text.slice(percent, percent + 256));
    if (hole === null) {
      // A remainder operator such as `r0 %= r1` is written with one percent sign by many; it is no hole.
      result += "%";
      at = percent + 1;
      continue;
    }
    const [all, percentSign, number, modifier, index, name] = hole;
    at = percent + all.length;
    if (percentSign !== undefined) result += "%";
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
    case "output": case "earlyOutput": case "input": case "tied":
      return `${half || operand.width === 32 ? "w" : "r"}${register}`;
    case "immediate": return `${number}`;
    case "memory": return `(r${register} ${number < 0n ? "-" : "+"} ${number < 0n ? -number : number})`;
    case "symbol": return i.symbols[which] ?? "0";
    case "label": return "0";
  }
}
