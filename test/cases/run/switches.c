// run
/* Ranges of cases over the sign bit, and arrays of more slots than are promoted. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static __attribute__((noinline)) int wide(unsigned long x)
{
	switch (x) {
	case 1000000000000000000ul ... 9999999999999999999ul: return 19;
	case 0xfffffffffffffffful: return 1;
	default: return 20;
	}
}

static __attribute__((noinline)) int word(unsigned int x)
{
	switch (x) {
	case 0x7ffffff0u ... 0x8000000fu: return 1;
	case 0 ... 9: return 2;
	}
	return 3;
}

static __attribute__((noinline)) int narrow(signed char x)
{
	switch (x) {
	case -128 ... -1: return -1;
	case 0: return 0;
	case 1 ... 127: return 1;
	}
	return 9;
}

static __attribute__((noinline)) int many(int x)
{
#define FOUR(n) (n), (n) + x, (n) * 2, (n) - x
#define SIXTEEN(n) FOUR(n), FOUR(n + 1), FOUR(n + 2), FOUR(n + 3)
	short values[] = { SIXTEEN(0), SIXTEEN(4), SIXTEEN(8), SIXTEEN(12), SIXTEEN(16), SIXTEEN(20), SIXTEEN(24), SIXTEEN(28), SIXTEEN(32) };
	return values[0] + values[141] + values[143] + values[77];
}

int test(void)
{
	CHECK(wide(999999999999999999ul) == 20 && wide(1000000000000000000ul) == 19 && wide(1ul << 63) == 19);
	CHECK(wide(9999999999999999999ul) == 19 && wide(10000000000000000000ul) == 20 && wide(-1ul) == 1);
	CHECK(word(0x7fffffefu) == 3 && word(0x7ffffff0u) == 1 && word(0x8000000fu) == 1 && word(0x80000010u) == 3 && word(9) == 2);
	CHECK(narrow(-128) == -1 && narrow(0) == 0 && narrow(127) == 1);
	CHECK(many(1) == 0 + 36 + 34 + 20);
	return 0;
}
