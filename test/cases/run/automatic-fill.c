// run -ftrivial-auto-var-init=pattern -Wno-uninitialized
/* Automatic variables that the source does not initialise begin with the pattern, padding too; what it does, and what it exempts, not. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

struct padded { char c; int i; };

static volatile int zero;

static __attribute__((noinline)) unsigned long sum(const unsigned char *bytes, int size)
{
	unsigned long result = 0;
	for (int i = 0; i < size; i++) result += bytes[i];
	return result;
}

int test(void)
{
	int word;
	CHECK(word == (int)0xaaaaaaaa);
	long array[3];
	CHECK(array[zero + 2] == (long)0xaaaaaaaaaaaaaaaa);
	struct padded s;
	CHECK(sum((unsigned char *)&s, sizeof s) == sizeof s * 0xaa);
	struct padded t = { 1 };
	CHECK(sum((unsigned char *)&t, sizeof t) == 1);
	void *p;
	CHECK((unsigned long)p == 0xaaaaaaaaaaaaaaaa);
	for (int round = 0; round < 2; round++) {
		unsigned char again;
		CHECK(again == 0xaa);
		again = zero;
		CHECK(again == 0);
	}
	static int still;
	CHECK(still == 0);
	__attribute__((uninitialized)) int free;
	free = zero;
	CHECK(free == 0);
	return 0;
}
