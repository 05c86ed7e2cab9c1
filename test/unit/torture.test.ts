/**
 * A sample of gcc's torture tests, spread over the alphabet: what clang-19 makes right must be right here, without
 * optimisation and with. `npm run torture` runs them all.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { itWith, oracle } from "../harness/oracles.ts";
import { judge } from "../torture/program.ts";

const directory = oracle("gcc torture");
const names = directory === undefined ? [] : readdirSync(directory).filter((name) => name.endsWith(".c")).sort();
/** Programs between one of the sample and the next, and how many make one test. */
const stride = 27;
const inOneTest = 10;

const sample = names.filter((_, at) => at % stride === 0);

describe("the torture tests are right", () => {
  for (let from = 0; from < Math.max(1, sample.length); from += inOneTest) {
    const some = sample.slice(from, from + inOneTest);
    itWith(["gcc torture", "clang-19"], `from ${some[0] ?? "the first"}`, () => {
      const wrong = some.flatMap((name) => {
        const judged = judge(join(directory ?? "", name), ["-O0", "-O2"]);
        const causes = judged.eligible ? judged.tbcc.filter((cause) => cause !== undefined) : [];
        return causes.length > 0 ? [{ name, causes }] : [];
      });
      expect(wrong).toEqual([]);
    }, 300_000);
  }
});
