// verifier xdp
// Rule 12: loops that set, copy, measure and add up stay loops: no library call, no closed form.
// clang-19: does not compile: calls of memcpy and __multi3
#include "case.h"

char text[32] = "the quick brown fox";

SEC("xdp")
int idioms(struct xdp_md *ctx) {
  INPUT(ctx);
  __u8 buffer[32];
  __u32 n = in->byte[0] & 31;
  for (__u32 i = 0; i < sizeof(buffer); i++) buffer[i] = 0;
  for (__u32 i = 0; i < n; i++) buffer[i] = text[i];
  __u32 length = 0;
  while (length < 31 && buffer[length]) length++;
  __u64 sum = 0;
  for (__u64 i = 0; i < n; i++) sum += i * i;
  __u32 bits = 0;
  for (__u32 left = in->byte[1], i = 0; left && i < 8; left &= left - 1, i++) bits++;
  return sum * 100 + length + buffer[length] + bits;
}
