// verifier xdp
// Rule 4: x < 16 && y < 16 is not one test of x | y.
#include "case.h"

TABLE16(table);

SEC("xdp")
int both(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 x = in->word[0], y = in->word[1];
  if (x < 16 && y < 16) return table[x] + 10 * table[y];
  __u64 a = in->wide[0], b = in->wide[1];
  if (a >= 16 || b >= 16) return 0;
  return table[a] + 100 * table[b];
}
