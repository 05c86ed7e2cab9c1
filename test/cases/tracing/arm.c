// tracing -D__TARGET_ARCH_arm
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

struct pt_regs {
  unsigned long uregs[18];
};
volatile unsigned long sink;

SEC("kprobe") int arguments(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  sink = r->uregs[0]; sink = r->uregs[1]; sink = r->uregs[2]; sink = r->uregs[3];
#else
  sink = PT_REGS_PARM1(ctx); sink = PT_REGS_PARM2(ctx); sink = PT_REGS_PARM3(ctx); sink = PT_REGS_PARM4(ctx);
#endif
  return 0;
}
SEC("kprobe") int call(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  sink = r->uregs[0]; sink = r->uregs[1]; sink = r->uregs[2]; sink = r->uregs[3]; sink = r->uregs[4];
  sink = r->uregs[5]; sink = r->uregs[6];
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
  sink = r->uregs[14]; sink = r->uregs[11]; sink = r->uregs[0]; sink = r->uregs[13]; sink = r->uregs[15];
#else
  sink = PT_REGS_RET(ctx); sink = PT_REGS_FP(ctx); sink = PT_REGS_RC(ctx); sink = PT_REGS_SP(ctx);
  sink = PT_REGS_IP(ctx);
#endif
  return 0;
}
SEC("kprobe") int entry(struct pt_regs *ctx) {
#ifdef BY_HAND
  const struct pt_regs *r = (const struct pt_regs *)ctx;
  struct pt_regs *entry = (void *)r->uregs[0];
  sink = BPF_CORE_READ((const struct pt_regs *)entry, uregs[0]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, uregs[1]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, uregs[2]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, uregs[3]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, uregs[4]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, uregs[5]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, uregs[6]);
  sink = BPF_CORE_READ((const struct pt_regs *)entry, uregs[15]);
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
  ip = r->uregs[14]; sink = ip; ip = r->uregs[14]; sink = ip;
#else
  unsigned long ip;
  BPF_KPROBE_READ_RET_IP(ip, ctx); sink = ip; BPF_KRETPROBE_READ_RET_IP(ip, ctx); sink = ip;
#endif
  return 0;
}
