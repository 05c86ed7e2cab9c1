// verifier tc -O1 -O2 -Os
// One condition decides several times what is stored where: each way through is walked once, not told apart at each test.
#include "case.h"

struct pair {
  __u32 low, high;
  __u16 low_port, high_port;
};
HASH(pairs, struct pair, __u64, 16);

SEC("tc")
int order(struct __sk_buff *skb) {
  INPUT(skb);
  bool swapped = in->word[0] > in->word[1] || (in->word[0] == in->word[1] && in->half[0] > in->half[1]);
  struct pair pair = {};
  pair.low = swapped ? in->word[1] : in->word[0];
  pair.high = swapped ? in->word[0] : in->word[1];
  pair.low_port = swapped ? in->half[1] : in->half[0];
  pair.high_port = swapped ? in->half[0] : in->half[1];
  __u64 *count = bpf_map_lookup_elem(&pairs, &pair);
  if (count) return 7;
  return (pair.low & 0xff) + pair.high_port % 5 * 256;
}
