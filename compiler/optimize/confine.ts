/**
 * Finds the static variables whose address goes nowhere: they are `confined`.
 *
 * All that is done with such an address is to add to it, to load and to store there. So no pointer that was loaded,
 * came from a call or was made of an integer leads to the variable, and a store through one changes nothing of it
 * (ir/address.ts). The fact stays true while later passes work: they merge addresses by phis at most, and those say
 * nothing of where they lead.
 */
import { locate, originOf } from "../ir/address.ts";
import type { AnyValue, GlobalVariable } from "../ir/module.ts";
import type { PassContext } from "./pass.ts";

export function confine({ module }: PassContext): boolean {
  const loose = new Set<GlobalVariable>();
  for (const fn of module.functions) {
    for (const block of fn.blocks) for (const value of block.values) noteLoose(value, loose);
  }
  for (const variable of module.variables) {
    for (const { symbol } of variable.initializer?.relocations ?? []) if (symbol.kind === "variable") loose.add(symbol);
  }
  for (const variable of module.variables) {
    variable.confined = variable.linkage === "local" && variable.initializer !== undefined && !variable.used && !loose.has(variable);
  }
  return false;
}

/** Notes the variables whose address the value lets go. */
function noteLoose(value: AnyValue, loose: Set<GlobalVariable>): void {
  switch (value.op) {
    // What is made of the address is looked at where it is used.
    case "ptradd": case "addrspace": case "load": case "compare": return;
    default: break;
  }
  value.args.forEach((arg, i) => {
    if (value.op === "store" && i === 0 || arg.type !== "ptr") return;
    const root = originOf(locate(arg).root);
    if (root.op === "symbol" && root.aux.kind === "variable") loose.add(root.aux);
  });
}
