// verifier xdp -O1 -O2 -Os
// Rules 1 and 3: hints of what is likely change the layout, not the tests.
// clang-19: refused at v1 to v4
#include "case.h"

TABLE16(table);
HASH(seen, __u32, __u64, 8);

SEC("xdp")
int hints(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 i = in->word[0];
  if (unlikely(i > 15)) return 1;
  __u64 *p = bpf_map_lookup_elem(&seen, &i);
  if (unlikely(!p)) {
    __u64 zero = 0;
    bpf_map_update_elem(&seen, &i, &zero, BPF_NOEXIST);
    p = bpf_map_lookup_elem(&seen, &i);
    if (unlikely(!p)) return 2;
  }
  *p += table[i];
  if (likely(in->byte[0] < 16 && in->byte[1] < 16)) return *p + table[in->byte[0]] * table[in->byte[1]];
  return *p;
}
