/**
 * What a call must heed besides types: attributes `format`, `format_arg`, `nonnull` and `sentinel`, on functions and on what
 * points to functions.
 */
import type { FunctionDecl, Variable } from "../ast/program.ts";
import type { Attribute, AttributeArgument, Expression as SyntaxExpression, FunctionLayer } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { functionOf, isCharacter, isPointer, pointee } from "../types/basic.ts";
import type { CType, FunctionType } from "../types/ctype.ts";
import { type Checker, error, warn } from "./context.ts";
import { checkConstant } from "./expressions.ts";
import type { FormatFamily } from "./format.ts";

/** Parameters are counted from 0. */
export interface FormatRule {
  readonly family: FormatFamily | "other";
  readonly format: number;
  /** Where the arguments begin; undefined when they are in a va_list. */
  readonly first: number | undefined;
}

export interface CallRules {
  readonly formats: FormatRule[];
  /** `format_arg`: parameters that come back as formats. */
  readonly formatArguments: number[];
  /** Parameters that must not be null. */
  readonly nonnull: Set<number>;
  /** All pointers must not be null, also those behind the parameters. */
  nonnullAll: boolean;
  /** `sentinel`: how many arguments follow the null pointer, and whether it may be the last parameter. */
  sentinel: { readonly behind: number; readonly inParameters: number; readonly loc: Loc } | undefined;
}

export function noRules(): CallRules {
  return { formats: [], formatArguments: [], nonnull: new Set(), nonnullAll: false, sentinel: undefined };
}

/** What an entity's attributes say of calls through it, added to what was said before. */
export function addCallRules(
  c: Checker, entity: FunctionDecl | Variable | Loc, attributes: readonly Attribute[], type: CType, loc: Loc,
): void {
  if (attributes.length === 0) return;
  const rules = c.callRules.get(entity) ?? noRules();
  c.callRules.set(entity, rules);
  const called = functionOf(isPointer(type) ? pointee(type) : type);
  for (const attribute of attributes) {
    switch (attribute.name) {
      case "format":
        addFormat(c, rules, attribute, called, loc);
        break;
      case "format_arg":
        addFormatArgument(c, rules, attribute, called);
        break;
      case "nonnull":
        addNonnull(c, rules, attribute, called);
        break;
      default:
        addSentinel(c, rules, attribute, called, loc);
    }
  }
}

/** `nonnull` on a parameter itself. */
export function addParameterRules(c: Checker, decl: FunctionDecl, layer: FunctionLayer): void {
  for (const [i, { specifiers, declarator }] of layer.parameters.entries()) {
    const lists = [...specifiers.attributes, ...declarator.attributes];
    if (!lists.some(({ name, arguments: given }) => name === "nonnull" && (given?.length ?? 0) === 0)) continue;
    const rules = c.callRules.get(decl) ?? noRules();
    rules.nonnull.add(i);
    c.callRules.set(decl, rules);
  }
}

function isExpression(argument: AttributeArgument): argument is SyntaxExpression {
  return argument.kind !== "typeName" && argument.kind !== "tokens";
}

/** An argument that is an integer constant. */
function numberOf(c: Checker, attribute: Attribute, index: number): number | undefined {
  const argument = attribute.arguments?.[index];
  const message = `'${attribute.name}' attribute requires parameter ${index + 1} to be an integer constant`;
  if (argument !== undefined && isExpression(argument)) {
    const value = checkConstant(c, argument, attribute.loc, message);
    return value === undefined ? undefined : Number(value);
  }
  error(c, attribute.loc, message);
  return undefined;
}

/** The index of the parameter that an argument of the attribute counts from 1. */
function parameterOf(c: Checker, attribute: Attribute, index: number, type: FunctionType): number | undefined {
  const number = numberOf(c, attribute, index);
  if (number === undefined) return undefined;
  if (number >= 1 && (number <= type.parameters.length || (type.variadic && attribute.name === "nonnull"))) return number - 1;
  error(c, attribute.loc, `'${attribute.name}' attribute parameter ${index + 1} is out of bounds`);
  return undefined;
}

function isText(type: CType | undefined): boolean {
  return type !== undefined && isPointer(type) && isCharacter(pointee(type));
}

function needsPrototype(c: Checker, attribute: Attribute): void {
  warn(c, "ignored-attributes", attribute.loc,
    `'${attribute.name}' attribute only applies to Objective-C methods, blocks, and non-K&R-style functions`);
}

/** The names of formats: what is printf's, scanf's, and what nobody looks into. */
const families: ReadonlyMap<string, FormatRule["family"]> = new Map<string, FormatRule["family"]>([
  ["printf", "printf"], ["printf0", "printf"], ["scanf", "scanf"],
  ...["strftime", "strfmon", "kprintf", "freebsd_kprintf", "cmn_err", "vcmn_err", "zcmn_err", "os_log", "os_trace", "gcc_diag",
    "gcc_cdiag", "gcc_cxxdiag", "gcc_tdiag"].map((name) => [name, "other"] as const),
]);

