// run -fgnu89-inline
/* GNU's rules of `inline`: an `extern inline` definition gives way to one that follows, also for calls before that. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

extern inline int replaced(int x) { return x + 1; }
int calls(int x) { return replaced(x); }
int replaced(int x) { return x + 2; }

extern inline int own(int x) { static int n = 7; return x + n++; }
static int own(int x) { return x * 3; }

extern inline int twice(int x) { return x + 1; }
extern inline int twice(int x) { return x + 10; }
inline int twice(int x) { return x + 100; }

extern inline int only(int x) { return x - 1; }
int (*pointer)(int) = only;

static volatile int at = 5;

int test(void)
{
	CHECK(calls(at) == 7 && replaced(at) == 7);
	CHECK(own(at) == 15 && own(at) == 15);
	CHECK(twice(at) == 105);
	CHECK(only(at) == 4 && pointer(at) == 4);
#if !defined __GNUC_GNU_INLINE__ || defined __GNUC_STDC_INLINE__
	return __LINE__;
#endif
	return 0;
}
