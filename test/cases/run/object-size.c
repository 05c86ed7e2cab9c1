// run
/* __builtin_object_size of whole objects and of their parts, and the checked functions that are given it. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
#define NOINLINE __attribute__((noinline))
/* All four kinds in one number; 99 for "unknown" of the first two. */
#define SIZES(p) (part(__builtin_object_size(p, 0)) * 1000000 + part(__builtin_object_size(p, 1)) * 10000 + \
	part(__builtin_object_size(p, 2)) * 100 + part(__builtin_object_size(p, 3)))

struct item { short kind; char text[4]; };
struct record { char name[10]; int number; struct item items[3]; union { char bytes[8]; long word; } u; char tail[6]; };
struct flexible { int count; char text[]; };
static struct record r;
static struct flexible f = { 1, "abcdef" };
static char grid[3][5];
static volatile int at = 1;
typedef unsigned long ulong;

static long part(ulong size) { return size == -1ul ? 99 : (long)size; }

NOINLINE static int behind(struct record *p, struct flexible *q)
{
	CHECK(SIZES(p->name) == 99100010 && SIZES(&p->name[2]) == 99080008 && SIZES(&p->number) == 99040004);
	CHECK(SIZES(p->tail) == 99990006 && SIZES(p->tail + 1) == 99990005 && SIZES(&p->tail) == 99060006);
	CHECK(SIZES(p->items[1].text) == 99040004 && SIZES(p->u.bytes) == 99080008 && SIZES((void *)p->name) == 99100010);
	CHECK(SIZES(q->text) == 99990000 && SIZES((char *)p) == 99990000 && SIZES(p[1].name) == 99100010);
	CHECK(SIZES(&p->name[at]) == 99990000);
	return 0;
}

NOINLINE static int checked(char *to, const char *from)
{
	char local[8];
	__builtin___memcpy_chk(local, from, 5, __builtin_object_size(local, 0));
	__builtin___memset_chk(local + 5, 0, 3, __builtin_object_size(local + 5, 0));
	if (__builtin___strcpy_chk(to, "xyz", __builtin_object_size(to, 1)) != to) return 0;
	if (__builtin_stpcpy(to + 4, "ab") != to + 6 || __builtin_strncpy(to + 7, &"qrst"[2], 2) != to + 7) return 0;
	if ((char *)__builtin_mempcpy(to + 9, local, 3) != to + 12) return 0;
	return local[4] + to[2] + local[7] + to[5] + to[6] + to[8] + to[11];
}

int test(void)
{
	int failed = behind(&r, &f);
	if (failed != 0) return failed;
	CHECK(SIZES(r.name) == 56105610 && SIZES(&r.name[3]) == 53075307 && SIZES(&r.number) == 44044404);
	CHECK(SIZES(&r.items[1]) == 34123412 && SIZES(r.tail) == 8060806 && SIZES(&r.u.bytes[2]) == 14061406);
	CHECK(SIZES(&r) == 56565656 && SIZES(&f) == 11111111 && SIZES(f.text) == 7070700 && SIZES(grid[1]) == 10051005);
	CHECK(SIZES(&grid[2][1]) == 4040404 && SIZES((char *)&r + 3) == 53535300 && SIZES((char *)r.name + 2) == 54085408);
	CHECK(SIZES((&r.number) + 1) == 40004000 && SIZES(&"hello"[3]) == 3030303 && SIZES(r.name + 11) == 45454500);
	CHECK(SIZES(&r + 2) == 0 && __builtin_dynamic_object_size(r.name, 1) == 10);
	CHECK(__builtin_object_size(at++ ? &r : 0, 0) && at == 1);
	char to[13] = { 0 };
	CHECK(checked(to, "abcdefgh") == 'e' + 'z' + 'b' + 't' + 'c');
	return 0;
}
