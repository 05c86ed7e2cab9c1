// verifier xdp
// Rule 2: a test of a difference stays: that the subtrahend is not greater tells the verifier nothing of the difference.
#include "case.h"

__u8 table[101] = { [0] = 1, [1] = 2, [3] = 5, [10] = 7, [50] = 11, [100] = 13 };

SEC("xdp")
int difference(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 end = in->half[0], start = in->half[1];
  if (end > 100 || start > end) return 0;
  __u32 length = end - start;
  if (length > 100) return 1;
  __u64 from = in->wide[0], to = in->wide[1];
  if (from > to) return table[length];
  __u64 span = to - from;
  if (to <= 100 && span <= 100) return table[length] + 16 * table[span];
  return table[length] + 1000;
}
