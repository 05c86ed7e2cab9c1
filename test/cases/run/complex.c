// run
/* Complex types: parts, conversions, arithmetic, comparison, passing, initialisers. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
typedef _Complex double cd; typedef _Complex float cf; typedef _Complex int ci; typedef _Complex unsigned char cb;

static volatile int zero = 0;
struct pair { cb a; cb b; } pair = { 1 + 2i, 3 + 4i };
static const cd constants[3] = { 1.5 - 2.5i, 7, -(2 + 3i) };
ci numbers[4];
_Static_assert(sizeof(cd) == 16 && sizeof(cf) == 8 && sizeof(cb) == 2 && _Alignof(ci) == 4, "layout");

__attribute__((noinline)) static int is_pair(struct pair p) { return p.a == 1 + 2i && p.b == 3 + 4i; }
__attribute__((noinline)) static ci twist(ci z, int by) { return z * (0 + 1i) + by; }
__attribute__((noinline)) static int sum(cb z) { return __real__ z + __imag__ z; }
static cd square(cd z) { return z * z; }

static const cd made = __builtin_complex(3.0, -4.0);

int test(void)
{
	CHECK(is_pair(pair));
	ci z = 3 + zero;
	CHECK(__real__ z == 3 && __imag__ z == 0);
	__imag__ z = 4 + zero;
	CHECK(z == 3 + 4i && z != 3 && z != 3 - 4i && ~z == 3 - 4i && -z == -3 - 4i);
	CHECK(z * ~z == 25 && z * 2 == 6 + 8i && 2 * z == z + z && z - z == 0);
	CHECK(z * z / z == z && (z * 10) / 5 == 6 + 8i && (50 + zero) / z == 6 - 8i);
	z += 1i; z -= 1; z *= 2;
	CHECK(z == 4 + 10i);
	ci old = z++;
	CHECK(old == 4 + 10i && z == 5 + 10i && --z == old);
	CHECK(twist(1 + 2i, 10) == 8 + 1i);
	CHECK(sum(250 + 7i) == 257);
	CHECK((z ? 1 : 2) == 1 && !(z - z) && (z && zero == 0) && (0i || z));
	CHECK((_Bool)1i == 1 && (int)(7 + 9i) == 7 && __imag__ 5 == 0 && __real__ 5 == 5);
	if (zero + 0i) return __LINE__;
	int *part = &__imag__ numbers[2];
	*part = 12;
	CHECK(numbers[2] == 12i && numbers[1] == 0);
	for (int i = 0; i < 4; i++) numbers[i] = -i;
	CHECK(numbers[3] == -3);
	ci chosen = zero ? z : 5;
	CHECK(chosen == 5);

	cd d = 1.5 + 2.0i;
	CHECK(square(d) == -1.75 + 6.0i && d / 2 == 0.75 + 1i && d == (cf)d && __real__ d == 1.5);
	CHECK(constants[0] == 1.5 - 2.5i && constants[1] == 7 && __imag__ constants[2] == -3);
	cf f = 0.5f;
	f += 1;
	CHECK(f == 1.5 && __imag__ f == 0 && (ci)(2.75 + 3.5i) == 2 + 3i);
	CHECK(((cd){ 1, 2 }) == 1 + 2i && 0.0i == -0.0);
	struct { int low : 5; unsigned high : 7; } fields = { 3, 5 };
	fields.low += (ci)(2 + 3i);
	fields.high *= (ci)(2 + 3i) + (ci)(5 + 1i);
	CHECK(fields.low == 5 && fields.high == 35);
	CHECK(__builtin_conj(d) == 1.5 - 2.0i && __builtin_conjf(f + 1i) == 1.5f - 1i && __builtin_conjl(2i) == -2i);
	CHECK(__builtin_creal(d) == 1.5 && __builtin_cimag(d) == 2 && __builtin_crealf(d) == 1.5f && __builtin_cimagl(7) == 0);
	CHECK(sizeof(__builtin_cimagf(d)) == 4 && sizeof(__builtin_conj(f)) == 16 && __builtin_creall(f) == 1.5);
	CHECK(__builtin_complex(1.0, 2.0) == 1 + 2i && sizeof(__builtin_complex(1.0f, 2.0f)) == 8 && made == 3 - 4i);
	return 0;
}
