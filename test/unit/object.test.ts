/**
 * The object file: ELF write and read, assembly text to object and back, disassembly. LLVM's assembler, disassembler
 * and ELF reader judge where they are here; the sources of test/cases/object must give llvm-mc's bytes.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assemble } from "../../assembler/assemble.ts";
import { orderSymbols } from "../../assembler/assembly/order.ts";
import { printObject } from "../../assembler/assembly/print.ts";
import { disassemble } from "../../assembler/disassemble.ts";
import { readElf } from "../../assembler/object/elf-read.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
import type { Endian, ObjectFile } from "../../assembler/object/object.ts";
import {
  makeSection, makeSymbol, makeUndefined, makeZeroSection, ObjectError, R_BPF, SHF,
} from "../../assembler/object/object.ts";
import { buildStringTable } from "../../assembler/object/strings.ts";
import { itWith, need } from "../harness/oracles.ts";

const directory = join(import.meta.dirname, "..", "cases", "object");
const cases = readdirSync(directory).filter((name) => name.endsWith(".s")).map((name) => {
  const source = readFileSync(join(directory, name), "utf8");
  if (!source.startsWith("# object\n")) throw new Error(`${name} does not begin with "# object"`);
  return { name, source };
});

function object(source: string, endian: Endian = "little"): ObjectFile {
  const { object: made, problems } = assemble(source, endian);
  expect(problems).toEqual([]);
  return made;
}

/** Runs a body with a directory of its own. */
function inScratch<T>(body: (path: (name: string) => string) => T): T {
  const scratch = mkdtempSync(join(tmpdir(), "tbcc-object-"));
  try {
    return body((name) => join(scratch, name));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** What llvm-mc makes of a source. */
function llvmMc(source: string, endian: Endian): Uint8Array {
  return inScratch((path) => {
    writeFileSync(path("x.s"), source);
    const triple = endian === "little" ? "bpfel" : "bpfeb";
    execFileSync(need("llvm-mc-19"), [`-triple=${triple}`, "-filetype=obj", "-o", path("x.o"), path("x.s")]);
    return new Uint8Array(readFileSync(path("x.o")));
  });
}

/** Compares as text, so that a failure can be read. */
function expectSameBytes(ours: Uint8Array, theirs: Uint8Array): void {
  if (Buffer.compare(ours, theirs) === 0) return;
  expect(describeObject(readElf(ours))).toEqual(describeObject(readElf(theirs)));
  expect(Buffer.from(ours).toString("hex")).toBe(Buffer.from(theirs).toString("hex"));
}

/** All that an object says, with names in place of pointers. */
function describeObject(o: ObjectFile): unknown {
  const nameOf = (s: ObjectFile["symbols"][number]): string =>
    s.type === "section" && typeof s.home !== "string" ? `section ${s.home.name}` : s.name;
  return {
    sections: o.sections.map((s) => ({
      ...s, data: s.data === undefined ? undefined : Buffer.from(s.data).toString("hex"), link: s.link?.name,
      relocations: s.relocations.map((r) => `${r.offset} ${r.type} ${nameOf(r.symbol)}`),
    })),
    symbols: o.symbols.map((s) => ({ ...s, name: nameOf(s), home: typeof s.home === "string" ? s.home : s.home.name })),
    addressSignificant: o.addressSignificant?.map(nameOf),
  };
}

describe("sources of test/cases/object", () => {
  it.each(cases)("$name: reads back from ELF as it was written", ({ source }) => {
    for (const endian of ["little", "big"] as const) {
      const made = object(source, endian);
      const read = readElf(writeElf(made));
      const locals = made.symbols.filter((s) => s.bind === "local");
      made.symbols = [...locals, ...made.symbols.filter((s) => s.bind !== "local")];
      expect(describeObject(read)).toEqual(describeObject(made));
      expect(writeElf(read)).toEqual(writeElf(made));
    }
  });

  it.each(cases)("$name: prints as text that assembles to the same bytes", ({ source }) => {
    for (const endian of ["little", "big"] as const) {
      const made = object(source, endian);
      orderSymbols(made);
      const again = object(printObject(made), endian);
      expectSameBytes(writeElf(again), writeElf(made));
    }
  });

  for (const { name, source } of cases) {
    itWith(["llvm-mc-19"], `${name}: llvm-mc-19 gives the same bytes`, () => {
      for (const endian of ["little", "big"] as const) {
        expectSameBytes(writeElf(object(source, endian)), llvmMc(source, endian));
      }
    });

    itWith(["llvm-mc-19"], `${name}: llvm-mc-19 assembles what is printed to the same bytes`, () => {
      const made = object(source);
      orderSymbols(made);
      expectSameBytes(llvmMc(printObject(made), "little"), writeElf(made));
    });

    itWith(["llvm-objdump-19"], `${name}: the listing is llvm-objdump-19's`, () => {
      const made = object(source);
      const theirs = inScratch((path) => {
        writeFileSync(path("x.o"), writeElf(made));
        return execFileSync(need("llvm-objdump-19"), ["-d", "-r", "--mcpu=v3", path("x.o")]).toString();
      });
      expect(disassemble(made, { alu32: true })).toBe(theirs.split("\n").slice(2).join("\n"));
    });
  }
});

const program = `
struct entry { char tag[6]; long *where; };
static int count;
int limit = 5;
const char name[] = "name";
extern int unknown(int);
struct entry entries[2] = { { "a", 0 }, { "b", (long *)&limit } };
static int (*const print)(const char *, int, ...) = (void *)6;
static __attribute__((noinline)) int scale(int x) { count += x; return x * 3 + limit; }
__attribute__((noinline)) int shift(int x) { return (x << 5) + count; }
__attribute__((section("classifier"), used)) int classify(const unsigned *context) {
  print("packet %d", 10, context[0]);
  for (unsigned i = 0; i < context[3]; i++) count ^= unknown(i);
  return scale(context[1]) + shift(context[2]);
}
__attribute__((section("license"), used)) char _license[] = "GPL";
`;

describe("objects of clang-19", () => {
  for (const cpu of ["v1", "v2", "v3", "v4"]) {
    for (const target of ["bpfel", "bpfeb"]) {
      itWith(["clang-19", "llvm-mc-19"], `${target} ${cpu}: read, written, printed, assembled without a difference`, () => {
        const endian = target === "bpfel" ? "little" : "big";
        const compile = (...flags: string[]): Buffer => execFileSync(need("clang-19"),
          ["-O2", "-target", target, `-mcpu=${cpu}`, "-x", "c", "-", "-o", "-", ...flags], { input: program });
        for (const flags of [[], ["-g"]]) {
          const bytes = new Uint8Array(compile("-c", ...flags));
          expectSameBytes(writeElf(readElf(bytes)), bytes);
          const made = readElf(bytes);
          orderSymbols(made);
          const printed = printObject(made, { alu32: cpu >= "v3" });
          expectSameBytes(writeElf(object(printed, endian)), writeElf(made));
          expectSameBytes(llvmMc(printed, endian), writeElf(made));
        }
        const text = compile("-S").toString();
        expectSameBytes(writeElf(object(text, endian)), llvmMc(text, endian));
      });
    }
  }
});

describe("the ELF writer", () => {
  it("puts .strtab first, relocations behind their sections, .symtab last, and shares the ends of names", () => {
    const text = makeSection(".text", SHF.ALLOC | SHF.EXECINSTR, 4);
    const code = makeSection("prog", SHF.ALLOC | SHF.EXECINSTR, 8, new Uint8Array(16));
    const zeros = makeZeroSection(".bss", SHF.ALLOC | SHF.WRITE, 8, 1 << 30);
    const map = makeUndefined("map");
    code.relocations.push({ offset: 0, type: R_BPF.R64_64, symbol: map });
    const global = makeSymbol("program", code, 0, { bind: "global", type: "func", size: 16 });
    const local = makeSymbol("gram", zeros, 4);
    const bytes = writeElf({ endian: "little", sections: [text, code, zeros], symbols: [global, map, local] });
    const read = readElf(bytes);
    expect(read.sections.map((s) => [s.name, s.size])).toEqual([[".text", 0], ["prog", 16], [".bss", 1 << 30]]);
    expect(read.symbols.map((s) => s.name)).toEqual(["gram", "program", "map"]);
    const names = buildStringTable(["program", "gram", "", "ram", "map"]);
    expect(Buffer.from(names.bytes).toString("latin1")).toBe("\0map\0program\0");
    expect([names.offsetOf("program"), names.offsetOf("gram"), names.offsetOf("")]).toEqual([5, 8, 0]);
  });

  it("refuses symbols and sections that are not in the object", () => {
    const code = makeSection("prog", SHF.ALLOC | SHF.EXECINSTR, 8, new Uint8Array(8));
    code.relocations.push({ offset: 0, type: R_BPF.R64_32, symbol: makeUndefined("gone") });
    expect(() => writeElf({ endian: "big", sections: [code], symbols: [] })).toThrow(ObjectError);
    expect(() => writeElf({ endian: "big", sections: [], symbols: [makeSymbol("s", code, 0)] })).toThrow(ObjectError);
  });
});

describe("the ELF reader", () => {
  const good = writeElf(object(cases[0]?.source ?? ""));

  it("gives an object or an ObjectError for every truncation", () => {
    for (let length = 0; length < good.length; length++) {
      expect(() => readElf(good.subarray(0, length))).toThrow(ObjectError);
    }
  });

  it("gives an object or an ObjectError for every mutation", () => {
    const headers = Number(new DataView(good.buffer).getBigUint64(40, true));
    const place = fc.oneof(fc.nat(good.length - 1), fc.nat(63), fc.integer({ min: headers, max: good.length - 1 }));
    const change = fc.tuple(place, fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)));
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const bytes = good.slice();
      for (const [at, value] of changes) bytes[at] = value;
      try {
        const read = readElf(bytes);
        disassemble(read);
        writeElf(read);
        printObject(read);
      } catch (error) {
        expect(error).toBeInstanceOf(ObjectError);
      }
    }), { numRuns: 1500 });
  }, 60_000);
});

