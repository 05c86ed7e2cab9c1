// run
/* asm goto: ways out by name and by number, with inputs and outputs, in loops, out of scopes. */
static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

#ifdef __BPF__
/* Colons without spaces, in one statement after the other. */
__attribute__((noinline)) static int twice(void)
{
	return ({ __label__ out; asm goto("goto %l[out]" :::: out); out: 1; }) +
		({ __label__ out; asm goto("goto %l[out]" :::: out); out: 2; });
}

__attribute__((noinline)) static int sign(long v)
{
	asm goto("if %0 s< 0 goto %l[negative]\n\tif %0 == 0 goto %l2" : : "r"(v) : : negative, nothing);
	return 1;
negative:
	return -1;
nothing:
	return 0;
}

__attribute__((noinline)) static long halved(long v)
{
	long result, old = 5;
	asm volatile goto("%0 = %[v]; %[old] += 1; r2 = %[v]; r2 &= 1; if r2 != 0 goto %l[odd]; %0 >>= 1"
		: "=&r"(result), [old] "+r"(old) : [v] "r"(v) : "r2", "memory" : odd);
	return result + old;
odd:
	return -result - old;
}

/* The register holds all of x: the cast leaves the bits above it as they are. */
__attribute__((noinline)) static int less(long x, long y)
{
	asm volatile goto("if %0 s< %1 goto %l2" : : "r"((short)x), "r"((unsigned char)y) : : less);
	return 0;
less:
	return 1;
}

static int cleaned;
static void clean(int *p) { cleaned += *p; }

__attribute__((noinline)) static int rounds(int n)
{
	int i = 0;
again:
	{
		int guard __attribute__((cleanup(clean))) = 1;
		i++;
		asm goto("if %0 s> %1 goto %l[again]" : : "r"((long)n), "r"((long)i) : : again);
		guard = 100;
	}
	return i;
}
#else
static int twice(void) { return 3; }
static int sign(long v) { return (v > 0) - (v < 0); }
static long halved(long v) { return v & 1 ? -v - 6 : v / 2 + 6; }
static int less(long x, long y) { return x < y; }
static int cleaned;
static int rounds(int n) { cleaned = n - 1 + 100; return n; }
#endif

int test(void)
{
	CHECK(twice() == 3);
	CHECK(sign(OPAQUE(5)) == 1 && sign(OPAQUE(-5)) == -1 && sign(OPAQUE(0)) == 0);
	CHECK(less(OPAQUE(-100), OPAQUE(-2)) && less(OPAQUE(5), OPAQUE(70000)) && !less(OPAQUE(0x10005L), OPAQUE(6)));
	CHECK(halved(OPAQUE(10)) == 11 && halved(OPAQUE(7)) == -13);
	CHECK(rounds(OPAQUE(4)) == 4 && cleaned == 103);
	return 0;
}
