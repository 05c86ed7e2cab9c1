/**
 * Warnings about memory that is not there: sizes beyond the destination in calls of the C library's functions, by
 * their names or those with `__builtin_`; `memset` with its arguments in the wrong order; objects at a null pointer.
 */
import type { Expression, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import { isComplete, sizeOf } from "../types/layout.ts";
import { evaluateInteger } from "./constants.ts";
import { type Checker, warn, warnAtRunTime } from "./context.ts";
import { knownSize } from "./object-size.ts";

/** Functions that write as many bytes as their third argument says, and those that may write less. */
const writers: ReadonlySet<string> = new Set(["memcpy", "memmove", "memset", "mempcpy"]);
const bounded: ReadonlySet<string> = new Set(["strncpy", "stpncpy", "strncat"]);

/** `name` without `__builtin_`; the arguments are converted to the parameters' types. */
export function warnMemoryCall(c: Checker, name: string, e: Syntax.CallExpr, values: readonly Expression[]): void {
  if (name === "memset") warnTransposed(c, e);
  else if (name === "bzero") warnNothingCleared(c, e);
  const [destination, , size] = values;
  if (destination === undefined || size === undefined || c.unevaluated > 0 || values.length !== 3) return;
  const isWriter = writers.has(name);
  if (!isWriter && !bounded.has(name)) return;
  const given = evaluateInteger(c, size);
  const whole = roomIn(destination);
  if (given === undefined || whole === undefined) return;
  const room = isWriter ? whole : knownSize(c, destination, 1n);
  if (room === undefined || BigInt.asUintN(64, given) <= room) return;
  const how = isWriter ? "will always overflow" : "size argument is too large";
  warnAtRunTime(c, "fortify-source", e.loc,
    `'${name}' ${how}; destination buffer has size ${room}, but size argument is ${BigInt.asUintN(64, given)}`);
}

/** -Wnull-dereference: an object that `*` makes of a null pointer is read or written. */
export function warnNullObject(c: Checker, object: Expression): void {
  if (!c.nullObjects.has(object)) return;
  warnAtRunTime(c, "null-dereference", object.loc, "indirection of non-volatile null pointer will be deleted, not trap",
    [{ place: object.loc, message: "consider using __builtin_trap() or qualifying pointer with 'volatile'" }]);
}

/** The bytes from a pointer to the end of the variable that it points into, behind any conversion. */
function roomIn(pointer: Expression): bigint | undefined {
  const place = pointedPlace(pointer);
  if (place === undefined || !isComplete(place.variable.type)) return undefined;
  const { type, initializer } = place.variable;
  const total = Math.max(sizeOf(type), initializer?.bytes.length ?? 0);
  return place.offset < 0 || place.offset > total ? 0n : BigInt(total - place.offset);
}

interface PlaceInVariable {
  readonly variable: Variable;
  readonly offset: number;
}

function pointedPlace(e: Expression): PlaceInVariable | undefined {
  switch (e.kind) {
    case "cast":
      return pointedPlace(e.operand);
    case "decay":
    case "addressOf":
      return objectPlace(e.lvalue);
    case "pointerAdd":
      return e.index.kind !== "integer" ? undefined
        : moved(pointedPlace(e.pointer), Number(e.index.value) * e.elementSize * (e.subtract ? -1 : 1));
    default:
      return undefined;
  }
}

function objectPlace(e: Expression): PlaceInVariable | undefined {
  switch (e.kind) {
    case "variable":
      return { variable: e.variable, offset: 0 };
    case "member":
      return moved(objectPlace(e.base), e.member.offset);
    case "dereference":
      return pointedPlace(e.pointer);
    default:
      return undefined;
  }
}

function moved(place: PlaceInVariable | undefined, by: number): PlaceInVariable | undefined {
  return place === undefined ? undefined : { ...place, offset: place.offset + by };
}

/** `memset(p, n, 0)` sets nothing, and `memset(p, sizeof *p, 1)` little. */
function warnTransposed(c: Checker, e: Syntax.CallExpr): void {
  const [, value, size] = e.arguments;
  if (value === undefined || size === undefined) return;
  if (isLiteralZero(size) && !isLiteralZero(value) && !c.diagnostics.sources.isMacro(size.loc)) {
    warn(c, "memset-transposed-args", size.loc,
      "'size' argument to memset is '0'; did you mean to transpose the last two arguments?",
      [{ place: size.loc, message: "parenthesize the third argument to silence" }]);
  } else if (isSize(value) && !isSize(size)) {
    warn(c, "memset-transposed-args", startOf(value),
      "setting buffer to a 'sizeof' expression; did you mean to transpose the last two arguments?",
      [{ place: startOf(value), message: "cast the second argument to 'int' to silence" }]);
  }
}

/** `bzero(p, 0)`. */
function warnNothingCleared(c: Checker, e: Syntax.CallExpr): void {
  const [, size] = e.arguments;
  if (size === undefined || !isLiteralZero(size) || c.diagnostics.sources.isMacro(size.loc)) return;
  warn(c, "suspicious-bzero", size.loc, "'size' argument to bzero is '0'",
    [{ place: size.loc, message: "parenthesize the second argument to silence" }]);
}

/** Is it a size by its form: `sizeof x`, or a product or sum with one? */
function isSize(e: Syntax.Expression): boolean {
  const parts = [e];
  for (let s = parts.pop(); s !== undefined; s = parts.pop()) {
    if (s.kind === "size" && s.operator === "sizeof") return true;
    if (s.kind === "paren") parts.push(s.inner);
    else if (s.kind === "binary" && (s.operator === "*" || s.operator === "+")) parts.push(s.left, s.right);
  }
  return false;
}

function isLiteralZero(e: Syntax.Expression): boolean {
  return e.kind === "number" && /^0[xXbB]?0*[uUlL]*$/.test(e.text);
}
