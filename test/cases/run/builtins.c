// run
/* Builtins: bits, bytes, memory, checked arithmetic, hints. */
static volatile int zero = 0;
static volatile long lzero = 0;
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

int test(void)
{
	CHECK(__builtin_bswap16(0x1234 + zero) == 0x3412);
	CHECK(__builtin_bswap32(0x12345678 + zero) == 0x78563412);
	CHECK(__builtin_bswap64(0x0102030405060708 + lzero) == 0x0807060504030201);
	CHECK(__builtin_popcount(0xf0f0 + zero) == 8 && __builtin_popcountll(-1ll + lzero) == 64);
	CHECK(__builtin_clz(1 + zero) == 31 && __builtin_clzll(1ll + lzero) == 63 && __builtin_clz(-1 + zero) == 0);
	CHECK(__builtin_ctz(8 + zero) == 3 && __builtin_ctzll((1ll << 40) + lzero) == 40);
	CHECK(__builtin_ffs(zero) == 0 && __builtin_ffs(8 + zero) == 4 && __builtin_parity(7 + zero) == 1);
	CHECK(__builtin_abs(-5 + zero) == 5);
	char a[16], b[16];
	__builtin_memset(a, 0x5a + zero, sizeof a);
	CHECK(a[0] == 0x5a && a[15] == 0x5a);
	__builtin_memcpy(b, a, sizeof b);
	CHECK(b[7 + zero] == 0x5a && __builtin_memcmp(a, b, 16) == 0);
	b[9] = 0x60;
	CHECK(__builtin_memcmp(a, b, 16) < 0 && __builtin_memcmp(b, a, 16) > 0 && __builtin_memcmp(a, b, 9) == 0);
	__builtin_memmove(b + 1, b, 10);
	CHECK(b[10] == 0x60 && b[9] == 0x5a);
	int r; unsigned u; long l; unsigned long ul;
	CHECK(__builtin_add_overflow(0x7fffffff + zero, 1, &r) == 1 && r == (int)0x80000000);
	CHECK(__builtin_add_overflow(5 + zero, 1, &r) == 0 && r == 6);
	CHECK(__builtin_sub_overflow(3u + zero, 4u, &u) == 1 && u == -1u);
	CHECK(__builtin_mul_overflow(0x10000u + zero, 0x10000u, &u) == 1 && u == 0);
	CHECK(__builtin_mul_overflow(-3 + zero, 7, &r) == 0 && r == -21);
	CHECK(__builtin_mul_overflow(1ul << 33, (1ul << 33) + lzero, &ul) == 1);
	CHECK(__builtin_mul_overflow(1l << 31, (1l << 31) + lzero, &l) == 0 && l == 1l << 62);
	CHECK(__builtin_mul_overflow(-1l + lzero, (-0x7fffffffffffffffl - 1), &l) == 1);
	CHECK(__builtin_add_overflow(0x7fffffffffffffffl + lzero, 1l, &l) == 1);
	if (__builtin_expect(zero, 0)) return __LINE__;
	CHECK(__builtin_constant_p(3) == 1);
	CHECK(__builtin_types_compatible_p(int, int) && __builtin_choose_expr(1, 2, 3) == 2);
	CHECK(__builtin_annotation(zero + 7, "seven") == 7 && sizeof __builtin_annotation(a[0], "byte") == 1);
	CHECK(__builtin_COLUMN() == 8 && __builtin_flt_rounds() == 1);
	CHECK(__builtin_classify_type(1.0 + 1i) == 9 && __builtin_classify_type(a) == 5);
	CHECK(__builtin_offsetof(struct { char c; long l; }, l) == 8);
	return 0;
}
