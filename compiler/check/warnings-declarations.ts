/**
 * Warnings about declarations and function types: names that other units could declare wrong, names that hide others, casts that make a
 * call go wrong. All but the last are off unless asked for. Each is given under clang's name at clang's place.
 */
import type { FunctionDecl, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { functionOf, integerOf, intType, isPointer, isVoid, pointee, unqualified } from "../types/basic.ts";
import { compatible } from "../types/compatible.ts";
import type { CType, FunctionType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import { type Checker, warn } from "./context.ts";
import type { Declared } from "./entities.ts";

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

/** -Wignored-qualifiers: the value that a function returns is no object. Qualifiers that a typedef brings are not its doing. */
export function warnIgnoredQualifiers(c: Checker, specifiers: Syntax.Specifiers, declarator: Syntax.Declarator): void {
  for (const [i, layer] of declarator.layers.entries()) {
    if (layer.kind !== "function") continue;
    const outer = declarator.layers[i + 1];
    if (outer !== undefined && outer.kind !== "pointer") continue;
    const { qualifiers } = outer ?? specifiers;
    const [first] = qualifiers;
    if (first === undefined) continue;
    const words = qualifierWords.filter((word) => qualifiers.some((one) => one.word === word))
      .map((word) => (word === "atomic" ? "_Atomic" : word)).join(" ");
    const text = words.includes(" ") ? "type qualifiers on return type have no effect"
      : "type qualifier on return type has no effect";
    warn(c, "ignored-qualifiers", first.loc, `'${words}' ${text}`);
  }
}

const qualifierWords = ["const", "volatile", "restrict", "atomic"] as const;

/** -Wgnu-folding-constant: an array where C wants a constant length has one that is only known. */
export function warnFoldedLength(c: Checker, type: CType, { layers, loc }: Syntax.Declarator): void {
  let t = type;
  for (let i = 0; i < layers.length; i++) {
    const layer = canonical(t);
    if (layer.kind === "array" && layer.folded === true) {
      warn(c, "gnu-folding-constant", loc, "variable length array folded to constant array as an extension");
      return;
    }
    if (layer.kind === "array") t = layer.of;
    else if (isPointer(layer)) t = pointee(layer);
    else return;
  }
}

/** -Wmain, -Wmain-return-type: what a `main` should look like. */
export function warnMain(c: Checker, d: Declared, type: FunctionType): void {
  const { specifiers, loc } = d;
  const start = specifiers.syntax.type.loc;
  if (specifiers.storage === "static") {
    c.diagnostics.warningByDefault("main", specifiers.storageLoc, "'main' should not be declared static");
  }
  if (specifiers.noreturn !== undefined) {
    c.diagnostics.warningByDefault("main", specifiers.noreturn, "'main' is not allowed to be declared _Noreturn",
      [{ place: specifiers.noreturn, message: "remove '_Noreturn'" }]);
  }
  if (!compatible(unqualified(type.returns), intType)) {
    warn(c, "main-return-type", start, "return type of 'main' is not 'int'",
      [{ place: start, message: "change return type to 'int'" }]);
  }
  const layer = d.declarator.layers[0];
  const names = layer?.kind === "function" && layer.style === "names" ? layer.names.length : 0;
  if (type.variadic) c.diagnostics.warningByDefault("main", loc, "'main' is not allowed to be declared variadic");
  const only = type.parameters.length === 1 ? type.parameters[0] : undefined;
  if (names === 1 || (only !== undefined && compatible(unqualified(only.type), intType))) {
    c.diagnostics.warningByDefault("main", loc, "only one parameter on 'main' declaration");
  }
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
