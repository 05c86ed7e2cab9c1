// run -fpack-struct=2
/* Records packed by the command line, and how pragmas and attributes go before it. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
#define OFFSET(t, m) __builtin_offsetof(struct t, m)

struct plain { char c; long l; short s; int i; };
struct wide { char c; int i __attribute__((aligned(8))); };
struct bytes { char c; long l; } __attribute__((packed));
#pragma pack(4)
struct four { char c; long l; };
#pragma pack()
struct again { char c; long l; };
#pragma pack(push, 8)
struct natural { char c; long l; };
#pragma pack(pop)
struct popped { char c; long l; };
#pragma pack(push, 0)
struct pushed { char c; union { char d; int i; } u; };
#pragma pack(pop)

static struct plain object = { 1, 1l << 40, -2, 70000 };
static volatile int by = 3;

int test(void)
{
	CHECK(sizeof(struct plain) == 16 && _Alignof(struct plain) == 2);
	CHECK(OFFSET(plain, l) == 2 && OFFSET(plain, s) == 10 && OFFSET(plain, i) == 12);
	CHECK(sizeof(struct wide) == 6 && OFFSET(wide, i) == 2);
	CHECK(sizeof(struct bytes) == 9 && sizeof(struct four) == 12 && sizeof(struct again) == 10);
	CHECK(sizeof(struct natural) == 16 && sizeof(struct popped) == 10 && sizeof(struct pushed) == 6);
	object.l += by;
	object.i -= by;
	CHECK(object.l == (1l << 40) + 3 && object.i == 69997 && object.s == -2 && object.c == 1);
	return 0;
}
