// run -Wno-bpf -Wno-bpf-abi -mllvm -bpf-stack-size=1024
/* Variable arguments, and more arguments than registers in external functions and through pointers. */
#include <stdarg.h>
#include <stddef.h>

typedef unsigned char u8; typedef signed char s8; typedef long long s64; typedef unsigned long long u64;

static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
#define NOINLINE __attribute__((noinline))

struct empty { };
struct byte { u8 a; };
struct three { u8 a[3]; };
struct pair { s64 a; int b; };
struct large { int v[7]; };

static NOINLINE int sum(int n, ...)
{
	va_list list;
	int total = 0;

	va_start(list, n);
	for (int i = 0; i < n; i++)
		total += va_arg(list, int) * (i + 1);
	va_end(list);
	return total;
}

static int inlined(int n, ...)
{
	va_list list;

	va_start(list, n);
	int first = va_arg(list, int);
	int second = va_arg(list, int);
	va_end(list);
	return first * 10 + second;
}

/* Every kind of type; the list goes to another function, too. */
static NOINLINE s64 take(const char *kinds, va_list list)
{
	s64 total = 0;

	for (; *kinds != 0; kinds++) {
		switch (*kinds) {
		case 'i': total += va_arg(list, int); break;
		case 'u': total += va_arg(list, unsigned int); break;
		case 'l': total += va_arg(list, long); break;
		case 'p': total += *va_arg(list, int *); break;
		case '0': va_arg(list, struct empty); break;
		case '1': total += va_arg(list, struct byte).a; break;
		case '3': { struct three t = va_arg(list, struct three); total += t.a[0] + t.a[1] + t.a[2]; break; }
		case 'P': { struct pair p = va_arg(list, struct pair); total += p.a * p.b; break; }
		case 'L': total += va_arg(list, struct large).v[6]; break;
		case 'w': total += (s64)(va_arg(list, __int128) >> 64); break;
		}
	}
	return total;
}

NOINLINE s64 all(const char *kinds, ...)
{
	va_list list, copy;

	va_start(list, kinds);
	va_copy(copy, list);
	s64 once = take(kinds, list);
	s64 twice = take(kinds, copy);
	va_end(list);
	va_end(copy);
	return once == twice ? once : -1;
}

/* The fixed parameters fill the registers, and more. */
static NOINLINE int four(int a, int b, int c, int d, ...)
{
	va_list list;

	va_start(list, d);
	a = a * 10000 + b * 1000 + c * 100 + d * 10 + va_arg(list, int);
	va_end(list);
	return a;
}
NOINLINE int six(int a, int b, int c, int d, int e, int f, ...)
{
	va_list list;

	va_start(list, f);
	e = va_arg(list, int);
	a = a + b + c + d + e + f + va_arg(list, int);
	va_end(list);
	return a;
}
static NOINLINE struct large build(int n, ...)
{
	struct large r;
	va_list list;

	va_start(list, n);
	for (int i = 0; i < 7; i++)
		r.v[i] = i < n ? va_arg(list, int) : -1;
	va_end(list);
	return r;
}
static NOINLINE int unread(int a, ...) { return a + 1; }

/* A list in an object, moved on by whoever takes from it. */
struct cursor { va_list list; int taken; };
static NOINLINE int next(struct cursor *c)
{
	c->taken++;
	return va_arg(c->list, int);
}
static NOINLINE int through(int n, ...)
{
	struct cursor c = { .taken = 0 };
	int total = 0;

	va_start(c.list, n);
	while (c.taken < n)
		total = total * 10 + next(&c);
	va_end(c.list);
	return total;
}

static NOINLINE int depth(int n, ...)
{
	va_list list;

	va_start(list, n);
	int here = va_arg(list, int);
	va_end(list);
	return n == 0 ? here : depth(n - 1, here + 1) + here;
}

