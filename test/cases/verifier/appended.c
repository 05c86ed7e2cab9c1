// verifier kprobe load
// Rule 1: the length that a helper gives back, tested on both sides, moves a position in a map value along.
// clang-19: refused at v1 and v2
#include "case.h"

struct text {
  __u32 used;
  char bytes[1024];
};

ARRAY(texts, struct text, 1);

SEC("kprobe/do_sys_open")
int append(void *ctx) {
  __u32 key = 0;
  struct text *t = bpf_map_lookup_elem(&texts, &key);
  if (!t) return 0;
  __u32 at = 0;
  for (int i = 0; i < 4; i++) {
    if (at > sizeof(t->bytes) - 128) break;
    int got = bpf_probe_read_kernel_str(&t->bytes[at], 128, (void *)(0xffff000000000000ul + i));
    if (got <= 0 || got > 128) break;
    at += got;
  }
  t->used = at;
  return 0;
}
