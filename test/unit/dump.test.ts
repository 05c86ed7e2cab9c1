/**
 * tbdump: what it prints of objects, against llvm-objdump-19 and bpftool where they are here; and that no bytes,
 * however broken, are more to it than an error.
 *
 * run: npx vitest run test/unit/dump.test.ts
 */
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assemble } from "../../assembler/assemble.ts";
import { describeCoreRelocation } from "../../assembler/btf/core-text.ts";
import type { CoreRelocationKind } from "../../assembler/btf/ext.ts";
import type { BtfType } from "../../assembler/btf/types.ts";
import { dumpObject } from "../../assembler/dump/dump.ts";
import { parseDumpCommand } from "../../assembler/dump/flags.ts";
import { readElf } from "../../assembler/object/elf-read.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
import { mutate, randomFrom } from "../harness/mutate.ts";
import { itWith, need } from "../harness/oracles.ts";
import { scratchPath } from "../harness/scratch.ts";
import { compileSource } from "../harness/tbcc.ts";

const examples = join(import.meta.dirname, "..", "..", "examples");
const sources = readdirSync(examples).filter((name) => name.endsWith(".c"));

/** An example as an object file: its path and its bytes. */
function compiled(source: string, flags: readonly string[]): { readonly path: string; readonly bytes: Uint8Array } {
  const { object, messages } = compileSource(join(examples, source), ["-O2", ...flags]);
  if (object === undefined) throw new Error(messages);
  const path = scratchPath(".o");
  const bytes = writeElf(object);
  writeFileSync(path, bytes);
  return { path, bytes };
}

function dump(path: string, bytes: Uint8Array, flags: readonly string[]): string {
  const { settings, errors } = parseDumpCommand([...flags, path]);
  expect(errors).toEqual([]);
  const result = dumpObject(path, bytes, settings);
  if (result.kind === "error") throw new Error(result.message);
  return result.text;
}

/** The lines of a text, blanks aside. */
function lines(text: string): string[] {
  return text.split("\n").map((line) => line.trim().replace(/\s+/g, " ")).filter((line) => line !== "");
}

describe("as llvm-objdump-19", () => {
  for (const source of sources) {
    itWith(["llvm-objdump-19"], source, () => {
      for (const flags of [["-mcpu=v1"], ["-g", "-mcpu=v3"], ["-g", "-mcpu=v4", "-mbig-endian"]]) {
        const { path, bytes } = compiled(source, flags);
        for (const listing of [["-dr"], ["-x"], flags.includes("-g") ? ["-S", "-l"] : ["-d"], ["-d", "--mcpu=v3", "--no-show-raw-insn"]]) {
          const theirs = execFileSync(need("llvm-objdump-19"), [...listing, path]).toString();
          expect(lines(dump(path, bytes, listing))).toEqual(lines(theirs));
        }
      }
    });
  }
});

describe("types", () => {
  for (const source of sources) {
    itWith(["bpftool"], `${source}: as bpftool`, () => {
      const { path, bytes } = compiled(source, ["-g"]);
      for (const format of ["c", "raw"]) {
        const theirs = execFileSync(need("bpftool"), ["btf", "dump", "file", path, "format", format]).toString();
        expect(dump(path, bytes, [`--btf=${format}`])).toBe(theirs);
      }
    });
  }

  it("names a CO-RE relocation's field, type or enumerator", () => {
    const int: BtfType = { kind: "int", name: "int", size: 4, encoding: "signed", bits: 32, bitOffset: 0 };
    const inner: BtfType = {
      kind: "union", name: "", size: 4, members: [{ name: "pid", type: int, bitOffset: 0, bitSize: 0 }],
    };
    const row: BtfType = { kind: "array", element: inner, index: int, count: 4 };
    const task: BtfType = {
      kind: "struct", name: "task", size: 20, members: [
        { name: "state", type: int, bitOffset: 0, bitSize: 0 }, { name: "", type: inner, bitOffset: 0, bitSize: 0 },
        { name: "row", type: row, bitOffset: 32, bitSize: 0 },
      ],
    };
    const states: BtfType = { kind: "enum", name: "states", size: 4, signed: true, values: [{ name: "RUNNING", value: -1n }] };
    const root: BtfType = { kind: "const", type: task };
    const all: readonly BtfType[] = [int, inner, row, task, states, root];
    const text = (kind: CoreRelocationKind, type: BtfType, access: string): string =>
      describeCoreRelocation({ offset: 0, kind, type, access }, (of) => all.indexOf(of) + 1);
    expect(text("byte_off", task, "0:0")).toBe("<byte_off> [4] struct task::state (0:0)");
    expect(text("byte_off", root, "0:1:0")).toBe("<byte_off> [6] const struct task::<anon 1>.pid (0:1:0)");
    expect(text("byte_sz", task, "2:2:3:0")).toBe("<byte_sz> [4] struct task::[2].row[3].pid (2:2:3:0)");
    expect(text("type_size", task, "0")).toBe("<type_size> [4] struct task");
    expect(text("type_exists", inner, "0")).toBe("<type_exists> [2] union <anon 2>");
    expect(text("enumval_value", states, "0")).toBe("<enumval_value> [5] enum states::RUNNING = -1");
    expect(text("byte_off", task, "0:9")).toMatch(/<byte_off> \[4\] '0:9' <.*out of range>/);
    expect(text("enumval_value", states, "7")).toMatch(/bad value index/);
  });
});

