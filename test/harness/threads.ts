/**
 * Tasks -> answers, each by a thread of the program's own bundle. A thread that takes too long on one, throws or runs
 * out of memory is ended and replaced.
 *
 * The bundle is started again in each thread: `inThreads` runs on the main one, `serve` on the others.
 */
import { parentPort, Worker } from "node:worker_threads";

export interface ThreadOptions {
  /** The file that the threads run. */
  readonly bundle: string;
  /** How many at a time. */
  readonly jobs: number;
  /** The time for one task, in seconds. */
  readonly seconds: number;
  /** The most that V8's heap may grow to in a thread. */
  readonly mebibytes?: number;
}

/**
 * Does all tasks, in any order; `done` gets each with its answer, or with undefined and the reason why there is none.
 */
export async function inThreads<Task, Answer>(
  tasks: readonly Task[], { bundle, jobs, seconds, mebibytes }: ThreadOptions,
  done: (task: Task, answer: Answer | undefined, fault: string) => void,
): Promise<void> {
  const queue = [...tasks].reverse();
  const resourceLimits = mebibytes === undefined ? {} : { maxOldGenerationSizeMb: mebibytes };
  const run = async (): Promise<void> => {
    let worker: Worker | undefined;
    for (let task = queue.pop(); task !== undefined; task = queue.pop()) {
      const current: Worker = worker ??= new Worker(bundle, { resourceLimits });
      const answer = await ask<Task, Answer>(current, task, seconds);
      if ("fault" in answer) {
        void current.terminate();
        worker = undefined;
        done(task, undefined, answer.fault);
      } else done(task, answer.value, "");
    }
    void worker?.terminate();
  };
  await Promise.all(Array.from({ length: jobs }, run));
}

type Outcome<Answer> = { readonly value: Answer } | { readonly fault: string };

function ask<Task, Answer>(worker: Worker, task: Task, seconds: number): Promise<Outcome<Answer>> {
  return new Promise((settle) => {
    const timer = setTimeout(() => settle({ fault: `more than ${seconds} s` }), seconds * 1000);
    worker.removeAllListeners();
    worker.on("message", (value: Answer) => {
      clearTimeout(timer);
      settle({ value });
    });
    worker.on("error", (error: unknown) => {
      clearTimeout(timer);
      settle({ fault: error instanceof Error ? error.stack ?? error.message : String(error) });
    });
    worker.postMessage(task);
  });
}

/** Answers the tasks that this thread is given. */
export function serve<Task, Answer>(work: (task: Task) => Answer): void {
  parentPort?.on("message", (task: Task) => parentPort?.postMessage(work(task)));
}
