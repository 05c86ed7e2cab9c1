// verifier xdp -O1 -O2 -Os
// Rule 2: tests of quotients and remainders stay, though C knows their outcome.
// clang-19: refused at v1 to v4
#include "case.h"

__u32 table[10] = { 2, 7, 1, 8, 2, 8, 1, 8, 2, 8 };

SEC("xdp")
int quotient(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 i = in->word[0] / 1000000000;
  if (i > 4) return 0;
  __u32 j = in->word[1] % 10;
  if (j >= 10) return 1;
  __u64 k = in->wide[0] / 0x2000000000000000ull;
  if (k > 7) return 2;
  __u64 m = in->wide[1] % 9;
  if (m > 8) return 3;
  return table[i] + table[j] * 10 + table[k] * 100 + table[m] * 1000;
}
