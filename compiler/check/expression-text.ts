/**
 * An expression as text, for messages that quote it: in clang's spacing, numbers in decimal with the suffix of
 * their type. Undefined for what has no short text: a statement expression, a string, a type with a declarator of
 * its own, what is nested deeply.
 */
import type * as Syntax from "../ast/syntax.ts";
import { integerOf } from "../types/basic.ts";
import type { Checker } from "./context.ts";
import { parseNumber } from "./literals.ts";

export function expressionText(c: Checker, e: Syntax.Expression): string | undefined {
  return textOf(c, e, deepest);
}

/** Deeper expressions have no short text. */
const deepest = 64;

function textOf(c: Checker, e: Syntax.Expression, depth: number): string | undefined {
  if (depth === 0) return undefined;
  const text = (part: Syntax.Expression): string | undefined => textOf(c, part, depth - 1);
  switch (e.kind) {
    case "identifier":
      return e.name;
    case "number":
      return numberText(c, e);
    case "character":
      return /^'[ -&(-[\]-~]'$/.test(e.text) ? e.text : undefined;
    case "paren":
      return around("(", text(e.inner), ")");
    case "member":
      return around("", text(e.base), `${e.arrow ? "->" : "."}${e.name}`);
    case "subscript":
      return joined(text(e.base), "[", around("", text(e.index), "]"));
    case "call": {
      const given = e.arguments.map((argument) => text(argument));
      if (given.some((text) => text === undefined)) return undefined;
      return around("", text(e.callee), `(${given.join(", ")})`);
    }
    case "unary": {
      const isWord = e.operator.startsWith("_");
      const isDoubled = (e.operator === "-" || e.operator === "+") && e.operand.kind === "unary";
      return around(isWord || isDoubled ? `${e.operator} ` : e.operator, text(e.operand), "");
    }
    case "update":
      return e.prefix ? around(e.operator, text(e.operand), "")
        : around("", text(e.operand), e.operator);
    case "cast":
      return joined(around("(", typeText(e.type), ")"), "", text(e.operand));
    case "size": {
      if (e.operator !== "sizeof") return undefined;
      return e.operand.kind === "typeName" ? around("sizeof(", typeText(e.operand), ")")
        : around("sizeof ", text(e.operand), "");
    }
    case "binary":
      return joined(text(e.left), e.operator === "," ? ", " : ` ${e.operator} `, text(e.right));
    case "assign":
      return joined(text(e.left), ` ${e.operator} `, text(e.right));
    case "conditional": {
      if (e.then === undefined) return joined(text(e.condition), " ?: ", text(e.else));
      const arms = joined(text(e.then), " : ", text(e.else));
      return joined(text(e.condition), " ? ", arms);
    }
    default:
      return undefined;
  }
}

function around(before: string, text: string | undefined, after: string): string | undefined {
  return text === undefined ? undefined : before + text + after;
}

function joined(left: string | undefined, between: string, right: string | undefined): string | undefined {
  return left === undefined || right === undefined ? undefined : left + between + right;
}

const suffixes: Readonly<Record<string, string>> = {
  "int": "", "unsigned int": "U", "long": "L", "unsigned long": "UL", "long long": "LL", "unsigned long long": "ULL",
};

function numberText(c: Checker, literal: Syntax.NumberLiteral): string | undefined {
  const number = parseNumber(c, literal);
  if (number?.kind !== "integer") return undefined;
  const suffix = suffixes[integerOf(number.type)?.name ?? ""];
  return suffix === undefined ? undefined : `${number.value}${suffix}`;
}

/** One word, a typedef's name or a tag, and the pointers to it. */
function typeText({ specifiers, declarator }: Syntax.TypeName): string | undefined {
  const { type, qualifiers } = specifiers;
  const isPlain = declarator.layers.every((layer) => layer.kind === "pointer" && layer.qualifiers.length === 0);
  if (qualifiers.length > 0 || !isPlain) return undefined;
  const base = type.kind === "typedefName" ? type.name
    : type.kind === "builtin" && type.words.length === 1 ? type.words[0]?.word
    : type.kind === "record" && type.body === undefined ? around(type.isUnion ? "union " : "struct ", type.tag, "")
    : type.kind === "enum" && type.enumerators === undefined ? around("enum ", type.tag, "") : undefined;
  if (base === "signed" || base === "unsigned") return undefined;
  const stars = "*".repeat(declarator.layers.length);
  return around("", base, stars === "" ? "" : ` ${stars}`);
}
