// refuse: 2 objects: a variable whose record has another member in the other object
#include "prelude.h"
#if PART == 1
struct state { int a, b; } state = { 1 };
#else
extern struct state { int a, c; } state;
SEC("tc") int go(struct __sk_buff *skb) { return state.c; }
#endif
