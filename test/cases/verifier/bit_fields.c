// verifier xdp
// Rules 2 and 3: bit-fields are bounded by their width, which their mask and shift show.
// clang-19: refused at v1 and v2
#include "case.h"

struct packed_fields {
  __u32 index : 4;
  __u32 other : 4;
  __s32 delta : 5;
  __u32 rest : 19;
};

TABLE16(table);

SEC("xdp")
int fields(struct xdp_md *ctx) {
  INPUT(ctx);
  struct packed_fields *f = (void *)in->word;
  struct packed_fields own = *f;
  own.other = own.index + 3;
  int at = own.index + own.delta;
  if (at < 0 || at > 15) at = own.other;
  f->index = at;
  return table[f[1].index] + 10 * table[own.other] + 100 * table[at];
}
