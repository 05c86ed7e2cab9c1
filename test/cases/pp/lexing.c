// pp
int a\
b c\
   d + \
+ +\
+ /\
* comment *\
/ "str\
ing" 12\
34 .\
. .\
.
#define multi(a, \
   b) a \
   b
multi(1,
      2)
L"x" u8"x" u"x" U"x" L'x' u'x' u8'x' 0x1p+3 1e+5 0xe+1 1.2.3 .5 5. 1..2 1_a $x x$ a.b a...b
a+++++b a---b a<<=b a>>=b a->b a<:1:> <%%> x ? y : z x::y !~-+*&|^%/ != == <= >= && || *= /= %= += -= &= |= ^=
// line comment \
   continued
a/**/b a /* x */ b/* y */c a//b
x/ /y "/*" '//' "//"
@ ` \
#define f(x) [x]
f /* c */ (
1
// d
)
f
-f
