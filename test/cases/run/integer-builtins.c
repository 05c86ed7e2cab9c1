// run
/* Builtins that are made of ordinary operations: alignment, carries, elements of vectors. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
typedef int v4 __attribute__((vector_size(16)));
typedef unsigned char b8 __attribute__((vector_size(8)));
typedef signed char s8 __attribute__((vector_size(8)));
typedef long l2 __attribute__((vector_size(16)));

static volatile int at = 1;
static _Alignas(64) char bytes[128];
static int calls;
static int next(void) { return ++calls; }
_Static_assert(__builtin_is_aligned(64, 16) && !__builtin_is_aligned(24, 16), "");
static unsigned up = __builtin_align_up(17u, 16);
static long down = __builtin_align_down(-17l, 16);

static int alignment(void)
{
	CHECK(up == 32 && down == -32);
	CHECK(__builtin_align_up(at + 16, 8) == 24 && __builtin_align_down(at + 16, 8) == 16 && __builtin_align_up(at + 15, 8) == 16);
	CHECK(__builtin_is_aligned(bytes, 64) && !__builtin_is_aligned(bytes + at, 2) && __builtin_is_aligned(at - 1, 1 << at));
	CHECK(__builtin_align_up(bytes + at, 32) == bytes + 32 && __builtin_align_up(bytes + 32 * at, 32) == bytes + 32);
	const short *p = (const short *)bytes + 33;
	CHECK(__builtin_align_down(p, 64) == (const short *)(bytes + 64) && __builtin_align_up(p, 64) == (const short *)(bytes + 128));
	CHECK(sizeof __builtin_align_up((char)3, 2) == 1 && sizeof *__builtin_align_up(p, 4) == 2);
	CHECK(__builtin_align_up((unsigned char)(at + 254), 16) == 0 && __builtin_align_up(next(), 4) == 4 && calls == 1);
	unsigned long size = at + 31;
	CHECK(__builtin_align_up(100ul * at, size) == 128);
	return 0;
}

static int carries(void)
{
	unsigned char c8;
	unsigned short c16;
	unsigned c32;
	unsigned long c64;
	CHECK(__builtin_addcb(255, at, 0, &c8) == 0 && c8 == 1 && __builtin_addcb(254, 0, at, &c8) == 255 && c8 == 0);
	CHECK(__builtin_addcb(255, 255, at, &c8) == 255 && c8 == 1 && __builtin_subcb(0, 255, at, &c8) == 0 && c8 == 1);
	CHECK(__builtin_addcs(65535, 0, at, &c16) == 0 && c16 == 1 && __builtin_subcs(5, 3, at, &c16) == 1 && c16 == 0);
	CHECK(__builtin_addc(~0u, ~0u, at, &c32) == ~0u && c32 == 1 && __builtin_subc(at, 1, 1, &c32) == ~0u && c32 == 1);
	CHECK(__builtin_addcl(~0ul, at, 0, &c64) == 0 && c64 == 1 && __builtin_subcl(at, 1, c64, &c64) == ~0ul && c64 == 1);
	unsigned long low = __builtin_addcl(0x8000000000000000, 0x8000000000000000 + at, 0, &c64);
	CHECK(low == 1 && __builtin_addcl(5, 6, c64, &c64) == 12 && c64 == 0);
	return 0;
}

static int elements(void)
{
	v4 a = { at, -2, 30, -40 }, b = { 5, -6, 7, at * 8 };
	v4 most = __builtin_elementwise_max(a, b), least = __builtin_elementwise_min(a, b), plain = __builtin_elementwise_abs(a);
	CHECK(most[0] == 5 && most[1] == -2 && most[3] == 8 && least[2] == 7 && least[3] == -40 && plain[3] == 40 && plain[0] == 1);
	b8 u = { 250, 3, 128, 255 }, w = { 10, 4, 128, 1 };
	b8 sum = __builtin_elementwise_add_sat(u, w), less = __builtin_elementwise_sub_sat(w, u);
	CHECK(sum[0] == 255 && sum[1] == 7 && sum[2] == 255 && less[0] == 0 && less[1] == 1 && less[2] == 0);
	s8 s = { 100, -100, 127, -128 }, t = { 100, -100, -1, 1 };
	s8 both = __builtin_elementwise_add_sat(s, t), apart = __builtin_elementwise_sub_sat(s, t);
	CHECK(both[0] == 127 && both[1] == -128 && both[2] == 126 && both[3] == -127 && apart[2] == 127 && apart[3] == -128);
	CHECK(__builtin_elementwise_add_sat(2147483647, at) == 2147483647 && __builtin_elementwise_sub_sat(-2l, (long)(~0ul >> 1)) == 1l << 63);
	CHECK(__builtin_elementwise_max(at, 3l) == 3 && __builtin_elementwise_min(-at, 3) == -1 && __builtin_elementwise_abs(-5 * at) == 5);
	CHECK(__builtin_elementwise_bitreverse(u)[1] == 0xc0 && __builtin_elementwise_bitreverse((unsigned)at) == 0x80000000);
	CHECK(__builtin_reduce_add(a) == -11 && __builtin_reduce_mul(b) == -1680 && __builtin_reduce_max(a) == 30 && __builtin_reduce_min(a) == -40);
	CHECK(__builtin_reduce_or(u) == 255 && __builtin_reduce_and(w) == 0 && __builtin_reduce_xor(w) == (10 ^ 4 ^ 128 ^ 1) && __builtin_reduce_add(u) == 124);
	l2 l = { 1l << 40, at };
	CHECK(__builtin_reduce_add(l) == (1l << 40) + 1 && __builtin_reduce_max(l) == 1l << 40);
	return 0;
}

int test(void)
{
	int failed = alignment();
	if (failed == 0) failed = carries();
	return failed == 0 ? elements() : failed;
}
