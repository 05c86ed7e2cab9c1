/**
 * Attributes of functions and variables against what else is known of them: their earlier declarations, their
 * definition, what a function returns. What does not go together is reported as clang does and dropped from the
 * declaration.
 */
import type { FunctionDecl, Variable } from "../ast/program.ts";
import type { Attribute } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import {
  elementOf, functionOf, isArray, isConst, isError, isInteger, isPointer, isVoid, pointee,
} from "../types/basic.ts";
import type { CType, FunctionType } from "../types/ctype.ts";
import { excludedBy, type Given, isExpressionArgument } from "./attribute-rules.ts";
import { gnuAttributes, typeAttributes } from "./attribute-table.ts";
import { checkAlignment, takeAttributes } from "./attributes.ts";
import { type Checker, error, warn } from "./context.ts";
import { type Declared, previous } from "./entities.ts";
import { checkConstant } from "./expressions.ts";

/**
 * Puts a declaration's attributes to those of the declarations before it. `defined` is where a definition stands that
 * it follows: then new ones come too late.
 */
export function joinAttributes(
  c: Checker, entity: FunctionDecl | Variable, d: Declared, defined: Loc | undefined,
): void {
  const { accepted } = d.attributes;
  if (accepted.length === 0) return;
  const given: Given = c.given.get(entity) ?? new Map<string, Attribute>();
  c.given.set(entity, given);
  const kept = accepted.filter((attribute) => {
    const { name } = attribute;
    if (defined !== undefined && !given.has(name) && !atAnyTime.has(name) && !typeAttributes.has(name)) {
      warn(c, "ignored-attributes", attribute.loc, "attribute declaration must precede definition",
        [{ place: defined, message: "previous definition is here" }]);
      return false;
    }
    return !excludedBy(c, attribute, given);
  });
  const adds = kept.some(({ name }) => name === "section") && !given.has("section");
  if (adds && entity.kind === "variable" && entity.loc !== d.loc && d.specifiers.storage === "extern") {
    warn(c, "section", d.loc, "section attribute is specified on redeclared variable", previous(entity.loc));
  }
  checkVisibility(c, entity, d, given.get("visibility"));
  for (const attribute of kept) if (!given.has(attribute.name)) given.set(attribute.name, attribute);
  if (kept.length < accepted.length) d.attributes = takeAttributes(c, kept);
}

/** All declarations must agree on it, those in reach of a pragma too. */
function checkVisibility(
  c: Checker, entity: FunctionDecl | Variable, d: Declared, before: Attribute | undefined,
): void {
  const now = d.attributes.accepted.findLast(({ name }) => name === "visibility");
  const known = entity.attributes.visibility;
  const { visibility } = d.attributes;
  if (now === undefined || known === undefined || visibility === undefined || visibility === known) return;
  error(c, now.loc, "visibility does not match previous declaration",
    before === undefined ? [] : [{ place: before.loc, message: "previous attribute is here" }]);
}

/** They are of the function's type, or have rules of their own for what follows a definition. */
const atAnyTime: ReadonlySet<string> = new Set([
  "noreturn", "cdecl", "sysv_abi", "nothrow", "alias", "ifunc", "overloadable",
]);

/** What a function's attributes say of its type, and which of them say nothing there. */
export function checkFunctionAttributes(c: Checker, d: Declared, type: FunctionType): void {
  const { accepted } = d.attributes;
  if (accepted.length === 0 || isError(type.returns)) return;
  const kept = accepted.filter((attribute) => suits(c, attribute, d, type));
  if (kept.length < accepted.length) d.attributes = takeAttributes(c, kept);
}

function suits(c: Checker, attribute: Attribute, d: Declared, type: FunctionType): boolean {
  const quoted = `'${attribute.written}'`;
  const ignored = (message: string): false => {
    warn(c, "ignored-attributes", attribute.loc, message);
    return false;
  };
  const givesPointer = isPointer(type.returns);
  const onlyPointers = `${quoted} attribute only applies to return values that are pointers`;
  switch (attribute.name) {
    case "malloc":
    case "returns_nonnull":
      return givesPointer || ignored(onlyPointers);
    case "alloc_size":
      if (!givesPointer) return ignored(onlyPointers);
      return (attribute.arguments ?? []).every((_, i) => isIntegerParameter(c, attribute, i, type));
    case "alloc_align":
      if (!givesPointer) return ignored(`${onlyPointers} or references`);
      return isIntegerParameter(c, attribute, 0, type);
    case "assume_aligned": {
      if (!givesPointer) return ignored(`${onlyPointers} or references`);
      const bytes = constantOf(c, attribute, 0, `${quoted} attribute requires an integer constant`);
      return bytes !== undefined && checkAlignment(c, bytes, attribute.loc) !== undefined;
    }
    case "warn_unused_result":
      return !isVoid(type.returns) ||
        ignored(`attribute ${quoted} cannot be applied to functions without return value`);
    case "gnu_inline":
      return d.specifiers.inline !== undefined ||
        ignored(`${quoted} attribute requires function to be marked 'inline', attribute ignored`);
    default:
      return true;
  }
}

