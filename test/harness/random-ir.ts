/**
 * Random IR functions and an interpreter for them, to hold code generation to the meaning of the IR.
 *
 * Programs are well-defined by construction: divisors are odd, shift counts masked, loops counted. They keep many
 * values alive, over calls, branches, switches and loops with several phis, so that allocation has to spill, split and
 * permute. The interpreter knows nothing of registers or memory layout.
 */
import { evaluate } from "../../compiler/ir/evaluate.ts";
import type { AnyValue, Block, Function, Module } from "../../compiler/ir/module.ts";
import { addIncoming, constant, createBlock, createSlot, createValue, phis, prepend, terminate, terminator, append }
  from "../../compiler/ir/module.ts";
import type { Op, Predicate, Type } from "../../compiler/ir/ops.ts";
import { errorType } from "../../compiler/types/basic.ts";

/** A generator of numbers (xorshift32), the same for the same seed. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = (seed * 2654435761 >>> 0) || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

export interface RandomOptions {
  /** Are there values of 32 bits (v3 and later)? */
  readonly narrow: boolean;
  /** Rough number of operations. */
  readonly size: number;
  /** How many values are kept alive. */
  readonly width: number;
}

function makeFunction(name: string, params: Type[], returns: Type, section: string | undefined): Function {
  const fn: Function = {
    kind: "function", name, loc: 0, linkage: section === undefined ? "local" : "global", hidden: false, section,
    declTags: [], ctype: errorType, used: true, params: [], returns, blocks: [], slots: [], inlining: "never",
    align: 8, naked: false, noreturn: false, pure: false, callAdvice: undefined, end: 0, nextId: 0, leaves: new Map<string, AnyValue>(),
  };
  for (const type of params) fn.params.push(createValue(fn, "param", type, [], fn.params.length, 0));
  return fn;
}

const binaries = ["add", "sub", "mul", "and", "or", "xor", "udiv", "urem", "shl", "lshr", "ashr"] as const;
const predicates: readonly Predicate[] = ["eq", "ne", "ult", "ule", "ugt", "uge", "slt", "sle", "sgt", "sge"];

class Writer {
  private readonly fn: Function;
  private readonly random: (below: number) => number;
  private readonly options: RandomOptions;
  private readonly callee: Function | undefined;
  block: Block;
  pool: AnyValue[] = [];

  constructor(fn: Function, random: (below: number) => number, options: RandomOptions, callee: Function | undefined) {
    this.fn = fn;
    this.random = random;
    this.options = options;
    this.callee = callee;
    this.block = createBlock(fn);
  }

  put<O extends Op>(op: O, type: Type, args: AnyValue[], aux: AnyValue["aux"]): AnyValue {
    const value = createValue(this.fn, op, type, args, aux as never, 0) as AnyValue;
    append(this.block, value);
    return value;
  }

  keep(value: AnyValue): void {
    if (this.pool.length < this.options.width) this.pool.push(value);
    else this.pool[this.random(this.pool.length)] = value;
  }

  private number(): bigint {
    switch (this.random(6)) {
      case 0: return BigInt(this.random(8));
      case 1: return BigInt(-this.random(200));
      case 2: return 0xffffffffn;
      case 3: return 1n << BigInt(this.random(64));
      case 4: return BigInt(this.random(0x7fffffff)) * 0x100000001n;
      default: return BigInt(this.random(0x10000));
    }
  }

  pick(type: Type): AnyValue {
    const fitting = this.pool.filter((value) => value.type === type);
    if (fitting.length === 0 || this.random(5) === 0) return constant(this.fn, type, this.number());
    return fitting[this.random(fitting.length)] as AnyValue;
  }

  type(): Type {
    return this.options.narrow && this.random(2) === 0 ? "i32" : "i64";
  }

