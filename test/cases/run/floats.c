// run
/* Floating-point arithmetic that folds at compile time, at every level: constants, variables, loops, calls, memory. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
typedef unsigned int u32; typedef unsigned long long u64; typedef long long s64;

static volatile int zero = 0;
static double one = 1.0;
const double not_a_number = 1.0 / 0.0 - 1.0 / 0.0;
double table[4] = { 0.5, 0x1p-3, -1e3, .25f };
u64 integers[2];

static int round_off(double x) { return (int)(x < 0 ? x - 0.5 : x + 0.5); }
static double average(double a, double b) { return (a + b) / 2; }
static void set(double *to, double value) { if (to) *to = value; }
__attribute__((noinline)) static void fill(void) { for (int i = 0; i < 2; i++) integers[i] = (float)i * 3.5f; }
static u64 bits(double d) { union { double d; u64 u; } u = { d }; return u.u; }
static u32 bits_of_float(float f) { u32 u; __builtin_memcpy(&u, &f, 4); return u; }
static int known_order(double x, double y)
{
	if (x < y) {
		if (x >= y) return 1;
		if (__builtin_isunordered(x, y)) return 2;
		if (!(y > x)) return 3;
	}
	return x == y && x != y ? 4 : 0;
}

int test(void)
{
	double x = 1.5, y = 2;
	x += y * 2 - 0.25;
	CHECK(x == 5.25);
	x++; --x; x = -x;
	CHECK(x < -5 && x <= -5.25 && x != 5.25 && !(x > y) && y >= 2);
	CHECK((int)x == -5 && (u32)-x == 5u && (char)(y * 50) == 100);
	CHECK((x ? 1 : 2) == 1 && !(x - x) && (_Bool)0.1 == 1);
	CHECK((y ?: 7.0) == 2.0 && (0.0 ?: 7.0) == 7.0);
	CHECK(round_off(2.5) == 3 && round_off(-2.5) == -3);
	CHECK(average(one, 4) == 2.5);
	double sum = 0;
	for (int i = 0; i < 10; i++) sum += i * 0.5;
	CHECK(sum == 22.5);
	float eps = 1;
	int steps = 0;
	while (1.0f + eps != 1.0f) { eps /= 2; steps++; }
	CHECK(steps == 24);
	double set_there;
	set(&set_there, 55.5);
	CHECK(set_there == 55.5);
	fill();
	CHECK(integers[0] == 0 && integers[1] == 3);

	/* Rounding: once, to nearest, ties to even. */
	CHECK(bits(0.1 + 0.2) == 0x3fd3333333333334ull);
	CHECK(bits_of_float(0.1f) == 0x3dcccccdu && bits_of_float(0.1f * 3) == 0x3e99999au);
	CHECK(bits_of_float((float)0x1.000001p0) == 0x3f800000u && bits_of_float((float)0x1.000003p0) == 0x3f800002u);
	CHECK(bits_of_float((float)0x8000008000000001ull) == 0x5f000001u);
	CHECK(bits_of_float(1.00000005960464477539062500001f) == 0x3f800001u);
	CHECK(bits((double)0x8000000000000401ull) == 0x43e0000000000001ull);
	CHECK(bits((double)((unsigned __int128)1 << 100)) == 0x4630000000000000ull);
	CHECK((unsigned __int128)0x1p100 >> 90 == 1024 && (__int128)-0x1p70 == -((__int128)1 << 70));
	CHECK(bits(4.9e-324) == 1 && bits_of_float(1e-45f) == 1);
	CHECK(bits(1e308 * 10) == 0x7ff0000000000000ull && bits_of_float((float)1e39) == 0x7f800000u);
	CHECK((s64)-9.75 == -9 && (u64)0x1p63 == 1ull << 63 && (s64)-0x1p63 == -0x7fffffffffffffffll - 1);

	/* Zeros, infinities, NaN. */
	double minus_zero = -0.0, inf = __builtin_inf(), nan = __builtin_nan("");
	CHECK(minus_zero == 0 && bits(minus_zero) == 1ull << 63 && bits(minus_zero + 0.0) == 0);
	CHECK(1 / minus_zero == -inf && inf + 1 == inf && inf - inf != 0);
	CHECK(nan != nan && !(nan == nan) && !(nan < 1) && !(nan >= 1) && !(not_a_number < x));
	CHECK(nan ? 1 : 0);
	CHECK(__builtin_isnan(nan) && __builtin_isinf(-inf) && !__builtin_isfinite(inf) && __builtin_isnormal(x));
	CHECK(!__builtin_isnormal(0x1p-1060) && !__builtin_isnormal(0x1p-140f) && __builtin_isnormal(0x1p-126f));
	CHECK(__builtin_signbit(minus_zero) && !__builtin_signbit(0.0) && __builtin_signbit(-__builtin_nanf("")));
	CHECK(__builtin_fabs(x) == 5.25 && bits(__builtin_fabs(-0.0)) == 0);
	CHECK(__builtin_copysign(3.0, minus_zero) == -3 && __builtin_copysignf(-1, 2) == 1);
	CHECK(__builtin_isless(1, y) && !__builtin_isgreater(nan, y) && !__builtin_islessgreater(y, 2));
	CHECK(known_order(1, 2) == 0 && known_order(nan, 2) == 0);

	/* What needs no arithmetic works at run time too: moves, signs, classes; so do comparisons of converted integers. */
	double d = table[zero + 2];
	CHECK(bits(d) == bits(-1000.0) && bits(-d) == bits(1000.0));
	CHECK(!__builtin_isnan(d) && __builtin_isnormal(d) && __builtin_signbit(d));
	CHECK(bits(__builtin_fabs(d)) == bits(1e3));
	int i = zero + 7;
	CHECK((double)i > 6.5 && (double)i < 7.25 && (double)i == 7 && (double)i != 7.5 && (double)i < 1e300);
	CHECK((int)(double)i == 7 && (float)(zero) == 0);
	double chosen = zero ? (double)i : 0.0;
	CHECK(!chosen && (zero ? 1.5 : 2.5) > 2);
	return 0;
}
