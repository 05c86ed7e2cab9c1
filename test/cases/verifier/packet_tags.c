// verifier xdp
// Rule 7: a stack of VLAN tags, walked by a cursor in a loop.
#include "case.h"
#include <linux/if_ether.h>

struct tag {
  __be16 tci;
  __be16 next;
};

SEC("xdp")
int tags(struct xdp_md *ctx) {
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = (void *)(long)ctx->data;
  if ((void *)(eth + 1) > end) return 1;
  __u16 protocol = eth->h_proto;
  void *cursor = eth + 1;
  __u32 sum = 0;
  for (int i = 0; i < 4; i++) {
    if (protocol != bpf_htons(ETH_P_8021Q) && protocol != bpf_htons(ETH_P_8021AD)) break;
    struct tag *tag = cursor;
    if ((void *)(tag + 1) > end) return 2;
    sum = sum * 8 + (bpf_ntohs(tag->tci) & 0xfff);
    protocol = tag->next;
    cursor = tag + 1;
  }
  __u8 *byte = cursor;
  if (byte + 1 > (__u8 *)end) return sum;
  return sum + *byte + bpf_ntohs(protocol);
}
