/**
 * Classic BPF: bpf_asm's text, the notations of a program, the kernel's checks, and the migration to eBPF; random
 * programs give the results that their definition says, in the kernel and in our machine.
 *
 * run: npx vitest run test/unit/classic.test.ts
 */
import { describe, expect, it } from "vitest";
import { checkClassic } from "../../assembler/classic/check.ts";
import { encodeClassic, readClassicFile, readClassicText } from "../../assembler/classic/decode.ts";
import type { ClassicProgram, ExtensionName } from "../../assembler/classic/instruction.ts";
import { allOperations, codeOf, extensionNames } from "../../assembler/classic/instruction.ts";
import { printAssembly, printBytecode, printInitializer, printListing } from "../../assembler/classic/print.ts";
import { problemsOf } from "../../assembler/classic/reading.ts";
import { parseTbasCommand } from "../../assembler/command/tbas.ts";
import { dumpObject } from "../../assembler/dump/dump.ts";
import { parseDumpCommand } from "../../assembler/dump/flags.ts";
import { migrate } from "../../assembler/migrate.ts";
import type { SourceLine } from "../../assembler/migrate.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
import { findSection, findSymbol } from "../../assembler/object/object.ts";
import { Machine } from "../../assembler/vm/machine.ts";
import { link } from "../../linker/link.ts";
import { judge } from "../harness/classic-judge.ts";
import { askKernel } from "../harness/classic-kernel.ts";
import { randomClassic } from "../harness/classic-random.ts";
import { loadInKernel } from "../harness/kernel-run.ts";
import { mutate, randomFrom } from "../harness/mutate.ts";
import { itWith } from "../harness/oracles.ts";

/** A text's program, which must be one that the kernel takes. */
function assembled(text: string): ClassicProgram {
  const reading = readClassicText(text);
  expect(problemsOf(reading)).toEqual([]);
  return reading.program;
}

