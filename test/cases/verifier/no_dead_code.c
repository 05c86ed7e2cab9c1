// verifier xdp
// Rule 14: no instruction that is never reached, no end that is fallen off.
#include "case.h"

enum kind { NONE, SOME, ALL };

static __noinline int classify(__u32 x) {
  switch (x & 3) {
    case 0: return NONE;
    case 1: return SOME;
    case 2: return ALL;
    case 3: return ALL + 1;
  }
  __builtin_unreachable();
}

SEC("xdp")
int no_dead(struct xdp_md *ctx) {
  INPUT(ctx);
  int kind = classify(in->byte[0]);
  if (sizeof(long) == 4) return 1;
  for (;;) {
    if (kind == NONE) return 2;
    if (kind == SOME) break;
    return in->byte[1] + kind;
  }
  if (in->word[0] > 0xffffffffull) return 3;
  while (0) bpf_get_smp_processor_id();
  goto done;
  kind = 5;
done:
  return kind + 10;
}
