/**
 * The command `npm run mutate`: mutated sources through the compiler, at -O0 and -O2. No source may bring about an
 * internal error, a hang over 10 s, or more than 1 GiB of memory. `usage` says how to run it.
 *
 * Sources are compiled in child processes, each of which serves until it hangs, dies or grows. Time is the child's own
 * on a processor, so that a busy machine is no fault. Failures of one cause are told once, with their first seed.
 */
import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCommandLine, wholeNumber } from "../harness/command-line.ts";
import { commandLines, compileMutant, type Failure } from "./compile-mutant.ts";
import { type Mutant, mutate, readCorpus } from "./mutations.ts";

const usage = `usage: npm run mutate -- [options] [-- FLAG...]
  --count N   how many mutants (1000)
  --seed N    the first one's seed (by the clock); each takes the next
  --dir DIR   takes the sources under DIR, too: the kernel's selftests, gcc's torture tests; may be repeated
  --whole     takes each source under the --dirs as it is, once, and no mutants
  --jobs N    how many processes (2)
  --keep DIR  writes the sources that failed
  FLAG        for the compiler: -I, -D
The other sources are the project's cases and examples. The status is 1 when a source brought about an internal error, took
more than 10 s of a processor or more than 1 GiB at -O0 or -O2.
`;

const secondsForOne = 10;
/** By the clock, which also counts what other processes take: the end of a child that does nothing. */
const secondsToWait = 300;
const mebibytesForOne = 1024;
/** A child that has grown this far without need is replaced: the next source is not to be blamed for it. */
const mebibytesKept = 600;

interface Job {
  readonly mutant: Mutant;
  readonly flags: readonly string[];
}

interface Answer {
  readonly failure: Failure | undefined;
  /** Of a processor. */
  readonly seconds: number;
  /** The most memory that the child has had. */
  readonly mebibytes: number;
}

/** The child: compiles what it is sent. */
function serve(): void {
  process.on("message", ({ mutant, flags }: Job) => {
    const before = process.cpuUsage();
    const failure = compileMutant(mutant, flags);
    const { user, system } = process.cpuUsage(before);
    const answer: Answer = { failure, seconds: (user + system) / 1e6, mebibytes: process.resourceUsage().maxRSS >> 10 };
    process.send?.(answer);
  });
}

/** A child that does jobs one by one, and is replaced when it had to be ended. */
class Guarded {
  private child: ChildProcess | undefined = undefined;
  /** Is the child one that has done a job already? */
  private used = false;

  async do(job: Job): Promise<Answer> {
    const { used } = this;
    const first = await this.ask(job);
    // Memory may be what jobs before it have left behind.
    return first.failure?.key === "memory" && used ? this.ask(job) : first;
  }

  private ask(job: Job): Promise<Answer> {
    this.used = this.child !== undefined;
    const child = this.child ??= fork(fileURLToPath(import.meta.url), ["--serve"], {
      execArgv: [`--max-old-space-size=${mebibytesForOne}`], stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    return new Promise((settle) => {
      const end = (answer: Answer, replace: boolean): void => {
        clearInterval(timer);
        child.removeAllListeners();
        this.used = true;
        if (replace) this.end();
        settle(answer);
      };
      const fail = (what: string, key: string, { seconds, mebibytes }: Omit<Answer, "failure">): void =>
        end({ failure: { what, key }, seconds, mebibytes }, true);
      const start = Date.now();
      const before = processorSeconds(child.pid);
      const timer = setInterval(() => {
        const waited = (Date.now() - start) / 1000;
        const seconds = before === undefined ? waited : (processorSeconds(child.pid) ?? waited) - before;
        if (seconds > secondsForOne || waited > secondsToWait) {
          fail(`no end after ${seconds.toFixed(0)} s`, "hang", { seconds, mebibytes: 0 });
        }
      }, 1000);
      child.once("message", (answer: Answer) => {
        const { failure, seconds, mebibytes } = answer;
        if (failure !== undefined) end(answer, mebibytes > mebibytesKept);
        else if (mebibytes > mebibytesForOne) fail(`took ${mebibytes} MiB`, "memory", answer);
        else if (seconds > secondsForOne) fail(`took ${seconds.toFixed(1)} s`, "hang", answer);
        else end(answer, mebibytes > mebibytesKept);
      });
      child.once("exit", () => fail("the process died for want of memory", "memory", { seconds: 0, mebibytes: mebibytesForOne }));
      child.send(job);
    });
  }

  end(): void {
    this.child?.kill("SIGKILL");
    this.child = undefined;
    this.used = false;
  }
}

/** What a process has taken of a processor, in user mode, where /proc tells. */
function processorSeconds(pid: number | undefined): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // Behind the name, which may hold anything, utime is the twelfth field (proc_pid_stat(5)); clock ticks are 10 ms.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[11]) / 100;
  } catch {
    return undefined;
  }
}

