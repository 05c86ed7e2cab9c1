// verifier xdp
// Rule 10: bounds of many numbers live over calls, in slots of 8 bytes.
// clang-19: refused at v3 and v4
#include "case.h"

TABLE16(table);

SEC("xdp")
int bounds(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 a = in->word[0], b = in->word[1], c = in->word[2], d = in->word[3];
  __u64 e = in->wide[0], f = in->wide[1], g = in->wide[2];
  int h = in->half[0] - 2;
  if (a >= 16) a = 1;
  if (b >= 16) b = 2;
  if (c >= 16) c = 3;
  if (d >= 16) d = 4;
  if (e >= 16) e = 5;
  if (f >= 16) f = 6;
  if (g >= 16) g = 7;
  if (h < 0 || h >= 16) h = 8;
  for (int i = 0; i < 3; i++) bpf_get_smp_processor_id();
  __u32 sum = table[a] + 2 * table[b] + 3 * table[c] + 4 * table[d];
  bpf_get_smp_processor_id();
  return sum + 5 * table[e] + 6 * table[f] + 7 * table[g] + 8 * table[h];
}
