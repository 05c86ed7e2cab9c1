/**
 * Says whether an attribute can be read: is it known in its spelling, may it stand where it stands, does it fit its
 * arguments and those before it? The answers are in attribute-table.ts; what does not fit is warned of or refused
 * here, as clang does, and then dropped.
 */
import type { Attribute, AttributeArgument, Expression as SyntaxExpression, Statement } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { functionOf, isError, isPointer, pointee, recordOf, voidType } from "../types/basic.ts";
import type { CType } from "../types/ctype.ts";
import { quoteType } from "../types/print.ts";
import {
  type ArgumentRule, attributeTable, type AttributeRow, bracketOnly, callingConventions, exclusions, gnuAndClang, gnuAttributes,
  ignoredAttributes,
  ignoredOn, keywordOnly, type PlaceKind, standardAttributes, statementAttributes, subjects,
} from "./attribute-table.ts";
import { type Checker, error, warn } from "./context.ts";

/** What attributes stand on. */
export interface Place {
  readonly kind: PlaceKind;
  readonly type?: CType;
  readonly inline?: boolean;
}

/** By name, those that were read before. */
export type Given = Map<string, Attribute>;

/** Warns and answers false when clang does not know the attribute in this spelling. */
export function isKnown(c: Checker, attribute: Attribute): boolean {
  if (isSpelt(attribute)) return true;
  warn(c, "unknown-attributes", attribute.loc, `unknown attribute '${attribute.written}' ignored`);
  return false;
}

function isSpelt({ name, syntax, scope }: Attribute): boolean {
  const known = attributeTable.has(name) || statementAttributes.has(name) || ignoredAttributes.has(name);
  if (syntax === "gnu") return known && !bracketOnly.has(name);
  switch (scope) {
    case undefined:
      return standardAttributes.has(name);
    case "gnu":
      return gnuAttributes.has(name);
    case "clang":
      return name === "likely" || name === "unlikely" || gnuAndClang.has(name) ||
        (known && !gnuAttributes.has(name) && !keywordOnly.has(name) && !standardAttributes.has(name));
    default:
      return scope === "bpf" && known;
  }
}

/** May a known attribute stand there, with its arguments, beside the others? If not, that has been said. */
export function isFit(c: Checker, attribute: Attribute, place: Place, given: Given): boolean {
  const { name, loc } = attribute;
  const quoted = `'${attribute.written}'`;
  const ignored = (message: string): false => {
    warn(c, "ignored-attributes", loc, message);
    return false;
  };
  const why = ignoredAttributes.get(name);
  if (why !== undefined) return ignored(`${quoted} attribute ${why}`);
  if (statementAttributes.has(name) || name === "likely" || name === "unlikely") {
    error(c, loc, `${quoted} attribute cannot be applied to a declaration`);
    return false;
  }
  const row = attributeTable.get(name);
  if (row !== undefined && !hasText(c, attribute, row.arguments)) return false;
  const returns = name === "noreturn" || name === "_Noreturn";
  if (callingConventions.has(name) || returns) {
    const { type } = place;
    if (type === undefined) return ignored(`${quoted} attribute only applies to functions and methods`);
    if (isError(type) || !hasArguments(c, attribute, row?.arguments ?? "none")) return false;
    if (calledType(type) === undefined) {
      return ignored(`${quoted} only applies to function types; type here is ${quoteType(type)}`);
    }
    if (!returns) return ignored(`${quoted} calling convention is not supported for this target`);
  }
  if (row === undefined) return true;
  if (ignoredOn.get(name)?.includes(place.kind) === true) {
    return hasArguments(c, attribute, row.arguments) && ignored(`${quoted} attribute ignored`);
  }
  if (!standsRight(c, attribute, row, place)) return false;
  return !excludedBy(c, attribute, given) && hasArguments(c, attribute, row.arguments);
}

/** Does one of the attributes before exclude this one? Then that is an error. */
export function excludedBy(c: Checker, attribute: Attribute, given: Given): boolean {
  for (const [a, b] of exclusions) {
    const other = a === attribute.name ? b : b === attribute.name ? a : undefined;
    const before = other === undefined ? undefined : given.get(other);
    if (before === undefined) continue;
    error(c, attribute.loc, `'${attribute.written}' and '${before.name}' attributes are not compatible`,
      [{ place: before.loc, message: "conflicting attribute is here" }]);
    return true;
  }
  return false;
}

function calledType(type: CType): ReturnType<typeof functionOf> {
  return functionOf(isPointer(type) ? pointee(type) : type);
}

