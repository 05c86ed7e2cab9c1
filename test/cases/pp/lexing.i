
int ab c d + + ++ "string" 1234 .. ..
# 16 "lexing.c"
1 2

L"x" u8"x" u"x" U"x" L'x' u'x' u8'x' 0x1p+3 1e+5 0xe+1 1.2.3 .5 5. 1..2 1_a $x x$ a.b a...b
a+++++b a---b a<<=b a>>=b a->b a<:1:> <%%> x ? y : z x::y !~-+*&|^%/ != == <= >= && || *= /= %= += -= &= |= ^=


a b a b c a
x/ /y "/*" '//' "//"
@ ` #define f(x) [x]

f (
1

)
f
-f
