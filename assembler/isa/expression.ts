/**
 * Expressions of assembly text: a sum of a number, of symbols added or subtracted, and of operations whose operands are
 * not known until everything has its place (`(end - start) / 8`). Arithmetic is on 64 bits, as in LLVM.
 *
 * Operators by rising precedence, GNU's order in LLVM: ||; &&; comparisons; + and -; | ^ & !; * / % << >>;
 * unary - + ~ !. A comparison that holds is -1, as GNU has it.
 */

import type { Statement, TextProblem, Token } from "./scan.ts";
import { describeToken, isRegisterName, textProblem, wrongToken } from "./scan.ts";

/** A symbol of a sum. `.` is the place of the statement; a name that begins with a digit is a local label (`1b`). */
export interface Term { readonly symbol: string; readonly sign: 1 | -1 }

/** An operator applied to what is no number yet; `right` is undefined for a unary one. */
export interface Operation {
  readonly sign: 1 | -1; readonly operator: string; readonly left: Expression; readonly right: Expression | undefined;
}

export interface Expression {
  readonly constant: bigint;
  readonly terms: readonly Term[];
  /** Absent where there are none. */
  readonly operations?: readonly Operation[];
}

export interface ParsedExpression {
  readonly kind: "expression"; readonly expression: Expression;
  /** Index of the first token behind it. */
  readonly next: number;
}

/** The number that a name stands for at this point of the text, if it is one. */
export type Constants = (name: string) => bigint | undefined;

