/**
 * Inline assembly statements (GNU C; constraints as LLVM's BPF target reads them).
 *
 * Register outputs become `asmresult` values that are stored to their lvalues after the asm; a read-write operand (`+r`) is an
 * output and a tied input of its old value. Memory operands are addresses. An `i`, `n` or `s` operand must come out constant; one
 * that may be either (`ri`, `g`) is an immediate when it is constant here and fits 32 bits, else a register.
 */
import type { AsmOperand as SourceOperand, AsmStatement } from "../ast/program.ts";
import { isRecord } from "../types/basic.ts";
import type { AnyValue } from "../ir/module.ts";
import { signedValue } from "../ir/module.ts";
import type { AsmOperand } from "../ir/ops.ts";
import { emit } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { expression } from "./expression.ts";
import { lvalue, readLvalue, writeLvalue } from "./lvalue.ts";
import type { Lvalue } from "./lvalue.ts";
import { normalize, scalar } from "./values.ts";

interface Constraint {
  readonly output: boolean;
  readonly readWrite: boolean;
  readonly early: boolean;
  readonly register: boolean;
  readonly half: boolean;
  readonly memory: boolean;
  readonly immediate: boolean;
  /** Number of the output it is tied to. */
  readonly tied: number | undefined;
}

function parseConstraint(text: string): Constraint {
  const letters = text.replace(/[=+&%\s]/g, "");
  const digits = /^\d+$/.exec(letters);
  return {
    output: text.includes("=") || text.includes("+"),
    readWrite: text.includes("+"),
    early: text.includes("&"),
    register: /[rgpX]/.test(letters),
    half: letters.includes("w"),
    memory: /[mog]/.test(letters),
    immediate: /[insgX]/.test(letters),
    tied: digits === null ? undefined : Number(digits[0]),
  };
}

interface Result {
  readonly place: Lvalue;
  readonly number: number;
}

export function asmStatement(f: FunctionContext, s: AsmStatement): void {
  if (s.gotoLabels.length > 0) {
    f.m.diagnostics.error(s.loc, "'asm goto' is not supported yet: branch in C on a value that the asm computes");
    return;
  }
  const args: AnyValue[] = [];
  const operands: AsmOperand[] = [];
  const results: Result[] = [];
  const readWrite: { readonly place: Lvalue; readonly number: number; readonly half: boolean }[] = [];
  for (const output of s.outputs) {
    const c = parseConstraint(output.constraint);
    if (!c.output) f.m.diagnostics.error(output.loc, `invalid output constraint '${output.constraint}' in asm`);
    const place = lvalue(f, output.expression);
    f.loc = s.loc;
    if (isRecord(place.type) || (!c.register && !c.half)) {
      if (!c.memory) f.m.diagnostics.error(output.loc, `invalid output constraint '${output.constraint}' in asm`);
      operands.push(operand(output, "memory", false, args.push(place.address) - 1, -1));
      continue;
    }
    const number = results.length;
    operands.push(operand(output, c.early ? "earlyOutput" : "output", c.half, -1, number));
    results.push({ place, number });
    if (c.readWrite) readWrite.push({ place, number, half: c.half });
  }
  const outputNumbers = operands.map((o) => o.number);
  for (const input of s.inputs) inputOperand(f, input, args, operands, outputNumbers);
  for (const tied of readWrite) {
    const arg = args.push(readLvalue(f, tied.place)) - 1;
    operands.push({ name: undefined, kind: "tied", width: tied.half ? 32 : 64, arg, number: tied.number });
  }
  f.loc = s.loc;
  const info = { text: s.text, volatile: s.volatile, operands, clobbers: s.clobbers };
  const asm = emit(f, "asm", "void", args, info);
  const values = results.map(({ place, number }) => emit(f, "asmresult", scalar(f, place.type).type, [asm], number));
  results.forEach(({ place }, i) => writeLvalue(f, place, normalize(f, values[i], scalar(f, place.type))));
}

function operand(source: SourceOperand, kind: AsmOperand["kind"], half: boolean, arg: number, number: number): AsmOperand {
  return { name: source.name, kind, width: half ? 32 : 64, arg, number };
}

function inputOperand(
  f: FunctionContext, input: SourceOperand, args: AnyValue[], operands: AsmOperand[], outputNumbers: readonly number[],
): void {
  const c = parseConstraint(input.constraint);
  if (c.tied !== undefined) {
    const number = outputNumbers[c.tied];
    if (number === undefined || number < 0) {
      f.m.diagnostics.error(input.loc, `invalid input constraint '${input.constraint}' in asm`);
      return;
    }
    const arg = args.push(expression(f, input.expression)) - 1;
    operands.push(operand(input, "tied", false, arg, number));
    return;
  }
  if (c.memory && !c.register && !c.half) {
    operands.push(operand(input, "memory", false, args.push(lvalue(f, input.expression).address) - 1, -1));
    return;
  }
  const value = expression(f, input.expression);
  const arg = args.push(value) - 1;
  if (c.immediate && value.op === "symbol") operands.push(operand(input, "symbol", false, arg, -1));
  else if (c.immediate && (!c.register || fitsImmediate(value))) operands.push(operand(input, "immediate", false, arg, -1));
  else if (c.register || c.half) operands.push(operand(input, "input", c.half, arg, -1));
  else f.m.diagnostics.error(input.loc, `invalid input constraint '${input.constraint}' in asm`);
}

function fitsImmediate(value: AnyValue): boolean {
  if (value.op !== "const") return false;
  const n = signedValue(value);
  return n === BigInt.asIntN(32, n);
}
