// verifier xdp
// Rules 3 and 7: offsets that are chosen, scaled and clamped, of fields in an array of records.
#include "case.h"

struct slot {
  __u16 kind;
  __u16 size;
  __u32 values[3];
};

struct slots { struct slot slots[9]; };

ARRAY(all, struct slots, 2);

SEC("xdp")
int choice(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 key = in->byte[7] & 1;
  struct slots *s = bpf_map_lookup_elem(&all, &key);
  if (!s) return 0;
  __u32 i = in->byte[0] > in->byte[1] ? in->byte[0] : in->byte[1];
  if (i > 8) i = 8;
  struct slot *slot = &s->slots[i];
  __s32 j = (__s32)in->word[0] - 4;
  if (j < 0) j = 0;
  else if (j > 2) j = 2;
  slot->values[j] += in->half[0];
  slot->kind = i;
  slot->size++;
  __u32 best = 0;
  for (__u32 k = 0; k < 9; k++) if (s->slots[k].size > s->slots[best].size) best = k;
  return s->slots[best].values[j] * 10 + best;
}