const precedence: Readonly<Record<string, number>> = {
  "||": 1, "&&": 2, "==": 3, "!=": 3, "<>": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 4, "-": 4, "|": 5, "^": 5, "&": 5,
  "!": 5, "*": 6, "/": 6, "%": 6, "<<": 6, ">>": 6,
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

/** The longest expression at a token. Names that `constants` knows are replaced at once. */
export function parseExpression(tokens: Statement, start: number, constants?: Constants): ParsedExpression | TextProblem {
  const cursor = { tokens, next: start, depth: 0, constants };
  try {
    const expression = binary(cursor, 1);
    return { kind: "expression", expression, next: cursor.next };
  } catch (error) {
    if (error instanceof Failure) return error.problem;
    throw error;
  }
}

/** Is it known without any symbol? */
export function isNumber(expression: Expression): boolean {
  return expression.terms.length === 0 && expression.operations === undefined;
}

export function numberExpression(constant: bigint): Expression {
  return { constant, terms: [] };
}

/** The same expression with other names. */
export function renameTerms(expression: Expression, rename: (name: string) => string): Expression {
  const { constant, terms, operations } = expression;
  const renamed = terms.map((t): Term => ({ symbol: rename(t.symbol), sign: t.sign }));
  if (operations === undefined) return { constant, terms: renamed };
  return {
    constant, terms: renamed,
    operations: operations.map((o): Operation => ({
      ...o, left: renameTerms(o.left, rename), right: o.right === undefined ? undefined : renameTerms(o.right, rename),
    })),
  };
}

interface Cursor { readonly tokens: Statement; next: number; depth: number; readonly constants: Constants | undefined }

/** binary = unary (operator binary)*, by precedence climbing */
function binary(cursor: Cursor, least: number): Expression {
  let left = unary(cursor);
  for (;;) {
    const operator = operatorAt(cursor);
    const level = operator === undefined ? undefined : precedence[operator];
    if (operator === undefined || level === undefined || level < least) return left;
    const position = positionOf(cursor);
    cursor.next += operator.length;
    left = apply(operator, left, binary(cursor, level + 1), position);
  }
}

/** The operator at the cursor; some are two tokens without a blank between them. */
function operatorAt(cursor: Cursor): string | undefined {
  const token = cursor.tokens[cursor.next];
  if (token?.kind !== "punct") return undefined;
  const second = cursor.tokens[cursor.next + 1];
  const joined = second?.kind === "punct" && second.position === token.end ? token.text + second.text : "";
  return joined in precedence ? joined : token.text;
}

/** unary = ("-" | "+" | "~" | "!") unary | "(" binary ")" | number | symbol */
function unary(cursor: Cursor): Expression {
  const token = cursor.tokens[cursor.next];
  const position = positionOf(cursor);
  if (token === undefined) throw new Failure(textProblem(position, "expected a number or symbol"));
  if (++cursor.depth > maxDepth) throw new Failure(textProblem(position, "the expression is nested too deeply"));
  try {
    switch (token.kind) {
      case "number":
        cursor.next++;
        return numberExpression(token.value);
      case "local":
      case "string":
        cursor.next++;
        return { constant: 0n, terms: [{ symbol: token.text, sign: 1 }] };
      case "word": {
        if (isRegisterName(token.text)) break;
        cursor.next++;
        const value = cursor.constants?.(token.text);
        return value === undefined ? { constant: 0n, terms: [{ symbol: token.text, sign: 1 }] } : numberExpression(value);
      }
      case "punct":
        if (token.text === "-" || token.text === "+" || token.text === "~" || token.text === "!") {
          cursor.next++;
          return applyUnary(token.text, unary(cursor));
        }
        if (token.text === "(") return parenthesised(cursor);
        break;
      case "bad":
      case "large":
      case "real":
        throw new Failure(textProblem(position, wrongToken(token) ?? ""));
      case "end":
        break;
    }
    throw new Failure(textProblem(position, `expected a number or symbol, saw ${describeToken(token)}`));
  } finally {
    cursor.depth--;
  }
}

function parenthesised(cursor: Cursor): Expression {
  cursor.next++;
  const inner = binary(cursor, 1);
  const close: Token | undefined = cursor.tokens[cursor.next];
  if (close?.text !== ")" || close.kind !== "punct") {
    throw new Failure(textProblem(positionOf(cursor), "expected \")\""));
  }
  cursor.next++;
  return inner;
}

function positionOf(cursor: Cursor): number {
  return cursor.tokens[Math.min(cursor.next, cursor.tokens.length - 1)]?.position ?? 0;
}

function negate(e: Expression): Expression {
  return {
    constant: wrap(-e.constant),
    terms: e.terms.map((t): Term => ({ symbol: t.symbol, sign: t.sign === 1 ? -1 : 1 })),
    ...(e.operations === undefined ? {} : {
      operations: e.operations.map((o): Operation => ({ ...o, sign: o.sign === 1 ? -1 : 1 })),
    }),
  };
}

function applyUnary(operator: string, operand: Expression): Expression {
  if (operator === "+") return operand;
  if (operator === "-") return negate(operand);
  if (!isNumber(operand)) return operation(operator, operand, undefined);
  return numberExpression(unaryValue(operator, operand.constant));
}

function operation(operator: string, left: Expression, right: Expression | undefined): Expression {
  return { constant: 0n, terms: [], operations: [{ sign: 1, operator, left, right }] };
}

/** Into the range that 64 bits can mean, signed or unsigned. */
function wrap(value: bigint): bigint {
  return value >= -(1n << 63n) && value < 1n << 64n ? value : BigInt.asIntN(64, value);
}

function apply(operator: string, a: Expression, b: Expression, position: number): Expression {
  if (operator === "+") return add(a, b);
  if (operator === "-") return add(a, negate(b));
  if (!isNumber(a) || !isNumber(b)) return operation(operator, a, b);
  const value = binaryValue(operator, a.constant, b.constant);
  if (typeof value === "string") throw new Failure(textProblem(position, value));
  return numberExpression(value);
}

/** Terms that cancel are dropped, so that `a - a` is a number. */
function add(a: Expression, b: Expression): Expression {
  const constant = wrap(a.constant + b.constant);
  const terms = b.terms.length === 0 ? a.terms : sumOfTerms(a.terms, b.terms);
  const operations = [...a.operations ?? [], ...b.operations ?? []];
  return operations.length === 0 ? { constant, terms } : { constant, terms, operations };
}

function sumOfTerms(a: readonly Term[], b: readonly Term[]): readonly Term[] {
  const terms = [...a];
  for (const term of b) {
    const opposite = terms.findIndex((t) => t.symbol === term.symbol && t.sign === -term.sign);
    if (opposite >= 0) terms.splice(opposite, 1);
    else terms.push(term);
  }
  return terms;
}

/** The value of `~a` or `!a`. */
export function unaryValue(operator: string, a: bigint): bigint {
  switch (operator) {
    case "~": return wrap(~a);
    case "!": return a === 0n ? 1n : 0n;
    default: throw new Error(`there is no unary operator ${operator}`);
  }
}

/** The value of an operator other than + and -, or why it has none. */
export function binaryValue(operator: string, a: bigint, b: bigint): bigint | string {
  switch (operator) {
    case "*": return wrap(a * b);
    case "|": return wrap(a | b);
    case "^": return wrap(a ^ b);
    case "&": return wrap(a & b);
    case "!": return wrap(a | ~b);
    case "/":
    case "%":
      if (b === 0n) return "division by zero";
      return wrap(operator === "/" ? a / b : a % b);
    case "<<":
    case ">>":
      if (b < 0n || b > 63n) return `shift by ${b}`;
      return wrap(operator === "<<" ? a << b : a >> b);
    case "||": return a !== 0n || b !== 0n ? 1n : 0n;
    case "&&": return a !== 0n && b !== 0n ? 1n : 0n;
    case "==": return a === b ? -1n : 0n;
    case "!=":
    case "<>": return a !== b ? -1n : 0n;
    case "<": return a < b ? -1n : 0n;
    case "<=": return a <= b ? -1n : 0n;
    case ">": return a > b ? -1n : 0n;
    case ">=": return a >= b ? -1n : 0n;
    default: throw new Error(`operator ${operator} has a precedence and no meaning`);
  }
}
