// verifier tc load
// Rules 4, 6 and 8: a reference is given back on each path on which it was got.
#include "case.h"

SEC("tc")
int released(struct __sk_buff *skb) {
  struct bpf_sock_tuple tuple = {};
  tuple.ipv4.saddr = skb->mark;
  tuple.ipv4.dport = skb->len;
  struct bpf_sock *sk = bpf_sk_lookup_tcp(skb, &tuple, sizeof(tuple.ipv4), BPF_F_CURRENT_NETNS, 0);
  if (!sk) sk = bpf_sk_lookup_udp(skb, &tuple, sizeof(tuple.ipv4), BPF_F_CURRENT_NETNS, 0);
  if (!sk) return 1;
  if (sk->state == 10) {
    bpf_sk_release(sk);
    return 2;
  }
  int result = sk->src_port + sk->family;
  if (result > 5000) result = sk->mark;
  bpf_sk_release(sk);
  return result;
}
