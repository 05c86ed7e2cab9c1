// core
/*
 * Programs by the macros of bpf/bpf_tracing.h and bpf/usdt.bpf.h, which the kernel's verifier has to accept; and the
 * registers of the running kernel, wherever they are in its record.
 */
/* The members' names are the kernel's, as in vmlinux.h. */
#define __TARGET_ARCH_x86
#define __VMLINUX_H__

#include <linux/types.h>
#include <linux/bpf.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define CORE __attribute__((preserve_access_index))
struct pt_regs {
	unsigned long ip, sp, bp, ax, di, si, dx, cx, r8, r9, r10;
} CORE;
struct task_struct {
	int pid, tgid;
} CORE;

#include <bpf/usdt.bpf.h>

#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)

SEC("tc") int check(void *ctx)
{
	struct pt_regs *none = 0;

	/* The record keeps what the kernel's entry pushes, in this order: r15 first, then bp at 4 and di at 14. */
	CHECK(bpf_core_field_offset(struct pt_regs, bp) == 4 * 8);
	CHECK((unsigned long)&PT_REGS_PARM1(none) == 14 * 8);
	CHECK((unsigned long)&PT_REGS_PARM2(none) == 13 * 8);
	CHECK((unsigned long)&PT_REGS_PARM4_SYSCALL(none) == 7 * 8);
	CHECK((unsigned long)&PT_REGS_RC(none) == 10 * 8);
	CHECK((unsigned long)&PT_REGS_IP(none) == 16 * 8);
	CHECK((unsigned long)&PT_REGS_SP(none) == 19 * 8);
	return 0;
}

SEC("kprobe/vfs_read") int BPF_KPROBE(on_read, void *file, char *buffer, unsigned long count)
{
	unsigned long ip;

	BPF_KPROBE_READ_RET_IP(ip, ctx);
	return PT_REGS_PARM4_CORE(ctx) + count + ip;
}

SEC("kretprobe/vfs_read") int BPF_KRETPROBE(on_read_done, long result)
{
	unsigned long ip;

	BPF_KRETPROBE_READ_RET_IP(ip, ctx);
	return result + ip;
}

SEC("ksyscall/openat") int BPF_KSYSCALL(on_open, int directory, const char *path, int flags, unsigned short mode)
{
	char first = 0;

	bpf_probe_read_user(&first, 1, path);
	return directory + flags + mode + first;
}

SEC("raw_tp/sched_switch")
int BPF_PROG(on_switch, _Bool preempted, struct task_struct *previous, struct task_struct *next)
{
	return preempted ? BPF_CORE_READ(previous, pid) : BPF_CORE_READ(next, tgid);
}

SEC("usdt") int BPF_USDT(on_probe, void *path, int length, unsigned char letter)
{
	return bpf_usdt_arg_cnt(ctx) + bpf_usdt_arg_size(ctx, 2) + bpf_usdt_cookie(ctx) + length + letter + (path != 0);
}

char _license[] SEC("license") = "GPL";
