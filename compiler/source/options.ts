/**
 * What the whole compiler is told about the output: the options noun.
 *
 * `main.ts` fills it from the command line and hands it to `compile.ts`; every verb takes the part that it needs and
 * nothing reads a global. The target description stands here too, since types (endianness) and code generation (which
 * instructions exist) ask it the same questions.
 */

/** -mcpu level: 1 to 4 as LLVM's BPF target counts them. */
export type CpuVersion = 1 | 2 | 3 | 4;

export interface Target {
  readonly cpu: CpuVersion;
  readonly endian: "little" | "big";
}

/** Does the CPU level have 32-bit arithmetic, 32-bit jumps and fetching atomics (LLVM: v3)? */
export function hasAlu32(target: Target): boolean {
  return target.cpu >= 3;
}

/** Does it have the unsigned and signed "less" jumps (LLVM: v2)? */
export function hasJmpExt(target: Target): boolean {
  return target.cpu >= 2;
}

/**
 * Does it have sdiv/smod, movsx, sign-extending loads, bswap, gotol, store-immediate, acquire and release (LLVM: v4)?
 */
export function hasV4(target: Target): boolean {
  return target.cpu >= 4;
}

/** -O0 to -O3, -Os and -Oz. */
export type OptimizationLevel = "0" | "1" | "2" | "3" | "s" | "z";

/** How a legacy `struct bpf_elf_map` in section `maps` is written: as it is, or as a BTF-defined map in `.maps`. */
export type MapStyle = "btf" | "legacy";

export interface CodeOptions {
  readonly target: Target;
  readonly level: OptimizationLevel;
  /** -g: BTF.ext line info for all functions; without it only the BTF that an object needs to be loaded. */
  readonly debug: boolean;
  readonly maps: MapStyle;
  /** Stack bytes that one function may use; the kernel's limit is 512 (include/linux/filter.h, MAX_BPF_STACK). */
  readonly stackLimit: number;
  /** Use the load with acquire and the store with release semantics: from v4, unless -disable-load-acq-store-rel. */
  readonly orderedAccesses: boolean;
  /** -fno-delete-null-pointer-checks: reading or writing through a null pointer is no undefined behaviour. */
  readonly nullIsAddress: boolean;
  /** -fvisibility=hidden: definitions that say nothing of it are hidden from other objects. */
  readonly hidden: boolean;
  /** -fcommon: a tentative definition is a common symbol, which linkers put together with others of its name. */
  readonly common: boolean;
  /** -fno-zero-initialized-in-bss: variables of zeros have their bytes in `.data`. */
  readonly zerosInData: boolean;
  /** -ftrivial-auto-var-init: what automatic variables without an initialiser begin with; undefined: nothing. */
  readonly fill: "zero" | "pattern" | undefined;
  /** Optimiser laboratory: see compiler/optimize/run.ts. */
  readonly laboratory: LaboratoryOptions;
}

/** The flags that come from the pass table. */
export interface LaboratoryOptions {
  /** --print-after=PASS (or "all"): print the module after that pass. */
  readonly printAfter: readonly string[];
  /** --stop-after=PASS: run no later pass, print the module. */
  readonly stopAfter: string | undefined;
  /** --disable=PASS. A required pass cannot be disabled. */
  readonly disable: readonly string[];
  /** --fuel=N: how many rewrites the passes may do in all; infinite when undefined. */
  readonly fuel: number | undefined;
  /** --time: report the time of each pass. */
  readonly time: boolean;
  /** Verify the module after each pass (always on in tests). */
  readonly verify: boolean;
}

/** What a command line without flags asks for, with a level. */
export function defaultCodeOptions(target: Target, level: OptimizationLevel): CodeOptions {
  return {
    target, level, debug: false, maps: "btf", stackLimit: 512, orderedAccesses: hasV4(target), nullIsAddress: false,
    hidden: false, common: false, zerosInData: false, fill: undefined, laboratory: noLaboratory,
  };
}

export const noLaboratory: LaboratoryOptions = {
  printAfter: [],
  stopAfter: undefined,
  disable: [],
  fuel: undefined,
  time: false,
  verify: false,
};
