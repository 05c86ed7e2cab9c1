/**
 * Random IR programs that terminate and have no undefined behaviour, shaped like what lowering makes: locals in slots,
 * structured control flow, records copied about, narrow types, helper calls, a static function or two.
 *
 * A program is `@main(i32, ptr, i64) -> i32`; the pointer is the interpreter's buffer. Same seed, same program.
 */
import { Builder } from "../../compiler/ir/build.ts";
import type { AnyValue, Function, GlobalVariable, Module, Value } from "../../compiler/ir/module.ts";
import { constant, createBlock, createValue } from "../../compiler/ir/module.ts";
import type { Predicate, SwitchCase, Type } from "../../compiler/ir/ops.ts";

export class Random {
  private state: number;
  constructor(seed: number) {
    this.state = seed | 0;
  }
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below(limit: number): number { return Math.floor(this.next() * limit); }
  chance(p: number): boolean { return this.next() < p; }
  pick<T>(items: readonly T[]): T { return items[this.below(items.length)]; }
}

interface Variable { readonly slot: Value<"slot">; readonly offset: number; readonly bytes: 1 | 2 | 4 | 8; readonly signed: boolean }

const predicates: readonly Predicate[] = ["eq", "ne", "ult", "ule", "ugt", "uge", "slt", "sle", "sgt", "sge"];
const interesting = [0n, 1n, 2n, 7n, 8n, 31n, 127n, 128n, 255n, 256n, 0x7fffn, 0xffffn, 0x7fffffffn, 0x80000000n, 0xffffffffn, -1n, -2n, 0x123456789abcn];

export function randomModule(seed: number): Module {
  const random = new Random(seed);
  const module: Module = { functions: [], variables: [], aliases: [], asm: [] };
  const table: GlobalVariable = {
    kind: "variable", name: "table", loc: 0, linkage: "local", hidden: false, section: undefined, declTags: [],
    ctype: { kind: "error" }, used: false, size: 16, align: 8, constant: true, common: false, isString: false,
    initializer: { bytes: Uint8Array.from({ length: 16 }, () => random.below(256)), relocations: [] },
  };
  module.variables.push(table);
  const helpers = random.below(3);
  for (let i = 0; i < helpers; i++) module.functions.push(new Generator(random, module, table).make(`leaf${i}`, 12));
  module.functions.push(new Generator(random, module, table).make("main", 30));
  return module;
}

class Generator {
  private readonly random: Random;
  private readonly module: Module;
  private readonly table: GlobalVariable;
  private fn!: Function;
  private b!: Builder;
  private readonly variables: Variable[] = [];
  private readonly records: Value<"slot">[] = [];
  private budget = 0;

  constructor(random: Random, module: Module, table: GlobalVariable) {
    this.random = random;
    this.module = module;
    this.table = table;
  }

  make(name: string, budget: number): Function {
    const isMain = name === "main";
    const fn: Function = {
      kind: "function", name, loc: 0, linkage: isMain ? "global" : "local", hidden: false,
      section: isMain && this.random.chance(0.3) ? "tc" : undefined, declTags: [], ctype: { kind: "error" }, used: false,
      params: [], returns: "i32", blocks: [], slots: [],
      inlining: isMain ? "none" : this.random.pick(["always", "none", "never", "hint"] as const),
      align: 8, naked: false, noreturn: false, pure: false, callAdvice: undefined, end: 0, nextId: 0, leaves: new Map(),
    };
    const types: readonly Type[] = ["i32", "ptr", "i64"];
    types.forEach((type, i) => fn.params.push(createValue(fn, "param", type, [], i, 0)));
    this.fn = fn;
    this.b = new Builder(fn, createBlock(fn), 0);
    this.budget = budget;
    this.declare();
    this.statements(0);
    if (isMain) this.showVariables();
    this.b.return(this.expression("i32", 2));
    return fn;
  }

