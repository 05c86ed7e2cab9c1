/**
 * Deep and long programs: what nests without end is refused with its place, what is only long is parsed.
 *
 * run: npx vitest run test/unit/parse-limits.test.ts
 */
import { describe, expect, test } from "vitest";
import { printSyntax } from "../../compiler/ast/print-syntax.ts";
import { describeDiagnostics, parseText } from "../harness/parse-text.ts";

const many = 100_000;
const numbered = (text: (i: number) => string): string => Array.from({ length: many }, (_, i) => text(i)).join(" ");

const deep: Readonly<Record<string, string>> = {
  parentheses: `int x = ${"(".repeat(many)}1${")".repeat(many)};`,
  "open parentheses": `int x = ${"(".repeat(many)}`,
  braces: `void f(void) ${"{".repeat(many)}${"}".repeat(many)}`,
  brackets: `int x = a${"[a".repeat(many)}${"]".repeat(many)};`,
  "initialiser braces": `int x[] = ${"{".repeat(many)}1${"}".repeat(many)};`,
  pointers: `int ${"*".repeat(many)}p;`,
  "declarator groups": `int ${"(".repeat(many)}p${")".repeat(many)};`,
  arrays: `int a${"[1]".repeat(many)};`,
  parameters: `int f(${"int (*)(".repeat(many)}int${")".repeat(many)});`,
  "prefix operators": `int x = ${"! ~".repeat(many)}1;`,
  casts: `int x = ${"(int)".repeat(many)}1;`,
  "sizeof of sizeof": `int x = ${"sizeof ".repeat(many)}1;`,
  "if in if": `void f(void) { ${"if (1) ".repeat(many)} ; }`,
  "do in do": `void f(void) { ${"do ".repeat(many)} ; }`,
  "loops in else": `void f(void) { if (1) ; ${"else while (1) if (0) ;".repeat(many)} }`,
  conditionals: `int x = ${"a ? b : ".repeat(many)} c;`,
  "conditionals in the middle": `int x = ${"a ? ".repeat(many)}c${" : b".repeat(many)};`,
  assignments: `void f(void) { ${"a = ".repeat(many)} c; }`,
  structs: `${"struct { ".repeat(many)}int x; ${"} y;".repeat(many)}`,
  typeof: `${"typeof(".repeat(many)}int${")".repeat(many)} y;`,
  calls: `void f(void) { g${"()".repeat(many)}; }`,
  members: `void f(void) { g${".a".repeat(many)}; }`,
  "statement expressions": `void f(void) { ${"({ ".repeat(many)}1; ${"}); ".repeat(many)} }`,
  generic: `int x = ${"_Generic(1, int: ".repeat(many)}1${")".repeat(many)};`,
};

const long: Readonly<Record<string, string>> = {
  sum: `int x = ${"1 + ".repeat(many)}1;`,
  "mixed operators": `int x = ${"1 || 2 && 3 | 4 ^ 5 & 6 == 7 < 8 << 9 + 1 * ".repeat(many / 10)}1;`,
  commas: `void f(void) { ${"x, ".repeat(many)}1; }`,
  statements: `void f(void) { ${"x = 1; ".repeat(many)} }`,
  "else if": `void f(void) { if (1) ; ${"else if (1) ; ".repeat(many)} }`,
  cases: `void f(void) { switch (1) { ${numbered((i) => `case ${i}:`)} ; } }`,
  labels: `void f(void) { ${numbered((i) => `l${i}:`)} ; }`,
  declarations: "int x;\n".repeat(many),
  declarators: `int ${"x, ".repeat(many)}y;`,
  elements: `int x[] = { ${"1, ".repeat(many)} };`,
  fields: `struct s { ${"int x; ".repeat(many)} };`,
  enumerators: `enum e { ${numbered((i) => `e${i},`)} };`,
  strings: `char *s = ${"\"a\" ".repeat(many)};`,
  arguments: `void f(void) { g(${"a, ".repeat(many)}1); }`,
  qualifiers: `${"const ".repeat(many)}int x;`,
  "type words": `${"int ".repeat(many)}x;`,
  attributes: `int x ${"__attribute__((unused)) ".repeat(many / 10)};`,
  extension: `${"__extension__ ".repeat(many)}int x;`,
};

/** Nearly as deep as is allowed, with the rules that take most stack. */
const allowed: Readonly<Record<string, string>> = {
  parentheses: `int x = ${"(".repeat(250)}1${")".repeat(250)};`,
  structs: `${"struct { ".repeat(250)}int x; ${"} y;".repeat(250)}`,
  blocks: `void f(void) { ${"{ if (1) ".repeat(200)};${" }".repeat(200)} }`,
  operands: `void f(void) { x = ${"(a + - ".repeat(120)}1${")".repeat(120)}; }`,
  "statement expressions": `void f(void) { ${"x = ({ if (1) ".repeat(100)}1${"; }); ".repeat(100)} }`,
};

describe("refused with a place", () => {
  test.each(Object.entries(deep))("%s", (_, text) => {
    const parsed = parseText(text);
    const [first] = parsed.diagnostics.all;
    expect(first?.severity).toBe("fatal");
    expect(first?.message).toMatch(/nested too deeply|bracket nesting level exceeded maximum of 256/);
    expect(describeDiagnostics(parsed)[0]).toMatch(/^1:\d+: /);
  });
});

describe("parsed and printed", () => {
  test.each(Object.entries({ ...long, ...allowed }))("%s", (_, text) => {
    const parsed = parseText(text);
    expect(describeDiagnostics(parsed)).toEqual([]);
    expect(printSyntax(parsed.unit).length).toBeGreaterThan(0);
  });
});