/** What is wrong with a text: line, column, message. */
function problems(text: string): string[] {
  return problemsOf(readClassicText(text)).map(({ position, message }) => {
    const before = text.slice(0, position).split("\n");
    return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}: ${message}`;
  });
}

const options = { endian: "little", section: "classifier", name: "filter" } as const;

/** Programs that say something about each part of the language, with their numbers. */
const texts: readonly (readonly [string, string])[] = [
  ["ldh [12]\njne #0x806, drop\nret #-1\ndrop: ret #0", "4,40 0 0 12,21 0 1 2054,6 0 0 4294967295,6 0 0 0,"],
  ["ldh [12]\njne #0x800, out\nldb [23]\njneq #6, out\nret #-1\nout: ret #0",
    "6,40 0 0 12,21 0 3 2048,48 0 0 23,21 0 1 6,6 0 0 4294967295,6 0 0 0,"],
  ["ld ifidx\njneq #13, no\nret #-1\nno: ret #0", "4,32 0 0 4294963208,21 0 1 13,6 0 0 4294967295,6 0 0 0,"],
  ["ld #vlan_tci\njneq #10, no\nret #-1\nno: ret #0", "4,32 0 0 4294963244,21 0 1 10,6 0 0 4294967295,6 0 0 0,"],
  ["ld #rand\nmod #4\njneq #1, no\nret #-1\nno: ret #0", "5,32 0 0 4294963256,148 0 0 4,21 0 1 1,6 0 0 4294967295,6 0 0 0,"],
  ["ld [4] /* arch */ jne #0xc000003e, bad\nld [0] /* nr */\njeq #15, good ; rt_sigreturn\njeq #231, good\njeq #60, good"
    + "\njeq #0, good\nbad: ret #0\ngood: ret #0x7fff0000",
    "9,32 0 0 4,21 0 5 3221225534,32 0 0 0,21 4 0 15,21 3 0 231,21 2 0 60,21 1 0 0,6 0 0 0,6 0 0 2147418112,"],
  ["ldb [x + 5] ldh [%x + 0x10] ld [x+8] ld [x-4] ret a",
    "5,80 0 0 5,72 0 0 16,64 0 0 8,64 0 0 4294967292,22 0 0 0,"],
  ["ldi 017\nldi #0b101\nldxi #9\nldx #-1\nLDX LEN\nld #len\nldxb 4*([14]&0xf)\nldx 4 * ([ 20 ] & 15)\nret %a",
    "9,0 0 0 15,0 0 0 5,1 0 0 9,1 0 0 4294967295,129 0 0 0,128 0 0 0,177 0 0 14,177 0 0 20,22 0 0 0,"],
  ["st M[0] stx m[15] ld M[0] ldx M[15] tax txa neg ret #1",
    "8,2 0 0 0,3 0 0 15,96 0 0 0,97 0 0 15,7 0 0 0,135 0 0 0,132 0 0 0,6 0 0 1,"],
  ["add #1 sub x mul %x div #2 mod x and #3 or #4 xor x lsh #31 rsh x ret a",
    "11,4 0 0 1,28 0 0 0,44 0 0 0,52 0 0 2,156 0 0 0,84 0 0 3,68 0 0 4,172 0 0 0,100 0 0 31,124 0 0 0,22 0 0 0,"],
  ["jeq #1, aa, bb\naa: jgt x, bb\njge %x, cc, bb\njset #8, cc\nja cc\nbb: jlt #2, cc\njle x, dd\ncc: jmp dd\ndd: ret #0",
    "9,21 0 4 1,45 3 0 0,61 4 2 0,69 3 0 8,5 0 0 2,53 0 1 2,45 0 1 0,5 0 0 0,6 0 0 0,"],
  ["# a line\nldb[0];blank\n/* a\nblock */ L: M1: ret a # behind\n#len of nothing", "2,48 0 0 0,22 0 0 0,"],
  ["ld\n#len\nldh proto ldb #type ret a", "4,128 0 0 0,40 0 0 4294963200,48 0 0 4294963204,22 0 0 0,"],
];

describe("bpf_asm's text", () => {
  it("becomes its numbers", () => {
    for (const [text, numbers] of texts) expect(printBytecode(assembled(text))).toBe(`${numbers}\n`);
  });

  it("prints and reads back", () => {
    const random = randomFrom(3);
    for (let i = 0; i < 300; i++) {
      const program = randomClassic(random, extensionNames);
      const text = printAssembly(program);
      if (typeof text !== "string") throw new Error(text.message);
      const again = assembled(text);
      expect(printAssembly(again)).toBe(text);
      expect(printListing(again)).toBe(printListing(program));
    }
  });

  it("has every code and every extension", () => {
    const codes = new Set<number>(), asked = new Set<number>();
    for (const operation of allOperations()) {
      const code = codeOf(operation);
      const text = printAssembly([{ code, jt: 0, jf: 0, k: 0 }, { code: 6, jt: 0, jf: 0, k: 0 }]);
      for (const instruction of readClassicText(typeof text === "string" ? text : "").program) codes.add(instruction.code);
    }
    expect(codes.size).toBe(allOperations().length);
    for (const name of extensionNames.filter((one) => one !== "xor_x")) {
      for (const { k } of assembled(`ld ${name} ret a`)) asked.add(k);
    }
    expect(asked.size).toBe(extensionNames.length);
  });

  it("is refused with its place", () => {
    expect(problems("")).toEqual(["1:1: there is no instruction"]);
    expect(problems("ldh [12]\njne #1, nowhere\nret #0")).toEqual(["2:9: there is no label \"nowhere\""]);
    expect(problems("back: ldh [12]\nja back\nret #0")).toEqual(["2:4: \"back\" lies behind: jumps only lead forward"]);
    expect(problems(`jeq #1, far\n${"neg\n".repeat(256)}far: ret a`)[0]).toMatch(/^1:9: "far" is 256 instructions away/);
    expect(problems("ldq [3]\nld [1\nret #0x1ffffffff\nadd: ret a\nld 5\nldx proto\nldb #3\njlt #1, xx, yy\nxx: yy: ret a")).toEqual([
      "1:1: \"ldq\" is no instruction", "3:1: expected \"]\", saw \"ret\"", "3:6: 0x1ffffffff does not fit 32 bits",
      "4:4: expected \"#\" or \"x\", saw \":\"", "5:4: expected \"[\", \"#\", \"M[\" or an extension, saw \"5\"",
      "6:5: the extension \"proto\" can only be loaded into A", "7:5: expected \"[\" or an extension, saw \"#\"",
      "8:11: \"jlt\" has one label",
    ]);
    expect(problems("ret a\nend:")).toEqual(["2:5: there is no instruction behind the label \"end\""]);
    expect(problems("l1: neg\nl1: ret a")).toEqual(["2:1: the label \"l1\" stands here a second time"]);
    expect(problems("ldx 5*([1]&0xf)\nldxb 4*([1]&7)\nret a")).toEqual([
      "1:5: the factor can only be 4", "2:13: the mask can only be 0xf",
    ]);
  });
});

