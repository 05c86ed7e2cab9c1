// run -mllvm -bpf-stack-size=65536
/* A frame beyond the reach of a 16-bit offset, which no kernel takes: its far end is read, written and changed in place. */
static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static void fill(volatile char *p, int size) { p[0] = 1; p[size - 1] = 2; }

int test(void)
{
	volatile char near[20000], far[20000];
	volatile long number = OPAQUE(5);
	volatile short half = OPAQUE(-3);
	long counter = OPAQUE(1);

	fill(near, sizeof(near));
	fill(far, sizeof(far));
	near[10000] = OPAQUE(3);
	far[0] += near[10000];
	far[19999] = far[19999] * 10;
	number += half;
	__sync_fetch_and_add(&counter, number);
#if __BPF_CPU_VERSION__ >= 3
	CHECK(__sync_val_compare_and_swap(&counter, 3, 8) == 3);
#else
	counter += 5;
#endif
	CHECK(counter == 8 && number == 2 && half == -3);
	CHECK(near[0] == 1 && near[19999] == 2 && near[10000] == 3);
	CHECK(far[0] == 4 && far[19999] == 20);
	return 0;
}
