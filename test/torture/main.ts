/**
 * The command `npm run torture`: gcc's torture tests, compiled here and by clang, run in the virtual machine. `usage`
 * says how to run it, and what it prints. Work is done in threads, each of which is ended and replaced when a program
 * takes too long.
 */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import { readCommandLine, refuse, wholeNumber } from "../harness/command-line.ts";
import { oracleDirectory } from "../harness/probe.ts";
import { inThreads, serve } from "../harness/threads.ts";
import { judge } from "./program.ts";
import type { Judged } from "./program.ts";

const secondsForOne = 120;

const known = ["-O0", "-O1", "-O2", "-O3", "-Os", "-Oz"];

const usage = `usage: npm run torture -- [options]

Compiles gcc's torture tests here at every level and with clang at -O2, and runs them in the virtual machine. A program
is eligible if it is right as clang compiles it. Prints each eligible program that is not right here, with the cause; why
clang's are not, and how many of those are right here; and the totals. The status is 0 if every eligible program is right
at every level.

  --directory DIR  where the programs are (execute/ of what test/oracles/install.sh torture lays down)
  --filter TEXT    only programs whose path has this text in it
  --levels LIST    levels of optimisation, with commas between them (-O0,-O1,-O2,-Os)
  --jobs N         threads (2)
  --json FILE      writes what became of each program
  --help           prints this
`;

interface Task {
  readonly path: string;
  readonly levels: readonly string[];
}

interface Row extends Judged {
  readonly name: string;
}

async function main(): Promise<number> {
  const { values } = readCommandLine(usage, {
    options: {
      directory: { type: "string", default: join(oracleDirectory, "gcc-torture", "execute") },
      filter: { type: "string", default: "" }, levels: { type: "string", default: "-O0,-O1,-O2,-Os" },
      jobs: { type: "string", default: "2" }, json: { type: "string" },
    },
  });
  const directory = resolve(process.env["INIT_CWD"] ?? ".", values.directory);
  const levels = values.levels.split(",");
  for (const level of levels) {
    if (!known.includes(level)) refuse(usage, `--levels takes levels like -O2, not '${level}'`);
  }
  if (!existsSync(directory)) {
    process.stderr.write(`${directory} is not there: test/oracles/install.sh torture lays the programs down\n`);
    return 2;
  }
  const names = readdirSync(directory, { recursive: true }).map(String)
    .filter((name) => name.endsWith(".c") && name.includes(values.filter)).sort();
  const tasks = names.map((name) => ({ path: join(directory, name), levels }));
  const rows: Row[] = [];
  const without = (fault: string): Judged =>
    ({ eligible: false, clang: fault, flags: [], tbcc: levels.map(() => fault), needs: "nothing" });
  const jobs = Math.max(1, wholeNumber(usage, "jobs", values.jobs));
  const options = { bundle: fileURLToPath(import.meta.url), jobs, seconds: secondsForOne };
  await inThreads<Task, Judged>(tasks, options, ({ path }, judged, fault) => {
    rows.push({ name: path.slice(directory.length + 1), ...judged ?? without(fault) });
  });
  rows.sort((a, b) => a.name < b.name ? -1 : 1);
  if (values.json !== undefined) {
    writeFileSync(resolve(process.env["INIT_CWD"] ?? ".", values.json), JSON.stringify(rows, undefined, 1));
  }
  return report(rows, levels);
}

function report(rows: readonly Row[], levels: readonly string[]): number {
  const eligible = rows.filter((row) => row.eligible);
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  for (const { name, flags, tbcc } of eligible) {
    // Levels that fail in one way share a line.
    for (const cause of new Set(tbcc.filter((one) => one !== undefined))) {
      const where = levels.filter((_, at) => tbcc[at] === cause);
      const cpu = flags.find((flag) => flag.startsWith("-mcpu=")) ?? "";
      print(`${name} ${where.length === levels.length ? "" : `${where.join(" ")} `}${cpu}: ${cause}`);
    }
  }
  const right = (row: Row): boolean => row.tbcc.every((cause) => cause === undefined);
  const others = rows.filter((row) => !row.eligible);
  print(`\nnot eligible, by what the program needs and what clang says of it (programs, right here):`);
  const groups = new Map<string, Row[]>();
  for (const row of others) {
    const cause = (row.clang ?? "").replace(/'[^']*'|"[^"]*"/g, "'...'").replace(/0x[0-9a-f]+|-?\d+/g, "N").slice(0, 100);
    const key = `${row.needs}: ${cause}`;
    groups.set(key, [...groups.get(key) ?? [], row]);
  }
  for (const [key, members] of [...groups].sort(([a], [b]) => a < b ? -1 : 1)) {
    print(`${String(members.length).padStart(5)} ${String(members.filter(right).length).padStart(5)}  ${key}`);
    const ours = members.filter((row) => row.needs === "nothing" && !right(row));
    for (const row of ours) print(`               ${row.name}: ${row.tbcc.find((one) => one !== undefined) ?? ""}`);
  }
  const plain = others.filter((row) => row.needs === "nothing");
  print(`\n${rows.length} programs, ${eligible.length} eligible`);
  levels.forEach((level, at) => {
    print(`${level.padEnd(4)} ${eligible.filter((row) => row.tbcc[at] === undefined).length} right`);
  });
  print(`${eligible.filter(right).length} right at every level`);
  print(`${plain.length} not eligible that need nothing, ${plain.filter(right).length} of them right at every level`);
  return eligible.every(right) ? 0 : 1;
}

if (isMainThread) process.exitCode = await main();
else serve(({ path, levels }: Task) => judge(path, levels));
