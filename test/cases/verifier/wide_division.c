// verifier kprobe load
// The division of 128-bit values is a function of its own that writes its result to the caller's frame; a scalar comes back.
// clang-19: refused at v1 to v4 (it calls __udivti3, which nothing defines)
#include "case.h"

ARRAY(sums, __u64, 4);

SEC("kprobe/do_sys_open")
int average(void *ctx) {
  __u32 keys[4] = {0, 1, 2, 3};
  __u64 *a = bpf_map_lookup_elem(&sums, &keys[0]);
  __u64 *b = bpf_map_lookup_elem(&sums, &keys[1]);
  __u64 *c = bpf_map_lookup_elem(&sums, &keys[2]);
  if (!a || !b || !c) return 0;
  unsigned __int128 product = (unsigned __int128)*a * *b;
  unsigned __int128 divisor = ((unsigned __int128)*b << 64) | *c | 1;
  *c = product / divisor;
  *a = product % divisor;
  return 0;
}
