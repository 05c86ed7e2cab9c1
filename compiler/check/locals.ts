/**
 * Variables without linkage: a block's, automatic or static in its function, and the names in a prototype. The statements that
 * initialise an automatic variable go to the block.
 */
import type { FunctionDecl, Statement, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { addressSpaceOf, errorType, isArray, isError, isVoid, recordOf } from "../types/basic.ts";
import { compatible } from "../types/compatible.ts";
import type { CType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { isComplete } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { addCallRules } from "./call-rules.ts";
import { type Checker, error } from "./context.ts";
import { checkSection, joinAttributes } from "./declared-attributes.ts";
import {
  applyAddressSpace, applySymbolAttributes, checkAlignas, completeVariableType, type Declared, differentKind,
  initializeStatic, isInitializable, makeLocal, previous, remember,
} from "./entities.ts";
import { checkInitializer, type CheckedInitializer } from "./initializers.ts";
import { allocateArray, clearArray, isVariableLength, isVariablyModified } from "./variable-length.ts";
import { warnShadow } from "./warnings-declarations.ts";
import { noteText } from "./warnings-format.ts";

/** A name in a prototype: later parameters and array bounds may use it. */
export function declareParameterName(c: Checker, name: string, type: CType, loc: Loc): void {
  const before = c.scope.own(name);
  if (before !== undefined) {
    error(c, loc, `redefinition of parameter '${name}'`, [{ place: before.loc, message: "previous declaration is here" }]);
    return;
  }
  c.scope.bind(name, { kind: "variable", variable: makeLocal(name, type, loc), loc });
}

/** A variable in a block: automatic, or static in the function. */
export function declareLocal(
  c: Checker, d: Declared, initializer: Syntax.Initializer | undefined, out: Statement[],
): void {
  const { specifiers, name, loc } = d;
  const isStatic = specifiers.storage === "static";
  const before = c.scope.own(name);
  if (before !== undefined) {
    if (before.kind !== "variable") differentKind(c, name, loc, before);
    else {
      const other = before.variable.type;
      const differs = !isError(other) && !isError(d.type) && !compatible(other, d.type);
      error(c, loc, differs
        ? `redefinition of '${name}' with a different type: ${quoteType(d.type)} vs ${quoteType(other)}`
        : `redefinition of '${name}'`, previous(before.loc, "definition"));
    }
  }
  if (isStatic && isVariableLength(d.type)) {
    error(c, loc, "variable length array declaration cannot have 'static' storage duration");
    d.type = errorType;
  }
  if (!isStatic && addressSpaceOf(d.type) !== 0) {
    error(c, loc, "automatic variable qualified with an address space");
    d.type = errorType;
  }
  const variable: Variable = {
    ...makeLocal(name, d.type, loc), storage: isStatic ? "static" : "automatic", linkage: isStatic ? "internal" : "none",
    owner: isStatic ? c.function?.decl : undefined,
    definition: isStatic && initializer === undefined ? "tentative" : "defined",
  };
  joinAttributes(c, variable, d, undefined);
  applySymbolAttributes(c, d, variable);
  addCallRules(c, variable, d.attributes.callRules, d.type, loc);
  checkAlignas(c, d);
  if (specifiers.storage === "register") c.registers.add(variable);
  warnShadow(c, name, loc);
  // The name is in scope in its own initialiser (C11 6.2.1p7).
  c.scope.bind(name, { kind: "variable", variable, loc });
  c.function?.locals.push({ variable, isParameter: false, quiet: d.attributes.unused || d.attributes.cleanup !== undefined });
  noteModified(c, d);
  if (isStatic) {
    c.variables.push(variable);
    checkSection(c, variable, loc);
    if (initializer !== undefined) initializeStatic(c, variable, initializer);
    else requireComplete(c, variable);
    applyAddressSpace(variable);
    return;
  }
  if (isVariableLength(d.type)) {
    declareArray(c, d, variable, initializer, out);
    return;
  }
  let checked: CheckedInitializer | undefined;
  if (initializer !== undefined) {
    if (!isInitializable(c, d.type, loc)) return;
    checked = checkInitializer(c, d.type, initializer, false, loc);
    if (checked !== undefined) {
      variable.type = completeVariableType(variable.type, checked);
      noteText(c, variable, initializer);
      remember(c, variable, checked);
    }
  }
  requireComplete(c, variable);
  const cleanup = d.attributes.cleanup === undefined ? undefined : findCleanup(c, d.attributes.cleanup, variable);
  out.push({
    kind: "declare", variable, cleanup, loc,
    initializer: checked === undefined ? undefined : { zeroFirst: checked.zeroFirst, items: checked.items },
  });
}

/** Jumps into the scope of a name whose type has a variable length are errors. */
export function noteModified(c: Checker, d: Declared): void {
  if (c.function === undefined || !isVariablyModified(d.type)) return;
  c.function.modified = { outer: c.function.modified, loc: d.loc };
}

function declareArray(
  c: Checker, d: Declared, variable: Variable, initializer: Syntax.Initializer | undefined, out: Statement[],
): void {
  const { loc } = d;
  if (d.attributes.cleanup !== undefined) {
    error(c, d.attributes.cleanup.loc, "'cleanup' of a variable-length array is not supported");
  }
  out.push({ kind: "expression", expression: allocateArray(c, variable), loc });
  if (initializer === undefined) return;
  if (initializer.kind === "initializerList" && initializer.items.length === 0) {
    out.push({ kind: "expression", expression: clearArray(c, variable), loc });
  } else {
    error(c, initializer.loc, "variable-sized object may not be initialized");
  }
}

function requireComplete(c: Checker, variable: Variable): void {
  const { type, loc } = variable;
  if (isError(type) || isComplete(type)) return;
  if (isArray(type)) {
    error(c, loc, `definition of variable with array type needs an explicit size or an initializer`);
  } else {
    const record = recordOf(type);
    error(c, loc, `variable has incomplete type ${quoteType(type)}`,
      record === undefined ? [] : [{ place: record.loc, message: `forward declaration of ${quoteType(canonical(type))}` }]);
  }
  variable.type = errorType;
}

/** `cleanup(f)`: a function that takes a pointer to the variable. */
function findCleanup(c: Checker, cleanup: { name: string; loc: Loc }, variable: Variable): FunctionDecl | undefined {
  const binding = c.scope.find(cleanup.name);
  if (binding === undefined) {
    error(c, cleanup.loc, `use of undeclared identifier '${cleanup.name}'`);
    return undefined;
  }
  if (binding.kind !== "function") {
    error(c, cleanup.loc, `'cleanup' argument '${cleanup.name}' is not a function`);
    return undefined;
  }
  const decl = binding.function;
  const parameter = decl.type.parameters[0];
  if (decl.type.prototyped && decl.type.parameters.length !== 1) {
    error(c, cleanup.loc, `'cleanup' function '${cleanup.name}' must take 1 parameter`);
    return undefined;
  }
  if (parameter !== undefined) {
    const pointer: CType = { kind: "pointer", to: variable.type };
    const target = canonical(parameter.type);
    const fits = target.kind === "pointer" && (isVoid(target.to) || compatible(target.to, variable.type));
    if (!fits && !isError(variable.type)) {
      error(c, cleanup.loc, `'cleanup' function '${cleanup.name}' parameter has type ${quoteType(parameter.type)} ` +
        `which is incompatible with type ${quoteType(pointer)}`);
    }
  }
  if (c.unevaluated === 0) c.usedFunctions.add(decl);
  c.quiet.add(variable);
  return decl;
}
