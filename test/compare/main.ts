/**
 * The command `npm run compare -- FILE.c [flags] [--json] [--bless]`: compiles a source with tbcc and with clang-19
 * and prints both side by side. Flags are the compilers' (default: -O2 -mcpu=v3). --json prints the comparison as
 * JSON; --bless, or BLESS=1, rewrites the golden file of an example. Exit status: 0 if both behave alike, else 1.
 */
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { compare } from "./compare.ts";
import { projectDirectory } from "../harness/project.ts";
import { buildByClang } from "./compilers.ts";
import { goldenFlags, goldenOf, goldenPath, writeGolden } from "./golden.ts";
import { printTable } from "./table.ts";

const usage = "usage: npm run compare -- FILE.c [flags of the compilers] [--json] [--bless]";

function run(words: readonly string[]): number {
  const own = new Set(["--json", "--bless"]);
  const files = words.filter((word) => word.endsWith(".c") && !word.startsWith("-"));
  const flags = words.filter((word) => !own.has(word) && !files.includes(word));
  const [file] = files;
  if (file === undefined || files.length > 1) return fail(usage);
  // npm runs scripts in the project's directory; a path is meant from where npm was called.
  const source = [process.env["INIT_CWD"] ?? ".", projectDirectory].map((from) => resolve(from, file))
    .find((path) => existsSync(path));
  if (source === undefined) return fail(`no such file: ${file}`);
  if (words.includes("--bless") || process.env["BLESS"] === "1") return bless(source);
  const comparison = compare(source, flags.length === 0 ? goldenFlags : flags);
  const shown = { ...comparison, source: relative(projectDirectory, source) };
  process.stdout.write(words.includes("--json") ? `${JSON.stringify(shown, undefined, 2)}\n` : printTable(shown));
  const { machine, kernel, faults } = comparison;
  const alike = [machine, kernel].every((one) => one === undefined || one.differences.length === 0);
  return comparison.ours.description !== undefined && alike && faults.length === 0 ? 0 : 1;
}

function bless(source: string): number {
  const path = goldenPath(source);
  if (path === undefined) return fail("only the programs in examples/ have golden files");
  const built = buildByClang(source, goldenFlags);
  if (built?.object === undefined) return fail(built === undefined ? "clang-19 is not there" : built.messages);
  writeGolden(path, goldenOf(built.object));
  process.stdout.write(`${relative(projectDirectory, path)} is as clang-19 has it\n`);
  return 0;
}

function fail(message: string): number {
  process.stderr.write(`compare: ${message}\n`);
  return 1;
}

process.exitCode = run(process.argv.slice(2));
