/**
 * A seed -> an XDP program in C that is safe for the verifier as it is written, always the same.
 *
 * It does what programs do: reads numbers from the packet and from maps, bounds them in one of the many ways in which
 * people write that, and then uses them as indices, lengths and offsets; it loops over what it has counted, walks headers,
 * looks maps up, calls functions. Each variable carries the bound that the text has proven for it; what is bounded is
 * only ever narrowed, so that a bound holds in all that follows. No behaviour is undefined, no result depends on when or
 * where the program runs.
 *
 * The text includes case.h of test/cases/verifier: its `struct input` is the beginning of the packet.
 */
import { randomNumbers } from "../harness/random-ir.ts";

interface Variable {
  readonly name: string;
  /** Its C type; a signed one is known not to be negative once it has a bound. */
  readonly type: NumberType;
  /** Every value is below it; undefined: it may be anything. */
  bound: number | undefined;
}

type NumberType = "__u8" | "__u16" | "__u32" | "__u64" | "__s32" | "__s64";

interface Buffer {
  readonly name: string;
  /** A power of two. */
  readonly size: number;
}

/** What may be named at a place. A block begins with a copy of what stands around it. */
interface Scope {
  readonly variables: Variable[];
  /** Pointers to map values that are not null. */
  readonly values: string[];
  readonly buffers: Buffer[];
  /** The context and the packet are at hand. */
  readonly packet: boolean;
  readonly depth: number;
  /** Rounds that the loops around take together. */
  readonly rounds: number;
}

interface Subprogram {
  readonly name: string;
  /** Bounds of the two numbers that it relies on; a global function tests them itself. */
  readonly bounds: readonly (number | undefined)[];
  readonly takesValue: boolean;
}

const elements = { slots: 16, bytes: 32, shorts: 8, pairs: 4 } as const;

const head = `#include "case.h"

struct value {
  __u64 count;
  __u32 slots[${elements.slots}];
  __u8 bytes[${elements.bytes}];
  __s16 shorts[${elements.shorts}];
  struct { __u32 a; __u16 b, c; } pairs[${elements.pairs}];
};

ARRAY(one, struct value, 4);
HASH(many, __u32, struct value, 16);
HASH(sums, __u64, __u64, 64);
TABLE16(table);
__u32 places[8] = { 7, 3, 1, 6, 0, 2, 5, 4 };
const volatile __u32 setting = 5;
__u64 total;

`;

/** The program: its function is \`run\`. */
export function kernelProgram(seed: number): string {
  return new Writer(randomNumbers(seed)).program();
}

class Writer {
  readonly #below: (limit: number) => number;
  readonly #subprograms: Subprogram[] = [];
  #lines: string[] = [];
  #names = 0;
  /** Statements that may still be written in this function. */
  #budget = 0;
  /** Loops that may still be written: what the verifier walks grows with their product. */
  #loops = 2;

  constructor(below: (limit: number) => number) {
    this.#below = below;
  }

  program(): string {
    const functions = this.#below(3);
    let text = head;
    for (let i = 0; i < functions; i++) text += this.#subprogram();
    this.#begin(10 + this.#below(16));
    const scope: Scope = { variables: [], values: [], buffers: [], packet: true, depth: 1, rounds: 1 };
    this.#statements(scope, 40);
    return `${text}SEC("xdp")
int run(struct xdp_md *ctx)
{
  INPUT(ctx);
  void *end = (void *)(long)ctx->data_end;
  __u32 sum = in->word[3];
${this.#lines.join("\n")}
  return sum;
}
`;
  }

  #subprogram(): string {
    const name = this.#name("sub");
    const isGlobal = this.#below(3) === 0;
    const bounds = [0, 1].map(() => isGlobal || this.#chance(2) ? undefined : this.#pick([4, 8, 16]));
    const takesValue = !isGlobal && this.#chance(2);
    this.#begin(4 + this.#below(6));
    const variables: Variable[] = [
      { name: "a", type: "__u32", bound: bounds[0] }, { name: "b", type: "__u64", bound: bounds[1] },
    ];
    this.#statements({ variables, values: takesValue ? ["v"] : [], buffers: [], packet: false, depth: 1, rounds: 1 }, 12);
    this.#subprograms.push({ name, bounds, takesValue });
    const head = isGlobal ? "__noinline int" : this.#chance(3) ? "static __always_inline __u32" : "static __noinline __u32";
    return `${head} ${name}(__u32 a, __u64 b${takesValue ? ", struct value *v" : ""})
{
  __u32 sum = a;
${this.#lines.join("\n")}
  return sum;
}

`;
  }

