/*
 * Where TCP has to send again: for every remote address and port, how many segments were, when the last one, and the
 * round-trip time that the kernel had measured by then. The kernel's records are declared by the few members that are
 * read; the loader finds where the running kernel has them.
 *
 *   tbcc -O2 -g -o retransmits.o retransmits.c
 *   bpftool prog loadall retransmits.o /sys/fs/bpf/retransmits autoattach
 *   bpftool map dump name retransmits
 */
#include <linux/bpf.h>
#include <linux/in6.h>
#include <linux/socket.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define AF_INET 2
#define AF_INET6 10

struct sock_common {
  __be32 skc_daddr;
  struct in6_addr skc_v6_daddr;
  __be16 skc_dport;
  unsigned short skc_family;
} __attribute__((preserve_access_index));

struct sock {
  struct sock_common __sk_common;
} __attribute__((preserve_access_index));

/* Its first member, of several, is a struct sock. */
struct tcp_sock {
  __u32 srtt_us;
} __attribute__((preserve_access_index));

struct remote {
  /* An IPv4 address takes the first four bytes. */
  struct in6_addr address;
  __u16 family;
  __u16 port;
};

struct resent {
  __u64 segments;
  __u64 last_time;
  __u32 round_trip_us;
  __u32 unused;
};

struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __uint(max_entries, 10240);
  __type(key, struct remote);
  __type(value, struct resent);
} retransmits SEC(".maps");

SEC("raw_tp/tcp_retransmit_skb")
int BPF_PROG(count_retransmit, const struct sock *sk)
{
  struct remote remote = {};
  struct resent *resent;

  remote.family = BPF_CORE_READ(sk, __sk_common.skc_family);
  remote.port = bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport));
  if (remote.family == AF_INET)
    BPF_CORE_READ_INTO(&remote.address.s6_addr32[0], sk, __sk_common.skc_daddr);
  /* A kernel without IPv6 has no such member. */
  else if (remote.family == AF_INET6 && bpf_core_field_exists(sk->__sk_common.skc_v6_daddr))
    BPF_CORE_READ_INTO(&remote.address, sk, __sk_common.skc_v6_daddr);
  else
    return 0;

  resent = bpf_map_lookup_elem(&retransmits, &remote);
  if (!resent) {
    struct resent none = {};

    bpf_map_update_elem(&retransmits, &remote, &none, BPF_NOEXIST);
    resent = bpf_map_lookup_elem(&retransmits, &remote);
    if (!resent)
      return 0;
  }
  __sync_fetch_and_add(&resent->segments, 1);
  resent->last_time = bpf_ktime_get_ns();
  /* The kernel keeps eight times the average. */
  resent->round_trip_us = BPF_CORE_READ((const struct tcp_sock *)sk, srtt_us) >> 3;
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
