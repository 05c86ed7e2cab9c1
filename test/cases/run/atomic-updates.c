// run
/* Assignments to atomic objects that no instruction makes, and the generic builtins on records and floating values. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static volatile int at = 1;
static _Atomic int word = 5;
static _Atomic unsigned long wide;
static _Atomic short half;
static _Atomic unsigned char byte = 200;
static _Atomic _Bool flag;
static struct { char tag; _Atomic signed char small; _Atomic int values[3]; } r;
static int numbers[4];
static _Atomic(int *) where = numbers;
static struct pair { int a, b; } __attribute__((aligned(8))) pair = { 1, 2 };
static double number = 1.5;
static int calls;
static _Atomic int *next(void) { calls++; return &r.values[calls]; }

int test(void)
{
#if __BPF_CPU_VERSION__ >= 3 || !defined __bpf__
	CHECK((word *= 4) == 20 && word == 20);
	word /= 3;
	word <<= at + 1;
	word %= 7;
	CHECK(word == 3);
	word >>= 1;
	CHECK((word *= -6l) == -6 && (word /= 4) == -1);
	wide = 7;
	wide *= 1ul << 40;
	CHECK((wide >>= 38) == 28 && (wide %= 5) == 3 && (wide <<= 63) == 1ul << 63);
	half -= 3;
	CHECK((half *= 11000) == (short)-33000 && half == (short)-33000);
	CHECK((byte /= 3) == 66 && (byte <<= 3) == 16);
	CHECK((flag |= 4) == 1 && flag-- == 1 && !flag && --flag && (flag ^= 1) == 0 && flag++ == 0 && flag);
	CHECK((flag += 7) && (flag -= 1) == 0);
	r.small = -128;
	CHECK((r.small /= 3) == -42 && (r.small %= 5) == -2 && r.tag == 0);
	r.values[1] = 9;
	*next() *= at + 2;
	CHECK(r.values[1] == 27 && calls == 1 && r.values[2] == 0);
	CHECK(where++ == numbers && ++where == numbers + 2 && where-- == numbers + 2 && --where == numbers);

	CHECK((word = 4) == 4 && word == 4 && (half = at * 70000) == 4464 && (flag = 8) == 1 && (where = numbers + 1) == numbers + 1);
	int x = word = half = -3;
	CHECK(x == -3 && word == -3 && half == -3);

	struct pair old, new = { 3, 4 };
	__atomic_exchange(&pair, &new, &old, __ATOMIC_SEQ_CST);
	CHECK(old.a == 1 && old.b == 2 && pair.a == 3 && pair.b == 4);
	CHECK(!__atomic_compare_exchange(&pair, &old, &new, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED) && old.b == 4);
	new.a = 8;
	CHECK(__atomic_compare_exchange(&pair, &old, &new, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED) && pair.a == 8);
	__atomic_store(&pair, &old, __ATOMIC_RELEASE);
	__atomic_load(&pair, &new, __ATOMIC_ACQUIRE);
	CHECK(new.a == 3 && new.b == 4);
	double one = 1, was;
	__atomic_exchange(&number, &one, &was, __ATOMIC_ACQ_REL);
	CHECK(*(long *)&was == 0x3ff8000000000000 && *(long *)&number == 0x3ff0000000000000);
#endif
	return 0;
}
