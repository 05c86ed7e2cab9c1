// verifier xdp
// Rule 7: behind an IP header of variable length: the check and the accesses share one base.
#include "case.h"
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <linux/udp.h>

SEC("xdp")
int behind_options(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *eth = data;
  if ((void *)(eth + 1) > end) return 1;
  if (eth->h_proto != bpf_htons(ETH_P_IP)) return 2;
  struct iphdr *ip = (void *)(eth + 1);
  if ((void *)(ip + 1) > end) return 3;
  __u32 length = ip->ihl * 4;
  if (length < sizeof(*ip)) return 4;
  void *behind = (void *)ip + length;
  if (ip->protocol == IPPROTO_TCP) {
    struct tcphdr *tcp = behind;
    if ((void *)(tcp + 1) > end) return 5;
    __u32 offset = tcp->doff * 4;
    __u8 *payload = (void *)tcp + offset;
    if (offset < sizeof(*tcp) || payload + 4 > (__u8 *)end) return 6;
    return payload[3] + bpf_ntohs(tcp->dest);
  }
  if (ip->protocol == IPPROTO_UDP) {
    struct udphdr *udp = behind;
    if ((void *)(udp + 1) > end) return 7;
    __u16 was = udp->dest;
    udp->dest = udp->source;
    udp->source = was;
    return bpf_ntohs(udp->dest);
  }
  return ip->protocol;
}
