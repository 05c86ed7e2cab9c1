/**
 * Load elimination: a load whose bytes are known from an earlier load or store takes that value.
 *
 * Forward dataflow over the function: a state maps places (base, constant offset, width) to the value they hold; where
 * paths meet, what all agree on stays. Writes and calls end what they may change (ir/address.ts, ir/helpers.ts). A
 * value that was tested is so not read again (verifier rule 1). Values stored to the context are not forwarded: a field
 * may be narrower than it looks, the kernel rewrites the access; and a store there ends all that is known of it.
 */
import { Aliases, locate } from "../ir/address.ts";
import type { Location } from "../ir/address.ts";
import { Builder } from "../ir/build.ts";
import { helperEffect } from "../ir/helpers.ts";
import type { AnyValue, Block, Function, Value } from "../ir/module.ts";
import { remove, replaceUses } from "../ir/module.ts";
import type { PassContext } from "./pass.ts";

interface Fact {
  readonly location: Location;
  readonly bytes: number;
  /** A load that read it, or the value of a store (its low bytes). */
  readonly value: AnyValue;
}
type State = Map<string, Fact>;

const factLimit = 128;
const roundLimit = 16;

export function eliminateLoads(fn: Function, context: PassContext): boolean {
  const dom = context.dominators(fn);
  const flow = new Flow(fn);
  const out = new Map<Block, State>();
  const entering = (block: Block): State => (block === dom.order[0] ? new Map<string, Fact>() : meet(block, out));
  // A value may pass from "as before the loop" to "as loaded in it" to unknown: a few rounds settle all but odd graphs.
  let rounds = 0;
  for (let changed = true; changed; ) {
    if (rounds++ > roundLimit) return false;
    changed = false;
    for (const block of dom.order) {
      const state = entering(block);
      for (const value of block.values) flow.step(value, state);
      const before = out.get(block);
      if (before !== undefined && sameState(before, state)) continue;
      out.set(block, state);
      changed = true;
    }
  }
  const replaced: { load: Value<"load">; value: AnyValue; isLoad: boolean }[] = [];
  for (const block of dom.order) {
    const state = entering(block);
    for (const value of block.values) {
      if (value.op === "load") {
        const fact = flow.known(value, state);
        if (fact !== undefined && fact.value !== value && answers(value, fact.value)) {
          replaced.push({ load: value, value: fact.value, isLoad: isSamePlaceLoad(value, fact.value) });
        }
      }
      flow.step(value, state);
    }
  }
  let rewritten = false;
  const stands = new Map<AnyValue, AnyValue>();
  for (const { load, value, isLoad } of replaced) {
    if (!context.spend()) break;
    const result = convert(load, stands.get(value) ?? value, isLoad);
    replaceUses(load as AnyValue, result);
    stands.set(load, result);
    remove(load as AnyValue);
    rewritten = true;
  }
  return rewritten;
}

function meet(block: Block, out: ReadonlyMap<Block, State>): State {
  let result: State | undefined;
  for (const pred of block.preds) {
    const state = out.get(pred);
    if (state === undefined) continue; // not reached yet: agrees with everything
    if (result === undefined) {
      result = new Map(state);
      continue;
    }
    for (const [key, fact] of result) if (state.get(key)?.value !== fact.value) result.delete(key);
  }
  return result ?? new Map<string, Fact>();
}

function sameState(a: State, b: State): boolean {
  if (a.size !== b.size) return false;
  for (const [key, fact] of a) if (b.get(key)?.value !== fact.value) return false;
  return true;
}

class Flow {
  private readonly aliases: Aliases;

  constructor(fn: Function) {
    this.aliases = new Aliases(fn);
  }

  /** The fact that answers a load. */
  known(load: Value<"load">, state: State): Fact | undefined {
    return load.aux.volatile ? undefined : state.get(keyOf(load.args[0], load.aux.bytes));
  }

