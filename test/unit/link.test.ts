/**
 * The linker: what its output holds, what it refuses and in which words, and that the kernel runs what it made.
 *
 * run: npx vitest run test/unit/link.test.ts
 */
import { describe, expect, test } from "vitest";
import { decodeBtf } from "../../assembler/btf/decode.ts";
import { listTypes } from "../../assembler/btf/list.ts";
import { readElf } from "../../assembler/object/elf-read.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
import { findSection, findSymbol } from "../../assembler/object/object.ts";
import type { ObjectFile } from "../../assembler/object/object.ts";
import { link } from "../../linker/link.ts";
import { loadInKernel } from "../harness/kernel-run.ts";
import { itWith } from "../harness/oracles.ts";
import { compileSource } from "../harness/tbcc.ts";

const prelude = `
#define SEC(name) __attribute__((section(name), used))
#define __uint(name, val) int (*name)[val]
#define __type(name, val) typeof(val) *name
struct __sk_buff { unsigned len; };
static void *(*bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;
char _license[] SEC("license") = "GPL";
`;

function compile(name: string, text: string, args: readonly string[] = []): { name: string; object: ObjectFile } {
  const { object, messages } = compileSource(name, ["-O2", "-g", ...args], prelude + text);
  if (object === undefined) throw new Error(messages);
  // Through the bytes, as the command has it.
  return { name: name.replace(/c$/, "o"), object: readElf(writeElf(object)) };
}

function linked(inputs: readonly { name: string; object: ObjectFile }[], dropUnreferenced = false): ObjectFile {
  const result = link(inputs, { dropUnreferenced });
  if ("errors" in result) throw new Error(result.errors.join("\n"));
  return result.object;
}

function errorsOf(...texts: readonly string[]): readonly string[] {
  const result = link(texts.map((text, i) => compile(`${"abcd"[i]}.c`, text)), { dropUnreferenced: false });
  return "errors" in result ? result.errors : [];
}

function typesOf(object: ObjectFile): string {
  const section = findSection(object, ".BTF");
  return section?.data === undefined ? "" : listTypes(decodeBtf(section.data).types);
}

const map = (entries: number): string => `struct {
  __uint(type, 2); __type(key, int); __type(value, long); __uint(max_entries, ${entries});
} counts SEC(".maps");`;

const first = `
int shared = 3;
extern int other(int x);
static __attribute__((noinline)) int half(int x) { return x / 2; }
${map(4)}
SEC("tc") int first(struct __sk_buff *skb) {
  int k = 0;
  long *v = bpf_map_lookup_elem(&counts, &k);
  if (v) *v += 1;
  return other(skb->len) + half(shared);
}`;

const second = `
extern int shared;
extern ${map(4)}
static __attribute__((noinline)) int half(int x) { return x / 3; }
int other(int x) { return half(x) + shared; }
SEC("tc") int second(struct __sk_buff *skb) {
  int k = 1;
  long *v = bpf_map_lookup_elem(&counts, &k);
  if (v) *v += 1;
  return 7 + half(skb->len);
}`;

