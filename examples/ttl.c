/*
 * Direct packet access with rewriting: one hop of a router. The time to live (IPv4) or hop limit (IPv6) is
 * decremented in place and the IPv4 checksum mended by the difference (RFC 1624); packets that have come too far are
 * dropped and counted.
 *
 *   tbcc -O2 -g -o ttl.o ttl.c
 *   tc qdisc add dev eth0 clsact
 *   tc filter add dev eth0 ingress bpf da obj ttl.o sec tc
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/* Packets dropped: slot 0 of IPv4, slot 1 of IPv6. */
struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 2);
  __type(key, __u32);
  __type(value, __u64);
} expired SEC(".maps");

static __always_inline int drop(__u32 slot)
{
  __u64 *count = bpf_map_lookup_elem(&expired, &slot);

  if (count)
    (*count)++;
  return TC_ACT_SHOT;
}

static __always_inline int forward_ipv4(struct iphdr *ip, void *end)
{
  __u32 sum;

  if ((void *)(ip + 1) > end)
    return TC_ACT_SHOT;
  if (ip->ttl <= 1)
    return drop(0);

  /*
   * The checksum is the complement of the sum of all 16-bit words. TTL is the upper byte of its word: with the word
   * less by 0x0100, the checksum is more by as much, and a carry goes around to the lowest bit.
   */
  ip->ttl--;
  sum = ip->check + bpf_htons(0x0100);
  ip->check = sum + (sum >> 16);
  return TC_ACT_OK;
}

static __always_inline int forward_ipv6(struct ipv6hdr *ip, void *end)
{
  if ((void *)(ip + 1) > end)
    return TC_ACT_SHOT;
  if (ip->hop_limit <= 1)
    return drop(1);
  ip->hop_limit--;
  return TC_ACT_OK;
}

SEC("tc")
int forward(struct __sk_buff *skb)
{
  void *data = (void *)(long)skb->data;
  void *end = (void *)(long)skb->data_end;
  struct ethhdr *ethernet = data;

  if ((void *)(ethernet + 1) > end)
    return TC_ACT_SHOT;

  switch (ethernet->h_proto) {
  case bpf_htons(ETH_P_IP):
    return forward_ipv4((struct iphdr *)(ethernet + 1), end);
  case bpf_htons(ETH_P_IPV6):
    return forward_ipv6((struct ipv6hdr *)(ethernet + 1), end);
  default:
    return TC_ACT_OK;
  }
}

char LICENSE[] SEC("license") = "GPL";
