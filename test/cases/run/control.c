// run
/* Statements: loops, switch, goto, break and continue through nests. */
static volatile int zero = 0;
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static __attribute__((noinline)) int classify(int x)
{
	switch (x) {
	case -5 ... -1: return 1;
	case 0: return 2;
	case 7:
		x++;
		/* fall through */
	case 8: return x + 10;
	case 0x7fffffff: return 3;
	case 100: case 101: case 102: break;
	default: return 4;
	}
	return 5;
}

static __attribute__((noinline)) int copy(int count)
{
	int n = (count + 3) / 4u, done = 0;
	switch (count % 4u) {
	case 0: do { done++;
	case 3: done++;
	case 2: done++;
	case 1: done++;
		} while (--n > 0);
	}
	return done;
}

static __attribute__((noinline)) unsigned long sw64(unsigned long v)
{
	switch (v) {
	case 0x100000000ul: return 1;
	case 0xffffffffffffffff: return 2;
	case 5: return 3;
	}
	return 0;
}

int test(void)
{
	int i, sum = 0;
	for (i = 0; i < 10; i++) {
		if (i == 3) continue;
		if (i == 8) break;
		sum += i;
	}
	CHECK(sum == 25 && i == 8);
	while (i > zero) { i -= 3; if (i < 3) goto out; }
	return __LINE__;
out:
	CHECK(i == 2);
	do i++; while (i < 5);
	CHECK(i == 5);
	CHECK(classify(-5 + zero) == 1 && classify(-1 + zero) == 1 && classify(zero) == 2 && classify(-6 + zero) == 4);
	CHECK(classify(7 + zero) == 18 && classify(8 + zero) == 18 && classify(0x7fffffff + zero) == 3);
	CHECK(classify(101 + zero) == 5 && classify(103 + zero) == 4);
	CHECK(copy(7 + zero) == 7 && copy(8 + zero) == 8 && copy(1 + zero) == 1);
	CHECK(sw64(0x100000000ul + zero) == 1 && sw64(-1ul + zero) == 2 && sw64(5 + zero) == 3 && sw64(zero) == 0);
	int n = 0;
	for (int a = 0; a < 3; a++)
		for (int b = 0; b < 3; b++) {
			if (a == b) continue;
			for (int c = 0;; c++) {
				if (c == b) break;
				n += a * 10 + c;
			}
		}
	CHECK(n == 42);
	int v = ({ int t = 4 + zero; while (t < 9) t += 2; t; });
	CHECK(v == 10);
	CHECK((zero || v == 10) && !(v == 10 && zero));
again:
	if (v-- > 5) goto again;
	CHECK(v == 4);
	return 0;
}
