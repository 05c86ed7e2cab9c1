// verifier xdp -O1 -O2 -Os
// Rule 2: clamps stay where C knows that they do nothing; what is used is what they give.
// clang-19: refused at v1 to v4
#include "case.h"

TABLE16(table);

#define MIN(A, B) ((A) < (B) ? (A) : (B))
#define MAX(A, B) ((A) > (B) ? (A) : (B))

SEC("xdp")
int clamps(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 i = MIN(in->word[0], 15);
  int j = in->word[1];
  j = MAX(MIN(j, 15), 0);
  __u32 k = in->word[2] % 14;
  k = MIN(k, 15u);
  __u64 m = in->wide[2];
  if (m >= 15) m = 15;
  return table[i] + 10 * table[j] + 100 * table[k] + 1000 * table[m];
}
