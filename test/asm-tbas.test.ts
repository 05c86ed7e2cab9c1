/**
 * tbas: what `tbcc -S` prints assembles to the bytes of `tbcc -c`, and LLVM's assembler makes the same bytes of each text of
 * test/cases/assemble (first line: "# assemble: what it shows"), of the examples, and of what clang prints for them.
 *
 *   npx vitest run test/asm-tbas.test.ts
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assemble } from "../assembler/assemble.ts";
import { render } from "../assembler/assembly/sources.ts";
import { writeElf } from "../assembler/object/elf-write.ts";
import type { Endian } from "../assembler/object/object.ts";
import { assemblyText, objectBytes } from "../compiler/compile.ts";
import { itWith, need } from "./harness/oracles.ts";
import { compileSource } from "./harness/tbcc.ts";

const root = join(import.meta.dirname, "..");
const examples = readdirSync(join(root, "examples"));
const cases = readdirSync(join(root, "test", "cases", "assemble"));

/** The object's bytes; an error with the messages if there are some. */
function tbas(text: string, endian: Endian = "little"): Buffer {
  const { object, problems, sources } = assemble(text, endian);
  if (problems.length > 0) throw new Error(problems.map((p) => render(sources, p.position, p.message)).join(""));
  return Buffer.from(writeElf(object));
}

function llvmMc(text: string): Buffer {
  const directory = mkdtempSync(join(tmpdir(), "tbas-"));
  try {
    const output = join(directory, "x.o");
    const run = spawnSync(need("llvm-mc-19"), ["-triple=bpfel", "-filetype=obj", "-o", output], { input: text });
    if (run.status !== 0) throw new Error(run.stderr.toString());
    return readFileSync(output);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe("tbcc -S, then tbas", () => {
  const variants = [["-O0", "-mcpu=v1"], ["-O2", "-g", "-mcpu=v3"], ["-O2", "-g", "-mcpu=v4", "-target", "bpfeb"]];
  it.each(examples.filter((name) => name.endsWith(".c")))("%s: the bytes of tbcc -c", (name) => {
    for (const flags of variants) {
      const { object, messages } = compileSource(join(root, "examples", name), flags);
      if (object === undefined) throw new Error(messages);
      const ours = tbas(assemblyText(object), flags.includes("bpfeb") ? "big" : "little");
      expect(ours.equals(Buffer.from(objectBytes(object))), flags.join(" ")).toBe(true);
    }
  });
});

describe("the texts of test/cases/assemble and the examples", () => {
  const paths = [
    ...cases.map((name) => join(root, "test", "cases", "assemble", name)),
    ...examples.filter((name) => name.endsWith(".s")).map((name) => join(root, "examples", name)),
  ];
  for (const path of paths) {
    itWith(["llvm-mc-19"], `${path.slice(root.length + 1)}: llvm-mc-19 gives the same bytes`, () => {
      const text = readFileSync(path, "utf8");
      expect(tbas(text).toString("hex")).toBe(llvmMc(text).toString("hex"));
    });
  }
});

describe("the command", () => {
  const command = (args: readonly string[], input: string): { status: number | null; stdout: Buffer; stderr: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "bin", "tbas.js"), ...args], { input });
    return { status, stdout, stderr: stderr.toString() };
  };

  it("writes the object, with symbols and files of the command line", () => {
    const directory = mkdtempSync(join(tmpdir(), "tbas-"));
    writeFileSync(join(directory, "more.inc"), "r1 = N\n");
    const { status, stdout } = command(["-I", directory, "-defsym", "N=7", "-o", "-", "-"], ".include \"more.inc\"\nexit\n");
    rmSync(directory, { recursive: true });
    expect(status).toBe(0);
    expect(stdout.equals(tbas("r1 = 7\nexit\n.set N, 7\n"))).toBe(true);
  });

  it("says what is wrong, where, and writes nothing", () => {
    const { status, stdout, stderr } = command(["-o", "-", "-"], ".macro m\nr1 = r2 r3\n.endm\nm\nr1 >>= 99999999999\n");
    expect(status).toBe(1);
    expect(stdout.length).toBe(0);
    expect(stderr).toContain("macro \"m\":1:9: error: expected the end of the statement, saw \"r3\"\nr1 = r2 r3\n        ^\n");
    expect(stderr).toContain("<stdin>:4:1: note: in macro \"m\" here\nm\n^\n");
    expect(stderr).toContain("<stdin>:5:8: error: immediate 99999999999 does not fit 32 bits");
    expect(stderr).toContain("2 errors generated.");
  });

  it("refuses instructions of later levels with -mcpu", () => {
    expect(command(["-mcpu=v2", "-o", "-", "-"], "w1 = 2\n").stderr).toContain("1:1: error: the instruction needs -mcpu=v3");
    expect(command(["-mcpu=v9", "-"], "").stderr).toContain("unknown target CPU 'v9'");
  });
});
