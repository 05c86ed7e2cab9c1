// verifier tc
// Rules 1 and 7: packet pointers are read anew behind a call that may move the packet, and not taken from before it.
#include "case.h"

SEC("tc")
int reloaded(struct __sk_buff *skb) {
  __u8 *data = (void *)(long)skb->data;
  if (data + 20 > (__u8 *)(long)skb->data_end) {
    if (bpf_skb_pull_data(skb, 20)) return 1;
    data = (void *)(long)skb->data;
    if (data + 20 > (__u8 *)(long)skb->data_end) return 2;
  }
  __u32 sum = data[3];
  data[4] = 9;
  __u8 byte = 77;
  bpf_skb_store_bytes(skb, 3, &byte, 1, 0);
  data = (void *)(long)skb->data;
  if (data + 20 > (__u8 *)(long)skb->data_end) return 3;
  return sum * 256 + data[3] + data[4];
}
