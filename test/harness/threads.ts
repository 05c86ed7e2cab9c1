/**
 * Tasks -> answers, each by a thread of the program's own bundle. A thread that takes too long on one is ended and replaced.
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
}

/** Does all tasks, in any order; `done` gets each with its answer, or undefined if it took too long. Rejects when a thread throws. */
export async function inThreads<Task, Answer>(
  tasks: readonly Task[], { bundle, jobs, seconds }: ThreadOptions, done: (task: Task, answer: Answer | undefined) => void,
): Promise<void> {
  const queue = [...tasks];
  const run = async (): Promise<void> => {
    let worker: Worker | undefined;
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
      const current: Worker = worker ??= new Worker(bundle);
      const answer = await ask<Task, Answer>(current, task, seconds);
      if (answer === undefined) {
        void current.terminate();
        worker = undefined;
      }
      done(task, answer);
    }
    void worker?.terminate();
  };
  await Promise.all(Array.from({ length: jobs }, run));
}

function ask<Task, Answer>(worker: Worker, task: Task, seconds: number): Promise<Answer | undefined> {
  return new Promise((settle, fail) => {
    const timer = setTimeout(() => settle(undefined), seconds * 1000);
    worker.removeAllListeners();
    worker.on("message", (answer: Answer) => {
      clearTimeout(timer);
      settle(answer);
    });
    worker.on("error", fail);
    worker.postMessage(task);
  });
}

/** Answers the tasks that this thread is given. */
export function serve<Task, Answer>(work: (task: Task) => Answer): void {
  parentPort?.on("message", (task: Task) => parentPort?.postMessage(work(task)));
}
