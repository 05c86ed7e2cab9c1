/**
 * tbdump: what it prints of objects, against llvm-objdump-19 and bpftool where they are here; and that no bytes,
 * however broken, are more to it than an error.
 *
 * run: npx vitest run test/unit/dump.test.ts
 */
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { dumpObject } from "../../assembler/dump/dump.ts";
import { parseDumpCommand } from "../../assembler/dump/flags.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
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
        for (const listing of ["-d", "-dr", "-x"]) {
          const theirs = execFileSync(need("llvm-objdump-19"), [listing, path]).toString();
          expect(lines(dump(path, bytes, [listing]))).toEqual(lines(theirs));
        }
      }
    });
  }
});
