// run
/* Tags and enumeration constants that a parameter list declares are seen in the function's body (C11 6.2.1p4). */
static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

enum { SMALL = 5, LARGE = 6 };
struct packet { char byte; };

static int hides(enum { SMALL = 70, MIDDLE } size)
{
	return size == MIDDLE ? SMALL : LARGE;
}

static int nested(struct { enum { FIRST = 3, SECOND } kind; } *value)
{
	return value->kind == SECOND ? FIRST : 0;
}

#pragma clang diagnostic ignored "-Wvisibility"
static int sizes(struct packet { int words[2]; } *packet)
{
	return sizeof(struct packet) + sizeof packet->words;
}

static int of_callback(int (*callback)(enum { SMALL = 1 } kind))
{
	return SMALL + (callback == 0);
}

int test(void)
{
	struct { int kind; } value = { OPAQUE(4) };
	CHECK(hides(OPAQUE(71)) == 70 && hides(OPAQUE(70)) == LARGE && SMALL == 5);
	CHECK(nested((void *)&value) == 3);
	CHECK(sizeof(struct packet) == 1 && sizes((void *)&value) == 16);
	CHECK(of_callback(0) == 6);
	return 0;
}
