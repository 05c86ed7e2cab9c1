/** The preprocessor: errors, files, expansion limits, pragma tokens, dependencies, predefined macros. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dependencyRule, quoteTarget } from "../../compiler/preprocess/dependencies.ts";
import { predefinedMacros } from "../../compiler/preprocess/predefined.ts";
import { buildSearchPath, describeSearchPath, normalizePath } from "../../compiler/preprocess/search.ts";
import { TokenKind, tokenKindName } from "../../compiler/source/token.ts";
import { itWith, need } from "../harness/oracles.ts";
import { defaultPreprocessOptions, dialectOf, preprocessText } from "../harness/preprocess.ts";

/** Source, then what is said of it without the file's name. */
const errors: readonly (readonly [source: string, ...messages: string[]])[] = [
  ["#define f(a,b) a b\nf(1)", "2:4: error: too few arguments provided to function-like macro invocation"],
  ["#define f(a,b) a b\nf(1,2,3)", "2:7: error: too many arguments provided to function-like macro invocation"],
  ["#define f(a) a\nf(1", "2:1: error: unterminated function-like macro invocation"],
  ["#define A 1\n#define A 2", "2:9: warning: 'A' macro redefined [-Wmacro-redefined]"],
  ["#define A(x) x  +\ty\n#define A(x) x + y\n#define B 1+1\n#define B 1 + 1",
    "4:9: warning: 'B' macro redefined [-Wmacro-redefined]"],
  ["#undef B C", "1:10: warning: extra tokens at end of #undef directive [-Wextra-tokens]"],
  ["#ifdef\n#endif foo", "1:7: error: macro name missing",
    "2:8: warning: extra tokens at end of #endif directive [-Wextra-tokens]"],
  ["#if 1 +\n#elif\n#endif", "1:8: error: expected value in expression", "2:6: error: expected value in expression"],
  ["#if (1\n#endif", "1:7: error: expected ')' in preprocessor expression"],
  ["#if 1 2\n#endif", "1:7: error: token is not a valid binary operator in a preprocessor subexpression"],
  ["#if foo(3)\n#endif", "1:5: error: function-like macro 'foo' is not defined"],
  ["#if 1/0\n#endif", "1:6: error: division by zero in preprocessor expression"],
  ["#if 0x1ffffffffffffffff\n#endif", "1:5: error: integer literal is too large to be represented in any integer type"],
  ["#if 1.0 || \"a\"\n#endif", "1:5: error: floating point literal in preprocessor expression"],
  ["#if 08\n#endif\n#if 1z\n#endif", "1:6: error: invalid digit '8' in octal constant",
    "3:6: error: invalid suffix 'z' on integer constant"],
  ["#if -1 > 1u\n#endif",
    "1:8: warning: left side of operator converted from negative value to unsigned: -1 to 18446744073709551615"],
  ["#define x(a,a) 1", "1:13: error: duplicate macro parameter name 'a'"],
  ["#define y(a", "1:12: error: expected comma in macro parameter list"],
  ["#define z(1) 2", "1:11: error: invalid token in macro parameter list"],
  ["#define p ## a", "1:11: error: '##' cannot appear at start of macro expansion"],
  ["#define q a ##", "1:13: error: '##' cannot appear at end of macro expansion"],
  ["#define defined 1", "1:9: error: 'defined' cannot be used as a macro name"],
  ["#define __FILE__ 1", "1:9: warning: redefining builtin macro [-Wbuiltin-macro-redefined]"],
  ["#define 1", "1:9: error: macro name must be an identifier"],
  ["#define c(a, b) a ## b\nc(+, c)", "2:1: error: pasting formed '+c', an invalid preprocessing token"],
  ["#else\n#endif\n#elif 1", "1:2: error: #else without #if", "2:2: error: #endif without #if",
    "3:2: error: #elif without #if"],
  ["#if 1\n#else\n#else\n#elif 1", "3:2: error: #else after #else", "4:2: error: #elif after #else",
    "1:2: error: unterminated conditional directive"],
  ["#inclde x", "1:2: error: invalid preprocessing directive; did you mean 'include'?"],
  ["#line abc\n#line 5 6", "1:7: error: #line directive requires a positive integer argument",
    "2:9: error: invalid filename for #line directive"],
  ["#include\n#include foo", "1:9: error: expected \"FILENAME\" or <FILENAME>",
    "2:10: error: expected \"FILENAME\" or <FILENAME>"],
  ["#include \"nope.h\"\n#error unseen", "1:10: fatal error: 'nope.h' file not found"],
  ["#include_next \"nope.h\"",
    "1:2: warning: #include_next in primary source file; will search from start of include path " +
    "[-Winclude-next-outside-header]", "1:15: fatal error: 'nope.h' file not found"],
  ["#error   a  b 'c", "1:2: error: a  b 'c"],
  ["#warning w", "1:2: warning: w [-W#warnings]"],
  ["#embed \"x\"", "1:2: error: #embed is not supported; write the bytes as an array, or load them at run time"],
  ["#define f(x) x\nf(\n#include \"a.h\"\n)",
    "3:2: error: embedding a #include directive within macro arguments is not supported"],
  ["\"abc\n'a\n''", "1:1: warning: missing terminating '\"' character [-Winvalid-pp-token]",
    "2:1: warning: missing terminating ' character [-Winvalid-pp-token]",
    "3:1: warning: empty character constant [-Winvalid-pp-token]"],
  ["x /* y", "1:3: error: unterminated /* comment"],
  ["__DATE__", "1:1: error: '__DATE__' would make the output depend on the time of the build; " +
    "set SOURCE_DATE_EPOCH to give it a value"],
  ["#pragma GCC poison bad\n#define bad\nbad", "2:9: error: attempt to use a poisoned identifier"],
  ["__has_attribute", "1:1: error: missing '(' after '__has_attribute'"],
  ["__has_include(<x>)", "1:1: error: '__has_include' must be used within a preprocessing directive"],
  ["_Pragma(x)", "1:1: error: _Pragma takes a parenthesized string literal"],
  ["#pragma GCC error \"no\"", "1:13: error: no"],
  ["#pragma pop_macro(\"x\")",
    "1:23: warning: pragma pop_macro could not pop 'x', no matching push_macro [-Wignored-pragmas]"],
  ["a\u2026b", "1:2: error: unexpected character <U+2026>"],
];

