/**
 * Expressions of assembly text: a sum of a number and of symbols added or subtracted, which is all that an object file
 * or a later resolution can take. Other operators work on numbers alone. Arithmetic is on 64 bits, as in LLVM.
 *
 * Operators by rising precedence, GNU's order in LLVM: + and -; | ^ &; * / % << >>; unary - + ~.
 */

import type { Statement, TextProblem } from "./scan.ts";
import { describeToken, isRegisterName, textProblem } from "./scan.ts";

/** A symbol of a sum. `.` is the place of the statement; a name that begins with a digit is a local label (`1b`). */
export interface Term { readonly symbol: string; readonly sign: 1 | -1 }

export interface Expression { readonly constant: bigint; readonly terms: readonly Term[] }

export interface ParsedExpression {
  readonly kind: "expression"; readonly expression: Expression;
  /** Index of the first token behind it. */
  readonly next: number;
}

const precedence: Readonly<Record<string, number>> = {
  "+": 1, "-": 1, "|": 2, "^": 2, "&": 2, "*": 3, "/": 3, "%": 3, "<<": 3, ">>": 3,
};

/** Parentheses and signs nest at most this deep, so that no text overflows the stack. */
const maxDepth = 200;

/** Thrown and caught in this file only. */
class Failure {
  readonly problem: TextProblem;
  constructor(problem: TextProblem) {
    this.problem = problem;
  }
}

/** The longest expression at a token. */
export function parseExpression(tokens: Statement, start: number): ParsedExpression | TextProblem {
  const cursor = { tokens, next: start, depth: 0 };
  try {
    const expression = sum(cursor, 1);
    return { kind: "expression", expression, next: cursor.next };
  } catch (error) {
    if (error instanceof Failure) return error.problem;
    throw error;
  }
}

interface Cursor { readonly tokens: Statement; next: number; depth: number }

/** sum = unary (operator unary)*, by precedence climbing */
function sum(cursor: Cursor, least: number): Expression {
  let left = unary(cursor);
  for (;;) {
    const operator = operatorAt(cursor);
    const level = operator === undefined ? undefined : precedence[operator];
    if (operator === undefined || level === undefined || level < least) return left;
    const position = positionOf(cursor);
    cursor.next += operator.length;
    left = apply(operator, left, sum(cursor, level + 1), position);
  }
}

/** The operator at the cursor; a shift is two tokens. */
function operatorAt(cursor: Cursor): string | undefined {
  const token = cursor.tokens[cursor.next];
  if (token?.kind !== "punct") return undefined;
  if (token.text !== "<" && token.text !== ">") return token.text;
  const second = cursor.tokens[cursor.next + 1];
  return second?.kind === "punct" && second.text === token.text ? token.text + token.text : undefined;
}

/** unary = ("-" | "+" | "~") unary | "(" sum ")" | number | symbol */
function unary(cursor: Cursor): Expression {
  const token = cursor.tokens[cursor.next];
  const position = positionOf(cursor);
  if (token === undefined) throw new Failure(textProblem(position, "expected a number or symbol"));
  if (++cursor.depth > maxDepth) throw new Failure(textProblem(position, "the expression is nested too deeply"));
  try {
    switch (token.kind) {
      case "number":
        cursor.next++;
        return { constant: token.value, terms: [] };
      case "local":
      case "string":
        cursor.next++;
        return { constant: 0n, terms: [{ symbol: token.text, sign: 1 }] };
      case "word":
        if (isRegisterName(token.text)) break;
        cursor.next++;
        return { constant: 0n, terms: [{ symbol: token.text, sign: 1 }] };
      case "punct":
        if (token.text === "-" || token.text === "+" || token.text === "~") {
          cursor.next++;
          const operand = unary(cursor);
          if (token.text === "+") return operand;
          return token.text === "-" ? negate(operand) : complement(operand, position);
        }
        if (token.text === "(") {
          cursor.next++;
          const inner = sum(cursor, 1);
          const close = cursor.tokens[cursor.next];
          if (close?.text !== ")" || close.kind !== "punct") {
            throw new Failure(textProblem(positionOf(cursor), "expected \")\""));
          }
          cursor.next++;
          return inner;
        }
        break;
      case "bad":
        throw new Failure(textProblem(position, token.text));
      case "end":
        break;
    }
    throw new Failure(textProblem(position, `expected a number or symbol, saw ${describeToken(token)}`));
  } finally {
    cursor.depth--;
  }
}

function positionOf(cursor: Cursor): number {
  return cursor.tokens[Math.min(cursor.next, cursor.tokens.length - 1)]?.position ?? 0;
}

function negate(e: Expression): Expression {
  return {
    constant: wrap(-e.constant),
    terms: e.terms.map((t): Term => ({ symbol: t.symbol, sign: t.sign === 1 ? -1 : 1 })),
  };
}

function complement(e: Expression, position: number): Expression {
  if (e.terms.length > 0) throw new Failure(textProblem(position, "~ works on numbers only"));
  return { constant: wrap(~e.constant), terms: [] };
}

/** Into the range that 64 bits can mean, signed or unsigned. */
function wrap(value: bigint): bigint {
  return value >= -(1n << 63n) && value < 1n << 64n ? value : BigInt.asIntN(64, value);
}

function apply(operator: string, a: Expression, b: Expression, position: number): Expression {
  if (operator === "+") return add(a, b);
  if (operator === "-") return add(a, negate(b));
  if (a.terms.length + b.terms.length > 0) {
    throw new Failure(textProblem(position, `${operator} works on numbers only`));
  }
  return { constant: wrap(arithmetic(operator, a.constant, b.constant, position)), terms: [] };
}

/** Terms that cancel are dropped, so that `a - a` is a number. */
function add(a: Expression, b: Expression): Expression {
  const terms = [...a.terms];
  for (const term of b.terms) {
    const opposite = terms.findIndex((t) => t.symbol === term.symbol && t.sign === -term.sign);
    if (opposite >= 0) terms.splice(opposite, 1);
    else terms.push(term);
  }
  return { constant: wrap(a.constant + b.constant), terms };
}

function arithmetic(operator: string, a: bigint, b: bigint, position: number): bigint {
  switch (operator) {
    case "*": return a * b;
    case "|": return a | b;
    case "^": return a ^ b;
    case "&": return a & b;
    case "/":
    case "%":
      if (b === 0n) throw new Failure(textProblem(position, "division by zero"));
      return operator === "/" ? a / b : a % b;
    case "<<":
    case ">>":
      if (b < 0n || b > 63n) throw new Failure(textProblem(position, `shift by ${b}`));
      return operator === "<<" ? a << b : a >> b;
    default:
      throw new Error(`operator ${operator} has a precedence and no meaning`);
  }
}
