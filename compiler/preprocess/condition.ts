/**
 * #if and #elif: the value of a constant expression over 64-bit integers (C 6.10.1).
 *
 * Takes the line's tokens after macro expansion, `defined` and the __has_… calls done. Precedence climbing; what && ||
 * and ?: leave unevaluated is parsed and gives no complaint about its values.
 */
import type { Loc, Span } from "../source/source-map.ts";
import { TokenKind, type Tokens, isCharConstant, isName } from "../source/token.ts";
import { type Value, characterConstant, integerConstant } from "./constant.ts";
import type { State } from "./state.ts";

interface Operand extends Value {
  readonly span: Span;
}

/** Binding strength of the binary operators; 0 for what is none. */
function precedence(kind: number): number {
  switch (kind) {
    case TokenKind.Star:
    case TokenKind.Slash:
    case TokenKind.Percent:
      return 12;
    case TokenKind.Plus:
    case TokenKind.Minus:
      return 11;
    case TokenKind.LessLess:
    case TokenKind.GreaterGreater:
      return 10;
    case TokenKind.Less:
    case TokenKind.Greater:
    case TokenKind.LessEqual:
    case TokenKind.GreaterEqual:
      return 9;
    case TokenKind.EqualEqual:
    case TokenKind.ExclaimEqual:
      return 8;
    case TokenKind.Ampersand:
      return 7;
    case TokenKind.Caret:
      return 6;
    case TokenKind.Pipe:
      return 5;
    case TokenKind.AmpAmp:
      return 4;
    case TokenKind.PipePipe:
      return 3;
    case TokenKind.Question:
      return 2;
    case TokenKind.Comma:
      return 1;
    default:
      return 0;
  }
}

/** Parentheses and unary operators in one another: each level takes some stack. */
const nestingLimit = 256;

/** Is the condition true? An error, which is said, counts as false. */
export function evaluateCondition(state: State, tokens: Tokens, lineEnd: Loc): boolean {
  const evaluator = new Evaluator(state, tokens, lineEnd);
  const value = evaluator.whole();
  return value !== undefined && value.value !== 0n;
}

class Evaluator {
  private readonly state: State;
  private readonly tokens: Tokens;
  private readonly lineEnd: Loc;
  private row = 0;
  private nesting = 0;

  constructor(state: State, tokens: Tokens, lineEnd: Loc) {
    this.state = state;
    this.tokens = tokens;
    this.lineEnd = lineEnd;
  }

  whole(): Operand | undefined {
    const left = this.unary(true);
    const value = left === undefined ? undefined : this.binary(left, 2, true);
    if (value === undefined) return undefined;
    if (this.row < this.tokens.count) {
      if (this.peek() === TokenKind.RightParen) this.fail("missing '(' in preprocessor expression", this.loc);
      else this.fail("expected end of line in preprocessor expression", this.loc);
      return undefined;
    }
    return value;
  }

  private peek(): number {
    return this.row < this.tokens.count ? (this.tokens.kind[this.row] as number) : TokenKind.EndOfDirective;
  }

  private get loc(): Loc {
    return this.row < this.tokens.count ? (this.tokens.loc[this.row] as number) : this.lineEnd;
  }

  private fail(message: string, loc: Loc, ranges: readonly Span[] = []): undefined {
    this.state.diagnostics.error({ at: loc, ranges }, message);
    return undefined;
  }

  private span(): Span {
    return { start: this.loc, end: this.loc };
  }

