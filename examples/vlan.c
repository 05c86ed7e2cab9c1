/*
 * VLAN tags at the edge of a trunk: on the way out a packet is tagged by its mark, on the way in the tag becomes the
 * mark again. Untagged frames and unknown VLANs do not come in.
 *
 *   tbcc -O2 -o vlan.o vlan.c
 *   tc qdisc add dev eth0 clsact
 *   tc filter add dev eth0 egress bpf da obj vlan.o sec push
 *   tc filter add dev eth0 ingress bpf da obj vlan.o sec pop
 *
 *   # VLAN 100 is allowed, and its packets have priority 3:
 *   bpftool map update pinned /sys/fs/bpf/tc/globals/vlans key 100 0 0 0 value 1 0 3 0
 */
#include <linux/if_ether.h>

#include "bpf_api.h"

#define VLANS 4096
#define VLAN_ID_MASK 0x0fff
#define VLAN_PRIORITY_SHIFT 13

struct vlan {
  uint16_t allowed;
  uint16_t priority;
};

/* From a VLAN to what is known of it. */
BPF_ARRAY(vlans, 0, sizeof(struct vlan), PIN_GLOBAL_NS, VLANS);

static __inline__ struct vlan *lookup(uint32_t id)
{
  struct vlan *vlan = map_lookup_elem(&vlans, &id);

  return vlan && vlan->allowed ? vlan : 0;
}

__section("push") int push_tag(struct __sk_buff *skb)
{
  uint32_t id = skb->mark & VLAN_ID_MASK;
  struct vlan *vlan;

  /* Without a mark, the packet belongs to no VLAN; with a tag already, to the one that the sender chose. */
  if (id == 0 || skb->vlan_present)
    return TC_ACT_OK;

  vlan = lookup(id);
  if (!vlan)
    return TC_ACT_SHOT;
  if (skb_vlan_push(skb, htons(ETH_P_8021Q), id | vlan->priority << VLAN_PRIORITY_SHIFT) < 0)
    return TC_ACT_SHOT;
  return TC_ACT_OK;
}

__section("pop") int pop_tag(struct __sk_buff *skb)
{
  uint32_t id;

  if (!skb->vlan_present)
    return TC_ACT_SHOT;
  id = skb->vlan_tci & VLAN_ID_MASK;
  if (!lookup(id) || skb_vlan_pop(skb) < 0)
    return TC_ACT_SHOT;
  skb->mark = id;
  return TC_ACT_OK;
}

BPF_LICENSE("GPL");
