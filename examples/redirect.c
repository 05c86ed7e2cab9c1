/*
 * A patch panel: each packet that comes in by one device goes out by the device that the table gives for it, or,
 * where the table says so, a copy of it does (a mirror port). Ethernet addresses can be rewritten on the way.
 *
 *   tbcc -O2 -g -o redirect.o redirect.c
 *   tc qdisc add dev eth0 clsact
 *   tc filter add dev eth0 ingress bpf da obj redirect.o sec tc
 *
 *   # From device 3 to device 5, as is:
 *   bpftool map update pinned /sys/fs/bpf/tc/globals/panel \
 *     key 3 0 0 0 value 5 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_helpers.h>

/* Flags of a connection. */
enum {
  MIRROR = 1 << 0,
  REWRITE = 1 << 1,
  INTO_INGRESS = 1 << 2,
};

struct connection {
  __u32 ifindex;
  __u32 flags;
  /* The Ethernet addresses that the packet leaves with, if flags has REWRITE. */
  __u8 target[ETH_ALEN];
  __u8 source[ETH_ALEN];
};

/* From the index of the device that a packet comes in by to where it goes. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 64);
  __uint(pinning, LIBBPF_PIN_BY_NAME);
  __type(key, __u32);
  __type(value, struct connection);
} panel SEC(".maps");

SEC("tc")
int connect(struct __sk_buff *skb)
{
  __u32 from = skb->ifindex;
  struct connection *to = bpf_map_lookup_elem(&panel, &from);
  __u64 direction;

  if (!to)
    return TC_ACT_UNSPEC;

  direction = to->flags & INTO_INGRESS ? BPF_F_INGRESS : 0;
  if (to->flags & MIRROR) {
    /* The original goes on whether or not the copy could be sent. */
    bpf_clone_redirect(skb, to->ifindex, direction);
    return TC_ACT_UNSPEC;
  }

  if (to->flags & REWRITE) {
    struct ethhdr ethernet;

    if (bpf_skb_load_bytes(skb, 0, &ethernet, sizeof(ethernet)) < 0)
      return TC_ACT_SHOT;
    __builtin_memcpy(ethernet.h_dest, to->target, ETH_ALEN);
    __builtin_memcpy(ethernet.h_source, to->source, ETH_ALEN);
    if (bpf_skb_store_bytes(skb, 0, &ethernet, sizeof(ethernet), 0) < 0)
      return TC_ACT_SHOT;
  }
  return bpf_redirect(to->ifindex, direction);
}

char LICENSE[] SEC("license") = "GPL";
