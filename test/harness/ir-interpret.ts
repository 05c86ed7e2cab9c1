/**
 * Executes IR, to see whether a pass kept its meaning. Shares no arithmetic with the optimiser.
 *
 * Memory is one array; a pointer is an address in it. Helpers are models with effects of their kind: 5 returns a
 * counter, 6 reads the bytes that it is given, 26 fills them, 9 may change the outside buffer, 1 returns a pointer into
 * it or null. What a run shows to the outside is its trace of helper calls with what they read, its result and the
 * buffers.
 */
import type { AnyValue, Block, Function, Module } from "../../compiler/ir/module.ts";
import { terminator } from "../../compiler/ir/module.ts";
import type { Predicate } from "../../compiler/ir/ops.ts";

export interface Outcome {
  readonly result: bigint;
  readonly trace: readonly string[];
  readonly memory: string;
}

export const bufferAt = 0x100n;
export const bufferSize = 512;
const globalsAt = 0x800n;
const stackAt = 0x2000;
const stepLimit = 200_000;

export class Interpreter {
  private readonly bytes = new Uint8Array(0x8000);
  private readonly view = new DataView(this.bytes.buffer);
  private readonly module: Module;
  private readonly little: boolean;
  private readonly trace: string[] = [];
  private readonly globals = new Map<object, bigint>();
  private stack = stackAt;
  private steps = 0;
  private clock = 7n;

  constructor(module: Module, endian: "little" | "big", fill: (index: number) => number) {
    this.module = module;
    this.little = endian === "little";
    for (let i = 0; i < bufferSize; i++) this.bytes[Number(bufferAt) + i] = fill(i) & 255;
    let at = globalsAt;
    for (const variable of module.variables) {
      at = (at + 7n) & ~7n;
      this.globals.set(variable, at);
      this.bytes.set(variable.initializer?.bytes ?? new Uint8Array(variable.size), Number(at));
      at += BigInt(variable.size);
    }
  }

  run(name: string, args: readonly bigint[]): Outcome {
    const fn = this.module.functions.find((f) => f.name === name);
    if (fn === undefined) throw new Error(`no function ${name}`);
    const result = this.call(fn, args);
    const memory = Buffer.from(this.bytes.subarray(Number(bufferAt), Number(bufferAt) + bufferSize)).toString("hex");
    return { result: BigInt.asUintN(32, result), trace: this.trace, memory };
  }

  private call(fn: Function, args: readonly bigint[]): bigint {
    const frame = new Map<AnyValue, bigint>();
    const savedStack = this.stack;
    fn.params.forEach((param, i) => frame.set(param, args[i]));
    for (const slot of fn.slots) {
      this.stack = (this.stack + slot.aux.align - 1) & -slot.aux.align;
      // Slots keep clear of each other, and what is not written differs from run to run.
      frame.set(slot, BigInt(this.stack));
      for (let i = 0; i < slot.aux.size; i++) this.bytes[this.stack + i] = 0xa5;
      this.stack += slot.aux.size + 8;
    }
    if (this.stack > this.bytes.length) throw new Error("out of stack");
    let from: Block | undefined;
    let block = fn.blocks[0];
    for (;;) {
      const incoming: [AnyValue, bigint][] = [];
      for (const value of block.values) {
        if (value.op !== "phi") break;
        const at = from === undefined ? -1 : value.aux.blocks.indexOf(from);
        incoming.push([value, this.get(frame, value.args[at])]);
      }
      for (const [phi, value] of incoming) frame.set(phi, value);
      for (const value of block.values) {
        if (this.steps++ > stepLimit) throw new Error("too many steps");
        if (value.op !== "phi") this.step(frame, value);
      }
      const end = terminator(block);
      from = block;
      switch (end.op) {
        case "jump": block = end.aux.target; break;
        case "branch": block = this.get(frame, end.args[0]) !== 0n ? end.aux.then : end.aux.else; break;
        case "switch": {
          const wide = end.args[0].type === "i32" ? 32 : 64;
          const value = this.get(frame, end.args[0]);
          const signed = BigInt.asIntN(wide, value);
          const hit = end.aux.cases.find((c) => (signed >= c.low && signed <= c.high) || (value >= c.low && value <= c.high));
          block = hit?.target ?? end.aux.default;
          break;
        }
        case "return":
          this.stack = savedStack;
          return end.args.length === 0 ? 0n : this.get(frame, end.args[0]);
        case "unreachable": throw new Error("reached unreachable");
      }
    }
  }

  private get(frame: ReadonlyMap<AnyValue, bigint>, value: AnyValue): bigint {
    switch (value.op) {
      case "const": return value.aux;
      case "undef": return 0x5a5a5a5an;
      case "symbol": return this.globals.get(value.aux) ?? 0n;
      default: {
        const known = frame.get(value);
        if (known === undefined) throw new Error(`v${value.id} has no value`);
        return known;
      }
    }
  }

  private step(frame: Map<AnyValue, bigint>, value: AnyValue): void {
    const args = value.args.map((arg) => this.get(frame, arg));
    const result = this.compute(value, args);
    if (value.type !== "void") frame.set(value, BigInt.asUintN(value.type === "i32" ? 32 : 64, result));
  }

