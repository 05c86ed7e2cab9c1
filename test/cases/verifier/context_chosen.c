// verifier tc
// Rule 5: which field of the context is read depends; the addresses never meet.
// clang-19: refused at v1 to v4
#include "case.h"

SEC("tc")
int fields(struct __sk_buff *skb) {
  __u32 x = skb->mark > 4 ? skb->priority : skb->ingress_ifindex;
  __u32 y;
  switch (x & 3) {
    case 0: y = skb->cb[0]; break;
    case 1: y = skb->cb[1]; break;
    case 2: y = skb->cb[2]; break;
    default: y = skb->len; break;
  }
  if (y & 1) skb->cb[3] = y;
  else skb->cb[4] = y;
  if (y > 2) skb->mark = 7;
  else skb->priority = 7;
  return skb->cb[3] + 2 * skb->cb[4] + skb->mark;
}
