// verifier xdp -O1 -O2 -Os
// Rules 1 and 9: 64 bits of a map are cut to 32, tested and used as an index; one extension serves both.
#include "case.h"

TABLE16(table);
__u64 total = 3;

SEC("xdp")
int cut(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 sum = in->word[3];
  total += in->byte[0];
#pragma unroll
  for (int i = 0; i < 2; i++) {
    __u32 index = total;
    if (index > 15) return sum + 2;
    table[index] = sum;
    sum = sum * 31 + table[index];
  }
  return sum;
}
