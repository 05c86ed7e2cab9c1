// run
/* Equal ends of blocks that differ in the width of an operand: each keeps its own conversion. */
static volatile int zero = 0;
static volatile long lzero = 0;
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static int log_[8], at;

static __attribute__((noinline)) long pick(int which, int narrow, long wide)
{
	long value;
	if (which) {
		value = (unsigned char)(narrow * 3);
		log_[at & 7] = value;
		at++;
		value += log_[0];
	} else {
		value = (unsigned char)(wide * 3);
		log_[at & 7] = value;
		at++;
		value += log_[0];
	}
	return value;
}

int test(void)
{
	CHECK(pick(1 + zero, 100, 0) == 44 + 44 && at == 1);
	CHECK(pick(zero, 0, 0x100000050l + lzero) == 0xf0 + 44 && at == 2 && log_[1] == 0xf0);
	CHECK(pick(zero, 0, -1l + lzero) == 0xfd + 44 && log_[2] == 0xfd);
	return 0;
}
