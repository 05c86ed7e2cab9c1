// verifier xdp
// Rule 11: a helper reads all of a key, its padding too: what zeroed it stays.
#include "case.h"

struct key {
  __u8 kind;
  __u32 address;
  __u16 port;
};

HASH(flows, struct key, __u64, 64);

SEC("xdp")
int padding(struct xdp_md *ctx) {
  INPUT(ctx);
  struct key key;
  __builtin_memset(&key, 0, sizeof(key));
  key.kind = in->byte[0];
  key.address = in->word[0];
  key.port = in->half[0];
  __u64 *seen = bpf_map_lookup_elem(&flows, &key);
  if (seen) return ++*seen;
  __u64 one = 1;
  bpf_map_update_elem(&flows, &key, &one, BPF_ANY);
  struct key other = {};
  other.kind = key.kind;
  other.address = key.address;
  if (in->byte[1] & 1) other.port = key.port;
  seen = bpf_map_lookup_elem(&flows, &other);
  return seen ? 100 + *seen : 0;
}
