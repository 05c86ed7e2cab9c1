/**
 * Inline assembly statements (GNU C): operands are checked and made lvalues or values as their constraints ask; the template
 * is given on as text in which `%` always introduces an operand or an escape, both checked here. A tie by name, `"[out]"`,
 * becomes one by number.
 */
import type { AsmOperand, AsmStatement, Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { elementOf, isArray, isConst, isError, isFunction, isInteger, isRecord, isVoid } from "../types/basic.ts";
import { isComplete } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { integer, isLvalue } from "./build.ts";
import { evaluateInteger } from "./constants.ts";
import { type Checker, countUse, error } from "./context.ts";
import { rvalue } from "./conversions.ts";
import { checkExpression } from "./expressions.ts";
import { placeOfByte, textOf } from "./literals.ts";
import { checkModifiable } from "./assignment.ts";
import { findTarget } from "./statements.ts";

export function checkAsm(c: Checker, s: Syntax.AsmStatement): AsmStatement {
  const before = c.diagnostics.all.length;
  const template = asmText(c, s.template);
  const operands = [...s.outputs, ...s.inputs];
  const written = operands.map((operand, i) => asmText(c, operand.constraint, i < s.outputs.length ? "=r" : "r"));
  const constraints = oneAlternative(written);
  const outputs = s.outputs.map((operand, i) => checkOutput(c, operand, constraints[i] ?? "", written[i] ?? ""));
  const inputs = s.inputs.map((operand, i) => {
    const at = s.outputs.length + i;
    return checkInput(c, operand, numbered(c, s, operand, constraints[at] ?? ""), written[at] ?? "", outputs);
  });
  checkNames(c, s);
  const isRight = !c.diagnostics.all.slice(before).some(({ severity }) => severity === "error");
  if (isRight) {
    if (s.extended) checkTemplate(c, s, template, outputs);
    checkTies(c, s, inputs);
    checkAlternatives(c, operands, written);
  }
  return {
    kind: "asm",
    // The template of a basic asm has no escapes: a percent sign means itself.
    text: s.extended ? template : template.replaceAll("%", "%%"),
    volatile: s.isVolatile || s.isGoto || s.outputs.length === 0,
    outputs,
    inputs,
    clobbers: s.clobbers.map((clobber) => asmText(c, clobber)),
    gotoLabels: s.labels.map((label) => findTarget(c, label.name, label.loc, s.loc)),
    loc: s.loc,
  };
}

/** The text of one of the statement's strings, which are narrow; `otherwise` stands for one that is not. */
function asmText(c: Checker, literal: Syntax.StringLiteral, otherwise = ""): string {
  const prefix = literal.pieces.map((piece) => piece.text.slice(0, piece.text.indexOf("\""))).find((word) => word !== "");
  if (prefix === undefined) return textOf(c, literal);
  error(c, literal.loc, `cannot use ${prefix === "L" ? "wide" : "unicode"} string literal in 'asm'`);
  return otherwise;
}

/** The constraint with the number of the output that it names; a name that no output has is reported. */
function numbered(c: Checker, s: Syntax.AsmStatement, operand: Syntax.AsmOperand, constraint: string): string {
  const name = /^%?\[([^\]]*)\]$/.exec(constraint)?.[1];
  if (name === undefined) return constraint;
  const which = s.outputs.findIndex((output) => output.name === name);
  if (which < 0) refuseInput(c, operand, constraint);
  return which < 0 ? "r" : `${which}`;
}

function refuseInput(c: Checker, operand: Syntax.AsmOperand, constraint: string): void {
  error(c, operand.constraint.loc, `invalid input constraint '${constraint}' in asm`);
}

