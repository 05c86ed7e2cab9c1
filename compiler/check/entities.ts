/**
 * Functions and variables as the checker makes them, and what each gets from its declaration whether it has linkage or not: the
 * attributes of its symbol, its alignment, an initialiser's bytes if it is static. linked.ts and locals.ts say when.
 */
import type { FunctionDecl, LocalInitializer, SymbolAttributes, Variable } from "../ast/program.ts";
import type * as Syntax from "../ast/syntax.ts";
import type { Note } from "../source/diagnostic.ts";
import type { Loc } from "../source/source-map.ts";
import { addressSpaceOf, elementOf, isArray, isConst, isError, isScalar, isVolatile, recordOf } from "../types/basic.ts";
import type { CType, FunctionType } from "../types/ctype.ts";
import { canonical } from "../types/ctype.ts";
import { alignOf, isComplete } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import type { Attributes } from "./attributes.ts";
import { convertConstant, evaluate, rememberConstant } from "./constants.ts";
import { type Checker, error, warn } from "./context.ts";
import { checkInitializer, type CheckedInitializer, completeArrayType, staticInitializer } from "./initializers.ts";
import { textOf } from "./literals.ts";
import type { Binding } from "./scope.ts";
import type { DeclarationSpecifiers } from "./specifiers.ts";
import { noteText } from "./warnings-format.ts";

// ---- Making entities -------------------------------------------------------------------------------------------------

/** Everything that one declarator says, put together. */
export interface Declared {
  readonly specifiers: DeclarationSpecifiers;
  attributes: Attributes;
  readonly declarator: Syntax.Declarator;
  readonly name: string;
  readonly loc: Loc;
  type: CType;
}

