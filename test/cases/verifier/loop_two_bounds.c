// verifier xdp
// Rules 7 and 12: a walk over records in the packet that ends by a count, by the data, or by the packet's end.
#include "case.h"

struct record {
  __u8 kind;
  __u8 size;
};

SEC("xdp")
int two_bounds(struct xdp_md *ctx) {
  INPUT(ctx);
  void *end = (void *)(long)ctx->data_end;
  struct record *r = (void *)(long)ctx->data;
  __u32 count = in->byte[0];
  __u32 sum = 0;
  for (__u32 i = 0; i < count && i < 20; i++) {
    if ((void *)(r + 1) > end) return sum + 1000;
    if (r->kind == 0) break;
    __u32 size = r->size & 15;
    sum = sum * 5 + size;
    r = (void *)r + sizeof(*r) + size;
  }
  return sum;
}