function standsRight(c: Checker, attribute: Attribute, row: AttributeRow, place: Place): boolean {
  const to = row.to === undefined ? undefined : subjects.get(row.to);
  if (to === undefined || (place.type !== undefined && isError(place.type))) return true;
  const called = place.type === undefined ? undefined : calledType(place.type);
  // A typedef of a union stands for the union.
  const union = place.kind === "typedef" && row.to === "unions" && recordOf(place.type ?? voidType)?.isUnion === true;
  const kind = union ? "union" : place.kind;
  const fits = to.kinds.includes(kind) || (to.functionLike === true && called !== undefined);
  const only = to.only === "prototyped" ? called?.prototyped === true : to.only !== "inline" || place.inline === true;
  if (fits && only) return true;
  const message = `'${attribute.written}' attribute only applies to ${row.to ?? ""}`;
  if (row.wrong === "error") error(c, attribute.loc, message);
  else warn(c, "ignored-attributes", attribute.loc, message);
  return false;
}

/** A string literal may stand in parentheses, as it does where a macro puts them. */
export function withoutParentheses(argument: AttributeArgument | undefined): AttributeArgument | undefined {
  let inner = argument;
  while (inner?.kind === "paren") inner = inner.inner;
  return inner;
}

/** Are the arguments strings where strings are asked for? */
function hasText(c: Checker, attribute: Attribute, rule: ArgumentRule): boolean {
  if (rule !== "text" && rule !== "texts" && rule !== "message") return true;
  const other = attribute.arguments?.find((argument) => withoutParentheses(argument)?.kind !== "string");
  if (other === undefined) return true;
  error(c, other.loc, `expected string literal as argument of '${attribute.written}' attribute`);
  return false;
}

function hasArguments(c: Checker, attribute: Attribute, rule: ArgumentRule): boolean {
  const [least, most] = countOf(rule);
  const given = attribute.arguments?.length ?? 0;
  if (given >= least && given <= most) return true;
  const plural = (count: number): string => `${count} argument${count === 1 ? "" : "s"}`;
  const wanted = least === most
    ? least === 0 ? "takes no arguments" : least === 1 ? "takes one argument" : `requires exactly ${plural(least)}`
    : given < least ? `takes at least ${plural(least)}` : `takes no more than ${plural(most)}`;
  error(c, attribute.loc, `'${attribute.written}' attribute ${wanted}`);
  return false;
}

function countOf(rule: ArgumentRule): readonly [number, number] {
  switch (rule) {
    case "none": return [0, 0];
    case "one": case "text": case "integer": return [1, 1];
    case "texts": return [1, Infinity];
    case "message": return [0, 2];
    case "anything": return [0, Infinity];
    default: return [rule.least, rule.most];
  }
}

export function isExpressionArgument(argument: AttributeArgument): argument is SyntaxExpression {
  return argument.kind !== "typeName" && argument.kind !== "tokens";
}

/** The attributes before a statement; answers where a `fallthrough` among them stands. */
export function checkStatementAttributes(
  c: Checker, attributes: readonly Attribute[], body: Statement,
): Loc | undefined {
  let fallthrough: Loc | undefined;
  for (const attribute of attributes) {
    const { name, loc } = attribute;
    const quoted = `'${attribute.written}'`;
    if (!isKnown(c, attribute)) continue;
    const only = statementAttributes.get(name);
    if (only !== undefined) {
      if (!isStatement(body, only)) error(c, loc, `${quoted} attribute only applies to ${only}`);
      else if (name === "fallthrough") {
        fallthrough = loc;
        if (c.function?.switches.length === 0) error(c, loc, "fallthrough annotation is outside switch statement");
      }
    } else if (ignoredAttributes.has(name)) {
      warn(c, "ignored-attributes", loc, `${quoted} attribute ${ignoredAttributes.get(name) ?? ""}`);
    } else if (name === "always_inline" || name === "noinline") {
      if (attribute.scope === "clang") continue;
      const instead = `use '[[clang::${name}]]' on statements`;
      warn(c, "ignored-attributes", body.loc,
        `attribute is ignored on this statement as it only applies to functions; ${instead}`);
    } else if (!onStatements.has(name)) {
      error(c, loc, `${quoted} attribute cannot be applied to a statement`);
    }
  }
  return fallthrough;
}

const onStatements: ReadonlySet<string> = new Set(["nomerge", "suppress", "likely", "unlikely"]);

function isStatement(body: Statement, what: string): boolean {
  switch (what) {
    case "empty statements":
      return body.kind === "emptyStatement";
    case "return statements":
      return body.kind === "return";
    default:
      return body.kind === "for" || body.kind === "while" || body.kind === "do";
  }
}

/** `[[...]];` outside of a statement. Of the GNU notation clang says nothing there. */
export function checkEmptyAttributes(c: Checker, attributes: readonly Attribute[]): void {
  for (const attribute of attributes) if (attribute.syntax === "bracket") isKnown(c, attribute);
}
