/*
 * One map, two programs: what a device receives and what it sends, counted by the kind of packet, in a map that both
 * programs and user space share.
 *
 *   tbcc -O2 -o shared_counters.o shared_counters.c
 *   tc qdisc add dev eth0 clsact
 *   tc filter add dev eth0 ingress bpf da obj shared_counters.o sec ingress
 *   tc filter add dev eth0 egress bpf da obj shared_counters.o sec egress
 *   bpftool map dump pinned /sys/fs/bpf/tc/globals/traffic
 */
#include <linux/if_packet.h>

#include "bpf_api.h"

/* Slots of the map: one a direction and kind of destination. */
enum slot {
  RECEIVED_UNICAST,
  RECEIVED_BROADCAST,
  RECEIVED_MULTICAST,
  RECEIVED_FOR_OTHERS,
  SENT,
  SLOTS,
};

struct counter {
  uint64_t packets;
  uint64_t bytes;
};

/* PIN_GLOBAL_NS: the second filter, and one on another device, finds the map that the first one made. */
BPF_ARRAY(traffic, 0, sizeof(struct counter), PIN_GLOBAL_NS, SLOTS);

static __inline__ void count(uint32_t slot, uint32_t bytes)
{
  struct counter *counter = map_lookup_elem(&traffic, &slot);

  if (counter) {
    lock_xadd(&counter->packets, 1);
    lock_xadd(&counter->bytes, bytes);
  }
}

__section("ingress") int count_received(struct __sk_buff *skb)
{
  switch (skb->pkt_type) {
  case PACKET_HOST:
    count(RECEIVED_UNICAST, skb->len);
    break;
  case PACKET_BROADCAST:
    count(RECEIVED_BROADCAST, skb->len);
    break;
  case PACKET_MULTICAST:
    count(RECEIVED_MULTICAST, skb->len);
    break;
  case PACKET_OTHERHOST:
    count(RECEIVED_FOR_OTHERS, skb->len);
    break;
  }
  return TC_ACT_UNSPEC;
}

__section("egress") int count_sent(struct __sk_buff *skb)
{
  count(SENT, skb->len);
  return TC_ACT_UNSPEC;
}

BPF_LICENSE("GPL");
