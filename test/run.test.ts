/** Runs test/cases/run in the virtual machine: npx vitest run test/run.test.ts */
import { describe, expect, test } from "vitest";
import { Machine } from "../assembler/vm/machine.ts";
import { caseFiles } from "./harness/cases.ts";
import { compileSource } from "./harness/tbcc.ts";

/** The levels that differ in kind, and every instruction set. */
const configurations = [
  "-O0 -mcpu=v3", "-O0 -mcpu=v1", "-O1 -mcpu=v3", "-O2 -mcpu=v1", "-O2 -mcpu=v2", "-O2 -mcpu=v3", "-O2 -mcpu=v4", "-Os -mcpu=v3",
  "-O2 -mcpu=v3 -mbig-endian",
];

describe.each(caseFiles("run"))("$name", ({ path, flags }) => {
  test.each(configurations)("%s", (configuration) => {
    const { object, messages } = compileSource(path, [...flags, ...configuration.split(" ")]);
    if (object === undefined) throw new Error(messages);
    // C programs without the kernel's limits: it is meaning that is tested here.
    const machine = new Machine(object, { stack: 1 << 16, frames: 64, steps: 1 << 24 });
    const result = Number(BigInt.asIntN(32, machine.call("test", [])));
    expect(result, result > 0 ? `failed at line ${result}` : "result").toBe(0);
  });
});
