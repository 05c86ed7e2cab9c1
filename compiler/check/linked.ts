/**
 * Functions and variables with linkage (C11 6.2.2, 6.7.4, 6.9.2): those at file scope, and those that a block declares `extern`.
 *
 * Such an entity is one object however often it is declared: its type becomes the composite of all declarations, its attributes
 * add up, a tentative definition becomes one.
 */
import type { FunctionDecl, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Note } from "../source/diagnostic.ts";
import type { Loc } from "../source/source-map.ts";
import { functionOf, isError, isVoid } from "../types/basic.ts";
import { compatible, composite } from "../types/compatible.ts";
import type { FunctionType } from "../types/ctype.ts";
import { markInline, mayBecomeStatic } from "./inline.ts";
import { quoteType } from "../types/print.ts";
import { addCallRules, addParameterRules } from "./call-rules.ts";
import { type Checker, error, type LastDeclaration, warn } from "./context.ts";
import {
  checkFunctionAttributes, checkSection, joinAttributes, warnPositions, warnUsedDeclaration,
} from "./declared-attributes.ts";
import {
  applyAddressSpace, applySymbolAttributes, checkAlignas, type Declared, differentKind, initializeStatic,
  makeFunction, makeLocal, previous,
} from "./entities.ts";
import { checkInitializer } from "./initializers.ts";
import { addLibraryRules, hasLibraryType, warnLibraryType } from "./library.ts";
import { isVariablyModified, refuseModified } from "./variable-length.ts";
import { warnMain, warnMissingDeclaration } from "./warnings-declarations.ts";

/** Registers an entity with linkage. */
function link(c: Checker, name: string, entity: FunctionDecl | Variable): void {
  c.linked.set(name, entity);
  const renamed = c.renamed.get(name);
  if (renamed !== undefined) entity.attributes.symbol = renamed;
  if (entity.kind === "function") c.functions.push(entity);
  else c.variables.push(entity);
  for (const [alias, { target, loc }] of c.weakNames) if (target === name) declareWeakAlias(c, alias, name, loc);
}

/** `#pragma weak NAME = TARGET` declares the name as the target is declared, once it is, unless something else did. */
export function declareWeakAlias(c: Checker, name: string, target: string, loc: Loc): void {
  const entity = c.linked.get(target);
  if (entity === undefined || c.linked.has(name)) return;
  const isFunction = entity.kind === "function";
  const alias: FunctionDecl | Variable = isFunction ? makeFunction(name, entity.type, loc, "external")
    : { ...makeLocal(name, entity.type, loc), storage: "static", linkage: "external", definition: "extern" };
  Object.assign(alias.attributes, { weak: true, alias: target });
  link(c, name, alias);
  if (c.fileScope.own(name) !== undefined) return;
  c.fileScope.bind(name, alias.kind === "function" ? { kind: "function", function: alias, loc }
    : { kind: "variable", variable: alias, loc });
}

// ---- Functions -------------------------------------------------------------------------------------------------------

/** The function that a call of an undeclared name declares in the block around it. */
export function declareInBlock(c: Checker, name: string, type: FunctionType, loc: Loc): void {
  const known = c.linked.get(name) ?? linkFunction(c, name, type, loc);
  c.scope.enclosingBlock().bind(name, known.kind === "function" ? { kind: "function", function: known, loc }
    : { kind: "variable", variable: known, loc });
}

/** The library function that a call of an undeclared name declares at file scope. */
export function declareImplicitly(c: Checker, name: string, type: FunctionType, loc: Loc): FunctionDecl | undefined {
  const known = c.linked.get(name);
  if (known !== undefined) return known.kind === "function" ? known : undefined;
  const decl = linkFunction(c, name, type, loc);
  if (c.fileScope.own(name) === undefined) c.fileScope.bind(name, { kind: "function", function: decl, loc });
  addLibraryRules(c, decl);
  return decl;
}

function linkFunction(c: Checker, name: string, type: FunctionType, loc: Loc): FunctionDecl {
  const decl = makeFunction(name, type, loc, "external");
  decl.attributes.symbol = c.renamed.get(name) ?? name;
  c.linked.set(name, decl);
  c.functions.push(decl);
  return decl;
}

