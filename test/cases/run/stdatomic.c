// run
/* The operations of <stdatomic.h> on atomic objects of every width, and operators on them. */
#if !defined(__BPF__) || __BPF_CPU_VERSION__ >= 3
#include <stdatomic.h>

static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static atomic_int number = ATOMIC_VAR_INIT(40);
static atomic_uchar byte = 250;
static atomic_ulong word;
static _Atomic(unsigned short) half = 7;
static atomic_flag flag = ATOMIC_FLAG_INIT;
static int objects[4];
static int *_Atomic place = objects;

static int operations(void)
{
	int expected = 1;

	CHECK(atomic_fetch_add(&number, OPAQUE(2)) == 40 && atomic_load(&number) == 42);
	CHECK(atomic_fetch_sub_explicit(&number, 2, memory_order_acquire) == 42 && number == 40);
	CHECK(atomic_fetch_or(&number, 3) == 40 && atomic_fetch_and(&number, 0x2a) == 43 && atomic_fetch_xor(&number, 1) == 42);
	CHECK(atomic_exchange(&number, OPAQUE(9)) == 43 && atomic_load_explicit(&number, memory_order_relaxed) == 9);
	CHECK(!atomic_compare_exchange_strong(&number, &expected, 5) && expected == 9);
	CHECK(atomic_compare_exchange_weak(&number, &expected, 5) && number == 5);
	CHECK(atomic_fetch_add(&byte, 10) == 250 && byte == 4 && atomic_fetch_sub(&half, OPAQUE(8)) == 7 && half == 65535);
	atomic_init(&word, 1);
	atomic_store(&word, atomic_load(&word) << 40);
	CHECK(word == 1ul << 40 && atomic_is_lock_free(&word));
	CHECK(!atomic_flag_test_and_set(&flag) && atomic_flag_test_and_set(&flag));
	atomic_flag_clear_explicit(&flag, memory_order_release);
	CHECK(!atomic_flag_test_and_set(&flag));
	atomic_thread_fence(memory_order_seq_cst);
	return 0;
}

static int operators(void)
{
	number = 5;
	CHECK(++number == 6 && number++ == 6 && (number -= OPAQUE(3)) == 4 && (number |= 3) == 7 && number-- == 7);
	byte = 255;
	CHECK(++byte == 0 && (byte ^= 0x81) == 0x81);
	CHECK(*atomic_fetch_add(&place, 2 * (sizeof(int) / sizeof(*objects))) == 0 && place == objects + 2);
	return 0;
}
#endif

int test(void)
{
#if !defined(__BPF__) || __BPF_CPU_VERSION__ >= 3
	int wrong = operations();

	return wrong != 0 ? wrong : operators();
#else
	return 0;
#endif
}
