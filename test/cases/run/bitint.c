// run
/* _BitInt of every width: wrapping, no promotion, conversions, memory, bit-fields, calls. */
typedef _BitInt(100) s100; typedef unsigned _BitInt(100) u100; typedef unsigned _BitInt(17) u17; typedef _BitInt(17) s17;
typedef unsigned _BitInt(65) u65; typedef _BitInt(128) s128; typedef unsigned _BitInt(128) u128; typedef unsigned _BitInt(3) u3;
typedef _BitInt(37) s37; typedef unsigned _BitInt(37) u37; typedef unsigned _BitInt(64) u64;

static volatile int zero = 0;
#define OPAQUE(x) ((__typeof__(x))((x) + (__typeof__(x))zero))
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static s100 stored = -12345678901234567;
static u17 narrow[3] = { 1, 0x1ffff, 70000 };
struct s { char c; s37 a; s100 b; u3 d; };
static struct s object = { 1, -2, -3, 5 };
struct f { s37 a : 20; u100 b : 90; s100 c : 33; u3 d : 2; };

__attribute__((noinline)) static s100 twice(s100 v) { return v * 2; }
__attribute__((noinline)) static u3 next(u3 v) { return v + (u3)1; }
__attribute__((noinline)) static s17 half(s17 v) { return v / (s17)2; }

int test(void)
{
	u3 t = 7;
	CHECK(next(OPAQUE(t)) == 0);
	t += (u3)2;
	CHECK(t == 1 && (u3)(t - (u3)2) == 7);
	CHECK((u3)~t == 6 && sizeof(u3) == 1);
	s17 a = OPAQUE((s17)65535);
	CHECK(a == 65535 && half(-a) == -32767);
	CHECK((s17)OPAQUE((u17)0x1ffff) == -1);
	u17 b = (u17)OPAQUE(0x3ffff);
	CHECK(b == 0x1ffff && ++b == 0 && --b == 0x1ffff);
	CHECK((b >> 16) == 1 && (u17)(b << 16) == 0x10000);
	CHECK(narrow[OPAQUE(1)] == 0x1ffff && narrow[2] == 70000 && sizeof(u17) == 4);
	s37 c = OPAQUE((s37)1 << 35);
	CHECK(c > 0 && (s37)((u37)c * (u37)2) < 0 && sizeof(s37) == 8);
	u65 d = (u65)OPAQUE(0x7fffffffffffffffll) * (u65)4;
	CHECK(d == (((u65)1 << 64) | 0xfffffffffffffffcull) && (d >> 64) == 1);
	CHECK((u65)(d + d) == (((u65)1 << 64) | 0xfffffffffffffff8ull));
	CHECK((u65)-OPAQUE((u65)1) >> 64 == 1);
	s100 e = OPAQUE((s100)1) << 98;
	CHECK(e > 0 && (s100)((u100)e * (u100)2) < 0 && (s100)((u100)e << 1) >> 99 == -1);
	CHECK((u100)e == (u100)1 << 98 && (u100)(s100)-1 == ((u100)1 << 99) - (u100)1 + ((u100)1 << 99));
	CHECK(twice(stored) == -24691357802469134 && stored / 1000 == -12345678901234 && stored % 1000 == -567);
	stored *= (s100)OPAQUE(1000000);
	CHECK(stored / 1000000 == -12345678901234567);
	CHECK((s100)OPAQUE(-5) < 0 && (u100)OPAQUE(-5) > 0 && (u100)(unsigned)OPAQUE(-5) == 4294967291u);
	CHECK((int)(s100)OPAQUE(-5) == -5 && (long long)(u100)OPAQUE(-5) == -5 && (__int128)(s100)OPAQUE(-5) == -5);
	CHECK((__int128)(u100)OPAQUE(-5) > 0 && (u100)(__int128)OPAQUE(-5) == (u100)-5);
	CHECK((u128)OPAQUE(-1) / (u128)3 % 1000 == 485);
	CHECK((s128)OPAQUE(-7) / 2 == -3 && (s128)OPAQUE(-7) % 2 == -1);
	CHECK((u64)OPAQUE(-1) / 3 == 0x5555555555555555ull);
	CHECK(object.a == -2 && object.b == -3 && object.d == 5 && object.c == 1 && sizeof(object) == 40);
	struct s copy = object;
	copy.b += copy.a;
	copy.d++;
	CHECK(copy.b == -5 && copy.d == 6);
	struct f g = { -1, (u100)1 << 89, -4, 3 };
	CHECK(g.a == -1 && g.b >> 89 == 1 && g.c == -4 && g.d == 3);
	g.b += g.b;
	g.a = (s37)OPAQUE(0x7ffff);
	g.d++;
	CHECK(g.b == 0 && g.a == 0x7ffff && g.c == -4 && g.d == 0);
	g.b = (u100)OPAQUE(-1);
	CHECK(g.b == ((u100)1 << 90) - (u100)1);
	union { unsigned long long raw[2]; s100 v; u17 n; } u = { { -1, -1 } };
	u.raw[OPAQUE(1)] = 0x8000000000000000ull + OPAQUE(3);
	CHECK(u.n == 0x1ffff || u.n == 0 || u.n == 3);
	_Bool truth = (s100)OPAQUE(4) << 80;
	CHECK(truth == 1 && (e ? 1 : 0) && !(e ^ e));
	return 0;
}
