// verifier xdp -O1 -O2 -Os
// Rule 2: what a global function gives back is any number to the verifier, and what it has tested is untested.
// clang-19: refused at v1 to v4
#include "case.h"

TABLE16(table);

__noinline int pick(__u32 x) {
  if (x > 9) return 3;
  return x & 7;
}

__noinline int is_small(__u32 x) {
  return x < 16;
}

SEC("xdp")
int calls_global(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 i = pick(in->byte[0]);
  if (i > 15) return 0;
  __u32 j = in->word[0];
  if (!is_small(j)) return 1;
  if (j >= 16) return 2;
  return table[i] + 10 * table[j];
}