  private declare(): void {
    const { random, b } = this;
    for (let i = 0; i < 4; i++) {
      const bytes = random.pick([1, 2, 4, 4, 8] as const);
      const slot = b.slot({ name: `x${i}`, size: bytes, align: bytes, temporary: false });
      const signed = random.chance(0.5);
      this.variables.push({ slot, offset: 0, bytes, signed });
      b.store(slot, this.fn.params[bytes === 8 ? 2 : 0], { bytes, align: bytes, volatile: false });
    }
    const size = random.pick([8, 12, 16, 24]);
    for (let i = 0; i < 2; i++) {
      const slot = b.slot({ name: `r${i}`, size, align: 4, temporary: false });
      this.records.push(slot);
      b.memset(slot, b.i32(random.below(256)), { bytes: size, align: 4, volatile: false });
      for (let at = 0; at < size; ) {
        const bytes = random.pick(([1, 2, 4] as const).filter((n) => at % n === 0 && at + n <= size));
        this.variables.push({ slot, offset: at, bytes, signed: random.chance(0.3) });
        // Sometimes a union: the next member overlaps.
        if (!random.chance(0.1)) at += bytes;
      }
    }
  }

  /** All locals to the end of the buffer, so that what was computed matters. */
  private showVariables(): void {
    const { b } = this;
    this.variables.slice(0, 16).forEach(({ slot, offset, bytes }, i) => {
      const type = bytes === 8 ? "i64" : "i32";
      const value = b.load(type, this.address(slot, offset), { bytes, align: bytes, volatile: false, signed: false });
      b.store(b.ptradd(this.fn.params[1], b.i64(384 + i * 8)), value, { bytes, align: bytes, volatile: false });
    });
  }

  private address(slot: Value<"slot">, offset: number): AnyValue {
    return offset === 0 ? slot : this.b.ptradd(slot, this.b.i64(offset));
  }

  private read(type: "i32" | "i64"): AnyValue {
    const { b } = this;
    const { slot, offset, bytes, signed } = this.random.pick(this.variables);
    if (bytes === 8) {
      const wide = b.load("i64", this.address(slot, offset), { bytes, align: 8, volatile: false, signed: false });
      return type === "i64" ? wide : b.truncate(wide);
    }
    const direct = type === "i64" && this.random.chance(0.3);
    const narrow = b.load(direct ? "i64" : "i32", this.address(slot, offset),
      { bytes, align: bytes, volatile: false, signed: signed && (direct || bytes < 4) });
    return narrow.type === type ? narrow : b.extend("i64", narrow, 32, signed);
  }

  private constant(type: Type): AnyValue {
    return constant(this.fn, type, this.random.chance(0.5) ? this.random.pick(interesting) : BigInt(this.random.below(64)));
  }

  /** A pointer into the buffer with room for 8 bytes behind it, aligned to 8. */
  private outside(depth: number): AnyValue {
    const { b, random } = this;
    const base = this.fn.params[1];
    if (random.chance(0.6)) return b.ptradd(base, b.i64(random.below(30) * 8));
    let index = b.and(this.expression("i32", depth), b.i32(15));
    if (random.chance(0.3)) index = b.add(index, b.i32(1));
    const offset = b.shl(b.extend("i64", index, 32, random.chance(0.5)), b.i64(3));
    const p = b.ptradd(base, offset);
    return random.chance(0.5) ? b.ptradd(p, b.i64(8 * random.below(4))) : p;
  }

  private expression(type: "i32" | "i64", depth: number): AnyValue {
    const { b, random } = this;
    if (depth <= 0) return random.chance(0.7) ? this.read(type) : this.constant(type);
    const x = (): AnyValue => this.expression(type, depth - 1);
    const bits = type === "i32" ? 32 : 64;
    switch (random.below(16)) {
      case 0: return b.add(x(), x());
      case 1: return b.sub(x(), x());
      case 2: return b.mul(x(), random.chance(0.5) ? this.constant(type) : x());
      case 3: return b.binary(random.pick(["udiv", "urem", "sdiv", "srem"] as const), x(), random.chance(0.7) ? this.constant(type) : x());
      case 4: return b.and(x(), random.chance(0.6) ? this.constant(type) : x());
      case 5: return b.binary(random.pick(["or", "xor"] as const), x(), x());
      case 6: case 7: {
        const count = random.chance(0.7) ? b.constant(type, random.below(bits)) : b.and(x(), b.constant(type, bits - 1));
        return b.binary(random.pick(["shl", "lshr", "ashr"] as const), x(), count);
      }
      case 8: return random.chance(0.5) ? b.neg(x()) : b.xor(x(), b.constant(type, -1));
      case 9: {
        const from = random.pick(type === "i64" ? ([8, 16, 32] as const) : ([8, 16] as const));
        const inner = type === "i64" && random.chance(0.5) ? this.expression("i32", depth - 1) : x();
        return b.extend(type, inner, from, random.chance(0.5));
      }
      case 10: return type === "i32" ? b.truncate(this.expression("i64", depth - 1)) : b.extend("i64", this.expression("i32", depth - 1), 32, random.chance(0.5));
      case 11: return b.bswap(x(), random.pick(type === "i32" ? ([16, 32] as const) : ([16, 32, 64] as const)));
      case 12: case 13: return this.boolean(type, depth);
      case 14: {
        const bytes = random.pick([1, 2, 4] as const);
        return b.load(type, this.outside(depth - 1), { bytes, align: bytes, volatile: random.chance(0.1), signed: (type === "i64" || bytes < 4) && random.chance(0.3) });
      }
      default: {
        const at = b.ptradd(b.symbol(this.table), b.i64(random.below(4) * 4));
        return type === "i32" ? b.load("i32", at, { bytes: 4, align: 4, volatile: false, signed: false }) : this.read(type);
      }
    }
  }

