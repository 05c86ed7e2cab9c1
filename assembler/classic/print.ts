/**
 * Classic programs as text: the assembly of bpf_asm, the listing of bpf_dbg, tc's `bytecode` line, and C.
 *
 * The assembly reads back to the same program, up to numbers that an instruction does not use: a jump's target gets the
 * label lN, N its index, and the short forms (`jneq #k, l5`) stand where the other way is the next instruction.
 */

import type { ClassicCondition, ClassicInstruction, ClassicProgram, Operation } from "./instruction.ts";
import { extensionOf, loadSizes, operationOf, successors } from "./instruction.ts";

/** tc's and xt_bpf's line: the count, then each instruction's four numbers. */
export function printBytecode(program: ClassicProgram): string {
  return `${program.length},${program.map(({ code, jt, jf, k }) => `${code} ${jt} ${jf} ${k},`).join("")}\n`;
}

/** The initialiser of an array of `struct sock_filter`, as bpf_asm -c and tcpdump -dd have it. */
export function printInitializer(program: ClassicProgram): string {
  return program.map(({ code, jt, jf, k }) =>
    `{ ${hex(code, 2)}, ${String(jt).padStart(2)}, ${String(jf).padStart(2)}, ${hex(k, 8)} },\n`).join("");
}

/** C's `%#0x`, which leaves the mark away from a zero. */
function hex(value: number, digits: number): string {
  return value === 0 ? "0".repeat(digits + 2) : `0x${value.toString(16).padStart(digits, "0")}`;
}

/** An instruction that assembly has no words for: its index and why. */
export interface Unprintable { readonly index: number; readonly message: string }

/** Assembly that bpf_asm and tbas take. */
export function printAssembly(program: ClassicProgram): string | Unprintable {
  const targets = new Set<number>();
  for (const [index, instruction] of program.entries()) {
    const operation = operationOf(instruction.code);
    if (operation === undefined) return { index, message: `0x${instruction.code.toString(16)} is no classic instruction` };
    if (operation.op !== "jump" && operation.op !== "branch") continue;
    if (successors(instruction, index).some((next) => next >= program.length)) {
      return { index, message: "the jump leaves the program" };
    }
    for (const next of written(instruction, operation, index).targets) targets.add(next);
  }
  return program.map((instruction, index) => {
    const label = targets.has(index) ? `l${index}:` : "";
    const operation = operationOf(instruction.code);
    return operation === undefined ? "" : `${label}\t${written(instruction, operation, index).text}\n`;
  }).join("");
}

const inverse: Readonly<Record<ClassicCondition, string | undefined>> = {
  jeq: "jneq", jgt: "jle", jge: "jlt", jset: undefined,
};

/** An instruction's text, and the indices whose labels are in it. */
function written(instruction: ClassicInstruction, operation: Operation, index: number): { text: string; targets: number[] } {
  const { jt, jf, k } = instruction;
  const [yes, no] = [index + 1 + jt, index + 1 + jf];
  if (operation.op === "jump") return { text: `jmp l${index + 1 + k}`, targets: [index + 1 + k] };
  if (operation.op !== "branch") return { text: plain(instruction, operation), targets: [] };
  const { condition } = operation;
  const operand = operation.source === "x" ? "x" : `#${shortHex(k)}`;
  const opposite = inverse[condition];
  if (jf === 0) return { text: `${condition} ${operand}, l${yes}`, targets: [yes] };
  if (jt === 0 && opposite !== undefined) return { text: `${opposite} ${operand}, l${no}`, targets: [no] };
  return { text: `${condition} ${operand}, l${yes}, l${no}`, targets: [yes, no] };
}

function shortHex(value: number): string {
  return value === 0 ? "0" : `0x${value.toString(16)}`;
}

/** Operations whose operand is a pattern of bits rather than a count. */
const bitwise: ReadonlySet<string> = new Set(["and", "or", "xor"]);

/** The text of what does not jump. */
function plain(instruction: ClassicInstruction, operation: Exclude<Operation, { op: "jump" | "branch" }>): string {
  const { k } = instruction;
  switch (operation.op) {
    case "load": {
      const name = `ld${loadSizes.find(({ size }) => size === operation.size)?.suffix ?? ""}`;
      const extension = extensionOf(instruction);
      if (extension !== undefined && extension !== "xor_x") return `${name} ${extension}`;
      return operation.indirect ? `${name} [x + ${k | 0}]` : `${name} [${k | 0}]`;
    }
    case "immediate": return `${operation.to === "a" ? "ld" : "ldx"} #${shortHex(k)}`;
    case "recall": return `${operation.to === "a" ? "ld" : "ldx"} M[${k}]`;
    case "store": return `${operation.from === "a" ? "st" : "stx"} M[${k}]`;
    case "length": return `${operation.to === "a" ? "ld" : "ldx"} len`;
    case "header": return `ldxb 4*([${k | 0}]&0xf)`;
    case "alu":
      if (operation.source === "x") return `${operation.alu} x`;
      return `${operation.alu} #${bitwise.has(operation.alu) ? shortHex(k) : k | 0}`;
    case "neg": return "neg";
    case "return": return operation.value === "k" ? `ret #${shortHex(k)}` : `ret ${operation.value}`;
    case "copy": return operation.to === "x" ? "tax" : "txa";
  }
}

/**
 * The listing of bpf_dbg's command "disassemble", which knows no extensions and says "nosup" to what it does not know.
 */
export function printListing(program: ClassicProgram): string {
  return program.map((instruction, index) => `l${index}:\t${listed(instruction, index)}\n`).join("");
}

function listed(instruction: ClassicInstruction, index: number): string {
  const { code, jt, jf, k } = instruction;
  const operation = operationOf(code);
  // bpf_dbg tells a branch by its class alone.
  const ways = (code & 7) === 5 && (code & 0xf0) !== 0 ? `, l${index + 1 + jt}, l${index + 1 + jf}` : "";
  switch (operation?.op) {
    case undefined: return `nosup ${shortHex(code)}${ways}`;
    case "jump": return `ja ${(index + 1 + k) | 0}`;
    case "branch": return `${operation.condition} ${operation.source === "x" ? "x" : `#${shortHex(k)}`}${ways}`;
    case "load": {
      const name = `ld${loadSizes.find(({ size }) => size === operation.size)?.suffix ?? ""}`;
      return operation.indirect ? `${name} [x+${k | 0}]` : `${name} [${k | 0}]`;
    }
    case "length":
      return operation.to === "a" ? "ld #len" : `nosup ${shortHex(code)}`;
    case "recall": return `${operation.to === "a" ? "ld" : "ldx"} M[${k | 0}]`;
    case "store": return `${operation.from === "a" ? "st" : "stx"} M[${k | 0}]`;
    // What has no operand has the blank before it all the same.
    case "neg": case "copy": return `${plain(instruction, operation)} `;
    case "immediate": case "header": case "alu": case "return":
      return plain(instruction, operation);
  }
}