export function symbolAttributes(symbol: string): SymbolAttributes {
  return {
    symbol, section: undefined, weak: false, used: false, visibility: undefined, alias: undefined, weakref: false,
    align: 0, declTags: [],
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

// ---- What was declared before ----------------------------------------------------------------------------------------

export function previous(loc: Loc, what = "declaration"): readonly Note[] {
  return [{ place: loc, message: `previous ${what} is here` }];
}

export function differentKind(c: Checker, name: string, loc: Loc, before: Binding): void {
  if (before.kind !== "error") {
    error(c, loc, `redefinition of '${name}' as different kind of symbol`, previous(before.loc, "definition"));
  }
}

// ---- Attributes ------------------------------------------------------------------------------------------------------

/** Adds what a declaration's attributes say to an entity. */
export function applySymbolAttributes(c: Checker, d: Declared, entity: FunctionDecl | Variable): void {
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
  // A pragma says nothing of what a declaration has said, nor of what is defined.
  const free = c.given.get(entity)?.has("visibility") !== true && !c.definedAt.has(entity);
  const visibility = attributes.visibility ?? (free ? c.visibilities.at(-1) : undefined);
  if (visibility !== undefined) out.visibility = visibility;
  out.alias = attributes.alias ?? out.alias;
  if (attributes.weakref !== undefined) applyWeakref(c, d.name, entity, attributes.weakref);
  out.align = Math.max(out.align, attributes.align, d.specifiers.align);
  out.common = attributes.common ?? out.common;
  out.uninitialized ||= attributes.uninitialized;
  for (const tag of attributes.declTags) if (!out.declTags.includes(tag)) out.declTags.push(tag);
  if (d.declarator.asmLabel !== undefined) applyLabel(c, d, entity, d.declarator.asmLabel);
  if (attributes.unused || attributes.used) c.quiet.add(entity);
  if (attributes.advice !== undefined) c.advice.set(entity, attributes.advice);
  const weak = c.weakNames.get(d.name);
  if (weak !== undefined && weak.target === undefined) out.weak = true;
}

/** `asm("symbol")`: the first declaration decides, and nothing may have used the name before. */
function applyLabel(c: Checker, d: Declared, entity: FunctionDecl | Variable, literal: Syntax.StringLiteral): void {
  const label = textOf(c, literal);
  const before = c.labels.get(entity);
  if (label === "") error(c, literal.loc, "cannot use an empty string literal in 'asm'");
  else if (entity.kind === "variable" && entity.storage !== "static") {
    if (d.specifiers.storage === "register") return;
    warn(c, "", literal.loc, `ignored asm label '${label}' on automatic variable`);
  } else if (before !== undefined) {
    if (before.label !== label) error(c, d.loc, "conflicting asm label", previous(before.loc));
  } else if (entity.kind === "function" ? c.usedFunctions.has(entity) : (c.uses.get(entity)?.named ?? 0) > 0) {
    error(c, d.loc, `cannot apply asm label to ${entity.kind} after its first use`);
  } else {
    entity.attributes.symbol = label;
    c.labels.set(entity, { label, loc: literal.loc });
  }
}

function applyWeakref(c: Checker, name: string, entity: FunctionDecl | Variable, loc: Loc): void {
  if (entity.linkage === "external") error(c, loc, "weakref declaration must have internal linkage");
  else if (entity.kind === "variable" && entity.owner !== undefined) {
    error(c, loc, `weakref declaration of '${name}' must be in a global context`);
  } else if (entity.attributes.alias === undefined) {
    error(c, loc, `weakref declaration of '${name}' must also have an alias attribute`);
  }
  entity.attributes.weakref = true;
}

export function checkAlignas(c: Checker, d: Declared): void {
  const { align, alignLoc, storage } = d.specifiers;
  if (align > 0 && storage === "register") {
    error(c, alignLoc, "'_Alignas' attribute cannot be applied to a variable with 'register' storage class");
  }
  if (align > 0 && !isError(d.type) && align < alignOf(d.type)) {
    error(c, alignLoc, `requested alignment is less than minimum alignment of ${alignOf(d.type)} for type ${quoteType(d.type)}`);
  }
}

/** A global in another address space (arena) stands in a section of its own, as in clang. */
export function applyAddressSpace(variable: Variable): void {
  const space = addressSpaceOf(variable.type);
  if (space !== 0 && variable.attributes.section === undefined) variable.attributes.section = `.addr_space.${space}`;
}

// ---- Initialisers ----------------------------------------------------------------------------------------------------

export function isInitializable(c: Checker, type: CType, loc: Loc): boolean {
  if (isError(type)) return true;
  if (isComplete(type) || (isArray(type) && isComplete(elementOf(type)))) return true;
  const record = recordOf(type);
  error(c, loc, `variable has incomplete type ${quoteType(type)}`,
    record === undefined ? [] : [{ place: record.loc, message: `forward declaration of ${quoteType(canonical(type))}` }]);
  return false;
}

/** Gives a static object its bytes, and its array type its length. */
export function initializeStatic(c: Checker, variable: Variable, initializer: Syntax.Initializer): void {
  if (!isInitializable(c, variable.type, variable.loc)) return;
  const checked = checkInitializer(c, variable.type, initializer, true, variable.loc);
  if (checked === undefined) return;
  variable.type = completeVariableType(variable.type, checked);
  noteText(c, variable, initializer);
  variable.initializer = staticInitializer(c, checked, variable);
  remember(c, variable, checked);
}

export function completeVariableType(type: CType, checked: CheckedInitializer): CType {
  // The element that completeArrayType finds has the array's qualifiers already.
  return completeArrayType(type, checked.length);
}

/** Remembers the value of a const scalar: constants may read it, as clang lets them. */
export function remember(c: Checker, variable: Variable, initializer: LocalInitializer): void {
  const item = initializer.items[0];
  if (item === undefined || !isConst(variable.type) || isVolatile(variable.type) || !isScalar(variable.type)) return;
  if (variable.attributes.weak) return;
  const value = evaluate(c, item.value);
  const converted = value === undefined ? undefined : convertConstant(value, variable.type);
  if (converted !== undefined && converted.kind !== "address") rememberConstant(c, variable, converted);
}
