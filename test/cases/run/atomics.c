// run
/* Atomic operations of every width, on parts of records, elements, locals, statics, through pointers. */
typedef unsigned char u8; typedef signed char s8; typedef unsigned short u16; typedef short s16;
typedef unsigned int u32; typedef unsigned long long u64;

static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

struct s { u8 a, b; s16 c; u16 d; s8 e; _Bool f; u32 g; u64 h; };
static struct s object = { 1, 2, -3, 4, -5, 0, 7, 8 };
static u8 alone = 250;
static u16 halves[5] = { 10, 20, 30, 40, 50 };
static s8 bytes[7] = { 1, 2, 3, 4, 5, 6, 7 };

#if !defined(__BPF__) || __BPF_CPU_VERSION__ >= 3
__attribute__((noinline)) static u8 behind(u8 *p, u8 by) { return __sync_fetch_and_add(p, by); }
__attribute__((noinline)) static int swap(s16 *p, s16 *expected, s16 wanted)
{
	return __atomic_compare_exchange_n(p, expected, wanted, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

static int narrow(void)
{
	CHECK(__sync_fetch_and_add(&object.a, OPAQUE(255)) == 1 && object.a == 0 && object.b == 2);
	CHECK(__sync_add_and_fetch(&object.b, OPAQUE(3)) == 5 && object.b == 5 && object.a == 0 && object.c == -3);
	CHECK(__sync_fetch_and_sub(&object.c, 4) == -3 && object.c == -7 && object.d == 4 && object.b == 5);
	CHECK(__sync_sub_and_fetch(&object.d, OPAQUE(5)) == 65535 && object.d == 65535 && object.e == -5);
	CHECK(__sync_fetch_and_or(&object.e, 1) == -5 && object.e == -5 && __sync_and_and_fetch(&object.e, OPAQUE(0x7f)) == 0x7b);
	CHECK(__sync_xor_and_fetch(&object.e, OPAQUE(-1)) == (s8)~0x7b && object.d == 65535 && !object.f && object.g == 7);
	CHECK(__sync_fetch_and_xor(&object.d, 0xf0f0) == 65535 && object.d == 0x0f0f && object.c == -7);
	CHECK(__sync_fetch_and_nand(&object.d, OPAQUE(0xff)) == 0x0f0f && object.d == 0xfff0 && object.e == (s8)~0x7b);
	CHECK(__sync_nand_and_fetch(&object.a, OPAQUE(1)) == 255 && object.a == 255);
	CHECK(__sync_lock_test_and_set(&object.c, OPAQUE(-300)) == -7 && object.c == -300);
	CHECK(!__atomic_test_and_set(&object.f, __ATOMIC_SEQ_CST) && __atomic_test_and_set(&object.f, __ATOMIC_SEQ_CST));
	__atomic_clear(&object.f, __ATOMIC_RELEASE);
	CHECK(!object.f && object.e == (s8)~0x7b && object.g == 7 && object.h == 8);

	CHECK(behind(&alone, 10) == 250 && alone == 4);
	CHECK(__sync_bool_compare_and_swap(&alone, OPAQUE(4), 9) && alone == 9 && !__sync_bool_compare_and_swap(&alone, OPAQUE(4), 1));
	CHECK(__sync_val_compare_and_swap(&object.c, OPAQUE(-300), 5) == -300 && __sync_val_compare_and_swap(&object.c, -300, 6) == 5);
	u32 tried[2] = { 7, 0 };
	u32 *next = tried;
	CHECK(__atomic_compare_exchange_n(&object.g, next++, 9, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST) && next == tried + 1);
	CHECK(!__atomic_compare_exchange_n(&object.g, next--, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST) && next == tried);
	CHECK(object.g == 9 && tried[0] == 7 && tried[1] == 9);
	object.g = 7;
	s16 expected = 7;
	CHECK(!swap(&object.c, &expected, 1) && expected == 5 && swap(&object.c, &expected, OPAQUE(-2)) && object.c == -2);
	for (int i = 0; i < 5; i++) CHECK(__sync_fetch_and_add(&halves[OPAQUE(i)], i) == 10 * (i + 1));
	for (int i = 0; i < 5; i++) CHECK(halves[i] == 10 * (i + 1) + i);
	for (int i = 0; i < 7; i++) CHECK(__atomic_exchange_n(&bytes[OPAQUE(i)], (s8)-i, __ATOMIC_RELAXED) == i + 1);
	for (int i = 0; i < 7; i++) CHECK(bytes[i] == -i && __sync_fetch_and_or(bytes + i, 64) == -i);
	u8 local = OPAQUE(3);
	u16 pair[2] = { 1, 2 };
	CHECK(__sync_fetch_and_and(&local, 2) == 3 && local == 2 && __sync_fetch_and_add(&local, 254) == 2 && local == 0);
	CHECK(__sync_fetch_and_add(&pair[OPAQUE(1)], 65535) == 2 && pair[0] == 1 && pair[1] == 1);
	return 0;
}

static int ordered(void)
{
	__sync_synchronize();
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	CHECK(__atomic_load_n(&object.g, __ATOMIC_ACQUIRE) == 7 && __atomic_load_n(&object.h, __ATOMIC_SEQ_CST) == 8);
	__atomic_store_n(&object.g, OPAQUE(70), __ATOMIC_RELEASE);
	__atomic_store_n(&object.c, OPAQUE(-1), __ATOMIC_SEQ_CST);
	CHECK(object.g == 70 && __atomic_load_n(&object.c, __ATOMIC_ACQUIRE) == -1);
	__sync_lock_release(&object.g);
	CHECK(object.g == 0);
	CHECK(__sync_fetch_and_nand(&object.g, OPAQUE(1)) == 0 && object.g == (u32)-1);
	CHECK(__sync_nand_and_fetch(&object.h, OPAQUE(9ull)) == ~8ull && object.h == ~8ull);
	CHECK(__sync_fetch_and_sub(&object.h, 1) == ~8ull && __sync_bool_compare_and_swap(&object.h, ~8ull - 1, 3) && object.h == 3);
	return 0;
}
#else
static int narrow(void) { return 0; }
static int ordered(void) { return 0; }
#endif

int test(void)
{
	int line = narrow();
	if (line == 0) line = ordered();
	if (line != 0) return line;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	__atomic_thread_fence(__ATOMIC_RELAXED);
	__atomic_store_n(&object.a, OPAQUE(200), __ATOMIC_RELAXED);
	__atomic_store_n(&object.h, OPAQUE(1ull << 50), __ATOMIC_RELAXED);
	CHECK(__atomic_load_n(&object.a, __ATOMIC_RELAXED) == 200 && __atomic_load_n(&object.h, __ATOMIC_RELAXED) == 1ull << 50);
	__sync_fetch_and_add(&object.h, 2);
	CHECK(object.h == (1ull << 50) + 2);
	return 0;
}