/** Of constraints such as "r,m" that one place for all operands: the first without memory, if there is one. */
function oneAlternative(constraints: readonly string[]): readonly string[] {
  const alternatives = constraints.map((text) => {
    const marks = /^[=+%]*/.exec(text)?.[0] ?? "";
    return text.slice(marks.length).split(",").map((letters) => marks + letters);
  });
  const count = Math.max(1, ...alternatives.map((list) => list.length));
  if (count === 1) return constraints;
  const choices = Array.from({ length: count }, (_, i) => alternatives.map((list) => list[i] ?? list[0] ?? ""));
  return choices.find((choice) => !choice.some(isMemoryOnly)) ?? choices[0] ?? constraints;
}

function checkOutput(c: Checker, operand: Syntax.AsmOperand, constraint: string, written: string): AsmOperand {
  const expression = checkExpression(c, operand.expression);
  const loc = operand.loc;
  const isEarlyMemory = constraint.startsWith("+") && constraint.includes("&") && !/[rgXw]/.test(written);
  if (!/^[=+]/.test(constraint) || !/[rwgXmoV<>]/.test(written) || isEarlyMemory) {
    error(c, operand.constraint.loc, `invalid output constraint '${constraint}' in asm`);
  }
  if (!isError(expression.type)) {
    if (!isLvalue(expression)) error(c, operand.expression.loc, "invalid lvalue in asm output");
    else if (!isArray(expression.type) || !isMemoryOnly(constraint) || isConst(elementOf(expression.type))) {
      // An array is one object in memory to the text.
      checkModifiable(c, expression, operand.expression.loc);
    }
    // An output changes its variable: it is more than a read.
    if (expression.kind === "variable") countUse(c, expression.variable);
    refuseBitField(c, expression, operand, written, "output");
  }
  return { name: operand.name, constraint, expression, loc };
}

/** Must the operand be in memory? It must when memory is allowed and no register is; immediates do not count. */
function isMemoryOnly(constraint: string): boolean {
  return /[moV<>]/.test(constraint) && !/[rgpXw]/.test(constraint);
}

function refuseBitField(
  c: Checker, expression: Expression, operand: Syntax.AsmOperand, constraint: string, what: "input" | "output",
): void {
  if (expression.kind !== "member" || expression.member.bitField === undefined || !/[moV<>gX]/.test(constraint)) return;
  error(c, startOf(operand.expression), `reference to a bit-field in asm ${what} with a memory constraint '${constraint}'`);
}

function checkInput(
  c: Checker, operand: Syntax.AsmOperand, constraint: string, written: string, outputs: readonly AsmOperand[],
): AsmOperand {
  const loc = operand.loc;
  const raw = checkExpression(c, operand.expression);
  if (written === "" || constraint.includes("=")) refuseInput(c, operand, constraint);
  const isPlain = !isLvalue(raw) || isError(raw.type) || isRecord(raw.type);
  if (constraint.includes("+") && !isPlain && !isMemoryOnly(constraint)) {
    // clang takes it for an input, whose register the text may change all the same; programs count on the variable's being changed.
    checkModifiable(c, raw, operand.expression.loc);
    if (raw.kind === "variable") countUse(c, raw.variable);
    return { name: operand.name, constraint, expression: raw, loc };
  }
  const tied = tieOf(constraint);
  if (tied !== undefined) {
    const output = outputs[tied];
    // An output that is an input already takes no other one.
    if (output === undefined || output.constraint.startsWith("+")) refuseInput(c, operand, written);
  }
  refuseBitField(c, raw, operand, written, "input");
  if (isMemoryOnly(constraint) && !isError(raw.type)) {
    if (!isVoid(raw.type) && !isFunction(raw.type) && !isComplete(raw.type)) {
      error(c, startOf(operand.expression), `dereference of pointer to incomplete type ${quoteType(raw.type)}`);
    } else if (!isLvalue(raw)) {
      error(c, startOf(operand.expression), `invalid lvalue in asm input for constraint '${constraint}'`);
    }
    return { name: operand.name, constraint, expression: raw, loc };
  }
  const expression = rvalue(c, raw);
  if (isRecord(expression.type) || isVoid(expression.type)) {
    error(c, startOf(operand.expression),
      `invalid type ${quoteType(expression.type)} in asm input for constraint '${constraint}'`);
  }
  // What must be constant is one of the front end's: the offset of a member is not relocated here.
  const value = /^[ins]+$/.test(constraint) && isInteger(expression.type) ? evaluateInteger(c, expression) : undefined;
  const settled = value === undefined ? expression : integer(value, expression.type, expression.loc);
  return { name: operand.name, constraint: constraint.replace("+", ""), expression: settled, loc };
}

