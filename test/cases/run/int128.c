// run
/* Integers of 128 bits: arithmetic, shifts, comparisons, conversions, memory, calls. */
typedef __int128 s128; typedef unsigned __int128 u128;
typedef unsigned long long u64; typedef long long s64; typedef unsigned int u32;

static volatile int zero = 0;
static volatile u64 zero64 = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
#define U(hi, lo) (((u128)(hi) << 64) | (u64)(lo))

static u128 global = U(0x0123456789abcdefull, 0xfedcba9876543210ull);
static s128 table[3] = { -1, 5, (s128)1 << 100 };
struct mixed { char c; s128 wide; short s; };
static struct mixed placed = { 1, -7, 2 };
struct fields { u128 a : 70; s128 b : 50; s128 c : 100; u128 d : 3; };

__attribute__((noinline)) static u128 product(u64 a, u128 b) { return a * b; }
__attribute__((noinline)) static s128 chosen(int n, s128 a, s128 b) { return n > 0 ? a : b; }
__attribute__((noinline)) static int length(u128 v)
{
	int n = 0;
	while (v) { n++; v >>= 1; }
	return n;
}
__attribute__((noinline)) static int which(s128 v)
{
	switch (v) {
	case 0: return 1;
	case -1: return 2;
	case ((s128)1 << 80): return 3;
	case 100 ... 200: return 4;
	case -((s128)1 << 90) ... -((s128)1 << 70): return 5;
	default: return 6;
	}
}

