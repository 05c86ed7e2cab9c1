// tracing -D__TARGET_ARCH_mips
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

struct pt_regs {
  unsigned long regs[32], cp0_status, hi, lo, cp0_badvaddr, cp0_cause, cp0_epc;
};
volatile unsigned long sink;

SEC("kprobe") int arguments(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
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
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  sink = r->regs[4]; sink = r->regs[5]; sink = r->regs[6]; sink = r->regs[7]; sink = r->regs[8]; sink = r->regs[9];
#else
  sink = PT_REGS_PARM1_SYSCALL(ctx); sink = PT_REGS_PARM2_SYSCALL(ctx); sink = PT_REGS_PARM3_SYSCALL(ctx);
  sink = PT_REGS_PARM4_SYSCALL(ctx); sink = PT_REGS_PARM5_SYSCALL(ctx); sink = PT_REGS_PARM6_SYSCALL(ctx);
#endif
  return 0;
}
SEC("kprobe") int points(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  sink = r->regs[31]; sink = r->regs[30]; sink = r->regs[2]; sink = r->regs[29]; sink = r->cp0_epc;
#else
  sink = PT_REGS_RET(ctx); sink = PT_REGS_FP(ctx); sink = PT_REGS_RC(ctx); sink = PT_REGS_SP(ctx);
  sink = PT_REGS_IP(ctx);
#endif
  return 0;
}
SEC("kprobe") int entry(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  struct pt_regs *entry = (void *)r->regs[4];
  sink = BPF_CORE_READ((const struct pt_regs *)entry, regs[4]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, regs[5]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, regs[6]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, regs[7]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, regs[8]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, regs[9]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, cp0_epc);
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
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  unsigned long ip;
  ip = r->regs[31]; sink = ip; ip = r->regs[31]; sink = ip;
#else
  unsigned long ip;
  BPF_KPROBE_READ_RET_IP(ip, ctx); sink = ip; BPF_KRETPROBE_READ_RET_IP(ip, ctx); sink = ip;
#endif
  return 0;
}
