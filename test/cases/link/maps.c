// link: 2 objects: maps, one shared, one of maps, and static ones of the same name
#include "prelude.h"
struct value { long count; struct value *next; };
struct inner { __uint(type, 2); __uint(max_entries, 1); __type(key, int); __type(value, int); };
static struct { __uint(type, 1); __uint(max_entries, PART); __type(key, int); __type(value, long); } same SEC(".maps");
#if PART == 1
struct inner in SEC(".maps");
struct { __uint(type, 12); __uint(max_entries, 1); __type(key, int); __array(values, struct inner); } outer SEC(".maps") = {
  .values = { &in },
};
struct { __uint(type, 1); __uint(max_entries, 8); __type(key, int); __type(value, struct value); } shared SEC(".maps");
#else
extern struct { __uint(type, 1); __uint(max_entries, 8); __type(key, int); __type(value, struct value); } shared SEC(".maps");
#endif
#if PART == 1
SEC("tc") int one(struct __sk_buff *skb)
#else
SEC("tc") int two(struct __sk_buff *skb)
#endif
{
  int key = PART;
  struct value *v = bpf_map_lookup_elem(&shared, &key);
  long *n = bpf_map_lookup_elem(&same, &key);
  return (v ? v->count : 0) + (n ? *n : 0);
}
