// verifier tc load -O1 -O2 -Os
// Rule 15: an array that is read only where its elements were just written takes no stack.
#include "case.h"

SEC("tc")
int elements(struct __sk_buff *skb) {
  __u64 part[80], sum = 0;
#pragma clang loop unroll(disable)
  for (int i = 0; i < 80; i += 2) {
    part[i] = bpf_get_prandom_u32();
    part[i + 1] = bpf_get_prandom_u32();
    sum += part[i] ^ part[i + 1];
  }
  return sum != 0;
}
