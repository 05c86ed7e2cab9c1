// verifier tc -O1 -O2 -Os
// Rule 5: a loop over fields of the context ends in constant offsets, also where no pragma asks for it.
#include "case.h"

SEC("tc")
int looped(struct __sk_buff *skb) {
  __u32 sum = 0;
  for (int i = 0; i < 5; i++) sum = sum * 5 + skb->cb[i];
  for (int i = 0; i < 5; i++) {
    if (skb->cb[i] != ((__u8 *)&skb->cb[i])[0]) return 3;
    skb->cb[4 - i] = sum + i;
  }
  return sum;
}
