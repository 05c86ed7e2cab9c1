// run -Wno-initializer-overrides
/* Initialisers that come twice, out of order, or for another member of a union: the last one counts. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static volatile int one = 1;

struct pair { char a, b; };
union mixed { long whole; struct pair pair; struct { short c, d; }; };
struct holder { union mixed u; int after; };

static union mixed by_list = { .whole = -1, .pair = { 1 } };
static union mixed by_path = { .whole = -1, .pair.a = 1 };
static union mixed by_anonymous = { .whole = -1, .c = 1 };
static union mixed both_members = { .c = 7, .d = 9 };
static union mixed same_member = { .pair = { 3, 4 }, .pair.b = 9 };
static struct holder nested = { .u.whole = -1, .u.pair.a = 5, 6 };
static struct holder in_array[2] = {
	[0].u.whole = -1, [0].u.c = 5, [0].u.d = 8, [1] = { .u.whole = 3, .after = 2 }, [1].u.pair.b = 1,
};

/* A list or a string in its place takes all that was there away; a member without braces only itself. */
static struct pair listed[2] = { [1] = { 3, 4 }, [0] = { 1, 7 }, { 5 } };
static struct pair elided[2] = { [1] = { 3, 4 }, [0] = { 1, 7 }, 5 };
static char strings[2][4] = { [1] = "abc", [0] = "x", "y" };
static int ranges[6] = { [2 ... 5] = 1, [0 ... 3] = 2, [1] = 3 };

/* Bit-fields of a packed record lie in storage units that reach beyond it. */
struct __attribute__((packed)) packed { char c; int b : 3; int d : 4; };
struct around { struct packed p; char last; };
static struct packed small = { 1, 2, 3 };
static struct around bits = { .p.b = 3, .p.c = 9, .p = { 1 }, .last = 4 };
static struct packed many[3] = { { 1, 1, 1 }, { 2, 2, 2 }, [1].b = -1 };

int test(void)
{
	CHECK(by_list.pair.a == 1 && by_list.pair.b == 0);
	CHECK(by_path.pair.a == 1 && by_path.pair.b == 0);
	CHECK(by_anonymous.c == 1 && by_anonymous.d == 0);
	CHECK(both_members.c == 7 && both_members.d == 9 && same_member.pair.a == 3 && same_member.pair.b == 9);
	CHECK(nested.u.pair.a == 5 && nested.u.pair.b == 6 && nested.after == 0);
	CHECK(in_array[0].u.c == 5 && in_array[0].u.d == 8 && in_array[0].after == 0);
	CHECK(in_array[1].u.pair.a == 0 && in_array[1].u.pair.b == 1 && in_array[1].after == 2);
	CHECK(listed[1].a == 5 && listed[1].b == 0 && listed[0].b == 7 && elided[1].a == 5 && elided[1].b == 4);
	CHECK(strings[1][0] == 'y' && strings[1][1] == 0 && strings[1][2] == 0 && strings[0][0] == 'x');
	CHECK(ranges[0] == 2 && ranges[1] == 3 && ranges[3] == 2 && ranges[4] == 1 && ranges[5] == 1);
	CHECK(sizeof small == 2 && small.c == 1 && small.b == 2 && small.d == 3);
	CHECK(bits.p.c == 1 && bits.p.b == 0 && bits.p.d == 0 && bits.last == 4);
	CHECK(many[0].d == 1 && many[1].c == 2 && many[1].b == -1 && many[1].d == 2 && many[2].b == 0);

	union mixed list = { .whole = -one, .pair = { one } };
	union mixed path = { .whole = -one, .pair.b = one };
	struct pair array[2] = { [1] = { 3, one }, [0] = { one, 7 }, { 5 } };
	struct around local = { .p.b = 3, .p.c = 9, .p = { one }, .last = 4 };
	CHECK(list.pair.a == 1 && list.pair.b == 0 && path.pair.a == 0 && path.pair.b == 1);
	CHECK(array[1].a == 5 && array[1].b == 0 && array[0].a == 1 && array[0].b == 7);
	CHECK(local.p.c == 1 && local.p.b == 0 && local.p.d == 0 && local.last == 4);
	return 0;
}
