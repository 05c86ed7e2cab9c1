// verifier tc
// Rule 6: reads and writes of one width through context, map value and packet stay instructions of their own.
// clang-19: refused at v1 to v4
#include "case.h"

struct counters {
  __u32 pad[2];
  __u32 mark;
};

ARRAY(counters, struct counters, 2);

SEC("tc")
int kinds(struct __sk_buff *skb) {
  __u32 key = skb->len & 1;
  struct counters *c = bpf_map_lookup_elem(&counters, &key);
  if (!c) return 0;
  __u32 x;
  if (skb->priority == 9) x = skb->mark;
  else x = c->mark;
  if (skb->len > 80) skb->mark = x + 1;
  else c->mark = x + 1;
  __u32 *data = (void *)(long)skb->data;
  if ((void *)(data + 4) <= (void *)(long)skb->data_end) {
    if (x & 1) data[2] = 5;
    else skb->mark = 5;
  }
  return x + skb->mark + c->mark;
}
