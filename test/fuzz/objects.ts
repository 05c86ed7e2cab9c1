/**
 * The command `npm run fuzz-objects`: broken objects into tbdump and tbld, broken assembly into tbas. `usage` says how
 * to run it.
 *
 * Each seed takes one of the files and breaks it. Of an object every listing is asked, and it is linked with another
 * file; a text is assembled. A result or an error is right; an exception, more than 10 seconds or more than 512 MiB is
 * a fault, printed with its seed and file.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import { assemble } from "../../assembler/assemble.ts";
import { render } from "../../assembler/assembly/sources.ts";
import { dumpObject } from "../../assembler/dump/dump.ts";
import { parseDumpCommand } from "../../assembler/dump/flags.ts";
import { writeElf } from "../../assembler/object/elf-write.ts";
import { ObjectError } from "../../assembler/object/object.ts";
import { link } from "../../linker/link.ts";
import { readObject } from "../../linker/read.ts";
import { readCommandLine, refuse, wholeNumber } from "../harness/command-line.ts";
import { mutate, randomFrom } from "../harness/mutate.ts";
import { inThreads, serve } from "../harness/threads.ts";
import { breakText } from "./assembly.ts";

const usage = `usage: npm run fuzz-objects -- [options] FILE.o|FILE.s...
  --count N   how many broken objects or texts (1000)
  --seed N    the first one's seed (by the clock); each takes the next
  --jobs N    how many threads (2)
The status is 1 when one brought about an exception, took more than 10 s or more than 512 MiB.
`;

const secondsForOne = 10, megabytes = 512;

const requests = ["-x", "-d -S -l -r", "--asm", "--btf=c", "--btf=raw", "--maps", "--json", "--tc eth0"]
  .map((words) => parseDumpCommand(words.split(" ")).settings);

interface Task { readonly seed: number; readonly path: string; readonly partner: string }
interface Answer { readonly fault: string | undefined; readonly errors: number }

/** Links a broken object with one that is whole. Returns whether that gave an object. */
function links(broken: Uint8Array, seed: number, partner: string): boolean {
  const one = readObject("broken.o", broken), other = readObject(partner, new Uint8Array(readFileSync(partner)));
  if (typeof one === "string" || typeof other === "string") return false;
  // Either may come first, and each with and without the search for what is used.
  const result = link(seed % 2 === 0 ? [one, other] : [other, one], { dropUnreferenced: seed % 4 < 2 });
  if ("errors" in result) return false;
  try {
    return writeElf(result.object).length > 0;
  } catch (error) {
    if (error instanceof ObjectError) return false;
    throw error;
  }
}

/** Assembles a broken text. Returns whether that gave an object. */
function assembles(text: string): boolean {
  const { object, problems, sources } = assemble(text, "little");
  for (const { position, message } of problems) render(sources, position, message);
  return problems.length === 0 && writeElf(object).length > 0;
}

/** Asks for all of a broken file; gives the exception, if there is one, and how many requests ended in an error. */
function work({ seed, path, partner }: Task): Answer {
  let errors = 0;
  try {
    if (path.endsWith(".s")) {
      return { fault: undefined, errors: assembles(breakText(readFileSync(path, "utf8"), randomFrom(seed))) ? 0 : 1 };
    }
    const bytes = mutate(new Uint8Array(readFileSync(path)), randomFrom(seed));
    for (const settings of requests) if (dumpObject("broken.o", bytes, settings).kind === "error") errors++;
    if (!links(bytes, seed, partner)) errors++;
    return { fault: undefined, errors };
  } catch (error) {
    return { fault: error instanceof Error ? error.stack ?? error.message : String(error), errors };
  }
}

async function main(): Promise<number> {
  const { values, positionals } = readCommandLine(usage, {
    allowPositionals: true,
    options: { count: { type: "string", default: "1000" }, seed: { type: "string" }, jobs: { type: "string", default: "2" } },
  });
  const first = values.seed === undefined ? Date.now() % 1_000_000_000 : wholeNumber(usage, "seed", values.seed);
  const count = wholeNumber(usage, "count", values.count);
  if (positionals.length === 0) refuse(usage, "no files to break");
  process.stdout.write(`seeds ${first} to ${first + count - 1}, ${positionals.length} files\n`);
  let faults = 0, errors = 0;
  // The partners shift with each round through the files.
  const file = (index: number): string => positionals[index % positionals.length] ?? "";
  const objects = positionals.filter((path) => !path.endsWith(".s"));
  const partner = (index: number): string => objects[index % objects.length] ?? "";
  const tasks = Array.from({ length: count }, (_, i) => first + i)
    .map((seed): Task => ({ seed, path: file(seed), partner: partner(seed + 1 + Math.floor(seed / positionals.length)) }));
  const jobs = Math.max(1, wholeNumber(usage, "jobs", values.jobs));
  const options = { bundle: fileURLToPath(import.meta.url), jobs, seconds: secondsForOne, mebibytes: megabytes };
  await inThreads<Task, Answer>(tasks, options, ({ seed, path }, answer, reason) => {
    if (answer !== undefined && answer.errors > 0) errors++;
    const fault = answer === undefined ? reason : answer.fault;
    if (fault === undefined) return;
    faults++;
    process.stdout.write(`seed ${seed}, ${path}: ${fault}\n`);
  });
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${count} files, ${errors} with errors, ${faults} faults, at most ${peak} MiB in use\n`);
  return faults === 0 ? 0 : 1;
}

if (isMainThread) process.exitCode = await main();
else serve(work);
