/**
 * The command `npm run compare-link -- [--load] [--pairs COUNT] [--seed N] FILE.o...`: links objects by tbld's linker
 * and by `bpftool gen object` and prints what differs. Without --pairs all files are linked into one; with it, COUNT
 * random pairs of them. Exit status: 0 if both agree on all, else 1.
 */
import { resolve } from "node:path";
import { compareLinks } from "./compare.ts";

const usage = "usage: npm run compare-link -- [--load] [--pairs COUNT] [--seed N] FILE.o...";

function run(words: readonly string[]): number {
  const number = (name: string): number | undefined => {
    const at = words.indexOf(name);
    return at < 0 ? undefined : Number(words[at + 1]);
  };
  const files = words.filter((word, i) => !word.startsWith("--") && !/^--(pairs|seed)$/.test(words[i - 1] ?? ""))
    // npm runs scripts in the project's directory; a path is meant from where npm was called.
    .map((file) => resolve(process.env["INIT_CWD"] ?? ".", file));
  if (files.length === 0) return fail(usage);
  const pairs = number("--pairs");
  const groups = pairs === undefined ? [files] : randomPairs(files, pairs, number("--seed") ?? 1);
  let linked = 0, refused = 0, differing = 0;
  for (const group of groups) {
    const { ourError, theirError, differences } = compareLinks(group, words.includes("--load"));
    if (ourError === undefined && theirError === undefined) linked++;
    else if (ourError !== undefined && theirError !== undefined) refused++;
    if (differences.length === 0) continue;
    differing++;
    const errors = [ourError, theirError].filter((one) => one !== undefined);
    const shown = [...differences, ...errors].slice(0, 12).map((line) => line.length > 300 ? `${line.slice(0, 300)}...` : line);
    process.stdout.write(`${group.join(" ")}\n${shown.map((line) => `  ${line}\n`).join("")}`);
  }
  process.stdout.write(`${groups.length} links: ${linked} by both, ${refused} refused by both, ${differing} with differences\n`);
  return differing === 0 ? 0 : 1;
}

/** Pairs by a linear congruential generator (Numerical Recipes' constants), so that a seed says which. */
function randomPairs(files: readonly string[], count: number, seed: number): string[][] {
  let state = seed >>> 0;
  const next = (): string => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return files[Math.floor(state / 2 ** 32 * files.length)] ?? "";
  };
  return Array.from({ length: count }, () => [next(), next()]);
}

function fail(message: string): number {
  process.stderr.write(`compare-link: ${message}\n`);
  return 1;
}

process.exitCode = run(process.argv.slice(2));
