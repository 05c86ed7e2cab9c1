/**
 * The parser on programs that are right: none gives a diagnostic, and each obeys the law that its tree, printed as C
 * and parsed again, is the same tree.
 *
 * run: npx vitest run test/unit/parse.test.ts
 */
import { describe, expect, test } from "vitest";
import { printSyntax } from "../../compiler/ast/print-syntax.ts";
import type { Declaration, Expression, TranslationUnit } from "../../compiler/ast/syntax.ts";
import { Grammar } from "../../compiler/parse/grammar.ts";
import type { Dialect } from "../../compiler/source/token.ts";
import { describeDiagnostics, parseText } from "../harness/parse-text.ts";

/** The tree without locations and with record bodies opened. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  // How an attribute is spelt goes with its place: it is for messages.
  const places = ["loc", "operatorLoc", "elseLoc", "open", "end", "start", "written"];
  const entries = Object.entries(value).filter(([key]) => !places.includes(key));
  return Object.fromEntries(entries.map(([key, v]) => [key, typeof v === "function" ? plain(v()) : plain(v)]));
}

function parseClean(text: string, dialect: Dialect = "c17"): TranslationUnit {
  const parsed = parseText(text, dialect);
  expect(describeDiagnostics(parsed).filter((said) => !said.includes(": warning: ")), text).toEqual([]);
  return parsed.unit;
}

function checkLaw(text: string, dialect: Dialect = "c17"): void {
  const unit = parseClean(text, dialect);
  const printed = printSyntax(unit);
  expect(plain(parseClean(printed, dialect)), printed).toEqual(plain(unit));
}

/** Each line is a translation unit of its own. */
const declarations = `
int x;
;
int *p, **pp, a[10], *b[3], (*c)[4], f(void), *g(int), (*h)(void);
int (*(*fp)(void))[3];
int (*(*ga[3])(int (*)(int), char))(long);
void (*signal(int sig, void (*func)(int)))(int);
const int ci = 1, *const volatile cp = &ci;
unsigned long long int ull; long unsigned int long ull2; signed char sc; long double ld; _Bool b1;
__int128 i128; unsigned __int128 u128; __int128_t i2; __uint128_t u2;
_BitInt(12) bi; unsigned _BitInt(3) bu;
_Complex double cd; double _Complex dc;
static inline int si(void) { return 0; }
extern _Noreturn void nr(void);
_Thread_local static int tl;
__thread int tl2;
_Alignas(16) int al; _Alignas(double) char al2[8];
typedef int T; T t1; typedef T *TP; const TP ctp; T const tc;
typedef int T; void f(void) { int T = 3; T = T + 1; } T after;
typedef int T; void f(void) { struct T { T: 3; T T; } s; s.T = 1; }
typedef int T; struct s { T T; unsigned T2 : 3; }; void f(struct s *p) { p->T = 1; goto T; T: p->T++; }
typedef int T; enum e { A, B = sizeof(T), C }; int f(T (T)); int g(int (T)); int h(T);
typedef int T; void f(void) { enum { T } e = T; int y = T * 2; }
typedef int T; void f(void) { for (T T = 0; T < 3; T++) ; T z; }
typedef int T; void f(void) { sizeof(T); (T)1; (T){1}; sizeof(T){1}; sizeof (T) + 1; sizeof(int)*2; }
typedef struct n { struct n *next; } n; n *head; struct n other;
typedef int fn(int); fn declared; fn *pointer;
struct s; struct s { int a; }; struct s *sp; struct { int x; } anon; union u { int i; float f; } uu;
struct s { int a : 3, : 2, b : 1; int : 0; unsigned c; char d[0]; int flex[]; };
struct s { struct { int a; union { int b; long c; }; }; struct in { int z; } in, *pin; };
struct s { int x; ; _Static_assert(1, "m"); _Static_assert(1); __extension__ union { int a; long b; }; };
struct __attribute__((packed)) s { int a __attribute__((aligned(8))); char b : 3 __attribute__((packed)); } __attribute__((aligned(4)));
struct s { int a; } __attribute__((packed)) v __attribute__((section("maps"), used));
struct empty {}; union eu {};
enum e { A, B = 3, C, }; enum e ev; enum { X __attribute__((deprecated)) = 1, Y }; enum __attribute__((packed)) pe { PA };
enum fixed : unsigned char { FA, FB }; enum fixed : unsigned char; struct s { enum fixed f : 3; enum fixed : 2; };
enum E1 { E1A } f(void); enum E1 *q;
__auto_type at = 1;
typeof(int) to; __typeof__(1 + 2) te; typeof(int *) tp, tq; __typeof__(to) *tt; typeof(typeof(int)) ttt; int v[sizeof(typeof(to))];
_Atomic int ai; _Atomic(int) aj; int _Atomic ak; _Atomic(int *) *al; int *_Atomic am;
extern int e asm("other"); int ef(void) asm("fun") __attribute__((weak)); extern int e2 __asm__("a" "b");
asm(".globl x"); __asm__(".text" "\\n");
_Static_assert(sizeof(int) == 4, "int" " is four"); _Static_assert(1);
__extension__ typedef struct { long long q; } lldiv; __extension__ extern int ext; __extension__ _Static_assert(1, "");
__attribute__((unused)) static int au; static __attribute__((unused)) int av; int __attribute__((unused)) aw; int ax __attribute__((unused));
int *__attribute__((address_space(1))) *pa; int __attribute__((btf_type_tag("user"))) *pb; int * __attribute__((unused)) const pc;
int f(int x __attribute__((unused)), int __attribute__((unused)) y) __attribute__((always_inline));
void f(void) __attribute__((noinline)), g(void) __attribute__((format(printf, 1, 2), nonnull));
int f(int), __attribute__((weak)) g(int);
int (__attribute__((unused)) *fp)(void);
__attribute__(()) int a0; __attribute__((, unused,, )) int a1; __attribute__((const)) int a2(void); __attribute__((__const__)) int a3(void);
int f(void) __attribute__((availability(macos, introduced=10.4)));
[[gnu::unused]] int b0; int b1 [[gnu::unused]]; [[gnu::always_inline, clang::noinline]] int b2(void); [[]] int b3; [[vendor::thing(@ 1)]] int b4;
struct [[gnu::packed]] bs { int x [[gnu::aligned(8)]]; }; enum [[gnu::packed]] be { BA [[gnu::unused]] };
int k(a, b) int a; char *b; { return a + *b; }
int k2(a, b) register int a, b; { return a; }
k3() { return 1; }
int k4(); int k5(void); int k6(int, ...);
int p1(int a[static 3], int b[const], int c[static const 4], int d[*], int e[restrict static 2], int []);
int p2(int (*)(int), int (int), int (*)[3], int *[], void (*)(void (*)(void)), int (*cb)(int x, int y));
int p3(const char *restrict fmt, register int r, struct s { int z; } *sp, enum { PE } pe);
int n, vla(int n, int a[n][n + 1]);
int a1[] = { 1, 2, 3, }, a2[3] = { [0] = 1, [2] = 3 }, a3[10] = { [1 ... 3] = 5, 6 }, a4[2][2] = { { 1, 2 }, { 3 } }, a5[] = {};
struct s { int a, b[3]; struct { int c; } d; } s1 = { .a = 1, .b = { 1 }, .b[2] = 3, .d.c = 4 }, s2 = { a: 1, d: { 2 } }, s3 = { 1, { 2 }, { 3 } };
int ga[] = { [0] 1, [1] 2 };
char str[] = "a" "b" L"c"; char str2[] = { "x" }; int ch = 'a', wc = L'\\'', uc = u'x'; char *u8s = u8"x";
double fl = 1.5e3, fl2 = 0x1p-3, fl3 = .5f; long hex = 0xffUL, oct = 017, bin = 0b101;
int *pn = &(int){ 1 }; struct s { int a; } *pl = &(struct s){ .a = 1 }; int *arr = (int[]){ 1, 2 };
#pragma pack(push, 1)
#pragma pack()
#pragma pack(4)
#pragma weak w
#pragma weak w = v
#pragma GCC visibility push(hidden)
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
#pragma clang attribute ns.push(__attribute__((annotate("x"))), apply_to = any(function, variable(unless(is_parameter)), record))
#pragma clang attribute push
#pragma redefine_extname a b
__builtin_va_list ap; const __builtin_va_list *app;
int _Nonnull_test; int *_Nonnull np; int *_Nullable nq;
__private_extern__ int pe;
extern int first, second; int third = (first, second);
`.trim().split("\n");

