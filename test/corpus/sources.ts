/**
 * The corpus: the kernel's own BPF programs, as `test/oracles/install.sh kernel` lays them down, and how its Makefiles
 * compile them (Linux 6.12, tools/testing/selftests/bpf/Makefile and samples/bpf/Makefile).
 */
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { oracleDirectory } from "../harness/probe.ts";

export interface Source {
  /** What the tables call it. */
  readonly name: string;
  readonly path: string;
  /** What it is compiled with besides level and -mcpu. */
  readonly flags: readonly string[];
}

/** Which part of the kernel. */
export type Part = "selftests" | "samples";

const tree = join(oracleDirectory, "linux-6.12");

/** Headers that are made for the corpus: bpf/ and vmlinux.h. */
const generated = join(oracleDirectory, "corpus", "include");

/** The loader of single programs that is part of the selftests. */
export const veristat = join(oracleDirectory, "corpus", "veristat");

/** What runs programs and tells what they leave: testrun.c, with the loader library of the kernel's tree. */
export const testrun = join(oracleDirectory, "corpus", "testrun");

/** What loads programs as their authors have them tested: testload.c. */
export const testload = join(oracleDirectory, "corpus", "testload");

/** What was compiled by clang stays there. */
export const clangObjects = join(oracleDirectory, "corpus", "objects");

const selftests = join(tree, "tools", "testing", "selftests", "bpf");
const samples = join(tree, "samples", "bpf");

/** The sources of a part. Throws when they are not there. */
export function sourcesOf(part: Part): Source[] {
  const directory = part === "selftests" ? join(selftests, "progs") : samples;
  if (![veristat, testrun, testload, directory].every((path) => existsSync(path))) {
    throw new Error("the kernel's programs are not there: test/oracles/install.sh kernel brings them");
  }
  const names = readdirSync(directory).filter((name) => name.endsWith(part === "selftests" ? ".c" : ".bpf.c")).sort();
  return names.map((name) => ({ name: basename(name, ".c"), path: join(directory, name), flags: flagsOf(part, name) }));
}

function flagsOf(part: Part, name: string): string[] {
  const common = ["-g", "-w", "-D__TARGET_ARCH_x86", "-mlittle-endian", `-I${generated}`];
  if (part === "samples") {
    return [
      ...common, `-I${samples}`, `-I${join(tree, "tools", "testing", "selftests", "bpf")}`,
      `-I${join(tree, "tools", "include", "uapi")}`, ...systemHeaders,
    ];
  }
  const kept = name === "test_l4lb_noinline.c" || name === "test_xdp_noinline.c" ? ["-fno-inline"] : [];
  return [
    ...common, `-I${selftests}`, `-I${join(tree, "tools", "include", "uapi")}`, "-std=gnu11", "-fno-strict-aliasing",
    "-DENABLE_ATOMICS_TESTS", ...kept, ...systemHeaders,
  ];
}

const systemHeaders = ["/usr/local/include", "/usr/include/x86_64-linux-gnu", "/usr/include"].flatMap((d) => ["-idirafter", d]);
