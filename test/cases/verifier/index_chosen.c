// verifier xdp
// Rule 1: an index that two branches give, bounded in each, is bounded where they meet.
#include "case.h"

TABLE16(table);

SEC("xdp")
int chosen(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 i;
  if (in->byte[0] & 1) {
    i = in->word[0] & 7;
  } else {
    i = in->half[3];
    if (i > 12) i = 12;
  }
  __u32 j = in->byte[3] > 4 ? (__u32)(in->byte[4] & 15) : i + 1;
  return table[i] * 16 + table[j];
}
