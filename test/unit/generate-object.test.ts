/** Objects that code generation makes of C: sections, symbols, relocations, maps and BTF, and the limits it reports. */
import { describe, expect, it } from "vitest";
import { decodeBtf } from "../../assembler/btf/decode.ts";
import type { BtfRecord, BtfType } from "../../assembler/btf/types.ts";
import { resolveType } from "../../assembler/btf/types.ts";
import type { ObjectFile } from "../../assembler/object/object.ts";
import { findSection, findSymbol } from "../../assembler/object/object.ts";
import { compileSource } from "../harness/tbcc.ts";

function compileText(text: string, flags: string[] = ["-O2"]): { object: ObjectFile; messages: string } {
  const { object, messages } = compileSource("test.c", flags, text);
  if (object === undefined) throw new Error(messages);
  return { object, messages };
}

const legacy = `
struct bpf_elf_map { unsigned type, size_key, size_value, max_elem, flags, id, pinning, inner_id, inner_idx; };
#define MAP(name, ...) struct bpf_elf_map name __attribute__((section("maps"), used)) = { __VA_ARGS__ };
`;

function typesOf(object: ObjectFile): readonly (BtfType | undefined)[] {
  const data = findSection(object, ".BTF")?.data;
  if (data === undefined) throw new Error("no .BTF");
  return decodeBtf(data).types;
}

function mapRecord(object: ObjectFile, name: string): BtfRecord {
  const variable = typesOf(object).find((type) => type?.kind === "var" && type.name === name);
  const record = variable?.kind === "var" ? resolveType(variable.type) : undefined;
  if (record?.kind !== "struct") throw new Error(`${name} is no map`);
  return record;
}

/** The numbers that the members of a BTF-defined map say. */
function numbers(record: BtfRecord): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { name, type } of record.members) {
    if (type.kind === "ptr" && type.type.kind === "array") result[name] = type.type.count;
  }
  return result;
}

describe("flags about definitions", () => {
  const text = `
int tentative; int zero = 0; __attribute__((nocommon)) int uncommon; __attribute__((common)) int common;
__attribute__((visibility("default"))) int visible; __attribute__((visibility("protected"))) int guarded; extern int foreign;
int use(void) { return foreign; }`;
  const homes = (flags: string[]): Record<string, string> => Object.fromEntries(compileText(text, flags).object.symbols
    .map(({ name, home, value }) => [name, home === "common" ? `common ${value}` : typeof home === "string" ? home : home.name]));
  const hidden = (flags: string[]): string[] => compileText(text, flags).object.symbols
    .filter(({ visibility }) => visibility === "hidden").map(({ name }) => name).sort();

  it("-fcommon and its attributes: common symbols, with their alignment", () => {
    expect(homes(["-O2"])).toMatchObject({ tentative: ".bss", zero: ".bss", uncommon: ".bss", common: "common 4" });
    expect(homes(["-O2", "-fcommon"])).toMatchObject({ tentative: "common 4", zero: ".bss", uncommon: ".bss", common: "common 4" });
  });

  it("-fcommon: a constant that another object may define is read", () => {
    const { object } = compileText("const int limit; int use(void) { return limit; }", ["-O2", "-fcommon"]);
    expect(findSection(object, ".text")?.relocations.map(({ symbol }) => symbol.name)).toEqual(["limit"]);
  });

  it("-fno-zero-initialized-in-bss: data", () => {
    expect(homes(["-O2", "-fno-zero-initialized-in-bss"])).toMatchObject({ tentative: ".data", zero: ".data", uncommon: ".data" });
  });

  it("-fvisibility=hidden: definitions that say nothing", () => {
    expect(hidden(["-O2"])).toEqual([]);
    expect(hidden(["-O2", "-fvisibility=hidden"])).toEqual(["common", "tentative", "uncommon", "use", "zero"]);
  });
});

