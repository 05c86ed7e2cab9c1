// verifier xdp
// Rule 12: loops that count down, with the test before and behind, keep the index that is tested.
// clang-19: refused at v1 and v2
#include "case.h"

TABLE16(table);

SEC("xdp")
int down(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 sum = 0;
  for (int i = 15; i >= 0; i--) sum = sum * 3 + table[i];
  __u32 n = in->byte[1];
  if (n > 15) n = 15;
  while (n > 0) {
    sum += table[n];
    n--;
  }
  int k = 9;
  do sum ^= table[k] << k; while (--k);
  for (__u32 i = 0; i < 16; i += 3) sum += table[i];
  return sum;
}
