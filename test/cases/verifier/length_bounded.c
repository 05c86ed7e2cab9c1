// verifier xdp -O1 -O2 -Os
// Rule 2: the length of a packet is a difference of pointers, of which the verifier knows nothing, not even that it has 32 bits.
#include "case.h"

struct counters { __u64 at[64]; };
ARRAY(lengths, struct counters, 1);

SEC("xdp")
int length(struct xdp_md *ctx) {
  __u32 key = 0;
  __s64 length = ctx->data_end - ctx->data;
  if (length < 0 || length >= 64) length = 0;
  struct counters *c = bpf_map_lookup_elem(&lengths, &key);
  if (!c) return 0;
  c->at[length] += 3;
  return c->at[length];
}
