// run
/* Lines are joined before literals are read: an escape may go on in the next line. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

#if 0
'\\
''
"\\
""
#endif

static const char text[] = "a\\
n\
b\\
\\
";
static const char tab = '\\
t';

int test(void)
{
	CHECK(sizeof(text) == 5 && text[1] == '\n' && text[2] == 'b' && text[3] == '\\');
	CHECK(tab == 9);
	return 0;
}
