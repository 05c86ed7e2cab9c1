// verifier xdp
// Rule 1: a 16-bit length in the order of the network, tested, is the size that the helper gets.
// clang-19: refused at v1 to v4
#include "case.h"

char buffer[256];

SEC("xdp")
int narrow_length(struct xdp_md *ctx) {
  INPUT(ctx);
  __u16 length = bpf_ntohs(in->half[1]);
  if (length > 32) length = 32;
  if (length < 1) return 1;
  if (bpf_xdp_load_bytes(ctx, 2, buffer, length) < 0) return 2;
  return buffer[length - 1] + length;
}
