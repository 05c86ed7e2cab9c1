// verifier xdp
// Rules 7 and 12: options of variable length are walked to one of them, each step checked.
#include "case.h"

SEC("xdp")
int walk(struct xdp_md *ctx) {
  __u8 *data = (void *)(long)ctx->data;
  __u8 *end = (void *)(long)ctx->data_end;
  if (data + 54 > end) return 1;
  __u32 header = (data[46] >> 4) * 4;
  if (header < 20) return 2;
  __u8 *at = data + 54;
  __u8 *last = data + 34 + header;
  for (int i = 0; i < 10; i++) {
    if (at >= last || at + 1 > end) break;
    __u8 kind = *at;
    if (kind == 0) break;
    if (kind == 1) {
      at++;
      continue;
    }
    if (at + 2 > end) return 3;
    __u8 size = at[1];
    if (size < 2) return 4;
    if (kind == 2 && size == 4) {
      if (at + 4 > end) return 5;
      return at[2] << 8 | at[3];
    }
    at += size;
  }
  return 0;
}
