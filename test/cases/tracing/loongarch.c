// tracing -D__TARGET_ARCH_loongarch
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

struct user_pt_regs {
  unsigned long regs[32], orig_a0, csr_era, csr_badv;
};
struct pt_regs {
  struct user_pt_regs user_regs;
};
volatile unsigned long sink;

SEC("kprobe") int arguments(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct user_pt_regs *r = (const struct user_pt_regs *)ctx;
  sink = r->regs[4]; sink = r->regs[5]; sink = r->regs[6]; sink = r->regs[7]; sink = r->regs[8]; sink = r->regs[9];
  sink = r->regs[10]; sink = r->regs[11];
#else
  sink = PT_REGS_PARM1(ctx); sink = PT_REGS_PARM2(ctx); sink = PT_REGS_PARM3(ctx); sink = PT_REGS_PARM4(ctx);
  sink = PT_REGS_PARM5(ctx); sink = PT_REGS_PARM6(ctx); sink = PT_REGS_PARM7(ctx); sink = PT_REGS_PARM8(ctx);
#endif
  return 0;
}
SEC("kprobe") int call(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct user_pt_regs *r = (const struct user_pt_regs *)ctx;
  sink = r->regs[4]; sink = r->regs[5]; sink = r->regs[6]; sink = r->regs[7]; sink = r->regs[8]; sink = r->regs[9];
#else
  sink = PT_REGS_PARM1_SYSCALL(ctx); sink = PT_REGS_PARM2_SYSCALL(ctx); sink = PT_REGS_PARM3_SYSCALL(ctx);
  sink = PT_REGS_PARM4_SYSCALL(ctx); sink = PT_REGS_PARM5_SYSCALL(ctx); sink = PT_REGS_PARM6_SYSCALL(ctx);
#endif
  return 0;
}
SEC("kprobe") int points(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct user_pt_regs *r = (const struct user_pt_regs *)ctx;
  sink = r->regs[1]; sink = r->regs[22]; sink = r->regs[4]; sink = r->regs[3]; sink = r->csr_era;
#else
  sink = PT_REGS_RET(ctx); sink = PT_REGS_FP(ctx); sink = PT_REGS_RC(ctx); sink = PT_REGS_SP(ctx);
  sink = PT_REGS_IP(ctx);
#endif
  return 0;
}
SEC("kprobe") int entry(struct pt_regs *ctx) {
#ifdef BY_HAND
  struct pt_regs *entry = ctx;
  sink = BPF_CORE_READ((const struct user_pt_regs *)entry, regs[4]);
  sink = BPF_CORE_READ((const struct user_pt_regs *)entry, regs[5]);
  sink = BPF_CORE_READ((const struct user_pt_regs *)entry, regs[6]);
  sink = BPF_CORE_READ((const struct user_pt_regs *)entry, regs[7]);
  sink = BPF_CORE_READ((const struct user_pt_regs *)entry, regs[8]);
  sink = BPF_CORE_READ((const struct user_pt_regs *)entry, regs[9]);
  sink = BPF_CORE_READ((const struct user_pt_regs *)entry, csr_era);
#else
  struct pt_regs *entry = PT_REGS_SYSCALL_REGS(ctx);
  sink = PT_REGS_PARM1_CORE_SYSCALL(entry); sink = PT_REGS_PARM2_CORE_SYSCALL(entry);
  sink = PT_REGS_PARM3_CORE_SYSCALL(entry); sink = PT_REGS_PARM4_CORE_SYSCALL(entry);
  sink = PT_REGS_PARM5_CORE_SYSCALL(entry); sink = PT_REGS_PARM6_CORE_SYSCALL(entry); sink = PT_REGS_IP_CORE(entry);
#endif
  return 0;
}
SEC("kprobe") int returns(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct user_pt_regs *r = (const struct user_pt_regs *)ctx;
  unsigned long ip;
  ip = r->regs[1]; sink = ip; ip = r->regs[1]; sink = ip;
#else
  unsigned long ip;
  BPF_KPROBE_READ_RET_IP(ip, ctx); sink = ip; BPF_KRETPROBE_READ_RET_IP(ip, ctx); sink = ip;
#endif
  return 0;
}
