// run -w
/* Arguments of hints and sizes of parameters are evaluated; every call happens once. */
static volatile int zero;
static int count, table[8];
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

__attribute__((noinline)) int tick(int x)
{
	count += x;
	return count;
}

static int apply(int (*f)(int), int x)
{
	return f(x);
}

static int expected(int z)
{
	if (__builtin_expect(zero ? zero > 3 : 0, z++))
		return -1;
	return z;
}

void nothing(void) { }

static int sized(int n, int a[n++], int m, char b[3 + ++m])
{
	return n * 10 + m + a[0] + b[0];
}

int test(void)
{
	int *p = table, i = 2;
	count = 0;
	__builtin_prefetch(p++, 0, 0);
	__builtin_prefetch(&table[++i]);
	__builtin_prefetch(&table[tick(1)]);
	CHECK(p == table + 1 && i == 3 && count == 1);
	CHECK(expected(10) == 11);
	CHECK(apply(tick, 5) == 6 && count == 6);
	int (*f)(int) = tick;
	CHECK(f(2) == 8 && count == 8);
	if (zero)
		return ((long (*)(int))nothing)(tick(1));
	((long (*)(int))nothing)(tick(1));
	CHECK(count == 9);
	CHECK(sized(1, table, 1, (char *)table) == 22);
	return 0;
}
