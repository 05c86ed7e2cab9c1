/** Code options for tests of the optimiser, from a few flags in clang's spelling; IR is verified after each pass. */
import type { CodeOptions, CpuVersion, OptimizationLevel } from "../../compiler/source/options.ts";
import { defaultCodeOptions, noLaboratory } from "../../compiler/source/options.ts";

export function codeOptions(flags: readonly string[]): CodeOptions {
  let cpu: CpuVersion = 3;
  let level: OptimizationLevel = "2";
  let endian: "little" | "big" = "little";
  let maps: "btf" | "legacy" = "btf";
  let fuel: number | undefined;
  for (const flag of flags) {
    if (flag.startsWith("-mcpu=v")) cpu = Number(flag.slice(7)) as CpuVersion;
    else if (flag === "-mbig-endian") endian = "big";
    else if (flag === "-mmaps=legacy") maps = "legacy";
    else if (flag.startsWith("--fuel=")) fuel = Number(flag.slice(7));
    else if (/^-O[0123sz]$/.test(flag)) level = flag.slice(2) as OptimizationLevel;
    else throw new Error(`unknown flag ${flag}`);
  }
  return { ...defaultCodeOptions({ cpu, endian }, level), maps, laboratory: { ...noLaboratory, fuel, verify: true } };
}