describe("legacy maps", () => {
  it("become BTF-defined maps", () => {
    const { object } = compileText(`${legacy}MAP(m, .type = 2, .size_key = 4, .size_value = 8, .max_elem = 3, .pinning = 2)`,
      ["-O2", "-mmaps=btf"]);
    expect(findSection(object, "maps")).toBeUndefined();
    expect(numbers(mapRecord(object, "m"))).toEqual({ type: 2, key_size: 4, value_size: 8, max_entries: 3, pinning: 1 });
    expect(findSymbol(object, "m")).toMatchObject({ home: { name: ".maps" }, size: 40, type: "object", bind: "global" });
  });

  it("stay as they are when asked", () => {
    const { object } = compileText(`${legacy}MAP(m, .type = 2, .size_key = 4, .size_value = 8, .max_elem = 3)`,
      ["-O2", "-mmaps=legacy"]);
    expect(findSection(object, "maps")).toMatchObject({ size: 36, align: 4 });
    expect(findSection(object, ".BTF")).toBeUndefined();
  });

  it("say where pinning means something else", () => {
    const { messages } = compileText(`${legacy}MAP(m, .type = 2, .size_key = 4, .size_value = 8, .max_elem = 1, .pinning = 1)`);
    expect(messages).toContain("PIN_OBJECT_NS");
  });

  it("hold inner maps", () => {
    const { object } = compileText(`${legacy}
      MAP(inner, .type = 2, .size_key = 4, .size_value = 8, .max_elem = 1, .id = 7)
      MAP(outer, .type = 12, .size_key = 4, .size_value = 4, .max_elem = 4, .inner_id = 7, .inner_idx = 2)`);
    const values = mapRecord(object, "outer").members.find(({ name }) => name === "values");
    expect(values?.type.kind).toBe("array");
    const outer = findSymbol(object, "outer");
    const at = (outer?.value ?? 0) + (values?.bitOffset ?? 0) / 8 + 2 * 8;
    expect(findSection(object, ".maps")?.relocations).toMatchObject([{ offset: at, symbol: { name: "inner" } }]);
  });
});

describe("sections and symbols", () => {
  const text = `
    static int counter; int start = 5; const char name[4] = "abc"; static int *pointer = &start;
    static __attribute__((noinline)) int local(int x) { return x + counter++; }
    __attribute__((noinline)) int shared(int x) { return x * 3; }
    __attribute__((section("tc"))) int program(int *ctx) { return local(*ctx) + shared(*ctx) + *pointer + name[*ctx & 3]; }
    __attribute__((section("license"))) char license[] = "GPL";`;

  it("are where clang puts them", () => {
    const { object } = compileText(text);
    expect(object.sections.map((section) => section.name)).toEqual(expect.arrayContaining([".text", "tc", ".data", ".bss", ".rodata"]));
    expect(findSymbol(object, "program")).toMatchObject({ home: { name: "tc" }, type: "func", bind: "global" });
    expect(findSymbol(object, "local")).toMatchObject({ home: { name: ".text" }, type: "func", bind: "local" });
    expect(findSymbol(object, "license")).toMatchObject({ home: { name: "license" }, size: 4 });
  });

  it("refer to what is local through its section", () => {
    const relocations = findSection(compileText(text).object, "tc")?.relocations ?? [];
    expect(relocations.filter((r) => r.symbol.type === "section").map((r) => (r.symbol.home as { name: string }).name))
      .toContain(".text");
    expect(relocations.map((r) => r.symbol.name)).toContain("shared");
  });

  it("are the same each time", () => {
    expect(compileText(text, ["-O2", "-g"]).object).toEqual(compileText(text, ["-O2", "-g"]).object);
  });
});

describe("limits", () => {
  const errors = (text: string): string => compileSource("test.c", ["-O2"], text).messages;

  it("of the stack name the variables", () => {
    const messages = errors("void use(char *); int f(void) { char big[400]; char small[200]; use(big); use(small); return 0; }");
    expect(messages).toContain("stack frame of 'f' takes 600 bytes");
    expect(messages).toContain("'big' takes 400 bytes");
  });

  it("of the stack hold for chains of calls, which are warned of", () => {
    const { messages, object } = compileSource("test.c", ["-O2"], `void use(char *);
      static __attribute__((noinline)) int g(int x) { char b[300]; use(b); return b[x]; }
      int f(int x) { char a[300]; use(a); return g(x) + a[x]; }`);
    expect(messages).toContain("'f' and the functions it calls take 608 bytes of stack");
    expect(object).toBeDefined();
  });

  it("of arguments", () => {
    expect(errors("int g(int, int, int, int, int, int); int f(int x) { return g(x, 1, 2, 3, 4, 5); }"))
      .toContain("call to 'g' with 6 arguments");
  });

  it("of atomics before v3", () => {
    const { messages } = compileSource("test.c", ["-O2", "-mcpu=v1"],
      "int f(int *p) { return __sync_fetch_and_add(p, 1); }");
    expect(messages).toContain("old value of an atomic addition");
  });
});
