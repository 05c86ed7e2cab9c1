// tracing -D__TARGET_ARCH_arm64
#include <bpf/bpf_tracing.h>

struct user_pt_regs {
  unsigned long regs[31], sp, pc, pstate;
};
struct pt_regs;
struct file;

static __always_inline int three(unsigned char letter, struct file *file, unsigned long long count) {
  return bpf_probe_read_kernel((void *)count, letter, file);
}
static __always_inline long sum(long a, long b, long c, long d, long e, long f, long g, long h) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h;
}

#ifdef BY_HAND
#define REG(n) ((const struct user_pt_regs *)ctx)->regs[n]
SEC("kprobe/f") int none(struct pt_regs *ctx) {
  return REG(30);
}
SEC("kprobe/f") int mixed(struct pt_regs *ctx) {
  return three(REG(0), (struct file *)REG(1), REG(2));
}
SEC("uprobe") long eight(struct pt_regs *ctx) {
  return sum(REG(0), REG(1), REG(2), REG(3), REG(4), REG(5), REG(6), REG(7));
}
SEC("kretprobe/f") int result(struct pt_regs *ctx) {
  short result = REG(0);
  return result;
}
SEC("uretprobe") int noresult(struct pt_regs *ctx) {
  return REG(29) != 0;
}
#else
SEC("kprobe/f") int BPF_KPROBE(none) {
  return PT_REGS_RET(ctx);
}
SEC("kprobe/f") int BPF_KPROBE(mixed, unsigned char letter, struct file *file, unsigned long long count) {
  return three(letter, file, count);
}
SEC("uprobe") long BPF_UPROBE(eight, long a, long b, long c, long d, long e, long f, long g, long h) {
  return sum(a, b, c, d, e, f, g, h);
}
SEC("kretprobe/f") int BPF_KRETPROBE(result, short result) {
  return result;
}
SEC("uretprobe") int BPF_URETPROBE(noresult) {
  return PT_REGS_FP(ctx) != 0;
}
#endif
