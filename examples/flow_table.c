/*
 * A flow table: for every connection, in both directions as one, packets, bytes, the time of the first and the last
 * packet, and the TCP flags seen. A flow that ends is reported through a ring buffer.
 *
 *   tbcc -O2 -g -o flow_table.o flow_table.c
 *   tc qdisc add dev eth0 clsact
 *   tc filter add dev eth0 ingress bpf da obj flow_table.o sec tc
 *   bpftool map dump name flows
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/* Both ends, the lower address first (then the lower port), so that an answer finds the flow of its question. */
struct flow_key {
  __be32 address[2];
  __be16 port[2];
  __u8 protocol;
  __u8 unused[3];
};

struct flow {
  __u64 packets;
  __u64 bytes;
  __u64 first;
  __u64 last;
  /* All flags of all packets, as in the 14th byte of the header. */
  __u32 tcp_flags;
  __u32 unused;
};

/* What the reader of the ring buffer gets. */
struct report {
  struct flow_key key;
  struct flow flow;
};

struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __uint(max_entries, 65536);
  __type(key, struct flow_key);
  __type(value, struct flow);
} flows SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 256 * 1024);
} ended SEC(".maps");

#define TCP_FIN 0x01
#define TCP_RST 0x04

static __always_inline void order(struct flow_key *key, const struct iphdr *ip, const struct udphdr *ports)
{
  int swapped = ip->saddr > ip->daddr || (ip->saddr == ip->daddr && ports->source > ports->dest);

  key->address[0] = swapped ? ip->daddr : ip->saddr;
  key->address[1] = swapped ? ip->saddr : ip->daddr;
  key->port[0] = swapped ? ports->dest : ports->source;
  key->port[1] = swapped ? ports->source : ports->dest;
  key->protocol = ip->protocol;
}

static __always_inline void report_end(const struct flow_key *key, const struct flow *flow)
{
  struct report *report = bpf_ringbuf_reserve(&ended, sizeof(*report), 0);

  if (!report)
    return;
  report->key = *key;
  report->flow = *flow;
  bpf_ringbuf_submit(report, 0);
}

SEC("tc")
int track(struct __sk_buff *skb)
{
  void *data = (void *)(long)skb->data;
  void *end = (void *)(long)skb->data_end;
  struct iphdr *ip = data + ETH_HLEN;
  struct tcphdr *tcp = (struct tcphdr *)(ip + 1);
  struct udphdr *udp = (struct udphdr *)(ip + 1);
  __u64 now = bpf_ktime_get_ns();
  struct flow_key key = {};
  struct flow *flow;
  __u32 flags = 0;

  if (skb->protocol != bpf_htons(ETH_P_IP) || (void *)(udp + 1) > end)
    return TC_ACT_UNSPEC;
  if (ip->ihl != 5 || (ip->frag_off & bpf_htons(0x1fff)))
    return TC_ACT_UNSPEC;

  if (ip->protocol == IPPROTO_TCP) {
    if ((void *)(tcp + 1) > end)
      return TC_ACT_UNSPEC;
    flags = ((__u8 *)tcp)[13];
  } else if (ip->protocol != IPPROTO_UDP) {
    return TC_ACT_UNSPEC;
  }

  order(&key, ip, udp);
  flow = bpf_map_lookup_elem(&flows, &key);
  if (!flow) {
    struct flow fresh = {.packets = 1, .bytes = skb->len, .first = now, .last = now, .tcp_flags = flags};

    bpf_map_update_elem(&flows, &key, &fresh, BPF_NOEXIST);
    return TC_ACT_UNSPEC;
  }

  __sync_fetch_and_add(&flow->packets, 1);
  __sync_fetch_and_add(&flow->bytes, skb->len);
  flow->last = now;
  /* Two processors may both write here; the flags of the next packet make up for a loss. */
  flow->tcp_flags |= flags;
  if (flags & (TCP_FIN | TCP_RST)) {
    report_end(&key, flow);
    bpf_map_delete_elem(&flows, &key);
  }
  return TC_ACT_UNSPEC;
}

char LICENSE[] SEC("license") = "GPL";
