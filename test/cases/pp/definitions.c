// pp -dD -DGIVEN=1 -UTAKEN
#define A 1 // one
#define F(x, y...)   x + y /* c */ + 1
#define G( ... ) #__VA_ARGS__
#define EMPTY
#undef A
#undef NOTHING
#undef __LINE__
#define A /* in */ 2
int x = A; int y;
#pragma push_macro("A")
#define A 2
#pragma pop_macro("A")
#if 0
#define NEVER
#endif
int f(void) { return F(1,
#define INSIDE 3
  2); }










#define FAR 4
int far = FAR;
#pragma unroll
  #   define PADDED(a) a ## _ ## a

A
#define LAST
