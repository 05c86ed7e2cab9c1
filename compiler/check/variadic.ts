/**
 * Variable arguments (C11 7.16): `va_start`, `va_arg`, `va_copy`, `va_end` by their builtin names.
 *
 * A list is a `void *` to the next argument. Starting one is an assignment of the builtin `variableArguments`, copying one
 * an assignment, ending one nothing; `va_arg` is the builtin `nextArgument` on the list's address.
 */
import type { Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { startOf } from "../ast/syntax.ts";
import { isArray, isConst, isError, pointerTo, unqualified, voidType } from "../types/basic.ts";
import type { CType } from "../types/ctype.ts";
import { compatible } from "../types/compatible.ts";
import { isComplete } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { addressOf } from "./access.ts";
import { errorExpression, isLvalue, toVoid, variableExpression } from "./build.ts";
import { countArguments } from "./builtin-calls.ts";
import { type Checker, error, warn, warnAtRunTime } from "./context.ts";
import { promotedArgument, rvalue } from "./conversions.ts";
import { makeLocal } from "./entities.ts";
import { checkExpression, checkValue } from "./expressions.ts";
import { resolveTypeName, vaListType } from "./specifiers.ts";
import { afterSizes, withSizes } from "./variable-length.ts";

/** `__builtin_va_start`, `__builtin_va_copy` and `__builtin_va_end`. */
export function checkVariadic(c: Checker, name: string, e: Syntax.CallExpr): Expression {
  const plain = name.replace("__builtin_", "");
  const [first, second] = e.arguments;
  // C23 does not look at what follows the list of va_start.
  const free = plain !== "va_end" && plain !== "va_copy" && c.options.dialect === "c23";
  const least = plain === "va_end" || free ? 1 : 2;
  const most = free ? Number.MAX_SAFE_INTEGER : least;
  if (!countArguments(c, e, least, most) || first === undefined) return errorExpression(e.loc);
  const list = checkList(c, plain, first);
  if (plain === "va_end") {
    return list === undefined ? errorExpression(e.loc) : toVoid(rvalue(c, list), voidType, e.loc);
  }
  const value = plain === "va_copy" ? copied(c, plain, second) : started(c, second, e);
  if (list === undefined || value === undefined) return errorExpression(e.loc);
  return toVoid({ kind: "assign", lvalue: list, value, type: vaListType, loc: e.loc }, voidType, e.loc);
}

/** `__builtin_va_arg`. */
export function checkNextArgument(c: Checker, e: Syntax.VaArgExpr): Expression {
  const list = checkList(c, "va_arg", e.list);
  const { result, sizes } = withSizes(c, () => resolveTypeName(c, e.type));
  const type = unqualified(result);
  if (list === undefined || isError(type)) return errorExpression(e.loc);
  if (!isComplete(type)) {
    error(c, e.type.loc, `second argument to 'va_arg' is of incomplete type ${quoteType(type)}`);
    return errorExpression(e.loc);
  }
  if (isArray(type)) {
    error(c, e.type.loc, `second argument to 'va_arg' is of array type ${quoteType(type)}: arrays are passed as pointers`);
    return errorExpression(e.loc);
  }
  const promoted = promotedArgument(rvalue(c, variableExpression(makeLocal("", type, e.loc), e.loc))).type;
  if (!compatible(promoted, type)) {
    warnAtRunTime(c, "varargs", e.type.loc, `second argument to 'va_arg' is of promotable type ${quoteType(type)}; this va_arg has ` +
      `undefined behavior because arguments will be promoted to ${quoteType(promoted)}`, [], e.loc);
  }
  const argument = addressOf(c, list, e.loc);
  return afterSizes(sizes, { kind: "builtin", name: "nextArgument", arguments: [argument], constants: [], type, loc: e.loc });
}

/** A list that is changed: an lvalue of the list's type. */
function checkList(c: Checker, name: string, syntax: Syntax.Expression): Expression | undefined {
  const list = checkExpression(c, syntax);
  if (isError(list.type)) return undefined;
  if (!compatible(unqualified(list.type), vaListType)) {
    error(c, startOf(syntax), `first argument to '${name}' is of type ${quoteType(list.type)} and not 'va_list'`);
    return undefined;
  }
  if (!isLvalue(list) || isConst(list.type)) {
    error(c, startOf(syntax), `first argument to '${name}' cannot be changed`);
    return undefined;
  }
  return list;
}

function copied(c: Checker, name: string, syntax: Syntax.Expression | undefined): Expression | undefined {
  if (syntax === undefined) return undefined;
  const value = checkValue(c, syntax);
  if (isError(value.type)) return undefined;
  if (compatible(unqualified(value.type), vaListType)) return value;
  error(c, startOf(syntax), `second argument to '${name}' is of type ${quoteType(value.type)} and not 'va_list'`);
  return undefined;
}

/** What `va_start` gives the list; the function's last parameter stands beside it for the sake of old compilers. */
function started(c: Checker, last: Syntax.Expression | undefined, e: Syntax.CallExpr): Expression | undefined {
  const state = c.function;
  if (state === undefined) {
    error(c, e.loc, "'va_start' cannot be used outside a function");
    return undefined;
  }
  if (!state.decl.type.variadic) {
    error(c, e.loc, "'va_start' used in function with fixed args");
    return undefined;
  }
  if (last !== undefined) {
    const named = checkExpression(c, last);
    const parameters = state.locals.filter(({ isParameter }) => isParameter);
    const isLast = named.kind === "variable" && named.variable === parameters.at(-1)?.variable;
    if (!isLast && !isError(named.type) && c.options.dialect !== "c23") {
      warn(c, "varargs", startOf(last), "second argument to 'va_start' is not the last named parameter");
    }
  }
  const type: CType = pointerTo(voidType);
  return { kind: "builtin", name: "variableArguments", arguments: [], constants: [], type, loc: e.loc };
}
