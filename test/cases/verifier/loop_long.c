// verifier xdp
// Rules 12 and 13: a long loop with choices in it is walked once a round.
#include "case.h"

ARRAY(hits, __u32, 1);

SEC("xdp")
int rounds(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 key = 0, big = 0, odd = 0, x = in->word[0];
  __u32 *hit = bpf_map_lookup_elem(&hits, &key);
  if (!hit) return 0;
  for (int i = 0; i < 500; i++) {
    x = x * 1103515245 + 12345;
    if (x > 0x80000000) big++;
    if (x & 0x100) odd++;
    if ((x >> 16) % 7 == 0) *hit += 1;
  }
  return big + odd * 1000 + *hit * 7;
}
