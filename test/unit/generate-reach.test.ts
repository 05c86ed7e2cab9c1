/** Jumps over more code than a 16-bit displacement spans come out right at every CPU level. */
import { describe, expect, it } from "vitest";
import { Machine } from "../../assembler/vm/machine.ts";
import { generate } from "../../compiler/generate/generate.ts";
import { parseModule } from "../../compiler/ir/parse.ts";
import { Diagnostics } from "../../compiler/source/diagnostic.ts";
import { defaultCodeOptions } from "../../compiler/source/options.ts";
import { SourceMap } from "../../compiler/source/source-map.ts";

/** A loop of three turns around `size` multiplications and additions, and a way past all of it. */
function program(size: number): string {
  const lines: string[] = [];
  let last = 5;
  for (let at = 0; at < size; at++) {
    lines.push(`  v${100 + 2 * at} = mul i64 v${last}, 3`, `  v${101 + 2 * at} = xor i64 v${100 + 2 * at}, ${at & 0xff}`);
    last = 101 + 2 * at;
  }
  return `function @main(v0: ptr) -> i64 global section "raw_tp" {
b1:
  v2 = load.u64 i64 v0 align 8
  v3 = compare.eq i32 v2, i64 0
  branch v3, b90, b4
b4:
  v5 = phi i64 [b1 v2] [b4 v${last}]
  v6 = phi i64 [b1 0] [b4 v91]
${lines.join("\n")}
  v91 = add i64 v6, 1
  v92 = compare.ult i32 v91, i64 3
  branch v92, b4, b93
b93:
  return v${last}
b90:
  return i64 77
}
`;
}

function expected(size: number, start: bigint): bigint {
  if (start === 0n) return 77n;
  let x = start;
  for (let turn = 0; turn < 3; turn++) {
    for (let at = 0; at < size; at++) x = BigInt.asUintN(64, x * 3n) ^ BigInt(at & 0xff);
  }
  return x;
}

describe("far jumps", () => {
  for (const cpu of [1, 3, 4] as const) {
    it(`reach at v${cpu}`, () => {
      const size = 50_000;
      const sources = new SourceMap();
      const diagnostics = new Diagnostics(sources);
      const options = defaultCodeOptions({ cpu, endian: "little" }, "2");
      const object = generate(parseModule(program(size)), options, { diagnostics, sources });
      expect(diagnostics.all).toEqual([]);
      for (const start of [0n, 7n]) {
        const memory = new Uint8Array(8);
        new DataView(memory.buffer).setBigUint64(0, start, true);
        const { value } = new Machine(object).run("raw_tp", { kind: "raw", memory });
        expect(BigInt.asUintN(64, value)).toBe(expected(size, start));
      }
    }, 60_000);
  }
});
