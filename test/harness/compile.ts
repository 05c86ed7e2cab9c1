/**
 * Compiling a source file for a test: by this project's command, as a user would run it, or by clang to compare with.
 * Both give the path of a temporary object file, and throw with everything that the compiler said where it fails.
 */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { need } from "./oracles.ts";
import { ownHeaders } from "./project.ts";
import { scratchPath } from "./scratch.ts";

export const projectDirectory = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Compiles with tbcc. args come before the source's path, and are in clang's spelling: "-O2", "-mcpu=v3". */
export function compile(source: string, args: string[]): string {
  return compileBy([process.execPath, join(projectDirectory, "bin", "tbcc.js")], source, args);
}

/** Compiles with clang, under this project's headers. The test must have asked for the oracle "clang-19". */
export function compileByClang(source: string, args: string[]): string {
  return compileBy([need("clang-19"), "-target", "bpf", ...ownHeaders], source, args);
}

function compileBy(command: string[], source: string, args: string[]): string {
  const object = scratchPath(".o");
  const [program = "", ...first] = command;
  const run = spawnSync(program, [...first, ...args, "-c", "-o", object, source], { encoding: "utf8" });
  if (run.status !== 0) {
    throw new Error(`${[...command, ...args, source].join(" ")}\n${run.stdout}${run.stderr}${run.error?.message ?? ""}`);
  }
  return object;
}
