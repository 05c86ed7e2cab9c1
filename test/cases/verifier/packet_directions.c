// verifier xdp
// Rule 7: a check against the end of the packet keeps its operands and its base, whichever way it is written.
#include "case.h"

SEC("xdp")
int directions(struct xdp_md *ctx) {
  __u8 *data = (void *)(long)ctx->data;
  __u8 *end = (void *)(long)ctx->data_end;
  int sum = 0;
  if (data + 14 <= end) sum += data[13];
  if (end >= data + 20) sum += data[19];
  if (!(end < data + 30)) sum += data[29];
  if (data + 40 > end) return sum;
  sum += data[39];
  __u8 *next = data + 40;
  if (next + 1 > end) return sum + 1;
  sum += *next++;
  if (next < end) sum += *next;
  if (end > next + 3) sum += next[2];
  if (data + 60 < end) sum += data[60];
  return sum;
}
