/**
 * Copies blocks with their values into a function: into another one (inlining) or the same (unrolling).
 *
 * `values` maps old values to new ones and may be filled before (parameters, values that stay); what is not in it and
 * is a leaf is made anew in the target function, what is neither is kept as it is. Edges that leave the copied blocks
 * stay: the caller has to see to the phis there.
 */
import type { AnyValue, Block, Function, Terminator } from "./module.ts";
import {
  addIncoming, append, constant, coreValue, createBlock, createSlot, createValue, isTerminator, symbolAddress,
  terminate, undef,
} from "./module.ts";
import type { Aux } from "./ops.ts";

export interface Clone {
  readonly blocks: ReadonlyMap<Block, Block>;
  readonly values: Map<AnyValue, AnyValue>;
}

export function cloneBlocks(source: readonly Block[], into: Function, values: Map<AnyValue, AnyValue>): Clone {
  const blocks = new Map<Block, Block>();
  for (const block of source) {
    const copy = createBlock(into);
    copy.unroll = block.unroll;
    blocks.set(block, copy);
  }
  const map = (value: AnyValue): AnyValue => {
    const known = values.get(value);
    if (known !== undefined) return known;
    switch (value.op) {
      case "const": return constant(into, value.type, value.aux);
      case "undef": return undef(into, value.type);
      case "symbol": return symbolAddress(into, value.aux);
      case "core": return coreValue(into, value.aux);
      case "slot": {
        if (into.slots.includes(value)) return value;
        const copy = createSlot(into, value.aux, value.loc);
        values.set(value, copy);
        return copy;
      }
      default: return value;
    }
  };
  const phis: { old: AnyValue & { op: "phi" }; copy: AnyValue & { op: "phi" } }[] = [];
  // Arguments may be defined in a block that is copied later: values are made first with those that are known, in an
  // order in which only phis look ahead; blocks come in dominance-compatible order when `source` does.
  for (const block of source) {
    const copy = blocks.get(block);
    if (copy === undefined) continue;
    for (const value of block.values) {
      if (value.op === "phi") {
        const phi = createValue(into, "phi", value.type, [], { blocks: [] }, value.loc);
        phis.push({ old: value, copy: phi });
        values.set(value, phi);
        append(copy, phi);
        continue;
      }
      const made = createValue(into, value.op, value.type, value.args.map(map), copyAux(value, blocks) as Aux[typeof value.op], value.loc) as AnyValue;
      values.set(value, made);
      if (isTerminator(made)) terminate(copy, made as Terminator);
      else append(copy, made);
    }
  }
  for (const { old, copy } of phis) {
    old.args.forEach((arg, i) => {
      const from = old.aux.blocks[i];
      addIncoming(copy, blocks.get(from) ?? from, map(arg));
    });
  }
  return { blocks, values };
}

function copyAux(value: AnyValue, blocks: ReadonlyMap<Block, Block>): AnyValue["aux"] {
  const to = (block: Block): Block => blocks.get(block) ?? block;
  switch (value.op) {
    case "jump": return { target: to(value.aux.target) };
    case "branch": return { ...value.aux, then: to(value.aux.then), else: to(value.aux.else) };
    case "switch":
      return { cases: value.aux.cases.map((c) => ({ ...c, target: to(c.target) })), default: to(value.aux.default) };
    default: return value.aux;
  }
}
