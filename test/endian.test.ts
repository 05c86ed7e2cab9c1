/**
 * Big-endian objects are the little-endian ones with the byte order exchanged: LLVM disassembles the same instructions, but
 * `be16` for `le16` and the like, and constants of network order in the other order. Sections, relocations of code and BTF are
 * those of clang's big-endian objects.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect } from "vitest";
import { compile, compileByClang, projectDirectory } from "./harness/compile.ts";
import { itWith, need } from "./harness/oracles.ts";
import { scratchPath } from "./harness/scratch.ts";

const directory = join(projectDirectory, "examples");
const sources = readdirSync(directory).filter((name) => name.endsWith(".c"));

/** Examples that read fields of packed headers, whose bytes are put together in the order of the machine. */
const bytewise = new Set(["reflector.c", "ttl.c", "xdp_blocklist.c"]);

/** All operations on byte order, and access to parts of words that stay in place. */
const operations = `
struct item { unsigned short half; unsigned word; unsigned long wide; };
unsigned short half(struct item *p) { return p->half = __builtin_bswap16(p->half); }
unsigned word(struct item *p) { return p->word = __builtin_bswap32(p->word); }
unsigned long wide(struct item *p) { return p->wide = __builtin_bswap64(p->wide); }
int sum(struct item *p) { return p->half + p->word + p->wide; }
long total(unsigned char *p, int n) { long t = 0; for (int i = 0; i < n; i++) t += p[i]; return t; }
`;

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0 || stderr !== "") throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** The instructions and relocations as LLVM reads them, in order. */
function instructions(object: string): string[] {
  const text = run(need("llvm-objdump-19"), ["-dr", "--no-show-raw-insn", "--no-leading-addr", "--mcpu=v4", object]);
  return text.split("\n").filter((line) => !line.includes("file format")).map((line) => line.replace(/\s+/g, " ").trim());
}

/** Instructions in the other byte order. */
function exchanged(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/= (be|le)(16|32|64) /, (_, order, bits) => `= ${order === "be" ? "le" : "be"}${bits} `));
}

/** Constants that are the bytes of another in reverse are written alike. */
function withoutOrder(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/(?<=(?:=|==|!=|&|[<>]) )0x[0-9a-f]{1,4}(?=$| goto)/, (text) => {
    const number = Number(text);
    return `0x${Math.min(number, (number & 255) << 8 | number >> 8).toString(16)}`;
  }));
}

describe("instructions are the little-endian ones with the byte order exchanged", () => {
  for (const cpu of ["v3", "v4"]) {
    for (const name of sources.filter((source) => !bytewise.has(source))) {
      itWith(["llvm-objdump-19"], `${name} -mcpu=${cpu}`, () => {
        const [little, big] = ["bpfel", "bpfeb"].map((target) => (
          instructions(compile(join(directory, name), ["-O2", `-mcpu=${cpu}`, "-target", target]))
        ));
        expect(big?.length).toBeGreaterThan(10);
        expect(withoutOrder(exchanged(big ?? []))).toEqual(withoutOrder(little ?? []));
      });
    }
  }
  for (const cpu of ["v2", "v3"]) {
    itWith(["llvm-objdump-19"], `byte swaps -mcpu=${cpu}`, () => {
      const source = scratchPath(".c");
      writeFileSync(source, operations);
      const [little, big] = ["bpfel", "bpfeb"].map((target) => (
        instructions(compile(source, ["-O2", `-mcpu=${cpu}`, "-target", target]))
      ));
      expect(big?.join("\n")).toMatch(/= le16 [^]*= le32 [^]*= le64 /);
      expect(exchanged(big ?? [])).toEqual(little);
    });
  }
});

/** Names of sections that are more than debugging information or the linker's. */
function sections(object: string): string[] {
  const text = run(need("llvm-readelf-19"), ["-S", "-W", object]);
  const names = [...text.matchAll(/^ +\[ *\d+\] (\S+) +[A-Z_]+ +0000/gm)].map((match) => match[1] ?? "");
  return names.filter((name) => !/^(\.rel)?\.debug_|^\.llvm_addrsig$|^\.symtab$|^\.strtab$/.test(name)).sort();
}

/** Which symbols the code of each section refers to, and how. */
function relocations(object: string): string[] {
  const text = run(need("llvm-readelf-19"), ["-r", "-W", object]);
  const found = new Set<string>();
  let section = "";
  for (const line of text.split("\n")) {
    section = /^Relocation section '([^']*)'/.exec(line)?.[1] ?? section;
    const [, , type, , symbol] = line.trim().split(/\s+/);
    if (type === "R_BPF_64_64" || type === "R_BPF_64_32") found.add(`${section}: ${type} ${symbol}`);
  }
  return [...found].sort();
}

/** Each type that BTF describes, once: ids aside, by which the compilers count differently. */
function types(object: string): string[] {
  const text = run(need("bpftool"), ["btf", "dump", "file", object]);
  return [...new Set(text.split("\n").map((line) => line.replace(/^\[\d+\]|\w*type_id=\d+/g, "").replace(/\s+/g, " ").trim()))].sort();
}

describe("sections, relocations and BTF are those of clang's big-endian object", () => {
  for (const name of sources.filter((source) => readFileSync(join(directory, source), "utf8").includes("SEC("))) {
    itWith(["clang-19", "llvm-readelf-19", "bpftool"], basename(name), () => {
      const flags = ["-O2", "-g", "-mcpu=v3", "-target", "bpfeb"];
      const [ours, reference] = [compile(join(directory, name), flags), compileByClang(join(directory, name), flags)];
      expect(run(need("llvm-readelf-19"), ["-h", ours])).toMatch(/Data: +2's complement, big endian[^]*Machine: +EM_BPF/);
      expect(sections(ours)).toEqual(sections(reference));
      expect(relocations(ours)).toEqual(relocations(reference));
      expect(types(ours)).toEqual(types(reference));
    });
  }
});
