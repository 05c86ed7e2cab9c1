/**
 * The stack over chains of calls: a program and the functions that it calls share 512 bytes, and at most 8 frames.
 *
 * The verifier rounds each frame up (kernel/bpf/verifier.c, round_up_stack_depth: 16 bytes where the program is
 * compiled by the kernel). Recursion is left to it: how deep that goes is not for the compiler to see.
 */
import { calleesFirst } from "../ir/call-graph.ts";
import type { Function, Module } from "../ir/module.ts";
import type { Diagnostics, Note } from "../source/diagnostic.ts";

/** MAX_CALL_FRAMES of include/linux/bpf_verifier.h. */
const maxFrames = 8;

const frameUnit = 16;

/** The warning that these are. */
const largeFrame = "frame-larger-than";

/** The longest chain that a function starts. */
interface Chain { readonly bytes: number; readonly frames: number; readonly next: Function | undefined }

interface Chains {
  /** Functions that call others and that none calls. */
  readonly roots: readonly Function[];
  readonly deepest: ReadonlyMap<Function, Chain>;
}

/** Do the frames, and all chains of them, stay within the limit? */
export function fitsStack(module: Module, frames: ReadonlyMap<Function, number>, limit: number): boolean {
  const chains = measureChains(module, frames);
  return [...frames.values()].every((size) => size <= limit) && chains.roots.every((fn) => (chains.deepest.get(fn)?.bytes ?? 0) <= limit);
}

/**
 * Warns of functions from which a chain of calls needs more than there is. The kernel has the last word: since 6.13 it
 * gives the functions of some programs stacks of their own, and a callback of a timer does not stand on its caller's.
 */
export function checkCallDepth(
  module: Module, frames: ReadonlyMap<Function, number>, limit: number, diagnostics: Diagnostics,
): void {
  const chains = measureChains(module, frames);
  for (const fn of chains.roots) {
    const chain = chains.deepest.get(fn);
    if (chain === undefined) continue;
    if (chain.bytes > limit) {
      diagnostics.warning(largeFrame, fn.loc, `'${fn.name}' and the functions it calls take ${chain.bytes} bytes of stack, ` +
        `but a BPF program has ${limit}`, explain(fn, frames, chains.deepest));
    }
    if (chain.frames > maxFrames) {
      diagnostics.warning(largeFrame, fn.loc, `calls from '${fn.name}' are ${chain.frames} functions deep, but BPF allows ${maxFrames}`);
    }
  }
}

function measureChains(module: Module, frames: ReadonlyMap<Function, number>): Chains {
  const callees = new Map<Function, Function[]>();
  const called = new Set<Function>();
  for (const fn of module.functions) {
    const found = new Set<Function>();
    for (const block of fn.blocks) {
      for (const value of block.values) {
        if (value.op === "call" && value.aux.callee.kind === "function") found.add(value.aux.callee.function);
      }
    }
    callees.set(fn, [...found]);
    for (const callee of found) called.add(callee);
  }
  const deepest = new Map<Function, Chain>();
  for (const fn of calleesFirst(module.functions).order) {
    let bytes = 0;
    let levels = 0;
    let next: Function | undefined;
    for (const callee of callees.get(fn) ?? []) {
      // What comes later in the order is called in a recursion.
      const chain = deepest.get(callee);
      if (chain === undefined || callee.blocks.length === 0) continue;
      levels = Math.max(levels, chain.frames);
      if (next === undefined || chain.bytes > bytes) {
        bytes = chain.bytes;
        next = callee;
      }
    }
    const own = Math.max(frameUnit, Math.ceil((frames.get(fn) ?? 0) / frameUnit) * frameUnit);
    deepest.set(fn, { bytes: own + bytes, frames: levels + 1, next });
  }
  const roots = module.functions.filter((fn) => (
    fn.blocks.length > 0 && !called.has(fn) && (callees.get(fn) ?? []).length > 0
  ));
  return { roots, deepest };
}

function explain(
  fn: Function, frames: ReadonlyMap<Function, number>, deepest: ReadonlyMap<Function, Chain>,
): Note[] {
  const notes: Note[] = [];
  for (let at: Function | undefined = fn; at !== undefined;) {
    notes.push({ place: at.loc, message: `'${at.name}' takes ${frames.get(at) ?? 0} bytes` });
    at = deepest.get(at)?.next;
    if (notes.length > 64) break;
  }
  return notes;
}
