// tracing -D__TARGET_ARCH_powerpc
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

struct pt_regs {
  unsigned long gpr[32], nip, msr, orig_gpr3, ctr, link;
};
volatile unsigned long sink;

SEC("kprobe") int arguments(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  sink = r->gpr[3]; sink = r->gpr[4]; sink = r->gpr[5]; sink = r->gpr[6]; sink = r->gpr[7]; sink = r->gpr[8];
  sink = r->gpr[9]; sink = r->gpr[10];
#else
  sink = PT_REGS_PARM1(ctx); sink = PT_REGS_PARM2(ctx); sink = PT_REGS_PARM3(ctx); sink = PT_REGS_PARM4(ctx);
  sink = PT_REGS_PARM5(ctx); sink = PT_REGS_PARM6(ctx); sink = PT_REGS_PARM7(ctx); sink = PT_REGS_PARM8(ctx);
#endif
  return 0;
}
SEC("kprobe") int call(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  sink = r->orig_gpr3; sink = r->gpr[4]; sink = r->gpr[5]; sink = r->gpr[6]; sink = r->gpr[7]; sink = r->gpr[8];
  sink = r->gpr[9];
#else
  sink = PT_REGS_PARM1_SYSCALL(ctx); sink = PT_REGS_PARM2_SYSCALL(ctx); sink = PT_REGS_PARM3_SYSCALL(ctx);
  sink = PT_REGS_PARM4_SYSCALL(ctx); sink = PT_REGS_PARM5_SYSCALL(ctx); sink = PT_REGS_PARM6_SYSCALL(ctx);
  sink = PT_REGS_PARM7_SYSCALL(ctx);
#endif
  return 0;
}
SEC("kprobe") int points(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  sink = r->link; sink = r->gpr[3]; sink = r->gpr[1]; sink = r->nip;
#else
  sink = PT_REGS_RET(ctx); sink = PT_REGS_RC(ctx); sink = PT_REGS_SP(ctx); sink = PT_REGS_IP(ctx);
#endif
  return 0;
}
SEC("kprobe") int entry(struct pt_regs *ctx) {
#ifdef BY_HAND
  struct pt_regs *entry = ctx;
  sink = BPF_CORE_READ((const struct pt_regs *)entry, orig_gpr3);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, gpr[4]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, gpr[5]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, gpr[6]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, gpr[7]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, gpr[8]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, gpr[9]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, nip);
#else
  struct pt_regs *entry = PT_REGS_SYSCALL_REGS(ctx);
  sink = PT_REGS_PARM1_CORE_SYSCALL(entry); sink = PT_REGS_PARM2_CORE_SYSCALL(entry);
  sink = PT_REGS_PARM3_CORE_SYSCALL(entry); sink = PT_REGS_PARM4_CORE_SYSCALL(entry);
  sink = PT_REGS_PARM5_CORE_SYSCALL(entry); sink = PT_REGS_PARM6_CORE_SYSCALL(entry);
  sink = PT_REGS_PARM7_CORE_SYSCALL(entry); sink = PT_REGS_IP_CORE(entry);
#endif
  return 0;
}
SEC("kprobe") int returns(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  unsigned long ip;
  ip = r->link; sink = ip; ip = r->link; sink = ip;
#else
  unsigned long ip;
  BPF_KPROBE_READ_RET_IP(ip, ctx); sink = ip; BPF_KRETPROBE_READ_RET_IP(ip, ctx); sink = ip;
#endif
  return 0;
}
