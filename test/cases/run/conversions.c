// run
/* The usual arithmetic conversions over pairs of types, and conversions of edge values: sums as on another machine. */
static volatile int i = -3;
static volatile unsigned u = 7;
static volatile short sh = -300;
static volatile signed char c = -7;
static volatile unsigned char uc = 250;
static volatile unsigned short us = 60000;
static volatile long l = -1234567890123;
static volatile unsigned long ul = 12345678901234567890ul;

#define ADD(e) sum = sum * 31 + (unsigned)(e);
#define PAIR(a, b) ADD((a) + (b)) ADD((a) - (b)) ADD((a) * (b)) ADD((a) / (b)) ADD((a) % (b)) \
	ADD((a) & (b)) ADD((a) | (b)) ADD((a) ^ (b)) \
	ADD(((a) < (b)) + ((a) <= (b)) * 2 + ((a) == (b)) * 4 + ((a) > (b)) * 8) \
	ADD(((a) + (b)) >> 33 % (sizeof((a) + (b)) * 8)) ADD(1 ? (a) : (b)) ADD(sizeof(1 ? (a) : (b)))
#define ROW(a) PAIR(a, i) PAIR(a, u) PAIR(a, sh) PAIR(a, c) PAIR(a, uc) PAIR(a, us) PAIR(a, l) PAIR(a, ul) \
	PAIR(a, 5) PAIR(a, -2l) PAIR(a, 9u)

static unsigned pairs(void)
{
	unsigned sum = 0;
	ROW(i) ROW(u) ROW(sh) ROW(c) ROW(uc) ROW(us) ROW(l) ROW(ul) ROW(-11) ROW(0x80000000u)
	return sum;
}

static volatile long edges[] = {
	0, 1, -1, 127, 128, 255, 256, -128, -129, 32767, 32768, 65535, 65536, -32769, 2147483647, 2147483648,
	4294967295, 4294967296, -2147483649, 0x123456789abcdef0, (long)0x8000000000000000,
};

#define TO(t) ADD((long)(t)x) ADD((long)(t)x >> 32) \
	{ t y = x; y = y / 2; ADD((long)y) y >>= 1; y = -y; ADD((long)y) ADD(y > 5) }

static unsigned conversions(void)
{
	unsigned sum = 0;
	for (unsigned n = 0; n < sizeof edges / sizeof *edges; n++) {
		long x = edges[n];
		TO(char) TO(signed char) TO(unsigned char) TO(short) TO(unsigned short) TO(int) TO(unsigned)
		TO(unsigned long) TO(_Bool) TO(__int128) TO(unsigned __int128)
		ADD((unsigned char)(signed char)x) ADD((int)(unsigned short)(char)x) ADD((unsigned long)(int)x >> 40)
		ADD((long)(unsigned)x >> 20) ADD((char)(short)(int)x) ADD((_Bool)(x & 2)) ADD((char)!!x)
		char small = x;
		unsigned char byte = small;
		short medium = byte;
		ADD((small == byte) + (medium == small) + (small + medium))
	}
	return sum;
}

int test(void)
{
	if (pairs() != 3782940300u) return 1;
	if (conversions() != 557193947u) return 2;
	return 0;
}
