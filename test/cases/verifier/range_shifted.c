// verifier xdp
// Rule 4: lo <= x and x < hi stay two tests of the register that is the index.
#include "case.h"

TABLE16(table);

SEC("xdp")
int ranges(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 x = in->word[0];
  if (x < 4 || x > 15) return 1;
  __u64 y = in->wide[0];
  int sum = table[x] + table[x - 4];
  if (y >= 2 && y < 14) sum += 10 * table[y - 2] + 100 * table[y + 2];
  int z = in->word[1];
  if (z > -1 && z <= 15) sum += 1000 * table[z];
  return sum;
}
