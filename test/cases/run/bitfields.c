// run
/* Bit-fields: an assignment's value is what the field then holds, promotion is by width, neighbours stay as they are. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

static volatile int seven = 7;
static volatile unsigned long all = -1ul;

struct flags { _Bool truth : 1; unsigned bit : 1; signed sign : 1; unsigned char three : 3; };
struct wide { unsigned long low : 32; unsigned long high : 32; };
struct mixed { unsigned a : 3; unsigned long b : 33; long c : 40; int d : 31; unsigned e : 32; unsigned long f : 20; };
enum level { LOW, HIGH = 3 };
struct __attribute__((packed)) packed { char before; unsigned long odd : 61; enum level level : 2; long tail : 9; };

static struct flags flags;
static struct wide wide;
static struct mixed mixed = { 7, 8589934591ul, -1, -1, 4294967295u, 1048575 };
static struct packed packed = { 0xaa, 0x1234567890abcdeful, HIGH, -200 };

int test(void)
{
	CHECK((flags.bit = seven + 1) == 0 && (flags.bit = seven) == 1 && (flags.sign = seven) == -1);
	CHECK((flags.bit += 1) == 0 && ++flags.bit == 1 && ++flags.bit == 0 && flags.bit-- == 0 && flags.bit == 1);
	CHECK(flags.sign++ == -1 && flags.sign == 0 && --flags.sign == -1 && (flags.sign <<= 1) == 0);
	CHECK((flags.truth = seven) == 1 && flags.truth++ == 1 && flags.truth == 1 && flags.truth-- == 1 && !flags.truth);
	CHECK((flags.three = seven + 3) == 2 && (flags.three *= 5) == 2 && flags.three == 2 && flags.bit == 1);
	CHECK((wide.high = all) == 0xffffffff && wide.low == 0 && (wide.low = all << 4) == 0xfffffff0);
	CHECK((wide.low += 16) == 0 && wide.high-- == 0xffffffff && wide.high == 0xfffffffe);
	/* Narrower than int: int. As wide: unsigned int. Wider: the type that was declared. */
	CHECK(mixed.a - 8 < 0 && mixed.f - 2000000 < 0 && !(mixed.d < mixed.e) && -mixed.e == 1 && mixed.c < 0);
	CHECK(sizeof(mixed.b + 0) == 8 && mixed.b >> 30 == 7 && mixed.d >> 30 == -1 && mixed.c >> 39 == -1);
	mixed.c ^= 1l << seven;
	mixed.b -= all;
	CHECK(mixed.c == -129 && mixed.b == 0 && mixed.a == 7 && mixed.d == -1 && mixed.e == 0xffffffff);
	CHECK(packed.odd == 0x1234567890abcdeful && packed.level == HIGH && packed.tail == -200 && sizeof packed == 10);
	CHECK((packed.odd *= seven) == (0x1234567890abcdeful * 7 & 0x1ffffffffffffffful));
	packed.level = LOW;
	CHECK((packed.tail -= seven * 10) == 242 && packed.before == (char)0xaa && packed.level == LOW);
	CHECK(packed.odd == (0x1234567890abcdeful * 7 & 0x1ffffffffffffffful));
	unsigned _BitInt(1) least = (unsigned _BitInt(1))(seven + 1);
	CHECK(least == 0 && ++least == 1 && ++least == 0);
	return 0;
}
