// verifier xdp -O1 -O2 -Os
// Rule 7: an offset in a number, grown header by header and bounded, is added to the packet once.
#include "case.h"

SEC("xdp")
int offsets(struct xdp_md *ctx) {
  __u8 *data = (void *)(long)ctx->data;
  __u8 *end = (void *)(long)ctx->data_end;
  __u32 at = 0;
  __u32 sum = 0;
  for (int i = 0; i < 6; i++) {
    if (at > 200) return 9;
    __u8 *p = data + at;
    if (p + 2 > end) break;
    sum += p[0] * 3 + p[1];
    at += (p[1] & 31) + 2;
  }
  __u64 offset = sum & 63;
  if (data + offset + 4 > end) return sum;
  return sum + data[offset] + data[offset + 3];
}
