/**
 * The command `npm run fuzz-kernel`: random XDP programs by tbcc and by clang-19 into this kernel. `usage` says how to run
 * it.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readCommandLine, wholeNumber } from "../harness/command-line.ts";
import { BatchRunner } from "../harness/kernel-batch.ts";
import { packets } from "../harness/verifier-packets.ts";
import { judgeInKernel } from "./kernel-judge.ts";
import { kernelProgram } from "./kernel-program.ts";

const usage = `usage: npm run fuzz-kernel -- [options]
Random XDP programs, at -O1, -O2 and -Os for one -mcpu each: the kernel must take from tbcc what it takes from clang-19 at
-O2, and both must do the same. Needs root, clang-19 and bpftool.
  --count N     how many programs (100)
  --seed N      the first one's seed (by the clock); each takes the next
  --keep DIR    writes programs with faults
  --check FILE.c   that file alone, for the -mcpu of --seed
A program that the verifier walks for too long, as it may well do with clang's at another place, is told, but is no fault.
The status is 1 when a program showed a fault.
`;

function main(): number {
  const { values } = readCommandLine(usage, {
    options: {
      count: { type: "string", default: "100" }, seed: { type: "string" }, keep: { type: "string" }, check: { type: "string" },
    },
  });
  const first = values.seed === undefined ? Date.now() % 1_000_000_000 : wholeNumber(usage, "seed", values.seed);
  const count = values.check === undefined ? wholeNumber(usage, "count", values.count) : 1;
  const runner = new BatchRunner(packets);
  let taken = 0, won = 0, long = 0, failed = 0;
  process.stdout.write(`seeds ${first} to ${first + count - 1}\n`);
  try {
    for (let seed = first; seed < first + count; seed++) {
      const text = values.check === undefined ? kernelProgram(seed) : readFileSync(values.check, "utf8");
      const verdict = judgeInKernel(runner, text, seed);
      if (verdict === undefined) {
        process.stdout.write(`seed ${seed}: clang-19 does not compile it\n`);
        continue;
      }
      if (verdict.clang) taken++;
      if (verdict.won.length > 0) won++;
      for (const { configuration, kind, detail } of verdict.findings) {
        process.stdout.write(`seed ${seed}: ${configuration}: ${kind}: ${detail}\n`);
      }
      if (verdict.findings.length === 0) continue;
      if (verdict.findings.every(({ kind }) => kind === "long")) long++;
      else failed++;
      if (values.keep === undefined) continue;
      mkdirSync(values.keep, { recursive: true });
      writeFileSync(join(resolve(values.keep), `seed-${seed}.c`), text);
    }
  } finally {
    runner.close();
  }
  process.stdout.write(
    `${count} programs: ${taken} taken from clang-19, ${won} from tbcc only, ${long} too long, ${failed} with faults\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = main();
