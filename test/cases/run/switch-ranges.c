// run
/* Case ranges over the sign bit and the whole of a type, on every width; declarations and loops among the cases. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)

static int of_unsigned(unsigned x)
{
	switch (x) {
	case 0 ... 5: return 1;
	case 0x7ffffff0 ... 0x8000000f: return 2;
	case 0xfffffff0u ... 0xffffffffu: return 3;
	default: return 4;
	}
}

static int of_char(signed char c)
{
	switch (c) {
	case -128 ... -100: return 1;
	case -1: return 2;
	case 0: return 3;
	case 100 ... 127: return 4;
	case 200: return 5;
	}
	return 6;
}

static int of_long(unsigned long x)
{
	switch (x) {
	case 1ul << 63 ... -1ul: return 1;
	case 1ul << 32: return 2;
	case 0 ... 0xffffffff: return 3;
	default: return 4;
	}
}

static int of_promoted(_Bool b, unsigned char c)
{
	switch (b) {
	case 0: return 1;
	case 1:
		switch (c + 1) {
		case 256: return 2;
		case 0: return 3;
		default: return 4;
		}
	}
	return 9;
}

static int of_wide(__int128 x)
{
	switch (x >> 120) {
	case -1: return 1;
	case 0 ... 5: return 2;
	default: return 3;
	}
}

static int device(int n)
{
	int r = 0;
	switch (n & 7) {
	case 0: do { r += 1;
	case 7: r += 2;
	case 6: r += 3;
	case 5: r += 4;
	default: r += 5;
	case 1: r *= 2;
		} while ((n -= 8) > 0);
	}
	return r;
}

static int among(int a)
{
	int r = 0;
	switch (a) {
		int q;
	case 1: q = 5; r += q;
	case 2: { r += 10; if (0) { case 3: r += 100; } break; }
	case 4: for (;;) { if (r++ > 3) break; continue; }
	default: r += 1000; switch (a) case 9: r += 7;
	}
	return r;
}

int test(void)
{
	CHECK(of_unsigned(OPAQUE(5)) == 1 && of_unsigned(OPAQUE(6)) == 4 && of_unsigned(OPAQUE(0x7fffffef)) == 4);
	CHECK(of_unsigned(OPAQUE(0x7ffffff0)) == 2 && of_unsigned(OPAQUE(0x80000000)) == 2);
	CHECK(of_unsigned(OPAQUE(0x8000000f)) == 2);
	CHECK(of_unsigned(OPAQUE(0x80000010)) == 4 && of_unsigned(OPAQUE(0xffffffef)) == 4 && of_unsigned(OPAQUE(-1)) == 3);
	CHECK(of_char(OPAQUE(-128)) == 1 && of_char(OPAQUE(-99)) == 6);
	CHECK(of_char(OPAQUE(-1)) == 2 && of_char(OPAQUE(127)) == 4);
	CHECK(of_char((char)OPAQUE(200)) == 6 && of_char(OPAQUE(256)) == 3);
	CHECK(of_long(OPAQUE(0ul)) == 3 && of_long(OPAQUE(1ul << 32)) == 2 && of_long(OPAQUE((1ul << 32) + 1)) == 4);
	CHECK(of_long(OPAQUE(1ul << 63)) == 1 && of_long(OPAQUE((1ul << 63) - 1)) == 4 && of_long(OPAQUE(-1ul)) == 1);
	CHECK(of_promoted(OPAQUE(0), 1) == 1 && of_promoted(OPAQUE(1), OPAQUE(255)) == 2 
		&& of_promoted(OPAQUE(1), OPAQUE(-1)) == 2 && of_promoted(OPAQUE(1), OPAQUE(3)) == 4);
	CHECK(of_wide(OPAQUE((__int128)-1)) == 1 && of_wide(OPAQUE((__int128)5 << 120)) == 2);
	CHECK(of_wide(OPAQUE((__int128)6 << 120)) == 3);
	CHECK(device(OPAQUE(1)) == 0 && device(OPAQUE(7)) == 28 && device(OPAQUE(8)) == 30 && device(OPAQUE(9)) == 30);
	CHECK(among(OPAQUE(1)) == 15 && among(OPAQUE(3)) == 100 && among(OPAQUE(4)) == 1005 && among(OPAQUE(9)) == 1007);
	CHECK(among(OPAQUE(5)) == 1000);
	return 0;
}
