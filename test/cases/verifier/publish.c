// verifier xdp -O1 -O2 -Os
// What is stored with release and loaded with acquire semantics in a map value, in every width, can be tested as any other.
#include "case.h"

struct message {
  __u32 body[8];
  __u8 length;
  __u16 sender;
  __u64 sent;
  __u32 ready;
};

ARRAY(messages, struct message, 1);

SEC("xdp")
int publish(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 key = 0, sum = 0;
  struct message *m = bpf_map_lookup_elem(&messages, &key);
  if (!m) return 0;
  __u8 length = in->byte[0] % 12;
  for (int i = 0; i < 8; i++) m->body[i] = in->word[0] + i;
  __atomic_store_n(&m->length, length, __ATOMIC_RELEASE);
  __atomic_store_n(&m->sender, in->byte[1], __ATOMIC_RELEASE);
  __atomic_store_n(&m->sent, m->sent + length, __ATOMIC_RELEASE);
  __atomic_store_n(&m->ready, 1, __ATOMIC_RELEASE);
  if (!__atomic_load_n(&m->ready, __ATOMIC_ACQUIRE)) return 0;
  __u8 count = __atomic_load_n(&m->length, __ATOMIC_ACQUIRE);
  if (count > 8) count = 8;
  for (int i = 0; i < count; i++) sum += m->body[i];
  return sum + __atomic_load_n(&m->sender, __ATOMIC_ACQUIRE) + __atomic_load_n(&m->sent, __ATOMIC_ACQUIRE);
}
