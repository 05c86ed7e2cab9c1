/**
 * Builtins on complex values: `__builtin_complex` makes one of its parts, `__builtin_creal`, `cimag` and `conj` and their kin of
 * float and long double are what the operators `__real__`, `__imag__` and `~` are on a value of the builtin's type.
 */
import type { Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { doubleType, floatType, isError, isFloat, longDoubleType, unqualified } from "../types/basic.ts";
import { canonical, type CType } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { errorExpression } from "./build.ts";
import { countArguments } from "./builtin-calls.ts";
import { checkPart, complexOfParts, complexType, complexUnary } from "./complex.ts";
import { type Checker, error } from "./context.ts";
import { convertTo } from "./conversions.ts";
import { checkValue } from "./expressions.ts";

export function checkComplexBuiltin(c: Checker, name: string, e: Syntax.CallExpr): Expression {
  const match = /^__builtin_(conj|creal|cimag)([fl]?)$/.exec(name);
  if (match === null) return checkComplexOfParts(c, e);
  const [, operation, suffix] = match;
  if (!countArguments(c, e, 1)) return errorExpression(e.loc);
  const element: CType = suffix === "f" ? floatType : suffix === "l" ? longDoubleType : doubleType;
  const [value] = e.arguments.map((argument) => (
    convertTo(c, checkValue(c, argument), complexType(c, element, e.loc), "pass", argument.loc)
  ));
  if (value === undefined || isError(value.type)) return errorExpression(e.loc);
  return operation === "conj" ? complexUnary("~", value, e.loc) : checkPart(c, value, operation === "creal" ? 0 : 1, e.loc);
}

function checkComplexOfParts(c: Checker, e: Syntax.CallExpr): Expression {
  if (!countArguments(c, e, 2)) return errorExpression(e.loc);
  const values = e.arguments.map((argument) => checkValue(c, argument));
  const [real, imaginary] = values;
  if (real === undefined || imaginary === undefined || values.some((value) => isError(value.type))) return errorExpression(e.loc);
  const wrong = values.find((value) => !isFloat(value.type));
  if (wrong !== undefined) {
    error(c, wrong.loc, `argument type ${quoteType(wrong.type)} is not a real floating point type`);
    return errorExpression(e.loc);
  }
  if (canonical(real.type) !== canonical(imaginary.type)) {
    error(c, e.loc, `arguments are of different types (${quoteType(real.type)} vs ${quoteType(imaginary.type)})`);
    return errorExpression(e.loc);
  }
  return complexOfParts(c, real, imaginary, unqualified(real.type), e.loc);
}
