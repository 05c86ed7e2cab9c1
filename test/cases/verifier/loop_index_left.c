// verifier xdp
// Rule 12: the index at which a search ended is used, bounded by the loop's own test.
#include "case.h"

TABLE16(table);

SEC("xdp")
int search(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 i;
  for (i = 0; i < 16; i++) if (table[i] == in->byte[0]) break;
  if (i == 16) return 100;
  table[i] += 2;
  __u32 j = 0;
  while (j < 15 && table[j] < 6) j++;
  return table[j] * 100 + i * 10 + j;
}
