// tracing -D__TARGET_ARCH_sparc -D__arch64__
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

struct pt_regs {
  unsigned long u_regs[16], tstate, tpc;
};
volatile unsigned long sink;

SEC("kprobe") int arguments(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  sink = r->u_regs[8]; sink = r->u_regs[9]; sink = r->u_regs[10]; sink = r->u_regs[11]; sink = r->u_regs[12];
  sink = r->u_regs[13];
#else
  sink = PT_REGS_PARM1(ctx); sink = PT_REGS_PARM2(ctx); sink = PT_REGS_PARM3(ctx); sink = PT_REGS_PARM4(ctx);
  sink = PT_REGS_PARM5(ctx); sink = PT_REGS_PARM6(ctx);
#endif
  return 0;
}
SEC("kprobe") int call(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  sink = r->u_regs[8]; sink = r->u_regs[9]; sink = r->u_regs[10]; sink = r->u_regs[11]; sink = r->u_regs[12];
  sink = r->u_regs[13];
#else
  sink = PT_REGS_PARM1_SYSCALL(ctx); sink = PT_REGS_PARM2_SYSCALL(ctx); sink = PT_REGS_PARM3_SYSCALL(ctx);
  sink = PT_REGS_PARM4_SYSCALL(ctx); sink = PT_REGS_PARM5_SYSCALL(ctx); sink = PT_REGS_PARM6_SYSCALL(ctx);
#endif
  return 0;
}
SEC("kprobe") int points(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  sink = r->u_regs[15]; sink = r->u_regs[8]; sink = r->u_regs[14]; sink = r->tpc;
#else
  sink = PT_REGS_RET(ctx); sink = PT_REGS_RC(ctx); sink = PT_REGS_SP(ctx); sink = PT_REGS_IP(ctx);
#endif
  return 0;
}
SEC("kprobe") int entry(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  struct pt_regs *entry = (void *)r->u_regs[8];
  sink = BPF_CORE_READ((const struct pt_regs *)entry, u_regs[8]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, u_regs[9]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, u_regs[10]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, u_regs[11]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, u_regs[12]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, u_regs[13]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, tpc);
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
  ip = r->u_regs[15]; sink = ip; ip = r->u_regs[15]; sink = ip;
#else
  unsigned long ip;
  BPF_KPROBE_READ_RET_IP(ip, ctx); sink = ip; BPF_KRETPROBE_READ_RET_IP(ip, ctx); sink = ip;
#endif
  return 0;
}