/** The number of the output that an input is tied to. */
function tieOf(constraint: string): number | undefined {
  const number = /^%?(\d+)$/.exec(constraint)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** An output starts as one input at most. */
function checkTies(c: Checker, s: Syntax.AsmStatement, inputs: readonly AsmOperand[]): void {
  const seen = new Map<number, Syntax.AsmOperand>();
  for (const [i, operand] of s.inputs.entries()) {
    const tied = tieOf(inputs[i]?.constraint ?? "");
    if (tied === undefined) continue;
    const before = seen.get(tied);
    if (before === undefined) seen.set(tied, operand);
    else {
      error(c, startOf(operand.expression), `more than one input constraint matches the same output '${tied}'`,
        [{ place: startOf(before.expression), message: `constraint '${tied}' is already present here` }]);
    }
  }
}

/** Constraints with commas have alternatives, each operand as many as the others. */
function checkAlternatives(c: Checker, operands: readonly Syntax.AsmOperand[], written: readonly string[]): void {
  const counts = written.map((text) => text.split(",").length);
  const at = counts.findIndex((count) => count !== counts[0]);
  const operand = operands[at];
  if (operand === undefined) return;
  error(c, startOf(operand.expression),
    `asm constraint has an unexpected number of alternatives: ${counts[0] ?? 0} vs ${counts[at] ?? 0}`);
}

/** Every `%` of the template begins an escape or names an operand that is there. */
function checkTemplate(c: Checker, s: Syntax.AsmStatement, text: string, outputs: readonly AsmOperand[]): void {
  const names = [...s.outputs, ...s.inputs, ...s.labels].map(({ name }) => name);
  // A read-write operand is counted among the inputs once more.
  const count = names.length + outputs.filter(({ constraint }) => constraint.startsWith("+")).length;
  const wrong = (at: number, message: string): void => {
    const bytes = new TextEncoder().encode(text.slice(0, at)).length;
    error(c, placeOfByte(c, s.template, bytes), message);
  };
  for (let at = text.indexOf("%"); at >= 0; at = text.indexOf("%", at)) {
    const hole = /^%(?:[%={}]|[A-Za-z]?(?:(\d+)|(\[)([^\]]*)(\])?))/.exec(text.slice(at));
    if (hole === null) {
      wrong(at, "invalid % escape in inline assembly string");
      return;
    }
    const [all, number, bracket, name, closed] = hole;
    const end = at + all.length;
    if (number !== undefined && Number(number) >= count) {
      wrong(end - 1, "invalid operand number in inline asm string");
      return;
    }
    if (bracket !== undefined) {
      const open = at + all.indexOf("[");
      const fault = closed === undefined ? "unterminated" : name === "" ? "empty"
        : names.includes(name) ? undefined : "unknown";
      if (fault !== undefined) {
        wrong(closed === undefined ? open : open + 1, `${fault} symbolic operand name in inline assembly string`);
        return;
      }
    }
    at = end;
  }
}

function checkNames(c: Checker, s: Syntax.AsmStatement): void {
  const seen = new Map<string, Loc>();
  for (const { name, loc } of [...s.outputs, ...s.inputs, ...s.labels]) {
    if (name === undefined) continue;
    const before = seen.get(name);
    if (before === undefined) seen.set(name, loc);
    else {
      error(c, loc, `duplicate use of asm operand name "${name}"`,
        [{ place: before, message: `asm operand name "${name}" first referenced here` }]);
    }
  }
}
