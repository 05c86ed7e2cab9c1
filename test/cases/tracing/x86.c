// tracing -D__TARGET_ARCH_x86 -D__KERNEL__
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

struct pt_regs {
  unsigned long r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, orig_ax, ip, cs, flags, sp, ss;
};
volatile unsigned long sink;

#ifdef BY_HAND
SEC("kprobe") int arguments(struct pt_regs *r) {
  sink = r->di; sink = r->si; sink = r->dx; sink = r->cx; sink = r->r8; sink = r->r9;
  return 0;
}
SEC("kprobe") int points(struct pt_regs *r) {
  sink = r->sp; sink = r->bp; sink = r->ax; sink = r->sp; sink = r->ip;
  return 0;
}
SEC("kprobe") int call(struct pt_regs *outer) {
  struct pt_regs *r = (void *)outer->di;
  sink = BPF_CORE_READ(r, di); sink = BPF_CORE_READ(r, si); sink = BPF_CORE_READ(r, dx);
  sink = BPF_CORE_READ(r, r10); sink = BPF_CORE_READ(r, r8); sink = BPF_CORE_READ(r, r9);
  sink = outer->di; sink = outer->si; sink = outer->dx; sink = outer->r10; sink = outer->r8; sink = outer->r9;
  return 0;
}
SEC("kprobe") int core(struct pt_regs *r) {
  sink = BPF_CORE_READ(r, di); sink = BPF_CORE_READ(r, cx); sink = BPF_CORE_READ(r, r9);
  sink = BPF_CORE_READ(r, sp); sink = BPF_CORE_READ(r, bp); sink = BPF_CORE_READ(r, ax);
  sink = BPF_CORE_READ(r, ip);
  return 0;
}
SEC("kprobe") int returns(struct pt_regs *r) {
  unsigned long ip = 0;
  bpf_probe_read_kernel(&ip, 8, (void *)r->sp); sink = ip;
  bpf_probe_read_kernel(&ip, 8, (void *)(r->bp + 8)); sink = ip;
  return 0;
}
#else
SEC("kprobe") int arguments(struct pt_regs *r) {
  sink = PT_REGS_PARM1(r); sink = PT_REGS_PARM2(r); sink = PT_REGS_PARM3(r);
  sink = PT_REGS_PARM4(r); sink = PT_REGS_PARM5(r); sink = PT_REGS_PARM6(r);
  return 0;
}
SEC("kprobe") int points(struct pt_regs *r) {
  sink = PT_REGS_RET(r); sink = PT_REGS_FP(r); sink = PT_REGS_RC(r); sink = PT_REGS_SP(r); sink = PT_REGS_IP(r);
  return 0;
}
SEC("kprobe") int call(struct pt_regs *outer) {
  struct pt_regs *r = PT_REGS_SYSCALL_REGS(outer);
  sink = PT_REGS_PARM1_CORE_SYSCALL(r); sink = PT_REGS_PARM2_CORE_SYSCALL(r); sink = PT_REGS_PARM3_CORE_SYSCALL(r);
  sink = PT_REGS_PARM4_CORE_SYSCALL(r); sink = PT_REGS_PARM5_CORE_SYSCALL(r); sink = PT_REGS_PARM6_CORE_SYSCALL(r);
  sink = PT_REGS_PARM1_SYSCALL(outer); sink = PT_REGS_PARM2_SYSCALL(outer); sink = PT_REGS_PARM3_SYSCALL(outer);
  sink = PT_REGS_PARM4_SYSCALL(outer); sink = PT_REGS_PARM5_SYSCALL(outer); sink = PT_REGS_PARM6_SYSCALL(outer);
  return 0;
}
SEC("kprobe") int core(struct pt_regs *r) {
  sink = PT_REGS_PARM1_CORE(r); sink = PT_REGS_PARM4_CORE(r); sink = PT_REGS_PARM6_CORE(r);
  sink = PT_REGS_RET_CORE(r); sink = PT_REGS_FP_CORE(r); sink = PT_REGS_RC_CORE(r);
  sink = PT_REGS_IP_CORE(r);
  return 0;
}
SEC("kprobe") int returns(struct pt_regs *r) {
  unsigned long ip = 0;
  BPF_KPROBE_READ_RET_IP(ip, r); sink = ip;
  BPF_KRETPROBE_READ_RET_IP(ip, r); sink = ip;
  return 0;
}
#endif