describe("diagnostics", () => {
  test.each(errors)("%j", (source, ...messages) => {
    const said = preprocessText(source).messages.map((message) => message.replace(/^t\.c:/, ""));
    expect(said.slice(0, messages.length)).toEqual(messages);
  });

  test("the place, its include stack and its macros are shown", () => {
    const { rendered } = preprocessText('#include "a.h"\nOUTER(2);\n', {
      files: { "./a.h": "#define CAT(a, b) a ## b\n#define OUTER(x) CAT(+, x)\n\tOUTER(1)\n" },
    });
    expect(rendered).toBe(`In file included from t.c:1:
./a.h:3:2: error: pasting formed '+1', an invalid preprocessing token
    3 | \tOUTER(1)
      | \t^
./a.h:2:18: note: expanded from macro 'OUTER'
    2 | #define OUTER(x) CAT(+, x)
      |                  ^
./a.h:1:21: note: expanded from macro 'CAT'
    1 | #define CAT(a, b) a ## b
      |                     ^
t.c:2:1: error: pasting formed '+2', an invalid preprocessing token
    2 | OUTER(2);
      | ^
./a.h:2:18: note: expanded from macro 'OUTER'
    2 | #define OUTER(x) CAT(+, x)
      |                  ^
./a.h:1:21: note: expanded from macro 'CAT'
    1 | #define CAT(a, b) a ## b
      |                     ^
2 errors generated.
`);
  });

  test("the error limit ends the run", () => {
    const source = Array.from({ length: 50 }, (_, i) => `#error ${i}\n`).join("");
    const { messages } = preprocessText(source, { errorLimit: 20 });
    expect(messages).toHaveLength(21);
    expect(messages[20]).toBe("fatal error: too many errors emitted, stopping now [-ferror-limit=]");
  });

  test("flags and pragmas decide about warnings", () => {
    const source = "#define A 1\n#define A 2\n#pragma GCC diagnostic push\n" +
      "#pragma GCC diagnostic ignored \"-Wmacro-redefined\"\n#define A 3\n#pragma GCC diagnostic pop\n#define A 4\n";
    expect(preprocessText(source).messages).toHaveLength(2);
    expect(preprocessText(source, { warnings: ["no-macro-redefined"] }).messages).toEqual([]);
    expect(preprocessText(source, { warnings: ["error"] }).messages[0])
      .toBe("t.c:2:9: error: 'A' macro redefined [-Werror,-Wmacro-redefined]");
    expect(preprocessText(source, { warnings: ["error", "no-error=macro-redefined"] }).diagnostics.errorCount).toBe(0);
    expect(preprocessText("", { warnings: ["al"] }).messages[0])
      .toMatch(/^warning: unknown warning option '-Wal'; did you mean '-Wall'\? \[-Wunknown-warning-option\]$/);
  });

  test("system headers are silent", () => {
    const input = { files: { "sys/s.h": "#define A 1\n#define A 2\n#include \"t.h\"\n", "sys/t.h": "#warning t\n" } };
    expect(preprocessText("#include <s.h>\n", input).messages).toEqual([]);
  });
});

