// verifier xdp
// Rules 4 and 8: what a flag says of a pointer, the pointer's own tests say to the verifier.
#include "case.h"

ARRAY(values, __u64, 4);

SEC("xdp")
int flags(struct xdp_md *ctx) {
  INPUT(ctx);
  __u64 *found = 0;
  int which = 0;
  for (int i = 0; i < 3; i++) {
    __u32 key = in->byte[i];
    found = bpf_map_lookup_elem(&values, &key);
    if (found) {
      which = i + 1;
      break;
    }
  }
  if (which == 0 || !found) return 0;
  *found += which;
  __u64 *p = which == 1 ? found : 0;
  return p ? *p + 100 : *found;
}
