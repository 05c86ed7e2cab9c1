// run
/* clang's extended vectors: components by name, scalars converted to all elements, beside what vectors have. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
typedef int i4 __attribute__((ext_vector_type(4)));
typedef int i3 __attribute__((ext_vector_type(3)));
typedef int i2 __attribute__((ext_vector_type(2)));
typedef int i1 __attribute__((ext_vector_type(1)));
typedef unsigned char b16 __attribute__((ext_vector_type(16)));
typedef long l2 __attribute__((ext_vector_type(2)));
typedef float f4 __attribute__((ext_vector_type(4)));
typedef int g4 __attribute__((vector_size(16)));

static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
static i4 global = { 10, 20, 30, 40 };
static const f4 floats = { 0.5f, 1, 2, 3 };
struct s { char c; i4 v; i2 *p; } object = { 1, { 1, 2, 3, 4 }, 0 };

_Static_assert(sizeof(i3) == 16 && _Alignof(i4) == 16 && sizeof(global.xyz) == 16 && sizeof(b16) == 16, "layout");
_Static_assert(_Generic(global < global, i4: 1, default: 0) && _Generic(floats < floats, i4: 1, default: 0), "comparison");
_Static_assert(_Generic(global.xy, i2: 1, default: 0) && _Generic(global.s0123.wzy, i3: 1, default: 0), "components");
_Static_assert(_Generic((g4){ 1 }, i4: 1, default: 0) && _Generic(floats.x, float: 1, default: 0), "one type");

__attribute__((noinline)) static int weigh(i4 v) { return v.x + 10 * v.y + 100 * v.z + 1000 * v.w; }
__attribute__((noinline)) static i4 turn(i4 v) { return v.wxyz; }
__attribute__((noinline)) static i4 filled(long by) { return by; }

static int named(void)
{
	i4 v = { OPAQUE(1), 2, 3, 4 };
	CHECK(weigh(v) == 4321 && weigh(v.wzyx) == 1234 && weigh(v.xxzz) == 3311 && weigh(turn(v)) == 3214);
	v.x = 5;
	v.s3 += 2;
	v.b++;
	CHECK(weigh(v) == 6425 && v.r == 5 && v.g == 2 && v.a == v.S3 && v.yw.y == 6);
	CHECK(v.lo.x == 5 && v.lo.y == 2 && v.hi.x == 4 && v.hi.y == 6 && v.even.y == 4 && v.odd.x == 2 && v.odd.y == 6);
	i3 three = v.zyx;
	CHECK(three.x == 4 && three.z == 5 && three.lo.y == 2 && three.hi.x == 5 && three.even.y == 5);
	b16 bytes = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
	bytes.sF = OPAQUE(200);
	CHECK(bytes.sf == 200 && bytes.s0aA.y == 10 && bytes.hi.lo.x == 8 && bytes.odd.s7 == 200);
	i4 *p = &global;
	p->y = OPAQUE(21);
	CHECK(global.y == 21 && p->zw.y == 40 && (v + global).x == 15 && (v + global).zx.y == 15);
	object.v.w = 9;
	i2 pair = object.v.xw;
	object.p = &pair;
	object.p->x -= 3;
	CHECK(pair.x == -2 && pair.y == 9 && object.v.x == 1 && object.c == 1);
	CHECK(floats.y == 1 && floats.wx.y == 0.5f);
	return 0;
}

static int converted(void)
{
	i4 v = OPAQUE(3);
	CHECK(weigh(v) == 3333);
	v = (i4)2.75;
	CHECK(weigh(v) == 2222 && weigh((i4)OPAQUE(4)) == 4444 && weigh(v + 1) == 3333 && weigh(v * OPAQUE(4l)) == 8888);
	CHECK(weigh(filled((1l << 32) + 1)) == 1111 && weigh(7) == 7777);
	f4 f = 2;
	CHECK(f.w == 2 && ((f4)1).z == 1 && (f + 1).x == 3);
	g4 old = v;
	old[2] = 9;
	v = old;
	CHECK(weigh(v) == 2922 && weigh(v + old) == 5844 && v[2] == 9);
	i2 halves = (i2)5l;
	CHECK(halves.x == 5 && halves.y == 5);
	l2 wide = __builtin_convertvector(halves, l2);
	CHECK(wide.y == 5 && (wide << 40).x == 5l << 40);
	i1 one = 6;
	one += 1;
	CHECK(one.x == 7);
	i4 truth = (i4){ 1, 2, 3, 4 } > 2;
	CHECK(weigh(truth) == -1100);
	return 0;
}

int test(void)
{
	int line = named();
	return line != 0 ? line : converted();
}