describe("the kernel's checks", () => {
  const wrong: readonly (readonly [string, string])[] = [
    ["ld M[16]\nret a", "1:6: M[] has the indices 0 to 15"],
    ["ld M[3]\nret a", "1:6: M[3] is read and may not have been written"],
    ["jeq #1, l1\nst M[1]\nl1: ld M[1]\nret a", "3:10: M[1] is read and may not have been written"],
    ["div #0\nret a", "1:6: division by zero"],
    ["mod #0\nret a", "1:6: division by zero"],
    ["lsh #32\nret a", "1:6: shift by 32 of 32 bits"],
    ["ret x\nret a", "1:1: the kernel has no \"ret x\": use \"txa\" and \"ret a\""],
    ["ldh [12]\nneg", "2:1: the program does not end with ret"],
    ["ld [-4]\nret a", "1:5: offset -4 is no extension's"],
    ["2,5 0 0 1,6 0 0 0", "1:9: the jump leaves the program"],
    ["2,21 0 1 5,6 0 0 0", "1:8: the jump leaves the program"],
    ["1,21 0 0 5", "1:6: the program ends behind the jump"],
    ["1,9 0 0 0,", "1:3: 0x9 is no classic instruction"],
    ["{ 0x999, 0, 0, 0 }, { 6, 0, 0, 0 }", "1:3: 0x999 is no classic instruction"],
  ];

  it("are made with their place", () => {
    for (const [text, message] of wrong) expect(problems(text)[0]).toBe(message);
    expect(problems(`${"neg\n".repeat(4096)}ret a`)).toEqual(["4097:1: the program has 4097 instructions: the kernel takes 4096"]);
    expect(problems(`${"neg\n".repeat(4095)}ret a`)).toEqual([]);
  });

  itWith(["python3", "root", "kernel bpf"], "agree with the kernel's", () => {
    const random = randomFrom(11);
    // A field of a program that was right becomes something else.
    const damaged = Array.from({ length: 2000 }, (): ClassicProgram => {
      const program = [...randomClassic(random, extensionNames)];
      const at = random(program.length);
      const { code, jt, jf, k } = program[at];
      const codes = [...allOperations().map(codeOf), random(0x200)];
      program[at] = [
        { code: codes[random(codes.length)], jt, jf, k }, { code, jt: random(256), jf, k }, { code, jt, jf: random(256), k },
        { code, jt, jf, k: random(40) }, { code, jt, jf, k: 0xfffff000 + random(80) },
      ][random(5)];
      return random(8) === 0 ? program.slice(0, -1) : program;
    }).concat(wrong.map(([text]) => readClassicText(text).program));
    const answers = askKernel([], damaged.map((program) => ({ filters: [program], code: undefined })));
    const refused = damaged.map((program) => checkClassic(program).length > 0);
    expect(answers.map(({ filters }) => typeof filters[0] === "number")).toEqual(refused);
    expect(refused.filter((one) => one).length).toBeGreaterThan(300);
  });
});