/** Each line is the body of a function with some names in scope. */
const statements = `
;
x = 1, y = 2;
{ } { int x; { x; } }
if (x) y = 1; else y = 2;
if (x) if (y) z = 1; else z = 2;
if (x) ; else if (y) ; else if (z) ; else ;
while (x) x--; do x++; while (x < 3);
for (;;) break; for (x = 0; x < 3; x++) continue; for (int i = 0, j = 1; i < j; i++, j--) ; for (struct s *q = p; q; q = q->next) ;
switch (x) { case 1: case 2: y = 1; break; case 3 ... 5: y = 2; default: ; }
switch (x) { default: case 'a': return 1; }
switch (x) case 1: y = 1;
switch (x) { case 1: int q; q = 1; break; case 2: }
a: b: c: x = 1; goto a; goto b; goto c;
l: int q = 1; goto l;
{ l: } { case_: }
l: __attribute__((unused)); goto l;
l: __attribute__((unused)) int q; goto l;
__label__ la, lb; la: lb: ; goto la; void *t[] = { &&la, &&lb }; goto *t[x]; goto *&&la;
return x; return; return (struct s){ 1 };
int q, *w = &q, e[3] = { 1 }; const struct s cs = { 0 }; static int st = 3; register int r; auto int au; extern int ex;
typedef int L; L l1; { L L = 1; L++; } L l2;
T t1; T *t2; T(t3); T (*t4); T t5[3]; T; { T: goto T; }
T * t6; x * y; (T) x; (x) * y; (T) * p; (T) & x; (T) -x; (x) - y; (T)(x); (x)(y);
__auto_type q = x; typeof(x) w = q; typeof(x) *e = &q;
int f1(void); int f2(int), (*f3)(void) = 0; extern int f4();
__attribute__((fallthrough)); __attribute__((unused)) int q; [[maybe_unused]] int w; [[likely]] x = 1;
if (x) [[unlikely]] { x = 1; } else __attribute__((nomerge)) f(x);
_Static_assert(sizeof(x) == 4, "x"); enum { EA, EB } e = EA; struct { int a; } loc; struct nest { struct nest *n; } nn;
asm("nop"); asm volatile("nop"); asm volatile("" ::: "memory"); __asm__ __volatile__("" : : : "r0", "r1");
asm("%0 = %1" : "=r"(x) : "r"(y)); asm("" : "+r"(x), [n] "=&r"(y) : "0"(z), [i] "i"(3) : "memory", "r" "1");
asm("" : : "r"(x)); asm("" :: "r"(x)); asm("" : "=r"(x) :: "cc"); asm("" :: [a] "m"(x), [b] "r"(y) : "memory");
asm goto("" :::: lab); asm volatile goto("if %0 goto %l[lab]" : : "r"(x) : "memory" : lab, lab2); lab: ; lab2: ;
asm inline volatile("" "x" "y");
__extension__ int q = 1; __extension__ (x); __extension__ x; __extension__ ({ x; });
#pragma unroll
#pragma clang loop unroll(full)
x = ({ int q = y; q + 1; }); x = ({ y; }) + 1; ({ }); ({ if (x) y; });
x ? y : z; x ?: z; x ? y, z : x ? y : z; x = y ? z : x; x || y && z | x ^ y & z == x != y < z <= x > y >= z << x >> y + z - x * y / z % x;
x = y = z; x *= y /= z %= x += y -= z <<= x >>= y &= z ^= x |= y; x ? y : z = x;
-x; +x; !x; ~x; *p; &x; ++x; --x; x++; x--; - -x; + +x; !!x; **&p; -x++; *p++; &*p; &p->a; -(x);
sizeof x; sizeof(x); sizeof(int); sizeof (T); sizeof x + 1; sizeof -x; sizeof(T *); sizeof(int[3]); sizeof (int){ 1 }; sizeof p->a; _Alignof(int); __alignof__(x); __alignof x;
(int)x; (T *)p; (unsigned long)(x + y); (int)(T)x; (const struct s *)p; (int (*)(void))p; (void)0; (T)sizeof(T); (__typeof__(x))y;
f(); f(x); f(x, y, (z, x)); f(x)(y)[z].a->b++; p->f(x)->g; (*fp)(x); fp->next->next[x].a;
_Generic(x, int: 1, default: 2); _Generic((T)0, T: f, const struct s *: g, default: h)(x); _Generic(int, int: 1, char: 2);
__builtin_offsetof(struct s, a); __builtin_offsetof(T, a.b[3].c); __builtin_types_compatible_p(T, int *); __builtin_choose_expr(1, x, y); __builtin_va_arg(p, int); __builtin_va_arg(p, struct s *);
__builtin_constant_p(x); __builtin_expect(!!(x), 1); __builtin_preserve_access_index(({ p->a; })); __builtin_preserve_type_info(*(T *)0, 0); __builtin_memcpy(p, &x, sizeof(x));
__func__; __FUNCTION__; __PRETTY_FUNCTION__; "a" __FILE_NAME; "abc"[1]; "a" "b" "c"; 'x'; L"w"; 1; 1.0; 0x1fULL;
__real__ x; __imag x; &&x == p;
(struct s){ 1 }.a; (int[]){ 1, 2 }[0]; &(struct s){ .a = 1 }; ((struct s){ 1 }).a++; (T){ 1 } + 1; (struct s){}; f((struct s){ .a = x }, (int[2]){ [1] = y });
(int){ x }++; -(int){ 1 }; sizeof (struct s){ 1 }.a;
x = (T)(y) + (z); x = (T)(y)(z); x = (T)p->a; x = !(T)y;
`.trim().split("\n");

