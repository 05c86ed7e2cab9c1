/**
 * The command `npm run mutate`: mutated sources through the compiler, at -O0 and -O2. No source may bring about an internal error,
 * a hang over 10 s, or more than 1 GiB of memory.
 *
 *   npm run mutate -- [--count N] [--seed N] [--dir DIR] [--keep DIR]   N mutants (1000), from that seed on (one by the clock)
 *
 * The corpus is the project's cases and examples, and the sources under each --dir: the kernel's selftests, gcc's torture tests.
 * A mutant is compiled in a child process, which serves until it hangs, dies or grows. Failures of one cause are told
 * once, with their first seed; --keep writes all sources that failed. The exit status is 1 when there were any.
 */
import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { commandLines, compileMutant, type Failure } from "./compile-mutant.ts";
import { type Mutant, mutate, readCorpus } from "./mutations.ts";

const secondsForOne = 10;
const mebibytesForOne = 1024;
/** A child that has grown this far without need is replaced: the next source is not to be blamed for it. */
const mebibytesKept = 500;

interface Job {
  readonly mutant: Mutant;
  readonly flags: readonly string[];
}

interface Answer {
  readonly failure: Failure | undefined;
  /** The most memory that the child has had. */
  readonly mebibytes: number;
}

/** The child: compiles what it is sent. */
function serve(): void {
  process.on("message", ({ mutant, flags }: Job) => {
    const failure = compileMutant(mutant, flags);
    const answer: Answer = { failure, mebibytes: process.resourceUsage().maxRSS >> 10 };
    process.send?.(answer);
  });
}

/** The child that does jobs one by one, and is replaced when it had to be ended. */
class Guarded {
  private child: ChildProcess | undefined = undefined;

  async do(job: Job): Promise<Failure | undefined> {
    const first = await this.ask(job);
    // Memory may be what jobs before it have left behind.
    return first?.key === "memory" ? this.ask(job) : first;
  }

  private ask(job: Job): Promise<Failure | undefined> {
    const child = this.child ??= fork(fileURLToPath(import.meta.url), ["--serve"], {
      execArgv: [`--max-old-space-size=${mebibytesForOne}`], stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    return new Promise((settle) => {
      const end = (failure: Failure | undefined, replace: boolean): void => {
        clearTimeout(timer);
        child.removeAllListeners();
        if (replace) this.end();
        settle(failure);
      };
      const timer = setTimeout(() => {
        end({ what: `no end after ${secondsForOne} s`, key: "hang" }, true);
      }, secondsForOne * 1000);
      child.once("message", ({ failure, mebibytes }: Answer) => {
        const much = mebibytes > mebibytesForOne ? { what: `took ${mebibytes} MiB`, key: "memory" } : undefined;
        end(failure ?? much, mebibytes > mebibytesKept);
      });
      child.once("exit", () => end({ what: "the process died for want of memory", key: "memory" }, true));
      child.send(job);
    });
  }

  end(): void {
    this.child?.kill("SIGKILL");
    this.child = undefined;
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "1000" }, seed: { type: "string" },
      dir: { type: "string", multiple: true, default: [] }, keep: { type: "string" },
    },
  });
  const first = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
  const count = Number(values.count);
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count)) throw new Error("--seed and --count take numbers");
  const corpus = readCorpus(["examples", "test/cases", ...values.dir]);
  process.stdout.write(`seeds ${first} to ${first + count - 1}, ${corpus.length} files\n`);
  const guarded = new Guarded();
  const times = new Map<string, number>();
  for (let seed = first; seed < first + count; seed++) {
    const mutant = mutate(corpus, seed);
    for (const flags of commandLines(seed)) {
      const failure = await guarded.do({ mutant, flags });
      if (failure === undefined) continue;
      const known = times.get(failure.key) ?? 0;
      times.set(failure.key, known + 1);
      if (known === 0) process.stdout.write(`seed ${seed} (${mutant.path}) ${flags.slice(0, 2).join(" ")}: ${failure.what}\n`);
      if (values.keep !== undefined) {
        mkdirSync(values.keep, { recursive: true });
        writeFileSync(join(values.keep, `seed-${seed}.c`), mutant.text, "latin1");
      }
      break;
    }
  }
  guarded.end();
  const failed = [...times.values()].reduce((sum, n) => sum + n, 0);
  process.stdout.write(`${count} sources, ${failed} failed, in ${times.size} ways\n`);
  return failed === 0 ? 0 : 1;
}

if (process.argv.includes("--serve")) serve();
else process.exitCode = await main();
