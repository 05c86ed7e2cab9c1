// run
/* Integer arithmetic: promotion, conversion, wrapping, shifts, division. */
typedef unsigned char u8; typedef signed char s8; typedef unsigned short u16; typedef short s16;
typedef unsigned int u32; typedef unsigned long long u64; typedef long long s64;

static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

int test(void)
{
	u8 a = OPAQUE(250), b = OPAQUE(10);
	CHECK(a + b == 260);
	CHECK((u8)(a + b) == 4);
	a += b;
	CHECK(a == 4);
	s8 c = OPAQUE(127);
	c++;
	CHECK(c == -128);
	CHECK((u8)c == 128);
	CHECK(c >> 1 == -64);
	u16 h = OPAQUE(0xffff);
	h <<= 4;
	CHECK(h == 0xfff0);
	CHECK(~h == (int)0xffff000f);

	u32 x = OPAQUE(0x80000000u);
	CHECK(x >> 31 == 1);
	CHECK((int)x < 0);
	CHECK((s64)(int)x == -2147483648LL);
	CHECK((u64)x == 0x80000000ull);
	CHECK(x + x == 0);
	u64 y = x;
	CHECK(y + y == 0x100000000ull);
	CHECK((u32)(y * 3) == 0x80000000u);
	CHECK(y * y == 1ull << 62);
	CHECK((u64)OPAQUE(7) / 2 == 3 && (u64)OPAQUE(7) % 4 == 3);
	CHECK((u32)OPAQUE(-1) / 16 == 0x0fffffff);
	CHECK((u32)OPAQUE(-1) % 1000 == 4294967295u % 1000);
	CHECK(-OPAQUE(5) == -5);
	CHECK(!OPAQUE(5) == 0 && !OPAQUE(0) == 1);
	CHECK((OPAQUE(-1) < 0u) == 0);
	CHECK((OPAQUE(-1) < 0) == 1);
	CHECK((s64)OPAQUE(-1) < 0);
	CHECK((_Bool)OPAQUE(2) == 1);
	_Bool t = OPAQUE(256);
	CHECK(t == 1);
	t = !t;
	CHECK(t == 0);
	int n = OPAQUE(3);
	CHECK(n++ == 3 && n == 4 && ++n == 5 && n-- == 5 && --n == 3);
	CHECK((n = 9, n + 1) == 10);
	CHECK((n ? 4 : 5) == 4 && (n ?: 5) == 9);
	CHECK((1u << OPAQUE(31)) == 0x80000000u);
	CHECK((1ull << OPAQUE(40)) >> 38 == 4);
	CHECK((-1LL >> OPAQUE(40)) == -1);
	CHECK((u32)((u64)OPAQUE(-1) >> 32) == 0xffffffffu);
	CHECK(((u64)(u32)OPAQUE(-1) >> 32) == 0);
	return 0;
}
