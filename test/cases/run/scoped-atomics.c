// run
/* Atomic operations with a scope: as those without one. Orders and scopes that only the run knows are evaluated. */
static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

#if __BPF_CPU_VERSION__ >= 3
static int word = 5;
static unsigned char bytes[3] = { 1, 2, 3 };
static unsigned long long wide = 1ull << 40;

static int operations(void)
{
	int seen = 0, wanted = 9;
	__scoped_atomic_load(&word, &seen, __ATOMIC_ACQUIRE, __MEMORY_SCOPE_DEVICE);
	CHECK(seen == 5 && __scoped_atomic_load_n(&bytes[OPAQUE(1)], __ATOMIC_RELAXED, __MEMORY_SCOPE_SINGLE) == 2);
	__scoped_atomic_store(&word, &wanted, __ATOMIC_RELEASE, __MEMORY_SCOPE_WRKGRP);
	CHECK(word == 9);
	__scoped_atomic_store_n(&wide, OPAQUE(7ull), __ATOMIC_SEQ_CST, __MEMORY_SCOPE_SYSTEM);
	CHECK(wide == 7 && __scoped_atomic_exchange_n(&wide, 8, __ATOMIC_SEQ_CST, __MEMORY_SCOPE_WVFRNT) == 7 && wide == 8);
	wanted = 10;
	__scoped_atomic_exchange(&word, &wanted, &seen, __ATOMIC_SEQ_CST, 0);
	CHECK(seen == 9 && word == 10);
	CHECK(!__scoped_atomic_compare_exchange_n(&word, &seen, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST, 0) && seen == 10);
	CHECK(__scoped_atomic_compare_exchange(&word, &seen, &zero, 1, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST, 0) && word == 0);
	CHECK(__scoped_atomic_fetch_add(&word, 3, 0, 0) == 0 && __scoped_atomic_add_fetch(&word, OPAQUE(3), 0, 0) == 6);
	CHECK(__scoped_atomic_fetch_sub(&word, 1, 0, 0) == 6 && __scoped_atomic_sub_fetch(&word, OPAQUE(2), 0, 0) == 3);
	CHECK(__scoped_atomic_fetch_or(&bytes[1], 12, 0, 0) == 2 && __scoped_atomic_and_fetch(&bytes[1], OPAQUE(6), 0, 0) == 6);
	CHECK(__scoped_atomic_xor_fetch(&bytes[1], 255, 0, 0) == 249 && __scoped_atomic_nand_fetch(&bytes[1], 1, 0, 0) == 254);
	CHECK(__scoped_atomic_fetch_max(&bytes[1], 255, 0, 0) == 254 && __scoped_atomic_min_fetch(&bytes[1], 4, 0, 0) == 4);
	CHECK(bytes[0] == 1 && bytes[1] == 4 && bytes[2] == 3);
	CHECK(__has_builtin(__scoped_atomic_fetch_nand) && !__has_builtin(__scoped_atomic_thread_fence));
	return 0;
}

static int effects(void)
{
	int n = 0;
	word = 4;
	CHECK(__scoped_atomic_load_n(&word, n++, n += 10) == 4 && n >= 11);
	n = 0;
	__atomic_store_n(&word, 6, n++);
	CHECK(word == 6 && n == 1 && __atomic_fetch_add(&word, 2, n--) == 6 && n == 0);
	int seen = 8;
	CHECK(__atomic_compare_exchange_n(&word, &seen, 1, n++, n++, n++) && word == 1 && n == 3);
	__atomic_thread_fence(n++);
	CHECK(n == 4);
	return 0;
}

int test(void)
{
	int line = operations();
	return line != 0 ? line : effects();
}
#else
int test(void) { return OPAQUE(0); }
#endif
