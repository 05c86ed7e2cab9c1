// run -Wno-void-ptr-dereference
/* Expressions of type void, lvalues among them: what they are made of is evaluated, nothing is read. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static int steps;
static volatile int at = 1;
extern void symbol;

static const void *step(const void *p) { steps++; return p; }
static void finish(const void *p) { return (void) *step(p); }

int test(void)
{
	symbol;
	const void *none = 0;
	const volatile void *both = &steps;
	*step(none);
	CHECK(steps == 1);
	at ? *step(none) : *none;
	at ? (void) steps : *step(none);
	CHECK(steps == 2);
	*step(none), *step(none), *both;
	CHECK(steps == 4);
	for (*step(none); steps < 6; *step(none)) ;
	CHECK(steps == 6);
	(void) ({ *step(none); });
	({ int i = 3; *step(&i); });
	CHECK(steps == 8);
	finish(none);
	CHECK(steps == 9 && &*step(none) == none && steps == 10);
	at ? finish(none) : (void) 0;
	return steps == 11 ? 0 : __LINE__;
}
