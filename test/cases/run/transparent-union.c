// run
/* GNU's transparent unions: arguments of any member's type, and redeclarations with it. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
#define NOINLINE __attribute__((noinline))

struct number { int n; };
struct pair { long a, b; };
typedef union { struct number *number; const struct pair *pair; unsigned long raw; } any __attribute__((transparent_union));

int which(any u, int kind);
static struct number three = { 3 };
static struct pair five = { 5, 6 };
int early(int kind) { return kind ? which(&five, 1) : which(&three, 0); }
NOINLINE int which(any u, int kind) { return kind == 1 ? u.pair->a : kind == 0 ? u.number->n : (int)u.raw; }

int take(any u);
int calls_first(struct number *n) { return take(n); }
NOINLINE int take(struct number *n) { return n->n * 2; }
NOINLINE static int local(const struct pair *p) { return p->b; }
static int local(any u);

static volatile int at = 1;

int test(void)
{
	CHECK(early(at) == 5 && early(0) == 3);
	CHECK(which(40ul + at, 2) == 41 && which(&five, at) == 5);
	int (*f)(struct number *) = take;
	CHECK(calls_first(&three) == 6 && f(&three) == 6 && local(&five) == 6);
	any u = { .number = &three };
	CHECK(which(u, 0) == 3);
	return 0;
}
