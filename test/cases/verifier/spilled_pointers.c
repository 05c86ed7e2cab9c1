// verifier tc
// Rule 10: more pointers than there are registers live over calls: context, packet, map values, stack.
#include "case.h"

ARRAY(values, __u64, 16);

static __always_inline __u64 *at(__u32 key) {
  return bpf_map_lookup_elem(&values, &key);
}

SEC("tc")
int pressure(struct __sk_buff *skb) {
  __u8 *data = (void *)(long)skb->data;
  if (data + 40 > (__u8 *)(long)skb->data_end) return 0;
  __u64 *a = at(data[0] & 15), *b = at(data[1] & 15), *c = at(data[2] & 15), *d = at(data[3] & 15);
  __u64 *e = at(data[4] & 15), *f = at(data[5] & 15);
  __u64 own[4] = { data[6], data[7], data[8], data[9] };
  if (!a || !b || !c || !d || !e || !f) return 1;
  __u64 *g = at(own[data[10] & 3] & 15);
  if (!g) return 2;
  *a += data[11];
  *b += *a + 1;
  *c += *b + data[12];
  *d += *c + 1;
  *e += *d + own[data[13] & 3];
  *f += *e + 1;
  *g += *f + skb->len;
  return *a + *b + *c + *d + *e + *f + *g + data[39];
}
