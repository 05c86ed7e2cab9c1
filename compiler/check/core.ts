/**
 * CO-RE builtins (compile once, run everywhere): questions about types of the running kernel that libbpf answers when it
 * loads the object. Check only makes sure that the argument is an access, a type or an enumerator of the right form; the
 * access itself stays an expression, from which lower takes the path.
 *
 * The kinds are those of libbpf's relocations: field 0 to 5, type 0 to 2 (existence, size, match), enumerator 0 and 1
 * (existence, value), type id 0 and 1 (local, target).
 */
import type { Expression } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import { isError, unsignedIntType, unsignedLongType } from "../types/basic.ts";
import type { CType, EnumType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { errorExpression, isLvalue } from "./build.ts";
import { builtin, countArguments } from "./builtin-calls.ts";
import { type Checker, error } from "./context.ts";
import { rvalue } from "./conversions.ts";
import { checkConstant, checkExpression } from "./expressions.ts";

/** The second argument: a constant in a range. */
function kindOf(c: Checker, e: Syntax.CallExpr, name: string, most: bigint): bigint | undefined {
  const argument = e.arguments[1];
  if (argument === undefined) return undefined;
  const message = `${name} argument 2 not a constant`;
  const kind = checkConstant(c, argument, argument.loc, message);
  if (kind === undefined || (kind >= 0n && kind <= most)) return kind;
  error(c, argument.loc, message);
  return undefined;
}

/** Checks an argument in which every access counts. */
function checkPreserved(c: Checker, argument: Syntax.Expression): Expression {
  const outer = c.preserving;
  c.preserving = true;
  const value = checkExpression(c, argument);
  c.preserving = outer;
  return value;
}

/** `__builtin_preserve_access_index(expression)`: all member accesses in it are relocated. */
export function checkPreservedAccess(c: Checker, e: Syntax.CallExpr): Expression {
  const argument = e.arguments[0];
  if (!countArguments(c, e, 1) || argument === undefined) return errorExpression(e.loc);
  const value = rvalue(c, checkPreserved(c, argument));
  if (isError(value.type)) return errorExpression(e.loc);
  return builtin("preserveAccessIndex", [value], value.type, e.loc);
}

/** Is this an access to a member or element? */
function isFieldAccess(e: Expression): boolean {
  if (!isLvalue(e)) return false;
  return e.kind === "member" || (e.kind === "dereference" && (e.pointer.kind === "pointerAdd" || e.pointer.kind === "decay"));
}

export function checkFieldInfo(c: Checker, e: Syntax.CallExpr): Expression {
  const argument = e.arguments[0];
  if (!countArguments(c, e, 2) || argument === undefined) return errorExpression(e.loc);
  const access = checkPreserved(c, argument);
  const kind = kindOf(c, e, "__builtin_preserve_field_info", 5n);
  if (kind === undefined || isError(access.type)) return errorExpression(e.loc);
  if (!isFieldAccess(access)) {
    error(c, argument.loc, "__builtin_preserve_field_info argument 1 not a field access");
    return errorExpression(e.loc);
  }
  return builtin("preserveFieldInfo", [access], unsignedIntType, e.loc, [kind]);
}

/** `*(T *)0`: the type is what is meant. Also a variable of the type, as clang takes it. */
function namesType(type: CType): boolean {
  if (type.kind === "typedef") return true;
  const t = canonical(type);
  if (t.kind !== "record" && t.kind !== "enum") return false;
  return t.decl.tag !== undefined;
}

export function checkTypeInfo(c: Checker, e: Syntax.CallExpr): Expression {
  const argument = e.arguments[0];
  if (!countArguments(c, e, 2) || argument === undefined) return errorExpression(e.loc);
  const object = checkExpression(c, argument);
  const kind = kindOf(c, e, "__builtin_preserve_type_info", 2n);
  if (kind === undefined || isError(object.type)) return errorExpression(e.loc);
  if (!namesType(object.type)) {
    error(c, argument.loc, "__builtin_preserve_type_info argument 1 invalid");
    return errorExpression(e.loc);
  }
  return builtin("preserveTypeInfo", [object], unsignedLongType, e.loc, [kind]);
}

/**
 * `*(enum e *)ENUMERATOR`. The enumerator must be known by name, since two may share a value: it is taken from the syntax.
 * constants: the kind, the enumerator's index in its enumeration.
 */
export function checkEnumValue(c: Checker, e: Syntax.CallExpr): Expression {
  const argument = e.arguments[0];
  if (!countArguments(c, e, 2) || argument === undefined) return errorExpression(e.loc);
  const object = checkExpression(c, argument);
  const kind = kindOf(c, e, "__builtin_preserve_enum_value", 1n);
  if (kind === undefined || isError(object.type)) return errorExpression(e.loc);
  const type = canonical(object.type);
  const named = enumeratorIn(c, argument);
  if (type.kind !== "enum" || named === undefined || named.type.decl !== type.decl) {
    error(c, argument.loc, "__builtin_preserve_enum_value argument 1 invalid");
    return errorExpression(e.loc);
  }
  return builtin("preserveEnumValue", [object], unsignedLongType, e.loc, [kind, BigInt(named.index)]);
}

function enumeratorIn(c: Checker, syntax: Syntax.Expression): { type: EnumType; index: number } | undefined {
  let e = syntax;
  for (;;) {
    switch (e.kind) {
      case "paren":
        e = e.inner;
        break;
      case "unary":
      case "cast":
        e = e.operand;
        break;
      case "identifier": {
        const binding = c.scope.find(e.name);
        return binding?.kind === "enumConstant" ? { type: binding.enum, index: binding.index } : undefined;
      }
      default:
        return undefined;
    }
  }
}

export function checkTypeId(c: Checker, e: Syntax.CallExpr): Expression {
  const argument = e.arguments[0];
  if (!countArguments(c, e, 2) || argument === undefined) return errorExpression(e.loc);
  const object = checkExpression(c, argument);
  const kind = kindOf(c, e, "__builtin_btf_type_id", 1n);
  if (kind === undefined || isError(object.type)) return errorExpression(e.loc);
  return builtin("btfTypeId", [object], unsignedLongType, e.loc, [kind]);
}
