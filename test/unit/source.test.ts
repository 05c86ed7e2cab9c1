/** The source room: interner, source map, spelling, warnings, rendering. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { Diagnostics } from "../../compiler/source/diagnostic.ts";
import { Interner } from "../../compiler/source/interner.ts";
import { defaultRenderOptions, renderDiagnostics } from "../../compiler/source/render.ts";
import { SourceMap, noLoc } from "../../compiler/source/source-map.ts";
import { nearest } from "../../compiler/source/spelling.ts";
import { TokenKind, Tokens } from "../../compiler/source/token.ts";
import { warningMembers, warningStates } from "../../compiler/source/warning-names.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

test("law: a symbol gives back its spelling, and equal spellings are one symbol", () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 300 }), (words) => {
    const interner = new Interner();
    const symbols = words.map((word) => interner.intern(word));
    words.forEach((word, i) => {
      expect(interner.text(symbols[i] as number)).toBe(word);
      expect(interner.intern(word)).toBe(symbols[i]);
    });
    expect(new Set(symbols).size).toBe(new Set(words).size);
  }));
});

test("the interner grows and keeps keywords", () => {
  const interner = new Interner();
  for (let i = 0; i < 50000; i++) interner.intern(`name${i}`);
  expect(interner.text(interner.intern("name49999"))).toBe("name49999");
  expect(interner.kind[interner.intern("__inline__")]).toBe(TokenKind.Inline);
  expect(interner.kind[interner.intern("name7")]).toBe(TokenKind.Identifier);
});

test("tokens grow and append", () => {
  const tokens = new Tokens(2);
  for (let i = 0; i < 100; i++) tokens.push(i & 127, -i, i * 2, i & 3);
  tokens.append(tokens, 10, 20);
  expect(tokens.count).toBe(110);
  expect([tokens.kind[105], tokens.loc[105], tokens.text[105], tokens.flags[105]]).toEqual([15, -15, 30, 3]);
});

test("positions: lines of all kinds, columns in bytes, #line", () => {
  const sources = new SourceMap();
  const first = sources.addFile("a.c", encode("a\r\nb\rc\n\u00e9 d"));
  const second = sources.addFile("b.c", encode("x\ny\nz\n"), 3, true);
  if (first === undefined || second === undefined) throw new Error("no room");
  const at = (loc: number): string => {
    const position = sources.position(loc);
    return `${position?.file}:${position?.line}:${position?.column}`;
  };
  expect([0, 3, 5, 7, 10].map((offset) => at(first.base + offset)))
    .toEqual(["a.c:1:1", "a.c:2:1", "a.c:3:1", "a.c:4:1", "a.c:4:4"]);
  sources.override(second, 2, 100, "l.c", false);
  expect([0, 2, 4].map((offset) => at(second.base + offset))).toEqual(["b.c:1:1", "l.c:100:1", "l.c:101:1"]);
  expect(sources.includeStack(second.base)).toEqual([3]);
  expect(sources.isSystemHeader(second.base)).toBe(true);
  expect(sources.isSystemHeader(first.base)).toBe(false);
  expect(sources.position(noLoc)).toBeUndefined();
});

test("a macro's argument is shown where it is written, its body at the macro's name", () => {
  const sources = new SourceMap();
  sources.addFile("a.c", encode("#define F(x) (x)\nF(y)\n"));
  const parameter = sources.addExpansion(14, 17, 7, false);
  const argument = sources.addExpansion(19, parameter, 7, true);
  const body = sources.addExpansion(13, 17, 7, false);
  expect([sources.fileLoc(argument), sources.spelling(argument), sources.expansion(argument)]).toEqual([19, 19, 17]);
  expect([sources.fileLoc(body), sources.spelling(body), sources.expansion(body)]).toEqual([17, 13, 17]);
  expect(sources.trail(argument)).toEqual([{ macro: 7, spelling: 14 }]);
});

test("near names are found, far ones are not", () => {
  expect(nearest("retrun", ["return", "register"])).toBe("return");
  expect(nearest("foo", ["completely", "different"])).toBeUndefined();
  // Names of one or two letters are all near one another.
  expect(nearest("x", ["y"])).toBeUndefined();
});

test("warning groups hold known names only", () => {
  const known = warningStates();
  for (const name of known.keys()) for (const member of warningMembers(name)) expect(known.has(member)).toBe(true);
  expect(warningMembers("all")).toContain("unused-variable");
  expect(warningMembers("extra")).toContain("unused-parameter");
});

test("ranges, insertions, tabs and wide characters are underlined", () => {
  const sources = new SourceMap();
  const interner = new Interner();
  sources.addFile("a.c", encode("\tint \u00e9 = left + right\n"));
  const diagnostics = new Diagnostics(sources);
  const at = "\tint ** = left + right".indexOf("+");
  diagnostics.error(
    { at, ranges: [{ start: at - 5, end: at - 5 }, { start: at + 2, end: at + 2 }] }, "bad operands",
    [{ place: { at: 22, ranges: [], insert: ";" }, message: "here" }],
  );
  diagnostics.error(at, "bad operands");
  expect(renderDiagnostics(diagnostics, interner, defaultRenderOptions)).toBe([
    "a.c:1:16: error: bad operands",
    "    1 | \tint \u00e9 = left + right",
    "      | \t        ~~~~ ^ ~~~~~",
    "a.c:1:23: note: here",
    "    1 | \tint \u00e9 = left + right",
    "      | \t                    ^",
    "      | \t                    ;",
    "1 error generated.",
    "",
  ].join("\n"));
});
