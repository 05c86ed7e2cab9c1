/** The checker's laws that no error case shows: folding, initialisers as bytes, calls of constants, depth. */
import { describe, expect, test } from "vitest";
import type { CallExpr, Program, Statement, Variable } from "../../compiler/ast/program.ts";
import { checkText } from "../harness/program.ts";

function variable(program: Program, name: string): Variable {
  const found = program.variables.find((v) => v.name === name);
  if (found === undefined) throw new Error(`no variable '${name}'`);
  return found;
}

function bytesOf(text: string, args: readonly string[] = []): string {
  const { program, messages } = checkText(text, args);
  if (messages.length > 0) throw new Error(messages.join("\n"));
  return Buffer.from(variable(program, "x").initializer?.bytes ?? []).toString("hex");
}

describe("static initialisers", () => {
  test.each([
    ["int x[] = { 1, [3] = 4, 5 };", "0100000000000000000000000400000005000000"],
    ["struct { char a; short b; } x = { .b = 0x102 };", "00000201"],
    ["char x[6] = \"abc\";", "616263000000"],
    ["struct { int a : 4; int b : 8; int c; } x = { 1, 0xff, 2 };", "f10f000002000000"],
    ["struct { int n; char d[]; } x = { 1, \"hi\" };", "01000000686900"],
    ["int x[2][2] = { { 1 }, 2, 3 };", "01000000000000000200000003000000"],
    ["char x[4] = { [0 ... 2] = 9, [1] = 1 };", "09010900"],
    ["union { char a; int b; } x = { .b = 5 };", "05000000"],
    ["struct p { int a, b; } x = (struct p) { 1, 2 };", "0100000002000000"],
    ["double x = 1.0 / 4;", "000000000000d03f"],
    ["static const int n = 3; int x = n * 2 + sizeof(int[n]);", "12000000"],
    ["int x = __builtin_popcount(255) + __builtin_clz(1) + __builtin_bswap32(0x01000000);", "28000000"],
    ["struct a { struct { int b, c; }; int d; }; struct a x = { .c = 1, 2 };", "000000000100000002000000"],
  ])("%s", (text, hex) => {
    expect(bytesOf(text, ["-w"])).toBe(hex);
  });

  test("big endian", () => {
    expect(bytesOf("struct { int a : 4; unsigned b : 8; short c; } x = { 1, 0xff, 2 };", ["-target", "bpfeb"])).toBe("1ff00002");
  });

  test("addresses", () => {
    const { program } = checkText("struct s { int a, b[4]; } v; int *x[] = { &v.b[2], 0, (int *) 8 }; long d = (char *) &v.b[1] - (char *) &v;");
    const { initializer } = variable(program, "x");
    expect(initializer?.addresses).toMatchObject([{ offset: 0, size: 8, address: { base: { name: "v" }, addend: 12n } }]);
    expect(initializer?.bytes[16]).toBe(8);
    expect(variable(program, "d").initializer?.bytes[0]).toBe(8);
  });
});

function callees(program: Program): CallExpr["callee"][] {
  const found: CallExpr["callee"][] = [];
  const visit = (s: Statement): void => {
    if (s.kind === "return" && s.value?.kind === "call") found.push(s.value.callee);
  };
  for (const decl of program.functions) decl.body?.statements.forEach(visit);
  return found;
}

describe("calls through constant pointers", () => {
  test("const, and static that nothing changes", () => {
    const { program, messages } = checkText(`
      static int (*const a)(int) = (void *) 1;
      static int (*b)(int) __attribute__((unused)) = (void *) 2;
      int (*const c)(int) = (void *) 3;
      int fa(void) { return a(1); }
      int fb(void) { return b(1); }
      int fc(void) { return c(1); }`);
    expect(messages).toEqual([]);
    expect(callees(program)).toMatchObject([{ kind: "integer", value: 1n }, { kind: "integer", value: 2n }, { kind: "integer", value: 3n }]);
  });

  test("what may change is not folded", () => {
    const { program } = checkText(`
      static int (*a)(int) = (void *) 1;
      static int (*b)(int) = (void *) 2;
      int (*c)(int) = (void *) 3;
      int fa(void) { return a(1); }
      int fb(void) { return b(1); }
      int fc(void) { return c(1); }
      void set(int (*f)(int)) { a = f; }
      void *address(void) { return &b; }`);
    expect(callees(program).map((callee) => callee.kind)).toEqual(["load", "load", "load"]);
  });
});

test("a chain of 100,000 operators", () => {
  const terms = Array.from({ length: 100_000 }, () => "x").join(" + ");
  expect(checkText(`int f(int x) { return ${terms}; } int y = ${"1 + ".repeat(100_000)}1;`).messages).toEqual([]);
});

test("what cannot be compiled for BPF is refused only where it is emitted", () => {
  const text = "static inline int mark(void **place) { return __builtin_setjmp(place); }";
  expect(checkText(text).messages).toEqual([]);
  expect(checkText(`${text} int f(void **place) { return mark(place); }`).messages).toHaveLength(1);
});

test("an unknown type is reported once", () => {
  const { messages } = checkText("unknown f(unknown *x) { return x->y + missing; }");
  expect(messages[0]).toContain("unknown type name 'unknown'");
});

/** A warning that looks at all of an expression must neither recurse over it nor look at all of it for each of its parts. */
describe("long expressions with all warnings", () => {
  const chain = (part: string, operator: string): string => Array.from({ length: 20_000 }, () => part).join(` ${operator} `);

  test.each([
    ["bits", chain("a", "|")], ["bits of comparisons", chain("(a < b)", "&")], ["sums", `${chain("a", "+")} == 3`],
    ["shifts", `${chain("a", "<<")} ? 1 : 2`], ["choices of truth", `(${chain("a", "|")}) | (a < b)`],
    ["alternatives", chain("a == 1", "||")], ["conditions", chain("a != 1", "&&")], ["products", `!(${chain("a", "*")})`],
    ["a null pointer", `${chain("a", "+")} + *(int *)0`], ["a comma", chain("a", ",")],
    ["changes", chain("a++", "+")], ["a size", `sizeof(${chain("a", "+")}) + (a = ${chain("b++", ",")})`],
  ])("%s", (_, expression) => {
    const text = `int f(int a, int b) { for (; ${expression};) b++; if (${expression}) return 1; return ${expression}; }`;
    const { messages } = checkText(text, ["-Wall", "-Wextra"]);
    expect(messages.filter((message) => message.startsWith("error"))).toEqual([]);
  }, 20_000);
});
