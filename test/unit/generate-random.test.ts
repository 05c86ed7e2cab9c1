/** Code generation keeps the meaning of the IR: random functions, interpreted and run in the virtual machine. */
import { describe, expect, it } from "vitest";
import { Machine } from "../../assembler/vm/machine.ts";
import { generate } from "../../compiler/generate/generate.ts";
import { printModule } from "../../compiler/ir/print.ts";
import { Diagnostics } from "../../compiler/source/diagnostic.ts";
import type { CpuVersion } from "../../compiler/source/options.ts";
import { defaultCodeOptions } from "../../compiler/source/options.ts";
import { SourceMap } from "../../compiler/source/source-map.ts";
import { interpret, randomModule, randomNumbers } from "../harness/random-ir.ts";

const contexts = [1, 2, 3].map((seed) => {
  const random = randomNumbers(seed + 77);
  return Array.from({ length: 8 }, () => BigInt(random(0x7fffffff)) << BigInt(random(33)) ^ BigInt(random(0x10000)));
});

function check(seed: number, cpu: CpuVersion, endian: "little" | "big", size: number, width: number): void {
  const module = randomModule(seed, { narrow: cpu >= 3, size, width });
  const text = printModule(module);
  const sources = new SourceMap();
  const diagnostics = new Diagnostics(sources);
  const object = generate(module, defaultCodeOptions({ cpu, endian }, seed % 4 === 0 ? "0" : "2"), { diagnostics, sources });
  expect(diagnostics.all, text).toEqual([]);
  const main = module.functions[0];
  if (main === undefined) throw new Error("no program");
  for (const words of contexts) {
    const memory = new Uint8Array(64);
    const view = new DataView(memory.buffer);
    for (const [at, word] of words.entries()) view.setBigUint64(8 * at, word, endian === "little");
    const outcome = new Machine(object).run("raw_tp", { kind: "raw", memory });
    const wanted = interpret(main, [0n], words.map((word) => BigInt.asUintN(64, word)));
    if (BigInt.asUintN(64, outcome.value) !== wanted) throw new Error(`seed ${seed}: ${outcome.value}, not ${wanted}\n${text}`);
  }
}

describe("random functions come out as the IR says", () => {
  for (const cpu of [1, 2, 3, 4] as const) {
    it(`at v${cpu}`, () => {
      for (let seed = 1; seed <= 40; seed++) check(seed * 8 + cpu, cpu, "little", 20 + seed * 3, 4 + seed % 30);
    }, 60_000);
  }

  it("for big-endian machines", () => {
    for (let seed = 1; seed <= 30; seed++) check(seed * 16 + 5, 3, "big", 40 + seed, 4 + seed % 20);
  }, 60_000);
});
