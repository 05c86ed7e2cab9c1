/*
 * A reflector in the driver: datagrams to the echo port go straight back to their sender, by swapping addresses and
 * ports. Nothing is recomputed, since a swap leaves the sums as they are.
 *
 *   tbcc -O2 -g -o reflector.o reflector.c
 *   ip link set dev eth0 xdp obj reflector.o sec xdp
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/* RFC 862. */
#define ECHO_PORT 7

/* The loader may set another port before the program is loaded. */
const volatile __u16 echo_port = ECHO_PORT;

/* Datagrams sent back. */
__u64 reflected = 0;

static __always_inline void swap_ethernet(struct ethhdr *ethernet)
{
  __u8 address[ETH_ALEN];

  __builtin_memcpy(address, ethernet->h_dest, ETH_ALEN);
  __builtin_memcpy(ethernet->h_dest, ethernet->h_source, ETH_ALEN);
  __builtin_memcpy(ethernet->h_source, address, ETH_ALEN);
}

static __always_inline void swap_ipv4(struct iphdr *ip)
{
  __be32 address = ip->daddr;

  ip->daddr = ip->saddr;
  ip->saddr = address;
}

static __always_inline void swap_ports(struct udphdr *udp)
{
  __be16 port = udp->dest;

  udp->dest = udp->source;
  udp->source = port;
}

SEC("xdp")
int reflect(struct xdp_md *ctx)
{
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  struct ethhdr *ethernet = data;
  struct iphdr *ip = (struct iphdr *)(ethernet + 1);
  struct udphdr *udp = (struct udphdr *)(ip + 1);

  if ((void *)(udp + 1) > end)
    return XDP_PASS;
  if (ethernet->h_proto != bpf_htons(ETH_P_IP) || ip->ihl != 5 || ip->protocol != IPPROTO_UDP)
    return XDP_PASS;
  /* A fragment would come back without the rest; from echo port to echo port it would never end. */
  if (ip->frag_off & bpf_htons(0x3fff))
    return XDP_PASS;
  if (udp->dest != bpf_htons(echo_port) || udp->source == bpf_htons(echo_port))
    return XDP_PASS;

  swap_ethernet(ethernet);
  swap_ipv4(ip);
  swap_ports(udp);
  __sync_fetch_and_add(&reflected, 1);
  return XDP_TX;
}

char LICENSE[] SEC("license") = "GPL";
