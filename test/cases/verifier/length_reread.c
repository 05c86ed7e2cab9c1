// verifier tc
// Rule 1: a length in a map value that was tested is not read again for the call.
// clang-19: refused at v1 and v2
#include "case.h"

struct setting {
  __u32 length;
  __u32 offset;
  __u8 bytes[64];
};

ARRAY(settings, struct setting, 4);

SEC("tc")
int reread(struct __sk_buff *skb) {
  __u32 key = 1;
  struct setting *s = bpf_map_lookup_elem(&settings, &key);
  if (!s) return 0;
  if (s->length == 0) s->length = (skb->len & 31) + 1;
  __u32 length = s->length;
  if (length == 0 || length > sizeof(s->bytes)) return 1;
  if (bpf_skb_load_bytes(skb, s->offset, s->bytes, length) < 0) return 2;
  return s->bytes[length - 1];
}
