// verifier xdp
// Rules 4, 8 and 13: many tests that end in the same few ways; what they have shown holds behind them.
#include "case.h"

TABLE16(table);

static __always_inline int parse(const struct input *in, __u32 *index) {
  if (in->byte[0] == 0xff) return -1;
  if (in->half[0] > 1000) return -2;
  if (in->word[0] >= 16) return -3;
  *index = in->word[0];
  return 0;
}

static __always_inline int look(const struct input *in, __u32 *out) {
  __u32 index = 0;
  int error = parse(in, &index);
  if (error < 0) return error;
  if (index > 15) return -4;
  *out = table[index];
  return index & 1;
}

SEC("xdp")
int returns(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 value = 7;
  int status = look(in, &value);
  if (status < 0) return 100 - status;
  if (status == 1) return 200 + value;
  return value;
}