describe("files", () => {
  test("a guarded header, and one with #pragma once, is read once", () => {
    const read: string[] = [];
    const files: Record<string, string> = {
      "./g.h": "/* c */\n#ifndef G\n#define G\nint g;\n#endif\n",
      "./o.h": "#pragma once\nint o;\n",
      "./d.h": "#if !defined(D)\n#define D\nint d;\n#endif // D\n",
      "./n.h": "#ifndef N\nint n;\n#endif\nint m;\n",
    };
    const includes = (...names: string[]): string => names.map((name) => `#include "${name}"\n`).join("");
    const source = includes("g.h", "g.h", "o.h", "o.h", "d.h", "./d.h", "x/../g.h", "n.h") + "#define N\n" + includes("n.h");
    const { text, sources } = preprocessText(source, {
      readFile: (path) => {
        read.push(path);
        const found = files[normalizePath(path) === path ? `./${path}` : `./${normalizePath(path)}`];
        return found === undefined ? undefined : new TextEncoder().encode(found);
      },
    });
    expect(text.replace(/\s+/g, " ").trim()).toBe("int g; int o; int d; int n; int m; int m;");
    expect(read.filter((path) => normalizePath(path) === "g.h")).toHaveLength(1);
    expect(sources.files.filter((file) => file.name.endsWith("g.h"))).toHaveLength(1);
    expect(sources.files.filter((file) => file.name.endsWith("n.h"))).toHaveLength(2);
  });

  test("the search order: beside, -I, -isystem; <> skips the first; include_next goes on", () => {
    const input = {
      files: {
        "./a.h": "beside\n", "inc/a.h": "user\n#include_next <a.h>\n", "sys/a.h": "system\n",
      },
      warnings: ["no-include-next-outside-header"],
    };
    expect(preprocessText('#include "a.h"\n#include <a.h>\n', input).text.replace(/\s+/g, " ").trim())
      .toBe("beside user system");
    const condition = '__has_include(<a.h>) && __has_include("a.h") && !__has_include("b.h")';
    expect(preprocessText(`#if ${condition}\nyes\n#endif`, input).text.trim()).toBe("yes");
  });

  test("-include and -imacros come first, -D and -U before them", () => {
    const { text, messages } = preprocessText("M I", {
      files: { "./i.h": "X\n#define I 2\n", "./m.h": "lost\n#define M 1\n" },
      options: {
        macros: [{ kind: "define", text: "X=7" }, { kind: "define", text: "Y" }, { kind: "undefine", text: "Y" }],
        includes: [{ name: "m.h", macrosOnly: true }, { name: "i.h", macrosOnly: false }],
      },
    });
    expect(messages).toEqual([]);
    expect(text.replace(/\s+/g, " ").trim()).toBe("7 1 2");
  });

  test("a file that cannot be read says why", () => {
    const { messages } = preprocessText('#include "d"\n', { readFile: () => ({ error: "Is a directory" }) });
    expect(messages).toEqual(["t.c:1:10: fatal error: cannot open file './d': Is a directory"]);
  });

  test("an include loop ends", () => {
    const { messages } = preprocessText('#include "a.h"\n', { files: { "./a.h": '#include "a.h"\n' } });
    expect(messages).toEqual(["./a.h:1:10: error: #include nested too deeply"]);
  });

  test("dependencies are a rule for make", () => {
    const { result } = preprocessText('#include "a b.h"\n#include <s.h>\n#include "a b.h"\n', {
      files: { "./a b.h": "", "sys/s.h": "" },
    });
    const targets = [{ name: "t$.o", quoted: true }, { name: "raw", quoted: false }];
    expect(dependencyRule(result.dependencies, { targets, system: true, phony: true }))
      .toBe("t$$.o raw: t.c a\\ b.h sys/s.h\na\\ b.h:\nsys/s.h:\n");
    expect(dependencyRule(result.dependencies, { targets: targets.slice(1), system: false, phony: false }))
      .toBe("raw: t.c a\\ b.h\n");
    expect(quoteTarget("a#b c\\ d")).toBe("a\\#b\\ c\\\\\\ d");
  });

  test("the search list is told as clang tells it", () => {
    const path = buildSearchPath(
      {
        quote: ["q"], user: ["u", "u/", "s", "none"], system: ["s"], after: ["after"], own: ["own"],
        standard: ["/usr/include"], fallback: ["fallback"],
      },
      (directory) => directory !== "none",
    );
    expect(path.directories).toEqual(["q", "u", "s", "own", "after", "fallback", "/usr/include"]);
    expect([path.angled, path.system, path.standard]).toEqual([1, 2, { from: 3, to: 7 }]);
    expect(describeSearchPath(path).split("\n")).toEqual([
      'ignoring nonexistent directory "none"',
      'ignoring duplicate directory "u/"',
      'ignoring duplicate directory "s"',
      '#include "..." search starts here:', " q",
      "#include <...> search starts here:", " u", " s", " own", " after", " fallback", " /usr/include",
      "End of search list.", "",
    ]);
  });
});

