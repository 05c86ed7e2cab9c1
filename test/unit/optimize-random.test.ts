/**
 * The miscompile net: random programs mean the same before and after the optimiser, at every level, for every target,
 * and each pass keeps the IR well-formed. TBCC_SEEDS=FROM-TO runs other seeds than the usual ones.
 */
import { expect, test } from "vitest";
import { parseModule } from "../../compiler/ir/parse.ts";
import { printModule } from "../../compiler/ir/print.ts";
import { verify } from "../../compiler/ir/verify.ts";
import { optimize } from "../../compiler/optimize/run.ts";
import { Diagnostics } from "../../compiler/source/diagnostic.ts";
import { SourceMap } from "../../compiler/source/source-map.ts";
import { bufferAt, Interpreter, type Outcome } from "../harness/ir-interpret.ts";
import { codeOptions } from "../harness/ir-options.ts";
import { randomModule } from "../harness/ir-random.ts";

const [from, to] = (process.env["TBCC_SEEDS"] ?? "1-150").split("-").map(Number);
const settings: readonly string[][] = [
  ["-O2", "-mcpu=v3"], ["-O0", "-mcpu=v3"], ["-O2", "-mcpu=v2"], ["-O0", "-mcpu=v1"], ["-O1", "-mcpu=v4", "-mbig-endian"],
  ["-Os", "-mcpu=v3", "-mmaps=legacy"],
];
const inputs: readonly (readonly [bigint, bigint])[] = [[0n, 0n], [5n, 0xfedcba9876543210n], [0x80000001n, 0x7fffffffffffffffn]];

function run(text: string, endian: "little" | "big", input: readonly [bigint, bigint], upper: bigint): Outcome {
  const interpreter = new Interpreter(parseModule(text), endian, (i) => i * 37 + 11);
  return interpreter.run("main", [input[0] | (upper << 32n), bufferAt, input[1]]);
}

test("random programs keep their meaning", () => {
  for (let seed = from; seed <= to; seed++) {
    const text = printModule(randomModule(seed));
    expect(printModule(parseModule(text)), `seed ${seed}`).toBe(text);
    expect(verify(parseModule(text)), `seed ${seed}`).toEqual([]);
    for (const flags of settings) {
      const endian = flags.includes("-mbig-endian") ? "big" : "little";
      const module = parseModule(text);
      const options = codeOptions(flags);
      const place = `seed ${seed} ${flags.join(" ")}`;
      try {
        optimize(module, options, { diagnostics: new Diagnostics(new SourceMap()), print: () => undefined });
      } catch (error) {
        throw new Error(`${place}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, { cause: error });
      }
      const optimized = printModule(module);
      for (const input of inputs) {
        const expected = run(text, endian, input, 0n);
        // Widened functions get i32 arguments with garbage above.
        const actual = run(optimized, endian, input, options.target.cpu < 3 ? 0xdeadbeefn : 0n);
        expect(actual, `${place} input ${input[0]}`).toEqual(expected);
      }
    }
  }
}, 600_000);
