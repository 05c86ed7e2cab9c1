/**
 * Growing programs: each at a size at which a stage that takes quadratic time, or memory, would not end in time. What
 * the compiler says of them is not judged: some are larger than what the kernel takes.
 *
 * run: npx vitest run test/unit/scale.test.ts
 */
import { expect, test } from "vitest";
import { growing } from "../bench/growing.ts";
import { compileSource } from "../harness/tbcc.ts";

/** Of the largest size of each program. */
const share = 1 / 8;

test.each(growing.map((program) => [program.name, program] as const))("%s", (_, { limit, source }) => {
  const text = source(Math.max(8, Math.round(limit * share)));
  for (const level of ["-O0", "-O2"]) {
    const compiled = compileSource("growing.c", [level, "-w", "-ferror-limit=0"], text);
    expect(compiled.object !== undefined || compiled.messages !== "").toBe(true);
  }
}, 120_000);
