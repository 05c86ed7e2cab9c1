/**
 * Conditions: expressions that decide a jump.
 *
 * `&&`, `||`, `!`, comparisons and `__builtin_expect` become control flow directly; anything else is compared with
 * zero. Where the truth value itself is wanted, the comparison is the value, or both ways meet in a phi of 1 and 0.
 * A condition that is known decides at every level, as in clang: what it shuts out is not made, unless a label leads
 * there.
 */
import type { BuiltinExpr, Expression } from "../ast/program.ts";
import { isFloat } from "../types/basic.ts";
import { evaluate } from "../ir/evaluate.ts";
import type { AnyValue, Block } from "../ir/module.ts";
import { branch, compare, enter, int, jump, live, newBlock, phi } from "./context.ts";
import type { FunctionContext } from "./context.ts";
import { comparison, expression } from "./expression.ts";
import { floatTruth, isWide } from "./values.ts";
import { wideTruth } from "./wide-expression.ts";

/** Evaluates a condition and leaves to `then` or `otherwise`. */
export function lowerCondition(f: FunctionContext, e: Expression, then: Block, otherwise: Block, likely?: boolean): void {
  f.loc = e.loc;
  switch (e.kind) {
    case "logical": {
      // A chain of one operator leans left: its operands in order, each with its own way out.
      const operands: Expression[] = [];
      let left: Expression = e;
      for (; left.kind === "logical" && left.operator === e.operator; left = left.left) operands.push(left.right);
      operands.push(left);
      operands.reverse();
      operands.forEach((operand, i) => {
        if (i === operands.length - 1) {
          lowerCondition(f, operand, then, otherwise, likely);
          return;
        }
        const next = newBlock(f);
        if (e.operator === "&&") lowerCondition(f, operand, next, otherwise, likely === true ? true : undefined);
        else lowerCondition(f, operand, then, next, likely === false ? false : undefined);
        f.block = next;
      });
      return;
    }
    case "unary":
      if (e.operator === "logicalNot") {
        lowerCondition(f, e.operand, otherwise, then, likely === undefined ? undefined : !likely);
        return;
      }
      break;
    case "compare": {
      const wish = expectation(e.operator === "!=" && isZero(e.right) ? e.left : e);
      decide(f, comparison(f, e), then, otherwise, wish ?? likely);
      return;
    }
    case "cast":
      // The truth of a widened or bool value is that of the value.
      if (e.implicit && isTruthPreserving(e.operand)) {
        lowerCondition(f, e.operand, then, otherwise, likely);
        return;
      }
      break;
    case "builtin":
      // The expected value is evaluated, too: only one without effects may be left out.
      if (e.name === "expect" && expectedConstant(e) !== undefined) {
        lowerCondition(f, e.arguments[0], then, otherwise, expectation(e) ?? likely);
        return;
      }
      break;
    default:
      break;
  }
  branchOnTruth(f, tested(f, e), then, otherwise, likely);
}

/** The value whose being unequal to zero is the truth of the expression (C11 6.8.4.1). */
function tested(f: FunctionContext, e: Expression): AnyValue {
  if (isWide(e.type)) return wideTruth(f, e);
  const value = expression(f, e);
  return isFloat(e.type) ? floatTruth(f, value) : value;
}

/** Jumps on a value's being unequal to zero. */
export function branchOnTruth(f: FunctionContext, value: AnyValue, then: Block, otherwise: Block, likely?: boolean): void {
  decide(f, value.op === "const" ? value : truth(f, value), then, otherwise, likely);
}

function decide(f: FunctionContext, condition: AnyValue, then: Block, otherwise: Block, likely?: boolean): void {
  const known = knownValue(condition);
  if (known === undefined) {
    branch(f, condition, then, otherwise, likely);
    return;
  }
  live(f);
  jump(f, known !== 0n ? then : otherwise);
}

/** The value of a constant, and of a comparison of constants. */
function knownValue(value: AnyValue): bigint | undefined {
  if (value.op === "const") return value.aux;
  if (value.op !== "compare") return undefined;
  const operands = value.args.flatMap((argument) => (argument.op === "const" ? [argument.aux] : []));
  return operands.length === value.args.length ? evaluate(value, operands) : undefined;
}

function truth(f: FunctionContext, value: AnyValue): AnyValue {
  return value.op === "compare" || value.op === "fcompare" ? value : compare(f, "ne", value, int(f, value.type, 0));
}

/** The truth value of `&&`, `||` and `!` as an int. */
export function conditionValue(f: FunctionContext, e: Expression): AnyValue {
  if (e.kind === "unary" && e.operator === "logicalNot") {
    const operand = tested(f, e.operand);
    f.loc = e.loc;
    return compare(f, "eq", operand, int(f, operand.type, 0));
  }
  const then = newBlock(f);
  const otherwise = newBlock(f);
  const end = newBlock(f);
  const loc = e.loc;
  lowerCondition(f, e, then, otherwise);
  f.block = then;
  jump(f, end);
  f.block = otherwise;
  live(f);
  enter(f, end);
  f.loc = loc;
  return phi(f, "i32", [[then, int(f, "i32", 1)], [otherwise, int(f, "i32", 0)]]);
}

/** What `__builtin_expect(e, c)` says of its truth, looking through conversions. */
function expectation(e: Expression): boolean | undefined {
  let inner: Expression = e;
  while (inner.kind === "cast") inner = inner.operand;
  if (inner.kind !== "builtin" || inner.name !== "expect") return undefined;
  const wish = expectedConstant(inner);
  return wish === undefined ? undefined : wish !== 0n;
}

function expectedConstant(e: BuiltinExpr): bigint | undefined {
  let wish: Expression | undefined = e.arguments[1];
  while (wish !== undefined && wish.kind === "cast") wish = wish.operand;
  return wish !== undefined && wish.kind === "integer" ? wish.value : e.constants[0];
}

function isZero(e: Expression): boolean {
  let inner: Expression = e;
  while (inner.kind === "cast") inner = inner.operand;
  return inner.kind === "integer" && inner.value === 0n;
}

function isTruthPreserving(e: Expression): boolean {
  return e.kind === "compare" || e.kind === "logical" || (e.kind === "unary" && e.operator === "logicalNot")
    || (e.kind === "builtin" && e.name === "expect" && isTruthPreserving(e.arguments[0]))
    || (e.kind === "cast" && e.implicit && isTruthPreserving(e.operand));
}