describe("the assembler", () => {
  it("locates every problem and goes on", () => {
    const { problems } = assemble([
      "\tr1 = 1", "\tr1 =", "x:\tcall .Lnone", "\t.bogus 1", "x:", "\tgoto y", "\t.byte 256", "\t.long a+b", "\t.size x, z",
      "\tr2 = y", "\t.section s,\"q\"", "\t.p2align 3 4", "\t.quad 1; .popsection", "\t.set c, c", "\t.quad c",
    ].join("\n"), "little");
    expect(problems.map((p) => `${p.line}:${p.column} ${p.message}`)).toEqual([
      "2:6 expected an r register, a number, a w register, a number or symbol, \"-\", \"(\", ..., saw the end of the statement",
      "3:4 \".Lnone\" is not defined",
      "4:2 unknown directive \".bogus\"",
      "5:1 \"x\" is defined twice",
      "6:2 \"y\" is not an instruction of this section",
      "7:8 256 does not fit 8 bits",
      "8:8 a sum of two symbols has no meaning",
      "9:11 the size is not a number",
      "10:2 \"y\" is not a constant",
      "11:13 section flag \"q\" is unknown or not supported",
      "12:13 expected the end, saw \"4\"",
      "13:22 no section was pushed",
      "14:7 \"c\" is neither a number nor a place of this object",
    ]);
  });

  it("pads code with instructions that do nothing", () => {
    const made = object("\texit\n\t.p2align 4\n\texit\n\t.p2align 5, 0\n", "little");
    expect(disassemble(made, { noBytes: true, zeros: true }).split("\n").slice(4)).toEqual([
      "       0:\texit", "       1:\tif r0 == 0x0 goto +0x0 <.text+0x10>", "       2:\texit", "       3:\t<unknown>", "",
    ]);
  });

  it("takes time that does not grow with aliases of aliases, nor memory that a text only asks for", () => {
    const aliases = Array.from({ length: 50 }, (_, i) => `\t.set a${i + 1}, a${i}+a${i}`);
    const { problems } = assemble(["\t.set a0, 1", ...aliases, "\t.zero a50", "\t.fill 16777217"].join("\n"), "little");
    expect(problems.map((p) => p.message)).toEqual(["the size is out of range", "expected a number from 0 to 2097152"]);
  });

  it("survives any text", () => {
    const word = fc.constantFrom(".text", ".section", "x", "\"a\"", ",", ":", "1", "1b", "1f", ".long", ".set", ".size", "-", "+",
      "(", ")", "\n", ";", ".zero", ".p2align", ".uleb128", ".", "@", "nobits", "r1", "=", "goto", "call", "ll", "exit", "99999999999",
      ".comm", ".globl", ".type", "function", ".bss", "'", "\"", "\\", "/*", "*/", "#", ".fill");
    fc.assert(fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const { object: made, problems } = assemble(words.join(" "), "little");
      if (problems.length === 0) writeElf(made);
    }), { numRuns: 3000 });
  }, 60_000);
});