describe("notations", () => {
  const program = assembled("ldh [12]\njeq #0x800, l1, l2\nl1: ldb [23]\njeq #0x1, l3, l2\nl3: ret #0xffff\nl2: ret #0");

  it("of numbers read back", () => {
    for (const text of [printBytecode(program), printInitializer(program), printBytecode(program).replaceAll(",", "\n"),
      `/* { op } */\nstatic struct sock_filter code[] = {\n${printInitializer(program)}};\n`]) {
      expect(assembled(text)).toEqual(program);
    }
    for (const endian of ["little", "big"] as const) {
      const reading = readClassicFile(encodeClassic(program, endian));
      expect(reading.problems).toEqual([]);
      expect(reading.program).toEqual(program);
    }
  });

  it("of bpf_dbg and bpf_asm -c", () => {
    expect(printListing(program)).toBe(
      "l0:\tldh [12]\nl1:\tjeq #0x800, l2, l5\nl2:\tldb [23]\nl3:\tjeq #0x1, l4, l5\nl4:\tret #0xffff\nl5:\tret #0\n");
    expect(printInitializer(program)).toBe(`{ 0x28,  0,  0, 0x0000000c },\n{ 0x15,  0,  3, 0x00000800 },
{ 0x30,  0,  0, 0x00000017 },\n{ 0x15,  0,  1, 0x00000001 },\n{ 0x06,  0,  0, 0x0000ffff },\n{ 0x06,  0,  0, 0000000000 },\n`);
  });

  it("are refused with their place", () => {
    expect(problems("3,6 0 0 0,")).toEqual(["1:1: \"3\" should be the number of instructions, which is 1"]);
    expect(problems("1,6 0 0,")).toEqual(["1:3: an instruction is 4 numbers (code, jt, jf, k), not 3"]);
    expect(problems("1,6 256 0 4294967296,")).toEqual(["1:5: 256 is out of range", "1:11: 4294967296 is out of range"]);
    expect(problems("{ 6, 0, BPF, 0 }")).toEqual(["1:9: \"BPF\" is not a number"]);
    expect(problems("{ 6, 0, 0, 0 }, BPF_STMT(6, 0)")).toEqual(["1:17: expected an instruction in braces"]);
    const odd = readClassicFile(encodeClassic(program, "little").subarray(0, 45));
    expect(odd.problems[0]?.message).toBe("an instruction is 8 bytes, and 5 are left at the end");
  });

  it("are what tbdump prints", () => {
    const dump = (flag: string): unknown => {
      const { settings, errors } = parseDumpCommand([flag, "file"]);
      expect(errors).toEqual([]);
      return dumpObject("file", encodeClassic(program, "little"), settings);
    };
    expect(dump("--classic")).toEqual({ kind: "text", text: printAssembly(program) });
    expect(dump("--classic=dbg")).toEqual({ kind: "text", text: printListing(program) });
    expect(dump("--classic=c")).toEqual({ kind: "text", text: printInitializer(program) });
    expect(dump("--classic=bytecode")).toEqual({ kind: "text", text: printBytecode(program) });
    expect(parseDumpCommand(["--classic=x", "file"]).errors).toEqual(["--classic=x is none of asm dbg c bytecode"]);
  });

  it("are chosen by tbas's command line", () => {
    const form = (...words: string[]): unknown => parseTbasCommand(["--classic", ...words, "f"]).settings.classic;
    expect([form(), form("--emit=c"), form("-o", "x.o"), form("--emit", "raw"), form("-o", "x")])
      .toEqual(["bytecode", "c", "ebpf", "raw", "bytecode"]);
    expect(parseTbasCommand(["--emit=c", "f"]).errors).toEqual(["-emit goes with --classic"]);
    expect(parseTbasCommand(["--classic", "--emit=elf", "f"]).errors.length).toBe(1);
  });
});

