/**
 * The macros of bpf/bpf_tracing.h and bpf/usdt.bpf.h: each source of test/cases/tracing is written twice, with the
 * macros and (under BY_HAND) without, and both must come to the same code, relocations and questions to the kernel's
 * types, for both byte orders.
 */
import { expect, test } from "vitest";
import { SHF } from "../assembler/object/object.ts";
import { caseFiles } from "./harness/cases.ts";
import { coreRelocations } from "./harness/core-relocations.ts";
import { compileSource } from "./harness/tbcc.ts";

/** What the kernel would run of a source, section by section. */
function code(path: string, flags: readonly string[]): unknown {
  const { object, messages } = compileSource(path, [...flags, "-O2", "-g", "-Wall"]);
  if (object === undefined || messages !== "") throw new Error(messages);
  const sections = object.sections.filter((section) => section.flags & SHF.EXECINSTR).map((section) => ({
    name: section.name,
    bytes: Buffer.from(section.data ?? []).toString("hex").match(/.{1,16}/g),
    relocations: section.relocations.map(({ offset, type, symbol }) => `${offset} ${type} ${symbol.name}`),
  }));
  // What stands behind three underscores tells records of one kernel type apart.
  const questions = coreRelocations(object).map((line) => line.replace(/___\w+/, ""));
  return { sections, questions: [...new Set(questions)] };
}

for (const { name, path, flags } of caseFiles("tracing")) {
  for (const target of ["bpfel", "bpfeb"]) {
    test(`${name} ${target}`, () => {
      const options = [...flags, "-target", target];
      expect(code(path, options)).toEqual(code(path, [...options, "-DBY_HAND"]));
    });
  }
}
