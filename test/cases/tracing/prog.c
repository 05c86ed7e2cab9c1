// tracing
#include <bpf/bpf_tracing.h>

struct file;
static __always_inline int five(void *ctx, char letter, int number, const struct file *file, _Bool truth,
                                unsigned short half) {
  return letter + number + bpf_probe_read_kernel(ctx, truth, file) + half;
}
static __always_inline long sum(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, long k,
                                long l) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + 11 * k + 12 * l;
}
static __always_inline int pick(int (*f)(int, int), int ret) {
  return f == 0 ? ret : 0;
}

#ifdef BY_HAND
SEC("fentry/f") int none(unsigned long long *ctx) {
  return ctx[3];
}
SEC("fentry/f") int some(unsigned long long *ctx) {
  return five(ctx, ctx[0], ctx[1], (void *)ctx[2], ctx[3], ctx[4]);
}
SEC("fexit/f") long twelve(unsigned long long *ctx) {
  return sum(ctx[0], ctx[1], ctx[2], ctx[3], ctx[4], ctx[5], ctx[6], ctx[7], ctx[8], ctx[9], ctx[10], ctx[11]);
}
SEC("struct_ops/f") void nothing(unsigned long long *ctx) {
  bpf_tail_call(ctx, (void *)ctx[0], ctx[1]);
}
SEC("lsm/f") int calls(unsigned long long *ctx) {
  return pick((void *)ctx[0], ctx[1]);
}
#else
SEC("fentry/f") int BPF_PROG(none) {
  return ctx[3];
}
SEC("fentry/f") int BPF_PROG(some, char letter, int number, const struct file *file, _Bool truth, unsigned short half) {
  return five(ctx, letter, number, file, truth, half);
}
SEC("fexit/f") long BPF_PROG(twelve, long a, long b, long c, long d, long e, long f, long g, long h, long i, long j,
                             long k, long l) {
  return sum(a, b, c, d, e, f, g, h, i, j, k, l);
}
SEC("struct_ops/f") void BPF_PROG(nothing, void *map, int at) {
  bpf_tail_call(ctx, map, at);
}
SEC("lsm/f") int BPF_PROG(calls, int (*f)(int, int), int ret) {
  return pick(f, ret);
}
#endif
