// run
/* Weak references by another name: to what is defined they are that, to what is not they are null. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static int plus(int a, int b) __attribute__((weakref("sum")));
static int number __attribute__((weakref("counter")));
static int numbers[4] __attribute__((weakref, alias("inner")));

int sum(int a, int b) { return a + b; }
int counter = 5;
static int inner[4] = { 1, 2, 3, 4 };
static volatile int at = 2;

int test(void)
{
	CHECK(plus(at, 3) == 5 && plus == sum && &plus == &sum);
	number += at;
	CHECK(counter == 7 && &number == &counter);
	numbers[at] = 9;
	CHECK(inner[2] == 9 && numbers == inner && numbers[3] == 4);
	return 0;
}
