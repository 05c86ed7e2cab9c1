// verifier xdp
// Rules 12 and 13: a checksum over a header, its carries folded by arithmetic.
#include "case.h"

SEC("xdp")
int checksum(struct xdp_md *ctx) {
  __u16 *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  __u32 sum = 0;
  for (int i = 0; i < 30; i++) {
    if ((void *)(data + i + 1) > end) break;
    sum += data[i];
  }
  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  __u64 wide = 0;
  for (int i = 0; i < 5; i++) {
    if ((void *)((__u32 *)data + i + 1) > end) break;
    __u32 word = ((__u32 *)data)[i];
    wide += word;
    wide = (__u32)wide + (wide >> 32);
  }
  return (__u16)~sum + (__u32)wide;
}
