// run
/* One definition under several names. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

int numbers[4] = { 1, 2, 3, 4 };
extern int same[4] __attribute__((alias("numbers")));
static int counter = 5;
extern int visible __attribute__((alias("counter")));
static int hidden __attribute__((alias("counter")));

int plus(int a, int b) { return a + b; }
int sum(int a, int b) __attribute__((alias("plus")));
static __attribute__((noinline)) void tick(void) { counter++; }
extern void tock(void) __attribute__((weak, alias("tick")));

int total(int a, int b) __attribute__((alias("sum")));
extern int last[4] __attribute__((alias("same")));
extern __typeof(plus) early __attribute__((weak, alias("late")));
int late(int a, int b) __attribute__((alias("total")));

/* The pragma declares what it names, as soon as its target is declared. */
#pragma weak added = plus
#pragma weak counted = total_count

static volatile int at = 2;
int total_count = 12;
static int read_counted(void) { return counted + added(at, 1); }

int test(void)
{
	same[at] = 30;
	numbers[at] += 3;
	CHECK(same[at] == 33 && same == numbers);
	tick();
	tock();
	CHECK(visible == 7 && hidden == 7 && &visible == &counter);
	int (*f)(int, int) = sum;
	CHECK(sum(at, 3) == 5 && f(at, at) == 4 && f == plus);
	CHECK(total(at, 1) == 3 && early(at, 5) == 7 && early == plus && late == plus && last == numbers && last[at] == 33);
	CHECK(read_counted() == 15);
	return 0;
}
