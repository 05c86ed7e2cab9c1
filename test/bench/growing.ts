/**
 * C programs that grow: each takes a size n and gives a source whose interesting dimension is n. What a compiler does
 * with them should take time in proportion to n; a stage that does not shows when n doubles. test/unit/scale.test.ts
 * compiles them; `npm run bench -- --scale` tells the times.
 */

/** n copies of what `line` makes, one per line. */
function repeat(n: number, line: (i: number) => string): string {
  let text = "";
  for (let i = 0; i < n; i++) text += `${line(i)}\n`;
  return text;
}

const prelude = `typedef unsigned int u32;
typedef unsigned long long u64;
struct packet { u32 len, mark, protocol, hash, cb[5]; };
static u32 (*random_number)(void) = (void *)7;
static u64 (*now)(void) = (void *)5;
static long (*load_bytes)(const void *, u32, void *, u32) = (void *)26;
`;

/** A program section with one function of this body; it may read its context \`p\`. */
function program(body: string, before = ""): string {
  return `${prelude}${before}__attribute__((section("tc"), used)) int run(struct packet *p)\n{\n${body}}\n`;
}

export interface Growing {
  readonly name: string;
  /** The largest n at which the program is still one that people might generate. */
  readonly limit: number;
  readonly source: (n: number) => string;
}

