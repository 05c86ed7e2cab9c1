// pp
#define str(x) #x
#define CAT(a, b) a ## b
#define CAT3(a,b,c) a##b##c
CAT3(<,<,=) CAT3(L,"a",) CAT3(L,'a',) CAT3(u8,"x",) CAT3(1,.,e) CAT3(-,>,) CAT3(%,:,) CAT3(x,1,y) CAT3(,,)
CAT(#, #) x CAT(a, CAT(b, c)) CAT(1, e+5) CAT(.5, .6) CAT(&, &) CAT(, x) CAT(x, ) CAT( , )
#define PRE(x) [a ## x] [x ## a] [ x##x ]
PRE(1_) PRE()
#define hash #
hash hash CAT(hash, hash) CAT(%:, %:) str(%:%:)
#define OBJ a ## b ## c
OBJ
#define NOT(x) #x ## #x
#define LS str( a + b"c\n" '\'' \x )
#define xstr(x) str(x)
LS xstr(LS) str() str( ) str("\0" "a\"b") str(	a	b  ) str('"' "'")
#define V(a, b...) [a|b|#b|a##b]
V(1) V(1,) V(1,2) V(1,2,3) V( ) V(,)
#define W(a, ...) [a, ##__VA_ARGS__] [a , ## __VA_ARGS__ + 1]
W(1) W(1,) W(1,2) W() W(,)
#define CC(...) x, ## __VA_ARGS__
CC() CC(1) CC(1,2)
#define OPT(p, args...) f(p, ## args) g(p ,##args)
OPT(1) OPT(1,) OPT(1, 2, 3) OPT()
