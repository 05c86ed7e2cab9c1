// verifier xdp
// Rule 3: a test of a sum, a complement, a difference from a constant or an exclusive or stays on it.
// clang-19: refused at v1 and v2
#include "case.h"

TABLE16(table);

SEC("xdp")
int sums(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 next = in->word[0] + 1;
  if (next > 15) return 0;
  __u32 left = 15 - in->word[1];
  if (left > 15) return 1;
  __u32 other = ~in->word[2];
  if (other > 15) other = 2;
  __u32 flipped = in->word[3] ^ 8;
  if (flipped >= 16) return 3;
  __u64 behind = in->wide[0] - 3;
  if (behind > 15) return 4;
  return table[next] + 10 * table[left] + 100 * table[other] + 1000 * table[flipped] + table[behind];
}
