// tracing -D__TARGET_ARCH_x86
#include <bpf/bpf_tracing.h>

struct pt_regs {
  unsigned long rip;
};
#include <bpf/usdt.bpf.h>

static __always_inline long use(void *path, int length, unsigned char letter) {
  return bpf_probe_read_user(path, length, path) + letter;
}

#ifdef BY_HAND
SEC("usdt") long none(struct pt_regs *ctx) {
  return bpf_usdt_arg_cnt(ctx) + bpf_usdt_cookie(ctx);
}
SEC("usdt") long three(struct pt_regs *ctx) {
  return use((void *)({ long path; bpf_usdt_arg(ctx, 0, &path); path; }),
             ({ long length; bpf_usdt_arg(ctx, 1, &length); length; }),
             ({ long letter; bpf_usdt_arg(ctx, 2, &letter); letter; }));
}
#else
SEC("usdt") long BPF_USDT(none) {
  return bpf_usdt_arg_cnt(ctx) + bpf_usdt_cookie(ctx);
}
SEC("usdt") long BPF_USDT(three, void *path, int length, unsigned char letter) {
  return use(path, length, letter);
}
#endif
