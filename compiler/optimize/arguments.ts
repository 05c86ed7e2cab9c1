/**
 * Constants pass through calls: a static function that gets the same constant at every call uses it instead of its
 * parameter, and a call of one that always returns the same constant is that constant.
 *
 * Takes the module, changes values in place, keeps every control-flow graph. All calls must be known: a function whose
 * address is taken, or that others may call, is left alone. `noinline` asks that there be a function, not that it know
 * nothing. The parameter and the result stay in the signature, which BTF describes.
 */
import type { AnyValue, Function, Module, Value } from "../ir/module.ts";
import { constant, replaceUses, signedValue, symbolAddress, terminator } from "../ir/module.ts";
import type { PassContext } from "./pass.ts";

type Call = Value<"call">;

export function passConstants({ module, spend }: PassContext): boolean {
  let changed = false;
  for (const [fn, calls] of knownCalls(module)) {
    fn.params.forEach((param, i) => {
      const arg = common(calls.map((call) => call.args[i]));
      if (param.uses.length === 0 || arg === undefined || arg.type !== param.type || !spend()) return;
      replaceUses(param as AnyValue, copyLeaf(fn, arg));
      changed = true;
    });
    const result = common(results(fn));
    if (result === undefined || result.type !== fn.returns) continue;
    for (const call of calls) {
      if (call.uses.length === 0 || call.type !== result.type || call.block === undefined || !spend()) continue;
      replaceUses(call as AnyValue, copyLeaf(call.block.function, result));
      changed = true;
    }
  }
  return changed;
}

/** The functions that only calls of this module name, with these calls. */
function knownCalls(module: Module): Map<Function, Call[]> {
  const found = new Map<Function, Call[]>();
  for (const fn of module.functions) {
    if (fn.linkage === "local" && !fn.used && !fn.naked && fn.blocks.length > 0) found.set(fn, []);
  }
  for (const variable of module.variables) {
    for (const relocation of variable.initializer?.relocations ?? []) {
      if (relocation.symbol.kind === "function") found.delete(relocation.symbol);
    }
  }
  for (const fn of module.functions) {
    for (const block of fn.blocks) {
      for (const value of block.values) {
        if (value.op === "call" && value.aux.callee.kind === "function") found.get(value.aux.callee.function)?.push(value);
        for (const arg of value.args) if (arg.op === "symbol" && arg.aux.kind === "function") found.delete(arg.aux);
      }
    }
  }
  for (const [fn, calls] of found) if (calls.length === 0) found.delete(fn);
  return found;
}

function results(fn: Function): (AnyValue | undefined)[] {
  return fn.blocks.map(terminator).filter((end) => end.op === "return").map((end) => end.args[0]);
}

/**
 * The constant or function that all of them are. What takes two slots to load anew (a wide constant, a variable's
 * address) is better kept in the parameter's register.
 */
function common(values: readonly (AnyValue | undefined)[]): AnyValue | undefined {
  const [first] = values;
  if (first === undefined) return undefined;
  if (first.op === "const" ? !isImmediate(first) : first.op !== "symbol" || first.aux.kind !== "function") return undefined;
  return values.every((value) => value?.op === first.op && value.type === first.type && value.aux === first.aux) ? first : undefined;
}

function isImmediate(value: Value<"const">): boolean {
  const number = signedValue(value);
  return BigInt.asIntN(32, number) === number;
}

/** Constants belong to a function each. */
function copyLeaf(fn: Function, leaf: AnyValue): AnyValue {
  switch (leaf.op) {
    case "const": return constant(fn, leaf.type, leaf.aux);
    case "symbol": return symbolAddress(fn, leaf.aux);
    default: throw new Error(`v${leaf.id} (${leaf.op}) belongs to its function`);
  }
}
