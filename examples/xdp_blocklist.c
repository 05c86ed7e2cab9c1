/*
 * A filter in the driver: packets from blocked networks (IPv4 and IPv6, by longest prefix) and to blocked ports are
 * dropped before the kernel has spent anything on them. VLAN tags are looked behind. What was dropped and why is
 * counted.
 *
 *   tbcc -O2 -g -o xdp_blocklist.o xdp_blocklist.c
 *   ip link set dev eth0 xdp obj xdp_blocklist.o sec xdp
 *
 *   # 198.51.100.0/24, and TCP port 23:
 *   bpftool map update name blocked_ipv4 key 24 0 0 0 198 51 100 0 value 1 0 0 0
 *   bpftool map update name blocked_ports key 0 23 6 0 value 1 0 0 0
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct ipv4_network {
  __u32 prefix_length;
  __be32 address;
};

struct ipv6_network {
  __u32 prefix_length;
  struct in6_addr address;
};

struct port {
  __be16 number;
  __u8 protocol;
  __u8 unused;
};

struct vlan_header {
  __be16 tci;
  __be16 next;
};

/* Why a packet was dropped: slots of "dropped". */
enum reason {
  MALFORMED,
  BY_IPV4,
  BY_IPV6,
  BY_PORT,
  REASONS,
};

struct {
  __uint(type, BPF_MAP_TYPE_LPM_TRIE);
  __uint(max_entries, 65536);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, struct ipv4_network);
  __type(value, __u32);
} blocked_ipv4 SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_LPM_TRIE);
  __uint(max_entries, 65536);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, struct ipv6_network);
  __type(value, __u32);
} blocked_ipv6 SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1024);
  __type(key, struct port);
  __type(value, __u32);
} blocked_ports SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, REASONS);
  __type(key, __u32);
  __type(value, __u64);
} dropped SEC(".maps");

static __always_inline int drop(__u32 reason)
{
  __u64 *count = bpf_map_lookup_elem(&dropped, &reason);

  if (count)
    (*count)++;
  return XDP_DROP;
}

static __always_inline int filter_ports(struct udphdr *ports, void *end, __u8 protocol)
{
  struct port port = {.protocol = protocol};

  if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP)
    return XDP_PASS;
  /* TCP has its ports where UDP has them. */
  if ((void *)(ports + 1) > end)
    return drop(MALFORMED);
  port.number = ports->dest;
  return bpf_map_lookup_elem(&blocked_ports, &port) ? drop(BY_PORT) : XDP_PASS;
}

static __always_inline int filter_ipv4(struct iphdr *ip, void *end)
{
  struct ipv4_network sender = {.prefix_length = 32};

  if ((void *)(ip + 1) > end || ip->ihl < 5)
    return drop(MALFORMED);
  sender.address = ip->saddr;
  if (bpf_map_lookup_elem(&blocked_ipv4, &sender))
    return drop(BY_IPV4);
  /* A later fragment has no ports: it is of no use without the first. */
  if (ip->frag_off & bpf_htons(0x1fff))
    return XDP_PASS;
  return filter_ports((void *)ip + ip->ihl * 4, end, ip->protocol);
}

static __always_inline int filter_ipv6(struct ipv6hdr *ip, void *end)
{
  struct ipv6_network sender = {.prefix_length = 128};

  if ((void *)(ip + 1) > end)
    return drop(MALFORMED);
  sender.address = ip->saddr;
  if (bpf_map_lookup_elem(&blocked_ipv6, &sender))
    return drop(BY_IPV6);
  return filter_ports((struct udphdr *)(ip + 1), end, ip->nexthdr);
}

static __always_inline int is_tag(__be16 protocol)
{
  return protocol == bpf_htons(ETH_P_8021Q) || protocol == bpf_htons(ETH_P_8021AD);
}

SEC("xdp")
int filter(struct xdp_md *ctx)
{
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *ethernet = data;
  void *next = ethernet + 1;
  __be16 protocol;

  if (next > end)
    return drop(MALFORMED);
  protocol = ethernet->h_proto;

  /* One tag, or two of them. */
  if (is_tag(protocol)) {
    struct vlan_header *outer = next;

    if ((void *)(outer + 1) > end)
      return drop(MALFORMED);
    protocol = outer->next;
    next = outer + 1;
    if (is_tag(protocol)) {
      struct vlan_header *inner = next;

      if ((void *)(inner + 1) > end)
        return drop(MALFORMED);
      protocol = inner->next;
      next = inner + 1;
    }
  }

  switch (protocol) {
  case bpf_htons(ETH_P_IP):
    return filter_ipv4(next, end);
  case bpf_htons(ETH_P_IPV6):
    return filter_ipv6(next, end);
  default:
    return XDP_PASS;
  }
}

char LICENSE[] SEC("license") = "GPL";
