// verifier xdp
// Rule 3: a test of what a shift gives stays on that, and is not moved to what was shifted.
#include "case.h"

TABLE16(table);

SEC("xdp")
int shifted(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 words = in->word[0] >> 2;
  if (words > 15) return 0;
  __u64 pages = in->wide[0] >> 12;
  if (pages >= 16) return 1;
  __u32 scaled = in->word[1] << 2;
  if (scaled > 60) return 2;
  return table[words] + 10 * table[pages] + *(__u32 *)((char *)table + scaled) * 100;
}
