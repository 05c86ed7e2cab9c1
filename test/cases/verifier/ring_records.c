// verifier tc
// Rules 6, 8 and 11: memory reserved in a ring is written in parts, then submitted or discarded on every path.
#include "case.h"

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 65536);
} ring SEC(".maps");

struct event {
  __u32 length;
  __u8 kind;
  __u64 when;
  char text[5];
};

SEC("tc")
int record(struct __sk_buff *skb) {
  struct event *event = bpf_ringbuf_reserve(&ring, sizeof(*event), 0);
  if (!event) return 1;
  event->length = skb->len;
  event->kind = skb->mark > 3 ? 1 : 2;
  __builtin_memcpy(event->text, "ring", 5);
  if (bpf_skb_load_bytes(skb, 2, &event->when, sizeof(event->when)) < 0) {
    bpf_ringbuf_discard(event, 0);
    return 2;
  }
  int result = event->when;
  bpf_ringbuf_submit(event, 0);
  return result;
}