describe("limits", () => {
  const steps = Array.from({ length: 40 }, (_, i) => `#define a${i + 1} a${i} a${i}\n`);
  const doubling = `#define a0 x\n${steps.join("")}a40\n`;
  const calls = `#define f(x) x\n${"f(".repeat(20000)}${")".repeat(20000)}\n`;
  test.each([
    ["a macro that doubles for ever", doubling, "macro expansion gives too many tokens"],
    ["calls in calls", calls, "macro calls are nested too deeply"],
    ["parentheses in #if", `#if ${"(".repeat(100000)}\n#endif\n`, "preprocessor expression is nested too deeply"],
    ["conditions in #if", `#if ${"1?".repeat(100000)}\n#endif\n`, "preprocessor expression is nested too deeply"],
  ])("%s", (_, source, message) => {
    const { messages } = preprocessText(source);
    expect(messages.some((said) => said.includes(message))).toBe(true);
  }, 60_000);

  test.each([
    ["zero bytes", new Uint8Array(100000)],
    ["all bytes", Uint8Array.from({ length: 65536 }, (_, i) => (i * 7919) >> 3)],
    ["a long name", new TextEncoder().encode("a".repeat(1000000))],
    ["a line of splices", new TextEncoder().encode("a\\\n+b".repeat(50000))],
    ["open everything", new TextEncoder().encode("#define f(\n#if f(\n#include \"\n#pragma push_macro(\n_Pragma(")],
  ])("%s ends", (_, bytes) => {
    expect(preprocessText(bytes, { errorLimit: 20 }).result.tokens.count).toBeGreaterThan(0);
  });
});

