// verifier tc
// Rule 5: words of the context by number, where each number has its instruction.
#include "case.h"

static __always_inline __u32 word(struct __sk_buff *skb, __u32 i) {
  switch (i) {
    case 0: return skb->cb[0];
    case 1: return skb->cb[1];
    case 2: return skb->cb[2];
    case 3: return skb->cb[3];
    case 4: return skb->cb[4];
    default: return 0;
  }
}

static __always_inline void set_word(struct __sk_buff *skb, __u32 i, __u32 value) {
  switch (i) {
    case 0: skb->cb[0] = value; break;
    case 1: skb->cb[1] = value; break;
    case 2: skb->cb[2] = value; break;
    case 3: skb->cb[3] = value; break;
    case 4: skb->cb[4] = value; break;
  }
}

SEC("tc")
int by_number(struct __sk_buff *skb) {
  __u32 sum = 0;
  for (__u32 i = 0; i < 6; i++) {
    sum = sum * 3 + word(skb, i);
    set_word(skb, 4 - i, sum);
  }
  return sum + word(skb, skb->mark);
}
