/**
 * Programs of the generator behind `npm run fuzz-kernel`, always the same ones: the kernel takes what it takes from
 * clang-19, and does the same. That command tries new ones, as many as are wanted.
 */
import { describe, expect, test } from "vitest";
import { judgeInKernel } from "../fuzz/kernel-judge.ts";
import { kernelProgram } from "../fuzz/kernel-program.ts";
import { BatchRunner } from "../harness/kernel-batch.ts";
import { itWith } from "../harness/oracles.ts";
import { packets } from "../harness/verifier-packets.ts";

test("a seed is a program", () => {
  expect(kernelProgram(300)).toBe(kernelProgram(300));
  expect(kernelProgram(300)).not.toBe(kernelProgram(301));
});

describe("the kernel takes random programs", () => {
  // Two for each -mcpu.
  for (let seed = 300; seed < 308; seed++) {
    itWith(["root", "kernel bpf", "bpftool", "clang-19"], `seed ${seed}`, () => {
      const runner = new BatchRunner(packets);
      try {
        expect(judgeInKernel(runner, kernelProgram(seed), seed)?.findings).toEqual([]);
      } finally {
        runner.close();
      }
    }, 60_000);
  }
});
