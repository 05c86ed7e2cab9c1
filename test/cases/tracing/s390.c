// tracing -D__TARGET_ARCH_s390
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

typedef struct {
  unsigned long args[1];
  struct {
    unsigned long mask, addr;
  } psw;
  unsigned long gprs[16];
} user_pt_regs;
struct pt_regs {
  user_pt_regs user_regs;
};
struct pt_regs___mine {
  unsigned long orig_gpr2;
} __attribute__((preserve_access_index));
volatile unsigned long sink;

SEC("kprobe") int arguments(struct pt_regs *ctx) {
#ifdef BY_HAND
  const user_pt_regs *r = (const user_pt_regs *)ctx;
  sink = r->gprs[2]; sink = r->gprs[3]; sink = r->gprs[4]; sink = r->gprs[5]; sink = r->gprs[6];
#else
  sink = PT_REGS_PARM1(ctx); sink = PT_REGS_PARM2(ctx); sink = PT_REGS_PARM3(ctx); sink = PT_REGS_PARM4(ctx);
  sink = PT_REGS_PARM5(ctx);
#endif
  return 0;
}
SEC("kprobe") int call(struct pt_regs *ctx) {
#ifdef BY_HAND
  const user_pt_regs *r = (const user_pt_regs *)ctx;
  sink = ((struct pt_regs___mine *)ctx)->orig_gpr2; sink = r->gprs[3]; sink = r->gprs[4]; sink = r->gprs[5];
  sink = r->gprs[6];
  sink = r->gprs[7];
#else
  sink = PT_REGS_PARM1_SYSCALL(ctx); sink = PT_REGS_PARM2_SYSCALL(ctx); sink = PT_REGS_PARM3_SYSCALL(ctx);
  sink = PT_REGS_PARM4_SYSCALL(ctx); sink = PT_REGS_PARM5_SYSCALL(ctx); sink = PT_REGS_PARM6_SYSCALL(ctx);
#endif
  return 0;
}
SEC("kprobe") int points(struct pt_regs *ctx) {
#ifdef BY_HAND
  const user_pt_regs *r = (const user_pt_regs *)ctx;
  sink = r->gprs[14]; sink = r->gprs[11]; sink = r->gprs[2]; sink = r->gprs[15]; sink = r->psw.addr;
#else
  sink = PT_REGS_RET(ctx); sink = PT_REGS_FP(ctx); sink = PT_REGS_RC(ctx); sink = PT_REGS_SP(ctx);
  sink = PT_REGS_IP(ctx);
#endif
  return 0;
}
SEC("kprobe") int entry(struct pt_regs *ctx) {
#ifdef BY_HAND
  const user_pt_regs *r = (const user_pt_regs *)ctx;
  struct pt_regs *entry = (void *)r->gprs[2];
  sink = BPF_CORE_READ((struct pt_regs___mine *)entry, orig_gpr2);
  sink = BPF_CORE_READ((const user_pt_regs *)entry, gprs[3]);
  sink = BPF_CORE_READ((const user_pt_regs *)entry, gprs[4]);
  sink = BPF_CORE_READ((const user_pt_regs *)entry, gprs[5]);
  sink = BPF_CORE_READ((const user_pt_regs *)entry, gprs[6]);
  sink = BPF_CORE_READ((const user_pt_regs *)entry, gprs[7]);
  sink = BPF_CORE_READ((const user_pt_regs *)entry, psw.addr);
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
  const user_pt_regs *r = (const user_pt_regs *)ctx;
  unsigned long ip;
  ip = r->gprs[14]; sink = ip; ip = r->gprs[14]; sink = ip;
#else
  unsigned long ip;
  BPF_KPROBE_READ_RET_IP(ip, ctx); sink = ip; BPF_KRETPROBE_READ_RET_IP(ip, ctx); sink = ip;
#endif
  return 0;
}
