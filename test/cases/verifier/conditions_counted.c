// verifier xdp
// Rule 13: numbers made of comparisons in a loop do not let the paths explode.
// clang-19: refused at v1 to v4
#include "case.h"

TABLE16(table);

SEC("xdp")
int counted(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 low = 0, mask = 0;
  for (int i = 0; i < 16; i++) {
    low += table[i] < in->byte[i & 7];
    mask |= (table[i] == in->byte[2]) << i;
  }
  if (low > 15) low = 15;
  bool any = mask != 0;
  return table[low] * 2 + any + (mask & 0xff) * 100;
}
