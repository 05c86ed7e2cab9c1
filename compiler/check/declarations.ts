/**
 * Declarations of variables, functions and typedefs, at file scope and in blocks (C11 6.7, 6.9.2): linkage, storage,
 * redeclaration, tentative definitions. Function bodies are checked by functions.ts.
 *
 * An entity with linkage is one object however often it is declared: its type becomes the composite of all declarations, its
 * attributes add up.
 */
import type { FunctionDecl, LocalInitializer, Statement, SymbolAttributes, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Note } from "../source/diagnostic.ts";
import type { Loc } from "../source/source-map.ts";
import {
  addressSpaceOf, constOf, elementOf, errorType, functionOf, isArray, isConst, isError, isFunction, isScalar, isVoid,
  isVolatile, qualifiersOf, qualify, recordOf,
} from "../types/basic.ts";
import { compatible, composite } from "../types/compatible.ts";
import type { CType, FunctionType, TypedefType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { alignOf, isComplete } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { type Attributes, pushedAttributes, readAttributes } from "./attributes.ts";
import { convertConstant, evaluate, rememberConstant } from "./constants.ts";
import { type Checker, error, warn } from "./context.ts";
import { applyDeclarator, limitDepth } from "./declarators.ts";
import { checkExpression, checkStaticAssert } from "./expressions.ts";
import { rvalue } from "./conversions.ts";
import { checkInitializer, type CheckedInitializer, completeArrayType, staticInitializer } from "./initializers.ts";
import { markInline, mayBecomeStatic } from "./inline.ts";
import { textOf } from "./literals.ts";
import { checkPragma } from "./pragmas.ts";
import type { Binding } from "./scope.ts";
import {
  applyMode, applyTypeAttributes, type DeclarationSpecifiers, deducedType, resolveSpecifiers,
} from "./specifiers.ts";
import {
  allocateArray, clearArray, isVariableLength, isVariablyModified, sizeStatements, withSizes,
} from "./variable-length.ts";
import { warnMissingDeclaration, warnShadow } from "./warnings-declarations.ts";

// ---- Making entities --------------------------------------------------------------------------------------------------

export function symbolAttributes(symbol: string): SymbolAttributes {
  return {
    symbol, section: undefined, weak: false, used: false, visibility: undefined, alias: undefined, align: 0, declTags: [],
    common: undefined, uninitialized: false,
  };
}

/** An automatic variable. The name is empty for a temporary of the checker's. */
export function makeLocal(name: string, type: CType, loc: Loc): Variable {
  return {
    kind: "variable", name, type, loc, storage: "automatic", linkage: "none", attributes: symbolAttributes(name),
    definition: "defined", initializer: undefined, referenced: false, owner: undefined,
  };
}

export function makeFunction(name: string, type: FunctionType, loc: Loc, linkage: FunctionDecl["linkage"]): FunctionDecl {
  return {
    kind: "function", name, type, loc, linkage, attributes: symbolAttributes(name), inlining: "none", naked: false,
    noreturn: false, pure: false, inlineOnly: false, referenced: false, callAdvice: undefined, body: undefined,
  };
}

/** A name in a prototype: later parameters and array bounds may use it. */
export function declareParameterName(c: Checker, name: string, type: CType, loc: Loc): void {
  const before = c.scope.own(name);
  if (before !== undefined) {
    error(c, loc, `redefinition of parameter '${name}'`, [{ place: before.loc, message: "previous declaration is here" }]);
    return;
  }
  c.scope.bind(name, { kind: "variable", variable: makeLocal(name, type, loc), loc });
}

/** The function that a call of an undeclared name declares at file scope. */
export function declareImplicitly(c: Checker, name: string, type: FunctionType, loc: Loc): FunctionDecl | undefined {
  const known = c.linked.get(name);
  if (known !== undefined) return known.kind === "function" ? known : undefined;
  const decl = makeFunction(name, type, loc, "external");
  decl.attributes.symbol = c.renamed.get(name) ?? name;
  c.linked.set(name, decl);
  c.functions.push(decl);
  if (c.fileScope.own(name) === undefined) c.fileScope.bind(name, { kind: "function", function: decl, loc });
  return decl;
}

// ---- Declarations -----------------------------------------------------------------------------------------------------

/** Everything that one declarator says, put together. */
export interface Declared {
  readonly specifiers: DeclarationSpecifiers;
  readonly attributes: Attributes;
  readonly declarator: Syntax.Declarator;
  readonly name: string;
  readonly loc: Loc;
  type: CType;
}

/** A declaration at file scope, or in a block: then the statements that initialise its variables are appended to `out`. */
export function checkDeclaration(c: Checker, declaration: Syntax.Declaration, out: Statement[] | undefined): void {
  const alone = declaration.declarators.length === 0;
  const base = withSizes(c, () => resolveSpecifiers(c, declaration.specifiers, { alone }));
  const specifiers = base.result;
  out?.push(...sizeStatements(base.sizes));
  if (alone) {
    checkEmpty(c, declaration, specifiers);
    return;
  }
  for (const { declarator, initializer } of declaration.declarators) {
    const { result: declared, sizes } = withSizes(c, () => declareOne(c, specifiers, declarator));
    if (declared === undefined) continue;
    out?.push(...sizeStatements(sizes));
    if (specifiers.storage === "typedef") {
      declareTypedef(c, declared, initializer);
    } else if (isFunction(declared.type)) {
      if (initializer !== undefined) {
        error(c, declared.loc, `illegal initializer (only variables can be initialized)`);
      }
      const names = declarator.layers[0];
      const first = names?.kind === "function" && names.style === "names" ? names.names[0] : undefined;
      if (first !== undefined) {
        error(c, first.loc, "a parameter list without types is only allowed in a function definition");
      }
      declareFunction(c, declared, false);
      hideBroken(c, declared);
    } else {
      declareVariable(c, declared, initializer, out);
    }
  }
}

/** What a syntax error left: the whole parts are declared as ever, uses of the other names are silent. */
export function checkBroken(c: Checker, item: Syntax.BrokenItem, out: Statement[] | undefined): void {
  const { declaration, names, loc } = item;
  if (c.function !== undefined) c.function.broken = true;
  if (declaration !== undefined) {
    if (declaration.declarators.length > 0) checkDeclaration(c, declaration, out);
    else resolveSpecifiers(c, { ...declaration.specifiers, type: silentType(declaration.specifiers.type) });
  }
  for (const name of names) if (c.scope.own(name) === undefined) c.scope.bind(name, { kind: "error", loc });
}

/** Of a declaration whose declarators are missing only the tags and enumerators count. */
function silentType(type: Syntax.TypeSpecifier): Syntax.TypeSpecifier {
  return type.kind === "record" || type.kind === "enum" ? type : { kind: "error", loc: type.loc };
}

/** After a syntax error in its parameter list nothing is said of a function's uses. */
export function hideBroken(c: Checker, declared: Declared): void {
  const layer = declared.declarator.layers[0];
  if (layer?.kind === "function" && layer.broken) c.scope.bind(declared.name, { kind: "error", loc: declared.loc });
}

/** `struct s;` and the like declare a tag; anything else declares nothing. */
function checkEmpty(c: Checker, declaration: Syntax.Declaration, specifiers: DeclarationSpecifiers): void {
  const kind = declaration.specifiers.type.kind;
  if (isError(specifiers.type) || kind === "enum") return;
  if (kind === "record") {
    const { tag, body } = declaration.specifiers.type as Syntax.RecordSpecifier;
    if (tag !== undefined) return;
    if (body !== undefined) {
      warn(c, "missing-declarations", declaration.loc, "declaration does not declare anything");
    }
    return;
  }
  const isTypedef = specifiers.storage === "typedef";
  warn(c, "missing-declarations", declaration.loc,
    isTypedef ? "typedef requires a name" : "declaration does not declare anything");
}

function declareOne(
  c: Checker, specifiers: DeclarationSpecifiers, declarator: Syntax.Declarator,
): Declared | undefined {
  const { name, loc } = declarator;
  if (name === undefined) return undefined;
  const isTypedef = specifiers.storage === "typedef";
  let type = applyDeclarator(c, specifiers.type, declarator, { kind: isTypedef ? "typedef" : "variable" });
  const subject = isTypedef ? "typedef" : isFunction(type) ? "function" : c.function === undefined ? "global" : "variable";
  const lists = [pushedAttributes(c, subject), specifiers.syntax.attributes, declarator.attributes];
  const attributes = readAttributes(c, lists);
  if (attributes.mode !== undefined) type = applyMode(c, type, attributes.mode);
  if (declarator.attributes.length > 0 && !isFunction(type)) {
    type = applyTypeAttributes(c, type, readAttributes(c, [declarator.attributes], false));
  }
  return { specifiers, attributes, declarator, name, loc, type };
}

function previous(loc: Loc, what = "declaration"): readonly Note[] {
  return [{ place: loc, message: `previous ${what} is here` }];
}

function differentKind(c: Checker, name: string, loc: Loc, before: Binding): void {
  if (before.kind !== "error") {
    error(c, loc, `redefinition of '${name}' as different kind of symbol`, previous(before.loc, "definition"));
  }
}

// ---- Typedefs ---------------------------------------------------------------------------------------------------------

function declareTypedef(c: Checker, d: Declared, initializer: Syntax.Initializer | undefined): void {
  if (initializer !== undefined) error(c, d.loc, "illegal initializer (only variables can be initialized)");
  if (d.specifiers.deduced) error(c, d.loc, "'__auto_type' not allowed in typedef");
  if (d.specifiers.align > 0) error(c, d.specifiers.alignLoc, "'_Alignas' attribute only applies to variables and fields");
  noteModified(c, d);
  let of = d.type;
  if (d.attributes.align > 0) of = { kind: "tagged", of, tag: { kind: "aligned", bytes: d.attributes.align } };
  if (d.attributes.transparentUnion) {
    const record = recordOf(of);
    if (record !== undefined && record.isUnion) record.attributes.transparentUnion = true;
  }
  if (d.attributes.preserveAccessIndex) {
    const record = recordOf(of);
    if (record !== undefined && record.tag === undefined) record.attributes.preserveAccessIndex = true;
  }
  of = limitDepth(c, of, d.loc);
  const type: TypedefType = { kind: "typedef", name: d.name, of, loc: d.loc, declTags: d.attributes.declTags };
  const before = c.scope.own(d.name);
  if (before !== undefined) {
    if (before.kind !== "typedef") {
      differentKind(c, d.name, d.loc, before);
      return;
    }
    if (!isError(type) && !isError(before.type) && !compatible(before.type, type)) {
      error(c, d.loc, `typedef redefinition with different types (${quoteType(d.type)} vs ${quoteType(before.type.of)})`,
        previous(before.loc, "definition"));
    }
    return;
  }
  c.scope.bind(d.name, { kind: "typedef", type, loc: d.loc });
  if (d.attributes.advice !== undefined) c.advice.set(type, d.attributes.advice);
}

// ---- Attributes of symbols --------------------------------------------------------------------------------------------

/** Adds what a declaration's attributes say to an entity. */
function applySymbolAttributes(c: Checker, d: Declared, entity: FunctionDecl | Variable): void {
  const { attributes } = d;
  const out = entity.attributes;
  if (attributes.section !== undefined) {
    if (out.section !== undefined && out.section !== attributes.section.name) {
      warn(c, "section", attributes.section.loc, "section does not match previous declaration");
    }
    out.section = attributes.section.name;
  }
  if (attributes.weak !== undefined) {
    if (entity.linkage === "external") out.weak = true;
    else error(c, attributes.weak, "weak declaration cannot have internal linkage");
  }
  out.used ||= attributes.used;
  const visibility = attributes.visibility ?? c.visibilities.at(-1);
  if (visibility !== undefined) out.visibility = visibility;
  out.alias = attributes.alias ?? out.alias;
  out.align = Math.max(out.align, attributes.align, d.specifiers.align);
  out.common = attributes.common ?? out.common;
  out.uninitialized ||= attributes.uninitialized;
  for (const tag of attributes.declTags) if (!out.declTags.includes(tag)) out.declTags.push(tag);
  if (d.declarator.asmLabel !== undefined) {
    const label = textOf(c, d.declarator.asmLabel);
    if (entity.kind === "function" || entity.storage === "static") out.symbol = label;
    else warn(c, "ignored-attributes", d.declarator.asmLabel.loc, "ignored asm label on automatic variable");
  }
  if (attributes.unused || attributes.used) c.quiet.add(entity);
  if (attributes.advice !== undefined) c.advice.set(entity, attributes.advice);
  const weak = c.weakNames.get(d.name);
  if (weak !== undefined && weak.target === undefined) out.weak = true;
}

/** Registers an entity with linkage. */
function link(c: Checker, name: string, entity: FunctionDecl | Variable): void {
  c.linked.set(name, entity);
  const renamed = c.renamed.get(name);
  if (renamed !== undefined) entity.attributes.symbol = renamed;
  if (entity.kind === "function") c.functions.push(entity);
  else c.variables.push(entity);
}

// ---- Functions --------------------------------------------------------------------------------------------------------

/** Declares a function; with `isDefinition` its body follows. Undefined when it clashes with something else (reported). */
export function declareFunction(c: Checker, d: Declared, isDefinition: boolean): FunctionDecl | undefined {
  const { specifiers, name, loc } = d;
  const type = functionOf(d.type);
  if (type === undefined) return undefined;
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
    decl = makeFunction(name, type, loc, storage === "static" ? "internal" : "external");
    link(c, name, decl);
  } else {
    redeclareFunction(c, decl, d, type, isDefinition);
  }
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

function applyFunctionAttributes(c: Checker, decl: FunctionDecl, d: Declared): void {
  applySymbolAttributes(c, d, decl);
  const { attributes } = d;
  if (attributes.inlining !== undefined) decl.inlining = attributes.inlining;
  decl.naked ||= attributes.naked;
  decl.noreturn ||= attributes.noreturn || d.specifiers.noreturn !== undefined;
  decl.pure ||= attributes.pure;
  if (attributes.callAdvice !== undefined) decl.callAdvice = attributes.callAdvice as NonNullable<FunctionDecl["callAdvice"]>;
  if (attributes.warnUnusedResult) c.mustUse.add(decl);
  if (attributes.cleanup !== undefined) {
    warn(c, "ignored-attributes", attributes.cleanup.loc, "'cleanup' attribute only applies to local variables");
  }
  if (d.specifiers.align > 0) error(c, d.specifiers.alignLoc, "'_Alignas' attribute only applies to variables and fields");
}

// ---- Variables --------------------------------------------------------------------------------------------------------

function declareVariable(
  c: Checker, d: Declared, initializer: Syntax.Initializer | undefined, out: Statement[] | undefined,
): void {
  const { specifiers } = d;
  if (specifiers.inline !== undefined) error(c, specifiers.inline, "'inline' can only appear on functions");
  if (specifiers.noreturn !== undefined) error(c, specifiers.noreturn, "'_Noreturn' can only appear on functions");
  if (specifiers.deduced) deduceType(c, d, initializer);
  if (specifiers.constexpr) d.type = constOf(d.type);
  // GNU: `extern void symbol;` names an address and nothing else.
  if (isVoid(d.type) && (specifiers.storage !== "extern" || initializer !== undefined)) {
    error(c, d.loc, "variable has incomplete type 'void'");
    d.type = errorType;
  }
  if (out === undefined || specifiers.storage === "extern") declareLinked(c, d, initializer);
  else declareLocal(c, d, initializer, out);
}

function deduceType(c: Checker, d: Declared, initializer: Syntax.Initializer | undefined): void {
  if (initializer === undefined || initializer.kind === "initializerList") {
    error(c, d.loc, initializer === undefined
      ? `declaration of variable '${d.name}' with deduced type '__auto_type' requires an initializer`
      : "cannot use '__auto_type' with initializer list in C");
    d.type = errorType;
    return;
  }
  if (d.declarator.layers.length > 0) {
    error(c, d.loc, "'__auto_type' needs a plain name as declarator");
    d.type = errorType;
    return;
  }
  c.unevaluated++;
  const value = rvalue(c, checkExpression(c, initializer));
  c.unevaluated--;
  if (isVariablyModified(value.type)) {
    error(c, d.loc, "'__auto_type' cannot be a type with a variable length: its bound is in the initializer");
    d.type = errorType;
    return;
  }
  d.type = qualify(deducedType(c, value, d.name, d.loc), qualifiersOf(d.specifiers.type));
}

/** A variable at file scope, or `extern` in a block. */
function declareLinked(c: Checker, d: Declared, initializer: Syntax.Initializer | undefined): void {
  const { specifiers, name, loc } = d;
  const { storage } = specifiers;
  if (storage === "auto" || storage === "register") {
    error(c, loc, "illegal storage class on file-scoped variable");
  }
  const inBlock = c.scope !== c.fileScope;
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
  if (isVariablyModified(d.type)) {
    error(c, loc, "variable length array declaration not allowed at file scope");
    d.type = errorType;
  }
  let variable = known;
  if (variable === undefined) {
    variable = {
      ...makeLocal(name, d.type, loc), storage: "static", linkage: storage === "static" ? "internal" : "external",
      definition: storage === "extern" && initializer === undefined ? "extern" : "tentative",
    };
    link(c, name, variable);
    if (variable.definition === "tentative" && variable.linkage === "external") warnMissingDeclaration(c, variable);
  } else {
    redeclareVariable(c, variable, d);
    if (storage !== "extern" && variable.definition === "extern") variable.definition = "tentative";
  }
  applySymbolAttributes(c, d, variable);
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
}

/** A global in another address space (arena) stands in a section of its own, as in clang. */
function applyAddressSpace(variable: Variable): void {
  const space = addressSpaceOf(variable.type);
  if (space !== 0 && variable.attributes.section === undefined) variable.attributes.section = `.addr_space.${space}`;
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

/** Gives a static object its bytes, and its array type its length. */
function initializeStatic(c: Checker, variable: Variable, initializer: Syntax.Initializer): void {
  if (!isInitializable(c, variable.type, variable.loc)) return;
  const checked = checkInitializer(c, variable.type, initializer, true, variable.loc);
  if (checked === undefined) return;
  variable.type = completeVariableType(variable.type, checked);
  variable.initializer = staticInitializer(c, checked, variable);
  remember(c, variable, checked);
}

function completeVariableType(type: CType, checked: CheckedInitializer): CType {
  // The element that completeArrayType finds has the array's qualifiers already.
  return completeArrayType(type, checked.length);
}

/** Remembers the value of a const scalar: constants may read it, as clang lets them. */
function remember(c: Checker, variable: Variable, initializer: LocalInitializer): void {
  const item = initializer.items[0];
  if (item === undefined || !isConst(variable.type) || isVolatile(variable.type) || !isScalar(variable.type)) return;
  if (variable.attributes.weak) return;
  const value = evaluate(c, item.value);
  const converted = value === undefined ? undefined : convertConstant(value, variable.type);
  if (converted !== undefined && converted.kind !== "address") rememberConstant(c, variable, converted);
}

function isInitializable(c: Checker, type: CType, loc: Loc): boolean {
  if (isError(type)) return true;
  if (isComplete(type) || (isArray(type) && isComplete(elementOf(type)))) return true;
  const record = recordOf(type);
  error(c, loc, `variable has incomplete type ${quoteType(type)}`,
    record === undefined ? [] : [{ place: record.loc, message: `forward declaration of ${quoteType(canonical(type))}` }]);
  return false;
}

/** A variable in a block: automatic, or static in the function. */
function declareLocal(
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
  const variable: Variable = {
    ...makeLocal(name, d.type, loc), storage: isStatic ? "static" : "automatic", linkage: isStatic ? "internal" : "none",
    owner: isStatic ? c.function?.decl : undefined,
    definition: isStatic && initializer === undefined ? "tentative" : "defined",
  };
  applySymbolAttributes(c, d, variable);
  checkAlignas(c, d);
  if (specifiers.storage === "register") c.registers.add(variable);
  warnShadow(c, name, loc);
  // The name is in scope in its own initialiser (C11 6.2.1p7).
  c.scope.bind(name, { kind: "variable", variable, loc });
  c.function?.locals.push({ variable, isParameter: false, quiet: d.attributes.unused || d.attributes.cleanup !== undefined });
  noteModified(c, d);
  if (isStatic) {
    c.variables.push(variable);
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
function noteModified(c: Checker, d: Declared): void {
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

function checkAlignas(c: Checker, d: Declared): void {
  const { align, alignLoc } = d.specifiers;
  if (align > 0 && !isError(d.type) && align < alignOf(d.type)) {
    error(c, alignLoc, `requested alignment is less than minimum alignment of ${alignOf(d.type)} for type ${quoteType(d.type)}`);
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

/** Declarations and what stands beside them in a block. */
export function checkBlockDeclaration(
  c: Checker, item: Syntax.Declaration | Syntax.StaticAssert | Syntax.PragmaDeclaration | Syntax.AttributeDeclaration,
  out: Statement[],
): void {
  switch (item.kind) {
    case "declaration":
      checkDeclaration(c, item, out);
      break;
    case "staticAssert":
      checkStaticAssert(c, item);
      break;
    case "pragma":
      checkPragma(c, item.pragma, item.loc);
      break;
    case "attributeDeclaration":
      readAttributes(c, [item.attributes]);
      break;
  }
}

/** A function definition's declarator, with its attributes. */
export function declareDefinition(c: Checker, definition: Syntax.FunctionDefinition): Declared | undefined {
  const specifiers = resolveSpecifiers(c, definition.specifiers);
  if (specifiers.storage === "typedef") {
    error(c, specifiers.storageLoc, "function definition declared 'typedef'");
    return undefined;
  }
  return declareOne(c, specifiers, definition.declarator);
}
