// verifier xdp
// Rule 9: 32-bit sums are tested and used as one zero-extended register.
// clang-19: refused at v1 to v4
#include "case.h"

TABLE16(table);

SEC("xdp")
int extension(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 a = in->word[0] + in->word[1];
  if (a > 15) return 1;
  __u32 b = in->word[2] * 3 - in->byte[0];
  if (b > 15) b = 15;
  __u64 c = (__u32)in->wide[0];
  if (c >= 16) return 2;
  int d = (int)in->wide[1] - 4;
  if (d < 0) d = -d;
  if (d > 15 || d < 0) return 3;
  return table[a] + 10 * table[b] + 100 * table[c] + 1000 * table[d];
}
