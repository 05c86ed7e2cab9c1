/**
 * Syntax errors: what is said, where, and that one mistake gives one error. The lines are those where clang reports.
 *
 * run: npx vitest run test/unit/parse-errors.test.ts
 */
import { describe, expect, test } from "vitest";
import { describeDiagnostics, parseText } from "../harness/parse-text.ts";

function errors(text: string): string[] {
  return describeDiagnostics(parseText(text)).map((line) => line.replace("error: ", ""));
}

/** Source, then what is reported: `line:column: message`. */
const cases: readonly (readonly [source: string, ...reports: string[]])[] = [
  // A missing semicolon is shown behind the token before, and parsing goes on as if it were there.
  ["int x\nint y;", "1:6: expected ';' after top level declarator"],
  ["int f(void)\nint g(void) { return h; }", "1:12: expected ';' after top level declarator"],
  ["int f(void) { int x = 1 int y; return x }", "1:24: expected ';' at end of declaration", "1:40: expected ';' after return statement"],
  ["struct s { int a; }\nint x;", "1:20: expected ';' after struct"],
  ["struct s { int a; } int x; int 5;", "1:20: expected ';' after struct", "1:32: expected identifier or '('"],
  ["enum e { A }\nstruct s { int x; };", "1:13: expected ';' after enum"],
  ["struct s { int a int b; };", "1:17: expected ';' at end of declaration list"],
  ["struct s { int a\n int b\n }; s;", "1:17: expected ';' at end of declaration list", "2:7: warning: expected ';' at end of declaration list"],
  ["void f(void) { do ; while (1) f(); }", "1:30: expected ';' after do/while statement"],
  ["void f(void) { break 3; continue x; goto l m; f() }", "1:21: expected ';' after break statement",
    "1:33: expected ';' after continue statement", "1:43: expected ';' after goto statement", "1:50: expected ';' after expression"],
  ["void f(void) { for (int i = 0; i < 3, i++) { } }", "1:42: expected ';' in 'for' statement specifier"],
  // A missing bracket shows what it would have closed.
  ["int f(void) { return (1 + 2; }", "1:28: expected ')'", "1:22: note: to match this '('"],
  ["void f(void) { g(1, 2; h(3]; }", "1:22: expected ')'", "1:17: note: to match this '('", "1:27: expected ')'", "1:25: note: to match this '('"],
  ["int a[3; int b;", "1:8: expected ']'", "1:6: note: to match this '['"],
  ["int a[] = { 1, 2 3 }; int b;", "1:18: expected '}'", "1:11: note: to match this '{'"],
  ["int f(void) {\n  if (x\n    return 1;\n  return 2;\n}\nint g(void) { return 1; }", "3:5: expected ')'", "2:6: note: to match this '('"],
  ["int f(void) {\n  x = foo(1, 2\n  y = 3;\n  z = 4;\n}", "3:3: expected ')'", "2:10: note: to match this '('"],
  ["int f(void { return 1; }\nint g(void) { return 2; }", "1:12: expected ')'", "1:6: note: to match this '('"],
  ["int f(int a b) { return 1; } int g(void) { return 2; }", "1:13: expected ')'", "1:6: note: to match this '('"],
  ["int f(int a, ..., int b);", "1:17: expected ')'", "1:6: note: to match this '('"],
  ["int f(void) { return 1;", "1:24: expected '}'", "1:13: note: to match this '{'"],
  ["}\nint x;", "1:1: extraneous closing brace ('}')"],
  // Unknown types.
  ["u32 x; u32 *y; static u32 z; const u32 w;", "1:1: unknown type name 'u32'", "1:8: unknown type name 'u32'",
    "1:23: unknown type name 'u32'", "1:36: unknown type name 'u32'"],
  ["struct s { u32 a; const u32 *b; }; int f(u32 a, u32);", "1:12: unknown type name 'u32'", "1:25: unknown type name 'u32'",
    "1:42: unknown type name 'u32'", "1:49: unknown type name 'u32'"],
  ["void f(void) { u32 x; u32 *p = 0; int y = (u32)1 + (u32 *)2; }", "1:16: unknown type name 'u32'",
    "1:23: unknown type name 'u32'", "1:44: unknown type name 'u32'", "1:53: unknown type name 'u32'"],
  ["class foo { int x; };", "1:1: unknown type name 'class'", "1:10: expected ';' after top level declarator"],
  ["extern \"C\" { int x; }", "1:8: expected identifier or '('"],
  // Declarations.
  ["int 5;\nint *;\nint x y;", "1:5: expected identifier or '('", "2:6: expected identifier or '('", "3:6: expected ';' after top level declarator"],
  ["struct s int y;", "1:10: cannot combine with previous 'struct s' declaration specifier"],
  ["struct; union;", "1:1: declaration of anonymous struct must be a definition", "1:9: declaration of anonymous union must be a definition"],
  ["enum e { A B, C }; enum f { , }; enum g { D = };", "1:11: missing ',' between enumerators",
    "1:29: expected identifier", "1:47: expected expression"],
  ["int f(void) { int g(void) { return 1; } return 2; }", "1:27: function definition is not allowed here"],
  ["int f(void) { { { x = 1; } return 0; }\nint g(void) { return 1; }", "2:13: function definition is not allowed here",
    "2:26: expected '}'", "1:13: note: to match this '{'"],
  ["__attribute__(packed) int y;", "1:15: expected '(' after '('"],
  ["int x = { 1, , 2 }; int y = { , };", "1:14: expected expression", "1:31: expected expression"],
  ["void f(int a, ...), g(...);", "1:23: ISO C requires a named parameter before '...'"],
  ["while (1) x;", "1:1: expected external declaration"],
  // Statements and expressions.
  ["int f(void) { x = ; y = 1 +; z = (); w = a[]; }", "1:19: expected expression", "1:28: expected expression",
    "1:35: expected expression", "1:44: expected expression"],
  ["void f(void) { else x = 1; }", "1:16: expected expression"],
  ["void f(void) { x; ) y; z; }", "1:19: expected expression"],
  ["void f(void) { switch (x) { case 1 y = 2; case: y = 3; default y = 3; } }", "1:36: expected ':' after '1'",
    "1:47: expected expression", "1:64: expected ':' after 'default'"],
  ["void f(void) { goto; goto 1; }", "1:20: expected identifier after 'goto'", "1:27: expected identifier after 'goto'"],
  ["typedef int T; void f(void) { T + 1; x = T; return sizeof T; }", "1:33: expected identifier or '('",
    "1:42: unexpected type name 'T': expected expression", "1:59: expected expression"],
  ["void f(void) { x->; x..y; x ? y; x ? : ; }", "1:19: expected identifier after '->'", "1:23: expected identifier after '.'",
    "1:32: expected ':'", "1:40: expected expression"],
  ["void f(void) { asm(\"x\" : \"=r\" x); asm(1); }", "1:31: expected '(' after '\"=r\"'", "1:39: expected string literal in 'asm'"],
  ["void f(void) { __builtin_offsetof(struct s); _Generic(1); _Generic(1, 2: 3); }", "1:43: expected ',' after 's'",
    "1:56: expected ','", "1:71: expected a type"],
  ["void f(void) { if (x) l: int q; }", "1:26: expected expression"],
  ["void f(void) { @ x; x = #; }", "1:16: expected expression", "1:25: expected expression"],
  // Pragmas.
  ["void f(void) {\n#pragma unroll\n  x = 1;\n  y = 2; }", "2:9: expected a for, while, or do-while loop to follow the loop pragma"],
  ["void f(void) {\n#pragma clang loop fly(3)\n  for (;;) ; }", "2:20: invalid option 'fly' in '#pragma clang loop'"],
  ["#pragma clang attribute push(__attribute__((unused)))\nint x;", "1:53: expected ', apply_to = any(...)' with subject rules in '#pragma clang attribute'"],
];

