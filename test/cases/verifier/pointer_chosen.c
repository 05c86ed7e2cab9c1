// verifier xdp
// Rule 6: a pointer to the stack or into a map value or into the packet, as the source has it.
#include "case.h"

struct value { __u32 words[8]; };

ARRAY(values, struct value, 2);

SEC("xdp")
int pointers(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 key = 1;
  struct value *v = bpf_map_lookup_elem(&values, &key);
  if (!v) return 0;
  struct value own = { { 1, 2, 3, 4, 5, 6, 7, 8 } };
  struct value *p = in->byte[0] > 4 ? v : &own;
  p->words[2] += 10;
  __u32 *q = in->byte[1] & 1 ? &v->words[1] : &in->word[2];
  *q += 1;
  __u32 i = in->byte[2];
  if (i > 7) return own.words[2];
  return p->words[i] + *q + v->words[2];
}
