/**
 * What a function's body names: every function, static variable and static initialiser that its code may need.
 *
 * The walk keeps its own stack, so that the depth of an expression does not matter.
 */
import type {
  Expression, FunctionBody, FunctionDecl, LocalInitializer, Statement, StaticInitializer, Variable,
} from "./program.ts";
import { unreachable } from "../source/unreachable.ts";

export type Entity = FunctionDecl | Variable;

/** Calls `visit` for each naming of a function or of a variable with static storage in a body. */
export function forEachReference(body: FunctionBody, visit: (entity: Entity) => void): void {
  const statements: Statement[] = [...body.statements];
  const expressions: Expression[] = [];
  const initializer = (init: LocalInitializer | undefined): void => {
    for (const item of init?.items ?? []) expressions.push(item.value);
  };
  for (;;) {
    const e = expressions.pop();
    if (e !== undefined) {
      expression(e, expressions, statements, visit, initializer);
      continue;
    }
    const s = statements.pop();
    if (s === undefined) return;
    statement(s, expressions, statements, visit, initializer);
  }
}

/** The functions and variables whose addresses stand in a static initialiser. */
export function initializerReferences(initializer: StaticInitializer | undefined): readonly Entity[] {
  const found: Entity[] = [];
  for (const { address } of initializer?.addresses ?? []) {
    if (address.base.kind === "function" || address.base.kind === "variable") found.push(address.base);
  }
  return found;
}

function statement(
  s: Statement, expressions: Expression[], statements: Statement[], visit: (entity: Entity) => void,
  initializer: (init: LocalInitializer | undefined) => void,
): void {
  switch (s.kind) {
    case "expression":
      expressions.push(s.expression);
      break;
    case "declare":
      initializer(s.initializer);
      if (s.cleanup !== undefined) visit(s.cleanup);
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

function expression(
  e: Expression, expressions: Expression[], statements: Statement[], visit: (entity: Entity) => void,
  initializer: (init: LocalInitializer | undefined) => void,
): void {
  switch (e.kind) {
    case "integer":
    case "float":
    case "labelAddress":
    case "string":
      break;
    case "variable":
      if (e.variable.storage === "static") visit(e.variable);
      break;
    case "functionName":
      visit(e.function);
      break;
    case "compoundLiteral":
      if (e.variable.storage === "static") visit(e.variable);
      initializer(e.initializer);
      break;
    case "recordValue":
      initializer(e.initializer);
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
