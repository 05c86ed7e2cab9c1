/**
 * One source, two compilers: the object that each of them makes of it, or what it said when it made none.
 *
 * Both get the same flags and the same headers, this project's own. clang gets -g besides: without it, it writes no
 * BTF, and maps in `.maps` have no other description.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readElf } from "../../assembler/object/elf-read.ts";
import type { ObjectFile } from "../../assembler/object/object.ts";
import { oracle } from "../harness/probe.ts";
import { ownHeaders, projectDirectory } from "../harness/project.ts";

export type Built =
  | { readonly object: ObjectFile; readonly messages: string }
  | { readonly object: undefined; readonly messages: string };

/** Compiles with the command `tbcc` of this project. maps: the manner in which `struct bpf_elf_map` is written. */
export function buildByTbcc(source: string, flags: readonly string[], maps: "btf" | "legacy"): Built {
  const command = [process.execPath, join(projectDirectory, "bin", "tbcc.js")];
  return build([...command, ...ownHeaders, "-g", `-mmaps=${maps}`, ...flags], source);
}

/** Compiles with clang-19; undefined where there is none. */
export function buildByClang(source: string, flags: readonly string[]): Built | undefined {
  const clang = oracle("clang-19");
  if (clang === undefined) return undefined;
  const known = flags.filter((flag) => !flag.startsWith("-mmaps="));
  return build([clang, "-target", "bpf", ...ownHeaders, "-g", ...known], source);
}

function build([program = "", ...args]: readonly string[], source: string): Built {
  const directory = mkdtempSync(join(tmpdir(), "tbcc-compare-"));
  try {
    const file = join(directory, "object.o");
    const run = spawnSync(program, [...args, "-c", "-o", file, source], { encoding: "utf8" });
    const messages = `${run.stdout}${run.stderr}${run.error?.message ?? ""}`;
    if (run.status !== 0) return { object: undefined, messages };
    return { object: readElf(new Uint8Array(readFileSync(file))), messages };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
