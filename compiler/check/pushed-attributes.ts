/**
 * `#pragma clang attribute`: what may be pushed with which subjects, and which declarations get it.
 */
import type { Attribute, AttributeSubject, Pragma } from "../ast/syntax.ts";
import type { Loc } from "../source/source-map.ts";
import { attributeTable, type PlaceKind, subjects, unpushable } from "./attribute-table.ts";
import { type Checker, error, warn } from "./context.ts";

/** The kinds of things that a rule of `apply_to` covers; no kind for those of other languages. */
const rules: ReadonlyMap<string, readonly PlaceKind[]> = new Map<string, readonly PlaceKind[]>([
  ["function", ["function"]], ["record", ["struct", "union"]], ["record(unless(is_union))", ["struct"]],
  ["enum", ["enum"]], ["enum_constant", ["enumerator"]], ["field", ["field"]], ["type_alias", ["typedef"]],
  ["hasType(functionType)", []], ["variable", ["global", "local", "parameter"]], ["variable(is_global)", ["global"]],
  ["variable(is_local)", ["local"]],
  ["variable(is_parameter)", ["parameter"]], ["variable(unless(is_parameter))", ["global", "local"]],
  ["variable(is_thread_local)", []], ["block", []], ["namespace", []], ["function(is_member)", []],
  ["objc_category", []], ["objc_implementation", []], ["objc_interface", []], ["objc_method", []],
  ["objc_method(is_instance)", []], ["objc_property", []], ["objc_protocol", []],
]);

type Entries = Extract<Pragma, { kind: "attributePush" | "attributeAdd" }>;

/** What a push or an addition holds; undefined when the pragma is in error and means nothing. */
export function pushedEntries(c: Checker, pragma: Entries, loc: Loc): Checker["pushed"][number]["entries"] | undefined {
  const { attributes } = pragma;
  if (attributes.length === 0) return [];
  const wrong = attributes.find(({ name }) => unpushable.has(name) || !attributeTable.has(name));
  if (wrong !== undefined) {
    error(c, loc, `attribute '${wrong.written}' is not supported by '#pragma clang attribute'`);
    return undefined;
  }
  const strange = pragma.subjects.find((subject) => !rules.has(nameOf(subject)));
  if (strange !== undefined) {
    error(c, strange.loc, subjectRules.has(strange.rule)
      ? `invalid use of attribute subject matcher sub-rule '${strange.argument ?? ""}'`
      : `unknown attribute subject rule '${strange.rule}'`);
    return undefined;
  }
  for (const attribute of attributes) {
    const unfit = pragma.subjects.map(nameOf).filter((name) => !covers(attribute, name)).map((name) => `'${name}'`);
    if (unfit.length === 0) continue;
    const list = unfit.length === 1 ? unfit[0] : `${unfit.slice(0, -1).join(", ")}, and ${unfit.at(-1)}`;
    error(c, loc, `attribute '${attribute.written}' can't be applied to ${list}`);
    return [];
  }
  return [{ attributes, subjects: pragma.subjects, used: false }];
}

const subjectRules: ReadonlySet<string> = new Set([...rules.keys()].map((rule) => rule.replace(/\(.*/, "")));

function nameOf({ rule, argument, negated }: AttributeSubject): string {
  return argument === undefined ? rule : `${rule}(${negated ? `unless(${argument})` : argument})`;
}

/** May the attribute stand on all that the rule covers? */
function covers(attribute: Attribute, rule: string): boolean {
  const to = attributeTable.get(attribute.name)?.to;
  const found = to === undefined ? undefined : subjects.get(to);
  if (to === undefined || found === undefined) return true;
  const kinds = rules.get(rule) ?? [];
  if (rule === "hasType(functionType)") return found.functionLike === true;
  return kinds.length > 0 && kinds.every((kind) => found.kinds.includes(kind) ||
    (to.includes("classes") && (kind === "struct" || kind === "union")));
}

/** Warns of what a push held for nothing. Members of records that wait to be needed have not been seen. */
export function warnUnusedPush(c: Checker, push: Checker["pushed"][number]): void {
  for (const { attributes, subjects: wanted, used } of push.entries) {
    if (used || wanted.some(({ rule }) => rule === "field")) continue;
    for (const { written, loc } of attributes) {
      warn(c, "pragma-clang-attribute", loc, `unused attribute '${written}' in '#pragma clang attribute push' region`);
    }
  }
}

/** The attributes that `#pragma clang attribute push` puts on a declaration of this kind. */
export function pushedAttributes(
  c: Checker,
  kind: "record" | "union" | "function" | "variable" | "global" | "parameter" | "enum" | "field" | "typedef",
): readonly Attribute[] {
  if (c.pushed.length === 0) return [];
  const found: Attribute[] = [];
  for (const push of c.pushed) {
    for (const entry of push.entries) {
      const applies = entry.subjects.some((subject) => {
        const inner = subject.argument;
        switch (subject.rule) {
          case "record":
            if (kind !== "record" && kind !== "union") return false;
            return inner === undefined || (inner === "is_union") === (kind === "union") !== subject.negated;
          case "function":
            return kind === "function";
          case "variable":
            if (kind === "parameter") return inner === undefined || inner === "is_parameter";
            if (kind === "variable") return inner === undefined || (inner === "is_parameter" && subject.negated);
            return kind === "global" && (inner === undefined || inner === "is_global" || subject.negated);
          case "enum":
            return kind === "enum";
          case "field":
            return kind === "field";
          case "type_alias":
            return kind === "typedef";
          default:
            return false;
        }
      });
      if (!applies) continue;
      entry.used = true;
      found.push(...entry.attributes);
    }
  }
  return found;
}
