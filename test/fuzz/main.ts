/**
 * The command `npm run fuzz`: random programs of csmith's through the compiler and the virtual machine, against native
 * compilers. `usage` says how to run it.
 *
 * Each fault is printed with its seed, its configuration, the passes without which it does not show, and the one
 * rewrite that brings it about (by bisection of the optimiser's fuel). Work is done in threads that are ended when they
 * take too long: that is a fault, too.
 */
import { mkdirSync, readFileSync, writeFileSync, chmodSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import { readCommandLine, wholeNumber } from "../harness/command-line.ts";
import { inThreads, serve } from "../harness/threads.ts";
import {
  allConfigurations, expectedValues, fewConfigurations, generate, guiltyRewrite, headerDirectory, judge, judgeByNative,
  suspects,
} from "./csmith.ts";
import type { Finding } from "./csmith.ts";

const usage = `usage: npm run fuzz -- [options]
  --count N     how many programs (20)
  --seed N      the first one's seed (by the clock); each takes the next
  --jobs N      how many threads (2)
  --all         every level with every -mcpu, not the six that differ most
  --on='FLAGS'  just these, as in --on='-O2 -mcpu=v3'; may be repeated
  --keep DIR    writes programs with faults; where creduce is installed, the smallest that still has the fault beside each
  --check FILE.c [--kind KIND]   that file alone: status 0 when it still shows a fault (of that kind)
The status is 1 when a program showed a fault.
`;

const bundle = fileURLToPath(import.meta.url);
const secondsForOne = 300;

interface Task {
  readonly seed: number;
  readonly configurations: readonly string[];
}

interface Answer {
  readonly findings: readonly Finding[];
  readonly suspects: readonly string[];
  readonly rewrite: string | undefined;
}

/** null: the program is no test. */
function work(text: string, configurations: readonly string[]): Answer | null {
  const judged = judgeByNative(text, configurations);
  if (judged === undefined) return null;
  const { expected, findings } = judged;
  const first = findings.find(({ configuration }) => !configuration.includes("-O0")) ?? findings[0];
  const unclear = first === undefined || first.kind === "refused";
  if (unclear) return { findings, suspects: [], rewrite: undefined };
  const { configuration } = first;
  return { findings, suspects: suspects(text, expected, configuration), rewrite: guiltyRewrite(text, expected, configuration) };
}

async function main(): Promise<number> {
  const { values } = readCommandLine(usage, {
    options: {
      count: { type: "string", default: "20" }, seed: { type: "string" }, all: { type: "boolean", default: false },
      keep: { type: "string" }, check: { type: "string" }, kind: { type: "string" },
      on: { type: "string", multiple: true }, jobs: { type: "string", default: "2" },
    },
  });
  const configurations = values.on ?? (values.all ? allConfigurations : fewConfigurations);
  if (values.check !== undefined) {
    const text = readFileSync(values.check, "utf8");
    const expected = expectedValues(text);
    const findings = expected === undefined ? [] : judge(text, expected, configurations);
    for (const { configuration, kind, detail } of findings) process.stdout.write(`${configuration}: ${kind}: ${detail}\n`);
    return findings.some(({ kind }) => values.kind === undefined || kind === values.kind) ? 0 : 1;
  }
  const first = values.seed === undefined ? Date.now() % 1_000_000_000 : wholeNumber(usage, "seed", values.seed);
  const count = wholeNumber(usage, "count", values.count);
  process.stdout.write(`seeds ${first} to ${first + count - 1}, ${configurations.length} configurations\n`);
  let tests = 0;
  let failed = 0;
  const seeds = Array.from({ length: count }, (_, i) => ({ seed: first + i, configurations }));
  const options = { bundle, jobs: Math.max(1, wholeNumber(usage, "jobs", values.jobs)), seconds: secondsForOne };
  await inThreads<Task, Answer | null>(seeds, options, ({ seed }, answer, fault) => {
    if (answer === null) return;
    tests++;
    if (answer !== undefined && answer.findings.length === 0) return;
    failed++;
    const none = answer === undefined;
    process.stdout.write(none ? `seed ${seed}: ${fault}\n` : describe(`seed ${seed}: `, answer));
    if (values.keep !== undefined) keep(resolve(values.keep), seed, none ? undefined : answer.findings[0]);
  });
  process.stdout.write(`${tests} programs, ${failed} with faults, ${count - tests} seeds that gave no test\n`);
  return failed === 0 ? 0 : 1;
}

function describe(prefix: string, { findings, suspects: passes, rewrite }: Answer): string {
  const lines = findings.map(({ configuration, kind, detail }) => `${prefix}${configuration}: ${kind}: ${detail}\n`);
  if (passes.length > 0) lines.push(`${prefix}right without any one of: ${passes.join(", ")}\n`);
  if (rewrite !== undefined) lines.push(`${prefix}wrong from ${rewrite}\n`);
  return lines.join("");
}

/** Writes a failing program, and what creduce makes of it. */
function keep(directory: string, seed: number, finding: Finding | undefined): void {
  const own = join(directory, `seed-${seed}`);
  const text = generate(seed) ?? "";
  mkdirSync(own, { recursive: true });
  const program = join(own, "program.c");
  writeFileSync(join(own, "original.c"), text);
  if (finding === undefined) return;
  // The header stays apart: in it, reduction would change what is reported instead of what goes wrong.
  writeFileSync(program, text);
  const script = join(own, "check.sh");
  // Undefined behaviour that reduction brings in shows as a difference between native compilers, or as a warning.
  writeFileSync(script, `#!/bin/sh
gcc -O1 -I '${headerDirectory}' -c -o /dev/null -Werror=uninitialized -Werror=return-type -Werror=implicit \\
  program.c 2>/dev/null || exit 1
exec '${process.execPath}' '${bundle}' --check program.c --kind=${finding.kind} --on='${finding.configuration}'
`);
  chmodSync(script, 0o755);
  spawnSync("creduce", [script, "program.c"], { cwd: own, stdio: "ignore", timeout: 1_800_000 });
}

if (isMainThread) {
  process.exitCode = await main();
} else {
  serve(({ seed, configurations }: Task) => {
    const text = generate(seed);
    return text === undefined ? null : work(text, configurations);
  });
}