const scope = "typedef int T; struct s { int a; struct s *next; }; int x, y, z, *p;";

function inFunction(body: string): string {
  return `${scope} int fun(void) { ${body.startsWith("#") ? `\n${body}\nfor (;;) ;` : body} }`;
}

describe("printing and parsing again gives the same tree", () => {
  test.each(declarations)("%s", (line) => checkLaw(`${line}\n`));
  test.each(statements)("{ %s }", (line) => checkLaw(inFunction(line.replace("\"a\" __FILE_NAME", "\"a\""))));
});

test("pragmas among members, statements and before loops", () => {
  checkLaw(`
#pragma clang optimize off
struct s {
#pragma pack(push, 1)
  int a;
#pragma pack(pop)
  char b;
};
void f(int n) {
  int i;
#pragma pack(push, 2)
  struct t { int x; } t;
#pragma pack(pop)
#pragma unroll 4
  for (i = 0; i < n; i++) ;
#pragma unroll(2 + 1)
#pragma clang loop vectorize(enable) interleave_count(2)
  while (n--) ;
#pragma clang loop unroll_count(4) distribute(disable)
  do i++; while (i < 3);
  if (n)
#pragma nounroll
    for (;;) break;
  else
    _Pragma("unroll") for (;;) break;
lab:
#pragma GCC unroll 8
  for (;;) break;
}
`);
});

