// verifier tc -O1 -O2 -Os
// A buffer that takes most of the frame, cleared as a whole: words, not bytes, are what the verifier walks.
#include "case.h"

SEC("tc")
int clear(struct __sk_buff *skb) {
  INPUT(skb);
  volatile char buffer[416] = {};
  __u32 at = in->byte[0];
  if (at >= sizeof(buffer)) return 1;
  buffer[at] = in->byte[1];
  return buffer[at] + buffer[415];
}
