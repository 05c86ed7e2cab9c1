// verifier xdp -O1 -O2 -Os
// Rules 1 and 9: sign-extended bytes and halves, tested on both sides, then used.
// clang-19: refused at v4
#include "case.h"

TABLE16(table);

SEC("xdp")
int signed_byte(struct xdp_md *ctx) {
  INPUT(ctx);
  signed char c = in->byte[1];
  short s = in->half[2];
  if (c < 0 || c > 15) return 1;
  int sum = table[c];
  if (s >= 0 && s <= 15) sum += table[s] << 8;
  s -= c;
  if (s > 0 && s < 16) sum += table[s] << 16;
  return sum;
}
