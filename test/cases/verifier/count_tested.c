// verifier xdp
// Rule 2: tests of counts of bits stay: the verifier cannot know what the arithmetic in place of an instruction gives.
// clang-19: refused at v1 to v4
#include "case.h"

__u8 table[65] = { [1] = 3, [5] = 4, [9] = 5, [30] = 6, [63] = 7, [64] = 8 };

SEC("xdp")
int counts(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 ones = __builtin_popcountll(in->wide[0]);
  if (ones > 64) return 0;
  __u32 result = table[ones];
  if (in->wide[1] != 0) {
    __u32 leading = __builtin_clzll(in->wide[1]);
    if (leading > 63) return 1;
    result = result * 10 + table[leading];
  }
  if (in->word[2] != 0) {
    int trailing = __builtin_ctz(in->word[2]);
    if (trailing < 0 || trailing > 31) return 2;
    result = result * 10 + table[trailing];
  }
  return result;
}