export const growing: readonly Growing[] = [
  {
    name: "if-else", limit: 4000,
    source: (n) => program(`u32 s = p->len;\n${repeat(n, (i) => `if (p->hash > ${i}) s += ${i}; else s ^= ${i * 3};`)}return s;\n`),
  },
  {
    name: "returns", limit: 4000,
    source: (n) => program(`${repeat(n, (i) => `if (p->hash == ${i * 7}) return ${i % 5};`)}return 0;\n`),
  },
  {
    name: "else-if", limit: 4000,
    source: (n) => program(`u32 s;\n${repeat(n, (i) => `if (p->hash == ${i * 5}) s = p->mark + ${i}; else`)}s = 0;\nreturn s;\n`),
  },
  {
    name: "same-ends", limit: 4000,
    source: (n) => program(`u32 s = 0;
switch (p->hash) {
${repeat(n, (i) => `case ${i * 3}: s = p->mark + ${i % 7}; p->cb[${i % 5}] = s; break;`)}}
return s;\n`),
  },
  {
    name: "switch", limit: 20000,
    source: (n) => program(`switch (p->hash) {\n${repeat(n, (i) => `case ${i * 3}: p->mark = ${i}; break;`)}}\nreturn 0;\n`),
  },
  {
    name: "switch-dense", limit: 20000,
    source: (n) => program(`u32 s = 0;
switch (p->hash) {\n${repeat(n, (i) => `case ${i}: s = p->len * ${i}; ${i % 3 === 0 ? "" : "break;"}`)}}\nreturn s;\n`),
  },
  {
    name: "switch-nested", limit: 4000,
    source: (n) => program(`switch (p->hash) {
${repeat(n / 8, (i) => `case ${i}: switch (p->len) { ${repeat(8, (k) => `case ${k + i}: p->mark = ${k}; break;`)} } break;`)}}
return 0;\n`),
  },
  {
    name: "locals", limit: 4000,
    source: (n) => program(`${repeat(n, (i) => `u32 v${i} = p->cb[${i % 5}] + ${i};`)}u32 s = 0;
${repeat(n, (i) => `s += v${i};`)}return s;\n`),
  },
  {
    name: "pressure", limit: 400,
    source: (n) => program(`${repeat(n, (i) => `u32 v${i} = random_number();`)}u32 s = 0;
${repeat(n, (i) => `s = s * 3 + v${n - 1 - i} * v${(i * 7) % n};`)}return s;\n`),
  },
  {
    name: "pressure-phi", limit: 32,
    source: (n) => program(`${repeat(n, (i) => `u32 v${i} = p->cb[${i % 5}] >> ${i % 31};`)}
for (u32 k = 0; k < 100; k++) {
${repeat(n, (i) => `if (p->hash & ${1 << (i % 31)}) v${i} += v${(i + 1) % n}; else v${i} ^= k;`)}}
u32 s = 0;
${repeat(n, (i) => `s ^= v${i};`)}return s;\n`),
  },
  {
    name: "helper-calls", limit: 4000,
    source: (n) => program(`u64 s = 0;\n${repeat(n, (i) => `s += random_number() * ${i}u;`)}return s;\n`),
  },
  {
    name: "helper-slots", limit: 2000,
    source: (n) => program(`u32 s = 0;
${repeat(n, (i) => `{ u32 w[2]; if (load_bytes(p, ${i}, w, 8) < 0) return 2; s += w[1]; }`)}return s;\n`),
  },
  {
    name: "calls", limit: 2000,
    source: (n) => program(`u32 s = 0;\n${repeat(n, (i) => `s = step(p, s + ${i});`)}return s;\n`,
      "static __attribute__((noinline)) u32 step(struct packet *p, u32 x) { return x * p->len; }\n"),
  },
  {
    name: "inlined", limit: 2000,
    source: (n) => program(`u32 s = 0;\n${repeat(n, (i) => `s = step(p, s + ${i});`)}return s;\n`,
      "static inline __attribute__((always_inline)) u32 step(struct packet *p, u32 x) { return x > 9 ? x * p->len : x; }\n"),
  },
  {
    name: "inline-chain", limit: 2000,
    source: (n) => program(`return f${n - 1}(p, 1);\n`, `static inline u32 f0(struct packet *p, u32 x) { return x + p->len; }
${repeat(n - 1, (i) => `static inline u32 f${i + 1}(struct packet *p, u32 x) { return f${i}(p, x ^ p->cb[${i % 5}]) + 1; }`)}`),
  },
  {
    name: "functions", limit: 4000,
    source: (n) => `${prelude}${repeat(n, (i) =>
      `__attribute__((section("tc/${i % 50}"))) int run${i}(struct packet *p) { return p->len > ${i} ? p->mark : ${i}; }`)}`,
  },
  {
    name: "statements", limit: 8000,
    source: (n) => program(`u32 a = 1, b = 2, c = 3;
${repeat(n, (i) => `a = b * ${i} + c; b = c ^ (a >> ${i % 31}); c += p->cb[${i % 5}];`)}return a + b + c;\n`),
  },
  {
    name: "stores", limit: 4000,
    source: (n) => program(`u32 w[64];
${repeat(n, (i) => `w[${(i * 7) % 64}] = p->cb[${i % 5}] + ${i}; w[p->len & 63] ^= ${i};`)}return load_bytes(p, 0, w, sizeof w);\n`),
  },
  {
    name: "volatile", limit: 8000,
    source: (n) => program(`volatile u32 x = 1;\n${repeat(n, (i) => `x += ${i};`)}return x;\n`),
  },
  {
    name: "globals", limit: 4000,
    source: (n) => program(`u32 s = 0;\n${repeat(n, (i) => `s += g${i}++;`)}return s;\n`, repeat(n, (i) => `u32 g${i} = ${i};`)),
  },
  {
    name: "members", limit: 8000,
    source: (n) => program(`struct wide *w = (void *)(long)p->len;\nu32 s = 0;
${repeat(n, (i) => `s += w->m${i};`)}return s;\n`, `struct wide {\n${repeat(n, (i) => `u32 m${i};`)}};\n`),
  },
  {
    name: "records", limit: 4000,
    source: (n) => program(`struct r${n - 1} *r = (void *)(long)p->len;\nreturn r->a;\n`,
      `struct r0 { u32 a; };\n${repeat(n - 1, (i) => `struct r${i + 1} { u32 a; struct r${i} *next; };`)}`),
  },
  {
    name: "array", limit: 100000,
    source: (n) => program("return table[p->len];\n", `const u32 table[] = {\n${repeat(n, (i) => `${i},`)}};\n`),
  },
  {
    name: "array-local", limit: 64,
    source: (n) => program(`u32 t[] = {\n${repeat(n, (i) => `p->cb[${i % 5}],`)}};\nreturn t[p->len & ${n - 1}];\n`),
  },
  {
    name: "array-records", limit: 20000,
    source: (n) => program("return table[p->len].a;\n", `struct e { u32 a; const char *b; struct { u32 c, d; } e; };
struct e table[] = {\n${repeat(n, (i) => `[${i}] = { .a = ${i}, .e = { ${i}, .d = 1 } },`)}};\n`),
  },
  {
    name: "pointers", limit: 4000,
    source: (n) => program("return *table[p->len];\n",
      `${repeat(n, (i) => `u32 g${i} = ${i};`)}u32 *table[] = {\n${repeat(n, (i) => `&g${i},`)}};\n`),
  },
  {
    name: "string", limit: 1000000,
    source: (n) => program("return text[p->len];\n", `const char text[] = "${"abcdefgh".repeat(n / 8)}";\n`),
  },
  {
    name: "strings", limit: 8000,
    source: (n) => program("return text[p->len];\n", `const char text[] =\n${repeat(n, (i) => `"part ${i}\\n"`)};\n`),
  },
  {
    name: "macros", limit: 20000,
    source: (n) => `${repeat(n, (i) => `#define M${i}(x) ((x) + ${i})`)}${program(`return M0(M${n - 1}(p->len));\n`)}`,
  },
  {
    name: "macro-chain", limit: 4000,
    source: (n) => `#define M0 1\n${repeat(n - 1, (i) => `#define M${i + 1} M${i}`)}${program(`return M${n - 1};\n`)}`,
  },
  {
    name: "macro-uses", limit: 8000,
    source: (n) => `#define MAX(a, b) ((a) > (b) ? (a) : (b))
${program(`u32 s = 0;\n${repeat(n, (i) => `s = MAX(s, MAX(p->len, ${i}));`)}return s;\n`)}`,
  },
  {
    name: "conditionals", limit: 20000,
    source: (n) => `${repeat(n, (i) => `#if defined(X${i}) || ${i} > 3\n#else\n#endif`)}${program("return 0;\n")}`,
  },
  {
    name: "sum", limit: 2000,
    source: (n) => program(`return ${repeat(n, (i) => `p->cb[${i % 5}] * ${i} +`)}1;\n`),
  },
  {
    name: "sum-of-two", limit: 20000,
    source: (n) => program(`u32 a = p->len, b = p->mark;\nreturn ${repeat(n, (i) => `${i % 2 === 0 ? "a" : "b"} +`)}1;\n`),
  },
  {
    name: "rounds", limit: 20000,
    source: (n) => program(`u32 x = p->len, y = 0;\n${repeat(n, (i) => `y = y * ${i} + x;`)}return y;\n`),
  },
  {
    name: "call-chain", limit: 2000,
    source: (n) => program(`return f${n - 1}(p, 1);\n`, `int f0(struct packet *p, u32 x) { return x + p->len; }
${repeat(n - 1, (i) => `__attribute__((noinline)) int f${i + 1}(struct packet *p, u32 x) { return f${i}(p, x) + p->mark; }`)}`),
  },
  {
    name: "undeclared", limit: 8000,
    source: (n) => program(`${repeat(n, (i) => `x${i} = 1;`)}return 0;\n`),
  },
  {
    name: "passed-strings", limit: 8000,
    source: (n) => program(`${repeat(n, (i) => `print("text ${i}", 8);`)}return 0;\n`,
      "static long (*print)(const char *, u32, ...) = (void *)6;\n"),
  },
  {
    name: "parentheses", limit: 250,
    source: (n) => program(`return ${"(".repeat(n)}p->len${" + 1)".repeat(n)};\n`),
  },
  {
    name: "conditions", limit: 20000,
    source: (n) => program(`if (${repeat(n, (i) => `p->hash == ${i * 3} ||`)}0) return 1;\nreturn 0;\n`),
  },
  {
    name: "both-conditions", limit: 2000,
    source: (n) => program(`u32 a = p->hash, b = p->len;
if (${repeat(n, (i) => `(a > ${i} && b != ${i}) ||`)}0) return 1;\nreturn 0;\n`),
  },
  {
    name: "conditional-chain", limit: 200,
    source: (n) => program(`u32 h = p->hash;\nreturn ${repeat(n, (i) => `h == ${i} ? p->cb[${i % 5}] :`)}0;\n`),
  },
  {
    name: "unrolled", limit: 2000,
    source: (n) => program(`u32 s = 0;\n#pragma unroll\nfor (int i = 0; i < ${n}; i++) s = s * 3 + p->cb[i % 5];\nreturn s;\n`),
  },
  {
    name: "unrolled-branches", limit: 2000,
    source: (n) => program(`u32 s = 0;
#pragma unroll\nfor (int i = 0; i < ${n}; i++) { if (p->hash == i) break; s += p->cb[i % 5]; }\nreturn s;\n`),
  },
  {
    name: "loops", limit: 2000,
    source: (n) => program(`u32 s = 0;\n${repeat(n, (i) => `for (u32 i = 0; i < p->len; i++) s += i * ${i};`)}return s;\n`),
  },
  {
    name: "loops-nested", limit: 60,
    source: (n) => program(`u32 s = 0;
${repeat(n, (i) => `for (u32 i${i} = 0; i${i} < p->cb[${i % 5}]; i${i}++) {`)}s++;\n${"}".repeat(n)}\nreturn s;\n`),
  },
  {
    name: "gotos", limit: 5000,
    source: (n) => program(`u32 s = p->len;
${repeat(n, (i) => `l${i}: s = s * 5 + ${i}; if (s & ${1 << (i % 30)}) goto l${(i * 17 + 5) % n};`)}return s;\n`),
  },
  {
    name: "exits", limit: 4000,
    source: (n) => program(`u32 s = 0;\n${repeat(n, (i) => `s += random_number(); if (s == ${i}) goto out;`)}return 1;
out: return s;\n`),
  },
  {
    name: "enumerators", limit: 20000,
    source: (n) => program(`return e${n - 1};\n`, `enum e {\n${repeat(n, (i) => `e${i},`)}};\n`),
  },
  {
    name: "declarations", limit: 20000,
    source: (n) => program("return 0;\n", repeat(n, (i) => `typedef u32 t${i}; extern t${i} x${i}; t${i} f${i}(t${i} a, u32 b);`)),
  },
  {
    name: "maps", limit: 1000,
    source: (n) => program("return 0;\n", repeat(n, (i) => `struct { int (*type)[1]; u32 *key; u64 *value; int (*max_entries)[${i + 1}]; }
m${i} __attribute__((section(".maps"), used));`)),
  },
  {
    name: "comments", limit: 100000,
    source: (n) => `${repeat(n, (i) => `/* line ${i} of the licence */ // and more`)}${program("return 0;\n")}`,
  },
  {
    name: "warnings", limit: 4000,
    source: (n) => program(`${repeat(n, (i) => `int v${i}; p->len == ${i};`)}return 0;\n`),
  },
  {
    name: "nested-blocks", limit: 200,
    source: (n) => program(`u32 s = 0;\n${repeat(n, (i) => `if (p->cb[${i % 5}] > s) { u32 t${i} = s; s += ${i};`)}${"}".repeat(n)}\nreturn s;\n`),
  },
  {
    name: "all-conditions", limit: 20000,
    source: (n) => program(`if (${repeat(n, (i) => `p->hash != ${i * 3} &&`)}1) return 1;\nreturn 0;\n`),
  },
  {
    name: "case-labels", limit: 20000,
    source: (n) => program(`switch (p->hash) {\n${repeat(n, (i) => `case ${i * 3}:`)}p->mark = 1; }\nreturn 0;\n`),
  },
  {
    name: "case-chain", limit: 20000,
    source: (n) => program(`switch (p->hash) {\n${repeat(n, (i) => `case ${i * 3}: ;`)}p->mark = 1; }\nreturn 0;\n`),
  },
  {
    name: "computed-gotos", limit: 2000,
    source: (n) => program(`static void *to[] = { ${repeat(n, (i) => `&&l${i},`)} };
u32 s = p->len;
${repeat(n, (i) => `l${i}: s = s * 5 + ${i}; goto *to[s % ${n}];`)}return s;\n`),
  },
  {
    name: "gotos-back", limit: 5000,
    source: (n) => program(`u32 s = p->len;
${repeat(n, (i) => `l${i}: s = s * 5 + ${i}; if (s & ${1 << (i % 30)}) goto l${i >> 1};`)}return s;\n`),
  },
  {
    name: "wide-quotients", limit: 1000,
    source: (n) => program(`unsigned __int128 s = p->len, t = (unsigned __int128)p->hash << 64 | p->mark;
${repeat(n, (i) => `s += t / (s + ${i + 1});`)}return s;\n`),
  },
  {
    name: "wide-remainders", limit: 1000,
    source: (n) => program(`__int128 s = p->len, t = (__int128)p->hash << 64 | p->mark;
${repeat(n, (i) => `s += t % (s + ${i + 1});`)}return s;\n`),
  },
  {
    name: "unused-locals", limit: 20000,
    source: (n) => program(`${repeat(n, (i) => `char v${i};`)}return 0;\n`),
  },
  {
    name: "bytes-in-blocks", limit: 8000,
    source: (n) => program(`u32 s = 0;\n${repeat(n, (i) => `{ volatile char c = p->len; if (c > ${i % 100}) s += c; }`)}return s;\n`),
  },
  {
    name: "parameters", limit: 20000,
    source: (n) => program("return 0;\n", `void wide(${repeat(n, (i) => `int a${i},`)}int last);\n`),
  },
  {
    name: "unrolled-loops", limit: 500,
    source: (n) => program(`u32 s = 0;
${repeat(n, (i) => `_Pragma("unroll") for (u32 i = 0; i < 4; i++) s = s * ${i} + p->cb[i];`)}return s;\n`),
  },
];
