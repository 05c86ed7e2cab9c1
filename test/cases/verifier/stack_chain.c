// verifier xdp
// Rule 15: frames of a chain of calls share the 512 bytes; pointers into the caller's frame and into the packet are passed.
#include "case.h"

static __noinline __u32 mix(__u8 *to, const struct input *in, __u32 a, __u32 b, __u64 c) {
  __u8 own[128] = { 1, 2, 3 };
  own[a & 127] = b;
  for (int i = 0; i < 16; i++) to[i] = own[(i + a) & 127] + c;
  return own[b & 127] + in->byte[1];
}

static __noinline __u32 middle(const struct input *in, __u32 seed) {
  __u8 buffer[160] = {};
  __u32 sum = mix(buffer + 16, in, seed, seed * 3, 5);
  sum += mix(buffer + 40, in, sum, 2, seed);
  return sum + buffer[20] + buffer[41];
}

SEC("xdp")
int chain(struct xdp_md *ctx) {
  INPUT(ctx);
  __u64 kept[8] = { in->wide[0], in->wide[1] };
  __u32 sum = middle(in, in->byte[0]);
  kept[2] = sum;
  return kept[in->byte[2] & 7] + sum;
}
