// run
/* Static data, strings, pointers and their initialisers. */
static volatile int zero = 0;
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

int counter = 41;
static long table[4] = { 1, -2, [3] = 1l << 40 };
static const char name[] = "tbcc";
static const char *const names[] = { "one", "two", name };
struct node { int value; const struct node *next; } static last = { 3, 0 }, first = { 2, &last };
static int *into = &((int *)table)[2];
static unsigned char bytes[3] = { 255, 'a', '\0' };
static short uninitialised[8];

static int count(void)
{
	static int calls = 10;
	return ++calls;
}

int test(void)
{
	counter++;
	CHECK(counter == 42);
	CHECK(table[zero] == 1 && table[1] == -2 && table[2 + zero] == 0 && table[3] == 1l << 40);
	CHECK(name[1 + zero] == 'b' && sizeof name == 5);
	CHECK(names[1 + zero][0] == 't' && names[zero][2] == 'e' && names[2 + zero] == name);
	CHECK(first.next->value == 3 && first.next->next == 0);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	CHECK(*into == -2);
#else
	CHECK(*into == -1);
#endif
	bytes[0] += 2;
	CHECK(bytes[zero] == 1 && bytes[1] == 97);
	for (int i = 0; i < 8; i++) uninitialised[i] = i * i;
	CHECK(uninitialised[7 + zero] == 49);
	CHECK(count() == 11 && count() == 12);
	char text[8] = "abc";
	CHECK(text[2 + zero] == 'c' && text[3] == 0 && text[7] == 0);
	text[zero] = 'z';
	CHECK(text[0] == 'z');
	int local[5] = { 1, 2, 3, 4, 5 }, sum = 0;
	for (int *p = local; p < local + 5; p++) sum += *p;
	CHECK(sum == 15);
	int *end = &local[4];
	CHECK(end - local == 4 && *(end - 2 + zero) == 3);
	void *v = local;
	CHECK(((int *)(v + 4))[zero] == 2);
	return 0;
}
