/** Laws of the BTF noun: decoding undoes encoding, ids follow the order of first reach, broken bytes are refused. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBtf } from "../../assembler/btf/decode.ts";
import { encodeBtf } from "../../assembler/btf/encode.ts";
import { decodeBtfExt } from "../../assembler/btf/ext.ts";
import type { BtfExtSection } from "../../assembler/btf/ext.ts";
import { formatType, formatTypes } from "../../assembler/btf/format.ts";
import { listTypes } from "../../assembler/btf/list.ts";
import { BtfError, btfVoid, reachableTypes, resolveType, sizeOfType } from "../../assembler/btf/types.ts";
import type { BtfFunc, BtfInt, BtfRecord, BtfType } from "../../assembler/btf/types.ts";
import { readElf } from "../../assembler/object/elf-read.ts";
import { findSection } from "../../assembler/object/object.ts";
import { itWith, need } from "../harness/oracles.ts";

const int: BtfInt = { kind: "int", name: "int", size: 4, encoding: "signed", bits: 32, bitOffset: 0 };
const index: BtfInt = { ...int, name: "__ARRAY_SIZE_TYPE__", encoding: "unsigned" };

/** A graph with every kind in it, and a circle through a pointer. */
function everyKind(): BtfType[] {
  const node: BtfRecord = { kind: "struct", name: "node", size: 16, members: [] };
  const next: BtfType = { kind: "ptr", type: { kind: "type_tag", tag: "kptr", type: node } };
  node.members.push({ name: "next", type: next, bitOffset: 0, bitSize: 0 });
  node.members.push({ name: "flags", type: int, bitOffset: 64, bitSize: 3 });
  const func: BtfFunc = {
    kind: "func", name: "f", linkage: "global",
    type: { kind: "func_proto", returns: btfVoid, params: [{ name: "n", type: next }], variadic: true },
  };
  const variable: BtfType = { kind: "var", name: "v", linkage: "static", type: { kind: "volatile", type: int } };
  return [
    func, variable,
    { kind: "datasec", name: ".data", size: 0, vars: [{ type: variable, offset: 8, size: 4 }] },
    { kind: "decl_tag", tag: "tag", type: func, component: 0 },
    { kind: "union", name: "", size: 12, members: [{
      name: "", type: { kind: "array", element: { kind: "const", type: int }, index, count: 3 },
      bitOffset: 0, bitSize: 0,
    }] },
    { kind: "enum", name: "e", size: 4, signed: true, values: [{ name: "A", value: -1n }, { name: "B", value: 7n }] },
    { kind: "enum64", name: "w", size: 8, signed: false, values: [{ name: "C", value: 0xfedcba9876543210n }] },
    { kind: "fwd", name: "later", record: "union" },
    { kind: "typedef", name: "t", type: { kind: "restrict", type: { kind: "ptr", type: btfVoid } } },
    { kind: "float", name: "double", size: 8 },
  ];
}

