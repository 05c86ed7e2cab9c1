// verifier xdp
// Rule 4: x == 4 || x == 5 is not one test of x & -2.
#include "case.h"

__u32 table[6] = { 1, 2, 3, 4, 5, 6 };

SEC("xdp")
int one_of(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 x = in->word[0];
  __u8 y = in->byte[0];
  int sum = 0;
  if (x == 4 || x == 5) sum = table[x];
  if (y == 1 || y == 3) sum += 10 * table[y];
  return sum;
}