  operation(): void {
    const type = this.type();
    const bits = type === "i32" ? 32n : 64n;
    switch (this.random(12)) {
      case 0: {
        const wide = this.random(2) === 0 || !this.options.narrow ? "i64" : "i32";
        this.keep(this.put("compare", this.options.narrow ? "i32" : "i64", [this.pick(wide), this.pick(wide)],
          predicates[this.random(predicates.length)] as Predicate));
        return;
      }
      case 1: {
        const from = ([8, 16, 32] as const)[this.random(3)] as 8 | 16 | 32;
        const source = this.options.narrow && this.random(2) === 0 ? "i32" : "i64";
        if (type === "i32" && (from === 32 || source === "i64")) return;
        this.keep(this.put("extend", type, [this.pick(source)], { from, signed: this.random(2) === 0 }));
        return;
      }
      case 2:
        if (this.options.narrow) this.keep(this.put("truncate", "i32", [this.pick("i64")], undefined));
        return;
      case 3:
        this.keep(this.put("neg", type, [this.pick(type)], undefined));
        return;
      case 4:
        this.keep(this.put("bswap", type, [this.pick(type)], type === "i32" || this.random(2) === 0 ? 32 : 64));
        return;
      case 5:
        if (this.callee !== undefined) {
          const args = this.callee.params.map((param) => this.pick(param.type));
          this.keep(this.put("call", this.callee.returns, args, { callee: { kind: "function", function: this.callee } }));
        }
        return;
      case 6: {
        // Each slot is of one width: what a part of a wider one means depends on the byte order.
        const slot = this.fn.slots[type === "i32" ? 0 : 1 + this.random(2)];
        if (slot === undefined) return;
        const bytes = type === "i32" ? 4 : 8;
        const access = { bytes, align: bytes, volatile: false } as const;
        if (this.random(2) === 0) this.put("store", "void", [slot, this.pick(type)], access);
        else this.keep(this.put("load", type, [slot], { ...access, signed: false }));
        return;
      }
      default: {
        const op = binaries[this.random(binaries.length)] as typeof binaries[number];
        let right = this.pick(type);
        if (op === "udiv" || op === "urem") right = this.put("or", type, [right, constant(this.fn, type, 1n)], undefined);
        if (op === "shl" || op === "lshr" || op === "ashr") {
          right = right.op === "const" ? constant(this.fn, type, right.aux & (bits - 1n))
            : this.put("and", type, [right, constant(this.fn, type, bits - 1n)], undefined);
        }
        this.keep(this.put(op, type, [this.pick(type), right], undefined));
      }
    }
  }

  go(target: Block): void {
    terminate(this.block, createValue(this.fn, "jump", "void", [], { target }, 0));
  }

  private condition(): AnyValue {
    if (this.random(3) === 0) return this.pick(this.type());
    const wide = this.type();
    return this.put("compare", this.options.narrow ? "i32" : "i64", [this.pick(wide), this.pick(wide)],
      predicates[this.random(predicates.length)] as Predicate);
  }

  /** Joins the pools of several ends in one block: what differs becomes a phi. */
  private join(ends: { readonly block: Block; readonly pool: AnyValue[] }[]): void {
    const target = createBlock(this.fn);
    for (const end of ends) {
      this.block = end.block;
      this.go(target);
    }
    this.block = target;
    const pool: AnyValue[] = [];
    for (let index = 0; index < this.options.width; index++) {
      const values = ends.map((end) => end.pool[index]);
      const first = values[0];
      if (first === undefined || values.some((value) => value === undefined || value.type !== first.type)) continue;
      if (values.every((value) => value === first)) {
        pool.push(first);
        continue;
      }
      const phi = createValue(this.fn, "phi", first.type, [], { blocks: [] }, 0);
      prepend(target, phi as AnyValue);
      phi.block = target;
      for (const [at, end] of ends.entries()) addIncoming(phi, end.block, values[at] as AnyValue);
      pool.push(phi as AnyValue);
    }
    this.pool = pool;
  }

