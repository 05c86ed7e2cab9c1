// verifier tc -O1 -O2 -Os
// Rule 5: a loop over fields of the context, which a pragma unrolls, ends in constant offsets.
#include "case.h"

SEC("tc")
int unrolled(struct __sk_buff *skb) {
  __u32 sum = 0;
#pragma unroll
  for (int i = 0; i < 5; i++) sum = sum * 5 + skb->cb[i];
#pragma unroll
  for (int i = 0; i < 5; i++) skb->cb[4 - i] = sum + i;
  return sum;
}
