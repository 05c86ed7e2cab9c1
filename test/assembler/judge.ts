/**
 * Compares tbas with llvm-mc-19 on assembly files: section headers and bytes, relocations, symbols, or the whole file.
 *
 *   npx esbuild test/assembler/judge.ts --bundle --platform=node --format=esm --outfile=dist/judge.mjs
 *   node dist/judge.mjs DIRECTORY|FILE.s...
 *
 * For clang's output of a directory of sources: clang-19 -target bpf -O2 -g -mcpu=v3 -S. A text that llvm-mc-19 refuses counts as
 * agreement if tbas refuses it too, and is told apart otherwise: clang prints some instructions that its assembler does not
 * read. Exit status: 1 if an object differs, or tbas refuses what llvm-mc-19 takes.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { assemble } from "../../assembler/assemble.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
import { readElf } from "../../assembler/object/elf-read.ts";
import { definedIn, type ObjectFile } from "../../assembler/object/object.ts";

type Verdict = "same bytes" | "refused by both" | "refused by llvm-mc only" | "refused by tbas only" | "different";

function llvmMc(path: string): Buffer | undefined {
  const run = spawnSync("llvm-mc-19", ["-triple=bpfel", "-filetype=obj", "-o", "-", path], { maxBuffer: 1 << 28 });
  return run.status === 0 ? run.stdout : undefined;
}

/** One line for each section, relocation and symbol. */
function describe(object: ObjectFile): string[] {
  return [
    ...object.sections.map((s) => [
      `section ${s.name}`, s.type, s.flags, s.align, s.entsize, s.size, Buffer.from(s.data ?? []).toString("hex"),
    ].join(" ")),
    ...object.sections.flatMap((s) => s.relocations.map((r) => (
      `relocation ${s.name} ${r.offset} ${r.type} ${r.symbol.name || definedIn(r.symbol)?.name}`
    ))),
    ...object.symbols.map((s) => [
      "symbol", s.name, s.value, s.size, s.bind, s.type, s.visibility, typeof s.home === "string" ? s.home : s.home.name,
    ].join(" ")),
  ];
}

function difference(ours: ObjectFile, theirs: ObjectFile): string {
  const a = describe(ours), b = describe(theirs);
  const inA = new Set(a), inB = new Set(b);
  const only = [...a.filter((l) => !inB.has(l)).map((l) => `- ${l}`), ...b.filter((l) => !inA.has(l)).map((l) => `+ ${l}`)];
  return only.length === 0 ? "the order" : only.map((l) => l.slice(0, 160)).slice(0, 4).join("\n    ");
}

function judge(path: string): { readonly verdict: Verdict; readonly why: string; readonly milliseconds: number } {
  const text = readFileSync(path, "utf8");
  const theirs = llvmMc(path);
  const start = performance.now();
  const { object, problems } = assemble(text, "little", { directory: process.cwd() });
  const ours = problems.length > 0 ? undefined : Buffer.from(writeElf(object));
  const milliseconds = performance.now() - start;
  const why = problems[0] === undefined ? "" : `${problems[0].line}:${problems[0].column}: ${problems[0].message}`;
  if (ours === undefined) {
    return { verdict: theirs === undefined ? "refused by both" : "refused by tbas only", why, milliseconds };
  }
  if (theirs === undefined) return { verdict: "refused by llvm-mc only", why, milliseconds };
  if (ours.equals(theirs)) return { verdict: "same bytes", why, milliseconds };
  const read = readElf(new Uint8Array(theirs));
  const written = readElf(new Uint8Array(ours));
  return { verdict: "different", why: difference(written, read), milliseconds };
}

const paths = process.argv.slice(2).flatMap((path) => statSync(path).isDirectory()
  ? readdirSync(path).filter((name) => name.endsWith(".s")).sort().map((name) => join(path, name)) : [path]);
const counts = new Map<Verdict, number>();
let slowest = 0, total = 0;
for (const path of paths) {
  const { verdict, why, milliseconds } = judge(path);
  counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  slowest = Math.max(slowest, milliseconds);
  total += milliseconds;
  if (verdict === "different" || verdict === "refused by tbas only") console.log(`${path}: ${verdict}\n    ${why}`);
}
for (const [verdict, count] of counts) console.log(`${count} ${verdict}`);
process.exitCode = counts.has("different") || counts.has("refused by tbas only") ? 1 : 0;
console.log(`${(total / Math.max(1, paths.length)).toFixed(1)} ms a file in the mean, ${slowest.toFixed(0)} ms the slowest`);