  private boolean(type: "i32" | "i64", depth: number): AnyValue {
    const { b, random } = this;
    const operand = random.pick(["i32", "i64"] as const);
    const test = b.compare(random.pick(predicates), this.expression(operand, depth - 1),
      random.chance(0.6) ? this.constant(operand) : this.expression(operand, depth - 1));
    return type === "i32" ? test : b.extend("i64", test, 32, false);
  }

  private assign(): void {
    const { b, random } = this;
    const { slot, offset, bytes } = random.pick(this.variables);
    const value = this.expression(bytes === 8 || random.chance(0.2) ? "i64" : "i32", 3);
    b.store(this.address(slot, offset), value, { bytes, align: bytes, volatile: random.chance(0.02) });
  }

  private statements(depth: number): void {
    const count = 2 + this.random.below(4);
    for (let i = 0; i < count && this.budget > 0; i++) {
      this.budget--;
      this.statement(depth);
    }
  }

  private statement(depth: number): void {
    const { b, random } = this;
    const kind = random.below(depth < 3 ? 15 : 9);
    switch (kind) {
      case 0: case 1: case 2: case 3: this.assign(); break;
      case 4: {
        const bytes = random.pick([1, 2, 4, 8] as const);
        b.store(this.outside(1), this.expression(bytes === 8 ? "i64" : "i32", 2), { bytes, align: bytes, volatile: random.chance(0.1) });
        break;
      }
      case 5: this.block(); break;
      case 6: this.helper(); break;
      case 7: {
        const callee = random.pick([...this.module.functions, undefined]);
        if (callee === undefined) break;
        const result = b.call("i32", { kind: "function", function: callee }, [this.expression("i32", 1), this.fn.params[1], this.expression("i64", 1)]);
        b.store(this.variables[0].slot, result, { bytes: Math.min(4, this.variables[0].bytes) as 1 | 2 | 4, align: 1, volatile: false });
        break;
      }
      case 8:
        b.atomic([this.outside(0), this.expression("i32", 1)], { operator: random.pick(["add", "or", "exchange"] as const), bytes: 4 });
        break;
      case 9: case 10: case 11: this.conditional(depth); break;
      case 12: this.choice(depth); break;
      default: this.loop(depth);
    }
  }

  private block(): void {
    const { b, random } = this;
    const [to, from] = random.chance(0.5) ? this.records : [...this.records].reverse();
    const size = to.aux.size;
    const bytes = random.chance(0.6) ? size : 4 * (1 + random.below(size / 4));
    const access = { bytes, align: 4, volatile: false };
    switch (random.below(7)) {
      case 0: b.memset(to, random.chance(0.5) ? b.i32(random.below(256)) : this.expression("i32", 1), access); break;
      case 1: b.memcpy(to, this.outside(0), { ...access, align: random.pick([1, 4]) }); break;
      case 2: b.memcpy(this.outside(0), from, { ...access, align: random.pick([1, 4]) }); break;
      case 3: {
        const order = b.memcmp(to, from, access);
        b.store(this.variables[0].slot, b.compare(random.pick(["eq", "ne", "slt", "sgt"] as const), order, b.i32(0)), { bytes: 1, align: 1, volatile: false });
        break;
      }
      case 4: {
        const size64 = b.and(this.expression("i64", 1), b.i64(7));
        b.memvar(random.chance(0.5) ? to : this.outside(0), from, size64, { operator: "memcpy", align: 4, volatile: false });
        break;
      }
      case 5: b.memmove(this.fn.params[1], b.ptradd(this.fn.params[1], b.i64(random.below(3) * 4)), { bytes: 4 * (1 + random.below(5)), align: 4, volatile: false }); break;
      default: b.memcpy(to, from, access);
    }
  }

