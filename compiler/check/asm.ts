/**
 * Inline assembly statements (GNU C): operands are checked and made lvalues or values as their constraints ask; the template
 * is given on as text in which `%` always introduces an operand or an escape.
 */
import type { AsmOperand, AsmStatement, Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { isError, isInteger, isRecord } from "../types/basic.ts";
import { quoteType } from "../types/print.ts";
import { integer, isLvalue } from "./build.ts";
import { evaluateInteger } from "./constants.ts";
import { type Checker, countUse, error } from "./context.ts";
import { rvalue } from "./conversions.ts";
import { checkExpression } from "./expressions.ts";
import { textOf } from "./literals.ts";
import { checkModifiable } from "./assignment.ts";
import { findTarget } from "./statements.ts";

export function checkAsm(c: Checker, s: Syntax.AsmStatement): AsmStatement {
  const template = textOf(c, s.template);
  const constraints = oneAlternative([...s.outputs, ...s.inputs].map((operand) => textOf(c, operand.constraint)));
  const outputs = s.outputs.map((operand, i) => checkOutput(c, operand, constraints[i]));
  const inputs = s.inputs.map((operand, i) => checkInput(c, operand, constraints[s.outputs.length + i], s.outputs.length));
  checkNames(c, [...s.outputs, ...s.inputs]);
  return {
    kind: "asm",
    // The template of a basic asm has no escapes: a percent sign means itself.
    text: s.extended ? template : template.replaceAll("%", "%%"),
    volatile: s.isVolatile || s.isGoto || s.outputs.length === 0,
    outputs,
    inputs,
    clobbers: s.clobbers.map((clobber) => textOf(c, clobber)),
    gotoLabels: s.labels.map((label) => findTarget(c, label.name, label.loc, s.loc)),
    loc: s.loc,
  };
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

function checkOutput(c: Checker, operand: Syntax.AsmOperand, constraint: string): AsmOperand {
  const expression = checkExpression(c, operand.expression);
  const loc = operand.loc;
  if (!/^[=+]/.test(constraint)) error(c, operand.constraint.loc, `invalid output constraint '${constraint}' in asm`);
  if (!isError(expression.type)) {
    if (!isLvalue(expression)) error(c, operand.expression.loc, "invalid lvalue in asm output");
    else checkModifiable(c, expression, operand.expression.loc);
    // An output changes its variable: it is more than a read.
    if (expression.kind === "variable") countUse(c, expression.variable);
    refuseBitField(c, expression, constraint);
  }
  return { name: operand.name, constraint, expression, loc };
}

/** Must the operand be in memory? It must when memory is allowed and no register is; immediates do not count. */
function isMemoryOnly(constraint: string): boolean {
  return /[moV<>]/.test(constraint) && !/[rgpXw]/.test(constraint);
}

function refuseBitField(c: Checker, expression: Expression, constraint: string): void {
  if (expression.kind === "member" && expression.member.bitField !== undefined && isMemoryOnly(constraint)) {
    error(c, expression.loc, "reference to a bit-field in asm memory operand");
  }
}

function checkInput(c: Checker, operand: Syntax.AsmOperand, constraint: string, outputs: number): AsmOperand {
  const loc = operand.loc;
  const raw = checkExpression(c, operand.expression);
  if (constraint.includes("=")) error(c, operand.constraint.loc, `invalid input constraint '${constraint}' in asm`);
  const isPlain = !isLvalue(raw) || isError(raw.type) || isRecord(raw.type);
  if (constraint.includes("+") && !isPlain && !isMemoryOnly(constraint)) {
    // clang takes it for an input, whose register the text may change all the same; programs count on the variable's being changed.
    checkModifiable(c, raw, operand.expression.loc);
    if (raw.kind === "variable") countUse(c, raw.variable);
    return { name: operand.name, constraint, expression: raw, loc };
  }
  const tied = /^%?(\d+)$/.exec(constraint);
  if (tied !== null && Number(tied[1]) >= outputs) {
    error(c, operand.constraint.loc, `invalid input constraint '${constraint}' in asm`);
  }
  if (isMemoryOnly(constraint) && !isError(raw.type)) {
    if (!isLvalue(raw)) error(c, operand.expression.loc, `invalid lvalue in asm input for constraint '${constraint}'`);
    refuseBitField(c, raw, constraint);
    return { name: operand.name, constraint, expression: raw, loc };
  }
  const expression = rvalue(c, raw);
  if (isRecord(expression.type)) {
    error(c, operand.expression.loc, `invalid type ${quoteType(expression.type)} in asm input for constraint '${constraint}'`);
  }
  // What must be constant is one of the front end's: the offset of a member is not relocated here.
  const value = /^[ins]+$/.test(constraint) && isInteger(expression.type) ? evaluateInteger(c, expression) : undefined;
  const settled = value === undefined ? expression : integer(value, expression.type, expression.loc);
  return { name: operand.name, constraint: constraint.replace("+", ""), expression: settled, loc };
}

function checkNames(c: Checker, operands: readonly Syntax.AsmOperand[]): void {
  const seen = new Map<string, Syntax.AsmOperand>();
  for (const operand of operands) {
    if (operand.name === undefined) continue;
    const before = seen.get(operand.name);
    if (before === undefined) seen.set(operand.name, operand);
    else {
      error(c, operand.loc, `duplicate use of asm operand name "${operand.name}"`,
        [{ place: before.loc, message: `asm operand name "${operand.name}" first referenced here` }]);
    }
  }
}
