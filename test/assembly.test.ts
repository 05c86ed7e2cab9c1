/**
 * Every example, and every case that is run, as assembly text: what `-S` prints, LLVM's assembler makes the same
 * programs, data, symbols and relocations of; and LLVM's disassembler knows every instruction of the examples' objects.
 *
 *   npx vitest run test/assembly.test.ts
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { disassemble } from "../assembler/disassemble.ts";
import { readElf } from "../assembler/object/elf-read.ts";
import { writeElf } from "../assembler/object/elf-write.ts";
import { definedIn, type ObjectFile, type ObjectSymbol } from "../assembler/object/object.ts";
import { assemblyText } from "../compiler/compile.ts";
import { caseFiles } from "./harness/cases.ts";
import { itWith, need } from "./harness/oracles.ts";
import { compileSource } from "./harness/tbcc.ts";

const directory = join(import.meta.dirname, "..", "examples");
const examples = readdirSync(directory).filter((name) => name.endsWith(".c"));
/** C of every kind, with instructions that no example needs. */
const programs = caseFiles("run");
const variants = [
  ["-O0", "-mcpu=v1"], ["-O0", "-mcpu=v4"], ["-O1", "-mcpu=v2"], ["-O2", "-mcpu=v3"], ["-O2", "-mcpu=v4"],
  ["-O2", "-mcpu=v3", "-g"], ["-O2", "-mcpu=v3", "-target", "bpfeb"],
];

function compile(path: string, flags: readonly string[]): ObjectFile {
  const { object, messages } = compileSource(path, flags);
  if (object === undefined) throw new Error(messages);
  return object;
}

function inScratch<T>(body: (path: (name: string) => string) => T): T {
  const scratch = mkdtempSync(join(tmpdir(), "tbcc-assembly-"));
  try {
    return body((name) => join(scratch, name));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function llvmMc(text: string, triple: string): ObjectFile {
  return inScratch((path) => {
    writeFileSync(path("x.s"), text);
    const args = [`-triple=${triple}`, "-filetype=obj", "-o", path("x.o"), path("x.s")];
    execFileSync(need("llvm-mc-19"), args, { stdio: "pipe" });
    return readElf(new Uint8Array(readFileSync(path("x.o"))));
  });
}

/** All that an object holds, with names in place of pointers, in an order of its own. */
function contents(object: ObjectFile): unknown {
  const nameOf = (symbol: ObjectSymbol): string => (
    symbol.type === "section" ? `section ${definedIn(symbol)?.name ?? ""}` : symbol.name
  );
  return {
    sections: object.sections.filter(({ size }) => size > 0).map((section) => ({
      name: section.name, type: section.type, flags: section.flags, align: section.align, size: section.size,
      data: section.data === undefined ? undefined : Buffer.from(section.data).toString("hex"),
      relocations: section.relocations.map(({ offset, type, symbol }) => `${offset} ${type} ${nameOf(symbol)}`),
    })),
    symbols: object.symbols.filter(({ type }) => type !== "section").map(({ home, ...rest }) => (
      JSON.stringify({ ...rest, home: typeof home === "string" ? home : home.name })
    )).sort(),
  };
}

describe("the examples' assembly text", () => {
  for (const name of examples) {
    itWith(["llvm-mc-19"], `${name}: llvm-mc-19 makes the object of it`, () => {
      for (const flags of variants) {
        const object = compile(join(directory, name), flags);
        const assembled = llvmMc(assemblyText(object), flags.includes("bpfeb") ? "bpfeb" : "bpfel");
        expect({ flags, contents: contents(assembled) }).toEqual({ flags, contents: contents(object) });
      }
    }, 60_000);

    itWith(["llvm-objdump-19"], `${name}: llvm-objdump-19 knows every instruction`, () => {
      for (const flags of variants) {
        const object = compile(join(directory, name), flags);
        const listing = inScratch((path) => {
          writeFileSync(path("x.o"), writeElf(object));
          return execFileSync(need("llvm-objdump-19"), ["-d", "-r", "--mcpu=v4", path("x.o")], { encoding: "utf8" });
        });
        expect(listing).not.toContain("<unknown>");
        // Behind two lines that name the file. v1 and v2 have no 32-bit instructions: v4's words are right for all.
        const [, , ...theirs] = listing.split("\n");
        expect(disassemble(object, { alu32: true }).split("\n")).toEqual(theirs);
      }
    }, 60_000);
  }
});

describe("the run cases' assembly text", () => {
  for (const { name, path, flags } of programs) {
    itWith(["llvm-mc-19"], `${name}: llvm-mc-19 makes the object of it`, () => {
      for (const cpu of ["v3", "v4"]) {
        // LLVM 19 has no loads with acquire and stores with release semantics.
        const object = compile(path, [...flags, "-O2", `-mcpu=${cpu}`, "-mllvm", "-disable-load-acq-store-rel"]);
        expect({ cpu, contents: contents(llvmMc(assemblyText(object), "bpfel")) }).toEqual({ cpu, contents: contents(object) });
      }
    }, 60_000);
  }
});