/** Declares a function; with `isDefinition` its body follows. Undefined when it clashes with something else (reported). */
export function declareFunction(c: Checker, d: Declared, isDefinition: boolean): FunctionDecl | undefined {
  const { specifiers, name, loc } = d;
  const type = functionOf(d.type);
  if (type === undefined) return undefined;
  if (isVariablyModified(d.type)) {
    refuseModified(c, d);
    return undefined;
  }
  const { storage } = specifiers;
  const inBlock = c.scope !== c.fileScope;
  if (storage === "auto" || storage === "register" || (storage === "static" && inBlock)) {
    error(c, specifiers.storageLoc, inBlock && storage === "static"
      ? "function declared in block scope cannot have 'static' storage class"
      : "illegal storage class on function");
  }
  const before = c.scope.own(name);
  if (before !== undefined && before.kind !== "function") {
    differentKind(c, name, loc, before);
    return undefined;
  }
  const known = c.linked.get(name);
  if (known?.kind === "variable") {
    error(c, loc, `redefinition of '${name}' as different kind of symbol`, previous(known.loc, "definition"));
    return undefined;
  }
  let decl = known;
  if (decl === undefined) {
    if (storage !== "static") warnLibraryType(c, name, type, loc);
    decl = makeFunction(name, type, loc, storage === "static" ? "internal" : "external");
    link(c, name, decl);
  } else {
    redeclareFunction(c, decl, d, type, isDefinition);
  }
  joinAttributes(c, decl, d, isDefinition ? undefined : c.definedAt.get(decl));
  checkFunctionAttributes(c, d, decl.type);
  if (isDefinition) warnPositions(c, d);
  if (name === "main" && !inBlock && !c.options.noBuiltin) warnMain(c, d, type);
  notePrototype(c, decl, d, isDefinition);
  c.scope.bind(name, { kind: "function", function: decl, loc });
  markInline(c, decl, d, !inBlock, isDefinition);
  applyFunctionAttributes(c, decl, d);
  return decl;
}

function redeclareFunction(c: Checker, decl: FunctionDecl, d: Declared, type: FunctionType, isDefinition: boolean): void {
  const where = c.definedAt.get(decl) ?? decl.loc;
  const what = c.definedAt.has(decl) ? "definition" : "declaration";
  if (!compatible(decl.type, type)) {
    error(c, d.loc, `conflicting types for '${d.name}'`, previous(where, what));
    if (isDefinition) decl.type = type;
    return;
  }
  if (d.specifiers.storage === "static" && decl.linkage === "external") {
    if (mayBecomeStatic(c, decl)) decl.linkage = "internal";
    else error(c, d.loc, `static declaration of '${d.name}' follows non-static declaration`, previous(where, what));
  }
  const merged = composite(decl.type, type);
  decl.type = functionOf(merged) ?? type;
}

/** -Wdeprecated-non-prototype: `f()` beside a declaration with parameters, which C23 takes for `f(void)`. */
function notePrototype(c: Checker, decl: FunctionDecl, d: Declared, isDefinition: boolean): void {
  const layer = d.declarator.layers[0];
  const type = functionOf(d.type);
  const isNamed = layer?.kind === "function" && layer.style === "names" && layer.names.length > 0;
  const last = c.declaredLast.get(decl);
  const isLibrary = type !== undefined && decl.linkage === "external" && hasLibraryType(c, d.name, type);
  const now: LastDeclaration = {
    style: isNamed ? "names" : type?.prototyped === true ? "prototype" : "empty",
    parameters: isNamed ? layer.names.length : type?.parameters.length ?? 0,
    loc: d.loc,
    known: isNamed || last?.known === true || isLibrary,
  };
  // What a block declares is forgotten behind it when the file has a declaration.
  if (c.scope === c.fileScope || c.fileScope.own(d.name) === undefined) c.declaredLast.set(decl, now);
  if (last === undefined) return;
  const deprecated = "a function declaration without a prototype is deprecated in all versions of C and is";
  const here = (loc: Loc): readonly Note[] => [{ place: loc, message: "conflicting prototype is here" }];
  const conflict = (loc: Loc, which: string, notes: readonly Note[]): void =>
    warn(c, "deprecated-non-prototype", loc,
      `${deprecated} treated as a zero-parameter prototype in C23, conflicting with a ${which}`, notes);
  if (now.style === "names") {
    if (last.style === "empty") conflict(last.loc, "subsequent definition", []);
  } else if (now.style === "empty") {
    if (last.style === "prototype" && last.parameters > 0) conflict(d.loc, "previous declaration", here(last.loc));
  } else if (now.parameters > 0) {
    if (last.style === "empty") conflict(last.loc, `subsequent ${isDefinition ? "definition" : "declaration"}`, here(d.loc));
    else if (last.style === "names") {
      warn(c, "deprecated-non-prototype", last.loc, `${deprecated} not supported in C23`, here(d.loc));
    }
  }
}

