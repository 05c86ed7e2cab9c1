// tracing -D__TARGET_ARCH_s390
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

typedef struct {
  unsigned long args[1], psw[2], gprs[16];
} user_pt_regs;
struct pt_regs;

static __always_inline long use(int fd, const char *path, unsigned short mode, long d, long e, long f) {
  return fd + (long)path + mode + 4 * d + 5 * e + 6 * f;
}

#ifdef BY_HAND
struct pt_regs___mine {
  unsigned long orig_gpr2;
} __attribute__((preserve_access_index));
extern _Bool LINUX_HAS_SYSCALL_WRAPPER __kconfig;

SEC("ksyscall/openat") long all(struct pt_regs *ctx) {
  const user_pt_regs *r = (void *)ctx;
  if (LINUX_HAS_SYSCALL_WRAPPER) {
    const user_pt_regs *inner = (void *)r->gprs[2];
    return use(BPF_CORE_READ((struct pt_regs___mine *)inner, orig_gpr2), (const char *)BPF_CORE_READ(inner, gprs[3]),
               BPF_CORE_READ(inner, gprs[4]), BPF_CORE_READ(inner, gprs[5]), BPF_CORE_READ(inner, gprs[6]),
               BPF_CORE_READ(inner, gprs[7]));
  }
  return use(((struct pt_regs___mine *)ctx)->orig_gpr2, (const char *)r->gprs[3], r->gprs[4], r->gprs[5], r->gprs[6],
             r->gprs[7]);
}
#else
SEC("ksyscall/openat") long BPF_KSYSCALL(all, int fd, const char *path, unsigned short mode, long d, long e, long f) {
  return use(fd, path, mode, d, e, f);
}
#endif
