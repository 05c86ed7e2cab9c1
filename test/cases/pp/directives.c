// pp -DA=1 -DB -DC(x)=x+x -UD
#if A == 1 && defined B && defined(C) && !defined D
C(2) B
#elif 1 / 0
wrong
#else
wrong
#endif
#if 0
'unterminated
"abc
# /* comment
#else */
#if 1
wrong
#else
wrong
#endif
#elifdef A
elifdef
#elifndef A
wrong
#else
wrong
#endif
#if (2 || 1 / 0) && (0 && 1 / 0) == 0 && (1 ? 2 : (1 / 0)) == 2 && -1 < 0u - 1 && (-1 >> 1) == -1
yes
#endif
#if 'a' == 97 && '\377' < 0 && '\x41' == 65 && L'\u00e9' == 0xe9 && 'ab' == 24930 && 0b101 == 5 && 0x7fffffffffffffff > 0
yes
#endif
#if 18446744073709551615u == -1 && (0u - 1) / 2 == 0x7fffffffffffffff && 1 + 2 * 3 - 4 % 3 == 6 && (1, 2) == 2
yes
#endif
#ifdef UNKNOWN
#elif UNKNOWN
#else
else
#endif
#define EMPTY
#if EMPTY 1 EMPTY
yes
#endif
#define HAS defined(A)
#if HAS
yes
#endif
#line 100
__LINE__ __FILE__
#line 200 "other.c"
__LINE__ __FILE__ __FILE_NAME__ __BASE_FILE__
#define LINE 300
#line LINE
__LINE__
# 7 "marker.h" 3
__LINE__ __FILE__
#
# /* null */
#undef A
A
#ident "text"
  #  define X 1
X
#define F(x) x
F(
#define IN 5
#if IN == 5
IN
#else
6
#endif
) F(__LINE__
__LINE__) __LINE__
