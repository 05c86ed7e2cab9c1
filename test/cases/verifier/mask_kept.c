// verifier xdp
// Rule 2: a mask that arithmetic proves needless is what the verifier bounds the access by.
// clang-19: refused at v1 to v4
#include "case.h"

TABLE16(table);

SEC("xdp")
int masks(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 n = in->word[0];
  __u32 i = (n % 13) & 15;
  __u32 j = ((n / 3) % 11) & 15;
  __u64 k = in->wide[0];
  k -= k / 16 * 16;
  k &= 15;
  return table[i] + 10 * table[j] + 100 * table[k];
}
