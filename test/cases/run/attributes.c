// run
/* Attributes: in parentheses, as macros leave them, and behind `*`, where those that are of no type are the declaration's. */
#define NAME(x) (x)
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

__attribute__((section((".data.numbers")), used)) int number = 3;
extern int same __attribute__((alias(NAME("number"))));
__attribute__((visibility((("hidden"))))) int hidden = 4;

int *__attribute__((aligned(64))) pointer;
int *const __attribute__((aligned(32))) constant = &number;
int *__attribute__((aligned(64))) *indirect;
int (*__attribute__((aligned(128))) callback)(int);
int *__attribute__((aligned(32))) array[2];
typedef int *__attribute__((aligned(32))) aligned_pointer;
static struct { char first; int *__attribute__((packed)) second; char third; int *__attribute__((aligned(4))) last; } record;
extern int *__attribute__((alias("pointer"))) other;

int test(void)
{
	same++;
	CHECK(number == 4 && hidden == 4);
	CHECK(_Alignof pointer == 64 && _Alignof constant == 32 && _Alignof indirect == 64 && _Alignof callback == 128);
	CHECK(_Alignof array == 32 && _Alignof(aligned_pointer) == 32);
	CHECK(__builtin_offsetof(__typeof(record), second) == 1 && sizeof record == 24);
	pointer = constant;
	CHECK(*other == 4);
	aligned_pointer local = other;
	return *local == 4 ? 0 : __LINE__;
}
