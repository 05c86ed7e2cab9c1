// verifier xdp
// Rule 8: loads behind a null test or a check of bounds stay behind it, also where both sides of a choice load.
#include "case.h"

struct value { __u32 a, b, c; };

ARRAY(values, struct value, 3);

SEC("xdp")
int guarded(struct xdp_md *ctx) {
  __u8 *data = (void *)(long)ctx->data;
  __u8 *end = (void *)(long)ctx->data_end;
  __u32 key = end - data;
  key &= 3;
  struct value *v = bpf_map_lookup_elem(&values, &key);
  __u32 x = v ? v->a : 4;
  __u32 y = v && v->b ? v->c : 2;
  __u32 z = data + 70 <= end ? data[69] : data + 20 <= end ? data[19] : 1;
  for (int i = 0; i < 3; i++) {
    if (!v) break;
    v->a += z;
    x += v->a;
  }
  return x + y + z;
}