function applyFunctionAttributes(c: Checker, decl: FunctionDecl, d: Declared): void {
  applySymbolAttributes(c, d, decl);
  const { attributes } = d;
  if (attributes.section !== undefined) checkSection(c, decl, d.loc);
  if (attributes.inlining !== undefined) decl.inlining = attributes.inlining;
  decl.naked ||= attributes.naked;
  decl.noreturn ||= attributes.noreturn || d.specifiers.noreturn !== undefined;
  if (attributes.withoutEffect !== undefined && isVoid(decl.type.returns)) {
    // It would be called for nothing.
    warn(c, "ignored-attributes", d.loc,
      `'${attributes.withoutEffect}' attribute on function returning 'void'; attribute ignored`);
  } else if (attributes.withoutEffect !== undefined) {
    decl.pure = true;
    if (c.withoutEffect.get(decl) !== "pure") c.withoutEffect.set(decl, attributes.withoutEffect);
  }
  addCallRules(c, decl, attributes.callRules, d.type, d.loc);
  const layer = d.declarator.layers[0];
  if (layer?.kind === "function" && layer.style === "prototype") addParameterRules(c, decl, layer);
  addLibraryRules(c, decl);
  if (attributes.callAdvice !== undefined) decl.callAdvice = attributes.callAdvice as NonNullable<FunctionDecl["callAdvice"]>;
  if (attributes.warnUnusedResult) c.mustUse.add(decl);
  if (d.specifiers.align > 0) error(c, d.specifiers.alignLoc, "'_Alignas' attribute only applies to variables and fields");
}

// ---- Variables -------------------------------------------------------------------------------------------------------

/** A variable at file scope, or `extern` in a block. */
export function declareLinked(c: Checker, d: Declared, initializer: Syntax.Initializer | undefined): void {
  const { specifiers, name, loc } = d;
  const { storage } = specifiers;
  const inBlock = c.scope !== c.fileScope;
  const isRegister = storage === "register" && d.declarator.asmLabel !== undefined && !inBlock;
  if ((storage === "auto" || storage === "register") && !isRegister) {
    error(c, loc, "illegal storage class on file-scoped variable");
  }
  const before = c.scope.own(name);
  if (before !== undefined && before.kind !== "variable") {
    differentKind(c, name, loc, before);
    if (initializer !== undefined) checkInitializer(c, d.type, initializer, true);
    return;
  }
  if (before !== undefined && before.variable.linkage === "none") {
    error(c, loc, `extern declaration of '${name}' follows non-extern declaration`, previous(before.loc, "definition"));
    return;
  }
  const known = c.linked.get(name);
  if (known?.kind === "function") {
    error(c, loc, `redefinition of '${name}' as different kind of symbol`, previous(known.loc, "definition"));
    return;
  }
  if (isVariablyModified(d.type)) refuseModified(c, d);
  let variable = known;
  if (variable === undefined) {
    variable = {
      ...makeLocal(name, d.type, loc), storage: "static", linkage: storage === "static" ? "internal" : "external",
      definition: (storage === "extern" || isRegister) && initializer === undefined ? "extern" : "tentative",
    };
    if (isRegister) c.globalRegisters.add(variable);
    link(c, name, variable);
    if (variable.definition === "tentative" && variable.linkage === "external") warnMissingDeclaration(c, variable);
  } else {
    redeclareVariable(c, variable, d);
    if (storage !== "extern" && variable.definition === "extern") variable.definition = "tentative";
  }
  joinAttributes(c, variable, d, initializer === undefined ? c.definedAt.get(variable) : undefined);
  if (storage === "extern" && initializer === undefined) warnUsedDeclaration(c, d);
  applySymbolAttributes(c, d, variable);
  addCallRules(c, variable, d.attributes.callRules, d.type, d.loc);
  checkAlignas(c, d);
  applyAddressSpace(variable);
  c.scope.bind(name, { kind: "variable", variable, loc });
  if (initializer === undefined) {
    if (specifiers.constexpr) error(c, loc, "constexpr variable must be initialized by a constant expression");
    return;
  }
  if (inBlock) {
    error(c, loc, "declaration of block scope identifier with linkage cannot have an initializer");
    return;
  }
  if (storage === "extern") warn(c, "extern-initializer", loc, "'extern' variable has an initializer");
  const defined = c.definedAt.get(variable);
  if (defined !== undefined) {
    error(c, loc, `redefinition of '${name}'`, previous(defined, "definition"));
    return;
  }
  c.definedAt.set(variable, loc);
  variable.definition = "defined";
  initializeStatic(c, variable, initializer);
  checkSection(c, variable, loc);
}

function redeclareVariable(c: Checker, variable: Variable, d: Declared): void {
  const where = c.definedAt.get(variable) ?? variable.loc;
  const what = c.definedAt.has(variable) || variable.definition !== "extern" ? "definition" : "declaration";
  if (!isError(variable.type) && !isError(d.type) && !compatible(variable.type, d.type)) {
    error(c, d.loc, `redefinition of '${d.name}' with a different type: ${quoteType(d.type)} vs ${quoteType(variable.type)}`,
      previous(where, what));
    return;
  }
  const { storage } = d.specifiers;
  if (storage === "static" && variable.linkage === "external") {
    error(c, d.loc, `static declaration of '${d.name}' follows non-static declaration`, previous(where, what));
  } else if (storage !== "static" && storage !== "extern" && variable.linkage === "internal") {
    error(c, d.loc, `non-static declaration of '${d.name}' follows static declaration`, previous(where, what));
  }
  variable.type = composite(variable.type, d.type);
}
