// verifier xdp
// Rules 4 and 7: a pointer's being there kept as a number, and tested later.
#include "case.h"

ARRAY(values, __u64, 8);

SEC("xdp")
int as_number(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 a = in->byte[0], b = in->byte[1];
  __u64 *x = bpf_map_lookup_elem(&values, &a);
  __u64 *y = bpf_map_lookup_elem(&values, &b);
  int there = 0;
  if (x) there |= 1;
  if (y) there |= 2;
  switch (there) {
    case 3: *x += 1; return *x + *y;
    case 1: return x ? 10 + *x : 4;
    case 2: return y ? 20 + *y : 5;
    default: return 6;
  }
}
