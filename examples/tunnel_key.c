/*
 * One tunnel device for many tunnels: on the way out the program chooses the far end and the key for each packet, on
 * the way in it checks that the packet came from the far end to which the key belongs.
 *
 *   tbcc -O2 -o tunnel_key.o tunnel_key.c
 *   ip link add vxlan0 type vxlan external dstport 4789
 *   tc qdisc add dev vxlan0 clsact
 *   tc filter add dev vxlan0 egress bpf da obj tunnel_key.o sec encapsulate
 *   tc filter add dev vxlan0 ingress bpf da obj tunnel_key.o sec decapsulate
 *
 *   # Tunnel 7 ends at 192.0.2.1:
 *   bpftool map update pinned /sys/fs/bpf/tc/globals/tunnels key hex 07 00 00 00 value hex 01 02 00 c0 40 00 00 00
 */
#include "bpf_api.h"

struct tunnel {
  /* The far end, in host order, as the helpers have it. */
  uint32_t remote;
  uint8_t ttl;
  uint8_t unused[3];
};

/* From a key to the tunnel. Outgoing packets carry the key as their mark. */
BPF_HASH(tunnels, 0, sizeof(uint32_t), sizeof(struct tunnel), PIN_GLOBAL_NS, 1024);

/*
 * Incoming packets that were refused: with no metadata, with an unknown key, from a far end that is not the key's
 * own.
 */
BPF_ARRAY8(refusals, 0, PIN_GLOBAL_NS, 3);

enum refusal {
  NO_METADATA,
  UNKNOWN_KEY,
  WRONG_REMOTE,
};

static __inline__ int refuse(uint32_t reason)
{
  uint64_t *count = map_lookup_elem(&refusals, &reason);

  if (count)
    lock_xadd(count, 1);
  return TC_ACT_SHOT;
}

__section("encapsulate") int choose_tunnel(struct __sk_buff *skb)
{
  uint32_t id = skb->mark;
  struct tunnel *tunnel = map_lookup_elem(&tunnels, &id);
  struct bpf_tunnel_key key = {};

  if (!tunnel)
    return TC_ACT_SHOT;

  key.tunnel_id = id;
  key.remote_ipv4 = tunnel->remote;
  key.tunnel_ttl = tunnel->ttl;
  if (skb_set_tunnel_key(skb, &key, sizeof(key), BPF_F_ZERO_CSUM_TX) < 0)
    return TC_ACT_SHOT;
  return TC_ACT_OK;
}

__section("decapsulate") int check_tunnel(struct __sk_buff *skb)
{
  struct bpf_tunnel_key key = {};
  struct tunnel *tunnel;
  uint32_t id;

  if (skb_get_tunnel_key(skb, &key, sizeof(key), 0) < 0)
    return refuse(NO_METADATA);

  id = key.tunnel_id;
  tunnel = map_lookup_elem(&tunnels, &id);
  if (!tunnel)
    return refuse(UNKNOWN_KEY);
  if (tunnel->remote != key.remote_ipv4)
    return refuse(WRONG_REMOTE);

  skb->mark = id;
  return TC_ACT_OK;
}

BPF_LICENSE("GPL");
