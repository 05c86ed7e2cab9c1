/*
 * A token bucket for each sender: its bucket fills at a steady rate and each packet takes its length out of it; a
 * packet that finds too little in it is dropped. Bursts pass while the bucket lasts.
 *
 *   tbcc -O2 -g -o token_bucket.o token_bucket.c
 *   tc qdisc add dev eth0 clsact
 *   tc filter add dev eth0 ingress bpf da obj token_bucket.o sec tc
 *
 *   # 125000 bytes a second (1 Mbit/s), bursts of 16384:
 *   bpftool map update name limits key 0 0 0 0 value hex 48 e8 01 00 00 00 00 00 00 40 00 00 00 00 00 00
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define NANOSECONDS_PER_SECOND 1000000000ULL

/* A bucket that nobody drew from for so long is full; it also keeps the product of time and rate within 64 bits. */
#define LONGEST_PAUSE (10 * NANOSECONDS_PER_SECOND)

struct limit {
  __u64 bytes_per_second;
  __u64 burst;
};

struct bucket {
  struct bpf_spin_lock lock;
  __u32 dropped;
  /* Bytes that may pass now, and the time of the last packet, in nanoseconds. */
  __u64 tokens;
  __u64 last;
};

/* The limit of every sender. Zero bytes per second: no limit. */
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct limit);
} limits SEC(".maps");

/* From an IPv4 address to its bucket. When it is full, further senders are not limited. A lock needs a plain hash. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 16384);
  __type(key, __be32);
  __type(value, struct bucket);
} buckets SEC(".maps");

/* Takes LENGTH bytes out of the bucket. Gives whether they were there. */
static __always_inline int take(struct bucket *bucket, const struct limit *limit, __u64 now, __u32 length)
{
  __u64 rate = limit->bytes_per_second;
  __u64 burst = limit->burst;
  __u64 pause, tokens;
  int passed = 0;

  bpf_spin_lock(&bucket->lock);
  /* The clock is read before the lock is taken: another processor may have been later and yet first. */
  pause = now > bucket->last ? now - bucket->last : 0;
  if (pause > LONGEST_PAUSE)
    pause = LONGEST_PAUSE;
  tokens = bucket->tokens + pause * rate / NANOSECONDS_PER_SECOND;
  if (tokens > burst)
    tokens = burst;
  if (tokens >= length) {
    tokens -= length;
    passed = 1;
  } else {
    bucket->dropped++;
  }
  bucket->tokens = tokens;
  if (pause > 0)
    bucket->last = now;
  bpf_spin_unlock(&bucket->lock);
  return passed;
}

SEC("tc")
int police(struct __sk_buff *skb)
{
  void *data = (void *)(long)skb->data;
  void *end = (void *)(long)skb->data_end;
  struct iphdr *ip = data + ETH_HLEN;
  __u64 now = bpf_ktime_get_ns();
  __u32 slot = 0;
  struct limit *limit;
  struct bucket *bucket;
  __be32 sender;

  if (skb->protocol != bpf_htons(ETH_P_IP) || (void *)(ip + 1) > end)
    return TC_ACT_OK;
  limit = bpf_map_lookup_elem(&limits, &slot);
  if (!limit || limit->bytes_per_second == 0)
    return TC_ACT_OK;

  sender = ip->saddr;
  bucket = bpf_map_lookup_elem(&buckets, &sender);
  if (!bucket) {
    struct bucket full = {.tokens = limit->burst, .last = now};

    bpf_map_update_elem(&buckets, &sender, &full, BPF_NOEXIST);
    bucket = bpf_map_lookup_elem(&buckets, &sender);
    if (!bucket)
      return TC_ACT_OK;
  }
  return take(bucket, limit, now, skb->len) ? TC_ACT_OK : TC_ACT_SHOT;
}

char LICENSE[] SEC("license") = "GPL";
