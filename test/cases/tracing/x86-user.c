// tracing -D__TARGET_ARCH_x86
/* The members' names where the record is that of user space. */
#include <bpf/bpf_tracing.h>

struct pt_regs {
  unsigned long r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi, orig_rax, rip, cs, eflags;
  unsigned long rsp, ss;
};
volatile unsigned long sink;

SEC("uprobe") int registers(struct pt_regs *r) {
#ifdef BY_HAND
  sink = r->rdi; sink = r->rsi; sink = r->rdx; sink = r->rcx; sink = r->r8; sink = r->r9;
  sink = r->rdi; sink = r->rsi; sink = r->rdx; sink = r->r10; sink = r->r8; sink = r->r9;
  sink = r->rsp; sink = r->rbp; sink = r->rax; sink = r->rsp; sink = r->rip;
#else
  sink = PT_REGS_PARM1(r); sink = PT_REGS_PARM2(r); sink = PT_REGS_PARM3(r);
  sink = PT_REGS_PARM4(r); sink = PT_REGS_PARM5(r); sink = PT_REGS_PARM6(r);
  sink = PT_REGS_PARM1_SYSCALL(r); sink = PT_REGS_PARM2_SYSCALL(r); sink = PT_REGS_PARM3_SYSCALL(r);
  sink = PT_REGS_PARM4_SYSCALL(r); sink = PT_REGS_PARM5_SYSCALL(r); sink = PT_REGS_PARM6_SYSCALL(r);
  sink = PT_REGS_RET(r); sink = PT_REGS_FP(r); sink = PT_REGS_RC(r); sink = PT_REGS_SP(r); sink = PT_REGS_IP(r);
#endif
  return 0;
}
