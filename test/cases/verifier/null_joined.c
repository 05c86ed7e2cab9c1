// verifier xdp
// Rule 4: tests of several pointers for null stay apart.
#include "case.h"

ARRAY(values, __u64, 8);

SEC("xdp")
int joined(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 a = in->byte[0], b = in->byte[1], c = in->byte[2];
  __u64 *x = bpf_map_lookup_elem(&values, &a);
  __u64 *y = bpf_map_lookup_elem(&values, &b);
  __u64 *z = bpf_map_lookup_elem(&values, &c);
  if (!x || !y) return 1;
  *x += 3;
  *y += 5;
  if (x && y && z) *z += *x;
  bool all = x && z;
  if (!all) return 2;
  return *x + *y + *z;
}
