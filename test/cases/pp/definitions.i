
#define A 1
#define F(x,y...) x + y + 1
#define G(...) #__VA_ARGS__
#define EMPTY 
#undef A
#undef NOTHING
#undef __LINE__
#define A 2
int x = 2; int y;

#define A 2




int f(void) { return
#define INSIDE 3
# 17 "definitions.c"
                     1 + 2 + 1; }
# 30 "definitions.c"
#define FAR 4
int far = 4;
#pragma unroll
#define PADDED(a) a ## _ ## a

2
#define LAST 
