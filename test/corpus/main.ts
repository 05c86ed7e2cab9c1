/**
 * The command `npm run corpus`: the kernel's own BPF programs, compiled here and by clang-19, loaded one by one.
 *
 * It prints each source that clang compiles and tbcc does not; each program that the kernel accepts from clang and not
 * from tbcc, with what the verifier says; each that does not come out as its author expects, where clang's does; and
 * the totals, with the geometric means of instruction slots and of verified instructions against clang's and the ten
 * worst of both. options.ts has the command line. Needs root, and what `test/oracles/install.sh kernel` brings.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import { inThreads, serve, type ThreadOptions } from "../harness/threads.ts";
import { judge, type Judged, type Task } from "./judge.ts";
import { optionsOf } from "./options.ts";
import { comparePreprocessed, type Preprocessing, type PreprocessTask } from "./preprocess.ts";
import { writePackets } from "./run.ts";
import { clangObjects, sourcesOf } from "./sources.ts";
import { summary, type Row } from "./summary.ts";

async function main(): Promise<number> {
  const values = optionsOf(process.argv.slice(2));
  if (values.kind === "answer") {
    (values.status === 0 ? process.stdout : process.stderr).write(values.text);
    return values.status;
  }
  const { part, cpu } = values;
  const options = { bundle: fileURLToPath(import.meta.url), jobs: values.jobs, seconds: values.run ? 900 : 300 };
  const sources = sourcesOf(part).filter(({ name }) => name.includes(values.filter));
  if (values.preprocess) return await preprocessAll(sources.map((source) => ({ source, cpu })), options);
  const directory = values.keep === undefined ? mkdtempSync(join(tmpdir(), "tbcc-corpus-")) : resolve(values.keep);
  const reference = join(clangObjects, part, cpu);
  for (const each of [directory, reference]) mkdirSync(each, { recursive: true });
  const packets = join(reference, "packets");
  if (values.run) writePackets(packets);
  const tasks = sources.map((source): Task => ({
    source, cpu, load: !values.compile, packets: values.run ? packets : undefined,
    clang: join(reference, `${source.name}.o`), tbcc: join(directory, `${source.name}.o`),
  }));
  const rows: Row[] = [];
  await inThreads<Task, Judged>(tasks, options, ({ source: { name } }, judged) => {
    const late: Judged = { compiled: { clang: true, tbcc: false }, why: "takes too long", programs: [], expected: [], runs: [] };
    const row: Row = { name, ...judged ?? late };
    rows.push(row);
    if (row.compiled.clang && !row.compiled.tbcc) process.stdout.write(`${name}: ${row.why}\n`);
    for (const { program, differences } of row.runs) {
      for (const difference of differences) process.stdout.write(`${name}/${program}: ${difference}\n`);
    }
    for (const { program, verdict, clang, tbcc } of row.expected) {
      const expected = `${name}/${program}: to be ${verdict}`;
      if (clang === undefined && tbcc !== undefined) process.stdout.write(`${expected}: ${tbcc.text}\n`);
      if (clang !== undefined && values.expected) process.stdout.write(`${expected}, clang-19's too: ${clang.text}\n`);
    }
    for (const { program, why } of row.programs) if (why !== undefined) process.stdout.write(`${name}/${program}: ${why}\n`);
  });
  if (values.keep === undefined) rmSync(directory, { recursive: true, force: true });
  rows.sort((a, b) => a.name < b.name ? -1 : 1);
  const { text, lost } = summary(rows);
  process.stdout.write(text);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, undefined, 1)}\n`);
  return lost ? 1 : 0;
}

async function preprocessAll(tasks: readonly PreprocessTask[], options: ThreadOptions): Promise<number> {
  let equal = 0;
  let refused = 0;
  const differing: string[] = [];
  await inThreads<PreprocessTask, Preprocessing>(tasks, options, ({ source: { name } }, answer) => {
    const { byClang, why } = answer ?? { byClang: true, why: "takes too long" };
    if (why !== undefined) {
      process.stdout.write(`${name}: ${why}\n`);
      differing.push(name);
    } else if (byClang) {
      equal++;
    } else {
      refused++;
    }
  });
  const rest = differing.length === 0 ? "none differs" : `${differing.length} differ: ${differing.sort().join(" ")}`;
  process.stdout.write(`-E: ${tasks.length} sources, ${equal} token for token as by clang-19, ${refused} refused by both, ${rest}\n`);
  return differing.length > 0 ? 1 : 0;
}

if (isMainThread) process.exitCode = await main();
else serve((task: Task | PreprocessTask) => (
  "tbcc" in task ? judge(task, (path) => readFileSync(path)) : comparePreprocessed(task)
));
