// verifier xdp
// Rule 13: arithmetic without branches stays so: each branch would double the verifier's paths through the loop.
#include "case.h"

TABLE16(table);

SEC("xdp")
int signs(struct xdp_md *ctx) {
  INPUT(ctx);
  int x = in->word[0];
  __u32 i = 0;
  for (int round = 0; round < 24; round++) {
    int mask = x >> 31;
    int magnitude = (x ^ mask) - mask;
    __u32 below = (__u32)(magnitude - 1000) >> 31;
    i = (i * 2 + below) & 15;
    i = (i + table[i]) & 15;
    x = x * 1103515245 + 12345;
  }
  __s64 y = in->wide[0];
  __u64 top = (__u64)y >> 63;
  return table[i] * 16 + table[top] + (__u32)((y >> 63) & 0x100);
}
