/**
 * Inline assembly statements (GNU C; constraints as LLVM's BPF target reads them).
 *
 * Register outputs become `asmresult` values that are stored to their lvalues after the asm; a read-write operand
 * (`+r`, among the inputs too) is an output and a tied input of its old value. Memory operands are addresses. An `i`,
 * `n` or `s` operand must come out constant; one that may be either (`ri`, `g`) is an immediate when it is constant
 * here and fits 32 bits, else the generator decides.
 *
 * `asm goto` is an asm that says which of its ways out was taken, and a switch behind it: the verifier knows the number
 * on each path.
 */
import type { AsmOperand as SourceOperand, AsmStatement, Expression } from "../ast/program.ts";
import { isRecord } from "../types/basic.ts";
import type { AnyValue } from "../ir/module.ts";
import { createValue, signedValue, terminate } from "../ir/module.ts";
import type { AsmOperand } from "../ir/ops.ts";
import { emit, live, newBlock } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { expression } from "./expression.ts";
import { jumpToLabel } from "./labels.ts";
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
    memory: /[mogV<>]/.test(letters),
    immediate: /[insgX]/.test(letters),
    tied: digits === null ? undefined : Number(digits[0]),
  };
}

interface Result {
  readonly place: Lvalue;
  readonly number: number;
}

export function asmStatement(f: FunctionContext, s: AsmStatement): void {
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
  for (const input of s.inputs) {
    const c = parseConstraint(input.constraint);
    if (c.readWrite && (c.register || c.half)) {
      const place = lvalue(f, input.expression);
      operands.push(operand(input, "output", c.half, -1, results.length));
      readWrite.push({ place, number: results.length, half: c.half });
      results.push({ place, number: results.length });
    } else inputOperand(f, input, args, operands, outputNumbers);
  }
  for (const tied of readWrite) {
    const arg = args.push(readLvalue(f, tied.place)) - 1;
    operands.push({ name: undefined, kind: "tied", width: tied.half ? 32 : 64, arg, number: tied.number });
  }
  f.loc = s.loc;
  const text = s.gotoLabels.length === 0 ? s.text : textWithWays(f, s, operands.length);
  if (s.gotoLabels.length > 0) {
    operands.push({ name: way, kind: "earlyOutput", width: 64, arg: -1, number: results.length });
  }
  const info = { text, volatile: s.volatile, operands, clobbers: s.clobbers };
  const asm = emit(f, "asm", "void", args, info);
  const values = results.map(({ place, number }) => emit(f, "asmresult", scalar(f, place.type).type, [asm], number));
  const taken = s.gotoLabels.length === 0 ? undefined : emit(f, "asmresult", "i64", [asm], results.length);
  results.forEach(({ place }, i) => writeLvalue(f, place, normalize(f, values[i], scalar(f, place.type))));
  if (taken !== undefined) leaveBy(f, s, taken);
}

/** The name of the operand that tells which way an asm goto was left; no name in C has a space. */
const way = "way out";

/**
 * The template of an `asm goto`, whose jumps to labels of C are made jumps to its own end: there an output of its own
 * is set to the number of the label, from 1, or to 0 where control falls through. `first` is the number of the first
 * label among the operands.
 */
function textWithWays(f: FunctionContext, s: AsmStatement, first: number): string {
  const stub = (index: number): string => `.Lway%=_${index}`;
  const holes = /%%|%l(?:\[([^\]]*)\]|(\d+))/g;
  const text = s.text.replace(holes, (hole: string, name: string | undefined, number: string | undefined) => {
    if (hole === "%%") return hole;
    const index = name !== undefined ? s.gotoLabels.findIndex((label) => label.name === name) : Number(number) - first;
    if (s.gotoLabels[index] !== undefined) return stub(index);
    f.m.diagnostics.error(s.loc, `asm has no label operand '${hole}'`);
    return "0";
  });
  const ends = s.gotoLabels.map((_, i) => `${stub(i)}:\n%[${way}] = ${i + 1}\ngoto .Lend%=\n`);
  return `%[${way}] = 0\n${text}\ngoto .Lend%=\n${ends.join("")}.Lend%=:`;
}

/** Goes on at the label whose number the asm left behind. */
function leaveBy(f: FunctionContext, s: AsmStatement, taken: AnyValue): void {
  const from = live(f);
  const cases = s.gotoLabels.map((label, i) => {
    f.block = newBlock(f);
    const target = f.block;
    jumpToLabel(f, label, [...f.scope], s.loc);
    return { low: BigInt(i + 1), high: BigInt(i + 1), target };
  });
  const next = newBlock(f);
  terminate(from, createValue(f.fn, "switch", "void", [taken], { cases, default: next }, s.loc));
  f.block = next;
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
  let value = expression(f, input.expression);
  if (c.register && !c.half) value = beforeNarrowing(value, input.expression);
  const arg = args.push(value) - 1;
  if (c.immediate && value.op === "symbol") operands.push(operand(input, "symbol", false, arg, -1));
  else if (c.immediate && (!c.register || fitsImmediate(value))) operands.push(operand(input, "immediate", false, arg, -1));
  else if (c.immediate && !c.half) operands.push(operand(input, "either", false, arg, -1));
  else if (c.register || c.half) operands.push(operand(input, "input", c.half, arg, -1));
  else f.m.diagnostics.error(input.loc, `invalid input constraint '${input.constraint}' in asm`);
}

/**
 * The value of an input without the cast that narrows it to 8 or 16 bits. Bits of a register above its operand's are
 * left unspecified, and are those from before the cast with clang; headers of the kernel's tests make a comparison of
 * any width so: "if %0 s< %1" of `(short)x`.
 */
function beforeNarrowing(value: AnyValue, source: Expression): AnyValue {
  if (source.kind !== "cast" || value.op !== "extend" || value.aux.from === 32) return value;
  const [whole] = value.args;
  return whole.op === "truncate" ? whole.args[0] : whole;
}

function fitsImmediate(value: AnyValue): boolean {
  if (value.op !== "const") return false;
  const n = signedValue(value);
  return n === BigInt.asIntN(32, n);
}
