// refuse: 2 objects: a map of another size than declared
#include "prelude.h"
#if PART == 2
extern
#endif
struct { __uint(type, 1); __uint(max_entries, PART); __type(key, int); __type(value, long); } shared SEC(".maps");
static noinline int use(void) { int key = 0; return bpf_map_lookup_elem(&shared, &key) != 0; }
#if PART == 2
SEC("tc") int go(struct __sk_buff *skb) { return use(); }
#endif