  #begin(budget: number): void {
    this.#budget = budget;
    this.#lines = [];
  }

  #statements(scope: Scope, most: number): void {
    for (let i = 0; i < most && this.#budget > 0; i++) {
      this.#budget--;
      this.#statement(scope);
    }
  }

  #statement(scope: Scope): void {
    switch (this.#below(16)) {
      case 0: case 1: this.#read(scope); return;
      case 2: case 3: this.#narrow(scope); return;
      case 4: this.#compute(scope); return;
      case 5: case 6: case 7: this.#use(scope); return;
      case 8: this.#lookUp(scope); return;
      case 9: this.#choose(scope); return;
      case 10: this.#loop(scope); return;
      case 11: this.#atOffset(scope); return;
      case 12: this.#buffer(scope); return;
      case 13: this.#call(scope); return;
      case 14: this.#walk(scope); return;
      default: this.#switch(scope); return;
    }
  }

  /** A new variable with a number of which nothing is known. */
  #read(scope: Scope): Variable {
    const type = this.#pick<NumberType>(["__u8", "__u16", "__u32", "__u32", "__u64", "__u64", "__s32", "__s64"]);
    const name = this.#name("x");
    this.#put(scope, `${type} ${name} = ${this.#source(scope)};`);
    const variable: Variable = { name, type, bound: undefined };
    scope.variables.push(variable);
    return variable;
  }

  #source(scope: Scope): string {
    const value = this.#any(scope.values);
    if (value !== undefined && this.#chance(3)) {
      const field = this.#pick(["slots", "bytes", "shorts"] as const);
      return this.#pick([`${value}->count`, `${value}->${field}[${this.#below(elements[field])}]`]);
    }
    const old = this.#any(scope.variables);
    if (!scope.packet || this.#chance(8)) {
      const other = old === undefined ? "setting" : `(__u64)${old.name} * ${1 + this.#below(9)} + ${this.#below(30)}`;
      return this.#pick([other, "total", "setting", `places[${this.#below(8)}]`]);
    }
    return this.#pick([
      `in->byte[${this.#below(8)}]`, `in->half[${this.#below(4)}]`, `in->word[${this.#below(4)}]`,
      `in->wide[${this.#below(4)}]`, `bpf_ntohs(in->half[${this.#below(4)}])`, "ctx->data_end - ctx->data",
      `in->byte[${this.#below(8)}] - ${this.#below(20)}`, `in->word[${this.#below(4)}] >> ${1 + this.#below(24)}`,
    ]);
  }

  /** A variable, newly read or not, that is below \`limit\` from here on. */
  #bounded(scope: Scope, limit: number): string {
    const fitting = scope.variables.filter(({ bound }) => bound !== undefined && bound <= limit);
    const chosen = this.#chance(4) ? undefined : this.#any(fitting);
    if (chosen !== undefined) return chosen.name;
    const variable = this.#any(scope.variables.filter(({ bound }) => bound === undefined)) ?? this.#read(scope);
    this.#bind(scope, variable, limit);
    return variable.name;
  }

  #narrow(scope: Scope): void {
    const variable = this.#any(scope.variables) ?? this.#read(scope);
    this.#bind(scope, variable, this.#pick([4, 8, 10, 16, 32, 64]));
  }

  /** One of the ways in which programs bound a number. */
  #bind(scope: Scope, variable: Variable, limit: number): void {
    const { name, type } = variable;
    if (variable.bound !== undefined && variable.bound <= limit) return;
    const isSigned = type === "__s32" || type === "__s64";
    const last = limit - 1;
    const leave = scope.depth > 1 && this.#chance(2) && scope.rounds > 1 ? "break" : `return sum + ${this.#below(9)}`;
    const isPower = (limit & last) === 0;
    const ways = [
      isSigned ? `if (${name} < 0 || ${name} > ${last}) ${leave};` : `if (${name} > ${last}) ${leave};`,
      isSigned ? `if (${name} < 0 || ${name} >= ${limit}) ${name} = 0;` : `if (${name} >= ${limit}) ${name} = ${last};`,
      `if ((__u64)${name} >= ${limit}) ${leave};`,
      isSigned ? `${name} = ${name} < 0 ? 0 : ${name} > ${last} ? ${last} : ${name};`
        : `${name} = ${name} < ${limit} ? ${name} : ${last};`,
      // The verifier knows a remainder by a power of two only, which is a mask.
      isPower ? `${name} &= ${last};` : `if (${name} >= ${limit}ull) ${name} = ${last >> 1};`,
      isPower ? `${name} = (__u32)${name} % ${limit};` : `${name} = (__u64)${name} > ${last} ? ${last} : ${name};`,
    ];
    this.#put(scope, this.#pick(ways));
    variable.bound = limit;
    if (this.#chance(8)) this.#put(scope, `asm volatile("" : "+r"(${name}));`);
  }

  /** A new variable that comes of others, with what is known of it. */
  #compute(scope: Scope): void {
    const known = this.#any(scope.variables.filter(({ bound }) => bound !== undefined));
    if (known?.bound === undefined) {
      this.#narrow(scope);
      return;
    }
    const { name: x, bound } = known;
    const n = 1 + this.#below(5);
    const other = this.#any(scope.variables.filter((v) => v.bound !== undefined)) ?? known;
    const [text, result] = this.#pick<readonly [string, number]>([
      [`${x} + ${n}`, bound + n], [`${x} * ${n}`, (bound - 1) * n + 1], [`${x} >> ${n}`, ((bound - 1) >> n) + 1],
      [`${x} / ${n}`, Math.floor((bound - 1) / n) + 1], [`(${x} & ${n}) + ${n}`, 2 * n + 1],
      [`${x} + ${other.name}`, bound + (other.bound ?? 0) - 1], [`${x} < ${n} ? ${n} : ${x}`, Math.max(bound, n + 1)],
      [`${x} > 0 ? ${x} - 1 : 0`, bound],
    ]);
    const name = this.#name("y");
    this.#put(scope, `${this.#pick(["__u32", "__u64", "int"])} ${name} = ${text};`);
    scope.variables.push({ name, type: "__u32", bound: result });
  }

  /** Something that needs a number in bounds. */
  #use(scope: Scope): void {
    const value = this.#any(scope.values);
    const buffer = this.#any(scope.buffers);
    if (value !== undefined && this.#chance(2)) {
      const field = this.#pick(["slots", "bytes", "shorts", "pairs"] as const);
      const place = `${value}->${field}[${this.#bounded(scope, elements[field])}]`;
      const member = field === "pairs" ? `.${this.#pick(["a", "b", "c"])}` : "";
      this.#put(scope, this.#pick([
        `sum += ${place}${member};`, `${place}${member} += ${this.#term(scope)};`, `${place}${member} = sum;`,
        `__sync_fetch_and_add(&${value}->count, ${this.#term(scope)});`,
      ]));
      return;
    }
    if (buffer !== undefined && this.#chance(2)) {
      const place = `${buffer.name}[${this.#bounded(scope, buffer.size)}]`;
      this.#put(scope, this.#pick([`sum += ${place};`, `${place} = ${this.#term(scope)};`, `${place} ^= sum;`]));
      return;
    }
    const index = this.#bounded(scope, 16);
    this.#put(scope, this.#pick([
      `sum += table[${index}];`, `table[${index}] = sum;`, `sum = sum * 31 + table[${index}];`,
      `total += table[${index}] & ${this.#below(99)};`,
    ]));
  }

  #lookUp(scope: Scope): void {
    const name = this.#name("v");
    const key = this.#name("key");
    const map = this.#pick(["one", "many"]);
    this.#put(scope, `__u32 ${key} = ${map === "one" ? this.#bounded(scope, 4) : this.#term(scope)};`);
    if (map === "many" && this.#chance(2)) {
      const fresh = this.#name("fresh");
      this.#put(scope, `struct value ${fresh} = { .count = ${this.#term(scope)} };`);
      this.#put(scope, `${fresh}.slots[${this.#bounded(scope, elements.slots)}] = sum;`);
      this.#put(scope, `bpf_map_update_elem(&many, &${key}, &${fresh}, ${this.#pick(["BPF_ANY", "BPF_NOEXIST"])});`);
    }
    this.#put(scope, `struct value *${name} = bpf_map_lookup_elem(&${map}, &${key});`);
    if (this.#chance(2)) {
      this.#put(scope, `if (!${name}) return sum + ${this.#below(9)};`);
      scope.values.push(name);
      return;
    }
    this.#put(scope, `if (${name}) {`);
    this.#inside(scope, 1, [name], 3);
    this.#put(scope, "}");
  }

  #choose(scope: Scope): void {
    this.#put(scope, `if (${this.#condition(scope)}) {`);
    this.#inside(scope, 1, [], 3);
    if (this.#chance(2)) {
      this.#put(scope, "} else {");
      this.#inside(scope, 1, [], 3);
    }
    this.#put(scope, "}");
  }

  #switch(scope: Scope): void {
    this.#put(scope, `switch (${this.#bounded(scope, 16)}) {`);
    const cases = 2 + this.#below(4);
    for (let i = 0; i < cases; i++) {
      this.#put(scope, `case ${i * (1 + this.#below(2)) + 3 * i}: sum += ${this.#term(scope)}; ${this.#chance(4) ? "" : "break;"}`);
    }
    this.#put(scope, `default: sum ^= ${this.#below(50)};`);
    this.#put(scope, "}");
  }

  #loop(scope: Scope): void {
    if (this.#loops-- <= 0) {
      this.#use(scope);
      return;
    }
    const rounds = this.#pick([3, 4, 8]);
    const i = this.#name("i");
    const counter: Variable = { name: i, type: "__u32", bound: rounds };
    const type = this.#pick(["int", "__u32", "__u64"]);
    const form = this.#below(3);
    const most = form === 0 ? undefined : this.#bounded(scope, this.#pick([rounds, 16, 64]));
    if (this.#chance(6)) this.#put(scope, "#pragma unroll");
    else if (form === 2) this.#put(scope, "#pragma clang loop unroll(disable)");
    const test = form === 1 ? `${i} < ${rounds} && ${i} < ${most}` : `${i} < ${rounds}`;
    this.#put(scope, `for (${type} ${i} = 0; ${test}; ${i}++) {`);
    const inner: Scope = { ...this.#copy(scope), depth: scope.depth + 1, rounds: scope.rounds * rounds };
    if (form === 2) this.#put(inner, `if (${i} >= ${most}) break;`);
    this.#put(inner, `sum += ${i};`);
    inner.variables.push(counter);
    this.#statements(inner, 3);
    this.#put(scope, "}");
  }

  /** Bytes of the packet behind an offset that is computed. */
  #atOffset(scope: Scope): void {
    if (!scope.packet) {
      this.#use(scope);
      return;
    }
    const offset = this.#bounded(scope, this.#pick([16, 32, 64]));
    const p = this.#name("p");
    const size = this.#pick([1, 2, 4, 8]);
    // From where the test at the beginning may not reach: clang drops a test that it implies, and is refused.
    this.#put(scope, `__u8 *${p} = (void *)in + ${40 + this.#below(24)} + ${offset};`);
    this.#put(scope, `if ((void *)(${p} + ${size}) > end) return sum;`);
    this.#put(scope, this.#pick([
      `sum += ${p}[${this.#below(size)}];`, `${p}[${this.#below(size)}] = sum;`, `sum += ${p}[0] << 8 | ${p}[${size - 1}];`,
    ]));
  }

  #buffer(scope: Scope): void {
    const buffer: Buffer = { name: this.#name("buffer"), size: this.#pick([8, 16, 32]) };
    this.#put(scope, `__u8 ${buffer.name}[${buffer.size}] = {${this.#chance(2) ? "" : " 1, 2, 3 "}};`);
    scope.buffers.push(buffer);
    if (!scope.packet) return;
    const length = this.#bounded(scope, buffer.size);
    this.#put(scope, this.#pick([
      `__builtin_memcpy(${buffer.name}, in, ${1 + this.#below(buffer.size)});`,
      `if (${length} > 0) bpf_xdp_load_bytes(ctx, ${this.#below(12)}, ${buffer.name}, ${length});`,
      `sum += bpf_xdp_load_bytes(ctx, ${this.#bounded(scope, 64)}, ${buffer.name}, ${length} + 1) == 0;`,
      `for (int k = 0; k < ${length}; k++) ${buffer.name}[k] = in->byte[k & 7];`,
    ]));
  }

  #call(scope: Scope): void {
    const value = this.#any(scope.values);
    const callee = this.#any(this.#subprograms.filter(({ takesValue }) => !takesValue || value !== undefined));
    if (callee === undefined || scope.rounds > 8) {
      const key = this.#name("key");
      this.#put(scope, `__u64 ${key} = ${this.#term(scope)}, *${key}p = bpf_map_lookup_elem(&sums, &${key});`);
      this.#put(scope, `if (${key}p) *${key}p += sum; else bpf_map_update_elem(&sums, &${key}, &${key}, BPF_ANY);`);
      return;
    }
    const [a, b] = callee.bounds.map((bound) => bound === undefined ? this.#term(scope) : this.#bounded(scope, bound));
    this.#put(scope, `sum += ${callee.name}(${a}, ${b}${callee.takesValue ? `, ${value}` : ""});`);
  }

  /** Records one behind the other, each with its length: options of a header. */
  #walk(scope: Scope): void {
    if (!scope.packet || this.#loops-- <= 0) {
      this.#use(scope);
      return;
    }
    const p = this.#name("p");
    const rounds = this.#pick([4, 6, 8]);
    this.#put(scope, `__u8 *${p} = (void *)in + ${8 * this.#below(8)};`);
    this.#put(scope, `for (int k = 0; k < ${rounds}; k++) {`);
    const inner: Scope = { ...this.#copy(scope), depth: scope.depth + 1, rounds: scope.rounds * rounds };
    this.#put(inner, `if ((void *)(${p} + 2) > end) break;`);
    const step = this.#name("x");
    this.#put(inner, `__u8 ${step} = ${p}[1]${this.#pick(["", " & 15", " >> 3"])};`);
    this.#put(inner, this.#pick([`if (${step} < 2) break;`, `if (${step} < 2) { ${p}++; continue; }`, `if (!${step}) ${step} = 2;`]));
    this.#put(inner, `sum += ${p}[0];`);
    this.#statements(inner, 2);
    this.#put(inner, `${p} += ${step};`);
    this.#put(scope, "}");
  }

  #inside(scope: Scope, rounds: number, values: readonly string[], most: number): void {
    const inner: Scope = { ...this.#copy(scope), depth: scope.depth + 1, rounds: scope.rounds * rounds };
    inner.values.push(...values);
    this.#put(inner, `sum += ${this.#term(inner)};`);
    if (scope.depth < 4) this.#statements(inner, 1 + this.#below(most));
  }

  /** Bounds found inside of a block are not known behind it. */
  #copy({ variables, values, buffers, packet, depth, rounds }: Scope): Scope {
    return {
      variables: variables.map((variable) => ({ ...variable })), values: [...values], buffers: [...buffers], packet, depth, rounds,
    };
  }

  #condition(scope: Scope): string {
    const one = (): string => {
      const variable = this.#any(scope.variables) ?? this.#read(scope);
      return `${variable.name} ${this.#pick(["<", ">", "==", "!=", "<=", ">=", "&"])} ${this.#below(40)}`;
    };
    const first = one();
    return this.#chance(2) ? first : `${this.#chance(3) ? "!" : ""}(${first}) ${this.#pick(["&&", "||"])} ${one()}`;
  }

  #term(scope: Scope): string {
    const variable = this.#any(scope.variables);
    return variable === undefined ? String(this.#below(100)) : this.#pick([variable.name, `(__u64)${variable.name} + 1`, "sum", "1"]);
  }

  #name(stem: string): string {
    return `${stem}${this.#names++}`;
  }

  #put({ depth }: Scope, line: string): void {
    this.#lines.push(line.startsWith("#") ? line : "  ".repeat(depth) + line);
  }

  /** True one time of so many. */
  #chance(times: number): boolean {
    return this.#below(times) === 0;
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#below(from.length)] as T;
  }

  #any<T>(from: readonly T[]): T | undefined {
    return from.length === 0 ? undefined : this.#pick(from);
  }
}
