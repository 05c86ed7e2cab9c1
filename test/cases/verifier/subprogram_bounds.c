// verifier xdp
// Rules 1 and 15: a static function that is called, not inlined, is followed: bounds go in and come out.
#include "case.h"

TABLE16(table);

static __noinline __u32 limit(__u32 x, __u32 most) {
  return x > most ? most : x;
}

static __noinline __u8 narrow(__u32 x) {
  return x;
}

static __noinline __u32 read(__u32 *from, __u8 i) {
  return i < 16 ? from[i] : 0;
}

SEC("xdp")
int bounds(struct xdp_md *ctx) {
  INPUT(ctx);
  __u32 i = limit(in->word[0], 15);
  __u8 j = narrow(in->word[1]);
  if (j > 15) j = 15;
  return table[i] + 10 * table[j] + 100 * read(table, in->word[2]);
}
