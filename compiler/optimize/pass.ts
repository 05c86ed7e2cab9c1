/**
 * What a pass is, and what it is given.
 *
 * A pass changes functions in place and says whether it did. It asks `context.spend()` before each rewrite that it
 * could also leave out (fuel, for bisection), and takes dominators from the context, which keeps them as long as the
 * passes that ran since keep the control-flow graph.
 */
import type { Diagnostics } from "../source/diagnostic.ts";
import type { CodeOptions } from "../source/options.ts";
import type { Dominators } from "../ir/dominators.ts";
import type { Function, Module } from "../ir/module.ts";

export interface PassContext {
  readonly module: Module;
  readonly options: CodeOptions;
  readonly diagnostics: Diagnostics;
  /** May one more rewrite be done? Counts it when so. Required passes ask for optional rewrites only. */
  spend(): boolean;
  /** The pass must need "dominators". */
  dominators(fn: Function): Dominators;
}

/** Analyses (recomputed on demand) and properties of the IR (established by a pass, lost by others). */
export type Property =
  | "dominators"
  /**
   * No `memcpy`, `memset`, `memmove`, `memcmp`, `memvar`, `strlen`, `strcmp`; accesses are aligned; no signed division
   * below v4.
   */
  | "expanded"
  /** No `isconstant`. */
  | "resolved"
  /** always_inline is done: no call of such a function is left. */
  | "inlined"
  /** No value of type i32 (only where the target has no 32-bit arithmetic; otherwise it holds vacuously). */
  | "widened";

interface PassBase {
  readonly name: string;
  readonly needs: readonly Property[];
  /** What still holds after it if it held before. */
  readonly keeps: readonly Property[];
  readonly gives?: readonly Property[];
  /** Runs at every level, -O0 too, and cannot be disabled: without it there is no code. */
  readonly required?: true;
  /** One line for --help and the README. */
  readonly purpose: string;
}

export type Pass =
  | (PassBase & { readonly scope: "function"; readonly run: (fn: Function, context: PassContext) => boolean })
  | (PassBase & { readonly scope: "module"; readonly run: (context: PassContext) => boolean });

/** Is the level one that prefers size? */
export function prefersSize(options: CodeOptions): boolean {
  return options.level === "s" || options.level === "z";
}