  branch(depth: number, budget: number): void {
    const sides = 2 + (this.random(4) === 0 ? this.random(6) : 0);
    const from = this.block;
    const blocks: Block[] = [];
    for (let side = 0; side < sides; side++) blocks.push(createBlock(this.fn));
    if (sides === 2) {
      const condition = this.condition();
      terminate(from, createValue(this.fn, "branch", "void", [condition],
        { then: blocks[0] as Block, else: blocks[1] as Block, likely: undefined }, 0));
    } else {
      const type = this.type();
      const value = this.put("and", type, [this.pick(type), constant(this.fn, type, 15n)], undefined);
      const cases = blocks.slice(1).map((target, at) => {
        const low = BigInt(at * 2 + this.random(2));
        return { low, high: this.random(3) === 0 && low % 2n === 0n ? low + 1n : low, target };
      });
      terminate(from, createValue(this.fn, "switch", "void", [value], { cases, default: blocks[0] as Block }, 0));
    }
    const before = this.pool;
    const ends = blocks.map((block) => {
      this.block = block;
      this.pool = [...before];
      this.body(depth + 1, Math.floor(budget / sides));
      return { block: this.block, pool: this.pool };
    });
    this.join(ends);
  }

  loop(depth: number, budget: number): void {
    const before = this.block;
    const header = createBlock(this.fn);
    this.go(header);
    this.block = header;
    const entry = this.pool;
    const made = entry.map((value) => {
      const phi = createValue(this.fn, "phi", value.type, [], { blocks: [] }, 0);
      phi.block = header;
      prepend(header, phi as AnyValue);
      addIncoming(phi, before, value);
      return phi;
    });
    const counter = createValue(this.fn, "phi", "i64", [], { blocks: [] }, 0);
    counter.block = header;
    prepend(header, counter as AnyValue);
    addIncoming(counter, before, constant(this.fn, "i64", 0n));
    this.pool = [...made] as AnyValue[];
    this.body(depth + 1, budget);
    const next = this.put("add", "i64", [counter as AnyValue, constant(this.fn, "i64", 1n)], undefined);
    const latch = this.block;
    // Values go round and change places.
    const shift = this.random(3);
    for (const [index, phi] of made.entries()) {
      let value = this.pool[(index + shift) % this.pool.length];
      if (value === undefined || value.type !== phi.type) value = this.pick(phi.type);
      addIncoming(phi, latch, value);
    }
    addIncoming(counter, latch, next);
    const again = this.put("compare", this.options.narrow ? "i32" : "i64",
      [next, constant(this.fn, "i64", BigInt(1 + this.random(5)))], "ult");
    const after = createBlock(this.fn);
    terminate(latch, createValue(this.fn, "branch", "void", [again], { then: header, else: after, likely: undefined }, 0));
    this.block = after;
  }

  body(depth: number, budget: number): void {
    let left = budget;
    while (left > 0) {
      const kind = depth < 3 ? this.random(14) : 13;
      if (kind === 0 && left > 8) {
        this.branch(depth, left >>> 1);
        left >>>= 1;
      } else if (kind === 1 && left > 8) {
        this.loop(depth, left >>> 2);
        left >>>= 1;
      } else {
        this.operation();
        left--;
      }
    }
  }

  /** Returns a mix of everything that is alive. */
  finish(): void {
    let sum: AnyValue = constant(this.fn, "i64", 0n);
    for (const value of this.pool) {
      const wide = value.type === "i64" ? value : this.put("extend", "i64", [value], { from: 32, signed: false });
      const mixed: AnyValue = this.put("mul", "i64", [sum, constant(this.fn, "i64", 31n)], undefined);
      sum = this.put("add", "i64", [mixed, wide], undefined);
    }
    terminate(this.block, createValue(this.fn, "return", "void", [sum], undefined, 0));
  }
}

/**
 * A module with the program `main` in section "raw_tp", which reads eight words of its context, and a function it
 * calls.
 */
