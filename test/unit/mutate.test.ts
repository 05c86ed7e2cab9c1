/**
 * Mutated sources, new ones at each run: the compiler answers each with diagnostics or an object. `npm run mutate`
 * takes as many as are wanted, and tells of a seed that failed here: `npm run mutate -- --count 1 --seed N`.
 */
import { expect, test } from "vitest";
import { commandLines, compileMutant } from "../fuzz/compile-mutant.ts";
import { mutate, readCorpus } from "../fuzz/mutations.ts";

const corpus = readCorpus(["examples", "test/cases"]);

test("a seed always gives the same source", () => {
  expect(mutate(corpus, 7)).toEqual(mutate(corpus, 7));
  expect(mutate(corpus, 7)).not.toEqual(mutate(corpus, 8));
});

test("no mutant brings about an internal error", () => {
  const first = Date.now() % 1_000_000_000;
  const failures: string[] = [];
  for (let seed = first; seed < first + 200; seed++) {
    const mutant = mutate(corpus, seed);
    for (const flags of commandLines(seed)) {
      const failure = compileMutant(mutant, flags);
      if (failure !== undefined) failures.push(`seed ${seed} ${flags.slice(0, 2).join(" ")}: ${failure.what}`);
    }
  }
  expect(failures).toEqual([]);
}, 60_000);