describe("one mistake, one error", () => {
  test.each(cases.map(([source, ...reports]) => ({ source, reports })))("$source", ({ source, reports }) => {
    expect(errors(source)).toEqual(reports);
  });
});

test("what follows an error is parsed", () => {
  const { unit } = parseText("int a; int ]; typedef int T; struct s { int 5; T x; }; T b; void f(void) { 5 5; T c; }\nint d;");
  expect(unit.declarations.map((d) => d.kind)).toEqual([
    "declaration", "broken", "declaration", "declaration", "declaration", "functionDefinition", "declaration",
  ]);
});

test("any beginning of a program gives errors, no exception", () => {
  const program = `typedef int T; struct s { T a : 3, *b; enum { E = 1 } e; }; static T f(int (*g)(T), struct s *p) {
    for (int i = 0; i < 3; i++) { switch (p->a) { case 1 ... 3: asm("x" : "=r"(i) :: "memory"); default: ; } }
    return g((T){ 1 }) ?: ({ T x = sizeof(T[3]); x; }) + _Generic(1, int: 2, default: 3) + __builtin_offsetof(struct s, b); }`;
  for (let length = 0; length < program.length; length++) {
    expect(() => parseText(program.slice(0, length))).not.toThrow();
  }
});

test("a program without any one of its tokens gives errors, no exception", () => {
  const words = `struct s { int a [ 3 ] ; } ; int f ( int x , char * y ) { if ( x ) { return * y + x ; } else while ( x ) x -- ;
    do { y = ( char * ) x ; } while ( x ? 1 : 2 ) ; l : goto l ; }`.split(/\s+/);
  words.forEach((_, i) => {
    const text = words.filter((__, j) => j !== i).join(" ");
    const reported = describeDiagnostics(parseText(text)).filter((line) => line.includes("error"));
    expect(reported.length, `${text}\n${reported.join("\n")}`).toBeLessThanOrEqual(4);
  });
});
