// verifier xdp
// Rule 1: a signed 32-bit index, tested on both sides in 32 bits, bounds a 64-bit offset.
#include "case.h"

TABLE16(table);

SEC("xdp")
int signed_index(struct xdp_md *ctx) {
  INPUT(ctx);
  int i = in->word[0];
  if (i < 0 || i >= 16) return 100;
  int sum = table[i];
  long j = (int)in->word[1];
  if (j < 0) return sum;
  if (j < 16) sum += 100 * table[j];
  return sum;
}
