// verifier xdp
// Rule 12: nested loops over a triangle of indices, with early ends.
#include "case.h"

TABLE16(table);

SEC("xdp")
int sort(struct xdp_md *ctx) {
  INPUT(ctx);
  for (int i = 0; i < 8; i++) table[i] = in->byte[i];
  for (int i = 1; i < 8; i++) {
    __u32 x = table[i];
    int j = i - 1;
    while (j >= 0 && table[j] > x) {
      table[j + 1] = table[j];
      j--;
    }
    table[j + 1] = x;
  }
  return table[0] | table[3] << 8 | table[5] << 16 | table[7] << 24;
}
