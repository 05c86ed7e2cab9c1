// tracing -D__TARGET_ARCH_arc
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

struct user_regs_struct {
  struct {
    unsigned long bta, lp_start, lp_end, lp_count, status32, ret, blink, fp, gp;
    unsigned long r12, r11, r10, r9, r8, r7, r6, r5, r4, r3, r2, r1, r0, sp;
  } scratch;
};
struct pt_regs {
  struct user_regs_struct user_regs;
};
volatile unsigned long sink;

SEC("kprobe") int arguments(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct user_regs_struct *r = (const struct user_regs_struct *)ctx;
  sink = r->scratch.r0; sink = r->scratch.r1; sink = r->scratch.r2; sink = r->scratch.r3; sink = r->scratch.r4;
  sink = r->scratch.r5; sink = r->scratch.r6; sink = r->scratch.r7;
#else
  sink = PT_REGS_PARM1(ctx); sink = PT_REGS_PARM2(ctx); sink = PT_REGS_PARM3(ctx); sink = PT_REGS_PARM4(ctx);
  sink = PT_REGS_PARM5(ctx); sink = PT_REGS_PARM6(ctx); sink = PT_REGS_PARM7(ctx); sink = PT_REGS_PARM8(ctx);
#endif
  return 0;
}
SEC("kprobe") int call(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct user_regs_struct *r = (const struct user_regs_struct *)ctx;
  sink = r->scratch.r0; sink = r->scratch.r1; sink = r->scratch.r2; sink = r->scratch.r3; sink = r->scratch.r4;
  sink = r->scratch.r5;
#else
  sink = PT_REGS_PARM1_SYSCALL(ctx); sink = PT_REGS_PARM2_SYSCALL(ctx); sink = PT_REGS_PARM3_SYSCALL(ctx);
  sink = PT_REGS_PARM4_SYSCALL(ctx); sink = PT_REGS_PARM5_SYSCALL(ctx); sink = PT_REGS_PARM6_SYSCALL(ctx);
#endif
  return 0;
}
SEC("kprobe") int points(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct user_regs_struct *r = (const struct user_regs_struct *)ctx;
  sink = r->scratch.blink; sink = r->scratch.fp; sink = r->scratch.r0; sink = r->scratch.sp; sink = r->scratch.ret;
#else
  sink = PT_REGS_RET(ctx); sink = PT_REGS_FP(ctx); sink = PT_REGS_RC(ctx); sink = PT_REGS_SP(ctx);
  sink = PT_REGS_IP(ctx);
#endif
  return 0;
}
SEC("kprobe") int entry(struct pt_regs *ctx) {
#ifdef BY_HAND
  struct pt_regs *entry = ctx;
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, scratch.r0);
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, scratch.r1);
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, scratch.r2);
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, scratch.r3);
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, scratch.r4);
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, scratch.r5);
  sink = BPF_CORE_READ((const struct user_regs_struct *)entry, scratch.ret);
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
  ip = r->scratch.blink; sink = ip; ip = r->scratch.blink; sink = ip;
#else
  unsigned long ip;
  BPF_KPROBE_READ_RET_IP(ip, ctx); sink = ip; BPF_KRETPROBE_READ_RET_IP(ip, ctx); sink = ip;
#endif
  return 0;
}