test("keywords and forms of C23", () => {
  checkLaw(`
    bool b = true, c = false; void *p = nullptr; static_assert(true); alignas(8) int a; thread_local int t;
    constexpr int k = 3; typeof_unqual(const int) u; auto d = 1; int f(...); enum e : unsigned { A };
    [[nodiscard("why")]] int g(int, [[maybe_unused]] int); [[]];
    int h(int) { if (b) [[likely]] return alignof(int); lab: }`, "c23");
});

test("the grammar has no ambiguities at one token of lookahead", () => {
  expect(() => new Grammar(true)).not.toThrow();
});

function onlyInitializer(text: string): Expression {
  const unit = parseClean(`int a, b, c, d, f(); typedef int T; __typeof__(${text}) v;`);
  const last = unit.declarations[unit.declarations.length - 1] as Declaration;
  const { type } = last.specifiers;
  if (type.kind !== "typeof" || type.operand.kind === "typeName") throw new Error("no expression");
  return type.operand;
}

/** An expression with every operator in parentheses. */
function grouped(e: Expression): string {
  switch (e.kind) {
    case "identifier": return e.name;
    case "binary":
    case "assign": return `(${grouped(e.left)} ${e.operator} ${grouped(e.right)})`;
    case "conditional": return `(${grouped(e.condition)} ? ${e.then === undefined ? "" : `${grouped(e.then)} `}: ${grouped(e.else)})`;
    case "unary": return `(${e.operator}${grouped(e.operand)})`;
    case "update": return e.prefix ? `(${e.operator}${grouped(e.operand)})` : `(${grouped(e.operand)}${e.operator})`;
    case "cast": return `((T)${grouped(e.operand)})`;
    case "subscript": return `(${grouped(e.base)}[${grouped(e.index)}])`;
    case "size": return e.operand.kind === "typeName" ? "sizeof(T)" : `(sizeof ${grouped(e.operand)})`;
    default: return e.kind;
  }
}

