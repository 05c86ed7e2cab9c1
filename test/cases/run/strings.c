// run
/* String functions at run time and folded; __builtin_trap where it is never reached; inline memory builtins. */
static volatile int zero = 0;
#define OPAQUE(x) ((x) + zero)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
#define SIGN(x) (((x) > 0) - ((x) < 0))

static char buffer[16] = "hello";
static const char text[] = "hello\0world";

__attribute__((noinline)) static int divided(int a, int b)
{
	if (b == 0) __builtin_trap();
	return (unsigned)a / (unsigned)b;
}

int test(void)
{
	_Static_assert(__builtin_strlen("abc") == 3 && __builtin_strcmp("a", "b") < 0, "");
	char local[8];
	for (int i = 0; i < 7; i++) local[i] = (char)('a' + OPAQUE(i));
	local[7] = 0;
	CHECK(__builtin_strlen(buffer) == 5 && __builtin_strlen(buffer + OPAQUE(5)) == 0 && __builtin_strlen(local) == 7);
	CHECK(__builtin_strlen(text + OPAQUE(6)) == 5);
	CHECK(__builtin_strcmp(buffer, "hello") == 0 && __builtin_strcmp(text, buffer) == 0);
	CHECK(SIGN(__builtin_strcmp(buffer, "help")) == -1 && SIGN(__builtin_strcmp("help", buffer)) == 1);
	CHECK(SIGN(__builtin_strcmp(buffer, "hell")) == 1 && SIGN(__builtin_strcmp("hell", buffer)) == -1);
	buffer[OPAQUE(1)] = (char)0xe9;
	CHECK(SIGN(__builtin_strcmp(buffer, "hello")) == 1 && __builtin_strncmp(buffer, "hello", OPAQUE(1)) == 0);
	CHECK(SIGN(__builtin_strncmp(buffer, "hello", 2)) == 1 && __builtin_strncmp(buffer, "x", OPAQUE(0)) == 0);
	CHECK(__builtin_strncmp(local, "abcdefg", OPAQUE(100)) == 0 && __builtin_strncmp(local, "abcx", OPAQUE(3)) == 0);
	CHECK(__builtin_strcmp(local, "abcdefg") == 0 && !__builtin_strcmp("a" , "a"));
	__builtin_memcpy_inline(local, "xyz", 3);
	CHECK(__builtin_strcmp(local, "xyzdefg") == 0);
	CHECK(divided(OPAQUE(12), OPAQUE(4)) == 3);
	int n = OPAQUE(5);
	__builtin_memset(local, 'q', n);
	__builtin_memmove(local + 1, local + 2, n);
	CHECK(__builtin_strcmp(local, "qqqqfgg") == 0 && local[7] == 0);
	return 0;
}
