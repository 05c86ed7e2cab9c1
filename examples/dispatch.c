/*
 * A dispatcher by protocol: the entry looks at the protocol and jumps to the program that handles it, if one is in
 * the array. A handler can be replaced while packets flow, without touching the filter.
 *
 *   tbcc -O2 -o dispatch.o dispatch.c
 *   tc qdisc add dev eth0 clsact
 *   tc filter add dev eth0 ingress bpf da obj dispatch.o
 *
 * tc's own loader (-mmaps=legacy) fills the array by itself, from the sections "1/KEY". A tc that loads by libbpf
 * leaves it empty; then, and to replace a handler later:
 *
 *   tc exec bpf graft m:globals/handlers key 2 obj dispatch.o sec 1/2
 */
#include <linux/if_ether.h>
#include <linux/in.h>

#include "bpf_api.h"

/*
 * The id by which the sections below refer to the array, and its slots. They are pasted into section names: plain
 * numbers.
 */
#define HANDLERS 1
#define TCP 0
#define UDP 1
#define ICMP 2

BPF_PROG_ARRAY(handlers, HANDLERS, PIN_GLOBAL_NS, 3);

/* Packets that a handler let pass, by slot, and in the last one those without a handler. */
BPF_ARRAY8(handled, 0, PIN_GLOBAL_NS, 4);

/* Offsets from the first byte of an Ethernet frame. */
#define IP_START ETH_HLEN
#define IP_FRAGMENT (IP_START + 6)
#define IP_NEXT (IP_START + 9)

/* Ports below this number are for servers that root starts. */
#define FIRST_USER_PORT 1024

#define ICMP_ECHO_REQUEST 8

static __inline__ int pass(uint32_t slot)
{
  uint64_t *count = map_lookup_elem(&handled, &slot);

  if (count)
    lock_xadd(count, 1);
  return TC_ACT_OK;
}

/* Where the header after IP begins: the low half of the first byte is the length of IP's, in words. */
static __inline__ uint32_t transport_start(struct __sk_buff *skb)
{
  return IP_START + ((load_byte(skb, IP_START) & 0xf) << 2);
}

/* New connections to privileged ports are refused: a SYN without ACK. */
__section_tail(HANDLERS, TCP) int handle_tcp(struct __sk_buff *skb)
{
  uint32_t start = transport_start(skb);
  uint32_t port = load_half(skb, start + 2);
  uint32_t flags = load_byte(skb, start + 13);

  if ((flags & 0x12) == 0x02 && port < FIRST_USER_PORT)
    return TC_ACT_SHOT;
  return pass(TCP);
}

/* Datagrams to privileged ports are refused, but for answers from a name server. */
__section_tail(HANDLERS, UDP) int handle_udp(struct __sk_buff *skb)
{
  uint32_t start = transport_start(skb);

  if (load_half(skb, start + 2) < FIRST_USER_PORT && load_half(skb, start) != 53)
    return TC_ACT_SHOT;
  return pass(UDP);
}

/* Of echo requests, long ones are refused. */
__section_tail(HANDLERS, ICMP) int handle_icmp(struct __sk_buff *skb)
{
  if (load_byte(skb, transport_start(skb)) == ICMP_ECHO_REQUEST && skb->len > 1000)
    return TC_ACT_SHOT;
  return pass(ICMP);
}

__section_cls_entry int dispatch(struct __sk_buff *skb)
{
  if (skb->protocol != htons(ETH_P_IP))
    return TC_ACT_OK;
  /* A later fragment has no transport header. */
  if (load_half(skb, IP_FRAGMENT) & 0x1fff)
    return TC_ACT_OK;

  switch (load_byte(skb, IP_NEXT)) {
  case IPPROTO_TCP:
    tail_call(skb, &handlers, TCP);
    break;
  case IPPROTO_UDP:
    tail_call(skb, &handlers, UDP);
    break;
  case IPPROTO_ICMP:
    tail_call(skb, &handlers, ICMP);
    break;
  }
  /* Another protocol, or no handler in its slot. */
  return pass(3);
}

BPF_LICENSE("GPL");
