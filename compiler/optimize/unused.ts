/**
 * Removes functions and variables that nothing reaches: static ones that are not named from what must be emitted, and
 * declarations that nothing refers to. Headers full of static inline functions leave nothing behind.
 */
import type { Symbol } from "../ir/module.ts";
import type { PassContext } from "./pass.ts";

export function removeUnused({ module }: PassContext): boolean {
  const reached = new Set<Symbol>();
  const work: Symbol[] = [];
  const reach = (symbol: Symbol): void => {
    if (reached.has(symbol)) return;
    reached.add(symbol);
    work.push(symbol);
  };
  for (const symbol of [...module.functions, ...module.variables]) if (mustStay(symbol)) reach(symbol);
  for (let symbol = work.pop(); symbol !== undefined; symbol = work.pop()) {
    if (symbol.kind === "variable") {
      for (const relocation of symbol.initializer?.relocations ?? []) reach(relocation.symbol);
      continue;
    }
    for (const block of symbol.blocks) {
      for (const value of block.values) {
        if (value.op === "call" && value.aux.callee.kind === "function") reach(value.aux.callee.function);
        for (const arg of value.args) if (arg.op === "symbol") reach(arg.aux);
      }
    }
  }
  const isReached = (symbol: Symbol): boolean => reached.has(symbol);
  const changed = keep(module.functions, isReached);
  return keep(module.variables, isReached) || changed;
}

/** Definitions that others may name, and what the source wants kept. */
function mustStay(symbol: Symbol): boolean {
  const isDefinition = symbol.kind === "function" ? symbol.blocks.length > 0 : symbol.initializer !== undefined;
  return isDefinition && (symbol.linkage !== "local" || symbol.used);
}

function keep<T>(list: T[], condition: (item: T) => boolean): boolean {
  const kept = list.filter(condition);
  if (kept.length === list.length) return false;
  list.length = 0;
  for (const item of kept) list.push(item);
  return true;
}
