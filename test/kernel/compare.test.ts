/**
 * Every example beside clang-19 in the kernel: both objects' programs are accepted, one by one, and do the same with
 * the packets.
 *
 *   npx vitest run test/kernel/compare.test.ts
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { compare } from "../compare/compare.ts";
import { projectDirectory } from "../harness/project.ts";
import { goldenFlags } from "../compare/golden.ts";
import { itWith } from "../harness/oracles.ts";

const directory = join(projectDirectory, "examples");
const examples = readdirSync(directory).filter((name) => name.endsWith(".c"));

/** Examples that ask for the time or the task that runs: the same packets do not make them do the same. */
const unsteady = new Set(["exec_count.c", "flow_table.c", "token_bucket.c"]);

describe("examples beside clang-19 in the kernel", () => {
  for (const name of examples) {
    itWith(["clang-19", "root", "netns", "kernel bpf", "bpftool"], name, () => {
      const { ours, theirs, kernel } = compare(join(directory, name), goldenFlags);
      for (const { verdicts } of [ours, theirs]) {
        expect(verdicts?.filter(({ accepted }) => !accepted)).toEqual([]);
        expect(verdicts?.every(({ verified }) => verified !== undefined && verified > 0)).toBe(true);
      }
      if (unsteady.has(name)) expect(kernel).toBeUndefined();
      else expect(kernel?.differences).toEqual([]);
    }, 120_000);
  }
});
