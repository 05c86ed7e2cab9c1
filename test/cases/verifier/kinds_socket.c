// verifier tc load
// Rule 6: the same field of a socket and of the packet's context are read by different instructions.
#include "case.h"

SEC("tc")
int sockets(struct __sk_buff *skb) {
  struct bpf_sock *sk = skb->sk;
  __u32 family;
  __u32 mark;
  if (sk) {
    sk = bpf_sk_fullsock(sk);
    if (!sk) return 1;
    family = sk->family;
    mark = sk->mark;
  } else {
    family = skb->mark;
    mark = skb->priority;
  }
  if (sk && family == 2) return sk->src_ip4 + mark;
  return family * 2 + mark;
}