describe("what is in the object", () => {
  it("gives assembly that assembles to the same object", () => {
    for (const source of ["dispatch.c", "vlan.c", "xdp_blocklist.c"]) {
      for (const flags of [["-g"], ["-g", "-mbig-endian", "-mcpu=v1"]]) {
        const { path, bytes } = compiled(source, flags);
        const { object, problems } = assemble(dump(path, bytes, ["--asm"]), readElf(bytes).endian);
        expect(problems).toEqual([]);
        expect(object.sections.map(({ name, data }) => ({ name, data })))
          .toEqual(readElf(bytes).sections.map(({ name, data }) => ({ name, data })));
      }
    }
  }, 60_000);

  it("lists maps as loaders create them", () => {
    const btf = compiled("dispatch.c", ["-g"]), legacy = compiled("dispatch.c", ["-g", "-mmaps=legacy"]);
    expect(lines(dump("x.o", btf.bytes, ["--maps"]))).toEqual([
      "Maps:", "handlers: prog_array key 4 value 4 max_entries 3 pinned by name",
      "handled: array key 4 value 8 max_entries 4 pinned by name",
    ]);
    expect(lines(dump("x.o", legacy.bytes, ["--maps"]))).toEqual([
      "Maps:", "handlers: prog_array key 4 value 4 max_entries 3 pinned global id 1",
      "handled: array key 4 value 8 max_entries 4 pinned global",
    ]);
    const data = assembled(".section .rodata,\"a\",@progbits\n.zero 12\n.section .bss.mine,\"aw\",@nobits\n.zero 4\n");
    expect(lines(dump("dir/connection-log.bpf.o", data, ["--maps"]))).toEqual([
      "Maps:", "connecti.rodata: array key 4 value 12 max_entries 1 flags 0x480",
      ".bss.mine: array key 4 value 4 max_entries 1 flags 0x400",
    ]);
  });

  it("says how tc attaches it", () => {
    const btf = compiled("dispatch.c", ["-g"]), legacy = compiled("dispatch.c", ["-g", "-mmaps=legacy"]);
    const attach = ["tc qdisc add dev eth0 clsact", "tc filter add dev eth0 ingress bpf direct-action obj 'my x.o' sec classifier"];
    expect(lines(dump("my x.o", btf.bytes, ["--tc", "eth0"]))).toEqual([
      ...attach, ...[0, 1, 2].map((key) => `tc exec bpf graft m:globals/handlers key ${key} obj 'my x.o' sec 1/${key}`),
    ]);
    const commands = lines(dump("my x.o", legacy.bytes, ["--tc", "eth0"]));
    expect(commands.filter((line) => !line.startsWith("#"))).toEqual(attach);
    expect(commands).toContain("# section 1/2: tc puts it into map handlers at 2 as it loads the object");
    const section = (name: string): string => `.section ${name},"ax",@progbits\nexit\n`;
    const several = assembled(["tc/a", "tcx/egress", "tc/b", "action", "xdp", "0x2/010"].map(section).join(""));
    expect(lines(dump("x.o", several, ["--tc", "eth0"]))).toEqual([
      "# section xdp: not a program for tc",
      "tc qdisc add dev eth0 clsact",
      "tc filter add dev eth0 ingress pref 1 bpf direct-action obj x.o sec tc/a",
      "tc filter add dev eth0 egress bpf direct-action obj x.o sec tcx/egress",
      "tc filter add dev eth0 ingress pref 2 bpf direct-action obj x.o sec tc/b",
      "tc filter add dev eth0 ingress pref 3 matchall action bpf obj x.o sec action",
      "# section 0x2/010: there is no prog array to put it into",
    ]);
  });

  it("prints JSON", () => {
    const { path, bytes } = compiled("dispatch.c", ["-g"]);
    expect(JSON.parse(dump(path, bytes, ["--json"]))).toMatchObject({
      file: path, endian: "little", maps: [{ name: "handlers", type: "prog_array", maxEntries: 3 }, { name: "handled" }],
    });
  });
});

describe("what is wrong", () => {
  it("is said of words and of files", () => {
    expect(parseDumpCommand(["-dq", "--mcpu=v9", "--btf=xml", "a.o"]).errors).toEqual([
      "unknown argument: '-q'", "--mcpu=v9 is none of v1 v2 v3 v4", "--btf=xml is neither c nor raw",
    ]);
    const { settings } = parseDumpCommand(["-d", "a.o"]);
    expect(dumpObject("a.o", new Uint8Array(3), settings)).toEqual({ kind: "error", message: "3 bytes are too few for an ELF file" });
    expect(dumpObject("a.o", new TextEncoder().encode("x".repeat(99)), settings)).toEqual({ kind: "error", message: "not an ELF file" });
  });

  it("is an error or a result for every broken object", () => {
    const objects = ["dispatch.c", "nat.c"].flatMap((source) => [compiled(source, ["-g"]), compiled(source, ["-mmaps=legacy", "-mbig-endian"])]);
    const requests = [["-x"], ["-S", "-l", "-r"], ["--asm"], ["--btf=c"], ["--btf=raw"], ["--maps"], ["--json"], ["--tc", "eth0"]]
      .map((flags) => parseDumpCommand(flags).settings);
    let results = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const broken = mutate(objects[seed % objects.length].bytes, randomFrom(seed));
      for (const settings of requests) if (dumpObject("broken.o", broken, settings).kind === "text") results++;
    }
    expect(results).toBeGreaterThan(400);
  }, 60_000);
});

function assembled(text: string): Uint8Array {
  const { object, problems } = assemble(text, "little");
  expect(problems).toEqual([]);
  return writeElf(object);
}
