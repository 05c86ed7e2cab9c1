// verifier xdp
// Rule 12: a bound from outside, limited, ends a loop whose index is the access's.
#include "case.h"

struct list {
  __u32 used;
  __u32 items[32];
};

ARRAY(lists, struct list, 1);

SEC("xdp")
int bound(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 key = 0;
  struct list *list = bpf_map_lookup_elem(&lists, &key);
  if (!list) return 0;
  __u32 n = list->used;
  if (n < 32) list->items[n] = in->word[0];
  if (n < 32) list->used = n + 1;
  __u32 sum = 0;
  for (__u32 i = 0; i < n && i < 32; i++) sum += list->items[i] * (i + 1);
  if (n > 32) n = 32;
  for (int i = 0; i < n; i++) sum ^= list->items[i];
  return sum;
}