test("the parser gets its pragmas as tokens, with macros expanded", () => {
  const source = "#define N 4\n#pragma unroll N\nfor\n#pragma pack(push, 1)\n#pragma GCC diagnostic push\n"
    + "#pragma nonsense\n" + '_Pragma("clang loop unroll(full)") x\n';
  const { result, interner, messages } = preprocessText(source, { options: { text: false }, warnings: ["all"] });
  const { tokens } = result;
  const rows = Array.from({ length: tokens.count }, (_, row) => {
    const kind = tokenKindName(tokens.kind[row] as number);
    return kind.startsWith("Pragma") ? kind : interner.text(tokens.text[row] as number);
  });
  expect(rows).toEqual([
    "PragmaUnroll", "4", "PragmaEnd", "for", "PragmaPack", "(", "push", ",", "1", ")", "PragmaEnd",
    "PragmaLoop", "unroll", "(", "full", ")", "PragmaEnd", "x", "",
  ]);
  expect(messages).toEqual(["t.c:6:9: warning: unknown pragma ignored [-Wunknown-pragmas]"]);
});

test("keywords depend on the dialect", () => {
  const kinds = (flag: string): string[] => {
    const { result } = preprocessText("asm typeof inline bool static_assert __typeof__", { options: dialectOf(flag) });
    return [...result.tokens.kind.subarray(0, result.tokens.count - 1)].map(tokenKindName);
  };
  expect(kinds("-std=gnu17")).toEqual(["Asm", "Typeof", "Inline", "Identifier", "Identifier", "Typeof"]);
  expect(kinds("-std=c11")).toEqual(["Identifier", "Identifier", "Inline", "Identifier", "Identifier", "Typeof"]);
  expect(kinds("-std=c23")).toEqual(["Identifier", "Typeof", "Inline", "Bool", "StaticAssert", "Typeof"]);
});

test("every token knows where it is, through macros", () => {
  const { result, sources, interner } = preprocessText("#define A(x) x + b\n  A(a)\n#line 50 \"l.c\"\nc\n");
  const { tokens } = result;
  const at = Array.from({ length: tokens.count - 1 }, (_, row) => {
    const position = sources.position(tokens.loc[row] as number);
    return `${interner.text(tokens.text[row] as number)} ${position?.file}:${position?.line}:${position?.column}`;
  });
  expect(at).toEqual(["a t.c:2:5", "+ t.c:2:3", "b t.c:2:3", "c l.c:50:1"]);
  expect(sources.trail(tokens.loc[2] as number).map((step) => interner.text(step.macro))).toEqual(["A"]);
  expect(tokens.kind[tokens.count - 1]).toBe(TokenKind.EndOfFile);
});

test("trigraphs count in the strict dialects only", () => {
  const source = "??=define X ??( ??) a??/\nb\nX \"??!\"\n";
  expect(preprocessText(source, { options: { ...dialectOf("-std=c11"), trigraphs: true } }).text.trim())
    .toBe('[ ] ab "|"');
  expect(preprocessText("??( \"??!\"").text.trim()).toBe('??( "??!"');
});

test("SOURCE_DATE_EPOCH gives the time", () => {
  const { text, messages } = preprocessText("__DATE__ __TIME__ __TIMESTAMP__", { options: { epoch: 1000000000 } });
  expect(messages).toEqual([]);
  expect(text.trim()).toBe('"Sep  9 2001" "01:46:40" "Sun Sep  9 01:46:40 2001"');
});

