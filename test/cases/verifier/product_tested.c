// verifier xdp
// Rule 3: a test of a product stays on it; the product is the offset.
#include "case.h"

__u8 table[64] = { [0] = 9, [4] = 8, [12] = 7, [24] = 6, [60] = 5 };

SEC("xdp")
int products(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 a = in->byte[0] * 4;
  if (a > 60) return 0;
  __u32 b = in->half[0] * 12;
  if (b < 12 || b > 60) return table[a];
  return table[a] + 10 * table[b];
}
