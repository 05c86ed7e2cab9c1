// verifier xdp
// Rule 2: a test of a _Bool from memory stays: the verifier sees a byte.
// clang-19: refused at v1 to v4
#include "case.h"

struct switches {
  bool on;
  bool loud;
};

ARRAY(switches, struct switches, 1);

__u32 table[2] = { 17, 19 };

SEC("xdp")
int of_bool(struct xdp_md *ctx) {
  __u32 key = 0;
  struct switches *s = bpf_map_lookup_elem(&switches, &key);
  if (!s) return 0;
  s->on = ctx->data_end - ctx->data > 70;
  unsigned i = s->on;
  if (i > 1) return 1;
  unsigned j = s->loud & 1;
  return table[i] * 2 + table[j];
}
