/**
 * Binary, conditional and assignment expressions by shift and reduce.
 *
 * The grammar has one rule for all of them, a list of operands and operators; their precedence is a number here. An
 * operator waits on the stack until one comes that binds less tightly (or as tightly, where the group is
 * left-associative):
 *   multiplicative 13, additive 12, shift 11, relational 10, equality 9, & 8, ^ 7, | 6, && 5, || 4   (6.5.5-14, left)
 *   conditional 3 (6.5.15, right), assignment 2 (6.5.16, right)
 * One stack serves nested expressions: an expression works above the mark that it took when it began.
 */
import type { AssignOperator, BinaryOperator, Expression } from "../ast/syntax.ts";
import { TokenKind } from "../source/token.ts";
import type { Loc } from "../source/source-map.ts";

const conditional = 3;
const assignment = 2;

const binaryOperators: readonly (readonly [kind: number, operator: BinaryOperator, precedence: number])[] = [
  [TokenKind.Star, "*", 13],
  [TokenKind.Slash, "/", 13],
  [TokenKind.Percent, "%", 13],
  [TokenKind.Plus, "+", 12],
  [TokenKind.Minus, "-", 12],
  [TokenKind.LessLess, "<<", 11],
  [TokenKind.GreaterGreater, ">>", 11],
  [TokenKind.Less, "<", 10],
  [TokenKind.Greater, ">", 10],
  [TokenKind.LessEqual, "<=", 10],
  [TokenKind.GreaterEqual, ">=", 10],
  [TokenKind.EqualEqual, "==", 9],
  [TokenKind.ExclaimEqual, "!=", 9],
  [TokenKind.Ampersand, "&", 8],
  [TokenKind.Caret, "^", 7],
  [TokenKind.Pipe, "|", 6],
  [TokenKind.AmpAmp, "&&", 5],
  [TokenKind.PipePipe, "||", 4],
];

const assignOperators: readonly (readonly [kind: number, operator: AssignOperator])[] = [
  [TokenKind.Equal, "="],
  [TokenKind.StarEqual, "*="],
  [TokenKind.SlashEqual, "/="],
  [TokenKind.PercentEqual, "%="],
  [TokenKind.PlusEqual, "+="],
  [TokenKind.MinusEqual, "-="],
  [TokenKind.LessLessEqual, "<<="],
  [TokenKind.GreaterGreaterEqual, ">>="],
  [TokenKind.AmpEqual, "&="],
  [TokenKind.CaretEqual, "^="],
  [TokenKind.PipeEqual, "|="],
];

/** An operator with its left operand gone by: what it makes of two operands, how tightly it binds. */
type Operator =
  | { readonly kind: "binary"; readonly operator: BinaryOperator; readonly precedence: number }
  | { readonly kind: "assign"; readonly operator: AssignOperator; readonly precedence: typeof assignment }
  | { readonly kind: "conditional"; readonly then: Expression | undefined; readonly height: number;
      readonly precedence: typeof conditional };

const byToken: (Operator | undefined)[] = [];
for (const [kind, operator, precedence] of binaryOperators) byToken[kind] = { kind: "binary", operator, precedence };
for (const [kind, operator] of assignOperators) byToken[kind] = { kind: "assign", operator, precedence: assignment };

export class OperatorStack {
  /** Height of the tree that `finish` gave last. */
  height = 0;
  private readonly operands: Expression[] = [];
  private readonly heights: number[] = [];
  private readonly operators: Operator[] = [];
  private readonly locs: Loc[] = [];
  /** Operators below this one belong to expressions further out. */
  private base = 0;

  /** Begins an expression; give the result to `finish`. */
  begin(): number {
    const outer = this.base;
    this.base = this.operators.length;
    return outer;
  }

  operand(expression: Expression, height: number): void {
    this.operands.push(expression);
    this.heights.push(height);
  }

  /** A binary or assignment operator by its token kind. Operators that bind more tightly are reduced first. */
  operator(kind: number, loc: Loc): void {
    const operator = byToken[kind];
    if (operator === undefined) throw new Error(`no operator: token kind ${kind}`);
    this.shift(operator, loc);
  }

  /** `? then :`; `height` is that of `then`. */
  conditional(then: Expression | undefined, height: number, loc: Loc): void {
    this.shift({ kind: "conditional", then, height, precedence: conditional }, loc);
  }

  /** Ends the expression that `begin` began. */
  finish(outer: number): Expression {
    this.reduceAbove(0);
    this.base = outer;
    const expression = this.operands.pop();
    this.height = this.heights.pop() ?? 0;
    if (expression === undefined) throw new Error("an expression without operands");
    return expression;
  }

  /** The state to which `reset` returns after a syntax error. */
  mark(): readonly [operators: number, operands: number, base: number] {
    return [this.operators.length, this.operands.length, this.base];
  }

  reset([operators, operands, base]: readonly [number, number, number]): void {
    this.operators.length = operators;
    this.locs.length = operators;
    this.operands.length = operands;
    this.heights.length = operands;
    this.base = base;
  }

  private shift(operator: Operator, loc: Loc): void {
    // Right-associative ones leave their equals on the stack.
    this.reduceAbove(operator.precedence <= conditional ? operator.precedence + 1 : operator.precedence);
    this.operators.push(operator);
    this.locs.push(loc);
  }

  /** Reduces operators of at least this precedence. */
  private reduceAbove(precedence: number): void {
    const { operators } = this;
    while (operators.length > this.base) {
      if ((operators[operators.length - 1] as Operator).precedence < precedence) return;
      this.reduce();
    }
  }

  private reduce(): void {
    const operator = this.operators.pop() as Operator;
    const loc = this.locs.pop() as Loc;
    const right = this.operands.pop() as Expression;
    const rightHeight = this.heights.pop() as number;
    const left = this.operands.pop() as Expression;
    const leftHeight = this.heights.pop() as number;
    switch (operator.kind) {
      case "binary":
        this.operands.push({ kind: "binary", operator: operator.operator, left, right, loc });
        this.heights.push(binaryHeight(left, leftHeight, rightHeight));
        break;
      case "assign":
        this.operands.push({ kind: "assign", operator: operator.operator, left, right, loc });
        this.heights.push(Math.max(leftHeight, rightHeight) + 1);
        break;
      case "conditional":
        this.operands.push({ kind: "conditional", condition: left, then: operator.then, else: right, loc });
        this.heights.push(Math.max(leftHeight, operator.height, rightHeight) + 1);
    }
  }
}

/** A binary expression stands on the level of a binary left operand: the chain is walked in a loop. */
export function binaryHeight(left: Expression, leftHeight: number, rightHeight: number): number {
  return Math.max(left.kind === "binary" ? leftHeight : leftHeight + 1, rightHeight + 1);
}
