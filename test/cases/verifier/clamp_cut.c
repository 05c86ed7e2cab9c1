// verifier xdp -O1 -O2 -Os
// Rules 1 and 2: an int cut from 64 bits is clamped and is an index; with the sign of its 32 bits the verifier would know nothing of it.
#include "case.h"

TABLE16(table);
__u64 total;

SEC("xdp")
int clamp(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 sum = in->word[3];
  total += in->wide[0] - in->byte[0];
  __s32 x = total;
  x = x < 0 ? 0 : x > 7 ? 7 : x;
  return sum + table[x];
}