  /** Changes the state as the value does. */
  step(value: AnyValue, state: State): void {
    switch (value.op) {
      case "load": {
        if (value.aux.volatile) return;
        const key = keyOf(value.args[0], value.aux.bytes);
        const before = state.get(key);
        // A fact that cannot answer this load is replaced by it.
        if (before === undefined || !answers(value, before.value)) this.add(state, key, value.args[0], value.aux.bytes, value);
        return;
      }
      case "store": {
        const location = locate(value.args[0]);
        const isContext = this.aliases.region(location.root) === "context";
        this.kill(state, isContext ? { ...location, offset: undefined } : location, value.aux.bytes);
        if (!value.aux.volatile && !isContext) this.add(state, keyOf(value.args[0], value.aux.bytes), value.args[0], value.aux.bytes, value.args[1]);
        return;
      }
      case "memcpy": case "memmove": case "memset": this.kill(state, locate(value.args[0]), value.aux.bytes); return;
      case "memvar":
        if (value.aux.operator !== "memcmp") this.kill(state, locate(value.args[0]), undefined);
        return;
      case "atomic":
        // Sequentially consistent: what other CPUs stored before it is seen after it.
        this.kill(state, locate(value.args[0]), value.aux.bytes);
        this.killMaps(state);
        return;
      case "lifestart": case "lifeend": this.kill(state, locate(value.args[0]), undefined); return;
      case "call": this.call(value, state); return;
      case "asm":
        if (value.aux.clobbers.includes("memory") || value.aux.operands.some((operand) => operand.kind === "memory")) this.killShared(state);
        return;
      default: return;
    }
  }

  private add(state: State, key: string, address: AnyValue, bytes: number, value: AnyValue): void {
    if (state.size >= factLimit) {
      const [oldest] = state.keys();
      if (oldest !== undefined) state.delete(oldest);
    }
    state.delete(key);
    state.set(key, { location: locate(address), bytes, value });
  }

  private kill(state: State, location: Location, bytes: number | undefined): void {
    for (const [key, fact] of state) {
      if (this.aliases.mayOverlap(location, bytes, fact.location, fact.bytes)) state.delete(key);
    }
  }

  /** What code outside may write: all but slots whose address it never got. */
  private killShared(state: State): void {
    for (const [key, fact] of state) {
      const { root } = fact.location;
      if (root.op !== "slot" || this.aliases.slotUse(root).leaked) state.delete(key);
    }
  }

  /** What other CPUs and programs may write: all but context, packet and stack. */
  private killMaps(state: State): void {
    for (const [key, fact] of state) {
      const region = this.aliases.region(fact.location.root);
      if (region !== "context" && region !== "packet" && region !== "slot") state.delete(key);
    }
  }

  private call(call: Value<"call">, state: State): void {
    const { callee } = call.aux;
    if (callee.kind === "function" && callee.function.pure) return;
    const effect = callee.kind === "helper" ? helperEffect(callee.id) : undefined;
    if (effect === undefined) this.killShared(state);
    else if (effect.writesMaps) this.killMaps(state);
    if (effect !== undefined && !effect.writesArguments) return;
    for (const arg of call.args) if (arg.type === "ptr") this.kill(state, { root: locate(arg).root, offset: undefined }, undefined);
  }
}

/** Constant offsets are peeled off; a variable one stays part of the base. */
function keyOf(address: AnyValue, bytes: number): string {
  let offset = 0n;
  let at = address;
  while (at.op === "ptradd" && at.args[1].op === "const") {
    offset += BigInt.asIntN(64, at.args[1].aux);
    at = at.args[0];
  }
  return `${at.id} ${offset} ${bytes}`;
}

/** Can the value (a load of the same place, or what was stored there) give the load's result? */
function answers(load: Value<"load">, value: AnyValue): boolean {
  if (isSamePlaceLoad(load, value)) {
    if (value.type === load.type) return value.aux.signed === load.aux.signed || value.aux.bytes === (load.type === "i32" ? 4 : 8);
    return value.type !== "ptr" && load.type !== "ptr" && !value.aux.signed && !load.aux.signed;
  }
  if (load.type === "ptr" || value.type === "ptr") return load.type === value.type;
  return true;
}

function isSamePlaceLoad(load: Value<"load">, value: AnyValue): value is Value<"load"> {
  return value.op === "load" && keyOf(value.args[0], value.aux.bytes) === keyOf(load.args[0], load.aux.bytes);
}

/** The load's result from an equal load's, or from what was stored. */
function convert(load: Value<"load">, value: AnyValue, isLoad: boolean): AnyValue {
  const block = load.block;
  if (block === undefined) throw new Error(`v${load.id} stands in no block`);
  const b = new Builder(block.function, block, load.loc).before(load as AnyValue);
  const { bytes, signed } = load.aux;
  if (load.type === value.type && (isLoad || bytes === (load.type === "i32" ? 4 : 8))) return value;
  if (isLoad) return load.type === "i32" ? b.truncate(value) : b.extend("i64", value, 32, false);
  // The low bytes of what was stored.
  if (bytes === 8) return value;
  if (bytes === 4 && load.type === "i32") return b.truncate(value);
  return b.extend(load.type, value, (bytes * 8) as 8 | 16 | 32, signed);
}
