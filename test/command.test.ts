/** The command as a user runs it, from dist/: node build.js && npx vitest run test/command.test.ts */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { readElf } from "../assembler/object/elf-read.ts";

const command = fileURLToPath(new URL("../bin/tbcc.js", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "tbcc-command-"));
afterAll(() => rmSync(directory, { recursive: true }));

interface Result { readonly status: number | null; readonly out: string; readonly err: string }

function tbcc(args: readonly string[], input = ""): Result {
  const run = spawnSync(process.execPath, [command, ...args], { cwd: directory, encoding: "utf8", input, timeout: 60_000 });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

function put(name: string, content: string | Uint8Array): string {
  writeFileSync(join(directory, name), content);
  return name;
}

const good = "__attribute__((section(\"tc\"))) int pass(void *ctx) { return 0; }\n";

describe("output", () => {
  test("an object with clang's line, words in any order", () => {
    put("good.c", good);
    expect(tbcc(["good.c", "-O2", "-target", "bpf", "-Wall", "-fno-stack-protector", "-c", "-o", "named.o"])).toEqual({ status: 0, out: "", err: "" });
    expect(readElf(readFileSync(join(directory, "named.o"))).sections.map(({ name }) => name)).toContain("tc");
  });

  test("default names are the source's, in the current directory", () => {
    mkdirSync(join(directory, "sub"), { recursive: true });
    put("sub/inner.c", good);
    expect(tbcc(["-O2", "-c", "sub/inner.c"]).status).toBe(0);
    expect(tbcc(["-O2", "-S", "sub/inner.c"]).status).toBe(0);
    expect(existsSync(join(directory, "inner.o")) && existsSync(join(directory, "inner.s"))).toBe(true);
  });

  test("assembly, with what it wants told, as tbas makes it", () => {
    put("told.s", ".warning \"careful\"\n.print \"hello\"\n.file 0 \"told.c\"\n.loc 0 3 1\nexit\n");
    expect(tbcc(["told.s", "-o", "told.o"])).toEqual({
      status: 0, out: "hello\n", err: "told.s:1:1: warning: careful\n.warning \"careful\"\n^\n",
    });
    const tbas = fileURLToPath(new URL("../bin/tbas.js", import.meta.url));
    spawnSync(process.execPath, [tbas, "told.s", "-o", "tbas.o"], { cwd: directory, timeout: 60_000 });
    expect(readFileSync(join(directory, "told.o")).equals(readFileSync(join(directory, "tbas.o")))).toBe(true);
  });

  test("several sources, each to its object; with -o an error", () => {
    put("one.c", good);
    put("two.c", good);
    expect(tbcc(["-O2", "-c", "one.c", "two.c"]).status).toBe(0);
    expect(existsSync(join(directory, "one.o")) && existsSync(join(directory, "two.o"))).toBe(true);
    expect(tbcc(["-c", "-o", "x.o", "one.c", "two.c"])).toMatchObject({ status: 1, err: expect.stringContaining("multiple output files") });
  });

  test("several sources and objects into one, compiled and linked", () => {
    put("caller.c", "extern int callee(int x);\n__attribute__((section(\"tc\"))) int go(void *p) { return callee(3); }\n");
    put("callee.c", "int callee(int x) { return x + 4; }\n");
    expect(tbcc(["-O2", "caller.c", "callee.c", "-o", "linked.o"])).toEqual({ status: 0, out: "", err: "" });
    expect(tbcc(["-O2", "-g", "-c", "callee.c"]).status).toBe(0);
    expect(tbcc(["-O2", "caller.c", "callee.o", "-o", "mixed.o"]).status).toBe(0);
    expect(readFileSync(join(directory, "mixed.o")).equals(readFileSync(join(directory, "linked.o")))).toBe(true);
    expect(tbcc(["-O2", "callee.c", "callee.c", "-o", "never.o"]))
      .toMatchObject({ status: 1, err: "tbcc: error: symbol 'callee' is defined in 'callee.c' and again in 'callee.c'\n" });
    expect(existsSync(join(directory, "never.o"))).toBe(false);
  });

  test("standard input and output, @file, joined and separate values", () => {
    put("flags", "-O2 -DVALUE=7 'file with space.c'");
    put("file with space.c", "int f(void) { return VALUE; }\n");
    expect(tbcc(["@flags", "-S", "-o-"]).out).toContain("w0 = 7");
    expect(tbcc(["-xc", "-O2", "-S", "-o", "-", "-D", "VALUE=8", "-"], "int f(void) { return VALUE; }\n").out).toContain("w0 = 8");
  });

  test("the same bytes every time, wherever", () => {
    put("good.c", good);
    tbcc(["-O2", "-g", "-o", "first.o", "good.c"]);
    tbcc(["-O2", "-g", "-o", "second.o", "good.c"]);
    expect(readFileSync(join(directory, "first.o")).equals(readFileSync(join(directory, "second.o")))).toBe(true);
  });

  test("a make rule beside the object", () => {
    put("header.h", "#define N 1\n");
    put("user.c", "#include \"header.h\"\nint n = N;\n");
    expect(tbcc(["-MMD", "-MP", "-c", "-o", "user.o", "user.c"]).status).toBe(0);
    expect(readFileSync(join(directory, "user.d"), "utf8")).toBe("user.o: user.c header.h\nheader.h:\n");
  });

  test("words handed on to the preprocessor come last, and may name the rule's file", () => {
    put("handed.c", "int x = VALUE;\n");
    const handed = ["-Wp,-DVALUE=1,-DMORE", "-Xpreprocessor", "-D", "-Xpreprocessor", "VALUE=2", "-DVALUE=3", "-UVALUE"];
    expect(tbcc(["-E", "-P", "-w", ...handed, "handed.c"])).toEqual({ status: 0, out: "int x = 2;\n", err: "" });
    expect(tbcc(["-c", "-Wp,-MMD,handed.rule", "-DVALUE=1", "handed.c"]).status).toBe(0);
    expect(readFileSync(join(directory, "handed.rule"), "utf8")).toBe("handed.o: handed.c\n");
    expect(tbcc(["-c", "-Xpreprocessor", "-Dd", "-Wp,-zz", "handed.c"]).err).toContain("unknown argument: '-zz'");
  });

  test("definitions, inclusions and comments in preprocessed text", () => {
    put("shown.h", "/* head */\n#define N 2\nint n;\n");
    put("shown.c", "#include \"shown.h\" // why\nint x = N; // x\n#undef N\n");
    const texts = (flag: string): string => tbcc(["-E", "-undef", flag, "shown.c"]).out.replace(/^[^]*# 1 "shown.c" 2\n/, "");
    expect(texts("-dI")).toBe(
      "#include \"shown.h\" /* clang -E -dI */\n# 1 \"shown.c\"\n# 1 \"./shown.h\" 1\n\n\nint n;\n"
        + "# 2 \"shown.c\" 2\nint x = 2;\n");
    expect(texts("-dD")).toBe(
      "# 1 \"./shown.h\" 1\n\n#define N 2\nint n;\n# 2 \"shown.c\" 2\nint x = 2;\n#undef N\n");
    expect(texts("-C")).toBe(
      "# 1 \"./shown.h\" 1\n/* head */\n\nint n;\n# 2 \"shown.c\" 2\nint x = 2; // x\n");
    expect(tbcc(["-c", "-C", "shown.c"])).toMatchObject({ status: 1, err: expect.stringContaining("'-C' only allowed with '-E'") });
  });

  test("help and version", () => {
    expect(tbcc(["--help"]).out).toMatch(/-mcpu=.*v1 v2 v3 v4/);
    expect(tbcc(["--version"]).out).toMatch(/^tbcc version \d/);
  });

  test("-v prints the search list in clang's form", () => {
    put("good.c", good);
    expect(tbcc(["-v", "-fsyntax-only", "good.c"]).err).toMatch(/#include <\.\.\.> search starts here:\n(?: \S+\n)*End of search list\.\n/);
  });
});

describe("bad input is an error of the user's: a message, exit status 1, no output, no hang", () => {
  let doubling = "#define A0 x x\n";
  for (let i = 1; i <= 60; i++) doubling += `#define A${i} A${i - 1} A${i - 1}\n`;
  const binary = Uint8Array.from({ length: 65536 }, (_, i) => (i * 2654435761) >>> 13 & 255);
  const cases: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ["unterminated-comment", "int x;\n/* open\n", /:2:1: error: unterminated/],
    ["unclosed-brace", "int f(void) {\n", /error: expected '}'/],
    ["binary", binary, /error: /],
    ["parentheses", `int x = ${"(".repeat(100_000)}1;\n`, /:1:\d+: (?:fatal )?error: bracket nesting level exceeded/],
    ["braces", `void f(void) ${"{".repeat(100_000)}\n`, /bracket nesting level exceeded/],
    ["exponential-macro", `${doubling}int y = A60;\n`, /:62:9: fatal error: /],
    ["include-loop", "#include \"include-loop.c\"\n", /#include nested too deeply/],
    ["empty-condition", "#if\n#endif\n", /:1:4: error: expected value in expression/],
  ];
  test.each(cases)("%s", (name, content, message) => {
    const { status, err } = tbcc(["-O2", "-o", `${name}.o`, put(`${name}.c`, content)]);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/ at .*\(.*:\d+:\d+\)/);
    expect(status).toBe(1);
    expect(existsSync(join(directory, `${name}.o`))).toBe(false);
  });

  test("standard input is C for the preprocessor alone", () => {
    expect(tbcc(["-E", "-P", "-"], "int x;\n")).toEqual({ status: 0, out: "int x;\n", err: "" });
    expect(tbcc(["-c", "-"], "int x;\n")).toMatchObject({ status: 1, err: expect.stringContaining("-x c") });
  });

  test("where the headers of the compiler's own are", () => {
    const { out } = tbcc(["-print-file-name=include"]);
    expect(existsSync(join(out.trim(), "stddef.h"))).toBe(true);
    expect(tbcc(["-print-file-name=nothing.h"])).toEqual({ status: 0, out: "nothing.h\n", err: "" });
  });

  test("a missing file, a directory, no file", () => {
    expect(tbcc(["-c", "absent.c"])).toMatchObject({ status: 1, err: "tbcc: error: no such file or directory: 'absent.c'\n" });
    mkdirSync(join(directory, "folder.c"), { recursive: true });
    expect(tbcc(["-c", "folder.c"])).toMatchObject({ status: 1, err: "tbcc: error: error reading 'folder.c': Is a directory\n" });
    expect(tbcc([])).toMatchObject({ status: 1, err: "tbcc: error: no input files\n" });
  });

  test("an unknown flag names the nearest", () => {
    put("good.c", good);
    const { status, err } = tbcc(["-fno-stack-protectr", "-c", "good.c"]);
    expect({ status, err }).toEqual({ status: 1, err: "tbcc: error: unknown argument: '-fno-stack-protectr'; did you mean '-fno-stack-protector'?\n" });
  });

  test("a flag that cannot be honoured, a value that none is", () => {
    put("good.c", good);
    for (const flag of ["-fsave-optimization-record", "-fsave-optimization-record=yaml", "-foptimization-record-file=x"]) {
      expect(tbcc(["-O2", flag, "-c", "good.c"])).toMatchObject({ status: 1, err: expect.stringContaining(`unsupported argument: '${flag}'`) });
    }
    expect(tbcc(["-fpack-struct=3", "-c", "good.c"])).toMatchObject({ status: 1, err: expect.stringContaining("'-fpack-struct=3'") });
  });

  test("a full disk and a directory that is not there", () => {
    put("good.c", good);
    if (existsSync("/dev/full")) {
      expect(tbcc(["-o", "/dev/full", "good.c"])).toMatchObject({ status: 1, err: "tbcc: error: unable to write '/dev/full': No space left on device\n" });
    }
    expect(tbcc(["-o", "nowhere/x.o", "good.c"])).toMatchObject({ status: 1, err: "tbcc: error: unable to write 'nowhere/x.o': No such file or directory\n" });
  });

  test("nothing temporary is left behind", () => {
    expect(readdirSync(directory).filter((name) => name.includes(".tmp"))).toEqual([]);
  });
});
