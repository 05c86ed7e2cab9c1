// run
/* Values whose type or place hangs on the form: postfix on bit-fields, empty statements, joined arrays, elided braces. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static volatile int zero;
struct bits { unsigned n : 3; int s : 4; };
struct text { char letters[4]; int n; };
struct outer { struct text text; int n; };

static struct text list[] = { "abc", 1, [0].letters[1] = 'x' };
static struct outer nested[] = { "abc", 1, 2, { "d" } };

register unsigned long unused_register asm("r10");

static __attribute__((noinline)) int sized(enum { FEW = 2, MANY = 5 } which, struct local { int a, b; } *p)
{
	struct local copy = *p;
	char array[MANY];
	return which == FEW ? copy.a + (int)sizeof(array) : copy.b;
}

int test(void)
{
	struct bits b = { 1 + zero, 1 };
	/* What a field holds fits an int, but a postfix operator gives its type. */
	CHECK(b.n - 2 < 0 && b.n++ - 2 > 0 && --b.n - 2 < 0 && (b.n = 1) - 2 < 0 && b.s-- - 2 < 0);
	int sum = ({ int x = 2 + zero; x;; });
	sum += ({ 3;; ; });
	CHECK(sum == 5);
	int (*open)[] = 0;
	int (*closed)[12] = 0;
	CHECK(sizeof(*(zero ? open : closed)) == 48 && sizeof(*(zero ? closed : open)) == 48);
	CHECK(list[0].letters[0] == 'a' && list[0].letters[1] == 'x' && list[0].n == 1);
	CHECK(nested[0].text.letters[2] == 'c' && nested[0].text.n == 1 && nested[0].n == 2);
	CHECK(nested[1].text.letters[0] == 'd' && nested[1].text.n == 0);
	return sized(2 + zero, (void *)(int[]){ 1, 2 }) == 6 ? 0 : __LINE__;
}