describe("eBPF", () => {
  it("has no counterpart to what the kernel computes by itself", () => {
    for (const name of ["hatype", "poff", "nla", "nlan"] satisfies ExtensionName[]) {
      const { faults } = migrate(assembled(`ld ${name}\nret a`), options);
      expect(faults).toEqual([{ index: 0, part: "k", message: `"${name}" is computed inside of the kernel: no eBPF program can ask for it` }]);
    }
  });

  it("does without newer instructions where it must", () => {
    const program = assembled("jle #5, no\njlt x, no\nret #1\nno: ret #0");
    for (const cpu of [1, 2, undefined] as const) {
      const { object, faults } = migrate(program, { ...options, cpu });
      expect(faults).toEqual([]);
      const opcodes = [...findSection(object, "classifier")?.data ?? []].filter((_, i) => i % 8 === 0);
      // jle and jlt, of numbers and of registers.
      expect(opcodes.some((code) => [0xa5, 0xad, 0xb5, 0xbd].includes(code))).toBe(cpu !== 1);
      expect(new Machine(object).run("classifier").result).toBe(0);
    }
  });

  itWith(["root", "bpftool", "kernel bpf"], "is an object that loads and runs, for tc and for sockets", () => {
    const frame = Uint8Array.from({ length: 60 }, (_, i) => i === 12 || i === 13 ? 8 : 0).fill(6, 13, 14);
    for (const [text] of texts) {
      for (const section of ["classifier", "socket"]) {
        const { object, faults } = migrate(assembled(text), { ...options, section });
        expect(faults).toEqual([]);
        const loaded = loadInKernel(writeElf(object));
        try {
          const { result } = loaded.run("filter", frame);
          if (section === "classifier" && !text.includes("rand")) expect(result).toBe(new Machine(object).run(section, { packet: frame }).result);
        } finally {
          loaded.close();
        }
      }
    }
  });

  it("links with other objects and knows its source lines", () => {
    const lineOf = (index: number): SourceLine => ({ file: "a.bpf", line: index + 1, column: 1, text: `line ${index + 1}` });
    const inputs = ["one", "two"].map((name) => ({
      name, object: migrate(assembled(texts[0]?.[0] ?? ""), { ...options, section: `socket/${name}`, name, lineOf }).object,
    }));
    const linked = link(inputs, { dropUnreferenced: false });
    if ("errors" in linked) throw new Error(linked.errors.join("\n"));
    const { object } = linked;
    expect(findSymbol(object, "two")?.home).toBe(findSection(object, "socket/two"));
    const { settings } = parseDumpCommand(["-S", "file"]);
    const dump = dumpObject("file", writeElf(object), settings);
    const text = dump.kind === "text" ? dump.text : dump.message;
    expect(text).toMatch(/line 2/);
  });

  it("gives the results of the definition in our machine", () => {
    const { differences, compared, nonzero } = judge(randomFrom(21), 400, false);
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(1000);
    expect(nonzero).toBeGreaterThan(100);
  });

  itWith(["python3", "root", "kernel bpf"], "and in the kernel, as classic programs do", () => {
    const { differences, compared } = judge(randomFrom(Number(process.env["TBCC_SEED"] ?? 22)), 300, true);
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(5000);
  }, 120_000);
});

it("whatever stands in a file is an error or a program", () => {
  const random = randomFrom(31);
  const files = texts.flatMap(([text]) => {
    const { program } = readClassicText(text);
    const written = [text, printBytecode(program), printInitializer(program)].map((one) => new TextEncoder().encode(one));
    return [...written, encodeClassic(program, "little")];
  });
  for (let i = 0; i < 4000; i++) {
    const reading = readClassicFile(mutate(files[i % files.length], random));
    for (const { position } of problemsOf(reading)) expect(position).toBeLessThanOrEqual(reading.text.length);
    if (reading.problems.length > 0) continue;
    printAssembly(reading.program);
    printListing(reading.program);
    if (checkClassic(reading.program).length === 0) migrate(reading.program, options);
  }
});