function addFormat(c: Checker, rules: CallRules, attribute: Attribute, type: FunctionType | undefined, loc: Loc): void {
  if (type === undefined || !type.prototyped) {
    needsPrototype(c, attribute);
    return;
  }
  if (attribute.arguments?.length !== 3) {
    error(c, attribute.loc, "'format' attribute requires exactly 3 arguments");
    return;
  }
  const word = attribute.arguments[0];
  if (word?.kind !== "identifier") {
    error(c, attribute.loc, "'format' attribute requires parameter 1 to be an identifier");
    return;
  }
  const name = word.name.replace(/^__(.*)__$/, "$1");
  const family = families.get(name);
  if (family === undefined) {
    warn(c, "ignored-attributes", attribute.loc, `'format' attribute argument not supported: ${word.name}`);
    return;
  }
  const format = parameterOf(c, attribute, 1, type);
  if (format === undefined) return;
  if (!isText(type.parameters[format]?.type)) {
    error(c, attribute.loc, "format argument not a string type");
    return;
  }
  const first = numberOf(c, attribute, 2);
  if (first === undefined) return;
  if (first !== 0 && name === "strftime") {
    error(c, attribute.loc, "strftime format attribute requires 3rd parameter to be 0");
    return;
  }
  if (first !== 0 && !type.variadic) {
    c.diagnostics.warningByDefault("gcc-compat", loc, "GCC requires a function with the 'format' attribute to be variadic");
  }
  if (first !== 0 && (type.variadic ? first !== type.parameters.length + 1 : first <= format + 1)) {
    error(c, attribute.loc, "'format' attribute parameter 3 is out of bounds");
    return;
  }
  const rule: FormatRule = { family, format, first: first === 0 ? undefined : first - 1 };
  const isSame = (other: FormatRule): boolean =>
    other.family === family && other.format === format && other.first === rule.first;
  if (!rules.formats.some(isSame)) rules.formats.push(rule);
}

function addFormatArgument(c: Checker, rules: CallRules, attribute: Attribute, type: FunctionType | undefined): void {
  if (type === undefined || !type.prototyped) {
    needsPrototype(c, attribute);
    return;
  }
  const parameter = parameterOf(c, attribute, 0, type);
  if (parameter === undefined) return;
  if (!isText(type.parameters[parameter]?.type)) error(c, attribute.loc, "format argument not a string type");
  else if (!isText(type.returns)) error(c, attribute.loc, "function does not return string type");
  else if (!rules.formatArguments.includes(parameter)) rules.formatArguments.push(parameter);
}

function addNonnull(c: Checker, rules: CallRules, attribute: Attribute, type: FunctionType | undefined): void {
  if (type === undefined) return;
  if ((attribute.arguments?.length ?? 0) === 0) {
    const some = type.parameters.some((parameter) => isPointer(parameter.type));
    if (some || type.variadic || !type.prototyped) rules.nonnullAll = true;
    else {
      warn(c, "ignored-attributes", attribute.loc, "'nonnull' attribute applied to function with no pointer arguments");
    }
    return;
  }
  for (const i of (attribute.arguments ?? []).keys()) {
    const parameter = type.prototyped ? parameterOf(c, attribute, i, type) : undefined;
    if (parameter === undefined) continue;
    const wanted = type.parameters[parameter]?.type;
    if (wanted === undefined || isPointer(wanted)) rules.nonnull.add(parameter);
    else warn(c, "ignored-attributes", attribute.loc, "'nonnull' attribute only applies to pointer arguments");
  }
}

function addSentinel(c: Checker, rules: CallRules, attribute: Attribute, type: FunctionType | undefined, loc: Loc): void {
  const given = attribute.arguments?.length ?? 0;
  if (given > 2) {
    error(c, attribute.loc, "'sentinel' attribute takes no more than 2 arguments");
    return;
  }
  const behind = given > 0 ? numberOf(c, attribute, 0) : 0;
  const inParameters = given > 1 ? numberOf(c, attribute, 1) : 0;
  if (behind === undefined || inParameters === undefined) return;
  if (behind < 0) error(c, attribute.loc, "'sentinel' parameter 1 less than zero");
  else if (inParameters !== 0 && inParameters !== 1) error(c, attribute.loc, "'sentinel' parameter 2 not 0 or 1");
  else if (type === undefined) {
    warn(c, "ignored-attributes", attribute.loc, "'sentinel' attribute only applies to functions, methods, and blocks");
  } else if (!type.prototyped) {
    warn(c, "ignored-attributes", attribute.loc, "'sentinel' attribute requires named arguments");
  } else if (!type.variadic) {
    warn(c, "ignored-attributes", attribute.loc, "'sentinel' attribute only supported for variadic functions");
  } else rules.sentinel = { behind, inParameters, loc };
}
