// verifier xdp
// Rule 11: a buffer that is written in parts, on some paths, and read by a helper.
#include "case.h"

struct record {
  char name[11];
  __u8 count;
  __u32 number;
};

HASH(records, __u32, struct record, 16);

SEC("xdp")
int parts(struct xdp_md *ctx) {
  INPUT(ctx);
  struct record record = { .name = "abc" };
  __u32 key = in->byte[0];
  record.count = 7;
  if (in->byte[1] > 3) record.name[5] = 'x';
  if (in->byte[2] > 3) record.number = in->word[1];
  else record.count = 0;
  bpf_map_update_elem(&records, &key, &record, BPF_ANY);
  record.name[0] = 'y';
  key++;
  bpf_map_update_elem(&records, &key, &record, BPF_ANY);
  struct record *back = bpf_map_lookup_elem(&records, &key);
  if (!back) return 0;
  return back->name[0] * 1000 + back->name[5] + back->count + back->number;
}
