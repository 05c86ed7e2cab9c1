// link: 3 objects: functions: static ones of one name, weak ones, hidden ones, called across objects
#include "prelude.h"
extern int twice(int x);
extern int thrice(int x);
static noinline int local(int x) { return x + PART; }
#if PART == 1
weak int choice(int x) { return local(x) * 2; }
noinline hidden int quiet(int x) { return local(x); }
SEC("tc") int one(struct __sk_buff *skb) { return twice(skb->len) + local(quiet(skb->len)); }
#elif PART == 2
int choice(int x) { return local(x) * 3; }
int quiet(int x);
noinline int twice(int x) { return x * 2 + local(x); }
SEC("tc") int two(struct __sk_buff *skb) { return thrice(skb->len) + choice(3) + quiet(2); }
#else
weak int choice(int x) { return local(x) * 5; }
noinline int thrice(int x) { return x * 3 + local(x); }
SEC("tc") int three(struct __sk_buff *skb) { return choice(twice(skb->len)); }
#endif