/** What a parameter's attributes ask of its type. */
export function checkParameterAttributes(c: Checker, attributes: readonly Attribute[], type: CType): void {
  if (isError(type)) return;
  for (const { name, written, arguments: given, loc } of attributes) {
    const points = isPointer(type);
    const wrong = name === "noescape" || (name === "nonnull" && (given?.length ?? 0) === 0)
      ? points ? undefined : "only applies to pointer arguments"
      : name === "nonnull" && !(points && functionOf(pointee(type)) !== undefined)
        ? "when used on parameters takes no arguments" : undefined;
    if (wrong !== undefined) warn(c, "ignored-attributes", loc, `'${written}' attribute ${wrong}`);
  }
}

/** An argument counts a parameter from 1, which must have an integer type. */
function isIntegerParameter(c: Checker, attribute: Attribute, index: number, type: FunctionType): boolean {
  const quoted = `'${attribute.written}'`;
  const number = constantOf(c, attribute, index,
    `${quoted} attribute requires parameter ${index + 1} to be an integer constant`);
  if (number === undefined) return false;
  const parameter = number >= 1n ? type.parameters[Number(number) - 1] : undefined;
  if (parameter === undefined) error(c, attribute.loc, `${quoted} attribute parameter ${index + 1} is out of bounds`);
  else if (!isInteger(parameter.type) && !isError(parameter.type)) {
    const place = attribute.arguments?.[index]?.loc ?? attribute.loc;
    error(c, place, `${quoted} attribute argument may only refer to a function parameter of integer type`);
  } else return true;
  return false;
}

function constantOf(c: Checker, attribute: Attribute, index: number, message: string): bigint | undefined {
  const argument = attribute.arguments?.[index];
  if (argument === undefined) return undefined;
  if (isExpressionArgument(argument)) return checkConstant(c, argument, attribute.loc, message);
  error(c, attribute.loc, message);
  return undefined;
}

/** `used` and `retain` keep a variable that this unit defines. */
export function warnUsedDeclaration(c: Checker, d: Declared): void {
  for (const { name, written, loc } of d.attributes.accepted) {
    if (name !== "used" && name !== "retain") continue;
    warn(c, "ignored-attributes", loc, `'${written}' attribute ignored on a non-definition declaration`);
  }
}

/** What is put in one section must be of one sort: code, constants, or what can be written. The first decides. */
export function checkSection(c: Checker, entity: FunctionDecl | Variable, loc: Loc): void {
  const { section } = entity.attributes;
  if (section === undefined || c.given.get(entity)?.has("section") !== true) return;
  const sort = entity.kind === "function" ? "code" : isConstant(entity.type) ? "constants" : "data";
  const first = c.sections.get(section);
  if (first === undefined) c.sections.set(section, { sort, name: entity.name, loc });
  else if (first.sort !== sort && first.name !== entity.name) {
    error(c, loc, `'${entity.name}' causes a section type conflict with '${first.name}'`,
      [{ place: first.loc, message: "declared here" }]);
  }
}

function isConstant(type: CType): boolean {
  return isArray(type) ? isConstant(elementOf(type)) : isConst(type);
}

/** -Wgcc-compat: GCC takes no attributes between a function's declarator and its body. */
export function warnPositions(c: Checker, d: Declared): void {
  for (const { syntax, name, written, loc } of d.declarator.attributes) {
    if (syntax !== "gnu" || loc < d.loc || !gnuAttributes.has(name)) continue;
    c.diagnostics.warningByDefault("gcc-compat", loc,
      `GCC does not allow '${written}' attribute in this position on a function definition`);
  }
}

/** Attributes before `struct`, `union` or `enum` are of what is declared, and here nothing is. */
export function checkMisplaced(c: Checker, attributes: readonly Attribute[], word: string, tag: Loc): void {
  if (attributes.some(({ syntax }) => syntax === "bracket")) {
    error(c, tag, "misplaced attributes; expected attributes here");
  }
  for (const { syntax, written, loc } of attributes) {
    if (syntax !== "gnu") continue;
    warn(c, "ignored-attributes", loc,
      `attribute '${written}' is ignored, place it after "${word}" to apply attribute to type declaration`);
  }
}
