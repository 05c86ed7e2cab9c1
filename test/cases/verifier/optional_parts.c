// verifier kprobe load -O2 -Os
// Parts that may be missing are appended one by one, in loops: the walks of those that failed and of those that did not meet again.
#include "case.h"

struct record {
  __u16 lengths[12][24];
  char text[1200];
};
struct source {
  long mode[12];
  const void *part[24];
};

ARRAY(records, struct record, 1);
ARRAY(sources, struct source, 1);

static __always_inline __u64 append(struct record *r, struct source *s, int row, __u64 at) {
  const void *parts[24];
  if (s->mode[row] <= 0) return at;
  if (bpf_probe_read_user(parts, sizeof(parts), s->part)) return at;
#pragma clang loop unroll(disable)
  for (int i = 0; i < 24; i++) {
    if (i >= s->mode[row]) break;
    r->lengths[row][i] = 0;
    __u64 length = bpf_probe_read_user_str(&r->text[at], 2, parts[i]);
    if (length <= 2) {
      r->lengths[row][i] = length;
      at += length;
    }
  }
  return at;
}

SEC("kprobe/do_sys_open")
int gather(void *ctx) {
  __u32 key = 0;
  struct record *r = bpf_map_lookup_elem(&records, &key);
  struct source *s = bpf_map_lookup_elem(&sources, &key);
  if (!r || !s) return 0;
  __u64 at = 0;
#pragma clang loop unroll(disable)
  for (int row = 0; row < 12; row++) at = append(r, s, row, at);
  return at;
}
