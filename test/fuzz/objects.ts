/**
 * The command `npm run fuzz-objects -- [--count N] [--seed N] FILE.o...`: broken objects into tbdump.
 *
 * Each seed takes one of the files, breaks it and asks for every listing. A result or an error is right; an exception,
 * more than 10 seconds or more than 512 MiB is a fault, printed with its seed and file.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { dumpObject } from "../../assembler/dump/dump.ts";
import { parseDumpCommand } from "../../assembler/dump/flags.ts";
import { mutate, randomFrom } from "../harness/mutate.ts";

const secondsForOne = 10, megabytes = 512;

const requests = ["-x", "-d -S -l -r", "--asm", "--btf=c", "--btf=raw", "--maps", "--json", "--tc eth0"]
  .map((words) => parseDumpCommand(words.split(" ")).settings);

interface Answer { readonly seed: number; readonly fault: string | undefined; readonly errors: number }

/** Asks for every listing of a broken object; gives the exception, if there is one, and how many requests ended in an error. */
function work(files: readonly Uint8Array[], seed: number): Answer {
  let errors = 0;
  try {
    const bytes = mutate(files[seed % files.length] ?? new Uint8Array(0), randomFrom(seed));
    for (const settings of requests) if (dumpObject("broken.o", bytes, settings).kind === "error") errors++;
    return { seed, fault: undefined, errors };
  } catch (error) {
    return { seed, fault: error instanceof Error ? error.stack ?? error.message : String(error), errors };
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true, options: { count: { type: "string", default: "1000" }, seed: { type: "string" } },
  });
  const first = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed), count = Number(values.count);
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count)) throw new Error("--seed and --count take numbers");
  if (positionals.length === 0) throw new Error("no objects to break");
  process.stdout.write(`seeds ${first} to ${first + count - 1}, ${positionals.length} objects\n`);
  let faults = 0, errors = 0, worker: Worker | undefined;
  for (let seed = first; seed < first + count; seed++) {
    const used = worker ??= new Worker(fileURLToPath(import.meta.url), {
      workerData: positionals, resourceLimits: { maxOldGenerationSizeMb: megabytes },
    });
    const answer = await new Promise<Answer>((settle) => {
      const end = (fault: string): void => settle({ seed, fault, errors: 0 });
      const timer = setTimeout(() => end(`more than ${secondsForOne} s`), secondsForOne * 1000);
      used.removeAllListeners();
      used.on("error", (error) => {
        clearTimeout(timer);
        end(String(error));
      });
      used.on("message", (message: Answer) => {
        clearTimeout(timer);
        settle(message);
      });
      used.postMessage(seed);
    });
    errors += answer.errors > 0 ? 1 : 0;
    if (answer.fault === undefined) continue;
    faults++;
    process.stdout.write(`seed ${seed}, ${positionals[seed % positionals.length]}: ${answer.fault}\n`);
    await used.terminate();
    worker = undefined;
  }
  await worker?.terminate();
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${count} objects, ${errors} with errors, ${faults} faults, at most ${peak} MiB in use\n`);
  return faults === 0 ? 0 : 1;
}

if (isMainThread) {
  process.exitCode = await main();
} else {
  const files = (workerData as string[]).map((path) => new Uint8Array(readFileSync(path)));
  parentPort?.on("message", (seed: number) => parentPort?.postMessage(work(files, seed)));
}
