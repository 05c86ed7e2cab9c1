// verifier xdp
// Rule 2: a range is not replaced by a mask, which would be wider.
#include "case.h"

__u8 table[33] = { [0] = 1, [7] = 2, [31] = 3, [32] = 4 };

SEC("xdp")
int range(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 x = in->byte[0];
  if (x > 32) return 0;
  __u32 y = x & 63;
  __u32 z = in->word[0] & 63;
  if (z > 32) return table[y];
  return table[y] + 10 * table[z];
}
