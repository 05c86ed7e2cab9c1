// verifier xdp
// Rule 1: a byte tested as an int and used as 64-bit index is one register, extended once.
// clang-19: refused at v3 and v4
#include "case.h"

TABLE16(table);

SEC("xdp")
int narrow_index(struct xdp_md *ctx) {
  INPUT(ctx);
  __u8 i = in->byte[0];
  if (i >= 16) return 0;
  __u16 j = in->half[0] + in->half[1];
  if (j > 15) return 1;
  return table[i] + 10 * table[j];
}
