// run
/* __builtin_clzg and its like, by the width of the argument, constant and not. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
typedef unsigned __int128 u128;
typedef unsigned _BitInt(100) u100;
typedef unsigned _BitInt(37) u37;

static volatile long at = 1;
static int folded = __builtin_clzg(8u, 3) + __builtin_popcountg((unsigned char)255) + __builtin_ctzg(0u, 9);
_Static_assert(__builtin_clzg((unsigned short)1) == 15 && __builtin_ctzg((u128)1 << 99) == 99, "");
enum small { A, B };
struct fields { unsigned f : 5; unsigned char g : 3; };

int test(void)
{
	unsigned char c = at;
	unsigned short s = at * 6;
	_Bool b = at;
	CHECK(folded == 28 + 8 + 9);
	CHECK(__builtin_clzg(c) == 7 && __builtin_ctzg(s) == 1 && __builtin_popcountg(s) == 2 && __builtin_clzg(s) == 13);
	CHECK(__builtin_clzg(b) == 0 && __builtin_clzg((enum small)at) == 31 && __builtin_ctzg((unsigned char)(at - 1), -4) == -4);
	for (int i = 0; i < 128; i++) {
		u128 one = (u128)at << i;
		CHECK(__builtin_clzg(one) == 127 - i && __builtin_ctzg(one) == i && __builtin_popcountg(one - 1) == i);
		CHECK(__builtin_ctzg(one | (u128)at << 127) == i && __builtin_clzg(one | 1) == 127 - i);
		if (i < 100) CHECK(__builtin_clzg((u100)one, 3) == 99 - i && __builtin_ctzg((u100)one, 3) == i);
		if (i < 37) CHECK(__builtin_clzg((u37)one) == 36 - i && __builtin_popcountg((u37)-one) == 37 - i);
	}
	u128 none = at - 1;
	CHECK(__builtin_clzg(none, 5) == 5 && __builtin_ctzg(none, (short)-6) == -6 && __builtin_popcountg(none) == 0);
	struct fields f = { 3, 4 };
	CHECK(__builtin_clzg(f.f) == 30 && __builtin_clzg(f.g) == 5 && __builtin_popcountg(f.g) == 1);
	unsigned n = 3;
	CHECK(__builtin_clzg(n++, 9) == 30 && n == 4 && __builtin_ctzg(--n, 9) == 0 && n == 3);
	return 0;
}
