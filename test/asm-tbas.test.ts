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

describe("directives that are wrong", () => {
  it.each([
    [".octa 1, foo", 10, "expected a number of up to 128 bits"],
    [".quad 0x10000000000000000", 7, "0x10000000000000000 does not fit 64 bits"],
    [".octa 0x100000000000000000000000000000000", 7, "0x100000000000000000000000000000000 does not fit 128 bits"],
    [".float 1.5, x", 13, "expected a number"],
    [".long 1.5", 7, "\"1.5\" is not a number"],
    [".quad 1\n.org 4", 6, "the section is at 8: it cannot go on at 4"],
    [".org f", 6, "expected a number or a place in this section"],
    [".dcb.b -1, 1", 8, "expected a number from 0 to 2097152"],
    [".rept 9\n.ds.x 2097152\n.endr", 7, "the data are more than 33554432 bytes"],
    [".byte 1\n.p2align 31", 10, "an alignment of 2147483648 bytes makes the object too large"],
    [".equiv x, 5\n.equiv x, 6", 8, "\"x\" is defined already"],
    [".incbin \"none\"", 9, "there is no file \"none\""],
    [".error \"no good\"", 1, "no good"], [".err", 1, ".err stands here"],
    [".subsection 9000", 13, "expected a number from 0 to 8192"],
    [".popsection", 12, "no section was pushed"],
    [".section a,\"a\",@progbits,unique", 32, "expected \",\", saw the end of the statement"],
    [".loc 1 2", 6, "there is no .file 1 before this"], [".loc 0 2", 6, "expected a number from 1 to 2147483647"],
    [".file 1 \"a\"\n.loc 1 2 3 slowly", 12, "\"slowly\" says nothing of a line"],
    [".file 1 \"a\"\n.file 1 \"b\"", 7, "file 1 has a name already"],
    [".file 0 \"a\" md5 x", 17, "expected a number of up to 128 bits"],
    [".file 2 \"a\"", 1, "there is no .file 1, but one of a higher number"],
    [".cfi_endproc", 1, "there is no .cfi_startproc before this"],
    [".cfi_startproc", 1, "there is no .cfi_endproc for this"],
    [".cfi_startproc\n.cfi_offset r6, -8\n.cfi_endproc", 13, "expected a number or symbol, saw \"r6\""],
    [".altmacro\n.macro m a\n.endm\nm %x", 4, "expected a number that is known here"],
    [".reloc 0, R_BPF_64_64, f", 1, "unknown directive \".reloc\""],
  ] as const)("%s", (text, column, message) => {
    const { problems } = assemble(text, "little", { readFile: () => undefined });
    expect(problems.map((problem) => ({ column: problem.column, message: problem.message }))).toEqual([{ column, message }]);
  });

  it("a text's own warnings stop nothing", () => {
    const { problems, remarks } = assemble(".warning \"careful\"\n.print \"hello\"\nexit\n", "little");
    expect(problems).toEqual([]);
    expect(remarks).toEqual([
      { kind: "warning", position: 0, message: "careful" }, { kind: "print", position: 19, message: "hello" },
    ]);
  });

  it("the bytes of a file, or some of them", () => {
    const file = Buffer.from("abcdefgh");
    const text = ".incbin \"x\"\n.incbin \"x\", 2\n.incbin \"x\", 1, 3\n.incbin \"x\",, 2\n.incbin \"x\", 9\n";
    const { object } = assemble(text, "little", { readFile: () => file });
    expect(Buffer.from(object.sections[0]?.data ?? []).toString()).toBe("abcdefghcdefghbcdab");
  });
});

