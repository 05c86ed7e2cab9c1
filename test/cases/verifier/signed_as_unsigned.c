// verifier xdp -O1 -O2 -Os
// Rules 1 and 9: a signed number is tested as an unsigned one, and is an index and the limit of a loop: all in one register.
#include "case.h"

TABLE16(table);

SEC("xdp")
int one_register(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 sum = in->word[2];
  __s32 count = in->byte[0] - 8;
  if ((__u64)count >= 8) return 5;
  for (int i = 0; i < 8; i++) {
    if (i >= count) break;
    sum += i;
    table[count] += sum;
  }
  return table[count];
}
