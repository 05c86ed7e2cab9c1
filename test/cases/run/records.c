// run
/* Records: members, copies, parameters and results by value, unions, bit-fields, packed and nested ones, flexible arrays. */
static volatile int zero = 0;
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

struct pair { int a, b; };
struct big { long v[5]; char tail; };
struct packed { char c; int i; short s; } __attribute__((packed));
struct bits { unsigned a : 3; int b : 5; unsigned c : 12; unsigned long d : 40; _Bool e : 1; };
union mix { unsigned int w; unsigned char b[4]; struct { unsigned short lo, hi; }; };

static __attribute__((noinline)) int take(struct pair p, struct big b) { return p.a * 10 + p.b + b.v[4] + b.tail; }
static inline __attribute__((always_inline)) struct pair make(int a, int b) { return (struct pair){ .b = b, .a = a }; }
static inline __attribute__((always_inline)) struct big grow(struct big b) { b.v[0]++; b.tail = 7; return b; }

int test(void)
{
	struct pair p = { 1 + zero, 2 }, q;
	q = p;
	q.a += 5;
	CHECK(p.a == 1 && q.a == 6 && q.b == 2);
	struct big b = { .v = { 1, 2, [4] = 5 + zero }, .tail = 'x' };
	CHECK(b.v[2] == 0 && b.v[3] == 0 && b.v[4] == 5);
	CHECK(take(p, b) == 12 + 5 + 'x');
	struct pair r = make(3 + zero, 4);
	CHECK(r.a == 3 && r.b == 4 && make(zero, 9).b == 9);
	struct big g = grow(b);
	CHECK(g.v[0] == 2 && g.tail == 7 && b.v[0] == 1 && b.tail == 'x');
	struct packed k = { 1, 0x12345678, -3 };
	k.i += zero;
	CHECK(sizeof k == 7 && k.i == 0x12345678 && k.s == -3 && k.c == 1);
	struct bits f = { 0 };
	f.a = 9 + zero;
	f.b = -7 + zero;
	f.c = 0xabc;
	f.d = 0x123456789aul + zero;
	f.e = 4 + zero;
	CHECK(f.a == 1 && f.b == -7 && f.c == 0xabc && f.d == 0x123456789aul && f.e == 1);
	f.b--;
	f.c++;
	CHECK(f.a == 1 && f.b == -8 && f.c == 0xabd);
	CHECK((f.a = 12) == 4);
	union mix m;
	m.w = 0x01020304 + zero;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	CHECK(m.b[0] == 4 && m.b[3] == 1 && m.lo == 0x304 && m.hi == 0x102);
#else
	CHECK(m.b[0] == 1 && m.b[3] == 4 && m.hi == 0x304 && m.lo == 0x102);
#endif
	struct pair array[3] = { { 1, 2 }, [2] = { 5, 6 } };
	struct pair *at = array + 1 + zero;
	CHECK(at->a == 0 && at[1].b == 6 && (at + 1)->a == 5 && at[-1].b == 2);
	*at = array[2];
	CHECK(array[1].a == 5 && &array[2] - at == 1);
	struct pair sel = zero ? p : q;
	CHECK(sel.a == 6);
	struct { struct pair in[2]; int last; } deep = { { { 1, 2 }, { 3, 4 } }, 5 };
	CHECK(deep.in[1 + zero].a == 3 && deep.last == 5);
	struct none { int none[0]; } *empty = (struct none *)&deep, *same = empty;
	empty++;
	empty += 2 + zero;
	CHECK(empty == same && ++empty == same);
	return 0;
}
