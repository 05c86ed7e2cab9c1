// verifier xdp
// Rule 11: blocks of odd sizes and alignments are set, copied and compared.
#include "case.h"

struct __attribute__((packed)) mixed {
  __u8 first;
  __u32 second;
  __u16 third;
  __u64 fourth;
  __u8 last[6];
};

ARRAY(store, struct mixed, 2);

SEC("xdp")
int copies(struct xdp_md *ctx) {
  INPUT(ctx);
  struct mixed a, b;
  __builtin_memset(&a, 0x11, sizeof(a));
  __builtin_memcpy(&b, (__u8 *)in + 3, sizeof(b));
  a.second = b.second;
  __builtin_memcpy(a.last, b.last, sizeof(a.last));
  __u32 key = 1;
  struct mixed *kept = bpf_map_lookup_elem(&store, &key);
  if (!kept) return 0;
  int same = __builtin_memcmp(kept, &a, sizeof(a));
  *kept = a;
  bpf_map_update_elem(&store, &key, &b, BPF_ANY);
  __builtin_memmove((__u8 *)in + 1, in, 7);
  return (same == 0) + a.third + b.fourth + kept->last[5] + in->byte[4];
}
