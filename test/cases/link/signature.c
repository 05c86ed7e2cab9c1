// refuse: 2 objects: a declaration of other parameters than the definition
#include "prelude.h"
#if PART == 1
int callee(int x) { return x; }
#else
extern int callee(long x);
SEC("tc") int go(struct __sk_buff *skb) { return callee(skb->len); }
#endif
