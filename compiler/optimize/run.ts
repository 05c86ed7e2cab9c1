/**
 * The optimiser's one loop: runs the pipeline of passes.ts over a module, in place.
 *
 * The laboratory flags live here and nowhere else: print after a pass, stop after one, disable some, time them, give
 * the rewrites fuel, verify the IR after each. An error inside a pass becomes an internal error that names pass and
 * function.
 */
import type { Diagnostics } from "../source/diagnostic.ts";
import type { CodeOptions } from "../source/options.ts";
import type { Dominators } from "../ir/dominators.ts";
import { dominators } from "../ir/dominators.ts";
import type { Function, Module } from "../ir/module.ts";
import { printModule } from "../ir/print.ts";
import { verify, verifyFunctions } from "../ir/verify.ts";
import type { Pass, PassContext } from "./pass.ts";
import { passes, pipeline } from "./passes.ts";

export interface OptimizeDependencies {
  readonly diagnostics: Diagnostics;
  /** Where printed IR and times go. */
  readonly print: (text: string) => void;
  /** A clock in milliseconds, for --time. */
  readonly now?: () => number;
}

/** Runs the pipeline for `options.level`; returns false when `--stop-after` ended it early. */
export function optimize(module: Module, options: CodeOptions, dependencies: OptimizeDependencies): boolean {
  const steps = pipeline(options.level).filter((pass) => pass.required === true || !options.laboratory.disable.includes(pass.name));
  return runPasses(module, steps, options, dependencies);
}

/** Runs just these passes, in this order: the tests' entrance. Unknown names throw. */
export function runNamed(
  module: Module, names: readonly string[], options: CodeOptions, dependencies: OptimizeDependencies,
): boolean {
  const steps = names.map((name) => {
    const pass = passes.find((p) => p.name === name);
    if (pass === undefined) throw new Error(`there is no pass '${name}'`);
    return pass;
  });
  return runPasses(module, steps, options, dependencies);
}

function runPasses(
  module: Module, steps: readonly Pass[], options: CodeOptions, dependencies: OptimizeDependencies,
): boolean {
  const { laboratory } = options;
  const now = dependencies.now ?? ((): number => 0);
  const times = new Map<string, number>();
  const graphs = new Map<Function, Dominators>();
  let fuel = laboratory.fuel ?? Infinity;
  let current: Pass | undefined;
  let where: Function | undefined;
  const context: PassContext = {
    module, options, diagnostics: dependencies.diagnostics,
    spend: () => {
      if (fuel === 1) dependencies.print(`fuel: the last rewrite is of pass ${current?.name}, in ${where?.name ?? "the module"}\n`);
      return fuel-- > 0;
    },
    dominators: (fn) => {
      if (current?.needs.includes("dominators") !== true) throw new Error(`pass ${current?.name} does not declare dominators`);
      let found = graphs.get(fn);
      if (found === undefined) graphs.set(fn, found = dominators(fn));
      return found;
    },
  };
  // After a pass over functions, those that it says it has changed; the rest at the end, should it be wrong about that.
  const check = (pass: Pass | undefined, changed: readonly Function[] | undefined): void => {
    if (!laboratory.verify) return;
    const problems = changed === undefined ? verify(module) : verifyFunctions(changed, module);
    if (problems.length > 0) {
      const place = pass === undefined ? "on entry" : `after pass ${pass.name}`;
      throw new Error(`ill-formed IR ${place}:\n${problems.slice(0, 10).join("\n")}\n\n${printModule(module)}`);
    }
  };
  check(undefined, undefined);
  for (const pass of steps) {
    current = pass;
    const start = now();
    const changed = runPass(pass, context, graphs, (fn) => { where = fn; });
    times.set(pass.name, (times.get(pass.name) ?? 0) + now() - start);
    check(pass, pass === steps.at(-1) ? undefined : changed);
    const stop = laboratory.stopAfter === pass.name;
    if (stop || laboratory.printAfter.includes(pass.name) || laboratory.printAfter.includes("all")) {
      dependencies.print(`; after ${pass.name}\n${printModule(module)}`);
    }
    if (stop) return false;
    if (dependencies.diagnostics.hasErrors) break;
  }
  if (laboratory.time) {
    for (const [name, time] of times) dependencies.print(`${name.padEnd(12)} ${time.toFixed(1).padStart(8)} ms\n`);
  }
  return true;
}

/** Returns the functions that changed; undefined for a pass over the whole module, which may change any. */
function runPass(
  pass: Pass, context: PassContext, graphs: Map<Function, Dominators>, enter: (fn: Function | undefined) => void,
): Function[] | undefined {
  enter(undefined);
  if (pass.scope === "module") {
    const changed = guard(pass, undefined, () => pass.run(context));
    if (changed && !pass.keeps.includes("dominators")) graphs.clear();
    return undefined;
  }
  const changed: Function[] = [];
  for (const fn of context.module.functions) {
    enter(fn);
    if (fn.blocks.length === 0 || !guard(pass, fn, () => pass.run(fn, context))) continue;
    changed.push(fn);
    if (!pass.keeps.includes("dominators")) graphs.delete(fn);
  }
  return changed;
}

function guard<T>(pass: Pass, fn: Function | undefined, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const place = fn === undefined ? "" : ` while compiling ${fn.name}`;
    throw new Error(`internal error in pass ${pass.name}${place}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
