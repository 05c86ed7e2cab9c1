/**
 * New programs of csmith's each time: $TBCC_FUZZ_SEEDS of them, six by default, at six configurations. The seeds stand
 * in the tests' names. `npm run fuzz` takes as many as are wanted, and makes failing ones small.
 */
import { describe, expect, test } from "vitest";
import { fewConfigurations, generate, judge, judgeByNative } from "../fuzz/csmith.ts";
import { itWith } from "../harness/oracles.ts";

const program = `
  #include "csmith.h"
  static uint32_t g_1 = 0x12345678;
  static int16_t g_2 = -5;
  int main(void) {
    g_1 = safe_lshift_func_uint32_t_u_s(g_1, 4);
    g_2 = safe_mul_func_int16_t_s_s(g_2, 20000);
    transparent_crc(g_1, "g_1", 0);
    transparent_crc(g_2, "g_2", 0);
    return 0;
  }`;

test("values are compared one by one", () => {
  expect(judge(program, ["g_1 23456780", "g_2 7960"], ["-O0", "-O2"])).toEqual([]);
  expect(judge(program, ["g_1 23456780", "g_2 7961"], ["-O2 -mcpu=v4"])).toEqual([
    { configuration: "-O2 -mcpu=v4", kind: "wrong", detail: "g_2 is 7960, not 7961" },
  ]);
});

// New seeds each time; a failure names its seed, which `npm run fuzz -- --seed N --count 1` takes.
const first = Math.floor(Math.random() * 1e9);
const count = Number(process.env["TBCC_FUZZ_SEEDS"] ?? 6);
const inOneTest = 5;

describe(`seeds ${first} to ${first + count - 1}`, () => {
  for (let from = first; from < first + count; from += inOneTest) {
    itWith(["csmith", "clang-19"], `from ${from}`, () => {
      for (let seed = from; seed < Math.min(from + inOneTest, first + count); seed++) {
        const text = generate(seed);
        const judged = text === undefined ? undefined : judgeByNative(text, fewConfigurations);
        if (judged !== undefined) expect(judged.findings, `seed ${seed}`).toEqual([]);
      }
    }, 600_000);
  }
});
