/*
 * Destination NAT with direct packet access: connections to a service's address and port go to the server behind it,
 * and the answers come back as if from the service. Headers are read where they lie; the rewriting goes through
 * helpers, which keep the checksums right whatever the device has left of them to do.
 *
 *   tbcc -O2 -o nat.o nat.c
 *   tc qdisc add dev eth0 clsact
 *   tc filter add dev eth0 ingress bpf da obj nat.o sec to_server
 *   tc filter add dev eth0 egress bpf da obj nat.o sec to_client
 *
 *   # 10.0.0.1:80 is served by 10.0.0.2:8080 (network order throughout), over TCP (6):
 *   bpftool map update pinned /sys/fs/bpf/tc/globals/services \
 *     key 10 0 0 1 0 80 6 0 value 10 0 0 2 31 144 6 0
 *   bpftool map update pinned /sys/fs/bpf/tc/globals/servers \
 *     key 10 0 0 2 31 144 6 0 value 10 0 0 1 0 80 6 0
 */
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include "bpf_api.h"

/* One end of a connection, in network order. */
struct endpoint {
  uint32_t address;
  uint16_t port;
  uint8_t protocol;
  uint8_t unused;
};

/* From a service to its server, and back. */
BPF_HASH(services, 0, sizeof(struct endpoint), sizeof(struct endpoint), PIN_GLOBAL_NS, 256);
BPF_HASH(servers, 0, sizeof(struct endpoint), sizeof(struct endpoint), PIN_GLOBAL_NS, 256);

#define IP_START ETH_HLEN
#define L4_START (IP_START + sizeof(struct iphdr))

/* What the two directions differ in: where in the packet the endpoint is that they rewrite. */
#define SOURCE_ADDRESS (IP_START + offsetof(struct iphdr, saddr))
#define TARGET_ADDRESS (IP_START + offsetof(struct iphdr, daddr))
#define SOURCE_PORT (L4_START + offsetof(struct udphdr, source))
#define TARGET_PORT (L4_START + offsetof(struct udphdr, dest))

/*
 * Puts the endpoint TO in the place of FROM, address at ADDRESS, port at PORT. UDP may have no checksum; then it
 * stays so.
 */
static __inline__ int rewrite(struct __sk_buff *skb, uint32_t address, uint32_t port, const struct endpoint *from,
                              const struct endpoint *to)
{
  uint32_t ip_check = IP_START + offsetof(struct iphdr, check);
  uint32_t l4_check, flags;

  if (from->protocol == IPPROTO_TCP) {
    l4_check = L4_START + offsetof(struct tcphdr, check);
    flags = 0;
  } else {
    l4_check = L4_START + offsetof(struct udphdr, check);
    flags = BPF_F_MARK_MANGLED_0;
  }

  /* The pseudo header of the transport checksum has the address too. */
  if (l4_csum_replace(skb, l4_check, from->address, to->address, flags | BPF_F_PSEUDO_HDR | sizeof(to->address)) < 0 ||
      l4_csum_replace(skb, l4_check, from->port, to->port, flags | sizeof(to->port)) < 0 ||
      l3_csum_replace(skb, ip_check, from->address, to->address, sizeof(to->address)) < 0 ||
      skb_store_bytes(skb, address, &to->address, sizeof(to->address), 0) < 0 ||
      skb_store_bytes(skb, port, &to->port, sizeof(to->port), 0) < 0)
    return TC_ACT_SHOT;
  return TC_ACT_OK;
}

/*
 * Reads the packet's source or target. Gives 0 for a packet that no NAT applies to: not TCP or UDP over IPv4, with
 * IP options, or a later fragment.
 */
static __inline__ int read_endpoint(struct __sk_buff *skb, int source, struct endpoint *endpoint)
{
  void *data = (void *)(long)skb->data;
  void *end = (void *)(long)skb->data_end;
  struct iphdr *ip = data + IP_START;
  struct udphdr *ports = data + L4_START;

  /* Source and target port are where UDP has them in TCP too. */
  if ((void *)(ports + 1) > end)
    return 0;
  if (skb->protocol != htons(ETH_P_IP) || ip->ihl != 5 || (ip->frag_off & htons(0x1fff)))
    return 0;
  if (ip->protocol != IPPROTO_TCP && ip->protocol != IPPROTO_UDP)
    return 0;

  endpoint->address = source ? ip->saddr : ip->daddr;
  endpoint->port = source ? ports->source : ports->dest;
  endpoint->protocol = ip->protocol;
  endpoint->unused = 0;
  return 1;
}

__section("to_server") int rewrite_target(struct __sk_buff *skb)
{
  struct endpoint service;
  struct endpoint *server;

  if (!read_endpoint(skb, 0, &service))
    return TC_ACT_OK;
  server = map_lookup_elem(&services, &service);
  if (!server)
    return TC_ACT_OK;
  return rewrite(skb, TARGET_ADDRESS, TARGET_PORT, &service, server);
}

__section("to_client") int rewrite_source(struct __sk_buff *skb)
{
  struct endpoint server;
  struct endpoint *service;

  if (!read_endpoint(skb, 1, &server))
    return TC_ACT_OK;
  service = map_lookup_elem(&servers, &server);
  if (!service)
    return TC_ACT_OK;
  return rewrite(skb, SOURCE_ADDRESS, SOURCE_PORT, &server, service);
}

BPF_LICENSE("GPL");