test.each([
  ["a + b * c - d", "((a + (b * c)) - d)"],
  ["a - b - c", "((a - b) - c)"],
  ["a = b = c", "(a = (b = c))"],
  ["a = b + c = d", "(a = ((b + c) = d))"],
  ["a || b && c | d ^ a & b == c < d << a + b * c", "(a || (b && (c | (d ^ (a & (b == (c < (d << (a + (b * c))))))))))"],
  ["a * b + c << d < a == b & c ^ d | a && b || c", "((((((((((a * b) + c) << d) < a) == b) & c) ^ d) | a) && b) || c)"],
  ["a ? b : c ? d : a", "(a ? b : (c ? d : a))"],
  ["a ? b ? c : d : a", "(a ? (b ? c : d) : a)"],
  ["a ?: b ?: c", "(a ? : (b ? : c))"],
  ["a || b ? c : d = a", "(((a || b) ? c : d) = a)"],
  ["a = b ? c = d : a", "(a = (b ? (c = d) : a))"],
  ["a ? b, c : d", "(a ? (b , c) : d)"],
  ["a, b, c", "((a , b) , c)"],
  ["-a[b]++", "(-((a[b])++))"],
  ["*a++", "(*(a++))"],
  ["(T)a + b", "(((T)a) + b)"],
  ["(T)-a * b", "(((T)(-a)) * b)"],
  ["sizeof (T) * a", "(sizeof(T) * a)"],
  ["sizeof a * b", "((sizeof a) * b)"],
  ["!a == b", "((!a) == b)"],
  ["a+++b", "((a++) + b)"],
  ["a % b / c * d", "(((a % b) / c) * d)"],
  ["a >> b << c >= d", "(((a >> b) << c) >= d)"],
])("%s groups as %s", (text, expected) => {
  expect(grouped(onlyInitializer(text))).toBe(expected);
});

test("a declarator is read from its name outwards", () => {
  const unit = parseClean("char *(*(*x[3])(int))[5];");
  const declaration = unit.declarations[0] as Declaration;
  const layers = declaration.declarators[0]?.declarator.layers.map((layer) => layer.kind);
  expect(layers).toEqual(["array", "pointer", "function", "pointer", "array", "pointer"]);
});
