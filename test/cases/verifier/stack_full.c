// verifier xdp
// Rule 15: almost the whole stack of 512 bytes is one buffer, with an index into it.
#include "case.h"

SEC("xdp")
int full(struct xdp_md *ctx) {
  INPUT(ctx);
  __u8 buffer[480];
  __builtin_memset(buffer, 0, sizeof(buffer));
  __u32 at = in->half[0];
  if (at >= sizeof(buffer)) return 1;
  buffer[at] = 3;
  bpf_get_smp_processor_id();
  __u32 from = in->word[1];
  if (from > sizeof(buffer) - 8) return 2;
  __u32 sum = 0;
  for (int i = 0; i < 8; i++) sum = sum * 2 + buffer[from + i];
  return sum;
}
