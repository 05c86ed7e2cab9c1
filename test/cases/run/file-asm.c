// run
/* Assembly outside of functions: it may define what C declares, in any section, and use what C defines. */
static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

asm(".globl difference\n"
    ".type difference, @function\n"
    "difference:\n"
    "	r0 = r1\n"
    "	r0 -= r2\n"
    "	exit\n"
    ".size difference, .-difference");

long difference(long a, long b);
long twice(long value);

__attribute__((noinline)) long four_times(long value)
{
	return 2 * twice(value);
}

/* Each goes on where the one before ended. */
asm(".section .data.primes, \"aw\", @progbits\n"
    ".balign 4");
asm(".globl primes\n"
    "primes: .4byte 2, 3, 5");
extern int primes[3];

asm(".text\n"
    ".macro function name, code\n"
    "	.globl \\name\n"
    "	.type \\name, @function\n"
    "\\name:\n"
    "	\\code\n"
    "	.size \\name, .-\\name\n"
    ".endm\n"
    "function twice, \"r0 = r1; r0 += r1; exit\"\n"
    "function eight_times, \"call four_times; r0 <<= 1; exit\"");
long eight_times(long value);

int test(void)
{
	CHECK(difference(OPAQUE(9), OPAQUE(11)) == -2);
	CHECK(four_times(OPAQUE(5)) == 20 && eight_times(OPAQUE(5)) == 40);
	CHECK(primes[OPAQUE(2)] == 5);
	primes[1] = OPAQUE(7);
	CHECK(primes[OPAQUE(1)] == 7);
	return 0;
}