describe("GNU's mnemonics", () => {
  // Each with the same instruction in LLVM's words.
  const pairs: readonly (readonly [string, string])[] = [
    ["add %r1,5", "r1 += 5"], ["sub32 %r1, %r2", "w1 -= w2"], ["mov %r1,2", "r1 = 2"], ["mov32 %r1,-1", "w1 = -1"],
    ["movs %r1,%r2,16", "r1 = (s16)r2"], ["movs32 %r1,%r2,8", "w1 = (s8)w2"], ["endbe %r1,16", "r1 = be16 r1"],
    ["bswap %r2,64", "r2 = bswap64 r2"], ["lddw %r1,0x1122334455667788", "r1 = 0x1122334455667788 ll"],
    ["lddw %r1,sym", "r1 = sym ll"], ["ldxdw %r0,[%r1+8]", "r0 = *(u64 *)(r1 + 8)"],
    ["ldxsw %r0,[%r1-8]", "r0 = *(s32 *)(r1 - 8)"], ["stxh [%r10-4],%r3", "*(u16 *)(r10 - 4) = w3"],
    ["stw [%r10-4],7", "*(u32 *)(r10 - 4) = 7"], ["jeq %r1,%r2,f", "if r1 == r2 goto f"],
    ["jsgt32 %r1,-1,+2", "if w1 s> -1 goto +2"], ["ja f", "goto f"], ["jal f", "gotol f"],
    ["aadd [%r1+0],%r2", "lock *(u64 *)(r1 + 0) += r2"], ["xaddw [%r1+4],%r2", "lock *(u32 *)(r1 + 4) += w2"],
    ["afxor32 [%r1+0],%r2", "w2 = atomic_fetch_xor((u32 *)(r1 + 0), w2)"],
    ["axchg [%r1+0],%r2", "r2 = xchg_64(r1 + 0, r2)"], ["acmp [%r1+0],%r2", "r0 = cmpxchg_64(r1 + 0, r0, r2)"],
    ["call 1", "call 1"], ["call f", "call f"], ["call %r2", "callx r2"], ["neg %r1", "r1 = -r1"], ["exit", "exit"],
    ["ldxdw %r7,[%fp+-16]", "r7 = *(u64 *)(r10 - 16)"], ["mov %r2,%fp", "r2 = r10"],
    [".align 4\n.word 5\n.dword 6", ".p2align 4\n.long 5\n.quad 6"],
    ["sdiv %r1,%r2", "r1 s/= r2"], ["ldabsw 4", "r0 = *(u32 *)skb[4]"], ["ldindh %r1,6", "r0 = *(u16 *)skb[r1 + 6]"],
  ];

  it.each(pairs)("%s is %s", (theirs, ours) => {
    const { object, problems } = assemble(`f: ${theirs}\nexit\nexit\n`, "little", { dialect: "normal" });
    expect(problems).toEqual([]);
    expect(Buffer.from(writeElf(object)).toString("hex")).toBe(tbas(`f: ${ours}\nexit\nexit\n`).toString("hex"));
  });

  it("LLVM's words are none of them", () => {
    expect(assemble("r1 = 2\n", "little", { dialect: "normal" }).problems).toHaveLength(1);
  });
});

describe("texts that are no programs", () => {
  it("give an object or problems, whatever they are", () => {
    const seeds = [...cases.map((name) => readFileSync(join(root, "test", "cases", "assemble", name), "utf8")),
      readFileSync(join(root, "examples", "sample.s"), "utf8")];
    const words = [".rept 99999999", ".endr", ".macro m x", "m m", ".endm", ".if 1", ".else", ".endif", ".zero 1 << 40", "\\x",
      ".irp x,1,2", "(", ")", "\"", ",", "1b", "1f", "- ", ".set n, n + 1", ".p2align 63", ".include \"x\"", ".fill 1 << 20, 8",
      ".uleb128 b - a", ".loc 0 1", ".cfi_startproc", ".cfi_endproc", ".altmacro", "%", "<", ".subsection 3", ".org 1 << 40", "\n", "1:", ".section x", ".comm x, -1", "~", "0x", "99999999999999999999"];
    let state = Date.now() % 0x7fffffff;
    const seed = state;
    const below = (limit: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return Math.floor((state / 0x80000000) * limit);
    };
    for (let run = 0; run < 300; run++) {
      const lines = (seeds[below(seeds.length)] ?? "").split("\n");
      for (let edit = 0; edit <= below(6); edit++) {
        const at = below(lines.length), line = lines[at] ?? "";
        switch (below(5)) {
          case 0: lines.splice(at, 1); break;
          case 1: lines.splice(at, 0, words[below(words.length)] ?? ""); break;
          case 2: lines[at] = line.slice(0, below(line.length + 1)); break;
          case 3: lines.splice(at, 0, lines[below(lines.length)] ?? ""); break;
          default: {
            const cut = below(line.length + 1);
            lines[at] = line.slice(0, cut) + (words[below(words.length)] ?? "") + line.slice(cut + below(3));
          }
        }
      }
      const text = lines.join("\n");
      const before = process.cpuUsage();
      try {
        const { object, problems, sources } = assemble(text, "little");
        for (const problem of problems.slice(0, 20)) render(sources, problem.position, problem.message);
        if (problems.length === 0) writeElf(object);
      } catch (error) {
        throw new Error(`seed ${seed}, run ${run}:\n${text}`, { cause: error });
      }
      // Seconds of this process, which others may keep waiting.
      expect(process.cpuUsage(before).user / 1e6, `seed ${seed}, run ${run}:\n${text}`).toBeLessThan(20);
    }
  }, 300_000);
});
