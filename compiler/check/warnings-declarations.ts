/**
 * Warnings about declarations and function types: names that other units could declare wrong, names that hide others, casts that make a
 * call go wrong. All but the last are off unless asked for. Each is given under clang's name at clang's place.
 */
import type { FunctionDecl, Variable } from "../ast/program.ts";
import type { Loc } from "../source/source-map.ts";
import { functionOf, integerOf, isPointer, isVoid, pointee, unqualified } from "../types/basic.ts";
import { compatible } from "../types/compatible.ts";
import type { CType, FunctionType } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { type Checker, warn } from "./context.ts";

const makeStatic = "declare 'static' if it is not intended to be used outside of this translation unit";

/**
 * -Wmissing-prototypes: a function for other units whose definition, not `inline`, is its first declaration with a prototype. `before`
 * is the type that it was declared with.
 */
export function warnMissingPrototype(c: Checker, decl: FunctionDecl, before: FunctionType | undefined, loc: Loc): void {
  if (before?.prototyped === true || decl.linkage !== "external" || decl.name === "main") return;
  warn(c, "missing-prototypes", loc, `no previous prototype for function '${decl.name}'`, [{ place: loc, message: makeStatic }]);
}

/** -Wmissing-variable-declarations: the same for variables, when `variable` is declared for the first time. */
export function warnMissingDeclaration(c: Checker, variable: Variable): void {
  const { name, loc } = variable;
  warn(c, "missing-variable-declarations", loc, `no previous extern declaration for non-static variable '${name}'`,
    [{ place: loc, message: makeStatic }]);
}

/** -Wshadow: a variable in a function that hides another one. It is not bound yet. */
export function warnShadow(c: Checker, name: string, loc: Loc): void {
  if (!c.diagnostics.enabled("shadow", loc)) return;
  if (c.scope.own(name) !== undefined) return;
  const hidden = c.scope.find(name);
  if (hidden?.kind !== "variable") return;
  const { storage, owner } = hidden.variable;
  const what = storage === "static" && owner === undefined ? "a variable in the global scope" : "a local variable";
  warn(c, "shadow", loc, `declaration shadows ${what}`, [{ place: hidden.loc, message: "previous declaration is here" }]);
}

/** -Wcast-function-type-mismatch: who calls through the result passes what the function does not expect. */
export function warnFunctionCast(c: Checker, from: CType, to: CType, loc: Loc): void {
  if (!isPointer(from) || !isPointer(to)) return;
  const source = functionOf(pointee(from));
  const target = functionOf(pointee(to));
  if (source === undefined || target === undefined || isAnyFunction(source) || isAnyFunction(target)) return;
  if (passAlike(source.returns, target.returns) && parametersAlike(source, target)) return;
  warn(c, "cast-function-type-mismatch", loc,
    `cast from ${quoteType(from)} to ${quoteType(to)} converts to incompatible function type`);
}

/** `void (*)(void)` stands for a pointer to any function. */
function isAnyFunction(type: FunctionType): boolean {
  return isVoid(type.returns) && type.prototyped && !type.variadic && type.parameters.length === 0;
}

function parametersAlike(source: FunctionType, target: FunctionType): boolean {
  if (!source.prototyped || !target.prototyped) return true;
  if (source.parameters.length > target.parameters.length && !target.variadic) return false;
  if (source.parameters.length < target.parameters.length && !source.variadic) return false;
  return source.parameters.every(({ type }, i) => {
    const other = target.parameters[i];
    return other === undefined || passAlike(type, other.type);
  });
}

function passAlike(a: CType, b: CType): boolean {
  if (isPointer(a) && isPointer(b)) return true;
  const x = integerOf(a);
  const y = integerOf(b);
  if (x !== undefined && y !== undefined) return x.size === y.size;
  return compatible(unqualified(a), unqualified(b));
}
