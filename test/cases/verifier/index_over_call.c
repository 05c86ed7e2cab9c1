// verifier xdp
// Rules 1 and 10: narrow values are tested before calls and used behind them, in more registers than survive a call.
#include "case.h"

TABLE16(table);

SEC("xdp")
int over_call(struct xdp_md *ctx) {
  INPUT(ctx);
  __u8 a = in->byte[0], b = in->byte[1], c = in->byte[2];
  __u16 d = in->half[0], e = in->half[1];
  __u32 f = in->word[0], g = in->word[1];
  if (a > 15 || b > 15 || c > 15 || d > 15 || e > 15 || f > 15 || g > 15) return 1;
  bpf_get_smp_processor_id();
  __u32 sum = table[a] + 2 * table[b];
  bpf_get_smp_processor_id();
  sum += 3 * table[c] + 4 * table[d];
  bpf_get_smp_processor_id();
  return sum + 5 * table[e] + 6 * table[f] + 7 * table[g];
}
