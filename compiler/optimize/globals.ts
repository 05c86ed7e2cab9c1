/**
 * Reads of variables that never change become their initial values.
 *
 * A static variable of the default section that is only loaded from, at constant offsets and not volatile, keeps its
 * initializer; so does one in read-only memory. bpf_api.h makes every helper such a pointer, so that this pass, together with the
 * rule for calls through constants, is what turns them into helper calls: it is required, -O0 has no other way to load.
 */
import { locate } from "../ir/address.ts";
import { Builder } from "../ir/build.ts";
import type { AnyValue, GlobalVariable, Module, Value } from "../ir/module.ts";
import { remove, replaceUses } from "../ir/module.ts";
import type { PassContext } from "./pass.ts";
import { constantBytes, directCallee } from "./rules-memory.ts";

export function foldVariables({ module, options }: PassContext): boolean {
  const loads = new Map<GlobalVariable, Value<"load">[]>();
  const changing = new Set<GlobalVariable>();
  for (const fn of module.functions) {
    for (const block of fn.blocks) for (const value of block.values) noteUses(value, loads, changing);
  }
  for (const variable of module.variables) {
    for (const { symbol } of variable.initializer?.relocations ?? []) if (symbol.kind === "variable") changing.add(symbol);
  }
  let changed = false;
  for (const [variable, list] of loads) {
    if (!isFixed(variable, changing)) continue;
    for (const load of list) {
      const known = initialValue(variable, load, options.target.endian, module);
      if (known === undefined) continue;
      replaceUses(load as AnyValue, known);
      remove(load as AnyValue);
      changed = true;
    }
  }
  return settleCalls(module) || changed;
}

function isFixed(variable: GlobalVariable, changing: ReadonlySet<GlobalVariable>): boolean {
  if (variable.initializer === undefined) return false;
  if (variable.constant) return variable.linkage !== "weak";
  return variable.linkage === "local" && !variable.used && variable.section === undefined && !changing.has(variable);
}

/** Sorts a value's uses of variables into loads and what may change them. */
function noteUses(value: AnyValue, loads: Map<GlobalVariable, Value<"load">[]>, changing: Set<GlobalVariable>): void {
  if (value.op === "load" && !value.aux.volatile) {
    const { root, offset } = locate(value.args[0]);
    if (root.op === "symbol" && root.aux.kind === "variable") {
      if (offset === undefined) return;
      const list = loads.get(root.aux);
      if (list === undefined) loads.set(root.aux, [value]);
      else list.push(value);
      return;
    }
  }
  for (const arg of value.args) {
    const root = arg.op === "ptradd" ? locate(arg).root : arg;
    if (root.op !== "symbol" || root.aux.kind !== "variable") continue;
    // The address alone changes nothing: whoever uses it is looked at too.
    if (value.op !== "ptradd") changing.add(root.aux);
  }
}

/** What a load reads from the initializer: bytes, or the address of a symbol. */
function initialValue(
  variable: GlobalVariable, load: Value<"load">, endian: "little" | "big", module: Module,
): AnyValue | undefined {
  const block = load.block;
  const { offset } = locate(load.args[0]);
  if (block === undefined || offset === undefined || variable.initializer === undefined) return undefined;
  const b = new Builder(block.function, block, load.loc).before(load as AnyValue);
  const { bytes, signed } = load.aux;
  const relocation = variable.initializer.relocations.find((r) => r.offset === offset && r.size === bytes);
  if (relocation !== undefined) {
    if (load.type !== "ptr" || !(module.functions as object[]).concat(module.variables).includes(relocation.symbol)) return undefined;
    const base = b.symbol(relocation.symbol);
    return relocation.addend === 0n ? base : b.ptradd(base, b.i64(relocation.addend));
  }
  const data = constantBytes({ ...variable, constant: true }, offset, bytes);
  if (data === undefined) return undefined;
  let number = 0n;
  for (const byte of endian === "little" ? [...data].reverse() : data) number = (number << 8n) | BigInt(byte);
  return b.constant(load.type, signed ? BigInt.asIntN(bytes * 8, number) : number);
}

/** Calls through pointers that are constants now. */
function settleCalls(module: Module): boolean {
  let changed = false;
  for (const fn of module.functions) {
    for (const block of fn.blocks) {
      for (const value of block.values) {
        const callee = value.op === "call" ? directCallee(value) : undefined;
        if (callee === undefined) continue;
        const b = new Builder(fn, block, value.loc).before(value);
        const call = b.call(value.type, callee, value.args.slice(1));
        replaceUses(value, call);
        remove(value);
        changed = true;
      }
    }
  }
  return changed;
}
