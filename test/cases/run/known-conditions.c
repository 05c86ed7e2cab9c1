// run
/* Conditions that are known: what they shut out is not made, so that an asm there needs no constants, but for what a label enters. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
#define NEEDS_CONSTANT(x) asm volatile("%0 = %0" :: "i"(x))

static volatile int zero = 0;

__attribute__((noinline)) static int settled(int v)
{
	int a = v == 1 ? 1 : 2;
	if (__builtin_constant_p(a)) NEEDS_CONSTANT(a);
	else a += 10;
	if (__builtin_constant_p(v) && v > 3) NEEDS_CONSTANT(v);
	if (!__builtin_constant_p(v)) return a;
	NEEDS_CONSTANT(v);
	return 0;
}

__attribute__((noinline)) static int shut(int v)
{
	if (0) NEEDS_CONSTANT(v);
	while (0) NEEDS_CONSTANT(v);
	for (; sizeof v == 8;) NEEDS_CONSTANT(v);
	switch (sizeof v) {
	case 8: NEEDS_CONSTANT(v); break;
	case 1 ... 4: v += 1; break;
	default: NEEDS_CONSTANT(v);
	}
	switch (-1) { case -2 ... -1: v += 2; }
	int chosen = 1 ? v : ({ NEEDS_CONSTANT(v); 5; });
	long wide = 0 ? ({ NEEDS_CONSTANT(v); 5; }) : 1l << 40;
	return chosen + (wide >> 40) + (__builtin_constant_p(v) == 1 ? ({ NEEDS_CONSTANT(v); 7; }) : 3);
}

__attribute__((noinline)) static int entered(int v)
{
	int steps = 0;
	if (v > 5) goto inside;
	if (0) {
inside:
		steps += 100;
	}
	switch (3) {
	case 1:
		for (;;) {
			steps += 1000;
	case 3:
			if (++steps % 100 > 4) break;
		}
	}
	do steps += 1; while (0);
	return steps;
}

int test(void)
{
	CHECK(settled(zero + 1) == 11 && settled(zero) == 12);
	CHECK(shut(zero + 4) == 4 + 1 + 2 + 1 + 3);
	CHECK(entered(zero + 1) == 1 + 1000 * 0 + 4 * 1001 + 1);
	CHECK(entered(zero + 6) == 100 + 1 + 4 * 1001 + 1);
	return 0;
}
