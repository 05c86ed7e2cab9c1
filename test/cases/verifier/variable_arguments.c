// verifier xdp
// Rule 10: arguments beyond the registers lie in the caller's frame, pointers among them, and are read there by the callee.
#include "case.h"
#include <stdarg.h>

struct total {
  __u64 sum;
  __u32 words;
};

ARRAY(totals, struct total, 1);

static __attribute__((noinline)) __u64 mix(int count, ...) {
  va_list list;
  va_start(list, count);
  __u64 result = va_arg(list, __u32);
  result = result * 31 + va_arg(list, __u64);
  struct total *total = va_arg(list, struct total *);
  total->sum += result;
  result ^= va_arg(list, __u32) << count;
  va_end(list);
  return result;
}

__attribute__((noinline)) __u64 seven(__u32 a, __u32 b, __u64 c, struct input *in, struct total *total, __u32 d, __u32 e) {
  total->words += e;
  return a + b * c + d - in->byte[3];
}

SEC("xdp")
int varied(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 key = 0;
  struct total *total = bpf_map_lookup_elem(&totals, &key);
  if (!total) return 1;
  __u64 mixed = mix(in->byte[0] & 7, in->word[0], in->wide[1], total, in->half[1]);
  mixed += seven(in->byte[1], in->byte[2], in->wide[0], in, total, in->word[1], in->half[0]);
  return (mixed ^ total->sum ^ total->words) & 0x7fffffff;
}
