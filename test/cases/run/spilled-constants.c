// run
/* Many choices between two constants at once: what finds no register is made again, or kept on the stack. */
static int first(int x, int y, int z, int w, long long u, long long v)
{
	return x >= 0 && y >= 0 && z < 0 && u < 0 && w >= 0 && v < 0;
}

static int second(int x, int y, int z, int w, long long u, long long v)
{
	return u >= 0 && x >= 0 && y >= 0 && v < 0 && z >= 0 && w >= 0;
}

static int third(int x, int y, int z, int w, long long u, long long v)
{
	return x >= 0 || u < 0 || y >= 0 || v < 0 || z >= 0 || w >= 0;
}

#define BIT(n) (i & 1 << (n) ? -123 : 456)
#define BITS BIT(0), BIT(1), BIT(2), BIT(3), BIT(4), BIT(5)

int test(void)
{
	for (int i = 0; i < 64; i++) {
		int a = first(BITS), b = second(BITS), c = third(BITS);
		if (a != (i == 52) || b != (i == 32) || c != (i != 15))
			return i + 1;
	}
	return 0;
}
