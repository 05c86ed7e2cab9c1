// run
/* Atomic minimum and maximum: widths, signs, old and new values, neighbours left alone. */
typedef unsigned char u8; typedef signed char s8; typedef unsigned short u16; typedef short s16;
typedef unsigned int u32; typedef unsigned long long u64; typedef long long s64;

static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

#if __BPF_CPU_VERSION__ >= 3
enum small { few = -3, many = 40 };
struct s { u8 a; s8 b; u16 c; s16 d; _Bool e; u32 f; int g; u64 h; s64 i; enum small j; _Atomic int k; };
static struct s object = { 200, -100, 60000, -20000, 1, 4000000000u, -2000000000, 1ull << 63, -(1ll << 62), many, -4 };

static int narrow(void)
{
	CHECK(__atomic_fetch_min(&object.a, OPAQUE(100), 5) == 200 && object.a == 100 && object.b == -100);
	CHECK(__atomic_fetch_min(&object.a, OPAQUE(201), 5) == 100 && object.a == 100 && object.b == -100);
	CHECK(__atomic_fetch_max(&object.a, OPAQUE(129), 5) == 100 && object.a == 129 && object.b == -100);
	CHECK(__atomic_max_fetch(&object.b, OPAQUE(-101), 5) == -100 && object.b == -100 && object.a == 129);
	CHECK(__atomic_max_fetch(&object.b, OPAQUE(3), 5) == 3 && object.b == 3 && object.c == 60000);
	CHECK(__atomic_min_fetch(&object.b, OPAQUE(-128), 0) == -128 && object.b == -128 && object.a == 129);
	CHECK(__atomic_min_fetch(&object.c, OPAQUE(1), 0) == 1 && object.c == 1 && object.d == -20000 && object.b == -128);
	CHECK(__atomic_fetch_max(&object.c, OPAQUE(65535), 0) == 1 && object.c == 65535 && object.d == -20000);
	CHECK(__atomic_fetch_max(&object.d, OPAQUE(-20001), 0) == -20000 && object.d == -20000 && object.e == 1);
	CHECK(__atomic_fetch_min(&object.d, OPAQUE(-32768), 0) == -20000 && object.d == -32768 && object.c == 65535);
	CHECK(__atomic_min_fetch(&object.e, OPAQUE(0), 0) == 0 && !object.e && __atomic_max_fetch(&object.e, OPAQUE(2), 0) == 1);
	CHECK(object.e == 1 && object.f == 4000000000u && object.d == -32768);
	return 0;
}

static int words(void)
{
	CHECK(__atomic_fetch_min(&object.f, OPAQUE(7), 5) == 4000000000u && object.f == 7);
	CHECK(__atomic_max_fetch(&object.f, OPAQUE(-1), 5) == 0xffffffff && object.f == 0xffffffff && object.g == -2000000000);
	CHECK(__atomic_max_fetch(&object.g, OPAQUE(-5), 5) == -5 && object.g == -5 && object.f == 0xffffffff);
	CHECK(__atomic_fetch_min(&object.g, OPAQUE(6), 5) == -5 && object.g == -5);
	CHECK(__atomic_fetch_max(&object.h, OPAQUE(1ull), 5) == 1ull << 63 && object.h == 1ull << 63);
	CHECK(__atomic_min_fetch(&object.h, OPAQUE(1ull << 40), 5) == 1ull << 40 && object.h == 1ull << 40);
	CHECK(__atomic_min_fetch(&object.i, OPAQUE(-(1ll << 62) + 1), 5) == -(1ll << 62) && object.i == -(1ll << 62));
	CHECK(__atomic_fetch_max(&object.i, OPAQUE(1ll << 33), 5) == -(1ll << 62) && object.i == 1ll << 33 && object.j == many);
	CHECK(__atomic_min_fetch(&object.j, OPAQUE(few), 5) == few && object.j == few);
	CHECK(__c11_atomic_fetch_max(&object.k, OPAQUE(-6), 5) == -4 && __c11_atomic_fetch_min(&object.k, OPAQUE(-6), 5) == -4);
	CHECK(object.k == -6 && __has_builtin(__atomic_max_fetch) && !__has_builtin(__c11_atomic_max_fetch));
	int *next = &object.g;
	CHECK(__atomic_fetch_max(next++, OPAQUE(9), 5) == -5 && next == &object.g + 1 && object.g == 9);
	return 0;
}

int test(void)
{
	int line = narrow();
	return line != 0 ? line : words();
}
#else
int test(void) { return OPAQUE(0); }
#endif
