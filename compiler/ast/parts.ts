/**
 * The parts of statements and expressions: one step down the checked program, for walks that look at all of it.
 *
 * A walk keeps its own stack, so that the depth of an expression does not matter.
 */
import type { Expression, LocalInitializer, Statement } from "./program.ts";
import { unreachable } from "../source/unreachable.ts";

/** What is still to be visited. */
export interface Pending {
  readonly statements: Statement[];
  readonly expressions: Expression[];
}

function pushInitializer(to: Pending, init: LocalInitializer | undefined): void {
  for (const item of init?.items ?? []) to.expressions.push(item.value);
}

export function pushStatementParts(s: Statement, to: Pending): void {
  const { statements, expressions } = to;
  switch (s.kind) {
    case "expression":
      expressions.push(s.expression);
      break;
    case "declare":
      pushInitializer(to, s.initializer);
      break;
    case "block":
      for (const inner of s.statements) statements.push(inner);
      break;
    case "if":
      expressions.push(s.condition);
      statements.push(s.then);
      if (s.else !== undefined) statements.push(s.else);
      break;
    case "while":
    case "do":
      expressions.push(s.condition);
      statements.push(s.body);
      break;
    case "for":
      for (const inner of s.initial) statements.push(inner);
      if (s.condition !== undefined) expressions.push(s.condition);
      if (s.step !== undefined) expressions.push(s.step);
      statements.push(s.body);
      break;
    case "switch":
      expressions.push(s.value);
      statements.push(s.body);
      break;
    case "case":
    case "default":
    case "labeled":
      statements.push(s.body);
      break;
    case "computedGoto":
      expressions.push(s.target);
      break;
    case "return":
      if (s.value !== undefined) expressions.push(s.value);
      break;
    case "asm":
      for (const operand of [...s.outputs, ...s.inputs]) expressions.push(operand.expression);
      break;
    case "goto":
    case "break":
    case "continue":
    case "empty":
      break;
    default:
      unreachable(s);
  }
}

export function pushExpressionParts(e: Expression, to: Pending): void {
  const { statements, expressions } = to;
  switch (e.kind) {
    case "integer":
    case "float":
    case "labelAddress":
    case "string":
    case "variable":
    case "functionName":
      break;
    case "compoundLiteral":
    case "recordValue":
      pushInitializer(to, e.initializer);
      break;
    case "dereference":
      expressions.push(e.pointer);
      break;
    case "member":
      expressions.push(e.base);
      break;
    case "load":
    case "decay":
    case "addressOf":
    case "increment":
      expressions.push(e.lvalue);
      break;
    case "unary":
    case "cast":
      expressions.push(e.operand);
      break;
    case "binary":
    case "compare":
    case "logical":
    case "comma":
    case "pointerDifference":
      expressions.push(e.left, e.right);
      break;
    case "pointerAdd":
      expressions.push(e.pointer, e.index);
      break;
    case "conditional":
      expressions.push(e.condition, e.else);
      if (e.then !== undefined) expressions.push(e.then);
      break;
    case "assign":
    case "compoundAssign":
      expressions.push(e.lvalue, e.value);
      break;
    case "call":
      expressions.push(e.callee);
      for (const argument of e.arguments) expressions.push(argument);
      break;
    case "builtin":
      for (const argument of e.arguments) expressions.push(argument);
      break;
    case "statement":
      for (const inner of e.statements) statements.push(inner);
      if (e.value !== undefined) expressions.push(e.value);
      break;
    default:
      unreachable(e);
  }
}