interface Task extends Mutant {
  /** What it is called in the report and by --keep. */
  readonly name: string;
  readonly commandLines: readonly (readonly string[])[];
}

async function main(): Promise<number> {
  const { values, positionals } = readCommandLine(usage, {
    allowPositionals: true,
    options: {
      count: { type: "string", default: "1000" }, seed: { type: "string" }, jobs: { type: "string", default: "2" },
      dir: { type: "string", multiple: true, default: [] }, keep: { type: "string" }, whole: { type: "boolean", default: false },
    },
  });
  const first = values.seed === undefined ? Date.now() % 1_000_000_000 : wholeNumber(usage, "seed", values.seed);
  const corpus = readCorpus([...values.whole ? [] : ["examples", "test/cases"], ...values.dir]);
  const count = values.whole ? corpus.length : wholeNumber(usage, "count", values.count);
  const taskAt = (i: number): Task => {
    const seed = first + i;
    if (!values.whole) return { ...mutate(corpus, seed), name: `seed ${seed}`, commandLines: commandLines(seed, positionals) };
    const { path } = corpus[i];
    return { path, text: readFileSync(path, "latin1"), name: `file ${i}`, commandLines: commandLines(i, positionals) };
  };
  process.stdout.write(values.whole ? `${count} files\n` : `seeds ${first} to ${first + count - 1}, ${corpus.length} files\n`);
  const times = new Map<string, number>();
  const slowest = { seconds: 0, at: "" };
  const biggest = { mebibytes: 0, at: "" };
  let next = 0;
  const work = async (): Promise<void> => {
    const guarded = new Guarded();
    while (next < count) {
      const task = taskAt(next++);
      for (const flags of task.commandLines) {
        const place = `${task.name} (${task.path}) ${flags.slice(0, 2).join(" ")}`;
        const { failure, seconds, mebibytes } = await guarded.do({ mutant: { path: task.path, text: task.text }, flags });
        if (seconds > slowest.seconds) Object.assign(slowest, { seconds, at: place });
        if (mebibytes > biggest.mebibytes) Object.assign(biggest, { mebibytes, at: place });
        if (failure === undefined) continue;
        const known = times.get(failure.key) ?? 0;
        times.set(failure.key, known + 1);
        if (known === 0 || values.whole) process.stdout.write(`${place}: ${failure.what}\n`);
        if (values.keep !== undefined) {
          mkdirSync(values.keep, { recursive: true });
          writeFileSync(join(values.keep, `${task.name.replace(" ", "-")}.c`), task.text, "latin1");
        }
        break;
      }
    }
    guarded.end();
  };
  await Promise.all(Array.from({ length: Math.max(1, wholeNumber(usage, "jobs", values.jobs)) }, work));
  const failed = [...times.values()].reduce((sum, n) => sum + n, 0);
  process.stdout.write(`slowest: ${slowest.seconds.toFixed(1)} s, ${slowest.at}\nbiggest: ${biggest.mebibytes} MiB, ${biggest.at}\n` +
    `${count} sources, ${failed} faults, in ${times.size} ways; slowest ${slowest.seconds.toFixed(1)} s, ` +
    `biggest ${biggest.mebibytes} MiB\n`);
  return failed === 0 ? 0 : 1;
}

if (process.argv[2] === "--serve") serve();
else process.exitCode = await main();
