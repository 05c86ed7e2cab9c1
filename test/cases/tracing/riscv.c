// tracing -D__TARGET_ARCH_riscv
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

struct user_regs_struct {
  unsigned long pc, ra, sp, gp, tp, t0, t1, t2, s0, s1, a0, a1, a2, a3, a4, a5, a6, a7;
};
struct pt_regs {
  struct user_regs_struct user_regs;
};
struct pt_regs___mine {
  unsigned long orig_a0;
} __attribute__((preserve_access_index));
volatile unsigned long sink;

SEC("kprobe") int arguments(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct user_regs_struct *r = (const struct user_regs_struct *)ctx;
  sink = r->a0; sink = r->a1; sink = r->a2; sink = r->a3; sink = r->a4; sink = r->a5; sink = r->a6; sink = r->a7;
#else
  sink = PT_REGS_PARM1(ctx); sink = PT_REGS_PARM2(ctx); sink = PT_REGS_PARM3(ctx); sink = PT_REGS_PARM4(ctx);
  sink = PT_REGS_PARM5(ctx); sink = PT_REGS_PARM6(ctx); sink = PT_REGS_PARM7(ctx); sink = PT_REGS_PARM8(ctx);
#endif
  return 0;
}
SEC("kprobe") int call(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct user_regs_struct *r = (const struct user_regs_struct *)ctx;
  sink = ((struct pt_regs___mine *)ctx)->orig_a0; sink = r->a1; sink = r->a2; sink = r->a3; sink = r->a4; sink = r->a5;
#else
  sink = PT_REGS_PARM1_SYSCALL(ctx); sink = PT_REGS_PARM2_SYSCALL(ctx); sink = PT_REGS_PARM3_SYSCALL(ctx);
  sink = PT_REGS_PARM4_SYSCALL(ctx); sink = PT_REGS_PARM5_SYSCALL(ctx); sink = PT_REGS_PARM6_SYSCALL(ctx);
#endif
  return 0;
}
SEC("kprobe") int points(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct user_regs_struct *r = (const struct user_regs_struct *)ctx;
  sink = r->ra; sink = r->s0; sink = r->a0; sink = r->sp; sink = r->pc;
#else
  sink = PT_REGS_RET(ctx); sink = PT_REGS_FP(ctx); sink = PT_REGS_RC(ctx); sink = PT_REGS_SP(ctx);
  sink = PT_REGS_IP(ctx);
#endif
  return 0;
}
SEC("kprobe") int entry(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct user_regs_struct *r = (const struct user_regs_struct *)ctx;
  struct pt_regs *entry = (void *)r->a0;
  sink = BPF_CORE_READ((struct pt_regs___mine *)entry, orig_a0);
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, a1);
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, a2);
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, a3);
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, a4);
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, a5);
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, pc);
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
  const struct user_regs_struct *r = (const struct user_regs_struct *)ctx;
  unsigned long ip;
  ip = r->ra; sink = ip; ip = r->ra; sink = ip;
#else
  unsigned long ip;
  BPF_KPROBE_READ_RET_IP(ip, ctx); sink = ip; BPF_KRETPROBE_READ_RET_IP(ip, ctx); sink = ip;
#endif
  return 0;
}
