/**
 * Reads of variables that never change become their initial values; writes to variables that nothing reads go.
 *
 * A static variable of the default section that is only read, and not volatile, keeps its initializer; so does one in
 * read-only memory. bpf_api.h makes every helper such a pointer, so that this pass, together with the rule for calls
 * through constants, is what turns them into helper calls: it is required, -O0 has no other way to load. A static
 * variable that is only written leaves with its last use, and so may what only its writes needed: a function whose
 * address it held.
 */
import { locate } from "../ir/address.ts";
import { Builder } from "../ir/build.ts";
import type { AnyValue, GlobalVariable, Module, Value } from "../ir/module.ts";
import { remove, replaceUses } from "../ir/module.ts";
import type { PassContext } from "./pass.ts";
import { constantBytes, directCallee } from "./rules-memory.ts";

export function foldVariables({ module, options }: PassContext): boolean {
  const uses = collectUses(module);
  let changed = false;
  for (const [variable, use] of uses) {
    if (isFixed(variable, use)) {
      for (const load of use.loads) {
        const known = initialValue(variable, load, options.target.endian, module);
        if (known === undefined) continue;
        replaceUses(load as AnyValue, known);
        remove(load as AnyValue);
        changed = true;
      }
    } else if (options.level !== "0" && isOwn(variable) && !use.read) {
      use.writes.forEach(remove);
      changed ||= use.writes.length > 0;
    }
  }
  return settleCalls(module) || changed;
}

/** What the module does with a variable. */
interface VariableUse {
  /** At constant offsets. */
  readonly loads: Value<"load">[];
  /** Stores and block operations into it. */
  readonly writes: AnyValue[];
  /** Is it read, or may it be: its address goes elsewhere? */
  read: boolean;
  /** Is it written, or may it be? */
  written: boolean;
}

/** Does only this module know the variable, and does nothing ask for it to be kept? */
function isOwn(variable: GlobalVariable): boolean {
  return variable.initializer !== undefined && variable.linkage === "local" && !variable.used && variable.section === undefined;
}

function isFixed(variable: GlobalVariable, use: VariableUse): boolean {
  if (variable.initializer === undefined) return false;
  return variable.constant ? variable.linkage !== "weak" : isOwn(variable) && !use.written;
}

function collectUses(module: Module): Map<GlobalVariable, VariableUse> {
  const uses = new Map<GlobalVariable, VariableUse>();
  const of = (variable: GlobalVariable): VariableUse => {
    let use = uses.get(variable);
    if (use === undefined) uses.set(variable, use = { loads: [], writes: [], read: false, written: false });
    return use;
  };
  for (const fn of module.functions) {
    for (const block of fn.blocks) for (const value of block.values) noteUses(value, of);
  }
  for (const variable of module.variables) {
    for (const { symbol } of variable.initializer?.relocations ?? []) if (symbol.kind === "variable") noteEscape(of(symbol));
  }
  return uses;
}

function noteEscape(use: VariableUse): void {
  use.read = true;
  use.written = true;
}

function noteUses(value: AnyValue, of: (variable: GlobalVariable) => VariableUse): void {
  // The address alone changes nothing: whoever uses it is looked at too.
  if (value.op === "ptradd") return;
  for (const [i, arg] of value.args.entries()) {
    const { root, offset } = arg.op === "ptradd" ? locate(arg) : { root: arg, offset: 0 };
    if (root.op !== "symbol" || root.aux.kind !== "variable") continue;
    const use = of(root.aux);
    switch (roleOf(value, i)) {
      case "read":
        use.read = true;
        if (value.op === "load" && offset !== undefined) use.loads.push(value);
        break;
      case "written":
        use.written = true;
        use.writes.push(value);
        break;
      case "escapes": noteEscape(use);
    }
  }
}

/** What a value does with the memory that its i-th argument points to. */
function roleOf(value: AnyValue, i: number): "read" | "written" | "escapes" {
  switch (value.op) {
    case "load": return value.aux.volatile ? "escapes" : "read";
    case "memcmp": return value.aux.volatile ? "escapes" : "read";
    case "memcpy": case "memmove": return value.aux.volatile ? "escapes" : i === 0 ? "written" : "read";
    case "store": case "memset": return value.aux.volatile || i !== 0 ? "escapes" : "written";
    default: return "escapes";
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
