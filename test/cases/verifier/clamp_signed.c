// verifier tc
// Rules 1, 2 and 9: a signed length, got from a call or computed, clamped on both sides, is the size of a helper's memory.
#include "case.h"

char buffer[128];

SEC("tc")
int lengths(struct __sk_buff *skb) {
  int length = (int)skb->len - 10;
  if (length < 1) return 1;
  if (length > 100) length = 100;
  if (bpf_skb_load_bytes(skb, 4, buffer, length) < 0) return 2;
  long rest = (long)skb->len - 60;
  if (rest <= 0) return buffer[3];
  if (rest > (long)sizeof(buffer)) rest = sizeof(buffer);
  if (bpf_skb_load_bytes(skb, 40, buffer, rest) < 0) return 3;
  return buffer[length - 1] + buffer[rest - 1];
}
