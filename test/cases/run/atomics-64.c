// run
/* On 64 bits each -mcpu has all atomic operations, and fences. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
#define seq_cst __ATOMIC_SEQ_CST

static volatile long zero;
static long word = 40;
static void *link;

int test(void)
{
	long *p = &word + zero;
	CHECK(__sync_fetch_and_add(p, 2) == 40 && __sync_add_and_fetch(p, 1) == 43);
	CHECK(__sync_fetch_and_sub(p, 3) == 43 && word == 40);
	CHECK(__sync_fetch_and_or(p, 7) == 40 && __sync_or_and_fetch(p, 16) == 63);
	CHECK(__sync_fetch_and_and(p, ~1L) == 63 && __sync_and_and_fetch(p, 0x3c) == 60);
	CHECK(__sync_fetch_and_xor(p, 1) == 60 && __sync_xor_and_fetch(p, 3) == 62);
	__sync_fetch_and_or(p, 1);
	__sync_fetch_and_and(p, ~2L);
	__sync_fetch_and_xor(p, 0x100);
	CHECK(word == 0x13d);
	CHECK(__sync_val_compare_and_swap(p, 1, 2) == 0x13d && __sync_bool_compare_and_swap(p, 0x13d, -1) && word == -1);
	CHECK(__sync_lock_test_and_set(p, 5) == -1 && __atomic_exchange_n(p, 6, seq_cst) == 5);
	CHECK(__atomic_fetch_nand(p, 4, seq_cst) == 6 && word == ~4L);
	long expected = 1;
	CHECK(!__atomic_compare_exchange_n(p, &expected, 9, 0, seq_cst, seq_cst) && expected == ~4L);
	CHECK(__atomic_compare_exchange_n(p, &expected, 9, 0, seq_cst, seq_cst) && __atomic_load_n(p, seq_cst) == 9);
	__atomic_store_n(p, 10, seq_cst);
	__sync_synchronize();
	__sync_lock_release(p);
	CHECK(word == 0);
	CHECK(__atomic_exchange_n(&link, &word, seq_cst) == 0 && link == &word);
	return 0;
}
