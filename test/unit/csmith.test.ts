/** A few of csmith's programs, always the same: that the fuzzer works. `npm run fuzz` takes as many as are wanted. */
import { expect, test } from "vitest";
import { expectedValues, generate, judge } from "../fuzz/csmith.ts";
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

for (const seed of [1, 2, 3]) {
  itWith(["csmith", "clang-19"], `seed ${seed}`, () => {
    const text = generate(seed);
    const expected = text === undefined ? undefined : expectedValues(text);
    if (text !== undefined && expected !== undefined) expect(judge(text, expected, ["-O0 -mcpu=v2", "-O2 -mcpu=v3"])).toEqual([]);
  }, 60_000);
}