export function randomModule(seed: number, options: RandomOptions): Module {
  const random = randomNumbers(seed);
  const types: Type[] = Array.from({ length: 1 + random(5) }, () => options.narrow && random(2) === 0 ? "i32" : "i64");
  const helper = makeFunction("helper", types, "i64", undefined);
  const inner = new Writer(helper, random, { ...options, width: 6 }, undefined);
  for (const param of helper.params) inner.keep(param as AnyValue);
  inner.body(2, Math.min(24, options.size));
  inner.finish();
  const main = makeFunction("main", ["ptr"], "i64", "raw_tp");
  const outer = new Writer(main, random, options, helper);
  for (const [at, bytes] of ([4, 8, 8] as const).entries()) {
    const slot = createSlot(main, { name: `s${at}`, size: bytes, align: bytes, temporary: false }, 0);
    outer.put("store", "void", [slot as AnyValue, constant(main, "i64", BigInt(at))], { bytes, align: bytes, volatile: false });
  }
  for (let at = 0; at < 8; at++) {
    const address = at === 0 ? main.params[0] as AnyValue
      : outer.put("ptradd", "ptr", [main.params[0] as AnyValue, constant(main, "i64", BigInt(8 * at))], undefined);
    outer.keep(outer.put("load", "i64", [address], { bytes: 8, align: 8, volatile: false, signed: false }));
  }
  outer.body(0, options.size);
  outer.finish();
  return { functions: [main, helper], variables: [], aliases: [], asm: [] };
}

/** What the function returns for the arguments; a pointer argument is a block of 8-byte words. */
export function interpret(fn: Function, args: readonly bigint[], context: readonly bigint[]): bigint {
  const values = new Map<AnyValue, bigint>();
  const memory = new Map<AnyValue, bigint>();
  const get = (value: AnyValue): bigint => {
    if (value.op === "const") return value.aux;
    if (value.op === "param") return BigInt.asUintN(value.type === "i32" ? 32 : 64, args[value.aux] ?? 0n);
    const known = values.get(value);
    if (known === undefined) throw new Error(`v${value.id} (${value.op}) has no value yet`);
    return known;
  };
  let block = fn.blocks[0] as Block;
  let from: Block | undefined;
  for (;;) {
    const incoming = phis(block).map((phi) => {
      const at = phi.aux.blocks.indexOf(from as Block);
      return [phi as AnyValue, get(phi.args[at] as AnyValue)] as const;
    });
    for (const [phi, value] of incoming) values.set(phi, value);
    for (const value of block.values) {
      switch (value.op) {
        case "phi": break;
        case "load": {
          const [address] = value.args;
          if (address?.op === "slot") {
            const word = memory.get(address) ?? 0n;
            values.set(value, BigInt.asUintN(8 * value.aux.bytes, word));
          } else values.set(value, context[Number(address?.op === "param" ? 0n : get(address as AnyValue)) / 8] ?? 0n);
          break;
        }
        case "ptradd": values.set(value, (value.args[1] as AnyValue & { op: "const" }).aux); break;
        case "store": {
          const [slot, stored] = value.args as [AnyValue, AnyValue];
          const size = BigInt(8 * value.aux.bytes);
          const old = memory.get(slot) ?? 0n;
          memory.set(slot, old >> size << size | BigInt.asUintN(Number(size), get(stored)));
          break;
        }
        case "call": {
          const { callee } = value.aux;
          if (callee.kind !== "function") throw new Error("only functions are called here");
          values.set(value, interpret(callee.function, value.args.map(get), []));
          break;
        }
        case "jump": case "branch": case "switch": case "return": break;
        default: {
          const result = evaluate(value, value.args.map(get));
          if (result === undefined) throw new Error(`v${value.id} (${value.op}) is undefined`);
          values.set(value, BigInt.asUintN(value.type === "i32" ? 32 : 64, result));
        }
      }
    }
    const end = terminator(block);
    from = block;
    switch (end.op) {
      case "return": return get(end.args[0] as AnyValue);
      case "jump": block = end.aux.target; break;
      case "branch": block = get(end.args[0] as AnyValue) !== 0n ? end.aux.then : end.aux.else; break;
      case "switch": {
        const value = get(end.args[0] as AnyValue);
        block = end.aux.cases.find((c) => c.low <= value && value <= c.high)?.target ?? end.aux.default;
        break;
      }
      case "unreachable": throw new Error("the unreachable is reached");
    }
  }
}
