// run
/* More arguments than registers: functions of the unit take the others from their caller's stack. */
typedef unsigned char u8; typedef signed char s8; typedef unsigned long long u64; typedef long long s64;

static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

struct pair { u64 a, b; };
struct large { int v[6]; };

__attribute__((noinline)) static int six(int a, int b, int c, int d, int e, int f)
{
	return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f;
}
static inline int sixth(int a, int b, int c, int d, int e, int *f) { return *f += a + b + c + d + e; }
__attribute__((always_inline)) static inline int always(int a, int b, int c, int d, int e, s8 f, u8 g) { return f + g; }
__attribute__((noinline)) static s64 kinds(s8 a, u8 b, short c, int *d, s64 e, s8 f, u8 g, _Bool h, int *i, u64 j, struct pair k)
{
	*i += f;
	return a + b + c + *d + e + f + g + h + *i + (s64)j + (s64)k.a * (s64)k.b;
}
__attribute__((noinline)) static struct large build(int a, int b, int c, int d, int e, struct large f)
{
	struct large r = { { a, b, c, d, e, f.v[5] } };
	return r;
}
__attribute__((noinline)) static u64 down(u64 n, u64 a, u64 b, u64 c, u64 d, u64 e, u64 sum)
{
	return n == 0 ? sum : down(n - 1, b, c, d, e, a, sum * 2 + a);
}
__attribute__((noinline)) static int changes(int a, int b, int c, int d, int e, int f, int g)
{
	f = f + g;
	g++;
	int *p = &f;
	*p += g;
	return f;
}
static int old(a, b, c, d, e, f, g) int a, b, c, d, e, f; u8 g; { return f * 1000 + g; }

/* Prototypes before old definitions, of the parameters' own types and of mixed ones. */
__attribute__((noinline)) int narrow(char, short, _Bool);
__attribute__((noinline)) int narrow(c, s, b) char c; short s; _Bool b; { return c * 100 + s * 10 + b; }
__attribute__((noinline)) int mixed(int, unsigned char);
__attribute__((noinline)) int mixed(c, u) char c; unsigned char u; { return c + u; }

int test(void)
{
	CHECK(six(OPAQUE(1), 2, 3, OPAQUE(4), 5, OPAQUE(6)) == 1 + 4 + 9 + 16 + 25 + 36);
	int sum = OPAQUE(3);
	CHECK(sixth(1, 2, 3, OPAQUE(4), 5, &sum) == 18 && sum == 18);
	CHECK(always(1, 2, 3, 4, 5, OPAQUE(-128), OPAQUE(255)) == 127);
	int five = OPAQUE(5), seven = OPAQUE(7);
	struct pair p = { OPAQUE(11), 13 };
	CHECK(kinds(OPAQUE(-1), 200, -300, &five, 1ll << 40, OPAQUE(-2), OPAQUE(250), OPAQUE(1), &seven, 9, p)
		== -1 + 200 - 300 + 5 + (1ll << 40) - 2 + 250 + 1 + 5 + 9 + 143);
	CHECK(seven == 5);
	struct large l = { { 0, 0, 0, 0, 0, OPAQUE(6) } };
	l = build(1, 2, 3, 4, OPAQUE(5), l);
	for (int i = 0; i < 6; i++) CHECK(l.v[i] == i + 1);
	CHECK(down(OPAQUE(5), 1, 2, 3, 4, 5, 0) == 16 + 16 + 12 + 8 + 5);
	CHECK(changes(1, 2, 3, 4, 5, OPAQUE(6), OPAQUE(7)) == 21);
	CHECK(old(1, 2, 3, 4, 5, OPAQUE(6), OPAQUE(263)) == 6007);
	CHECK(six(six(1, 0, 0, 0, 0, 0), six(0, 1, 0, 0, 0, 0), 0, 0, 0, six(0, 0, 0, 0, 0, OPAQUE(1))) == 1 + 4 + 36);
	CHECK(narrow(257 + zero, 65539, 8) == 131 && mixed(258, 511) == 257);
	return 0;
}
