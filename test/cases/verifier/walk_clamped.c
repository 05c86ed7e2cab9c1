// verifier xdp -O1 -O2 -Os
// Rule 16: a length that is missing counts as the least one. The way of the others is walked first, and covers that of the constant.
#include "case.h"

SEC("xdp")
int walk(struct xdp_md *ctx) {
  INPUT(ctx);
  void *end = (void *)(long)ctx->data_end;
  __u32 sum = in->word[3];
  __u8 *part = (void *)in + 16;
  for (int k = 0; k < 12; k++) {
    if ((void *)(part + 4) > end) break;
    __u8 length = part[1], more = part[2] & 15, rest = part[3] & 7;
    if (!length) length = 2;
    if (!more) more = 1;
    if (rest > 5) rest = 5;
    sum += part[0];
    __u8 *option = (void *)in + 8;
    for (int j = 0; j < 10; j++) {
      if ((void *)(option + 2) > end) break;
      __u8 step = option[1];
      if (step < 2) break;
      sum += option[0];
      option += step;
    }
    part += length + more + rest;
  }
  return sum;
}
