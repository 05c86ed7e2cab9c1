/**
 * CO-RE: each source of test/cases/core asks the loader what clang's object asks, function by function; and a program
 * with such questions loads and finds the right fields, by libbpf's answers from the running kernel's types.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readElf } from "../../assembler/object/elf-read.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
import type { ObjectFile } from "../../assembler/object/object.ts";
import { caseFiles } from "../harness/cases.ts";
import { coreRelocations } from "../harness/core-relocations.ts";
import { loadInKernel } from "../harness/kernel-run.ts";
import { itWith, need } from "../harness/oracles.ts";
import { ownHeaders } from "../harness/project.ts";
import { scratchPath } from "../harness/scratch.ts";
import { compileSource } from "../harness/tbcc.ts";

function compiled(path: string, flags: readonly string[], text?: string): ObjectFile {
  const { object, messages } = compileSource(path, flags, text);
  if (object === undefined) throw new Error(messages);
  return object;
}

describe("CO-RE relocations are those of clang", () => {
  for (const { name, path, flags } of caseFiles("core")) {
    for (const endian of ["bpfel", "bpfeb"]) {
      itWith(["clang-19"], `${name} ${endian}`, () => {
        const object = scratchPath(".o");
        const args = ["-target", endian, ...ownHeaders, "-O2", "-g", "-w", "-c", path, "-o", object];
        const run = spawnSync(need("clang-19"), args, { encoding: "utf8" });
        if (run.status !== 0) throw new Error(run.stderr);
        const ours = compiled(path, [...flags, "-target", endian, "-O2", "-g", "-w"]);
        expect(coreRelocations(ours)).toEqual(coreRelocations(readElf(readFileSync(object))));
      });
    }
    it(`${name} without -g and without optimisation`, () => {
      const wanted = new Set(coreRelocations(compiled(path, [...flags, "-O2", "-g", "-w"])));
      expect(coreRelocations(compiled(path, [...flags, "-O2", "-w"]))).toEqual([...wanted]);
      // What is dropped as dead with optimisation stands there without.
      const plain = new Set(coreRelocations(compiled(path, [...flags, "-O0", "-w"])));
      expect([...wanted].filter((line) => !plain.has(line))).toEqual([]);
    });
  }
});

describe("a CO-RE program finds its way in the running kernel", () => {
  for (const { name, path, flags } of caseFiles("core").filter(({ text }) => text.includes("int check(void *ctx)"))) {
    for (const level of ["-O0", "-O2"]) {
      itWith(["root", "kernel bpf", "bpftool"], `${name} ${level}`, () => {
        for (const cpu of ["v1", "v2", "v3", "v4"]) {
          const object = loadInKernel(writeElf(compiled(path, [...flags, level, `-mcpu=${cpu}`])));
          expect([cpu, object.run("check", new Uint8Array(64)).result]).toEqual([cpu, 0]);
          object.close();
        }
      });
    }
  }
});