int test(void)
{
	u128 a = OPAQUE(U(1, 0xffffffffffffffffull)), b = OPAQUE(U(0, 1));
	CHECK(a + b == U(2, 0));
	CHECK(U(2, 0) - OPAQUE((u128)1) == a);
	CHECK((u64)((a + b) >> 64) == 2);
	CHECK(-b == U(-1, -1));
	CHECK(~a == U(-2, 0));
	CHECK((b - a) >> 127 == 1);
	u128 m = OPAQUE(U(0x0123456789abcdefull, 0xfedcba9876543210ull));
	CHECK(m == global);
	CHECK((u64)(m * m) == 0xfedcba9876543210ull * 0xfedcba9876543210ull);
	CHECK(m * 3 == m + m + m);
	CHECK((u128)(u64)-1 * OPAQUE((u64)-1) == U(0xfffffffffffffffeull, 1));
	CHECK(product(OPAQUE(10), m) == (m << 3) + (m << 1));
	CHECK((m & U(-1, 0)) == U(0x0123456789abcdefull, 0));
	CHECK((m | U(-1, 0)) == U(-1, 0xfedcba9876543210ull));
	CHECK((m ^ m) == 0 && !(m ^ m) && (m ? 1 : 0) == 1 && !!m);
	for (int n = 0; n < 128; n++) {
		u128 bit = (u128)1 << n;
		CHECK(length(bit) == n + 1);
		CHECK((bit >> n) == 1);
		CHECK((m << n) >> n == (n ? m & (((u128)1 << (128 - n)) - 1) : m));
		CHECK((s128)(bit << (127 - n)) >> (127 - n) == (n ? (s128)-1 << n : (s128)-1));
	}
	CHECK((m << OPAQUE(64)) == U(0xfedcba9876543210ull, 0));
	CHECK((m >> OPAQUE(64)) == 0x0123456789abcdefull);
	CHECK((m << OPAQUE(7)) >> 124 == 9);
	CHECK((m >> (u128)OPAQUE(68)) == 0x00123456789abcdeull);
	CHECK((1u << (u128)OPAQUE(5)) == 32);

	s128 n = OPAQUE((s128)-5), p = OPAQUE((s128)1 << 90);
	CHECK(n < 0 && n < p && p > n && n <= -5 && n >= -5 && n != p && !(n == p));
	CHECK((u128)n > (u128)p && !((u128)n < (u128)p));
	CHECK(a > b && b < a && a >= b && b <= a);
	CHECK(U(5, 1) > U(5, OPAQUE(0)) && U(5, OPAQUE(1)) <= U(5, 1));
	CHECK(n >> 1 == -3 && n >> OPAQUE(100) == -1);
	CHECK((s64)n == -5 && (int)n == -5 && (unsigned char)n == 251 && (_Bool)n && (u64)n == (u64)-5);
	CHECK((_Bool)(p) == 1 && (_Bool)(p ^ p) == 0);
	CHECK((s128)OPAQUE(-3) == -3 && (u128)OPAQUE(-3) == U(-1, -3) && (u128)(u32)OPAQUE(-3) == 4294967293u);
	CHECK((s128)(s64)OPAQUE(-3) + 3 == 0);
	CHECK((void *)(u128)OPAQUE(64) == (void *)64 && (u128)(u64)(void *)(u64)OPAQUE(64) == 64);

	CHECK(n / 2 == -2 && n % 2 == -1 && n / -2 == 2 && n % -2 == -1 && -n / 2 == 2 && -n % -2 == 1);
	CHECK(m / 10 * 10 + m % 10 == m && m % 10 < 10);
	CHECK(m / U(1, OPAQUE(0)) == 0x0123456789abcdefull && m % U(1, OPAQUE(0)) == 0xfedcba9876543210ull);
	CHECK(U(-1, -1) / OPAQUE((u128)3) == U(0x5555555555555555ull, 0x5555555555555555ull));
	CHECK(U(-1, -1) / U(-1, OPAQUE(-2)) == 1 && U(-1, -1) % U(-1, OPAQUE(-2)) == 1);
	CHECK((u128)OPAQUE(100) / 7 == 14 && (u128)OPAQUE(100) % 7 == 2);
	CHECK(((s128)1 << 126) / OPAQUE(-3) == -(((s128)1 << 126) / 3));

	u128 x = m;
	x += 1; x -= 2; x *= 5; x /= 5; x ^= 3; x |= 1; x &= ~(u128)2;
	CHECK(x == ((((m - 1) ^ 3) | 1) & ~(u128)2));
	x <<= 3; x >>= 3; x %= 1000;
	CHECK(x < 1000);
	x = (u64)-1;
	CHECK(x++ == (u64)-1 && x == U(1, 0) && --x == (u64)-1 && x-- == (u64)-1 && ++x == (u64)-1);
	int i = OPAQUE(7);
	i += (s128)1 << 40;
	CHECK(i == 7);
	i <<= (s128)2;
	CHECK(i == 28);
	i -= (s128)30;
	CHECK(i == -2);
	u64 q = OPAQUE((u64)-1);
	q = (u128)q * q >> 64;
	CHECK(q == (u64)-2);
	q /= (u128)2;
	CHECK(q == 0x7fffffffffffffffull);

	CHECK(table[OPAQUE(0)] == -1 && table[OPAQUE(1)] == 5 && table[OPAQUE(2)] >> 100 == 1);
	table[OPAQUE(1)] = chosen(i, 1, -2);
	CHECK(table[1] == -2 && chosen(OPAQUE(1), (s128)3 << 70, 0) == (s128)3 << 70);
	CHECK(placed.wide == -7 && placed.c == 1 && placed.s == 2 && sizeof placed == 48 && _Alignof(s128) == 16);
	struct mixed copy = placed, *pointer = &copy;
	pointer->wide *= OPAQUE(-3);
	CHECK(copy.wide == 21 && placed.wide == -7);
	s128 local[2] = { n, [1] = p };
	CHECK(local[OPAQUE(0)] == n && local[OPAQUE(1)] == p);
	volatile u128 watched = m;
	watched += 1;
	CHECK(watched == m + 1);
	CHECK((OPAQUE(0) ? p : n) == n && (n ?: p) == n && ((n ^ n) ?: p) == p);
	CHECK(((void)0, p) == p && ({ s128 t = p; t + 1; }) == p + 1);
	struct fields w = { .a = -1, .b = -2, .c = -3, .d = 9 };
	CHECK(w.a == ((u128)1 << 70) - 1 && w.b == -2 && w.c == -3 && w.d == 1);
	w.a = m; w.c = OPAQUE((s128)1 << 98); w.b = OPAQUE(77);
	CHECK(w.a == (m & (((u128)1 << 70) - 1)) && w.c == (s128)1 << 98 && w.b == 77 && w.d == 1);
	CHECK((w.c = (s128)1 << 99) == -((s128)1 << 99));
	w.c += 1; w.d++;
	CHECK(w.c == -((s128)1 << 99) + 1 && w.d == 2 && w.b-- == 77 && w.b == 76);

	CHECK(which(OPAQUE((s128)0)) == 1 && which(n + 4) == 2 && which((s128)OPAQUE(1) << 80) == 3 && which(OPAQUE(150)) == 4);
	CHECK(which(-((s128)OPAQUE(1) << 80)) == 5 && which(-((s128)OPAQUE(1) << 60)) == 6 && which(201 + OPAQUE(0)) == 6);
	int loops = 0;
	for (u128 z = U(0, -3); z < U(1, 3); z++) loops++;
	CHECK(loops == 6);
	while (n++ < 0) loops++;
	CHECK(loops == 11 && n == 1);
	if (p && !(p >> 91)) loops = 0;
	CHECK(loops == 0 && (p > 0 || zero64));
	return 0;
}
