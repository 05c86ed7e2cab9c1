// verifier xdp
// A buffer of characters that is filled as a record: it is placed as the record wants it.
#include "case.h"

struct event {
  __u64 inode;
  __u32 device;
  __u16 mode;
};

ARRAY(events, __u64, 4);

SEC("xdp")
int filled(struct xdp_md *ctx) {
  INPUT(ctx);
  char buffer[390] = {};
  struct event *event = (struct event *)(buffer + 8);
  event->inode = in->word[0];
  event->device = in->word[1];
  event->mode = in->half[2];
  __u32 key = in->byte[0] & 3;
  __u64 *at = bpf_map_lookup_elem(&events, &key);
  if (!at) return 0;
  *at += event->inode;
  __builtin_memcpy(at, buffer + (in->byte[1] & 7), 8);
  return *at + buffer[12 + (in->byte[2] & 3)];
}
