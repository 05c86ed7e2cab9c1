// verifier tc -O1 -O2 -Os
// Loops that are entered for certain, with an index that outlives them, one left in the middle.
#include "case.h"

SEC("tc")
int rounds(struct __sk_buff *skb) {
  INPUT(skb);
  __u8 table[64] = {};
  __u32 sum = 0, i, j;
#pragma clang loop unroll(disable)
  for (i = 0; i < 50; i++) table[i] = in->byte[i & 7] + i;
#pragma clang loop unroll(disable)
  for (j = 3; j < 60; j += 2) {
    if (table[j] == in->byte[0]) break;
    sum += table[j];
  }
  return sum + i * 1000 + j;
}
