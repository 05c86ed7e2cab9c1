// run
/* Strings in attributes may stand in parentheses, as macros leave them. */
#define NAME(x) (x)

__attribute__((section((".data.numbers")), used)) int number = 3;
extern int same __attribute__((alias(NAME("number"))));
__attribute__((visibility((("hidden"))))) int hidden = 4;

int test(void)
{
	same++;
	return number == 4 && hidden == 4 ? 0 : __LINE__;
}