  private helper(): void {
    const { b, random } = this;
    const record = random.pick(this.records);
    switch (random.below(6)) {
      case 0: b.call("i64", { kind: "helper", id: 6 }, [record, b.i32(record.aux.size)]); break;
      case 1: b.call("i64", { kind: "helper", id: 26 }, [record, b.i32(record.aux.size)]); break;
      case 2: b.call("i64", { kind: "helper", id: 9 }, [this.expression("i32", 2)]); break;
      case 3: {
        const found = b.call("ptr", { kind: "helper", id: 1 }, [record]);
        const hit = b.newBlock();
        const join = b.newBlock();
        b.branch(b.compare("ne", found, b.null()), hit, join);
        b.atEnd(hit);
        const value = b.load("i32", found, { bytes: 4, align: 4, volatile: false, signed: false });
        b.store(found, b.add(value, this.expression("i32", 1)), { bytes: 4, align: 4, volatile: false });
        b.jump(join);
        b.atEnd(join);
        break;
      }
      default: {
        const now = b.call("i64", { kind: "helper", id: 5 }, []);
        const v = random.pick(this.variables);
        b.store(this.address(v.slot, v.offset), v.bytes === 8 ? now : b.truncate(now), { bytes: v.bytes, align: v.bytes, volatile: false });
      }
    }
  }

  private conditional(depth: number): void {
    const { b, random } = this;
    const then = b.newBlock();
    const otherwise = b.newBlock();
    const join = b.newBlock();
    b.branch(random.chance(0.8) ? this.boolean("i32", 2) : this.expression(random.pick(["i32", "i64"] as const), 1), then, otherwise);
    b.atEnd(then);
    this.statements(depth + 1);
    if (depth > 0 && random.chance(0.1)) b.return(this.expression("i32", 1));
    else b.jump(join);
    b.atEnd(otherwise);
    if (random.chance(0.6)) this.statements(depth + 1);
    b.jump(join);
    b.atEnd(join);
  }

  private choice(depth: number): void {
    const { b, random } = this;
    const value = this.expression("i32", 1);
    const join = b.newBlock();
    const cases: SwitchCase[] = [];
    for (let i = 0; i < 3; i++) {
      const low = BigInt(i * 40 - 20 + random.below(10));
      cases.push({ low, high: low + BigInt(random.pick([0, 0, 20])), target: b.newBlock() });
    }
    b.switch(random.chance(0.5) ? b.and(value, b.i32(127)) : value, cases, join);
    for (const { target } of cases) {
      b.atEnd(target);
      this.statements(depth + 1);
      b.jump(join);
    }
    b.atEnd(join);
  }

  private loop(depth: number): void {
    const { b, random } = this;
    const bytes = random.pick([1, 4, 8] as const);
    const type = bytes === 8 ? "i64" : "i32";
    const counter = b.slot({ name: "i", size: bytes, align: bytes, temporary: false });
    const access = { bytes, align: bytes, volatile: false };
    b.store(counter, b.constant(type, 0), access);
    const header = b.newBlock();
    const body = b.newBlock();
    const after = b.newBlock();
    b.jump(header);
    header.unroll = random.pick([undefined, undefined, "full", 2, "enable"] as const);
    b.atEnd(header);
    const count = b.load(type, counter, { ...access, signed: false });
    b.branch(b.compare(random.pick(["ult", "slt", "ne"] as const), count, b.constant(type, 1 + random.below(6))), body, after);
    b.atEnd(body);
    this.statements(depth + 1);
    if (random.chance(0.2)) {
      const out = b.newBlock();
      b.branch(this.boolean("i32", 1), after, out);
      b.atEnd(out);
    }
    b.store(counter, b.add(b.load(type, counter, { ...access, signed: false }), b.constant(type, 1)), access);
    b.jump(header);
    b.atEnd(after);
  }
}