describe("BTF", () => {
  for (const littleEndian of [true, false]) {
    it(`decodes to what was encoded, ${littleEndian ? "little" : "big"} endian`, () => {
      const types = reachableTypes(everyKind());
      const encoded = encodeBtf({ types }, littleEndian);
      const decoded = decodeBtf(encoded.btf);
      expect(decoded.littleEndian).toBe(littleEndian);
      expect(listTypes(decoded.types)).toBe(listTypes([btfVoid, ...types]));
      const again = encodeBtf({ types: decoded.types }, littleEndian);
      expect(listTypes(decodeBtf(again.btf).types)).toBe(listTypes(decoded.types));
      expect(again.btf).toEqual(encoded.btf);
    });
  }

  it("has every kind in the sample", () => {
    expect(new Set(reachableTypes(everyKind()).map(({ kind }) => kind)).size).toBe(19);
  });

  it("numbers listed types first, then what they reach", () => {
    const types = everyKind();
    const { ids } = encodeBtf({ types }, true);
    types.forEach((type, place) => expect(ids.get(type)).toBe(place + 1));
    expect(ids.size).toBe(reachableTypes(types).length);
  });

  it("reports where the offsets of variables stand", () => {
    const types = everyKind();
    const { btf, fixups } = encodeBtf({ types }, true);
    expect(fixups.map(({ variable }) => variable.offset)).toEqual([8]);
    expect(new DataView(btf.buffer).getUint32(fixups[0]?.offset ?? 0, true)).toBe(8);
  });

  it("keeps what is said about instructions", () => {
    const types = everyKind();
    const [func] = types;
    if (func?.kind !== "func") throw new Error("the sample begins with a function");
    const sections: BtfExtSection[] = [
      { name: "tc", functions: [{ offset: 0, type: func }],
        lines: [{ offset: 8, file: "a.c", text: "  return x;", line: 12, column: 3 }], relocations: [] },
      { name: "xdp", functions: [], lines: [], relocations: [
        { offset: 16, type: int, access: "0:1", kind: "field_exists" }] },
    ];
    for (const littleEndian of [true, false]) {
      const encoded = encodeBtf({ types, sections }, littleEndian);
      const decoded = decodeBtf(encoded.btf);
      const ext = decodeBtfExt(encoded.ext ?? new Uint8Array(0), littleEndian, decoded.types, decoded.strings);
      expect(ext.map(({ name }) => name)).toEqual(["tc", "xdp"]);
      expect(ext[0]?.lines).toEqual(sections[0]?.lines);
      expect(ext[0]?.functions[0]?.type).toBe(decoded.types[encoded.ids.get(func) ?? 0]);
      expect(ext[1]?.relocations[0]).toMatchObject({ offset: 16, access: "0:1", kind: "field_exists" });
      expect(encoded.extFixups.map(({ section, value }) => `${section}+${value}`)).toEqual(["tc+0", "tc+8", "xdp+16"]);
    }
  });

  it("answers what a type is made of", () => {
    const array: BtfType = { kind: "array", element: { kind: "typedef", name: "t", type: int }, index, count: 5 };
    expect(sizeOfType(array)).toBe(20);
    expect(sizeOfType({ kind: "fwd", name: "f", record: "struct" })).toBeUndefined();
    expect(resolveType({ kind: "const", type: { kind: "typedef", name: "t", type: int } })).toBe(int);
  });

  it("says in C what the types say", () => {
    expect(formatTypes(everyKind())).toBe(`enum e {
\tA = -1,
\tB = 7,
};

enum w {
\tC = 18364758544493064720ULL,
};

union later;

typedef void * restrict t;

`);
    const [func] = everyKind();
    if (func === undefined) throw new Error("the sample begins with a function");
    expect(formatType(func)).toBe(
      'void f(struct node __attribute__((btf_type_tag("kptr"))) *n, ...)');
  });

  it("refuses a graph that runs in a circle", () => {
    const alias: BtfType = { kind: "typedef", name: "t", type: btfVoid };
    alias.type = { kind: "const", type: alias };
    expect(() => decodeBtf(encodeBtf({ types: [alias] }, true).btf)).toThrow(BtfError);
    const record: BtfRecord = { kind: "struct", name: "s", size: 4, members: [] };
    record.members.push({ name: "s", type: record, bitOffset: 0, bitSize: 0 });
    expect(() => decodeBtf(encodeBtf({ types: [record] }, true).btf)).toThrow(BtfError);
  });

  it("never fails on broken bytes but with a BtfError", () => {
    const good = encodeBtf({ types: everyKind() }, true).btf;
    fc.assert(fc.property(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(good.length),
      (changes, length) => {
        const bytes = good.slice(0, changes.length === 1 ? length : good.length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          decodeBtf(bytes);
        } catch (error) {
          if (!(error instanceof BtfError)) throw error;
        }
      },
    ), { numRuns: 2000 });
  });

  itWith(["clang-19"], "writes records that clang lays out alike", () => {
    const scratch = mkdtempSync(join(tmpdir(), "btf-"));
    try {
      const file = join(scratch, "a.o");
      const types = (text: string): readonly BtfType[] => {
        const args = ["-O2", "-g", "--target=bpf", "-w", "-x", "c", "-c", "-", "-o", file];
        expect(spawnSync(need("clang-19"), args, { input: text, encoding: "utf8" }).stderr).toBe("");
        return decodeBtf(findSection(readElf(readFileSync(file)), ".BTF")?.data ?? new Uint8Array(0)).types;
      };
      const before = types(layouts);
      const after = types(`${formatTypes(before)}struct all all;`);
      const records = (all: readonly BtfType[]): unknown[] => all.flatMap((type) =>
        type.kind === "struct" && type.name !== "" ? [[type.name, type.size, type.members.map(
          ({ name, bitOffset, bitSize }) => [name, bitOffset, bitSize])]] : []);
      expect(records(before).length).toBe(7);
      expect(records(after).sort()).toEqual(records(before).sort());
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });

  itWith(["clang-19", "bpftool"], "lists and encodes clang's types as bpftool reads them", () => {
    const scratch = mkdtempSync(join(tmpdir(), "btf-"));
    try {
      const source = join(scratch, "a.c");
      const file = join(scratch, "a.o");
      writeFileSync(source, sample);
      for (const target of ["bpfel", "bpfeb"]) {
        const built = spawnSync(need("clang-19"), ["-O2", "-g", `--target=${target}`, "-c", source, "-o", file]);
        expect(built.status).toBe(0);
        const object = readElf(readFileSync(file));
        const data = findSection(object, ".BTF")?.data ?? new Uint8Array(0);
        const decoded = decodeBtf(data);
        const dump = spawnSync(need("bpftool"), ["btf", "dump", "file", file], { encoding: "utf8" }).stdout;
        expect(listTypes(decoded.types)).toBe(dump);
        const again = join(scratch, "again.btf");
        writeFileSync(again, encodeBtf({ types: decoded.types.slice(1) }, decoded.littleEndian).btf);
        expect(spawnSync(need("bpftool"), ["btf", "dump", "file", again], { encoding: "utf8" }).stdout).toBe(dump);
        const ext = findSection(object, ".BTF.ext")?.data ?? new Uint8Array(0);
        const sections = decodeBtfExt(ext, decoded.littleEndian, decoded.types, decoded.strings);
        expect(sections.map(({ name, functions }) => [name, functions.length])).toEqual([[".text", 1], ["tc", 1]]);
        expect(sections[1]?.relocations.map(({ access, kind }) => `${kind} ${access}`)).toEqual(["byte_off 0:3"]);
      }
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});

const layouts = `
struct packed { char c; int i; short s : 3; short t : 9; unsigned long l; } __attribute__((packed));
struct aligned { char a; int b __attribute__((aligned(16))); long c[0]; };
struct bits { unsigned a : 1, : 3, b : 4, : 0; unsigned long c : 40; unsigned d; };
struct big { char a; __int128 b; char c; };
struct tail { long a; char b[3]; } __attribute__((aligned(32)));
struct list { struct list *next; struct all *all; int (*f)(struct all *, const char *, ...); };
struct all { struct packed p; struct aligned q; struct bits r; struct big s; struct tail t; struct list u;
  union { struct { int x, y; }; long z; }; enum { ONE, TWO } e; int (*table[3])(void); int (*grid)[4][5]; } all;
`;

const sample = `
struct node { struct node __attribute__((btf_type_tag("kptr"))) *next; unsigned flags : 3, rest : 29; long value; }
  __attribute__((preserve_access_index)) __attribute__((btf_decl_tag("stag")));
enum narrow { A = -1, B = 5 }; enum wide { C, D = 0x100000000ULL };
typedef int (*callback)(struct node *, const char *, ...);
struct { int (*type)[2]; enum narrow *key; enum wide *value; volatile int *v; const char *restrict r; double d; _Bool b;
  struct forward *w; callback c; } map __attribute__((section(".maps")));
int counter = 1; static int hidden; const int limit = 3;
__attribute__((noinline)) long sub(struct node *n, int x) { return x + hidden++; }
__attribute__((section("tc"))) int prog(struct node *n) { return sub(n, counter) + n->value; }
`;
