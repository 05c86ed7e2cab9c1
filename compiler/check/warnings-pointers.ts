/**
 * Warnings about pointers that are most likely meant otherwise: a character in the place of a null pointer or of a text
 * to append, addresses that do not outlive the function.
 */
import type { Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { isBool, isCharacter, isPointer, pointee } from "../types/basic.ts";
import { canonical } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { isNullConstant } from "./build.ts";
import { type Checker, warn } from "./context.ts";

/** -Wpointer-compare: `p == '\0'`, `p == (char)0`. */
export function warnNullCharacter(c: Checker, e: Syntax.BinaryExpr, left: Expression, right: Expression): void {
  if ((e.operator !== "==" && e.operator !== "!=") || isPointer(left.type) === isPointer(right.type)) return;
  const [syntax, value] = isPointer(left.type) ? [e.right, right] : [e.left, left];
  if (!isNullConstant(value)) return;
  const type = canonical(value.type);
  const isPlainChar = type.kind === "integer" && type.name === "char";
  if (syntax.kind !== "character" && !(syntax.kind === "cast" && isPlainChar)) return;
  warn(c, "pointer-compare", syntax.loc,
    "comparing a pointer to a null character constant; did you mean to compare to (void *)0?");
}

/** -Wstring-plus-char: `text + 'c'` does not append. */
export function warnStringPlusCharacter(
  c: Checker, e: Syntax.BinaryExpr, leftSyntax: Syntax.Expression, left: Expression, right: Expression,
): void {
  const [text, character] = e.right.kind === "character" ? [left, right] : leftSyntax.kind === "character" ? [right, left] : [];
  if (text === undefined || character === undefined || !isPointer(text.type) || !isCharacter(pointee(text.type))) return;
  const isByte = character.kind === "integer" && character.value >= 0n && character.value < 256n;
  const type = isByte ? "'char'" : quoteType(character.type);
  warn(c, "string-plus-char", e.loc, `adding ${type} to a string pointer does not append to the string`,
    [{ place: e.loc, message: "use array indexing to silence this warning" }]);
}

/** -Wreturn-stack-address: what the result points to is gone when the caller has it. */
export function warnReturnedAddress(c: Checker, result: Expression): void {
  const pending = [result];
  for (let e = pending.pop(); e !== undefined; e = pending.pop()) {
    switch (e.kind) {
      case "cast":
        if (!isBool(e.type)) pending.push(e.operand);
        break;
      case "pointerAdd":
        pending.push(e.pointer);
        break;
      case "comma":
        pending.push(e.right);
        break;
      case "conditional":
        pending.push(e.else);
        if (e.then !== undefined) pending.push(e.then);
        break;
      case "decay":
      case "addressOf":
        warnLocalObject(c, e.lvalue, pending);
        break;
      case "labelAddress":
        warn(c, "return-stack-address", e.loc, "returning address of label, which is local");
        break;
      default:
        break;
    }
  }
}

function warnLocalObject(c: Checker, lvalue: Expression, pending: Expression[]): void {
  let object = lvalue;
  while (object.kind === "member") object = object.base;
  if (object.kind === "dereference") {
    // An element, whose array may be local.
    pending.push(object.pointer);
    return;
  }
  if (object.kind !== "variable" || object.variable.storage !== "automatic" || object.variable.name === "") return;
  const { variable } = object;
  const isParameter = c.function?.locals.some((local) => local.isParameter && local.variable === variable) === true;
  warn(c, "return-stack-address", object.loc,
    `address of stack memory associated with ${isParameter ? "parameter" : "local variable"} '${variable.name}' returned`);
}