  private operand(value: bigint, unsigned: boolean, span: Span): Operand {
    return { value: unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value), unsigned, span };
  }

  /** unary = number | character | name | "defined" … | "(" expression ")" | ("+" | "-" | "~" | "!") unary */
  private unary(evaluated: boolean): Operand | undefined {
    const { state, tokens } = this;
    const kind = this.peek();
    const { loc } = this;
    const text = tokens.text[this.row] as number;
    if (kind === TokenKind.IntegerConstant) {
      const value = integerConstant(state.interner.text(text), loc, state.diagnostics);
      const span = this.span();
      this.row++;
      return value === undefined ? undefined : { ...value, span };
    }
    if (isName(kind) && this.row < tokens.count) return this.name(text, loc);
    if (isCharConstant(kind)) {
      const { charSigned } = state.options;
      const value = characterConstant(kind, state.interner.text(text), loc, charSigned, state.diagnostics);
      const span = this.span();
      this.row++;
      return value === undefined ? undefined : { ...value, span };
    }
    switch (kind) {
      case TokenKind.EndOfDirective:
        return this.fail("expected value in expression", loc);
      case TokenKind.FloatConstant:
        return this.fail("floating point literal in preprocessor expression", loc);
      case TokenKind.LeftParen: {
        const inside = this.nested(() => {
          this.row++;
          const left = this.unary(evaluated);
          return left === undefined ? undefined : this.binary(left, 1, evaluated);
        });
        if (inside === undefined) return undefined;
        if (this.peek() !== TokenKind.RightParen) {
          state.diagnostics.error({ at: this.loc, ranges: [inside.span] },
            "expected ')' in preprocessor expression", [{ place: loc, message: "to match this '('" }]);
          return undefined;
        }
        const end = this.loc;
        this.row++;
        return { ...inside, span: { start: loc, end } };
      }
      case TokenKind.Plus:
      case TokenKind.Minus:
      case TokenKind.Tilde:
      case TokenKind.Exclaim: {
        const inside = this.nested(() => {
          this.row++;
          return this.unary(evaluated);
        });
        if (inside === undefined) return undefined;
        const span = { start: loc, end: inside.span.end };
        if (kind === TokenKind.Exclaim) return this.operand(inside.value === 0n ? 1n : 0n, false, span);
        if (kind === TokenKind.Plus) return { ...inside, span };
        if (kind === TokenKind.Tilde) return this.operand(~inside.value, inside.unsigned, span);
        if (evaluated && !inside.unsigned && inside.value === -(1n << 63n)) {
          state.diagnostics.warning("integer-overflow", { at: loc, ranges: [inside.span] },
            "integer overflow in preprocessor expression");
        }
        return this.operand(-inside.value, inside.unsigned, span);
      }
      default:
        return this.fail("invalid token at start of a preprocessor expression", loc);
    }
  }

  private nested(parse: () => Operand | undefined): Operand | undefined {
    if (this.nesting === nestingLimit) return this.fail("preprocessor expression is nested too deeply", this.loc);
    this.nesting++;
    const value = parse();
    this.nesting--;
    return value;
  }

  /** A name that is no macro is 0; `true` is 1 in C23; `defined` asks. */
  private name(text: number, loc: Loc): Operand | undefined {
    const { state, tokens } = this;
    if (text === state.names.defined) return this.defined(loc);
    const span = this.span();
    this.row++;
    const name = state.interner.text(text);
    if (tokens.kind[this.row] === TokenKind.LeftParen && this.row < tokens.count) {
      return this.fail(`function-like macro '${name}' is not defined`, loc);
    }
    if (state.options.dialect === "c23" && (name === "true" || name === "false")) {
      return this.operand(name === "true" ? 1n : 0n, false, span);
    }
    state.diagnostics.warning("undef", loc, `'${name}' is not defined, evaluates to 0`);
    return this.operand(0n, false, span);
  }

  /** defined = "defined" name | "defined" "(" name ")" */
  private defined(loc: Loc): Operand | undefined {
    const { state, tokens } = this;
    this.row++;
    const paren = this.loc;
    const bracketed = this.peek() === TokenKind.LeftParen;
    if (bracketed) this.row++;
    const named = this.peek();
    if (!isName(named)) {
      const message = named === TokenKind.EndOfDirective ? "macro name missing" : "macro name must be an identifier";
      return this.fail(message, this.loc);
    }
    const name = tokens.text[this.row] as number;
    let end = this.loc;
    const isDefined = state.macros.defined(name) !== undefined;
    this.row++;
    if (bracketed) {
      if (this.peek() !== TokenKind.RightParen) {
        state.diagnostics.error(this.loc, "missing ')' after 'defined'",
          [{ place: paren, message: "to match this '('" }]);
        return undefined;
      }
      end = this.loc;
      this.row++;
    }
    return this.operand(isDefined ? 1n : 0n, false, { start: loc, end });
  }

  /** Operators from strength `least` up, behind `first`. */
  private binary(first: Operand, least: number, evaluated: boolean): Operand | undefined {
    let left = first;
    for (;;) {
      const kind = this.peek();
      const { loc } = this;
      const strength = precedence(kind);
      if (strength === 0 && this.row < this.tokens.count && kind !== TokenKind.RightParen &&
        kind !== TokenKind.Colon) {
        return this.fail("token is not a valid binary operator in a preprocessor subexpression", loc, [left.span]);
      }
      if (strength < least) return left;
      this.row++;
      if (kind === TokenKind.Question) {
        const condition = left;
        const chosen = this.nested(() => this.conditional(condition, evaluated));
        if (chosen === undefined) return undefined;
        left = chosen;
        continue;
      }
      let live = evaluated;
      if (kind === TokenKind.AmpAmp && left.value === 0n) live = false;
      if (kind === TokenKind.PipePipe && left.value !== 0n) live = false;
      let right = this.unary(live);
      if (right === undefined) return undefined;
      right = this.binary(right, strength + 1, live);
      if (right === undefined) return undefined;
      const result = this.apply(kind, loc, left, right, live);
      if (result === undefined) return undefined;
      left = result;
    }
  }

  /** conditional = condition "?" expression ":" conditional; the condition and the "?" are read. */
  private conditional(condition: Operand, evaluated: boolean): Operand | undefined {
    const truth = condition.value !== 0n;
    const first = this.unary(evaluated && truth);
    const then = first === undefined ? undefined : this.binary(first, 1, evaluated && truth);
    if (then === undefined) return undefined;
    if (this.peek() !== TokenKind.Colon) {
      return this.fail("expected ':'", this.loc, [condition.span, then.span]);
    }
    this.row++;
    const second = this.unary(evaluated && !truth);
    const otherwise = second === undefined ? undefined : this.binary(second, 2, evaluated && !truth);
    if (otherwise === undefined) return undefined;
    const span = { start: condition.span.start, end: otherwise.span.end };
    return this.operand((truth ? then : otherwise).value, then.unsigned || otherwise.unsigned, span);
  }

  private apply(kind: number, loc: Loc, left: Operand, right: Operand, live: boolean): Operand | undefined {
    const { diagnostics } = this.state;
    const span = { start: left.span.start, end: right.span.end };
    const place = { at: loc, ranges: [left.span, right.span] };
    const logical = kind === TokenKind.AmpAmp || kind === TokenKind.PipePipe || kind === TokenKind.Comma;
    const shift = kind === TokenKind.LessLess || kind === TokenKind.GreaterGreater;
    let unsigned = shift ? left.unsigned : left.unsigned || right.unsigned;
    if (logical) unsigned = false;
    let a = left.value;
    let b = right.value;
    if (unsigned && !shift) {
      for (const [side, operand] of [["left", left], ["right", right]] as const) {
        if (live && !operand.unsigned && operand.value < 0n) {
          diagnostics.warning("", place, `${side} side of operator converted from negative value to unsigned: ${
            operand.value} to ${BigInt.asUintN(64, operand.value)}`);
        }
      }
      a = BigInt.asUintN(64, a);
      b = BigInt.asUintN(64, b);
    }
    const truth = (value: boolean): Operand => this.operand(value ? 1n : 0n, false, span);
    const number = (value: bigint): Operand => {
      const result = this.operand(value, unsigned, span);
      if (live && !unsigned && result.value !== value) {
        diagnostics.warning("integer-overflow", place, "integer overflow in preprocessor expression");
      }
      return result;
    };
    switch (kind) {
      case TokenKind.Star:
        return number(a * b);
      case TokenKind.Slash:
      case TokenKind.Percent:
        if (b === 0n) {
          if (!live) return this.operand(0n, unsigned, span);
          const what = kind === TokenKind.Slash ? "division" : "remainder";
          return this.fail(`${what} by zero in preprocessor expression`, loc, place.ranges);
        }
        return number(kind === TokenKind.Slash ? a / b : a % b);
      case TokenKind.Plus:
        return number(a + b);
      case TokenKind.Minus:
        return number(a - b);
      case TokenKind.LessLess:
      case TokenKind.GreaterGreater: {
        // As clang: a count beyond the width is cut to it, a negative one shifts the other way.
        const negative = !right.unsigned && b < 0n;
        const count = negative ? -b : b;
        if (live && (negative || count >= 64n)) {
          diagnostics.warning("integer-overflow", place, "integer overflow in preprocessor expression");
        }
        const bits = count > 63n ? 63n : count;
        const toLeft = (kind === TokenKind.LessLess) !== negative;
        return this.operand(toLeft ? a << bits : a >> bits, unsigned, span);
      }
      case TokenKind.Less:
        return truth(a < b);
      case TokenKind.Greater:
        return truth(a > b);
      case TokenKind.LessEqual:
        return truth(a <= b);
      case TokenKind.GreaterEqual:
        return truth(a >= b);
      case TokenKind.EqualEqual:
        return truth(a === b);
      case TokenKind.ExclaimEqual:
        return truth(a !== b);
      case TokenKind.Ampersand:
        return number(a & b);
      case TokenKind.Caret:
        return number(a ^ b);
      case TokenKind.Pipe:
        return number(a | b);
      case TokenKind.AmpAmp:
        return truth(a !== 0n && b !== 0n);
      case TokenKind.PipePipe:
        return truth(a !== 0n || b !== 0n);
      case TokenKind.Comma:
        if (live) diagnostics.warning("pedantic", place, "comma operator in operand of #if");
        return { ...right, span };
      default:
        throw new Error(`preprocess: token kind ${kind} is no binary operator`);
    }
  }
}