describe("linking", () => {
  itWith(["bpftool", "kernel bpf"], "the kernel runs two objects as one", () => {
    for (const gc of [false, true]) {
      const object = linked([compile("a.c", first), compile("b.c", second)], gc);
      const kernel = loadInKernel(writeElf(object));
      try {
        expect(kernel.run("first", new Uint8Array(60)).result).toBe(20 + 3 + 1);
        expect(kernel.run("second", new Uint8Array(90)).result).toBe(7 + 30);
        const values = kernel.map("counts").map(({ values: [value] }) => value?.[0]);
        expect(values).toEqual([1, 1, 0, 0]);
      } finally {
        kernel.close();
      }
    }
  });

  test("gives the same bytes for the same inputs, and leaves the inputs as they were", () => {
    const inputs = [compile("a.c", first), compile("b.c", second)];
    const before = inputs.map(({ object }) => writeElf(object));
    const once = writeElf(linked(inputs)), again = writeElf(linked(inputs));
    expect(Buffer.from(once).equals(again)).toBe(true);
    expect(inputs.map(({ object }) => writeElf(object))).toEqual(before);
  });

  test("what was linked can be linked again", () => {
    const [a, b] = [compile("a.c", first), compile("b.c", second)];
    const third = compile("c.c", "int third(int x) { return x; }");
    const once = writeElf(linked([a, b, third]));
    const twice = writeElf(linked([{ name: "ab.o", object: linked([a, b]) }, third]));
    expect(Buffer.from(once).equals(twice)).toBe(true);
  });

  test("types are there once, and names have one description", () => {
    const types = typesOf(linked([compile("a.c", first), compile("b.c", second)]));
    for (const name of ["INT 'int'", "STRUCT '__sk_buff'", "FUNC 'other'", "VAR 'shared'", "VAR 'counts'", "VAR '_license'"]) {
      expect(types.split(`] ${name}`).length, name).toBe(2);
    }
    expect(types).toContain("FUNC 'other' type_id");
    expect(types).not.toContain("linkage=extern");
  });

  test("a strong definition wins over a weak one, the first of weak ones over the others", () => {
    const weak = (result: number): string => `__attribute__((weak)) int f(int x) { return x + ${result}; }`;
    const strong = "int f(int x) { return x + 3; }";
    const value = (...texts: string[]): [number | undefined, string | undefined] => {
      const symbol = findSymbol(linked(texts.map((text, i) => compile(`${"abc"[i]}.c`, text))), "f");
      return [symbol?.value, symbol?.bind];
    };
    const size = findSymbol(compile("a.c", weak(1)).object, "f")?.size ?? 0;
    expect(value(weak(1), weak(2))).toEqual([0, "weak"]);
    expect(value(weak(1), strong)).toEqual([size, "global"]);
    expect(value(strong, weak(1))).toEqual([0, "global"]);
    expect(value(weak(1), weak(2), strong)).toEqual([2 * size, "global"]);
  });

  test("--gc leaves out static subprograms that nothing refers to, and nothing else", () => {
    const functions = (object: ObjectFile): string[] => object.symbols.filter(({ type }) => type === "func").map(({ name }) => name);
    const used = [compile("a.c", first), compile("b.c", second)];
    expect(writeElf(linked(used, true))).toEqual(writeElf(linked(used)));

    // The weak definition loses, and its helper with it; what lies behind them moves up.
    const losing = compile("a.c", `
      static __attribute__((noinline)) int helper(int x) { return x * 5; }
      __attribute__((weak)) int f(int x) { return helper(x) + 1; }
      static __attribute__((noinline)) int kept(int x) { return x * 7; }
      SEC("tc") int go(struct __sk_buff *skb) { return kept(skb->len); }`);
    const winning = compile("b.c", "int f(int x) { return x * x; }");
    const all = linked([losing, winning]), some = linked([losing, winning], true);
    expect(functions(all).sort()).toEqual(["f", "go", "helper", "kept"]);
    expect(functions(some).sort()).toEqual(["f", "go", "kept"]);
    expect(typesOf(some)).not.toContain("FUNC 'helper'");
    const size = (name: string): number => findSymbol(some, name)?.size ?? 0;
    expect(findSection(some, ".text")?.size).toBe(size("f") + size("kept"));
  });
});

describe("refusing", () => {
  test("two definitions", () => {
    expect(errorsOf("int f(int x) { return x; }", "int f(int x) { return x; }"))
      .toEqual(["symbol 'f' is defined in 'a.o' and again in 'b.o'"]);
  });

  test("a declaration that does not fit the definition", () => {
    const use = "SEC(\"tc\") int go(void *p) { return f(3); }";
    expect(errorsOf("int f(int x) { return x; }", `extern int f(long x); ${use}`))
      .toEqual(["'a.o' and 'b.o' do not agree on symbol 'f': int 'int' has 4 bytes, int 'long' has 8"]);
    expect(errorsOf(`extern int f(int x, int y); SEC("tc") int go(void *p) { return f(3, 4); }`, "int f(int x) { return x; }"))
      .toEqual(["'a.o' and 'b.o' do not agree on symbol 'f': it has 2 parameters and 1"]);
  });

  test("two shapes of one map", () => {
    expect(errorsOf(first, second.replace("max_entries, 4", "max_entries, 5")))
      .toEqual(["'a.o' and 'b.o' do not agree on symbol 'counts': max_entries is 4 and 5"]);
  });

  test("two licences", () => {
    const inputs = [compile("a.c", "int a;"), compile("b.c", "int b;")];
    const license = inputs[1] === undefined ? undefined : findSection(inputs[1].object, "license");
    license?.data?.set([66]);
    const result = link(inputs, { dropUnreferenced: false });
    expect("errors" in result ? result.errors : [])
      .toEqual(["'a.o' and 'b.o' differ in section 'license', which must be the same in all objects"]);
  });

  test("objects of two byte orders, and objects without BTF", () => {
    const orders = link([compile("a.c", "int a;"), compile("b.c", "int b;", ["--target=bpfeb"])], { dropUnreferenced: false });
    expect("errors" in orders ? orders.errors : []).toEqual(["'b.o' is big-endian, 'a.o' is not"]);
    const bare = compile("a.c", "int a;", ["-g0"]);
    const missing = link([bare], { dropUnreferenced: false });
    expect("errors" in missing ? missing.errors[0] : "")
      .toMatch(/^a\.o: BTF does not describe the global symbol '.*' \(compile with -g\)$/);
  });
});
