// verifier xdp -O1 -O2 -Os
// Rules 1 and 12: counters in a map value, added to atomically or not, stay what the source says; what one gave is tested.
#include "case.h"

struct counters {
  __u64 packets;
  __u32 last;
  __u32 ring[8];
};

ARRAY(counters, struct counters, 1);

SEC("xdp")
int atomics(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 key = 0;
  struct counters *c = bpf_map_lookup_elem(&counters, &key);
  if (!c) return 0;
  __sync_fetch_and_add(&c->packets, 1);
  c->last += in->byte[0];
  __u32 slot = c->last % 11;
  if (slot >= 8) slot = 0;
  c->ring[slot] += in->word[0];
  __u32 sum = 0;
  for (int i = 0; i < 8; i++) sum += c->ring[i];
  return sum + c->packets;
}
