// verifier tc
// Rule 5: of a field of the context that is used in part all is read, and neighbours are read one by one.
#include "case.h"

SEC("tc")
int narrow(struct __sk_buff *skb) {
  __u8 low = skb->ifindex;
  __u16 high = skb->ingress_ifindex >> 16;
  __u32 sum = low + high;
  if (skb->mark & 0x80000000) sum += 1;
  if ((skb->priority & 0xff00) == 0x100) sum += 2;
  __u8 direct = (skb->data_end - skb->data) >> 4;
  if (skb->cb[0] == 0 && skb->cb[1] == 0) sum += 4;
  skb->cb[2] = 0;
  skb->cb[3] = 0;
  skb->mark = (skb->mark & 0xffffff00) | (sum & 0xff);
  return sum + direct + (__u8)skb->protocol;
}
