// run
/* Calls: arguments of every width, inlining, recursion by hand, helpers of the program, cleanup. */
static volatile int zero = 0;
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
#define NOINLINE static __attribute__((noinline))

NOINLINE int five(char a, unsigned char b, short c, long d, _Bool e) { return a * 1000 + b + c * 7 + (int)(d >> 32) + e; }
NOINLINE unsigned char low(unsigned int x) { return x; }
NOINLINE short half(long x) { return x; }
NOINLINE void set(int *p, int v) { *p = v; }
NOINLINE long long wide(int x) { return x; }
NOINLINE unsigned long uwide(unsigned x) { return x; }
static inline int twice(int x) { return x * 2; }
static int log_, order;
static void leave(int *v) { log_ = log_ * 10 + *v; }

NOINLINE int scoped(int stop)
{
	int a __attribute__((cleanup(leave))) = 1;
	for (int i = 0; i < 3; i++) {
		int b __attribute__((cleanup(leave))) = 2 + i;
		if (i == stop) return 100;
		if (i == stop + 1) break;
	}
	return 200;
}

NOINLINE int step(int v) { order = order * 10 + v; return v; }

int test(void)
{
	CHECK(five(-1 + zero, 200, -3, 5l << 32, 1) == -1000 + 200 - 21 + 5 + 1);
	CHECK(low(0x1ff + zero) == 0xff && half(0x18000l + zero) == -32768);
	int v = 0;
	set(&v, 17);
	CHECK(v == 17);
	CHECK(wide(-2 + zero) == -2ll && uwide(-2 + zero) == 0xfffffffeul);
	CHECK(twice(twice(4 + zero)) == 16);
	CHECK(scoped(0) == 100 && log_ == 21);
	log_ = 0;
	CHECK(scoped(-1) == 200 && log_ == 21);
	log_ = 0;
	CHECK(scoped(1) == 100 && log_ == 231);
	int x = step(1) + (step(2), step(3));
	CHECK(x == 4 && order == 123);
	CHECK((zero && step(9)) == 0 && order == 123 && (1 || step(9)) && order == 123);
	return 0;
}