describe("predefined macros", () => {
  /** A distributor writes its name into the first two, the next came with LLVM 20, __TBCC__ is ours. */
  const vendor = /^#define (__VERSION__|__clang_version__|__BPF_FEATURE_LOAD_ACQ_STORE_REL|__TBCC__) /;
  const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "" && !vendor.test(line)).sort();

  for (const flags of [
    "-mcpu=v1", "-mcpu=v2", "-mcpu=v3", "-mcpu=v4", "-mcpu=probe", "-mcpu=v3 -mbig-endian", "-mcpu=v3 -O2",
    "-mcpu=v3 -Os", "-mcpu=v3 -O2 -fno-inline", "-mcpu=v3 -g", "-mcpu=v3 -ffreestanding", "-mcpu=v3 -funsigned-char",
    "-mcpu=v3 -std=gnu89", "-mcpu=v3 -std=c89", "-mcpu=v3 -std=c99", "-mcpu=v3 -std=c11", "-mcpu=v3 -std=c17", "-mcpu=v3 -std=c23",
    "-mcpu=v3 -std=gnu23", "-mcpu=v3 -fgnu89-inline",
  ]) {
    itWith(["clang-19"], `are clang's with ${flags}`, () => {
      const words = flags.split(" ");
      const cpu = words[0] === "-mcpu=probe" ? 0 : (Number(words[0]?.slice(-1)) as 1 | 2 | 3 | 4);
      const level = words.find((word) => word.startsWith("-O"))?.slice(2) ?? "0";
      const standard = words.find((word) => word.startsWith("-std="));
      const ours = predefinedMacros({
        ...defaultPreprocessOptions,
        cpu,
        endian: words.includes("-mbig-endian") ? "big" : "little",
        level: level === "2" ? "2" : level === "s" ? "s" : "0",
        noInline: words.includes("-fno-inline"),
        debug: words.includes("-g"),
        hosted: !words.includes("-ffreestanding"),
        charSigned: !words.includes("-funsigned-char"),
        gnuInline: words.includes("-fgnu89-inline"),
        ...(standard === undefined ? {} : dialectOf(standard)),
      });
      const clang = spawnSync(need("clang-19"), ["-target", "bpf", ...words, "-dM", "-E", "-x", "c", "/dev/null"], {
        encoding: "utf8",
      });
      expect(lines(ours)).toEqual(lines(clang.stdout));
      expect(ours.includes("#define __BPF_FEATURE_LOAD_ACQ_STORE_REL 1\n")).toBe(cpu === 4);
    });
  }
});

describe("system headers", () => {
  for (const header of ["linux/bpf.h", "linux/if_ether.h", "linux/omap3isp.h", "linux/pkt_cls.h",
    "linux/videodev2.h", "endian.h"]) {
    itWith(["clang-19", "system headers"], `<${header}> as clang`, () => {
      const source = `#include <${header}>\n`;
      const directories = ["/usr/include/x86_64-linux-gnu", "/usr/include"];
      const flags = ["-nostdinc", ...directories.map((directory) => `-I${directory}`), "-D__x86_64__"];
      const clang = spawnSync(need("clang-19"), ["-target", "bpf", "-mcpu=v3", "-E", "-P", ...flags, "-x", "c", "-"], {
        encoding: "utf8", input: source, maxBuffer: 1 << 26,
      });
      const none: string[] = [];
      const search = buildSearchPath(
        { quote: none, user: directories, system: none, after: none, own: none, standard: none, fallback: none }, () => true,
      );
      const { text } = preprocessText(source, {
        options: { search, macros: [{ kind: "define", text: "__x86_64__" }] },
        readFile: (path) => {
          try {
            return readFileSync(path);
          } catch {
            return undefined;
          }
        },
      });
      const words = (output: string): string[] => output.split(/\s+/).filter((word) => word !== "");
      const [own, other] = [words(text), words(clang.stdout)];
      const at = other.findIndex((word, i) => word !== own[i]);
      expect(own.slice(Math.max(at, 0), at + 10)).toEqual(other.slice(Math.max(at, 0), at + 10));
      expect(own.length).toBe(other.length);
    });
  }
});