  private compute(value: AnyValue, args: readonly bigint[]): bigint {
    const [x = 0n, y = 0n] = args;
    const width = (value.op === "compare" ? value.args[0].type : value.type) === "i32" ? 32 : 64;
    const sx = BigInt.asIntN(width, x);
    const sy = BigInt.asIntN(width, y);
    switch (value.op) {
      case "add": case "ptradd": return x + y;
      case "sub": case "ptrdiff": return x - y;
      case "mul": return x * y;
      case "udiv": return y === 0n ? 0n : x / y;
      case "urem": return y === 0n ? x : x % y;
      case "sdiv": return sy === 0n ? 0n : sx / sy;
      case "srem": return sy === 0n ? sx : sx % sy;
      case "and": return x & y;
      case "or": return x | y;
      case "xor": return x ^ y;
      case "shl": return x << (y & BigInt(width - 1));
      case "lshr": return x >> (y & BigInt(width - 1));
      case "ashr": return sx >> (y & BigInt(width - 1));
      case "neg": return -x;
      case "extend": return value.aux.signed ? BigInt.asIntN(value.aux.from, x) : BigInt.asUintN(value.aux.from, x);
      case "truncate": case "ptrtoint": case "inttoptr": case "opaque": return x;
      case "bswap": {
        const bytes = Buffer.alloc(8);
        bytes.writeBigUInt64LE(BigInt.asUintN(value.aux, x));
        return BigInt("0x" + bytes.subarray(0, value.aux / 8).toString("hex"));
      }
      case "compare": return holds(value.aux, x, y, sx, sy) ? 1n : 0n;
      case "load": return this.load(x, value.aux.bytes, value.aux.signed);
      case "store": this.store(x, y, value.aux.bytes); return 0n;
      case "memcpy": case "memmove": this.bytes.copyWithin(Number(x), Number(y), Number(y) + value.aux.bytes); return 0n;
      case "memset": this.bytes.fill(Number(y & 255n), Number(x), Number(x) + value.aux.bytes); return 0n;
      case "memcmp": return this.compareBytes(x, y, value.aux.bytes);
      case "memvar": return this.variable(value.aux.operator, x, y, Number(args[2]));
      case "atomic": {
        const old = this.load(x, value.aux.bytes, false);
        const operand = args[value.args.length - 1];
        if (value.aux.operator === "loadAcquire") return old;
        const next = { add: old + operand, and: old & operand, or: old | operand, xor: old ^ operand, exchange: operand,
          storeRelease: operand, compareExchange: old === args[1] ? operand : old }[value.aux.operator];
        this.store(x, next, value.aux.bytes);
        return old;
      }
      case "call": return this.callOut(value, args);
      default: return 0n;
    }
  }

  private load(address: bigint, bytes: number, signed: boolean): bigint {
    const at = Number(address);
    if (at % bytes !== 0) throw new Error(`misaligned load at ${at}`);
    const raw = bytes === 1 ? BigInt(this.view.getUint8(at)) : bytes === 2 ? BigInt(this.view.getUint16(at, this.little))
      : bytes === 4 ? BigInt(this.view.getUint32(at, this.little)) : this.view.getBigUint64(at, this.little);
    return signed ? BigInt.asIntN(bytes * 8, raw) : raw;
  }

  private store(address: bigint, value: bigint, bytes: number): void {
    const at = Number(address);
    if (at % bytes !== 0) throw new Error(`misaligned store at ${at}`);
    for (let i = 0; i < bytes; i++) {
      const shift = BigInt((this.little ? i : bytes - 1 - i) * 8);
      this.view.setUint8(at + i, Number((value >> shift) & 255n));
    }
  }

  private compareBytes(x: bigint, y: bigint, bytes: number): bigint {
    for (let i = 0; i < bytes; i++) {
      const difference = this.bytes[Number(x) + i] - this.bytes[Number(y) + i];
      if (difference !== 0) return difference < 0 ? -1n : 1n;
    }
    return 0n;
  }

  private variable(operator: string, x: bigint, y: bigint, bytes: number): bigint {
    if (operator === "memcmp") return this.compareBytes(x, y, bytes);
    if (operator === "memset") this.bytes.fill(Number(y & 255n), Number(x), Number(x) + bytes);
    else this.bytes.copyWithin(Number(x), Number(y), Number(y) + bytes);
    return 0n;
  }

  private callOut(value: AnyValue & { op: "call" }, args: readonly bigint[]): bigint {
    const { callee } = value.aux;
    if (callee.kind === "function") return this.call(callee.function, args);
    if (callee.kind === "indirect") throw new Error("indirect call");
    this.clock = (this.clock * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    const [x = 0n, y = 0n] = args;
    switch (callee.id) {
      case 5: this.trace.push("clock"); return this.clock;
      case 6: {
        const size = Number(BigInt.asUintN(32, y));
        this.trace.push("read " + Buffer.from(this.bytes.subarray(Number(x), Number(x) + size)).toString("hex"));
        return 0n;
      }
      case 26: {
        const size = Number(BigInt.asUintN(32, y));
        this.trace.push(`fill ${size}`);
        for (let i = 0; i < size; i++) this.bytes[Number(x) + i] = Number((this.clock >> BigInt((i % 8) * 8)) & 255n);
        return 0n;
      }
      case 9: {
        this.trace.push("change " + BigInt.asUintN(32, x));
        const at = Number(bufferAt) + Number(this.clock % BigInt(bufferSize));
        this.bytes[at] ^= 0x3c;
        return this.clock >> 3n;
      }
      case 1:
        this.trace.push("lookup");
        return (this.clock >> 32n) & 1n ? bufferAt + 256n : 0n;
      default: throw new Error(`helper ${callee.id} has no model`);
    }
  }
}

function holds(predicate: Predicate, x: bigint, y: bigint, sx: bigint, sy: bigint): boolean {
  switch (predicate) {
    case "eq": return x === y;
    case "ne": return x !== y;
    case "ult": return x < y;
    case "ule": return x <= y;
    case "ugt": return x > y;
    case "uge": return x >= y;
    case "slt": return sx < sy;
    case "sle": return sx <= sy;
    case "sgt": return sx > sy;
    case "sge": return sx >= sy;
  }
}
