/**
 * The end of the unit: what only the whole of it tells.
 *
 * Tentative definitions become definitions (C11 6.9.2p2); `#pragma weak` and aliases find their targets; a call through a
 * variable that nothing changes becomes a call of its constant; what can be reached from the outside is marked, and the
 * errors that were kept back for functions that are emitted are given.
 */
import type { FunctionDecl, IntegerConstantExpr, Variable } from "../ast/program.ts";
import { type Entity, forEachReference, initializerReferences } from "../ast/references.ts";
import { arrayOf, elementOf, isArray, isConst, isError, recordOf } from "../types/basic.ts";
import { canonical } from "../types/ctype.ts";
import { isComplete } from "../types/layout.ts";
import { quoteType } from "../types/print.ts";
import { integer } from "./build.ts";
import { type Checker, error, warn } from "./context.ts";
import { checkSection } from "./declared-attributes.ts";

export function finishUnit(c: Checker): void {
  finishTentative(c);
  finishWeakNames(c);
  checkAliases(c);
  foldConstantPointers(c);
  markReferenced(c);
}

/** A tentative definition is one with all zeros; an array without bound has one element. */
function finishTentative(c: Checker): void {
  for (const variable of c.variables) {
    if (variable.definition === "tentative" && variable.owner === undefined) checkSection(c, variable, variable.loc);
    if (variable.definition !== "tentative" || isError(variable.type) || isComplete(variable.type)) continue;
    const { type, loc } = variable;
    if (isArray(type) && isComplete(elementOf(type))) {
      warn(c, "tentative-definition-array", loc, "tentative array definition assumed to have one element");
      variable.type = arrayOf(elementOf(type), 1);
      continue;
    }
    const record = recordOf(type);
    error(c, loc, `tentative definition has type ${quoteType(type)} that is never completed`,
      record === undefined ? [] : [{ place: record.loc, message: `forward declaration of ${quoteType(canonical(type))}` }]);
  }
}

/** `#pragma weak name` for what was declared after it. */
function finishWeakNames(c: Checker): void {
  for (const [name, { target, loc }] of c.weakNames) {
    const known = c.linked.get(name);
    if (known === undefined) warn(c, "", loc, `weak identifier '${target ?? name}' never declared`);
    else {
      known.attributes.weak = true;
      if (target !== undefined) known.attributes.alias = target;
    }
  }
}

/** Another name for something else is no definition. */
function checkAliases(c: Checker): void {
  for (const { body, attributes, name, loc } of c.functions) {
    if (attributes.alias !== undefined && body !== undefined) error(c, loc, `redefinition of '${name}', which is an alias`);
  }
  for (const { definition, attributes, name, loc } of c.variables) {
    if (attributes.alias === undefined || definition !== "defined") continue;
    error(c, loc, `definition '${name}' cannot also be an alias`);
  }
}

/**
 * `static R (*f)(...) = (void *) 1; ... f(x)`: the loader's helper functions are called by number, at every -O level. The
 * variable must be const, or have internal linkage and be nothing but read in the whole unit.
 */
function foldConstantPointers(c: Checker): void {
  for (const { call, variable } of c.indirectCalls) {
    const value = constantPointer(c, variable);
    if (value === undefined) continue;
    if (!isConst(variable.type)) {
      const uses = c.uses.get(variable);
      if (uses === undefined || uses.named !== uses.read || variable.linkage !== "internal") continue;
    }
    if (variable.attributes.weak) continue;
    const constant: IntegerConstantExpr = integer(value, call.callee.type, call.callee.loc);
    call.callee = constant;
  }
}

/** The number that a pointer variable is initialised with; undefined when it is none, or an address. */
function constantPointer(c: Checker, variable: Variable): bigint | undefined {
  const { initializer } = variable;
  if (variable.definition !== "defined" || initializer === undefined || initializer.addresses.length > 0) return undefined;
  if (initializer.bytes.length !== 8) return undefined;
  return new DataView(initializer.bytes.buffer).getBigUint64(0, c.options.target.endian === "little");
}

/** Is the entity in the object whether something names it or not? */
function isRoot(entity: Entity): boolean {
  if (entity.attributes.used || (entity.attributes.alias !== undefined && !entity.attributes.weakref)) return true;
  if (entity.kind === "function") return entity.linkage === "external" && entity.body !== undefined && !entity.inlineOnly;
  return entity.linkage === "external" && entity.definition !== "extern";
}

function markReferenced(c: Checker): void {
  const work: Entity[] = [];
  const seen = new Set<Entity>();
  const visit = (entity: Entity): void => {
    if (seen.has(entity)) return;
    seen.add(entity);
    work.push(entity);
  };
  for (const entity of [...c.functions, ...c.variables]) if (isRoot(entity)) visit(entity);
  for (let entity = work.pop(); entity !== undefined; entity = work.pop()) {
    entity.referenced = true;
    if (entity.attributes.alias !== undefined) {
      const target = c.linked.get(entity.attributes.alias);
      if (target !== undefined) visit(target);
    }
    if (entity.kind === "variable") {
      for (const target of initializerReferences(entity.initializer)) visit(target);
      continue;
    }
    if (entity.body !== undefined) forEachReference(entity.body, visit);
    reportDeferred(c, entity);
  }
}

function reportDeferred(c: Checker, decl: FunctionDecl): void {
  for (const { loc, message } of c.deferred.get(decl) ?? []) error(c, loc, message);
}
