/** Diagnostics as JSON: positions, ends, options, notes, macros, includes. */
import { expect, test } from "vitest";
import { parseCommand } from "../../compiler/command/settings.ts";
import { Interner } from "../../compiler/source/interner.ts";
import { type JsonDiagnostic, jsonDiagnostics } from "../../compiler/source/render-json.ts";
import { compileSource } from "../harness/tbcc.ts";

function said(text: string, flags: readonly string[] = []): JsonDiagnostic[] {
  return jsonDiagnostics(compileSource("a.c", flags, text).diagnostics, new Interner("c17", true));
}

test("a warning has its flag, its place and where its token ends", () => {
  expect(said("int f(void) {\n  int unused_one;\n  return 0;\n}\n", ["-Wall"])).toEqual([{
    severity: "warning", file: "a.c", line: 2, column: 7, end: { line: 2, column: 17 }, option: "-Wunused-variable",
    message: "unused variable 'unused_one'", notes: [], macros: [], includes: [],
  }]);
});

test("notes have places; an error that no flag changes has no option", () => {
  const [first] = said("int a;\nchar a;\n");
  expect(first).toMatchObject({ severity: "error", line: 2, column: 6, option: null });
  expect(first?.notes).toEqual([
    { file: "a.c", line: 1, column: 5, end: { line: 1, column: 6 }, message: "previous definition is here" },
  ]);
});

test("what comes out of a macro has the macro's trail", () => {
  const [first] = said("#define ONE(x) x + nope\nint f(int y) { return ONE(y); }\n");
  expect(first).toMatchObject({ line: 2, column: 23, message: "use of undeclared identifier 'nope'" });
  expect(first?.macros).toMatchObject([{ file: "a.c", line: 1, column: 20 }]);
});

test("text to put in is there", () => {
  expect(said("int f(void) { return 1 }\n")[0]?.insert).toBe(";");
});

test("the format is clang or json", () => {
  expect(parseCommand(["-fdiagnostics-format=json", "a.c"], []).settings.diagnosticsFormat).toBe("json");
  expect(parseCommand(["-fdiagnostics-format=sarif", "a.c"], []).errors).toHaveLength(1);
  const { settings } = parseCommand(["-fno-caret-diagnostics", "-fno-diagnostics-show-option", "-fmacro-backtrace-limit=0"], []);
  expect([settings.caret, settings.showOption, settings.macroLimit]).toEqual([false, false, 0]);
});
