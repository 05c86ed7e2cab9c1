/**
 * Changes of an atomic object that no instruction makes (C11 6.5.16.2p3): the new value is computed from the one seen
 * last, and compare-exchanged until nobody came between.
 */
import type { Expression, Statement } from "../ast/program.ts";
import type { Loc } from "../source/source-map.ts";
import { boolType } from "../types/basic.ts";
import type { CType } from "../types/ctype.ts";
import { addressOf } from "./access.ts";
import { unary } from "./build.ts";
import { sequentiallyConsistent } from "./atomics.ts";
import { builtin } from "./builtin-calls.ts";
import type { Checker } from "./context.ts";
import { stored } from "./vectors.ts";

/**
 * `lvalue = change(lvalue, value)` in one step, for an integer of the type `type`. The result is the new value, or with
 * `wantsOld` the one before.
 */
export function atomicUpdate(
  c: Checker, lvalue: Expression, type: CType, value: Expression, wantsOld: boolean, loc: Loc,
  change: (old: Expression, value: Expression) => Expression,
): Expression {
  const statements: Statement[] = [];
  const load = (place: Expression): Expression => ({ kind: "load", lvalue: place, type: place.type, loc });
  const address = addressOf(c, lvalue, loc);
  const pointer = isNamed(lvalue) ? address : load(stored(statements, address));
  const operand = value.kind === "integer" || value.kind === "float" ? value : load(stored(statements, value));
  // Whether the value is the one seen is told by the exchange.
  const seen = stored(statements, builtin("atomicLoad", [pointer], type, loc, [0n]));
  const made = stored(statements, load(seen));
  const compute: Expression = { kind: "assign", lvalue: made, value: change(load(seen), operand), type, loc };
  const exchange = builtin("atomicCompareExchange", [pointer, addressOf(c, seen, loc), load(made)], boolType, loc,
    [sequentiallyConsistent]);
  statements.push({
    kind: "do", body: { kind: "expression", expression: compute, loc }, condition: unary("logicalNot", exchange, boolType, loc),
    loop: { unroll: undefined }, loc,
  });
  return { kind: "statement", statements, value: load(wantsOld ? seen : made), type, loc };
}

/** Is the place known without reading anything? Then it may be evaluated again, and shows its alignment. */
function isNamed(lvalue: Expression): boolean {
  return lvalue.kind === "variable" || (lvalue.kind === "member" && isNamed(lvalue.base));
}
