// run
/* Checked arithmetic of mixed widths and signs. */
static volatile int zero;
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

int test(void)
{
	long big = 0x7fffffffffffffff + zero, small = -big - 1;
	unsigned long top = -1ul + zero;
	int i; unsigned u; short s; unsigned short us; long l; unsigned long ul; signed char c;

	CHECK(!__builtin_add_overflow(big, small, &i) && i == -1);
	CHECK(__builtin_add_overflow(big, small, &u) && u == -1u);
	CHECK(!__builtin_add_overflow(top, -1l + zero, &ul) && ul == -2ul);
	CHECK(__builtin_add_overflow(top, 1 + zero, &ul) && ul == 0);
	CHECK(__builtin_add_overflow(top, zero, &l) && l == -1);
	CHECK(!__builtin_add_overflow(small, top, &l) && l == big);
	CHECK(__builtin_sub_overflow(zero, 1u + zero, &ul) && ul == -1ul);
	CHECK(!__builtin_sub_overflow(zero, top >> 1, &l) && l == -big);
	CHECK(__builtin_sub_overflow(zero, top, &l) && l == 1);
	CHECK(!__builtin_sub_overflow(top, small, &ul) == 0 && ul == 0x7fffffffffffffff);
	CHECK(__builtin_mul_overflow(small, -1 + zero, &l) && l == small);
	CHECK(!__builtin_mul_overflow(small, -1 + zero, &ul) && ul == 1ul << 63);
	CHECK(!__builtin_mul_overflow(1ul << 63, 1 + zero, &ul) && ul == 1ul << 63);
	CHECK(!__builtin_mul_overflow(top, 1 + zero, &ul) && ul == top);
	CHECK(__builtin_mul_overflow(top, -1 + zero, &l) && l == 1);
	CHECK(!__builtin_mul_overflow(top >> 1, -1 + zero, &l) && l == -big);
	CHECK(__builtin_mul_overflow(top, top, &l) && l == 1);
	CHECK(!__builtin_mul_overflow(200l + zero, 300ul, &us) && us == 60000);
	CHECK(__builtin_mul_overflow(200l + zero, 300ul, &s) && s == -5536);
	CHECK(!__builtin_sub_overflow(100ul + zero, 228ul, &c) && c == -128);
	CHECK(__builtin_sub_overflow(100ul + zero, 229ul, &c) && c == 127);
	CHECK(!__builtin_mul_overflow(-3 + zero, 4u, &i) && i == -12);
	CHECK(__builtin_mul_overflow(-1u + zero, -1u, &l) && l == -0x1ffffffffl);
	return 0;
}
