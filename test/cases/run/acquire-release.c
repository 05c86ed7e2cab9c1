// run
/* Loads with acquire and stores with release semantics: every width and sign, bool, pointers, records, any place. */
#include <stdatomic.h>
#define CHECK(x) do { if (!(x)) return __LINE__; } while (0)

struct pair { short a, b; } __attribute__((aligned(4)));
static struct {
	signed char c; unsigned char uc; short s; unsigned short us; int i; unsigned u; long l; _Bool b; int *p;
	struct pair pair;
} object;
static atomic_int number;

#define SWAP(member, value) do { \
		__typeof__(object.member) old = __atomic_load_n(&object.member, __ATOMIC_ACQUIRE); \
		__atomic_store_n(&object.member, (value), __ATOMIC_RELEASE); \
		CHECK(old == 0 && object.member == (__typeof__(old))(value)); \
		CHECK(__atomic_load_n(&object.member, __ATOMIC_CONSUME) == (__typeof__(old))(value)); \
	} while (0)

static int widths(int x)
{
	SWAP(c, -x);
	SWAP(uc, -x);
	SWAP(s, x * -300);
	SWAP(us, x * -300);
	SWAP(i, x << 31);
	SWAP(u, x << 31);
	SWAP(l, (long)x << 63 | x);
	SWAP(b, x == 1);
	SWAP(p, &object.i);
	CHECK(__atomic_load_n(&object.c, __ATOMIC_ACQUIRE) < 0 && __atomic_load_n(&object.uc, __ATOMIC_ACQUIRE) == 255);
	CHECK(__atomic_load_n(&object.i, __ATOMIC_ACQUIRE) < 0 && __atomic_load_n(&object.u, __ATOMIC_ACQUIRE) >> 31 == 1);
	CHECK((long)__atomic_load_n(&object.i, __ATOMIC_ACQUIRE) == -0x80000000l);
	CHECK((long)__atomic_load_n(&object.u, __ATOMIC_ACQUIRE) == 0x80000000l);
	CHECK(*__atomic_load_n(&object.p, __ATOMIC_ACQUIRE) == x << 31);
	return 0;
}

static int records(int x)
{
	struct pair in = { x, -x }, out;
	__atomic_store(&object.pair, &in, __ATOMIC_RELEASE);
	__atomic_load(&object.pair, &out, __ATOMIC_ACQUIRE);
	CHECK(out.a == x && out.b == -x && object.pair.b == -x);
	return 0;
}

static int elements(int x)
{
	long local[4] = { 1, 2, 3, 4 };
	__atomic_store_n(&local[x], 50, __ATOMIC_RELEASE);
	CHECK(__atomic_load_n(&local[x], __ATOMIC_ACQUIRE) == 50 && local[0] + local[1] + local[2] + local[3] == 58);
	atomic_store_explicit(&number, x + 6, memory_order_release);
	CHECK(atomic_load_explicit(&number, memory_order_acquire) == 7 && number == 7);
	__sync_lock_release(&object.i);
	CHECK(object.i == 0);
	return 0;
}

int test(void)
{
	volatile int one = 1;
	int x = one, line = widths(x);
	if (line == 0) line = records(x);
	if (line == 0) line = elements(x);
	return line;
}
