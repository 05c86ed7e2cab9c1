// verifier xdp
// Rule 4: the value of a switch is bounded in its cases, by tests of itself.
#include "case.h"

__u32 table[12] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };

SEC("xdp")
int by_switch(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 x = in->word[0];
  switch (x) {
    case 3: case 4: case 5: case 6:
      return table[x];
    case 8 ... 10:
      return table[x + 1] * 2;
    case 40:
      return 7;
    default:
      break;
  }
  switch (in->byte[2]) {
    case 0: return table[0];
    case 1: return table[1] + 100;
    case 2: return table[2] + 200;
    case 3: return table[3] + 300;
    case 4: return table[4] + 400;
    default: return x > 11 ? 500 : 600 + table[x];
  }
}
