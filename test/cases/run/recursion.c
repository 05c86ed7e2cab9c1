// run -Wno-bpf
/* The kernel takes no recursion, the compiler does: directly, in turns, and through what would be inlined. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static int factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }

static int odd(unsigned int n);
static int even(unsigned int n) { return n == 0 || odd(n - 1); }
static int odd(unsigned int n) { return n != 0 && even(n - 1); }

static int fibonacci(int n)
{
	int last[2] = { 0, 1 };
	if (n < 2)
		return last[n];
	return fibonacci(n - 1) + fibonacci(n - 2);
}

int test(void)
{
	CHECK(factorial(6) == 720);
	CHECK(even(10) && !even(7) && odd(3));
	CHECK(fibonacci(10) == 55);
	return 0;
}