NOINLINE int external(int a, int b, int c, int d, int e, s8 f, u8 g) { return a + b + c + d + e + f * g; }
NOINLINE int backwards(int a, int b, int c, int d, int e, s8 f, u8 g) { return g - f; }
static NOINLINE int apply(int (*f)(int, int, int, int, int, s8, u8), int a) { return f(a, 2, 3, 4, 5, OPAQUE(-6), OPAQUE(200)); }
static NOINLINE int applyOld(int (*f)(), int a) { return f(a, 2, 3, 4, 5, 6, 7); }
static NOINLINE int old(a, b, c, d, e, f, g) int a, b, c, d, e, f, g; { return a * f + g; }
static NOINLINE int applyAny(int (*f)(int, ...), int a) { return f(a, 5, 6, 7); }
static NOINLINE struct large applyLarge(struct large (*f)(int, ...)) { return f(3, 5, 6, 7); }
int aliased(int a, int b, int c, int d, int e, s8 f, u8 g) __attribute__((alias("external")));

int test(void)
{
	CHECK(sum(0) == 0);
	CHECK(sum(3, 1, OPAQUE(2), 3) == 14);
	CHECK(sum(7, 1, 2, 3, 4, 5, OPAQUE(6), 7) == 140);
	CHECK(inlined(2, OPAQUE(4), 5) == 45);
	int seven = OPAQUE(7);
	struct pair p = { OPAQUE(5), 9 };
	struct three t = { { 1, OPAQUE(2), 3 } };
	struct byte b = { OPAQUE(200) };
	struct large l = { { 1, 2, 3, 4, 5, 6, OPAQUE(70) } };
	__int128 w = (__int128)OPAQUE(3) << 64 | 5;
	CHECK(all("i", -3) == -3);
	CHECK(all("u", -3) == 0xfffffffdll);
	CHECK(all("iulp", (s8)OPAQUE(-3), 4000000000u, 1l << 40, &seven) == -3 + 4000000000ll + (1ll << 40) + 7);
	CHECK(all("0i1i3i", (struct empty){ }, 1, b, 2, t, 3) == 1 + 200 + 2 + 6 + 3);
	CHECK(all("PiLwi", p, 1, l, w, 2) == 45 + 1 + 70 + 3 + 2);
	CHECK(four(1, 2, 3, 4, OPAQUE(5)) == 12345);
	CHECK(six(1, 2, 3, 4, 100, OPAQUE(6), 7, 8) == 1 + 2 + 3 + 4 + 7 + 6 + 8);
	struct large r = build(3, 4, 5, OPAQUE(6));
	CHECK(r.v[0] == 4 && r.v[2] == 6 && r.v[3] == -1 && r.v[6] == -1);
	CHECK(unread(1) == 2 && unread(1, 2, 3) == 2);
	CHECK(through(4, 1, 2, 3, OPAQUE(4)) == 1234);
	CHECK(depth(3, OPAQUE(1)) == 1 + 2 + 3 + 4);
	CHECK(external(1, 2, 3, 4, 5, OPAQUE(-6), OPAQUE(7)) == 15 - 42);
	CHECK(aliased(1, 2, 3, 4, 5, OPAQUE(-6), OPAQUE(7)) == 15 - 42);
	CHECK(apply(zero ? backwards : external, OPAQUE(1)) == 15 - 1200);
	CHECK(apply(zero ? external : backwards, OPAQUE(1)) == 206);
	CHECK(applyOld(zero ? (int (*)())unread : old, OPAQUE(3)) == 25);
	CHECK(applyAny(zero ? unread : sum, OPAQUE(3)) == 5 + 12 + 21);
	CHECK(applyAny(zero ? sum : unread, OPAQUE(3)) == 4);
	r = applyLarge(zero ? (struct large (*)(int, ...))unread : build);
	CHECK(r.v[0] == 5 && r.v[2] == 7 && r.v[3] == -1);
	return 0;
}
