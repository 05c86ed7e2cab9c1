// pp -C
#define S(a) #a
#define V(...) __VA_OPT__(/* in */ __VA_ARGS__) // line
#define L(x) x // line
#define L(x) x // other
#define EMPTY /* nothing */
x /* d */
S( /* a */ b /* c */ )
V(1 /* z */) V()
L(3) + L(4 // r
)
EMPTY;
/* a */ /* b */ x /* c
*/ y
x /\
* spliced *\
/ y /\
/ line \
more
# /* n */ define /* m */ Q /* k */ 1 /* l */
Q
#pragma /* c */ foo /* d */ bar // e
_Pragma("foo") /* after */ x
#if 1 // c
w
#endif // d
/* before */ #define NOT
   /* indented */
   // indented
	/* tab */ z
int f(int) /* x */;/* y */int
/* a
b
c */ z;
/* eof */
