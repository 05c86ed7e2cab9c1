/**
 * The cases of test/cases/link/: one source for several objects, which PART numbers from 1. bpftool judges: "// link: N
 * objects" are linked alike by both and load, "// refuse: N objects" are refused by both. Each case is compiled by tbcc
 * and, where it is there, by clang-19.
 *
 * run: npx vitest run test/link.test.ts
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { writeElf } from "../assembler/object/elf-write.ts";
import { itWith, need } from "./harness/oracles.ts";
import { scratchPath } from "./harness/scratch.ts";
import { compileSource } from "./harness/tbcc.ts";
import { compareLinks } from "./link/compare.ts";

const directory = join(import.meta.dirname, "cases", "link");
const cases = readdirSync(directory).filter((name) => name.endsWith(".c")).map((name) => {
  const match = /^\/\/ (link|refuse): (\d) objects: (.*)/.exec(readFileSync(join(directory, name), "utf8"));
  if (match === null) throw new Error(`${name} does not begin with "// link: N objects: ..." or "// refuse: ..."`);
  return { name, refused: match[1] === "refuse", parts: Number(match[2]), title: match[3] ?? "" };
});

function compileByTbcc(source: string, part: number): string {
  const { object, messages } = compileSource(source, ["-O2", "-g", `-DPART=${part}`]);
  if (object === undefined) throw new Error(messages);
  const path = scratchPath(".o");
  writeFileSync(path, writeElf(object));
  return path;
}

function compileByClang(source: string, part: number): string {
  const path = scratchPath(".o");
  const args = ["--target=bpf", "-O2", "-g", "-mcpu=v3", `-DPART=${part}`, "-c", source, "-o", path];
  const { status, stderr } = spawnSync(need("clang-19"), args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return path;
}

describe.each(cases)("$name: $title", ({ name, refused, parts }) => {
  const judge = (compile: (source: string, part: number) => string): void => {
    const files = Array.from({ length: parts }, (_, i) => compile(join(directory, name), i + 1));
    const { ourError, theirError, differences } = compareLinks(files, true);
    expect({ differences, refused: ourError !== undefined, theirs: theirError !== undefined, ourError })
      .toEqual({ differences: [], refused, theirs: refused, ourError: refused ? expect.any(String) : undefined });
  };
  itWith(["bpftool", "kernel bpf"], "compiled by tbcc", () => judge(compileByTbcc));
  itWith(["bpftool", "kernel bpf", "clang-19"], "compiled by clang", () => judge(compileByClang));
});
